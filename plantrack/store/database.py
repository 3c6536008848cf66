"""A database opened for plantrack: SQLite in a file, or PostgreSQL by URL, alike in all that matters.

One writer at a time on both: `BEGIN IMMEDIATE` on SQLite, an advisory lock of the transaction on
PostgreSQL. Whoever waits longer than `patience` gets StoreBusyError. Readers see one snapshot and
wait for nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from plantrack.errors import MissingExtraError, StoreError, UsageError
from plantrack.store.failures import translated

_ONE_WRITER = 0x504C414E  # "PLAN": the number of the advisory lock, one a database
_WRITES = "plantrack_writes"


class Database:
    """An engine with plantrack's settings, the `place` to name it by, and its two kinds of transaction."""

    def __init__(self, where: str | Path, *, patience: float = 5.0) -> None:
        url = _url(where)
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self.place = _place(url)
        self._secrets = _secrets(url)
        self.file = Path(url.database) if self.is_sqlite and url.database else None
        self._patience = round(patience * 1000)
        self.engine = self._sqlite(url) if self.is_sqlite else _postgresql(url)

    def _sqlite(self, url: URL) -> Engine:
        if self.file is None or str(self.file) == ":memory:":
            raise UsageError("A store needs a file: give its path, or a PostgreSQL URL.")
        if not self.file.parent.is_dir():
            raise StoreError(
                self.place,
                f"there is no folder {self.file.parent}",
                "Make it, or run plantrack init.",
            )
        engine = create_engine(url, hide_parameters=True)

        @event.listens_for(engine, "connect")
        def settings(connection: Any, _: object) -> None:  # noqa: ANN401  a driver's own
            connection.isolation_level = None  # transactions are begun below, and hold DDL too
            cursor = connection.cursor()
            for pragma in (
                f"busy_timeout = {self._patience}",
                "journal_mode = WAL",
                "foreign_keys = ON",
            ):
                cursor.execute(f"PRAGMA {pragma}")
            cursor.close()

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            writes = connection.get_execution_options().get(_WRITES, False)
            connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
            connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

        return engine

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A write transaction, kept at the end, undone by any exception."""
        with self.failing_clearly(), self.engine.connect() as connection:
            connection = connection.execution_options(**{_WRITES: True})
            with connection.begin():
                if not self.is_sqlite:
                    connection.execute(text(f"SET LOCAL lock_timeout = {self._patience}"))
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({_ONE_WRITER})"))
                yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A read transaction over one snapshot; writing in it fails."""
        options = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self.failing_clearly(), self.engine.connect() as connection:
            connection = connection.execution_options(**options, postgresql_readonly=True)
            with connection.begin() as transaction:
                yield connection
                transaction.rollback()

    @contextmanager
    def failing_clearly(self) -> Iterator[None]:
        """Turns what the database or its driver raises into a StoreError that holds no secret."""
        try:
            yield
        except SQLAlchemyError as error:
            # Its own cause stays behind: what a driver prints is not known to be free of secrets.
            raise translated(error, self.place, self._secrets) from None

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def _url(where: str | Path) -> URL:
    """The URL meant; never repeats what was given, which may hold a password."""
    if isinstance(where, Path) or "://" not in where:
        return URL.create("sqlite", database=str(where))
    try:
        url = make_url(where)
    except (ArgumentError, ValueError):
        raise UsageError(
            "The database URL cannot be read. Write sqlite:///FILE or "
            "postgresql://USER:PASSWORD@HOST:PORT/NAME."
        ) from None
    backend = url.get_backend_name()
    if backend == "sqlite":
        return url
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    raise UsageError(
        f"plantrack keeps its data in SQLite or PostgreSQL, not in '{backend}'. "
        "Write sqlite:///FILE or postgresql://USER:PASSWORD@HOST:PORT/NAME."
    )


def _place(url: URL) -> str:
    if url.get_backend_name() == "sqlite":
        return url.database or "sqlite"
    # A query may hold a password too; the host may stand in it, then the driver's word must do.
    shown = URL.create("postgresql", url.username, None, url.host, url.port, url.database)
    return shown.render_as_string()


def _secrets(url: URL) -> tuple[str, ...]:
    values = [url.password or "", *(str(v) for k, v in url.query.items() if "pass" in k.lower())]
    return tuple(value for value in values if value)


def _postgresql(url: URL) -> Engine:
    try:
        return create_engine(url, hide_parameters=True, pool_pre_ping=True)
    except ImportError:
        raise MissingExtraError("postgres", "A store in PostgreSQL") from None
