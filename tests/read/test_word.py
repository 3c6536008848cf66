"""Word files: paragraphs, merged cells, footnotes, text boxes, tracked changes, pages."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from read.hostile import WORD, word
from read.makers import saved

from plantrack import flow
from plantrack.errors import ReadError
from plantrack.model import BlockKind, Document, SectionKind
from plantrack.read import read


def file(folder: Path, data: bytes) -> Path:
    path = folder / "file.docx"
    path.write_bytes(data)
    return path


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(b.kind.value, b.span.of(document.text)) for b in document.layout if not b.left_out]


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_headings_paragraphs_and_line_breaks(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_heading("青溪县2024年政府工作报告", 0)
    made.add_heading("一、2023年工作回顾", 1)
    made.add_paragraph("地区生产总值增长6.1%。\n财政收入增长5%。")
    document = read(file(tmp_path, saved(made)))
    assert blocks(document) == [
        ("heading", "青溪县2024年政府工作报告"),
        ("heading", "一、2023年工作回顾"),
        ("paragraph", "地区生产总值增长6.1%。"),
        ("paragraph", "财政收入增长5%。"),
    ]
    assert [b.place.element for b in document.layout] == [
        "body/p[1]", "body/p[2]", "body/p[3]", "body/p[3]",
    ]  # fmt: skip


def test_merged_cells_are_told_once_and_stand_in_each_row(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(4, 4)
    for r, row in enumerate(
        (["指标", "单位", "产量", ""], ["", "", "2022年", "2023年"], ["粮食", "万吨", "21.1", "21.3"], ["蔬菜", "", "32.6", "33.4"])
    ):  # fmt: skip
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    for top, left, bottom, right in ((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (2, 1, 3, 1)):
        table.cell(top, left).merge(table.cell(bottom, right))
    document = read(file(tmp_path, saved(made)))
    cells = {(c.row, c.column): c for c in document.tables[0].cells}
    assert [[cells[r, c].text for c in range(4)] for r in range(4)] == [
        ["指标", "单位", "产量", ""],
        ["指标", "单位", "2022年", "2023年"],
        ["粮食", "万吨", "21.1", "21.3"],
        ["蔬菜", "万吨", "32.6", "33.4"],
    ]
    assert cells[2, 1].span == cells[3, 1].span
    assert document.text.count("万吨") == 1
    assert document.place_of(cells[3, 3].span).zh == "表1，第4行第4列"


def test_footnotes_come_last_and_page_heads_are_left_out(tmp_path: Path) -> None:
    notes = (
        f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:type="separator" w:id="-1">{paragraph("")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("增速按可比价格计算，上年为5.8%。")}</w:footnote></w:footnotes>'
    )
    head = f'<w:hdr xmlns:w="{WORD}">{paragraph("青溪县人民政府公报 增长99%")}</w:hdr>'
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>。</w:t></w:r>'
    body = f"<w:p><w:r><w:t>地区生产总值增长6.1%</w:t></w:r>{reference}</w:p>{paragraph('财政收入增长5%。')}"
    data = word(body, "", **{"word/footnotes.xml": notes, "word/header1.xml": head})
    document = flow.read(file(tmp_path, data))
    assert blocks(document) == [
        ("paragraph", "地区生产总值增长6.1%。"),
        ("paragraph", "财政收入增长5%。"),
        ("note", "增速按可比价格计算，上年为5.8%。"),
    ]
    assert document.layout[2].place.element == "footnote[2]"
    assert document.layout[3].left_out
    assert document.sections[-1].kind is SectionKind.NOTE
    assert "99" not in {f.text for f in flow.figures(document)}


def test_a_text_box_follows_the_paragraph_it_hangs_on_and_is_read_once(tmp_path: Path) -> None:
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = f"<w:txbxContent>{paragraph('专栏：财政收入增长5%。')}</w:txbxContent>"
    both = f"<mc:AlternateContent {space}><mc:Choice>{box}</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    body = f"<w:p><w:r><w:t>地区生产总值</w:t></w:r><w:r>{both}</w:r><w:r><w:t>增长6.1%。</w:t></w:r></w:p>"
    document = read(file(tmp_path, word(body + paragraph("其后。"))))
    assert blocks(document) == [
        ("paragraph", "地区生产总值增长6.1%。"),
        ("paragraph", "专栏：财政收入增长5%。"),
        ("paragraph", "其后。"),
    ]
    assert document.layout[1].place.element == "body/p[1]/box[1]/p[1]"


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>地区生产总值增长</w:t></w:r><w:del><w:r><w:delText>5</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>6.1</w:t></w:r></w:ins><w:r><w:t>%。</w:t></w:r></w:p>"
        "<w:moveFrom><w:p><w:r><w:t>移走。</w:t></w:r></w:p></w:moveFrom>"
        f"<w:sdt><w:sdtContent>{paragraph('控件中的段落。')}</w:sdtContent></w:sdt>"
    )
    document = read(file(tmp_path, word(body)))
    assert document.text == "地区生产总值增长6.1%。\n控件中的段落。"


def test_pages_are_told_where_word_wrote_them_down(tmp_path: Path) -> None:
    body = paragraph("地区生产总值增长6.1%。") + (
        "<w:p><w:r><w:lastRenderedPageBreak/><w:t>财政收入增长5%。</w:t></w:r></w:p>"
    )
    document = flow.read(file(tmp_path, word(body)))
    places = [f.place.zh if f.place else "" for f in flow.figures(document)]
    assert places == ["第1页", "第2页"]


def test_a_table_that_only_lays_out_is_read_as_paragraphs(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(1, 2)
    table.cell(0, 0).text = "地区生产总值增长6.1%。"
    table.cell(0, 1).text = "财政收入增长5%。"
    document = read(file(tmp_path, saved(made)))
    assert document.tables == ()
    assert document.text == "地区生产总值增长6.1%。\n财政收入增长5%。"


def test_parts_in_another_format_are_told(tmp_path: Path) -> None:
    document = read(file(tmp_path, word(paragraph("增长6%。") + "<w:altChunk/>")))
    assert [(c.about, c.found) for c in document.conflicts] == [
        ("content", "1 parts in another format, embedded whole")
    ]


def test_a_file_of_pictures_is_refused_with_what_to_do(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph()._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:drawing/></w:r>"))
    with pytest.raises(ReadError, match=r"a Word file without any text.*run OCR on it first"):
        read(file(tmp_path, saved(made)))


def test_kinds_of_blocks(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("前。")
    table = made.add_table(2, 2)
    for cell, text in zip(
        (c for r in table.rows for c in r.cells), ("指标", "值", "粮食", "21.3"), strict=True
    ):
        cell.text = text
    kinds = [b.kind for b in read(file(tmp_path, saved(made))).layout]
    assert kinds == [BlockKind.PARAGRAPH, BlockKind.TABLE]
