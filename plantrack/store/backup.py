"""A copy of the whole store in one file, and back.

On SQLite the copy is a database made by SQLite's own online backup, whole also while others
write. On PostgreSQL it is the export in JSON Lines; an operator's pg_dump does as well.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import MetaData

from plantrack.errors import InputError, OutputError, ReadError, StoreError
from plantrack.store import migrations, transfer
from plantrack.store.database import Database

_MAGIC = b"SQLite format 3\0"


def backup(database: Database, file: Path) -> None:
    """Write the copy; OutputError where the file exists or cannot be written."""
    with _new(file) as draft:
        if database.is_sqlite:
            with database.failing_clearly(), closing(database.engine.raw_connection()) as source:
                _copy(source.driver_connection, draft)
        else:
            with draft.open("w", encoding="utf-8") as out, database.reading() as connection:
                transfer.export(connection, out)


def restore(database: Database, file: Path, *, replace: bool) -> None:
    """Fill the database from a copy or an export, in one transaction.

    StoreError where it holds something and `replace` is not set; ReadError, DataError or
    StoreVersionError where the copy cannot be used: the database then stays as it was.
    """
    try:
        with file.open("rb") as start:
            copied = start.read(len(_MAGIC)) == _MAGIC
    except OSError as error:
        raise ReadError(str(file), f"it cannot be read: {error.strerror}", "Name a copy.") from None
    if copied and not database.is_sqlite:
        raise InputError(
            f"{file}: this copy is an SQLite database, {database.place} is PostgreSQL. "
            "Export it and restore the export: plantrack db export."
        )
    if copied:
        _restore_copy(database, file, replace=replace)
        return
    with (
        file.open(encoding="utf-8", newline="\n") as lines,
        database.writing() as connection,
    ):
        if replace:
            tables = MetaData()
            tables.reflect(connection)
            tables.drop_all(connection)
        transfer.load(connection, lines, name=str(file), place=database.place)


def _restore_copy(database: Database, file: Path, *, replace: bool) -> None:
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as copy:
        try:
            sound = copy.execute("PRAGMA quick_check").fetchone() == ("ok",)
            found = copy.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.DatabaseError:
            sound = False
        if not sound:
            raise ReadError(str(file), "the copy is damaged or not plantrack's", "Take another.")
        migrations.check_known(found[0], str(file))
        with database.reading() as connection:
            used = migrations.revision(connection) is not None
        if used and not replace:
            raise StoreError(
                database.place,
                "the database is not empty",
                "Give an empty one, or say that it may be replaced.",
            )
        assert database.file is not None
        # SQLite writes the copied pages in one transaction of the target.
        with database.failing_clearly(), closing(database.engine.raw_connection()) as target:
            copy.backup(target.driver_connection)  # type: ignore[arg-type]  # it is sqlite3's


def _copy(source: object, draft: Path) -> None:
    assert isinstance(source, sqlite3.Connection)
    with closing(sqlite3.connect(draft)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it


@contextmanager
def _new(file: Path) -> Iterator[Path]:
    """A draft beside `file` that takes its name once it is whole, and is gone otherwise."""
    if file.exists():
        raise OutputError(str(file), "it exists", "Name a new file.")
    draft = file.with_name(f".{file.name}.{os.getpid()}.draft")
    try:
        yield draft
        draft.replace(file)
    except (OSError, sqlite3.OperationalError) as error:
        raise OutputError(
            str(file), f"it cannot be written: {error}", "Name a folder that has room."
        ) from None
    finally:
        draft.unlink(missing_ok=True)
