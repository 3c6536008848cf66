"""Judgements are all kept, with what they rest on, down to the sentence."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from store.samples import GDP, V1, V2, document, figure, observation, plan

from plantrack import flow
from plantrack.errors import UsageError
from plantrack.model import Assessment, Metrics, Period, Status, Text
from plantrack.store import Store

YEAR = Period.parse("2024")


def read(store: Store, value: str = "105.30", number: int = 1, version=V1, **more) -> int:
    with store.begin() as unit:
        return unit.documents.add(
            document(number),
            [figure(value)],
            [observation(value, **more)],
            version=version,
            run=None,
        )


def judge(store: Store, cause: int | None = None) -> dict[str, int]:
    with store.begin() as unit:
        kept = unit.plans.get("county-14").plan
        known = unit.observations.current({"gdp", "森林覆盖率"}, scopes=[kept.region])
        board = flow.assess(kept, known, as_of=YEAR)
        return unit.assessments.add(
            "county-14", board, as_of=YEAR, rules="default-1", run=None, cause=cause
        )


@pytest.fixture
def judged(store: Store) -> Store:
    with store.begin() as unit:
        unit.plans.save(plan(), run=None, version=V2, text="规划全文")
    judge(store, read(store))
    return store


def test_how_targets_stand_is_the_row_and_status_of_the_last_judgement(judged):
    with judged.view() as unit:
        last = unit.assessments.last("county-14")
        standing = unit.assessments.standing("county-14", ["gdp", "trees", "none"])
    assert standing == {name: (one.id, one.status) for name, one in last.items()}
    rows = judge(judged)
    with judged.view() as unit:
        assert unit.assessments.standing("county-14", ["gdp"])["gdp"][0] == rows["gdp"]


def test_a_judgement_comes_back_as_it_was_made(judged):
    with judged.view() as unit:
        kept = unit.plans.get("county-14").plan
        board = flow.assess(kept, [observation()], as_of=YEAR)
        last = unit.assessments.last("county-14")
    assert list(last) == ["gdp", "trees"]
    for made in board.assessments:
        back = last[made.target.id]
        assert back.assessment(made.target) == made.model_copy(update={"observations": ()})
        assert (back.as_of, back.rules, back.number) == (YEAR, "default-1", 1)
    assert last["gdp"].observed == observation()


def test_every_judgement_is_kept_and_the_newest_is_the_last(judged, clock):
    clock.at += timedelta(days=1)
    judge(judged, read(judged, "119.00", 2, known_on=date(2025, 6, 1)))
    with judged.view() as unit:
        first, second = unit.assessments.history("county-14", "gdp")
        assert unit.assessments.last("county-14", ["gdp"]) == {"gdp": second}
        assert unit.assessments.last("county-14", ["trees", "x"]).keys() == {"trees"}
        assert unit.assessments.get(first.id) == first
    assert (first.metrics.value, second.metrics.value) == (Decimal("105.30"), Decimal("119.00"))
    assert second.at - first.at == timedelta(days=1)
    assert "revised" in second.flags
    assert second.cause == first.cause + 1


def test_from_the_judgement_to_the_sentence_and_what_read_it(judged):
    trace = judged.trace("county-14", "gdp")
    by_document = {step.document and step.document.sha256: step for step in trace.steps}
    report, own = by_document[document().sha256], by_document[None]
    assert trace.target == plan().target("gdp")
    assert trace.assessment.observed == report.observation == observation()
    assert report.figure == figure()
    assert report.sentence == observation().source.sentence.of(document().text)
    assert report.document.name == "report.txt"
    assert report.version == V1
    # what the plan states itself leads to the plan's text
    assert own.observation == plan().observations[0]
    assert own.sentence == "规划全文"
    assert (own.figure, own.version) == (None, V2)


def test_after_reading_anew_the_old_judgement_still_leads_to_the_old_reading(judged):
    judge(judged, read(judged, "106.10", version=V2))
    with judged.view() as unit:
        old, new = unit.assessments.history("county-14", "gdp")
    before = judged.trace("county-14", "gdp", assessment=old.id)
    after = judged.trace("county-14", "gdp")
    assert [s.version for s in before.steps if s.document] == [V1]
    assert [s.version for s in after.steps if s.document] == [V2]
    assert (before.assessment, after.assessment) == (old, new)
    assert [s.figure.text for s in after.steps if s.figure] == ["106.10"]


def test_every_metric_comes_back_exactly(judged):
    metrics = Metrics(
        value=Decimal("1E+3"),
        expected=Decimal("0.30"),
        gap=Decimal("-0.1000000000000000000000000001"),
        lead=0.1 + 0.2,
        pace=float("inf"),
        trend=5e-324,
        required_unit="亿元",
        goal_met=False,
        horizon_over=True,
    )
    made = Assessment(
        target=plan().target("gdp"),
        status=Status.LAGGING,
        label="moderate",
        rule="default/lagging",
        reason=Text(zh="“滞后”\n", en="it's lagging"),
        metrics=metrics,
        flags=("estimated", "stale"),
    )
    with judged.begin() as unit:
        rows = unit.assessments.add("county-14", [made], as_of=YEAR, rules="r", run=None)
        back = unit.assessments.get(rows["gdp"])
    assert str(back.metrics) == str(metrics)
    assert back.assessment(made.target) == made


def test_a_judgement_on_what_is_not_in_the_store_is_refused(judged):
    board = flow.assess(plan(), [observation("7.0", doc="nowhere.txt")], as_of=YEAR)
    with (
        pytest.raises(UsageError, match=r"not in the store .*2024, nowhere\.txt"),
        judged.begin() as unit,
    ):
        unit.assessments.add("county-14", board, as_of=YEAR, rules="r", run=None)
    with judged.view() as unit:
        assert len(unit.assessments.history("county-14", "gdp")) == 1


def test_a_plan_that_was_read_in_another_unit_is_known_all_the_same(judged):
    board = flow.assess(plan(), [], as_of=YEAR)
    assert board["gdp"].observations == plan().observations
    with judged.begin() as unit:
        rows = unit.assessments.add("county-14", board, as_of=YEAR, rules="r", run=None)
    (step,) = judged.trace("county-14", "gdp", assessment=rows["gdp"]).steps
    assert step.observation == plan().observations[0]


def test_targets_without_a_new_value(judged):
    with judged.view() as unit:
        fresh = unit.assessments.without_new_value(date(2025, 1, 20))
        stale = unit.assessments.without_new_value(date(2025, 1, 21))
    assert [(s.plan, s.target_id, s.newest_known_on) for s in fresh] == [
        ("county-14", "trees", None)
    ]
    assert [(s.target_id, s.newest_period, s.newest_known_on) for s in stale] == [
        ("gdp", YEAR, date(2025, 1, 20)),
        ("trees", None, None),
    ]


def test_what_counts_judges_like_the_whole_history(judged):
    """The store hands out the winners only; the board is the same as from all vintages."""
    values = [
        observation(value, series=GDP, period=period, known_on=date(2025, month, 1), doc=f"{month}")
        for month, value, period in (
            (5, "101", "2023"),
            (2, "99", "2023"),
            (3, "110", "2024"),
            (9, "110.0", "2024"),
            (7, "109", "2024"),
            (8, "109", "2024H1"),
        )
    ]
    for one in values:
        with judged.begin() as unit:
            unit.observations.add([one], run=None)
    everything = [observation(), *values]
    with judged.view() as unit:
        counting = unit.observations.current(["gdp"])
    assert len(counting) < len(everything)
    left, right = (flow.assess(plan(), some, as_of=YEAR)["gdp"] for some in (counting, everything))
    assert (left.status, left.metrics, left.reason) == (right.status, right.metrics, right.reason)
    assert left.flags == right.flags


def test_without_a_judgement_there_is_no_trace(judged):
    with pytest.raises(UsageError, match="no target 'x'"):
        judged.trace("county-14", "x")
    with judged.view() as unit:
        trees = unit.assessments.last("county-14")["trees"].id
    with pytest.raises(UsageError, match="no such assessment"):
        judged.trace("county-14", "gdp", assessment=trees)
    with pytest.raises(UsageError, match="no assessment 999"):
        judged.trace("county-14", "gdp", assessment=999)
