"""Tables with merged cells: every row as wide as the table, titles and notes set free."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from plantrack.read.limits import Limits, too_much
from plantrack.read.pieces import GridCell, Rows
from plantrack.read.rules import TableRules


class Laid(NamedTuple):
    """A cell in its place; `above` marks one that only repeats the merged cell over it."""

    cell: GridCell
    above: bool = False


_NONE = Laid(GridCell(""))


class Grid(NamedTuple):
    """A table with the lines its first and last rows turned out to be.

    Every row of `rows` has an entry for each column; `first` is the number of the first of them.
    """

    title: Sequence[GridCell]
    rows: Sequence[Sequence[Laid]]
    notes: Sequence[GridCell]
    first: int = 0


def lay(rows: Rows, name: str, limits: Limits) -> list[list[Laid]]:
    """The rows with each cell in its column, as HTML lays them out.

    A cell over several rows is repeated in each; one over several columns fills its first and
    leaves the others empty. ReadError where that gives more cells than the limits allow.
    """
    out: list[list[Laid]] = []
    below: dict[int, tuple[int, Laid]] = {}  # by column: rows still to cover, and with what
    width = 0
    for row in rows:
        line: list[Laid] = []
        edge = max(below, default=-1)
        cells = iter(row)
        cell = next(cells, None)
        while cell is not None or len(line) <= edge:
            due = below.pop(len(line), None)
            if due is not None:
                left, laid = due
                if left > 1:
                    below[len(line)] = (left - 1, laid)
                line.append(laid)
            elif cell is None:
                line.append(_NONE)
            else:
                for k in range(max(cell.columns, 1)):
                    if k and len(line) in below:
                        break  # two cells claim this place: the upper one has it
                    if cell.rows > 1:
                        covers = _NONE if k else Laid(cell, above=True)
                        below[len(line)] = (cell.rows - 1, covers)
                    line.append(_NONE if k else Laid(cell))
                cell = next(cells, None)
            width = max(width, len(line))
            if width * (len(out) + 1) > limits.cells:
                raise too_much(
                    name, "cells in a table", width * (len(out) + 1), limits.cells, "cells"
                )
        out.append(line)
    return [line + [_NONE] * (width - len(line)) for line in out]


def split(rows: Sequence[Sequence[Laid]], rules: TableRules) -> Grid | None:
    """The table without the rows that are its title or its notes; None where no table is left.

    Rows above the header that hold one text are title and line of units; rows at the end that hold
    one text are notes where they begin like one, go on with one, or are too long for a cell. A
    table has two rows and two columns with something in them.
    """
    texts = [[laid.cell for laid in row if laid.cell.text] for row in rows]
    first, last = 0, len(rows)
    while first < last and len(texts[first]) <= 1:
        first += 1
    notes = last
    while notes > first and len(texts[notes - 1]) <= 1:
        notes -= 1
    while notes < last and not any(_is_note(cell.text, rules) for cell in texts[notes]):
        notes += 1
    body = range(first, notes)
    filled = {c for r in body for c, laid in enumerate(rows[r]) if laid.cell.text}
    if sum(bool(texts[r]) for r in body) < 2 or len(filled) < 2:
        return None
    return Grid(
        [cell for row in texts[:first] for cell in row],
        [rows[r] for r in body],
        [cell for row in texts[notes:] for cell in row],
        first,
    )


def _is_note(text: str, rules: TableRules) -> bool:
    return bool(rules.note.match(text)) or len(text) > rules.max_cell


def lines(rows: Sequence[Sequence[Laid]]) -> Iterator[str]:
    """What is no table, row by row."""
    for row in rows:
        for laid in row:
            if laid.cell.text and not laid.above:
                yield laid.cell.text


def same_head(row: Sequence[Laid], other: Sequence[Laid]) -> bool:
    """Whether a row repeats another: the header of a table that goes on on the next page."""
    return [x.cell.text for x in row] == [x.cell.text for x in other]
