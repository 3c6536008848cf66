"""Projections recover what the points were built from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.assess.projection import project, theil_sen

years = st.lists(st.integers(2000, 2040), min_size=3, max_size=9, unique=True).map(sorted)


@given(years, st.floats(-100, 100), st.floats(-1000, 1000))
def test_theil_sen_recovers_a_line(moments, slope, start):
    line = theil_sen([(t, start + slope * (t - 2000)) for t in moments])
    scale = 1 + abs(start) + 40 * abs(slope)
    assert line.slope == pytest.approx(slope, abs=1e-6 * scale)
    assert line.at(2050) == pytest.approx(start + slope * 50, abs=1e-6 * scale)
    assert line.low == pytest.approx(line.high, abs=1e-6 * scale)


def test_one_wild_value_does_not_move_it():
    points = [(2020 + i, 10.0 + i) for i in range(9)]
    points[4] = (2024, 500.0)
    assert theil_sen(points).slope == pytest.approx(1.0)


def test_the_published_interval_for_a_known_series():
    # With 5 points Kendall's S needs 1.96·sqrt(16.67) = 8.0 of 10 slopes: ranks 1 and 9 of 10.
    points = [(0, 0.0), (1, 1.1), (2, 1.9), (3, 3.2), (4, 3.9)]
    line = theil_sen(points)
    slopes = sorted(
        (b[1] - a[1]) / (b[0] - a[0]) for i, a in enumerate(points) for b in points[i + 1 :]
    )
    assert line.slope == pytest.approx((slopes[4] + slopes[5]) / 2)
    assert (line.low, line.high) == pytest.approx((slopes[0], slopes[9]))


@given(years, st.lists(st.floats(-1000, 1000), min_size=9, max_size=9))
def test_the_interval_holds_the_projection(moments, values):
    points = list(zip(moments, values, strict=False))
    found = project(points, 2050)
    assert found.low <= found.value + 1e-6
    assert found.value <= found.high + 1e-6


@given(st.floats(0.01, 1e5), st.floats(-0.3, 0.5), st.integers(1, 9), st.integers(1, 9))
def test_two_values_go_on_at_their_growth(v0, growth, passed, ahead):
    points = [(2020, v0), (2020 + passed, v0 * (1 + growth) ** passed)]
    found = project(points, 2020 + passed + ahead)
    assert found.value == pytest.approx(v0 * (1 + growth) ** (passed + ahead), rel=1e-6)
    assert (found.low, found.high) == (None, None)


def test_two_values_that_are_not_both_above_zero_go_on_by_amounts():
    assert project([(2020, -2.0), (2022, 2.0)], 2024).value == 6
    assert project([(2020, 0.0), (2022, 2.0)], 2024).value == 4


@pytest.mark.parametrize("points", [[], [(2020, 1.0)]])
def test_one_value_projects_nothing(points):
    assert project(points, 2030) is None


def test_a_value_of_the_moment_itself_is_the_answer():
    assert project([(2020, 1.0), (2030, 7.0)], 2030).value == 7


def test_a_projection_beyond_all_floats_is_none():
    assert project([(2020.0, 1e-300), (2020.1, 1e300)], 2050) is None


def test_a_trend_needs_two_moments():
    with pytest.raises(ValueError, match="two values at different times"):
        theil_sen([(2020, 1.0), (2020, 2.0)])


def test_three_values_on_the_board_carry_an_interval(desk):
    target = desk.target("20", baseline="10", unit="%")
    seen = [desk.seen(y, v, unit="%") for y, v in ((2026, "12"), (2027, "13.5"))]
    found = desk.judge(target, *seen, as_of=2027).metrics
    assert found.projected_low < found.projected < found.projected_high
