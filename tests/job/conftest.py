"""A workspace to try the job in, with a clock that a test sets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from plantrack.job.ingest import run_pass
from plantrack.job.plans import add_plan
from plantrack.job.session import World, session
from plantrack.job.summary import Summary
from plantrack.job.workspace import Workspace, init
from plantrack.store import Store, Unit

PLAN = """\
plan: chongqing-15
title: 重庆市“十五五”规划
region: {name: 重庆市, code: '500000'}
period: 2026/2030
targets:
  - id: gdp
    indicator: 地区生产总值
    unit: 万亿元
    baseline: {period: 2025, value: 3.3}
    goal: {kind: reach, value: 4.3}
    horizon: 2026/2030
  - id: urban
    indicator: 常住人口城镇化率
    unit: '%'
    baseline: {period: 2025, value: 73}
    goal: {kind: reach, value: 78}
    horizon: 2026/2030
  - id: pm25
    indicator: 细颗粒物（PM2.5）浓度
    unit: 微克/立方米
    goal: {kind: external, text: 达到国家考核目标}
    horizon: 2026/2030
"""


def report(year: int, gdp: str, urban: str, extra: str = "") -> str:
    """A short report on a year; values as given."""
    return (
        f"{year}年重庆市国民经济和社会发展统计公报\n\n"
        f"{year}年，全市地区生产总值{gdp}万亿元。常住人口城镇化率为{urban}%。{extra}\n"
    )


class Desk:
    """A workspace with a clock; `at` moves it."""

    def __init__(self, root: Path) -> None:
        self.workspace: Workspace = init(root)
        self.now = datetime(2028, 3, 1, 2, tzinfo=UTC)
        self.runs = 0
        self.slept: list[float] = []
        self.world = World(now=lambda: self.now, sleep=self.slept.append)

    def settle(self, **job: object) -> None:
        """Change the settings of the job."""
        settings = self.workspace.settings
        changed = settings.job.model_copy(update=job)
        self.workspace = Workspace(
            self.workspace.root, settings.model_copy(update={"job": changed})
        )

    def at(self, day: str) -> None:
        """Set the clock to two in the morning, universal time, of a day."""
        self.now = datetime.fromisoformat(f"{day}T02:00:00+00:00")

    def put(self, name: str, text: str | bytes) -> Path:
        """A file in the inbox."""
        path = self.workspace.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def plan(self, text: str = PLAN, name: str = "plan.yaml") -> None:
        """Add a plan."""
        path = self.workspace.root.parent / name
        path.write_text(text, encoding="utf-8")
        with session(self.workspace, self.world, self.new_run()) as at_work:
            add_plan(at_work, path)

    def run(self, **options: bool) -> Summary:
        """One pass, a second later than what was before."""
        self.now += timedelta(seconds=1)
        return run_pass(self.workspace, self.new_run(), self.world, **options)

    def ask(self, question: Callable[[Unit], object]):
        """What the database says."""
        with (
            Store.open(self.workspace.database(), now=self.world.now) as store,
            store.view() as unit,
        ):
            return question(unit)

    def statuses(self) -> dict[str, str]:
        """The newest status of each target of the one plan."""
        last = self.ask(lambda unit: unit.assessments.last("chongqing-15"))
        return {target: kept.status.value for target, kept in last.items()}

    def names(self, folder: str) -> list[str]:
        """What lies in a folder of the workspace."""
        root = self.workspace.root / folder
        return sorted(p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file())

    def new_run(self) -> str:
        """The name of another run."""
        self.runs += 1
        return f"run-{self.runs}"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty workspace in which nothing is waited for, and all is done in this process."""
    made = Desk(tmp_path / "w")
    made.settle(settle=0, patience=0, ahead=False)
    return made


@pytest.fixture
def watched(desk: Desk) -> Desk:
    """The same with a plan that was added in 2026; now it is 2028."""
    desk.at("2026-03-01")
    desk.plan()
    desk.at("2028-03-01")
    return desk
