"""The pages of a PDF in reading order: their lines become paragraphs again, their tables whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from plantrack.model import BlockKind
from plantrack.read.layoutrules import layout_rules
from plantrack.read.pdflines import Segment, columns, rows
from plantrack.read.pdfparagraphs import Frame, Line, frame, goes_on, line_of
from plantrack.read.pdftables import Box, unruled
from plantrack.read.pieces import Piece, one_line, paragraph
from plantrack.read.rules import TableRules


class Page(NamedTuple):
    """A page taken apart: its segments without furniture, its furniture, and its tables with rules."""

    number: int
    width: float
    segments: list[Segment]
    furniture: list[Segment]
    tables: list[Box]


class _Column(NamedTuple):
    """What is read from top to bottom: runs of lines and tables; `key` names its like on other pages."""

    key: tuple[int, int, int]
    parts: list[Box | list[Line]]


class Flow:
    """Goes through the pages in reading order and puts paragraphs and tables together again."""

    def __init__(self, pages: Sequence[Page], rules: TableRules) -> None:
        self._rules = rules
        self._pages = pages
        self._columns = []
        table: tuple[float, ...] = ()
        for page in pages:
            parts, table = self._taken_apart(page, table)
            self._columns.append(parts)
        lines: dict[tuple[int, int, int], list[Line]] = {}
        for column in (c for parts in self._columns for c in parts):
            for part in column.parts:
                if not isinstance(part, Box):
                    lines.setdefault(column.key, []).extend(part)
        # a column's far edge is known for whole pages only
        self._frames = {key: frame(found, 0 if key[2] else key[0]) for key, found in lines.items()}
        self._lines: list[Line] = []  # of the paragraph that is still open, on this page
        self._last: Line | None = None  # its last line, also from the page before
        self._said = ""  # the end of what has been handed out of it
        self._later: list[Piece] = []  # furniture, kept until the paragraph has ended
        self._page = 0

    def pieces(self) -> Iterator[Piece]:
        """The blocks of all pages, in reading order."""
        table: tuple[float, ...] = ()
        for page, side_by_side in zip(self._pages, self._columns, strict=True):
            yield from self._break()
            self._page = page.number
            fresh = True
            for column in side_by_side:
                for part in column.parts:
                    if isinstance(part, Box):
                        yield from self._end()
                        same = fresh and _alike(table, part.columns)
                        yield Piece(BlockKind.TABLE, page=self._page, goes_on=same, rows=part.rows)
                        table = part.columns
                    else:
                        yield from self._paragraphs(part, self._frames[column.key])
                        table = ()
                    fresh = False
            self._later += [
                Piece(BlockKind.PARAGRAPH, one_line(s.text), page=self._page, left_out=True)
                for s in sorted(page.furniture, key=lambda s: -s.middle)
            ]
        yield from self._end()

    def _taken_apart(
        self, page: Page, table: tuple[float, ...]
    ) -> tuple[list[_Column], tuple[float, ...]]:
        """The columns of a page; and the columns of the table it ends with, if it does."""
        boxes = {id(s): (s, box) for box in page.tables for s in [box.mark()]}
        marks = [mark for mark, _ in boxes.values()]
        found = columns([*page.segments, *marks], page.width)
        out = []
        for number, segments in enumerate(found):
            parts: list[Box | list[Line]] = []
            for run in _runs(rows(segments), {key: box for key, (_, box) in boxes.items()}):
                if isinstance(run, Box):
                    parts.append(run)
                else:
                    goes_on = () if parts or number else table
                    parts += self._loose(run, goes_on)
            middle = sum(s.left + s.right for s in segments) / 2 / max(len(segments), 1)
            side = round(4 * middle / page.width) if len(found) > 1 else 0
            out.append(_Column((round(page.width), page.number % 2, side), parts))
        last = out[-1].parts[-1] if out and out[-1].parts else None
        return out, last.columns if isinstance(last, Box) else ()

    def _loose(
        self, found: list[list[Segment]], table: tuple[float, ...]
    ) -> list[Box | list[Line]]:
        """Rows without rules around them: tables told by their header, and lines."""
        out: list[Box | list[Line]] = []
        while found:
            hit = unruled(found, self._rules, table)
            first, last, box = hit or (len(found), len(found), None)
            if first:
                out.append([line_of(row) for row in found[:first]])
            if box is not None:
                out.append(box)
            found, table = found[last + 1 :], ()
        return out

    def _paragraphs(self, lines: Sequence[Line], around: Frame) -> Iterator[Piece]:
        for number, line in enumerate(lines):
            above = self._last
            if above is None or not goes_on(line, above, around, next_page=number == 0):
                yield from self._end()
            self._lines.append(line)
            self._last = line

    def _break(self) -> Iterator[Piece]:
        """Hands out what stands on this page of a paragraph that may go on on the next."""
        if self._lines:
            text = paragraph(line.text for line in self._lines)
            before, self._lines = self._said, []
            self._said = text[-1:]
            words = (
                before.isascii() and before.isalpha() and text[:1].isascii() and text[:1].isalpha()
            )
            said = f" {text}" if words else text
            yield Piece(BlockKind.PARAGRAPH, said, page=self._page, goes_on=bool(before))

    def _end(self) -> Iterator[Piece]:
        """Ends the open paragraph, and hands out the furniture that would have stood in it."""
        yield from self._break()
        self._said, self._last = "", None
        yield from self._later
        self._later.clear()


def _runs(
    found: Sequence[list[Segment]], marks: dict[int, Box]
) -> Iterator[Box | list[list[Segment]]]:
    """A column cut at its ruled tables; each has a mark among the segments."""
    run: list[list[Segment]] = []
    for row in found:
        box = next((marks[id(s)] for s in row if id(s) in marks), None)
        rest = [s for s in row if id(s) not in marks]
        if rest:
            run.append(rest)
        if box is not None:
            if run:
                yield run
            run = []
            yield box
    if run:
        yield run


def _alike(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Whether two tables have the same columns."""
    alike = layout_rules().drawn_tables.alike
    return (
        bool(one)
        and len(one) == len(other)
        and all(abs(a - b) < alike for a, b in zip(one, other, strict=True))
    )
