"""Web pages that are made to choke a parser: told before it sees them."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate

from plantrack.read.limits import Limits, too_much

# A parser looks through all open elements at every tag: with so few tags in all that is nothing.
_FEW_TAGS = 10_000
# Tags that may stand alone are not counted as nesting; the parser closes them by itself.
_NESTED = re.compile(
    r"<(/?)(?!(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|t[dhr]|tbody"
    r"|thead|tfoot|option|d[dt]|param)\b)[a-z]",
    re.IGNORECASE,
)
# Where one of these is left open, a parser opens it again in every block that follows.
_FORMATS = frozenset({"b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u", "nobr"})  # fmt: skip
_REOPENED = re.compile(rf"<(/?)(?:{'|'.join(sorted(_FORMATS))})\b", re.IGNORECASE)
_FEW_REOPENED = 50
# An attribute as a browser sees it: its name may hold <, its value anything.
_ATTRIBUTE = r"[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+"


def check_markup(text: str, name: str, limits: Limits) -> set[str]:
    """The names of a page's elements, in small letters.

    ReadError where it has too many tags or attributes, or so many open at once that parsing explodes.
    What is counted is an estimate from the tags alone, on the safe side of what pages have.
    """
    tags = text.count("<")
    if tags > limits.nodes:
        raise too_much(name, "tags", tags, limits.nodes, "nodes")
    if tags > _FEW_TAGS:
        deepest = _most_open(_NESTED, text)
        if deepest > limits.depth:
            raise too_much(name, "elements in one another", deepest, limits.depth, "depth")
    named = _names(limits.attributes).findall(text)
    names = set(named)
    if "" in names:
        most = _attributes_of_first(text, limits.attributes)
        raise too_much(name, "attributes of one tag", most, limits.attributes, "attributes")
    formats = {each for each in names if each.lower() in _FORMATS}
    opened = sum(map(formats.__contains__, named)) if formats else 0
    if opened > max(_FEW_REOPENED, limits.nodes // max(tags, 1)):
        open_ = _most_open(_REOPENED, text)
        if open_ > _FEW_REOPENED and open_ * tags > limits.nodes:
            raise too_much(name, "nodes", open_ * tags, limits.nodes, "nodes")
    return {each.lower() for each in names}


def _most_open(tag: re.Pattern[str], text: str) -> int:
    """How many of these elements are open at once where most are."""
    return max(accumulate(-1 if m[1] else 1 for m in tag.finditer(text)), default=0)


@lru_cache(maxsize=4)
def _names(most: int) -> re.Pattern[str]:
    """What opens an element but for a bare p, and a br that closes, which opens one too: its name is the group.

    The group is empty where there are more than `most` attributes; a parser compares each with all
    before it. All of a tag is matched, so that nothing in it is taken for another. Linear in the text.
    """
    name = r"(?:[a-zA-Z]|/[bB][rR]\b)[^\s/>]*+"
    return re.compile(
        rf"<(?!p>)(?:({name})(?:{_ATTRIBUTE}){{0,{most}}}+(?![\s/]*+[^\s/>])|[a-zA-Z])"
    )


def _attributes_of_first(text: str, most: int) -> int:
    """How many attributes the first tag has that has more than `most`."""
    tag = next(tag for tag in _names(most).finditer(text) if tag[1] is None)
    each = re.compile(_ATTRIBUTE)
    attribute = re.compile(r"[^\s/>]*+").match(text, tag.end())  # first the rest of its name
    count = -1
    while attribute is not None:
        attribute, count = each.match(text, attribute.end()), count + 1
    return count
