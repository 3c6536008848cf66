"""What a workspace holds, as tables and JSON records: flags, history, review items, how it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.table import Table
from rich.text import Text

from plantrack.model import Flag, FlagKind, FlagState, Plan, Status
from plantrack.show.words import LOOKS, NOTHING

if TYPE_CHECKING:
    from plantrack.job.workspace import Workspace
    from plantrack.store import KeptAssessment, ReviewItem, Unit

STATES = {
    FlagState.OPEN: "未处理 open",
    FlagState.ACKNOWLEDGED: "已确认 acknowledged",
    FlagState.RESOLVED: "已解除 resolved",
    FlagState.REOPENED: "再次打开 reopened",
}
KINDS = {FlagKind.WORSE: "恶化 worse", FlagKind.STALE: "过期 stale"}

MATTERS = {"figure": "数据 figure", "alias": "名称 name", "reading": "读法 reading"}


def table(*headings: str) -> Table:
    """An empty table in the house's look."""
    made = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for heading in headings:
        made.add_column(heading, overflow="fold")
    return made


def status_word(status: Status | None) -> str:
    """A status with its sign, in both languages."""
    if status is None:
        return NOTHING
    return f"{LOOKS[status].sign} {status.zh} {status.en}"


def flags_table(flags: Iterable[Flag], plans: Mapping[str, Plan], zone: ZoneInfo) -> Table:
    """One line a flag: what it is about, since when, in whose hands, and why."""
    made = table("编号 ID", "标记 Flag", "目标 Target", "由 From → 至 to", "自 Since", "缘由 Why")
    for flag in flags:
        by = flag.history[-1].by if flag.state is FlagState.ACKNOWLEDGED else ""
        state = STATES[flag.state] + (f"\n{by}" if by else "")
        moved = (
            KINDS[flag.kind]
            if flag.kind is FlagKind.STALE
            else f"{status_word(flag.was)} →\n{status_word(flag.now)}"
        )
        made.add_row(
            Text(str(flag.id)),
            Text(state),
            Text(f"{_indicator(plans, flag)}\n{flag.plan_id}/{flag.target_id}"),
            Text(moved),
            Text(_day(flag.history[0].at, zone)),
            Text(f"{flag.reason.zh}\n{flag.reason.en}"),
        )
    return made


def flag_story(flag: Flag, plans: Mapping[str, Plan], zone: ZoneInfo) -> Group:
    """A flag with every step of its life."""
    steps = table("时间 At", "状态 State", "由 From → 至 to", "谁 By", "备注与缘由 Note and why")
    for event in flag.history:
        said = [event.note] if event.note else []
        if event.reason is not None:
            said += [event.reason.zh, event.reason.en]
        steps.add_row(
            Text(_moment(event.at, zone)),
            Text(STATES[event.state]),
            Text(
                "" if event.now is None else f"{status_word(event.was)} → {status_word(event.now)}"
            ),
            Text(event.by),
            Text("\n".join(said)),
        )
    return Group(flags_table([flag], plans, zone), Text(""), steps)


def flag_record(flag: Flag) -> dict[str, object]:
    """A flag as one JSON object, with its history."""
    return flag.model_dump(mode="json") | {"state": flag.state.value}


def history_table(kept: Iterable[KeptAssessment], zone: ZoneInfo) -> Table:
    """How a target stood, oldest first: each judgement with its value, rule and reason."""
    made = table("时间 At", "截至 As of", "状态 Status", "现值 Value", "规则 Rule", "缘由 Why")
    for one in kept:
        seen = one.observed
        value = (
            NOTHING
            if seen is None
            else f"{seen.quantity.written}{seen.quantity.unit} ({seen.period})\n{seen.source.doc}"
        )
        made.add_row(
            Text(_moment(one.at, zone)),
            Text(str(one.as_of)),
            Text(status_word(one.status)),
            Text(value),
            Text(one.rule),
            Text(f"{one.reason.zh}\n{one.reason.en}"),
        )
    return made


def review_table(items: Iterable[ReviewItem]) -> Table:
    """What waits for a person: the figure or phrase as it was read, and the sentence it stands in."""
    from plantrack.job.doubts import Question
    from plantrack.store import ReviewKind

    made = table("编号 ID", "事项 Matter", "读作 Read as", "原文 Text")
    for item in items:
        question, figure = Question.model_validate(item.payload), item.source
        read = NOTHING
        if item.kind is ReviewKind.ALIAS:
            alike = [f"{c.indicator_id} ({c.score:.2f})" for c in question.candidates]
            read = f"{question.phrase} = {'? '.join(alike)}?"
        elif figure is not None:
            read = (
                f"{figure.indicator} {figure.quantity.written}{figure.quantity.unit} "
                f"({figure.period}, {figure.measure.value}) {figure.confidence:.0%}"
            )
        made.add_row(
            Text(str(item.id)), Text(MATTERS[item.kind.value]), Text(read), Text(question.sentence)
        )
    return made


def status_table(found: Workspace, unit: Unit) -> Group:
    """How a workspace stands: what waits, what is open, what the last runs did."""
    from plantrack.job.inbox import scan
    from plantrack.store import ReviewState

    zone = found.settings.job.zone
    waiting = scan(found.inbox, 0)
    states = Counter(flag.state for flag in unit.flags.list())
    facts = table("工作区 Workspace", str(found.root))
    facts.add_row("规划 plans", Text("、".join(one.key for one in unit.plans.current()) or NOTHING))
    facts.add_row("待读 waiting", str(len(waiting.files)))
    facts.add_row("文档 documents", str(len(unit.documents.list())))
    facts.add_row("隔离 quarantine", str(len(unit.quarantine.list())))
    facts.add_row("待核 review", str(len(unit.review.list(ReviewState.OPEN))))
    for state in FlagState:
        if states[state]:
            facts.add_row(f"标记 flags {STATES[state]}", str(states[state]))
    runs = table("运行 Run", "开始 Began", "退出码 Code", "结果 Result")
    for one in unit.runs.list(5):
        done = "未完成 not ended" if one.ended is None else str(one.code)
        counts = (
            {k: v for k, v in one.summary.items() if isinstance(v, int) and v}
            if one.summary
            else {}
        )
        told = " · ".join(f"{k} {v}" for k, v in counts.items())
        runs.add_row(Text(one.id), Text(_moment(one.started, zone)), done, Text(told))
    return Group(facts, Text(""), runs)


def _indicator(plans: Mapping[str, Plan], flag: Flag) -> str:
    plan = plans.get(flag.plan_id)
    targets = () if plan is None else plan.targets
    return next((t.series.indicator for t in targets if t.id == flag.target_id), flag.target_id)


def _day(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).date().isoformat()


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
