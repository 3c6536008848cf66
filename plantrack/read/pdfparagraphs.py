"""Lines of a page to paragraphs: which line goes on with the one above."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from plantrack.read.layoutrules import ParagraphRules, layout_rules
from plantrack.read.pdflines import Segment

# What a line can begin with only together: a word, a number, a character with the signs behind it,
# the word or number that follows a comma without a blank, and what stands on both sides of a quotation
# mark, which by Unicode's rules for line breaks may be parted from neither.
_CLOSE, _OPEN = "，。、；：？！”’）》】〕…,.;:!?)%％", "“‘（《【〔(["
_WORD = r"[0-9A-Za-z.,%％+/:∶~\-]+"
_TOKEN = re.compile(
    rf"[{re.escape(_CLOSE)}]*[{re.escape(_OPEN)}]*(?:[—–～-]?{_WORD}|.)(?:[,.;:!?)，、；：]{_WORD}|[“”‘’]+(?:{_WORD}|.))*"
    rf"[{re.escape(_CLOSE)}]*"
)
# A sign that closes begins no paragraph, and a number cut in two goes on.
_NO_BEGIN = re.compile(rf"[{re.escape(_CLOSE)}]")
# A word or number that nothing may part from what follows it may leave much room above.
_LATIN_BEGIN, _ENDS = re.compile(r"[0-9A-Za-z]"), "。；：！？.;:!?”）"
_CUT, _REST = re.compile(r"\d[.,]?$"), re.compile(r"[.,]?\d|%")


class Line(NamedTuple):
    """A line of running text."""

    text: str
    left: float
    right: float
    middle: float
    size: float


class Frame(NamedTuple):
    """Where the lines of a column begin and end, and how far apart they usually are."""

    left: float
    right: float
    distance: float


def line_of(row: Sequence[Segment]) -> Line:
    """A row of segments as one line."""
    text = "  ".join(s.text for s in row)
    size = max(s.size for s in row)
    return Line(text, row[0].left, row[-1].right, row[0].middle, size)


def frame(lines: Sequence[Line], width: float) -> Frame:
    """The frame that these lines keep: all those of one column on the pages of a document.

    Few lines may all be short, and so may those of lists, which many others run beyond: then the
    right margin is taken to be at least as near to the edge of the column, `width` away, as the
    left one is.
    """
    rules = layout_rules().paragraphs
    size = median([x.size for x in lines])
    step = size / 2
    distances = [a.middle - b.middle for a, b in pairwise(lines)]
    usual = median([d for d in distances if 0 < d < rules.far * size] or [size])
    left = _edge([x.left for x in lines], step, min)
    # a sign that closes may stand beyond the edge
    ends = [x.right - x.size * (x.text[-1:] in _CLOSE) for x in lines]
    right = _edge(ends, step, max)
    beyond = sum(end > right + size for end in ends)
    if len(lines) < rules.few or beyond > rules.some * len(lines):
        right = max(*ends, width - left)
    return Frame(left, right, usual)


def _edge(
    places: Sequence[float], step: float, outermost: Callable[[Sequence[float]], float]
) -> float:
    """The outermost place at which several lines begin or end; of few lines the outermost of all."""
    rules = layout_rules().paragraphs
    counts = Counter(round(place / step) for place in places)
    due = max(1 if len(places) < rules.few else 2, rules.some * len(places))
    often = [place for place in places if counts[round(place / step)] >= due]
    return outermost(often or places)


def goes_on(line: Line, above: Line, frame: Frame, *, next_page: bool = False) -> bool:
    """Whether a line is the rest of the paragraph of the line above, of the page before with `next_page`.

    A paragraph ends where the next line is indented, in other letters or further away than
    usual, and where the line above left room for what the next one begins with.
    """
    rules = layout_rules().paragraphs
    if abs(line.size - above.size) > rules.sizes * max(line.size, above.size):
        return False
    inset = line.left - frame.left
    if not -rules.outdent * line.size <= inset <= rules.indent * line.size:
        return False
    if not next_page:
        distance = above.middle - line.middle
        if distance > rules.gap * max(frame.distance, rules.leading * line.size) or distance < 0:
            return False
        if _NO_BEGIN.match(line.text) or (_CUT.search(above.text) and _REST.match(line.text)):
            return True
        width = frame.right - frame.left
        if (
            _LATIN_BEGIN.match(line.text)
            and above.text[-1:] not in _ENDS
            and above.right - frame.left > rules.nearly * width
        ):
            return True
    token = _TOKEN.match(line.text)
    wide = sum(_width(c, rules) for c in token[0]) if token else 1.0
    return frame.right - above.right < (wide + rules.slack) * line.size


def _width(letter: str, rules: ParagraphRules) -> float:
    """The width of a letter, in Chinese ones."""
    return rules.widths.get(letter, rules.latin if letter.isascii() else 1.0)
