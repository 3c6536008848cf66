"""Table rows to figures, and what the text around a table proves about its rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from plantrack.extract.role import Grounds
from plantrack.extract.tables import SHARES
from plantrack.extract.tracing import Watch
from plantrack.extract.words import Confidence, Cues
from plantrack.model.document import Document
from plantrack.model.figure import Figure, FigureKind
from plantrack.model.indicator import Measure
from plantrack.model.period import Period
from plantrack.model.quantity import Quantity
from plantrack.model.row import ColumnRole, IndicatorRow, RowValue
from plantrack.model.tracing import Ground

_SINCE = re.compile(r"[较比]\d{4}年")
_SET = (ColumnRole.GOAL, ColumnRole.RESULT)
_KINDS = {
    ColumnRole.GOAL: (FigureKind.TARGET, Ground.GOAL_COLUMN),
    ColumnRole.CHANGE: (FigureKind.DELTA, Ground.CHANGE_COLUMN),
}


def with_totals(
    rows: Iterable[IndicatorRow], figures: Sequence[Figure]
) -> tuple[IndicatorRow, ...]:
    """The rows, with values marked as sums where the document proves it.

    A flattened table may have lost the brackets that mark a sum (【】). Proof is a figure of the text
    that gives the same number, in the same unit, as a total over several years; or another table
    that gives the indicator's level of the result's year as less than half the result. What holds
    for a row holds for its sub-indicators in the same unit.
    """
    rows = tuple(rows)
    totals = {
        (f.quantity.value, f.quantity.unit)
        for f in figures
        if f.measure is Measure.CUMULATIVE and f.quantity.value is not None
    }
    levels = {
        (row.indicator, row.unit, v.period): v.quantity.value
        for row in rows
        for v in row.values
        if v.role is ColumnRole.BASELINE and v.quantity and not v.quantity.averaged
    }
    summed = {
        (row.table, row.number, row.unit)
        for row in rows
        if _may_sum(row)
        and any(
            (q.value, q.unit or row.unit) in totals
            or _exceeds(q.value, levels.get((row.indicator, row.unit, v.period)))
            for v in row.values
            if v.role in _SET and (q := v.quantity) is not None
        )
    }
    return tuple(
        _as_sum(row) if (row.table, row.number, row.unit) in summed else row for row in rows
    )


def _exceeds(value: Decimal | None, level: Decimal | None) -> bool:
    return value is not None and level is not None and value > 2 * level > 0


def _as_sum(row: IndicatorRow) -> IndicatorRow:
    # a row is a sum as a whole: its goal is in the same terms as its result
    values = tuple(
        v
        if v.role not in _SET or v.quantity is None or v.quantity.averaged
        else v.model_copy(update={"quantity": v.quantity.model_copy(update={"summed": True})})
        for v in row.values
    )
    return row.model_copy(update={"values": values})


def _may_sum(row: IndicatorRow) -> bool:
    return row.horizon.length_in_years > 1 and row.unit not in ("", "%", "‰")


def row_figures(
    document: Document,
    rows: Iterable[IndicatorRow],
    cues: Cues,
    confidence: Confidence,
    progress_name: str,
    watch: Watch | None = None,
) -> tuple[Figure, ...]:
    """One figure for each number of the rows, in reading order.

    A share of the goal is named after the row and `progress_name`. Rows that can be read in two ways give each number once, by their first reading, with a
    confidence that says so.
    """
    out = []
    for row in rows:
        values = row.values or (row.readings[0] if row.readings else ())
        sure = (
            (confidence.rows.clear, Ground.CLEAR_ROW)
            if row.values
            else (confidence.rows.unclear, Ground.UNCLEAR_ROW)
        )
        for value in values:
            if value.quantity is not None:
                figure, grounds = _figure(
                    document, row, value, value.quantity, sure[0], cues, progress_name
                )
                out.append(figure)
                if watch is not None:
                    watch.placed(row, value, figure, grounds, (sure,))
    return tuple(out)


def _figure(
    document: Document,
    row: IndicatorRow,
    value: RowValue,
    quantity: Quantity,
    confidence: float,
    cues: Cues,
    progress_name: str,
) -> tuple[Figure, Grounds]:
    if value.role is ColumnRole.PROGRESS:
        measure, measured, period, when = (
            Measure.LEVEL, Ground.PLAIN_LEVEL, value.period, Ground.COLUMN,
        )  # fmt: skip
    else:
        measure, measured = _measure(row, quantity, cues)
        period, when = _period(row, value, measure, cues)
    kind, ground = _KINDS.get(value.role, (FigureKind.ACTUAL, Ground.VALUE_COLUMN))
    unit = "" if quantity.ratio else quantity.unit or row.unit
    figure = Figure(
        doc=document.name,
        span=value.span,
        text=value.span.of(document.text),
        kind=kind,
        indicator=row.indicator + _ending(value, quantity, progress_name),
        measure=measure,
        quantity=quantity.model_copy(update={"unit": unit}),
        period=period,
        sentence=document.sentence_at(value.span.start) or row.span,
        table_row=row.number,
        confidence=confidence,
    )
    return figure, Grounds(ground, measured, when)


def _ending(value: RowValue, quantity: Quantity, progress_name: str) -> str:
    """What a cell adds to the name of its row: the year of its prices, or that it is a share of the goal."""
    if value.role is ColumnRole.PROGRESS:
        return progress_name
    return f"({quantity.price_basis}年价)" if quantity.price_basis else ""


def _measure(row: IndicatorRow, quantity: Quantity, cues: Cues) -> tuple[Measure, Ground]:
    share = row.unit in SHARES
    # a share of what is measured otherwise is what that grows by
    rate = row.indicator.endswith(cues.growths) if share else quantity.unit in SHARES and row.unit
    if quantity.averaged or (rate and "年均" in row.indicator):
        return Measure.AVG_GROWTH, Ground.MEAN_RATE
    if quantity.summed and not (row.unit == "%" and row.indicator.endswith(cues.reductions)):
        return Measure.CUMULATIVE, Ground.SUMMED
    if rate:
        return Measure.GROWTH, Ground.RATE
    return Measure.LEVEL, Ground.PLAIN_LEVEL


def _period(
    row: IndicatorRow, value: RowValue, measure: Measure, cues: Cues
) -> tuple[Period, Ground]:
    """Averages, sums and reductions speak of all the years that end with the column's, unless they
    say themselves since when.
    """
    spread = measure in (Measure.AVG_GROWTH, Measure.CUMULATIVE)
    based = _SINCE.search(row.indicator)  # 用水量较2020年下降: told of the year reached
    if spread or (row.indicator.endswith(cues.reductions) and not based):
        if value.role is ColumnRole.BASELINE:
            return row.horizon.shift(-1), Ground.WHOLE_PLAN
        if value.period.length_in_years > 1:
            return value.period, Ground.WHOLE_PLAN
        first = row.horizon.first.year
        reached = value.role is ColumnRole.RESULT and first <= value.period.year < row.horizon.year
        so_far = Period.years(first, value.period.year) if reached else row.horizon
        return so_far, Ground.WHOLE_PLAN
    return value.period, Ground.COLUMN
