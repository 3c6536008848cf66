"""Rows of indicator tables to targets, baselines and observations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plantrack.link.goalrules import GoalRules
from plantrack.link.goalwords import Identify, Words
from plantrack.model import (
    AverageRate,
    Baseline,
    ColumnRole,
    Comparator,
    Document,
    External,
    Goal,
    Hold,
    IndicatorRow,
    Measure,
    Observation,
    Point,
    Quantity,
    Range,
    Reach,
    Reading,
    RowValue,
    Series,
    Source,
    Target,
    Total,
    Vintage,
)


def goal_of(quantity: Quantity, text: str, holds: bool) -> Goal:
    """The goal a number sets: by its flags, its form, and whether the words ask to keep it."""
    if quantity.averaged:
        return AverageRate(quantity=quantity, text=text)
    if quantity.summed:
        return Total(quantity=quantity, text=text)
    if quantity.cmp is Comparator.RANGE:
        return Range(quantity=quantity, text=text)
    return Hold(quantity=quantity, text=text) if holds else Reach(quantity=quantity, text=text)


class RowTargets:
    """Makes the targets and observations of rows, in the rows' order."""

    def __init__(
        self, document: Document, rules: GoalRules, identify: Identify, words: Words
    ) -> None:
        self._document, self._rules = document, rules
        self._identify, self._words = identify, words

    def of(self, rows: Iterable[IndicatorRow]) -> list[Target]:
        """One target per row with a goal (two where it sets a level and a yearly rate beside it).

        Ids are unique among the rows. A row that only heads its sub-indicators becomes an
        External goal without text; its sub-indicators have it as parent.
        """
        out: list[Target] = []
        ids: set[str] = set()
        parent: str | None = None
        for row in rows:
            made = self._targets(row, parent if row.child else None)
            named = [t.model_copy(update={"id": unique(t.id, ids)}) for t in made]
            if row.child == 0:
                parent = named[0].id if named else None
            out.extend(named)
        return out

    def observations(self, rows: Iterable[IndicatorRow]) -> list[Observation]:
        """Results and baselines with a number; values of ambiguous rows are none."""
        return [
            Observation(
                series=self._series(row, value),
                period=value.period,
                quantity=_with_unit(value.quantity, row),
                vintage=Vintage.ESTIMATED if value.quantity.estimated else Vintage.REPORTED,
                source=self._source(row, value),
            )
            for row in rows
            for value in row.values
            if value.role in (ColumnRole.BASELINE, ColumnRole.RESULT) and value.quantity is not None
        ]

    def _targets(self, row: IndicatorRow, parent: str | None) -> list[Target]:
        if row.readings:
            return [self._ambiguous(row, parent)]
        goals = [v for v in row.values if v.role is ColumnRole.GOAL]
        set_ = [v for v in goals if v.quantity is not None or not _is_blank(v)]
        if not set_:
            if row.values:
                return []  # its goal column says that there is none
            return [self._target(row, None, External(), parent)]
        last = max(v.period.last for v in set_)
        final = [v for v in set_ if v.period.last == last]
        early = [v for v in set_ if v.period.last < last]
        points = tuple(
            Point(period=v.period, value=v.quantity.value)
            for v in early
            if v.quantity is not None and v.quantity.value is not None
        )
        out = []
        for value in final:
            target = self._target(row, value, self._goal(row, value), parent)
            plain = value.quantity is not None and not (
                value.quantity.averaged or value.quantity.summed
            )
            out.append(target.model_copy(update={"milestones": points if plain else ()}))
        return out

    def _ambiguous(self, row: IndicatorRow, parent: str | None) -> Target:
        readings = tuple(self._reading(row, way) for way in row.readings)
        target = self._target(row, None, External(), parent)
        shown = next((v.text for way in row.readings for v in way), "")
        return target.model_copy(
            update={"ambiguous": readings, "goal": External(text="".join(shown.split()))}
        )

    def _reading(self, row: IndicatorRow, way: Sequence[RowValue]) -> Reading:
        goal = next((v for v in way if v.role is ColumnRole.GOAL), None)
        base = next((v for v in way if v.role is ColumnRole.BASELINE), None)
        says = "；".join(f"{_ROLE[v.role]}（{v.period}）{''.join(v.text.split())}" for v in way)
        baseline = None
        if base is not None and base.quantity is not None:
            baseline = Baseline(period=base.period, quantity=_with_unit(base.quantity, row))
        return Reading(
            says=says or "没有数据",
            baseline=baseline,
            goal=self._goal(row, goal) if goal is not None else None,
        )

    def _goal(self, row: IndicatorRow, value: RowValue) -> Goal:
        if value.quantity is None:
            return self._words.of_cell(value.text, self._series(row, value))
        quantity = _with_unit(value.quantity, row)
        note = self._deferring(row, value)
        if note:
            return External(
                authority=self._words.authority(note), provisional=quantity, text=value.text
            )
        return goal_of(quantity, value.text, bool(self._rules.hold.search(value.text)))

    def _deferring(self, row: IndicatorRow, value: RowValue) -> str:
        """The note that says the marked number gives way to a higher authority's."""
        return next(
            (
                remark
                for remark in row.remarks
                if any(mark in remark for mark in value.marks) and self._rules.defers.search(remark)
            ),
            "",
        )

    def _target(
        self, row: IndicatorRow, value: RowValue | None, goal: Goal, parent: str | None
    ) -> Target:
        series = self._series(row, value)
        quantity = value.quantity if value is not None else None
        unit = quantity.unit if quantity is not None and quantity.ratio is None else row.unit
        return Target(
            id=target_id(series, f"r{row.number}-{row.child}" if row.child else f"r{row.number}"),
            series=series,
            unit=unit,
            baseline=self._baseline(row, value),
            goal=goal,
            horizon=row.horizon,
            nature=row.nature,
            parent=parent,
            group=row.group,
            notes=row.remarks,
            source=self._source(row, value),
        )

    def _baseline(self, row: IndicatorRow, goal: RowValue | None) -> Baseline | None:
        """The latest earlier value; for a goal that is a rate or a sum beside levels, none of theirs."""
        values = [v for v in row.values if v.role is ColumnRole.BASELINE and v.quantity is not None]
        if not values:
            return None
        value = max(values, key=lambda v: v.period)
        if goal is not None and goal.quantity is not None and value.quantity is not None:
            other = goal.quantity.unit != value.quantity.unit and goal.quantity.averaged
            if other and value.quantity.unit:
                return None
        assert value.quantity is not None
        return Baseline(period=value.period, quantity=_with_unit(value.quantity, row))

    def _series(self, row: IndicatorRow, value: RowValue | None) -> Series:
        quantity = value.quantity if value is not None else None
        measure = self._measure(row, quantity)
        unit = quantity.unit if quantity is not None else row.unit
        return Series(
            indicator=row.indicator,
            indicator_id=self._identify(row.indicator, unit, measure),
            measure=measure,
            scope=self._document.region,
        )

    def _measure(self, row: IndicatorRow, quantity: Quantity | None) -> Measure:
        if quantity is not None and quantity.averaged:
            return Measure.AVG_GROWTH
        if quantity is not None and quantity.summed:
            return Measure.CUMULATIVE
        grows = self._rules.growth.search(row.indicator) and row.unit in ("%", "")
        # 提高 by so many points is a change to reach, not a growth rate.
        rate = grows and not row.indicator.endswith("提高")
        return Measure.GROWTH if rate else Measure.LEVEL

    def _source(self, row: IndicatorRow, value: RowValue | None) -> Source:
        span = value.span if value is not None else row.span
        return Source(
            doc=self._document.name,
            span=span,
            sentence=row.span,
            quote=row.indicator,
            table_row=row.number,
            place=self._document.shown_place(span),
        )


_ROLE = {
    ColumnRole.BASELINE: "基期",
    ColumnRole.GOAL: "目标",
    ColumnRole.RESULT: "完成",
    ColumnRole.PROGRESS: "完成率",
    ColumnRole.CHANGE: "增减",
}


def target_id(series: Series, otherwise: str) -> str:
    """A readable id: the lexicon's and the measure where it is not a level, else what is given."""
    if series.indicator_id is None:
        return otherwise
    if series.measure is Measure.LEVEL:
        return series.indicator_id
    return f"{series.indicator_id}-{series.measure.value.replace('_', '-')}"


def unique(wanted: str, taken: set[str]) -> str:
    """`wanted`, or the first of wanted-2, wanted-3 … that is free; it is taken from now on."""
    name, n = wanted, 2
    while name in taken:
        name, n = f"{wanted}-{n}", n + 1
    taken.add(name)
    return name


def _is_blank(value: RowValue) -> bool:
    return not any(c.isalnum() for c in value.text)


def _with_unit(quantity: Quantity, row: IndicatorRow) -> Quantity:
    if quantity.ratio is not None or quantity.unit:
        return quantity
    return quantity.model_copy(update={"unit": row.unit})
