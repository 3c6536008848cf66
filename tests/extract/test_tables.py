"""Golden tables: the rows of indicator tables of many shapes. The cases are data; regions and figures are our own.

A row is written `number[.child] indicator | unit | group | nature | values`; a value `role period
[cmp] number [unit] [est] [mean] [sum] [price Y] [marks]` or `role period 'words'`; `? a / b` are the
readings of a row whose cells do not tell which column they belong to. `remarks` are what the notes
say of a row.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.extract.cells import CellKind, read_value
from plantrack.extract.tablerules import table_rules
from plantrack.extract.tables import rows
from plantrack.model import Cell, Comparator, Document, IndicatorRow, RowValue, Span
from plantrack.read import parse, read

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "golden" / "tables.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


def value_line(value: RowValue, unit: str) -> str:
    q = value.quantity
    head = f"{value.role.value} {value.period} "
    if q is None:
        return head + f"'{value.text}'"
    words = [
        "" if q.cmp is Comparator.EQ else q.cmp.value,
        q.written,
        "" if q.unit in (unit, "") else q.unit,
        "est" if q.estimated else "",
        "mean" if q.averaged else "",
        "sum" if q.summed else "",
        f"price {q.price_basis}" if q.price_basis else "",
        *value.marks,
    ]
    return head + " ".join(w for w in words if w)


def row_line(row: IndicatorRow) -> str:
    number = f"{row.number}.{row.child}" if row.child else str(row.number)
    if row.readings:
        ways = ["; ".join(value_line(v, row.unit) for v in way) for way in row.readings]
        values = "? " + " / ".join(ways)
    else:
        values = "; ".join(value_line(v, row.unit) for v in row.values)
    nature = row.nature.value if row.nature else ""
    return f"{number} {row.indicator} | {row.unit} | {row.group} | {nature} | {values}"


def parsed(case: dict) -> Document:
    """The case's table in a chapter of its document."""
    return parse(f"{case['document']}\n第一章 主要目标\n{case['text']}", "case.txt")


def told(case: dict, document: Document) -> dict:
    """The rows of the case's table, and the remarks of those that it gives them of, by indicator."""
    found = rows(document)
    said = {row.indicator: list(row.remarks) for row in found}
    return {
        "rows": [row_line(row) for row in found],
        "remarks": {name: said.get(name) for name in case.get("remarks", {})},
    }


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_table(case: dict) -> None:
    document = parsed(case)
    assert len(document.tables) == 1
    assert told(case, document) == {"rows": case["rows"], "remarks": case.get("remarks", {})}
    for row in rows(document):
        for value in (*row.values, *(v for way in row.readings for v in way)):
            assert row.span.contains(value.span) or "为准" in value.text
            if value.quantity is not None:
                assert value.span.of(document.text)[0].isdigit()
                assert value.span.of(document.text)[-1].isdigit()


def test_rows_of_the_source_texts(shared: Path) -> None:
    """25 and 24 numbered rows in 002, 24 in 004; what is unclear is marked, and nothing is invented."""
    document = read(next((shared / "seeds").glob("002*")))
    found = rows(document)
    thirteenth = [r for r in found if str(r.horizon) == "2016/2020"]
    fourteenth = [r for r in found if str(r.horizon) == "2021/2025"]
    assert [r.number for r in thirteenth if not r.child] == list(range(1, 26))
    assert [r.number for r in fourteenth if not r.child] == list(range(1, 25))
    assert [r.indicator for r in thirteenth if r.child] == [
        "空气质量优良天数比率",
        "细颗粒物(PM2.5)浓度下降",
        "化学需氧量排放总量减少",
        "二氧化硫排放总量减少",
        "氨氮排放总量减少",
        "氮氧化物排放总量减少",
        "服务贸易进出口总额",
    ]
    assert [r.number for r in thirteenth if r.readings] == [16, 24]
    assert [r.number for r in fourteenth if r.readings] == [12, 20]
    assert [r.number for r in thirteenth if not r.values and not r.readings] == [14, 17]
    assert {len(r.values) for r in thirteenth if r.values} == {2}
    assert len(rows(read(next((shared / "seeds").glob("004*"))))) == 24


@pytest.mark.parametrize("doc", ["002", "004"])
def test_numbers_of_the_labelled_tables(shared: Path, doc: str) -> None:
    """Every labelled number that a row holds has the label's value, unit, comparator and phrase."""
    document = read(next((shared / "seeds").glob(f"{doc}*")))
    with (shared / "gold" / f"{doc}.tsv").open(encoding="utf-8", newline="") as handle:
        labels = {int(g["start"]): g for g in csv.DictReader(handle, delimiter="\t")}
    checked = 0
    for row in rows(document):
        for value in row.values or (row.readings[0] if row.readings else ()):
            label = labels.get(value.span.start)
            if value.quantity is None or label is None:
                continue
            q = value.quantity
            kind = "target" if value.role.value == "goal" else "actual"
            got = (kind, q.written, q.cmp.value, "" if q.ratio else q.unit or row.unit)
            assert got == (label["kind"], label["value"], label["cmp"], label["unit"])
            bare = label["indicator"].replace("(2020年价)", "")
            assert bare in row.indicator or row.indicator in bare
            checked += 1
    assert checked == {"002": 88, "004": 38}[doc]


@given(
    st.text(
        alphabet="1234567890.,-—~:%预计≥≤>约左右以上【】[]*#年均累计万亿元达到国家 ", max_size=16
    )
)
def test_any_cell_is_read(text: str) -> None:
    bare = text.strip()
    cell = Cell(text=bare, span=Span(start=5, end=5 + len(bare)))
    value = read_value(cell, table_rules())
    assert cell.span.contains(value.span)
    if value.number is not None:
        piece = bare[value.span.start - 5 : value.span.end - 5]
        assert piece[0].isdigit()
        assert piece[-1].isdigit()


@pytest.mark.parametrize(
    ("text", "written", "cmp"),
    [("预计20", "20", "eq"), ("预计≥10", "10", "ge"), ("≥2.99", "2.99", "ge"), (">80", "80", "gt"), ("75左右", "75", "approx"), ("5—5.5*", "5~5.5", "range"), ("2.1∶1左右", "2.1:1", "approx"), ("1.85:1", "1.85:1", "eq"), ("100%", "100", "eq"), ("【13.5】", "13.5", "eq"), ("[18]", "18", "eq"), ("6%以上", "6", "ge"), ("-3.1", "-3.1", "eq"), ("下降2.5", "-2.5", "eq"), ("1,234.5", "1234.5", "eq"), ("控制在4.5以内", "4.5", "le"), ("１２．５％", "12.5", "eq"), ("年均6%左右", "6", "approx"), ("累计13", "13", "eq")],
)  # fmt: skip
def test_cells(text: str, written: str, cmp: str) -> None:
    value = read_value(Cell(text=text, span=Span(start=0, end=len(text))), table_rules())
    assert value.number is not None
    assert (value.number.written, value.number.cmp.value) == (written, cmp)


@pytest.mark.parametrize("text", ["—", "-", "/", "", "暂无"])
def test_cells_without_data(text: str) -> None:
    value = read_value(Cell(text=text, span=Span(start=0, end=len(text))), table_rules())
    assert value.kind is CellKind.NO_DATA


@pytest.mark.parametrize(
    "text", ["达到国家考核目标", "与地区生产总值增长同步", "每个县至少1所", "2025年前完成"]
)
def test_cells_of_words(text: str) -> None:
    value = read_value(Cell(text=text, span=Span(start=0, end=len(text))), table_rules())
    assert (value.kind, value.number) == (CellKind.WORDS, None)
