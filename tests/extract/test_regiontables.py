"""Tables whose rows are regions: a row is a scope, a column an indicator or a time; from known answers."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack import flow
from plantrack.extract.regiontables import of_regions, region_figures
from plantrack.extract.tablerules import table_rules, table_units
from plantrack.model import Cell, Document, Figure, Outlook, Period, Span, Table
from plantrack.read import parse

TITLE = "江州市2024年国民经济和社会发展统计公报\n\n"
RULES = table_rules()
YEAR = Period.years(2024)


def piped(*rows: str) -> str:
    """Rows with their cells apart by a slash as a table with pipes."""
    head, *body = ([cell.strip() for cell in row.split("/")] for row in rows)
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, ["---"] * len(head), *body))


def figures_of(text: str, title: str = TITLE) -> tuple[Figure, ...]:
    return flow.figures(parse(title + text, "communique.txt"))


def told(text: str, title: str = TITLE) -> list[str]:
    return [
        f"{f.scope.name if f.scope else '-'} {f.indicator} {f.measure.value} "
        f"{f.quantity.written}{f.quantity.unit} {f.period}"
        for f in figures_of(text, title)
    ]


@pytest.mark.parametrize(
    ("over", "rows", "figures"),
    [
        (  # a level and what it grew by; the whole has no scope
            "各县区主要指标",
            ("地区/生产总值（亿元）/增长（%）", "东山县/120.5/5.2", "西河区/88.1/-1.3", "全市/208.6/2.4"),
            [
                *("东山县 生产总值 level 120.5亿元 2024", "东山县 生产总值 growth 5.2% 2024"),
                *("西河区 生产总值 level 88.1亿元 2024", "西河区 生产总值 growth -1.3% 2024"),
                *("- 生产总值 level 208.6亿元 2024", "- 生产总值 growth 2.4% 2024"),
            ],
        ),
        (  # two indicators, each with its growth
            "各县区主要指标",
            ("县区/工业增加值（亿元）/同比增长（%）/固定资产投资（亿元）/增速（%）", "东山县/40/5.2/31/7.1", "西河区/28/1.3/22/-3.0"),
            [
                *("东山县 工业增加值 level 40亿元 2024", "东山县 工业增加值 growth 5.2% 2024"),
                *("东山县 固定资产投资 level 31亿元 2024", "东山县 固定资产投资 growth 7.1% 2024"),
                *("西河区 工业增加值 level 28亿元 2024", "西河区 工业增加值 growth 1.3% 2024"),
                *("西河区 固定资产投资 level 22亿元 2024", "西河区 固定资产投资 growth -3.0% 2024"),
            ],
        ),
        (  # columns of years: the title says what of, and in which unit
            "2024年各县区生产总值（亿元）",
            ("地区/2023年/2024年", "东山县/115.2/120.5", "西河区/89.0/—", "合计/204.2/208.6"),
            [
                *("东山县 生产总值 level 115.2亿元 2023", "东山县 生产总值 level 120.5亿元 2024"),
                "西河区 生产总值 level 89.0亿元 2023",
                *("- 生产总值 level 204.2亿元 2023", "- 生产总值 level 208.6亿元 2024"),
            ],
        ),
        (  # months of a rate
            "规模以上工业增加值增长速度",
            ("地区/2024年10月/2024年9月份", "东山县/7.5/5.2", "西河区/-8.1/0.4"),
            [
                "东山县 规模以上工业增加值 growth 7.5% 2024-10",
                "东山县 规模以上工业增加值 growth 5.2% 2024-09",
                "西河区 规模以上工业增加值 growth -8.1% 2024-10",
                "西河区 规模以上工业增加值 growth 0.4% 2024-09",
            ],
        ),
        (  # a column that says no more than that it is the level
            "2024年各县区粮食产量（万吨）",
            ("地区/绝对数/比上年增长（%）", "东山县/12.5/2.2", "西河区/8.1/…"),
            [
                *("东山县 粮食产量 level 12.5万吨 2024", "东山县 粮食产量 growth 2.2% 2024"),
                "西河区 粮食产量 level 8.1万吨 2024",
            ],
        ),
        (  # the unit of all stands over the table, that of a rate does not change
            "各县区用电情况\n单位：亿千瓦时",
            ("县区/用电量/同比增长", "东山县/7.5/5.2", "西河区/8.1/-1.2"),
            [
                *("东山县 用电量 level 7.5亿千瓦时 2024", "东山县 用电量 growth 5.2% 2024"),
                *("西河区 用电量 level 8.1亿千瓦时 2024", "西河区 用电量 growth -1.2% 2024"),
            ],
        ),
        (  # the first months of a year, and ranks, which are no values
            "各县区用电量\n单位：亿千瓦时",
            (
                "地区/2024年1-11月/2024年上半年/位次",
                *("东山县/75/40/1", "西河区/60/32/2", "全市合计/135/72/-"),
            ),
            [
                *("东山县 用电量 level 75亿千瓦时 2024-01/2024-11", "东山县 用电量 level 40亿千瓦时 2024H1"),
                *("西河区 用电量 level 60亿千瓦时 2024-01/2024-11", "西河区 用电量 level 32亿千瓦时 2024H1"),
                *("- 用电量 level 135亿千瓦时 2024-01/2024-11", "- 用电量 level 72亿千瓦时 2024H1"),
            ],
        ),
        (  # the header's noun says what of the title is measured
            "各县区粮食生产情况",
            ("地区/产量（吨）", "东山县/75", "西河区/81"),
            ["东山县 粮食产量 level 75吨 2024", "西河区 粮食产量 level 81吨 2024"],
        ),
        (  # an empty place over the names
            "各县区用电量（亿千瓦时）",
            ("/2024年11月/2024年10月", "东山县/75/3", "西河区/81/4"),
            [
                *("东山县 用电量 level 75亿千瓦时 2024-11", "东山县 用电量 level 3亿千瓦时 2024-10"),
                *("西河区 用电量 level 81亿千瓦时 2024-11", "西河区 用电量 level 4亿千瓦时 2024-10"),
            ],
        ),
        (  # no header says so, but most rows are named like regions
            "分乡镇粮食产量",
            ("单位名称/粮食产量（吨）", "东山镇/7,500", "西河乡/8100", "北关街道/300", "其他/20"),
            [
                *("东山镇 粮食产量 level 7500吨 2024", "西河乡 粮食产量 level 8100吨 2024"),
                *("北关街道 粮食产量 level 300吨 2024", "其他 粮食产量 level 20吨 2024"),
            ],
        ),
    ],
)  # fmt: skip
def test_each_number_is_a_figure_of_its_row(
    over: str, rows: tuple[str, ...], figures: list[str]
) -> None:
    assert told(f"{over}\n\n{piped(*rows)}") == figures


def test_the_document_s_own_title_is_no_indicator() -> None:
    rows = piped("地区/产值（亿元）", "东山县/75", "西河区/81")
    assert told(f"\n\n{rows}") == ["东山县 产值 level 75亿元 2024", "西河区 产值 level 81亿元 2024"]


def test_what_was_done_and_the_sum_over_years_of_a_task() -> None:
    rows = piped("县区/2022年底已改造/2023年/2024年/两年合计", "东山县/20/7/5/12", "西河区/9/3/4/7")
    title = "江州市老旧小区改造两年行动方案（2023—2024年）"
    text = f"{title}\n\n一、目标任务\n\n附件1：老旧小区改造任务分解表（单位：个）\n\n{rows}"
    found = [f for f in flow.figures(parse(text, "x.txt")) if f.scope and f.scope.name == "东山县"]
    assert [(f.kind.value, f.indicator, f.text, f.measure.value, str(f.period)) for f in found] == [
        ("actual", "老旧小区改造", "20", "level", "2022"),
        ("target", "老旧小区改造", "7", "level", "2023"),
        ("target", "老旧小区改造", "5", "level", "2024"),
        ("target", "老旧小区改造", "12", "cumulative", "2023/2024"),
    ]
    assert {f.quantity.unit for f in found} == {"个"}


def test_a_column_of_a_year_needs_no_period_of_the_document() -> None:
    rows = piped("地区/2023年/增长（%）", "东山县/12.5/3.1", "西河区/8.1/2.2")
    assert told(f"各县区粮食产量（万吨）\n\n{rows}", title="") == [
        "东山县 粮食产量 level 12.5万吨 2023",
        "西河区 粮食产量 level 8.1万吨 2023",
    ]


def test_the_figures_of_a_part_that_looks_ahead_are_goals() -> None:
    rows = piped("地区/粮食产量（万吨）", "东山县/12.5", "西河区/8.1")
    text = (
        "江州市2024年国民经济和社会发展计划执行情况与2025年计划草案的报告\n\n"
        f"一、2024年计划执行情况\n\n各县区粮食产量\n\n{rows}\n"
        f"二、2025年主要目标\n\n各县区粮食产量目标\n\n{rows}"
    )
    document = parse(text, "x")
    found = flow.figures(document)
    kinds = {f.kind.value for f in found if document.outlook_at(f.span.start) is Outlook.REVIEW}
    ahead = {f.kind.value for f in found if document.outlook_at(f.span.start) is Outlook.PLAN}
    assert (kinds, ahead) == ({"actual"}, {"target"})


# ------------------------------------------------------------------ which tables they are


def table(*rows: str, title: str = "") -> Table:
    cells, at = [], 0
    for row, line in enumerate(rows):
        for column, text in enumerate(line.split("/")):
            span = Span(start=at, end=at + len(text))
            cells.append(Cell(text=text, span=span, row=row, column=column))
            at = span.end + 1
    return Table(title=title, span=Span(start=0, end=max(at - 1, 1)), cells=tuple(cells))


def found_in(
    rows: tuple[str, ...], title: str = "", period: Period | None = YEAR
) -> tuple[Figure, ...] | None:
    """The figures of a table alone, of which the document says no more than its period."""
    document = Document(name="x", text="/".join(rows), sha256="0" * 64)
    confidence = flow.tools().confidence
    return region_figures(
        table(*rows, title=title), document, period, RULES, table_units(), confidence
    )


@pytest.mark.parametrize(
    "rows",
    [
        ("地区/产值", "东山县/1", "西河区/2"),
        ("县（市、区）/产值", "东山县/1", "西河区/2"),
        (
            "区县名称/产值",
            "东山县/1",
            "西河区/2",
            "高新园/3",
            "其他/4",
            "不详/5",
        ),  # the header says so
        ("名称/产值", "东山省/1", "西河市/2", "南岭开发区/3", "北关/4"),
        ("地 区/产值", "东 山 县 /1", "西 河 区　/2"),
    ],
)
def test_rows_that_are_regions(rows: tuple[str, ...]) -> None:
    assert of_regions(table(*rows), RULES)


@pytest.mark.parametrize(
    "rows",
    [
        (),
        ("地区/产值",),
        ("地区/产值", "东山县/1"),  # one row tells nothing
        ("指标/产值", "粮食/1", "棉花/2"),
        ("地区/产值", "粮食/1", "棉花/2"),  # rows of things, whatever the header says
        ("指标/产值", "东山县/1", "西河区/2", "粮食/3", "棉花/4"),  # half of them alone
    ],
)
def test_rows_that_are_none(rows: tuple[str, ...]) -> None:
    assert not of_regions(table(*rows), RULES)
    assert found_in(rows) is None


# ------------------------------------------------------------------ edges


def test_without_a_period_only_columns_of_a_time_are_told() -> None:
    rows = ("地区/2023年/生产总值（亿元）", "东山县/1.5/2.5", "西河区/3.5/4.5")
    found = found_in(rows, "各县区产值", period=None)
    assert found is not None
    assert [(f.quantity.written, str(f.period)) for f in found] == [
        ("1.5", "2023"),
        ("3.5", "2023"),
    ]


def test_a_column_of_a_time_under_no_title_tells_of_nothing() -> None:
    assert found_in(("地区/2023年", "东山县/1.5", "西河区/3.5"), period=None) == ()


def test_a_row_may_be_short_or_hold_words() -> None:
    rows = (
        "地区/生产总值（亿元）/投资（亿元）",
        "东山县/1.5",
        "西河区/未公布/3.5",
        "南岭县",
        "全市/—/",
    )
    found = found_in(rows)
    assert found is not None
    assert [(f.indicator, f.quantity.written, f.table_row) for f in found] == [
        ("生产总值", "1.5", 1),
        ("投资", "3.5", 2),
    ]


def test_a_column_without_a_header_is_left_out() -> None:
    rows = ("地区//生产总值（亿元）", "东山县/1.5/2.5", "西河区/3.5/4.5")
    for title in ("", "各县区粮食产量（万吨）"):
        found = found_in(rows, title)
        assert found is not None
        assert [f.quantity.written for f in found] == ["2.5", "4.5"]


def test_growth_of_nothing_is_left_out() -> None:
    assert found_in(("地区/增长（%）", "东山县/1.5", "西河区/3.5")) == ()


def test_a_figure_stands_where_its_digits_do() -> None:
    rows = ("地区/生产总值（亿元）", "东山县/约1.5*", "西河区/【3.5】")
    found = found_in(rows)
    assert found is not None
    assert [f.text for f in found] == ["1.5", "3.5"]
    assert [f.span.of("/".join(rows)) for f in found] == ["1.5", "3.5"]


@pytest.mark.parametrize("name", ["全省", "全市", "全区", "合计", "总计", "平均", ""])
def test_the_whole_has_no_scope(name: str) -> None:
    found = found_in(("地区/生产总值（亿元）", "东山县/1.5", "西河区/3.5", f"{name}/5"))
    assert found is not None
    assert [f.scope.name if f.scope else None for f in found] == ["东山县", "西河区", None]


def test_a_unit_in_the_cell_is_before_one_in_the_header() -> None:
    found = found_in(("地区/生产总值（亿元）", "东山县/1.5%", "西河区/3.5"))
    assert found is not None
    assert [f.quantity.unit for f in found] == ["%", "亿元"]


# ------------------------------------------------------------------ what holds for all

CELLS = st.text("0123456789.,-—%（）亿元东山县地区增长2024年月 合计全市", max_size=12)


@given(
    st.sampled_from(["地区", "县区", "名称", "指标", ""]),
    st.lists(CELLS, max_size=4),
    st.lists(
        st.tuples(st.sampled_from(["东山县", "西河区", "合计", ""]), CELLS, CELLS), max_size=6
    ),
    st.sampled_from(["", "各县区生产总值（亿元）", "产值增速"]),
    st.sampled_from([None, YEAR]),
)
def test_a_figure_holds_the_digits_at_its_place(
    name: str,
    heads: list[str],
    body: list[tuple[str, str, str]],
    title: str,
    period: Period | None,
) -> None:
    rows = ("/".join([name, *heads]), *map("/".join, body))
    text = "/".join(rows)
    for figure in found_in(rows, title, period) or ():
        assert figure.text == figure.span.of(text)
        assert re.match(r"\d", figure.text)
        assert re.search(r"\d$", figure.text)
        assert figure.indicator


@given(st.lists(st.decimals(0, 99999, places=1).map(str), min_size=2, max_size=9))
def test_each_number_is_told_once_and_in_order(numbers: list[str]) -> None:
    found = found_in(("地区/生产总值（亿元）", *(f"第{i}县/{n}" for i, n in enumerate(numbers))))
    assert found is not None
    assert [f.text for f in found] == numbers
    assert [f.table_row for f in found] == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("piece", ["5", "县", "增长", "（", " ", "2024年"])
def test_a_cell_as_long_as_a_book_is_read_in_time(piece: str) -> None:
    long = piece * (100_000 // len(piece))
    rows = ("地区/生产总值（亿元）", f"东山县/{long}", f"{long}县/3.5", "西河区/4.5")
    found = found_in(rows)
    assert found is not None
    assert "4.5" in [f.text for f in found]
    assert found_in((f"地区/{long}", "东山县/1", "西河区/2"), long) is not None
