"""The order of vintages, and from when until when each of them counts.

Within a slot (one series in one writing, one period, one unit and form of number) the vintages
stand in the order that decides which counts: known later, then more final, then stored later.
Each but the last carries the day from which the next one counts, so that the winners, now or on
any earlier day, are found by an index however many vintages there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import ColumnElement, Row, RowMapping, bindparam, or_, select, update

from plantrack.model import Vintage
from plantrack.store.convert import Columns
from plantrack.store.tables import ObservationRow, table
from plantrack.store.work import Work

_observation = table(ObservationRow)
_FINALITY = {vintage.value: rank for rank, vintage in enumerate(Vintage)}
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

    def append(self, first: int, rows: Sequence[Columns]) -> set[Slot]:
        """Place new rows, numbered from `first`, behind the vintages that count so far.

        Returns the slots in which a new row came too late for that and which must be sorted anew.
        """
        ends: dict[Slot, Ordered] = {}
        for row in self._slots({(c["series_id"], c["period"]) for c in rows}, winners=True):
            ends[_slot(row._mapping)] = vintage(row)
        late: set[Slot] = set()
        new: dict[int, Columns] = dict(enumerate(rows, first))
        outdone: list[Columns] = []
        for number, columns in new.items():
            slot = _slot(columns)
            last, one = ends.get(slot), vintage_of(number, columns)
            if last is not None and one < last:
                late.add(slot)
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

    def sort(self, slots: set[Slot]) -> None:
        """Sort slots anew and write down what changed in them."""
        groups: dict[Slot, list[Ordered]] = defaultdict(list)
        for row in self._slots({slot[:2] for slot in slots}):
            if _slot(row._mapping) in slots:
                groups[_slot(row._mapping)].append(vintage(row))
        changed: list[Columns] = []
        for group in groups.values():
            before: Ordered | None = None
            ordered = sorted(group)
            for one, following in zip(ordered, [*ordered[1:], None], strict=True):
                right = one._replace(
                    superseded_on=None if following is None else following.known_from,
                    replaces=None if before is None else _replaced(before, one),
                )
                if right != one:
                    changed.append(
                        {"row": one.id, "day": right.superseded_on, "older": right.replaces}
                    )
                before = right
        if changed:
            statement = (
                update(_observation)
                .where(_observation.c.id == bindparam("row"))
                .values(superseded_on=bindparam("day"), replaces=bindparam("older"))
            )
            self._work.connection.execute(statement, changed)

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
