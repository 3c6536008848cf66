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
    FlagState,
    Period,
    Plan,
    Status,
    Text,
)
from plantrack.testing.standards import shipped
from plantrack.testing.strategies.stated import observations, plans
from plantrack.testing.strategies.values import phrases

_RULES = ("default",)
_MOST_VALUES = 6


@st.composite
def boards(draw: st.DrawFn, rules: Sequence[str] = _RULES, plan: Plan | None = None) -> Board:
    """A board of `plan`, or of one that is drawn, as of a year from before its period to after it.

    It is judged with one of the shipped rule sets named in `rules`, so that status, metrics,
    reason and flags belong together.
    """
    judged = draw(plans()) if plan is None else plan
    first, last = judged.period.first.year - 1, judged.period.last.year + 1
    values = [observations(target, first=first, last=last) for target in judged.targets]
    seen = draw(st.lists(st.one_of(values), max_size=_MOST_VALUES)) if values else []
    standards = shipped()
    return assess(
        judged,
        seen,
        as_of=Period.years(draw(st.integers(first, last))),
        rules=load_rules(draw(st.sampled_from(rules))),
        indicators=standards.indicators,
        paths=standards.paths,
        grades=standards.grades,
    )


def assessments(rules: Sequence[str] = _RULES) -> st.SearchStrategy[Assessment]:
    """One assessment of a board."""
    return boards(rules).flatmap(lambda board: st.sampled_from(board.assessments))


@st.composite
def flags(draw: st.DrawFn) -> Flag:
    """A flag with its history: raised open, then whatever came of it, in order of time."""
    now = draw(st.sampled_from(Status.failing()))
    better = [s for s in Status if s.judged and s is not now and s.at_least(now)]
    later = draw(st.lists(st.sampled_from(FlagState), max_size=3))
    start = datetime(2016, 1, 1)
    moments = draw(st.lists(st.datetimes(start), min_size=len(later) + 1, max_size=len(later) + 1))
    events = zip(sorted(moments), [FlagState.OPEN, *later], strict=True)
    return Flag(
        target_id=draw(phrases()),
        was=draw(st.none() | st.sampled_from(better)),
        now=now,
        as_of=Period.years(draw(st.integers(2016, 2035))),
        reason=Text(zh=now.zh, en=now.en),
        history=tuple(FlagEvent(at=at.replace(tzinfo=UTC), state=state) for at, state in events),
    )
