"""Numbers with their unit and what the text says about them."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Self

from pydantic import model_validator

from plantrack.model.base import Model


class Comparator(StrEnum):
    """How a value is bounded."""

    EQ = "eq"
    GE = "ge"  # 以上, 不低于, ≥
    GT = "gt"  # 超过, 突破
    LE = "le"  # 以内, 不超过, ≤
    LT = "lt"  # 低于, 不到
    APPROX = "approx"  # 左右, 约, 近, 余
    RANGE = "range"  # 5—5.5


class Quantity(Model):
    """A value, an interval or a ratio, in the unit as written.

    Exactly one of three forms is given: `value`; `low` with `high` (comparator range);
    `ratio` (2.21:1, or three parts and more for a structure). `unit` keeps its magnitude
    (万亿元) and is empty for a ratio. Raises ValueError for any other combination.
    """

    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    ratio: tuple[Decimal, ...] | None = None
    unit: str = ""
    cmp: Comparator = Comparator.EQ
    estimated: bool = False  # 预计, 初步核算
    averaged: bool = False  # a mean over the years of the period (*)
    summed: bool = False  # a sum over the years of the period (【】)
    price_basis: int | None = None  # 2020年价 → 2020

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        interval = self.low is not None and self.high is not None
        forms = [self.value is not None, interval, self.ratio is not None]
        if sum(forms) != 1 or (self.low is None) != (self.high is None):
            raise ValueError("a quantity has either a value, or low and high, or a ratio")
        if interval != (self.cmp is Comparator.RANGE):
            raise ValueError("low and high go with the comparator 'range', and only with it")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low ({self.low}) is above high ({self.high})")
        if self.ratio is not None and len(self.ratio) < 2:
            raise ValueError("a ratio has at least two parts")
        return self

    @property
    def number(self) -> Decimal | None:
        """The value as one number: a two-part ratio a:b gives a/b; None for an interval or a longer ratio."""
        if self.ratio is not None:
            a, *rest = self.ratio
            return a / rest[0] if len(rest) == 1 and rest[0] else None
        return self.value

    @property
    def written(self) -> str:
        """The number as the outputs write it: `5.3`, `5~5.5`, `2.21:1`."""
        if self.ratio is not None:
            return ":".join(map(plain, self.ratio))
        if self.low is not None and self.high is not None:
            return f"{plain(self.low)}~{plain(self.high)}"
        return plain(self.value) if self.value is not None else ""


def plain(number: Decimal) -> str:
    """A decimal without exponent, with the digits it was given: 2E+3 → 2000, 0.50 → 0.50."""
    return f"{number:f}"
