"""A document of a rich format in its page: blocks, tables, pages, and what was left out."""

from __future__ import annotations

import html
import re
from decimal import Decimal

from plantrack.model import (
    Block,
    BlockKind,
    Cell,
    Document,
    Figure,
    FigureKind,
    Measure,
    Place,
    Quantity,
    Section,
    SectionKind,
    Source,
    Span,
    Table,
)
from plantrack.show.site.blocks import text_of
from plantrack.show.site.papers import marks_of
from plantrack.show.site.parts import Contents, Paper

MENU = "首页\t政务公开\t" + "栏目" * 40
LINES = [
    MENU,
    "第一章 目标",
    "增长5%。",
    "指标\t2025\n领域\t甲\t1\n\t乙<b>\t2",
    "注：预计",
    "- 2 -",
]
TEXT = "\n".join(LINES)


def span(words: str, within: str = "", text: str = TEXT) -> Span:
    start = text.index(words, text.index(within))
    return Span(start=start, end=start + len(words))


def cell(row: int, column: int, words: str, within: str = "") -> Cell:
    where = span(words, within) if words else Span(start=0, end=0)
    return Cell(text=words, span=where, row=row, column=column)


def block(kind: BlockKind, words: str, page: int, *, left_out: bool = False) -> Block:
    return Block(kind=kind, span=span(words), place=Place(page=page), left_out=left_out)


TABLE = Table(
    title="",
    span=span(LINES[3]),
    cells=(
        cell(0, 0, "指标"),
        cell(0, 1, "2025"),
        cell(0, 2, ""),
        cell(1, 0, "领域"),
        cell(1, 1, "甲"),
        cell(1, 2, "1"),
        cell(2, 0, "领域"),
        cell(2, 1, "乙<b>"),
        cell(2, 2, "2", "乙<b>"),
    ),
)
HEADING = Section(
    kind=SectionKind.CHAPTER,
    title="目标",
    heading=span(LINES[1]),
    span=Span(start=span(LINES[1]).start, end=len(TEXT)),
)
DOCUMENT = Document(
    name="a.pdf",
    text=TEXT,
    sha256="0" * 64,
    sections=(HEADING,),
    tables=(TABLE,),
    layout=(
        block(BlockKind.PARAGRAPH, LINES[0], 1, left_out=True),
        block(BlockKind.HEADING, LINES[1], 1),
        block(BlockKind.PARAGRAPH, LINES[2], 1),
        block(BlockKind.TABLE, LINES[3], 2),
        block(BlockKind.NOTE, LINES[4], 2),
        block(BlockKind.PARAGRAPH, LINES[5], 2, left_out=True),
    ),
)


def figure(where: Span) -> Figure:
    return Figure(
        doc="a.pdf",
        span=where,
        text="",
        kind=FigureKind.ACTUAL,
        indicator="乙",
        measure=Measure.LEVEL,
        quantity=Quantity(value=Decimal(2)),
        period=None,
        sentence=where,
    )


def page(document: Document = DOCUMENT, *figures: Figure) -> str:
    contents = Contents.of((), (Paper(document, figures),))
    return str(text_of(document, marks_of(contents.leaves[0], contents), "../"))


def test_a_table_is_a_table_with_its_merged_cells_and_its_marks_in_place():
    written = page(DOCUMENT, figure(span("2", "乙<b>")), figure(span("领域")))
    rows = re.findall(r"<tr>(.*?)</tr>", written, re.DOTALL)
    assert rows[0] == "<th>指标</th><th>2025</th><td></td>"
    assert rows[1].startswith('<td rowspan="2">')
    assert rows[2].startswith("<td>")
    assert "乙&lt;b&gt;</td>" in rows[2]
    place = span("2", "乙<b>")
    assert f'<a id="at-{place.start}-{place.end}"' in rows[2]
    assert written.count(f'id="at-{span("领域").start}-{span("领域").end}"') == 1


def test_pages_headings_notes_and_what_was_left_out_can_be_told_apart():
    written = page()
    assert f'<h2 id="part-{HEADING.heading.start}">第一章 目标</h2>' in written
    assert '<p class="note">注：预计</p>' in written
    assert re.findall(r'class="leaf"><span lang="zh">(.*?)</span>', written) == ["第1页", "第2页"]
    menu = written[written.index("<details") : written.index("</details>")]
    assert "政务公开" in menu  # long: folded away
    assert '<p class="left-out">- 2 -</p>' in written[written.index("</details>") :]


def test_no_word_is_lost():
    bare = html.unescape(re.sub(r"<[^>]*>", " ", page()))
    assert set(TEXT.split()) <= set(bare.split())


def test_a_plain_text_goes_by_its_lines():
    plain = DOCUMENT.model_copy(update={"layout": (), "tables": ()})
    assert "<table" not in page(plain)
    assert page(plain).count("<p") + page(plain).count("<h2") == len(TEXT.split("\n"))


def test_a_value_is_told_by_page_table_row_and_column():
    contents = Contents.of((), (Paper(DOCUMENT),))
    told = contents.told(Source(doc="a.pdf", span=span("2", "乙<b>")))
    assert told.zh == "a.pdf，第2页，表1，第3行第3列"
    assert told.en == "a.pdf, page 2, table 1, row 3, column 3"
