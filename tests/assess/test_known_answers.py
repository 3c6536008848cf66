"""What must come out of the real figures, with targets built by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from plantrack.model import AverageRate, Comparator, Hold, Status, Total

D = Decimal
HORIZON_13 = "2016/2020"


def test_growth_short_of_about_six(desk):
    target = desk.target("6", cmp="approx", unit="%", measure="growth", horizon="2025")
    found = desk.judge(target, desk.seen(2025, "5.3", unit="%", measure="growth"), as_of=2025)
    assert found.status is Status.MISSED
    assert found.rule == "default/missed"
    assert found.metrics.gap == D("-0.7")
    assert found.reason.zh == (
        "2025年增长5.3%，低于目标6%左右（左右按5%计，5.7%及以上即达到），差0.7个百分点；未完成"
    )


def test_income_growth_short_of_about_six(desk):
    target = desk.target("6", cmp="approx", unit="%", measure="growth", horizon="2025")
    found = desk.judge(target, desk.seen(2025, "4.7", unit="%", measure="growth"), as_of=2025)
    assert found.status is Status.MISSED
    assert found.metrics.gap == D("-1.3")


def test_growth_far_above_about_six_is_met(desk):
    target = desk.target("6", cmp="approx", unit="%", measure="growth", horizon="2025")
    found = desk.judge(target, desk.seen(2025, "8", unit="%", measure="growth"), as_of=2025)
    assert found.status is Status.ACHIEVED


def test_research_intensity_estimated_and_short(desk):
    target = desk.target("2.7", unit="%", horizon="2025", baseline="2.6")
    found = desk.judge(target, desk.seen(2025, "2.65", unit="%", estimated=True), as_of=2025)
    assert found.status is Status.MISSED
    assert found.flags == ("estimated",)
    assert found.reason.zh == "2025年预计2.65%，低于目标2.7%，差0.05个百分点；未完成"
    assert found.reason.en == (
        "2025: 2.65% (estimated), 0.05 percentage points below the goal of 2.7%; missed"
    )


def test_urbanisation_about_73(desk):
    target = desk.target("73", cmp="approx", unit="%", horizon="2025")
    found = desk.judge(target, desk.seen(2025, "73.02", unit="%"), as_of=2025)
    assert found.status is Status.ACHIEVED
    assert "within_tolerance" not in found.flags


def test_unemployment_held_to_the_end(desk):
    target = desk.target("5.5", cmp="le", unit="%", horizon="2025", kind=Hold)
    found = desk.judge(target, desk.seen(2025, "5.3", unit="%"), as_of=2025)
    assert found.status is Status.ACHIEVED
    assert found.metrics.gap == D("0.2")
    assert found.reason.zh == "2025年为5.3%，符合目标5.5%以内；已完成"


def test_unemployment_held_so_far(desk):
    target = desk.target("5.5", cmp="le", unit="%", horizon="2021/2025", kind=Hold)
    seen = [desk.seen(year, "5.3", unit="%") for year in (2021, 2022)]
    found = desk.judge(target, *seen, as_of=2022)
    assert found.status is Status.ON_TRACK
    assert found.reason.zh == "2022年为5.3%，符合目标5.5%以内，2个年份均达到；正常"


@pytest.mark.parametrize("period", ["2016/2020", "2020"])
def test_investment_total(desk, period):
    target = desk.target("4000", unit="亿元", horizon=HORIZON_13, measure="cumulative", kind=Total)
    seen = desk.seen(period, "3500", unit="亿元", measure="cumulative")
    found = desk.judge(target, seen, as_of=2020)
    assert found.status is Status.MISSED
    assert found.metrics.progress == 0.875
    assert found.reason.zh == "2016—2020年累计3500亿元，低于目标4000亿元，差500亿元；未完成"


def test_patents(desk):
    target = desk.target("18", unit="件", horizon=HORIZON_13, baseline="10")
    found = desk.judge(target, desk.seen(2020, "25.8", unit="件"), as_of=2020)
    assert found.status is Status.ACHIEVED
    assert found.reason.zh == "2020年为25.8件，达到目标18件；已完成"


def test_income_ratio_where_less_is_better(desk):
    target = desk.target("1.85:1", horizon=HORIZON_13, baseline="2.02:1")
    found = desk.judge(target, desk.seen(2020, "1.92:1"), as_of=2020)
    assert found.status is Status.MISSED
    assert found.metrics.gap == D("-0.07")
    assert found.reason.zh == "2020年为1.92:1，高于目标1.85:1，差0.07；未完成"


def test_reduction_printed_as_a_positive_number(desk):
    phrase = "细颗粒物（PM2.5）浓度下降"
    target = desk.target("10", unit="%", horizon=HORIZON_13, indicator=phrase)
    found = desk.judge(target, desk.seen(2020, "43", unit="%", indicator=phrase), as_of=2020)
    assert found.status is Status.ACHIEVED
    less = desk.judge(target, desk.seen(2020, "8", unit="%", indicator=phrase), as_of=2020)
    assert less.status is Status.MISSED


def test_mean_growth_of_the_thirteenth_plan(desk):
    target = desk.target(
        "10", cmp="approx", unit="%", horizon=HORIZON_13, measure="avg_growth", kind=AverageRate
    )
    seen = desk.seen("2016/2020", "6.5", unit="%", measure="avg_growth")
    found = desk.judge(target, seen, as_of=2020)
    assert found.status is Status.MISSED
    assert found.metrics.gap == D("-3.5")


def test_the_fifteenth_plan_before_it_begins_shows_what_every_year_needs(desk):
    product = desk.target("14", unit="万元", baseline="10.59", id="gdp-per-head")
    research = desk.target("3.25", unit="%", baseline="2.65", id="research", indicator="研发")
    growth = desk.target("5~5.5", unit="%", measure="avg_growth", kind=AverageRate, id="growth")
    seen = (desk.seen(2025, "10.59", unit="万元"), desk.seen(2025, "5.3", measure="growth"))
    board = desk.board(product, research, growth, seen=seen, as_of=2025)
    assert {a.status for a in board.assessments} == {Status.NO_DATA}
    assert board["gdp-per-head"].metrics.required_rate == pytest.approx(
        100 * ((14 / 10.59) ** (1 / 5) - 1)
    )
    assert board["gdp-per-head"].metrics.required_unit == ""
    assert board["research"].metrics.required_rate == pytest.approx(0.12)
    assert board["research"].metrics.required_unit == "个百分点/年"
    assert board["growth"].metrics.required_rate == 5
    assert board["gdp-per-head"].reason.zh == (
        "尚无2025年之后的数据；从2025年的10.59万元到2030年的目标14万元，年均需增长5.74%；暂无数据"
    )
    assert board["growth"].reason.zh == (
        "尚无2026—2030年的数据；目标5%—5.5%，年均需增长5%；暂无数据"
    )


def test_about_75_is_met_within_five_percent_of_it(desk):
    target = desk.target("75", cmp="approx", unit="%", baseline="73.02")
    waiting = desk.judge(target, as_of=2025)
    assert waiting.metrics.required_rate == pytest.approx(0.396)
    last = [
        desk.judge(target, desk.seen(2030, v, unit="%"), as_of=2030) for v in ("71.25", "71.24")
    ]
    assert [a.status for a in last] == [Status.ACHIEVED, Status.MISSED]
    assert "within_tolerance" in last[0].flags
    assert "左右按5%计，71.25%及以上即达到" in last[0].reason.zh


def test_a_binding_target_gives_about_no_room(desk):
    target = desk.target("75", cmp="approx", unit="%", nature="binding", baseline="73.02")
    last = [desk.judge(target, desk.seen(2030, v, unit="%"), as_of=2030) for v in ("75", "74.99")]
    assert [a.status for a in last] == [Status.ACHIEVED, Status.MISSED]
    assert "75%左右（左右不放宽，75%及以上即达到）" in last[1].reason.zh
    assert "about is given no tolerance: 75% or more" in last[1].reason.en


def test_a_rule_set_may_bound_the_slack_by_the_way_to_go(desk):
    slack = desk.default.tolerance.model_copy(update={"way": Decimal("0.25")})
    own = desk.default.model_copy(update={"tolerance": slack})
    target = desk.target("75", cmp="approx", unit="%", baseline="73.02")
    last = [
        desk.judge(target, desk.seen(2030, v, unit="%"), as_of=2030, rules=own)
        for v in ("74.505", "74.5")
    ]
    assert [a.status for a in last] == [Status.ACHIEVED, Status.MISSED]


@pytest.mark.parametrize(
    ("goal", "goal_cmp", "value", "cmp", "status"),
    [
        ("4", "eq", "3", "gt", Status.NO_DATA),  # more than 3 may be 4
        ("4", "eq", "4", "ge", Status.ACHIEVED),
        ("4", "gt", "4", "gt", Status.ACHIEVED),
        ("4", "gt", "4", "ge", Status.NO_DATA),  # exactly 4 is left open
        ("5.5", "le", "6", "ge", Status.MISSED),  # at least 6 is never within 5.5
        ("5.5", "le", "5", "ge", Status.NO_DATA),
        ("5.5", "le", "5", "le", Status.ACHIEVED),
        ("80", "ge", "70", "lt", Status.MISSED),
    ],
)
def test_a_value_that_is_only_a_bound_proves_what_it_can(desk, goal, goal_cmp, value, cmp, status):
    target = desk.target(goal, cmp=goal_cmp, unit="%")
    seen = desk.seen(2030, value, unit="%")
    bound = seen.quantity.model_copy(update={"cmp": Comparator(cmp)})
    judged = desk.judge(target, seen.model_copy(update={"quantity": bound}), as_of=2030)
    assert judged.status is status


def test_the_reason_says_that_a_value_is_only_a_bound(desk):
    target = desk.target("4", unit="万亿元")
    seen = desk.seen(2030, "3", unit="万亿元")
    more = seen.quantity.model_copy(update={"cmp": Comparator.GT})
    judged = desk.judge(target, seen.model_copy(update={"quantity": more}), as_of=2030)
    assert (
        judged.reason.zh == "2030年超过3万亿元，只给出界限，不能判断是否达到目标4万亿元；暂无数据"
    )
