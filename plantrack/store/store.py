"""The store: a database opened for plantrack, and its units of work.

with Store.open("plantrack.db", now=clock) as store:
    with store.begin() as unit:          # all of it is kept, or nothing
        unit.documents.add(document, figures, observations, version=version, run=run)
    with store.view() as unit:           # one snapshot, read only
        unit.flags.list()
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self, TextIO, TypeAlias, TypeVar

from sqlalchemy import Connection
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from plantrack.errors import StoreBusyError
from plantrack.store import backup, migrations, transfer
from plantrack.store.assessments import Assessments
from plantrack.store.columns import utc
from plantrack.store.database import Database
from plantrack.store.documents import Documents
from plantrack.store.flags import Flags
from plantrack.store.kept import Held, Holding, Trace
from plantrack.store.lease import Leases
from plantrack.store.observations import Observations
from plantrack.store.outbox import Outbox
from plantrack.store.plans import Plans
from plantrack.store.review import Review
from plantrack.store.runs import Quarantine, Runs
from plantrack.store.tracing import Tracing
from plantrack.store.work import Work

Clock: TypeAlias = Callable[[], datetime]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Waits:
    """How often and how long to try again: `first` seconds, then twice as long each time, at `most`."""

    tries: int = 6
    first: float = 0.5
    most: float = 30.0


class Unit:
    """One transaction, with a part for each sort of thing that is kept."""

    def __init__(self, connection: Connection, now: datetime, place: str) -> None:
        work = Work(connection, now)
        self.now = now
        self.observations = Observations(work)
        self.documents = Documents(work, self.observations)
        self.plans = Plans(work, self.observations)
        self.assessments = Assessments(work, self.plans, self.observations)
        self.flags = Flags(work, self.plans)
        self.outbox = Outbox(work, self.flags)
        self.runs = Runs(work)
        self.quarantine = Quarantine(work)
        self.review = Review(work)
        self.leases = Leases(work, place)
        self._tracing = Tracing(work, self.plans, self.observations, self.assessments)
        self.trace = self._tracing.trace


class Store:
    """A database with plantrack's tables; made by `Store.open`. `place` names it and holds no secret."""

    def __init__(self, database: Database, now: Clock, upgraded_from: str | None) -> None:
        self._database = database
        self._now = now
        self.place = database.place
        self.upgraded_from = upgraded_from
        self.revision = migrations.revisions()[-1]

    @classmethod
    def open(cls, where: str | Path, *, now: Clock, patience: float = 5.0) -> Store:
        """The store in an SQLite file or at a PostgreSQL URL.

        Makes the tables of an empty database and brings an older one up to date, in one
        transaction; `upgraded_from` then says which revision it had. `now` gives aware datetimes.
        Waits at most `patience` seconds for another writer. StoreVersionError where a newer
        plantrack made it, StoreBusyError where it is locked or away, StoreError where it cannot
        be used; MissingExtraError for PostgreSQL without its driver.
        """
        database = Database(where, patience=patience)
        try:
            with database.reading() as connection:
                found = migrations.revision(connection)
            newest = migrations.revisions()[-1]
            if found != newest:
                with database.writing() as connection:
                    found = migrations.upgrade(connection, database.place)
        except BaseException:
            database.close()
            raise
        return cls(database, now, found if found != newest else None)

    def now(self) -> datetime:
        """The moment, in UTC; UsageError where the clock says no time zone."""
        return utc(self._now())

    @contextmanager
    def begin(self, lease: Held | None = None) -> Iterator[Unit]:
        """A unit of work: what is written in it is kept at its end, or, at any exception, not at all.

        There is one at a time; StoreBusyError where another takes too long. Under a `lease`
        LeaseLostError where that is no longer ours.
        """
        with self._database.writing() as connection:
            unit = Unit(connection, self.now(), self.place)
            if lease is not None:
                unit.leases.check(lease)
            yield unit

    @contextmanager
    def view(self) -> Iterator[Unit]:
        """One snapshot to read; writing in it fails."""
        with self._database.reading() as connection:
            yield Unit(connection, self.now(), self.place)

    def attempt(
        self,
        work: Callable[[], T],
        *,
        waits: Waits = Waits(),
        sleep: Callable[[float], None] = time.sleep,
    ) -> T:
        """What `work` returns, called again while it raises StoreBusyError; after the last try, that error."""
        tries = Retrying(
            retry=retry_if_exception_type(StoreBusyError),
            stop=stop_after_attempt(waits.tries),
            wait=wait_exponential(multiplier=waits.first, max=waits.most),
            sleep=sleep,
            reraise=True,
        )
        return tries(work)

    def lease(self, name: str, holder: str, *, ttl: timedelta) -> Held:
        """Take the lease `name` for a process that calls itself `holder`; LeaseHeldError where another has it."""
        with self.begin() as unit:
            return unit.leases.take(name, holder, ttl)

    def renew(self, held: Held, *, ttl: timedelta) -> Held:
        """Hold a lease for `ttl` from now; LeaseLostError where it is no longer ours."""
        with self.begin() as unit:
            unit.leases.renew(held, ttl)
        return held

    def release(self, held: Held) -> None:
        """Give a lease back; nothing where it is no longer ours."""
        with self.begin() as unit:
            unit.leases.release(held)

    def holder(self, name: str) -> Holding | None:
        """Who holds the lease `name` now."""
        with self.view() as unit:
            return unit.leases.holding(name)

    def trace(self, plan: str, target_id: str, *, assessment: int | None = None) -> Trace:
        """What a judgement of a target rests on, down to the sentences; without `assessment` the last one."""
        with self.view() as unit:
            return unit.trace(plan, target_id, assessment)

    def export(self, out: TextIO) -> int:
        """Write the whole store as JSON Lines; how many rows. The layout is in `store/transfer.py`."""
        with self._database.reading() as connection:
            return transfer.export(connection, out)

    def contents(self) -> Iterator[str]:
        """What the store says as lines of JSON, without when and in which run it was written.

        Two stores that saw the same documents in the same order give the same lines.
        """
        with self._database.reading() as connection:
            yield from transfer.contents(connection)

    def backup(self, file: Path) -> None:
        """Copy the whole store into a new file; OutputError where that is not possible.

        On SQLite the copy is a database, on PostgreSQL the export.
        """
        backup.backup(self._database, file)

    @classmethod
    def restore(cls, where: str | Path, file: Path, *, now: Clock, replace: bool = False) -> Store:
        """The store at `where`, filled from a backup or an export, in one transaction.

        StoreError where it holds something and `replace` is not set; where the file cannot be
        used, ReadError, DataError or StoreVersionError, and all is as before.
        """
        database = Database(where)
        try:
            backup.restore(database, file, replace=replace)
        finally:
            database.close()
        return cls.open(where, now=now)

    def close(self) -> None:
        """Close all connections."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
