"""Tables whose columns are apart by a single blank, from known answers."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.read import parse, structure_rules
from plantrack.read.blankrows import Header, read_header, read_row, table_rows
from plantrack.read.lines import lines

RULES = structure_rules().tables


def header_of(line: str) -> Header | None:
    return read_header(line, 0, len(line), RULES)


def row_of(line: str, header: str) -> list[str] | None:
    under = header_of(header)
    assert under is not None
    places = read_row(line, 0, len(line), under, RULES)
    return None if places is None else [line[a:b] for a, b in places]


def rows_of(text: str, first: int = 0) -> tuple[list[list[str]], int]:
    rows, last = table_rows(text, lines(text), first, RULES)
    return [[text[a:b] for a, b in row] for row in rows], last


# ------------------------------------------------------------------ headers


@pytest.mark.parametrize(
    ("line", "cells", "number", "name", "unit", "values", "behind"),
    [
        ("指标 2020年 2025年", ["指标", "2020年", "2025年"], None, 0, None, (1, 2), 0),
        (
            "序号 指标名称 单位 2025年目标 责任单位",
            ["序号", "指标名称", "单位", "2025年目标", "责任单位"],
            *(0, 1, 2, (3,), 1),
        ),
        (
            "主要指标 计量单位 目标值 完成值 完成率 属性 备注",
            ["主要指标", "计量单位", "目标值", "完成值", "完成率", "属性", "备注"],
            *(None, 0, 1, (2, 3, 4), 2),
        ),
        (  # cells that are written apart
            "序号 指标 单 位 2020 年目标值 2025 年 数据来源",
            ["序号", "指标", "单 位", "2020 年目标值", "2025 年", "数据来源"],
            *(0, 1, 2, (3, 4), 1),
        ),
        ("　产品　产量　比上年增长（%）", ["产品", "产量", "比上年增长（%）"], None, 0, None, (1, 2), 0),
    ],
)  # fmt: skip
def test_what_a_header_names(
    line: str,
    cells: list[str],
    number: int | None,
    name: int,
    unit: int | None,
    values: tuple[int, ...],
    behind: int,
) -> None:
    header = header_of(line)
    assert header is not None
    assert [line[a:b] for a, b in header.cells] == cells
    assert header[1:] == (number, name, unit, values, behind)


@pytest.mark.parametrize(
    "line",
    [
        *("", " ", "指标", "指标 单位", "单位 2025年", "2020年 2025年"),
        "单位 指标 2025年",  # names stand first, or behind the number of the row
        "序号 单位 指标 2025年",
        "指标 备注",  # no values
        "指标 单位 备注 2025年",  # what stands behind the values stands last
        "指标 2020年 说得不多 2025年",
        "主要 指标 完成情况 总体 良好",  # a sentence set wide
        "指标2020年2025年",
    ],
)
def test_what_is_no_header(line: str) -> None:
    assert header_of(line) is None


# ------------------------------------------------------------------ rows

WHOLE = "序号 指标 单位 2020年 2025年 数据来源"


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("1 常住人口城镇化率 % 61.2 66 统计局", ["1", "常住人口城镇化率", "%", "61.2", "66", "统计局"]),
        ("2 森林覆盖率 % ≥ 45 ≥ 46.5 林业局", ["2", "森林覆盖率", "%", "≥ 45", "≥ 46.5", "林业局"]),
        ("粮食产量 万吨 12.1 >13 农业局", ["", "粮食产量", "万吨", "12.1", ">13", "农业局"]),
        ("3 公路里程 1820 2100 交通局", ["3", "公路里程", "", "1820", "2100", "交通局"]),
        ("4 公路里程 公里 1820 2100", ["4", "公路里程", "公里", "1820", "2100", ""]),
        (  # a name with a blank in it, a source of two
            "5 村级 卫生室 个 82 90 卫健局 民政局",
            ["5", "村级 卫生室", "个", "82", "90", "卫健局 民政局"],
        ),
        ("6 社保标准 元 60 不低于70元 人社局", ["6", "社保标准", "元", "60", "不低于70元", "人社局"]),
        (  # too long for a unit; and no unit has digits
            "7 乡镇 标准化卫生院和村级卫生室 12 13",
            ["7", "乡镇 标准化卫生院和村级卫生室", "", "12", "13", ""],
        ),
        ("8 发电量 亿千瓦时 92 108", ["8", "发电量", "亿千瓦时", "92", "108", ""]),
        ("8 用水量 比2015年 92 88", ["8", "用水量 比2015年", "", "92", "88", ""]),
    ],
)  # fmt: skip
def test_a_row_is_read_from_its_values(line: str, row: list[str]) -> None:
    assert row_of(line, WHOLE) == row


@pytest.mark.parametrize(
    "line",
    [
        *("", " ", "森林覆盖率", "1", "45 46"),
        "1 森林覆盖率 % 45 林业局",  # one value of two
        "1 森林覆盖率 % 44 45 46 林业局",  # three of two
        "1 森林覆盖率 % 达到省定要求 保持稳定 林业局",
        "全县森林覆盖率比上年提高1.2个百分点。",
        "1 森林覆盖率 % 45 46 林业局 水利局 住建局",  # more behind the values than a source says
    ],
)
def test_what_is_no_row(line: str) -> None:
    assert row_of(line, WHOLE) is None


def test_nothing_may_stand_behind_the_values_where_the_header_has_nothing_there() -> None:
    assert row_of("粮食产量 12.1 13", "指标 2020年 2025年") == ["粮食产量", "12.1", "13"]
    assert row_of("粮食产量 12.1 13 农业局", "指标 2020年 2025年") is None


# ------------------------------------------------------------------ tables

HEADER = "指标 单位 2020年 2025年\n"


def test_headings_within_a_table_are_passed_over_and_what_is_unread_is_kept_whole() -> None:
    text = (
        f"{HEADER}一、经济发展\n地区生产总值 亿元 95 130\n研发投入强度 由市里下达\n"
        "二、民生福祉\n城镇新增就业 人 5200 6000\n以上各项由统计局核定。\n"
    )
    rows, last = rows_of(text)
    assert rows == [
        ["指标", "单位", "2020年", "2025年"],
        ["地区生产总值", "亿元", "95", "130"],
        ["研发投入强度 由市里下达", "", "", ""],
        ["城镇新增就业", "人", "5200", "6000"],
    ]
    assert lines(text)[last].text.startswith("城镇新增就业")


def test_a_table_ends_where_three_lines_in_a_row_are_no_rows() -> None:
    more = "粮食产量 万吨 12 13\n"
    row = "公路里程 公里 180 210\n"
    two, three = "一句话。\n" * 2, "一句话。\n" * 3
    assert len(rows_of(HEADER + row * 3 + two + more)[0]) == 1 + 3 + 2 + 1
    rows, last = rows_of(HEADER + row * 3 + three + more)
    assert (len(rows), last) == (1 + 3, 3)


def test_unread_lines_are_counted_anew_behind_each_row() -> None:
    row, unread = "公路里程 公里 180 210\n", "由市里下达的指标\n"
    rows, last = rows_of(HEADER + (row + unread * 2) * 3 + row)
    assert ([cells[0] for cells in rows[1:4]], last) == (
        ["公路里程", "由市里下达的指标", "由市里下达的指标"],
        3 * 3 + 1,
    )
    assert len(rows) == 1 + 3 * 3 + 1


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_a_header_with_too_few_rows_is_no_table(rows: int) -> None:
    text = HEADER + "公路里程 公里 180 210\n" * rows
    assert rows_of(text) == ([], rows)


def test_a_line_that_is_no_header_has_no_table() -> None:
    assert rows_of("全县概况\n公路里程 公里 180 210\n") == ([], 0)


def test_a_table_may_begin_anywhere_in_a_text() -> None:
    text = f"全县主要指标\n{HEADER}" + "公路里程 公里 180 210\n" * 3
    rows, last = rows_of(text, first=1)
    assert (len(rows), last) == (4, 4)


def test_rows_that_lost_their_names_end_no_table() -> None:
    """Of a row with one cell less than the header has nothing is told apart, and the next go on."""
    text = (
        "产品名称 计量单位 本期累计 增长(%)\n小麦粉 万吨 12.1 5.8\n服装 万件 316.5 -7.4\n"
        "万米 973.6 -2.4\n化学纤维 万吨 14.2 5.1\n"
    )
    cells = parse(f"青溪区2022年统计公报\n\n{text}", "report.txt").tables[0].cells
    names = [cell.text for cell in cells if cell.column == 0]
    assert names == ["产品名称", "小麦粉", "服装", "万米 973.6 -2.4", "化学纤维"]


def test_a_document_has_the_cells_of_such_a_table_at_their_place() -> None:
    text = (
        "东山县“十四五”规划纲要\n\n第二章 主要目标\n\n序号 指标 单位 2020年 2025年 责任部门\n"
        "1 森林覆盖率 % 45 ≥ 46.5 林业局\n2 粮食 总产量 万吨 12 13 农业局\n3 公路里程 公里 1820 2100\n"
    )
    (table,) = parse(text, "plan.txt").tables
    cells = {(cell.row, cell.column): cell.text for cell in table.cells}
    assert (cells[1, 1], cells[1, 4]) == ("森林覆盖率", "≥ 46.5")
    assert (cells[2, 1], cells[2, 5]) == ("粮食 总产量", "农业局")
    assert (cells[3, 0], cells[3, 4], cells[3, 5]) == ("3", "2100", "")
    assert all(cell.span.of(text) == cell.text for cell in table.cells)


# ------------------------------------------------------------------ what holds for all

NAMES = st.text("森林覆盖率粮食产量公路里程人口", min_size=2, max_size=20)
NUMBERS = st.decimals(0, 99999, places=1).map(str)


@given(st.lists(st.tuples(NAMES, NUMBERS, NUMBERS), min_size=3, max_size=8))
def test_what_was_written_is_read_again(given_rows: list[tuple[str, str, str]]) -> None:
    text = HEADER + "".join(f"{name} 万吨 {a} {b}\n" for name, a, b in given_rows)
    rows, last = rows_of(text)
    assert rows[1:] == [[name, "万吨", a, b] for name, a, b in given_rows]
    assert last == len(given_rows)


PIECES = st.sampled_from(
    ["1", "森林覆盖率", "%", "万吨", "≥", "46.5", "2020", "年", "—", "达到", "一、经济发展", "单", "位", "。", "<" * 9]
)  # fmt: skip
ROWS = st.lists(st.lists(PIECES, max_size=8).map(" ".join), max_size=8)


@given(st.sampled_from([HEADER, WHOLE + "\n"]), ROWS)
def test_cells_lie_in_their_line_in_order(header: str, below: list[str]) -> None:
    text = header + "\n".join(below)
    found = lines(text)
    rows, last = table_rows(text, found, 0, RULES)
    assert 0 <= last < len(found)
    for row in rows:
        assert len(row) == len(rows[0])
        filled = [place for place in row if place[0] < place[1]]
        line = next(line for line in found if line.start <= filled[0][0] < line.end)
        assert filled == sorted(filled)
        assert all(line.start <= a <= b <= line.end for a, b in row)
        assert all(b <= c for (_, b), (c, _) in pairwise(filled))


@given(st.text(max_size=120))
def test_any_line_can_be_asked(line: str) -> None:
    under = header_of(WHOLE)
    assert under is not None
    header_of(line)
    row = read_row(line, 0, len(line), under, RULES)
    assert row is None or len(row) == len(under.cells)


@pytest.mark.parametrize("piece", ["5", "5 ", "一 ", "≥ ", "2020 ", "年 ", "单位 ", "— "])
def test_a_line_of_one_thing_over_and_over_is_no_row(piece: str) -> None:
    assert rows_of(HEADER + piece * 20_000) == ([], 0)


def test_a_sign_stands_before_its_value_and_two_dashes_are_two_cells() -> None:
    header = "指标 单位 2020年 2025年目标"
    assert row_of("人均预期寿命 岁 77 ≥ 78.5", header) == ["人均预期寿命", "岁", "77", "≥ 78.5"]
    assert row_of("人均预期寿命 岁 ≥ 78.5", "指标 单位 2025年目标") == [
        "人均预期寿命",
        "岁",
        "≥ 78.5",
    ]
    assert row_of("森林覆盖率 % — —", header) == ["森林覆盖率", "%", "—", "—"]


def test_a_nature_behind_the_values_is_none_of_them() -> None:
    header = "指标 单位 2020年 2025年 属性"
    row = ["每万人口拥有执业 医师数", "人", "28", "32", "预期性"]
    assert row_of("每万人口拥有执业 医师数 人 28 32 预期性", header) == row
