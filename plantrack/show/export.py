"""Frames and things as CSV, Excel and Open SDG data, safe to open in a spreadsheet.

A text from a document may begin like a formula (`=HYPERLINK(…)`). Spreadsheets run what begins
with = + - @, a tab or a carriage return, full-width forms included. In CSV such a text gets an
apostrophe before it; in Excel it is a text cell marked as text, unchanged. Numbers stay numbers:
-0.7 in a number column, and a text that is a number and nothing else.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from plantrack.assess.matching import age
from plantrack.errors import MissingExtraError, OutputError
from plantrack.model import Board, Observation, PeriodKind
from plantrack.model.quantity import plain
from plantrack.show.frames import Things, to_frame
from plantrack.show.words import LOOKS

_STARTS = tuple("=+-@＝＋－＠\t\r\n")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
_LONGEST = 32_767  # characters that a cell of Excel holds
_CUT = "…（已截断 cut）"
_NO_WORD = re.compile(r"[^\w]+")
_LONGEST_NAME = 60  # characters of a file's name, well under what file systems take
_WIDEST = 48  # characters that a column is wide
_CREATED = datetime(1980, 1, 1)  # the same content gives the same bytes

Exported = Things | pd.DataFrame


class OpenSdg(NamedTuple):
    """Data files of Open SDG by name, and the observations that its format has no place for."""

    files: dict[str, str]
    left_out: tuple[Observation, ...]


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula: with an apostrophe before it where one would."""
    risky = text.lstrip(" \u3000\ufeff").startswith(_STARTS) and not _NUMBER.fullmatch(text)
    return f"'{text}" if risky else text


def to_csv(things: Exported) -> str:
    """A frame, or the frame of `things`, as CSV: texts in quotation marks, missing values empty."""
    frame = _laid_out(things)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([safe(str(name)) for name in frame.columns])
    for row in frame.itertuples(index=False):
        writer.writerow(["" if _missing(value) else _csv_cell(value) for value in row])
    return buffer.getvalue()


def to_excel(things: Exported) -> bytes:
    """A frame, or the frame of `things`, as an Excel file: one sheet, and one with the columns' units.

    Texts are never formulas, links or numbers. A text too long for a cell is cut and says so; the
    column `more` is left to CSV. MissingExtraError without the extra `excel`.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise MissingExtraError("excel", "Writing an Excel file") from None
    units = things.attrs.get("units", {}) if isinstance(things, pd.DataFrame) else {}
    frame = _laid_out(things).drop(columns="more", errors="ignore")
    units = frame.attrs.get("units", units)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"created": _CREATED})
    _Sheets(book).fill(frame, units)
    book.close()
    return buffer.getvalue()


def to_open_sdg(observations: Iterable[Observation] | Board) -> OpenSdg:
    """Observations in the data format of Open SDG: a CSV file for each indicator.

    Columns Year, Units, Series (the measure), Scope and GeoCode where any is known, Value; a
    blank scope is the document's own region. One value for a series and a year, the newest. Values
    for other periods than a year, and intervals, have no place there: they are `left_out`.
    """
    if isinstance(observations, Board):
        observations = dict.fromkeys(o for a in observations.assessments for o in a.observations)
    given = list(observations)
    fits = {id(o) for o in given if _fits_open_sdg(o)}
    newest: dict[str, dict[tuple[object, ...], Observation]] = {}
    taken: dict[str, str] = {}
    for one in sorted((o for o in given if id(o) in fits), key=age):
        series = one.series
        place = (series.measure, series.scope, one.quantity.unit, one.period)
        file = _file_name(series.indicator_id or series.indicator, taken)
        newest.setdefault(file, {})[place] = one
    files = {name: _open_sdg_file(list(rows.values())) for name, rows in sorted(newest.items())}
    return OpenSdg(files, tuple(o for o in given if id(o) not in fits))


def export(things: Exported, path: str | Path) -> Path:
    """Write to a file by its ending, .csv or .xlsx; CSV begins with a mark that lets Excel read Chinese.

    OutputError where that cannot be done.
    """
    path = Path(path)
    match path.suffix.lower():
        case ".csv":
            content = to_csv(things).encode("utf-8-sig")
        case ".xlsx":
            content = to_excel(things)
        case ending:
            raise OutputError(
                str(path), f"nothing is written as '{ending}'", "Name it .csv or .xlsx."
            )
    write_bytes(path, content)
    return path


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file; OutputError, with the reason, where that cannot be done."""
    try:
        path.write_bytes(content)
    except OSError as e:
        found = f"it cannot be written ({e.strerror or e})"
        raise OutputError(str(path), found, "Check the folder and its permissions.") from None


def _laid_out(things: Exported) -> pd.DataFrame:
    """The frame with its index as a column where that says something."""
    frame = things if isinstance(things, pd.DataFrame) else to_frame(things)
    return frame if isinstance(frame.index, pd.RangeIndex) else frame.reset_index()


def _missing(value: object) -> bool:
    return value is None or (not isinstance(value, str) and bool(pd.isna(value)))  # type: ignore[call-overload]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) or hasattr(value, "dtype")


def _csv_cell(value: object) -> object:
    return value if _is_number(value) else safe(str(value))


class _Sheets:
    """The sheets of a workbook with their formats."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401  a workbook of XlsxWriter
        self.book = book
        self.text = self.book.add_format({"valign": "top", "quote_prefix": True})
        self.number = self.book.add_format({"valign": "top"})
        self.head = self.book.add_format({"bold": True, "bottom": 1})
        self.statuses = {
            status.value: self.book.add_format(
                {"valign": "top", "bold": True, "font_color": look.web, "quote_prefix": True}
            )
            for status, look in LOOKS.items()
        }

    def fill(self, frame: pd.DataFrame, units: dict[str, str]) -> None:
        """The rows on the first sheet, under headings that stay; the units on the second."""
        sheet = self.book.add_worksheet("data")
        sheet.freeze_panes(1, 0)
        for at, name in enumerate(frame.columns):
            sheet.write_string(0, at, str(name), self.head)
            values = list(frame[name])
            for row, value in enumerate(values, start=1):
                self.write(sheet, row, at, value, str(name))
            shown = [str(v) for v in values if not _missing(v)]
            sheet.set_column(at, at, min(_WIDEST, 2 + max([len(str(name)), *map(_width, shown)])))
        if len(frame) and len(frame.columns):
            sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)
        told = self.book.add_worksheet("units")
        for row, (column, unit) in enumerate(
            [("column", "unit or column with it"), *units.items()]
        ):
            told.write_string(row, 0, column, self.head if row == 0 else self.text)
            told.write_string(row, 1, unit, self.head if row == 0 else self.text)
        told.set_column(0, 1, 26)

    def write(self, sheet: Any, row: int, at: int, value: object, column: str) -> None:  # noqa: ANN401
        """One cell: a number, a truth, or a text that stays one."""
        if _missing(value):
            return
        if isinstance(value, bool | np.bool_):
            sheet.write_boolean(row, at, bool(value))
        elif _is_number(value) and abs(float(value)) != float("inf"):  # type: ignore[arg-type]
            sheet.write_number(row, at, float(value), self.number)  # type: ignore[arg-type]
        else:
            text = str(value)
            text = text if len(text) <= _LONGEST else text[: _LONGEST - len(_CUT)] + _CUT
            style = self.statuses.get(text, self.text) if column == "status" else self.text
            sheet.write_string(row, at, text, style)


def _width(text: str) -> int:
    return sum(2 if sign >= "\u2e80" else 1 for sign in text[:_WIDEST])


def _fits_open_sdg(one: Observation) -> bool:
    return one.period.kind is PeriodKind.YEAR and one.quantity.number is not None


def _file_name(name: str, taken: dict[str, str]) -> str:
    """`indicator_gdp.csv`; of a phrase only letters and digits stay, so that it names no other folder.

    `taken` has the names so far with whose they are: two indicators never share a file.
    """
    stem = _NO_WORD.sub("-", name)[:_LONGEST_NAME].strip("-_") or "unnamed"
    tries = (f"indicator_{stem}{'' if i == 1 else f'-{i}'}.csv" for i in count(1))
    return next(each for each in tries if taken.setdefault(each.casefold(), name) == name)


def _open_sdg_file(rows: list[Observation]) -> str:
    columns = {
        "Year": [str(o.period.year) for o in rows],
        "Units": [o.quantity.unit for o in rows],
        "Series": [o.series.measure.value for o in rows],
        "Scope": ["" if o.series.scope is None else o.series.scope.name for o in rows],
        "GeoCode": ["" if o.series.scope is None else o.series.scope.code or "" for o in rows],
        "Value": [plain(o.quantity.number) for o in rows if o.quantity.number is not None],
    }
    shown = {
        name: [safe(" ".join(cell.split())) for cell in cells]
        for name, cells in columns.items()
        if name in ("Year", "Series", "Value") or any(cells)
    }
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(shown)
    writer.writerows(sorted(zip(*shown.values(), strict=True)))
    return buffer.getvalue()
