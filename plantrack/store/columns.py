"""What all tables share: their catalogue, and the columns that come up in many of them.

A column is called volatile where two stores that saw the same documents may differ in it: the
moment of writing, the run, the number of tries. `Store.contents` leaves those out.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, ForeignKey, Index, MetaData, Table, Text, text
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from plantrack.errors import UsageError

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Row(SQLModel, registry=registry(metadata=metadata)):
    """Base of all tables, with a catalogue of their own."""


def table(row: type[Row]) -> Table:
    """The table behind a row type, as statements take it."""
    return metadata.tables[str(row.__tablename__)]


def index_where(condition: str, name: str, *columns: str, unique: bool = True) -> Index:
    """An index over the rows that fulfil a condition, the same on SQLite and PostgreSQL.

    SQLite uses it only for a question with the same words, so a flag is written there as
    SQLAlchemy asks for it: `NOT retired` as `retired = 0`, `current` as `current = 1`.
    """
    flags = re.sub(r"NOT (retired)", r"\1 = 0", condition)
    return Index(
        name,
        *columns,
        unique=unique,
        sqlite_where=text(re.sub(r"^current$", "current = 1", flags)),
        postgresql_where=text(condition),
    )


class Moment(TypeDecorator[datetime]):
    """A moment: kept in UTC, aware when it comes back. A naive one is refused with UsageError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC; naive for SQLite, which knows no time zones."""
        if value is None:
            return None
        moment = utc(value)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def utc(moment: datetime) -> datetime:
    """The same moment in UTC; UsageError where its time zone is not stated."""
    if moment.utcoffset() is None:
        raise UsageError(
            f"{moment.isoformat()} says no time zone. Give an aware datetime, such as "
            "datetime.now(UTC)."
        )
    return moment.astimezone(UTC)


def row_id() -> Any:  # noqa: ANN401  Field() stands for a value of any type
    """The number of a row, given by the unit of work in the order of writing: no gaps, the same on every database."""
    kwargs = {"autoincrement": False}
    return Field(default=None, primary_key=True, sa_column_kwargs=kwargs)


def moment(*, none: bool = False) -> Any:  # noqa: ANN401
    """A moment of writing; `none` where it may be missing."""
    kwargs = {"info": {"volatile": True}}
    if none:
        return Field(default=None, sa_type=Moment, nullable=True, sa_column_kwargs=kwargs)
    return Field(sa_type=Moment, sa_column_kwargs=kwargs)


def volatile(default: Any = None, **kwargs: Any) -> Any:  # noqa: ANN401
    """A plain column that differs from run to run."""
    return Field(default=default, sa_column_kwargs={"info": {"volatile": True}}, **kwargs)


def run_ref() -> Any:  # noqa: ANN401
    """The run that wrote the row."""
    return volatile(foreign_key="run.id")


def later_ref(column: str) -> Any:  # noqa: ANN401
    """A reference that may point to a row written later in the same transaction, or to none."""
    late = ForeignKey(column, deferrable=True, initially="DEFERRED")
    return Field(default=None, sa_column_args=[late], nullable=True)


def long_text(default: Any = ...) -> Any:  # noqa: ANN401
    """A text of any length."""
    return Field(default=default, sa_type=Text)
