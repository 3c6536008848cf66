"""The kinds of goal a plan sets.

Reach, Range, AverageRate, Total and Hold bound a number; Parity, Positive, Multiply and Grade
compare with something else; External waits for a person. `text` is the goal as written.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from plantrack.model.base import Model
from plantrack.model.indicator import Series
from plantrack.model.quantity import Comparator, Quantity


class _Bound(Model):
    quantity: Quantity
    text: str = ""


class Reach(_Bound):
    """Met when the value at the end of the horizon satisfies the comparator."""

    kind: Literal["reach"] = "reach"

    @model_validator(mode="after")
    def _scalar(self) -> Self:
        if self.quantity.cmp is Comparator.RANGE:
            raise ValueError("an interval is a goal of kind 'range', not 'reach'")
        return self


class Range(_Bound):
    """Met when the value lies in the interval; for a growth goal, when it is not below the lower end."""

    kind: Literal["range"] = "range"

    @model_validator(mode="after")
    def _interval(self) -> Self:
        if self.quantity.cmp is not Comparator.RANGE:
            raise ValueError("a goal of kind 'range' needs low and high")
        return self


class AverageRate(_Bound):
    """Met when the geometric mean of the yearly rates over the horizon satisfies it; may be an interval."""

    kind: Literal["average_rate"] = "average_rate"


class Total(_Bound):
    """Met when the sum of the yearly flows over the horizon satisfies it."""

    kind: Literal["total"] = "total"


class Hold(_Bound):
    """Met when every value in the horizon satisfies it."""

    kind: Literal["hold"] = "hold"


class Parity(Model):
    """Met when the value compares as `cmp` with the other series' value of the same periods.

    approx: in step with (同步); ge, gt: not below, above (高于); `series` is the other series.
    """

    kind: Literal["parity"] = "parity"
    series: Series
    cmp: Comparator = Comparator.APPROX
    text: str = ""


class Positive(Model):
    """Met when growth is above zero (正增长)."""

    kind: Literal["positive"] = "positive"
    text: str = ""


class Multiply(Model):
    """Met when the value is `factor` times the value of `base_year` (翻一番: 2); base_year None: the baseline's."""

    kind: Literal["multiply"] = "multiply"
    factor: Annotated[Decimal, Field(gt=0)]
    base_year: int | None = None
    text: str = ""


class Grade(Model):
    """Met when the grade is at least `grade` on the ordinal scale `scale` of the rules (保持Ⅱ类)."""

    kind: Literal["grade"] = "grade"
    scale: str
    grade: str
    text: str = ""


class External(Model):
    """Set by a higher authority: unresolved until a person supplies the value.

    `provisional` is the number the plan prints while deferring to that authority (318#).
    """

    kind: Literal["external"] = "external"
    authority: str = ""
    provisional: Quantity | None = None
    text: str = ""


Goal = Annotated[
    Reach | Range | AverageRate | Total | Hold | Parity | Positive | Multiply | Grade | External,
    Field(discriminator="kind"),
]


def quantity_of(goal: Goal) -> Quantity | None:
    """The quantity of a goal that has one."""
    return goal.quantity if isinstance(goal, _Bound) else None
