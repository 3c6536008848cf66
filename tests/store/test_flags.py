"""The life of flags, and messages that tell of it once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from store.samples import plan

from plantrack.errors import UsageError
from plantrack.model import FlagKind, FlagState, Period, Status, Text
from plantrack.store import MessageState

YEAR = Period.parse("2024")
WHY = Text(zh="低于路径", en="below the path")


@pytest.fixture
def planned(store):
    with store.begin() as unit:
        unit.plans.save(plan(), run=None)
    return store


def lag(store, now=Status.LAGGING, kind=FlagKind.WORSE, channels=("log",)):
    with store.begin() as unit:
        return unit.flags.raised(
            "county-14",
            "gdp",
            kind,
            was=Status.ON_TRACK,
            now=now,
            as_of=YEAR,
            reason=WHY,
            channels=channels,
        )


def states(flag):
    return [event.state for event in flag.history]


def test_a_flag_is_raised_once_for_the_same_thing(planned):
    first = lag(planned)
    assert lag(planned) == first
    assert (first.plan_id, first.target_id, first.kind) == ("county-14", "gdp", FlagKind.WORSE)
    assert (first.was, first.now, first.as_of, first.reason) == (
        Status.ON_TRACK,
        Status.LAGGING,
        YEAR,
        WHY,
    )
    assert states(first) == [FlagState.OPEN]
    with planned.view() as unit:
        assert unit.flags.list() == (first,)
        assert len(unit.outbox.list()) == 1


def test_the_whole_life(planned, clock):
    flag = lag(planned)
    with planned.begin() as unit:
        taken = unit.flags.acknowledge(flag.id, by="王", note="已督办")
    assert (taken.state, taken.owner) == (FlagState.ACKNOWLEDGED, "王")
    worse = lag(planned, Status.OFF_TRACK)
    assert (worse.state, worse.owner, worse.now) == (FlagState.OPEN, "", Status.OFF_TRACK)
    clock.at += timedelta(days=1)
    with planned.begin() as unit:
        done = unit.flags.resolve(
            flag.id, now=Status.ON_TRACK, as_of=YEAR, reason=Text(zh="回升", en="recovered")
        )
    assert (done.state, done.history[-1].was, done.history[-1].now) == (
        FlagState.RESOLVED,
        Status.OFF_TRACK,
        Status.ON_TRACK,
    )
    again = lag(planned)
    assert again.id == flag.id
    assert states(again) == [
        FlagState.OPEN,
        FlagState.ACKNOWLEDGED,
        FlagState.OPEN,
        FlagState.RESOLVED,
        FlagState.REOPENED,
    ]
    assert (again.history[1].by, again.history[1].note) == ("王", "已督办")
    assert again.history[3].at - again.history[0].at == timedelta(days=1)


def test_kinds_of_flag_stand_side_by_side(planned):
    lag(planned)
    stale = lag(planned, kind=FlagKind.STALE)
    with planned.view() as unit:
        assert unit.flags.get("county-14", "gdp", FlagKind.STALE) == stale
        assert unit.flags.get("county-14", "trees", FlagKind.STALE) is None
        assert len(unit.flags.list(plan="county-14", states=[FlagState.OPEN])) == 2
        assert unit.flags.list(states=[FlagState.RESOLVED]) == ()
        assert unit.flags.list(plan="another") == ()


def test_what_is_resolved_is_not_taken_on_or_resolved_again(planned):
    flag = lag(planned)
    with planned.begin() as unit:
        unit.flags.resolve(flag.id, by="王")
    for act in ("acknowledge", "resolve"):
        with pytest.raises(UsageError, match="was resolved on 2026-03-01"), planned.begin() as unit:
            getattr(unit.flags, act)(flag.id, by="李")
    with pytest.raises(UsageError, match="no flag 99"), planned.view() as unit:
        unit.flags.by_id(99)
    with pytest.raises(UsageError, match="no plan 'x'"), planned.begin() as unit:
        unit.flags.raised(
            "x", "gdp", FlagKind.WORSE, was=None, now=Status.MISSED, as_of=YEAR, reason=WHY
        )


def test_every_step_is_told_once_on_each_channel(planned, clock):
    lag(planned, channels=("log", "mail", "log"))
    with planned.begin() as unit:
        first, second = unit.outbox.due()
    assert [(m.channel, m.event.state, m.event_number) for m in (first, second)] == [
        ("log", FlagState.OPEN, 1),
        ("mail", FlagState.OPEN, 1),
    ]
    assert first.flag.target_id == "gdp"
    with planned.begin() as unit:  # another sender, at the same time
        assert unit.outbox.due() == ()
    with planned.begin() as unit:
        unit.outbox.sent(first.id)
        unit.outbox.failed(second.id, error="no route", next_try=clock.at + timedelta(minutes=1))
        assert unit.outbox.due() == ()
    clock.at += timedelta(minutes=1)
    with planned.begin() as unit:
        (again,) = unit.outbox.due()
        assert (again.id, again.attempts, again.error) == (second.id, 1, "no route")
        unit.outbox.failed(second.id, error="no route", next_try=None)
    clock.at += timedelta(days=1)
    with planned.begin() as unit:
        assert unit.outbox.due() == ()
        assert [m.id for m in unit.outbox.list(MessageState.SENT)] == [first.id]
        assert [m.attempts for m in unit.outbox.list(MessageState.GIVEN_UP)] == [2]
        with pytest.raises(UsageError, match="no message 99"):
            unit.outbox.sent(99)


def test_a_sender_that_died_leaves_its_messages_to_the_next(planned, clock):
    lag(planned)
    with planned.begin() as unit:
        (taken,) = unit.outbox.due(hold=timedelta(minutes=5))
    clock.at += timedelta(minutes=5)
    with planned.begin() as unit:
        assert [m.id for m in unit.outbox.due(limit=1)] == [taken.id]


def test_a_clock_set_back_holds_no_message_back(planned, clock):
    lag(planned)
    clock.at += timedelta(days=2)
    with planned.begin() as unit:
        (taken,) = unit.outbox.due()
    clock.at -= timedelta(days=1)
    with planned.begin() as unit:
        assert [m.id for m in unit.outbox.due()] == [taken.id]


def test_a_flag_that_is_undone_sends_nothing(planned):
    def die():
        with planned.begin() as unit:
            unit.flags.raised(
                "county-14",
                "gdp",
                FlagKind.WORSE,
                was=None,
                now=Status.LAGGING,
                as_of=YEAR,
                reason=WHY,
                channels=["log"],
            )
            raise RuntimeError("the pass died")

    with pytest.raises(RuntimeError, match="the pass died"):
        die()
    with planned.view() as unit:
        assert unit.flags.list() == ()
        assert unit.outbox.list() == ()
