"""Files made to harm whoever reads them, small enough for a quick test."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PARAGRAPH = "<w:p><w:r><w:t>地区生产总值增长6.1%。</w:t></w:r></w:p>"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def word(body: str = PARAGRAPH, before: str = "", **parts: str | bytes) -> bytes:
    """A Word file with this body; `before` stands above the root element."""
    main = f'{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return zipped({"word/document.xml": main, **parts})


def workbook(sheet: str, merged: str = "", strings: str = "") -> bytes:
    """A workbook whose only sheet holds these rows, with the shared strings given."""
    import openpyxl

    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = "指标"
    book.save(out)
    with zipfile.ZipFile(out) as file:
        parts: dict[str, str | bytes] = {name: file.read(name) for name in file.namelist()}
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/worksheets/sheet1.xml"] = (
        f'<worksheet xmlns="{space}"><sheetData>{sheet}</sheetData>{merged}</worksheet>'
    )
    if strings:
        parts["xl/sharedStrings.xml"] = strings
    return zipped(parts)


def stream(data: bytes, entries: bytes = b"", *, packed: bool = False) -> bytes:
    """A stream object of a PDF."""
    if packed:
        data, entries = zlib.compress(data, 9), entries + b"/Filter/FlateDecode"
    return b"<<" + entries + b"/Length %d>>stream\n" % len(data) + data + b"\nendstream"


def pdf(objects: Sequence[bytes], size: int | None = None) -> bytes:
    """A PDF of these objects, numbered from 1; `size` is what it says of their number."""
    parts, places, at = [b"%PDF-1.7\n"], [], 9
    for number, thing in enumerate(objects, start=1):
        places.append(at)
        parts.append(b"%d 0 obj\n" % number + thing + b"\nendobj\n")
        at += len(parts[-1])
    count = len(objects) + 1
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n" % count)
    parts += [b"%010d 00000 n \n" % place for place in places]
    parts.append(b"trailer<</Root 1 0 R/Size %d>>\n" % (size or count))
    parts.append(b"startxref\n%d\n%%%%EOF" % at)
    return b"".join(parts)


SAYS = b"BT /F 12 Tf 72 700 Td (GDP growth 6.1%) Tj ET "


def one_page(contents: bytes, *others: bytes) -> list[bytes]:
    """The objects of a PDF of one page; `others` are numbered from 6, and the first is drawn as /X."""
    return [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>",
        contents,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *others,
    ]


def form(contents: bytes, draws: bytes = b"", *, packed: bool = False) -> bytes:
    """A drawing of a PDF; `draws` are the entries of the drawings it knows."""
    known = b"/Resources<</XObject<<" + draws + b">>>>" if draws else b""
    entries = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]" + known
    return stream(contents, entries, packed=packed)
