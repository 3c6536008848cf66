"""Judgements: boards made by plantrack itself from plans and values that are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from hypothesis import strategies as st

from plantrack.assess import assess, load_rules
from plantrack.model import (
    Assessment,
    Board,
    Flag,
    FlagEvent,
    FlagKind,
    FlagState,
    Metrics,
    Observation,
    Period,
    Plan,
    Status,
    Text,
)
from plantrack.testing.standards import shipped
from plantrack.testing.strategies.stated import observations, plans
from plantrack.testing.strategies.values import phrases

_RULES = ("default",)
_MOST_VALUES = 3  # of one target


def boards(rules: Sequence[str] = _RULES, plan: Plan | None = None) -> st.SearchStrategy[Board]:
    """A board of `plan`, or of one that is drawn, as of a year from before its period to after it.

    It is judged with one of the shipped rule sets named in `rules`, so that status, metrics,
    reason and flags belong together.
    """
    shipped()  # loaded now, not while Hypothesis watches how long the first draw takes
    return _boards(rules, plan)


@st.composite
def _boards(draw: st.DrawFn, rules: Sequence[str], plan: Plan | None) -> Board:
    judged = draw(plans()) if plan is None else plan
    first, last = judged.period.first.year - 1, judged.period.last.year + 1
    as_of = draw(st.integers(first, last))
    seen: list[Observation] = []
    for target in judged.targets:
        values = observations(target, first=first, last=as_of)
        seen += draw(st.lists(values, max_size=_MOST_VALUES))
    standards = shipped()
    return assess(
        judged,
        seen,
        as_of=Period.years(as_of),
        rules=load_rules(draw(st.sampled_from(rules))),
        indicators=standards.indicators,
        paths=standards.paths,
        grades=standards.grades,
    )


def assessments(rules: Sequence[str] = _RULES) -> st.SearchStrategy[Assessment]:
    """One assessment of a board."""
    return boards(rules).flatmap(lambda board: st.sampled_from(board.assessments))


def metrics(rules: Sequence[str] = _RULES) -> st.SearchStrategy[Metrics]:
    """What was computed for one target of a board."""
    return assessments(rules).map(lambda assessment: assessment.metrics)


@st.composite
def flags(draw: st.DrawFn) -> Flag:
    """A flag with its history: raised open, then one possible step after the other, in order of time."""
    kind = draw(st.sampled_from(FlagKind))
    now = draw(st.sampled_from(Status.failing()))
    better = [s for s in Status if s.judged and s is not now and s.at_least(now)]
    as_of = Period.years(draw(st.integers(2016, 2035)))
    reason = Text(zh=now.zh, en=now.en)
    steps = [FlagState.OPEN]
    for _ in range(draw(st.integers(0, 3))):
        steps.append(draw(st.sampled_from(_NEXT[steps[-1]])))
    moments = draw(
        st.lists(st.datetimes(_START), min_size=len(steps), max_size=len(steps)).map(sorted)
    )
    people = st.sampled_from(["", "王处长", "Li"])
    return Flag(
        target_id=draw(phrases()),
        kind=kind,
        was=draw(st.none() | st.sampled_from(better)),
        now=now,
        as_of=as_of,
        reason=reason,
        history=tuple(
            FlagEvent(at=at.replace(tzinfo=UTC), state=state, now=now, as_of=as_of, reason=reason)
            if state in _RAISED
            else FlagEvent(at=at.replace(tzinfo=UTC), state=state, by=draw(people))
            for at, state in zip(moments, steps, strict=True)
        ),
    )


def flag_events() -> st.SearchStrategy[FlagEvent]:
    """One step in the life of a flag."""
    return flags().flatmap(lambda flag: st.sampled_from(flag.history))


_START = datetime(2016, 1, 1)
_RAISED = (FlagState.OPEN, FlagState.REOPENED)
# What can come of a flag next: one that is up may get worse and is then open anew.
_UP = (FlagState.ACKNOWLEDGED, FlagState.RESOLVED, FlagState.OPEN)
_NEXT = {
    FlagState.OPEN: _UP,
    FlagState.ACKNOWLEDGED: _UP,
    FlagState.REOPENED: _UP,
    FlagState.RESOLVED: (FlagState.REOPENED,),
}
