"""What changed since the run before, and what is remembered."""

from __future__ import annotations

import pytest

from plantrack.model import Board, Period, Status
from plantrack.show.site.past import Past, Verdict, changes, gone, remembered


def past(as_of: int, **statuses: Status) -> Past:
    verdicts = {key: Verdict(status=status) for key, status in statuses.items()}
    return Past(as_of=Period.years(as_of), rules="default", verdicts=verdicts)


@pytest.fixture
def now(board: Board) -> Board:
    """The board with every status, each target named after its status, no values."""
    bare = [a.model_copy(update={"observed": None}) for a in board.assessments]
    return board.model_copy(update={"assessments": tuple(bare)})


def test_a_board_against_itself_has_no_news(board):
    assert changes(Past.of(board), board) == ()
    assert gone(Past.of(board), board) == ()


def test_the_worse_come_first_then_the_better_then_the_rest(now):
    before = past(
        2024,
        achieved=Status.LAGGING,
        ahead=Status.AHEAD,
        on_track=Status.NO_DATA,
        lagging=Status.ON_TRACK,
        missed=Status.OFF_TRACK,
        off_track=Status.OFF_TRACK,
        no_data=Status.NO_DATA,
        lost=Status.MISSED,
    )
    found = changes(before, now)
    assert [(c.target_id, c.worse, c.better, c.first) for c in found] == [
        ("missed", True, False, False),
        ("lagging", True, False, False),
        ("achieved", False, True, False),
        ("on_track", False, False, True),
        ("unresolved", False, False, False),
    ]
    assert found[-1].was is None
    assert gone(before, now) == ("lost",)


def test_a_new_value_is_news_even_where_the_status_stays(board):
    before = Past.of(board)
    old = before.verdicts["lagging"].model_copy(update={"value": "2.6%"})
    before = before.model_copy(update={"verdicts": before.verdicts | {"lagging": old}})
    (change,) = changes(before, board)
    assert (change.target_id, change.worse, change.better) == ("lagging", False, False)
    assert (change.was.value, change.now.value) == ("2.6%", "2.65%")


def test_runs_that_found_the_same_are_remembered_once(now):
    same = Past.of(now)
    other = past(2023, achieved=Status.LAGGING)
    assert remembered((), now) == (same,)
    assert remembered((other, same, same), now) == (other, same)
    assert remembered((same, other), now) == (same, other, same)
