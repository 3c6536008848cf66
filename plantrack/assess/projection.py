"""Where a series will stand if it goes on as it did.

Two values: the compound growth between them (the amount where either is not above zero). Three
and more: the Theil–Sen line through all of them with an interval (Theil 1950; Sen 1968, J. Am.
Stat. Assoc. 63: 1379—1389), which one wild value does not move.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

_Z = 1.959963984540054  # two-sided 95 %


@dataclass(frozen=True)
class Projection:
    """A projected value and, from three values on, its 95 % interval; in the unit of the values."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Line:
    """A Theil–Sen line through the medians, with the bounds of its slope (per year)."""

    slope: float
    low: float
    high: float
    t: float
    value: float

    def at(self, t: float, slope: float | None = None) -> float:
        """The line's value at `t`, with its own slope or another through the same middle."""
        return self.value + (self.slope if slope is None else slope) * (t - self.t)


def theil_sen(points: Sequence[tuple[float, float]]) -> Line:
    """The Theil–Sen line of two and more points at different times; ValueError for fewer.

    The slope is the median of all pairwise slopes, the line passes through the medians of time
    and value. The interval of the slope is Sen's (normal approximation of Kendall's S, no ties in
    time); with few points it is the whole range of pairwise slopes.
    """
    slopes = sorted(
        (v1 - v0) / (t1 - t0) for (t0, v0), (t1, v1) in combinations(points, 2) if t1 != t0
    )
    if not slopes:
        raise ValueError("a trend needs two values at different times")
    n, pairs = len(points), len(slopes)
    spread = _Z * math.sqrt(n * (n - 1) * (2 * n + 5) / 18)
    low = max(math.floor((pairs - spread) / 2), 0)
    high = min(math.ceil((pairs + spread) / 2), pairs - 1)
    return Line(
        slope=_median(slopes),
        low=slopes[low],
        high=slopes[high],
        t=_median(sorted(t for t, _ in points)),
        value=_median(sorted(v for _, v in points)),
    )


def _median(ordered: Sequence[float]) -> float:
    """The middle of numbers in order, or the mean of both."""
    half, odd = divmod(len(ordered), 2)
    return ordered[half] if odd else (ordered[half - 1] + ordered[half]) / 2


def project(points: Sequence[tuple[float, float]], t: float) -> Projection | None:
    """The value at `t` by the points before it, in order of time; None with fewer than two.

    A point at `t` itself is the answer. Two values above zero grow on at their compound rate; two
    others go on by their yearly amount. Three and more follow the Theil–Sen line.
    """
    for moment, value in reversed(points):
        if moment == t:
            return Projection(value)
    if len(points) < 2 or points[0][0] == points[-1][0]:
        return None
    if len(points) > 2:
        line = theil_sen(points)
        ends = sorted((line.at(t, line.low), line.at(t, line.high)))
        return Projection(line.at(t), ends[0], ends[1])
    (t0, v0), (t1, v1) = points
    steps = (t - t1) / (t1 - t0)
    if v0 > 0 and v1 > 0:
        try:
            found = v1 * (v1 / v0) ** steps
        except ArithmeticError:  # beyond what a float holds
            return None
        return Projection(found) if math.isfinite(found) else None
    return Projection(v1 + (v1 - v0) * steps)
