"""PDFs as offices and browsers make them, of our own texts: the same figures and targets as in the text.

reportlab, which the other tests draw with, writes line by line as it is told. LibreOffice and Chromium
break lines themselves, embed fonts and set Chinese and digits apart. Where one is not installed its
tests skip.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from read.makers import as_html, as_text, as_word
from read.test_equal import PLAN, REPORT, bare, plan_of, said

from plantrack import flow

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TEXTS = {"plan": PLAN, "report": REPORT}
RULED = b"<style>table, td {border: 1px solid; border-collapse: collapse}</style></head>"
SLOWEST = 120  # seconds: LibreOffice writes a profile at its first start


@pytest.fixture(scope="module")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the texts, and their Word files as PDF."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("needs LibreOffice: apt-get install libreoffice-writer-nogui")
    folder = tmp_path_factory.mktemp("libreoffice")
    for name, parts in TEXTS.items():
        (folder / f"{name}.txt").write_bytes(as_text(parts))
        (folder / f"{name}.docx").write_bytes(as_word(parts))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder)]
    files = [str(folder / f"{name}.docx") for name in TEXTS]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=SLOWEST)
    return folder


@pytest.fixture(scope="module")
def printed(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the texts, and their web pages, menus and all, as a browser prints them."""
    folder = tmp_path_factory.mktemp("printed")
    page = chromium.new_page()
    for name, parts in TEXTS.items():
        (folder / f"{name}.txt").write_bytes(as_text(parts))
        page.set_content(as_html(parts).replace(b"</head>", RULED).decode())
        page.pdf(path=folder / f"{name}.pdf", format="A4")
    page.close()
    return folder


@pytest.mark.parametrize("made_by", ["libreoffice", "printed"])
def test_a_report_says_the_same(made_by: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(made_by)
    text, document = flow.read(folder / "report.txt"), flow.read(folder / "report.pdf")
    figures = flow.figures(document)
    written = [said(figure, text) for figure in flow.figures(text)]
    assert len(written) >= 150
    assert [said(figure, document) for figure in figures] == written
    assert figures[0].place is not None
    assert figures[-1].place is not None
    assert figures[0].place.zh == "第1页"
    assert figures[-1].place.zh.endswith("表1，第4行第4列")


@pytest.mark.parametrize("made_by", ["libreoffice", "printed"])
def test_a_table_with_merged_cells_gives_the_same_targets(
    made_by: str, request: pytest.FixtureRequest
) -> None:
    folder: Path = request.getfixturevalue(made_by)
    written, read = plan_of(folder / "plan.txt"), plan_of(folder / "plan.pdf")
    assert [bare(target) for target in read.targets] == [bare(target) for target in written.targets]
    assert len(read.targets) == 6


def test_the_library_for_tables_says_nothing_of_fonts(
    libreoffice: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert flow.read(libreoffice / "plan.pdf").tables
    assert caplog.records == []
