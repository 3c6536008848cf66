"""One process does the work at a time; one that was overtaken writes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plantrack.errors import LeaseHeldError, LeaseLostError
from plantrack.store import Store

HOUR = timedelta(hours=1)


def test_the_second_is_told_who_holds_it_and_until_when(store, clock):
    store.lease("pass", "a:1", ttl=HOUR)
    with pytest.raises(LeaseHeldError) as caught:
        store.lease("pass", "b:2", ttl=HOUR)
    assert (caught.value.holder, caught.value.until) == ("a:1", clock.at + HOUR)
    assert store.holder("pass").holder == "a:1"
    store.lease("another work", "b:2", ttl=HOUR)


def test_it_can_be_given_back(store):
    held = store.lease("pass", "a:1", ttl=HOUR)
    store.release(held)
    assert store.holder("pass") is None
    assert store.lease("pass", "b:2", ttl=HOUR).holder == "b:2"
    store.release(held)  # no longer ours: nothing happens
    assert store.holder("pass").holder == "b:2"


def test_it_ends_by_itself_and_the_overtaken_one_writes_nothing(store, clock):
    first = store.lease("pass", "a:1", ttl=HOUR)
    clock.at += HOUR
    second = store.lease("pass", "b:2", ttl=HOUR)
    assert second.token > first.token
    with pytest.raises(LeaseLostError, match="to b:2"), store.begin(lease=first) as unit:
        unit.runs.begin("r", holder="a:1")
    with pytest.raises(LeaseLostError):
        store.renew(first, ttl=HOUR)
    with store.begin(lease=second) as unit:
        assert unit.runs.list() == ()


def test_renewing_holds_it_longer(store, clock):
    held = store.lease("pass", "a:1", ttl=HOUR)
    clock.at += HOUR / 2
    store.renew(held, ttl=HOUR)
    clock.at += HOUR / 2
    with pytest.raises(LeaseHeldError):
        store.lease("pass", "b:2", ttl=HOUR)


def test_a_clock_that_jumps_ahead_takes_nothing_from_its_holder(store, clock):
    held = store.lease("pass", "a:1", ttl=HOUR)
    clock.at += timedelta(days=400)  # over, but nobody took it: still ours
    with store.begin(lease=held) as unit:
        unit.runs.begin("r", holder="a:1")


def test_a_clock_set_back_a_little_leaves_the_lease_with_its_holder(store, clock):
    clock.at += HOUR / 2
    held = store.lease("pass", "a:1", ttl=HOUR)
    clock.at += HOUR / 2
    clock.at -= HOUR / 4
    with pytest.raises(LeaseHeldError):
        store.lease("pass", "b:2", ttl=HOUR)
    with store.begin(lease=held):
        pass


def test_nobody_waits_for_a_lease_that_was_taken_in_the_future(store, clock):
    store.release(store.lease("released", "a:1", ttl=HOUR))
    held = store.lease("pass", "a:1", ttl=HOUR)
    clock.at -= timedelta(days=30)
    assert store.holder("pass") is None
    assert store.lease("released", "b:2", ttl=HOUR).holder == "b:2"
    store.lease("pass", "b:2", ttl=HOUR)
    with pytest.raises(LeaseLostError), store.begin(lease=held):
        pass


def test_a_lease_given_back_is_free_however_the_clock_stands(store, clock):
    store.release(store.lease("pass", "a:1", ttl=HOUR))
    clock.at -= timedelta(minutes=1)
    assert store.lease("pass", "b:2", ttl=HOUR).holder == "b:2"


def test_a_process_that_starts_anew_under_its_name_overtakes_itself(store):
    first = store.lease("pass", "a:1", ttl=HOUR)
    second = store.lease("pass", "a:1", ttl=HOUR)
    with pytest.raises(LeaseLostError), store.begin(lease=first):
        pass
    with store.begin(lease=second):
        pass


def test_a_lease_is_seen_through_every_connection(store, where, clock):
    store.lease("pass", "a:1", ttl=HOUR)
    with Store.open(where, now=clock) as other, pytest.raises(LeaseHeldError):
        other.lease("pass", "b:2", ttl=HOUR)
