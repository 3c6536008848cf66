"""The published methods: their formulas and their thresholds, on the boundary."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.assess import load_rules
from plantrack.assess.ratios import (
    growth,
    growth_ratio,
    limit_factor,
    linear_ratio,
    projected_share,
    scaled,
)
from plantrack.model import External, Hold, PathShape, PathSpec, Status

D = Decimal
positive = st.floats(0.01, 1e6)


class TestFormulas:
    def test_growth(self):
        assert growth(100, 121, 2) == pytest.approx(0.1)
        assert growth(-100, -121, 2) == pytest.approx(0.1)

    @pytest.mark.parametrize(
        ("v0", "v1", "years"), [(0, 1, 1), (1, 0, 1), (-1, 1, 1), (1, 2, 0), (1, 2, -1)]
    )
    def test_no_growth_where_it_has_no_meaning(self, v0, v1, years):
        assert growth(v0, v1, years) is None
        assert growth_ratio(v0, v1, years, goal=5, whole=10, sign=1) is None
        assert projected_share(v0, v1, years, goal=5, whole=10, sign=1) is None

    @given(positive, st.floats(-0.5, 0.5).filter(lambda g: abs(g) > 1e-3), st.floats(0.5, 20))
    def test_going_at_the_required_growth_is_one(self, v0, rate, whole):
        goal = v0 * (1 + rate) ** whole
        now = v0 * (1 + rate) ** (whole / 2)
        sign = 1 if rate > 0 else -1
        assert growth_ratio(v0, now, whole / 2, goal=goal, whole=whole, sign=sign) == pytest.approx(
            1
        )
        assert projected_share(
            v0, now, whole / 2, goal=goal, whole=whole, sign=sign
        ) == pytest.approx(1)

    @given(
        st.floats(-1e3, 1e3),
        st.floats(-1e3, 1e3).filter(lambda x: abs(x) > 1e-3),
        st.floats(0.5, 20),
    )
    def test_going_by_the_required_amount_is_one(self, v0, way, whole):
        found = linear_ratio(v0, v0 + way / 4, whole / 4, goal=v0 + way, whole=whole, sign=1)
        assert found == pytest.approx(1, rel=1e-6)

    def test_no_way_to_go(self):
        assert growth_ratio(5, 6, 1, goal=5, whole=5, sign=1) is None
        assert projected_share(5, 6, 1, goal=5, whole=5, sign=1) is None
        assert linear_ratio(5, 6, 1, goal=5, whole=5, sign=1) is None
        assert linear_ratio(5, 6, 1, goal=None, whole=5, sign=1) is None

    def test_projected_share_that_no_float_can_hold(self):
        assert projected_share(1e-300, 1e300, 0.1, goal=5, whole=500, sign=1) is None

    @pytest.mark.parametrize(("baseline", "factor"), [(100, 0), (0, 1), (200, 1), (300, 1)])
    def test_limit_factor_at_its_corners(self, baseline, factor):
        assert limit_factor(baseline, 100) == factor

    def test_limit_factor_is_the_same_at_equal_distances(self):
        assert limit_factor(80, 100) == pytest.approx(limit_factor(120, 100))

    def test_scaling_keeps_a_fall_and_lifts_a_rise(self):
        assert scaled(-0.01, 0.1) == -0.01
        assert scaled(0.01, 0.5) == 0.02
        assert scaled(0.0, 0.0) == float("inf")


def linear(desk, value, year=2026):
    """A case of the linear method whose ratio is known: from 0 by 10 in five years."""
    target = desk.target("110", baseline="100", path=PathSpec(shape=PathShape.LINEAR))
    return desk.judge(target, desk.seen(year, value), as_of=year, rules=load_rules("sdsn"))


class TestSdsn:
    @pytest.mark.parametrize(
        ("value", "label", "status"),
        [
            ("102", "on_track_or_maintaining", Status.ON_TRACK),
            ("101.99", "moderately_improving", Status.LAGGING),
            ("101", "moderately_improving", Status.LAGGING),
            ("100.99", "stagnating", Status.OFF_TRACK),
            ("100", "stagnating", Status.OFF_TRACK),
            ("99.99", "decreasing", Status.OFF_TRACK),
            ("110", "on_track_or_maintaining", Status.ACHIEVED),
        ],
    )
    def test_arrows(self, desk, value, label, status):
        found = linear(desk, value)
        assert (found.label, found.status) == (label, status)


class TestEurostat:
    def judge(self, desk, share, **more):
        """A value whose growth is `share` of the required, from 100 to 200 in five years."""
        required = 2 ** (1 / 5) - 1
        value = D(str(100 * (1 + required * share)))
        target = desk.target("200", baseline="100", **more)
        return desk.judge(target, desk.seen(2026, value), as_of=2026, rules=load_rules("eurostat"))

    @pytest.mark.parametrize(
        ("share", "label", "status"),
        [
            (0.951, "significant_progress", Status.ON_TRACK),
            (0.949, "moderate_progress", Status.LAGGING),
            (0.601, "moderate_progress", Status.LAGGING),
            (0.599, "insufficient_progress", Status.OFF_TRACK),
            (0.001, "insufficient_progress", Status.OFF_TRACK),
            (-0.001, "movement_away", Status.OFF_TRACK),
        ],
    )
    def test_classes(self, desk, share, label, status):
        found = self.judge(desk, share)
        assert found.metrics.ratio == pytest.approx(share)
        assert (found.label, found.status) == (label, status)

    def test_the_ratio_stands_in_the_reason(self, desk):
        assert "年均增速为所需的70%" in self.judge(desk, 0.7).reason.zh

    def test_a_hold_is_not_assessed(self, desk):
        target = desk.target("5", cmp="le", kind=Hold)
        found = desk.judge(target, desk.seen(2026, "4"), as_of=2026, rules=load_rules("eurostat"))
        assert (found.label, found.status) == ("not_assessed", Status.NO_DATA)

    def test_a_missed_goal_is_missed(self, desk):
        target = desk.target("200", baseline="100")
        found = desk.judge(target, desk.seen(2030, "199"), as_of=2030, rules=load_rules("eurostat"))
        assert found.status is Status.MISSED


class TestUn:
    def judge(self, desk, share):
        """A value whose growth leads `share` of the way from 100 to 200 by 2030."""
        value = D(str(100 * (1 + share) ** (1 / 5)))
        target = desk.target("200", baseline="100")
        return desk.judge(
            target, desk.seen(2026, value), as_of=2026, rules=load_rules("un-progress")
        )

    @pytest.mark.parametrize(
        ("share", "label"),
        [
            (0.951, "target_met_or_on_track"),
            (0.949, "fair_progress_acceleration_needed"),
            (0.101, "fair_progress_acceleration_needed"),
            (0.099, "stagnation_or_regression"),
            (-0.2, "stagnation_or_regression"),
        ],
    )
    def test_with_a_target(self, desk, share, label):
        found = self.judge(desk, share)
        assert found.metrics.ratio == pytest.approx(share)
        assert found.label == label

    @pytest.mark.parametrize(
        ("value", "label"),
        [
            ("102.01", "target_met_or_on_track"),
            ("101.99", "fair_progress_acceleration_needed"),
            ("100.51", "fair_progress_acceleration_needed"),
            ("100.49", "stagnation_or_regression"),
        ],
    )
    def test_without_a_target(self, desk, value, label):
        target = desk.target(External(), baseline="100")
        found = desk.judge(
            target, desk.seen(2026, value), as_of=2026, rules=load_rules("un-progress")
        )
        assert found.label == label


@pytest.mark.parametrize("name", ["eurostat", "opensdg", "sdsn", "un-progress"])
def test_nothing_known_is_no_data(desk, name):
    target = desk.target("200", baseline="100")
    found = desk.judge(target, as_of=2026, rules=load_rules(name))
    assert found.status is Status.NO_DATA
    waiting = desk.judge(desk.target(External()), as_of=2026, rules=load_rules(name))
    assert waiting.status is Status.UNRESOLVED


_RANK = [Status.OFF_TRACK, Status.LAGGING, Status.ON_TRACK, Status.AHEAD, Status.ACHIEVED]


@pytest.mark.parametrize("name", ["default", "eurostat", "opensdg", "sdsn", "un-progress"])
@given(
    pair=st.tuples(st.integers(1, 3000), st.integers(1, 3000)).map(sorted),
    year=st.integers(2026, 2029),
    down=st.booleans(),
    nature=st.sampled_from([None, "binding", "expected"]),
)
def test_a_better_value_never_has_a_worse_status(desk, name, pair, year, down, nature):
    rules = load_rules(name)
    goal, baseline = ("10", "20") if down else ("20", "10")
    target = desk.target(goal, baseline=baseline, nature=nature)
    values = [D(p) / 100 for p in (reversed(pair) if down else pair)]
    worse, better = (
        desk.judge(target, desk.seen(year, v), as_of=year, rules=rules).status for v in values
    )
    assert _RANK.index(worse) <= _RANK.index(better)
