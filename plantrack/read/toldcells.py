"""Cells of tables that tell tasks, or what became of them, in sentences: 新建幼儿园4所，新增学位720个."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from plantrack.model import Outlook, Period, Section, SectionKind, Span, Table
from plantrack.read.rules import StructureRules

# a value behind words, and what it counts or is measured in
_TELLS = re.compile(r"[一-鿿]{2}\s?\d[\d.,]{0,12}\s?[一-鿿%]")
# around a value that is all a cell holds: 保持在70%以上
_FRAME = re.compile(
    r"(?:保持|稳定|维持|控制|力争|达到|不[低高少多]于|不超过|超过|突破|约|增长|下降|年均|累计|[在至到])+"
)


class _Told(NamedTuple):
    """What a header says of the cells under it."""

    outlook: Outlook
    period: Period | None = None


def told_cells(
    tables: Iterable[Table], planned: Period | None, reviewed: Period | None, rules: StructureRules
) -> Iterator[Section]:
    """A section for each such cell, titled by what the cell before them in its row names (滨江路改造工程).

    Its outlook is that of its column's header: tasks are planned, what became of them is looked back on, up
    to the month that the header names.
    """
    year = planned or reviewed
    for table in tables:
        rows = [list(cells) for _, cells in groupby(table.cells, key=lambda cell: cell.row)]
        columns = {cell.column: _told(cell.text, year, rules) for cell in rows[0]} if rows else {}
        seen: set[Span] = set()
        for row in rows[1:]:
            name = ""
            for cell in row:
                told = columns.get(cell.column)
                if told is None:
                    name = cell.text or name
                elif cell.span not in seen and _TELLS.search(_FRAME.sub("", cell.text)):
                    seen.add(cell.span)  # a cell merged downwards comes again
                    yield Section(
                        kind=SectionKind.CELL,
                        title=name,
                        heading=Span(start=cell.span.start, end=cell.span.start),
                        span=cell.span,
                        outlook=told.outlook,
                        period=told.period,
                    )


def _told(header: str, year: Period | None, rules: StructureRules) -> _Told | None:
    """What a header says; None where the cells under it tell neither tasks nor what became of them."""
    bare = "".join(header.split())
    whole = Period.years(year.year) if year is not None and year.length_in_years <= 1 else None
    if rules.tables.told.tasks.fullmatch(bare):
        return _Told(Outlook.PLAN, whole)
    done = rules.tables.told.deeds.fullmatch(bare)
    if done is None:
        return None
    month = int(done["month"] or 12)
    part = Period.months(whole.year, 1, month) if whole and month < 12 else None
    return _Told(Outlook.REVIEW, part)
