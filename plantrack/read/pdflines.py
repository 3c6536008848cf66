"""The lines of a PDF's page: where each piece of text stands, and in which order it is read."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

_BLANKS = re.compile(r"[ \t\xa0\u3000]+")
_WIDE_GAP = 1.6  # in letters: text on both sides of it belongs to two columns or two cells
_COLUMN_LINES = 5  # a column of text has so many lines
_COLUMN_SHARE = 0.2  # and so much of the page's text
_CROSSING = 0.34  # of a page in columns so many lines may run over both


class Segment(NamedTuple):
    """A piece of one line without wide gaps, in points from the page's lower left; `size` is its height."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def size(self) -> float:
        """The height of its letters."""
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        """The height at which it stands."""
        return (self.top + self.bottom) / 2


Row = Sequence[Segment]


class PageText:
    """The text of one page with the places of its letters, as it is shown: turned pages are turned back."""

    def __init__(self, page: PdfPage) -> None:
        from pypdfium2 import raw

        self._raw = raw
        self._page = page
        self._text_page: PdfTextPage = page.get_textpage()
        self.text = self._text_page.get_text_range()
        self._exact = len(self.text) == self._text_page.count_chars()
        self._turn = page.get_rotation()
        self._rect = raw.FS_RECTF()
        self.width, self.height = page.get_size()
        self._origin = page.get_mediabox()[:2]

    def segments(self) -> Iterator[Segment]:
        """The segments of all lines, in the order of the file."""
        at = 0
        for line in self.text.split("\n"):
            start, end = at, at + len(line)
            at = end + 1
            stripped = line.rstrip("\r \t\xa0\u3000")
            end -= len(line) - len(stripped)
            start += len(stripped) - len(stripped.lstrip("\x00 \t\xa0\u3000"))
            if start < end:
                yield from self._cut(start, end)

    def _cut(self, start: int, end: int) -> Iterator[Segment]:
        first = self._box(start)
        for blank in _BLANKS.finditer(self.text, start, end):
            before, after = self._box(blank.start() - 1), self._box(blank.end())
            if after[0] - before[2] > _WIDE_GAP * max(before[3] - before[1], after[3] - after[1]):
                yield self._segment(start, blank.start(), first, before)
                start, first = blank.end(), after
        yield self._segment(start, end, first, self._box(end - 1))

    def _segment(self, start: int, end: int, first: _Box, last: _Box) -> Segment:
        bottom, top = min(first[1], last[1]), max(first[3], last[3])
        return Segment(
            self.text[start:end], min(first[0], last[0]), bottom, max(first[2], last[2]), top
        )

    def _box(self, index: int) -> _Box:
        """Left, bottom, right and top of a letter with the room its font gives it."""
        raw, rect = self._raw, self._rect
        if not self._exact:
            units = len(self.text[:index].encode("utf-16-le", "surrogatepass")) // 2
            index = raw.FPDFText_GetCharIndexFromTextIndex(self._text_page, units)
        if not raw.FPDFText_GetLooseCharBox(self._text_page, index, ctypes.byref(rect)):
            return (0.0, 0.0, 0.0, 0.0)
        x, y = self._origin
        return self._turned((rect.left - x, rect.bottom - y, rect.right - x, rect.top - y))

    def _turned(self, box: _Box) -> _Box:
        left, bottom, right, top = box
        if self._turn == 90:
            return bottom, self.height - right, top, self.height - left
        if self._turn == 180:
            return self.width - right, self.height - top, self.width - left, self.height - bottom
        if self._turn == 270:
            return self.width - top, left, self.width - bottom, right
        return box

    def inside(self, left: float, bottom: float, right: float, top: float) -> str:
        """The text in a rectangle of the page as it is shown."""
        box = (left, bottom, right, top)
        if self._turn == 90:
            box = (self.height - top, left, self.height - bottom, right)
        elif self._turn == 180:
            box = (self.width - right, self.height - top, self.width - left, self.height - bottom)
        elif self._turn == 270:
            box = (bottom, self.width - right, top, self.width - left)
        x, y = self._origin
        return str(self._text_page.get_text_bounded(box[0] + x, box[1] + y, box[2] + x, box[3] + y))


_Box = tuple[float, float, float, float]


def rows(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Segments that stand side by side, from the top of the page down, each row from left to right."""
    out: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: -s.middle):
        last = out[-1] if out else None
        if last is not None and last[0].middle - segment.middle < 0.5 * min(
            last[0].size, segment.size
        ):
            last.append(segment)
        else:
            out.append([segment])
    for row in out:
        row.sort(key=lambda s: s.left)
    return out


def columns(segments: Sequence[Segment], width: float) -> list[list[Segment]]:
    """The segments of a page by column, in reading order; one list where there is only one column.

    A line that runs over the gap between two columns closes what stands above it.
    """
    gap = _gap(segments, width)
    if gap is None:
        return [list(segments)]
    out: list[list[Segment]] = [[], []]
    for segment in sorted(segments, key=lambda s: -s.middle):
        if segment.left < gap < segment.right:
            out += [[segment], [], []]
        else:
            out[-2 if segment.right <= gap else -1].append(segment)
    return [column for column in out if column]


def _gap(segments: Sequence[Segment], width: float) -> float | None:
    """Where the gap between two columns lies: so that hardly a line crosses it, near the middle.

    Columns are long lines on both sides of it; short ones are the cells of a table.
    """
    total = sum(s.right - s.left for s in segments)
    best: tuple[int, float, float] | None = None
    for step in range(35, 66):
        gap = width * step / 100
        left = [s for s in segments if s.right <= gap]
        right = [s for s in segments if s.left >= gap]
        crossing = len(segments) - len(left) - len(right)
        if min(len(left), len(right)) < _COLUMN_LINES or crossing > _CROSSING * len(segments):
            continue
        if any(
            sum(s.right - s.left for s in side) < _COLUMN_SHARE * total for side in (left, right)
        ):
            continue
        if any(_short(side) for side in (left, right)):
            continue
        if best is None or (crossing, abs(gap - width / 2)) < best[:2]:
            best = (crossing, abs(gap - width / 2), gap)
    return None if best is None else best[2]


def _short(side: Sequence[Segment]) -> bool:
    """Whether most lines of one side leave most of its width empty."""
    whole = max(s.right for s in side) - min(s.left for s in side)
    return sum(s.right - s.left > 0.6 * whole for s in side) < 0.4 * len(side)
