"""The groups of a report: data, complete, and the first that fits."""

from __future__ import annotations

import pytest

from plantrack.datafile import load_text
from plantrack.errors import DataError
from plantrack.model import AverageRate, Period, Status
from plantrack.show.evaluation import EvaluationKind, Forms, shipped_forms

AS_OF = Period.years(2023)


def group_id(assessment, kind: str) -> str:
    return shipped_forms().kinds[EvaluationKind(kind)].group_of(assessment, AS_OF).id


@pytest.mark.parametrize(
    ("status", "yearly", "mid_term", "final"),
    [
        ("achieved", "done", "early", "done"),
        ("ahead", "faster", "faster", "in-step"),
        ("on_track", "in-step", "expected", "in-step"),
        ("lagging", "behind", "behind", "behind"),
        ("off_track", "behind", "behind", "behind"),
        ("missed", "missed", "behind", "missed"),
        ("no_data", "open", "open", "open"),
        ("unresolved", "open", "open", "open"),
    ],
)
def test_every_status_has_its_group(board, status, yearly, mid_term, final):
    assessment = next(a for a in board.assessments if a.status.value == status)
    kinds = ("yearly", "mid-term", "final")
    assert [group_id(assessment, kind) for kind in kinds] == [yearly, mid_term, final]


@pytest.mark.parametrize(
    ("attainment", "group"), [(1.0499, "expected"), (1.05, "faster-rate"), (None, "expected")]
)
def test_a_mean_rate_is_faster_from_a_twentieth_above_what_is_due(board, goals, attainment, group):
    assessment = next(a for a in board.assessments if a.status is Status.ON_TRACK)
    goal = goals["average_rate"]
    assert isinstance(goal, AverageRate)
    rated = assessment.model_copy(
        update={
            "target": assessment.target.model_copy(update={"goal": goal}),
            "metrics": assessment.metrics.model_copy(update={"attainment": attainment}),
        }
    )
    assert group_id(rated, "mid-term") == group


def test_the_official_words_stand_in_the_rules():
    words = [group.name.zh for group in shipped_forms().kinds[EvaluationKind.MID_TERM].groups]
    assert list(dict.fromkeys(words))[:4] == ["提前实现", "快于预期", "符合预期", "滞后"]


def test_groups_that_leave_a_status_out_are_refused():
    group = "{id: a, name: {zh: 一, en: one}, status: [achieved, ahead, on_track, lagging]}"
    text = "kinds:\n" + "".join(
        f"  {kind.value}:\n    title: {{zh: 甲, en: A}}\n    share: {{zh: 乙, en: B}}\n    groups: [{group}]\n"
        for kind in EvaluationKind
    )
    with pytest.raises(DataError, match="no group takes every target of status off_track, missed"):
        load_text(text, "my.yaml", Forms)


def test_a_kind_that_is_missing_is_refused():
    with pytest.raises(DataError, match="no form for yearly, mid-term, final"):
        load_text("kinds: {}\n", "my.yaml", Forms)
