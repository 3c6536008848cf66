"""Pages of PDFs: paragraphs over lines, columns and pages, furniture, tables, pages without text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from read.boxfont import said, unseen
from read.drawn import WIDTH, Rule, Said, column, draw, grid, table
from read.makers import FONT
from reportlab.pdfbase import pdfmetrics

from plantrack import flow
from plantrack.errors import ReadError
from plantrack.model import BlockKind, Document
from plantrack.read import read
from plantrack.read.limits import limits
from plantrack.read.pdf import read_pdf

FIRST = "全县地区生产总值完成182.4亿元，按不变价格计算增长6.1%，一般公共预算收入10.57亿元，增长5.25%，规模以上工业增加值增长7.2%。"
SECOND = "城镇新增就业2,430人，失业人员再就业860人，城镇登记失业率2.6%，农村居民人均可支配收入17,655元，增长7.1%，城乡居民收入比缩小到2.16。"
HEADER = ["指标名称", "单位", "2023年", "2024年"]
ROWS = [
    HEADER,
    ["粮食产量", "万吨", "21.1", "21.3"],
    ["蔬菜产量", "万吨", "32.6", "33.4"],
    ["森林覆盖率", "%", "74.2", "74.8"],
    ["城镇化率", "%", "53.2", "54.1"],
]


def made(
    folder: Path, pages: list[list[Said]], rules: list[list[Rule]] | None = None, turn: int = 0
) -> Document:
    path = folder / "file.pdf"
    path.write_bytes(draw(pages, rules or [], turn))
    return read(path)


def paragraphs(document: Document) -> list[str]:
    """What stands on the pages but for furniture; a paragraph over pages is one."""
    out: list[str] = []
    for block in document.layout:
        if not block.left_out:
            text = block.span.of(document.text)
            if block.span.start and document.text[block.span.start - 1] != "\n":
                out[-1] += text
            else:
                out.append(text)
    return out


def left_out(document: Document) -> list[str]:
    return [b.span.of(document.text) for b in document.layout if b.left_out]


def cells(document: Document, number: int = 0) -> list[list[str]]:
    found = document.tables[number].cells
    rows = max(c.row or 0 for c in found) + 1
    return [[c.text for c in found if c.row == r] for r in range(rows)]


def test_lines_become_paragraphs(tmp_path: Path) -> None:
    document = made(tmp_path, [column([FIRST, SECOND, FIRST])])
    assert paragraphs(document) == [FIRST, SECOND, FIRST]
    assert document.block_at(0).place.page == 1


@settings(max_examples=15)
@given(st.integers(200, 460), st.integers(0, 12))
def test_no_line_end_cuts_a_number(width: int, shift: int) -> None:
    texts = [FIRST[shift:], SECOND, FIRST]
    data = draw([column(texts, x=(WIDTH - width) / 2, width=width)])
    pieces = read_pdf(data, "a.pdf", limits())
    assert [p.text for p in pieces.blocks] == texts


def test_a_paragraph_goes_on_on_the_next_page(tmp_path: Path) -> None:
    lines = column([FIRST, SECOND, FIRST, SECOND])
    pages = [
        [*lines[:5], Said(290, 30, "— 1 —", 9)],
        [s._replace(y=s.y + 100) for s in lines[5:]] + [Said(290, 30, "— 2 —", 9)],
    ]
    document = made(tmp_path, pages)
    assert paragraphs(document) == [FIRST, SECOND, FIRST, SECOND]
    figures = flow.figures(document)
    assert {f.place.zh if f.place else "" for f in figures} == {"第1页", "第2页"}
    assert [b.span.of(document.text) for b in document.layout if b.left_out] == ["— 1 —", "— 2 —"]


def test_page_heads_and_numbers_are_left_out(tmp_path: Path) -> None:
    pages = [
        [Said(78, 800, f"青溪县人民政府公报 2024年第{n}期", 9), *column([FIRST if n % 2 else SECOND]), Said(280, 40, f"第 {n} 页 共 4 页", 9)]
        for n in range(1, 5)
    ]  # fmt: skip
    document = made(tmp_path, pages)
    assert paragraphs(document) == [FIRST, SECOND] * 2
    assert sum(b.left_out for b in document.layout) == 8


def test_a_head_on_two_pages_of_three_is_one(tmp_path: Path) -> None:
    head = Said(78, 800, "青溪县人民政府公报", 9)
    pages = [column([FIRST]), [head, *column([SECOND])], [head, *column([FIRST])]]
    assert paragraphs(made(tmp_path, pages)) == [FIRST, SECOND, FIRST]


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = column([FIRST, SECOND], x=60, width=220)
    right = column([SECOND, FIRST], x=315, width=220)
    both = [s for pair in zip(left, right, strict=False) for s in pair]
    longer = left if len(left) > len(right) else right
    title = Said(150, 790, "青溪县2024年国民经济和社会发展统计公报", 16)
    document = made(tmp_path, [[title, *both, *longer[len(both) // 2 :]]])
    assert paragraphs(document) == [title.text, FIRST, SECOND, SECOND, FIRST]


def test_letters_of_another_font_are_put_where_they_stand(tmp_path: Path) -> None:
    """Writers draw quotation marks after the rest of the line where their font is another."""
    width = pdfmetrics.stringWidth("“", FONT, 12)
    y, x = 700.0, 78.0
    parts: list[Said] = []
    late: list[Said] = []
    for text in ("第一章", "“", "十四五", "”", "时期发展目标，增长", "6.1%"):
        (late if text in "“”" else parts).append(Said(x, y, text))
        x += pdfmetrics.stringWidth(text, FONT, 12) if len(text) > 1 else width
    document = made(tmp_path, [[*parts, *late, Said(78, 600, "其后。")]])
    assert paragraphs(document) == ["第一章“十四五”时期发展目标，增长6.1%", "其后。"]


def test_gaps_between_chinese_and_digits_are_no_blanks(tmp_path: Path) -> None:
    """Word and LibreOffice set a quarter of a letter between them."""
    x, line = 78.0, []
    for text in ("到", "2025", "年，增长", "6.1%", "左右"):
        line.append(Said(x, 700, text))
        x += pdfmetrics.stringWidth(text, FONT, 12) + 3
    assert paragraphs(made(tmp_path, [line])) == ["到2025年，增长6.1%左右"]


XS, STEP = [78.0, 200.0, 280.0, 380.0, 480.0], 24.0


def test_a_table_with_rules(tmp_path: Path) -> None:
    top = 700.0
    ys = [top - STEP * n for n in range(len(ROWS) + 1)]
    page = [
        Said(200, 720, "表1 2024年主要指标"),
        *table(ROWS, XS, top, STEP),
        Said(78, ys[-1] - 20, "注：数据为初步统计数。"),
    ]
    document = made(tmp_path, [page], [grid(XS, ys)])
    assert document.tables[0].title == "表1 2024年主要指标"
    assert cells(document) == ROWS
    assert [n.text for n in document.tables[0].notes] == ["注：数据为初步统计数。"]
    figure = next(f for f in flow.figures(document) if f.text == "74.8")
    assert figure.place is not None
    assert (figure.place.zh, figure.place.en) == (
        "第1页，表1，第4行第4列",
        "page 1, table 1, row 4, column 4",
    )


def test_cells_merged_by_their_rules(tmp_path: Path) -> None:
    """A header of two rows: 产量 stands over two years, the name of the indicator beside both."""
    rows = [["指标名称", "单位", "产量", ""], ["", "", "2023年", "2024年"], *ROWS[1:3]]
    top = 700.0
    ys = [top - STEP * n for n in range(5)]
    rules = [
        *((XS[0], y, XS[-1], y) for y in (ys[0], ys[2], ys[3], ys[4])),
        (XS[2], ys[1], XS[4], ys[1]),
        *((x, ys[0], x, ys[-1]) for x in (XS[0], XS[1], XS[2], XS[4])),
        (XS[3], ys[1], XS[3], ys[-1]),
    ]
    document = made(tmp_path, [[Said(78, 740, "一、产量"), *table(rows, XS, top, STEP)]], [rules])
    assert cells(document) == [
        ["指标名称", "单位", "产量", ""],
        ["指标名称", "单位", "2023年", "2024年"],
        *ROWS[1:3],
    ]


def test_a_table_without_rules(tmp_path: Path) -> None:
    page = [
        *column([FIRST]),
        Said(200, 600, "表1 2024年主要指标"),
        *table(ROWS, XS, 590, STEP),
        *column([SECOND], top=420),
    ]
    document = made(tmp_path, [page])
    assert cells(document) == ROWS
    assert document.tables[0].title == "表1 2024年主要指标"
    assert [p for p in paragraphs(document) if "\t" not in p] == [
        FIRST, "表1 2024年主要指标", SECOND,
    ]  # fmt: skip


def test_a_table_with_lines_under_its_head_only(tmp_path: Path) -> None:
    """As statistics are printed: heads stand in the middle of wide columns, words to the left of them."""
    head = [said._replace(x=said.x + 40) for said in table(ROWS[:1], XS, 700, STEP)]
    page = [*column([FIRST]), *head, *table(ROWS[1:], XS, 700 - STEP, STEP)]
    ys = [702.0, 700 - STEP, 700 - STEP * len(ROWS)]
    page = [s._replace(y=s.y + 60) if s.y > 705 else s._replace(y=s.y - 80) for s in page]
    rules = [(XS[0], y - 80, XS[-1], y - 80) for y in ys]
    assert cells(made(tmp_path, [page], [rules])) == ROWS


def test_cells_that_stand_at_the_same_height_on_every_page_are_no_page_heads(
    tmp_path: Path,
) -> None:
    """A long table fills the pages down to their margins, with the same unit and like numbers in each row."""
    rows = [[f"{letter}产品产量", "万吨", f"{n}.1", f"{n}.3"] for n, letter in enumerate("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉", 11)]  # fmt: skip
    pages = [
        [*table([HEADER, *rows[5 * n : 5 * n + 5]], XS, 200, STEP), Said(290, 20, f"{n + 1}", 9)]
        for n in range(4)
    ]
    document = made(tmp_path, pages)
    assert cells(document) == [HEADER, *rows]
    assert left_out(document) == ["1", "2", "3", "4"]


@pytest.mark.parametrize("ruled", [True, False])
def test_a_table_that_goes_over_a_page_is_one(tmp_path: Path, ruled: bool) -> None:
    """The second page repeats the header, the third does not."""
    pages, rules = [], []
    for rows, top in (
        ([HEADER, *ROWS[1:3]], 160.0),
        ([HEADER, ROWS[3], ROWS[1], ROWS[2]], 780.0),
        ([ROWS[4], ROWS[3], ROWS[1]], 780.0),
    ):
        pages.append(table(rows, XS, top, STEP))
        rules.append(grid(XS, [top - STEP * n for n in range(len(rows) + 1)]))
    pages[0] = [*column([FIRST, SECOND]), Said(200, 170, "表1 主要指标"), *pages[0]]
    pages[2] += column([SECOND], top=600)
    document = made(tmp_path, pages, rules if ruled else [])
    assert len(document.tables) == 1
    assert cells(document) == [HEADER, *ROWS[1:3], ROWS[3], ROWS[1], ROWS[2], ROWS[4], ROWS[3], ROWS[1]]  # fmt: skip
    last = [c for c in document.tables[0].cells if c.text == "21.3"][-1]
    assert document.place_of(last.span).zh == "第3页，表1，第9行第4列"
    kinds = [b.kind for b in document.layout if not b.left_out]
    assert kinds.count(BlockKind.TABLE) == 3


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages_are_turned_back(tmp_path: Path, turn: int) -> None:
    page = column([FIRST, SECOND], top=500)
    ys = [300 - STEP * n for n in range(len(ROWS) + 1)]
    document = made(tmp_path, [[*page, *table(ROWS, XS, 300, STEP)]], [grid(XS, ys)], turn)
    assert [p for p in paragraphs(document) if "\t" not in p] == [FIRST, SECOND]
    assert cells(document) == ROWS


def test_scanned_files_are_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(
        ReadError, match=r"its 2 pages hold no text, only pictures of it.*Run OCR.*ocrmypdf"
    ):
        made(tmp_path, [[], []])


def test_scanned_pages_among_others_are_told(tmp_path: Path) -> None:
    document = made(tmp_path, [column([FIRST]), [], column([SECOND]), []])
    (conflict,) = document.conflicts
    assert conflict.about == "pages"
    assert conflict.found == "pages without text, perhaps pictures of it: 2, 4"
    assert paragraphs(document) == [FIRST, SECOND]


def test_letters_that_no_font_explains_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"in fonts that do not say which they are.*Run OCR"):
        made(tmp_path, [[Said(78, 700, "\ue001\ue002\ue003增长")]])


def test_numbers_of_letters_that_no_font_explains_are_refused(tmp_path: Path) -> None:
    """The library reads such numbers as if they were Unicode: ሴስሶ."""
    path = tmp_path / "file.pdf"
    path.write_bytes(unseen(said("\u1234\u1235\u1236") + said("24", 72, 600), explained=False))
    with pytest.raises(
        ReadError,
        match=r"3 of its 7 letters are in fonts that do not say which they are, first on page 1 in Unseen\..*Run OCR",
    ):
        read(path)


def test_numbers_that_make_chinese_are_believed(tmp_path: Path) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(unseen(said("到2025年增长6.1%。"), explained=False))
    assert read(path).text == "到2025年增长6.1%。"


def test_a_locked_file_is_refused(tmp_path: Path) -> None:
    import io

    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("geheim"))
    canvas.drawString(78, 700, "6.1%")
    canvas.save()
    path = tmp_path / "locked.pdf"
    path.write_bytes(out.getvalue())
    with pytest.raises(ReadError, match=r"it is locked with a password. Save it without one"):
        read(path)
