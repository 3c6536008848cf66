"""What a pass does when the inbox is empty: what the calendar alone changes, and values that are overdue."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import structlog

from plantrack.job.freshness import stale
from plantrack.job.judging import Changed
from plantrack.job.session import Session
from plantrack.job.summary import Summary
from plantrack.model import FlagKind, FlagState, Period, Status

if TYPE_CHECKING:
    from plantrack.store import Unit

_LOG = structlog.get_logger("plantrack")


def settle_accounts(at_work: Session, summary: Summary) -> None:
    """Judge what a new month may have changed, and raise or resolve the flags of overdue values."""
    _calendar(at_work, summary)
    at_work.stay()
    raised, resolved = at_work.change(lambda unit: _overdue(at_work, unit))
    summary.stale += raised
    summary.flags += raised + resolved


def _calendar(at_work: Session, summary: Summary) -> None:
    """Horizons end and values become due without any new document: once a month all targets are judged.

    A target that was judged in this month already is left alone, so a pass that was ended in
    between goes on where it stopped.
    """
    month = at_work.today.isoformat()[:7]
    summary.month = month
    last = at_work.look(lambda unit: unit.runs.list(1, ended=True))
    if last and (last[0].summary or {}).get("month") == month:
        return
    for plan in at_work.look(lambda unit: sorted(at_work.judge.plans(unit).plans)):
        at_work.stay()
        summary.note(at_work.change(partial(_since, at_work, plan=plan, month=month)))


def _since(at_work: Session, unit: Unit, *, plan: str, month: str) -> list[Changed]:
    last = unit.assessments.last(plan)
    due = [
        t.id
        for t in at_work.judge.plans(unit).plans[plan].targets
        if t.id not in last or last[t.id].as_of.last.isoformat()[:7] < month
    ]
    return at_work.judge.targets(unit, plan, due) if due else []


def _overdue(at_work: Session, unit: Unit) -> tuple[int, int]:
    """How many flags of overdue values were raised, and how many resolved."""
    judge, today = at_work.judge, at_work.today
    active = {
        (flag.plan_id, flag.target_id): flag
        for flag in unit.flags.list(
            states=(FlagState.OPEN, FlagState.ACKNOWLEDGED, FlagState.REOPENED)
        )
        if flag.kind is FlagKind.STALE
    }
    as_of = Period.parse(today.isoformat())
    raised, still = 0, set()
    plans = judge.plans(unit).plans
    for one in unit.assessments.without_new_value(today):
        target = next((t for t in plans[one.plan].targets if t.id == one.target_id), None)
        found = None if target is None else stale(target, one.newest_period, today)
        if found is None:
            continue
        still.add((one.plan, one.target_id))
        if (one.plan, one.target_id) not in active:
            unit.flags.raised(
                one.plan,
                one.target_id,
                FlagKind.STALE,
                was=None,
                now=Status.NO_DATA,
                reason=found.reason,
                as_of=as_of,
                assessment=None,
                run=judge.run,
                channels=judge.channels,
            )
            raised += 1
    over = [flag for key, flag in active.items() if key not in still]
    for flag in over:
        unit.flags.resolve(flag.id, by="", as_of=as_of, run=judge.run, channels=judge.channels)
    return raised, len(over)
