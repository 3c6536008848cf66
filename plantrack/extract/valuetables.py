"""Tables of statistics (产品名称, 单位, 产量, 比上年增长): no goals, but what was reached and what it grew by."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plantrack.extract.cells import flat, read_value
from plantrack.extract.regiontables import region_figures
from plantrack.extract.rowphrases import complete, parts, read_label
from plantrack.extract.tableheads import lines
from plantrack.extract.tablenotes import unit_over
from plantrack.extract.tablerules import TableRules
from plantrack.extract.tracing import Watch
from plantrack.extract.units import Units
from plantrack.extract.words import Confidence
from plantrack.model.document import Cell, Document, Table
from plantrack.model.figure import Figure, FigureKind
from plantrack.model.indicator import Measure
from plantrack.model.period import Period, PeriodKind
from plantrack.model.row import IndicatorRow
from plantrack.model.tracing import Ground

_SHARE = "比重"  # what a column of 构成 tells of its rows


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of values: how they are measured, in which unit, of which period."""

    at: int
    measure: Measure
    unit: str
    period: Period
    ending: str = ""  # what it adds to the names of its rows: 比重


@dataclass(frozen=True, slots=True)
class _Head:
    """Where names and units stand, the columns of values, and the noun that a header names (产量)."""

    name: int
    unit: int | None
    columns: tuple[_Column, ...]
    noun: str


def value_figures(
    document: Document,
    rows: Sequence[IndicatorRow],
    rules: TableRules,
    units: Units,
    confidence: Confidence,
    watch: Watch | None = None,
) -> tuple[Figure, ...]:
    """The figures of those tables that hold no rows of goals; `rows` are those of the tables that do.

    They are of the period the document looks back on, or of the month that their column names. A
    document that looks back on no period gives those alone whose column names theirs. Rows that are regions are scopes. A row without a number gives none, and neither does a column whose header says nothing.
    """
    period = document.reviewed
    if period is not None and period.kind is PeriodKind.SPAN and period.length_in_years > 1:
        period = Period.years(period.year)
    begun = sorted(row.span.start for row in rows)
    out: list[Figure] = []
    for table in document.tables:
        if bisect_left(begun, table.span.start) < bisect_left(begun, table.span.end):
            continue
        found = region_figures(table, document, period, rules, units, confidence)
        if found is None and period is not None:
            found = tuple(_table(table, document, period, rules, units, confidence))
        if not found:
            continue
        out += found
        if watch is not None:
            _show(watch, table, found)
    return tuple(out)


def _show(watch: Watch, table: Table, found: Sequence[Figure]) -> None:
    """Let an explanation know in which row each figure stands."""
    for figure in found:
        assert figure.period is not None
        assert figure.table_row is not None
        row = IndicatorRow(
            table=table.title,
            number=figure.table_row,
            indicator=figure.indicator,
            values=(),
            horizon=figure.period,
            span=figure.span,
        )
        watch.in_column(row, figure, Ground.PASSAGE)


def _table(
    table: Table,
    document: Document,
    period: Period,
    rules: TableRules,
    units: Units,
    confidence: Confidence,
) -> Iterator[Figure]:
    header, *body = lines(table) or [[]]
    head = _head([cell.text for cell in header], period, rules, units)
    if head is None:
        return
    common = unit_over(table, rules)
    parent, within, above = "", False, ""
    of_branches = rules.statistics.of_branches(table.title)
    full = [
        (number, cells)
        for number, cells in enumerate(body, start=1)
        if len(cells) > max(head.name, *(column.at for column in head.columns))
    ]
    labels = [read_label(cells[head.name].text, rules, units) for _, cells in full]
    for (number, cells), label, over in zip(full, labels, parts(labels), strict=True):
        # 其中：城镇 is a part, and so is 乡村 in the row behind it
        goes_on = rules.prefix.match(label.name) or _indented(document, cells[head.name])
        within = label.child or (within and bool(goes_on))
        name = complete(label.name, parent, rules) if within else label.name + over
        _, who, measured = parent.partition("居民")
        if who and rules.statistics.residents.fullmatch(label.name):
            name = label.name + measured  # 城镇居民人均可支配收入
        elif not within and not over:
            parent = label.name
        if rules.statistics.branch.search(name):
            name += of_branches  # 工业 in a table of 生产总值 is 工业增加值
        else:
            of_branches = rules.statistics.of_branches(name) or of_branches
        # 生铁 under 产量 is 生铁产量; 发电量 says itself what is measured
        says = name[-1:] == head.noun[-1:] or rules.standalone.search(name)
        phrase = name if says else name + head.noun
        stock = rules.statistics.stock.search(phrase) is not None
        own_unit = label.unit or _text(cells, head.unit)
        above = own_unit or above  # a row without a unit goes on in the one above it
        for column in head.columns:
            cell = cells[column.at]
            value = read_value(cell, rules, units)
            if value.number is None or not name:
                continue
            rate = column.measure is Measure.GROWTH or column.ending != ""
            times = value.number.unit in units.multiples  # 1.2倍 in a column of growth
            own = column.unit if rate else own_unit or column.unit or common or above
            unit = own if rate and not times else value.number.unit or own
            yield Figure(
                doc=document.name,
                span=value.span,
                text=value.span.of(document.text),
                kind=FigureKind.ACTUAL,
                indicator=phrase + column.ending,
                measure=Measure.MULTIPLE if times else column.measure,
                quantity=value.number.model_copy(update={"unit": unit}),
                period=_month_end(column.period) if stock else column.period,
                sentence=document.sentence_at(value.span.start) or cell.span,
                table_row=number,
                confidence=confidence.rows.clear,
            )


def _indented(document: Document, cell: Cell) -> bool:
    """Whether blanks stand before a cell, as before the parts of what stands over them."""
    return document.text[max(0, cell.span.start - 1) : cell.span.start] in ("\u3000", " ")


def _months(header: re.Match[str], period: Period) -> Period:
    """The last month told, or with a header that sums them the months of the year up to it, or to the one it names."""
    last = int(header["to"] or period.last.month)
    since = 1 if any(word in header[0] for word in ("累计", "1")) else last
    return Period.months(period.year, since, last)


def _month_end(period: Period) -> Period:
    """The last month of a part of a year, at which a stock is told; any other period as it is."""
    return period if period.length_in_years >= 1 else Period.parse(f"{period.last:%Y-%m}")


def _text(cells: Sequence[Cell], at: int | None) -> str:
    """The text of a cell; empty where the row ends before it."""
    return cells[at].text if at is not None and at < len(cells) else ""


def _head(texts: Sequence[str], period: Period, rules: TableRules, units: Units) -> _Head | None:
    """What the columns hold; None where no column of values, or none of names, is among them."""
    name = unit = None
    noun = ""
    columns: list[_Column] = []
    if texts and not texts[0]:
        name = 0  # a header may leave the place over the names empty
    for at, text in enumerate(texts):
        label = read_label(flat(text), rules, units)
        if name is None and rules.statistics.name.fullmatch(label.name):
            name = at
        elif unit is None and rules.statistics.unit.fullmatch(label.name):
            unit = at
        elif rules.statistics.growth.fullmatch(label.name):
            # behind a level it is what that grew by
            of = next((c.period for c in reversed(columns) if not c.ending), period)
            columns.append(_Column(at, Measure.GROWTH, label.unit or "%", of))
        elif months := rules.statistics.up_to_month.fullmatch(label.name):
            columns.append(_Column(at, Measure.LEVEL, label.unit, _months(months, period)))
        elif share := rules.statistics.share.fullmatch(label.name):
            columns.append(
                _Column(
                    at, Measure.LEVEL, label.unit or "%", period, ending=share["ending"] or _SHARE
                )
            )
        elif level := rules.statistics.level.fullmatch(label.name):
            columns.append(_Column(at, Measure.LEVEL, label.unit, period))
            noun = noun or level["noun"] or ""
        elif month := rules.statistics.month.fullmatch(label.name):
            told = Period.parse(f"{period.year}-{int(month['month']):02d}")
            columns.append(_Column(at, Measure.LEVEL, label.unit, told))
    # Growth alone is told in many tables of plans; beside a level it can mean nothing else.
    if name is None or not any(c.measure is Measure.LEVEL for c in columns):
        return None
    return _Head(name, unit, tuple(columns), noun)
