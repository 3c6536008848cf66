"""Web pages that are made to choke a parser: told before it sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
# What opens an element, and a br that closes, which opens one too; but for p, of which there are
# most and which nobody asks for.
_NAME = re.compile(r"<([a-oq-zA-OQ-Z][^\s/>]*+|[pP][^\s/>]++|/[bB][rR]\b)")
# Where one of these is left open, a parser opens it again in every block that follows.
_FORMATS = frozenset({"b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u", "nobr"})  # fmt: skip
_REOPENED = re.compile(rf"<(/?)(?:{'|'.join(sorted(_FORMATS))})\b", re.IGNORECASE)
_FEW_REOPENED = 50
# Attributes as a browser sees them; without the signs that part them, and many, there are not many.
_TAG = re.compile(r"<[a-zA-Z][^\s/>]*")
_ATTRIBUTE = re.compile(r"[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+")
_LONG = 2_000  # letters: a tag with many attributes is no shorter
_PARTING = " \t\n\f\r/\"'"


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
    bound = limits.attributes
    if any(sum(map(long.count, _PARTING)) > bound for long in _long_ones(text)):
        most = _most_attributes(text)
        if most > bound:
            raise too_much(name, "attributes of one tag", most, bound, "attributes")
    named = _NAME.findall(text)
    names = set(named)
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


def _long_ones(text: str) -> Iterator[str]:
    """What stands between two < where it is long; steps over all that is not."""
    at = text.find("<")
    while at >= 0:
        last = text.rfind("<", at + 1, at + _LONG + 1)
        if last < 0:
            last = text.find("<", at + 1)
            yield text[at + 1 : last if last >= 0 else None]
        at = last


def _most_attributes(text: str) -> int:
    """How many attributes the tag with most of them has; a parser compares each with all before it."""
    most = at = 0
    while (begin := _TAG.search(text, at)) is not None:
        at, count = begin.end(), 0
        while (attribute := _ATTRIBUTE.match(text, at)) is not None:
            at, count = attribute.end(), count + 1
        most = max(most, count)
    return most
