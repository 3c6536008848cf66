"""From objects to frames and back: nothing is lost, and what was changed in a frame is what it says."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from show import made

from plantrack.errors import UsageError
from plantrack.model import Metrics, Period, Plan
from plantrack.show.frames import (
    board_frame,
    figures_frame,
    observations_frame,
    targets_frame,
    to_frame,
)
from plantrack.show.unframed import from_frame


@given(st.lists(made.observations, min_size=1, max_size=4))
def test_observations_come_back(observations):
    assert from_frame(observations_frame(observations)) == tuple(observations)


@given(st.lists(made.figures, min_size=1, max_size=4))
def test_figures_come_back(figures):
    assert from_frame(figures_frame(figures)) == tuple(figures)


@given(st.lists(made.targets, min_size=1, max_size=4))
def test_targets_come_back(targets):
    assert from_frame(targets_frame(targets)) == tuple(targets)


@given(made.boards)
def test_boards_come_back(board):
    assert from_frame(board_frame(board)) == board


@given(made.boards)
def test_plans_come_back(board):
    assert from_frame(to_frame(board.plan)) == board.plan


def test_a_history_comes_back(board):
    later = board.model_copy(update={"as_of": Period.years(2026)})
    assert from_frame(to_frame([board, later])) == (board, later)


def test_the_digits_of_a_decimal_come_back(observation):
    quantity = observation.quantity.model_copy(update={"value": Decimal("2.6500000000000000001")})
    exact = observation.model_copy(update={"quantity": quantity})
    (found,) = from_frame(to_frame([exact]))
    assert str(found.quantity.value) == "2.6500000000000000001"


def test_metrics_that_no_float_holds_come_back(board):
    long = Decimal("0.1234567890123456789")
    first = board.assessments[0]
    exact = first.model_copy(update={"metrics": Metrics(expected=long, pace=float("inf"))})
    (found,) = from_frame(to_frame([exact]))
    assert found.metrics.expected == long
    assert found.metrics.pace == float("inf")


def test_a_metric_that_was_changed_is_the_new_one(board):
    long = Decimal("0.1234567890123456789")
    first = board.assessments[0]
    exact = first.model_copy(update={"metrics": Metrics(expected=long)})
    frame = to_frame([exact])
    frame.loc[0, "expected"] = 0.5
    (found,) = from_frame(frame)
    assert found.metrics.expected == Decimal("0.5")


def test_what_was_changed_in_a_frame_is_what_it_says(full_target):
    frame = to_frame([full_target])
    frame.loc[0, "goal"] = "5.2~5.8"
    frame.loc[0, "goal_number"] = 99.0  # repeats another column, so it is not read
    frame.loc[0, "unit"] = "‰"
    (found,) = from_frame(frame)
    assert (found.goal.quantity.low, found.goal.quantity.high) == (Decimal("5.2"), Decimal("5.8"))
    assert found.unit == "‰"


def test_rows_left_out_are_left_out(board):
    kept = to_frame(board).query("status == 'missed'")
    found = from_frame(kept)
    assert [a.target.id for a in found.assessments] == ["missed"]
    assert [t.id for t in found.plan.targets] == ["missed"]


def test_without_its_attrs_a_board_is_its_assessments(board):
    frame = to_frame(board)
    frame.attrs.clear()
    assert from_frame(frame) == board.assessments


def test_a_plan_without_its_attrs_is_its_targets(board):
    frame = to_frame(board.plan)
    frame.attrs.clear()
    assert from_frame(frame) == board.plan.targets


def test_a_frame_survives_pickling(board, tmp_path):
    to_frame(board).to_pickle(tmp_path / "board.pkl")
    assert from_frame(pd.read_pickle(tmp_path / "board.pkl")) == board


def test_nothing_is_nothing():
    assert from_frame(to_frame([])) == ()
    assert from_frame(observations_frame([])) == ()


def test_a_frame_of_something_else_is_refused(full_target):
    with pytest.raises(UsageError, match=r"as one of \w+ it lacks .*Keep the columns") as caught:
        from_frame(pd.DataFrame({"a": [1]}))
    assert caught.value.missing
    with pytest.raises(UsageError, match="as one of Target it lacks horizon"):
        from_frame(to_frame([full_target]).drop(columns="horizon"))


def test_a_value_that_does_not_fit_names_its_row_and_column(observation):
    frame = to_frame([observation, observation])
    frame.iloc[1, frame.columns.get_loc("period")] = "sometime"
    with pytest.raises(UsageError, match=r"Row 1 .* Observation: period: ") as caught:
        from_frame(frame)
    assert (caught.value.row, caught.value.column) == (1, "period")


def test_an_empty_plan_keeps_its_title():
    plan = Plan(id="p", title="规划", period=Period.years(2026, 2030))
    assert from_frame(to_frame(plan)) == plan


def test_numbers_of_numpy_are_taken(observation):
    frame = to_frame([observation])
    frame["start"] = np.array([120])
    assert from_frame(frame) == (observation,)
