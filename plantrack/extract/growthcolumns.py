"""Columns of an indicator table that tell under a year, beside its level, what that grew by."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from plantrack.extract.cells import flat, read_value
from plantrack.extract.role import Grounds
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

    Such a column stands under a year, in the second row of a header (2024年: 预计完成, 增速). A year
    behind all that the document reviews makes its rates targets. They are no values of the rows, whose
    goals are levels.
    """
    ordered = sorted(rows, key=lambda row: row.span.start)
    begun = [row.span.start for row in ordered]
    out: list[Figure] = []
    for table in document.tables:
        told = lines(table)
        columns = _columns(told[0], told[1], rules) if len(told) > 1 else ()
        for cells in told[2:] if columns else ():
            at = bisect_right(begun, cells[0].span.end) - 1 if cells else -1
            if at >= 0 and ordered[at].span.overlaps(cells[-1].span):
                out += _of_row(document, ordered[at], cells, columns, rules, confidence, watch)
    return tuple(out)


def _columns(
    header: Sequence[Cell], second: Sequence[Cell], rules: TableRules
) -> tuple[tuple[int, Period], ...]:
    """The places of such columns with their years."""
    found: list[tuple[int, Period]] = []
    year = None
    for at, cell in enumerate(second):
        above = header[at].text if at < len(header) else ""
        year = _YEAR.search(above) if above else year
        if year and cell.text != above and rules.growth_header.search(flat(cell.text)):
            found.append((at, Period.years(int(year[0]))))
    return tuple(found)


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
            told = RowValue(
                role=ColumnRole.GOAL if ahead else ColumnRole.RESULT,
                period=period,
                text=figure.text,
                span=figure.span,
                quantity=figure.quantity,
            )
            grounds = Grounds(Ground.VALUE_COLUMN, Ground.COLUMN, Ground.COLUMN)
            sure = (confidence.rows.clear, Ground.CLEAR_ROW)
            watch.placed(row, told, figure, grounds, (sure,))
