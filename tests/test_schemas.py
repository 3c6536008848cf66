"""The JSON Schemas of the files that people write by hand: current, and every key explained."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "docs/schema"
EXPORT = runpy.run_path(str(FOLDER / "export.py"))


@pytest.mark.parametrize("name", EXPORT["SCHEMAS"])
def test_committed_schemas_are_current(name: str) -> None:
    current = EXPORT["written"](EXPORT["SCHEMAS"][name])
    committed = (FOLDER / name).read_text(encoding="utf-8")
    assert committed == current, "run: python docs/schema/export.py"


def test_no_schema_is_left_over() -> None:
    assert {path.name for path in FOLDER.glob("*.json")} == set(EXPORT["SCHEMAS"])


@pytest.mark.parametrize("name", ["plan.json", "observations.json"])
def test_every_key_of_a_hand_written_file_is_explained(name: str) -> None:
    schema = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    parts = {"": schema} | {k: v for k, v in schema["$defs"].items() if k.endswith("Entry")}
    silent = [
        f"{part}.{key}"
        for part, body in parts.items()
        for key, about in body.get("properties", {}).items()
        if not about.get("description")
    ]
    assert silent == []
    assert len(parts) > 1


def test_a_period_is_written_as_text_or_as_a_year() -> None:
    schema = json.loads((FOLDER / "plan.json").read_text(encoding="utf-8"))
    kinds = [form["type"] for form in schema["$defs"]["Period"]["anyOf"]]
    assert kinds == ["integer", "string"]
