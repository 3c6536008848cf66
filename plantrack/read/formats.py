"""Which format a file is in: told by its first bytes, its name only where they do not tell."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath

from plantrack.errors import ReadError
from plantrack.read.archive import Archive
from plantrack.read.limits import Limits

_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:[^-]|-(?!->))*-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|table|div|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_WEB_ARCHIVE = re.compile(
    rb"\s*(?:from|mime-version|subject|date|snapshot-content-location):", re.IGNORECASE
)
_WEB_NAMES = frozenset({".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml"})
_TABLE_NAMES = frozenset({".csv", ".tsv"})
_PICTURES = {
    b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"BM": "BMP",
    b"II*\x00": "TIFF", b"MM\x00*": "TIFF",
}  # fmt: skip
_PACKED = {b"Rar!": "RAR", b"7z\xbc\xaf": "7z", b"\x1f\x8b": "gzip"}
_OCR = "Run OCR on it, save what comes of it as text, and check the numbers by eye."
_SAVE = (
    "Open it with Word, WPS or LibreOffice and save it as .docx, .xlsx or PDF, without a password."
)


class Format(StrEnum):
    """What a file can be read as."""

    TEXT = "text"
    HTML = "html"
    WORD = "word"
    PDF = "pdf"
    WORKBOOK = "workbook"
    CSV = "csv"


# Parts by which a zip archive is known, in this order.
_PARTS = {"word/document.xml": Format.WORD, "xl/workbook.xml": Format.WORKBOOK}
_REFUSED_PARTS = {
    "OFD.xml": ("it is an OFD file", "Open it with an OFD reader and save it as PDF."),
    "xl/workbook.bin": ("it is a binary Excel file (.xlsb)", "Save it as .xlsx."),
    "ppt/presentation.xml": ("it is a presentation", "Save it as PDF."),
    "content.xml": ("it is an OpenDocument file", "Save it as .docx or .xlsx."),
}


def format_of(data: bytes, name: str, limits: Limits) -> Format:
    """The format of a file's bytes; `name` is the file's.

    ReadError for formats that are not read: pictures, archives, old binary Office and WPS files,
    RTF, OFD, OpenDocument; it says what the file is and what to do.
    """
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _of_archive(data, name, limits)
    _refuse(data, name)
    suffix = PurePath(name).suffix.lower()
    head = data[:8192].removeprefix(b"\xef\xbb\xbf")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head[2:].replace(b"\x00", b"")
    if _PAGE.match(head) or (_WEB_ARCHIVE.match(head) and b"text/html" in data):
        return Format.HTML
    if suffix in _WEB_NAMES:
        return Format.HTML
    return Format.CSV if suffix in _TABLE_NAMES else Format.TEXT


def is_web_archive(data: bytes) -> bool:
    """Whether a page comes with its pictures in one file (MHTML)."""
    return bool(_WEB_ARCHIVE.match(data))


def _of_archive(data: bytes, name: str, limits: Limits) -> Format:
    parts = frozenset(Archive(data, name, limits).names())
    for part, kind in _PARTS.items():
        if part in parts:
            return kind
    for part, (found, hint) in _REFUSED_PARTS.items():
        if part in parts:
            raise ReadError(name, f"{found}, which is not read", hint)
    raise ReadError(name, "it is a zip archive", "Unpack it and name the files in it.")


def _refuse(data: bytes, name: str) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        found = "it is a file of an old Word, Excel or WPS, or one locked with a password"
        raise ReadError(name, found, _SAVE)
    if data.startswith(b"{\\rtf"):
        raise ReadError(name, "it is an RTF file, which is not read", _SAVE)
    for start, kind in _PICTURES.items():
        if data.startswith(start) and (kind != "BMP" or b"\x00" in data[:16]):
            raise ReadError(name, f"it is a picture ({kind}), not a text", _OCR)
    for start, kind in _PACKED.items():
        if data.startswith(start):
            raise ReadError(name, f"it is a packed file ({kind})", "Unpack it first.")
