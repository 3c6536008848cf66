"""Columns that tell what a level grew by, in tables of goals and results, from known answers."""

from __future__ import annotations

import pytest

from plantrack import flow
from plantrack.model import Measure
from plantrack.read import parse

ANNUAL = "关于江州市2024年国民经济和社会发展计划执行情况与2025年计划草案的报告\n\n"
YEAR = "江州市2024年国民经济和社会发展统计公报\n\n"
HALF = "江州市2024年上半年国民经济和社会发展计划执行情况的报告\n\n"
PLAN = "江州市“十四五”规划纲要\n（2021—2025年）\n\n"


def grown(text: str) -> list[str]:
    """The rates of growth in a text's tables."""
    figures = flow.figures(parse(text, "report.txt"))
    return [
        f"{f.kind.value} {f.indicator} {f.quantity.value}{f.quantity.unit} {f.period}"
        for f in figures
        if f.measure is Measure.GROWTH
    ]


@pytest.mark.parametrize(
    "table",
    [
        "指标\t单位\t2024年\t2024年\t2025年\t2025年\n指标\t单位\t预计完成\t增速\t计划\t增速\n"
        "地区生产总值\t亿元\t3120\t5.8\t\t6左右\n进出口\t亿元\t426\t-3.1\t435\t2\n",
        "| 指标 | 单位 | 2024年 |  | 2025年 |  |\n|---|---|---|---|---|---|\n"
        "|  |  | 预计完成 | 增长（%） | 计划 | 增长（%） |\n"
        "| 地区生产总值 | 亿元 | 3120 | 5.8 | 3310 | 6左右 |\n| 进出口 | 亿元 | 426 | -3.1 | 435 | 2 |\n",
        "指标\t单位\t2024年计划\t2024年预计\t增长%\t2025年计划\t增长%\n"
        "地区生产总值\t亿元\t3100\t3120\t5.8\t3310\t6左右\n进出口\t亿元\t450\t426\t-3.1\t435\t2\n",
    ],
)
def test_a_year_behind_the_report_s_makes_rates_targets(table: str) -> None:
    assert grown(ANNUAL + table) == [
        "actual 地区生产总值 5.8% 2024",
        "target 地区生产总值 6% 2025",
        "actual 进出口 -3.1% 2024",
        "target 进出口 2% 2025",
    ]


@pytest.mark.parametrize("header", ["2024年\t比上年增长（%）", "2023年\t2024年\t增速（%）"])
def test_beside_two_years_the_rate_is_of_the_later(header: str) -> None:
    before = "2960\t" if "2023" in header else ""
    table = f"指标\t单位\t{header}\n地区生产总值\t亿元\t{before}3120\t5.4\n财政收入\t亿元\t{before}212\t-1\n"
    assert grown(YEAR + table) == ["actual 地区生产总值 5.4% 2024", "actual 财政收入 -1% 2024"]


def test_a_row_without_a_level_still_tells_what_it_grew_by() -> None:
    table = "指标\t单位\t2024年\t同比增长（%）\n地区生产总值\t亿元\t3120\t5.4\n固定资产投资\t亿元\t\t-2.2\n"
    assert grown(YEAR + table)[1:] == ["actual 固定资产投资 -2.2% 2024"]


def test_beside_a_goal_the_rate_is_of_what_was_reached() -> None:
    table = (
        "| 指标 | 单位 | 全年目标 | 上半年完成 | 完成率（%） | 同比增长（%） |\n|---|---|---|---|---|---|\n"
        "| 地区生产总值 | 亿元 | 3300 | 1520.3 | 46.1 | 5.2 |\n| 税收 | 亿元 | 210 | 108.1 | 51.5 | — |\n"
    )
    assert grown(HALF + table) == ["actual 地区生产总值 5.2% 2024H1"]


def test_growth_over_all_years_of_a_plan_is_no_yearly_growth() -> None:
    table = "指标\t单位\t2020年\t2025年\t增长（%）\n地区生产总值\t亿元\t2300\t3310\t44\n财政收入\t亿元\t150\t210\t40\n"
    assert grown(PLAN + table) == []
