"""Observations: kept with their vintages, found by what they measure, now or as known on an earlier day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, TypeAlias

from sqlalchemy import BindParameter, Date, Select, bindparam, select

from plantrack.model import Measure, Observation, Period, Scope, Series, Vintage
from plantrack.store.convert import (
    OBSERVATION,
    SERIES,
    Columns,
    observation_columns,
    observation_of,
    series_columns,
    series_of,
    written_amount,
)
from plantrack.store.kept import Counting, KeptObservation
from plantrack.store.tables import DocumentRow, ObservationRow, ReadingRow, SeriesRow, table
from plantrack.store.vintages import Vintages, counts, vintage
from plantrack.store.work import AMONG, Work, chunks

_observation = table(ObservationRow)
_series = table(SeriesRow)
_SERIES = [_series.c[name] for name in SERIES]
_OBSERVED = [_observation.c[name] for name in OBSERVATION]
# Rows are taken apart by place: asking a row for each column by its name costs more than reading it.
_GIVEN = [_observation.c[name] for name in ("id", "series_id", "replaces")] + _OBSERVED
_NOW = select(*_GIVEN).where(
    *counts(None), _observation.c.plan_version_id.is_(None), _observation.c.series_id.in_(AMONG)
)
_THEN = select(*_GIVEN).where(
    *counts(bindparam("day", type_=Date)),
    _observation.c.plan_version_id.is_(None),
    _observation.c.series_id.in_(AMONG),
)
_NUMBERED = select(*_GIVEN).where(_observation.c.id.in_(AMONG))
_TOLD = (
    select(_observation.c.id, *_SERIES, *_OBSERVED)
    .join(_series, _series.c.id == _observation.c.series_id)
    .order_by(_observation.c.id)
)
_LIFE = [column for column in _observation.c if column.name not in OBSERVATION]
# One question for each pair of columns: each pair has an index, "or" would use none of them.
_PLACES: BindParameter[Any] = bindparam("places", expanding=True)
_SERIES_NAMED = [
    select(_series.c.id, *_SERIES).where(name.in_(AMONG))
    for name in (_series.c.indicator_id, _series.c.phrase)
]
_SERIES_BY_CODE = [one.where(_series.c.scope_code.in_(_PLACES)) for one in _SERIES_NAMED]
_SERIES_BY_PLACE = [one.where(_series.c.scope_name.in_(_PLACES)) for one in _SERIES_NAMED]
_SERIES_OF_NO_PLACE = [one.where(_series.c.scope_name.is_(None)) for one in _SERIES_NAMED]
_COUNTING = [
    _observation.c[name]
    for name in ("id", "series_id", "period", "amount", "unit", "vintage", "doc")
]
SeriesKey: TypeAlias = tuple[str, Measure, str]


class Observations:
    """The observations of a unit of work."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._vintages = Vintages(work)

    def add(
        self,
        observations: Iterable[Observation],
        *,
        run: str | None,
        reading: int | None = None,
        figures: Mapping[tuple[int, int], int] | None = None,
    ) -> tuple[int, ...]:
        """Keep observations, in their order; their row numbers.

        `reading` is the reading of a document they come from, `figures` its figures by span.
        """
        given = list(observations)
        series = self._series_ids(o.series for o in given)
        first = self._work.following(_observation)
        rows = [
            self._row(one, series[one.series], run, reading=reading, figures=figures or {})
            for one in given
        ]
        late = self._vintages.append(first, rows)
        numbers = self._work.insert(_observation, rows)
        self._vintages.place(late)
        for one, number in zip(given, numbers, strict=True):
            self._work.remember(one, number)
        return tuple(numbers)

    def add_of_plan(
        self, observations: Sequence[Observation], plan_version: int, run: str | None
    ) -> None:
        """Keep the values a plan states itself. They count for that plan only and come with it."""
        series = self._series_ids(o.series for o in observations)
        rows = [
            self._row(o, series[o.series], run, plan_version=plan_version) for o in observations
        ]
        for one, number in zip(observations, self._work.insert(_observation, rows), strict=True):
            self._work.remember(one, number)

    def current(
        self,
        names: Iterable[str],
        *,
        scopes: Iterable[Scope | None] | None = None,
        known_on: date | None = None,
    ) -> tuple[Observation, ...]:
        """The observations that count, now or as known at the end of the day `known_on`, in order of storing.

        `names` are lexicon ids and phrases without blanks; with `scopes` only those of a scope of
        that code or name, and those of none. Of the vintages of a slot: the one that counts, and
        the newest older one with another amount, so that a revision shows. What plans state
        themselves is not among them.
        """
        series = self._series_named(set(names), scopes)
        rows: list[Sequence[Any]] = []
        if known_on is None:
            rows.extend(self._work.rows_among(_NOW, series))
        else:
            rows.extend(self._work.rows_among(_THEN, series, day=known_on))
        replaced = {row[2] for row in rows if row[2] is not None}
        rows.extend(self._work.rows_among(_NUMBERED, sorted(replaced)))
        rows.sort(key=itemgetter(0))
        return tuple(self._given(row[0], row[3:], series[row[1]]) for row in rows)

    def counting(
        self, observations: Iterable[Observation]
    ) -> dict[tuple[SeriesKey, str], Counting]:
        """What counts now for the series and periods of some observations, by key and written period.

        Where a series has several writings, the value that was stored last.
        """
        given = list(observations)
        series = self._series_named(
            {o.series.indicator_id or o.series.indicator.replace(" ", "") for o in given},
            {o.series.scope for o in given},
        )
        statement = select(*_COUNTING).where(
            *counts(None),
            _observation.c.plan_version_id.is_(None),
            _observation.c.period.in_(sorted({str(o.period) for o in given})),
        )
        rows = sorted(map(tuple, self._work.rows_in(statement, _observation.c.series_id, series)))
        return {
            (series[number].key, period): Counting(written_amount(amount), unit, Vintage(name), doc)
            for _, number, period, amount, unit, name, doc in rows
        }

    def by_id(self, numbers: Iterable[int]) -> dict[int, Observation]:
        """Observations by row number."""
        found = self._work.rows_in(_TOLD, _observation.c.id, sorted(set(numbers)))
        return {row[0]: self._told(row) for row in found}

    def of_plan(self, plan_version: int) -> tuple[Observation, ...]:
        """The values a plan states itself, in its order."""
        stated = _TOLD.where(_observation.c.plan_version_id == plan_version)
        return tuple(map(self._told, self._work.rows(stated)))

    def retire(self, numbers: Iterable[int]) -> None:
        """Let observations count no longer; they stay as history."""
        self._vintages.retire(_observation.c.id.in_(some) for some in chunks(numbers))

    def retire_reading(self, reading: int) -> None:
        """Let nothing that a reading gave count any longer."""
        self._vintages.retire([_observation.c.reading_id == reading])

    def id_of(self, observation: Observation) -> int | None:
        """The row of an observation that this unit has read or written."""
        return self._work.number_of(observation)

    def vintages(self, series: Series, period: Period) -> tuple[KeptObservation, ...]:
        """All vintages of a series for a period, in the order in which they count, the retired first."""
        names = {series.indicator.replace(" ", ""), series.indicator_id or ""} - {""}
        found = {
            number: one
            for number, one in self._series_named(names, [series.scope]).items()
            if one.measure == series.measure and (one.scope is None) == (series.scope is None)
        }
        reading, document = table(ReadingRow), table(DocumentRow)
        statement = (
            select(*_OBSERVED, *_LIFE, document.c.sha256.label("document"))
            .outerjoin(reading, reading.c.id == _observation.c.reading_id)
            .outerjoin(document, document.c.id == reading.c.document_id)
            .where(_observation.c.period == str(period), _observation.c.plan_version_id.is_(None))
        )
        rows = list(self._work.rows_in(statement, _observation.c.series_id, found))
        rows.sort(key=lambda row: (not row.retired, vintage(row)))
        return tuple(
            KeptObservation(
                id=row.id,
                observation=self._given(row.id, row[: len(OBSERVATION)], found[row.series_id]),
                stored_at=row.at,
                known_from=row.known_from,
                superseded_on=row.superseded_on,
                retired=row.retired,
                document=row.document,
            )
            for row in rows
        )

    def _told(self, row: Sequence[Any]) -> Observation:
        """The observation of a row of _TOLD."""
        number, indicator, indicator_id, measure, name, code, *observed = row
        return self._given(
            number, observed, series_of(indicator, indicator_id, measure, name, code)
        )

    def _given(self, number: int, observed: Sequence[Any], series: Series) -> Observation:
        """The observation of a row's columns OBSERVATION, remembered as that row's."""
        one = observation_of(observed, series)
        self._work.remember(one, number)
        return one

    def _row(
        self,
        one: Observation,
        series: int,
        run: str | None,
        *,
        reading: int | None = None,
        plan_version: int | None = None,
        figures: Mapping[tuple[int, int], int] | None = None,
    ) -> Columns:
        span = one.source.span
        return {
            **observation_columns(one),
            "series_id": series,
            "reading_id": reading,
            "plan_version_id": plan_version,
            "figure_id": None if span is None else (figures or {}).get((span.start, span.end)),
            "known_from": one.known_on or self._work.today,
            "superseded_on": None,
            "replaces": None,
            "retired": False,
            "at": self._work.now,
            "run": run,
        }

    def _series_ids(self, wanted: Iterable[Series]) -> dict[Series, int]:
        """The row of each series; those not yet known are added."""
        columns = {one: series_columns(one) for one in dict.fromkeys(wanted)}
        keys = [c["key"] for c in columns.values()]
        known = {
            row.key: row.id
            for row in self._work.rows_in(select(_series.c.key, _series.c.id), _series.c.key, keys)
        }
        new = list({c["key"]: c for c in columns.values() if c["key"] not in known}.values())
        known |= {c["key"]: i for c, i in zip(new, self._work.insert(_series, new), strict=True)}
        return {one: known[c["key"]] for one, c in columns.items()}

    def _series_named(
        self, names: set[str], scopes: Iterable[Scope | None] | None
    ) -> dict[int, Series]:
        """The series that bear one of the names and belong to one of the scopes, or to none."""
        found: dict[int, Series] = {}
        for asked, places in _asked(scopes):
            rows = self._work.rows_among(asked, sorted(names), **places)
            found |= {row[0]: series_of(*row[1:]) for row in rows}
        return found


def _asked(
    scopes: Iterable[Scope | None] | None,
) -> Iterator[tuple[Select[Any], dict[str, list[str]]]]:
    """The questions for series of some names that belong to one of the scopes, or to none; what they take."""
    if scopes is None:
        yield from ((one, {}) for one in _SERIES_NAMED)
        return
    named = [scope for scope in scopes if scope is not None]
    for some in chunks(sorted({scope.code for scope in named if scope.code is not None})):
        yield from ((one, {"places": some}) for one in _SERIES_BY_CODE)
    for some in chunks(sorted({scope.name for scope in named})):
        yield from ((one, {"places": some}) for one in _SERIES_BY_PLACE)
    yield from ((one, {}) for one in _SERIES_OF_NO_PLACE)
