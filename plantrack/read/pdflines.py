"""The lines of a PDF's page: where each piece of text stands, and in which order it is read."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from plantrack.read.layoutrules import ColumnRules, layout_rules
from plantrack.read.pdfroom import text_page

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

_BLANKS = re.compile(r"[ \t\xa0\u3000]+")
_UNKNOWN = re.compile(r"[\ufffd\ufffe\uffff\x00\ue000-\uf8ff]")
_LONGEST_NAME = 128  # bytes of a font's name
_UNUSUAL = re.compile(r"[^\t\r\n -~\u3000-\u303f一-鿿！-～]")


class Segment(NamedTuple):
    """A piece of one line without wide gaps, in points from the page's lower left; `size` is its letters'."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float

    @property
    def middle(self) -> float:
        """The height at which it stands."""
        return (self.top + self.bottom) / 2


Row = Sequence[Segment]


class PageText:
    """The text of one page with the places of its letters, as it is shown: turned pages are turned back.

    `most` things that are drawn on it are looked at for letters that no font draws.
    """

    def __init__(self, page: PdfPage, most: int) -> None:
        from pypdfium2 import raw

        self._raw = raw
        self._page = page
        self._text_page: PdfTextPage = text_page(page, most)
        self.text = self._text_page.get_text_range()
        self._exact = len(self.text) == self._text_page.count_chars()
        self._turn = page.get_rotation()
        self._rect = raw.FS_RECTF()
        self._matrix = raw.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self.width, self.height = page.get_size()
        self._origin = page.get_mediabox()[:2]

    def close(self) -> None:
        """Gives back what the library holds of the page; `text` and the sizes stay."""
        self._text_page.close()
        self._page.close()

    def unknown(self) -> Counter[str]:
        """How many letters are in fonts that do not say which they are, by font.

        The library gives the number that such a letter has in its font. Where that reads as Chinese
        or a plain sign it is believed: some writers number letters so.
        """
        raw, text, out = self._raw, self._text_page, Counter[str]()
        font = ctypes.create_string_buffer(_LONGEST_NAME)
        beyond = 0  # letters before that count twice in the library
        for match in _UNUSUAL.finditer(self.text):
            at = match.start()
            if not self._exact:
                at = raw.FPDFText_GetCharIndexFromTextIndex(text, at + beyond)
                beyond += match[0] > "\uffff"
            if _UNKNOWN.match(match[0]) or raw.FPDFText_HasUnicodeMapError(text, at) == 1:
                font.value = b""
                raw.FPDFText_GetFontInfo(text, at, font, _LONGEST_NAME, None)
                out[font.value.decode("utf-8", "replace")] += 1
        return out

    def segments(self) -> list[Segment]:
        """The segments of all lines, in the order of the file.

        Writers put letters of another font, such as quotation marks, behind the rest of their
        line. Where pieces lie over one another so, the line is put together again by their places.
        """
        found: dict[Segment, tuple[int, int]] = {}
        torn: set[Segment] = set()
        at = 0
        for line in self.text.split("\n"):
            start, end = at, at + len(line)
            at = end + 1
            stripped = line.rstrip("\r \t\xa0\u3000")
            end -= len(line) - len(stripped)
            start += len(stripped) - len(stripped.lstrip("\x00 \t\xa0\u3000"))
            if start < end:
                for segment, place, doubt in self._cut(start, end):
                    found[segment] = place
                    if doubt:
                        torn.add(segment)
        bad = [row for row in rows(list(found)) if _overlap(row) or not torn.isdisjoint(row)]
        mended: list[Segment] = []
        for row in bad:
            letters = [letter for segment in row for letter in self._letters(*found.pop(segment))]
            mended += _mended(sorted(letters, key=lambda s: s.left))
        return [*found, *mended]

    def _cut(self, start: int, end: int) -> Iterator[tuple[Segment, tuple[int, int], bool]]:
        """A line's segments, their places in the text, and whether letters of theirs may stand elsewhere."""
        begin = start
        rules = layout_rules().lines
        first = self._box(start)
        dropped: list[int] = []
        doubt = False
        for blank in _BLANKS.finditer(self.text, start, end):
            a, b = blank.start() - 1, blank.end()
            before, after = self._box(a), self._box(b)
            gap, letter = after[0] - before[2], max(before[3] - before[1], after[3] - after[1])
            if gap > rules.wide_gap * letter or gap < -rules.back * letter:
                doubt = doubt or gap < 0 or before[0] < first[0]
                yield self._segment(begin, a + 1, first, before, dropped), (begin, a + 1), doubt
                begin, first, dropped, doubt = b, after, [], gap < 0
            elif b - a == 2 and self._unwritten(a + 1):
                if not _apart(self.text[a], self.text[b], gap, letter):
                    dropped.append(a + 1)
                elif not (self.text[a].isascii() or self.text[b].isascii()):
                    doubt = True  # a hole between Chinese letters
        last = self._box(end - 1)
        doubt = doubt or last[0] < first[0]
        yield self._segment(begin, end, first, last, dropped), (begin, end), doubt

    def _letters(self, start: int, end: int) -> Iterator[Segment]:
        """The letters of a stretch of the text, each a segment; without blanks that do not stand in the file."""
        for at in range(start, end):
            if not (self.text[at].isspace() and self._unwritten(at)):
                box = self._box(at)
                yield self._segment(at, at + 1, box, box, ())

    def _segment(
        self, start: int, end: int, first: _Box, last: _Box, dropped: Sequence[int]
    ) -> Segment:
        """A stretch of the text as a segment, as high as the size of its first letter.

        How high its font makes it depends on the machine where the file does not hold the font.
        """
        edges = (start, *(edge for at in dropped for edge in (at, at + 1)), end)
        text = "".join(self.text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
        left, right = min(first[0], last[0]), max(first[2], last[2])
        bottom, top = min(first[1], last[1]), max(first[3], last[3])
        foot, head = self._upright(start)
        size = math.dist(foot, head)
        if head[1] - foot[1] > abs(head[0] - foot[0]):  # it does not lie on its side
            bottom = foot[1] - layout_rules().lines.below * size
            top = bottom + size
        return Segment(text, left, bottom, right, top, size or top - bottom)

    def _index(self, index: int) -> int:
        """The library's number of a letter; beyond the basic plane it counts otherwise than Python."""
        if self._exact:
            return index
        units = len(self.text[:index].encode("utf-16-le", "surrogatepass")) // 2
        return int(self._raw.FPDFText_GetCharIndexFromTextIndex(self._text_page, units))

    def _unwritten(self, index: int) -> bool:
        """Whether a blank does not stand in the file: the library saw a gap there."""
        return bool(self._raw.FPDFText_IsGenerated(self._text_page.raw, self._index(index)) == 1)

    def _upright(self, index: int) -> tuple[_Point, _Point]:
        """Where a letter stands on its line, and where its head is: further up by its size."""
        raw, text, x, y, matrix = self._raw, self._text_page.raw, self._x, self._y, self._matrix
        at = self._index(index)
        raw.FPDFText_GetCharOrigin(text, at, x, y)
        raw.FPDFText_GetMatrix(text, at, matrix)
        size = raw.FPDFText_GetFontSize(text, at)
        aside, up = x.value + size * matrix.c, y.value + size * matrix.d
        foot = self._turned(x.value, y.value, x.value, y.value)
        return foot[:2], self._turned(aside, up, aside, up)[:2]

    def _box(self, index: int) -> _Box:
        """Left, bottom, right and top of a letter with the room its font gives it."""
        rect = self._rect
        at = self._index(index)
        if not self._raw.FPDFText_GetLooseCharBox(self._text_page.raw, at, rect):
            return (0.0, 0.0, 0.0, 0.0)
        return self._turned(rect.left, rect.bottom, rect.right, rect.top)

    def _turned(self, left: float, bottom: float, right: float, top: float) -> _Box:
        """A rectangle of the page as it is kept, as it is shown."""
        x, y = self._origin
        left, bottom, right, top = left - x, bottom - y, right - x, top - y
        if self._turn == 90:
            return bottom, self.height - right, top, self.height - left
        if self._turn == 180:
            return self.width - right, self.height - top, self.width - left, self.height - bottom
        if self._turn == 270:
            return self.width - top, left, self.width - bottom, right
        return left, bottom, right, top

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
_Point = tuple[float, float]


def rows(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Segments that stand side by side, from the top of the page down, each row from left to right."""
    near = layout_rules().lines.same_line
    out: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: -s.middle):
        last = out[-1] if out else None
        if last is not None and last[0].middle - segment.middle < near * min(
            last[0].size, segment.size
        ):
            last.append(segment)
        else:
            out.append([segment])
    for row in out:
        row.sort(key=lambda s: s.left)
    return out


def _overlap(row: Row) -> bool:
    """Whether a segment of a row begins before the one to its left has ended."""
    back = layout_rules().lines.back
    return any(b.left - a.right < -back * a.size for a, b in pairwise(row))


def _apart(before: str, after: str, gap: float, size: float) -> bool:
    """Whether a gap between two letters is a blank; layout parts Chinese letters from others by less."""
    rules = layout_rules().lines
    latin = before.isascii() and after.isascii()
    return gap > (rules.narrow_latin if latin else rules.narrow) * size


def _mended(pieces: Row) -> list[Segment]:
    """The pieces of a row, from left to right, as segments again."""
    wide = layout_rules().lines.wide_gap
    out: list[Segment] = []
    for piece in pieces:
        last = out[-1] if out else None
        gap = piece.left - last.right if last else 0.0
        if last is None or gap > wide * last.size:
            out.append(piece)
            continue
        blank = " " if _apart(last.text[-1], piece.text[0], gap, last.size) else ""
        out[-1] = Segment(
            last.text + blank + piece.text, last.left, min(last.bottom, piece.bottom),
            max(last.right, piece.right), max(last.top, piece.top), last.size,
        )  # fmt: skip
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
    rules = layout_rules().columns
    total = sum(s.right - s.left for s in segments)
    best: tuple[int, float, float] | None = None
    for step in range(round(100 * rules.begin), round(100 * rules.end) + 1):
        gap = width * step / 100
        left = [s for s in segments if s.right <= gap]
        right = [s for s in segments if s.left >= gap]
        crossing = len(segments) - len(left) - len(right)
        if min(len(left), len(right)) < rules.lines or crossing > rules.crossing * len(segments):
            continue
        if any(sum(s.right - s.left for s in side) < rules.share * total for side in (left, right)):
            continue
        if any(_short(side, rules) for side in (left, right)):
            continue
        if best is None or (crossing, abs(gap - width / 2)) < best[:2]:
            best = (crossing, abs(gap - width / 2), gap)
    return None if best is None else best[2]


def _short(side: Sequence[Segment], rules: ColumnRules) -> bool:
    """Whether most lines of one side leave most of its width empty."""
    whole = max(s.right for s in side) - min(s.left for s in side)
    long = sum(s.right - s.left > rules.long * whole for s in side)
    return long < rules.long_lines * len(side)
