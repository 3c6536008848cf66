"""The goals that need care: means, sums, holds, parity, growth above zero, multiples, grades, external."""

from __future__ import annotations

from decimal import Decimal

import pytest

from plantrack.model import (
    AverageRate,
    Baseline,
    Comparator,
    Dimension,
    Direction,
    External,
    Grade,
    Hold,
    Indicator,
    Measure,
    Multiply,
    Nature,
    Parity,
    PathShape,
    Period,
    Positive,
    Quantity,
    Range,
    Reach,
    Reading,
    Scope,
    Series,
    Status,
    Total,
)

D = Decimal


def growth(desk, year, value, indicator="指标", **more):
    return desk.seen(year, value, unit="%", measure="growth", indicator=indicator, **more)


class TestAverageRate:
    @pytest.fixture
    def target(self, desk):
        return desk.target("5~5.5", unit="%", measure="avg_growth", kind=AverageRate)

    def test_recovers_the_rate_the_series_was_built_from(self, desk, target):
        found = desk.judge(target, *(growth(desk, y, "6") for y in range(2026, 2031)), as_of=2030)
        assert found.metrics.value == 6
        assert found.status is Status.ACHIEVED

    def test_exactly_on_the_lower_end(self, desk, target):
        found = desk.judge(target, *(growth(desk, y, "5") for y in range(2026, 2031)), as_of=2030)
        assert found.metrics.value == 5
        assert found.metrics.attainment == 1
        assert found.status is Status.ACHIEVED

    def test_above_the_interval_is_met(self, desk, target):
        found = desk.judge(target, growth(desk, 2026, "7"), as_of=2026)
        assert found.status is Status.ON_TRACK

    def test_required_rate_of_the_years_that_remain(self, desk, target):
        seen = (growth(desk, 2026, "4"), growth(desk, 2027, "6"))
        found = desk.judge(target, *seen, as_of=2027)
        index = 1.04 * 1.06
        assert float(found.metrics.value) == pytest.approx(100 * (index**0.5 - 1))
        needed = 100 * ((1.05**5 / index) ** (1 / 3) - 1)
        assert found.metrics.required_rate == pytest.approx(needed)
        assert found.reason.zh.startswith("2026—2027年年均增长4.995%，低于目标5%—5.5%，")
        assert "余下3年年均需增长5" in found.reason.zh

    def test_one_year_left_is_not_a_mean(self, desk, target):
        seen = [growth(desk, y, "5.2") for y in range(2026, 2030)]
        found = desk.judge(target, *seen, as_of=2029)
        assert "余下1年需增长4.2" in found.reason.zh

    def test_attainment_is_the_log_of_the_index(self, desk, target):
        from math import log

        found = desk.judge(target, growth(desk, 2026, "4"), as_of=2026)
        assert found.metrics.attainment == pytest.approx(log(1.04) / log(1.05))
        assert found.status is Status.LAGGING

    def test_a_binding_mean_has_no_band(self, desk, target):
        seen = growth(desk, 2026, "4.8")
        assert desk.judge(target, seen, as_of=2026).status is Status.ON_TRACK
        binding = target.model_copy(update={"nature": Nature.BINDING})
        assert desk.judge(binding, seen, as_of=2026).status is Status.LAGGING

    def test_the_published_mean_counts_where_it_reaches_as_far(self, desk, target):
        seen = (
            growth(desk, 2026, "4"),
            growth(desk, 2027, "4"),
            desk.seen("2026/2027", "5.4", unit="%", measure="avg_growth"),
        )
        assert desk.judge(target, *seen, as_of=2027).metrics.value == D("5.4")
        later = growth(desk, 2028, "4")
        assert desk.judge(target, *seen, later, as_of=2028).metrics.value == 4

    def test_missing_years_are_said_and_never_final(self, desk, target):
        seen = [growth(desk, y, "6") for y in (2026, 2028, 2030)]
        found = desk.judge(target, *seen, as_of=2030)
        assert found.status is Status.ON_TRACK
        assert set(found.flags) == {"incomplete", "stale"}
        assert "缺2030年末的完整数据" in found.reason.zh

    def test_levels_serve_where_no_rate_is_known(self, desk, target):
        seen = [desk.seen(y, v, unit="亿元") for y, v in ((2025, "100"), (2027, "121"))]
        found = desk.judge(target, *seen, as_of=2027)
        assert found.metrics.value == 10
        assert found.flags == ("from_levels",)
        assert "按水平值推算" in found.reason.zh

    def test_a_level_to_grow_by_a_rate_starts_from_its_baseline(self, desk):
        goal = AverageRate(quantity=desk.quantity("6", "%"))
        target = desk.target(goal, unit="元", baseline="30000")
        seen = (desk.seen(2026, "33000", unit="元"), desk.seen(2027, "3.4", unit="万元"))
        found = desk.judge(target, *seen, as_of=2027)
        index = 34 / 30
        assert float(found.metrics.value) == pytest.approx(100 * (index**0.5 - 1))
        assert found.metrics.gap == found.metrics.value - 6
        needed = 100 * ((1.06**5 / index) ** (1 / 3) - 1)
        assert found.metrics.required_rate == pytest.approx(needed)
        assert found.flags == ("from_levels",)
        assert found.status is Status.ON_TRACK

    def test_a_baseline_of_growth_is_no_level_to_start_from(self, desk):
        target = desk.target("6", unit="%", measure="avg_growth", kind=AverageRate, baseline="5.3")
        found = desk.judge(target, desk.seen(2026, "5.5", unit="%"), as_of=2026)
        assert found.metrics.value is None

    def test_a_mean_a_hair_below_the_goal_is_not_written_as_the_goal(self, desk, target):
        goal = AverageRate(quantity=desk.quantity("6", "%"))
        found = desk.judge(
            desk.target(goal, unit="元", baseline="30000"),
            desk.seen(2030, "40146", unit="元"),
            as_of=2030,
        )
        assert found.status is Status.MISSED
        assert found.reason.zh.startswith("2026—2030年年均增长5.9996%，低于目标6%")

    def test_a_reduction_every_year(self, desk):
        target = desk.target(
            "-3", unit="%", measure="avg_growth", kind=AverageRate, direction=Direction.DOWN
        )
        good = desk.judge(target, growth(desk, 2026, "-3.5"), as_of=2026)
        bad = desk.judge(target, growth(desk, 2026, "-1"), as_of=2026)
        assert good.status is Status.ON_TRACK
        assert good.metrics.attainment > 1
        assert bad.status is Status.OFF_TRACK

    def test_reach_measured_as_a_mean_is_judged_as_one(self, desk):
        target = desk.target("5", unit="%", measure="avg_growth")
        assert desk.judge(target, growth(desk, 2026, "6"), as_of=2026).status is Status.ON_TRACK


class TestTotal:
    @pytest.fixture
    def target(self, desk):
        return desk.target("325", cmp="ge", unit="万人", measure="cumulative", kind=Total)

    def test_yearly_flows_add_up(self, desk, target):
        seen = [desk.seen(y, "65", unit="万人") for y in range(2026, 2031)]
        found = desk.judge(target, *seen, as_of=2030)
        assert found.metrics.value == 325
        assert found.status is Status.ACHIEVED

    def test_half_way(self, desk, target):
        found = desk.judge(target, desk.seen(2026, "60", unit="万人"), as_of=2026)
        assert found.metrics.expected == 65
        assert found.metrics.gap == -5
        assert found.metrics.attainment == pytest.approx(60 / 65)
        assert found.metrics.required_rate == pytest.approx(265 / 4)
        assert found.metrics.required_unit == "万人/年"
        assert found.metrics.projected == 300
        assert found.status is Status.ON_TRACK
        assert found.reason.zh == (
            "2026年累计60万人，为目标325万人以上的18.5%，时间过去20%；余下4年年均需66.25万人；正常"
        )

    def test_met_early(self, desk, target):
        found = desk.judge(
            target, desk.seen("2026/2028", "330", unit="万人", measure="cumulative"), as_of=2028
        )
        assert found.status is Status.ACHIEVED
        assert "early" in found.flags

    def test_a_cap_is_not_met_before_the_end(self, desk):
        cap = desk.target("100", cmp="le", unit="亿元", measure="cumulative", kind=Total)
        found = desk.judge(cap, desk.seen(2026, "20", unit="亿元"), as_of=2026)
        assert found.metrics.goal_met is None
        assert found.status is Status.ON_TRACK
        over = desk.judge(cap, desk.seen(2026, "120", unit="亿元"), as_of=2026)
        assert over.metrics.goal_met is False
        assert over.status is Status.OFF_TRACK

    def test_a_missing_year_counts_for_the_years_known(self, desk, target):
        seen = [desk.seen(y, "65", unit="万人") for y in (2026, 2028)]
        found = desk.judge(target, *seen, as_of=2028)
        assert found.metrics.expected == 130
        assert "incomplete" in found.flags

    def test_no_flow_yet(self, desk, target):
        found = desk.judge(target, as_of=2025)
        assert found.metrics.required_rate == 65
        assert found.reason.zh == "尚无2026—2030年的数据；目标325万人以上，年均需65万人；暂无数据"


class TestHold:
    @pytest.fixture
    def target(self, desk):
        return desk.target("90", cmp="ge", unit="%", kind=Hold)

    def test_one_bad_year_breaks_it_for_good(self, desk, target):
        values = ("91", "85", "92", "93", "94")
        seen = [desk.seen(2026 + i, v, unit="%") for i, v in enumerate(values)]
        last = desk.judge(target, *seen, as_of=2030)
        assert last.status is Status.MISSED
        assert "2027年为85%" in last.reason.zh
        running = desk.judge(target, *seen, as_of=2028)
        assert running.status is Status.LAGGING

    def test_the_newest_breaks_it(self, desk, target):
        nearly = desk.judge(target, desk.seen(2026, "89.9", unit="%"), as_of=2026)
        far = desk.judge(target, desk.seen(2026, "50", unit="%"), as_of=2026)
        assert [nearly.status, far.status] == [Status.LAGGING, Status.OFF_TRACK]
        assert far.metrics.attainment == pytest.approx(1 - 40 / 90)

    def test_exactly_on_the_bound_holds(self, desk, target):
        assert (
            desk.judge(target, desk.seen(2026, "90", unit="%"), as_of=2026).status
            is Status.ON_TRACK
        )

    def test_steady_at_about_a_value_binds_on_both_sides(self, desk):
        target = desk.target("25", cmp="approx", unit="%", kind=Hold)
        values = {"23.74": False, "23.75": True, "25": True, "26.25": True, "26.26": False}
        found = {
            v: desk.judge(target, desk.seen(2026, v, unit="%"), as_of=2026).metrics.goal_met
            for v in values
        }
        assert found == values

    def test_positive_growth(self, desk):
        target = desk.target(Positive(), measure="growth", unit="%", horizon="2025")
        assert desk.judge(target, growth(desk, 2025, "0.1"), as_of=2025).status is Status.ACHIEVED
        zero = desk.judge(target, growth(desk, 2025, "0"), as_of=2025)
        assert zero.status is Status.MISSED
        assert "目标正增长" in zero.reason.zh


class TestParity:
    INCOME, PRODUCT = "居民收入", "地区生产总值"

    def target(self, desk, cmp="approx", horizon="2025", measure="growth", **more):
        goal = Parity(series=Series(indicator=self.PRODUCT, measure=Measure.GROWTH), cmp=cmp)
        return desk.target(
            goal, measure=measure, unit="%", horizon=horizon, indicator=self.INCOME, **more
        )

    def pair(self, desk, year, own, other):
        return growth(desk, year, own, self.INCOME), growth(desk, year, other, self.PRODUCT)

    def test_out_of_step(self, desk):
        found = desk.judge(self.target(desk), *self.pair(desk, 2025, "4.7", "5.3"), as_of=2025)
        assert found.status is Status.MISSED
        assert found.metrics.expected == D("5.3")
        assert found.metrics.gap == D("-0.6")
        assert found.reason.zh.startswith(
            "2025年增长4.7%，地区生产总值增长5.3%，低0.6个百分点，未做到同步"
        )

    @pytest.mark.parametrize(
        ("cmp", "own", "met"),
        [
            ("approx", "5.035", True),
            ("approx", "5.034", False),
            ("approx", "9", True),
            ("ge", "5.3", True),
            ("ge", "5.2", False),
            ("gt", "5.3", False),
            ("gt", "5.4", True),
            ("le", "5.3", True),
            ("lt", "5.3", False),
        ],
    )
    def test_every_comparison_on_its_boundary(self, desk, cmp, own, met):
        found = desk.judge(self.target(desk, cmp), *self.pair(desk, 2025, own, "5.3"), as_of=2025)
        assert found.metrics.goal_met is met

    def test_over_the_years_both_are_known(self, desk):
        target = self.target(desk, "ge", "2026/2030", "avg_growth")
        seen = (
            *self.pair(desk, 2026, "6", "5"),
            *self.pair(desk, 2027, "4", "5"),
            growth(desk, 2028, "9", self.INCOME),
        )
        found = desk.judge(target, *seen, as_of=2028)
        assert found.metrics.expected == 5
        assert float(found.metrics.value) == pytest.approx(100 * ((1.06 * 1.04) ** 0.5 - 1))
        assert found.status is Status.LAGGING

    def test_baselines_do_not_count(self, desk):
        target = self.target(desk, "ge", "2026/2030", "avg_growth").model_copy(
            update={
                "baseline": Baseline(
                    period=Period.parse(2025), quantity=Quantity(value=D("4.7"), unit="%")
                )
            }
        )
        found = desk.judge(target, *self.pair(desk, 2025, "4.7", "5.3"), as_of=2025)
        assert found.status is Status.NO_DATA
        assert found.reason.zh == "尚无2026—2030年的数据；目标不低于地区生产总值增长；暂无数据"

    def test_the_other_series_is_missing(self, desk):
        found = desk.judge(self.target(desk), growth(desk, 2025, "4.7", self.INCOME), as_of=2025)
        assert found.status is Status.NO_DATA
        assert found.reason.zh == "尚无地区生产总值的数据；目标与地区生产总值增长同步；暂无数据"

    def test_levels_are_compared_period_by_period(self, desk):
        goal = Parity(
            series=Series(indicator="失业率", scope=Scope(name="全国")), cmp=Comparator.LE
        )
        target = desk.target(
            goal, unit="%", indicator="失业率", horizon="2024/2025", direction=Direction.DOWN
        )

        def seen(*pairs):
            for year, own, nation in pairs:
                yield desk.seen(year, own, unit="%", indicator="失业率")
                yield desk.seen(
                    year, nation, unit="%", indicator="失业率", scope=Scope(name="全国")
                )

        kept = desk.judge(target, *seen((2024, "5.0", "5.1"), (2025, "5.2", "5.2")), as_of=2025)
        broken = desk.judge(target, *seen((2024, "5.3", "5.1"), (2025, "5.2", "5.2")), as_of=2025)
        assert [kept.status, broken.status] == [Status.ACHIEVED, Status.MISSED]

    def test_two_published_means(self, desk):
        target = self.target(desk, "ge", "2016/2020", "avg_growth")
        seen = [
            desk.seen("2016/2020", v, unit="%", measure="avg_growth", indicator=i)
            for i, v in ((self.INCOME, "8"), (self.PRODUCT, "6.5"))
        ]
        found = desk.judge(target, *seen, as_of=2020)
        assert (found.status, found.metrics.expected) == (Status.ACHIEVED, D("6.5"))


class TestRange:
    @pytest.mark.parametrize(
        ("measure", "value", "met"),
        [
            ("growth", "5", True),
            ("growth", "4.99", False),
            ("growth", "7", True),
            ("level", "5", True),
            ("level", "5.5", True),
            ("level", "5.51", False),
            ("level", "4.9", False),
        ],
    )
    def test_inside_or_for_growth_not_below(self, desk, measure, value, met):
        target = desk.target("5~5.5", unit="%", measure=measure, kind=Range, horizon="2025")
        found = desk.judge(target, desk.seen(2025, value, unit="%", measure=measure), as_of=2025)
        assert found.metrics.goal_met is met

    def test_too_high_is_measured_from_the_upper_end(self, desk):
        target = desk.target("5~5.5", unit="%", kind=Range, horizon="2025")
        found = desk.judge(target, desk.seen(2025, "6", unit="%"), as_of=2025)
        assert found.reason.zh == "2025年为6%，高于目标5%—5.5%，差0.5个百分点；未完成"


class TestMultiply:
    def test_from_the_baseline(self, desk):
        target = desk.target(Multiply(factor=2), unit="亿元", baseline="100")
        found = desk.judge(target, desk.seen(2030, "200", unit="亿元"), as_of=2030)
        assert found.status is Status.ACHIEVED
        assert found.reason.zh == "2030年为200亿元，达到目标200亿元（基期的2倍）；已完成"

    def test_from_an_observed_year(self, desk):
        target = desk.target(Multiply(factor=2, base_year=2020), unit="亿元")
        seen = (desk.seen(2020, "0.01", unit="万亿元"), desk.seen(2030, "199", unit="亿元"))
        found = desk.judge(target, *seen, as_of=2030)
        assert found.metrics.expected == 200
        assert found.status is Status.MISSED

    def test_an_unknown_base_is_said(self, desk):
        target = desk.target(Multiply(factor=2, base_year=2020), unit="亿元")
        found = desk.judge(target, desk.seen(2030, "199", unit="亿元"), as_of=2030)
        assert found.status is Status.NO_DATA
        assert "不知道2020年的数值" in found.reason.zh


class TestGrade:
    @pytest.mark.parametrize(
        ("value", "status"), [("1", Status.ACHIEVED), ("2", Status.ACHIEVED), ("3", Status.MISSED)]
    )
    def test_the_grade_and_every_better_one(self, desk, value, status):
        target = desk.target(Grade(scale="surface-water", grade="II类"), horizon="2025")
        found = desk.judge(target, desk.seen(2025, value, unit="类"), as_of=2025)
        assert found.status is status
        assert found.metrics.value == D(value)
        assert found.metrics.expected == 2

    def test_a_scale_where_more_is_better(self, desk):
        target = desk.target(Grade(scale="tourist-attraction", grade="4A级"), horizon="2025")
        found = desk.judge(target, desk.seen(2025, "5", unit="A级"), as_of=2025)
        assert found.status is Status.ACHIEVED
        assert found.reason.zh == "2025年为5A级，达到目标4A级；已完成"

    def test_an_unknown_grade_is_said(self, desk):
        target = desk.target(Grade(scale="surface-water", grade="九类"), horizon="2025")
        found = desk.judge(target, desk.seen(2025, "5", unit="类"), as_of=2025)
        assert found.status is Status.NO_DATA
        assert "不在规则的等级表中" in found.reason.zh


class TestUnresolved:
    def test_external_waits_for_a_person(self, desk):
        goal = External(authority="国家", text="达到国家考核目标")
        target = desk.target(goal, unit="微克/立方米", baseline="31", direction=Direction.DOWN)
        seen = desk.seen(2026, "30", unit="微克/立方米")
        board = desk.board(target, seen=(seen,), as_of=2026)
        assert board["t"].status is Status.UNRESOLVED
        assert (
            board["t"].reason.zh == "目标由上级确定（国家），尚无数值；2026年为30微克/立方米；待定"
        )
        assert board["t"].metrics.expected is None
        resolved = board.plan.resolve(
            "t", Reach(quantity=Quantity(value=D(28), unit="微克/立方米"))
        )
        again = desk.judge(resolved.target("t"), seen, as_of=2026)
        assert again.status is Status.AHEAD

    def test_the_provisional_number_is_named_and_not_used(self, desk):
        goal = External(authority="市级", provisional=Quantity(value=D(318), unit="亿元"))
        found = desk.judge(
            desk.target(goal, unit="亿元"), desk.seen(2030, "320", unit="亿元"), as_of=2030
        )
        assert found.status is Status.UNRESOLVED
        assert "文中暂列318亿元" in found.reason.zh

    def test_an_ambiguous_row_is_never_judged(self, desk):
        readings = (Reading(says="目标"), Reading(says="基期"))
        target = desk.target("14", ambiguous=readings)
        found = desk.judge(target, desk.seen(2030, "20"), as_of=2030)
        assert found.status is Status.UNRESOLVED
        assert "有2种读法" in found.reason.zh


def test_the_lexicon_gives_direction_and_names(desk):
    indicator = Indicator(
        id="unemployment",
        zh="城镇调查失业率",
        en="surveyed urban unemployment rate",
        dimension=Dimension.SHARE,
        direction=Direction.DOWN,
        path=PathShape.LINEAR,
    )
    target = desk.target(
        "5", unit="%", indicator_id="unemployment", indicator="失业率", horizon="2025"
    )
    seen = desk.seen(2025, "4.8", unit="%", indicator="城镇调查失业率", indicator_id="unemployment")
    found = desk.judge(target, seen, as_of=2025, indicators={"unemployment": indicator})
    assert found.status is Status.ACHIEVED
