"""The columns of the frames: their dtypes, where each stands in the object, and their units.

A column that has a place is read again by `from_frame`; one without (`number`, `goal` of a board)
repeats another in a form one can calculate with, and is not. `more` holds as JSON what no column
says (milestones, readings of an ambiguous row), so that nothing is lost on the way.

Values are kept in the writing of their source (`5.30`, `5~5.5`, `2.21:1`) as text, which is exact;
float64 columns stand beside them. The metrics of a board are float64 alone: where a float cannot
hold one exactly, `more` does.
"""

from __future__ import annotations

from enum import StrEnum
from typing import get_args

import pandas as pd

from plantrack.model import (
    Comparator,
    Direction,
    FigureKind,
    Measure,
    Metrics,
    Nature,
    PathShape,
    Status,
    Vintage,
)
from plantrack.paths.choose import GoalKind

Columns = dict[str, object]
Places = dict[str, str]


def _closed(choices: type[StrEnum]) -> pd.CategoricalDtype:
    """All members of an enum, in its order: frames of different things can be put together."""
    return pd.CategoricalDtype([c.value for c in choices], ordered=choices in (Status, Vintage))


MEASURE, NATURE, CMP = _closed(Measure), _closed(Nature), _closed(Comparator)
STATUS = _closed(Status)
GOAL_KIND = pd.CategoricalDtype(list(get_args(GoalKind)))

_SERIES: Columns = {
    "indicator": "string",
    "indicator_id": "string",
    "measure": MEASURE,
    "scope": "string",
    "scope_code": "string",
}
_SOURCE: Columns = {
    "doc": "string",
    "start": "Int64",
    "end": "Int64",
    "table_row": "Int64",
    "sentence_start": "Int64",
    "sentence_end": "Int64",
    "quote": "string",
}

OBSERVATION_DTYPES: Columns = {
    **_SERIES,
    "period": "string",
    "value": "string",
    "number": "float64",
    "unit": "string",
    "cmp": CMP,
    "estimated": "boolean",
    "vintage": _closed(Vintage),
    "known_on": "string",
    **_SOURCE,
    "more": "string",
}
"""Columns of `observations_frame`."""

FIGURE_DTYPES: Columns = {
    "doc": "string",
    "start": "Int64",
    "end": "Int64",
    "text": "string",
    "kind": _closed(FigureKind),
    "indicator": "string",
    "indicator_id": "string",
    "measure": MEASURE,
    "value": "string",
    "number": "float64",
    "unit": "string",
    "cmp": CMP,
    "period": "string",
    "scope": "string",
    "scope_code": "string",
    "estimated": "boolean",
    "sentence_start": "Int64",
    "sentence_end": "Int64",
    "table_row": "Int64",
    "confidence": "float64",
    "more": "string",
}
"""Columns of `figures_frame`: those of `plantrack figures --jsonl`, and some more."""

TARGET_DTYPES: Columns = {
    "id": "string",
    **_SERIES,
    "group": "string",
    "nature": NATURE,
    "unit": "string",
    "horizon": "string",
    "baseline_period": "string",
    "baseline": "string",
    "baseline_number": "float64",
    "baseline_unit": "string",
    "baseline_cmp": CMP,
    "baseline_estimated": "boolean",
    "goal_kind": GOAL_KIND,
    "goal_cmp": CMP,
    "goal": "string",
    "goal_number": "float64",
    "goal_low": "float64",
    "goal_high": "float64",
    "goal_unit": "string",
    "goal_text": "string",
    "direction": _closed(Direction),
    "path": _closed(PathShape),
    "tolerance": "string",
    "parent": "string",
    "responsible": "string",
    "ambiguous": "boolean",
    **_SOURCE,
    "more": "string",
}
"""Columns of `targets_frame`."""

BOARD_DTYPES: Columns = {
    "as_of": "string",
    "rules": "string",
    "target_id": "string",
    **_SERIES,
    "group": "string",
    "nature": NATURE,
    "unit": "string",
    "horizon": "string",
    "goal_kind": GOAL_KIND,
    "goal": "string",
    "status": STATUS,
    "label": "string",
    "rule": "string",
    "reason_zh": "string",
    "reason_en": "string",
    "period": "string",
    "value": "string",
    "number": "float64",
    "value_unit": "string",
    "estimated": "boolean",
    "expected": "float64",
    "gap": "float64",
    "goal_distance": "float64",
    "lead": "float64",
    "progress": "float64",
    "time_share": "float64",
    "attainment": "float64",
    "pace": "float64",
    "ratio": "float64",
    "trend": "float64",
    "required_rate": "float64",
    "required_unit": "string",
    "projected": "float64",
    "projected_low": "float64",
    "projected_high": "float64",
    "age": "float64",
    "flags": "string",
    "doc": "string",
    "start": "Int64",
    "end": "Int64",
    "table_row": "Int64",
    "more": "string",
}
"""Columns of `board_frame`; period to estimated, and doc to table_row, speak of the newest value."""


def _in(where: str, *columns: str, **renamed: str) -> Places:
    """Places inside `where`: of columns that are called as in the object, and of others."""
    same = {name: f"{where}.{name}" for name in columns}
    return same | {name: f"{where}.{inner}" for name, inner in renamed.items()}


def _series(where: str) -> Places:
    return {
        **_in(where, "indicator", "indicator_id", "measure"),
        **_in(f"{where}.scope", scope="name", scope_code="code"),
    }


def _source(where: str) -> Places:
    ends = {end: f"{where}.span.{end}" for end in ("start", "end")}
    sentence = {f"sentence_{end}": f"{where}.sentence.{end}" for end in ("start", "end")}
    return {**_in(where, "doc", "table_row", "quote"), **ends, **sentence}


OBSERVATION_PLACES: Places = {
    **_series("series"),
    "period": "period",
    **_in("quantity", "unit", "cmp", "estimated", value="written"),
    "vintage": "vintage",
    "known_on": "known_on",
    **_source("source"),
}

FIGURE_PLACES: Places = {
    **{
        name: name
        for name in ("doc", "text", "kind", "indicator", "indicator_id", "measure", "period")
    },
    **_in("span", "start", "end"),
    **_in("quantity", "unit", "cmp", "estimated", value="written"),
    **_in("scope", scope="name", scope_code="code"),
    **_in("sentence", sentence_start="start", sentence_end="end"),
    "table_row": "table_row",
    "confidence": "confidence",
}

TARGET_PLACES: Places = {
    **{
        name: name
        for name in (
            "id",
            "group",
            "nature",
            "unit",
            "horizon",
            "direction",
            "tolerance",
            "parent",
            "responsible",
        )
    },
    **_series("series"),
    "baseline_period": "baseline.period",
    **_in(
        "baseline.quantity",
        baseline="written",
        baseline_unit="unit",
        baseline_cmp="cmp",
        baseline_estimated="estimated",
    ),
    "goal_kind": "goal.kind",
    "goal_text": "goal.text",
    "path": "path.shape",
    **_source("source"),
}

GOAL_PLACES: dict[str, Places] = {
    "parity": {"goal_cmp": "goal.cmp"},
    "positive": {},
    "multiply": {"goal": "goal.factor"},
    "grade": {"goal": "goal.grade"},
    "external": _in("goal.provisional", goal="written", goal_cmp="cmp", goal_unit="unit"),
}
"""Where the goal's columns stand, by its kind; of those not listed here as in NUMBER_PLACES."""

NUMBER_PLACES: Places = _in("goal.quantity", goal="written", goal_cmp="cmp", goal_unit="unit")

METRICS = tuple(
    name
    for name, dtype in BOARD_DTYPES.items()
    if dtype == "float64" and name in Metrics.model_fields
)
"""The metrics that a board's frame shows, in its order."""

BOARD_PLACES: Places = {
    **{name: name for name in ("status", "label", "rule")},
    **_in("target", "group", "nature", "unit", "horizon", target_id="id"),
    **_series("target.series"),
    **_in("reason", reason_zh="zh", reason_en="en"),
    "period": "observed.period",
    **_in("observed.quantity", "estimated", value="written", value_unit="unit"),
    **_in("metrics", "required_unit", *METRICS),
    **{name: place for name, place in _source("observed.source").items() if name in BOARD_DTYPES},
}

UNITS: dict[str, dict[str, str]] = {
    "board": {
        "number": "value_unit",
        **dict.fromkeys(
            ("expected", "gap", "goal_distance", "projected", "projected_low", "projected_high"),
            "unit",
        ),
        **dict.fromkeys(("lead", "progress", "time_share", "attainment", "pace", "ratio"), "1"),
        "trend": "1/a",
        "required_rate": "required_unit",
        "age": "a",
    },
    "figures": {"number": "unit", "confidence": "1", "start": "characters", "end": "characters"},
    "targets": {
        "baseline_number": "baseline_unit",
        **dict.fromkeys(("goal_number", "goal_low", "goal_high"), "goal_unit"),
    },
    "observations": {"number": "unit"},
}
"""What a frame has as `attrs["units"]`: for each number the column that holds its unit, or the unit
itself (1 for a share, a for years, 1/a for a share a year). Where `required_unit` is missing, % a year."""
