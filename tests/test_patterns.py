"""No regular expression costs more than work in proportion to its text, whatever the text."""

from __future__ import annotations

import ast
import json
import math
import subprocess
import sys
from pathlib import Path

import pytest
from regexsteps import Steps, TooManyStepsError, attacks, choices

PROJECT = Path(__file__).parents[1]
COMPILED = json.loads(
    subprocess.run(
        [sys.executable, Path(__file__).parent / "compiled.py"], capture_output=True, check=True
    ).stdout
)
# They are only ever asked whether something begins with them, or is all of it: a scalar of a YAML
# file, a goal that a person typed, the first bytes of a file, a file's name.
AT_ONE_PLACE = {
    "plantrack.datafile.tree",
    "plantrack.datafile.dump",
    "plantrack.job.resolving",
    "plantrack.read.formats",
    "plantrack.show.site.folder",
}
CALLS = {"search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
MODULES = sorted({module for *_, module in COMPILED})


def in_place() -> list[str]:
    """The patterns written where they are used: re.sub("…", …)."""
    return [
        node.args[0].value
        for path in sorted((PROJECT / "plantrack").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.value.id, node.func.attr in CALLS) == ("re", True)
        and isinstance(node.args[0], ast.Constant)
    ]


MOST_CHOICES = 300_000


def is_linear(pattern: str, flags: int = 0, *, whole: bool = False) -> bool:
    """Whether twice the text costs about twice the steps.

    Where all repeats are bounded it does, and only how often they can be taken may be too much;
    else it is tried. Attacks whose steps grow faster are tried at a size at which no repeat with a bound can grow.
    """
    if not math.isinf(ways := choices(pattern, flags)):
        return ways <= MOST_CHOICES
    steps = Steps(pattern, flags)

    def growth(short: str, long: str) -> float:
        before, after = (steps.search(text, places=1 if whole else None) for text in (short, long))
        return after / before

    sizes = (attacks(pattern, flags, size=n) for n in (20, 40, 240, 480))
    try:
        return all(
            growth(short, long) < 2.3 or growth(longer, longest) < 2.5
            for short, long, longer, longest in zip(*sizes, strict=True)
        )
    except TooManyStepsError:
        return False


@pytest.mark.parametrize("module", MODULES)
def test_every_compiled_pattern_takes_work_in_proportion_to_its_text(module: str) -> None:
    own = [(p, flags) for p, flags, name in COMPILED if name == module]
    whole = module in AT_ONE_PLACE
    assert [p for p, flags in own if not is_linear(p, flags, whole=whole)] == []


def test_every_pattern_written_in_place_does_too() -> None:
    assert len(in_place()) > 10
    assert [p for p in in_place() if not is_linear(p)] == []


def test_the_patterns_of_rules_and_of_modules_are_all_there() -> None:
    assert len(COMPILED) > 300
    for part in ("extract.clauses", "extract.numerals", "datafile.patterns", "link.aliases"):
        assert f"plantrack.{part}" in MODULES


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+$",
        r"(?:甲|甲乙?)*丙",
        r"\d+(?:,\d+)*\.$",
        r"x\s*y?\s*z?\s*w",
        r"[一二]+年",
        r"(甲{0,9}){0,9}乙",
        r"(?:^|[。\n])\s*(?:[—]{1,2}\s*)?到",
    ],
)
def test_the_counter_tells_what_is_not_linear(pattern: str) -> None:
    assert not is_linear(pattern)


@pytest.mark.parametrize(
    ("pattern", "text"), [(r"a{2,5}b", "aaaab"), (r"(?<=x)\d+", "yx12"), (r"(甲|乙)\1", "乙甲甲")]
)
def test_the_counter_matches_as_the_engine_does(pattern: str, text: str) -> None:
    found, missed = Steps(pattern), Steps(pattern)
    assert found.search(text) > 0
    assert found.found
    missed.search(text[::-1][1:])
    assert not missed.found


def test_patterns_are_counted_alike_on_every_machine() -> None:
    assert Steps(r"\d{1,3}年").search("12月" * 10) == Steps(r"\d{1,3}年").search("12月" * 10)
