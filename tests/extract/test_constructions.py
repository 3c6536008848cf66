"""The constructions of rules/constructions.yaml."""

from __future__ import annotations

import re

import pytest
from regexsteps import last_letters

from plantrack.datafile import load, rules_path
from plantrack.extract import Constructions
from plantrack.extract.constructions import AtEnd

RULES = load(rules_path("constructions.yaml"), Constructions)
AT_END = {name: rule for name, rule in RULES if isinstance(rule, AtEnd)}


def test_patterns_that_hold_at_the_end_are_there() -> None:
    assert len(AT_END) > 5


@pytest.mark.parametrize("name", AT_END)
def test_the_last_letters_told_are_those_that_a_match_can_end_in(name: str) -> None:
    rule = AT_END[name]
    assert last_letters(rule.pattern.pattern) == set(rule.last)


def test_nothing_is_searched_for_in_a_text_with_another_last_letter() -> None:
    rule = AtEnd(last="标务", pattern=re.compile("(?:任务|指标)$"))
    for text in ("年度任务", "约束性指标"):
        match = rule.search(text)
        assert match is not None
        assert match[0] == text[-2:]
        assert rule.without(text) == text[:-2]
        assert rule.fullmatch(text) is None
        assert rule.fullmatch(text[-2:]) is not None
    for text in ("", "任务书", "任务，"):
        assert rule.search(text) is None
        assert rule.without(text) == text


def test_a_stretch_of_a_text_is_searched_by_its_own_last_letter() -> None:
    rule = AtEnd(last="务", pattern=re.compile("任务$"))
    assert rule.search("任务38283座", 0, 2) is not None
    assert rule.search("任务38283座") is None
