"""From a reader's pieces to a Document: one text, and for every block and cell its place in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from plantrack.model import Block, BlockKind, Cell, Document, Place, Span
from plantrack.read.cellgrid import lay, split
from plantrack.read.grids import Given
from plantrack.read.limits import Limits, too_much
from plantrack.read.pieces import Laid, Piece, Pieces
from plantrack.read.rules import StructureRules
from plantrack.read.structure import parse


def assemble(
    pieces: Pieces, name: str, sha256: str, rules: StructureRules, limits: Limits
) -> Document:
    """The Document of a file that was read into pieces.

    Its text is the texts of all pieces, each on a line of its own, tables row by row with a tab
    between cells. What was left out stands in it too, and nothing is read from it. ReadError
    where the text or its tables exceed the limits.
    """
    made = _Text(name, rules, limits)
    for piece in pieces.blocks:
        if piece.rows:
            made.table(piece)
        else:
            made.line(piece)
    document = parse(
        made.text(),
        name,
        encoding=pieces.encoding,
        sha256=sha256,
        rules=rules,
        layout=made.blocks,
        given=made.tables(),
    )
    if not pieces.conflicts:
        return document
    return document.model_copy(update={"conflicts": (*document.conflicts, *pieces.conflicts)})


class _Text:
    """The text as it grows, with its blocks and the cells of its tables."""

    def __init__(self, name: str, rules: StructureRules, limits: Limits) -> None:
        self._name, self._rules, self._limits = name, rules, limits
        self._parts: list[str] = []
        self._length = self._count = 0
        self._given: list[list[Cell]] = []
        self._sheets: list[tuple[int, str]] = [(0, "")]  # where each begins
        self._head: Sequence[str] = ()
        self.blocks: list[Block] = []

    def text(self) -> str:
        """All of it."""
        return "".join(self._parts)

    def tables(self) -> Iterator[Given]:
        """The tables, each with the stretch of text from its first cell's row to its last."""
        begins = [begin for begin, _ in self._sheets]
        for cells in self._given:
            start, end = cells[0].span.start, max(c.span.end for c in cells)
            number = bisect_right(begins, start)
            until = (*begins, self._length)[number]
            sheet = Span(start=begins[number - 1], end=until)
            yield Given(Span(start=start, end=end), tuple(cells), sheet)

    def line(self, piece: Piece) -> None:
        """One block on a line of its own, or the rest of the line before; an empty one is none."""
        if not piece.text:
            return
        start = self._open("" if piece.goes_on else "\n")
        self._write(piece.text)
        self._block(piece, start)

    def table(self, piece: Piece) -> None:
        """A table, or its lines where it turns out to be none."""
        given = piece.rows
        laid = given if isinstance(given, Laid) else lay(given, self._name, self._limits)
        every = range(len(laid.rows))
        if piece.left_out:
            for row in every:
                said = "\t".join(text for _, text in laid.own(row))
                self.line(piece._replace(kind=BlockKind.TABLE, text=said, rows=(), goes_on=False))
            return
        if piece.goes_on and self._given and every and len(laid.rows[0]) == len(self._head):
            again = list(laid.rows[0]) == list(self._head)  # the header, on every page
            before = self._given[-1][-1].row or 0
            self._rows(piece, laid, every[1:] if again else every, self._given[-1], before)
            return
        parts = split(laid, self._rules.tables)
        if parts is None:
            self._loose(piece, BlockKind.PARAGRAPH, laid, every)
            return
        first, end = parts
        self._loose(piece, BlockKind.PARAGRAPH, laid, every[:first])
        self._head = laid.rows[first]
        self._given.append([])
        self._rows(piece, laid, every[first:end], self._given[-1], first - 1)
        self._loose(piece, BlockKind.NOTE, laid, every[end:])

    def _loose(self, piece: Piece, kind: BlockKind, laid: Laid, rows: range) -> None:
        """What is in some rows but no part of the table: a line for each cell."""
        for row in rows:
            for column, text in laid.own(row):
                address = laid.address(row, column)
                loose = piece._replace(kind=kind, text=text, rows=(), cell=address, goes_on=False)
                self.line(loose)

    def _rows(self, piece: Piece, laid: Laid, rows: range, cells: list[Cell], before: int) -> None:
        """Writes rows into the text; `before` is the number of the row above the first."""
        if not rows:
            return
        self._count += len(rows) * len(laid.rows[0])
        if self._count > self._limits.cells:
            bound = self._limits.cells
            raise too_much(self._name, "cells in its tables", self._count, bound, "cells")
        start = at = self._open("\n")
        written: list[str] = []
        upper: list[Cell] = []
        for number, row in enumerate(rows, start=before + 1):
            again = laid.above.get(row, ()) if upper else ()
            texts = laid.rows[row]
            for column, text in enumerate(texts):
                if column in again:
                    span, address = upper[column].span, upper[column].address
                else:
                    span = Span(start=at, end=at + len(text))
                    at += len(text)
                    address = laid.address(row, column) if laid.numbers else ""
                cells.append(Cell(text=text, span=span, row=number, column=column, address=address))
                at += 1  # the tab or line end behind it
            own = ("" if column in again else text for column, text in enumerate(texts))
            written.append("\t".join(own if again else texts))
            upper = cells[-len(texts) :]
        self._write("\n".join(written))
        self._block(piece._replace(kind=BlockKind.TABLE), start)

    def _open(self, separator: str) -> int:
        if self._parts:
            self._write(separator)
        return self._length

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
        if self._length > self._limits.characters:
            bound = self._limits.characters
            raise too_much(self._name, "characters", self._length, bound, "characters")

    def _block(self, piece: Piece, start: int) -> None:
        if piece.sheet != self._sheets[-1][1]:
            self._sheets.append((start, piece.sheet))
        span = Span(start=start, end=self._length)
        place = Place(page=piece.page, sheet=piece.sheet, cell=piece.cell, element=piece.element)
        self.blocks.append(Block(kind=piece.kind, span=span, place=place, left_out=piece.left_out))
