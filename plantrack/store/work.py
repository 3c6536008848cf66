"""The one transaction behind a unit of work: its moment, its rows, and which row each observation is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Date,
    DateTime,
    Dialect,
    Row,
    Select,
    Table,
    bindparam,
    func,
    insert,
    select,
)

from plantrack.errors import UsageError
from plantrack.model import Observation
from plantrack.store.columns import Moment
from plantrack.store.convert import Columns

T = TypeVar("T")
AMONG: BindParameter[Any] = bindparam("among", expanding=True)
"""Some values of a column, in a statement made once: to make one anew costs as much as to ask it."""
_MANY = 500  # values in one IN: far below what either database allows, and enough to be cheap


class Work:
    """What all parts of a unit share. `now` is one moment for all that the unit writes."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self.connection = connection
        self.now = now
        self._next: dict[str, int] = {}
        self._held: list[Observation] = []
        self._by_identity: dict[int, int] = {}
        self._by_value: dict[Observation, int] = {}
        self._valued = 0  # how many of those held are in it

    @property
    def today(self) -> date:
        """The day of `now`, in UTC."""
        return self.now.date()

    def following(self, into: Table) -> int:
        """The number the next row of a table will get; there is one writer, so nobody else takes it."""
        if into.name not in self._next:
            last = self.connection.execute(select(func.max(into.c.id))).scalar()
            self._next[into.name] = (last or 0) + 1
        return self._next[into.name]

    def insert(self, into: Table, rows: Sequence[Columns]) -> list[int]:
        """Add rows in one go; the numbers they got, which are in the rows too now."""
        first = self.following(into)
        numbers = list(range(first, first + len(rows)))
        if rows:
            for number, row in zip(numbers, rows, strict=True):
                row["id"] = number
            self.write(into, rows)
            self._next[into.name] = first + len(rows)
        return numbers

    def write(self, into: Table, rows: Sequence[Columns]) -> None:
        """Add rows that have their numbers, in one go."""
        if len(rows) == 1 or rows[0].keys() != set(into.columns.keys()):
            self.connection.execute(insert(into), rows)
            return
        # Whole rows go to the driver as they are: Core would work out each anew, at twice the cost.
        statement, bound = _insertion(into, self.connection.dialect)
        self.connection.exec_driver_sql(statement, bound(rows))

    def insert_one(self, into: Table, **columns: Any) -> int:  # noqa: ANN401  columns of many types
        """Add one row; its number."""
        return self.insert(into, [columns])[0]

    def rows(self, statement: Select[Any]) -> Sequence[Row[Any]]:
        """All rows a statement selects."""
        return self.connection.execute(statement).all()

    def first(self, statement: Select[Any]) -> Row[Any] | None:
        """The first row a statement selects, or None."""
        return self.connection.execute(statement.limit(1)).first()

    def rows_in(
        self, statement: Select[Any], column: ColumnElement[Any], values: Iterable[object]
    ) -> Iterator[Row[Any]]:
        """The rows whose `column` is one of `values`, however many those are."""
        return self.rows_among(statement.where(column.in_(AMONG)), values)

    def rows_among(
        self, statement: Select[Any], values: Iterable[object], **others: object
    ) -> Iterator[Row[Any]]:
        """The rows of a statement that takes some values as AMONG, however many, and other parameters."""
        for some in chunks(values):
            yield from self.connection.execute(statement, {"among": some, **others}).all()

    def remember(self, one: Observation, number: int) -> None:
        """Keep which row an observation is, so that evidence made of it finds its way back."""
        self._held.append(one)  # or its id could be another's one day
        self._by_identity[id(one)] = number

    def number_of(self, one: Observation) -> int | None:
        """The row of an observation this unit has read or written: that very one, else an equal one."""
        found = self._by_identity.get(id(one))
        if found is not None:
            return found
        new, self._valued = self._held[self._valued :], len(self._held)
        self._by_value |= {other: self._by_identity[id(other)] for other in new}
        return self._by_value.get(one)


@lru_cache(maxsize=100)
def _insertion(into: Table, dialect: Dialect) -> tuple[str, Callable[[Sequence[Columns]], Any]]:
    """The statement that adds whole rows to a table, and what makes its parameters of them."""
    compiled = insert(into).compile(dialect=dialect)
    order = compiled.positiontup or list(into.columns.keys())
    plain = itemgetter(*order)
    changed = [
        (name, how)
        for name in order
        if isinstance(into.c[name].type, Date | DateTime | Moment)
        and (how := into.c[name].type.dialect_impl(dialect).bind_processor(dialect)) is not None
    ]  # texts, numbers and flags are to every driver what they are to Python

    def bound(rows: Sequence[Columns]) -> Any:  # noqa: ANN401  tuples or dicts, as the driver wants
        if changed:
            rows = [dict(row) for row in rows]
        for name, how in changed:
            made = {
                value: how(value) for value in {row[name] for row in rows}
            }  # few days, one moment
            for row in rows:
                row[name] = made[row[name]]
        return list(map(plain, rows)) if compiled.positional else rows

    return compiled.string, bound


def chunks(values: Iterable[T], size: int = _MANY) -> Iterator[list[T]]:
    """The values in lists of at most `size`."""
    iterator = iter(values)
    while some := list(islice(iterator, size)):
        yield some


def needed(row: Row[Any] | None, what: str, hint: str) -> Row[Any]:
    """The row; UsageError, that there is no `what` and what to do, where there is none."""
    if row is None:
        raise UsageError(f"The store holds no {what}. {hint}")
    return row
