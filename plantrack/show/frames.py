"""Boards, figures, targets and observations as pandas frames.

One row for each thing, in the given order, on a plain index from 0. Texts and periods are
`string`, numbers `float64`, offsets and rows `Int64`, truths `boolean`, closed choices
`category`; what is unknown is missing. Numbers are in the unit of their row's `unit` column;
`value` and `goal` columns keep the writing (`5~5.5`, `2.21:1`) beside the number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

import pandas as pd

from plantrack.errors import UsageError
from plantrack.model import (
    Assessment,
    Board,
    Figure,
    Observation,
    Plan,
    Quantity,
    Status,
    Target,
)
from plantrack.model.goal import quantity_of
from plantrack.show.records import (
    Record,
    figure_record,
    goal_record,
    source_record,
    target_record,
)
from plantrack.show.words import goal_text

_STATUS = pd.CategoricalDtype([s.value for s in Status], ordered=True)

BOARD_DTYPES: dict[str, object] = {
    "target_id": "string",
    "indicator": "string",
    "indicator_id": "string",
    "measure": "category",
    "scope": "string",
    "group": "string",
    "nature": "category",
    "unit": "string",
    "horizon": "string",
    "goal_kind": "category",
    "goal": "string",
    "status": _STATUS,
    "label": "string",
    "rule": "string",
    "reason_zh": "string",
    "reason_en": "string",
    "period": "string",
    "value": "string",
    "number": "float64",
    "estimated": "boolean",
    "expected": "float64",
    "gap": "float64",
    "goal_distance": "float64",
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
}
"""Columns of `board_frame`; period to estimated and doc to table_row speak of the newest value."""

FIGURE_DTYPES: dict[str, object] = {
    "doc": "string",
    "start": "Int64",
    "end": "Int64",
    "text": "string",
    "kind": "category",
    "indicator": "string",
    "indicator_id": "string",
    "measure": "category",
    "value": "string",
    "number": "float64",
    "unit": "string",
    "cmp": "category",
    "period": "string",
    "scope": "string",
    "estimated": "boolean",
    "sentence_start": "Int64",
    "sentence_end": "Int64",
    "confidence": "float64",
}
"""Columns of `figures_frame`: those of `plantrack figures --jsonl`, and `number`."""

TARGET_DTYPES: dict[str, object] = {
    "id": "string",
    "indicator": "string",
    "indicator_id": "string",
    "measure": "category",
    "scope": "string",
    "group": "string",
    "nature": "category",
    "unit": "string",
    "horizon": "string",
    "baseline_period": "string",
    "baseline": "string",
    "baseline_number": "float64",
    "baseline_estimated": "boolean",
    "goal_kind": "category",
    "goal_cmp": "category",
    "goal": "string",
    "goal_number": "float64",
    "goal_low": "float64",
    "goal_high": "float64",
    "goal_text": "string",
    "path": "category",
    "parent": "string",
    "ambiguous": "boolean",
    "doc": "string",
    "start": "Int64",
    "end": "Int64",
    "table_row": "Int64",
}
"""Columns of `targets_frame`."""

OBSERVATION_DTYPES: dict[str, object] = {
    "indicator": "string",
    "indicator_id": "string",
    "measure": "category",
    "scope": "string",
    "period": "string",
    "value": "string",
    "number": "float64",
    "unit": "string",
    "cmp": "category",
    "estimated": "boolean",
    "vintage": "category",
    "known_on": "string",
    "doc": "string",
    "start": "Int64",
    "end": "Int64",
    "table_row": "Int64",
}
"""Columns of `observations_frame`."""

Things = Board | Plan | Iterable[Figure] | Iterable[Target] | Iterable[Observation]


def to_frame(things: Things) -> pd.DataFrame:
    """The frame of a board, a plan's targets, or several figures, targets or observations.

    Of an empty sequence it cannot be told what it holds: the frame has no columns then, whereas
    `figures_frame` and its sisters always have theirs. UsageError for anything else.
    """
    if isinstance(things, Board):
        return board_frame(things)
    if isinstance(things, Plan):
        return targets_frame(things.targets)
    rows: list[object] = list(things)
    if not rows:
        return pd.DataFrame()
    first = type(rows[0])
    make = _MAKERS.get(first)
    if make is None or any(type(row) is not first for row in rows):
        known = ", ".join(kind.__name__ for kind in _MAKERS)
        raise UsageError(
            f"to_frame takes a Board, a Plan or a sequence of one of {known}; "
            f"found {first.__name__}. Pass things of one kind.",
            found=first.__name__,
        )
    return make(rows)


def board_frame(board: Board) -> pd.DataFrame:
    """One row for each assessment; columns in BOARD_DTYPES, `status` an ordered category."""
    return _frame([_assessment_row(a) for a in board.assessments], BOARD_DTYPES)


def figures_frame(figures: Iterable[Figure]) -> pd.DataFrame:
    """One row for each figure; columns in FIGURE_DTYPES."""
    rows = [figure_record(f) | {"number": _number(f.quantity)} for f in figures]
    return _frame(rows, FIGURE_DTYPES)


def targets_frame(targets: Iterable[Target]) -> pd.DataFrame:
    """One row for each target; columns in TARGET_DTYPES."""
    return _frame([_target_row(t) for t in targets], TARGET_DTYPES)


def observations_frame(observations: Iterable[Observation]) -> pd.DataFrame:
    """One row for each observation; columns in OBSERVATION_DTYPES."""
    return _frame([_observation_row(o) for o in observations], OBSERVATION_DTYPES)


_MAKERS: dict[type, Callable[..., pd.DataFrame]] = {
    Figure: figures_frame,
    Target: targets_frame,
    Observation: observations_frame,
}


def _frame(rows: list[Record], dtypes: dict[str, object]) -> pd.DataFrame:
    columns = {
        name: pd.Series([row[name] for row in rows], dtype=dtype)  # type: ignore[call-overload]
        for name, dtype in dtypes.items()
    }
    return pd.DataFrame(columns)


def _target_row(target: Target) -> Record:
    record = target_record(target)
    baseline = None if target.baseline is None else target.baseline.quantity
    goal = goal_record(target.goal)
    quantity = quantity_of(target.goal)
    return {
        **record,
        **source_record(target.source),
        "group": target.group or None,
        "baseline_period": None if target.baseline is None else str(target.baseline.period),
        "baseline": None if baseline is None else baseline.written,
        "baseline_number": None if baseline is None else _number(baseline),
        "baseline_estimated": None if baseline is None else baseline.estimated,
        "goal_kind": goal["kind"],
        "goal_cmp": goal["cmp"],
        "goal": goal["value"],
        "goal_number": None if quantity is None else _number(quantity),
        "goal_low": None if quantity is None else _float(quantity.low),
        "goal_high": None if quantity is None else _float(quantity.high),
        "goal_text": target.goal.text,
        "ambiguous": bool(target.ambiguous),
    }


def _observation_row(observation: Observation) -> Record:
    series, quantity = observation.series, observation.quantity
    return {
        "indicator": series.indicator,
        "indicator_id": series.indicator_id,
        "measure": series.measure.value,
        "scope": None if series.scope is None else series.scope.name,
        "period": str(observation.period),
        "value": quantity.written,
        "number": _number(quantity),
        "unit": quantity.unit,
        "cmp": quantity.cmp.value,
        "estimated": quantity.estimated,
        "vintage": observation.vintage.value,
        "known_on": None if observation.known_on is None else observation.known_on.isoformat(),
        **source_record(observation.source),
    }


def _assessment_row(assessment: Assessment) -> Record:
    target, metrics = assessment.target, assessment.metrics
    observed: Record = dict.fromkeys(OBSERVATION_DTYPES)
    if assessment.observed is not None:
        observed = _observation_row(assessment.observed)
    numbers = {
        name: _float(getattr(metrics, name))
        for name, dtype in BOARD_DTYPES.items()
        if dtype == "float64" and name != "number"
    }
    return {
        **observed,
        **numbers,
        "target_id": target.id,
        "indicator": target.series.indicator,
        "indicator_id": target.series.indicator_id,
        "measure": target.series.measure.value,
        "scope": None if target.series.scope is None else target.series.scope.name,
        "group": target.group or None,
        "nature": None if target.nature is None else target.nature.value,
        "unit": target.unit,
        "horizon": str(target.horizon),
        "goal_kind": target.goal.kind,
        "goal": goal_text(target.goal, target.series.measure),
        "status": assessment.status.value,
        "label": assessment.label or None,
        "rule": assessment.rule,
        "reason_zh": assessment.reason.zh,
        "reason_en": assessment.reason.en,
        "required_unit": metrics.required_unit or None,
        "flags": " ".join(assessment.flags),
    }


def _number(quantity: Quantity) -> float | None:
    return _float(quantity.number)


def _float(number: Decimal | float | None) -> float | None:
    return None if number is None else float(number)
