"""Letters that no font draws are read all the same: on machines without fonts as on those with them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from read.boxfont import font, said, unseen
from read.drawn import Said, column, draw, grid, table
from read.hostile import form
from read.makers import as_pdf
from read.test_equal import REPORT
from read.test_pdf import FIRST, HEADER, ROWS, SECOND, STEP, XS

from plantrack.read.pdfroom import text_page

MOST = 1000


def whole(data: bytes, most: int = MOST) -> str:
    """The text of the first page."""
    return text_page(pypdfium2.PdfDocument(data)[0], most).get_text_range()


def bare(data: bytes) -> str:
    """What the library says alone."""
    return pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()


# ----------------------------------------------------------- in the layer that OCR lays over a picture

SINGLE = said("到") + said("2025", 90) + said("年", 140)


def test_a_letter_without_outline_that_stands_alone() -> None:
    data = unseen(SINGLE)
    assert bare(data) == "2025"
    assert whole(data) == "到 2025年"


def test_lines_on_their_side() -> None:
    side = b"0 1 -1 0 300 0 cm " + said("到2025年") + said("增长", 72, 650)
    assert bare(unseen(side)) == ""
    assert whole(unseen(side)) == "到2025年\r\n增长"


def test_letters_in_a_drawing_that_another_draws() -> None:
    outer = form(b"/Y Do ", b"/Y 10 0 R")
    assert whole(unseen(b"/X Do ", outer, form(SINGLE))) == "到 2025年"


def test_a_blank_that_stands_alone_is_the_gap_that_it_leaves() -> None:
    """As in any font: else a blank that only sets letters apart would be read."""
    text = text_page(pypdfium2.PdfDocument(unseen(SINGLE + said(" ", 84)))[0], MOST)
    assert text.get_text_range() == "到 2025年"
    generated = [pypdfium2.raw.FPDFText_IsGenerated(text, at) for at in range(text.count_chars())]
    assert generated == [0, 1, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(("most", "found"), [(1, "到 2025"), (3, "到 2025年")])
def test_so_many_things_are_looked_at(most: int, found: str) -> None:
    assert whole(unseen(SINGLE), most) == found


# ----------------------------------------------------------------- on machines with fonts and without

READS = """
import ctypes, json, sys
from pathlib import Path
import pypdfium2
from pypdfium2 import raw
folder, *files = sys.argv[1:]
path = ctypes.create_string_buffer(folder.encode())
letters = ctypes.POINTER(ctypes.c_char)
paths = (letters * 2)(ctypes.cast(path, letters), None)
raw.FPDF_DestroyLibrary()
raw.FPDF_InitLibraryWithConfig(raw.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=paths))
from plantrack.read.limits import limits
from plantrack.read.pdf import read_pdf
first = pypdfium2.PdfDocument(files[0])[0].get_textpage().get_text_range()
print(json.dumps([first, *(repr(read_pdf(Path(f).read_bytes(), f, limits())) for f in files)]))
"""


def pages() -> dict[str, bytes]:
    """PDFs that name a font and do not hold it."""
    line = [Said(78 + 16 * n, 700, letter) for n, letter in enumerate("到2025年，增长 6.1%")]
    turned = [*column([FIRST, SECOND], top=500), *table(ROWS, XS, 300, STEP)]
    rules = grid(XS, [300 - STEP * n for n in range(len(ROWS) + 1)])
    first, second, third = [HEADER, *ROWS[1:3]], [HEADER, ROWS[3], *ROWS[1:3]], ROWS[:2:-1]
    long = [  # where the height of the letters decides what stands in the margin
        table(rows, XS, top, STEP)
        for rows, top in ((first, 160.0), (second, 780.0), (third, 780.0))
    ]
    return {
        "letters": draw([line]),
        "turned90": draw([turned], [rules], 90),
        "turned270": draw([turned], [rules], 270),
        "long": draw(long),
        "report": as_pdf(REPORT),
    }


@pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere the library asks the system for fonts"
)
def test_a_machine_with_fonts_reads_the_same_as_one_without(tmp_path: Path) -> None:
    files = []
    for name, data in pages().items():
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(data)
    (tmp_path / "none").mkdir()
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / "box.ttf").write_bytes(font())
    children = [
        subprocess.Popen([sys.executable, "-c", READS, str(tmp_path / fonts), *map(str, files)], stdout=subprocess.PIPE)
        for fonts in ("none", "box")
    ]  # fmt: skip
    outputs = [child.communicate()[0] for child in children]
    assert [child.returncode for child in children] == [0, 0]
    (without, *bare), (with_fonts, *drawn) = map(json.loads, outputs)
    assert "到" in with_fonts
    assert "到" not in without  # or the machine had a font where it should have none
    assert bare == drawn
    assert "到2025年，增长6.1%" in bare[0].replace(" ", "")
