"""Merged cells to full rows, as HTML lays them out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import ReadError
from plantrack.read.cellgrid import lay, split
from plantrack.read.limits import limits
from plantrack.read.pieces import (
    GridCell,
    Laid,
    Rows,
    column_number,
    letters,
    one_line,
    paragraph,
    tidied,
)  # fmt: skip
from plantrack.read.rules import structure_rules

RULES = structure_rules().tables


def texts(rows: Rows) -> list[list[str]]:
    return [list(row) for row in lay(rows, "x", limits()).rows]


def plain(*rows: str) -> list[list[str]]:
    return [row.split("|") for row in rows]


def said(laid: Laid, rows: range) -> list[str]:
    return [text for row in rows for _, text in laid.own(row)]


def test_cells_over_rows_are_repeated_and_over_columns_leave_the_rest_empty() -> None:
    rows = [
        [GridCell("a", 2, 1), GridCell("b", 1, 2), GridCell("c", 3, 1)],
        [GridCell("d"), GridCell("e")],
        [GridCell("f", 1, 3)],
    ]
    assert texts(rows) == [["a", "b", "", "c"], ["a", "d", "e", "c"], ["f", "", "", "c"]]


def test_a_block_over_rows_and_columns() -> None:
    rows = [[GridCell("a", 2, 2), GridCell("b")], [GridCell("c")], [GridCell("d")]]
    assert texts(rows) == [["a", "", "b"], ["a", "", "c"], ["d", "", ""]]


def test_where_two_cells_claim_a_place_the_upper_one_has_it() -> None:
    rows = [[GridCell("a"), GridCell("b", 2)], [GridCell("c", 1, 3), GridCell("d")]]
    assert texts(rows) == [["a", "b", ""], ["c", "b", "d"]]


def test_cells_are_bounded() -> None:
    bounds = limits().model_copy(update={"cells": 10})
    assert len(lay([[GridCell("a", 1, 5)], ["b"]], "x", bounds).rows) == 2
    with pytest.raises(ReadError, match="12 cells in a table, more than the 10"):
        lay([[GridCell("a", 1, 6)], ["b"]], "x", bounds)
    with pytest.raises(ReadError, match="11 cells in a table, more than the 10"):
        lay([[GridCell("a", 1, 1000)]], "x", bounds)
    with pytest.raises(ReadError, match="12 cells in a table, more than the 10"):
        lay([["a"] * 6, ["b"]], "x", bounds)


CELLS = st.builds(GridCell, st.just("x"), st.integers(1, 4), st.integers(1, 4)) | st.just("x")


@given(st.lists(st.lists(CELLS, max_size=4), max_size=5))
def test_every_row_is_as_wide_as_the_table(rows: list[list[str | GridCell]]) -> None:
    laid = lay(rows, "x", limits())
    assert len(laid.rows) == len(rows)
    assert len({len(row) for row in laid.rows}) <= 1
    assert len(said(laid, range(len(rows)))) == sum(map(len, rows))
    for row, columns in laid.above.items():
        assert all(laid.rows[row][c] == laid.rows[row - 1][c] for c in columns)


def test_title_and_notes_are_set_free() -> None:
    rows = plain(
        "主要指标", "指标|2024年", "粮食|21.3", "蔬菜|33.4", "注：初步统计数。", "第二行说明"
    )
    laid = lay(rows, "x", limits())
    assert split(laid, RULES) == (1, 4)
    assert said(laid, range(1)) == ["主要指标"]
    assert said(laid, range(4, 6)) == ["注：初步统计数。", "第二行说明"]


@pytest.mark.parametrize("rows", [("只有一行|两格",), ("一列", "两行", "三行"), ("",)])
def test_what_is_no_table(rows: tuple[str, ...]) -> None:
    laid = lay(plain(*rows), "x", limits())
    assert split(laid, RULES) is None
    assert said(laid, range(len(rows))) == [text for row in rows for text in row.split("|") if text]


def test_a_cell_of_a_sheet_is_named_a_merged_one_by_its_first() -> None:
    laid = Laid([["a", "b"], ["a", "c"]], {1: {0}}, [4, 6], left=25)
    assert [laid.address(r, c) for r in (0, 1) for c in (0, 1)] == ["Z4", "AA4", "Z4", "AA6"]
    assert laid._replace(numbers=()).address(1, 1) == ""


@given(st.integers(0, 20_000))
def test_names_of_columns_lead_back(column: int) -> None:
    assert column_number(letters(column)) == column + 1
    assert column_number("") == 0


@given(st.lists(st.lists(st.text("增长 6\u3000\n\u200b%", max_size=6), max_size=4), max_size=4))
def test_cells_are_tidied_together_as_they_are_alone(rows: list[list[str]]) -> None:
    assert tidied(rows) == [[one_line(text) for text in row] for row in rows]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("增长\n6.1%", "增长6.1%"),
        ("126公里,\nS309", "126公里,S309"),
        ("GDP\n  growth", "GDP growth"),
        ("a  b\xa0c", "a b c"),
        ("增\u200b长\ufeff", "增长"),
        ("\u3000\u3000地区生产总值", "地区生产总值"),
    ],
)
def test_line_ends_of_the_layout_leave_no_blank(written: str, said: str) -> None:
    assert one_line(written) == said


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (["增加值12", "3.4亿元"], "增加值123.4亿元"),
        (["增长5.", "2%"], "增长5.2%"),
        (["增长5", "%"], "增长5%"),
        (["GDP grew", "5 percent"], "GDP grew 5 percent"),
        (["in 2023", "35 towns"], "in 2023 35 towns"),
    ],
)
def test_a_number_cut_at_a_line_end_is_whole_again(found: list[str], said: str) -> None:
    assert paragraph(found) == said
