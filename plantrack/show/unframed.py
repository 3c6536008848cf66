"""From frames back to objects: the very values that were written, wherever they are kept.

| frame of | gives | without its attrs |
| --- | --- | --- |
| a board | Board | tuple of Assessment |
| several boards | tuple of Board | tuple of Assessment |
| a plan | Plan | tuple of Target |
| targets, observations, figures | tuple of them | the same |

A frame that was changed gives what it says now: rows left out are left out, a new `goal` is the
goal. Columns that repeat another (`number`, the `goal` of a board) are not read. Decimals come
back equal, digits and all; an exponent comes back written out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeVar

import pandas as pd
from pydantic import ValidationError

from plantrack.errors import UsageError
from plantrack.model import Assessment, Board, Figure, Observation, Plan, Target
from plantrack.model.base import Model
from plantrack.show.columns import (
    BOARD_PLACES,
    FIGURE_PLACES,
    GOAL_PLACES,
    NUMBER_PLACES,
    OBSERVATION_PLACES,
    TARGET_PLACES,
)
from plantrack.show.frames import goal_places
from plantrack.show.places import Tree, tree_of

M = TypeVar("M", bound=Model)

Unframed = (
    Board
    | Plan
    | tuple[Board, ...]
    | tuple[Assessment, ...]
    | tuple[Target, ...]
    | tuple[Observation, ...]
    | tuple[Figure, ...]
)

_GOAL_COLUMNS = {column for places in (*GOAL_PLACES.values(), NUMBER_PLACES) for column in places}
_NEEDED: dict[type[Model], set[str]] = {
    Assessment: {"target_id", "status", "goal_kind"} | BOARD_PLACES.keys(),
    Target: {"id"} | TARGET_PLACES.keys() | _GOAL_COLUMNS,
    Observation: set(OBSERVATION_PLACES),
    Figure: set(FIGURE_PLACES),
}
"""What each kind of frame has; looked for in this order."""
_ALWAYS: dict[type[Model], Tree] = {Assessment: {"metrics": {}}, Figure: {"period": None}}
"""What a thing always says, even where nothing is known of it."""


def from_frame(frame: pd.DataFrame) -> Unframed:
    """The objects of a frame that `to_frame` made; an empty frame without columns is no object at all.

    UsageError where the columns are of no known kind, or, naming row and column, where a value
    does not fit.
    """
    if not len(frame.columns):
        return ()
    kind = _kind(frame)
    rows = [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]
    if kind is Observation:
        return tuple(_made(Observation, r, OBSERVATION_PLACES, i) for i, r in enumerate(rows))
    if kind is Figure:
        return tuple(_made(Figure, r, FIGURE_PLACES, i) for i, r in enumerate(rows))
    kept: Tree = json.loads(frame.attrs.get("plantrack", "{}"))
    if kind is Target:
        targets = tuple(_target(r, i) for i, r in enumerate(rows))
        return (
            Plan.model_validate(kept["plan"] | {"targets": targets}) if "plan" in kept else targets
        )
    judged = tuple(_assessment(r, i) for i, r in enumerate(rows))
    if "board" in kept:
        return _board(kept["board"], judged)
    if "history" in kept:
        return tuple(_board(head, _of(head, rows, judged)) for head in kept["history"])
    return judged


def _kind(frame: pd.DataFrame) -> type[Model]:
    columns = {str(name) for name in frame.columns}
    for kind, needed in _NEEDED.items():
        if needed <= columns:
            return kind
    nearest = min(_NEEDED, key=lambda kind: len(_NEEDED[kind] - columns))
    missing = ", ".join(sorted(_NEEDED[nearest] - columns))
    raise UsageError(
        f"This is no frame of to_frame: as one of {nearest.__name__} it lacks {missing}. "
        "Keep the columns that to_frame gave.",
        missing=sorted(_NEEDED[nearest] - columns),
    )


def _made(kind: type[M], row: Mapping[str, Any], places: Mapping[str, str], at: int) -> M:
    tree = _ALWAYS.get(kind, {}) | tree_of(row, places)
    try:
        return kind.model_validate(tree)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        by_place = {v: k for k, v in places.items()}
        column = by_place.get(place, place or "the row as a whole")
        raise UsageError(
            f"Row {at} of the frame is no {kind.__name__}: {column}: {first['msg']}. "
            "Correct the value, or leave the row out.",
            row=at,
            column=column,
        ) from None


def _target(row: Mapping[str, Any], at: int) -> Target:
    return _made(Target, row, {**TARGET_PLACES, **goal_places(str(row["goal_kind"]))}, at)


def _assessment(row: Mapping[str, Any], at: int) -> Assessment:
    return _made(Assessment, row, BOARD_PLACES | {"goal_kind": "target.goal.kind"}, at)


def _board(head: Tree, judged: tuple[Assessment, ...]) -> Board:
    plan = {"targets": tuple(a.target for a in judged)} | head["plan"]
    return Board.model_validate(head | {"plan": Plan.model_validate(plan), "assessments": judged})


def _of(
    head: Tree, rows: list[dict[str, Any]], judged: tuple[Assessment, ...]
) -> tuple[Assessment, ...]:
    """The assessments of one of several boards."""
    wanted = head["as_of"], head["rules"]
    pairs = zip(rows, judged, strict=True)
    return tuple(a for row, a in pairs if (row["as_of"], row["rules"]) == wanted)
