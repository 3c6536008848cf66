"""What an assertion is about: an assessment, or a target that is judged first."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from plantrack.errors import IncomparableError, UsageError
from plantrack.model import Assessment, Board, Observation, Period, Plan, Target
from plantrack.testing.messages import bare, named

if TYPE_CHECKING:
    from plantrack.assess import RuleSet

__tracebackhide__ = True  # a failing test shows its own line, none of these

Subject: TypeAlias = Assessment | Target | str
"""An assessment, a target, or the id of a target on a board."""

Rules: TypeAlias = "RuleSet | str | Path"


def judged(
    subject: Subject,
    board: Board | None,
    observations: Iterable[Observation] | None,
    as_of: Period | str | int | None,
    rules: Rules,
) -> Assessment:
    """The assessment a subject stands for; see `assert_status` for what may be handed in.

    IncomparableError where its status says that nobody can tell; UsageError where what was
    handed in does not make an assessment.
    """
    found = _assessment(subject, board, observations, as_of, rules)
    if not found.status.judged:
        raise IncomparableError(
            f"{named(found.target)} cannot be compared, it is {found.status.zh} {found.status.en}: "
            f"{bare(found.reason.zh)} / {bare(found.reason.en)} (rule {found.rule}). "
            "Hand in what is missing, or skip the target.",
            target_id=found.target.id,
            status=found.status.value,
            rule=found.rule,
        )
    return found


def period_of(written: Period | str | int, what: str = "as_of") -> Period:
    """A period, from its writing too; UsageError, with `what` it is for, where it is none."""
    if isinstance(written, Period):
        return written
    try:
        return Period.parse(written)
    except ValueError as error:
        raise UsageError(
            f"{what}: '{written}' is no period. "
            "Write a year, half, quarter, month or day: 2025, 2025H1, 2025Q1, 2025-06, 2025-06-30.",
            period=written,
        ) from error


def known(observations: Iterable[Observation]) -> tuple[Observation, ...]:
    """The observations; IncomparableError where one of them is none."""
    found = tuple(observations)
    for one in found:
        if not isinstance(one, Observation):
            raise IncomparableError(
                f"an observation is due here, found {type(one).__name__}. "
                "Hand in what `read_report` gives.",
                found=type(one).__name__,
            )
    return found


def _assessment(
    subject: Subject,
    board: Board | None,
    observations: Iterable[Observation] | None,
    as_of: Period | str | int | None,
    rules: Rules,
) -> Assessment:
    alone = observations is None and as_of is None
    match subject:
        case Assessment() if board is None and alone:
            return subject
        case Assessment():
            raise UsageError(
                "An assessment is judged already. Hand in it alone, or its target with the rest."
            )
        case Target() | str() if board is not None and alone:
            return _on(board, subject)
        case Target() if board is None and as_of is not None:
            return _judge(subject, observations or (), as_of, rules)
        case Target() | str():
            raise UsageError(
                f"Target '{subject if isinstance(subject, str) else subject.id}' has to be judged "
                "first. Hand in the board it stands on, or a target with observations=… and as_of=…, "
                "but not both.",
                target_id=subject if isinstance(subject, str) else subject.id,
            )
        case _:
            raise IncomparableError(
                f"a target or an assessment is due here, found {type(subject).__name__}. "
                "Hand in board[id], a target, or the id of one with its board.",
                found=type(subject).__name__,
            )


def _on(board: Board, subject: Target | str) -> Assessment:
    target_id = subject if isinstance(subject, str) else subject.id
    target = board.plan.target(target_id)
    if isinstance(subject, Target) and subject != target:
        raise IncomparableError(
            f"the board of plan '{board.plan.id}' was made for another target '{target_id}' than "
            "the one handed in. Judge the plan it belongs to.",
            target_id=target_id,
        )
    return board[target_id]


def _judge(
    target: Target, observations: Iterable[Observation], as_of: Period | str | int, rules: Rules
) -> Assessment:
    """A target judged by itself, as the one target of a plan of its region."""
    from plantrack import flow

    one = target.model_copy(update={"parent": None})
    plan = Plan(
        id=target.id,
        title=target.series.indicator,
        region=target.series.scope,
        period=target.horizon,
        targets=(one,),
    )
    board = flow.assess(plan, known(observations), as_of=period_of(as_of), rules=rules)
    return board[target.id].model_copy(update={"target": target})
