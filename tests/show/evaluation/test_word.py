"""Word files, read back by python-docx."""

from __future__ import annotations

import io
import sys

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import MissingExtraError
from plantrack.show.evaluation import to_word
from plantrack.show.evaluation.blocks import Facts, Grid, Heading, Paragraph
from plantrack.show.hidden import shown

BLOCKS = (
    Heading("标题", 0),
    Heading("一节", 1),
    Paragraph("一段。"),
    Paragraph("小字。", quiet=True),
    Facts((("名", "值"),)),
    Grid(("甲", "乙"), (("a", "1"), ("b", "2")), numbers=(1,)),
)


def read(raw: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(raw))


def test_everything_stands_in_the_file_in_its_style():
    document = read(to_word(BLOCKS))
    said = [(p.style.name, p.text) for p in document.paragraphs if p.text]
    assert said == [
        ("Title", "标题"),
        ("Heading 1", "一节"),
        ("Normal", "一段。"),
        ("Normal", "小字。"),
        ("List Bullet", "名 值"),
    ]
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["甲", "乙"],
        ["a", "1"],
        ["b", "2"],
    ]
    assert document.core_properties.title == "标题"


def test_the_head_of_a_table_repeats_on_every_page_and_chinese_has_its_font():
    document = read(to_word(BLOCKS))
    first, second, _ = document.tables[0].rows
    assert first._tr.trPr.find(qn("w:tblHeader")) is not None
    assert second._tr.trPr.find(qn("w:tblHeader")) is None
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "宋体"


def test_what_lags_stands_out_and_pages_are_numbered():
    grid = Grid(("甲", "乙"), (("a", "1"), ("b", "2")), strong=(1,))
    document = read(to_word([grid]))
    bold = [
        [cell.paragraphs[0].runs[0].bold for cell in row.cells] for row in document.tables[0].rows
    ]
    assert bold == [[True, True], [False, False], [False, True]]
    footer = document.sections[0].footer.paragraphs[0]._p
    assert [f.get(qn("w:instr")) for f in footer.findall(qn("w:fldSimple"))] == ["PAGE"]


@given(st.text(st.characters(codec=None), max_size=40))
def test_any_text_can_be_written_and_comes_back(text):
    document = read(to_word([Paragraph(text), Grid((text,), ((text,),))]))
    said = shown(text).replace("\r\n", "\n").replace("\r", "\n")
    assert document.paragraphs[0].text == said
    assert document.tables[0].cell(1, 0).text == said


def test_the_same_report_gives_the_same_bytes():
    assert to_word(BLOCKS) == to_word(BLOCKS)


def test_without_python_docx_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MissingExtraError, match=r"plantrack\[word\]"):
        to_word(BLOCKS)
