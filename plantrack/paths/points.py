"""Paths through given points."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any

import numpy as np

from plantrack.errors import UsageError
from plantrack.paths.base import Floats, evaluate

Knots = tuple[tuple[float, Decimal], ...]


def _ordered(knots: Knots, least: int) -> None:
    times = [t for t, _ in knots]
    if len(knots) < least or any(b <= a for a, b in pairwise(times)):
        raise UsageError(
            f"A path through points needs at least {least} of them, each later than the one "
            f"before; found the moments {times}.",
            times=times,
        )


@dataclass(frozen=True)
class _Points:
    knots: Knots

    @property
    def start(self) -> float:
        """The first point's moment."""
        return self.knots[0][0]

    @property
    def end(self) -> float:
        """The last point's moment."""
        return self.knots[-1][0]


@dataclass(frozen=True)
class Table(_Points):
    """Given values only: exact at its points, NaN at every other moment.

    Raises UsageError where there is no point or two are not in order of time.
    """

    def __post_init__(self) -> None:
        _ordered(self.knots, 1)

    def at(self, t: Any) -> Any:  # noqa: ANN401  see Path.at
        """The value given for `t`, NaN where none was given."""
        return evaluate(t, self._looked_up)

    def _looked_up(self, t: Floats) -> Floats:
        found = np.full(t.shape, np.nan)
        for moment, value in self.knots:
            found[np.isclose(t, moment, rtol=0, atol=1e-9)] = float(value)
        return found


@dataclass(frozen=True)
class Milestones(_Points):
    """A smooth way through all points that never overshoots: monotone between any two of them.

    Cubic Hermite pieces with Fritsch and Carlson's slopes (SIAM J. Numer. Anal. 17, 1980: 238—246),
    by the weighted harmonic mean that PCHIP uses; straight with two points. NaN outside them.
    Raises UsageError where there are fewer than two points or two are not in order of time.
    """

    _slopes: Floats = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _ordered(self.knots, 2)
        object.__setattr__(self, "_slopes", _monotone_slopes(self._times, self._values))

    @property
    def _times(self) -> Floats:
        return np.array([t for t, _ in self.knots])

    @property
    def _values(self) -> Floats:
        return np.array([float(v) for _, v in self.knots])

    def at(self, t: Any) -> Any:  # noqa: ANN401  see Path.at
        """The value due at `t`; exact at every point, NaN before the first and after the last."""
        return evaluate(t, self._between)

    def _between(self, t: Floats) -> Floats:
        x, y, m = self._times, self._values, self._slopes
        i = np.clip(np.searchsorted(x, t, side="right") - 1, 0, len(x) - 2)
        width = x[i + 1] - x[i]
        s = (t - x[i]) / width
        rise = y[i + 1] - y[i]
        found = y[i] + rise * s * s * (3 - 2 * s)
        found = found + width * s * (1 - s) * ((1 - s) * m[i] - s * m[i + 1])
        # Rounding may step over an end by a last digit: "monotone" is promised without "almost".
        found = np.clip(found, np.minimum(y[i], y[i + 1]), np.maximum(y[i], y[i + 1]))
        found = np.where(t == x[-1], y[-1], found)
        return np.where((t < x[0]) | (t > x[-1]) | np.isnan(t), np.nan, found)


def _monotone_slopes(x: Floats, y: Floats) -> Floats:
    width = np.diff(x)
    secant = np.diff(y) / width
    if len(secant) == 1:
        return np.array([secant[0], secant[0]])
    slopes = np.zeros_like(y)
    for i in range(1, len(y) - 1):
        before, after = secant[i - 1], secant[i]
        if before * after > 0:
            w1 = 2 * width[i] + width[i - 1]
            w2 = width[i] + 2 * width[i - 1]
            slopes[i] = (w1 + w2) / (w1 / before + w2 / after)
    slopes[0] = _edge(width[0], width[1], secant[0], secant[1])
    slopes[-1] = _edge(width[-1], width[-2], secant[-1], secant[-2])
    return slopes


def _edge(near: float, far: float, secant: float, inner: float) -> float:
    """Three-point slope at an end, held to what keeps the piece monotone."""
    slope = ((2 * near + far) * secant - near * inner) / (near + far)
    if slope * secant <= 0:
        return 0.0
    if secant * inner <= 0 and abs(slope) > 3 * abs(secant):
        return 3 * secant
    return slope
