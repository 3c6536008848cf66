"""Tables with merged cells: every row as wide as the table, titles and notes set free."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from plantrack.read.limits import Limits, too_much
from plantrack.read.pieces import GridCell, Laid, Rows
from plantrack.read.rules import TableRules


class Parts(NamedTuple):
    """Where a table really begins and ends: the rows before `first` are its title, those from `end` its notes."""

    first: int
    end: int


def lay(rows: Rows, name: str, limits: Limits) -> Laid:
    """The rows with each cell in its column, as HTML lays them out.

    A cell over several rows is repeated in each; one over several columns fills its first and
    leaves the others empty. ReadError where that gives more cells than the limits allow.
    """
    out: list[list[str]] = []
    above: dict[int, set[int]] = {}
    below: dict[int, tuple[int, str]] = {}  # by column: rows still to cover, and with what
    width = 0
    for number, row in enumerate(rows):
        if below or GridCell in map(type, row):
            line: list[str] = []
            for text, repeats in _row(row, below):
                if repeats:
                    above.setdefault(number, set()).add(len(line))
                line.append(text)
                if len(line) > width:
                    _check(len(line) * (number + 1), name, limits)
        else:
            line = [text for text in row if isinstance(text, str)]
        out.append(line)
        width = max(width, len(line))
        _check(width * (number + 1), name, limits)
    return Laid(padded(out, width), above)


def padded(rows: list[list[str]], width: int) -> list[list[str]]:
    """The rows, each with empty texts up to the width."""
    for row in rows:
        if len(row) < width:
            row += [""] * (width - len(row))
    return rows


def _row(
    row: Sequence[str | GridCell], below: dict[int, tuple[int, str]]
) -> Iterator[tuple[str, bool]]:
    """The texts of one row, and whether they repeat what is merged above; keeps `below` up to date."""
    column = 0
    edge = max(below, default=-1)
    cells = iter(row)
    cell = next(cells, None)
    while cell is not None or column <= edge:
        due = below.pop(column, None)
        if due is not None:
            left, text = due
            if left > 1:
                below[column] = (left - 1, text)
            yield text, bool(text)
            column += 1
        elif cell is None:
            yield "", False
            column += 1
        else:
            text, down, across = (cell, 1, 1) if isinstance(cell, str) else cell
            for k in range(max(across, 1)):
                if k and column in below:
                    break  # two cells claim this place: the upper one has it
                if down > 1:
                    below[column] = (down - 1, "" if k else text)
                yield "" if k else text, False
                column += 1
            cell = next(cells, None)


def _check(cells: int, name: str, limits: Limits) -> None:
    if cells > limits.cells:
        raise too_much(name, "cells in a table", cells, limits.cells, "cells")


def split(laid: Laid, rules: TableRules) -> Parts | None:
    """The rows of a table without those that are its title or its notes; None where no table is left.

    Rows above the header that hold one text are title and line of units; rows at the end that hold
    one text are notes where they begin like one, go on with one, or are too long for a cell. A
    table has two rows and two columns with something in them.
    """
    rows = laid.rows
    first, last = 0, len(rows)
    while first < last and _holds(rows[first]) <= 1:
        first += 1
    notes = last
    while notes > first and _holds(rows[notes - 1]) <= 1:
        notes -= 1
    while notes < last and not any(_is_note(text, rules) for text in rows[notes] if text):
        notes += 1
    body = rows[first:notes]
    filled = islice((row for row in body if any(row)), 2)
    columns = islice((column for column in zip(*body, strict=True) if any(column)), 2)
    if len(list(filled)) < 2 or len(list(columns)) < 2:
        return None
    return Parts(first, notes)


def _holds(row: Sequence[str]) -> int:
    """How many places of a row hold something."""
    return len(row) - row.count("")


def _is_note(text: str, rules: TableRules) -> bool:
    return bool(rules.note.match(text)) or len(text) > rules.max_cell
