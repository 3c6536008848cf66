"""The numbers computed from a target and its evidence.

Amounts stay Decimal and exact; shares are Decimal until the last step, so that a value exactly
on a threshold is on it. What has no meaning is None, and no case raises:

| case | answer |
| --- | --- |
| goal equals baseline (v1 = v0) | progress, lead and pace None; expected is the goal; attainment as for a Hold |
| baseline already beyond the goal | the same: the goal is to stay beyond it |
| baseline zero (v0 = 0) | pace None; projection and required rate by amounts |
| change of sign | pace None; projection and required rate by amounts |
| baseline missing | expected, gap, lead, progress, attainment, pace None (a constant or a sum needs none); goal distance, and a trend from two values on |
| no value | only the required rate, from the baseline |
| after the horizon | expected is the goal; no required rate, the projection is the value |
| a value that is only a bound (超过3万亿元) | goal_met only where all it leaves open meets the goal or nothing does, else None |
| a goal or path value of zero | attainment of a Hold 1 or 0 |
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from plantrack.assess.evidence import Evidence
from plantrack.assess.goals import SIDES, Bound, Family
from plantrack.assess.projection import project
from plantrack.assess.ratios import growth
from plantrack.model import Comparator, Direction, Metrics, PathShape, Period
from plantrack.model.base import assembled
from plantrack.paths import Geometric, Path, significant, value_at

_ONE = Decimal(1)
_HUNDRED = Decimal(100)
POINTS = {"%": "个百分点", "‰": "个千分点"}
_SIGNS = {Direction.UP: 1, Direction.DOWN: -1, Direction.HOLD: 0}


@dataclass(frozen=True)
class Start:
    """The baseline in the target's unit: its value and the moment its period ends."""

    t: float
    value: Decimal


@dataclass(frozen=True)
class Case:
    """All that the metrics of one target are computed from, in the target's unit.

    `bound` is None where the goal has no number; a parity's is made from the other series.
    """

    family: Family
    direction: Direction
    unit: str
    horizon: Period
    as_of: Period
    bound: Bound | None
    start: Start | None
    path: Path | None
    shape: PathShape | None
    evidence: Evidence
    every_pair: bool | None = None  # of a parity of levels: whether every period satisfied it

    @property
    def sign(self) -> int:
        """+1 where up is good, −1 where down is, 0 where staying is."""
        return _SIGNS[self.direction]

    @property
    def opening(self) -> float:
        """The moment the horizon opens."""
        return self.horizon.opening

    @cached_property
    def has_way(self) -> bool:
        """Whether there is a way from baseline to goal in the good direction. A yearly rate has none."""
        if self.start is None or self.bound is None or self.shape is PathShape.CONSTANT:
            return False
        way = self.bound.nominal - self.start.value
        return way != 0 and (self.sign == 0 or self.sign * way > 0)

    @property
    def shape_is_a_way(self) -> bool:
        """Whether the target moves at all, rather than being due every year anew."""
        return self.shape is not PathShape.CONSTANT

    @cached_property
    def horizon_over(self) -> bool:
        """Whether the date of the board is at or after the horizon's end."""
        return self.as_of.t >= self.horizon.t

    @cached_property
    def final(self) -> bool:
        """Whether the horizon is over and the value reaches its end with nothing missing."""
        found = self.evidence
        reaches = found.value is not None and found.t is not None and found.t >= self.horizon.t
        complete = found.complete or self.family is Family.HOLD
        return self.horizon_over and reaches and complete


def measure(case: Case, ratio: float | None = None) -> Metrics:
    """All metrics of a target; `ratio` is the published one."""
    found = case.evidence
    rate, rate_unit = _required(case)
    value, t = found.value, found.t
    if value is None or t is None:
        return Metrics(
            ratio=ratio,
            time_share=_time_share(case),
            required_rate=rate,
            required_unit=rate_unit,
            horizon_over=case.horizon_over,
        )
    expected = _expected(case, t)
    gap = _gap(case, value, expected)
    projected = _projected(case)
    bound = case.bound
    return assembled(
        Metrics,
        {
            "value": value,
            "expected": expected,
            "gap": gap,
            "lead": _lead(case, gap),
            "goal_distance": _distance(case, value),
            "progress": _progress(case, value),
            "time_share": _time_share(case),
            "attainment": _attainment(case, value, expected),
            "pace": _pace(case, value, t),
            "ratio": ratio,
            "trend": _trend(case),
            "required_rate": rate,
            "required_unit": rate_unit,
            "projected": projected[0],
            "projected_low": projected[1],
            "projected_high": projected[2],
            "age": max(case.as_of.t - t, 0.0),
            "goal_met": None if bound is None else goal_met(case, bound),
            "horizon_over": case.horizon_over,
        },
    )


def goal_met(case: Case, bound: Bound) -> bool | None:
    """Whether what is known meets the goal; None for a cap on a sum that still grows.

    A Hold and a parity of levels need every value; all others the newest value, mean or sum.
    """
    found = case.evidence
    if found.value is None:
        return None
    if case.family is Family.HOLD:
        return all(bound.meets(v.number) for v in found.values)
    if case.every_pair is not None:
        return case.every_pair
    met = _met_for_sure(bound, found.value, _told(case))
    capped = case.family is Family.TOTAL and bound.high is not None
    return None if met and capped and not case.final else met


def _told(case: Case) -> Comparator:
    """How the newest value is told: 超过3万亿元 is gt. A mean or a check of many values counts as exact."""
    values = case.evidence.values
    if not values or case.family not in (Family.LEVEL, Family.TOTAL, Family.RATE):
        return Comparator.EQ
    return values[-1].observation.quantity.cmp


def _met_for_sure(bound: Bound, value: Decimal, told: Comparator) -> bool | None:
    """Whether all values that a text leaves open meet the goal, or none does; None where some do."""
    side = SIDES.get(told)
    if side is None:
        return bound.meets(value)
    up = side is Direction.UP
    near, far = (bound.low, bound.high) if up else (bound.high, bound.low)
    if far is not None:
        beyond = value > far if up else value < far
        return False if beyond else None
    past_an_open_end = told in (Comparator.GT, Comparator.LT) and value == near
    return True if bound.meets(value) or past_an_open_end else None


def undecided(case: Case, metrics: Metrics) -> bool:
    """Whether the newest value is only a bound, and what it leaves open could change the verdict.

    A bound on the good side proves a goal met or a path kept, and a bound on the other side proves
    the opposite; neither proves more.
    """
    side = SIDES.get(_told(case))
    if side is None or case.bound is None or metrics.goal_met is not None:
        return False
    if case.final or metrics.lead is None:
        return True
    favourable = side is case.direction
    return metrics.lead < 0 if favourable else metrics.lead >= 0


def _expected(case: Case, t: float) -> Decimal | None:
    if case.bound is None:
        return None
    if case.family is Family.PARITY:
        return case.evidence.other
    stays = case.start is not None and not case.has_way and case.family is Family.LEVEL
    if t >= case.horizon.t or stays:
        return case.bound.nominal
    if case.path is None:
        return None
    if case.family is Family.TOTAL:  # of the years that are known
        return value_at(case.path, case.opening + case.evidence.years)
    return value_at(case.path, t)


def _gap(case: Case, value: Decimal, expected: Decimal | None) -> Decimal | None:
    if expected is None or case.bound is None:
        return None
    if case.sign == 0:
        return -case.bound.shortfall(value)
    return case.sign * (value - expected)


def _distance(case: Case, value: Decimal) -> Decimal | None:
    if case.bound is None:
        return None
    if case.sign == 0:
        return case.bound.shortfall(value)
    return case.sign * (case.bound.nominal - value)


def _lead(case: Case, gap: Decimal | None) -> float | None:
    if gap is None or case.bound is None:
        return None
    if case.family is Family.TOTAL and case.bound.nominal:
        return float(gap / abs(case.bound.nominal))
    if case.family is not Family.LEVEL or not case.has_way or case.sign == 0 or case.start is None:
        return None
    return float(gap / abs(case.bound.nominal - case.start.value))


def _progress(case: Case, value: Decimal) -> float | None:
    if case.bound is None:
        return None
    if case.family is Family.TOTAL:
        return float(value / case.bound.nominal) if case.bound.nominal else None
    if case.family is not Family.LEVEL or not case.has_way or case.start is None:
        return None
    return float((value - case.start.value) / (case.bound.nominal - case.start.value))


def _time_share(case: Case) -> float | None:
    begin = case.start.t if case.start is not None else case.opening
    t = case.evidence.t
    if t is None or not begin < case.horizon.t:
        return None
    return min((t - begin) / (case.horizon.t - begin), 1.0)


def _attainment(case: Case, value: Decimal, expected: Decimal | None) -> float | None:
    bound = case.bound
    if bound is None:
        return None
    if case.family is Family.RATE:
        by_index = _of_index(case, value, bound)
        return _of_bound(bound, value) if by_index is None else by_index
    if case.family is Family.TOTAL and case.sign > 0:
        return float(value / expected) if expected else None
    if case.family is Family.TOTAL:
        return _of_bound(Bound(expected, high=expected), value) if expected is not None else None
    if case.family is Family.LEVEL and case.has_way and case.start is not None:
        way = None if expected is None else expected - case.start.value
        return float((value - case.start.value) / way) if way else None
    if case.family is Family.LEVEL and case.start is None and case.path is None:
        return None
    return _of_bound(bound, value)


def _of_bound(bound: Bound, value: Decimal) -> float:
    """1 where satisfied, else 1 − shortfall/|goal|; against a goal of zero 0."""
    if bound.meets(value):
        return 1.0
    return float(_ONE - bound.shortfall(value) / abs(bound.nominal)) if bound.nominal else 0.0


def _of_index(case: Case, rate: Decimal, bound: Bound) -> float | None:
    """ln of the index reached over ln of the index due; None where nothing, or a move the other way, is due."""
    due = _ONE + bound.nominal / _HUNDRED
    reached = _ONE + rate / _HUNDRED
    if due <= 0 or reached <= 0 or due == 1 or case.sign * (due - 1) <= 0:
        return None
    return 1.0 if reached == due else math.log(reached) / math.log(due)


def _pace(case: Case, value: Decimal, t: float) -> float | None:
    bound = case.bound
    if bound is None:
        return None
    if case.family is Family.RATE:
        return float(value / bound.nominal) if bound.nominal else None
    if case.family is not Family.LEVEL or not case.has_way or case.start is None:
        return None
    v0, v, v1 = (float(x) for x in (case.start.value, value, bound.nominal))
    if min(v0, v, v1) <= 0:
        return None
    observed = growth(v0, v, t - case.start.t)
    required = growth(v0, v1, case.horizon.t - case.start.t)
    return observed / required if observed is not None and required else None


def _points(case: Case) -> list[tuple[float, float]]:
    """Levels in order of time, the baseline first; two values of one moment count once, the later."""
    points = {} if case.start is None else {case.start.t: float(case.start.value)}
    points.update({v.t: float(v.number) for v in case.evidence.values})
    return sorted(points.items())


def _trend(case: Case) -> float | None:
    if case.family not in (Family.LEVEL, Family.EXTERNAL) or case.sign == 0:
        return None
    points = _points(case)
    if len(points) < 2:
        return None
    (t0, v0), (t1, v1) = points[0], points[-1]
    found = growth(v0, v1, t1 - t0) if v0 > 0 else None
    if found is None:
        found = (v1 - v0) / (t1 - t0) / abs(v0) if v0 else math.copysign(1.0, v1) * (v1 != 0)
    return case.sign * found


def _projected(case: Case) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    found = case.evidence
    if found.value is None or case.bound is None:
        return None, None, None
    if found.t is not None and found.t >= case.horizon.t and found.complete:
        return found.value, None, None
    if case.family is Family.RATE:
        return found.value, None, None
    if case.family is Family.TOTAL:
        whole = Decimal(str(case.horizon.length_in_years))
        return significant(found.value * whole / found.years), None, None
    if case.family is not Family.LEVEL:
        return None, None, None
    projection = project(_points(case), case.horizon.t)
    if projection is None:
        return None, None, None
    low, high = (None if x is None else significant(x) for x in (projection.low, projection.high))
    return significant(projection.value), low, high


def _required(case: Case) -> tuple[float | None, str]:
    """The yearly growth in %, or the yearly amount with its unit, that still meets the goal from now on."""
    bound, found = case.bound, case.evidence
    if bound is None:
        return None, ""
    years = case.horizon.length_in_years
    if case.family is Family.RATE:
        return _required_growth(bound, found, years), ""
    if case.family is Family.TOTAL:
        left = years - found.years
        if left <= 0 or case.sign < 0:
            return None, ""
        missing = bound.nominal - (found.value or Decimal(0))
        return max(float(missing) / left, 0.0), f"{case.unit}/年"
    if case.family is not Family.LEVEL or case.sign == 0:
        return None, ""
    if found.value is not None and found.t is not None:
        now, t = found.value, found.t
    elif case.start is not None:
        now, t = case.start.value, case.start.t
    else:
        return None, ""
    left = case.horizon.t - t
    there = case.sign * (bound.nominal - now) <= 0
    if left <= 0 or there or case.shape is PathShape.CONSTANT:
        return None, ""
    # A geometric path between values of which one is not above zero was built as a line.
    grows = case.shape is PathShape.GEOMETRIC and (
        case.path is None or isinstance(case.path, Geometric)
    )
    if grows and now > 0 and bound.nominal > 0:
        rate = growth(float(now), float(bound.nominal), left)
        return None if rate is None else 100 * rate, ""
    return float(bound.nominal - now) / left, f"{POINTS.get(case.unit, case.unit)}/年"


def _required_growth(bound: Bound, found: Evidence, years: float) -> float | None:
    left = years - found.years
    due = 1 + float(bound.nominal) / 100
    if left <= 0 or due <= 0:
        return None
    if found.value is None:
        return float(bound.nominal)
    reached = 1 + float(found.value) / 100
    if reached <= 0:
        return None
    rate = 100 * math.expm1((years * math.log(due) - found.years * math.log(reached)) / left)
    return float(significant(rate))
