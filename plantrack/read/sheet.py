"""Workbooks (.xlsx) and tables of plain text (.csv): indicator tables as people keep them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from plantrack.errors import MissingExtraError, ReadError
from plantrack.model import BlockKind
from plantrack.read.archive import Archive
from plantrack.read.base import decode
from plantrack.read.cellgrid import padded
from plantrack.read.limits import Limits, too_much
from plantrack.read.ooxml import document_type
from plantrack.read.pieces import Laid, Piece, Pieces, column_number, one_line, tidied
from plantrack.read.rules import TableRules, structure_rules
from plantrack.read.sheetstyles import percent_cells, sheet_parts

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

Value = int | float | str | bool | date | datetime | time | timedelta
_ADDRESS = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})?(\d{1,7})["']""")
# A row or cell that does not say first that it stands near the upper left corner.
_FAR = re.compile(
    rb'<(?:c(?! r="(?:[A-Z]\d{1,4}|A[A-Z]\d{1,2})")(?![a-z])|row(?! r="\d{1,4}")(?![a-zA-Z]))'
)
_PREFIXED = re.compile(rb":(?:c|row)\b")
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
    ends = max(raw.text.count("\n"), raw.text.count("\r"))
    _check_cells(raw.text.count(delimiter) + ends, name, limits)  # before there are any
    try:
        rows = list(csv.reader(io.StringIO(raw.text, newline=""), delimiter=delimiter))
    except csv.Error as e:
        found = f"it is no sound CSV ({e})"
        raise ReadError(name, found, "Save it again as CSV, or as .xlsx.") from None
    width = max(map(len, rows), default=0)
    _check_cells(width * len(rows), name, limits)
    table = Laid(padded(tidied(rows), width), numbers=range(1, len(rows) + 1))
    return Pieces(list(_tables(table)), encoding=raw.encoding)


def _check_cells(cells: int, name: str, limits: Limits) -> None:
    if cells > limits.cells:
        raise too_much(name, "cells", cells, limits.cells, "cells")


def _check_part(part: str, xml: bytes, name: str, limits: Limits) -> None:
    """ReadError where a part declares a document type or the cells of a sheet span too large a rectangle.

    The library fills the whole rectangle, so one cell in the far corner would cost it gigabytes.
    """
    if b"<!" in xml and _DOCTYPE.search(xml) is not None:
        raise document_type(name, part)
    if not part.startswith("xl/worksheets/"):
        return
    if _FAR.search(xml) is None and _PREFIXED.search(xml) is None:
        return
    column = row = said = 0
    for match in _ADDRESS.finditer(xml):
        number = column_number((match[1] or b"").decode())
        said += bool(number)
        column, row = max(column, number), max(row, int(match[2]))
    if said < sum(1 for _ in _CELL.finditer(xml)):  # cells that do not say where follow one another
        in_rows = _ROW.split(xml)
        column += max(sum(1 for _ in _CELL.finditer(cells)) for cells in in_rows)
        row += len(in_rows)
    if column * row > limits.cells:
        raise too_much(name, f"cells in {part}", column * row, limits.cells, "cells")


def _sheet(
    sheet: CalamineSheet, percent: Set[tuple[int, int]], hidden: bool, name: str, limits: Limits
) -> Iterator[Piece]:
    start = sheet.start
    if start is None:
        return
    top, left = start
    values: Sequence[Sequence[Value]] = sheet.to_python(skip_empty_area=True)
    _check_cells(len(values) * sheet.width, name, limits)
    rows = tidied([[v if isinstance(v, str) else written(v) for v in row] for row in values])
    for r, c in percent:
        if 0 <= r - top < len(rows) and 0 <= c - left < len(rows[r - top]):
            rows[r - top][c - left] = written(values[r - top][c - left], percent=True)
    above = _merged(rows, sheet.merged_cell_ranges or (), start, name, limits)
    for piece in _tables(Laid(rows, above, range(top + 1, top + 1 + len(rows)), left)):
        yield piece._replace(sheet=sheet.name, left_out=hidden)


def _merged(
    rows: list[list[str]],
    ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]],
    start: tuple[int, int],
    name: str,
    limits: Limits,
) -> dict[int, set[int]]:
    """Fills in what merged cells cover; by row, the columns that now repeat the cell over them.

    `ranges` count from the sheet's first cell, the rows from `start` on. ReadError where they
    cover more cells than the limits allow.
    """
    above: dict[int, set[int]] = {}
    top, left = start
    area = 0
    for (r0, c0), (r1, c1) in ranges:
        first, begin = r0 - top, c0 - left
        covered = range(max(first, 0), min(r1 - top + 1, len(rows)))
        columns = range(max(begin, 0), min(c1 - left + 1, len(rows[0])))
        area += len(covered) * len(columns)
        if area > limits.cells:
            raise too_much(name, "merged cells", area, limits.cells, "cells")
        if not covered or not columns:
            continue
        # what lies over or beside the sheet's first filled cell is empty
        text = rows[first][begin] if first >= 0 and begin >= 0 else ""
        for r in covered:
            rows[r][columns.start : columns.stop] = ["" for _ in columns]
            rows[r][columns.start] = text
            if text and r > first:
                above.setdefault(r, set()).add(begin)
    return above


def written(value: Value, *, percent: bool = False) -> str:
    """A cell's value as text: a number plainly and with at most 15 digits, a date as 2025-03-01."""
    if isinstance(value, float) or (isinstance(value, int) and not isinstance(value, bool)):
        text = format(value, _PLAIN)
        if not percent and "e" not in text and "n" not in text:  # neither 1e+20 nor inf nor nan
            return text
        number = Decimal(text)
        if not number.is_finite():
            return str(value)
        if percent:
            number *= 100
        text = format(number, "f")
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return f"{text}%" if percent else text
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, bool):
        return str(value).upper()
    return value.isoformat() if isinstance(value, date | datetime | time) else str(value)


def _tables(sheet: Laid) -> Iterator[Piece]:
    """The rows of a sheet cut into tables: behind blank rows where a new header stands."""
    rules = structure_rules().tables
    blank = [number for number, row in enumerate(sheet.rows) if not any(row)]
    table: list[int] = []
    for before, after in pairwise((-1, *blank, len(sheet.rows))):
        chunk = range(before + 1, after)
        if chunk and table and _has_header((sheet.rows[k] for k in chunk), rules):
            yield Piece(BlockKind.TABLE, rows=_of(sheet, table))
            table = []
        table += chunk
    if table:
        yield Piece(BlockKind.TABLE, rows=_of(sheet, table))


def _of(sheet: Laid, rows: Sequence[int]) -> Laid:
    """Some of a sheet's rows as a table."""
    if len(rows) == len(sheet.rows):
        return sheet
    above = {k: sheet.above[r] for k, r in enumerate(rows) if r in sheet.above}
    numbers = [sheet.numbers[r] for r in rows]
    return Laid([sheet.rows[r] for r in rows], above, numbers, sheet.left)


def _has_header(rows: Iterable[Sequence[str]], rules: TableRules) -> bool:
    """Whether the first row with several cells is a header."""
    for row in rows:
        texts = ["".join(text.split()) for text in row if text]
        if len(texts) > 1:
            return sum(bool(rules.header_cell.fullmatch(t)) for t in texts) >= rules.min_columns
    return False
