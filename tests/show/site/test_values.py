"""What a target's page tells in words and numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from plantrack.model import Assessment, Metrics, Period, Status
from plantrack.show.site.parts import Contents, Entry, Story
from plantrack.show.site.past import Past, Verdict
from plantrack.show.site.values import history_of, judged_of, metrics_of, proofs_of


@pytest.fixture
def assessment(board) -> Assessment:
    return next(a for a in board.assessments if a.status is Status.LAGGING)


def entry_of(board, assessment: Assessment, *earlier: Past) -> Entry:
    story = Story(board, earlier)
    return next(
        e
        for e in Contents.of((story,), ()).entries
        if e.assessment.target.id == assessment.target.id
    )


def told(metrics: Metrics, assessment: Assessment) -> dict[str, tuple[str, str]]:
    lines = metrics_of(assessment.model_copy(update={"metrics": metrics}))
    return {line.key: (line.said.zh, line.said.en) for line in lines}


def test_metrics_are_told_in_their_units_and_those_without_meaning_left_out(assessment):
    metrics = Metrics(
        expected=Decimal("2.7"),
        gap=Decimal("-0.05"),
        goal_distance=Decimal("0.35"),
        progress=0.51234,
        pace=0.8765,
        attainment=float("inf"),
        projected=Decimal("2.9"),
        projected_low=Decimal("2.8"),
        projected_high=Decimal(3),
    )
    assert told(metrics, assessment) == {
        "expected": ("2.7%", "2.7%"),
        "gap": ("-0.05个百分点", "-0.05 percentage points"),
        "goal_distance": ("0.35个百分点", "0.35 percentage points"),
        "progress": ("51.23%", "51.23%"),
        "pace": ("0.876", "0.876"),
        "projected": ("2.9% (2.8% ~ 3%)", "2.9% (2.8% ~ 3%)"),
    }


def test_at_the_end_nothing_is_projected_any_more(assessment):
    assert told(Metrics(projected=Decimal(3), horizon_over=True), assessment) == {}


def test_a_sum_that_was_judged_is_told_beside_the_newest_value(assessment):
    assert judged_of(assessment) == ""
    summed = assessment.metrics.model_copy(update={"value": Decimal("7.5")})
    assert judged_of(assessment.model_copy(update={"metrics": summed})) == "7.5%"


def test_history_has_the_runs_that_knew_the_target_the_oldest_first(board, assessment):
    def run(year: int, target_id: str, status: Status) -> Past:
        verdicts = {target_id: Verdict(status=status)}
        return Past(as_of=Period.years(year), verdicts=verdicts)

    earlier = (run(2022, "other", Status.AHEAD), run(2023, assessment.target.id, Status.AHEAD))
    moments = history_of(entry_of(board, assessment, *earlier))
    assert [(m.as_of.year, m.status, m.value) for m in moments] == [
        (2023, Status.AHEAD, ""),
        (2025, Status.LAGGING, "2.65%"),
    ]


def test_the_value_that_decides_is_among_the_proofs_and_marked(board, assessment, observation):
    older = observation.model_copy(update={"period": Period.years(2024)})
    known = assessment.model_copy(update={"observations": (observation, older)})
    entry = entry_of(board.model_copy(update={"assessments": (known,)}), known)
    proofs = proofs_of(entry, Contents.of((entry.story,), ()))
    assert [(p.period, p.counts) for p in proofs] == [("2024", False), ("2025", True)]
    assert proofs[1].kind.en == "estimated"
    assert proofs[1].quote.startswith("研发投入强度预计 达到2.65%")
    assert proofs[1].page == ""


def test_a_row_of_a_table_is_named_in_each_language(full_target):
    place = Contents.of((), ()).told(full_target.source)
    assert (place.zh, place.en) == ("plan.txt:3-8 表行 1", "plan.txt:3-8 row 1")


def test_what_lags_worst_comes_first_whatever_the_numbers(board, assessment):
    def urgency(**metrics: object) -> tuple[float, ...]:
        changed = assessment.metrics.model_copy(update=metrics)
        return entry_of(
            board.model_copy(
                update={"assessments": (assessment.model_copy(update={"metrics": changed}),)}
            ),
            assessment,
        ).urgency

    shares = [urgency(attainment=share)[-1] for share in (0.2, 0.9, float("inf"))]
    assert shares == sorted(shares)
    half = urgency(attainment=None, goal_distance=Decimal(3))  # the goal is 6
    assert half[-1] == 0.5


def test_runs_in_a_row_that_found_the_same_are_one_moment(board, assessment):
    kept = Past.of(board.model_copy(update={"assessments": (assessment,)}))
    other = {assessment.target.id: Verdict(status=Status.MISSED)}
    earlier = (
        Past(as_of=Period.years(2021), verdicts=other),
        Past(as_of=Period.years(2022), verdicts={}),
        Past(as_of=Period.years(2023), verdicts=other),
        kept.model_copy(update={"as_of": Period.years(2024)}),
    )
    story = Story(board.model_copy(update={"assessments": (assessment,)}), earlier)
    (entry,) = Contents.of((story,), ()).entries
    first, second = history_of(entry)
    assert (str(first.as_of), str(first.until), first.status) == ("2021", "2023", Status.MISSED)
    assert (str(second.as_of), str(second.until)) == ("2024", "2025")
