"""Table rows to figures, and what the rest of a document proves about them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from plantrack import flow
from plantrack.extract.rowfigures import with_totals
from plantrack.model import (
    ColumnRole,
    FigureKind,
    IndicatorRow,
    Measure,
    Period,
    Quantity,
    RowValue,
    Span,
)
from plantrack.read import parse

HORIZON = Period.parse("2016/2020")


def value(role: ColumnRole, period: str, number: str) -> RowValue:
    return RowValue(
        role=role,
        period=Period.parse(period),
        text=number,
        span=Span(start=0, end=1),
        quantity=Quantity(value=Decimal(number)),
    )


def row(*values: RowValue, **more) -> IndicatorRow:
    given = {
        "table": "一",
        "number": 1,
        "indicator": "进出口总额",
        "unit": "亿美元",
        "values": values,
        "horizon": HORIZON,
        "span": Span(start=0, end=1),
    }
    return IndicatorRow(**(given | more))


def sums(found: IndicatorRow) -> list[bool]:
    return [v.quantity.summed for v in found.values]


def test_a_later_table_shows_that_a_result_is_a_sum() -> None:
    earlier = row(value(ColumnRole.GOAL, "2020", "130"), value(ColumnRole.RESULT, "2020", "105"))
    child = row(value(ColumnRole.GOAL, "2020", "6"), indicator="服务贸易进出口总额", child=1)
    later = row(
        value(ColumnRole.BASELINE, "2020", "22"),
        value(ColumnRole.GOAL, "2025", "50"),
        table="二",
        horizon=Period.parse("2021/2025"),
    )
    settled = with_totals([earlier, child, later], [])
    assert [sums(r) for r in settled] == [[True, True], [True], [False, False]]


@pytest.mark.parametrize("baseline", ["105", "60", "52.5"])
def test_a_result_up_to_twice_the_level_proves_nothing(baseline: str) -> None:
    earlier = row(value(ColumnRole.RESULT, "2020", "105"))
    later = row(value(ColumnRole.BASELINE, "2020", baseline), table="二")
    assert sums(with_totals([earlier, later], [])[0]) == [False]


def test_a_yearly_plan_and_a_share_are_no_sums() -> None:
    level = row(value(ColumnRole.BASELINE, "2020", "10"), table="二", unit="%")
    share = row(value(ColumnRole.RESULT, "2020", "40"), unit="%")
    assert sums(with_totals([share, level], [])[0]) == [False]
    one_year = row(value(ColumnRole.RESULT, "2020", "105"), horizon=Period.parse("2020"))
    other = row(value(ColumnRole.BASELINE, "2020", "10"), table="二")
    assert sums(with_totals([one_year, other], [])[0]) == [False]


def test_the_text_beside_a_table_proves_a_sum() -> None:
    text = (
        "某县国民经济和社会发展第十四个五年规划纲要\n\n第一章 发展基础\n\n"
        "“十三五”时期，累计完成固定资产投资860亿元。\n\n"
        "专栏1 “十三五”主要指标完成情况\n\n序号\n\n指标\n\n2020年目标\n\n2020年完成\n\n属性\n\n"
        "1\n\n固定资产投资（亿元）\n\n900\n\n860\n\n预期性\n\n2\n\n粮食产量（万吨）\n\n30\n\n31\n\n约束性\n"
    )
    found = [f for f in flow.figures(parse(text, "plan")) if f.table_row is not None]
    assert [(f.text, f.measure, str(f.period)) for f in found] == [
        ("900", Measure.CUMULATIVE, "2016/2020"),
        ("860", Measure.CUMULATIVE, "2016/2020"),
        ("30", Measure.LEVEL, "2020"),
        ("31", Measure.LEVEL, "2020"),
    ]


REVIEW = """青屏县国民经济和社会发展第十四个五年规划实施情况中期评估报告
评估期为2021—2023年。
表1 主要指标完成情况
| 指标 | 2020年 | 2025年目标 | 2023年 | 完成目标（%） | 五年累计 |
| --- | --- | --- | --- | --- | --- |
| 粮食仓容（万吨） | 86 | 120 | 109.2 | 91.0 | 34 |
"""


def test_a_share_of_the_goal_and_what_lies_between_are_named_for_what_they_are() -> None:
    found = {f.text: f for f in flow.figures(parse(REVIEW, "review.txt"))}
    share, change = found["91.0"], found["34"]
    assert (share.indicator, share.measure) == ("粮食仓容目标完成率", Measure.LEVEL)
    assert (share.quantity.unit, str(share.period)) == ("%", "2023")
    assert (change.kind, change.indicator, change.quantity.unit) == (
        FigureKind.DELTA,
        "粮食仓容",
        "万吨",
    )


def test_neither_makes_a_target_or_an_observation_of_the_indicator() -> None:
    document = parse(REVIEW, "review.txt")
    (plan,) = flow.plans(document)
    goals = [t.goal.quantity.value for t in plan.targets]
    assert goals == [Decimal(120)]
    observed = flow.observations(document)
    seen = {o.quantity.value for o in observed if o.series.indicator == "粮食仓容"}
    assert seen == {Decimal(86), Decimal("109.2")}


def test_a_sum_in_the_column_of_a_year_runs_from_the_plans_first() -> None:
    text = (
        "江州市“十四五”规划纲要中期评估报告\n\n2023年10月\n\n主要指标完成情况\n"
        "| 指标 | 单位 | 2021年 | 2022年 | 2025年目标 |\n|---|---|---|---|---|\n"
        "| 单位GDP能耗下降 | % | [3.1] | [5.2] | [14] |\n| 森林覆盖率 | % | 41.5 | 41.8 | 42 |\n"
    )
    figures = flow.figures(parse(text, "evaluation.txt"))
    assert [(f.text, str(f.period)) for f in figures if "下降" in f.indicator] == [
        ("3.1", "2021"),
        ("5.2", "2021/2022"),
        ("14", "2021/2025"),
    ]
