"""Leases: one process does a work at a time, and one that was overtaken finds out before it writes.

A lease is taken by one conditional update. Its token grows with each new holder; a unit of work
under a lease compares it in its own transaction, so that a process that slept past its time, or
whose clock jumped, can write nothing any more.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import insert, or_, select, update

from plantrack.errors import LeaseHeldError, LeaseLostError
from plantrack.store.kept import Held, Holding
from plantrack.store.tables import LeaseRow, table
from plantrack.store.work import Work

_lease = table(LeaseRow)


class Leases:
    """The leases of a unit of work; `place` names the database in errors."""

    def __init__(self, work: Work, place: str) -> None:
        self._work = work
        self._place = place

    def take(self, name: str, holder: str, ttl: timedelta) -> Held:
        """Take a lease that is free, over, or ours; LeaseHeldError where another holds it.

        One that was taken in the future is free too: the clock was set back since, and nobody
        is to wait for it to come round again.
        """
        now = self._work.now
        row = self._work.first(select(_lease).where(_lease.c.name == name))
        if row is None:
            token = 1
            self._work.connection.execute(
                insert(_lease),
                {"name": name, "holder": holder, "token": 1, "since": now, "until": now + ttl},
            )
        else:
            token = row.token + 1
            taken = self._work.connection.execute(
                update(_lease)
                .where(
                    _lease.c.name == name,
                    _lease.c.token == row.token,
                    or_(
                        _lease.c.until <= now,
                        _lease.c.since > now,
                        _lease.c.holder.in_(["", holder]),
                    ),
                )
                .values(holder=holder, token=token, since=now, until=now + ttl)
            )
            if taken.rowcount != 1:
                raise LeaseHeldError(self._place, name, row.holder, row.until)
        return Held(name, holder, token)

    def renew(self, held: Held, ttl: timedelta) -> None:
        """Hold it for `ttl` from now; LeaseLostError where it is no longer ours."""
        self.check(held)
        self._work.connection.execute(
            update(_lease).where(_lease.c.name == held.name).values(until=self._work.now + ttl)
        )

    def release(self, held: Held) -> None:
        """Give it back; nothing where it is no longer ours."""
        self._work.connection.execute(
            update(_lease)
            .where(_lease.c.name == held.name, _lease.c.token == held.token)
            .values(holder="", token=held.token + 1, until=self._work.now)
        )

    def check(self, held: Held) -> None:
        """LeaseLostError where another has taken it since. One that is over, and that nobody took, is still ours."""
        row = self._work.first(select(_lease).where(_lease.c.name == held.name))
        if row is None or row.token != held.token:
            raise LeaseLostError(self._place, held.name, "" if row is None else row.holder)

    def holding(self, name: str) -> Holding | None:
        """Who holds it now; None where nobody does."""
        now = self._work.now
        row = self._work.first(
            select(_lease).where(
                _lease.c.name == name,
                _lease.c.holder != "",
                _lease.c.since <= now,
                _lease.c.until > now,
            )
        )
        return None if row is None else Holding(row.holder, row.since, row.until)
