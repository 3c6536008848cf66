"""What a goal asks for: its family, the good direction and the values that meet it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from plantrack.model import (
    AverageRate,
    Comparator,
    Direction,
    External,
    Grade,
    Hold,
    Indicator,
    Measure,
    Multiply,
    Parity,
    Positive,
    Quantity,
    Range,
    Reach,
    Target,
    Total,
)
from plantrack.model.goal import quantity_of


class Family(StrEnum):
    """How a goal is judged."""

    LEVEL = "level"  # the value at the end
    RATE = "rate"  # the mean of yearly rates
    TOTAL = "total"  # the sum of yearly flows
    HOLD = "hold"  # every value
    PARITY = "parity"  # against another series
    GRADE = "grade"  # on an ordinal scale
    EXTERNAL = "external"  # not known yet


def family_of(target: Target) -> Family:
    """The family of a target's goal; the measure decides where the kind alone does not.

    A value to reach that is measured as a mean rate or as a sum is judged as one.
    """
    match target.goal:
        case External():
            return Family.EXTERNAL
        case AverageRate():
            return Family.RATE
        case Total():
            return Family.TOTAL
        case Hold() | Positive():
            return Family.HOLD
        case Parity():
            return Family.PARITY
        case Grade():
            return Family.GRADE
        case Reach() | Range() | Multiply():
            by_measure = {Measure.AVG_GROWTH: Family.RATE, Measure.CUMULATIVE: Family.TOTAL}
            return by_measure.get(target.series.measure, Family.LEVEL)


def measures_of(target: Target) -> tuple[Measure, ...]:
    """The measures in which a target's values are reported: its own, and the yearly values that a
    mean rate or a sum is made of."""
    yearly = {
        Family.RATE: (Measure.AVG_GROWTH, Measure.GROWTH),
        Family.TOTAL: (Measure.CUMULATIVE, Measure.LEVEL),
    }
    return tuple(dict.fromkeys((target.series.measure, *yearly.get(family_of(target), ()))))


# The side on which a comparator has its goal.
SIDES = {
    Comparator.GE: Direction.UP,
    Comparator.GT: Direction.UP,
    Comparator.LE: Direction.DOWN,
    Comparator.LT: Direction.DOWN,
}


def direction_of(
    target: Target, indicator: Indicator | None, reductions: tuple[str, ...]
) -> Direction:
    """Which way is good for a target.

    In this order: what the target states; the lexicon; a phrase that counts a reduction with a
    positive number is good when high; the comparator; for 稳定在 without a bound, staying; from
    baseline towards goal; up.
    """
    if target.direction is not None:
        return target.direction
    if indicator is not None:
        return indicator.direction
    quantity = quantity_of(target.goal)
    if quantity is None:
        return Direction.UP
    wanted = quantity.number if quantity.low is None else quantity.low
    phrase = target.series.indicator.rstrip("（()） %％")
    if phrase.endswith(reductions) and wanted is not None and wanted >= 0:
        return Direction.UP
    by_comparator = SIDES.get(quantity.cmp)
    if by_comparator is not None:
        return by_comparator
    if isinstance(target.goal, Hold):
        return Direction.HOLD
    start = None if target.baseline is None else target.baseline.quantity.number
    # A level says nothing about a rate or a sum: 30000 yuan are not above 6 % a year.
    comparable = family_of(target) not in (Family.RATE, Family.TOTAL)
    if start is not None and wanted is not None and comparable and wanted < start:
        return Direction.DOWN
    return Direction.UP


@dataclass(frozen=True)
class Bound:
    """The values that meet a goal, in the target's unit.

    `nominal` is the number the goal names (of an interval the end that must be reached);
    `tolerance` the amount by which 左右 widened it, None where it did not. An open end is not
    itself met.
    """

    nominal: Decimal
    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False
    tolerance: Decimal | None = None

    def meets(self, value: Decimal) -> bool:
        """Whether a value meets the goal; both closed ends do."""
        if self.low is not None and (value < self.low or (self.low_open and value == self.low)):
            return False
        return self.high is None or not (
            value > self.high or (self.high_open and value == self.high)
        )

    def shortfall(self, value: Decimal) -> Decimal:
        """How far a value is from meeting the goal; zero where it does, and on an open end."""
        if self.low is not None and value < self.low:
            return self.low - value
        if self.high is not None and value > self.high:
            return value - self.high
        return Decimal(0)


def bound_of(
    quantity: Quantity,
    direction: Direction,
    tolerance: Decimal,
    *,
    growth: bool = False,
) -> Bound | None:
    """The values that meet `quantity`; None for a ratio of three parts, which has no order.

    eq is met at the value and beyond it in the good direction; approx the same, less
    `tolerance` (a share of the value); ge, gt, le and lt mean what they say; an interval is met
    inside, both ends included, and as a goal for growth also beyond its far end.
    """
    if quantity.low is not None and quantity.high is not None:
        return _interval(quantity.low, quantity.high, direction, growth=growth)
    value = quantity.number
    if value is None:
        return None
    match quantity.cmp:
        case Comparator.GE:
            return Bound(value, low=value)
        case Comparator.GT:
            return Bound(value, low=value, low_open=True)
        case Comparator.LE:
            return Bound(value, high=value)
        case Comparator.LT:
            return Bound(value, high=value, high_open=True)
        case _:
            about = quantity.cmp is Comparator.APPROX
            slack = abs(value) * tolerance if about else Decimal(0)
            return Bound(
                value,
                low=None if direction is Direction.DOWN else value - slack,
                high=None if direction is Direction.UP else value + slack,
                tolerance=slack if about else None,
            )


def _interval(low: Decimal, high: Decimal, direction: Direction, *, growth: bool) -> Bound:
    if direction is Direction.DOWN:
        return Bound(high, low=None if growth else low, high=high)
    one_sided = growth and direction is Direction.UP
    return Bound(low, low=low, high=None if one_sided else high)
