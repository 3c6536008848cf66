"""Table rows to figures, and what the text around a table proves about its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from plantrack.extract.words import Cues
from plantrack.model.document import Document
from plantrack.model.figure import Figure, FigureKind
from plantrack.model.indicator import Measure
from plantrack.model.period import Period
from plantrack.model.quantity import Quantity
from plantrack.model.row import ColumnRole, IndicatorRow, RowValue
from plantrack.model.span import Span

_CONFIDENCE = 0.97
_READING_CONFIDENCE = 0.5  # a row with two readings: the number is sure, its column is not


def with_totals(
    rows: Iterable[IndicatorRow], figures: Sequence[Figure]
) -> tuple[IndicatorRow, ...]:
    """The rows, with values marked as sums where the text of the document proves it.

    A flattened table may have lost the brackets that mark a sum (【】). The text proves one where
    it gives the same number, in the same unit, as a total over the same years.
    """
    totals: set[tuple[Decimal | None, str]] = {
        (f.quantity.value, f.quantity.unit)
        for f in figures
        if f.measure is Measure.CUMULATIVE and f.quantity.value is not None
    }
    return tuple(_settled(row, totals) for row in rows)


def _settled(row: IndicatorRow, totals: set[tuple[Decimal | None, str]]) -> IndicatorRow:
    # a row is a sum as a whole: its goal is in the same terms as its result
    reached = [v.quantity for v in row.values if v.role is not ColumnRole.BASELINE and v.quantity]
    proved = any((q.value, q.unit or row.unit) in totals for q in reached) and not _is_share(row)
    if row.horizon.length_in_years <= 1 or not proved:
        return row
    values = tuple(
        v
        if v.role is ColumnRole.BASELINE or v.quantity is None or v.quantity.averaged
        else v.model_copy(update={"quantity": v.quantity.model_copy(update={"summed": True})})
        for v in row.values
    )
    return row.model_copy(update={"values": values})


def _is_share(row: IndicatorRow) -> bool:
    return row.unit in ("%", "‰") or not row.unit


def row_figures(document: Document, rows: Iterable[IndicatorRow], cues: Cues) -> tuple[Figure, ...]:
    """One figure for each number of the rows, in reading order.

    Rows that can be read in two ways give each number once, by their first reading, with a
    confidence that says so.
    """
    out = []
    for row in rows:
        values = row.values or (row.readings[0] if row.readings else ())
        sure = _CONFIDENCE if row.values else _READING_CONFIDENCE
        for value in values:
            if value.quantity is not None:
                out.append(_figure(document, row, value, value.quantity, sure, cues))
    return tuple(out)


def _figure(
    document: Document,
    row: IndicatorRow,
    value: RowValue,
    quantity: Quantity,
    confidence: float,
    cues: Cues,
) -> Figure:
    measure = _measure(row, value, quantity, cues)
    unit = "" if quantity.ratio else quantity.unit or row.unit
    return Figure(
        doc=document.name,
        span=value.span,
        text=value.span.of(document.text),
        kind=FigureKind.TARGET if value.role is ColumnRole.GOAL else FigureKind.ACTUAL,
        indicator=row.indicator,
        measure=measure,
        quantity=quantity.model_copy(update={"unit": unit}),
        period=_period(row, value, measure),
        sentence=document.sentence_at(value.span.start)
        or Span(start=row.span.start, end=row.span.end),
        table_row=row.number,
        confidence=confidence,
    )


def _measure(row: IndicatorRow, value: RowValue, quantity: Quantity, cues: Cues) -> Measure:
    rate = row.unit in ("%", "‰") and row.indicator.endswith(("增长", *sorted(cues.rates)))
    if quantity.averaged or (rate and "年均" in row.indicator):
        return Measure.AVG_GROWTH
    if quantity.summed:
        return Measure.CUMULATIVE
    if rate:
        return Measure.GROWTH
    return Measure.LEVEL


def _period(row: IndicatorRow, value: RowValue, measure: Measure) -> Period:
    """Averages, sums and reductions speak of all the years that end with the column's."""
    if measure in (Measure.AVG_GROWTH, Measure.CUMULATIVE) or row.indicator.endswith(_REDUCTIONS):
        if value.role is ColumnRole.BASELINE:
            return row.horizon.shift(-1)
        return row.horizon
    return value.period


_REDUCTIONS = ("降低", "下降", "减少")
