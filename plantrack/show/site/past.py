"""What earlier runs found: kept small, so that a site can hold the history of all its targets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from plantrack.model import Board, Observation, Period, Status
from plantrack.model.base import Model
from plantrack.show.words import quantity_text


class Verdict(Model):
    """What a run said of a target: the status and, where there was one, the newest value as written."""

    status: Status
    value: str = ""
    period: Period | None = None

    @classmethod
    def of(cls, status: Status, seen: Observation | None) -> Verdict:
        """What remains of a judgement."""
        if seen is None:
            return cls(status=status)
        return cls(status=status, value=quantity_text(seen.quantity), period=seen.period)


class Past(Model):
    """What a run said of the targets of a plan, by their ids; of the last run before now, of all of them."""

    as_of: Period
    rules: str = ""
    verdicts: dict[str, Verdict]

    @classmethod
    def of(cls, board: Board) -> Past:
        """What remains of a board."""
        verdicts = {a.target.id: Verdict.of(a.status, a.observed) for a in board.assessments}
        return cls(as_of=board.as_of, rules=board.rules, verdicts=verdicts)


class Change(NamedTuple):
    """What is new of a target since the run before: `was` is None where the target is new."""

    target_id: str
    was: Verdict | None
    now: Verdict

    @property
    def worse(self) -> bool:
        """Whether it fell behind: a status farther from the goal than before."""
        return _judged(self) and _GRAVITY.index(self.now.status) > _GRAVITY.index(self._was)

    @property
    def better(self) -> bool:
        """Whether it gained."""
        return _judged(self) and _GRAVITY.index(self.now.status) < _GRAVITY.index(self._was)

    @property
    def first(self) -> bool:
        """Whether it could be judged now and could not before."""
        was = self.was
        return was is not None and gravity(was.status) < 0 <= gravity(self.now.status)

    @property
    def _was(self) -> Status:
        assert self.was is not None
        return self.was.status


# The best first. The other two statuses say nothing about the target's way.
_GRAVITY = [
    Status.ACHIEVED,
    Status.AHEAD,
    Status.ON_TRACK,
    Status.LAGGING,
    Status.OFF_TRACK,
    Status.MISSED,
]


def gravity(status: Status) -> int:
    """How grave a status is: 0 for achieved, 5 for missed, −1 where nothing was judged."""
    return _GRAVITY.index(status) if status in _GRAVITY else -1


def changes(before: Past, board: Board) -> tuple[Change, ...]:
    """What differs from the run before, in status or value: the worse first, then the better, then the rest."""
    now = Past.of(board).verdicts
    found = [
        Change(target_id, before.verdicts.get(target_id), verdict)
        for target_id, verdict in now.items()
        if before.verdicts.get(target_id) != verdict
    ]
    return tuple(sorted(found, key=lambda c: (not c.worse, not c.better, -gravity(c.now.status))))


def gone(before: Past, board: Board) -> tuple[str, ...]:
    """Targets that the run before knew and the plan no longer has."""
    known = {target.id for target in board.plan.targets}
    return tuple(target_id for target_id in before.verdicts if target_id not in known)


def remembered(earlier: Iterable[Past], board: Board) -> tuple[Past, ...]:
    """Earlier runs with this one behind them; of runs in a row that found the same only the first."""
    kept: list[Past] = []
    for past in (*earlier, Past.of(board)):
        if not kept or (kept[-1].verdicts, kept[-1].rules) != (past.verdicts, past.rules):
            kept.append(past)
    return tuple(kept)


def _judged(change: Change) -> bool:
    was = change.was
    return was is not None and was.status in _GRAVITY and change.now.status in _GRAVITY
