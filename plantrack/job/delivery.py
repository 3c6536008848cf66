"""Notices sent from what was recorded: each change once to each sink, tried again, never in the way of a pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from plantrack.job.flagging import Step
from plantrack.job.notices import Change, compose
from plantrack.job.session import World, opened
from plantrack.job.settings import Gathering, NotifySettings
from plantrack.job.sinks import Sink, UndeliveredError, sinks
from plantrack.job.summary import Summary
from plantrack.job.workspace import Workspace
from plantrack.model import FlagState, Plan

if TYPE_CHECKING:
    from plantrack.store import Message as Waiting
    from plantrack.store import Store

_LOG = structlog.get_logger("plantrack")
_FIRST, _LONGEST = timedelta(minutes=1), timedelta(hours=6)
_AT_ONCE = 200  # changes in one message; what is more goes into the next


def deliver(
    store: Store, outlets: Iterable[Sink], told: NotifySettings, world: World, summary: Summary
) -> None:
    """Send what waits and is due, and count it. Raises no error of a sink: what fails is tried again later."""
    known = {sink.name: sink for sink in outlets}
    while waiting := _due(store):
        by_channel: dict[str, list[Waiting]] = defaultdict(list)
        for message in waiting:
            by_channel[message.channel].append(message)
        for channel, messages in by_channel.items():
            size = len(messages) if told.gather is Gathering.DIGEST else 1
            for start in range(0, len(messages), size):
                part = messages[start : start + size]
                error = _send(store, known.get(channel), part, told, world)
                sent = not error
                summary.sent += len(part) * sent
                summary.unsent += len(part) * (not sent)
                _note(store, part, error, channel in known, told, world.now())


def deliver_waiting(workspace: Workspace, world: World) -> None:
    """Send what is due, between two passes."""
    told = sinks(workspace)
    with opened(workspace, world) as store:
        deliver(store, told, workspace.settings.notify, world, Summary(run=""))


def _due(store: Store) -> tuple[Waiting, ...]:
    with store.begin() as unit:
        return unit.outbox.due(_AT_ONCE)


def _send(
    store: Store, sink: Sink | None, part: Sequence[Waiting], told: NotifySettings, world: World
) -> str:
    """Send one message; what went wrong, without any secret, or nothing."""
    if sink is None:
        return "the settings name no such sink any more"
    with store.view() as unit:
        plans = {key: unit.plans.get(key).plan for key in {one.flag.plan_id for one in part}}
    changes = [_change(one, plans[one.flag.plan_id]) for one in part]
    try:
        sink.send(compose(changes, told.language), world.now())
    except UndeliveredError as error:
        _LOG.warning("notice not delivered", sink=sink.name, error=str(error), changes=len(part))
        return str(error)
    return ""


def _note(
    store: Store,
    part: Sequence[Waiting],
    error: str,
    there: bool,
    told: NotifySettings,
    now: datetime,
) -> None:
    with store.begin() as unit:
        for one in part:
            if not error:
                unit.outbox.sent(one.id)
                continue
            again = there and one.attempts + 1 < told.attempts
            pause = min(_FIRST * 2 ** min(one.attempts, 20), _LONGEST)
            unit.outbox.failed(one.id, error=error, next_try=now + pause if again else None)


def _change(waiting: Waiting, plan: Plan) -> Change:
    flag, event = waiting.flag, waiting.event
    target = next((t for t in plan.targets if t.id == flag.target_id), None)
    step = {FlagState.RESOLVED: Step.RESOLVE, FlagState.REOPENED: Step.REOPEN}.get(
        event.state, Step.RAISE if waiting.event_number == 1 else Step.WORSEN
    )
    return Change(
        flag=flag.id,
        plan=plan.title,
        target=flag.target_id if target is None else target.series.indicator,
        kind=flag.kind,
        step=step,
        was=event.was,
        now=event.now,
        reason=event.reason or flag.reason,
    )
