"""A workspace with its database open and its lease in hand: what every change goes through."""

from __future__ import annotations

import os
import secrets
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

import structlog
import tenacity

from plantrack import flow
from plantrack.assess import load_rules
from plantrack.errors import StoreBusyError, StoreError
from plantrack.job.judging import Judge
from plantrack.job.learned import renew_tools
from plantrack.job.memory import long_lived
from plantrack.job.reading import rules_version
from plantrack.job.sinks import Sink, sinks
from plantrack.job.workspace import Workspace

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from plantrack.flow import Tools
    from plantrack.store import Held, Store, Unit
    from plantrack.store.kept import Json

T = TypeVar("T")
Clock = Callable[[], datetime]
Sleep = Callable[[float], None]

LEASE = "job"
_FIRST, _LONGEST = 0.1, 5.0  # seconds between two tries


def utc_now() -> datetime:
    """The time, aware: what the job calls `now` where it is not told otherwise."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class World:
    """What the job takes from outside and a test hands in: the clock, and how to wait."""

    now: Clock = utc_now
    sleep: Sleep = time.sleep


class Session:
    """A workspace at work; made by `session`."""

    def __init__(
        self,
        workspace: Workspace,
        store: Store,
        held: Held,
        judge: Judge,
        told: tuple[Sink, ...],
        world: World,
    ) -> None:
        self.workspace = workspace
        self.store = store
        self.judge = judge
        self.sinks = told
        self.world = world
        self._held: Held | None = held
        self._run = judge.run
        self._renewed = world.now()

    @property
    def made(self) -> Tools:
        """The stages with the workspace's own lexicon."""
        return self.judge.made

    @property
    def zone(self) -> ZoneInfo:
        """The workspace's time zone."""
        return self.workspace.settings.job.zone

    @property
    def today(self) -> date:
        """The day it is in the workspace's time zone, for the whole session."""
        return self.judge.today

    def change(self, work: Callable[[Unit], T]) -> T:
        """Do `work` in one transaction, for which the lease must still be ours.

        A busy or stopped database is tried again for as long as the workspace has patience, then
        StoreBusyError. LeaseLostError where another job took over.
        """

        def once() -> T:
            with self.store.begin(lease=self._held) as unit:
                return work(unit)

        return self._patiently(once)

    def look(self, work: Callable[[Unit], T]) -> T:
        """Do `work` on one view of the database; raises StoreBusyError as `change` does."""

        def once() -> T:
            with self.store.view() as unit:
                return work(unit)

        return self._patiently(once)

    def stay(self) -> None:
        """Renew the lease where a third of it is over. LeaseLostError where it is another's."""
        ttl, held = _ttl(self.workspace), self._held
        # in both directions: a clock that was set back must not put the renewal off
        if held is not None and abs(self.world.now() - self._renewed) >= ttl / 3:
            self._held = self._patiently(lambda: self.store.renew(held, ttl=ttl))
            self._renewed = self.world.now()

    def end(self, code: int, summary: Mapping[str, Json] = MappingProxyType({})) -> None:
        """End the run, once: with an exit code, and with what it did."""
        run, self._run = self._run, ""
        if run:
            self.change(lambda unit: unit.runs.end(run, summary=dict(summary), code=code))

    def leave(self) -> None:
        """Give the lease back; what is still to do needs none."""
        held, self._held = self._held, None
        if held is not None:
            self._patiently(lambda: self.store.release(held))

    def _patiently(self, work: Callable[[], T]) -> T:
        return patiently(work, self.workspace.settings.job.patience, self.world.sleep)


@contextmanager
def opened(workspace: Workspace, world: World) -> Iterator[Store]:
    """The workspace's database; tried again while it is busy, as in `Session.change`."""
    from plantrack.store import Store

    where = workspace.database()
    store = patiently(
        lambda: Store.open(where, now=world.now),
        workspace.settings.job.patience,
        world.sleep,
    )
    try:
        yield store
    finally:
        store.close()


@contextmanager
def session(workspace: Workspace, world: World, run: str) -> Iterator[Session]:
    """Open the database, take the lease and begin a run; all is given back at the end, however it comes.

    LeaseHeldError where another job is at work. Settings that lead nowhere (a rule set, a variable,
    an extra) are found out before anything is done.
    """
    told = sinks(workspace)
    renew_tools(workspace.lexicon)
    made = tools_of(workspace)
    rules = load_rules(workspace.settings.job.rules)
    version = rules_version(workspace.lexicon)
    with long_lived(), opened(workspace, world) as store:
        held = patiently(
            lambda: store.lease(LEASE, holder(run), ttl=_ttl(workspace)),
            workspace.settings.job.patience,
            world.sleep,
        )
        today = world.now().astimezone(workspace.settings.job.zone).date()
        channels = tuple(sink.name for sink in told)
        judge = Judge(made, rules, f"{rules.id} {version}", today, run, channels)
        at_work = Session(workspace, store, held, judge, told, world)
        try:
            at_work.change(lambda unit: unit.runs.begin(run, holder=holder(run)))
            yield at_work
            at_work.end(0)
        except BaseException:
            with suppress(StoreError):  # of two troubles the first is told
                at_work.end(2)
            raise
        finally:
            with suppress(StoreError):  # it runs out by itself
                at_work.leave()


def tools_of(workspace: Workspace) -> Tools:
    """The stages with the names the workspace has learned; those of everybody where it has learned none."""
    learned = any(workspace.lexicon.glob("*.yaml"))
    return flow.tools(workspace.lexicon) if learned else flow.tools()


def new_run(now: datetime) -> str:
    """A name for a run: when it began, and something no other run has."""
    return f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"


def holder(run: str) -> str:
    """Who holds the lease, for whoever finds it held: machine, process and run."""
    return f"{socket.gethostname()} process {os.getpid()} run {run}"


def patiently(work: Callable[[], T], seconds: float, sleep: Sleep) -> T:
    """Do `work` again with growing, uneven pauses while the database is busy or away.

    Gives up after so many seconds with the last StoreBusyError.
    """

    def tell(state: tenacity.RetryCallState) -> None:
        error = None if state.outcome is None else state.outcome.exception()
        structlog.get_logger("plantrack").warning(
            "database busy, trying again", attempt=state.attempt_number, error=str(error)
        )

    again = tenacity.Retrying(
        retry=tenacity.retry_if_exception_type(StoreBusyError),
        wait=tenacity.wait_random_exponential(multiplier=_FIRST, max=_LONGEST),
        stop=tenacity.stop_after_delay(seconds),
        sleep=sleep,
        before_sleep=tell,
        reraise=True,
    )
    return again(work)


def _ttl(workspace: Workspace) -> timedelta:
    return timedelta(seconds=workspace.settings.job.lease)
