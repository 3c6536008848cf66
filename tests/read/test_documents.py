"""Golden documents: what a text says of itself. The cases are data; the texts are our own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plantrack.model import Document, SectionKind
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


def told(case: dict) -> dict:
    """What the case wants to know, as its document tells it.

    By words of the text: `outlook` and `periods` of their place, and whether they stand in `notes`.
    """
    document = parse(case["text"], "case.txt")
    notes = [s.span for s in document.sections if s.kind is SectionKind.NOTE]

    def period(at: int) -> str | None:
        found = document.period_at(at)
        return str(found) if found else None

    ways = {
        "outlook": lambda at: document.outlook_at(at).value,
        "periods": period,
        "notes": lambda at: any(span.start <= at < span.end for span in notes),
    }
    return {
        key: {words: ways[key](case["text"].index(words)) for words in value}
        if key in ways
        else seen(document, key)
        for key, value in case["want"].items()
    }


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_document(case: dict) -> None:
    assert told(case) == case["want"]
