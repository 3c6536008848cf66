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
from functools import cache
from itertools import takewhile
from operator import gt, lt
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Row,
    RowMapping,
    Select,
    bindparam,
    or_,
    select,
    tuple_,
    update,
)

from plantrack.store.convert import Columns
from plantrack.store.tables import ObservationRow, table
from plantrack.store.work import Work

_observation = table(ObservationRow)
# The names of the vintages stand in the order of the alphabet too, so an index keeps it.
_ORDER = tuple_(_observation.c.known_from, _observation.c.vintage, _observation.c.id)
_PLACED_BY = [
    _observation.c[name]
    for name in (
        *("id", "series_id", "period", "unit", "amount"),
        *("known_from", "vintage", "superseded_on", "replaces"),
    )
]
_FEW = 20  # vintages read at once behind one that came late
Slot: TypeAlias = tuple[int, str, str, str]
_OUTDONE = (
    update(_observation)
    .where(_observation.c.id == bindparam("row"))
    .values(superseded_on=bindparam("day"))
)
_PLACED = _OUTDONE.values(replaces=bindparam("older"))


class Ordered(NamedTuple):
    """A vintage in its slot; compares in the order in which vintages count."""

    known_from: date
    vintage: str
    id: int
    amount: str
    superseded_on: date | None
    replaces: int | None


class Vintages:
    """Keeps the vintages of each slot in order while rows come and go."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def append(self, first: int, rows: Sequence[Columns]) -> dict[int, Columns]:
        """Place new rows, numbered from `first`, behind the vintages that count so far.

        Returns the new rows that came too late for that, by number: once they are kept, they want
        `place`.
        """
        ends: dict[Slot, Ordered] = {}
        for row in self._winners(rows):
            ends[_slot(row._mapping)] = vintage(row)
        late: dict[int, Columns] = {}
        new: dict[int, Columns] = dict(enumerate(rows, first))
        outdone: list[Columns] = []
        for number, columns in new.items():
            slot = _slot(columns)
            last, one = ends.get(slot), vintage_of(number, columns)
            if last is not None and one < last:
                late[number] = columns
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
            self._work.connection.execute(_OUTDONE, outdone)
        return late

    def _winners(self, rows: Sequence[Columns]) -> Iterator[Row[Any]]:
        """The vintages that count of the series and periods of some rows; and some more, that do no harm."""
        statement = select(*_PLACED_BY).where(
            *counts(None),
            _observation.c.plan_version_id.is_(None),
            _observation.c.period.in_(sorted({row["period"] for row in rows})),
        )
        series = sorted({row["series_id"] for row in rows})
        return self._work.rows_in(statement, _observation.c.series_id, series)

    def _slots(self, places: Iterable[tuple[int, str]]) -> list[Row[Any]]:
        """The vintages that are not retired, of each series and period."""
        by_period: dict[str, set[int]] = defaultdict(set)
        for series, period in places:
            by_period[period].add(series)
        found: list[Row[Any]] = []
        for period, series_ids in sorted(by_period.items()):
            statement = select(*_PLACED_BY).where(
                _observation.c.period == period,
                _observation.c.plan_version_id.is_(None),
                ~_observation.c.retired,
            )
            found.extend(
                self._work.rows_in(statement, _observation.c.series_id, sorted(series_ids))
            )
        return found

    def place(self, late: Mapping[int, Columns]) -> None:
        """Put kept rows between their neighbours; of a long slot no more is read than those."""
        runs: dict[tuple[Slot, date, str], list[Ordered]] = defaultdict(list)
        for number, columns in late.items():
            one = vintage_of(number, columns)
            runs[_slot(columns), one.known_from, one.vintage].append(one)
        for (slot, *_), run in runs.items():
            self._place(run, slot)

    def _place(self, run: list[Ordered], slot: Slot) -> None:
        """Put new rows of one day and finality, between which there are no others, into their slot."""
        older = next(self._neighbours(run[0], slot, behind=False), None)
        behind = self._neighbours(run[-1], slot, behind=True)
        after = next(behind, None)
        changed = [] if older is None else [older._replace(superseded_on=run[0].known_from)]
        for one in run:
            placed = one._replace(
                superseded_on=one.known_from,
                replaces=None if older is None else _replaced(older, one),
            )
            changed.append(placed)
            older = placed
        changed[-1] = older = changed[-1]._replace(
            superseded_on=None if after is None else after.known_from
        )
        if after is not None:
            right = after._replace(replaces=_replaced(older, after))
            changed.append(right)
            # what the first of them replaces, those behind it with its amount do too
            for other in takewhile(lambda other: _same(other.amount, right.amount), behind):
                changed.append(other._replace(replaces=right.replaces))
        self._write(changed)

    def _neighbours(self, one: Ordered, slot: Slot, *, behind: bool) -> Iterator[Ordered]:
        """The vintages of a slot behind one, in their order; or the one before it."""
        at: Ordered | None = one
        while at is not None:
            series, period, unit, form = slot
            place = {"day": at.known_from, "vintage": at.vintage, "row": at.id}
            rows = self._work.connection.execute(
                _neighbours(form, behind=behind),
                {"series": series, "period_": period, "unit_": unit, **place},
            ).all()
            yield from map(vintage, rows)
            at = vintage(rows[-1]) if behind and len(rows) == _FEW else None

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
        values = [{"row": c.id, "day": c.superseded_on, "older": c.replaces} for c in changed]
        self._work.connection.execute(_PLACED, values)

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


def counts(known_on: date | ColumnElement[date] | None) -> tuple[ColumnElement[bool], ...]:
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


@cache
def _neighbours(form: str, *, behind: bool) -> Select[Any]:
    """The question for the next vintages of a slot, or for the one before."""
    at = tuple_(bindparam("day"), bindparam("vintage"), bindparam("row"))
    order = [column if behind else column.desc() for column in _ORDER.clauses]
    return (
        select(*_PLACED_BY)
        .where(
            _observation.c.series_id == bindparam("series"),
            _observation.c.period == bindparam("period_"),
            (gt if behind else lt)(_ORDER, at),
            _observation.c.unit == bindparam("unit_"),
            *(
                holds if sign == form else ~holds
                for sign in ":~"
                for holds in [_observation.c.amount.contains(sign)]
            ),
            _observation.c.plan_version_id.is_(None),
            ~_observation.c.retired,
        )
        .order_by(*order)
        .limit(_FEW if behind else 1)
    )


def vintage(row: Row[Any]) -> Ordered:
    """The place of a kept vintage in its slot."""
    return vintage_of(row.id, row._mapping)


def vintage_of(number: int, row: Mapping[str, Any] | RowMapping) -> Ordered:
    """The place of a vintage that is, or will be, the row `number`."""
    return Ordered(
        row["known_from"],
        row["vintage"],
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
