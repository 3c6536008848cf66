"""The five-year plans: which years the Nth has, which of them a year lies in, which plans are longer."""

from __future__ import annotations

from plantrack.model.period import Period

_FIRST_PLAN_BEGAN = 1951  # the Nth five-year plan runs from 1951 + 5N to 1955 + 5N


def five_years_of(year: int) -> Period:
    """The five-year plan that a year lies in: 2023 → 2021/2025."""
    return five_years((year - _FIRST_PLAN_BEGAN) // 5)


def five_years(number: int) -> Period:
    """The years of the Nth five-year plan: 14 → 2021/2025."""
    first = _FIRST_PLAN_BEGAN + 5 * number
    return Period.years(first, first + 4)


def beyond_five(horizon: Period) -> bool:
    """Whether a plan has more years than a five-year plan, and so most likely a goal on its way."""
    return horizon.length_in_years > 5
