"""Every rule of extraction names its construction and is needed by examples."""

from __future__ import annotations

import random
import re

import pytest
import yaml
from rulework import ENOUGH, FILES, SETTINGS, kept, lost, rules

from plantrack.datafile import rules_path

# What an entry of several fields calls itself by.
NAMES = {"kind", "names", "role", "cmp", "means", "says"}
RULES = tuple(rules())


def unnamed(file: str) -> list[str]:
    """The rules of a file that say nowhere what they are for: on their line, above it, or in the file's head."""
    text = rules_path(f"{file}.yaml").read_text(encoding="utf-8")
    lines = text.splitlines()
    head = "\n".join(line for line in lines[:40] if line.startswith("#"))
    tree = yaml.compose(text)
    assert isinstance(tree, yaml.MappingNode)

    def commented(line: int) -> bool:
        return " #" in lines[line] or lines[line - 1].lstrip().startswith("#")

    found = []
    for key, value in tree.value:
        if f"{file}.{key.value}" in SETTINGS:
            continue
        named = commented(key.start_mark.line) or re.search(rf"^#\s+{key.value}\b", head, re.M)
        if isinstance(value, yaml.SequenceNode) and not value.flow_style and file != "cues":
            for n, entry in enumerate(value.value):
                fields = {k.value for k, _ in entry.value} if entry.id == "mapping" else set()
                own = commented(entry.start_mark.line) or fields & NAMES
                if not own or not named:
                    found.append(f"{file}.{key.value}[{n}]")
        elif not named:
            found.append(f"{file}.{key.value}")
    return found


@pytest.mark.parametrize("file", FILES)
def test_every_rule_says_what_construction_it_is_for(file: str) -> None:
    assert unnamed(file) == []


def test_each_rule_is_needed_by_three_examples() -> None:
    """The kept result is whole, and names examples that are there; `python -m rulework` makes it anew."""
    found = kept()
    assert [rule for rule in RULES if rule not in found] == []
    assert [rule for rule in RULES if len(found[rule]) < ENOUGH] == []


def test_the_kept_examples_are_read_wrong_without_their_rule() -> None:
    """Some rules, others with every change of the kept result, are left out again."""
    found = kept()
    tried = random.Random(str(found)).sample([r for r in RULES if found[r]], 5)
    assert [rule for rule in tried if not lost(rule, found[rule])] == []
