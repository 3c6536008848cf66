"""The assertions. Each returns nothing where it holds.

| what happens | raised |
| --- | --- |
| the assertion does not hold | PlanAssertionError, an AssertionError: a failure to every test runner |
| it cannot be judged: no data, goal not known, another unit, another type | IncomparableError: an error, never a pass |
| what was handed in does not fit together | UsageError |

Each takes an assessment; or a target, or its id, with the board it stands on; or a target with
`observations` and `as_of`, which is then judged by itself with `rules` (without the values that
its plan states: hand in `plan.observations` too).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from plantrack.errors import IncomparableError, UsageError
from plantrack.model import Board, Observation, Period, Plan, Series, Status, Target
from plantrack.testing.consistency import Check, finding_text, findings
from plantrack.testing.messages import PlanAssertionError, bare, failure
from plantrack.testing.reported import missing
from plantrack.testing.subjects import Rules, Subject, judged, known, period_of

__tracebackhide__ = True  # a failing test shows its own line, none of these


def assert_status(
    subject: Subject,
    board: Board | None = None,
    *,
    at_least: Status | str,
    observations: Iterable[Observation] | None = None,
    as_of: Period | str | int | None = None,
    rules: Rules = "default",
) -> None:
    """A target's status is `at_least` this good: achieved, ahead, on_track, lagging, off_track, missed.

    Raises as the module says; no_data and unresolved are not compared with anything.
    """
    floor = _floor(at_least)
    found = judged(subject, board, observations, as_of, rules)
    if not found.status.at_least(floor):
        better = "" if floor is Status.ACHIEVED else " or better"
        wanted = f"should be {floor.en}{better}, is {found.status.en}"
        raise PlanAssertionError(failure(found, wanted), [found.target.id])


def assert_on_track(
    subject: Subject,
    board: Board | None = None,
    *,
    observations: Iterable[Observation] | None = None,
    as_of: Period | str | int | None = None,
    rules: Rules = "default",
) -> None:
    """A target is on track or better."""
    assert_status(
        subject,
        board,
        at_least=Status.ON_TRACK,
        observations=observations,
        as_of=as_of,
        rules=rules,
    )


def assert_met(
    subject: Subject,
    board: Board | None = None,
    *,
    observations: Iterable[Observation] | None = None,
    as_of: Period | str | int | None = None,
    rules: Rules = "default",
) -> None:
    """A target's goal is met, if need be before its time: its status is achieved.

    What has to hold for the whole horizon (hold, average rate, parity, positive) is met at its end.
    """
    found = judged(subject, board, observations, as_of, rules)
    if found.status is not Status.ACHIEVED:
        kept = found.metrics.goal_met and not found.metrics.horizon_over
        wanted = (
            f"kept so far, has to hold until {found.target.horizon.year}" if kept else "is not met"
        )
        raise PlanAssertionError(failure(found, f"the goal {wanted}"), [found.target.id])


def assert_reported(
    what: Series | Target, period: Period | str | int, observations: Iterable[Observation]
) -> None:
    """There is a value of a series, or of a target's series, for exactly this period.

    An estimate counts, and so does a value that is only a bound. A value without a scope is taken
    to be of the series' own region. Of a target with a mean rate or a sum the yearly values count
    too; its values have to be in a unit that can be turned into the target's.
    """
    if not isinstance(what, Series | Target):
        raise IncomparableError(
            f"a series or a target is due here, found {type(what).__name__}. "
            "Hand in target.series, a target, or a Series of your own.",
            found=type(what).__name__,
        )
    told = missing(what, period_of(period, "period"), known(observations))
    if told is not None:
        raise PlanAssertionError(told, [what.id] if isinstance(what, Target) else [])


def assert_consistent(
    plan: Plan, *, whole: Collection[str] = (), skip: Collection[Check | str] = ()
) -> None:
    """A plan does not contradict itself; all findings are told at once.

    `Check` says what is looked at. `whole` names the targets whose parts are all there, so that
    they have to add up to it; by default parts may only not exceed it. `skip` leaves out checks.
    A check that lacks its numbers is not made; a plan without targets is refused.
    """
    found = findings(plan, whole=whole, skip=skip)
    if found:
        count = "1 inconsistency" if len(found) == 1 else f"{len(found)} inconsistencies"
        heading = f"{bare(plan.id)} ({bare(plan.title)}): {count}"
        text = "\n".join([heading, *map(finding_text, found)])
        raise PlanAssertionError(text, list(dict.fromkeys(f.target_id for f in found)))


def _floor(at_least: Status | str) -> Status:
    allowed = [status for status in Status if status.judged]
    if at_least not in allowed:
        raise UsageError(
            f"at_least: '{at_least}' is no status to compare with. "
            f"Allowed, from best to worst: {', '.join(allowed)}.",
            at_least=str(at_least),
            allowed=allowed,
        )
    return Status(at_least)
