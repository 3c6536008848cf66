"""Boards, figures, targets and observations as pandas frames; `unframed` comes back from them.

One row for each thing, in the given order. Texts and periods are `string`, numbers `float64`,
offsets and rows `Int64`, truths `boolean`, closed choices `category` with all their members;
what is unknown is missing. plantrack/show/columns.py lists the columns and says which of them
are read again, docs/notebook.md explains them. Observations that are all for years, or all for
quarters, months or days, have a PeriodIndex; all else a plain index from 0.

`attrs["units"]` has the unit of each number, or the column that holds it; `attrs["plantrack"]`
has, as JSON, what a plan or a board is beside its rows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from plantrack.errors import UsageError
from plantrack.model import (
    Assessment,
    Board,
    Document,
    Figure,
    Observation,
    PeriodKind,
    Plan,
    Target,
)
from plantrack.model.goal import quantity_of
from plantrack.show.columns import (
    BOARD_DTYPES,
    BOARD_PLACES,
    FIGURE_DTYPES,
    FIGURE_PLACES,
    GOAL_PLACES,
    METRICS,
    NUMBER_PLACES,
    OBSERVATION_DTYPES,
    OBSERVATION_PLACES,
    TARGET_DTYPES,
    TARGET_PLACES,
    UNITS,
    Columns,
)
from plantrack.show.places import keep_exact, rest_of, value_at
from plantrack.show.records import Record, goal_record
from plantrack.show.words import goal_text

Things = (
    Board
    | Plan
    | Iterable[Board]
    | Iterable[Assessment]
    | Iterable[Figure]
    | Iterable[Target]
    | Iterable[Observation]
)

_MISSING = frozenset({"group", "label", "required_unit", "responsible"})
"""Columns in which nothing written means nothing known."""
_FREQUENCIES = {
    PeriodKind.YEAR: "Y",
    PeriodKind.QUARTER: "Q",
    PeriodKind.MONTH: "M",
    PeriodKind.DATE: "D",
}


def to_frame(things: Things) -> pd.DataFrame:
    """The frame of a board, of boards, of a plan's targets, or of figures, targets, observations or assessments.

    Of an empty sequence it cannot be told what it holds: the frame has no columns then, whereas
    `figures_frame` and its sisters always have theirs. UsageError for anything else.
    """
    if isinstance(things, Board):
        return board_frame(things)
    if isinstance(things, Plan):
        return plan_frame(things)
    if isinstance(things, Assessment | Target | Observation | Figure):
        things = [things]
    rows: list[object] = [] if isinstance(things, Document) else list(things)
    if not rows and not isinstance(things, Document):
        return pd.DataFrame()
    first = type(rows[0]) if rows else Document
    make = _MAKERS.get(first)
    if make is None or any(type(row) is not first for row in rows):
        known = ", ".join(kind.__name__ for kind in _MAKERS)
        hint = "Pass its figures: to_frame(plantrack.figures(document))."
        raise UsageError(
            f"to_frame takes a Board, a Plan or a sequence of one of {known}; found "
            f"{first.__name__}. {hint if first is Document else 'Pass things of one kind.'}",
            found=first.__name__,
        )
    return make(rows)


def board_frame(board: Board) -> pd.DataFrame:
    """One row for each assessment; columns in BOARD_DTYPES, `status` an ordered category."""
    frame = _frame(_board_rows(board), BOARD_DTYPES, "board")
    frame.attrs["plantrack"] = json.dumps({"board": _board_head(board)}, ensure_ascii=False)
    return frame


def history_frame(boards: Sequence[Board]) -> pd.DataFrame:
    """The rows of several boards under each other, told apart by `as_of` and `rules`.

    UsageError where two boards have both in common.
    """
    heads = [(str(b.as_of), b.rules, b.plan.id) for b in boards]
    twice = {head for head in heads if heads.count(head) > 1}
    if twice:
        raise UsageError(
            f"Two boards are of the same plan, date and rules: {sorted(twice)[0]}. Leave one out.",
            twice=sorted(twice),
        )
    frame = _frame([row for b in boards for row in _board_rows(b)], BOARD_DTYPES, "board")
    kept = {"history": [_board_head(b) for b in boards]}
    frame.attrs["plantrack"] = json.dumps(kept, ensure_ascii=False)
    return frame


def assessments_frame(assessments: Iterable[Assessment]) -> pd.DataFrame:
    """One row for each assessment, as on a board; `as_of` and `rules` are missing, as nothing tells them."""
    return _frame([_assessment_row(a) for a in assessments], BOARD_DTYPES, "board")


def plan_frame(plan: Plan) -> pd.DataFrame:
    """One row for each target of a plan; columns in TARGET_DTYPES."""
    frame = targets_frame(plan.targets)
    kept = {"plan": plan.model_dump(mode="json", exclude={"targets"}, exclude_defaults=True)}
    frame.attrs["plantrack"] = json.dumps(kept, ensure_ascii=False)
    return frame


def figures_frame(figures: Iterable[Figure]) -> pd.DataFrame:
    """One row for each figure; columns in FIGURE_DTYPES."""
    rows = [
        _row(f, FIGURE_PLACES)
        | {"number": _float(f.quantity.number), "more": rest_of(f, FIGURE_PLACES)}
        for f in figures
    ]
    return _frame(rows, FIGURE_DTYPES, "figures")


def targets_frame(targets: Iterable[Target]) -> pd.DataFrame:
    """One row for each target; columns in TARGET_DTYPES."""
    return _frame([_target_row(t) for t in targets], TARGET_DTYPES, "targets")


def observations_frame(observations: Iterable[Observation]) -> pd.DataFrame:
    """One row for each observation; columns in OBSERVATION_DTYPES.

    Its index is a PeriodIndex where all periods are years, or all quarters, months or days.
    """
    given = list(observations)
    rows = [
        _row(o, OBSERVATION_PLACES)
        | {"number": _float(o.quantity.number), "more": rest_of(o, OBSERVATION_PLACES)}
        for o in given
    ]
    frame = _frame(rows, OBSERVATION_DTYPES, "observations")
    kinds = {o.period.kind for o in given}
    frequency = _FREQUENCIES.get(kinds.pop()) if len(kinds) == 1 else None
    if frequency is not None:
        frame.index = pd.PeriodIndex([o.period.last for o in given], freq=frequency, name="at")
    return frame


_MAKERS: dict[type, Callable[..., pd.DataFrame]] = {
    Figure: figures_frame,
    Target: targets_frame,
    Observation: observations_frame,
    Assessment: assessments_frame,
    Board: history_frame,
}


def goal_places(kind: str) -> Mapping[str, str]:
    """Where the goal's columns stand in a target with this kind of goal."""
    return GOAL_PLACES.get(kind, NUMBER_PLACES)


def _frame(rows: list[Record], dtypes: Columns, kind: str) -> pd.DataFrame:
    columns = {
        name: pd.Series([row.get(name) for row in rows], dtype=dtype)  # type: ignore[call-overload]
        for name, dtype in dtypes.items()
    }
    frame = pd.DataFrame(columns)
    frame.attrs["units"] = UNITS[kind]
    return frame


def _row(thing: Any, places: Mapping[str, str]) -> Record:  # noqa: ANN401  any model type
    found = {column: value_at(thing, place) for column, place in places.items()}
    return {c: None if v == "" and c in _MISSING else v for c, v in found.items()}


def _target_row(target: Target) -> Record:
    baseline = None if target.baseline is None else target.baseline.quantity
    goal = goal_record(target.goal)
    quantity = quantity_of(target.goal)
    places = {**TARGET_PLACES, **goal_places(target.goal.kind)}
    told = {"goal_cmp": goal["cmp"], "goal": goal["value"]}
    return {
        **told,
        **_row(target, places),
        "baseline_number": None if baseline is None else _float(baseline.number),
        "goal_number": None if quantity is None else _float(quantity.number),
        "goal_low": None if quantity is None else _float(quantity.low),
        "goal_high": None if quantity is None else _float(quantity.high),
        "ambiguous": bool(target.ambiguous),
        "more": rest_of(target, places),
    }


def _board_rows(board: Board) -> list[Record]:
    head: Record = {"as_of": str(board.as_of), "rules": board.rules}
    return [head | _assessment_row(a) for a in board.assessments]


def _assessment_row(assessment: Assessment) -> Record:
    target, observed = assessment.target, assessment.observed
    rest = rest_of(assessment, BOARD_PLACES | {"goal_kind": "target.goal.kind"}, under="target")
    metrics = {name: f"metrics.{name}" for name in METRICS}
    return {
        **_row(assessment, BOARD_PLACES),
        **{name: _float(getattr(assessment.metrics, name)) for name in METRICS},
        "number": None if observed is None else _float(observed.quantity.number),
        "goal_kind": target.goal.kind,
        "goal": goal_text(target.goal, target.series.measure),
        "flags": " ".join(assessment.flags),
        "more": keep_exact(rest, assessment, metrics),
    }


def _board_head(board: Board) -> Record:
    """What a board is beside its assessments; the plan's targets only where they are not those judged."""
    judged = board.plan.targets == tuple(a.target for a in board.assessments)
    plan = board.plan.model_dump(
        mode="json", exclude={"targets"} if judged else None, exclude_defaults=True
    )
    if not judged:
        plan["targets"] = [t.model_dump(mode="json") for t in board.plan.targets]
    return {"plan": plan, "as_of": str(board.as_of), "rules": board.rules}


def _float(number: Decimal | float | None) -> float | None:
    return None if number is None else float(number)
