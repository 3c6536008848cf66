"""Shapes: known values, exact ends, and what they say outside the horizon."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import UsageError
from plantrack.model import Period
from plantrack.paths import (
    Accumulate,
    Constant,
    Geometric,
    Linear,
    Logistic,
    Milestones,
    Path,
    Step,
    Table,
    value_at,
)

D = Decimal
values = st.decimals(min_value=-(10**6), max_value=10**6, places=3)
positives = st.decimals(min_value=D("0.001"), max_value=10**6, places=3)
starts = st.floats(1950, 2050)
spans = st.floats(0.25, 40)


@st.composite
def ended_paths(draw: st.DrawFn) -> tuple[Path, Decimal, Decimal]:
    start = draw(starts)
    end = start + draw(spans)
    kind = draw(st.sampled_from([Linear, Geometric, Step, Logistic, Accumulate, Milestones, Table]))
    if kind is Geometric:
        v0, v1 = draw(positives), draw(positives)
        return Geometric(start, v0, end, v1), v0, v1
    v0, v1 = draw(values), draw(values)
    if kind is Accumulate:
        return Accumulate(start, end, v1), D(0), v1
    if kind is Logistic:
        curve = Logistic(start, v0, end, v1, draw(st.floats(1900, 2100)), draw(st.floats(0.01, 50)))
        return curve, v0, v1
    if kind in (Milestones, Table):
        middle = draw(values)
        return kind(((start, v0), ((start + end) / 2, middle), (end, v1))), v0, v1
    return kind(start, v0, end, v1), v0, v1


@given(ended_paths())
def test_exact_at_both_ends(case):
    path, v0, v1 = case
    assert path.at(path.start) == float(v0)
    assert path.at(path.end) == float(v1)
    assert value_at(path, path.start) == v0
    assert value_at(path, path.end) == v1


@given(ended_paths(), st.lists(st.floats(1940, 2100), max_size=6))
def test_arrays_agree_with_scalars(case, moments):
    path, *_ = case
    together = path.at(np.array(moments, dtype=float))
    one_by_one = [path.at(t) for t in moments]
    assert together.shape == (len(moments),)
    np.testing.assert_array_equal(together, np.array(one_by_one, dtype=float))


@given(ended_paths(), st.lists(st.floats(0, 1), min_size=2, max_size=8))
def test_never_leaves_the_band_between_its_ends(case, shares):
    path, v0, v1 = case
    if isinstance(path, Milestones | Table):
        return_values = [float(v) for _, v in path.knots]
    else:
        return_values = [float(v0), float(v1)]
    found = path.at(path.start + np.array(shares) * (path.end - path.start))
    found = found[~np.isnan(found)]
    slack = 1e-9 * max(1, *map(abs, return_values))
    assert np.all(found >= min(return_values) - slack)
    assert np.all(found <= max(return_values) + slack)


@given(ended_paths())
def test_outside_the_horizon(case):
    path, v0, v1 = case
    before, after = path.at(path.start - 1), path.at(path.end + 1)
    if isinstance(path, Step):
        assert (before, after) == (float(v0), float(v1))
    else:
        assert np.isnan(before)
        assert np.isnan(after)
        assert value_at(path, path.end + 1) is None


def test_linear_known_value():
    assert Linear(2025, D("2.65"), 2030, D("3.25")).at(2027.5) == pytest.approx(2.95)


def test_geometric_known_value():
    path = Geometric(2020, D(100), 2022, D(121))
    assert path.at(2021) == pytest.approx(110)
    assert value_at(path, 2021) == D(110)


@given(positives, st.floats(-0.2, 0.2), st.integers(1, 20))
def test_geometric_recovers_the_growth_it_was_built_from(v0, growth, years):
    v1 = v0 * D(str((1 + growth) ** years))
    path = Geometric(2000, v0, 2000 + years, v1)
    levels = path.at(np.arange(2000, 2001 + years, dtype=float))
    np.testing.assert_allclose(levels[1:] / levels[:-1], 1 + growth, rtol=1e-9)


def test_accumulate_starts_from_zero():
    path = Accumulate(2025, 2030, D(325))
    assert [path.at(t) for t in (2025, 2027, 2030)] == [0, 130, 325]


def test_constant_is_the_same_everywhere():
    path = Constant(2020, 2025, D("5.5"))
    assert path.at(np.array([1900.0, 2021, 2100])).tolist() == [5.5, 5.5, 5.5]
    assert value_at(path, 2100) == D("5.5")


def test_step_changes_at_the_very_end():
    path = Step(2025, D(3), 2030, D(2))
    assert [path.at(t) for t in (2029.999, 2030, 2031)] == [3, 2, 2]


def test_logistic_is_slow_fast_slow_and_half_way_at_its_midpoint():
    path = Logistic(2020, D(0), 2030, D(100), midpoint=2025, steepness=1)
    first, middle, last = (path.at(t + 1) - path.at(t) for t in (2020, 2024.5, 2029))
    assert path.at(2025) == pytest.approx(50)
    assert middle > 5 * first
    assert first == pytest.approx(last)


def test_logistic_so_far_off_that_nothing_rises_is_a_line():
    path = Logistic(2020, D(0), 2030, D(100), midpoint=9000, steepness=5)
    assert path.at(2025) == pytest.approx(50)


@given(st.lists(st.integers(-1000, 1000), min_size=2, max_size=8))
def test_milestones_are_monotone_between_points(heights):
    knots = tuple((2020.0 + i, D(h)) for i, h in enumerate(heights))
    path = Milestones(knots)
    for (t0, v0), (t1, v1) in pairwise(knots):
        steps = np.diff(path.at(np.linspace(t0, t1, 33)))
        tolerance = 1e-9 * max(1, abs(float(v0)), abs(float(v1)))
        assert np.all(steps >= -tolerance) if v1 >= v0 else np.all(steps <= tolerance)
    assert [path.at(t) for t, _ in knots] == [float(v) for _, v in knots]


def test_milestones_through_a_line_are_that_line():
    path = Milestones(((2020.0, D(0)), (2022.0, D(2)), (2025.0, D(5))))
    np.testing.assert_allclose(
        path.at(np.linspace(2020, 2025, 11)), np.linspace(0, 5, 11), atol=1e-12
    )


def test_milestones_stay_flat_where_two_points_are_equal():
    path = Milestones(((2020.0, D(1)), (2021.0, D(1)), (2022.0, D(5))))
    assert np.all(path.at(np.linspace(2020, 2021, 9)) == 1)


def test_table_speaks_only_at_its_points():
    path = Table(((2021.0, D(5)), (2022.0, D("5.5"))))
    assert path.at(2022) == 5.5
    assert np.isnan(path.at(2021.5))
    assert value_at(path, 2021.5) is None


@pytest.mark.parametrize(
    "moment",
    [
        Period.parse("2027"),
        Period.parse("2026/2027"),
        pd.Period("2027", "Y"),
        pd.Period("2027-12", "M"),
        2027,
        2027.0,
    ],
    ids=str,
)
def test_every_way_to_say_the_end_of_2027(moment):
    assert Linear(2025, D(10), 2030, D(15)).at(moment) == 12


def test_every_way_to_say_many_moments():
    path = Linear(2025, D(10), 2030, D(15))
    expected = [11, 12]
    assert path.at(pd.period_range("2026", "2027", freq="Y")).tolist() == expected
    assert path.at([Period.parse("2026"), Period.parse("2027")]).tolist() == expected
    assert path.at(np.array([2026, 2027])).tolist() == expected
    assert path.at([2026, 2027]).tolist() == expected


def test_pandas_quarters_and_days_count_as_ours_do():
    path = Linear(2023, D(0), 2024, D(1))
    quarters = pd.period_range("2024Q1", "2024Q4", freq="Q")
    ours = [Period.parse(f"2024Q{q}").t for q in (1, 2, 3, 4)]
    np.testing.assert_allclose(path.at(quarters), [path.at(t) for t in ours])
    assert path.at(pd.Period("2024-03-05", "D")) == path.at(Period.parse("2024-03-05"))


@pytest.mark.parametrize("wrong", ["2027", True, None, ["2027"]])
def test_what_is_no_moment_is_refused(wrong):
    with pytest.raises(TypeError, match="a moment is a number of years or a period"):
        Linear(2025, D(10), 2030, D(15)).at(wrong)


@pytest.mark.parametrize(
    "build",
    [
        lambda: Linear(2030, D(1), 2030, D(2)),
        lambda: Geometric(2025, D(0), 2030, D(2)),
        lambda: Geometric(2025, D(1), 2030, D(-2)),
        lambda: Logistic(2025, D(1), 2030, D(2), 2027, 0),
        lambda: Milestones(((2025.0, D(1)),)),
        lambda: Milestones(((2025.0, D(1)), (2025.0, D(2)))),
        lambda: Table(()),
    ],
)
def test_impossible_paths_are_refused(build):
    with pytest.raises(UsageError):
        build()


def test_ends_are_exact_decimals_where_floats_are_not():
    path = Linear(2020, D("0.1"), 2023, D("0.3"))
    assert value_at(path, 2023) == D("0.3")
    assert value_at(path, 2021.5) == D("0.2")
