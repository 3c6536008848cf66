"""Metrics from known answers, every degenerate case, and every boundary of the default rules."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model import (
    Direction,
    Hold,
    Metrics,
    Nature,
    PathShape,
    PathSpec,
    Period,
    Point,
    Status,
)

D = Decimal
LINEAR = PathSpec(shape=PathShape.LINEAR)
GEOMETRIC = PathSpec(shape=PathShape.GEOMETRIC)


def way(desk, goal="20", baseline="10", **more):
    """From 10 at the end of 2025 to 20 at the end of 2030, in a straight line."""
    more.setdefault("path", LINEAR)
    return desk.target(goal, baseline=baseline, **more)


class TestKnownAnswers:
    def test_on_the_line(self, desk):
        found = desk.judge(way(desk), desk.seen(2027, "14"), as_of=2027).metrics
        assert found == Metrics(
            value=D(14),
            expected=D(14),
            gap=D(0),
            lead=0.0,
            goal_distance=D(6),
            progress=0.4,
            time_share=0.4,
            attainment=1.0,
            pace=found.pace,
            trend=found.trend,
            required_rate=2.0,
            required_unit="/年",
            projected=found.projected,
            age=0.0,
            goal_met=False,
        )
        assert found.trend == pytest.approx(1.4**0.5 - 1)
        assert found.pace == pytest.approx((1.4**0.5 - 1) / (2**0.2 - 1))
        assert float(found.projected) == pytest.approx(10 * 1.4**2.5)

    def test_downwards(self, desk):
        target = way(desk, goal="10", baseline="20")
        found = desk.judge(target, desk.seen(2027, "15"), as_of=2027).metrics
        assert (found.expected, found.gap, found.progress) == (D(16), D(1), 0.5)
        assert found.attainment == 1.25
        assert found.goal_distance == 5
        assert found.trend > 0

    def test_expected_is_exact_at_the_goal_and_at_milestones(self, desk):
        target = way(
            desk,
            goal="0.3",
            baseline="0.1",
            path=None,
            milestones=(Point(period=Period.parse(2027), value=D("0.17")),),
        )
        at = {
            y: desk.judge(target, desk.seen(y, "0.1"), as_of=y).metrics.expected
            for y in (2027, 2030)
        }
        assert at == {2027: D("0.17"), 2030: D("0.3")}

    def test_growth_in_percent_where_the_path_is_geometric(self, desk):
        target = way(desk, path=GEOMETRIC)
        found = desk.judge(target, desk.seen(2028, "15"), as_of=2028).metrics
        assert found.required_unit == ""
        assert found.required_rate == pytest.approx(100 * ((20 / 15) ** 0.5 - 1))

    def test_age(self, desk):
        found = desk.judge(way(desk), desk.seen(2026, "12"), as_of="2028Q2")
        assert found.metrics.age == pytest.approx(1.5)
        assert "stale" in found.flags

    @given(share=st.floats(-0.15, 0.25), years=st.integers(1, 4))
    def test_pace_recovers_the_growth_the_series_was_built_from(self, desk, share, years):
        required = 2**0.2 - 1
        grown = D(str(10 * (1 + required * (1 + share)) ** years))
        found = desk.judge(way(desk), desk.seen(2025 + years, grown), as_of=2025 + years)
        assert found.metrics.pace == pytest.approx(1 + share, rel=1e-6)


class TestDegenerate:
    def test_goal_equals_baseline_is_a_goal_to_stay(self, desk):
        target = way(desk, goal="10")
        below = desk.judge(target, desk.seen(2027, "9"), as_of=2027)
        assert below.metrics.expected == 10
        assert below.metrics.progress is None
        assert below.metrics.lead is None
        assert below.metrics.pace is None
        assert below.metrics.attainment == pytest.approx(0.9)
        assert below.status is Status.OFF_TRACK
        assert below.rule == "default/slipped-far"
        stays = desk.judge(target, desk.seen(2027, "10"), as_of=2027)
        assert stays.metrics.attainment == 1.0
        assert stays.status is Status.ACHIEVED

    def test_baseline_already_beyond_the_goal(self, desk):
        target = way(desk, goal="90", baseline="100", cmp="ge")
        falls = desk.judge(target, desk.seen(2027, "95"), as_of=2027)
        assert falls.status is Status.ACHIEVED
        assert set(falls.flags) == {"early", "moving_away"}
        gone = desk.judge(target, desk.seen(2027, "80"), as_of=2027)
        assert (gone.metrics.expected, gone.metrics.gap, gone.metrics.progress) == (90, -10, None)
        assert gone.status is Status.OFF_TRACK

    def test_baseline_zero(self, desk):
        target = way(desk, goal="10", baseline="0", path=GEOMETRIC)
        found = desk.judge(target, desk.seen(2027, "4"), as_of=2027).metrics
        assert (found.expected, found.progress, found.pace) == (4, 0.4, None)
        assert found.projected == 10
        assert found.required_rate == 2.0

    def test_change_of_sign(self, desk):
        target = way(desk, goal="5", baseline="-5", path=GEOMETRIC)
        found = desk.judge(target, desk.seen(2027, "-1"), as_of=2027).metrics
        assert (found.expected, found.progress, found.pace) == (-1, 0.4, None)
        assert found.projected == 5
        assert (found.required_rate, found.required_unit) == (2.0, "/年")
        assert found.trend == pytest.approx(0.4)

    def test_both_negative(self, desk):
        target = way(desk, goal="-5", baseline="-10")
        found = desk.judge(target, desk.seen(2027, "-8"), as_of=2027).metrics
        assert (found.expected, found.attainment, found.pace) == (-8, 1.0, None)

    def test_baseline_missing_leaves_distance_and_trend(self, desk):
        target = way(desk, baseline=None)
        one = desk.judge(target, desk.seen(2026, "12"), as_of=2026)
        assert one.status is Status.NO_DATA
        assert one.metrics.goal_distance == 8
        assert one.metrics.expected is None
        assert one.metrics.trend is None
        assert one.metrics.attainment is None
        assert one.metrics.required_rate == 2.0
        rising = desk.judge(target, desk.seen(2026, "12"), desk.seen(2027, "12.1"), as_of=2027)
        assert rising.metrics.trend == pytest.approx(0.1 / 12)
        assert (rising.status, rising.rule) == (Status.LAGGING, "default/heading-right")
        fast = desk.judge(target, desk.seen(2026, "12"), desk.seen(2027, "15"), as_of=2027)
        assert (fast.status, fast.rule) == (Status.ON_TRACK, "default/heading-there")
        falls = desk.judge(target, desk.seen(2026, "12"), desk.seen(2027, "12"), as_of=2027)
        assert (falls.status, falls.rule) == (Status.OFF_TRACK, "default/heading-wrong")

    def test_baseline_blank_but_observed(self, desk):
        target = way(desk, baseline=None)
        found = desk.judge(target, desk.seen(2025, "10"), desk.seen(2027, "14"), as_of=2027)
        assert found.metrics.expected == 14
        assert "baseline_observed" in found.flags
        assert "基期值取自统计数据" in found.reason.zh

    def test_observation_at_or_before_the_baseline_is_no_progress(self, desk):
        for year in (2024, 2025):
            found = desk.judge(way(desk), desk.seen(year, "30"), as_of=2026)
            assert found.status is Status.NO_DATA
            assert found.flags == ("before_baseline",)
            assert len(found.observations) == 1
            assert found.observed is None

    def test_observation_after_the_horizon_proves_nothing(self, desk):
        late = desk.seen(2031, "30")
        alone = desk.judge(way(desk), late, as_of=2031)
        assert alone.status is Status.NO_DATA
        assert alone.flags == ("after_horizon",)
        beside = desk.judge(way(desk), desk.seen(2030, "19"), late, as_of=2031)
        assert beside.status is Status.MISSED
        assert beside.metrics.value == 19
        assert beside.metrics.projected == 19
        assert beside.metrics.required_rate is None

    def test_horizon_over_but_the_last_value_is_not_out(self, desk):
        found = desk.judge(way(desk), desk.seen(2029, "18"), as_of=2030)
        assert found.status is Status.ON_TRACK
        assert "stale" in found.flags
        assert "缺2030年末的完整数据" in found.reason.zh

    def test_two_vintages_the_newest_wins_and_the_older_is_kept(self, desk):
        first = desk.seen(2027, "13", known_on="2028-01-20")
        later = desk.seen(2027, "14", known_on="2028-03-01")
        found = desk.judge(way(desk), later, first, as_of=2028)
        assert found.metrics.value == 14
        assert found.observed == later
        assert found.observations == (first, later)
        assert "revised" in found.flags

    def test_two_values_without_dates_the_later_in_the_input_wins(self, desk):
        a, b = desk.seen(2027, "13"), desk.seen(2027, "14")
        assert desk.judge(way(desk), a, b, as_of=2027).metrics.value == 14
        assert desk.judge(way(desk), b, a, as_of=2027).metrics.value == 13

    def test_a_repeated_value_is_no_revision(self, desk):
        again = desk.seen(2027, "14", known_on="2027-12-31")
        found = desk.judge(way(desk), desk.seen(2027, "14"), again, as_of=2027)
        assert found.flags == ()
        assert len(found.observations) == 2

    def test_estimated_values_are_used_and_said(self, desk):
        found = desk.judge(way(desk), desk.seen(2027, "14", estimated=True), as_of=2027)
        assert found.status is Status.ON_TRACK
        assert found.flags == ("estimated",)
        assert "预计14" in found.reason.zh

    def test_a_hold_against_zero(self, desk):
        target = desk.target("0", cmp="le", kind=Hold)
        kept = desk.judge(target, desk.seen(2026, "0"), as_of=2026)
        broken = desk.judge(target, desk.seen(2026, "1"), as_of=2026)
        assert (kept.metrics.attainment, broken.metrics.attainment) == (1.0, 0.0)

    def test_a_path_that_has_not_moved_yet(self, desk):
        target = way(desk, path=PathSpec(shape=PathShape.STEP))
        found = desk.judge(target, desk.seen(2027, "10"), as_of=2027)
        assert (found.metrics.expected, found.metrics.attainment) == (10, None)
        assert found.status is Status.ON_TRACK

    def test_staying_is_good(self, desk):
        target = desk.target(
            "25",
            cmp="approx",
            unit="%",
            baseline="24.9",
            direction=Direction.HOLD,
            tolerance=D("0.02"),
        )
        inside = desk.judge(target, desk.seen(2027, "25.5", unit="%"), as_of=2027)
        outside = desk.judge(target, desk.seen(2030, "26", unit="%"), as_of=2030)
        assert inside.status is Status.ACHIEVED
        assert outside.status is Status.MISSED
        assert outside.metrics.gap == D("-0.5")

    @given(
        baseline=st.decimals(-100, 100, places=1),
        goal=st.decimals(-100, 100, places=1),
        seen=st.lists(
            st.tuples(st.integers(2020, 2033), st.decimals(-100, 100, places=1)), max_size=4
        ),
        cmp=st.sampled_from(["eq", "ge", "gt", "le", "lt", "approx"]),
        direction=st.sampled_from(list(Direction)),
        path=st.sampled_from([LINEAR, GEOMETRIC, None]),
        as_of=st.integers(2024, 2032),
    )
    def test_nothing_raises(self, desk, baseline, goal, seen, cmp, direction, path, as_of):
        target = desk.target(
            str(goal), cmp=cmp, baseline=str(baseline), direction=direction, path=path
        )
        found = desk.judge(target, *(desk.seen(y, str(v)) for y, v in seen), as_of=as_of)
        assert found.reason.zh.endswith(found.status.zh)
        shares = (
            found.metrics.progress,
            found.metrics.attainment,
            found.metrics.pace,
            found.metrics.trend,
        )
        assert all(s is None or math.isfinite(s) for s in shares)
        assert (found.metrics.value is None) == (found.observed is None)


class TestBoundaries:
    """Each threshold of rules/status/default.yaml, on it and one last digit beside it."""

    @pytest.mark.parametrize(
        ("value", "status"),
        [
            ("14.51", Status.AHEAD),
            ("14.5", Status.ON_TRACK),
            ("13.5", Status.ON_TRACK),
            ("13.49", Status.LAGGING),
            ("12", Status.LAGGING),
            ("11.99", Status.OFF_TRACK),
            ("10", Status.OFF_TRACK),
            ("9.99", Status.OFF_TRACK),
        ],
    )
    def test_expected_targets(self, desk, value, status):
        target = way(desk, nature=Nature.EXPECTED)
        assert desk.judge(target, desk.seen(2027, value), as_of=2027).status is status

    @pytest.mark.parametrize(
        ("value", "status"),
        [
            ("14.5", Status.ON_TRACK),
            ("13.8", Status.ON_TRACK),
            ("13.79", Status.LAGGING),
            ("13", Status.LAGGING),
            ("12.99", Status.OFF_TRACK),
        ],
    )
    def test_binding_targets(self, desk, value, status):
        target = way(desk, nature=Nature.BINDING)
        assert desk.judge(target, desk.seen(2027, value), as_of=2027).status is status

    def test_moving_away_is_named(self, desk):
        found = desk.judge(way(desk), desk.seen(2027, "9.99"), as_of=2027)
        assert found.rule == "default/moving-away"

    def test_binding_about_gives_no_slack(self, desk):
        target = desk.target("6", cmp="approx", horizon="2025", nature=Nature.BINDING)
        assert desk.judge(target, desk.seen(2025, "5.99"), as_of=2025).status is Status.MISSED
        assert desk.judge(target, desk.seen(2025, "6"), as_of=2025).status is Status.ACHIEVED

    @pytest.mark.parametrize(
        ("cmp", "value", "met"),
        [
            ("eq", "20", True),
            ("eq", "19.99", False),
            ("eq", "21", True),
            ("ge", "20", True),
            ("gt", "20", False),
            ("gt", "20.01", True),
            ("approx", "19", True),
            ("approx", "18.99", False),
            ("le", "20", True),
            ("le", "20.01", False),
            ("lt", "20", False),
            ("lt", "19.99", True),
        ],
    )
    def test_exactly_on_the_goal(self, desk, cmp, value, met):
        target = desk.target("20", cmp=cmp, horizon="2025")
        found = desk.judge(target, desk.seen(2025, value), as_of=2025)
        assert found.status is (Status.ACHIEVED if met else Status.MISSED)

    @pytest.mark.parametrize(("value", "met"), [("21", True), ("21.01", False), ("3", True)])
    def test_about_downwards_is_the_mirror_image(self, desk, value, met):
        target = desk.target("20", cmp="approx", horizon="2025", direction=Direction.DOWN)
        found = desk.judge(target, desk.seen(2025, value), as_of=2025)
        assert found.metrics.goal_met is met

    def test_the_open_end_is_said(self, desk):
        target = desk.target("20", cmp="gt", horizon="2025", unit="亿元")
        found = desk.judge(target, desk.seen(2025, "20", unit="亿元"), as_of=2025)
        assert found.reason.zh == "2025年为20亿元，恰为目标超过20亿元的界限，未越过；未完成"

    def test_the_end_of_the_horizon_to_the_day(self, desk):
        seen = desk.seen(2030, "20")
        assert desk.judge(way(desk), seen, as_of="2030-12-30").status is Status.NO_DATA
        assert desk.judge(way(desk), seen, as_of="2030-12-31").status is Status.ACHIEVED

    def test_achieved_early_may_be_lost_again(self, desk):
        first = desk.judge(way(desk), desk.seen(2028, "20"), as_of=2028)
        assert first.status is Status.ACHIEVED
        assert "early" in first.flags
        assert "提前2年" in first.reason.zh
        then = desk.judge(way(desk), desk.seen(2028, "20"), desk.seen(2029, "18.4"), as_of=2029)
        assert then.status is Status.ON_TRACK
        assert "early" not in then.flags

    def test_a_targets_own_tolerance_counts(self, desk):
        target = desk.target("20", cmp="approx", horizon="2025", tolerance=D("0.1"))
        assert desk.judge(target, desk.seen(2025, "18"), as_of=2025).status is Status.ACHIEVED
