"""Golden tables: the rows of indicator tables of many shapes. The cases are data; regions and figures are our own.

A row is written `number[.child] indicator | unit | group | nature | values`; a value `role period
[cmp] number [unit] [est] [mean] [sum] [price Y] [marks]` or `role period 'words'`; `? a / b` are the
readings of a row whose cells do not tell which column they belong to.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.extract.tables import rows
from plantrack.model import Comparator, IndicatorRow, RowValue
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


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_table(case: dict) -> None:
    text = f"{case['document']}\n第一章 主要目标\n{case['text']}"
    document = parse(text, "case.txt")
    assert len(document.tables) == 1
    found = rows(document)
    assert [row_line(r) for r in found] == case["rows"]
    for row in found:
        for value in (*row.values, *(v for way in row.readings for v in way)):
            assert row.span.contains(value.span) or "为准" in value.text
            if value.quantity is not None:
                assert value.span.of(text)[0].isdigit()
                assert value.span.of(text)[-1].isdigit()
