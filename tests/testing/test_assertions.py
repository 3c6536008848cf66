"""Assertions hold where they should, say what a reader needs where they do not, and refuse the rest."""

from __future__ import annotations

import pickle
import subprocess
import sys
from decimal import Decimal

import pytest

import plantrack as pt
from plantrack.errors import IncomparableError, UsageError
from plantrack.testing import (
    PlanAssertionError,
    assert_met,
    assert_on_track,
    assert_reported,
    assert_status,
)

pytest_plugins = ["pytester"]

STANDING = {
    "面积": pt.Status.ON_TRACK,
    "slow": pt.Status.LAGGING,
    "away": pt.Status.OFF_TRACK,
    "early": pt.Status.ACHIEVED,
    "keep": pt.Status.ON_TRACK,
    "silent": pt.Status.NO_DATA,
    "above": pt.Status.UNRESOLVED,
    "yearly": pt.Status.ON_TRACK,
}
JUDGED = [status for status in pt.Status if status.judged]


def test_the_sample_stands_as_the_tests_below_take_it(board):
    assert {a.target.id: a.status for a in board.assessments} == STANDING


@pytest.mark.parametrize("target_id", [i for i, s in STANDING.items() if s.judged])
@pytest.mark.parametrize("floor", JUDGED)
def test_a_status_passes_every_floor_up_to_its_own(board, target_id, floor):
    if JUDGED.index(STANDING[target_id]) <= JUDGED.index(floor):
        assert_status(board[target_id], at_least=floor)
        assert_status(target_id, board, at_least=floor.value)
    else:
        with pytest.raises(PlanAssertionError):
            assert_status(board[target_id], at_least=floor)


@pytest.mark.parametrize("target_id", [i for i, s in STANDING.items() if s.judged])
def test_on_track_and_met_are_floors_too(board, target_id):
    good = STANDING[target_id] in JUDGED[:3]
    met = STANDING[target_id] is pt.Status.ACHIEVED
    for check, holds in ((assert_on_track, good), (assert_met, met)):
        if holds:
            check(target_id, board)
        else:
            with pytest.raises(PlanAssertionError) as caught:
                check(target_id, board)
            assert caught.value.target_ids == (target_id,)


def test_a_failure_shows_all_that_it_rests_on(board):
    with pytest.raises(PlanAssertionError) as caught:
        assert_on_track(board["slow"])
    reason = board["slow"].reason
    assert str(caught.value).splitlines() == [
        "slow (乙区面积): should be on track or better, is lagging",
        "  状态 Status: ▽ 滞后 lagging",
        "  现值 Observed: 130平方米 (2027)",
        "  应达 Expected: 140平方米",
        "  差距 Gap: -10平方米",
        "  目标 Goal: 200平方米 (2026/2030) · 预期性 expected",
        "  规则 Rule: default/behind",
        f"  缘由 Why: {reason.zh}",
        f"    {reason.en}",
        "  出处 Source: report.yaml 「乙区面积为130平方米。」",
        "  目标出处 Goal's source: town.yaml",
    ]


def test_what_has_to_be_kept_is_met_at_its_end_only(board, plan, seen):
    with pytest.raises(PlanAssertionError, match="kept so far, has to hold until 2030"):
        assert_met("keep", board)
    shorter = {"horizon": pt.Period.years(2026, 2027)}
    assert_met(plan.target("keep").model_copy(update=shorter), observations=seen, as_of=2027)


def test_a_target_is_judged_by_itself_with_the_rules_of_choice(plan, seen):
    slow = plan.target("slow")
    with pytest.raises(PlanAssertionError, match="default/behind"):
        assert_on_track(slow, observations=seen, as_of=2027)
    with pytest.raises(PlanAssertionError, match="opensdg/"):
        assert_met(slow, observations=seen, as_of="2027", rules="opensdg")
    child = plan.target("面积").model_copy(update={"parent": "slow"})
    assert_on_track(child, observations=iter(seen), as_of=pt.Period.years(2027))


@pytest.mark.parametrize("check", [assert_on_track, assert_met])
@pytest.mark.parametrize(
    ("target_id", "words"), [("silent", "暂无数据 no data"), ("above", "待定 unresolved")]
)
def test_what_nobody_can_tell_is_neither_passed_nor_failed(board, check, target_id, words):
    with pytest.raises(IncomparableError) as caught:
        check(target_id, board)
    assert words in str(caught.value)
    assert board[target_id].reason.zh in str(caught.value)
    assert caught.value.target_id == target_id


@pytest.mark.parametrize("floor", ["no_data", "unresolved", "on track", "", "best"])
def test_a_floor_is_a_status_that_judges(board, floor):
    with pytest.raises(UsageError) as caught:
        assert_status("slow", board, at_least=floor)
    assert caught.value.allowed == JUDGED
    assert "achieved, ahead, on_track, lagging, off_track, missed" in str(caught.value)


def test_a_subject_that_is_none_is_refused(board, plan, seen):
    for wrong in (None, 3, board, plan, seen[0]):
        with pytest.raises(IncomparableError, match=f"found {type(wrong).__name__}"):
            assert_on_track(wrong, board)


def test_what_does_not_fit_together_is_refused(board, plan, seen):
    slow = plan.target("slow")
    with pytest.raises(UsageError, match="judged already"):
        assert_on_track(board["slow"], board)
    with pytest.raises(UsageError, match="judged already"):
        assert_on_track(board["slow"], as_of=2027)
    with pytest.raises(UsageError, match="has to be judged"):
        assert_on_track(slow)
    with pytest.raises(UsageError, match="has to be judged"):
        assert_on_track(slow, observations=seen)
    with pytest.raises(UsageError, match="has to be judged"):
        assert_on_track("slow", observations=seen, as_of=2027)
    with pytest.raises(UsageError, match="not both"):
        assert_on_track(slow, board, observations=seen, as_of=2027)
    with pytest.raises(UsageError, match="Its targets: 面积, slow"):
        assert_on_track("fast", board)
    with pytest.raises(UsageError, match="is no period"):
        assert_on_track(slow, observations=seen, as_of="soon")
    with pytest.raises(IncomparableError, match="an observation is due"):
        assert_on_track(slow, observations=["130"], as_of=2027)


def test_a_board_answers_for_its_own_targets_only(board, plan):
    other = plan.target("slow").model_copy(update={"unit": "亩"})
    with pytest.raises(IncomparableError, match="another target 'slow'"):
        assert_on_track(other, board)


def test_what_strangers_wrote_cannot_steer_a_terminal_or_run_on(board):
    source = pt.Source(doc="report\x1b[2J.txt", quote="乙\x1b[31m区\u202e\n\n  面积" + "长" * 1000)
    seen = board["slow"].observed.model_copy(update={"source": source})
    with pytest.raises(PlanAssertionError) as caught:
        assert_on_track(board["slow"].model_copy(update={"observed": seen}))
    line = next(line for line in str(caught.value).splitlines() if "出处 Source" in line)
    assert "乙�[31m区� 面积长" in line
    assert len(line) < 350
    assert line.endswith("…」")
    assert all(sign.isprintable() for sign in line)


def test_a_failing_test_shows_its_own_line_and_no_line_of_plantrack(pytester, board):
    """pytest leaves out what the assertions do inside, for failures and for refusals."""
    pytester.makepyfile(
        """
        import pytest
        from plantrack.testing import assert_on_track, assert_status, assert_consistent

        @pytest.mark.parametrize("wrong", [3, "id"])
        def test_it(wrong):
            assert_status(wrong, at_least="on_track")

        def test_plan():
            assert_consistent("plan")
        """
    )
    done = pytester.runpytest_subprocess("-p", "no:plantrack")
    done.assert_outcomes(failed=3)
    done.stdout.no_fnmatch_line("*plantrack/testing/*")
    done.stdout.fnmatch_lines(
        ["*IncomparableError: a target or an assessment is due here, found int*"]
    )


def test_a_failure_survives_pickling():
    error = PlanAssertionError("slow: is lagging", ["slow"])
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.target_ids) == (str(error), ("slow",))
    assert isinstance(again, AssertionError)


# Reported -------------------------------------------------------------------------------------


def test_a_value_for_exactly_the_period_is_reported(plan, seen):
    slow = plan.target("slow")
    assert_reported(slow, 2027, seen)
    assert_reported(slow.series, "2027", seen)
    assert_reported(slow, pt.Period.parse("2027/2027"), seen)
    assert_reported(plan.target("silent"), "2027Q1", seen)


@pytest.mark.parametrize("period", [2026, "2027H1", "2026/2027"])
def test_another_period_is_not(plan, seen, period):
    with pytest.raises(PlanAssertionError) as caught:
        assert_reported(plan.target("slow"), period, seen)
    assert str(caught.value).splitlines() == [
        f"slow (乙区面积): no value for {period} is reported",
        "  要求 Expected: 乙区面积 · level · 某市",
        "  已有 Reported: 130平方米 (2027) report.yaml 「乙区面积为130平方米。」",
    ]


def test_the_yearly_values_of_a_mean_rate_count_for_the_target_but_not_for_the_series(plan, seen):
    yearly = plan.target("yearly")
    assert_reported(yearly, 2026, seen)
    with pytest.raises(PlanAssertionError, match="相近 Similar: 产出增长 · growth · 某市"):
        assert_reported(yearly.series, 2026, seen)


def test_a_value_of_another_place_is_shown_but_does_not_count(plan, seen):
    elsewhere = tuple(
        o.model_copy(
            update={"series": o.series.model_copy(update={"scope": pt.model.Scope(name="邻市")})}
        )
        for o in seen
    )
    with pytest.raises(PlanAssertionError, match="相近 Similar: 乙区面积 · level · 邻市"):
        assert_reported(plan.target("slow"), 2027, elsewhere)
    nowhere = tuple(
        o.model_copy(update={"series": o.series.model_copy(update={"scope": None})}) for o in seen
    )
    assert_reported(plan.target("slow"), 2027, nowhere)


@pytest.mark.parametrize("observations", [(), "all but it"])
def test_nothing_of_the_kind_is_said_with_a_count(plan, seen, observations):
    rest = [o for o in seen if o.series.indicator != "乙区面积"] if observations else []
    with pytest.raises(PlanAssertionError, match=f"none of {len(rest)} values is of it"):
        assert_reported(plan.target("slow"), 2027, rest)


def test_another_unit_is_refused_and_a_convertible_one_is_not(plan, seen):
    slow = plan.target("slow")
    one = next(o for o in seen if o.series.indicator == "乙区面积")

    def written(unit: str) -> pt.Observation:
        return one.model_copy(update={"quantity": pt.Quantity(value=Decimal("1.3"), unit=unit)})

    assert_reported(slow, 2027, [written("万平方米")])
    assert_reported(slow, 2027, [written("")])
    with pytest.raises(IncomparableError, match=r"set in '平方米'.*1\.3吨"):
        assert_reported(slow, 2027, [written("吨")])
    assert_reported(slow, 2027, [written("吨"), written("平方米")])
    assert_reported(slow.series, 2027, [written("吨")])


def test_reported_refuses_other_types(board, seen):
    for wrong in ("slow", board["slow"], None):
        with pytest.raises(IncomparableError, match=f"found {type(wrong).__name__}"):
            assert_reported(wrong, 2027, seen)
    with pytest.raises(IncomparableError, match="found dict"):
        assert_reported(board["slow"].target, 2027, [{}])
    with pytest.raises(UsageError, match="is no period"):
        assert_reported(board["slow"].target, "last year", seen)


def test_the_package_costs_nothing_until_it_is_used():
    code = (
        "import sys, plantrack.testing as t; dir(t); "
        "assert not {'pydantic', 'pandas', 'pytest', 'hypothesis'} & set(sys.modules); "
        "[getattr(t, name) for name in t.__all__]; "
        "assert not {'pytest', 'hypothesis'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_an_unknown_name_is_an_attribute_error():
    import plantrack.testing

    with pytest.raises(AttributeError, match="assert_perfect"):
        _ = plantrack.testing.assert_perfect
