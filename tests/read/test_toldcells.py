"""Cells of tables that tell sentences: which count as such, and what their column says of them."""

from __future__ import annotations

import pytest

from plantrack.model import Document, Outlook, SectionKind
from plantrack.read import parse

HEAD = "清溪县2023年重点工作情况\n"


def cells(document: Document) -> list[tuple[str, str, Outlook, str]]:
    """Each told cell with its row's name, its outlook and its period."""
    return [
        (s.span.of(document.text), s.title, s.outlook, str(s.period or ""))
        for s in document.sections
        if s.kind is SectionKind.CELL
    ]


def test_the_header_of_its_column_says_where_a_cell_looks() -> None:
    table = (
        "序号\t工程\t建设内容\t截至9月底进展情况\t责任单位\n"
        "1\t滨江路\t改造道路5公里\t改造道路4公里\t县住建局12人\n"
        "2\t医院\t新增床位400张\t主体完工\t县卫健局\n"
    )
    assert cells(parse(HEAD + table, "x")) == [
        ("改造道路5公里", "滨江路", Outlook.PLAN, "2023"),
        ("改造道路4公里", "滨江路", Outlook.REVIEW, "2023-01/2023-09"),
        ("新增床位400张", "医院", Outlook.PLAN, "2023"),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "| 指标 | 单位 | 2022年 | 2025年目标 |\n| --- | --- | --- | --- |\n| 林地 | 万亩 | 12 | 14 |\n| 水库 | 座 | 3 | 4 |\n",
        "| 姓名 | 职务 | 电话 |\n| --- | --- | --- |\n| 王一 | 主任 | 120 |\n| 李二 | 副主任 | 119 |\n",
    ],
    ids=["values", "no column that tells"],
)
def test_tables_of_values_have_none(table: str) -> None:
    document = parse(HEAD + table, "x")
    assert document.tables
    assert cells(document) == []


def test_a_header_of_words_makes_a_table_though_no_cell_is_a_value() -> None:
    table = "项目\t主要任务\t工作进展\n路\t改造道路5公里\t改造道路4公里\n水\t铺设管网3公里\t铺设管网2公里\n"
    document = parse(HEAD + table, "x")
    assert [len(t.cells) for t in document.tables] == [9]
    assert len(cells(document)) == 4
