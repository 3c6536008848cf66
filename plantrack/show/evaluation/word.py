"""A report as a Word file (docx); needs the extra `word`."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from plantrack.errors import MissingExtraError
from plantrack.show.evaluation.blocks import Block, Facts, Grid, Heading, Paragraph
from plantrack.show.hidden import shown

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph as Paragraph_

_LATIN, _CHINESE, _CHINESE_HEAD = "Times New Roman", "宋体", "黑体"
_HEAD_SHADE = "E8EDF4"
_SIZES = {"body": 11, "quiet": 9, "table": 9}  # points
_MARGIN, _WIDTH = 2.2, 29.7  # cm; A4 across, for the tables
_HEIGHT = 21.0
_WIDE = 0x2E80  # signs from here on are as wide as they are high
_LONGEST, _PADDING = 56, 4  # letters: of a column's text, and room beside it
_MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest a ZIP can tell: the same report gives the same bytes


def to_word(blocks: Iterable[Block]) -> bytes:
    """The report as the bytes of a docx file. MissingExtraError where python-docx is not installed."""
    try:
        import docx
    except ImportError:
        raise MissingExtraError("word", "Writing a Word file") from None
    document = docx.Document()
    _set_up(document)
    for block in blocks:
        _add(document, block)
    raw = io.BytesIO()
    document.save(raw)
    return _timeless(raw)


def _set_up(document: Document) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(_WIDTH), Cm(_HEIGHT)
    section.left_margin = section.right_margin = Cm(_MARGIN)
    section.top_margin = section.bottom_margin = Cm(_MARGIN)
    for name, size in {
        "Normal": _SIZES["body"],
        "Title": 20,
        "Heading 1": 15,
        "Heading 2": 12,
    }.items():
        style: Any = document.styles[name]
        style.font.name, style.font.size = _LATIN, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        _chinese(style.element, _CHINESE if name == "Normal" else _CHINESE_HEAD)
    title: Any = document.styles["Title"]
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in title.element.findall(f".//{qn('w:pBdr')}"):
        line.getparent().remove(line)
    _page_number(section.footer.paragraphs[0])
    document.core_properties.author = "plantrack"
    document.core_properties.comments = ""


def _page_number(paragraph: Paragraph_) -> None:
    """The number of the page, in the middle: a field that Word fills in."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field: Any = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _chinese(element: Any, font: str) -> None:  # noqa: ANN401  an element of the file
    """Chinese characters take a font of their own in Word, and no theme may override it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    fonts = element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), font)
    properties: Any = element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(
        qn("w:eastAsia"), "zh-CN"
    )  # or signs may be set as elsewhere: a comma in the middle
    properties.append(language)


def _add(document: Document, block: Block) -> None:
    from docx.shared import Pt

    match block:
        case Heading():
            heading = document.add_heading(shown(block.text), block.level)
            if block.level == 0:  # each plan on a page of its own
                heading.paragraph_format.page_break_before = True
                document.core_properties.title = shown(block.text)[:250]
        case Paragraph():
            run = document.add_paragraph().add_run(shown(block.text))
            run.font.size = Pt(_SIZES["quiet"]) if block.quiet else None
        case Facts():
            for number, (name, said) in enumerate(block.pairs, 1):
                paragraph = document.add_paragraph(style="List Bullet")
                paragraph.paragraph_format.space_after = Pt(2)
                # told together, on one page where that is possible
                paragraph.paragraph_format.keep_with_next = number < len(block.pairs)
                paragraph.add_run(shown(name)).bold = True
                paragraph.add_run(f" {shown(said)}")
        case Grid():
            _grid(document, block)


def _grid(document: Document, grid: Grid) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm

    table = document.add_table(rows=0, cols=len(grid.head), style="Table Grid")
    table.autofit = False
    widths = [Cm(width) for width in _widths(grid)]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for number, texts in enumerate((grid.head, *grid.rows)):
        row = table.add_row()
        for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = widths[column]
            last = column == len(texts) - 1
            strong = number == 0 or (last and number - 1 in grid.strong)
            _fill(cell, text, head=number == 0, strong=strong, number=column in grid.numbers)
        properties: Any = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:  # stands on top of every page
            repeat: Any = OxmlElement("w:tblHeader")
            repeat.set(qn("w:val"), "true")
            properties.append(repeat)
    document.add_paragraph()


def _widths(grid: Grid) -> list[float]:
    """Widths in cm by the longest text of each column, within bounds: long names and reasons wrap."""
    columns = zip(grid.head, *grid.rows, strict=True)
    sizes = [min(max(map(_size, texts)), _LONGEST) + _PADDING for texts in columns]
    return [(_WIDTH - 2 * _MARGIN) * size / sum(sizes) for size in sizes]


def _size(text: str) -> int:
    """How wide a text is: a Chinese sign takes the room of two letters."""
    return sum(1 if ord(sign) < _WIDE else 2 for sign in text)


def _fill(cell: _Cell, text: str, *, head: bool, strong: bool, number: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(shown(text))
    run.font.size, run.bold = Pt(_SIZES["table"]), strong
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(2)
    form.line_spacing = 1.0
    if number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if head:
        shade: Any = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), _HEAD_SHADE)
        cell._tc.get_or_add_tcPr().append(shade)


def _timeless(raw: io.BytesIO) -> bytes:
    """The same archive without the time at which it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(
                zipfile.ZipInfo(part.filename, _MOMENT), old.read(part), zipfile.ZIP_DEFLATED
            )
    return out.getvalue()
