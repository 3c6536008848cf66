"""Workbooks and CSV: merged heads, notes, percent, dates, several tables, hidden sheets, encodings."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest
from read.makers import saved

from plantrack import flow
from plantrack.errors import ReadError
from plantrack.model import Document, SectionKind
from plantrack.read import read
from plantrack.read.pieces import letters
from plantrack.read.sheet import written


def book(folder: Path, *sheets: list[list[object]], merged: str = "", hidden: int = -1) -> Path:
    """A workbook of these sheets; `merged` are ranges of the first."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for number, rows in enumerate(sheets):
        sheet = made.create_sheet(f"表{number + 1}")
        for row in rows:
            sheet.append(row)
        if number == hidden:
            sheet.sheet_state = "hidden"
    for cells in merged.split():
        made.worksheets[0].merge_cells(cells)
    path = folder / "file.xlsx"
    path.write_bytes(saved(made))
    return path


def cells(document: Document, number: int = 0) -> list[list[str]]:
    found = document.tables[number].cells
    rows = sorted({c.row or 0 for c in found})
    return [[c.text for c in found if c.row == r] for r in rows]


def test_merged_heads_title_and_notes(tmp_path: Path) -> None:
    path = book(
        tmp_path,
        [
            ["青溪县“十四五”主要指标"],
            ["指标名称", "单位", "目标", None],
            [None, None, "2020年", "2025年"],
            ["常住人口城镇化率", "%", 48.2, 55],
            ["森林覆盖率", None, 61.3, 62],
            ["注：数据为初步统计数。"],
        ],
        merged="A1:D1 A2:A3 B2:B3 C2:D2 B4:B5",
    )
    document = flow.read(path)
    table = document.tables[0]
    assert (table.title, [n.text for n in table.notes]) == (
        "青溪县“十四五”主要指标",
        ["注：数据为初步统计数。"],
    )
    assert cells(document) == [
        ["指标名称", "单位", "目标", ""],
        ["指标名称", "单位", "2020年", "2025年"],
        ["常住人口城镇化率", "%", "48.2", "55"],
        ["森林覆盖率", "%", "61.3", "62"],
    ]
    (plan,) = flow.plans(document)
    goals = [(t.series.indicator, t.unit, str(t.goal.quantity.value)) for t in plan.targets]
    assert goals == [("常住人口城镇化率", "%", "55"), ("森林覆盖率", "%", "62")]
    places = [t.source.place.zh if t.source.place else "" for t in plan.targets]
    assert places == ["工作表“表1”，单元格D4", "工作表“表1”，单元格D5"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1 + 0.2, "0.3"), (182.4, "182.4"), (55.0, "55"), (1e20, "100000000000000000000"),
        (-0.5, "-0.5"), (True, "TRUE"), ("增长\n6.1%", "增长6.1%"),
        (datetime.date(2025, 3, 1), "2025-03-01"),
    ],
)  # fmt: skip
def test_values_are_written_as_people_see_them(value: float | str, text: str) -> None:
    assert written(value) == text


def test_a_share_shown_as_percent_is_one(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for row in (["指标", "2024年"], ["城镇化率", 0.541], ["研发投入强度", 0.0215], ["比值", 0.5]):
        made.active.append(row)
    for cell, shown in (("B2", "0.0%"), ("B3", '0.00%"左右"'), ("B4", '0.0"%"')):
        made.active[cell].number_format = shown
    path = tmp_path / "file.xlsx"
    path.write_bytes(saved(made))
    assert [row[1] for row in cells(read(path))] == ["2024年", "54.1%", "2.15%", "0.5"]


def test_tables_are_parted_where_a_new_header_stands(tmp_path: Path) -> None:
    head = ["指标名称", "单位", "2024年"]
    path = book(
        tmp_path,
        [head, ["粮食", "万吨", 21.3], [], ["蔬菜", "万吨", 33.4], [], head, ["城镇化率", "%", 54.1]],
        [head, ["森林覆盖率", "%", 74.8]],
    )  # fmt: skip
    document = read(path)
    assert [len(cells(document, n)) for n in range(3)] == [3, 2, 2]
    last = document.tables[2].cells[-1]
    assert document.place_of(last.span).zh == "工作表“表2”，单元格C2"


def test_hidden_sheets_are_kept_and_not_read(tmp_path: Path) -> None:
    head = ["指标名称", "单位", "2024年"]
    path = book(
        tmp_path, [head, ["粮食产量", "万吨", 21.3]], [head, ["旧数", "万吨", 99]], hidden=1
    )
    document = flow.read(path)
    assert "99" in document.text
    assert [b.place.sheet for b in document.layout if b.left_out] == ["表2", "表2"]
    assert len(document.tables) == 1


def test_merged_cells_that_lie_over_one_another_move_no_column(tmp_path: Path) -> None:
    """No program writes them so; where one does, each value stays in its column."""
    rows = [
        ["指标名称", "单位", "2023年", "2024年"],
        ["粮食", "万吨", 21.1, 21.3],
        ["蔬菜", None, 32.6, 33.4],
    ]
    document = read(book(tmp_path, rows, merged="B2:B3 A1:B2"))
    assert [row[2:] for row in cells(document)] == [
        ["2023年", "2024年"],
        ["21.1", "21.3"],
        ["32.6", "33.4"],
    ]


def test_what_is_no_table_says_its_cells(tmp_path: Path) -> None:
    document = read(book(tmp_path, [["青溪县2024年政府工作报告"], [], ["地区生产总值增长6.1%。"]]))
    assert [b.place.cell for b in document.layout] == ["A1", "A3"]


def test_columns_are_named_as_a_spreadsheet_does() -> None:
    assert [letters(n) for n in (0, 25, 26, 701, 702, 16383)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
        "XFD",
    ]


def test_an_empty_workbook_and_a_damaged_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="its sheets are empty"):
        read(book(tmp_path, []))
    path = book(tmp_path, [["指标"]])
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(ReadError, match="damaged"):
        read(path)


CSV = "指标名称,单位,2024年\n粮食产量,万吨,21.3\n\n注：数据为初步统计数。,,\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_in_any_encoding_with_any_delimiter(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(CSV.replace(",", delimiter).encode(encoding))
    document = read(path)
    assert cells(document) == [["指标名称", "单位", "2024年"], ["粮食产量", "万吨", "21.3"]]
    assert [n.text for n in document.tables[0].notes] == ["注：数据为初步统计数。"]
    assert document.place_of(document.tables[0].cells[-1].span).zh == "单元格C2"


def test_csv_in_big5(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    rows = "指標名稱,單位,2024年\n糧食產量,萬噸,21.3\n本市經濟成長率,百分比,3.1\n失業率,百分比,4\n"
    path.write_bytes(rows.encode("big5"))
    document = read(path)
    assert document.encoding == "cp950"
    assert cells(document)[1] == ["糧食產量", "萬噸", "21.3"]


def test_a_quoted_cell_keeps_its_commas_and_loses_its_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text(
        '指标名称,数值\n"人均可支配\n收入",“"49,215"\n"就业","2,430"\n', encoding="utf-8"
    )
    assert [row[0] for row in cells(read(path))] == ["指标名称", "人均可支配收入", "就业"]


def test_a_cell_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text('指标,"' + "x" * 140_000, encoding="utf-8")
    with pytest.raises(ReadError, match=r"it is no sound CSV.*Save it again"):
        read(path)


def test_a_table_takes_neither_title_nor_notes_from_another_sheet(tmp_path: Path) -> None:
    head = ["指标名称", "单位", "2024年"]
    first = [["青溪县主要指标"], head, ["粮食产量", "万吨", 21.3], ["注：1.为初步统计数；"], ["2.按现价计算。"], ["数据来源：青溪县统计局"]]  # fmt: skip
    second = [head, ["城镇化率", "%", 54.1]]
    third = [["*为快报数"], head, ["森林覆盖率", "%", 74.8]]
    document = read(book(tmp_path, first, second, third))
    assert [(t.title, [n.text for n in t.notes]) for t in document.tables] == [
        ("青溪县主要指标", ["注：1.为初步统计数；", "2.按现价计算。", "数据来源：青溪县统计局"]),
        ("", []),
        ("*为快报数", []),
    ]
    assert [s.title for s in document.sections if s.kind is SectionKind.ITEM] == []
