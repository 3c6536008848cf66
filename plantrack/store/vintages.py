"""The order of vintages, and from when until when each of them counts.

Within a slot (one series in one writing, one period, one unit and form of number) the vintages
stand in the order that decides which counts: known later, then more final, then stored later.
Each but the last carries the day from which the next one counts, so that the winners, now or on
any earlier day, are found by an index however many vintages there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import ColumnElement, Row, RowMapping, bindparam, case, or_, select, tuple_, update

from plantrack.model import Vintage
from plantrack.store.convert import Columns
from plantrack.store.tables import ObservationRow, table
from plantrack.store.work import Work

_observation = table(ObservationRow)
_FINALITY = {vintage.value: rank for rank, vintage in enumerate(Vintage)}
_RANK = case(_FINALITY, value=_observation.c.vintage)
Slot: TypeAlias = tuple[int, str, str, str]


class Ordered(NamedTuple):
    """A vintage in its slot; compares in the order in which vintages count."""

    known_from: date
    finality: int
    id: int
    amount: str
    superseded_on: date | None
    replaces: int | None


class Vintages:
    """Keeps the vintages of each slot in order while rows come and go."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def append(self, first: int, rows: Sequence[Columns]) -> dict[int, Slot]:
        """Place new rows, numbered from `first`, behind the vintages that count so far.

        Returns the new rows that came too late for that, with their slots: once they are kept, they
        want `place`.
        """
        ends: dict[Slot, Ordered] = {}
        for row in self._slots({(c["series_id"], c["period"]) for c in rows}, winners=True):
            ends[_slot(row._mapping)] = vintage(row)
        late: dict[int, Slot] = {}
        new: dict[int, Columns] = dict(enumerate(rows, first))
        outdone: list[Columns] = []
        for number, columns in new.items():
            slot = _slot(columns)
            last, one = ends.get(slot), vintage_of(number, columns)
            if last is not None and one < last:
                late[number] = slot
                continue
            if last is not None:
                columns["replaces"] = _replaced(last, one)
                one = one._replace(replaces=columns["replaces"])
                if last.id in new:
                    new[last.id]["superseded_on"] = one.known_from
                else:
                    outdone.append({"row": last.id, "day": one.known_from})
            ends[slot] = one
        if outdone:
            statement = (
                update(_observation)
                .where(_observation.c.id == bindparam("row"))
                .values(superseded_on=bindparam("day"))
            )
            self._work.connection.execute(statement, outdone)
        return late

    def _slots(self, places: Iterable[tuple[int, str]], *, winners: bool = False) -> list[Row[Any]]:
        """The vintages that are not retired, of each series and period, or only those that count."""
        by_period: dict[str, set[int]] = defaultdict(set)
        for series, period in places:
            by_period[period].add(series)
        found: list[Row[Any]] = []
        for period, series_ids in sorted(by_period.items()):
            statement = select(_observation).where(
                _observation.c.period == period,
                _observation.c.plan_version_id.is_(None),
                *(counts(None) if winners else (~_observation.c.retired,)),
            )
            found.extend(
                self._work.rows_in(statement, _observation.c.series_id, sorted(series_ids))
            )
        return found

    def place(self, late: Mapping[int, Slot]) -> None:
        """Put kept rows between their neighbours; of a long slot no more is read than those."""
        for number, slot in late.items():
            self._place(number, slot)

    def _place(self, number: int, slot: Slot) -> None:
        own = self._work.rows(select(_observation).where(_observation.c.id == number))
        one = vintage(own[0])
        key = tuple_(_observation.c.known_from, _RANK, _observation.c.id)
        at = (one.known_from, one.finality, one.id)
        down = [column.desc() for column in key.clauses]
        inside = select(_observation).where(*_in(slot))
        before = [
            vintage(row) for row in self._work.rows(inside.where(key < at).order_by(*down).limit(1))
        ]
        after = [
            vintage(row)
            for row in self._work.rows(inside.where(key > at).order_by(*key.clauses).limit(2))
        ]
        one = one._replace(
            superseded_on=after[0].known_from if after else None,
            replaces=_replaced(before[0], one) if before else None,
        )
        changed = [one]
        if before:
            changed.append(before[0]._replace(superseded_on=one.known_from))
        if after:
            changed.append(after[0]._replace(replaces=_replaced(one, after[0])))
        self._write(changed)
        if len(after) == 2 and _same(after[0].amount, after[1].amount):
            self.sort({slot})  # what the first of them replaces, those behind it do too

    def sort(self, slots: set[Slot]) -> None:
        """Sort slots anew and write down what changed in them."""
        groups: dict[Slot, list[Ordered]] = defaultdict(list)
        for row in self._slots({slot[:2] for slot in slots}):
            if _slot(row._mapping) in slots:
                groups[_slot(row._mapping)].append(vintage(row))
        changed: list[Ordered] = []
        for group in groups.values():
            before: Ordered | None = None
            ordered = sorted(group)
            for one, following in zip(ordered, [*ordered[1:], None], strict=True):
                right = one._replace(
                    superseded_on=None if following is None else following.known_from,
                    replaces=None if before is None else _replaced(before, one),
                )
                if right != one:
                    changed.append(right)
                before = right
        if changed:
            self._write(changed)

    def _write(self, changed: Iterable[Ordered]) -> None:
        statement = (
            update(_observation)
            .where(_observation.c.id == bindparam("row"))
            .values(superseded_on=bindparam("day"), replaces=bindparam("older"))
        )
        values = [{"row": c.id, "day": c.superseded_on, "older": c.replaces} for c in changed]
        self._work.connection.execute(statement, values)

    def retire(self, conditions: Iterable[ColumnElement[bool]]) -> None:
        """Take the rows that fulfil one of the conditions out of their slots."""
        slots: set[Slot] = set()
        for condition in conditions:
            rows = self._work.rows(select(_observation).where(condition, ~_observation.c.retired))
            slots |= {_slot(row._mapping) for row in rows}
            self._work.connection.execute(
                update(_observation).where(condition).values(retired=True)
            )
        self.sort(slots)


def counts(known_on: date | None) -> tuple[ColumnElement[bool], ...]:
    """The conditions of a vintage that counts, now or at the end of the day `known_on`."""
    end = _observation.c.superseded_on
    if known_on is None:
        return end.is_(None), ~_observation.c.retired
    started = _observation.c.known_from <= known_on
    return started, or_(end.is_(None), end > known_on), ~_observation.c.retired


def _slot(row: Mapping[str, Any] | RowMapping) -> Slot:
    amount: str = row["amount"]
    form = next((sign for sign in ":~" if sign in amount), "")
    return row["series_id"], row["period"], row["unit"], form


def _in(slot: Slot) -> Iterator[ColumnElement[bool]]:
    """The conditions of a vintage of a slot that is not retired."""
    series, period, unit, form = slot
    yield _observation.c.series_id == series
    yield _observation.c.period == period
    yield _observation.c.unit == unit
    for sign in ":~":
        holds = _observation.c.amount.contains(sign)
        yield holds if sign == form else ~holds
    yield _observation.c.plan_version_id.is_(None)
    yield ~_observation.c.retired


def vintage(row: Row[Any]) -> Ordered:
    """The place of a kept vintage in its slot."""
    return vintage_of(row.id, row._mapping)


def vintage_of(number: int, row: Mapping[str, Any] | RowMapping) -> Ordered:
    """The place of a vintage that is, or will be, the row `number`."""
    return Ordered(
        row["known_from"],
        _FINALITY[row["vintage"]],
        number,
        row["amount"],
        row["superseded_on"],
        row["replaces"],
    )


def _replaced(older: Ordered, newer: Ordered) -> int | None:
    """The newest vintage before `newer` with another amount, `older` being the one just before."""
    return older.replaces if _same(older.amount, newer.amount) else older.id


def _same(one: str, other: str) -> bool:
    """Whether two amounts are the same number, however they are written: 5.3 and 5.30."""
    if one == other or set(":~") & {*one, *other}:
        return one == other
    return Decimal(one) == Decimal(other)
