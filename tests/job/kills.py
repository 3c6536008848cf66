"""Kills passes at random moments and looks whether anything is lost or doubled.

    python tests/job/kills.py [--kills N] [--documents N] [--seed N] [--ahead]

A workspace with some dozens of reports is worked through by a pass in a process of its own, which is
ended with SIGKILL: at a random time, or at a chosen spot (inside a transaction, between the commit
and the move of the file). Passes follow until one ends by itself; then the database must hold what
that of a pass nobody disturbed holds, and the files must lie where that left them. So on with new
workspaces, until there were enough kills. With `--ahead` every pass has a process that reads ahead
from the first document on, which must end with it; without, passes are too short for one. Prints the
figures as JSON; ends with code 1 where something was lost or doubled, or a process was left behind.
Needs a system with fork.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import select
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import NamedTuple

from plantrack import flow
from plantrack.datafile import seeds_path
from plantrack.job import ahead, ingest
from plantrack.job.ingest import run_pass
from plantrack.job.plans import add_plan
from plantrack.job.reader import Reader, Wanted
from plantrack.job.reading import Extracted
from plantrack.job.session import World, session
from plantrack.job.workspace import Workspace, init
from plantrack.store import Store

BEGUN = datetime(2026, 3, 1, tzinfo=UTC)
PLANS = ("chongqing-2025.yaml", "jiulongpo-13.yaml")
SPOTS = ("time", "before the commit", "after the commit", "after the move")
SHARES = (6, 2, 2, 1)
PATIENCE = 20.0  # seconds after which a process that still lives has been left behind


@dataclass
class Report:
    """What came of it."""

    kills: int = 0
    documents: int = 0
    workspaces: int = 0
    lost: int = 0
    doubled: int = 0
    orphans: int = 0  # passes of which a process was left
    ahead: int = 0  # documents that were read ahead and used
    different: int = 0  # workspaces whose database or folders are not those of the undisturbed pass
    spots: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0


def reports(folder: Path, number: int) -> None:
    """Short reports with values of their own: one line of a seed report under its heading each."""
    dice = random.Random(60)
    lines = []
    for path in sorted(seeds_path("reports").glob("*.txt")):
        title, *rest = (line for line in path.read_text("utf-8").splitlines() if line.strip())
        lines += [(title, line) for line in rest if re.search(r"\d", line)]
    folder.mkdir(parents=True, exist_ok=True)
    for index in range(number):
        title, line = lines[index % len(lines)]
        varied = re.sub(r"(?<=\.)\d", lambda _: str(dice.randint(0, 9)), line)
        (folder / f"{index:03}.txt").write_text(f"{title}\n\n{varied}第{index}号。\n", "utf-8")


def prepare(root: Path, number: int) -> Workspace:
    """A workspace with plans and reports that wait; nothing in it is waited for."""
    made = init(root)
    job = made.settings.job.model_copy(update={"settle": 0, "lease": 1, "rules": "default"})
    notify = made.settings.notify.model_copy(update={"log": False})
    made = Workspace(root, made.settings.model_copy(update={"job": job, "notify": notify}))
    with session(made, world(0), "plans") as at_work:
        for name in PLANS:
            add_plan(at_work, seeds_path("plans", name))
    reports(made.inbox, number)
    return made


def world(attempt: int) -> World:
    """A clock that stands still; each attempt is later than the lease of the one before."""
    return World(now=lambda: BEGUN + timedelta(seconds=2 * attempt))


def contents(made: Workspace) -> list[str]:
    """What the database holds, apart from runs and times, and what lies in the folders."""
    with Store.open(made.database(), now=world(0).now) as store:
        rows = list(store.contents())
    for name in ("inbox", "processed", "quarantine"):
        folder = made.root / name
        rows += sorted(p.relative_to(made.root).as_posix() for p in folder.rglob("*"))
    return rows


def die() -> None:
    """End this very process as roughly as can be."""
    os.kill(os.getpid(), signal.SIGKILL)


def set_trap(spot: str, after: int) -> None:
    """Have this process die at a spot of its document number `after`."""
    left = count(after, -1)

    def trapped(work: Callable[..., object], *, first: bool) -> Callable[..., object]:
        def doing(*args: object, **options: object) -> object:
            due = next(left) == 0
            if due and first:
                die()
            result = work(*args, **options)
            if due:
                die()
            return result

        return doing

    if spot == "before the commit":  # all is written, nothing is committed
        from plantrack.job.judging import Judge

        Judge.on = trapped(Judge.on, first=False)  # type: ignore[method-assign]
    else:
        ingest.inbox.move = trapped(ingest.inbox.move, first=spot == "after the commit")  # type: ignore[assignment]


def read_ahead(begun: Callable[[], None], used: Callable[[], None]) -> None:
    """Have this process read ahead from the first document on, and say when that begins, and of each."""
    ahead.PATIENCE = 60.0
    ahead.cores = lambda: 2
    rules = ahead.inbox_rules().model_copy(update={"alone": 0})
    ahead.inbox_rules = lambda: rules  # type: ignore[assignment]
    meet, extracted = ahead.Ahead._meet, ahead.Ahead.extracted

    def met(self: ahead.Ahead, reader: Reader) -> None:
        meet(self, reader)
        begun()

    def counted(self: ahead.Ahead, wanted: Wanted) -> Extracted | None:
        found = extracted(self, wanted)
        if found is not None:
            used()
        return found

    ahead.Ahead._meet = met  # type: ignore[method-assign]
    ahead.Ahead.extracted = counted  # type: ignore[method-assign]


class Attempt(NamedTuple):
    """How a pass went: whether it ended by itself, after how long, and what of it was left."""

    whole: bool
    seconds: float
    ahead: int
    orphan: bool


def attempt(
    made: Workspace, number: int, spot: str, after: int, within: float, *, reader: bool
) -> Attempt:
    """One pass in a child, killed as told."""
    ready, begun = os.pipe()
    told, errors = os.pipe()  # every process of the pass holds the end that is written
    child = os.fork()
    if child == 0:
        try:
            os.close(ready)
            sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115
            os.dup2(errors, 2)
            if spot != "time":
                set_trap(spot, after)
            if reader:
                read_ahead(lambda: os.write(begun, b"."), lambda: os.write(begun, b"+"))
            else:
                os.write(begun, b".")
            run_pass(made, f"run-{number}", world(number))
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    os.close(begun)
    os.close(errors)
    os.read(ready, 1)
    started = time.perf_counter()
    if spot == "time":
        over = os.pidfd_open(child)
        select.select([over], [], [], within)
        os.close(over)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    seconds = time.perf_counter() - started
    used, said, orphan = rest(ready).count(b"+"), b"", False
    try:
        said = rest(told)
    except TimeoutError:
        orphan = True
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        print(said.decode(errors="replace"), file=sys.stderr)  # noqa: T201
        raise SystemExit(f"a pass failed by itself (attempt {number}, {spot})")
    return Attempt(os.WIFEXITED(status), seconds, used, orphan)


def rest(pipe: int) -> bytes:
    """What is in a pipe until nobody holds its other end; TimeoutError where somebody does for long."""
    said = b""
    try:
        while select.select([pipe], [], [], PATIENCE)[0]:
            if not (part := os.read(pipe, 1 << 16)):
                return said
            said += part
        raise TimeoutError
    finally:
        os.close(pipe)


def main() -> int:
    """Kill as often as asked and say what came of it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=15)
    options.add_argument("--documents", type=int, default=60)
    options.add_argument("--seed", type=int, default=14)
    options.add_argument("--ahead", action="store_true", help="with a process that reads ahead")
    chosen = options.parse_args()
    dice, report = random.Random(chosen.seed), Report()
    spots: Counter[str] = Counter()
    begun = time.perf_counter()
    flow.tools()  # made once, and there in every child
    with tempfile.TemporaryDirectory(prefix="plantrack-kills-") as folder:
        calm = prepare(Path(folder) / "calm", chosen.documents)
        shutil.copytree(calm.root, Path(folder) / "fresh")
        first = attempt(calm, 1, "after the move", -1, 0, reader=False)
        if not first.whole:
            raise SystemExit("the undisturbed pass was disturbed")
        whole = first.seconds
        expected = contents(calm)
        for number in count():
            if report.kills >= chosen.kills:
                break
            made = Workspace(Path(folder) / f"{number}", calm.settings)
            shutil.copytree(Path(folder) / "fresh", made.root)
            report.workspaces += 1
            report.documents += chosen.documents
            for turn in count(1):
                enough = report.kills >= chosen.kills
                [spot] = dice.choices(SPOTS, SHARES)
                after = -1 if enough else dice.randrange(max(1, chosen.documents // 6))
                within = 10 * whole if enough else dice.uniform(0, whole / 3)
                done = attempt(made, turn, spot, after, within, reader=chosen.ahead)
                report.orphans += done.orphan
                report.ahead += done.ahead
                if done.whole:
                    break
                report.kills += 1
                spots[spot] += 1
            found = contents(made)
            lost = Counter(expected) - Counter(found)
            doubled = Counter(found) - Counter(expected)
            report.lost += sum(lost.values())
            report.doubled += sum(doubled.values())
            report.different += bool(lost or doubled)
            shutil.rmtree(made.root)
    report.spots = dict(sorted(spots.items()))
    report.seconds = round(time.perf_counter() - begun, 1)
    print(json.dumps(asdict(report)))  # noqa: T201
    return int(bool(report.lost or report.doubled or report.different or report.orphans))


if __name__ == "__main__":
    sys.exit(main())
