"""The nightly job as a script: two nights of a workspace, the second with the year's report.

python examples/nightly_job.py

`plantrack run` does the same pass from cron or a timer (examples/deploy); a script like this is for
those who want to do more with what has changed.
"""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from plantrack.datafile import seeds_path
from plantrack.job.inbox import deposit
from plantrack.job.ingest import run_pass
from plantrack.job.logs import LogFormat, set_up
from plantrack.job.plans import add_plan
from plantrack.job.session import World, new_run, opened, session, utc_now
from plantrack.job.workspace import Workspace, init

CHONGQING = ZoneInfo("Asia/Shanghai")


def night(workspace: Workspace, now: datetime) -> None:
    """One pass, and what it changed. A real night leaves the clock out: World()."""
    world = World(now=lambda: now)
    summary = run_pass(workspace, new_run(now), world)
    print(f"\n{now:%Y-%m-%d %H:%M}  {summary.read} read, {summary.figures} figures")
    for one in summary.changed:
        print(f"  {one.target}: {one.was} → {one.now}")
    with opened(workspace, world) as store, store.view() as unit:
        for flag in unit.flags.list():
            print(f"  flag {flag.state}: {flag.target_id}, {flag.reason.zh}")


def main() -> None:
    """Make a workspace, add the plan of 2025, and let two nights pass."""
    set_up(LogFormat.TEXT, utc_now, quiet=True)
    workspace = init(Path(tempfile.mkdtemp()) / "chongqing")
    begin = datetime(2025, 3, 12, 2, 0, tzinfo=CHONGQING)
    world = World(now=lambda: begin)
    with session(workspace, world, new_run(begin)) as at_work:
        add_plan(at_work, seeds_path("plans", "chongqing-2025.yaml"))

    night(workspace, begin)
    deposit(seeds_path("reports", "chongqing-2025.txt"), workspace.inbox)
    night(workspace, datetime(2026, 2, 1, 2, 0, tzinfo=CHONGQING))


if __name__ == "__main__":
    main()
