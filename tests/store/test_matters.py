"""Runs, quarantine and matters for review."""

from __future__ import annotations

from datetime import timedelta

import pytest
from store.samples import V1, document, figure, observation

from plantrack.errors import StoreError, UsageError
from plantrack.store import ReviewKind, ReviewState


def test_runs_and_their_summaries(store, clock):
    for name in ("r1", "r2"):
        with store.begin() as unit:
            unit.runs.begin(name, holder="host:1")
        clock.at += timedelta(hours=1)
    with store.begin() as unit:
        unit.runs.end("r1", summary={"files": 3, "说": ["好"], "seconds": 1.5}, code=3)
        assert [run.id for run in unit.runs.list()] == ["r2", "r1"]
        assert [run.id for run in unit.runs.list(1)] == ["r2"]
        (ended,) = unit.runs.list(ended=True)
        assert unit.runs.get("r2").ended is None
        with pytest.raises(UsageError, match="no run 'r3'"):
            unit.runs.end("r3", summary={}, code=0)
    assert (ended.id, ended.code, ended.holder) == ("r1", 3, "host:1")
    assert ended.summary == {"files": 3, "说": ["好"], "seconds": 1.5}
    assert ended.ended - ended.started == timedelta(hours=2)


def test_what_is_written_names_a_run_that_is_there(store):
    with pytest.raises(StoreError, match="contradict"), store.begin() as unit:
        unit.quarantine.add("a" * 64, "a.txt", reason="binary", detail="", run="never begun")
    with store.view() as unit:
        assert unit.quarantine.list() == ()


def test_quarantine_holds_a_content_once_until_it_is_forgotten(store):
    with store.begin() as unit:
        assert unit.quarantine.add("a" * 64, "a.txt", reason="binary", detail="d", run=None)
        assert not unit.quarantine.add("a" * 64, "b.txt", reason="binary", detail="d", run=None)
        (kept,) = unit.quarantine.list()
        unit.quarantine.forget("a" * 64)
        assert unit.quarantine.list() == ()
    assert (kept.name, kept.reason, kept.detail) == ("a.txt", "binary", "d")


def test_a_matter_is_put_up_once_and_decided_once(store, clock):
    with store.begin() as unit:
        reading = unit.documents.add(
            document(), [figure(), figure("7")], [observation()], version=V1, run=None
        )
        ask = {"reading": reading, "figure": 1, "payload": {"why": "单位不明"}}
        number = unit.review.add(ReviewKind.FIGURE, key="k", **ask)
        assert unit.review.add(ReviewKind.FIGURE, key="k", **ask) is None
        alias = unit.review.add(ReviewKind.ALIAS, key="k")
        with pytest.raises(UsageError, match="no figure 2 of reading"):
            unit.review.add(ReviewKind.FIGURE, key="other", reading=reading, figure=2)
    clock.at += timedelta(days=1)
    with store.begin() as unit:
        item, bare = unit.review.list()
        assert (item.figure, item.source, item.payload) == (1, figure("7"), {"why": "单位不明"})
        assert (bare.id, bare.source, bare.at) == (alias, None, None)
        done = unit.review.decide(
            number, ReviewState.CORRECTED, by="王", note="应为万", value={"unit": "万"}
        )
        assert unit.review.list() == (bare,)
        assert unit.review.list(ReviewState.CORRECTED) == (done,)
        assert len(unit.review.list(None)) == 2
        with pytest.raises(UsageError, match="is decided: corrected, by 王"):
            unit.review.decide(number, ReviewState.ACCEPTED, by="李")
        with pytest.raises(UsageError, match="Decide one of"):
            unit.review.decide(alias, ReviewState.OPEN, by="李")
        with pytest.raises(UsageError, match="no review item 99"):
            unit.review.get(99)
    assert (done.by, done.note, done.value, done.at) == ("王", "应为万", {"unit": "万"}, clock.at)
