"""Golden documents: what a text says of itself. The cases are data; the texts are our own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plantrack.model import Document
from plantrack.read import parse

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "golden" / "documents.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


def seen(document: Document, key: str) -> object:
    """A field of the document as the cases write it."""
    if key == "conflicts":
        return len(document.conflicts)
    value = getattr(document, key)
    if key == "region":
        return value.name if value else None
    return None if value is None else str(value)


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_document(case: dict) -> None:
    document = parse(case["text"], "case.txt")
    want = dict(case["want"])
    outlook = want.pop("outlook", {})
    periods = want.pop("periods", {})
    assert {key: seen(document, key) for key in want} == want
    assert {
        words: document.outlook_at(case["text"].index(words)).value for words in outlook
    } == outlook
    named = {words: document.period_at(case["text"].index(words)) for words in periods}
    assert {words: str(period) if period else None for words, period in named.items()} == periods
