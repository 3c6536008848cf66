"""Tables whose rows are regions (地区, 生产总值（亿元）, 增长（%））: a column is an indicator or a time, a row a scope."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plantrack.extract.cells import flat, read_value
from plantrack.extract.columns import first_months
from plantrack.extract.rowphrases import read_label
from plantrack.extract.tableheads import lines
from plantrack.extract.tablenotes import unit_over
from plantrack.extract.tablerules import TableRules
from plantrack.extract.units import Units
from plantrack.extract.words import Confidence
from plantrack.model.document import Cell, Document, Outlook, Table
from plantrack.model.figure import Figure, FigureKind
from plantrack.model.indicator import Measure, Scope
from plantrack.model.period import Period, PeriodKind

_MOSTLY = 0.6  # the share of rows that name a region where no header says so


@dataclass(frozen=True, slots=True)
class _Told:
    """What a column or a title tells of: an indicator, how it is measured, in which unit."""

    indicator: str
    measure: Measure
    unit: str


@dataclass(frozen=True, slots=True)
class _Column:
    at: int
    told: _Told
    period: Period
    done: bool = False  # whether the header says that it tells what was done


def region_figures(
    table: Table,
    document: Document,
    period: Period | None,
    rules: TableRules,
    units: Units,
    confidence: Confidence,
) -> tuple[Figure, ...] | None:
    """The figures of a table of regions, each with its row as scope; None where the rows are no regions.

    A column of a time is of what the title says, a column of the sum over all those of them together; any
    other is of `period`, and without one is left out. A row of the whole (全省, 合计) has no scope. Where the
    document looks ahead they are goals, but for what a header says was done (2022年底已改造).
    """
    if not of_regions(table, rules):
        return None
    header, *body = lines(table)
    common = unit_over(table, rules)
    named = "" if table.title == document.title else table.title
    title = _told(rules.regions.title_frame.sub("", flat(named)), rules, units)
    columns = list(_columns([cell.text for cell in header], title, period, rules, units))
    ahead = document.outlook_at(table.span.start) is Outlook.PLAN
    kind = FigureKind.TARGET if ahead else FigureKind.ACTUAL
    return tuple(_figures(body, columns, common, document, kind, rules, units, confidence))


def of_regions(table: Table, rules: TableRules) -> bool:
    """Whether the rows of a table are regions: its header says so, or most of them are named like one."""
    header, *body = lines(table) or [[]]
    labels = [flat(row[0].text) for row in body if row]
    named = sum(bool(rules.regions.row.search(label)) for label in labels)
    told = bool(header) and rules.regions.name.fullmatch(flat(header[0].text)) is not None
    return named > 1 and (told or named >= _MOSTLY * len(labels))


def _told(text: str, rules: TableRules, units: Units) -> _Told:
    """An indicator as a header or a title writes it: 生产总值（亿元）, 规模工业增加值增长速度, 工业增加值_同比增长(%)."""
    label = read_label(text, rules, units)
    grown = rules.regions.grown.search(label.name)
    if grown is None:
        return _Told(label.name, Measure.LEVEL, label.unit)
    return _Told(label.name[: grown.start()], Measure.GROWTH, label.unit or "%")


def _columns(
    texts: Sequence[str], title: _Told, period: Period | None, rules: TableRules, units: Units
) -> Iterator[_Column]:
    """The columns of values; one that names no indicator is of the one before it, else of the title's."""
    last = title
    years: list[int] = []  # that columns stand for
    for at, text in enumerate(texts[1:], start=1):
        bare = flat(text)
        time = rules.regions.time.fullmatch(bare)
        if time and title.indicator:
            period_of = _period(time)
            done = time["done"] is not None
            yield _Column(at, title, period_of, done)
            if period_of.kind is PeriodKind.YEAR and not done:
                years.append(period_of.year)
            continue
        if len(years) > 1 and rules.regions.sum.fullmatch(bare):
            summed = _Told(title.indicator, Measure.CUMULATIVE, title.unit)
            yield _Column(at, summed, Period.years(min(years), max(years)))
            continue
        if period is None or not bare or rules.regions.skipped.fullmatch(bare):
            continue
        told = _told(bare, rules, units)
        if level := rules.statistics.level.fullmatch(told.indicator):
            named = _with_noun(title.indicator, level["noun"] or "")
            told = _Told(named, Measure.LEVEL, told.unit or title.unit)
        elif not told.indicator:  # 增长（%） beside a level
            told = _Told(last.indicator, told.measure, told.unit)
        last = told
        if told.indicator:
            yield _Column(at, told, period)


def _period(time: re.Match[str]) -> Period:
    """The time a header names: a year, a month of it, or its first months."""
    if several := first_months(time[0], None):
        return several
    year, month = int(time["year"]), int(time["month"] or 0)
    return Period.months(year, month, month) if month else Period.years(year)


def _with_noun(thing: str, noun: str) -> str:
    """What a title tells of with the noun that a header measures it by: 粮食生产 and 产量 are 粮食产量."""
    return thing if thing.endswith(noun) else thing.removesuffix("生产") + noun


def _figures(
    body: Sequence[Sequence[Cell]],
    columns: Sequence[_Column],
    common: str,
    document: Document,
    kind: FigureKind,
    rules: TableRules,
    units: Units,
    confidence: Confidence,
) -> Iterator[Figure]:
    for number, cells in enumerate(body, start=1):
        label = flat(cells[0].text)
        scope = None if not label or rules.regions.whole.fullmatch(label) else Scope(name=label)
        for column in columns:
            if column.at >= len(cells):
                continue
            value = read_value(cells[column.at], rules, units)
            if value.number is None:
                continue
            told = column.told
            own = value.number.unit or told.unit or common
            yield Figure(
                doc=document.name,
                span=value.span,
                text=value.span.of(document.text),
                kind=FigureKind.ACTUAL if column.done else kind,
                indicator=told.indicator,
                measure=told.measure,
                quantity=value.number.model_copy(update={"unit": own}),
                period=column.period,
                scope=scope,
                sentence=document.sentence_at(value.span.start) or value.span,
                table_row=number,
                confidence=confidence.rows.clear,
            )
