"""Every kind of reason, as a reader meets it, in both languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model import AverageRate, Hold, Reach, Total


@pytest.fixture
def product(desk):
    return desk.target("14", unit="万元", baseline="10.59")


def test_behind_the_path(desk, product):
    found = desk.judge(product, desk.seen(2027, "11.5", unit="万元"), as_of=2027)
    assert found.reason.zh == (
        "2027年为11.5万元，路径应达11.84万元，落后0.34万元；"
        "距2030年目标14万元还差2.5万元，余下3年年均需增长6.78%；滞后"
    )
    assert found.reason.en == (
        "2027: 11.5万元, 0.34万元 behind the path (11.84万元); 2.5万元 from the goal for 2030 of "
        "14万元; the remaining 3 years need 6.78% a year; lagging"
    )


def test_ahead_of_the_path(desk, product):
    found = desk.judge(product, desk.seen(2027, "12.5", unit="万元"), as_of=2027)
    assert "领先0.66万元" in found.reason.zh
    assert found.reason.zh.endswith("；超前")


def test_level_with_the_path(desk):
    target = desk.target("20", unit="%", baseline="10")
    found = desk.judge(target, desk.seen(2026, "12", unit="%"), as_of=2026)
    assert "与路径应达的12%持平" in found.reason.zh
    assert "on the path (12%)" in found.reason.en


def test_early(desk, product):
    found = desk.judge(product, desk.seen(2028, "14.2", unit="万元"), as_of=2028)
    assert found.reason.zh == "2028年为14.2万元，已达到2030年目标14万元，提前2年；已完成"


def test_downwards_by_amounts(desk):
    target = desk.target("28", unit="微克/立方米", baseline="31")
    found = desk.judge(target, as_of=2025)
    assert found.reason.zh == (
        "尚无2025年之后的数据；从2025年的31微克/立方米到2030年的目标28微克/立方米，"
        "年均需减少0.6微克/立方米；暂无数据"
    )


def test_a_baseline_that_meets_the_goal_is_to_be_kept(desk):
    target = desk.target("90", cmp="ge", unit="%", baseline="95")
    assert desk.judge(target, as_of=2025).reason.zh.endswith("，需保持；暂无数据")


def test_several_remarks_in_one_bracket(desk):
    target = desk.target("90", unit="%", kind=Reach)
    seen = (desk.seen("2026Q1", "80", unit="%"), desk.seen(2026, "80", unit="件"))
    found = desk.judge(target, *seen, as_of=2026)
    assert (
        "（1个值的单位“件”与“%”不可比，未采用；已有2026年一季度的值，不能代替全年）"
        in found.reason.zh
    )


@given(
    kind=st.sampled_from([Reach, Hold, Total, AverageRate]),
    goal=st.decimals(1, 100, places=1),
    value=st.decimals(0, 120, places=1),
    year=st.integers(2026, 2030),
    cmp=st.sampled_from(["eq", "ge", "le", "approx"]),
)
def test_a_reason_names_the_number_the_year_and_the_status(desk, kind, goal, value, year, cmp):
    measure = {Total: "cumulative", AverageRate: "avg_growth"}.get(kind, "level")
    target = desk.target(str(goal), cmp=cmp, unit="%", measure=measure, kind=kind, baseline="0.5")
    seen_as = {Total: "level", AverageRate: "growth"}.get(kind, "level")
    found = desk.judge(target, desk.seen(year, str(value), unit="%", measure=seen_as), as_of=year)
    for text, word in ((found.reason.zh, found.status.zh), (found.reason.en, found.status.en)):
        assert str(year) in text
        assert f"{value.normalize():f}%" in text
        assert text.endswith(word)
        assert "None" not in text
        assert "{" not in text
