"""The rule set opensdg against the answers of Open SDG's own code."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from plantrack.assess import load_rules
from plantrack.model import Direction, External, Status

D = Decimal


@pytest.fixture(scope="module")
def cases(shared: Path) -> list[dict[str, str]]:
    text = (shared / "oracles" / "opensdg.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def judged(desk, case, rules):
    """A case as a target: its year as horizon, its baseline, its value as the one observation."""
    no_goal = not case["target_value"]
    end = "2040" if no_goal else case["target_year"]
    start = case["baseline_year"]
    target = desk.target(
        External() if no_goal else case["target_value"],
        horizon=f"{int(start) + 1}/{end}",
        baseline=case["baseline_value"],
        baseline_period=start,
        direction=Direction.UP if case["direction"] == "positive" else Direction.DOWN,
    )
    if case["limit"]:
        rules = rules.model_copy(update={"limits": {"指标": D(case["limit"])}})
    seen = desk.seen(case["current_year"], case["current_value"])
    return desk.judge(target, seen, as_of=case["current_year"], rules=rules)


def test_all_140_cases(desk, cases):
    assert len(cases) == 140
    rules = load_rules("opensdg")
    wrong = []
    for case in cases:
        found = judged(desk, case, rules)
        expected = float(case["ratio"])
        same = found.metrics.ratio == pytest.approx(expected, abs=1e-9, rel=1e-9)
        if not same or found.label != case["status"]:
            wrong.append((case["case"], expected, found.metrics.ratio, case["status"], found.label))
    assert wrong == []


def test_labels_have_one_status_each(desk, cases):
    rules = load_rules("opensdg")
    pairs = {(a.label, a.status) for a in (judged(desk, c, rules) for c in cases)}
    assert pairs == {
        ("target_achieved", Status.ACHIEVED),
        ("substantial_progress", Status.ON_TRACK),
        ("moderate_progress", Status.LAGGING),
        ("limited_progress", Status.OFF_TRACK),
        ("deterioration", Status.OFF_TRACK),
    }


@pytest.fixture(scope="module")
def opensdg():
    return load_rules("opensdg")


def test_a_target_past_its_year_is_not_moderate(desk, opensdg):
    target = desk.target("10", horizon="2021/2025", baseline="5")
    found = desk.judge(target, desk.seen(2025, "9"), as_of=2026, rules=opensdg)
    assert (found.status, found.label) == (Status.MISSED, "")


def test_zero_is_not_replaced(desk, opensdg):
    target = desk.target("10", baseline="0")
    found = desk.judge(target, desk.seen(2027, "3"), as_of=2027, rules=opensdg)
    assert (found.status, found.label, found.metrics.ratio) == (
        Status.NO_DATA,
        "not_assessed",
        None,
    )


def test_a_change_of_sign_has_no_ratio(desk, opensdg):
    target = desk.target("10", baseline="-5")
    found = desk.judge(target, desk.seen(2027, "3"), as_of=2027, rules=opensdg)
    assert (found.label, found.metrics.ratio) == ("not_assessed", None)


def test_two_negatives_follow_the_method(desk, opensdg):
    target = desk.target("-5", baseline="-10")
    found = desk.judge(target, desk.seen(2027, "-8"), as_of=2027, rules=opensdg)
    go = (8 / 10) ** (1 / 2) - 1
    gr = (5 / 10) ** (1 / 5) - 1
    assert found.metrics.ratio == pytest.approx(-go / abs(gr))
    assert found.label == "moderate_progress"


@pytest.mark.parametrize(
    ("value", "label"),
    [
        ("100", "limited_progress"),
        ("101.5", "substantial_progress"),
        ("100.5", "moderate_progress"),
    ],
)
def test_thresholds_without_a_target_belong_to_the_better_class(desk, opensdg, value, label):
    target = desk.target(External(), baseline="100")
    found = desk.judge(target, desk.seen(2026, value), as_of=2026, rules=opensdg)
    # 1.5 % and 0.5 % of 100 in one year, up to the last digit of a float
    assert found.metrics.ratio == pytest.approx((float(value) - 100) / 100)
    nudged = desk.judge(target, desk.seen(2026, D(value) + D("0.0001")), as_of=2026, rules=opensdg)
    assert nudged.label == label


def test_at_the_limit_itself_holding_on_is_enough(desk, opensdg):
    rules = opensdg.model_copy(update={"limits": {"指标": D(100)}})
    target = desk.target(External(), baseline="100")
    stays = desk.judge(target, desk.seen(2026, "100"), as_of=2026, rules=rules)
    falls = desk.judge(target, desk.seen(2026, "99.9"), as_of=2026, rules=rules)
    assert (stays.label, falls.label) == ("substantial_progress", "deterioration")


def test_a_limit_the_other_way_does_not_count(desk, opensdg):
    rules = opensdg.model_copy(update={"limits": {"指标": D(0)}})
    target = desk.target(External(), baseline="50")
    found = desk.judge(target, desk.seen(2026, "50.2"), as_of=2026, rules=rules)
    assert found.label == "limited_progress"
