"""Which observations speak of a target, and which may be used."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model import Reach, Scope, Status, Vintage

D = Decimal


class TestSeries:
    @pytest.mark.parametrize(
        "scope",
        [
            None,
            Scope(name="重庆市", code="500000"),
            Scope(name="重庆市"),
            Scope(name="别名", code="500000"),
        ],
    )
    def test_the_plans_own_region_however_written(self, desk, scope):
        target = desk.target("14", horizon="2025")
        assert (
            desk.judge(target, desk.seen(2025, "14", scope=scope), as_of=2025).metrics.value == 14
        )
        scoped = desk.target("14", horizon="2025", scope=scope)
        assert desk.judge(scoped, desk.seen(2025, "14"), as_of=2025).metrics.value == 14

    @pytest.mark.parametrize("scope", [Scope(name="两江新区"), Scope(name="重庆市", code="500107")])
    def test_another_place_is_another_series(self, desk, scope):
        found = desk.judge(
            desk.target("14", horizon="2025"), desk.seen(2025, "14", scope=scope), as_of=2025
        )
        assert found.status is Status.NO_DATA
        assert found.observations == ()

    def test_by_id_whatever_the_phrase(self, desk):
        target = desk.target("14", horizon="2025", indicator="人均GDP", indicator_id="gdp-per-head")
        seen = desk.seen(2025, "14", indicator="人均地区生产总值", indicator_id="gdp-per-head")
        assert desk.judge(target, seen, as_of=2025).metrics.value == 14

    def test_by_phrase_where_one_side_has_no_id(self, desk):
        target = desk.target("14", horizon="2025", indicator="人均GDP", indicator_id="gdp-per-head")
        assert (
            desk.judge(
                target, desk.seen(2025, "14", indicator="人均 GDP"), as_of=2025
            ).metrics.value
            == 14
        )

    def test_two_different_ids_are_two_things(self, desk):
        target = desk.target("14", horizon="2025", indicator_id="a")
        seen = desk.seen(2025, "14", indicator_id="b")
        assert desk.judge(target, seen, as_of=2025).metrics.value is None

    def test_growth_is_no_level(self, desk):
        target = desk.target("14", horizon="2025", unit="%")
        seen = desk.seen(2025, "14", measure="growth", unit="%")
        assert desk.judge(target, seen, as_of=2025).metrics.value is None

    def test_the_plans_own_results_count_and_the_callers_come_later(self, desk):
        target = desk.target("14", horizon="2025")
        own = (desk.seen(2025, "13"),)
        assert desk.board(target, plan_seen=own, as_of=2025)["t"].metrics.value == 13
        later = (desk.seen(2025, "15"),)
        assert desk.board(target, plan_seen=own, seen=later, as_of=2025)["t"].metrics.value == 15

    def test_handed_in_twice_counts_once(self, desk):
        one = desk.seen(2025, "13")
        found = desk.board(
            desk.target("14", horizon="2025"), plan_seen=(one,), seen=(one,), as_of=2025
        )["t"]
        assert found.observations == (one,)


class TestKnownThen:
    def test_a_later_period_is_not_known(self, desk):
        target = desk.target("14")
        seen = (desk.seen(2026, "11"), desk.seen(2027, "12"))
        assert desk.judge(target, *seen, as_of=2026).metrics.value == 11

    def test_a_value_published_later_is_not_known(self, desk):
        target = desk.target("14", horizon="2025")
        seen = desk.seen(2025, "14", known_on="2026-01-20")
        before = desk.judge(target, seen, as_of="2026-01-19")
        assert before.status is Status.NO_DATA
        assert before.reason.zh.endswith("（另有1个值在2026年1月19日之后才知道）；暂无数据")
        assert desk.judge(target, seen, as_of="2026-01-20").status is Status.ACHIEVED

    def test_a_year_as_date_means_its_figures_whenever_published(self, desk):
        target = desk.target("14", horizon="2025")
        seen = desk.seen(2025, "14", known_on="2026-01-20")
        assert desk.judge(target, seen, as_of=2025).status is Status.ACHIEVED

    def test_an_older_vintage_counts_until_the_newer_is_known(self, desk):
        target = desk.target("14", horizon="2025")
        seen = (
            desk.seen(2025, "14", known_on="2026-01-20"),
            desk.seen(2025, "13", known_on="2026-09-01"),
        )
        assert desk.judge(target, *seen, as_of="2026-06").metrics.value == 14
        assert desk.judge(target, *seen, as_of="2026-12").metrics.value == 13

    @pytest.mark.parametrize("turned", [False, True])
    def test_without_dates_the_more_final_vintage_counts(self, desk, turned):
        values = {
            Vintage.ESTIMATED: "10",
            Vintage.PRELIMINARY: "11",
            Vintage.REPORTED: "12",
            Vintage.REVISED: "13",
        }
        seen = [
            desk.seen(2025, value).model_copy(update={"vintage": vintage})
            for vintage, value in values.items()
        ]
        if turned:
            seen.reverse()
        for n in (4, 3, 2):
            some = [o for o in seen if o.quantity.number < 10 + n]
            found = desk.judge(desk.target("14", horizon="2025"), *some, as_of=2025)
            assert found.metrics.value == 9 + n
            assert "revised" in found.flags
            assert set(found.observations) == set(some)

    def test_a_value_after_the_horizon_is_named_and_not_used(self, desk):
        target = desk.target("14", baseline="10", horizon="2021/2025", baseline_period="2020")
        found = desk.judge(target, desk.seen(2026, "15"), as_of=2026)
        assert found.status is Status.NO_DATA
        assert found.flags == ("after_horizon",)
        assert "2026年的值在规划期之后，不能用来判断" in found.reason.zh
        assert "the value for 2026 lies after the horizon" in found.reason.en


class TestPartOfAYear:
    @pytest.mark.parametrize(
        ("period", "words"),
        [
            ("2025Q1", "2025年一季度"),
            ("2025H1", "2025年上半年"),
            ("2025-11", "2025年11月"),
            ("2025-01/2025-08", "2025年1—8月"),
        ],
    )
    def test_never_stands_for_the_year(self, desk, period, words):
        target = desk.target("6", unit="%", measure="growth", horizon="2025")
        found = desk.judge(target, desk.seen(period, "8", unit="%", measure="growth"), as_of=2025)
        assert found.status is Status.NO_DATA
        assert found.flags == ("partial_year",)
        assert f"已有{words}的值，不能代替全年" in found.reason.zh

    def test_a_target_for_a_quarter_takes_that_quarter(self, desk):
        target = desk.target("6", unit="%", measure="growth", horizon="2025Q1")
        found = desk.judge(
            target, desk.seen("2025Q1", "6.1", unit="%", measure="growth"), as_of="2025Q1"
        )
        assert found.status is Status.ACHIEVED
        assert found.reason.zh.startswith("2025年一季度增长6.1%")

    def test_a_stock_counted_on_a_day(self, desk):
        target = desk.target("3300", unit="万人")
        found = desk.judge(target, desk.seen("2027-06-30", "3210", unit="万人"), as_of=2027)
        assert found.metrics.value == 3210
        assert found.reason.zh.startswith("2027年6月30日为3210万人")


class TestUnits:
    @pytest.mark.parametrize(
        ("unit", "value", "target_unit", "expected"),
        [
            ("万亿元", "3.2", "亿元", "32000"),
            ("元", "105900", "万元", "10.59"),
            ("人", "3250000", "万人", "325"),
            ("百分点", "6", "个百分点", "6"),
            ("元/人", "200000", "万元/人", "20"),
            ("千米", "3", "公里", "3"),
            ("公斤", "1500", "吨", "1.5"),
            ("平方公里", "2", "公顷", "200"),
            ("公顷", "2", "亩", "30"),
            ("亿千瓦时", "3", "万度", "30000"),
            ("家", "12", "个", "12"),
            ("％", "5", "%", "5"),
            ("μg/m³", "32", "微克/立方米", "32"),
            ("mg/m3", "0.5", "微克/立方米", "500"),
            ("亿m³", "1.2", "万立方米", "12000"),
            ("km", "38", "公里", "38"),
            ("km²", "2", "公顷", "200"),
            ("万t", "64.2", "万吨", "64.2"),
            ("GW", "1.2", "万千瓦", "120"),
            ("GWh", "120", "亿千瓦时", "1.2"),
            ("吨/天", "150", "t/d", "150"),
            ("tce", "3", "吨标煤", "3"),
        ],
    )
    def test_magnitudes_are_converted(self, desk, unit, value, target_unit, expected):
        target = desk.target("1", unit=target_unit, horizon="2025")
        found = desk.judge(target, desk.seen(2025, value, unit=unit), as_of=2025)
        assert found.metrics.value == D(expected)

    @pytest.mark.parametrize(
        ("unit", "target_unit"),
        [
            ("%", "个百分点"),
            ("%", "‰"),
            ("亿元", "亿美元"),
            ("人", "人次"),
            ("件", "%"),
            ("万元", "万元/人"),
            ("吨", "吨标准煤"),
        ],
    )
    def test_unlike_units_are_refused_and_said(self, desk, unit, target_unit):
        target = desk.target("1", unit=target_unit, horizon="2025")
        found = desk.judge(target, desk.seen(2025, "5", unit=unit), as_of=2025)
        assert found.status is Status.NO_DATA
        assert found.flags == ("not_comparable",)
        assert f"1个值的单位“{unit}”与“{target_unit}”不可比，未采用" in found.reason.zh
        assert found.observations[0].quantity.unit == unit

    def test_a_ratio_and_a_percentage_are_unlike(self, desk):
        target = desk.target("1.85:1", horizon="2025")
        assert desk.judge(target, desk.seen(2025, "1.8:1"), as_of=2025).status is not Status.NO_DATA
        assert (
            desk.judge(target, desk.seen(2025, "180", unit="%"), as_of=2025).status
            is Status.NO_DATA
        )

    def test_no_unit_is_taken_as_the_targets_and_said(self, desk):
        target = desk.target("14", unit="万元", horizon="2025")
        found = desk.judge(target, desk.seen(2025, "14"), as_of=2025)
        assert found.metrics.value == 14
        assert found.flags == ("unit_assumed",)

    def test_the_goals_own_unit_is_converted_too(self, desk):
        goal = Reach(quantity=desk.quantity("4", "万亿元"))
        target = desk.target(goal, unit="亿元", horizon="2025")
        found = desk.judge(target, desk.seen(2025, "40000", unit="亿元"), as_of=2025)
        assert found.status is Status.ACHIEVED
        assert found.metrics.expected == 40000

    def test_a_goal_in_a_unit_that_does_not_fit_is_said(self, desk):
        goal = Reach(quantity=desk.quantity("4", "%"))
        found = desk.judge(
            desk.target(goal, unit="亿元", horizon="2025"),
            desk.seen(2025, "4", unit="亿元"),
            as_of=2025,
        )
        assert found.status is Status.NO_DATA
        assert "无法换算为可比的数值" in found.reason.zh

    @given(
        number=st.decimals(-(10**9), 10**9, places=4),
        units=st.sampled_from(
            [
                ("元", "亿元"),
                ("万人", "人"),
                ("吨", "万公斤"),
                ("公顷", "平方公里"),
                ("元/人", "万元/万人"),
            ]
        ),
    )
    def test_there_and_back_again(self, desk, number, units):
        one, other = units
        there = desk.grades.convert(number, one, other)
        assert desk.grades.convert(there, other, one) == number
