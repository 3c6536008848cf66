"""A text with what is known of it as a whole."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from functools import cached_property

from plantrack.model.base import Model, Text
from plantrack.model.indicator import Scope
from plantrack.model.period import Period
from plantrack.model.place import Block, BlockKind, Place
from plantrack.model.span import Span

_LINE = re.compile(r"[^\n]*\n?")


class DocumentKind(StrEnum):
    """What sort of document it is."""

    PLAN = "plan"  # a plan over several years
    ANNUAL_PLAN = "annual_plan"  # a report on one year's plan with the next year's draft
    REPORT = "report"
    PROPOSAL = "proposal"  # 建议
    COMMUNIQUE = "communique"  # 统计公报
    OTHER = "other"


class SectionKind(StrEnum):
    """The level of a heading."""

    PART = "part"  # 第一篇
    CHAPTER = "chapter"  # 第一章, 一、
    SECTION = "section"  # 第一节, （一）
    ITEM = "item"  # 1.
    BOX = "box"  # 专栏
    NOTE = "note"  # 注, 备注, footnotes, glossary
    CELL = "cell"  # a cell of a table that tells in sentences what it holds


class Outlook(StrEnum):
    """Whether a passage looks back on what was done or ahead to what is intended."""

    REVIEW = "review"
    PLAN = "plan"
    NEUTRAL = "neutral"


class Section(Model):
    """A heading and what it governs; `span` runs from the heading to the next heading of its level or above.

    `period` is the one period the heading names for what stands under it; None where it names none.
    """

    kind: SectionKind
    title: str
    heading: Span
    span: Span
    outlook: Outlook = Outlook.NEUTRAL
    period: Period | None = None


class Cell(Model):
    """One cell of a table, trimmed; `row` and `column` (from 0) where the source has real cells.

    A cell merged downwards comes again in each row it covers, with the same span; one merged
    sideways fills its first column and leaves the others empty. `address` (D6) is a sheet's.
    """

    text: str
    span: Span
    row: int | None = None
    column: int | None = None
    address: str = ""


class Table(Model):
    """A table as found: its title, its cells in reading order and the notes under it.

    In a table that was flattened to text the cells have no row and no column yet.
    """

    title: str
    span: Span
    cells: tuple[Cell, ...]
    notes: tuple[Cell, ...] = ()


class Conflict(Model):
    """Two places that disagree about the document; `used` is what plantrack went by."""

    about: str
    found: str
    used: str
    span: Span | None = None


class Document(Model):
    """A decoded text, untouched, with its title, kind, region, periods and structure.

    All spans are offsets into `text`. `planned` is the period the document sets goals for,
    `reviewed` the one it reports on; either may be None. `sentences` are in order and do not
    overlap; a table cell is a sentence of its own. `layout` holds the blocks of a format that has
    some of its own (web pages, Word, PDF, sheets); see `blocks`.
    """

    name: str
    text: str
    sha256: str
    encoding: str = "utf-8"
    title: str = ""
    kind: DocumentKind = DocumentKind.OTHER
    issuer: str = ""
    number: str = ""
    published: date | None = None
    region: Scope | None = None
    planned: Period | None = None
    reviewed: Period | None = None
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()
    sentences: tuple[Span, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    layout: tuple[Block, ...] = ()

    @cached_property
    def _starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    def sentence_at(self, offset: int) -> Span | None:
        """The sentence that holds `offset`, or None between sentences."""
        i = bisect_right(self._starts, offset) - 1
        if i < 0 or not self.sentences[i].contains(offset):
            return None
        return self.sentences[i]

    @cached_property
    def _nesting(self) -> tuple[list[int], list[tuple[Section, ...]]]:
        """Where the set of sections around a place changes, and the set from there on."""
        edges = sorted({edge for s in self.sections for edge in (s.span.start, s.span.end)})
        waiting = sorted(self.sections, key=lambda s: (s.span.start, -s.span.end))[::-1]
        around: list[tuple[Section, ...]] = []
        open_ones: list[Section] = []
        for edge in edges:
            while waiting and waiting[-1].span.start <= edge:
                open_ones.append(waiting.pop())
            open_ones = [s for s in open_ones if s.span.end > edge]
            around.append(tuple(open_ones))
        return edges, around

    def sections_at(self, offset: int) -> tuple[Section, ...]:
        """The sections around `offset`, outermost first."""
        starts, around = self._nesting
        i = bisect_right(starts, offset) - 1
        return around[i] if i >= 0 else ()

    def outlook_at(self, offset: int) -> Outlook:
        """The outlook of the innermost section around `offset` that has one."""
        i = bisect_right(self._nesting[0], offset) - 1
        return self._standing[i][0] if i >= 0 else Outlook.NEUTRAL

    def period_at(self, offset: int) -> Period | None:
        """The period that the innermost heading around `offset` names, of those that share its outlook.

        None where none does: then `planned` or `reviewed` is what the passage speaks of.
        """
        i = bisect_right(self._nesting[0], offset) - 1
        return self._standing[i][1] if i >= 0 else None

    @cached_property
    def _standing(self) -> list[tuple[Outlook, Period | None]]:
        """The outlook and the period from each edge of `_nesting` on."""
        return [_standing(around) for around in self._nesting[1]]

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The pieces of the text with their places, in order: the format's own, else its lines.

        The lines of a table are one block. Blank lines belong to none.
        """
        return self.layout or tuple(self._lines())

    def _lines(self) -> Iterator[Block]:
        headings = {s.heading.start for s in self.sections if len(s.heading)}
        tables = {table.span.start: table.span for table in self.tables}
        notes = {note.span.start for table in self.tables for note in table.notes}
        notes |= {s.heading.start for s in self.sections if s.kind is SectionKind.NOTE}
        until = 0
        for number, line in enumerate(_LINE.finditer(self.text), start=1):
            start = line.end() - len(line[0].lstrip())
            if not line[0].strip() or start < until:
                continue
            span = tables.get(start)
            kind = BlockKind.TABLE if span else BlockKind.PARAGRAPH
            if start in notes:
                kind = BlockKind.NOTE
            elif start in headings:
                kind = BlockKind.HEADING
            until = span.end if span else start + len(line[0].strip())
            yield Block(kind=kind, span=Span(start=start, end=until), place=Place(line=number))

    @cached_property
    def _block_starts(self) -> list[int]:
        return [b.span.start for b in self.blocks]

    def block_at(self, offset: int) -> Block | None:
        """The block that holds `offset`, or None between blocks."""
        i = bisect_right(self._block_starts, offset) - 1
        return self.blocks[i] if i >= 0 and self.blocks[i].span.contains(offset) else None

    @cached_property
    def _cells(self) -> dict[int, tuple[int, Cell]]:
        """The real cells by where they start, each with the number of its table."""
        return {
            cell.span.start: (number, cell)
            for number, table in reversed(list(enumerate(self.tables, start=1)))
            for cell in reversed(table.cells)
            if cell.row is not None and cell.text
        }

    @cached_property
    def _cell_starts(self) -> list[int]:
        return sorted(self._cells)

    def shown_place(self, span: Span) -> Text | None:
        """`place_of` where the format has places of its own to show; None in a plain text."""
        place = self.place_of(span) if self.layout else None
        return place if place and place.zh else None

    def place_of(self, span: Span) -> Text:
        """Where a piece of the text stands, in words: 第12页，表1，第6行第4列.

        In a sheet it is the cell (工作表“指标”，单元格D6), in a plain text the line; both sides
        are empty where the format has no pages and the piece lies in no table.
        """
        block = self.block_at(span.start)
        place = block.place if block else Place()
        i = bisect_right(self._cell_starts, span.start) - 1
        if i >= 0:
            number, cell = self._cells[self._cell_starts[i]]
            if cell.address and cell.span.contains(span.start):
                return place.model_copy(update={"cell": cell.address}).text
            if cell.span.contains(span.start) and cell.row is not None and cell.column is not None:
                row, column = cell.row + 1, cell.column + 1
                said = place.model_copy(update={"line": None}).text
                zh = f"表{number}，第{row}行第{column}列"
                en = f"table {number}, row {row}, column {column}"
                return Text(
                    zh="，".join(filter(None, (said.zh, zh))),
                    en=", ".join(filter(None, (said.en, en))),
                )
        return place.text


def _standing(around: Sequence[Section]) -> tuple[Outlook, Period | None]:
    """What the sections around a place, outermost first, say of it: its outlook and the period named for that."""
    said = (s.outlook for s in reversed(around) if s.outlook is not Outlook.NEUTRAL)
    outlook = next(said, Outlook.NEUTRAL)
    for section in reversed(around):
        if section.outlook not in (outlook, Outlook.NEUTRAL):
            break
        if section.period is not None:
            return outlook, section.period
    return outlook, None
