"""From a reader's pieces to a Document: one text, and for every block and cell its place in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plantrack.model import Block, BlockKind, Cell, Document, Span
from plantrack.read.cellgrid import Laid, lay, lines, same_head, split
from plantrack.read.grids import Given
from plantrack.read.limits import Limits, too_much
from plantrack.read.pieces import GridCell, Piece, Pieces
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
        self._head: Sequence[Laid] = ()
        self.blocks: list[Block] = []

    def text(self) -> str:
        """All of it."""
        return "".join(self._parts)

    def tables(self) -> Iterator[Given]:
        """The tables, each with the stretch of text from its first cell's row to its last."""
        for cells in self._given:
            start, end = cells[0].span.start, max(c.span.end for c in cells)
            yield Given(Span(start=start, end=end), tuple(cells))

    def line(self, piece: Piece) -> None:
        """One block on a line of its own, or the rest of the line before; an empty one is none."""
        if not piece.text:
            return
        start = self._open("" if piece.goes_on else "\n")
        self._write(piece.text)
        self._block(piece, start)

    def table(self, piece: Piece) -> None:
        """A table, or its lines where it turns out to be none."""
        rows = lay(piece.rows, self._name, self._limits)
        if piece.left_out:
            for row in rows:
                texts = [laid.cell.text for laid in row if laid.cell.text and not laid.above]
                self._loose(piece, BlockKind.TABLE, GridCell("\t".join(texts)))
            return
        if piece.goes_on and self._given and rows and len(rows[0]) == len(self._head):
            rows = rows[1:] if same_head(rows[0], self._head) else rows
            self._rows(piece, rows, self._given[-1], self._given[-1][-1].row or 0)
            return
        grid = split(rows, self._rules.tables)
        if grid is None:
            for text in lines(rows):
                self._loose(piece, BlockKind.PARAGRAPH, GridCell(text))
            return
        for cell in grid.title:
            self._loose(piece, BlockKind.PARAGRAPH, cell)
        self._head = grid.rows[0]
        self._given.append([])
        self._rows(piece, grid.rows, self._given[-1], grid.first - 1)
        for cell in grid.notes:
            self._loose(piece, BlockKind.NOTE, cell)

    def _loose(self, piece: Piece, kind: BlockKind, cell: GridCell) -> None:
        place = (
            piece.place.model_copy(update={"cell": cell.address}) if cell.address else piece.place
        )
        self.line(piece._replace(kind=kind, text=cell.text, rows=(), place=place, goes_on=False))

    def _rows(
        self, piece: Piece, rows: Sequence[Sequence[Laid]], cells: list[Cell], before: int
    ) -> None:
        """Writes rows into the text; `before` is the number of the row above the first."""
        if not rows:
            return
        self._count += len(rows) * len(rows[0])
        if self._count > self._limits.cells:
            bound = self._limits.cells
            raise too_much(self._name, "cells in its tables", self._count, bound, "cells")
        start = self._open("\n")
        upper: list[Span] = []
        for number, row in enumerate(rows, start=before + 1):
            if number > before + 1:
                self._write("\n")
            spans: list[Span] = []
            for column, (cell, above) in enumerate(row):
                if column:
                    self._write("\t")
                if above and upper and cell.text:
                    span = upper[column]
                else:
                    span = Span(start=self._length, end=self._length + len(cell.text))
                    self._write(cell.text)
                spans.append(span)
                cells.append(
                    Cell(text=cell.text, span=span, row=number, column=column, address=cell.address)
                )
            upper = spans
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
        span = Span(start=start, end=self._length)
        self.blocks.append(
            Block(kind=piece.kind, span=span, place=piece.place, left_out=piece.left_out)
        )
