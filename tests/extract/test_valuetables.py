"""Tables of statistics: what was reached beside what it grew by, from known answers."""

from __future__ import annotations

import pytest

from plantrack import flow
from plantrack.model import Way
from plantrack.read import parse

TITLE = "江州市2024年国民经济和社会发展统计公报\n\n"


def told(table: str, title: str = TITLE) -> list[str]:
    figures = flow.figures(parse(title + table, "communique.txt"))
    return [
        f"{f.indicator} {f.measure.value} {f.quantity.written}{f.quantity.unit} {f.period}"
        for f in figures
    ]


@pytest.mark.parametrize(
    ("table", "figures"),
    [
        (
            "表1 主要产品产量\n产品名称\t单位\t产量\t比上年增长（%）\n生铁\t万吨\t1012.6\t-4.1\n"
            "汽车\t万辆\t21.87\t6.5\n发电量\t亿千瓦时\t310.2\t3.0\n",
            [
                *("生铁产量 level 1012.6万吨 2024", "生铁产量 growth -4.1% 2024"),
                *("汽车产量 level 21.87万辆 2024", "汽车产量 growth 6.5% 2024"),
                *("发电量 level 310.2亿千瓦时 2024", "发电量 growth 3.0% 2024"),
            ],
        ),
        (
            "| 指标 | 绝对数（亿元） | 同比增长 |\n|---|---|---|\n| 地区生产总值 | 1520.3 | 5.6 |\n"
            "| 其中：第一产业增加值 | 180.2 | 3.4 |\n| 固定资产投资 | — | -2.1 |\n",
            [
                *("地区生产总值 level 1520.3亿元 2024", "地区生产总值 growth 5.6% 2024"),
                *("第一产业增加值 level 180.2亿元 2024", "第一产业增加值 growth 3.4% 2024"),
                "固定资产投资 growth -2.1% 2024",
            ],
        ),
        (
            "项目名称\t计量单位\t总量\t比上年增减（%）\n接待游客\t万人次\t820\t11.5\n"
            "森林覆盖率\t%\t46.2\t—\n进出口总额（亿美元）\t\t12.4\t-0.8\n",
            [
                *("接待游客 level 820万人次 2024", "接待游客 growth 11.5% 2024"),
                "森林覆盖率 level 46.2% 2024",
                *("进出口总额 level 12.4亿美元 2024", "进出口总额 growth -0.8% 2024"),
            ],
        ),
        (  # shares of the whole, and a part that its row does not mark
            "表2 人口数及其构成\n指标\t年末数（万人）\t比重（%）\n常住人口\t46.2\t100.0\n"
            "其中：城镇\t34.9\t75.5\n乡村\t11.3\t24.5\n",
            [
                *("常住人口 level 46.2万人 2024", "常住人口比重 level 100.0% 2024"),
                *("城镇常住人口 level 34.9万人 2024", "城镇常住人口比重 level 75.5% 2024"),
                *("乡村常住人口 level 11.3万人 2024", "乡村常住人口比重 level 24.5% 2024"),
            ],
        ),
        (
            "| 项目 | 单位 | 绝对数 | 构成（%） |\n|---|---|---|---|\n| 工业产值 | 亿元 | 86.4 | 71.2 |\n"
            "| 建筑业产值 | 亿元 | 34.9 | 28.8 |\n",
            [
                *("工业产值 level 86.4亿元 2024", "工业产值比重 level 71.2% 2024"),
                *("建筑业产值 level 34.9亿元 2024", "建筑业产值比重 level 28.8% 2024"),
            ],
        ),
        (  # a header written wide, rows of residents under what is measured of all
            "指  标\t单 位\t绝 对 数\t增 长（%）\n居民人均可支配收入\t元\t38210\t5.6\n"
            "城镇居民\t元\t46780\t4.9\n农村居民\t元\t24110\t6.8\n",
            [
                *("居民人均可支配收入 level 38210元 2024", "居民人均可支配收入 growth 5.6% 2024"),
                *(
                    "城镇居民人均可支配收入 level 46780元 2024",
                    "城镇居民人均可支配收入 growth 4.9% 2024",
                ),
                *(
                    "农村居民人均可支配收入 level 24110元 2024",
                    "农村居民人均可支配收入 growth 6.8% 2024",
                ),
            ],
        ),
    ],
)
def test_each_number_of_a_table_without_goals_is_a_figure(table: str, figures: list[str]):
    assert told(table) == figures


QUARTER = "一季度全市财政预算执行情况\n2025年4月16日\n\n今年一季度，财政收支平稳。\n\n"
MONTHS = "某市统计月报\n2024年第11期\n\n1—11月，全市经济平稳运行。\n\n"


@pytest.mark.parametrize(
    ("title", "table", "figures"),
    [
        (
            QUARTER,
            "收支表\n单位：亿元、%\n项目\t年初预算\t一季度完成\t比上年同期增减\n公共预算收入\t210\t64.2\t3.9\n"
            "公共预算支出\t—\t150.8\t0.0\n",
            [
                *("公共预算收入 level 210亿元 2025", "公共预算收入 level 64.2亿元 2025Q1"),
                *("公共预算收入 growth 3.9% 2025Q1", "公共预算支出 level 150.8亿元 2025Q1"),
                "公共预算支出 growth 0.0% 2025Q1",
            ],
        ),
        (
            MONTHS,
            "指标名称\t单位\t11月\t1—11月累计\t累计同比增长（%）\n消费品零售总额\t亿元\t18.2\t196.4\t3.1\n"
            "发电量\t亿千瓦时\t9.6\t101.5\t-2.4\n",
            [
                *(
                    "消费品零售总额 level 18.2亿元 2024-11",
                    "消费品零售总额 level 196.4亿元 2024-01/2024-11",
                ),
                *("消费品零售总额 growth 3.1% 2024-01/2024-11", "发电量 level 9.6亿千瓦时 2024-11"),
                *(
                    "发电量 level 101.5亿千瓦时 2024-01/2024-11",
                    "发电量 growth -2.4% 2024-01/2024-11",
                ),
            ],
        ),
        (  # what there is at the end of the months
            "江州市2024年三季度经济数据\n\n",
            "存贷款\n项目\t9月末余额（亿元）\t比年初增长（%）\n各项存款\t402.7\t6.9\n各项贷款\t517.4\t8.8\n",
            [
                *("各项存款余额 level 402.7亿元 2024-09", "各项存款余额 growth 6.9% 2024-09"),
                *("各项贷款余额 level 517.4亿元 2024-09", "各项贷款余额 growth 8.8% 2024-09"),
            ],
        ),
    ],
)
def test_columns_of_a_month_of_a_part_and_of_the_budget(title: str, table: str, figures: list[str]):
    assert told(table, title) == figures


def test_what_was_set_for_the_year_is_a_target():
    table = "收支表\n项目\t年初预算\t一季度完成\n公共预算收入\t210\t64.2\n公共预算支出\t480\t150.8\n税收收入\t160\t50.1\n"
    figures = flow.figures(parse(QUARTER + table, "budget.txt"))
    assert [f.kind.value for f in figures] == ["target", "actual"] * 3


def test_growth_alone_and_reports_without_a_year_give_none():
    growth = "指标\t单位\t比上年增长（%）\n粮食产量\t%\t2.1\n工业增加值\t%\t6.3\n"
    assert told(growth) == []
    levels = "指标\t单位\t绝对数\n粮食产量\t万吨\t82.1\n工业增加值\t亿元\t236.3\n"
    assert len(told(levels)) == 2
    assert told(levels, "统计公报\n\n") == []


def test_an_explanation_says_which_row_a_number_stands_in():
    document = parse(
        TITLE + "指标\t单位\t绝对数\n粮食产量\t万吨\t82.1\n常住人口\t万人\t236.3\n", "a.txt"
    )
    trace = flow.explain(document, document.text.index("236.3"))
    assert (trace.way, trace.phrase, trace.unit) == (Way.ROW, "常住人口", "万人")
    assert trace.figure is not None
    assert trace.figure.table_row == 2


def test_a_row_that_ends_before_its_unit_goes_on_in_the_one_above_and_tables_with_goals_are_left_to_their_rows():
    short = "指标\t绝对数\t单位\n粮食产量\t82.1\t万吨\n蔬菜产量\t236.3\n水果产量\t41.5\t万吨\n"
    assert told(short)[:2] == ["粮食产量 level 82.1万吨 2024", "蔬菜产量 level 236.3万吨 2024"]
    goals = "\n规划目标\n\n指标\t单位\t2024年\t2025年目标\n粮食产量\t万吨\t82.1\t84\n蔬菜产量\t万吨\t236.3\t240\n"
    assert told(short + goals)[:3] == told(short)


def test_rows_that_lost_their_names_give_nothing():
    table = (
        "主要产品产量\n产品名称 计量单位 本期累计 增长(%)\n小麦粉 万吨 12.1 5.8\n万吨 3.2 -7.2\n"
        "万米 973.6 -2.4\n化学纤维 万吨 14.2 5.1\n"
    )
    told_of = told(table)
    assert [line.split()[0] for line in told_of] == ["小麦粉", "小麦粉", "化学纤维", "化学纤维"]
