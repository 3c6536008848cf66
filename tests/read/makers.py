"""One document of our own written in every format that is read: what the tests of readers stand on."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

from plantrack.read.lines import lines


class Head(NamedTuple):
    """A cell of a header or body, with the rows and columns it covers."""

    text: str
    rows: int = 1
    columns: int = 1


class Grid(NamedTuple):
    """A table: its title, its rows with covered cells left out, its notes."""

    title: str
    rows: Sequence[Sequence[Head | str]]
    notes: Sequence[str] = ()


Part = str | Grid
FONT = "STSong-Light"  # one of the fonts every PDF reader is required to know


def parts_of(text: str) -> list[Part]:
    """The lines of a text as paragraphs."""
    return [line.text for line in lines(text)]


def cells(grid: Grid) -> list[list[tuple[int, Head]]]:
    """The cells of each row with the column each stands in."""
    taken: set[tuple[int, int]] = set()
    out = []
    for r, row in enumerate(grid.rows):
        column, line = 0, []
        for given in row:
            cell = Head(given) if isinstance(given, str) else given
            while (r, column) in taken:
                column += 1
            line.append((column, cell))
            taken |= {(r + i, column + k) for i in range(cell.rows) for k in range(cell.columns)}
            column += cell.columns
        out.append(line)
    return out


def width(grid: Grid) -> int:
    """How many columns a table has."""
    return max(column + cell.columns for row in cells(grid) for column, cell in row)


def dense(grid: Grid) -> list[list[str]]:
    """The rows with an empty text where another cell covers the place."""
    out = []
    wide = width(grid)
    for row in cells(grid):
        line = [""] * wide
        for column, cell in row:
            line[column] = cell.text
        out.append(line)
    return out


def as_text(parts: Sequence[Part]) -> bytes:
    """Plain text; the cells of a row are parted by tabs."""
    out = []
    for part in parts:
        if isinstance(part, str):
            out.append(part)
        else:
            out += [part.title, *("\t".join(row) for row in dense(part)), *part.notes]
    return "\n".join(out).encode()


def as_markdown(parts: Sequence[Part]) -> bytes:
    """Markdown with pipe tables."""
    out = []
    for part in parts:
        if isinstance(part, str):
            out.append(part)
            continue
        head, *body = ("| " + " | ".join(row) + " |" for row in dense(part))
        out += [part.title, "", head, "|" + "---|" * width(part), *body, "", *part.notes]
    return "\n\n".join(out).replace("|\n\n|", "|\n|").encode()


MENU = (
    '<div class="top"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li></ul></div>'
    '<div class="crumbs">您当前的位置：<a href="/">首页</a> &gt; <a href="/gh">规划 2024</a></div>'
)
FOOT = (
    '<div class="bdsharebuttonbox">分享到 <a>微信</a></div>'
    "<p>上一篇：<a href='1.html'>青溪县2019年规划</a></p><p>下一篇：<a href='2.html'>无</a></p>"
    '<div class="footer"><p>主办：青溪县人民政府　网站标识码：1234567890</p><p>浏览次数 3021</p></div>'
)


def as_html(parts: Sequence[Part], *, menu: str = MENU, foot: str = FOOT) -> bytes:
    """A page as government sites have them: a menu, the document, a share bar and a footer."""
    out = [f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{menu}<div id=zoom>"]
    for part in parts:
        if isinstance(part, str):
            out.append(f"<p>\n  　　{escape(part)}\n</p>")
            continue
        out.append(f"<p>{escape(part.title)}</p><table><tbody>")
        for row in cells(part):
            out.append(
                "<tr>"
                + "".join(
                    f"<td rowspan={cell.rows} colspan='{cell.columns}'><p><span>{escape(cell.text)}</span></p></td>"
                    for _, cell in row
                )
                + "</tr>"
            )
        out.append("</tbody></table>" + "".join(f"<p>{escape(note)}</p>" for note in part.notes))
    return "".join([*out, f"</div>{foot}</body></html>"]).encode()


def as_word(parts: Sequence[Part]) -> bytes:
    """A Word file; its tables have merged cells."""
    import docx

    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        document.add_paragraph(part.title)
        table = document.add_table(len(part.rows), width(part), style="Table Grid")
        for r, row in enumerate(cells(part)):
            for column, cell in row:
                last = table.cell(r + cell.rows - 1, column + cell.columns - 1)
                table.cell(r, column).merge(last).text = cell.text
        for note in part.notes:
            document.add_paragraph(note)
    return saved(document)


def saved(document: object) -> bytes:
    """The bytes of what has a `save`."""
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def as_sheet(parts: Sequence[Part]) -> bytes:
    """A workbook: paragraphs in the first column, tables with merged cells, numbers as numbers."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "指标"
    at = 1
    for part in parts:
        if isinstance(part, str):
            sheet.cell(at, 1, part)
            at += 1
            continue
        sheet.cell(at, 1, part.title)
        sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=width(part))
        for r, row in enumerate(cells(part), start=at + 1):
            for column, cell in row:
                number = cell.text.isdecimal() or cell.text.replace(".", "", 1).isdecimal()
                sheet.cell(r, column + 1, float(cell.text) if number else cell.text)
                if cell.rows * cell.columns > 1:
                    sheet.merge_cells(
                        start_row=r, end_row=r + cell.rows - 1,
                        start_column=column + 1, end_column=column + cell.columns,
                    )  # fmt: skip
        at += 1 + len(part.rows)
        for note in part.notes:
            sheet.cell(at, 1, note)
            at += 1
    return saved(book)


def as_csv(parts: Sequence[Part]) -> bytes:
    """CSV in GB18030, as Excel writes it in China."""
    out = io.StringIO(newline="")
    write = csv.writer(out).writerow
    for part in parts:
        if isinstance(part, str):
            write([part])
            continue
        rows = [[part.title], *dense(part), *([note] for note in part.notes)]
        wide = width(part)
        for row in rows:
            write([*row, *[""] * (wide - len(row))])
    return out.getvalue().encode("gb18030")


def as_pdf(parts: Sequence[Part], *, rules: bool = True) -> bytes:
    """A PDF with page numbers, a head from the second page on, tables with rules or without."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    look = {"fontName": FONT, "fontSize": 12, "leading": 20, "wordWrap": "CJK"}
    body = ParagraphStyle("body", firstLineIndent=24, **look)

    def furnish(canvas: object, page: object) -> None:
        canvas.setFont(FONT, 9)  # type: ignore[attr-defined]
        if page.page > 1:  # type: ignore[attr-defined]
            canvas.drawString(72, 800, "青溪县人民政府公报 2024")  # type: ignore[attr-defined]
        canvas.drawCentredString(297, 30, f"— {page.page} —")  # type: ignore[attr-defined]

    flow: list[Flowable] = []
    for part in parts:
        if isinstance(part, str):
            flow.append(Paragraph(escape(part), body))
            continue
        flow.append(Paragraph(escape(part.title), body))
        style: list[tuple[object, ...]] = [("FONT", (0, 0), (-1, -1), FONT, 10)]
        style += [("GRID", (0, 0), (-1, -1), 0.5, "black")] if rules else []
        style += [
            ("SPAN", (column, r), (column + cell.columns - 1, r + cell.rows - 1))
            for r, row in enumerate(cells(part))
            for column, cell in row
        ]
        flow.append(Table(dense(part), style=style, repeatRows=1))
        flow += [Paragraph(escape(note), body) for note in part.notes]
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4).build(flow, onFirstPage=furnish, onLaterPages=furnish)
    return out.getvalue()


MAKERS = {
    "txt": as_text,
    "md": as_markdown,
    "html": as_html,
    "docx": as_word,
    "pdf": as_pdf,
    "xlsx": as_sheet,
    "csv": as_csv,
}


def write(folder: Path, parts: Sequence[Part], suffix: str) -> Path:
    """The document as a file of that format."""
    path = folder / f"document.{suffix}"
    path.write_bytes(MAKERS[suffix](parts))
    return path
