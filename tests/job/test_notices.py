"""What is said of a change."""

from __future__ import annotations

import pytest

from plantrack.job.flagging import Step
from plantrack.job.notices import Change, compose, fill, notice_rules
from plantrack.job.settings import Language
from plantrack.model import FlagKind, Status, Text


def change(plan="规划甲", target="地区生产总值", step=Step.RAISE, kind=FlagKind.WORSE) -> Change:
    return Change(
        flag=7,
        plan=plan,
        target=target,
        kind=kind,
        step=step,
        was=Status.ON_TRACK,
        now=Status.LAGGING,
        reason=Text(zh="低于路径", en="below the path"),
    )


def test_there_is_a_template_for_every_step_of_every_kind():
    assert {k: set(v) for k, v in notice_rules().changes.items()} == {
        kind: set(Step) for kind in FlagKind
    }


def test_one_change_in_both_languages():
    title, body = compose([change()], Language.BOTH)
    assert title == "plantrack：规划甲 · plantrack: 规划甲"
    assert body.splitlines() == [
        "规划甲",
        "▼ 地区生产总值：正常 → 滞后。低于路径",
        "▼ 地区生产总值: on track → lagging. below the path",
    ]


@pytest.mark.parametrize(
    ("language", "title"),
    [(Language.ZH, "plantrack：3项变化"), (Language.EN, "plantrack: 3 changes")],
)
def test_a_digest_has_a_heading_for_each_plan(language, title):
    found = compose([change(), change("规划乙"), change(step=Step.RESOLVE)], language)
    assert found.title == title
    lines = found.body.splitlines()
    assert [lines.index("规划甲"), lines.index(""), lines.index("规划乙")] == [0, 3, 4]
    assert lines[2].startswith("✓")


def test_what_a_document_says_is_filled_in_once_and_never_looked_into():
    evil = change(target="{reason}{0.__class__}", plan="{now}")
    _, body = compose([evil], Language.EN)
    assert body.splitlines() == [
        "{now}",
        "▼ {reason}{0.__class__}: on track → lagging. below the path",
    ]


def test_a_long_text_is_cut_and_an_unknown_hole_stays():
    assert fill("{a} {b}", {"a": "x" * 1000}) == "x" * 600 + " {b}"


def test_many_targets_without_new_values_are_one_line():
    stale = [change(target=f"指标{n}", kind=FlagKind.STALE) for n in range(10)]
    _, body = compose([change(), *stale], Language.BOTH)
    assert body.splitlines() == [
        "规划甲",
        "▼ 地区生产总值：正常 → 滞后。低于路径",
        "▼ 地区生产总值: on track → lagging. below the path",
        "… 10项数据过期：指标0、指标1、指标2、指标3、指标4、指标5、指标6、指标7等",
        "… no new value of 10 targets: 指标0、指标1、指标2、指标3、指标4、指标5、指标6、指标7 and others",
    ]
    few = compose(stale[:3], Language.ZH).body.splitlines()
    assert len(few) == 4
    assert few[1].startswith("… 指标0")
