"""Lines of a page to paragraphs: which line goes on with the one above."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from plantrack.read.pdflines import Segment

# What a line can begin with only together: a word, a number, a character with the signs behind it,
# and what follows a comma without a blank.
_CLOSE, _OPEN = "，。、；：？！”’）》】〕…,.;:!?)%％", "“‘（《【〔(["
_WORD = r"[0-9A-Za-z.,%％+/:∶~\-]+"
_TOKEN = re.compile(
    rf"[{re.escape(_CLOSE)}]*[{re.escape(_OPEN)}]*(?:[—–～-]?{_WORD}|.)(?:[,.;:!?)]{_WORD})*"
    rf"[{re.escape(_CLOSE)}]*"
)
# A sign that closes begins no paragraph, and a number cut in two goes on.
_NO_BEGIN = re.compile(rf"[{re.escape(_CLOSE)}]")
# A word or number that nothing may part from what follows it may leave much room above.
_LATIN_BEGIN, _ENDS = re.compile(r"[0-9A-Za-z]"), "。；：！？.;:!?”）"
_NEARLY = 0.85  # of a column's width
_CUT, _REST = re.compile(r"\d[.,]?$"), re.compile(r"[.,]?\d|%")
_LATIN, _WIDTHS = 0.56, {"%": 0.9, "‰": 1.1, "m": 0.9, "M": 0.9, "W": 0.95, "w": 0.75}  # letters
_SLACK = 0.8  # letters
_INDENT = 1.2  # letters
_GAP = 1.5  # of the usual distance of lines
_SIZES = 0.18  # share by which letters of one paragraph may differ
_FEW = 12  # lines
_SOME = 0.1  # a margin is where so many lines begin or end


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

    Few lines may all be short: then the right margin is taken to be at least as near to the edge
    of the column, `width` away, as the left one is.
    """
    step = median([x.size for x in lines]) / 2
    distances = [a.middle - b.middle for a, b in pairwise(lines)]
    usual = median([d for d in distances if 0 < d < 8 * step] or [2 * step])
    left = _edge([x.left for x in lines], step, min)
    right = _edge([x.right for x in lines], step, max)
    if len(lines) < _FEW:
        right = max(right, width - left)
    return Frame(left, right, usual)


def _edge(
    places: Sequence[float], step: float, outermost: Callable[[Sequence[float]], float]
) -> float:
    """The outermost place at which several lines begin or end; of few lines the outermost of all."""
    counts = Counter(round(place / step) for place in places)
    due = max(1 if len(places) < _FEW else 2, _SOME * len(places))
    often = [place for place in places if counts[round(place / step)] >= due]
    return outermost(often or places)


def goes_on(line: Line, above: Line, frame: Frame, *, next_page: bool = False) -> bool:
    """Whether a line is the rest of the paragraph of the line above, of the page before with `next_page`.

    A paragraph ends where the next line is indented, in other letters or further away than
    usual, and where the line above left room for what the next one begins with.
    """
    size = max(line.size, above.size)
    if abs(line.size - above.size) > _SIZES * size:
        return False
    if line.left > frame.left + _INDENT * line.size or line.left < frame.left - 2 * line.size:
        return False
    if not next_page:
        distance = above.middle - line.middle
        if distance > _GAP * max(frame.distance, 1.1 * line.size) or distance < 0:
            return False
        if _NO_BEGIN.match(line.text) or (_CUT.search(above.text) and _REST.match(line.text)):
            return True
        width = frame.right - frame.left
        if (
            _LATIN_BEGIN.match(line.text)
            and above.text[-1:] not in _ENDS
            and above.right - frame.left > _NEARLY * width
        ):
            return True
    token = _TOKEN.match(line.text)
    wide = sum(_WIDTHS.get(c, _LATIN if c.isascii() else 1.0) for c in token[0]) if token else 1.0
    return frame.right - above.right < (wide + _SLACK) * line.size
