"""Tables that came apart to a cell a line, from known answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.read import parse
from plantrack.read.closedcells import closed_rows
from plantrack.read.lines import lines


def rows_of(text: str, first: int = 0) -> tuple[list[list[str]], int]:
    rows, last = closed_rows(text, lines(text), first)
    return [[text[a:b] for a, b in row] for row in rows], last


def test_cells_that_close_their_lines_are_rows() -> None:
    text = "指 标 |\n产 量 |\n比上年增长(%) |\n粮食产量 |\n4.48万吨 |\n-0.4 |\n油料产量 |\n78吨 |\n6.8 |\n三、工业"
    assert rows_of(text) == (
        [
            ["指 标", "产 量", "比上年增长(%)"],
            ["粮食产量", "4.48万吨", "-0.4"],
            ["油料产量", "78吨", "6.8"],
        ],
        8,
    )


def test_a_cell_may_take_two_lines_and_its_pipe_one_of_its_own() -> None:
    text = "单位:%\n|\n工业增加值\n增长速度 |\n东山县\n|\n15.9\n|\n西河区\n|\n-2.1\n|\n"
    assert rows_of(text)[0] == [
        ["单位:%", "工业增加值\n增长速度"],
        ["东山县", "15.9"],
        ["西河区", "-2.1"],
    ]


def test_what_stands_over_the_first_cell_is_none_of_it() -> None:
    text = "表1 主要农产品产量\n指标 |\n产量 |\n粮食 |\n4吨 |\n油料 |\n7吨 |\n"
    assert rows_of(text)[0] == []
    assert rows_of(text, first=1)[0][1] == ["粮食", "4吨"]


def test_a_year_over_a_column_is_no_value() -> None:
    text = "指标 |\n2008年 |\n粮食 |\n4吨 |\n油料 |\n7吨 |\n"
    assert rows_of(text)[0][0] == ["指标", "2008年"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "指标 |\n产量 |\n粮食 |\n4吨 |",  # one row alone
        "指标 |\n粮食 |\n油料 |",  # no value
        "4吨 |\n7吨 |\n8吨 |",  # no names
        "指标 | 产量\n粮食 | 4吨\n油料 | 7吨",  # rows of real cells
        "全年粮食产量4吨。\n油料7吨。",
    ],
)
def test_other_lines_are_no_such_table(text: str) -> None:
    assert closed_rows(text, lines(text), 0)[0] == []


def test_rows_end_where_one_begins_with_a_value() -> None:
    text = "指标 |\n产量 |\n粮食 |\n4吨 |\n油料 |\n7吨 |\n8吨 |\n蔬菜 |\n"
    assert [row[0] for row in rows_of(text)[0]] == ["指标", "粮食", "油料"]


def test_the_document_holds_it_as_a_table() -> None:
    text = "青溪县2024年统计公报\n\n主要产量\n指标 |\n产量 |\n粮食 |\n4吨 |\n油料 |\n7吨 |\n"
    (table,) = parse(text, "x.txt").tables
    assert table.title == "主要产量"
    assert [(c.row, c.column, c.text) for c in table.cells[2:4]] == [(1, 0, "粮食"), (1, 1, "4吨")]


@given(st.text(alphabet="|｜ 指标产1.-吨\n", max_size=120))
def test_cells_are_pieces_of_the_text_in_order(text: str) -> None:
    found = lines(text)
    if not found:
        return
    rows, last = closed_rows(text, found, 0)
    places = [place for row in rows for place in row]
    assert all(0 <= a <= b <= len(text) for a, b in places)
    assert places == sorted(places)
    assert all("|" not in text[a:b] for a, b in places)
    assert 0 <= last < len(found)
    assert len({len(row) for row in rows}) <= 1
