"""Workbooks (.xlsx) and tables of plain text (.csv): indicator tables as people keep them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from plantrack.errors import MissingExtraError, ReadError
from plantrack.model import BlockKind, Place
from plantrack.read.archive import Archive
from plantrack.read.base import decode
from plantrack.read.limits import Limits, too_much
from plantrack.read.ooxml import document_type
from plantrack.read.pieces import GridCell, Piece, Pieces, one_line
from plantrack.read.rules import TableRules, structure_rules
from plantrack.read.sheetstyles import percent_cells, sheet_parts

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

Value = int | float | str | bool | date | datetime | time | timedelta
_ADDRESS = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})?(\d{1,7})["']""")
_FAR = re.compile(rb"""r\s*=\s*["'](?:[A-Za-z]{3}\d|[A-Za-z]{2}\d{3}|[A-Za-z]?\d{5})""")
_PLACELESS = re.compile(rb"<(?:\w+:)?(?:c|row)\s*/?>")
_ROW, _CELL = re.compile(rb"<(?:\w+:)?row\b"), re.compile(rb"<(?:\w+:)?c\b")
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
_PLAIN = ".15g"  # a spreadsheet keeps no more digits of a number
_DELIMITERS = ",\t;"
_HINT = "Save it again as .xlsx."


def read_workbook(data: bytes, name: str, limits: Limits) -> Pieces:
    """The tables of an Excel workbook, sheet by sheet; hidden sheets are left out.

    A number is written with the 15 digits a spreadsheet keeps, a share shown as percent as such.
    Formulas are not computed: what the program that saved the file saw counts. Macros are not
    run, other files not fetched. MissingExtraError without the extra sheet; ReadError for a
    damaged file and what exceeds the limits.
    """
    try:
        import python_calamine as calamine
    except ImportError:
        raise MissingExtraError("sheet", "Reading Excel files") from None
    archive = Archive(data, name, limits)
    parts = sheet_parts(archive, name, limits)
    archive.measure(lambda part, xml: _check_part(part, xml, name, limits))
    percent = percent_cells(archive, parts, name, limits)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        blocks: list[Piece] = []
        for sheet in book.sheets_metadata:
            if sheet.typ == calamine.SheetTypeEnum.WorkSheet:
                hidden = sheet.visible != calamine.SheetVisibleEnum.Visible
                found = book.get_sheet_by_name(sheet.name)
                blocks += _sheet(found, percent.get(sheet.name, frozenset()), hidden, name, limits)
    except (calamine.CalamineError, ValueError) as e:
        raise ReadError(name, f"it is no sound workbook ({e})", _HINT) from None
    except BaseException as e:
        if type(e).__name__ != "PanicException":  # what the library's Rust raises is no Exception
            raise
        raise ReadError(name, "it is no sound workbook", _HINT) from None
    if not blocks:
        raise ReadError(name, "its sheets are empty", "Check that it is the right file.")
    return Pieces(blocks)


def read_csv(data: bytes, name: str, limits: Limits) -> Pieces:
    """The table in a CSV file: cells parted by commas, tabs or semicolons, whichever its head has most.

    ReadError for an unknown encoding, a cell of more than 128 KiB and what exceeds the limits.
    """
    raw = decode(data, name)
    head = raw.text[:4096]
    delimiter = max(_DELIMITERS, key=head.count)
    rows: list[list[GridCell] | None] = []
    count = 0
    try:
        for number, record in enumerate(
            csv.reader(io.StringIO(raw.text, newline=""), delimiter=delimiter), 1
        ):
            count += len(record)
            if count > limits.cells:
                raise too_much(name, "cells", count, limits.cells, "cells")
            line = [
                GridCell(one_line(text), address=f"{letters(c)}{number}")
                for c, text in enumerate(record)
            ]
            rows.append(line if any(cell.text for cell in line) else None)
    except csv.Error as e:
        found = f"it is no sound CSV ({e})"
        raise ReadError(name, found, "Save it again as CSV, or as .xlsx.") from None
    return Pieces(list(_tables(rows, Place())), encoding=raw.encoding)


@lru_cache(maxsize=1024)
def letters(column: int) -> str:
    """The name of a column, counted from 0: A, B, … Z, AA."""
    out = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(ord("A") + rest) + out
    return out


def _check_part(part: str, xml: bytes, name: str, limits: Limits) -> None:
    """ReadError where a part declares a document type or the cells of a sheet span too large a rectangle.

    The library fills the whole rectangle, so one cell in the far corner would cost it gigabytes.
    """
    if b"<!" in xml and _DOCTYPE.search(xml) is not None:
        raise document_type(name, part)
    if not part.startswith("xl/worksheets/"):
        return
    if _FAR.search(xml) is None and _PLACELESS.search(xml) is None:
        return
    column = row = said = 0
    for match in _ADDRESS.finditer(xml):
        number = 0
        for letter in (match[1] or b"").upper():
            number = number * 26 + letter - 64
        said += bool(number)
        column, row = max(column, number), max(row, int(match[2]))
    if said < sum(1 for _ in _CELL.finditer(xml)):  # cells that do not say where follow one another
        in_rows = _ROW.split(xml)
        column += max(sum(1 for _ in _CELL.finditer(cells)) for cells in in_rows)
        row += len(in_rows)
    if column * row > limits.cells:
        raise too_much(name, f"cells in {part}", column * row, limits.cells, "cells")


def _sheet(
    sheet: CalamineSheet, percent: frozenset[str], hidden: bool, name: str, limits: Limits
) -> Iterator[Piece]:
    start = sheet.start
    if start is None:
        return
    top, left = start
    values: Sequence[Sequence[Value]] = sheet.to_python(skip_empty_area=True)
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    area = 0
    for (r0, c0), (r1, c1) in sheet.merged_cell_ranges or ():
        r1 = min(r1, top + len(values) - 1)
        c1 = min(c1, left + sheet.width - 1)
        area += max(r1 - r0 + 1, 0) * max(c1 - c0 + 1, 0)
        if area > limits.cells:
            raise too_much(name, "merged cells", area, limits.cells, "cells")
        spans[r0, c0] = (r1 - r0 + 1, c1 - c0 + 1)
        covered |= {(r, c) for r in range(r0, r1 + 1) for c in range(c0, c1 + 1)}
    covered -= spans.keys()
    merged = {r for r, _ in covered}
    names = [letters(left + c) for c in range(sheet.width)]
    rows: list[list[GridCell] | None] = []
    for r, row in enumerate(values, start=top):
        line = []
        for c, value in enumerate(row, start=left):
            if (r, c) in covered:
                continue
            address = f"{names[c - left]}{r + 1}"
            text = written(value, percent=address in percent)
            down, across = spans.get((r, c), (1, 1))
            line.append(GridCell(text, down, across, address))
        # a row that others cover is not blank, though it has no text of its own
        blank = not any(cell.text for cell in line) and r not in merged
        rows.append(None if blank else line)
    place = Place(sheet=sheet.name)
    for piece in _tables(rows, place):
        yield piece._replace(left_out=hidden)


def written(value: Value, *, percent: bool = False) -> str:
    """A cell's value as text: a number plainly and with at most 15 digits, a date as 2025-03-01."""
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        text = format(value, _PLAIN)
        if not percent and text.replace(".", "", 1).removeprefix("-").isdecimal():
            return text
        number = Decimal(text)
        if not number.is_finite():
            return str(value)
        if percent:
            number *= 100
        text = format(number, "f")
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return f"{text}%" if percent else text
    return value.isoformat() if isinstance(value, date | datetime | time) else str(value)


def _tables(rows: Iterable[list[GridCell] | None], place: Place) -> Iterator[Piece]:
    """The rows cut into tables: behind blank rows (None) where a new header stands."""
    rules = structure_rules().tables
    table: list[list[GridCell]] = []
    chunk: list[list[GridCell]] = []
    for row in [*rows, None]:
        if row is not None:
            chunk.append(row)
            continue
        if chunk and table and _has_header(chunk, rules):
            yield Piece(BlockKind.TABLE, place=place, rows=table)
            table = []
        table += chunk
        chunk = []
    if table:
        yield Piece(BlockKind.TABLE, place=place, rows=table)


def _has_header(rows: Sequence[Sequence[GridCell]], rules: TableRules) -> bool:
    """Whether the first row with several cells is a header."""
    for row in rows:
        texts = ["".join(cell.text.split()) for cell in row if cell.text]
        if len(texts) > 1:
            return sum(bool(rules.header_cell.fullmatch(t)) for t in texts) >= rules.min_columns
    return False
