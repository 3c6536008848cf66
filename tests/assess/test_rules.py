"""Rule files: the grammar, what it refuses and where it says so, and every shipped set."""

from __future__ import annotations

import pickle
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from plantrack.assess import RuleSet, load_rules, rule_sets
from plantrack.assess.rules import Condition, HorizonState, Metric, NatureChoice, Op, Question, When
from plantrack.errors import ReadError, RuleError, UsageError
from plantrack.model import Nature, Status

D = Decimal

HEAD = """\
id: mine
title: {zh: 我的, en: mine}
tolerance: {binding: 0, expected: 0.05, unstated: 0.05}
rules:
"""


def write(tmp_path: Path, rules: str) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(HEAD + rules, encoding="utf-8")
    return path


class TestShipped:
    def test_the_five_sets(self):
        assert set(rule_sets()) >= {"default", "eurostat", "opensdg", "sdsn", "un-progress"}

    @pytest.mark.parametrize("name", ["default", "eurostat", "opensdg", "sdsn", "un-progress"])
    def test_each_loads_names_itself_and_its_sources(self, name):
        rules = load_rules(name)
        assert rules.id == name
        assert rules.sources
        assert rules.title.zh
        assert rules.rules[-1].status is Status.NO_DATA

    @pytest.mark.parametrize("name", ["default", "eurostat", "opensdg", "sdsn", "un-progress"])
    @given(
        facts=st.dictionaries(
            st.sampled_from([m for m in Metric if not m.boolean]),
            st.none() | st.floats(-2, 2) | st.decimals(-2, 2, places=2),
        ),
        truths=st.dictionaries(st.sampled_from([m for m in Metric if m.boolean]), st.booleans()),
        nature=st.sampled_from(NatureChoice),
        goal=st.sampled_from(["reach", "hold", "total", "average_rate", "external"]),
        horizon=st.sampled_from(HorizonState),
    )
    def test_some_rule_always_fires(self, name, facts, truths, nature, goal, horizon):
        case = Question({**facts, **truths}, nature=nature, goal=goal, horizon=horizon)
        assert load_rules(name).first(case).status in Status

    def test_default_gives_every_status(self):
        assert {r.status for r in load_rules("default").rules} == set(Status)

    def test_default_comments_every_threshold(self):
        from plantrack.datafile import rules_path

        lines = rules_path("status", "default.yaml").read_text(encoding="utf-8").splitlines()
        numbers = [line for line in lines if "value: " in line and "#" not in line and "0." in line]
        assert len(numbers) >= 5
        assert sum(line.strip().startswith("#") for line in lines) > 30

    def test_round_trip(self):
        rules = load_rules("default")
        assert RuleSet.model_validate_json(rules.model_dump_json(by_alias=True)) == rules


class TestConditions:
    @pytest.mark.parametrize(
        ("op", "below", "on", "above"),
        [
            ("lt", True, False, False),
            ("le", True, True, False),
            ("eq", False, True, False),
            ("ne", True, False, True),
            ("ge", False, True, True),
            ("gt", False, False, True),
        ],
    )
    def test_every_op_on_its_boundary(self, op, below, on, above):
        condition = Condition(metric=Metric.RATIO, op=op, value=D("0.95"))
        found = [condition.holds(Question({Metric.RATIO: x})) for x in (0.9499999, 0.95, 0.9500001)]
        assert found == [below, on, above]

    def test_decimals_are_compared_exactly(self):
        condition = Condition(metric=Metric.GAP, op="ge", value=D("-0.1"))
        assert condition.holds(Question({Metric.GAP: D("-0.1")}))
        assert not condition.holds(Question({Metric.GAP: D("-0.10000000000000000001")}))

    def test_a_metric_without_meaning_satisfies_only_missing(self):
        for op in Op:
            value = None if op in (Op.KNOWN, Op.MISSING) else D(0)
            condition = Condition(metric=Metric.PACE, op=op, value=value)
            assert condition.holds(Question({Metric.PACE: None})) is (op is Op.MISSING)
            assert condition.holds(Question({})) is (op is Op.MISSING)

    def test_known(self):
        assert Condition(metric=Metric.PACE, op="known").holds(Question({Metric.PACE: 0.0}))

    def test_truths(self):
        met = Condition(metric=Metric.GOAL_MET, op="eq", value=True)
        assert met.holds(Question({Metric.GOAL_MET: True}))
        assert not met.holds(Question({Metric.GOAL_MET: False}))
        assert not met.holds(Question({Metric.GOAL_MET: None}))

    def test_nature_goal_and_horizon(self):
        case = Question({}, nature=NatureChoice.BINDING, goal="total", horizon=HorizonState.OVER)
        assert Condition(nature=("binding",)).holds(case)
        assert not Condition(nature=("expected", "unstated")).holds(case)
        assert Condition(goal=("hold", "total")).holds(case)
        assert not Condition(horizon="running").holds(case)
        assert NatureChoice.of(None) is NatureChoice.UNSTATED
        assert NatureChoice.of(Nature.BINDING) is NatureChoice.BINDING

    def test_all_and_any(self):
        high, low = ({"metric": "ratio", "op": op, "value": v} for op, v in (("gt", 1), ("lt", 0)))
        either = When.model_validate({"any": [high, low]})
        both = When.model_validate({"all": [high, low]})
        mixed = When.model_validate({"all": [{"nature": ["binding"]}], "any": [high, low]})
        outside = Question({Metric.RATIO: 2.0})
        assert either.holds(outside)
        assert not both.holds(outside)
        assert not mixed.holds(outside)
        assert mixed.holds(Question({Metric.RATIO: 2.0}, nature=NatureChoice.BINDING))
        assert When().always

    @pytest.mark.parametrize(
        ("data", "says"),
        [
            ({}, "none of them"),
            ({"metric": "ratio", "nature": ["binding"]}, "metric and nature"),
            ({"metric": "ratio"}, "needs an op"),
            ({"metric": "ratio", "op": "ge"}, "goes with a value"),
            ({"metric": "ratio", "op": "known", "value": 1}, "goes without a value"),
            ({"metric": "ratio", "op": "ge", "value": True}, "is a number"),
            ({"metric": "goal_met", "op": "eq", "value": 1}, "is true or false"),
            ({"metric": "goal_met", "op": "ge", "value": True}, "compared with eq or ne"),
            ({"nature": ["binding"], "op": "eq"}, "go with a metric"),
        ],
    )
    def test_what_asks_nothing_or_two_things_is_refused(self, data, says):
        with pytest.raises(ValidationError, match=says):
            Condition.model_validate(data)


class TestFiles:
    def test_a_set_of_ones_own(self, desk, tmp_path):
        path = write(
            tmp_path,
            "  - id: good\n"
            "    when: {all: [{metric: progress, op: ge, value: 0.5}]}\n"
            "    status: on_track\n"
            "    label: half_way\n"
            "    reason: {zh: '{facts}；完成{progress}（{status}）', en: '{facts}; {progress} done ({status})'}\n"
            "  - id: rest\n"
            "    status: lagging\n",
        )
        rules = load_rules(path)
        target = desk.target("20", baseline="10")
        found = desk.judge(target, desk.seen(2027, "15"), as_of=2027, rules=rules)
        assert (found.status, found.label, found.rule) == (Status.ON_TRACK, "half_way", "mine/good")
        assert found.reason.zh.endswith("；完成50%（正常）")
        assert found.reason.en.endswith("; 50% done (on track)")
        assert load_rules(str(path)) == rules

    @pytest.mark.parametrize(
        ("rules", "line", "column", "says"),
        [
            (
                "  - id: a\n    when: {all: [{metric: speed, op: ge, value: 1}]}\n    status: on_track\n",
                6,
                27,
                "attainment",
            ),
            (
                "  - id: a\n    when: {all: [{metric: ratio, op: above, value: 1}]}\n    status: on_track\n",
                6,
                38,
                "missing",
            ),
            ("  - id: a\n    status: fine\n", 6, 13, "off_track"),
            ("  - id: a\n    status: on_track\n    color: red\n", 7, 5, "color"),
            (
                "  - id: a\n    status: on_track\n    reason: {zh: '{x}', en: ''}\n",
                None,
                None,
                "knows no '{x}'",
            ),
            (
                "  - id: a\n    status: on_track\n    reason: {zh: '{facts.__class__}', en: ''}\n",
                None,
                None,
                "knows no",
            ),
            (
                "  - id: a\n    when: {all: [{nature: [binding]}]}\n    status: on_track\n",
                None,
                None,
                "the last rule must have no condition",
            ),
            (
                "  - id: a\n    status: on_track\n  - id: b\n    status: missed\n",
                None,
                None,
                "no rule after 'a'",
            ),
            (
                "  - id: a\n    when: {all: [{nature: [binding]}]}\n    status: missed\n  - id: a\n    status: missed\n",
                None,
                None,
                "the same id: a",
            ),
        ],
    )
    def test_the_place_and_what_is_allowed(self, tmp_path, rules, line, column, says):
        path = write(tmp_path, rules)
        with pytest.raises(RuleError) as caught:
            load_rules(path)
        error = caught.value
        assert error.file == str(path)
        assert says in error.message
        assert error.line is not None
        if line is not None:
            assert (error.line, error.column) == (line, column)
        assert str(pickle.loads(pickle.dumps(error))) == str(error)

    def test_an_unknown_name_lists_the_known(self):
        with pytest.raises(UsageError, match=r"no rule set 'strict'.*default, eurostat"):
            load_rules("strict")

    def test_a_missing_file(self, tmp_path):
        with pytest.raises(ReadError):
            load_rules(tmp_path / "no.yaml")

    def test_rules_are_plain_yaml(self):
        from plantrack.datafile import rules_path

        for name in rule_sets():
            text = rules_path("status", f"{name}.yaml").read_text(encoding="utf-8")
            assert yaml.safe_load(text)["id"] == name
