"""Which path a target takes: its own if it states one, else the one the rules choose."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, TypeAlias

from plantrack.errors import UsageError
from plantrack.model import (
    Dimension,
    Direction,
    Indicator,
    Measure,
    Multiply,
    PathShape,
    Point,
    Quantity,
    Target,
)
from plantrack.model.base import Model
from plantrack.model.goal import quantity_of
from plantrack.paths.base import Path
from plantrack.paths.points import Milestones, Table
from plantrack.paths.shapes import Accumulate, Constant, Geometric, Linear, Logistic, Step

GoalKind: TypeAlias = Literal[
    "reach",
    "range",
    "average_rate",
    "total",
    "hold",
    "parity",
    "positive",
    "multiply",
    "grade",
    "external",
]


class PathRules(Model):
    """What rules/paths.yaml holds; its head comment explains the order in which it is asked.

    `units` tells the dimension of an indicator that no lexicon knows. `reductions` are the
    endings of a phrase whose printed positive number counts a reduction (more is better).
    """

    goals: dict[GoalKind, PathShape]
    measures: dict[Measure, PathShape]
    dimensions: dict[Dimension, PathShape]
    units: dict[Dimension, tuple[str, ...]]
    default: PathShape
    reductions: tuple[str, ...]

    def dimension(self, unit: str, indicator: Indicator | None = None) -> Dimension | None:
        """The indicator's dimension; without an indicator the one its unit shows, if any."""
        if indicator is not None:
            return indicator.dimension
        return next((d for d, units in self.units.items() if unit in units), None)


def shape_of(target: Target, rules: PathRules, indicator: Indicator | None = None) -> PathShape:
    """The shape of the target's path.

    In this order: what the target states; its milestones; the kind of goal; the measure; the
    indicator's own shape; the shape for its dimension (known from its unit where no lexicon
    knows the indicator); the default.
    """
    if target.path is not None:
        return target.path.shape
    if target.milestones:
        return PathShape.MILESTONES
    by_goal = rules.goals.get(target.goal.kind)
    if by_goal is not None:
        return by_goal
    by_measure = rules.measures.get(target.series.measure)
    if by_measure is not None:
        return by_measure
    if indicator is not None:
        return indicator.path
    dimension = rules.dimension(target.unit)
    return rules.default if dimension is None else rules.dimensions.get(dimension, rules.default)


def build(
    target: Target,
    rules: PathRules,
    *,
    goal: Decimal,
    baseline: Decimal | None,
    start: float | None = None,
    indicator: Indicator | None = None,
) -> Path | None:
    """The path to `goal` from `baseline`, both in the target's unit.

    It starts at `start`, else at the end of the baseline's period (a constant or a sum: at the
    opening of the horizon) and ends with the horizon. A geometric path between two values of which one is not
    above zero becomes linear. None where the shape needs a baseline and there is none, or the
    baseline does not lie before the horizon's end.
    """
    end = target.horizon.t
    opening = target.horizon.opening
    shape = shape_of(target, rules, indicator)
    if shape is PathShape.CONSTANT:
        return Constant(opening, end, goal)
    if shape is PathShape.ACCUMULATE:
        return Accumulate(opening, end, goal)
    if start is None:
        start = opening if target.baseline is None else target.baseline.period.t
    if start >= end:
        return None
    if shape in (PathShape.MILESTONES, PathShape.TABLE):
        return _through_points(target, shape, start, end, baseline, goal)
    if baseline is None:
        return None
    return _between(target, shape, start, baseline, end, goal)


def _between(
    target: Target, shape: PathShape, start: float, v0: Decimal, end: float, v1: Decimal
) -> Path:
    if shape is PathShape.GEOMETRIC and v0 > 0 and v1 > 0:
        return Geometric(start, v0, end, v1)
    if shape is PathShape.STEP:
        return Step(start, v0, end, v1)
    spec = target.path
    if shape is PathShape.LOGISTIC:
        if spec is None or spec.midpoint is None or spec.steepness is None:
            raise UsageError(
                f"Target '{target.id}' would take a logistic path, which needs a midpoint and a "
                "steepness. State them under 'path' in the plan file.",
                target_id=target.id,
            )
        return Logistic(start, v0, end, v1, spec.midpoint, spec.steepness)
    return Linear(start, v0, end, v1)


def _through_points(
    target: Target,
    shape: PathShape,
    start: float,
    end: float,
    baseline: Decimal | None,
    goal: Decimal,
) -> Path | None:
    stated: tuple[Point, ...] = () if target.path is None else target.path.points
    points = {p.period.t: p.value for p in (*stated, *target.milestones)}
    knots = {t: v for t, v in points.items() if start < t < end}
    if baseline is not None:
        knots[start] = baseline
    knots[end] = goal
    ordered = tuple(sorted(knots.items()))
    if shape is PathShape.TABLE:
        return Table(ordered)
    return Milestones(ordered) if len(ordered) > 1 else None


def path_of(target: Target, rules: PathRules, indicator: Indicator | None = None) -> Path | None:
    """The path as the target alone tells it, for charts: no observations, no conversion of units.

    Goals with a number only; of an interval the end that must be reached. None for the others.
    """
    baseline = None if target.baseline is None else target.baseline.quantity.number
    if isinstance(target.goal, Multiply):
        if baseline is None or target.goal.base_year is not None:
            return None
        goal: Decimal | None = baseline * target.goal.factor
    else:
        quantity = quantity_of(target.goal)
        goal = None if quantity is None else nominal(quantity, target.direction)
    if goal is None:
        return None
    return build(target, rules, goal=goal, baseline=baseline, indicator=indicator)


def nominal(quantity: Quantity, direction: Direction | None) -> Decimal | None:
    """The one number a goal asks for: of an interval the lower end, or the upper where down is good."""
    if quantity.low is not None and quantity.high is not None:
        return quantity.high if direction is Direction.DOWN else quantity.low
    return quantity.number
