"""Writes the JSON Schema of every file that people write by hand, beside this script.

Run it after a change of one of the models:  python docs/schema/export.py
An editor with a YAML language server completes and explains the keys of a file that begins with
    # yaml-language-server: $schema=<path to>/docs/schema/plan.json
"""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel

from plantrack.assess.rules import RuleSet
from plantrack.link.lexicon import Shelf
from plantrack.read.observations import ObservationFile
from plantrack.read.planfile import PlanFile

SCHEMAS: dict[str, type[BaseModel]] = {
    "plan.json": PlanFile,
    "observations.json": ObservationFile,
    "ruleset.json": RuleSet,
    "lexicon.json": Shelf,
}


def written(model: type[BaseModel]) -> str:
    """The schema of a model as the text of its file."""
    dialect = "https://json-schema.org/draft/2020-12/schema"
    schema = {"$schema": dialect, **model.model_json_schema()}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Write all schemas."""
    for name, model in SCHEMAS.items():
        Path(__file__).with_name(name).write_text(written(model), encoding="utf-8")


if __name__ == "__main__":
    main()
