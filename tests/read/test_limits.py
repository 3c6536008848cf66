"""Each limit on web pages, Word files and sheets, at its edge; nothing is fetched, nothing is run."""

from __future__ import annotations

import http.server
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from read.hostile import PARAGRAPH, SAYS, form, one_page, pdf, stream, word, workbook, zipped
from read.makers import as_sheet, as_word

from plantrack.errors import ReadError
from plantrack.read import read
from plantrack.read.limits import Limits, limits

SAID = "地区生产总值增长6.1%。"


def bounds(**changed: int) -> Limits:
    return limits().model_copy(update=changed)


def saved(folder: Path, data: bytes | str, suffix: str) -> Path:
    path = folder / f"file.{suffix}"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def refused(path: Path, says: str, **changed: int) -> None:
    with pytest.raises(ReadError, match=says) as error:
        read(path, bounds=bounds(**changed))
    assert str(path) in str(error.value)


@pytest.mark.parametrize("suffix", ["txt", "html", "docx", "pdf", "xlsx", "csv"])
def test_no_file_above_the_size_is_opened(tmp_path: Path, suffix: str) -> None:
    refused(saved(tmp_path, b"x" * 11, suffix), "11 bytes, more than the 10", file_bytes=10)


# ------------------------------------------------------------------------------- zip archives


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_zip_bombs_are_refused_by_what_they_say(tmp_path: Path, suffix: str) -> None:
    main = "word/document.xml" if suffix == "docx" else "xl/workbook.xml"
    path = saved(tmp_path, zipped({main: b" " * 2_000_000}), suffix)
    refused(path, "unpacks to more than 250 times its size, as a zip bomb does")
    refused(path, "2,000,000 bytes unpacked, more than the 1,999,999", archive_bytes=1_999_999)


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_zip_bombs_are_refused_by_what_comes_out(tmp_path: Path, suffix: str) -> None:
    """The archive says it holds ten bytes."""
    data = as_word([SAID]) if suffix == "docx" else as_sheet([SAID])
    part = "word/document.xml" if suffix == "docx" else "xl/worksheets/sheet1.xml"
    path = saved(tmp_path, data, suffix)
    with zipfile.ZipFile(path) as file:
        parts: dict[str, str | bytes] = {name: file.read(name) for name in file.namelist()}
    parts[part] = b"<x/>" + b" " * 5_000_000
    data = zipped(parts)
    size = (5_000_004).to_bytes(4, "little")
    assert data.count(size) == 2
    path.write_bytes(data.replace(size, (10).to_bytes(4, "little")))
    refused(path, "unpacks to more than 250 times its size")
    refused(path, "bytes unpacked, more than the", archive_ratio=10**6, archive_bytes=4_000_000)


def test_parts_of_an_archive_are_counted(tmp_path: Path) -> None:
    parts = {f"{n}.xml": "x" for n in range(4)}
    path = saved(tmp_path, word(PARAGRAPH, "", **parts), "docx")
    assert read(path, bounds=bounds(archive_entries=5)).text == SAID
    refused(path, "5 parts, more than the 4", archive_entries=4)


def test_parts_that_lie_over_one_another_are_refused(tmp_path: Path) -> None:
    data = bytearray(zipped({"word/document.xml": "a" * 40, "word/b.xml": "b" * 40}))
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = bytes(4)  # it begins where the first does
    refused(saved(tmp_path, bytes(data), "docx"), "lie over one another, as in a zip bomb")


def test_encrypted_and_damaged_archives_are_refused(tmp_path: Path) -> None:
    good = word()
    at = good.rindex(b"PK\x01\x02") + 8
    locked = good[:at] + b"\x01" + good[at + 1 :]
    refused(saved(tmp_path, locked, "docx"), "it is encrypted. Save it without a password")
    refused(saved(tmp_path, good[:60], "docx"), "its zip archive is damaged")


# ----------------------------------------------------------------------- entities and nesting

LAUGHS = '<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY b SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("before", [LAUGHS, OUTSIDE], ids=["laughs", "outside"])
def test_entities_of_office_files_are_refused(tmp_path: Path, before: str) -> None:
    body = "<w:p><w:r><w:t>&b;</w:t></w:r></w:p>"
    refused(saved(tmp_path, word(body, before), "docx"), "declares a document type")
    strings = f"{before}<sst><si><t>&b;</t></si></sst>"
    sheet = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    path = saved(tmp_path, workbook(sheet, strings=strings), "xlsx")
    refused(path, "sharedStrings.xml declares a document type")


@pytest.mark.parametrize("before", [LAUGHS, OUTSIDE], ids=["laughs", "outside"])
def test_entities_of_web_pages_are_not_resolved(tmp_path: Path, before: str) -> None:
    page = f"{before}<html><body><p>{SAID}&b;</p></body></html>"
    text = read(saved(tmp_path, page, "html")).text
    assert SAID in text
    assert "root" not in text
    assert "haha&" not in text.replace('"haha"', "")


def test_nodes_and_depth_of_a_word_file_are_bounded(tmp_path: Path) -> None:
    path = saved(tmp_path, word(PARAGRAPH * 3), "docx")
    assert read(path, bounds=bounds(xml_nodes=11)).text == "\n".join([SAID] * 3)
    refused(path, "11 nodes in word/document.xml, more than the 10", xml_nodes=10)
    deep = "<w:sdt>" * 5_000 + PARAGRAPH + "</w:sdt>" * 5_000
    refused(saved(tmp_path, word(deep), "docx"), "is no sound XML")


def test_a_web_page_of_a_million_nodes_is_refused(tmp_path: Path) -> None:
    refused(saved(tmp_path, "<p>增" * 1_000_000, "html"), "1,000,000 tags, more than the 300,000")


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("<div>" * 200_000 + SAID, "elements in one another, more than the 500"),
        ("<table><tr><td>" * 3_000 + SAID, "elements in one another, more than the 500"),
        ("<b><i><u>" * 300 + f"<p>{SAID}</p>" * 500, "nodes, more than the 300,000"),
        (f"<p {' '.join(f'a{n}' for n in range(1001))}>{SAID}</p>", "1,001 attributes of one tag"),
        ("<p " + "a=''" * 20_000 + ">", "20,000 attributes of one tag, more than the 1,000"),
        ("<p " + " ".join(f"a{n}<" for n in range(1001)) + ">", "1,001 attributes of one tag"),
        ("<p " + " ".join(f"a{n}='<b>'" for n in range(1001)) + ">", "1,001 attributes of one tag"),
        (
            "<table>" + "<tr><td rowspan=9999 colspan=999>1<td>2" * 600 + "</table>",
            "cells in a table, more than the 500,000",
        ),
    ],
    ids=["deep", "tables", "formats", "attributes", "attributes without blanks", "attributes named <", "attributes with tags", "spans"],
)  # fmt: skip
def test_web_pages_made_to_explode_are_refused(tmp_path: Path, page: str, says: str) -> None:
    refused(saved(tmp_path, f"<html><body>{page}", "html"), says)


def test_a_picture_in_a_tag_is_not_taken_for_attributes(tmp_path: Path) -> None:
    picture = "ab/+" * 5_000
    page = f'<html><body><p>{SAID}</p><img alt="a" src="data:image/png;base64,{picture}">'
    assert read(saved(tmp_path, page, "html")).text == SAID


# --------------------------------------------------------------------------------------- cells


@pytest.mark.parametrize(
    "far",
    [
        '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>',
        '<row r = "1048576"><c r = "XFD1048576"><v>2</v></c></row>',
        '<row r="1048576"><c r="xfd1048576"><v>2</v></c></row>',
        '<row r="600000"><c><v>2</v></c></row>',
    ],
)
def test_cells_in_the_far_corner_are_refused(tmp_path: Path, far: str) -> None:
    sheet = f'<row r="1"><c r="A1"><v>1</v></c></row>{far}'
    refused(saved(tmp_path, workbook(sheet), "xlsx"), "cells in xl/worksheets/sheet1.xml")


def test_merged_cells_are_counted(tmp_path: Path) -> None:
    sheet = '<row r="1"><c r="A1"><v>1</v></c></row><row r="40"><c r="AN40"><v>2</v></c></row>'
    merged = '<mergeCells count="9">' + '<mergeCell ref="A1:AN40"/>' * 9 + "</mergeCells>"
    path = saved(tmp_path, workbook(sheet, merged), "xlsx")
    refused(path, "3,200 merged cells, more than the 3,000", cells=3_000)


def test_a_cell_merged_over_a_whole_column_costs_no_more_than_its_rows(tmp_path: Path) -> None:
    """Each row that repeats it says where it began; none goes up to look for it."""
    rows = "".join(f'<row r="{n}"><c r="B{n}"><v>{n}</v></c></row>' for n in range(2, 5_001))
    first = '<row r="1"><c r="A1"><v>7</v></c><c r="B1"><v>1</v></c></row>'
    merged = '<mergeCells count="1"><mergeCell ref="A1:A5000"/></mergeCells>'
    document = read(saved(tmp_path, workbook(first + rows, merged), "xlsx"))
    assert {c.address for c in document.tables[0].cells if c.column == 0} == {"A1"}
    assert document.text.count("\n") == 4_999


def test_cells_of_a_csv_file_are_counted(tmp_path: Path) -> None:
    path = saved(tmp_path, "指标,值\n增长,6.1\n", "csv")
    assert read(path, bounds=bounds(cells=4)).text
    refused(path, "cells, more than the 3", cells=3)


@pytest.mark.parametrize("suffix", ["html", "docx", "xlsx", "csv"])
def test_the_text_of_it_all_is_bounded(tmp_path: Path, suffix: str) -> None:
    data = {
        "html": f"<html><p>{SAID}</p></html>".encode(), "docx": word(), "csv": SAID.encode(),
        "xlsx": as_sheet([SAID]),
    }[suffix]  # fmt: skip
    path = saved(tmp_path, data, suffix)
    assert read(path, bounds=bounds(characters=len(SAID))).text == SAID
    refused(path, f"{len(SAID)} characters, more than the", characters=len(SAID) - 1)


# ------------------------------------------------------------- what is never fetched, never run


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a real server, and what it was asked for."""
    paths: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", paths
        server.shutdown()
        thread.join()


def test_nothing_that_a_file_refers_to_is_fetched(
    tmp_path: Path, asked: tuple[str, list[str]]
) -> None:
    url, paths = asked
    page = (
        f'<!DOCTYPE html SYSTEM "{url}/dtd"><html><head><base href="{url}/"><script src="{url}/js"></script>'
        f'<link rel=stylesheet href="{url}/css"><meta http-equiv=refresh content="0;url={url}/next"></head>'
        f'<body><p>{SAID}</p><img src="{url}/img"><iframe src="{url}/frame"></iframe></body></html>'
    )
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{kinds}/attachedTemplate" Target="{url}/dotm" TargetMode="External"/>'
        f'<Relationship Id="r2" Type="{kinds}/image" Target="{url}/img" TargetMode="External"/></Relationships>'
    )
    body = (
        PARAGRAPH + "<w:p><w:r><w:instrText>INCLUDETEXT " + url + "/text</w:instrText></w:r></w:p>"
    )
    action = b"<</S/URI/URI(%s/open)>>" % url.encode()
    objects = one_page(stream(SAYS), form(SAYS), action)
    objects[0] = b"<</Type/Catalog/Pages 2 0 R/OpenAction 7 0 R>>"
    sheet = f'<row r="1"><c r="A1" t="str"><f>WEBSERVICE("{url}/f")</f><v>{SAID}</v></c></row>'
    files = {
        "html": page.encode(),
        "docx": word(body, "", **{"word/_rels/document.xml.rels": links, "word/_rels/settings.xml.rels": links}),
        "pdf": pdf(objects),
        "xlsx": workbook(sheet),
    }  # fmt: skip
    for suffix, data in files.items():
        assert read(saved(tmp_path, data, suffix)).text in (SAID, "GDP growth 6.1%")
    assert paths == []


def test_macros_and_scripts_are_not_run(tmp_path: Path) -> None:
    """Files with macros are read as what they say."""
    macro = b"\xd0\xcf\x11\xe0 Sub AutoOpen() Shell"
    assert read(saved(tmp_path, word(**{"word/vbaProject.bin": macro}), "docm")).text == SAID
    mark = tmp_path / "ran"
    script = b"<</S/JavaScript/JS(app.launchURL('file:%s'))>>" % str(mark).encode()
    objects = one_page(stream(SAYS), form(SAYS), script)
    objects[0] = b"<</Type/Catalog/Pages 2 0 R/OpenAction 7 0 R>>"
    assert read(saved(tmp_path, pdf(objects), "pdf")).text == "GDP growth 6.1%"
    assert not mark.exists()
    formula = '<row r="1"><c r="A1"><f>1+1</f><v>7</v></c><c r="B1" t="str"><v>件</v></c></row>'
    assert read(saved(tmp_path, workbook(formula), "xlsm")).text.split() == ["7", "件"]
