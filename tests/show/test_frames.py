"""Frames have the same columns and types whatever they hold."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from plantrack.datafile import load, rules_path
from plantrack.errors import UsageError
from plantrack.model import Document, Period, Status
from plantrack.paths import PathRules, path_of
from plantrack.show import frames
from plantrack.show.columns import (
    BOARD_PLACES,
    FIGURE_PLACES,
    NUMBER_PLACES,
    OBSERVATION_PLACES,
    TARGET_PLACES,
    UNITS,
)
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


@pytest.mark.parametrize(
    ("written", "frequency"),
    [
        (["2024", "2025"], "Y-DEC"),
        (["2024Q1", "2023Q4"], "Q-DEC"),
        (["2024-01", "2024-03"], "M"),
        (["2024-03-05"], "D"),
    ],
)
def test_observations_of_one_kind_of_period_have_a_period_index(observation, written, frequency):
    some = [observation.model_copy(update={"period": Period.parse(each)}) for each in written]
    frame = to_frame(some)
    assert isinstance(frame.index, pd.PeriodIndex)
    assert frame.index.freqstr == frequency
    assert list(frame["period"]) == written
    assert [str(each) for each in frame.index] == written


@pytest.mark.parametrize("written", [["2024", "2024Q1"], ["2024H1"], ["2021/2025"]])
def test_periods_that_pandas_has_no_index_for_stay_texts(observation, written):
    some = [observation.model_copy(update={"period": Period.parse(each)}) for each in written]
    assert isinstance(to_frame(some).index, pd.RangeIndex)


def test_paths_take_the_period_index(observation, full_target):
    path = path_of(full_target, load(rules_path("paths.yaml"), PathRules))
    assert list(path.at(to_frame([observation]).index)) == [5.0]


@pytest.mark.parametrize(
    ("name", "dtypes"),
    [
        ("board", frames.BOARD_DTYPES),
        ("targets", frames.TARGET_DTYPES),
        ("figures", frames.FIGURE_DTYPES),
        ("observations", frames.OBSERVATION_DTYPES),
    ],
)
def test_every_number_has_a_unit_in_attrs_and_every_unit_column_is_there(name, dtypes):
    units = UNITS[name]
    numbers = {column for column, dtype in dtypes.items() if dtype == "float64"}
    assert numbers <= units.keys() <= dtypes.keys()
    columns = {unit for unit in units.values() if not unit[0].isdigit() and unit not in "a"}
    assert columns - {"characters"} <= dtypes.keys()


def test_a_frame_carries_its_units(board, figure):
    assert to_frame(board).attrs["units"]["gap"] == "unit"
    assert to_frame([figure]).attrs["units"]["number"] == "unit"


def test_frames_of_different_things_go_together(board):
    missed, rest = board.assessments[5:6], board.assessments[:5]
    frame = pd.concat([to_frame(missed), to_frame(rest)])
    assert frame["status"].dtype == frames.BOARD_DTYPES["status"]


def test_a_history_has_the_rows_of_all_its_boards(board):
    later = board.model_copy(update={"as_of": Period.years(2026)})
    frame = to_frame([board, later])
    assert len(frame) == 2 * len(Status)
    assert set(frame["as_of"]) == {"2025", "2026"}


def test_a_value_keeps_its_own_unit_beside_the_target_s(board):
    row = board_frame(board).set_index("target_id").loc["missed"]
    assert (row["value"], row["value_unit"], row["unit"]) == ("2.65", "%", "%")


def test_a_document_has_no_frame_and_says_what_has():
    document = Document(name="a", text="", sha256="0" * 64)
    with pytest.raises(UsageError, match="found Document"):
        to_frame(document)


def test_the_page_on_frames_lists_every_column_in_its_order_and_marks_those_that_are_not_read():
    page = (Path(__file__).parents[2] / "docs" / "notebook.md").read_text("utf-8")
    places = {
        "a board": (frames.BOARD_DTYPES, BOARD_PLACES.keys() | {"goal_kind", "as_of", "rules"}),
        "targets": (frames.TARGET_DTYPES, TARGET_PLACES.keys() | NUMBER_PLACES.keys()),
        "observations": (frames.OBSERVATION_DTYPES, OBSERVATION_PLACES.keys()),
        "figures": (frames.FIGURE_DTYPES, FIGURE_PLACES.keys()),
    }
    for name, (dtypes, read) in places.items():
        row = page.partition(f"\n| {name} | ")[2].partition("\n")[0]
        row = re.sub(r": [^;]*", "", row)  # what the columns before it speak of
        named = re.findall(r"([a-z_]+)(\*?)(?=[,;: |]|$)", row)
        assert {column for column, _ in named} == set(dtypes), name
        repeated = {column for column, star in named if star}
        assert repeated == dtypes.keys() - read - {"more"}, name
