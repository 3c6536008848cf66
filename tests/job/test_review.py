"""What a person decides: doubtful figures, names, goals."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from plantrack.datafile import rules_path
from plantrack.errors import UsageError
from plantrack.job.doubts import Correction, Question, review_rules
from plantrack.job.learned import forget_tools, learn
from plantrack.job.plans import find_target
from plantrack.job.resolving import goal_from, resolve
from plantrack.job.review import accept, correct, reject
from plantrack.job.session import session
from plantrack.link import Lexicon
from plantrack.model import Comparator, Direction
from plantrack.store import ReviewKind, ReviewState
from tests.job.conftest import report


@pytest.fixture(autouse=True)
def fresh_tools():
    """A lexicon learned in one test is none of another's."""
    yield
    forget_tools()


def decide(desk, work: Callable[..., object], *args: object, **said: object):
    with session(desk.workspace, desk.world, desk.new_run()) as at_work:
        return work(at_work, *args, **said)


def items(desk, kind: ReviewKind, state: ReviewState = ReviewState.OPEN):
    return [i for i in desk.ask(lambda unit: unit.review.list(state)) if i.kind is kind]


@pytest.fixture
def doubtful(watched):
    """A desk with every figure of a report in doubt."""
    from plantrack import flow

    made = flow.tools()
    strict = made.confidence.model_copy(update={"review": 1.0})
    object.__setattr__(made, "confidence", strict)
    watched.put("a.txt", report(2026, "3.48", "74"))
    summary = watched.run()
    assert (summary.observations, summary.doubtful) == (0, 2)
    return watched


def test_a_doubtful_figure_does_not_count_until_it_is_accepted(doubtful):
    assert doubtful.statuses()["gdp"] == "no_data"
    gdp, urban = items(doubtful, ReviewKind.FIGURE)
    assert gdp.source.indicator == "地区生产总值"
    assert "地区生产总值3.48万亿元" in Question.model_validate(gdp.payload).sentence
    changed = decide(doubtful, accept, gdp.id, by="李", note="核对无误")
    assert [(c.target, c.now.value) for c in changed] == [("gdp", "on_track")]
    assert items(doubtful, ReviewKind.FIGURE) == [urban]
    [kept] = items(doubtful, ReviewKind.FIGURE, ReviewState.ACCEPTED)
    assert (kept.by, kept.note) == ("李", "核对无误")
    trace = doubtful.ask(lambda unit: unit.observations.current(["地区生产总值"]))
    assert trace[0].source.doc == "a.txt"
    assert trace[0].known_on.isoformat() == "2028-03-01"


def test_a_figure_can_be_corrected(doubtful):
    gdp, urban = items(doubtful, ReviewKind.FIGURE)
    changed = decide(doubtful, correct, gdp.id, Correction(value="3.40"), by="李")
    assert [(c.target, c.now.value) for c in changed] == [("gdp", "lagging")]
    changed = decide(doubtful, correct, urban.id, Correction(value="75.1", period="2027"), by="李")
    assert [c.target for c in changed] == ["urban"]
    [seen] = doubtful.ask(lambda unit: unit.observations.current(["常住人口城镇化率"]))
    assert (str(seen.period), seen.quantity.written) == ("2027", "75.1")


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({}, "--value"),
        ({"value": "viel"}, "no value"),
        ({"value": "NaN"}, "no value"),
        ({"period": "soon"}, "cannot be understood"),
        ({"measure": "size"}, "cannot be understood"),
        ({"indicator": "nosuch"}, "no indicator 'nosuch'"),
    ],
)
def test_a_correction_that_makes_no_sense_changes_nothing(doubtful, said, message):
    gdp, _ = before = items(doubtful, ReviewKind.FIGURE)
    with pytest.raises(UsageError, match=message):
        decide(doubtful, correct, gdp.id, Correction(**said), by="李")
    assert items(doubtful, ReviewKind.FIGURE) == before


def test_what_was_rejected_stays_out_and_is_not_asked_about_again(doubtful):
    gdp, _ = items(doubtful, ReviewKind.FIGURE)
    decide(doubtful, reject, gdp.id, by="李")
    assert doubtful.statuses()["gdp"] == "no_data"
    with pytest.raises(UsageError, match="rejected by 李"):
        decide(doubtful, accept, gdp.id, by="王")
    with pytest.raises(UsageError):
        decide(doubtful, accept, 999, by="王")


PLAN = """\
plan: chongqing-15
title: 重庆市“十五五”规划
region: {name: 重庆市, code: '500000'}
period: 2026/2030
targets:
  - id: civilised
    indicator: 全国文明城市
    indicator_id: civilised-cities
    unit: 个
    baseline: {period: 2025, value: 10}
    goal: {kind: reach, value: 20}
    horizon: 2026/2030
"""
REPORT = (
    "2026年重庆市国民经济和社会发展统计公报\n\n2026年，全国文明城市（区）称号的区县达到12个。\n"
)


def test_a_name_that_is_accepted_is_learned_and_documents_are_read_again(desk):
    desk.plan(PLAN)
    desk.at("2028-03-01")
    desk.put("a.txt", REPORT)
    assert desk.run().doubtful == 1
    assert desk.statuses()["civilised"] == "no_data"
    [item] = items(desk, ReviewKind.ALIAS)
    assert Question.model_validate(item.payload).candidates[0].indicator_id == "civilised-cities"
    decide(desk, accept, item.id, by="李")
    own = Lexicon.read(rules_path("lexicon"), own=desk.workspace.lexicon)
    assert own.identify(Question.model_validate(item.payload).phrase) == "civilised-cities"
    summary = desk.run(again=True)
    assert summary.read == 1
    assert desk.statuses()["civilised"] == "ahead"
    [document] = desk.ask(lambda unit: unit.documents.list())
    readings = desk.ask(lambda unit: unit.documents.readings(document.sha256))
    assert [r.current for r in readings] == [False, True]
    assert desk.run(again=True).read == 0


def test_a_name_that_another_indicator_has_cannot_be_learned(desk):
    desk.plan(PLAN)
    desk.at("2028-03-01")
    desk.put("a.txt", REPORT)
    desk.run()
    [item] = items(desk, ReviewKind.ALIAS)
    decide(desk, accept, item.id, by="李")
    text = (desk.workspace.lexicon / "learned.yaml").read_text("utf-8")
    gdp = Lexicon.load()["gdp"]
    with pytest.raises(UsageError, match="stands already"):
        learn(desk.workspace.lexicon, Question.model_validate(item.payload).phrase, gdp)
    assert (desk.workspace.lexicon / "learned.yaml").read_text("utf-8") == text
    assert desk.names("lexicon") == ["learned.yaml"]


def test_names_that_another_process_learns_count_from_the_next_pass_on(watched):
    """A `watch` that lives for months, and people who review beside it."""
    folder, gdp = watched.workspace.lexicon, Lexicon.load()["gdp"]
    for number, phrase in enumerate(("辖区产出总值", "辖区增值总额")):
        learn(folder, phrase, gdp)
        text = report(2026 + number, "3.48", "74").replace("地区生产总值", phrase)
        watched.put(f"{number}.txt", text)
        assert watched.run().linked == 2
    assert watched.statuses()["gdp"] != "no_data"


def test_a_goal_from_above_is_resolved_and_judged(watched):
    watched.put(
        "a.csv",
        "indicator,scope,period,value,unit\n细颗粒物（PM2.5）浓度,重庆市,2026,30,微克/立方米\n",
    )
    watched.run()
    assert watched.statuses()["pm25"] == "unresolved"
    changed = decide(watched, resolve, "pm25", "≤31.5", by="李", note="渝府办发〔2026〕1号")
    assert [(c.target, c.now.value) for c in changed] == [("pm25", "achieved")]
    [kept] = watched.ask(lambda unit: unit.plans.resolutions())
    assert (kept.by, kept.note, kept.goal.quantity.written) == ("李", "渝府办发〔2026〕1号", "31.5")
    with pytest.raises(UsageError, match="is known"):
        decide(watched, resolve, "gdp", "5", by="李")


@pytest.mark.parametrize(
    ("written", "cmp", "number", "unit"),
    [
        ("≥90%", Comparator.GE, "90", "%"),
        (">= 90 %", Comparator.GE, "90", "%"),
        ("<31.5 微克", Comparator.LT, "31.5", "微克"),
        ("31.5", Comparator.LE, "31.5", "微克/立方米"),
        ("5~5.5%", Comparator.RANGE, "5~5.5", "%"),
        ("≤2.1:1", Comparator.LE, "2.1:1", ""),
        ("-3", Comparator.LE, "-3", "微克/立方米"),
    ],
)
def test_a_goal_is_read_as_people_write_it(watched, written, cmp, number, unit):
    plans = watched.ask(lambda unit: [one.plan for one in unit.plans.current()])
    plan, name = find_target(plans, "细颗粒物（PM2.5）浓度")
    goal = goal_from(written, plan.target(name), Direction.DOWN)
    assert (goal.quantity.cmp, goal.quantity.written, goal.quantity.unit) == (cmp, number, unit)


@pytest.mark.parametrize("written", ["", "much", "≥", "≥ %", "1~", "__import__('os')"])
def test_what_is_no_goal_is_refused(watched, written):
    plans = watched.ask(lambda unit: [one.plan for one in unit.plans.current()])
    target = plans[0].target("pm25")
    with pytest.raises(UsageError, match=r"no goal|no value"):
        goal_from(written, target, None)


def test_a_target_is_found_by_its_ids_and_its_indicator(watched):
    plans = watched.ask(lambda unit: [one.plan for one in unit.plans.current()])
    for wanted in ("gdp", "chongqing-15/gdp", "地区生产总值"):
        assert find_target(plans, wanted)[1] == "gdp"
    with pytest.raises(UsageError, match="Perhaps chongqing-15/gdp"):
        find_target(plans, "生产总值")
    with pytest.raises(UsageError, match="one of several"):
        find_target([plans[0], plans[0].model_copy(update={"id": "two"})], "gdp")


def test_the_rules_of_review_are_shares():
    assert 0 < review_rules().least <= 1
