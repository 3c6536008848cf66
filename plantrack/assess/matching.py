"""Which observations speak of a target's series, and which of them may be used.

| case | answer |
| --- | --- |
| scope None, or the plan's own region by code or name | the same |
| one side has a lexicon id and the other not | the same where the phrases agree |
| two values for one period | the newest counts: later `known_on` (a value without one is older), then the more final (revised over reported over preliminary over estimated), then later in the input; the older is kept before it, flag `revised` where the two differ |
| the same observation twice | once |
| period ends after the date of the board | not known yet |
| `known_on` lies after the date of the board | not known yet, where that date is a day, a month, a quarter or a half; a whole year as date (“by the figures of 2025”) means the figures up to then whenever they were published, as yearly figures always are in the year after |
| a quarter, half or month for a yearly target | never used, flag `partial_year` |
| another unit | converted where magnitudes allow, else refused, flag `not_comparable` |
| no unit on one side | taken as the target's, flag `unit_assumed` |
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from plantrack.assess.grades import Grades
from plantrack.model import (
    Measure,
    Observation,
    Period,
    PeriodKind,
    Quantity,
    Scope,
    Series,
    Vintage,
)

RATIO = ":"
"""Stands for the unit of a ratio a:b, which has none."""

RATES = (Measure.GROWTH, Measure.AVG_GROWTH)

_FINALITY = {vintage: rank for rank, vintage in enumerate(Vintage)}


class Refusal(StrEnum):
    """Why an observation of the right series is not used."""

    UNKNOWN_YET = "unknown_yet"
    PARTIAL_YEAR = "partial_year"
    NOT_COMPARABLE = "not_comparable"
    BEFORE_BASELINE = "before_baseline"
    AFTER_HORIZON = "after_horizon"


class Value(NamedTuple):
    """An observation with its number in the target's unit, for the moment `t`."""

    observation: Observation
    number: Decimal
    assumed: bool = False  # the unit was not written

    @property
    def period(self) -> Period:
        """The period it speaks of."""
        return self.observation.period

    @property
    def t(self) -> float:
        """The moment its period ends."""
        return self.observation.period.t


def same_scope(one: Scope | None, other: Scope | None, region: Scope | None) -> bool:
    """Whether two scopes are one place; None is the plan's own region."""
    a, b = one or region, other or region
    if a is None or b is None:
        return a is b
    if a.code is not None and b.code is not None:
        return a.code == b.code
    return a.name == b.name


def same_indicator(one: Series, other: Series) -> bool:
    """Whether two series measure the same thing: by id where both have one, else by phrase."""
    if one.indicator_id is not None and other.indicator_id is not None:
        return one.indicator_id == other.indicator_id
    return one.indicator.replace(" ", "") == other.indicator.replace(" ", "")


def age(one: Observation) -> tuple[float, Period, date, int]:
    """What orders observations by how new they are: period, then when known, then how final."""
    return one.period.t, one.period, one.known_on or date.min, _FINALITY[one.vintage]


_Numbered: TypeAlias = list[tuple[int, Observation]]


class Known:
    """All observations of a board, found by series; built once, asked for each target."""

    def __init__(
        self, observations: Iterable[Observation], *, region: Scope | None, as_of: Period
    ) -> None:
        self._region = region
        self._last = as_of.last
        self._whenever_published = whole_years(as_of)
        self._by_name: dict[str, list[tuple[Series, _Numbered]]] = defaultdict(list)
        # In order of age once for all targets; where nothing tells two apart, as they came.
        # A store gives all values of a series the same one: what matches is asked once for them.
        groups: dict[int, _Numbered] = defaultdict(list)
        for i, one in enumerate(sorted(dict.fromkeys(observations), key=age)):
            groups[id(one.series)].append((i, one))
        for group in groups.values():
            series = group[0][1].series
            for name in _names(series):
                self._by_name[name].append((series, group))

    def of(self, series: Series, *measures: Measure) -> tuple[Observation, ...]:
        """The observations of a series in any of `measures`, by period, within one the newest last."""
        found: dict[int, Observation] = {}
        for name in _names(series):
            for other, group in self._by_name.get(name, ()):
                if (
                    other.measure in measures
                    and same_indicator(other, series)
                    and same_scope(other.scope, series.scope, self._region)
                ):
                    found.update(group)
        return tuple(found[i] for i in sorted(found))

    def is_known(self, one: Observation) -> bool:
        """Whether the value was known at the date of the board."""
        if one.period.last > self._last:
            return False
        return self._whenever_published or one.known_on is None or one.known_on <= self._last


def _names(series: Series) -> set[str]:
    names = {series.indicator.replace(" ", "")}
    if series.indicator_id is not None:
        names.add(series.indicator_id)
    return names


def whole_years(period: Period) -> bool:
    """Whether a period is made of whole calendar years."""
    first, last = period.first, period.last
    return first.month == 1 and first.day == 1 and last.month == 12 and last.day == 31


def covers_the_year(period: Period, horizon: Period) -> bool:
    """Whether a value of `period` may stand for a year of a target with that horizon.

    Whole years, the horizon itself (a target for a quarter takes that quarter), and a date, at
    which a stock was counted.
    """
    return whole_years(period) or period == horizon or period.kind is PeriodKind.DATE


def newest(values: Iterable[Value]) -> tuple[tuple[Value, ...], bool]:
    """One value for each period, the newest, and whether one replaced a different older one."""
    last: dict[Period, Value] = {}
    revised = False
    for one in values:  # ordered: the newest of a period comes last
        period = one.observation.period
        older = last.get(period)
        revised = revised or (older is not None and older.number != one.number)
        last[period] = one
    return tuple(last.values()), revised


def in_unit(quantity: Quantity, unit: str, grades: Grades) -> tuple[Decimal, bool] | None:
    """A quantity's number in `unit` and whether the unit had to be assumed; None where it has no
    single number or cannot be compared. `unit` is RATIO for a:b, which is compared with ratios
    and bare numbers only."""
    if quantity.value is not None and quantity.unit == unit != RATIO:
        return quantity.value, False  # nearly all
    number = quantity.number
    if number is None or (quantity.ratio is not None) > (unit == RATIO):
        return None
    if unit == RATIO:
        return None if quantity.unit else (number, quantity.ratio is None)
    if quantity.unit == unit:
        return number, False
    if not quantity.unit or not unit:
        return number, True
    converted = grades.convert(number, quantity.unit, unit)
    return None if converted is None else (converted, False)
