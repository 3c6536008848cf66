"""The five-year plans by number, by year and by length."""

from __future__ import annotations

import pytest

from plantrack.model import Period
from plantrack.model.fiveyears import beyond_five, five_years, five_years_of

PLANS = [(10, "2001/2005"), (13, "2016/2020"), (14, "2021/2025"), (15, "2026/2030")]


@pytest.mark.parametrize(("number", "years"), PLANS)
def test_a_plan_s_years_by_its_number(number: int, years: str) -> None:
    assert five_years(number) == Period.parse(years)


@pytest.mark.parametrize("year", range(2016, 2031))
def test_the_plan_of_a_year_holds_it(year: int) -> None:
    plan = five_years_of(year)
    assert plan.contains(Period.years(year))
    assert plan in {five_years(number) for number in (13, 14, 15)}


@pytest.mark.parametrize(
    ("horizon", "longer"), [("2025", False), ("2021/2025", False), ("2021/2030", True)]
)
def test_longer_than_five_years(horizon: str, longer: bool) -> None:
    assert beyond_five(Period.parse(horizon)) is longer
