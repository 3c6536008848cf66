"""Documents, each content once, and what each version of reader and rules made of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, Select, func, insert, select, update

from plantrack.errors import UsageError
from plantrack.model import Document, Figure, Observation
from plantrack.store.convert import document_columns, document_of, figure_columns, figure_of
from plantrack.store.kept import KeptDocument, KeptReading, Known, KnownAs, Version
from plantrack.store.observations import Observations
from plantrack.store.tables import (
    DocumentRow,
    FigureRow,
    ObservationRow,
    PlanRow,
    PlanVersionRow,
    QuarantineRow,
    ReadingRow,
    TextRow,
    table,
)
from plantrack.store.work import Work, needed

_document, _reading = table(DocumentRow), table(ReadingRow)
_figure, _text = table(FigureRow), table(TextRow)
_SLIM = [column for column in _reading.columns if column.name != "structure"]  # may be long


class Documents:
    """The documents of a unit of work."""

    def __init__(self, work: Work, observations: Observations) -> None:
        self._work = work
        self._observations = observations

    def known(self, sha256: str) -> Known | None:
        """What a content is to the store, None where it was never seen."""
        row = self._work.first(_current().where(_document.c.sha256 == sha256))
        if row is not None:
            return Known(KnownAs.DOCUMENT, row.name, row.document_at)
        version, plan = table(PlanVersionRow), table(PlanRow)
        row = self._work.first(
            select(plan.c.key, version.c.at)
            .join(plan, plan.c.id == version.c.plan_id)
            .where(version.c.sha256 == sha256)
            .order_by(version.c.id)
        )
        if row is not None:
            return Known(KnownAs.PLAN, row.key, row.at)
        refused = table(QuarantineRow)
        row = self._work.first(select(refused).where(refused.c.sha256 == sha256))
        return None if row is None else Known(KnownAs.QUARANTINE, row.name, row.at, row.reason)

    def add(
        self,
        document: Document,
        figures: Iterable[Figure],
        observations: Iterable[Observation],
        *,
        version: Version,
        run: str | None,
        path: str = "",
    ) -> int:
        """Keep a document with all that was read in it; the number of this reading.

        A content that is there already gets another reading: it becomes the current one, the older
        stays as history and its observations count no longer. UsageError where that very version
        has read it: nothing is counted twice.
        """
        number = self._document(document, version, run, path)
        reading = self._work.insert_one(
            _reading,
            document_id=number,
            reader=version.reader,
            rules=version.rules,
            current=True,
            text_sha256=keep_text(self._work, document.text),
            **document_columns(document),
            at=self._work.now,
            run=run,
        )
        rows = [
            {**figure_columns(figure), "reading_id": reading, "place": place}
            for place, figure in enumerate(figures)
        ]
        spans: dict[tuple[int, int], int] = {}
        for row, figure_number in zip(rows, self._work.insert(_figure, rows), strict=True):
            spans.setdefault((row["span_start"], row["span_end"]), figure_number)
        self._observations.add(observations, run=run, reading=reading, figures=spans)
        return reading

    def _document(self, document: Document, version: Version, run: str | None, path: str) -> int:
        """The row of a content, ready for another reading."""
        found = self._work.first(select(_document).where(_document.c.sha256 == document.sha256))
        if found is None:
            return self._work.insert_one(
                _document, sha256=document.sha256, path=path, at=self._work.now, run=run
            )
        older = self._work.rows(select(*_SLIM).where(_reading.c.document_id == found.id))
        if any((row.reader, row.rules) == (version.reader, version.rules) for row in older):
            raise UsageError(
                f"{document.name}: this content is in the store already, read by the same version "
                f"({version.reader}, rules {version.rules}). Nothing is to be done."
            )
        for row in older:
            if row.current:
                self._observations.retire_reading(row.id)
        self._work.connection.execute(
            update(_reading).where(_reading.c.document_id == found.id).values(current=False)
        )
        return int(found.id)

    def version(self, sha256: str) -> Version | None:
        """What read a document last; None where the content is no document here."""
        row = self._work.first(_current().where(_document.c.sha256 == sha256))
        return None if row is None else Version(row.reader, row.rules)

    def readings(self, sha256: str) -> tuple[KeptReading, ...]:
        """All readings of a document, the oldest first."""
        observation = table(ObservationRow)

        def count(of: Any) -> Any:  # noqa: ANN401  a table, a subquery
            return (
                select(func.count())
                .select_from(of)
                .where(of.c.reading_id == _reading.c.id)
                .scalar_subquery()
            )

        rows = self._work.rows(
            select(
                *_SLIM,
                count(_figure).label("figures"),
                count(observation).label("observations"),
            )
            .join(_document, _document.c.id == _reading.c.document_id)
            .where(_document.c.sha256 == sha256)
            .order_by(_reading.c.id)
        )
        return tuple(
            KeptReading(
                id=row.id,
                version=Version(row.reader, row.rules),
                at=row.at,
                run=row.run,
                figures=row.figures,
                observations=row.observations,
                current=row.current,
            )
            for row in rows
        )

    def get(self, sha256: str) -> Document:
        """The document as its current reading has it; UsageError where there is none.

        Sentences are not kept, nor the tables of a plain text.
        """
        row = needed(
            self._work.first(
                _current()
                .add_columns(_reading.c.structure, _text.c.content)
                .join(_text, _text.c.sha256 == _reading.c.text_sha256)
                .where(_document.c.sha256 == sha256)
            ),
            f"document {sha256}",
            "Give the SHA-256 of a file that was read.",
        )
        return document_of(row, sha256, row.content)

    def figures(self, reading: int) -> tuple[Figure, ...]:
        """The figures of a reading, in its order; UsageError where there is no such reading."""
        row = needed(
            self._work.first(select(_reading.c.name).where(_reading.c.id == reading)),
            f"reading {reading}",
            "Take the number from readings().",
        )
        found = self._work.rows(
            select(_figure).where(_figure.c.reading_id == reading).order_by(_figure.c.place)
        )
        return tuple(figure_of(each, row.name) for each in found)

    def list(self) -> tuple[KeptDocument, ...]:
        """All documents, in the order of their coming."""
        return tuple(map(kept_document, self._work.rows(_current().order_by(_document.c.id))))

    def moved(self, sha256: str, path: str) -> None:
        """Say where the file of a document is kept now."""
        self._work.connection.execute(
            update(_document).where(_document.c.sha256 == sha256).values(path=path)
        )


def keep_text(work: Work, content: str) -> str:
    """Keep a text, once however often it comes; its SHA-256."""
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    if work.first(select(_text.c.sha256).where(_text.c.sha256 == sha256)) is None:
        work.connection.execute(insert(_text), {"sha256": sha256, "content": content})
    return sha256


def kept_document(row: Row[Any]) -> KeptDocument:
    """A document from a row of its reading with `sha256`, `path`, `document_at` and `document_run`."""
    return KeptDocument(
        sha256=row.sha256,
        name=row.name,
        title=row.title,
        kind=row.kind,
        path=row.path,
        at=row.document_at,
        run=row.document_run,
        version=Version(row.reader, row.rules),
    )


def with_document() -> Select[Any]:
    """Readings, each with what `kept_document` needs of its document."""
    return select(
        *_SLIM,
        _document.c.sha256,
        _document.c.path,
        _document.c.at.label("document_at"),
        _document.c.run.label("document_run"),
    ).join(_document, _document.c.id == _reading.c.document_id)


def _current() -> Select[Any]:
    return with_document().where(_reading.c.current)
