"""Paths between a baseline and a goal.

| shape | between the ends | outside them |
| --- | --- | --- |
| Linear | a straight line | NaN |
| Geometric | constant yearly growth; both ends positive | NaN |
| Constant | one value | the same value |
| Accumulate | from zero, the same amount every year | NaN |
| Step | the baseline until the end, then the goal | baseline before, goal after |
| Logistic | slow, fast, slow around the midpoint | NaN |
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from plantrack.errors import UsageError
from plantrack.paths.base import Floats, evaluate


@dataclass(frozen=True)
class _Ends:
    """A path from the value `v0` at `start` to the value `v1` at `end`, in years and the target's unit.

    Raises UsageError where `end` does not lie after `start`.
    """

    start: float
    v0: Decimal
    end: float
    v1: Decimal

    def __post_init__(self) -> None:
        if not self.start < self.end:
            raise UsageError(
                f"A path must end after it starts, found {self.start} to {self.end}. "
                "Check the baseline's period against the horizon.",
                start=self.start,
                end=self.end,
            )

    @property
    def knots(self) -> tuple[tuple[float, Decimal], ...]:
        """Both ends as given."""
        return (self.start, self.v0), (self.end, self.v1)

    def at(self, t: Any) -> Any:  # noqa: ANN401  see Path.at
        """The value due at `t`; exact at both ends, NaN outside them."""
        return evaluate(t, self._clamped)

    def _clamped(self, t: Floats) -> Floats:
        # Formulas cost a last digit at the ends; the ends are promised exactly.
        inside = np.clip(t, self.start, self.end)
        found = self._between(inside)
        found = np.where(t == self.start, float(self.v0), found)
        found = np.where(t == self.end, float(self.v1), found)
        return np.where((t < self.start) | (t > self.end) | np.isnan(t), np.nan, found)

    def _between(self, t: Floats) -> Floats:
        raise NotImplementedError

    def _share(self, t: Floats) -> Floats:
        return (t - self.start) / (self.end - self.start)


@dataclass(frozen=True)
class Linear(_Ends):
    """The same amount every year."""

    def _between(self, t: Floats) -> Floats:
        share, low, high = self._share(t), float(self.v0), float(self.v1)
        return low * (1 - share) + high * share


@dataclass(frozen=True)
class Geometric(_Ends):
    """The same growth every year. Raises UsageError unless both ends are above zero."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.v0 <= 0 or self.v1 <= 0:
            raise UsageError(
                f"A geometric path needs two values above zero, found {self.v0} and {self.v1}. "
                "Use a linear path.",
                v0=self.v0,
                v1=self.v1,
            )

    def _between(self, t: Floats) -> Floats:
        return float(self.v0) * (float(self.v1) / float(self.v0)) ** self._share(t)


@dataclass(frozen=True)
class Step(_Ends):
    """The baseline until the horizon ends, then the goal; defined at every moment."""

    def at(self, t: Any) -> Any:  # noqa: ANN401  see Path.at
        """`v0` before `end`, `v1` from `end` on."""
        return evaluate(t, lambda x: np.where(x < self.end, float(self.v0), float(self.v1)))


@dataclass(frozen=True)
class Logistic(_Ends):
    """Slow, fast, slow: steepest at `midpoint` (a year), the more so the greater `steepness` (per year).

    The curve is stretched so that it meets both ends exactly. Raises UsageError unless
    `steepness` is above zero.
    """

    midpoint: float
    steepness: float

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.steepness > 0:
            raise UsageError(
                f"A logistic path needs a steepness above zero, found {self.steepness}.",
                steepness=self.steepness,
            )

    def _between(self, t: Floats) -> Floats:
        low, high = self._curve(np.array([self.start, self.end]))
        rises = high > low  # not where it lies so far off that floats see no rise
        share = (self._curve(t) - low) / (high - low) if rises else self._share(t)
        return float(self.v0) + (float(self.v1) - float(self.v0)) * share

    def _curve(self, t: Floats) -> Floats:
        # tanh is the logistic function, stretched, and does not overflow.
        return np.tanh(self.steepness * (t - self.midpoint) / 2)


class Accumulate(Linear):
    """A sum that grows from zero by the same amount every year to `total`."""

    def __init__(self, start: float, end: float, total: Decimal) -> None:
        super().__init__(start=start, v0=Decimal(0), end=end, v1=total)


@dataclass(frozen=True)
class Constant:
    """One value at every moment: a hold or a yearly rate."""

    start: float
    end: float
    value: Decimal

    @property
    def knots(self) -> tuple[tuple[float, Decimal], ...]:
        """Both ends, with the same value."""
        return (self.start, self.value), (self.end, self.value)

    def at(self, t: Any) -> Any:  # noqa: ANN401  see Path.at
        """The value, whatever the moment."""
        return evaluate(t, lambda x: np.full(x.shape, float(self.value)))
