"""Golden sentences: one construction each, written for the purpose, with all they say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plantrack import flow
from plantrack.model import Document, Outlook, Period, Section, SectionKind, Span
from plantrack.read import parse

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "golden" / "sentences.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


def document(case: dict) -> Document:
    """The sentence as a document of its own, with the periods the case gives."""
    text = case["text"]
    planned = case.get("planned")
    sections = ()
    if "outlook" in case:
        whole = Span(start=0, end=len(text))
        sections = (
            Section(
                kind=SectionKind.PART,
                title="",
                heading=Span(start=0, end=0),
                span=whole,
                outlook=Outlook(case["outlook"]),
            ),
        )
    return parse(text, "golden").model_copy(
        update={
            "reviewed": Period.parse(case["reviewed"]),
            "planned": Period.parse(planned) if planned else None,
            "region": None,
            "sections": sections,
        }
    )


def told(case: dict) -> list[dict]:
    """What the figures of the sentence say, as the cases write it."""
    found = []
    for figure in flow.figures(document(case)):
        quantity = figure.quantity
        said = {
            "text": figure.text,
            "kind": figure.kind.value,
            "indicator": figure.indicator,
            "measure": figure.measure.value,
            "cmp": quantity.cmp.value,
            "value": quantity.written,
            "unit": quantity.unit,
            "period": str(figure.period),
        }
        if figure.scope is not None:
            said["scope"] = figure.scope.name
        if quantity.estimated:
            said["estimated"] = True
        found.append(said)
    return found


@pytest.mark.parametrize("case", CASES, ids=[c["construction"] for c in CASES])
def test_all_that_a_sentence_says(case: dict) -> None:
    assert told(case) == case["figures"]


def test_each_construction_stands_once() -> None:
    names = [c["construction"] for c in CASES]
    assert len(names) == len(set(names)) >= 60
