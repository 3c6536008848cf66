"""What a chart of one target draws, as numbers: path and band, goal, values, where it is heading.

Everything is in the unit the target is judged in. Moments are counted as in `Period.t`: 2025.0 is
the end of 2025. Floats do for drawing; the exact values stand in the assessment.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate

from plantrack.assess import Grades, RuleSet, load_rules, rule_sets
from plantrack.assess.goals import Family, direction_of, family_of
from plantrack.assess.matching import RATIO, covers_the_year, in_unit, same_indicator
from plantrack.assess.status import unit_of
from plantrack.datafile import load, rules_path
from plantrack.link import Lexicon
from plantrack.model import (
    Assessment,
    Direction,
    External,
    Measure,
    Multiply,
    Observation,
    Parity,
    PeriodKind,
    Quantity,
    Source,
    Target,
    Vintage,
)
from plantrack.model.goal import quantity_of
from plantrack.model.quantity import plain
from plantrack.paths import Accumulate, Constant, Geometric, Linear, Path, PathRules, build
from plantrack.show.bands import band_of
from plantrack.show.words import quantity_text

Dot = tuple[float, float]
"""A moment and a value."""

_STEPS = 4  # points of a path for each year: enough for a curve to look like one
_JUST_BEFORE = 1e-3  # years; a step stands upright


@dataclass(frozen=True)
class Mark:
    """A value that was seen; `superseded` where a later one for the same period replaced it."""

    t: float
    value: float
    period: str
    vintage: Vintage
    superseded: bool
    source: Source


@dataclass(frozen=True)
class Due:
    """The goal at the end of the horizon: its number, of an interval both ends, and its writing."""

    t: float
    value: float
    text: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Curve:
    """The parts of one target's chart; what a target does not have is None or empty.

    `band` is the part of the plane the rules call on track: moment, lower and upper edge.
    `mean` is the yearly rate reached so far, where the goal is one. `now` is the value judged.
    `projection` is where it is heading, with its interval where there is one: t, value, low, high.
    """

    unit: str
    baseline: Dot | None = None
    path: tuple[Dot, ...] = ()
    band: tuple[tuple[float, float, float], ...] = ()
    milestones: tuple[Dot, ...] = ()
    goal: Due | None = None
    marks: tuple[Mark, ...] = ()
    mean: tuple[Dot, ...] = ()
    now: Dot | None = None
    projection: tuple[float, float, float | None, float | None] | None = None
    required: tuple[Dot, ...] = ()

    @property
    def drawable(self) -> bool:
        """Whether there is anything to draw: a goal with a number, or a value."""
        return self.goal is not None or bool(self.marks)


def curve(assessment: Assessment, *, rules: RuleSet | None = None) -> Curve:
    """What a chart of this target draws.

    The band is that of `rules`, else of the shipped rule set that judged the target; a rule set of
    one's own has to be handed in for its band to be drawn. A grade has no number to draw; an
    ambiguous row, a parity and a goal that is not known have no path of their own.
    """
    return _Drawing(assessment).curve(rules or _shipped(assessment.rule.partition("/")[0]))


@lru_cache(maxsize=1)
def _path_rules() -> PathRules:
    return load(rules_path("paths.yaml"), PathRules)


@lru_cache(maxsize=1)
def _grades() -> Grades:
    return load(rules_path("grades.yaml"), Grades)


@lru_cache(maxsize=16)
def _shipped(name: str) -> RuleSet | None:
    return load_rules(name) if name in rule_sets() else None


class _Drawing:
    """One assessment, with what all parts of its curve are made from."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.target: Target = assessment.target
        self.metrics = assessment.metrics
        self.family = family_of(self.target)
        self.indicator = Lexicon.load().indicators.get(self.target.series.indicator_id or "")
        self.direction = direction_of(self.target, self.indicator, _path_rules().reductions)
        self.unit = unit_of(self.target, self.family)  # RATIO for a:b
        self.opening, self.end = self.target.horizon.opening, self.target.horizon.t

    def curve(self, rules: RuleSet | None) -> Curve:
        shown = "" if self.unit == RATIO else self.unit
        if self.family is Family.GRADE:
            return Curve(unit=shown)
        start = self.start()
        goal = None if self.target.ambiguous else self.due(start)
        path = self.path(goal, start)
        now = self.now()
        return Curve(
            unit=shown,
            baseline=None if start is None else (start[0], float(start[1])),
            path=self.other() if self.family is Family.PARITY else _sampled(path),
            band=self.band(path, goal, start, rules),
            milestones=self.milestones(path),
            goal=goal,
            marks=self.marks(),
            mean=((self.opening, now[1]), now) if now and self.family is Family.RATE else (),
            now=now,
            projection=self.projection(now),
            required=self.required(goal, now, start),
        )

    def number(self, quantity: Quantity) -> Decimal | None:
        """A quantity in the unit of the drawing; None where it does not go into it."""
        found = in_unit(quantity, self.unit, _grades())
        return None if found is None else found[0]

    def end_of(self, quantity: Quantity, number: Decimal | None) -> float | None:
        """One end of an interval in the unit of the drawing."""
        if number is None:
            return None
        found = self.number(Quantity(value=number, unit=quantity.unit))
        return None if found is None else float(found)

    def start(self) -> tuple[float, Decimal] | None:
        """The baseline; where the plan states none, the value seen at the opening of the horizon."""
        if self.family not in (Family.LEVEL, Family.EXTERNAL):
            return None
        stated = self.target.baseline
        if stated is not None:
            value = self.number(stated.quantity)
            return None if value is None else (stated.period.t, value)
        seen = [o for o in self.seen() if o.period.t == self.opening]
        value = self.number(seen[-1].quantity) if seen else None
        return None if value is None else (self.opening, value)

    def due(self, start: tuple[float, Decimal] | None) -> Due | None:
        """The goal, where it is a number."""
        goal = self.target.goal
        if isinstance(goal, Multiply):
            if start is None or goal.base_year not in (None, round(start[0])):
                return None
            return Due(self.end, float(start[1] * goal.factor), f"×{plain(goal.factor)}")
        if isinstance(goal, External):
            return None
        quantity = quantity_of(goal)
        if quantity is None:
            return None
        low, high = (self.end_of(quantity, x) for x in (quantity.low, quantity.high))
        single = self.number(quantity) if quantity.low is None else None
        value = high if self.direction is Direction.DOWN else low
        value = value if single is None else float(single)
        return None if value is None else Due(self.end, value, quantity_text(quantity), low, high)

    def path(self, goal: Due | None, start: tuple[float, Decimal] | None) -> Path | None:
        """The way to the goal, as the assessment takes it."""
        if goal is None:
            return None
        return build(
            self.target,
            _path_rules(),
            goal=Decimal(repr(goal.value)),
            baseline=None if start is None else start[1],
            start=None if start is None else start[0],
            indicator=self.indicator,
        )

    def band(
        self,
        path: Path | None,
        goal: Due | None,
        start: tuple[float, Decimal] | None,
        rules: RuleSet | None,
    ) -> tuple[tuple[float, float, float], ...]:
        """What counts as on the path: an interval that is due every year, or the rules' share of the way."""
        if path is None or goal is None:
            return ()
        if isinstance(path, Constant):
            if goal.low is None or goal.high is None:
                return ()
            return ((path.start, goal.low, goal.high), (path.end, goal.low, goal.high))
        found = None if rules is None else band_of(rules, self.target.nature)
        whole = goal.value if start is None else goal.value - float(start[1])
        if found is None or self.direction is Direction.HOLD:
            return ()
        sign = -1 if self.direction is Direction.DOWN else 1
        edges = sorted(sign * share * abs(whole) for share in found)
        return tuple((t, v + edges[0], v + edges[1]) for t, v in _sampled(path))

    def milestones(self, path: Path | None) -> tuple[Dot, ...]:
        """The restated goals between baseline and end."""
        points = self.target.milestones if path is not None else ()
        return tuple((p.period.t, float(p.value)) for p in points if p.period.t < self.end)

    def seen(self) -> list[Observation]:
        """The observations of the target's own series that belong on its chart, the newest of a period last."""
        return [o for o in self.assessment.observations if self.is_own(o)]

    def is_own(self, one: Observation) -> bool:
        """Whether an observation is of the target's series, for a year, in a measure it is drawn in."""
        if not same_indicator(one.series, self.target.series):
            return False
        measure, kind = one.series.measure, one.period.kind
        if self.family is Family.RATE:
            return measure is Measure.GROWTH and kind is PeriodKind.YEAR
        if self.family is Family.TOTAL:
            return measure is Measure.LEVEL and kind is PeriodKind.YEAR
        fits = covers_the_year(one.period, self.target.horizon)
        return measure is self.target.series.measure and fits

    def marks(self) -> tuple[Mark, ...]:
        """The values seen, in order of time; of a sum the running one."""
        seen = [(o, v) for o in self.seen() if (v := self.number(o.quantity)) is not None]
        newest = {o.period: o for o, _ in seen}
        marks = [_mark(o, v, o is not newest[o.period]) for o, v in seen]
        if self.family is Family.TOTAL:
            marks = _running([m for m in marks if not m.superseded])
        observed, value = self.assessment.observed, self.metrics.value
        told = any(value is not None and math.isclose(m.value, value) for m in marks)
        sums = self.family is Family.TOTAL or not marks
        if observed is not None and value is not None and sums and not told:
            return (_mark(observed, value, False),)  # published as a whole, not year by year
        return tuple(marks)

    def other(self) -> tuple[Dot, ...]:
        """The values that a parity is held against."""
        goal = self.target.goal
        if not isinstance(goal, Parity):
            return ()
        found = {
            o.period.t: float(number)
            for o in self.assessment.observations
            if same_indicator(o.series, goal.series)
            and o.series.measure is goal.series.measure
            and (number := self.number(o.quantity)) is not None
        }
        return tuple(sorted(found.items()))

    def now(self) -> Dot | None:
        """The value that was judged, at the end of its period."""
        value, observed = self.metrics.value, self.assessment.observed
        if value is None or observed is None or self.family is Family.PARITY:
            return None
        return observed.period.t, float(value)

    def projection(self, now: Dot | None) -> tuple[float, float, float | None, float | None] | None:
        """Where a level or a sum will stand at the end if it goes on as it did."""
        m = self.metrics
        moves = self.family in (Family.LEVEL, Family.TOTAL)
        if now is None or m.projected is None or not moves or now[0] >= self.end:
            return None
        low, high = (None if x is None else float(x) for x in (m.projected_low, m.projected_high))
        return self.end, float(m.projected), low, high

    def required(
        self, goal: Due | None, now: Dot | None, start: tuple[float, Decimal] | None
    ) -> tuple[Dot, ...]:
        """The way from now on that still meets the goal, at one rate or by one amount a year."""
        rate = self.metrics.required_rate
        if goal is None or rate is None:
            return ()
        if self.family is Family.RATE:
            return ((self.opening if now is None else now[0], rate), (self.end, rate))
        if now is None:  # nothing seen yet: what is needed is the path itself
            return ()
        if self.metrics.required_unit or now[1] <= 0:
            return (now, (goal.t, goal.value))
        return _sampled(Geometric(now[0], Decimal(repr(now[1])), goal.t, Decimal(repr(goal.value))))


def _mark(one: Observation, value: Decimal, superseded: bool) -> Mark:
    return Mark(one.period.t, float(value), str(one.period), one.vintage, superseded, one.source)


def _running(flows: list[Mark]) -> list[Mark]:
    """Yearly amounts as the sum since the first of them."""
    totals = accumulate(m.value for m in flows)
    return [replace(m, value=total) for m, total in zip(flows, totals, strict=True)]


def _sampled(path: Path | None) -> tuple[Dot, ...]:
    """A path as points near enough for a line; the moments it says nothing of are left out."""
    if path is None:
        return ()
    if isinstance(path, Constant | Linear | Accumulate):
        moments = [path.start, path.end]
    else:
        steps = max(1, round((path.end - path.start) * _STEPS))
        moments = [path.start + (path.end - path.start) * i / steps for i in range(steps)]
        moments = sorted({*moments, *(t for t, _ in path.knots), path.end - _JUST_BEFORE, path.end})
    values = [(t, float(path.at(t))) for t in moments]
    return tuple((t, v) for t, v in values if math.isfinite(v))
