"""What a change of status does to a flag."""

from __future__ import annotations

import pytest

from plantrack.job.flagging import FlagRules, Step, explained, flag_rules, revision
from plantrack.model import (
    FlagState,
    Observation,
    Period,
    Quantity,
    Series,
    Source,
    Status,
    Text,
)

RULES = flag_rules()
A, B = FlagState.OPEN, FlagState.ACKNOWLEDGED
S = Status


@pytest.mark.parametrize(
    ("was", "now", "state", "raised_for", "step"),
    [
        # none yet
        (None, S.LAGGING, None, None, Step.RAISE),
        (None, S.ON_TRACK, None, None, None),
        (S.NO_DATA, S.OFF_TRACK, None, None, Step.RAISE),
        (S.ON_TRACK, S.LAGGING, None, None, Step.RAISE),
        (S.ON_TRACK, S.MISSED, None, None, Step.RAISE),
        (S.AHEAD, S.ON_TRACK, None, None, None),
        (S.OFF_TRACK, S.LAGGING, None, None, None),
        (S.ACHIEVED, S.ON_TRACK, None, None, Step.RAISE),
        (S.ACHIEVED, S.NO_DATA, None, None, None),
        # open or acknowledged
        (S.LAGGING, S.OFF_TRACK, A, S.LAGGING, Step.WORSEN),
        (S.LAGGING, S.OFF_TRACK, B, S.LAGGING, Step.WORSEN),
        (S.OFF_TRACK, S.LAGGING, A, S.OFF_TRACK, None),
        (S.LAGGING, S.OFF_TRACK, A, S.OFF_TRACK, None),
        (S.LAGGING, S.ON_TRACK, A, S.LAGGING, Step.RESOLVE),
        (S.LAGGING, S.ACHIEVED, B, S.OFF_TRACK, Step.RESOLVE),
        (S.LAGGING, S.NO_DATA, A, S.LAGGING, None),
        (S.NO_DATA, S.UNRESOLVED, A, S.LAGGING, None),
        # a goal that was met and is not any more
        (S.ON_TRACK, S.ON_TRACK, A, S.ON_TRACK, None),
        (S.ON_TRACK, S.ACHIEVED, A, S.ON_TRACK, Step.RESOLVE),
        (S.ON_TRACK, S.LAGGING, A, S.ON_TRACK, Step.WORSEN),
        # resolved
        (S.ON_TRACK, S.LAGGING, FlagState.RESOLVED, S.LAGGING, Step.REOPEN),
        (S.LAGGING, S.LAGGING, FlagState.RESOLVED, S.LAGGING, None),
        (S.LAGGING, S.OFF_TRACK, FlagState.RESOLVED, S.LAGGING, Step.REOPEN),
        (S.OFF_TRACK, S.LAGGING, FlagState.RESOLVED, S.OFF_TRACK, None),
        (S.LAGGING, S.LAGGING, FlagState.REOPENED, S.LAGGING, None),
        (S.LAGGING, S.ON_TRACK, FlagState.REOPENED, S.LAGGING, Step.RESOLVE),
    ],
)
def test_the_step_follows_from_the_statuses_and_the_flag(was, now, state, raised_for, step):
    assert RULES.step(was, now, state, raised_for) is step


@pytest.mark.parametrize("was", [None, *Status])
@pytest.mark.parametrize("now", list(Status))
def test_the_same_status_again_never_does_anything(was, now):
    """Whatever a status did to a flag, the same status once more does nothing to it."""
    step = RULES.step(was, now, None, None)
    if step is not None:
        assert RULES.step(now, now, FlagState.OPEN, now) is None


def test_rules_that_make_no_sense_are_refused():
    good = {"order": ["achieved", "lagging"], "raise": ["lagging"], "resolve": ["achieved"]}
    assert FlagRules.model_validate(good).raising == (Status.LAGGING,)
    for bad in ({"raise": ["missed"]}, {"order": ["achieved", "lagging", "achieved"]}):
        with pytest.raises(ValueError, match=r"no place|twice"):
            FlagRules.model_validate(good | bad)


def seen(value: str, period: str, doc: str) -> Observation:
    return Observation(
        series=Series(indicator="地区生产总值"),
        period=Period.parse(period),
        quantity=Quantity(value=value, unit="%"),
        source=Source(doc=doc),
    )


def test_a_restated_value_is_a_revision_and_the_flag_says_so():
    said = revision(seen("5.3", "2025", "a.txt"), seen("4.9", "2025", "b.txt"))
    assert said is not None
    assert said.zh == "2025年数据由5.3%修订为4.9%（a.txt → b.txt）"
    assert "from 5.3% to 4.9% (a.txt → b.txt)" in said.en


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, seen("5.3", "2025", "a")),
        (seen("5.3", "2025", "a"), None),
        (seen("5.3", "2024", "a"), seen("4.9", "2025", "b")),
        (seen("5.3", "2025", "a"), seen("5.3", "2025", "b")),
    ],
)
def test_a_new_value_or_the_same_one_is_no_revision(before, after):
    assert revision(before, after) is None


def test_the_reason_begins_with_the_revision():
    from plantrack import flow
    from plantrack.datafile import seeds_path

    plan = flow.read_plan(seeds_path("plans", "jiulongpo-13.yaml"))
    assessment = flow.assess(plan, (), as_of=2020).assessments[0]
    assert explained(assessment, None) == assessment.reason
    both = explained(assessment, Text(zh="改了", en="changed"))
    assert both.zh == f"改了；{assessment.reason.zh}"
    assert both.en == f"changed; {assessment.reason.en}"
