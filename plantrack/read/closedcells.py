"""Tables that came apart to a cell a line, each closed by a pipe: 指标 | / 产量 | / 比上年增长(%) | / 粮食产量 | / 4.48万吨 | / -0.4 |."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from plantrack.read.lines import Line, trim

_Place: TypeAlias = tuple[int, int]  # [start, end) of a cell
_PIPES = "|｜"
_VALUE = re.compile(r"[-+−]?\d[\d,.]{0,14}(?!年)[^\d\s]{0,6}")  # 4.48万吨, but a header's 2008年
_CELL_LINES = 3  # a cell takes no more lines, its pipe counted
_LEAST_ROWS = 3  # with the header


def closed_rows(text: str, found: Sequence[Line], first: int) -> tuple[list[list[_Place]], int]:
    """The rows of such a table that begins at line `first`, and its last line; no rows where there is none.

    The header's cells are those before the name of the first row, which stands before the first value. Rows
    are read as long as each begins with a name and holds a value. Linear in the lines looked at.
    """
    cells, ends = _cells(text, found, first)
    if not cells:
        return [], first  # as nearly everywhere
    values = [_VALUE.fullmatch(text, a, b) is not None for a, b in cells]
    columns = values.index(True) - 1 if True in values else 0
    if columns < 2:
        return [], ends[-1]
    rows = [cells[:columns]]
    for at in range(columns, len(cells) - columns + 1, columns):
        if values[at] or not any(values[at : at + columns]):
            break
        rows.append(cells[at : at + columns])
    if len(rows) < _LEAST_ROWS:
        return [], ends[-1]
    return rows, ends[len(rows) * columns - 1]


def _cells(text: str, found: Sequence[Line], first: int) -> tuple[list[_Place], list[int]]:
    """The closed cells one after another from line `first`, and the line that each ends in."""
    cells: list[_Place] = []
    ends: list[int] = []
    opened = first
    for k in range(first, len(found)):
        line = found[k]
        inner = line.text[:-1]
        if "|" in inner or "｜" in inner or k - opened >= _CELL_LINES:
            break
        if not cells and k > first and line.text not in _PIPES:
            break  # what stands over the first cell is none of it
        if line.text[-1] in _PIPES:
            bare = line.text in _PIPES and k > opened
            cells.append(
                trim(text, found[opened].start, found[k - 1].end if bare else line.end - 1)
            )
            ends.append(k)
            opened = k + 1
    return cells, ends
