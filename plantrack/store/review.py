"""Matters for a person to decide."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Row, Select, select, update

from plantrack.errors import UsageError
from plantrack.store.convert import figure_of, json_text
from plantrack.store.kept import Json, ReviewItem, ReviewKind, ReviewState
from plantrack.store.tables import FigureRow, ReadingRow, ReviewRow, table
from plantrack.store.work import Work, needed

_item, _figure, _reading = table(ReviewRow), table(FigureRow), table(ReadingRow)


class Review:
    """The matters of a unit of work; each is known by its kind and key."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(
        self,
        kind: ReviewKind,
        *,
        key: str,
        reading: int | None = None,
        figure: int | None = None,
        payload: Json = None,
        run: str | None = None,
    ) -> int | None:
        """Put up a matter; its number, or None where it was put up before.

        `figure` is the index of a figure in the reading; UsageError where the reading has none.
        """
        statement = select(_item.c.id).where(_item.c.kind == kind.value, _item.c.key == key)
        if self._work.first(statement) is not None:
            return None
        return self._work.insert_one(
            _item,
            kind=kind.value,
            key=key,
            reading_id=reading,
            figure_id=None if figure is None else self._figure(reading, figure),
            payload=json_text(payload),
            state=ReviewState.OPEN.value,
            by="",
            note="",
            value=None,
            created=self._work.now,
            decided=None,
            run=run,
        )

    def list(self, state: ReviewState | None = ReviewState.OPEN) -> tuple[ReviewItem, ...]:
        """The matters in a state, or all, the oldest first."""
        statement = _joined().order_by(_item.c.id)
        if state is not None:
            statement = statement.where(_item.c.state == state.value)
        rows = list(self._work.rows(statement))
        wanted = {row.figure_id for row in rows if row.figure_id is not None}
        found = self._work.rows_in(select(_figure), _figure.c.id, sorted(wanted))
        figures = {figure.id: figure for figure in found}
        return tuple(_item_of(row, figures.get(row.figure_id)) for row in rows)

    def get(self, number: int) -> ReviewItem:
        """One matter; UsageError where there is none of that number."""
        row = self._work.first(_joined().where(_item.c.id == number))
        row = needed(row, f"review item {number}", "See them with: plantrack review.")
        figure = self._work.first(select(_figure).where(_figure.c.id == row.figure_id))
        return _item_of(row, figure)

    def decide(
        self, number: int, state: ReviewState, *, by: str, note: str = "", value: Json = None
    ) -> ReviewItem:
        """Note what a person said. UsageError where it is decided already, or `state` is no decision."""
        item = self.get(number)
        if item.state is not ReviewState.OPEN:
            raise UsageError(f"Review item {number} is decided: {item.state}, by {item.by}.")
        if state is ReviewState.OPEN:
            raise UsageError("Decide one of: accepted, corrected, rejected.")
        self._work.connection.execute(
            update(_item)
            .where(_item.c.id == number)
            .values(
                state=state.value,
                by=by,
                note=note,
                value=None if value is None else json_text(value),
                decided=self._work.now,
            )
        )
        return self.get(number)

    def _figure(self, reading: int | None, place: int) -> int:
        statement = select(_figure.c.id).where(
            _figure.c.reading_id == reading, _figure.c.place == place
        )
        row = self._work.first(statement)
        return int(needed(row, f"figure {place} of reading {reading}", "Count from 0.").id)


def _joined() -> Select[Any]:
    return select(_item, _reading.c.name.label("doc")).outerjoin(
        _reading, _reading.c.id == _item.c.reading_id
    )


def _item_of(row: Row[Any], figure: Row[Any] | None) -> ReviewItem:
    return ReviewItem(
        id=row.id,
        kind=ReviewKind(row.kind),
        key=row.key,
        reading=row.reading_id,
        figure=None if figure is None else figure.place,
        payload=json.loads(row.payload),
        state=ReviewState(row.state),
        by=row.by,
        at=row.decided,
        note=row.note,
        value=None if row.value is None else json.loads(row.value),
        source=None if figure is None else figure_of(figure, row.doc),
    )
