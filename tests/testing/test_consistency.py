"""Each check finds its contradiction, exactly at its boundary, and is silent one step before it."""

from __future__ import annotations

from pathlib import Path

import pytest

import plantrack as pt
from plantrack.datafile import seeds_path
from plantrack.errors import IncomparableError, UsageError
from plantrack.read.planfile import parse_plan
from plantrack.testing import Check, PlanAssertionError, assert_consistent, findings

HEAD = """
plan: town
title: 某市规划
region: 某市
period: 2026/2030
targets:
"""
SOUND = (
    "{id: area, indicator: 甲区面积, unit: 平方米, baseline: {period: 2025, value: 100},"
    " goal: {kind: reach, value: 200}}"
)


def plan(*targets: str, more: str = "") -> pt.Plan:
    return parse_plan(HEAD + "".join(f"- {target}\n" for target in targets) + more, "town.yaml")


def area(rest: str, target_id: str = "area") -> str:
    return f"{{id: {target_id}, indicator: {target_id}面积, unit: 平方米, {rest}}}"


def found(*targets: str, whole: tuple[str, ...] = (), more: str = "") -> list[tuple[str, str]]:
    return [(f.check.value, f.target_id) for f in findings(plan(*targets, more=more), whole=whole)]


BASE = "baseline: {period: 2025, value: 100}"
GOAL = "goal: {kind: reach, value: 200}"

# what is written, and the one check that finds it; None: nothing is wrong
CASES = [
    (SOUND, None),
    # milestones: period, order in time, order in value
    (area(f"{BASE}, {GOAL}, milestones: [{{period: 2027, value: 150}}]"), None),
    (area(f"{BASE}, {GOAL}, milestones: [{{period: 2027, value: 100}}]"), None),
    (area(f"{BASE}, {GOAL}, milestones: [{{period: 2027, value: 200}}]"), None),
    (area(f"{BASE}, {GOAL}, milestones: [{{period: 2027, value: 99}}]"), Check.MILESTONES),
    (area(f"{BASE}, {GOAL}, milestones: [{{period: 2027, value: 201}}]"), Check.MILESTONES),
    (area(f"{BASE}, {GOAL}, milestones: [{{period: 2025, value: 150}}]"), Check.MILESTONES),
    (area(f"{BASE}, {GOAL}, milestones: [{{period: 2031, value: 150}}]"), Check.MILESTONES),
    (
        area(
            f"{BASE}, {GOAL}, milestones: [{{period: 2028, value: 130}}, {{period: 2027, value: 150}}]"
        ),
        Check.MILESTONES,
    ),
    (
        area(
            f"{BASE}, {GOAL}, path: {{shape: milestones, points: [{{period: 2027, value: 130}}]}},"
            " milestones: [{period: 2027, value: 140}]"
        ),
        Check.MILESTONES,
    ),
    (
        area("goal: {kind: total, value: 200}, milestones: [{period: 2027, value: 80}]"),
        None,
    ),
    (
        area("goal: {kind: total, value: 200}, milestones: [{period: 2027, value: 201}]"),
        Check.MILESTONES,
    ),
    # a growth rate may go up and down
    (
        "{id: g, indicator: 产出, measure: growth, unit: '%', goal: {kind: reach, value: 5},"
        " baseline: {period: 2025, value: 4}, milestones: [{period: 2027, value: 6}]}",
        None,
    ),
    # units
    (area(f"baseline: {{period: 2025, value: 0.01, unit: 万平方米}}, {GOAL}"), None),
    (area(f"baseline: {{period: 2025, value: 100, unit: 吨}}, {GOAL}"), Check.UNITS),
    (area(f"{BASE}, goal: {{kind: reach, value: 200, unit: 吨}}"), Check.UNITS),
    (area(f'{BASE}, goal: {{kind: reach, value: "2:1"}}'), Check.UNITS),
    (
        area("goal: {kind: range, low: 1, high: 2, unit: 吨}, baseline: {period: 2025, value: 1}"),
        Check.UNITS,
    ),
    (
        "{id: gdp, indicator: 地区生产总值, indicator_id: gdp, unit: 万人,"
        " baseline: {period: 2025, value: 1}, goal: {kind: reach, value: 2}}",
        Check.UNITS,
    ),
    (
        "{id: gdp, indicator: 地区生产总值, indicator_id: gdp, unit: 元,"
        " baseline: {period: 2025, value: 1}, goal: {kind: reach, value: 2}}",
        None,
    ),
    (
        "{id: gdp, indicator: 地区生产总值, indicator_id: gdp, measure: growth, unit: 亿元,"
        " goal: {kind: hold, value: 5, unit: 亿元}}",
        Check.UNITS,
    ),
    # horizon
    (area(f"{BASE}, {GOAL}, horizon: 2026/2031"), Check.HORIZON),
    (area(f"baseline: {{period: 2024, value: 1}}, {GOAL}, horizon: 2025/2030"), Check.HORIZON),
    (area(f"{BASE}, {GOAL}, horizon: 2026/2027"), None),
    # direction: of the lexicon (unemployment is to fall), of the target, of the baseline
    (
        "{id: jobs, indicator: 城镇调查失业率, indicator_id: unemployment-surveyed, unit: '%',"
        " goal: {kind: hold, value: 5.5, cmp: le}}",
        None,
    ),
    (
        "{id: jobs, indicator: 城镇调查失业率, indicator_id: unemployment-surveyed, unit: '%',"
        " goal: {kind: hold, value: 5.5, cmp: ge}}",
        Check.DIRECTION,
    ),
    (area(f"{BASE}, goal: {{kind: reach, value: 99}}, direction: up"), Check.DIRECTION),
    (area(f"{BASE}, goal: {{kind: reach, value: 100}}, direction: up"), None),
    (area(f"{BASE}, goal: {{kind: reach, value: 101}}, direction: down"), Check.DIRECTION),
    (area(f"{BASE}, goal: {{kind: reach, value: 99, cmp: ge}}, direction: up"), None),
    # 左右: 5 % of the goal unless the target is binding
    (area(f"{BASE}, goal: {{kind: reach, value: 96, cmp: approx}}, direction: up"), None),
    (
        area(f"{BASE}, goal: {{kind: reach, value: 95, cmp: approx}}, direction: up"),
        Check.DIRECTION,
    ),
    (
        area(
            f"{BASE}, goal: {{kind: reach, value: 96, cmp: approx}}, direction: up, nature: binding"
        ),
        Check.DIRECTION,
    ),
    (
        "{id: cut, indicator: 单位地区生产总值二氧化碳排放下降, direction: down, unit: '%',"
        " measure: cumulative, goal: {kind: total, value: 14, cmp: ge}}",
        None,
    ),
    # baselines
    (area(GOAL), Check.BASELINES),
    (area(f"{GOAL}, results: [{{period: 2025, value: 100}}]"), None),
    (area(f"{GOAL}, results: [{{period: 2024, value: 100}}]"), Check.BASELINES),
    (area(f"baseline: {{period: 2026, value: 100}}, {GOAL}"), Check.BASELINES),
    (area("goal: {kind: total, value: 200}"), None),
    (area("goal: {kind: hold, value: 200}"), None),
    (area("goal: {kind: external, text: 另定}"), None),
    (area("goal: {kind: multiply, factor: 2, base_year: 2020}"), Check.BASELINES),
    (
        area(
            "goal: {kind: multiply, factor: 2, base_year: 2020}, results: [{period: 2020, value: 1}]"
        ),
        None,
    ),
    # paths
    (area(f"{BASE}, {GOAL}, path: {{shape: geometric}}"), None),
    (
        area(f"baseline: {{period: 2025, value: 0}}, {GOAL}, path: {{shape: geometric}}"),
        Check.PATHS,
    ),
    (area(f"{BASE}, {GOAL}, path: {{shape: logistic, midpoint: 2025, steepness: 1}}"), None),
    (area(f"{BASE}, {GOAL}, path: {{shape: logistic, midpoint: 2024, steepness: 1}}"), Check.PATHS),
    (area(f"{BASE}, {GOAL}, path: {{shape: logistic, midpoint: 2027, steepness: 0}}"), Check.PATHS),
    (area("goal: {kind: hold, value: 2}, path: {shape: linear}"), Check.PATHS),
    (area("goal: {kind: hold, value: 2}, path: {shape: constant}"), None),
]


@pytest.mark.parametrize(("target", "check"), CASES)
def test_one_target_has_one_contradiction_or_none(target, check):
    assert [name for name, _ in found(target)] == ([] if check is None else [check.value])


def test_every_check_has_a_case_that_finds_something():
    elsewhere = {Check.PARTS, Check.DUPLICATES}
    assert {check for _, check in CASES if check is not None} | elsewhere == set(Check)


# Parts ----------------------------------------------------------------------------------------


def parts(whole: str, *goals: str, unit: str = "平方米") -> list[str]:
    targets = [
        f"{{id: whole, indicator: 面积, unit: {unit}, {BASE}, goal: {{kind: reach, {whole}}}}}"
    ]
    targets += [
        f"{{id: p{i}, indicator: 其中{i}, unit: {unit}, {BASE}, parent: whole, goal: {{kind: reach, {g}}}}}"
        for i, g in enumerate(goals)
    ]
    return targets


@pytest.mark.parametrize(
    ("whole", "goals", "exceed", "fall_short"),
    [
        ("value: 200", ["value: 120", "value: 80"], False, False),
        ("value: 200", ["value: 120", "value: 81"], True, True),
        ("value: 200", ["value: 120", "value: 79"], False, True),
        # rounded to one place: off by at most 0.05 each
        ("value: 1.3", ["value: 0.7", "value: 0.7"], False, False),
        ("value: 1.3", ["value: 0.7", "value: 0.8"], True, True),
        ("value: 1.3", ["value: 0.6", "value: 0.6"], False, False),
        ("value: 1.3", ["value: 0.5", "value: 0.6"], False, True),
        # bounds
        ("value: 200, cmp: ge", ["value: 120", "value: 90"], False, False),
        ("value: 200", ["value: 120, cmp: ge", "value: 81, cmp: ge"], True, True),
        ("value: 200", ["value: 120, cmp: ge", "value: 60, cmp: ge"], False, False),
        ("value: 200", ["value: 150, cmp: le", "value: 150, cmp: le"], False, False),
        ("value: 200", ["value: 90, cmp: le", "value: 90, cmp: le"], False, True),
        ("value: 200, cmp: approx", ["value: 120", "value: 90"], False, False),
        ("value: 200, cmp: approx", ["value: 120", "value: 91"], True, True),
        # other magnitudes
        ("value: 200", ["value: 0.02, unit: 万平方米"], False, False),
        ("value: 200", ["value: 0.05, unit: 万平方米"], True, True),
    ],
)
def test_parts_do_not_exceed_their_whole_and_add_up_where_they_are_all(
    whole, goals, exceed, fall_short
):
    targets = parts(whole, *goals)
    assert found(*targets) == ([("parts", "whole")] if exceed else [])
    assert found(*targets, whole=("whole",)) == ([("parts", "whole")] if fall_short else [])


def test_what_does_not_add_up_is_not_added_up():
    targets = parts("value: 40", "value: 30", "value: 30", unit="'%'")
    assert found(*targets) == []
    with pytest.raises(IncomparableError, match=r"rules/consistency\.yaml"):
        found(*targets, whole=("whole",))


def test_a_part_of_another_kind_is_left_aside_or_refused_where_the_sum_is_asked_for():
    targets = parts("value: 200", "value: 120", "value: 500, unit: 吨")
    assert found(*targets) == [("units", "p1")]
    with pytest.raises(IncomparableError, match="another kind, unit or horizon: p1"):
        found(*targets, whole=("whole",))
    with pytest.raises(IncomparableError, match="no target names it"):
        found(*targets, whole=("p0",))
    with pytest.raises(UsageError, match="has no target 'all'"):
        found(*targets, whole=("all",))


def test_no_target_is_a_part_of_itself():
    sound = plan(area(f"{BASE}, {GOAL}", "a"), area(f"{BASE}, {GOAL}, parent: a", "b"))
    first = sound.targets[0].model_copy(update={"parent": "b"})
    looped = sound.model_copy(update={"targets": (first, sound.targets[1])})
    said = [(f.target_id, f.says.en) for f in findings(looped)]
    assert said == [
        ("a", "it is a part of itself: a → b → a"),
        ("b", "it is a part of itself: b → a → b"),
    ]


# Duplicates -----------------------------------------------------------------------------------


def test_a_series_stands_once_for_a_horizon():
    again = SOUND.replace("area", "again")
    assert found(SOUND, again) == [("duplicates", "again")]
    assert found(SOUND, again.replace("id: again", "id: again, scope: 某市")) == [
        ("duplicates", "again")
    ]
    assert found(SOUND, again.replace("id: again", "id: again, scope: 邻市")) == []
    assert found(SOUND, again.replace("id: again", "id: again, horizon: 2026/2027")) == []
    assert found(SOUND, again.replace("reach", "total")) == []


@pytest.mark.parametrize(("value", "said"), [(200, "the same goal"), (201, "another goal")])
def test_a_duplicate_says_whether_the_goals_agree(value, said):
    again = SOUND.replace("area", "again").replace("200", str(value))
    (finding,) = findings(plan(SOUND, again))
    assert finding.says.en == f"the series and horizon of 'area' again, with {said}"


# The assertion --------------------------------------------------------------------------------


def test_everything_is_told_at_once():
    bad = [
        area(
            f"baseline: {{period: 2025, value: 1, unit: 吨}}, {GOAL}, horizon: 2026/2031, row: 3",
            "a",
        ),
        area(GOAL, "b"),
    ]
    with pytest.raises(PlanAssertionError) as caught:
        assert_consistent(plan(*bad))
    assert caught.value.target_ids == ("a", "b")
    assert str(caught.value).splitlines() == [
        "town (某市规划): 3 inconsistencies",
        "  [units] a",
        "    基期值的单位“吨”不能换算为“平方米”",
        "    the baseline's unit '吨' cannot be turned into '平方米'",
        "  出处 Source: town.yaml 表行 row 3",
        "  [horizon] a",
        "    期限2026/2031超出规划期2026/2030",
        "    the horizon 2026/2031 reaches beyond the plan's period 2026/2030",
        "  出处 Source: town.yaml 表行 row 3",
        "  [baselines] b",
        "    没有基期值",
        "    no baseline is known",
        "  出处 Source: town.yaml",
    ]
    with pytest.raises(PlanAssertionError, match="1 inconsistency"):
        assert_consistent(plan(*bad), skip=["units", Check.BASELINES])
    assert_consistent(plan(*bad), skip=["units", "baselines", "horizon"])


def test_what_is_no_plan_or_an_empty_one_is_refused(board):
    for wrong in (board, None, "plan.yaml"):
        with pytest.raises(IncomparableError, match=f"found {type(wrong).__name__}"):
            assert_consistent(wrong)
    with pytest.raises(IncomparableError, match="has no targets"):
        assert_consistent(pt.Plan(id="p", title="", period=pt.Period.years(2026)))
    with pytest.raises(UsageError, match=r"no check 'colour'\. Allowed: parts, milestones"):
        assert_consistent(board.plan, skip=["colour"])


# The seeds: what is really contradictory in them, baselines aside, which many plans do not print.
SEEDS = {
    "chongqing-15-proposal.yaml": [],
    "chongqing-15.yaml": [],
    "chongqing-2025.yaml": [
        ("horizon", "gdp-2027"),  # goals for 2027 in a plan for 2025
        ("horizon", "gdp-per-capita-2027"),
        ("direction", "new-urban-jobs"),  # 65 planned, 71.9 reached the year before
    ],
    "jiulongpo-13.yaml": [],
    "jiulongpo-14.yaml": [("duplicates", "business-entities-stretch")],  # 25, and 30 to strive for
}


def test_every_seed_has_its_findings():
    assert {path.name for path in Path(seeds_path("plans")).glob("*.yaml")} == set(SEEDS)


@pytest.mark.parametrize("name", SEEDS)
def test_real_plans_raise_no_false_alarm(name):
    found = findings(pt.read_plan(seeds_path("plans", name)), skip=[Check.BASELINES])
    assert [(f.check.value, f.target_id) for f in found] == SEEDS[name]
