"""How fast files of each format are taken apart, beside the bare library that does the same read.

python benchmarks/readers.py [FILE…] [--rounds N] [--rows N]

The texts, with a table between them, are written in every format first, and a table of many rows
as workbook and CSV. A reader turns the bytes into blocks with their places and tables with their
cells; the bare library gives the text of the same paragraphs in their order and of the same cells.
Both are told by the time of the processor, in turns, in one process. Understanding the text
(titles, sections, sentences) comes on top and is the same for all formats: the last column is
what `plantrack.read.read` takes for all of it.
"""

from __future__ import annotations

import csv
import gc
import io
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from common import PROJECT, parser, row, texts

sys.path.insert(0, str(PROJECT / "tests"))  # the tests know how to write every format
from read.makers import MAKERS, Grid, Head, Part, parts_of

from plantrack.read import read
from plantrack.read.base import decode
from plantrack.read.files import READERS
from plantrack.read.formats import Format, format_of
from plantrack.read.layoutrules import layout_rules
from plantrack.read.limits import limits

CELLS = frozenset({"td", "th"})


def table(rows: int) -> Grid:
    """An indicator table with a merged head."""
    head = [Head("序号", 2), Head("指标", 2), Head("数值", 1, 2), Head("属性", 2)]
    body = [
        [str(n), f"第{n}项产品产量（万吨）", f"{n}.5", f"{2 * n}", "预期性"]
        for n in range(1, rows + 1)
    ]
    return Grid("专栏1 主要指标", [head, ["2020年", "2025年"], *body], ["注：数据为初步统计数。"])


def bare_html(data: bytes, pages: list[int]) -> object:
    """selectolax: every line and cell in the order of the page, also those that stand in no paragraph."""
    from selectolax.lexbor import LexborHTMLParser

    page = LexborHTMLParser(data.decode())
    page.strip_tags(["script", "style"])
    assert page.body is not None
    out: list[tuple[str, object, str]] = []
    inline = layout_rules().web.inline
    parts: list[str | None] = []
    kind: tuple[str, object] = ("body", None)
    for node in page.body.traverse(include_text=True):
        tag = node.tag or ""
        if tag == "-text":
            parts.append(node.text_content)
        elif tag not in inline:
            out.append((*kind, "".join(filter(None, parts)).strip()))
            kind, parts = (tag, node.attributes if tag in CELLS else None), []
    out.append((*kind, "".join(filter(None, parts)).strip()))
    return out


def bare_docx(data: bytes, pages: list[int]) -> object:
    """python-docx: paragraphs and cells."""
    import docx

    file = docx.Document(io.BytesIO(data))
    cells = [[c.text for c in line.cells] for each in file.tables for line in each.rows]
    return [p.text for p in file.paragraphs], cells


def bare_pdf(data: bytes, pages: list[int]) -> object:
    """pypdfium2 for the text of all pages, pdfplumber for the tables of those that hold some."""
    import pdfplumber
    import pypdfium2

    file = pypdfium2.PdfDocument(data)
    said = [page.get_textpage().get_text_range() for page in file]
    file.close()
    with pdfplumber.open(io.BytesIO(data), pages=pages) as ruled:
        return said, [page.extract_tables() for page in ruled.pages]


def bare_xlsx(data: bytes, pages: list[int]) -> object:
    """python-calamine: the cells of all sheets as text, numbers as a sheet shows them (55, not 55.0)."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    return [
        [[f"{v:.15g}" if isinstance(v, float) else str(v).strip() for v in line] for line in sheet]
        for sheet in sheets
    ]


def bare_csv(data: bytes, pages: list[int]) -> object:
    """The csv module over the decoded text; blanks around a cell are no part of it, as elsewhere."""
    lines = csv.reader(io.StringIO(data.decode("gb18030"), newline=""))
    return [[cell.strip() for cell in line] for line in lines]


BARE: dict[str, Callable[[bytes, list[int]], object]] = {
    "html": bare_html,
    "docx": bare_docx,
    "pdf": bare_pdf,
    "xlsx": bare_xlsx,
    "csv": bare_csv,
}
NAMES = {"html": "selectolax", "docx": "python-docx", "pdf": "pypdfium2, pdfplumber", "xlsx": "python-calamine", "csv": "csv"}  # fmt: skip
# Big5 is read as cp950, what files in it are really in, so the bare library does that too.
ENCODINGS = ("utf-8", "utf-16", "gb18030", "cp950")


def spent(work: Callable[[], object]) -> float:
    """Seconds of the processor; what the work before left behind is cleared away first."""
    gc.collect()
    begun = time.process_time()
    work()
    return time.process_time() - begun


def compare(name: str, size: int, rounds: int, *works: Callable[[], object]) -> None:
    """One row: the least that the reader, the bare library and the whole reading take, in turns.

    What else runs on a machine only adds to the time of the processor.
    """
    for work in works:
        work()
    taken = [[spent(work) for work in works] for _ in range(rounds)]
    reader, bare, whole = (min(t[k] for t in taken) for k in range(3))
    row(
        name,
        f"{size / max(reader, 1e-9) / 1e6:.2f}",
        f"{size / max(bare, 1e-9) / 1e6:.2f}",
        f"{reader / max(bare, 1e-9):.2f}",
        f"{whole * 1000:.0f}",
    )


def one_format(suffix: str, parts: list[Part], folder: Path, rounds: int) -> None:
    """Writes the parts in a format and reads them both ways."""
    data = MAKERS[suffix](parts)
    path = folder / f"document.{suffix}"
    path.write_bytes(data)
    bounds = limits()

    def ours() -> object:
        kind = format_of(data, path.name, bounds)
        assert kind is not Format.TEXT
        return READERS[kind](data, path.name, bounds)

    document = read(path)
    pages = sorted({c.place.page for c in document.layout if c.kind == "table" and c.place.page})
    compare(
        f"{suffix} beside {NAMES[suffix]}",
        len(document.text),
        rounds,
        ours,
        lambda: BARE[suffix](data, pages),
        lambda: read(path),
    )


def main() -> None:
    """Print millions of characters a second of each format's reader and of the bare library, and the ratio of times."""
    options = parser(__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--rows", type=int, default=1000, help="of the table in workbook and CSV")
    chosen = options.parse_args()
    said = "\n".join(path.read_text("utf-8") for path in texts(chosen.files))
    lines = parts_of(said)
    half = len(lines) // 2
    row(
        f"{len(said):,} characters",
        "M chars/s",
        "bare M chars/s",
        "ratio of times",
        "all of it, ms",
    )
    with TemporaryDirectory() as name:
        folder = Path(name)
        for suffix in ("html", "docx", "pdf"):
            parts = [*lines[:half], table(40), *lines[half:]]
            one_format(suffix, parts, folder, chosen.rounds)
        for suffix in ("xlsx", "csv"):
            one_format(suffix, [table(chosen.rows)], folder, chosen.rounds)
        for encoding in ENCODINGS:
            # what an encoding lacks becomes a letter that it has
            known = frozenset(said.encode(encoding, "ignore").decode(encoding))
            data = "".join(c if c in known else "\u570b" for c in said).encode(encoding)
            path = folder / f"{encoding}.txt"
            path.write_bytes(data)
            compare(
                f"text in {encoding} beside bytes.decode",
                len(said),
                chosen.rounds,
                lambda data=data: decode(data, "text"),
                lambda data=data, encoding=encoding: data.decode(encoding),
                lambda path=path: read(path),
            )


if __name__ == "__main__":
    main()
