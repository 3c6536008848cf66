"""What every path offers, and how moments are told to it.

Time is counted in years as in `Period.t`: 2025.0 is the end of 2025, so the path of a plan for
2026—2030 with a 2025 baseline runs from 2025.0 to 2030.0.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Protocol, TypeAlias, cast, overload, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from plantrack.model import Period

Floats: TypeAlias = NDArray[np.float64]

SIGNIFICANT = 12
"""Digits kept of a value that lies between the exact ends: floats carry 15, formulas cost a few."""

_NEAR = 1e-9  # years; a thirtieth of a second, far below any period that is reported


@runtime_checkable
class Path(Protocol):
    """The value that a target expects at each moment from `start` to `end`.

    `at` takes a moment (float), several (array), a `Period`, a pandas Period or PeriodIndex, and
    gives a float or an array of the same length. It is exact at `start` and `end`. Outside them
    it gives NaN unless the shape says otherwise. `knots` are the moments whose value was given,
    with that value as it was given.
    """

    @property
    def start(self) -> float:
        """The first moment it speaks of."""

    @property
    def end(self) -> float:
        """The last moment it speaks of: the end of the horizon."""

    @property
    def knots(self) -> tuple[tuple[float, Decimal], ...]:
        """The given moments with their values as given, in order of time."""

    @overload
    def at(self, t: float | Period) -> float: ...

    @overload
    def at(self, t: Floats) -> Floats: ...

    @overload
    def at(self, t: Any) -> Any: ...  # noqa: ANN401  pandas types, without importing pandas


def moments(t: object) -> float | Floats:
    """The end of `t` in years: for floats and arrays themselves, for periods the moment they end.

    Takes float, int, array-likes of them, `Period`, pandas Period (scalar) and PeriodIndex or a
    sequence of `Period` (array). Raises TypeError for anything else.
    """
    if isinstance(t, Period):
        return t.t
    if isinstance(t, bool):
        raise TypeError("a moment is a number of years or a period, not a truth value")
    if isinstance(t, int | float | np.integer | np.floating):
        return float(t)
    if hasattr(t, "end_time"):  # pandas Period and PeriodIndex
        return _calendar(cast(Any, t).end_time)
    if isinstance(t, list | tuple) and t and all(isinstance(each, Period) for each in t):
        return np.array([each.t for each in t], dtype=np.float64)
    values = np.asarray(t)
    if values.dtype.kind not in "iuf":
        raise TypeError(f"a moment is a number of years or a period, found {type(t).__name__}")
    return values.astype(np.float64)


def _calendar(end: Any) -> float | Floats:  # noqa: ANN401  Timestamp or DatetimeIndex
    """The same counting as `Period.t`, from the last instant of a pandas period."""
    year, month = np.asarray(end.year), np.asarray(end.month)
    day, leap = np.asarray(end.day), np.asarray(end.is_leap_year)
    whole = day == np.asarray(end.days_in_month)
    part = np.where(whole, month / 12, np.asarray(end.day_of_year) / np.where(leap, 366, 365))
    found = year - 1 + part
    return float(found) if found.ndim == 0 else found.astype(np.float64)


def evaluate(t: object, formula: Callable[[Floats], Floats]) -> Any:  # noqa: ANN401
    """Apply a formula on arrays to whatever `moments` understands; a scalar in gives a float out."""
    found = moments(t)
    if isinstance(found, float):
        return float(formula(np.array([found]))[0])
    return formula(found)


def exact(t: float, knots: tuple[tuple[float, Decimal], ...]) -> Decimal | None:
    """The value given for the moment `t`, or None where none was given."""
    return next((value for moment, value in knots if abs(moment - t) < _NEAR), None)


def significant(number: float | Decimal, digits: int = SIGNIFICANT) -> Decimal:
    """A decimal with at most `digits` significant digits, no trailing zeros and no exponent: 0.1 + 0.2 → 0.3."""
    rounded = Decimal(f"{number:.{digits}g}").normalize()
    whole = rounded == rounded.to_integral_value()
    return Decimal(int(rounded)) if whole else rounded


def value_at(path: Path, t: float) -> Decimal | None:
    """What `path` expects at `t`: the given Decimal where one was given, else the float rounded
    to 12 significant digits; None where the path says nothing."""
    given = exact(t, path.knots)
    if given is not None:
        return given
    found = path.at(t)
    return significant(found) if math.isfinite(found) else None
