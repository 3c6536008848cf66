"""Observation files: values of series written by hand, in YAML or CSV.

YAML holds `observations: [{indicator, period, value, …}]`, with an optional `region` and
`known_on` for all of them. CSV has the same keys as columns; a region's code is `scope_code`,
an interval stands in `low` and `high` or in `value` as 5~5.5. docs/schema/observations.json
lets an editor complete and explain the YAML form.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from pydantic import Field

from plantrack import datafile
from plantrack.datafile import Data, Node
from plantrack.errors import DataError
from plantrack.model.base import Model
from plantrack.model.indicator import Scope
from plantrack.model.observation import Observation
from plantrack.model.provenance import Source
from plantrack.read.base import decode, load_bytes
from plantrack.read.entries import Day, ObservationEntry, Region

COLUMNS = (
    "indicator",
    "indicator_id",
    "measure",
    "scope",
    "scope_code",
    "period",
    "value",
    "low",
    "high",
    "unit",
    "cmp",
    "estimated",
    "vintage",
    "known_on",
    "quote",
)
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


class ObservationFile(Model):
    """Observations as people write them."""

    title: str = Field("", description="what the values are and where they come from")
    region: Region | None = Field(
        None, description="whose figures they are, where an entry names no scope"
    )
    known_on: Day | None = Field(None, description="the day from which they were known")
    observations: tuple[ObservationEntry, ...] = Field(description="the values")


def load_observations(path: Path, region: Scope | None = None) -> tuple[Observation, ...]:
    """The observations in a YAML file, or in a CSV file where its name ends in .csv.

    `region` is the scope of those that name none, where the file names none either. ReadError
    where the file cannot be read (CSV may be UTF-8 or GB18030); DataError with line, column,
    key, value and what is allowed where it does not fit.
    """
    if path.suffix.lower() == ".csv":
        text = decode(load_bytes(path, datafile.MAX_BYTES), str(path)).text
        return parse_csv(text, str(path), region)
    return parse_yaml(datafile.read_text(path), str(path), region)


def parse_yaml(text: str, name: str, region: Scope | None = None) -> tuple[Observation, ...]:
    """The observations in YAML `text`; `name` stands for the file."""
    file = datafile.load_text(text, name, ObservationFile)
    return tuple(
        entry.observation(Source(doc=name), file.region or region, file.known_on)
        for entry in file.observations
    )


def parse_csv(text: str, name: str, region: Scope | None = None) -> tuple[Observation, ...]:
    """The observations in CSV `text`, its first line the names of columns; empty lines are skipped.

    An empty cell says nothing. The `table_row` of each source is its line in the file.
    """
    records = _records(text, name)
    header = next(records, None)
    if header is None:
        raise DataError(name, "it is empty", "Begin with a line that names the columns.")
    _check_header(header, name)
    rows = [_row(header, record, name) for record in records]
    root = Node({"observations": [row.value for row in rows]}, 1, 1)
    root.parts["observations"] = Node(root.value["observations"], 1, 1, parts=dict(enumerate(rows)))
    file = Data(name, root).validate(ObservationFile)
    return tuple(
        entry.observation(Source(doc=name, table_row=row.line), region, None)
        for entry, row in zip(file.observations, rows, strict=True)
    )


def _records(text: str, name: str) -> Iterator[list[Node]]:
    """The records of a CSV text, each cell with its line and column; records without text are skipped."""
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(lines, strict=True)
    while True:
        first = reader.line_num
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as e:
            found, hint = f"this is not valid CSV: {e}", "Check the quotes of this line."
            raise DataError(name, found, hint, line=first + 1, column=1) from None
        if any(cell.strip() for cell in cells):
            places = _places("".join(lines[first : reader.line_num]), first + 1)
            yield [Node(cell.strip(), *place) for cell, place in zip(cells, places, strict=True)]


def _places(raw: str, line: int) -> Iterator[tuple[int, int]]:
    """Line and column at which each cell of the record `raw` begins."""
    column, quoted = 1, False
    yield line, column
    for sign in raw.rstrip("\r\n"):
        quoted ^= sign == '"'
        line, column = (line + 1, 1) if sign == "\n" else (line, column + 1)
        if sign == "," and not quoted:
            yield line, column


def _check_header(header: list[Node], name: str) -> None:
    seen: set[str] = set()
    for cell in header:
        found = hint = ""
        if cell.value not in COLUMNS:
            near = get_close_matches(cell.value, COLUMNS, n=1)
            found = f"unknown column '{cell.value}'"
            hint = f"Perhaps '{near[0]}' is meant" if near else "Remove it or name it otherwise"
        elif cell.value in seen:
            found, hint = f"the column '{cell.value}' is given twice", "Keep one of the two"
        if found:
            allowed = ", ".join(COLUMNS)
            raise DataError(name, found, hint, line=cell.line, column=cell.column, allowed=allowed)
        seen.add(cell.value)


def _row(header: list[Node], record: list[Node], name: str) -> Node:
    """One record as the mapping that the YAML form would hold."""
    if len(record) != len(header):
        found = f"this line has {len(record)} cells, the header has {len(header)}"
        hint = "Fill up with commas, or put a cell that holds a comma in double quotes."
        raise DataError(name, found, hint, line=record[0].line, column=record[0].column)
    parts: dict[str | int, Node] = {
        column.value: cell for column, cell in zip(header, record, strict=True) if cell.value
    }
    if "estimated" in parts:
        cell = parts["estimated"]
        cell.value = _BOOLEANS.get(cell.value.lower(), cell.value)
    if "value" in parts and "~" in parts["value"].value:
        cell = parts.pop("value")
        for key, end in zip(("low", "high"), cell.value.split("~", 1), strict=True):
            parts[key] = Node(end.strip(), cell.line, cell.column)
    if "scope_code" in parts:
        code = parts.pop("scope_code")
        scope = parts.setdefault("scope", Node("", code.line, code.column))
        scope.value = {"name": scope.value or code.value, "code": code.value}
    return Node({k: v.value for k, v in parts.items()}, record[0].line, record[0].column, parts)
