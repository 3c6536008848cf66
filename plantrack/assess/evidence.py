"""What the observations say about one target: the value to judge, and what it rests on.

| case | answer |
| --- | --- |
| observation at or before the baseline (without one: at or before the opening of the horizon) | kept, flag `before_baseline`; never progress |
| baseline blank, but the value of the year before the horizon was observed | serves as baseline, flag `baseline_observed` |
| observation after the horizon | kept, flag `after_horizon`; the goal was due before it |
| a rate measured by one mean and by yearly values | the one that reaches further; of two as far the published mean |
| a mean or a sum whose period is one year inside a longer horizon | the mean or sum since the horizon began |
| years missing in a mean or a sum | flag `incomplete`; judged for the years known, never as final |
| mean growth known only from levels | index reached since the year before the horizon (its level observed, else the baseline where the target is a level), flag `from_levels` |
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from plantrack.assess.goals import Family
from plantrack.assess.grades import Grades, Scale
from plantrack.assess.matching import (
    RATES,
    Known,
    Refusal,
    Value,
    covers_the_year,
    in_unit,
    newest,
    whole_years,
)
from plantrack.model import (
    Measure,
    Observation,
    Parity,
    Period,
    PeriodKind,
    Quantity,
    Series,
    Target,
)
from plantrack.paths import significant

_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Evidence:
    """The value of a target's series to judge by, in the target's unit.

    `value` is the newest level, the mean of yearly rates, or the sum so far; `other` the value of
    the series a parity is held against; `period` what they speak of and `t` its end. `values` are
    the single values they rest on, one a period. `years` is how many years a mean or sum covers;
    `complete` whether none is missing up to `t`. `refused` are observations not used, with why.
    """

    value: Decimal | None = None
    other: Decimal | None = None
    period: Period | None = None
    t: float | None = None
    values: tuple[Value, ...] = ()
    others: tuple[Value, ...] = ()
    years: int = 0
    complete: bool = True
    baseline: Value | None = None
    observed: Observation | None = None
    observations: tuple[Observation, ...] = ()
    refused: tuple[tuple[Refusal, Observation], ...] = ()
    flags: tuple[str, ...] = ()


@dataclass
class _Sieve:
    """Sorts a series' observations into values to use and refusals, gathering flags on the way."""

    known: Known
    target: Target
    unit: str
    start: float
    end: float
    grades: Grades
    seen: list[Observation] = field(default_factory=list)
    refused: list[tuple[Refusal, Observation]] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    early: list[Value] = field(default_factory=list)

    def pick(
        self, series: Series, *measures: Measure, unit: str | None = None
    ) -> tuple[Value, ...]:
        """The usable values, one a period (the newest), in order of time."""
        unit = self.unit if unit is None else unit
        values = []
        for one in self.known.of(series, *measures):
            if not self.known.is_known(one):
                self.refused.append((Refusal.UNKNOWN_YET, one))
                continue
            self.seen.append(one)
            found = self._judge(one, unit)
            if isinstance(found, Value):
                values.append(found)
            else:
                self.refused.append((found, one))
                self.flags.add(found.value)
        usable, revised = newest(values)
        if revised:
            self.flags.add("revised")
        if any(v.assumed for v in usable):
            self.flags.add("unit_assumed")
        return usable

    def _judge(self, one: Observation, unit: str) -> Value | Refusal:
        if not covers_the_year(one.period, self.target.horizon):
            return Refusal.PARTIAL_YEAR
        found = in_unit(_with_rate_unit(one), unit, self.grades)
        if found is None:
            return Refusal.NOT_COMPARABLE
        value, t = Value(one, *found), one.period.t
        if t > self.end:
            return Refusal.AFTER_HORIZON
        if t <= self.start:
            self.early.append(value)
            return Refusal.BEFORE_BASELINE
        return value

    @property
    def observations(self) -> tuple[Observation, ...]:
        """All that were known, each once: what is known holds no two that are equal."""
        return tuple({id(one): one for one in self.seen}.values())


def _with_rate_unit(one: Observation) -> Quantity:
    """Growth is in % even where nobody wrote it."""
    quantity = one.quantity
    if not quantity.unit and one.series.measure in RATES:
        return quantity.model_copy(update={"unit": "%"})
    return quantity


def gather(
    target: Target, family: Family, known: Known, *, unit: str, grades: Grades, scale: Scale | None
) -> Evidence:
    """What the known observations say about a target. `unit` is the unit it is judged in."""
    opening = target.horizon.opening
    level = family in (Family.LEVEL, Family.EXTERNAL, Family.GRADE)
    start = target.baseline.period.t if level and target.baseline is not None else opening
    sieve = _Sieve(known, target, unit, start, target.horizon.t, grades)
    match family:
        case Family.RATE:
            return _finish(sieve, _rate(sieve))
        case Family.TOTAL:
            return _finish(sieve, _total(sieve))
        case Family.PARITY:
            return _finish(sieve, _parity(sieve))
        case Family.GRADE:
            return _finish(sieve, _grade(sieve, scale))
        case _:
            return _finish(sieve, _level(sieve, opening))


def _finish(sieve: _Sieve, found: Evidence) -> Evidence:
    """Add what the sieve gathered, and the flags that the used values carry."""
    flags = {*sieve.flags, *found.flags}
    used = (*found.values, *found.others)
    if any(v.observation.quantity.estimated for v in used):
        flags.add("estimated")
    if found.value is not None and not found.complete:
        flags.add("incomplete")
    gathered = {
        "observed": found.values[-1].observation if found.values else None,
        "observations": sieve.observations,
        "refused": tuple(sieve.refused),
        "flags": tuple(sorted(flags)),
    }
    return Evidence(**{**vars(found), **gathered})


def _level(sieve: _Sieve, opening: float) -> Evidence:
    values = tuple(
        v
        for v in sieve.pick(sieve.target.series, sieve.target.series.measure)
        if v.period.kind is not PeriodKind.SPAN or v.period == sieve.target.horizon
    )
    baseline: Value | None = None
    flags: tuple[str, ...] = ()
    if sieve.target.baseline is None:
        baseline = next((v for v in reversed(sieve.early) if v.t == opening), None)
        flags = () if baseline is None else ("baseline_observed",)
    if not values:
        return Evidence(baseline=baseline, flags=flags)
    return _newest_of(values, baseline=baseline, flags=flags)


def _grade(sieve: _Sieve, scale: Scale | None) -> Evidence:
    """Grades as ranks from the best (0): less is better."""
    if scale is None:
        return Evidence()
    values = []
    for one in sieve.known.of(sieve.target.series, sieve.target.series.measure):
        if not sieve.known.is_known(one):
            continue
        sieve.seen.append(one)
        rank = scale.rank_of(one.quantity)
        if rank is None:
            sieve.refused.append((Refusal.NOT_COMPARABLE, one))
            sieve.flags.add(Refusal.NOT_COMPARABLE.value)
        elif sieve.start < one.period.t <= sieve.target.horizon.t and covers_the_year(
            one.period, sieve.target.horizon
        ):
            values.append(Value(one, Decimal(rank)))
    usable, revised = newest(values)
    if not usable:
        return Evidence()
    return _newest_of(usable, flags=("revised",) if revised else ())


def _newest_of(
    values: tuple[Value, ...], *, baseline: Value | None = None, flags: tuple[str, ...] = ()
) -> Evidence:
    """Levels, of which the newest counts."""
    last = values[-1]
    return Evidence(
        value=last.number,
        period=last.period,
        t=last.t,
        values=values,
        baseline=baseline,
        flags=flags,
    )


def _yearly(values: tuple[Value, ...]) -> dict[int, Value]:
    return {v.period.year: v for v in values if v.period.kind is PeriodKind.YEAR}


def _elapsed(values: tuple[Value, ...], horizon: Period) -> Value | None:
    """The published mean or sum that reaches furthest: over the horizon's first years, or stated
    for one year of it as the value since its beginning."""
    fitting = [
        v
        for v in values
        if whole_years(v.period)
        and (v.period.first == horizon.first or v.period.kind is PeriodKind.YEAR)
    ]
    return max(fitting, key=lambda v: (v.t, -v.period.first.toordinal()), default=None)


def _published(one: Value, horizon: Period) -> Evidence:
    """A mean or sum as published, from the horizon's beginning."""
    begin = horizon.first.year
    return Evidence(
        value=one.number,
        period=Period.years(begin, one.period.year),
        t=one.t,
        values=(one,),
        years=one.period.year - begin + 1,
    )


def _of_years(number: Decimal, years: dict[int, Value], horizon: Period) -> Evidence:
    """A mean or sum of the values of single years."""
    begin, last = horizon.first.year, max(years)
    return Evidence(
        value=number,
        period=Period.years(begin if len(years) > 1 else last, last),
        t=float(last),
        values=tuple(years[year] for year in sorted(years)),
        years=len(years),
        complete=len(years) == last - begin + 1,
    )


def _rate(sieve: _Sieve) -> Evidence:
    horizon, series = sieve.target.horizon, sieve.target.series
    means = sieve.pick(series, Measure.AVG_GROWTH)
    rates = _yearly(sieve.pick(series, Measure.GROWTH))
    mean = _elapsed(means, horizon)
    if rates and (mean is None or max(rates) > mean.period.year):
        return _mean_of(rates, horizon)
    if mean is not None:
        return _published(mean, horizon)
    return _from_levels(sieve)


def _mean_of(rates: dict[int, Value], horizon: Period) -> Evidence:
    index = Decimal(1)
    for one in rates.values():
        index *= 1 + one.number / _HUNDRED
    return _of_years(_mean_rate(index, len(rates)), rates, horizon)


def _mean_rate(index: Decimal, years: int) -> Decimal:
    """The yearly growth in % that gives `index` in `years` years; −100 where nothing is left."""
    if index <= 0:
        return -_HUNDRED
    return significant((index ** (Decimal(1) / years) - 1) * _HUNDRED)


def _from_levels(sieve: _Sieve) -> Evidence:
    """Mean growth from the level before the horizon to the newest level, of one unit."""
    found = [
        o for o in sieve.known.of(sieve.target.series, Measure.LEVEL) if sieve.known.is_known(o)
    ]
    unit = found[-1].quantity.unit if found else ""
    opening = round(sieve.start)
    values: list[Value] = []
    for one in found:
        number = in_unit(one.quantity, unit, sieve.grades)
        if one.period.kind is PeriodKind.YEAR and number is not None:
            values.append(Value(one, number[0]))
    levels = _yearly(newest(values)[0])
    last = max((y for y in levels if opening < y <= sieve.target.horizon.year), default=None)
    first = levels[opening].number if opening in levels else _stated_level(sieve, opening, unit)
    if last is None or first is None or first <= 0:
        return Evidence()
    sieve.seen.extend(levels[y].observation for y in (opening, last) if y in levels)
    index = levels[last].number / first
    return Evidence(
        value=_mean_rate(index, last - opening),
        period=Period.years(opening + 1, last),
        t=float(last),
        values=(levels[last],),
        years=last - opening,
        flags=("from_levels",),
    )


def _stated_level(sieve: _Sieve, year: int, unit: str) -> Decimal | None:
    base = sieve.target.baseline
    if base is None or sieve.target.series.measure is not Measure.LEVEL or base.period.t != year:
        return None
    found = in_unit(base.quantity, unit, sieve.grades)
    return None if found is None else found[0]


def _total(sieve: _Sieve) -> Evidence:
    horizon = sieve.target.horizon
    series = sieve.target.series
    sums = sieve.pick(series, Measure.CUMULATIVE)
    # The yearly flows come as levels; a level over several years is a sum that was not called one.
    levels = sieve.pick(series, Measure.LEVEL)
    whole = _elapsed((*sums, *(v for v in levels if v.period.kind is PeriodKind.SPAN)), horizon)
    flows = _yearly(levels)
    if flows and (whole is None or max(flows) > whole.period.year):
        return _of_years(sum((v.number for v in flows.values()), Decimal(0)), flows, horizon)
    return Evidence() if whole is None else _published(whole, horizon)


def _parity(sieve: _Sieve) -> Evidence:
    goal = sieve.target.goal
    assert isinstance(goal, Parity)
    series = sieve.target.series
    if series.measure not in RATES:
        own = sieve.pick(series, series.measure)
        other = sieve.pick(goal.series, goal.series.measure)
        by_period = {v.period: v for v in other}
        pairs = [(v, by_period[v.period]) for v in own if v.period in by_period]
        if not pairs:
            return Evidence(values=own, others=other)
        others = tuple(b for _, b in pairs)
        return replace(
            _newest_of(tuple(a for a, _ in pairs)),
            other=others[-1].number,
            others=others,
            years=len(pairs),
        )
    return _parity_of_rates(sieve, series, goal.series)


def _parity_of_rates(sieve: _Sieve, series: Series, other: Series) -> Evidence:
    """Means over the years both are known for; else two published means of the same years."""
    horizon = sieve.target.horizon
    own, against = (_yearly(sieve.pick(s, Measure.GROWTH, unit="%")) for s in (series, other))
    common = sorted(own.keys() & against.keys())
    mean, mean_other = (
        _elapsed(sieve.pick(s, Measure.AVG_GROWTH, unit="%"), horizon) for s in (series, other)
    )
    published = mean is not None and mean_other is not None and mean.period == mean_other.period
    if published and mean and mean_other and (not common or mean.period.year >= common[-1]):
        return replace(_published(mean, horizon), other=mean_other.number, others=(mean_other,))
    if not common:
        return Evidence(values=tuple(own.values()), others=tuple(against.values()))
    left = _mean_of({y: own[y] for y in common}, horizon)
    right = _mean_of({y: against[y] for y in common}, horizon)
    return replace(left, other=right.value, others=right.values)
