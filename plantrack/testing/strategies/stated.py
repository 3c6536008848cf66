"""What plans and reports state: goals, targets, plans and observations.

A target that is drawn can be judged and a plan does not contradict itself: horizons lie in the
plan's period, baselines before them, milestones on the way, and values are in the target's unit.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from plantrack.model import (
    AverageRate,
    Baseline,
    Comparator,
    Conflict,
    DocumentKind,
    External,
    Goal,
    Grade,
    Hold,
    Measure,
    Multiply,
    Nature,
    Observation,
    Parity,
    PathShape,
    PathSpec,
    Period,
    Plan,
    Point,
    Positive,
    Quantity,
    Range,
    Reach,
    Reading,
    Series,
    Target,
    Total,
    Vintage,
)
from plantrack.model.goal import quantity_of
from plantrack.testing.strategies.texts import sources
from plantrack.testing.strategies.values import (
    UNITS,
    decimals,
    phrases,
    quantities,
    scopes,
    series,
    spans,
)

_NEWEST = date(2040, 12, 31)
_BOUNDS = (Comparator.EQ, Comparator.GE, Comparator.LE, Comparator.APPROX)
_MOST_TARGETS = 4
_SHARES = tuple(Decimal(n) / 10 for n in (10, 5, 2, 8, 9, 11))  # of the way to the goal
_FIVE = 5  # years of a plan, at most


def goals(unit: str = "亿元", *, kinds: Collection[str] = ()) -> st.SearchStrategy[Goal]:
    """A goal of one of `kinds` (reach, hold …; any by default), its number in `unit` (rates are in %)."""
    wanted = [make for kind, make in _GOALS.items() if not kinds or kind in kinds]
    return st.one_of(*(make(unit) for make in wanted))


@st.composite
def baselines(draw: st.DrawFn, unit: str = "亿元", *, year: int = 2025) -> Baseline:
    """The exact value of a year, in `unit`."""
    numbers = decimals(1, 10_000)
    quantity = draw(quantities([unit], numbers=numbers, intervals=False, ratios=False))
    quantity = quantity.model_copy(update={"cmp": Comparator.EQ})
    return Baseline(period=Period.years(year), quantity=quantity)


def points(first: int = 2026, last: int = 2030) -> st.SearchStrategy[Point]:
    """The value due at the end of a year from `first` to `last`."""
    periods = st.integers(first, last).map(Period.years)
    return st.builds(Point, period=periods, value=decimals(1, 10_000))


@st.composite
def path_specs(draw: st.DrawFn, first: int = 2026, last: int = 2030) -> PathSpec:
    """A path of any shape with what its shape needs: points in order of time, or the middle of an S."""
    shape = draw(st.sampled_from(PathShape))
    match shape:
        case PathShape.MILESTONES | PathShape.TABLE:
            several = st.lists(points(first, last), min_size=1, max_size=3, unique_by=_moment)
            return PathSpec(shape=shape, points=tuple(sorted(draw(several), key=_moment)))
        case PathShape.LOGISTIC:
            middle, steep = draw(st.floats(first, last)), draw(st.floats(0.125, 8))
            return PathSpec(shape=shape, midpoint=middle, steepness=steep)
        case _:
            return PathSpec(shape=shape)


def readings(unit: str = "亿元") -> st.SearchStrategy[Reading]:
    """One way to read a row: a baseline, a goal, or both."""
    base, goal = baselines(unit), goals(unit, kinds=("reach",))
    both = st.tuples(base, goal) | st.tuples(st.none(), goal) | st.tuples(base, st.none())
    return st.builds(
        lambda says, cells: Reading(says=says, baseline=cells[0], goal=cells[1]), phrases(), both
    )


def conflicts() -> st.SearchStrategy[Conflict]:
    """Two places that disagree about the document, with the place of the one or without."""
    return st.builds(
        Conflict, about=phrases(), found=phrases(), used=phrases(), span=st.none() | spans()
    )


@st.composite
def targets(
    draw: st.DrawFn,
    *,
    target_id: str = "target",
    period: Period | None = None,
    kinds: Collection[str] = (),
) -> Target:
    """A target for `period` (2026/2030 by default) that can be judged, with a goal of one of `kinds`
    (reach, hold …; any by default)."""
    horizon = period or Period.years(2026, 2030)
    kind = draw(st.sampled_from([k for k in _GOALS if not kinds or k in kinds]))
    measure = _MEASURES.get(kind, Measure.LEVEL)
    rate = measure in (Measure.GROWTH, Measure.AVG_GROWTH)
    unit = "" if kind == "grade" else "%" if rate else draw(st.sampled_from(UNITS))
    goal: Goal = draw(_GOALS[kind](unit))
    baseline = None
    if kind in ("reach", "range", "multiply"):
        baseline = draw(baselines(unit, year=horizon.first.year - 1))
    return Target(
        id=target_id,
        series=draw(series([measure])),
        unit=unit,
        baseline=baseline,
        goal=goal,
        horizon=horizon,
        nature=draw(st.none() | st.sampled_from(Nature)),
        milestones=draw(_milestones(goal, baseline, horizon)),
        group=draw(st.just("") | phrases()),
        responsible=draw(st.just("") | phrases()),
        source=draw(sources()),
    )


@st.composite
def observations(
    draw: st.DrawFn, target: Target | None = None, *, first: int = 2016, last: int = 2035
) -> Observation:
    """The value of a year from `first` to `last`, of any series or of a target's, in its unit.

    A target's values are often somewhere near the way to its goal.
    """
    if target is None:
        of: Series = draw(series([Measure.LEVEL, Measure.GROWTH]))
        unit = "%" if of.measure is Measure.GROWTH else draw(st.sampled_from(UNITS))
    else:
        of, unit = target.series, target.unit
        if of.measure is Measure.AVG_GROWTH and draw(st.booleans()):  # told year by year
            of = of.model_copy(update={"measure": Measure.GROWTH})
    estimated = draw(st.booleans())
    value = draw(decimals(0, 10_000 if unit != "%" else 100) | _near(target))
    vintages = [v for v in Vintage if (v is Vintage.ESTIMATED) == estimated]
    return Observation(
        series=of,
        period=Period.years(draw(st.integers(first, last))),
        quantity=Quantity(value=value, unit=unit, estimated=estimated),
        vintage=draw(st.sampled_from(vintages)),
        known_on=draw(st.none() | st.dates(date(first, 1, 1), _NEWEST)),
        source=draw(sources()),
    )


def _near(target: Target | None) -> st.SearchStrategy[Decimal]:
    """Values between a target's baseline and a little beyond its goal; nothing where it has no number."""
    quantity = None if target is None else quantity_of(target.goal)
    end = None if quantity is None else quantity.value
    if target is None or end is None:
        return st.nothing()
    base = None if target.baseline is None else target.baseline.quantity.value
    start = Decimal(0) if base is None else base
    return st.sampled_from(_SHARES).map(lambda share: start + (end - start) * share)


@st.composite
def plans(draw: st.DrawFn, *, min_targets: int = 1) -> Plan:
    """A plan of up to four targets for one to five years, with some values of theirs; in some, one
    target is a part of another."""
    begin = draw(st.integers(2016, 2030))
    period = Period.years(begin, begin + draw(st.integers(0, _FIVE - 1)))
    size = draw(st.integers(min_targets, max(min_targets, _MOST_TARGETS)))
    made: list[Target] = []
    for number in range(1, size + 1):
        one = draw(targets(target_id=f"t{number}", period=period))
        # Two targets of one series would be two goals for the same thing.
        named = {"indicator": f"{one.series.indicator}{number}"}
        # What is of another unit is a part that is not added up.
        wholes = [t.id for t in made if t.unit != one.unit]
        parent = draw(st.none() | st.sampled_from(wholes)) if wholes else None
        made.append(
            one.model_copy(update={"series": one.series.model_copy(update=named), "parent": parent})
        )
    return Plan(
        id=draw(st.from_regex(r"[a-z]{1,8}", fullmatch=True)),
        title=draw(phrases()),
        kind=draw(st.sampled_from([DocumentKind.PLAN, DocumentKind.ANNUAL_PLAN])),
        region=draw(st.none() | scopes()),
        period=period,
        targets=tuple(made),
        observations=draw(_values_of(made, begin)) if made else (),
    )


def _moment(point: Point) -> float:
    return point.period.t


def _values_of(made: list[Target], begin: int) -> st.SearchStrategy[tuple[Observation, ...]]:
    one = st.sampled_from(made).flatmap(
        lambda target: observations(target, first=begin - 1, last=begin + _FIVE)
    )
    return st.lists(one, max_size=3).map(tuple)


@st.composite
def _milestones(
    draw: st.DrawFn, goal: Goal, baseline: Baseline | None, horizon: Period
) -> tuple[Point, ...]:
    """None, or one on the way from baseline to goal."""
    start = None if baseline is None else baseline.quantity.value
    end = goal.quantity.value if isinstance(goal, Reach) else None
    years = range(horizon.first.year, horizon.last.year)
    if start is None or end is None or not years or not draw(st.booleans()):
        return ()
    value = draw(decimals(min(start, end), max(start, end)))
    return (Point(period=Period.years(draw(st.sampled_from(years))), value=value),)


def _bounded(
    kind: Callable[..., Goal], *, rate: bool = False, intervals: bool = False
) -> Callable[[str], st.SearchStrategy[Goal]]:
    """A goal that bounds a number."""

    def make(unit: str) -> st.SearchStrategy[Goal]:
        numbers = decimals(1, 20) if rate else decimals(1, 10_000)
        written = "%" if rate else unit
        cmp = st.sampled_from(_BOUNDS)
        values = st.builds(Quantity, value=numbers, unit=st.just(written), cmp=cmp)
        return st.builds(
            kind, quantity=values | _interval(numbers, written) if intervals else values
        )

    return make


def _interval(numbers: st.SearchStrategy[Decimal], unit: str) -> st.SearchStrategy[Quantity]:
    return st.tuples(numbers, numbers).map(
        lambda ends: Quantity(low=min(ends), high=max(ends), cmp=Comparator.RANGE, unit=unit)
    )


_GOALS: dict[str, Callable[[str], st.SearchStrategy[Goal]]] = {
    "reach": _bounded(Reach),
    "range": lambda unit: st.builds(Range, quantity=_interval(decimals(1, 10_000), unit)),
    "average_rate": _bounded(AverageRate, rate=True, intervals=True),
    "total": _bounded(Total),
    "hold": _bounded(Hold),
    "parity": lambda unit: st.builds(
        Parity,
        series=series([Measure.GROWTH]),
        cmp=st.sampled_from([Comparator.APPROX, Comparator.GE, Comparator.GT]),
    ),
    "positive": lambda unit: st.builds(Positive),
    "multiply": lambda unit: st.builds(Multiply, factor=decimals(1, 5, places=1)),
    "grade": lambda unit: st.builds(
        Grade, scale=st.just("surface-water"), grade=st.sampled_from(["Ⅰ类", "Ⅱ类", "Ⅲ类"])
    ),
    "external": lambda unit: st.builds(
        External, authority=st.just("国家"), text=st.just("达到国家考核目标")
    ),
}
_MEASURES = {
    "average_rate": Measure.AVG_GROWTH,
    "parity": Measure.GROWTH,
    "positive": Measure.GROWTH,
}
