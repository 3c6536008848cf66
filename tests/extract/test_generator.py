"""Thousands of made sentences whose answers are known: every construction with many indicators and values."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
from extract.generator import FIELDS, Construction, constructions, nouns, read, sentences

EACH = 50  # sentences of a construction
ALL = constructions().constructions
DOCS = Path(__file__).parents[2] / "docs" / "extraction.md"


@lru_cache(maxsize=len(ALL))
def results(name: str) -> list[dict[str, bool]]:
    construction = next(c for c in ALL if c.name == name)
    return read(construction, list(sentences(construction, EACH)))


def wholly_right(found: list[dict[str, bool]]) -> float:
    return sum(all(r.values()) for r in found) / len(found) if found else 1.0


@pytest.mark.parametrize(
    "construction",
    [
        pytest.param(c, id=c.name, marks=pytest.mark.xfail(reason=c.lacking) if c.lacking else ())
        for c in ALL
    ],
)
def test_a_construction_is_read_whatever_it_speaks_of(construction: Construction) -> None:
    """Some indicators have names that mislead: nearly all must be wholly right all the same."""
    found = results(construction.name)
    assert wholly_right(found) >= 0.92, Counter(k for r in found for k, ok in r.items() if not ok)


def test_hardly_anything_is_wrong_over_all_constructions() -> None:
    found = [r for c in ALL if not c.lacking for r in results(c.name)]
    assert len(found) > 4_000
    right = {field: sum(r[field] for r in found) / len(found) for field in FIELDS}
    assert min(right["found"], right["kind"], right["value"], right["cmp"], right["scope"]) >= 0.999
    assert min(right["measure"], right["period"]) >= 0.995
    assert min(right["indicator"], right["linked"]) >= 0.97
    assert wholly_right(found) >= 0.97


def test_there_are_constructions_of_all_kinds_of_text() -> None:
    assert len(ALL) >= 80
    assert len({c.name for c in ALL}) == len(ALL)
    by_frame = Counter(c.frame for c in ALL)
    assert set(by_frame) == set(constructions().frames)
    assert min(by_frame["plan"], by_frame["report"]) >= 30
    assert {name: len(group) for name, group in nouns().items() if len(group) < 15} == {}


def test_the_same_sentences_are_made_on_every_run() -> None:
    assert list(sentences(ALL[0], 5)) == list(sentences(ALL[0], 5))
    assert len({s.text for c in ALL for s in sentences(c, EACH)}) > 0.95 * EACH * len(ALL)


def test_an_answer_that_is_not_right_is_seen() -> None:
    """The comparison can fail in every field."""
    made = next(s for s in sentences(ALL[0], 1))
    answer = made.answers[0]
    for field, changed in {
        "found": {"start": answer.start + 1},
        "kind": {"kind": "actual"},
        "value": {"value": "-1"},
        "measure": {"measure": "growth"},
        "cmp": {"cmp": "lt"},
        "period": {"period": "2029"},
        "indicator": {"name": "别的"},
        "linked": {"id": "gpd"},
        "scope": {"scope": "别处"},
    }.items():
        other = made.model_copy(update={"answers": (answer.model_copy(update=changed),)})
        assert not read(ALL[0], [other])[0][field]


def test_what_is_not_read_as_it_should_be_is_told_to_users() -> None:
    told = DOCS.read_text(encoding="utf-8")
    assert [c.name for c in ALL if c.lacking and c.name not in told] == []
