"""What a file is, told by its bytes; what is not read is refused with what to do."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest
from read.makers import MAKERS, Grid, write

from plantrack.errors import MissingExtraError, PlantrackError, ReadError
from plantrack.read import read, read_pages
from plantrack.read.formats import Format, format_of, is_web_archive
from plantrack.read.limits import limits

KNOWN = {
    "txt": Format.TEXT, "md": Format.TEXT, "html": Format.HTML, "docx": Format.WORD,
    "pdf": Format.PDF, "xlsx": Format.WORKBOOK, "csv": Format.CSV,
}  # fmt: skip


def zipped(*parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for part in parts:
            file.writestr(part, "x")
    return out.getvalue()


@pytest.mark.parametrize("suffix", MAKERS)
def test_every_format_is_told(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path, ["青溪县2024年政府工作报告", "地区生产总值增长6.1%。"], suffix)
    assert format_of(path.read_bytes(), path.name, limits()) is KNOWN[suffix]


@pytest.mark.parametrize("suffix", ["html", "docx", "pdf", "xlsx"])
def test_a_wrong_suffix_does_not_mislead(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path, ["青溪县2024年政府工作报告", "地区生产总值增长6.1%。"], suffix)
    assert format_of(path.read_bytes(), "report.txt", limits()) is KNOWN[suffix]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_page_is_told_in_any_encoding(encoding: str) -> None:
    page = "<!-- 保存于2024年 -->\n<!DOCTYPE html>\n<html><body><p>增长6.1%</p></body></html>"
    assert format_of(page.encode(encoding), "page", limits()) is Format.HTML


def test_a_text_that_begins_with_a_sign_is_no_page() -> None:
    assert format_of("<注>地区生产总值增长6.1%".encode(), "a.txt", limits()) is Format.TEXT


def test_web_archives_are_told_by_their_head() -> None:
    head = b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n"
    assert is_web_archive(head)
    assert format_of(head, "page.mhtml", limits()) is Format.HTML
    assert not is_web_archive("主题：增长".encode())


REFUSED = {
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Word", "save it as .docx"),
    "RTF": (b"{\\rtf1\\ansi }", "an RTF file", "save it as .docx"),
    "PNG": (b"\x89PNG\r\n\x1a\n" + bytes(20), r"a picture \(PNG\)", "Run OCR"),
    "JPEG": (b"\xff\xd8\xff\xe0" + bytes(20), r"a picture \(JPEG\)", "Run OCR"),
    "TIFF": (b"II*\x00" + bytes(20), r"a picture \(TIFF\)", "Run OCR"),
    "BMP": (b"BM" + bytes(20), r"a picture \(BMP\)", "Run OCR"),
    "RAR": (b"Rar!\x1a\x07\x00", r"a packed file \(RAR\)", "Unpack it"),
    "gzip": (b"\x1f\x8b\x08\x00", r"a packed file \(gzip\)", "Unpack it"),
    "OFD": (zipped("OFD.xml"), "an OFD file", "save it as PDF"),
    "xlsb": (zipped("xl/workbook.bin"), "a binary Excel file", "Save it as .xlsx"),
    "pptx": (zipped("ppt/presentation.xml"), "a presentation", "Save it as PDF"),
    "ODT": (zipped("content.xml"), "an OpenDocument file", "Save it as .docx"),
    "a zip archive": (zipped("a.txt"), "a zip archive", "Unpack it"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_not_read_is_refused_with_what_to_do(tmp_path: Path, kind: str) -> None:
    data, found, hint = REFUSED[kind]
    path = tmp_path / "file"
    path.write_bytes(data)
    with pytest.raises(ReadError, match=f"{found}.*{hint}") as error:
        read(path)
    assert isinstance(error.value, PlantrackError)
    assert str(path) in str(error.value)


def test_a_text_that_begins_like_a_bitmap_is_a_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("BMW产量增长6.1%。", encoding="utf-8")
    assert read(path).text == "BMW产量增长6.1%。"


# A table with rules, so that each library a format may need is asked for.
RULED = Grid("表1 主要指标", [["指标", "单位", "2024年"], ["粮食产量", "万吨", "21.3"], ["城镇化率", "%", "54.1"]])  # fmt: skip


@pytest.mark.parametrize(
    ("suffix", "module", "extra"),
    [
        ("html", "selectolax.lexbor", "html"),
        ("docx", "lxml", "word"),
        ("pdf", "pypdfium2", "pdf"),
        ("pdf", "pdfplumber", "pdf"),
        ("xlsx", "python_calamine", "sheet"),
        ("xlsx", "lxml", "sheet"),
    ],
)
def test_a_missing_extra_is_named_with_its_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, module: str, extra: str
) -> None:
    path = write(tmp_path, ["地区生产总值增长6.1%。", RULED], suffix)
    assert read(path).tables
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=rf"pip install .*plantrack\[{extra}\]") as error:
        read(path)
    assert error.value.facts["extra"] == extra
    if suffix == "html":
        with pytest.raises(MissingExtraError, match=r"plantrack\[html\]"):
            read_pages([path, path])


@pytest.mark.parametrize("suffix", ["txt", "md", "csv"])
def test_what_needs_no_extra_asks_for_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    path = write(tmp_path, ["地区生产总值增长6.1%。", RULED], suffix)
    for module in ("selectolax", "lxml", "pypdfium2", "pdfplumber", "python_calamine"):
        monkeypatch.setitem(sys.modules, module, None)
    assert len(read(path).tables) == 1
