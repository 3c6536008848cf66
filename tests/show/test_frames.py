"""Frames have the same columns and types whatever they hold."""

from __future__ import annotations

import pandas as pd
import pytest

from plantrack.errors import UsageError
from plantrack.model import Status
from plantrack.show import frames
from plantrack.show.frames import (
    board_frame,
    figures_frame,
    observations_frame,
    targets_frame,
    to_frame,
)


def dtypes(frame: pd.DataFrame) -> dict[str, str]:
    return {name: str(dtype) for name, dtype in frame.dtypes.items()}


def declared(wanted: dict[str, object]) -> dict[str, str]:
    return {name: str(dtype) for name, dtype in wanted.items()}


def test_a_board_is_one_row_for_each_target_with_the_declared_types(board):
    frame = board_frame(board)
    assert len(frame) == len(Status)
    assert dtypes(frame) == declared(frames.BOARD_DTYPES)
    row = frame.set_index("target_id").loc["missed"]
    assert row["number"] == 2.65
    assert row["value"] == "2.65"
    assert row["gap"] == -0.05
    assert row["goal"] == "≈6%"
    assert (row["start"], row["end"]) == (120, 124)
    assert bool(row["estimated"]) is True


def test_statuses_sort_from_best_to_worst(board):
    assert list(board_frame(board).sort_values("status")["target_id"]) == [s.value for s in Status]


def test_what_is_unknown_is_missing(board):
    row = board_frame(board).set_index("target_id").loc["no_data"]
    assert row[["value", "number", "period", "doc", "start", "expected", "gap"]].isna().all()


@pytest.mark.parametrize(
    ("make", "wanted"),
    [
        (figures_frame, frames.FIGURE_DTYPES),
        (targets_frame, frames.TARGET_DTYPES),
        (observations_frame, frames.OBSERVATION_DTYPES),
    ],
)
def test_an_empty_frame_has_all_columns_with_their_types(make, wanted):
    frame = make([])
    assert frame.empty
    assert list(frame.columns) == list(wanted)
    plain = {n: t for n, t in declared(wanted).items() if t != "category"}
    assert {n: dtypes(frame)[n] for n in plain} == plain


def test_figures_keep_writing_and_number(figure):
    row = to_frame([figure]).iloc[0]
    assert row["value"] == "2.21:1"
    assert row["number"] == 2.21
    assert pd.isna(row["period"])


def test_targets_keep_the_interval(full_target, bare_target):
    frame = to_frame((full_target, bare_target)).set_index("id")
    full, bare = frame.loc["gdp-growth"], frame.loc["bare"]
    assert (full["goal"], full["goal_low"], full["goal_high"]) == ("5~5.5", 5.0, 5.5)
    assert pd.isna(full["goal_number"])
    assert full["baseline_number"] == 5.3
    assert bool(bare["ambiguous"]) is True
    assert pd.isna(bare["baseline"])


def test_to_frame_knows_what_it_is_given(board, observation):
    assert to_frame(board).equals(board_frame(board))
    assert list(to_frame(board.plan)["id"]) == [s.value for s in Status]
    assert list(to_frame(iter([observation]))["vintage"]) == ["reported"]
    assert to_frame(()).empty


@pytest.mark.parametrize("wrong", [[1, 2], ["x"]])
def test_to_frame_refuses_other_things(wrong):
    with pytest.raises(UsageError, match="Board, a Plan or a sequence of one of Figure, Target"):
        to_frame(wrong)


def test_to_frame_refuses_a_mixture(figure, observation):
    with pytest.raises(UsageError, match="things of one kind"):
        to_frame([figure, observation])
