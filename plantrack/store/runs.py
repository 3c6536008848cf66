"""The passes of the job, and the contents they could not use."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from plantrack.store.convert import json_text
from plantrack.store.kept import Json, Quarantined, Run
from plantrack.store.tables import QuarantineRow, RunRow, table
from plantrack.store.work import Work, needed

_run, _quarantine = table(RunRow), table(QuarantineRow)


class Runs:
    """The passes of the job."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def begin(self, run: str, *, holder: str) -> None:
        """Note that a pass begins. What it writes names it."""
        self._work.connection.execute(
            insert(_run), {"id": run, "holder": holder, "started": self._work.now}
        )

    def end(self, run: str, *, summary: Mapping[str, Json], code: int) -> None:
        """Note how a pass ended. UsageError where it never began."""
        self.get(run)
        self._work.connection.execute(
            update(_run)
            .where(_run.c.id == run)
            .values(ended=self._work.now, summary=json_text(summary), code=code)
        )

    def list(self, limit: int = 20, *, ended: bool = False) -> tuple[Run, ...]:
        """The newest passes, the newest first; with `ended` only those that came to an end."""
        statement = select(_run).order_by(_run.c.started.desc(), _run.c.id.desc()).limit(limit)
        if ended:
            statement = statement.where(_run.c.ended.is_not(None))
        return tuple(map(_run_of, self._work.rows(statement)))

    def get(self, run: str) -> Run:
        """One pass; UsageError where there is none of that id."""
        row = self._work.first(select(_run).where(_run.c.id == run))
        return _run_of(needed(row, f"run '{run}'", "See them with: plantrack status."))


class Quarantine:
    """The contents that could not be used."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, sha256: str, name: str, *, reason: str, detail: str, run: str | None) -> bool:
        """Note why a content cannot be used; False where that stands there already."""
        statement = select(_quarantine.c.id).where(_quarantine.c.sha256 == sha256)
        if self._work.first(statement) is not None:
            return False
        self._work.insert_one(
            _quarantine,
            sha256=sha256,
            name=name,
            reason=reason,
            detail=detail,
            at=self._work.now,
            run=run,
        )
        return True

    def list(self) -> tuple[Quarantined, ...]:
        """All of them, the oldest first."""
        return tuple(
            Quarantined(
                sha256=row.sha256,
                name=row.name,
                reason=row.reason,
                detail=row.detail,
                at=row.at,
                run=row.run,
            )
            for row in self._work.rows(select(_quarantine).order_by(_quarantine.c.id))
        )

    def forget(self, sha256: str) -> None:
        """Let a content be tried again."""
        self._work.connection.execute(delete(_quarantine).where(_quarantine.c.sha256 == sha256))


def _run_of(row: Row[Any]) -> Run:
    return Run(
        id=row.id,
        holder=row.holder,
        started=row.started,
        ended=row.ended,
        code=row.code,
        summary=None if row.summary is None else json.loads(row.summary),
    )
