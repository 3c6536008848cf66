"""The whole store as JSON Lines, and back: the same on SQLite and PostgreSQL, in an order that never changes.

    {"format": 1, "plantrack": "store", "schema": "0001"}        the head
    {"row": {…}, "table": "document"}                            each row of each table
    {"rows": 1234}                                               the end, so that a cut file is found out

Dates and moments are ISO 8601, moments in UTC; numbers of the field are texts as in the tables.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any, TextIO, TypeAlias

from sqlalchemy import Connection, Date, DateTime, MetaData, Select, Table, insert, select
from sqlalchemy.exc import IntegrityError

from plantrack.errors import DataError, StoreError
from plantrack.store import migrations
from plantrack.store.convert import Columns, json_text
from plantrack.store.tables import metadata

FORMAT = 1
_BATCH = 1000
_WITHIN_A_RUN = ("run", "lease")
_Reader: TypeAlias = Callable[[Any], Any]


def export(connection: Connection, out: TextIO) -> int:
    """Write all rows to `out`; how many there were."""
    head = {"plantrack": "store", "format": FORMAT, "schema": migrations.revision(connection)}
    out.write(json_text(head) + "\n")
    rows = 0
    for table in metadata.sorted_tables:
        statement = select(table).order_by(*table.primary_key.columns)
        for row in _each(connection, statement):
            record = {name: _plain(value) for name, value in row.items()}
            out.write(json_text({"table": table.name, "row": record}) + "\n")
            rows += 1
    out.write(json_text({"rows": rows}) + "\n")
    return rows


def contents(connection: Connection) -> Iterator[str]:
    """What the store says, without when, in which run and after how many tries it was written.

    Rows are numbered anew in their order, so that two stores that saw the same documents in the
    same order give the same lines.
    """
    ranks: dict[str, dict[int, int]] = {}
    for table in metadata.sorted_tables:
        if table.name in _WITHIN_A_RUN:
            continue
        numbered = "id" in table.c
        if numbered:
            ids = connection.execute(select(table.c.id).order_by(table.c.id)).scalars()
            ranks[table.name] = {number: rank for rank, number in enumerate(ids, 1)}
        kept = [c for c in table.columns if not c.info.get("volatile")]
        targets = {
            key.parent.name: key.column.table.name
            for key in table.foreign_keys
            if key.column.name == "id"
        } | ({"id": table.name} if numbered else {})
        for row in _each(connection, select(*kept).order_by(*table.primary_key.columns)):
            record = {
                name: ranks[targets[name]].get(value) if name in targets else _plain(value)
                for name, value in row.items()
            }
            yield json_text({"table": table.name, "row": record})


def load(connection: Connection, lines: Iterable[str], *, name: str, place: str) -> int:
    """Fill an empty database from an export named `name`, whatever revision made it; how many rows.

    DataError, with the line, where it is no export or a damaged one; StoreError where the
    database is not empty; StoreVersionError where a newer plantrack wrote the export.
    """
    rows = load_as_written(connection, lines, name=name, place=place)
    migrations.upgrade(connection, place)
    return rows


def load_as_written(connection: Connection, lines: Iterable[str], *, name: str, place: str) -> int:
    """The same, but the database stays at the revision of the export."""
    if migrations.revision(connection) is not None:
        raise StoreError(
            place, "the database is not empty", "Give an empty one, or say that it may be replaced."
        )
    numbered = enumerate(lines, 1)
    schema = _head(next(numbered, (1, ""))[1], name)
    migrations.check_known(schema, place)
    migrations.upgrade(connection, place, to=schema)
    tables = MetaData()
    tables.reflect(connection)
    return _fill(connection, tables, numbered, name)


def _fill(
    connection: Connection, tables: MetaData, lines: Iterator[tuple[int, str]], name: str
) -> int:
    batch: list[Columns] = []
    filling = ""
    readers: dict[str, _Reader] = {}
    for line, written in lines:
        record = _record(written, name, line)
        if "rows" in record:
            _insert(connection, tables, filling, batch, name)
            rows = line - 2  # without the head and this line
            if record["rows"] != rows:
                found = f"{rows} rows stand above, the end speaks of {record['rows']}"
                raise DataError(name, found, "Take an undamaged export.", line=line, column=1)
            return rows
        table, row = str(record.get("table")), record.get("row")
        if table not in tables.tables or not isinstance(row, dict):
            raise DataError(
                name, "this is no row", "Take an undamaged export.", line=line, column=1
            )
        if table != filling or len(batch) == _BATCH:
            _insert(connection, tables, filling, batch, name)
            batch = []
        if table != filling:
            filling, readers = table, _readers(tables.tables[table], connection)
        batch.append(_row(row, readers, name, line))
    raise DataError(name, "the export ends too early", "Take an undamaged export.")


def _insert(
    connection: Connection, tables: MetaData, table: str, batch: list[Columns], name: str
) -> None:
    if not batch:
        return
    try:
        connection.execute(insert(tables.tables[table]), batch)
    except IntegrityError:
        found = f"rows of '{table}' contradict others"
        raise DataError(name, found, "Take an undamaged export.") from None


def _head(line: str, name: str) -> str:
    head = _record(line, name, 1)
    if head.get("plantrack") != "store" or not isinstance(head.get("schema"), str):
        hint = "Give a file that `plantrack db export` wrote."
        raise DataError(name, "this is no export of a store", hint, line=1, column=1)
    if head.get("format") != FORMAT:
        raise DataError(
            name,
            f"its format is {head.get('format')}",
            "Install the plantrack that wrote it, or a newer one.",
            line=1,
            column=1,
            key="format",
            value=head.get("format"),
            allowed=str(FORMAT),
        )
    return str(head["schema"])


def _record(written: str, name: str, line: int) -> dict[str, Any]:
    try:
        record = json.loads(written)
    except ValueError as error:
        found, hint = f"this is no JSON: {error}", "Take an undamaged export."
        raise DataError(name, found, hint, line=line, column=1) from None
    if not isinstance(record, dict):
        raise DataError(name, "this is no row", "Take an undamaged export.", line=line, column=1)
    return record


def _row(row: Columns, readers: dict[str, _Reader], name: str, line: int) -> Columns:
    if row.keys() != readers.keys():
        odd = ", ".join(sorted(row.keys() ^ readers.keys()))
        found = f"its columns are not those of the table: {odd}"
        raise DataError(name, found, "Take an undamaged export.", line=line, column=1)
    try:
        return {k: None if v is None else readers[k](v) for k, v in row.items()}
    except (TypeError, ValueError) as error:
        raise DataError(
            name, f"a value does not fit: {error}", "Take an undamaged export.", line=line, column=1
        ) from None


def _readers(table: Table, connection: Connection) -> dict[str, _Reader]:
    """How the JSON of each column becomes what the driver takes; the columns as the database has them."""
    naive = connection.dialect.name == "sqlite"

    def moment(value: str) -> datetime:
        utc = datetime.fromisoformat(value).astimezone(UTC)
        return utc.replace(tzinfo=None) if naive else utc

    def same(value: object) -> object:
        return value

    def reader(of: object) -> _Reader:
        if isinstance(of, DateTime):
            return moment
        return date.fromisoformat if isinstance(of, Date) else same

    return {column.name: reader(column.type) for column in table.columns}


def _each(connection: Connection, statement: Select[Any]) -> Iterator[dict[str, Any]]:
    """The rows one by one, never all of them at once."""
    options = {"stream_results": True, "yield_per": _BATCH}
    for row in connection.execute(statement, execution_options=options):
        yield dict(row._mapping)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value
