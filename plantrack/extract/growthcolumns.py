"""Columns of an indicator table that tell under a year, beside its level, what that grew by."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from plantrack.extract.cells import flat, read_value
from plantrack.extract.tableheads import lines
from plantrack.extract.tablerules import TableRules
from plantrack.extract.tracing import Watch
from plantrack.extract.words import Confidence
from plantrack.model.document import Cell, Document
from plantrack.model.figure import Figure, FigureKind
from plantrack.model.indicator import Measure
from plantrack.model.period import Period
from plantrack.model.row import ColumnRole, IndicatorRow, RowValue
from plantrack.model.tracing import Ground

_YEAR = re.compile(r"(?:19|20)\d\d")


def growth_figures(
    document: Document,
    rows: Sequence[IndicatorRow],
    rules: TableRules,
    confidence: Confidence,
    watch: Watch | None = None,
) -> tuple[Figure, ...]:
    """The rates of growth that the tables of `rows` tell in columns of their own, in order.

    Such a column stands under a year, in the second row of a header (2024年: 预计完成, 增速), or right
    behind the column of a period and says that it compares with the year before (2024年, 同比增长). A
    year behind all that the document reviews makes its rates targets. They are no values of the rows,
    whose goals are levels.
    """
    ordered = sorted(rows, key=lambda row: row.span.start)
    begun = [row.span.start for row in ordered]
    out: list[Figure] = []
    for table in document.tables:
        told = lines(table)
        body = []
        for cells in told[1:]:
            at = bisect_right(begun, cells[0].span.end) - 1 if cells else -1
            if at >= 0 and ordered[at].span.overlaps(cells[-1].span):
                body.append((ordered[at], cells))
        if body:
            columns = _under(told[0], told[1], rules) or _beside(told[0], body, rules)
            for row, cells in body:
                out += _of_row(document, row, cells, columns, rules, confidence, watch)
    return tuple(out)


def _under(
    header: Sequence[Cell], second: Sequence[Cell], rules: TableRules
) -> list[tuple[int, Period]]:
    """The places of such columns under a year, with it."""
    found: list[tuple[int, Period]] = []
    year = None
    for at, cell in enumerate(second):
        above = header[at].text if at < len(header) else ""
        year = _YEAR.search(above) if above else year
        if year and cell.text != above and rules.growth_header.search(flat(cell.text)):
            found.append((at, Period.years(int(year[0]))))
    return found


def _beside(
    header: Sequence[Cell],
    body: Sequence[tuple[IndicatorRow, Sequence[Cell]]],
    rules: TableRules,
) -> list[tuple[int, Period]]:
    """The places of such columns behind those of values, with the period that these tell.

    That is the last column's, or the later one where two of them tell what was reached (2024年, 2023年).
    In a table for one year 增速 means that too; in others it may tell of all their years.
    """
    yearly = all(row.horizon.length_in_years <= 1 for row, _ in body)
    grows = rules.growth_header if yearly else rules.growth_beside
    found: list[tuple[int, Period]] = []
    latest: RowValue | None = None
    for at, cell in enumerate(header):
        value = _value(at, body)
        if value is not None and value.role is not ColumnRole.PROGRESS:
            goals = {v.role is ColumnRole.GOAL for v in (value, latest or value)}
            if latest is None or len(goals) == 2 or value.period.last >= latest.period.last:
                latest = value
        elif value is None and latest is not None and grows.search(flat(cell.text)):
            found.append((at, latest.period))
            latest = None
    return found


def _value(at: int, body: Sequence[tuple[IndicatorRow, Sequence[Cell]]]) -> RowValue | None:
    """A value of a column, from the first row that has one there."""
    told = (
        value
        for row, cells in body
        for value in row.values
        if at < len(cells) and value.span.overlaps(cells[at].span)
    )
    return next(told, None)


def _of_row(
    document: Document,
    row: IndicatorRow,
    cells: Sequence[Cell],
    columns: Sequence[tuple[int, Period]],
    rules: TableRules,
    confidence: Confidence,
    watch: Watch | None,
) -> Iterator[Figure]:
    reviewed = document.reviewed
    for at, period in columns:
        value = read_value(cells[at], rules) if at < len(cells) else None
        if value is None or value.number is None:
            continue
        ahead = reviewed is not None and period.first > reviewed.last
        figure = Figure(
            doc=document.name,
            span=value.span,
            text=value.span.of(document.text),
            kind=FigureKind.TARGET if ahead else FigureKind.ACTUAL,
            indicator=row.indicator,
            measure=Measure.GROWTH,
            quantity=value.number.model_copy(update={"unit": value.number.unit or "%"}),
            period=period,
            sentence=document.sentence_at(value.span.start) or cells[at].span,
            table_row=row.number,
            confidence=confidence.rows.clear,
        )
        yield figure
        if watch is not None:
            watch.in_column(row, figure, Ground.COLUMN)
