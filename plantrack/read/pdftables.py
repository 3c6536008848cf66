"""Tables on a PDF's page: drawn with rules, or told by the header and the places of the cells."""

from __future__ import annotations

import ctypes
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from plantrack.read.layoutrules import layout_rules
from plantrack.read.pdflines import Row, Segment
from plantrack.read.pieces import GridCell, joined
from plantrack.read.rules import TableRules

if TYPE_CHECKING:
    import pdfplumber.page
    from pypdfium2 import PdfPage


# The library sees a blank where writers set Chinese and digits apart; in a cell there is no other.
_NO_BLANK = re.compile(r"(?<=[一-鿿]) (?=[0-9A-Za-z])|(?<=[0-9A-Za-z%]) (?=[一-鿿])")


class Box(NamedTuple):
    """A table's outline in points from the page's lower left, and its cells as HTML has them."""

    left: float
    bottom: float
    right: float
    top: float
    rows: list[list[GridCell]]
    columns: tuple[float, ...]

    def mark(self) -> Segment:
        """An empty segment along its upper edge, by which it finds its place among the lines."""
        return Segment("", self.left, self.top - 1, self.right, self.top, 1.0)

    def holds(self, segment: Segment) -> bool:
        """Whether a segment lies in the table."""
        same = layout_rules().drawn_tables.same
        middle = (segment.left + segment.right) / 2
        inside = self.left - same <= middle <= self.right + same
        return inside and self.bottom - same <= segment.middle <= self.top + same


# ------------------------------------------------------------------------------- with rules


def has_rules(page: PdfPage, most: int) -> bool:
    """Whether enough straight lines are drawn on a page for a table; `most` objects are looked at."""
    from pypdfium2 import raw

    rules = layout_rules().drawn_tables
    edges = [ctypes.c_float() for _ in range(4)]
    left, bottom, right, top = edges
    places = [ctypes.byref(edge) for edge in edges]
    flat = upright = 0
    for i in range(min(raw.FPDFPage_CountObjects(page), most)):
        thing = raw.FPDFPage_GetObject(page, i)
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            return True  # what it draws is not looked into
        if kind != raw.FPDF_PAGEOBJ_PATH or not raw.FPDFPageObj_GetBounds(thing, *places):
            continue
        width, height = right.value - left.value, top.value - bottom.value
        strokes = max(1, raw.FPDFPath_CountSegments(thing) // 2)
        flat += strokes if width >= rules.long else 0
        upright += strokes if height >= rules.long else 0
        if width >= rules.long and height >= rules.long and strokes == 2:
            continue  # a box
        if flat >= rules.rules and upright >= rules.rules:
            return True
    return False


def ruled(page: pdfplumber.page.Page, inside: Callable[..., str]) -> Iterator[Box]:
    """The tables that rules draw; `inside` gives the text in a rectangle of the page."""
    height = float(page.height)
    same = layout_rules().drawn_tables.same
    for table in page.find_tables():
        boxes = sorted({cell for row in table.rows for cell in row.cells if cell is not None})
        lefts = _edges([b[0] for b in boxes])
        tops = _edges([b[1] for b in boxes])
        if len(lefts) < 2 or len(tops) < 2:
            continue
        grid: dict[tuple[int, int], GridCell | None] = {}
        for x0, y0, x1, y1 in boxes:
            row, column = _at(tops, y0), _at(lefts, x0)
            rows = max(_at(tops, y1 - 2 * same) - row, 0) + 1
            columns = max(_at(lefts, x1 - 2 * same) - column, 0) + 1
            text = inside(x0 + 0.5, height - y1 + 0.5, x1 - 0.5, height - y0 - 0.5)
            grid |= {(row + r, column + c): None for r in range(rows) for c in range(columns)}
            said = _NO_BLANK.sub("", joined(text.split("\n")))
            grid[row, column] = GridCell(said, rows, columns)
        cells = [
            [
                cell
                for c in range(len(lefts))
                if (cell := grid.get((r, c), GridCell(""))) is not None
            ]
            for r in range(len(tops))
        ]
        x0, y0, x1, y1 = table.bbox
        yield Box(x0, height - y1, x1, height - y0, cells, tuple(lefts))


def _edges(places: Sequence[float]) -> list[float]:
    """The different ones of some places, in order."""
    same = layout_rules().drawn_tables.same
    out: list[float] = []
    for place in sorted(places):
        if not out or place - out[-1] > 2 * same:
            out.append(place)
    return out


def _at(edges: Sequence[float], place: float) -> int:
    """The number of the last edge that is not behind a place."""
    return max(bisect_left(edges, place + layout_rules().drawn_tables.same) - 1, 0)


# ---------------------------------------------------------------------------- without rules


def unruled(
    rows: Sequence[Row], rules: TableRules, before: tuple[float, ...] = ()
) -> tuple[int, int, Box] | None:
    """The first table among the rows of a page, with the numbers of its first and last row.

    It begins with a row of which several segments are header cells, or with the first row of the
    page where a table of the page before, with `before` as the middles of its columns, may go on.
    """
    share = layout_rules().drawn_tables.header_share
    for first, row in enumerate(rows):
        heads = sum(bool(rules.header_cell.fullmatch("".join(s.text.split()))) for s in row)
        goes_on = first == 0 and len(before) > 2 and _fits(row, before)
        if heads < max(rules.min_columns, share * len(row)) and not goes_on:
            continue
        last = _last(rows, first, rules)
        body = rows[first : last + 1]
        places = before if goes_on else _middles(body)
        values = sum(bool(rules.value.fullmatch(s.text)) for r in body[1:] for s in r)
        if len(places) >= rules.min_columns and values >= rules.min_rows - 1:
            segments = [s for r in body for s in r]
            return first, last, Box(
                min(s.left for s in segments), min(s.bottom for s in segments),
                max(s.right for s in segments), max(s.top for s in segments),
                _cells(body, places), places,
            )  # fmt: skip
    return None


def _fits(row: Row, places: Sequence[float]) -> bool:
    return len(row) > 1 and len({_nearest(s, places) for s in row}) == len(row)


def _last(rows: Sequence[Row], first: int, rules: TableRules) -> int:
    """The last row of a table: a row of one segment is a part of it only between others."""
    last = first
    loose = layout_rules().drawn_tables.loose_rows
    for k in range(first + 1, len(rows)):
        if len(rows[k]) > 1:
            last = k
        elif k - last > loose or rules.note.match(rows[k][0].text):
            break
    while last + 1 < len(rows) and len(rows[last + 1]) == 1 and _beside(rows[last + 1], rows[last]):
        last += 1
    return last


def _beside(row: Row, other: Row) -> bool:
    """Whether a row stands so near to another that both are lines of the same cells."""
    near = layout_rules().drawn_tables.beside * row[0].size
    return abs(other[0].middle - row[0].middle) < near


def _middles(body: Sequence[Row]) -> tuple[float, ...]:
    """The middles of the columns, from left to right.

    Where most rows have the same number of pieces they are the columns: heads stand in the middle
    of them, words to the left, numbers to the right. Else columns are the stretches that the
    pieces of some row cover and no other fills.
    """
    several = [row for row in body if len(row) > 1]
    usual, often = Counter(map(len, several)).most_common(1)[0] if several else (0, 0)
    if 2 * often > len(several):
        columns = list(zip(*(row for row in several if len(row) == usual), strict=True))
        edges = [(min(s.left for s in c), max(s.right for s in c)) for c in columns]
        if all(a[1] <= b[0] for a, b in pairwise(edges)):
            return tuple((left + right) / 2 for left, right in edges)
    stretches: list[tuple[float, float]] = []
    for left, right in sorted((s.left, s.right) for row in several for s in row):
        if stretches and left < stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(stretches[-1][1], right))
        else:
            stretches.append((left, right))
    return tuple((left + right) / 2 for left, right in stretches)


def _nearest(segment: Segment, places: Sequence[float]) -> int:
    """The column whose middle lies in a segment, else the nearest to its middle."""
    middle = (segment.left + segment.right) / 2
    return min(range(len(places)), key=lambda k: abs(places[k] - middle))


def _placed(row: Row, places: Sequence[float]) -> Sequence[int]:
    """The columns that the pieces of a row stand in: one after the other where there is one for each."""
    nearest = [_nearest(segment, places) for segment in row]
    return range(len(row)) if len(set(nearest)) < len(row) == len(places) else nearest


def _cells(body: Sequence[Row], places: Sequence[float]) -> list[list[GridCell]]:
    full = [k for k, row in enumerate(body) if len(row) > 1]
    gaps = sorted(body[a][0].middle - body[b][0].middle for a, b in pairwise(full))
    beside = layout_rules().drawn_tables.beside
    roomy = bool(gaps) and gaps[len(gaps) // 2] > 2 * beside * body[full[0]][0].size
    belongs = list(range(len(body)))  # the row that a row's segments are lines of
    for k, row in enumerate(body):
        if len(row) == 1 and roomy and full:
            near = min(full, key=lambda f: abs(body[f][0].middle - row[0].middle))
            if _beside(row, body[near]):
                belongs[k] = near
    lines: dict[int, list[list[str]]] = {}
    for k, row in enumerate(body):
        cells = lines.setdefault(belongs[k], [[] for _ in places])
        for column, segment in zip(_placed(row, places), row, strict=True):
            cells[column].append(segment.text)
    return [[GridCell(joined(cell)) for cell in lines[k]] for k in sorted(lines)]
