"""Sections, sentences, numerals and tables of text."""

from __future__ import annotations

import time
from datetime import date

import pytest

from plantrack.model import DocumentKind, Outlook, SectionKind
from plantrack.read import parse, structure_rules
from plantrack.read.lines import number
from plantrack.read.spans import five_years, part_of_year
from plantrack.read.spoken import this_year

PLAN = """南岭区国民经济和社会发展第十四个五年规划纲要
第一篇 立足新起点
奋力开创新局面
第一章 过去五年取得的成就
五年来成效明显。
第二章 主要目标
第一节 指标体系
（一）经济指标。保持中高速。增速不低于6%。
1．总量。达到900亿元；人均8.5万元。
专栏1 重点产业
1.装备。产值突破300亿元。
第三章 一、二、三产业协调
一、二、三产业增加值分别增长2%、3%、4%
备注：以上均为预期。
"""


def test_headings_and_what_they_govern() -> None:
    document = parse(PLAN, "x")
    found = [(s.kind.value, s.title) for s in document.sections]
    assert found == [
        ("part", document.title),
        ("part", "立足新起点 奋力开创新局面"),
        ("chapter", "过去五年取得的成就"),
        ("chapter", "主要目标"),
        ("section", "指标体系"),
        ("section", "经济指标"),
        ("item", "总量"),
        ("box", "重点产业"),
        ("item", "装备"),
        ("chapter", "一、二、三产业协调"),
        ("note", ""),
    ]
    around = document.sections_at(PLAN.index("300亿元"))
    assert [s.title for s in around[1:]] == [
        "立足新起点 奋力开创新局面", "主要目标", "指标体系", "经济指标", "重点产业", "装备",
    ]  # fmt: skip
    assert document.sections[4].span.of(PLAN).endswith("300亿元。\n")
    assert document.sections[6].heading.of(PLAN) == "1．总量"


def test_sentences_keep_decimals_and_closing_quotes() -> None:
    text = "增长5.7%；其中“三新”占18.5%。”\n达到3.1万户！\n"
    document = parse(text, "x")
    assert [s.of(text) for s in document.sentences] == [
        "增长5.7%；",
        "其中“三新”占18.5%。”",
        "达到3.1万户！",
    ]
    inside = document.sentence_at(text.index("3.1"))
    assert inside is not None
    assert inside.of(text) == "达到3.1万户！"


def test_outlook_of_a_chapter_that_says_both() -> None:
    text = "一、目标任务完成情况\n增长6%。\n二、取得新成效的工作安排\n增长7%。\n"
    document = parse(text, "x")
    assert document.outlook_at(text.index("6%")) is Outlook.REVIEW
    assert document.outlook_at(text.index("7%")) is Outlook.PLAN


@pytest.mark.parametrize(
    ("heading", "period"),
    [
        ("“十五五”时期经济社会发展主要任务", "2026/2030"),
        ("“十五五”发展目标", "2026/2030"),
        ("“十五五”期间重点工程安排", "2026/2030"),
        ("“十五五”总体思路和重点任务", "2026/2030"),
        ("谋划“十五五”发展规划编制工作任务", None),
        ("重点任务", None),
    ],
)
def test_a_heading_names_a_five_year_plan(heading: str, period: str | None) -> None:
    text = f"江北市政府工作报告\n一、2025年工作回顾\n增长6%。\n二、{heading}\n增长7%。\n三、2026年重点工作\n增长8%。\n"
    document = parse(text, "x")
    said = document.period_at(text.index("7%"))
    assert (None if said is None else str(said)) == period


@pytest.mark.parametrize(
    ("written", "value"),
    [("14", 14), ("十", 10), ("十四", 14), ("二十", 20), ("六十三", 63), ("一百零二", 102), ("二〇二五", 2025), ("二○三五", 2035)],
)  # fmt: skip
def test_numbers(written: str, value: int) -> None:
    assert number(written) == value


@pytest.mark.parametrize("written", ["", "十x", "几", "1.5"])
def test_what_is_no_number(written: str) -> None:
    with pytest.raises(ValueError, match="is no number"):
        number(written)


@pytest.mark.parametrize(
    ("written", "years"),
    [("十", "2001/2005"), ("十三", "2016/2020"), ("15", "2026/2030"), ("一", "1956/1960"), ("九十", None), ("x", None)],
)  # fmt: skip
def test_five_year_plans(written: str, years: str | None) -> None:
    found = five_years(written, structure_rules())
    assert (None if found is None else str(found)) == years


@pytest.mark.parametrize(
    ("part", "period"),
    [("上半年", "2024H1"), ("下半年", "2024H2"), ("前三季度", "2024-01/2024-09"), ("一季度", "2024Q1"), ("第三季度", "2024Q3"), ("4季度", "2024Q4"), ("1—3月", "2024Q1"), ("1-6月", "2024H1"), ("1至11月份", "2024-01/2024-11"), ("1—12月", "2024")],
)  # fmt: skip
def test_parts_of_a_year(part: str, period: str) -> None:
    assert str(part_of_year(2024, part)) == period


def test_this_year_needs_evidence() -> None:
    rules = structure_rules()
    assert this_year("今年一季度", None, rules) is None
    assert this_year("今年一季度", date(2024, 4, 20), rules) == 2024
    assert this_year("开展“消费提振年”活动，落实党的二十大精神", None, rules) == 2023
    # The year of the event is a memory where the text knows of later things.
    assert this_year("自“消费提振年”以来，落实二十届三中全会精神", None, rules) is None


FLAT = """专栏2 主要指标
序号
指标
2020年
2025年
属性
一、经济发展
1
地区生产总值(亿元)
600
900
预期性
2
研发经费投入强度(%)
—
2.5
预期性
注：标“—”为暂无数据。
第三章 重点任务
提升产业能级
"""


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n\t", "\r\n\r\n\u3000\u3000"])
def test_flattened_table(between: str) -> None:
    text = between.join(FLAT.splitlines())
    (table,) = parse(text, "x").tables
    assert table.title == "专栏2 主要指标"
    assert [c.text for c in table.cells] == FLAT.splitlines()[1:-3]
    assert [n.text for n in table.notes] == ["注：标“—”为暂无数据。"]
    assert {c.row for c in table.cells} == {None}
    assert not any(s.title == "经济发展" for s in parse(text, "x").sections)


@pytest.mark.parametrize(
    "rows",
    [
        "| 指标 | 单位 | 2020年 | 2025年 |\n|---|---|---:|---:|\n| 粮食产量 | 万吨 | 31 | 32 |\n| 耕地 | 万亩 | | 80 |",
        "指标\t单位\t2020年\t2025年\n粮食产量\t万吨\t31\t32\n耕地\t万亩\t\t80",
        "指标\t单位\t2020年\t2025年\n\n粮食产量\t万吨\t31\t32\n\n耕地\t万亩\t\t80\n",
    ],
)
def test_rows_of_real_cells(rows: str) -> None:
    text = f"表1 主要指标\n单位：见表\n{rows}\n备注：耕地为控制数。\n后文一句话。"
    (table,) = parse(text, "x").tables
    assert table.title == "表1 主要指标"
    assert [(c.row, c.column, c.text) for c in table.cells if c.row == 2] == [
        (2, 0, "耕地"), (2, 1, "万亩"), (2, 2, ""), (2, 3, "80"),
    ]  # fmt: skip
    assert [n.text for n in table.notes] == ["单位：见表", "备注：耕地为控制数。"]


def test_boxes_of_prose_and_lists_are_no_tables() -> None:
    text = "专栏2 重点事项\n指标\n项目\n类别\n铁路建设\n公路建设\n港口建设\n1．铁路。建成2条。\n| 只有一行 | 竖线 |\n"
    assert parse(text, "x").tables == ()


@pytest.mark.parametrize(
    "line", ["序号\n指标\n2020年\n", "指标  单位  2020年\n", "一、目标\n", "| a |\n", "1.1、(一)\n", "“十四五”时期2025年\n", "增长。”"]
)  # fmt: skip
def test_time_is_linear(line: str) -> None:
    def seconds(times: int) -> float:
        text = line * times
        start = time.process_time()
        parse(text, "x")
        return time.process_time() - start

    seconds(100)
    # Eight times the text may take far more than eight times as long on a machine with other work, but not 64.
    assert seconds(8000) < 40 * max(seconds(1000), 0.005)


def test_source_texts(shared) -> None:  # type: ignore[no-untyped-def]
    want = {
        "000": ("proposal", "重庆市", "2026/2030", "2021/2025", 0, 1),
        "001": ("annual_plan", "重庆市", "2025", "2024", 0, 0),
        "002": ("plan", "九龙坡区", "2021/2025", "2016/2020", 2, 0),
        "003": ("report", "重庆市", "None", "2023Q1", 0, 0),
        "004": ("plan", "重庆市", "2026/2030", "2021/2025", 1, 0),
    }
    from plantrack.read import read

    seen = {}
    for path in sorted((shared / "seeds").glob("*.txt")):
        d = read(path)
        region = d.region.name if d.region else ""
        seen[path.name[:3]] = (
            d.kind.value, region, str(d.planned), str(d.reviewed), len(d.tables), len(d.conflicts),
        )  # fmt: skip
    assert seen == want
    document = read(next((shared / "seeds").glob("004*")))
    assert document.number == "渝府发〔2026〕7号"
    assert document.published == date(2026, 2, 12)
    assert document.kind is DocumentKind.PLAN
    assert sum(s.kind is SectionKind.BOX for s in document.sections) == 42
