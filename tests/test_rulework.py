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
# Rules that fewer examples need: most of them say what another rule or the default says too (a note
# that 累计 is a sum, where the mark means that anyway), so that nothing is lost without them. The list
# may only get shorter.
FEW = {
    "structure.headings[5]": 0,
    "structure.headings[7]": 0,
    "structure.region_before": 0,
    "structure.tables.words": 0,
    "structure.tables.title_hint": 0,
    "structure.tables.unit_line": 0,
    "structure.tables.note_goes_on": 0,
    "tables.header[5]": 0,
    "tables.roles[0]": 2,
    "tables.roles[1]": 0,
    "tables.roles[2]": 0,
    "tables.roles[3]": 2,
    "tables.sum_header": 0,
    "tables.review_title": 0,
    "tables.no_data": 0,
    "tables.words": 0,
    "tables.goal_words": 0,
    "tables.default_meaning": 1,
    "tables.standalone": 1,
    "tables.rate_end": 0,
    "tables.rate_of_its_own": 1,
    "tables.stock_phrase": 2,
    "tables.clause_number": 0,
    "tables.meanings[0]": 0,
    "tables.meanings[1]": 0,
    "tables.meanings[2]": 1,
    "tables.meanings[3]": 0,
}


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
    few = {rule: len(found[rule]) for rule in RULES if len(found[rule]) < ENOUGH}
    assert few == FEW


def test_the_kept_examples_are_read_wrong_without_their_rule() -> None:
    """Some rules, others with every change of the kept result, are left out again."""
    found = kept()
    tried = random.Random(str(found)).sample([r for r in RULES if found[r]], 5)
    assert [rule for rule in tried if not lost(rule, found[rule])] == []
