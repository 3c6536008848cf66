"""Which cells of a workbook are shown as percent: the file stores 0.75 where people see 75%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import join, normpath

from plantrack.read.archive import Archive
from plantrack.read.limits import Limits
from plantrack.read.ooxml import parse_xml
from plantrack.read.pieces import column_number

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BOOK, _LINKS, _STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
_PERCENT = frozenset({"9", "10"})  # the two formats every workbook has: 0% and 0.00%
_CELL = re.compile(rb"<(?:\w{1,40}:)?c\s([^<>]*)>")
_STYLE = re.compile(rb"""\bs=["'](\d+)["']""")
_PLACE = re.compile(rb"""\br=["']([A-Za-z]{1,3})(\d{1,7})["']""")


def sheet_parts(archive: Archive, name: str, limits: Limits) -> dict[str, str]:
    """The part that holds each sheet, by the sheet's name."""
    if not {_BOOK, _LINKS} <= set(archive.names()):
        return {}
    book = parse_xml(archive.read(_BOOK), name, _BOOK, limits, extra="sheet")
    links = parse_xml(archive.read(_LINKS), name, _LINKS, limits, extra="sheet")
    targets = {link.get("Id"): link.get("Target") or "" for link in links}
    out = {}
    for sheet in book.iter(f"{_S}sheet"):
        target = targets.get(sheet.get(_LINK), "")
        out[sheet.get("name") or ""] = normpath(join("xl", target)).lstrip("/")
    return out


def percent_cells(
    archive: Archive, parts: Mapping[str, str], name: str, limits: Limits
) -> dict[str, set[tuple[int, int]]]:
    """Row and column, from 0, of the cells shown as percent, by sheet; nothing is looked at where no style is."""
    names = set(archive.names())
    if _STYLES not in names:
        return {}
    styles = parse_xml(archive.read(_STYLES), name, _STYLES, limits, extra="sheet")
    formats = {
        f.get("numFmtId")
        for f in styles.iter(f"{_S}numFmt")
        if "%" in re.sub(r'"[^"]*"|\\.', "", f.get("formatCode") or "")
    }
    formats |= _PERCENT
    cells = styles.find(f"{_S}cellXfs")
    used = () if cells is None else cells
    wanted = {str(i).encode() for i, style in enumerate(used) if style.get("numFmtId") in formats}
    if not wanted:
        return {}
    return {
        sheet: set(_places(archive.read(part), wanted))
        for sheet, part in parts.items()
        if part in names
    }


def _places(xml: bytes, styles: set[bytes]) -> Iterator[tuple[int, int]]:
    """Where the cells in one of these styles stand."""
    for cell in _CELL.finditer(xml):
        style, place = _STYLE.search(cell[1]), _PLACE.search(cell[1])
        if style and place and style[1] in styles:
            yield int(place[2]) - 1, column_number(place[1].decode()) - 1
