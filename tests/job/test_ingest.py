"""Passes: what they read, keep, put away and leave."""

from __future__ import annotations

import json
import os
from datetime import timedelta

import pytest

from plantrack.errors import LeaseHeldError, LeaseLostError, UsageError
from plantrack.job import ingest
from plantrack.job.session import session
from plantrack.model import FlagState
from tests.job.conftest import PLAN, report

ON_TRACK = report(2026, "3.48", "74")
CSV = "indicator,scope,period,value,unit\n地区生产总值,重庆市,2026,3.5,万亿元\n"


def test_reports_are_read_judged_and_put_away(watched):
    watched.put("2026.txt", ON_TRACK)
    watched.put("sub/2027.txt", report(2027, "3.67", "75.1"))
    summary = watched.run()
    assert (summary.read, summary.known, summary.quarantined) == (2, 0, 0)
    assert summary.observations == 4
    assert summary.linked == summary.figures == 4
    assert watched.statuses() == {"gdp": "on_track", "urban": "on_track", "pm25": "unresolved"}
    assert watched.names("inbox") == []
    assert watched.names("processed") == ["2026.txt", "sub/2027.txt"]
    assert not (watched.workspace.inbox / "sub").exists()


def test_the_run_is_kept_with_its_numbers(watched):
    watched.put("2026.txt", ON_TRACK)
    summary = watched.run()
    [last] = watched.ask(lambda unit: unit.runs.list(1))
    assert last.code == 0
    kept = json.loads(json.dumps(summary.record())) | {"sent": 0, "unsent": 0}
    assert last.summary == kept
    assert {c["target"] for c in last.summary["changed"]} == {"gdp", "urban"}


def test_one_content_counts_once_whatever_its_name(watched):
    for name in ("a.txt", "b.txt"):
        watched.put(name, ON_TRACK)
    first = watched.run()
    watched.put("c.txt", ON_TRACK)
    second = watched.run()
    assert (first.read, first.known, second.read, second.known) == (1, 1, 0, 1)
    assert watched.names("processed") == ["a.txt", "b.txt", "c.txt"]
    assert len(watched.ask(lambda unit: unit.documents.list())) == 1


def test_another_content_of_the_same_name_is_another_document(watched):
    watched.put("a.txt", ON_TRACK)
    watched.run()
    watched.put("a.txt", report(2027, "3.67", "75.1"))
    assert watched.run().read == 1
    first, second = watched.names("processed")
    assert (first[:2], second) == ("a-", "a.txt")
    paths = {kept.path for kept in watched.ask(lambda unit: unit.documents.list())}
    assert paths == {f"processed/{first}", f"processed/{second}"}


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.txt", b"\x00\x01", "not a text file"),
        ("b.txt", b"\xff\xfe\xfd", "encoding"),
        ("c.csv", "indicator,period\n地区生产总值,2026\n", "value"),
        ("d.yaml", "observations: [{", "not valid YAML"),
        ("e.csv", CSV.replace("重庆市", "").replace("2026", "soon"), "soon"),
    ],
)
def test_what_cannot_be_read_goes_to_quarantine_with_its_reason(watched, name, content, why):
    watched.put(name, content)
    watched.put("ok.txt", ON_TRACK)
    summary = watched.run()
    assert (summary.read, summary.quarantined) == (1, 1)
    assert summary.in_part
    assert watched.names("quarantine") == [name, f"{name}.reason.txt"]
    reason = (watched.workspace.quarantine / f"{name}.reason.txt").read_text("utf-8")
    assert why in reason
    [kept] = watched.ask(lambda unit: unit.quarantine.list())
    assert why in kept.reason
    [last] = watched.ask(lambda unit: unit.runs.list(1))
    assert last.code == 3


def test_a_mistake_in_plantrack_itself_stops_one_document_only(watched, monkeypatch):
    whole = ingest.take

    def broken(path, *rest, **options):
        if path.name == "a.txt":
            raise RecursionError("too deep")
        return whole(path, *rest, **options)

    monkeypatch.setattr(ingest, "take", broken)
    watched.put("a.txt", ON_TRACK)
    watched.put("b.txt", report(2027, "3.67", "75.1"))
    summary = watched.run()
    assert (summary.read, summary.quarantined) == (1, 1)
    reason = (watched.workspace.quarantine / "a.txt.reason.txt").read_text("utf-8")
    assert "mistake in plantrack (RecursionError: too deep)" in reason
    assert "Traceback" in reason


def test_a_content_from_quarantine_may_be_tried_again(watched, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(ingest, "take", lambda *_, **__: 1 // 0)
        watched.put("a.txt", ON_TRACK)
        assert watched.run().quarantined == 1
    watched.put("a.txt", ON_TRACK)
    assert watched.run().read == 1
    assert watched.ask(lambda unit: unit.quarantine.list()) == ()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_is_refused_and_what_it_points_to_is_left_alone(watched, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text(ON_TRACK, encoding="utf-8")
    (watched.workspace.inbox / "link.txt").symlink_to(secret)
    summary = watched.run()
    assert (summary.read, summary.quarantined) == (0, 1)
    assert (watched.workspace.quarantine / "link.txt").is_symlink()
    assert "link" in (watched.workspace.quarantine / "link.txt.reason.txt").read_text("utf-8")
    assert secret.read_text("utf-8") == ON_TRACK


def test_a_file_that_changes_while_it_is_read_is_left(watched, monkeypatch):
    path = watched.put("a.txt", ON_TRACK)
    whole = ingest.take

    def meanwhile(*rest, **options):
        path.write_text(ON_TRACK + "更多\n", encoding="utf-8")
        return whole(*rest, **options)

    with monkeypatch.context() as patched:
        patched.setattr(ingest, "take", meanwhile)
        summary = watched.run()
    assert (summary.read, summary.unfinished, summary.quarantined) == (0, 1, 0)
    assert watched.names("inbox") == ["a.txt"]
    assert watched.run().read == 1


def test_a_file_whose_effects_are_kept_but_that_was_not_moved_is_only_moved(watched, monkeypatch):
    """What is left when a pass is ended between the commit and the move."""

    class EndedError(BaseException):
        pass

    def end(*_):
        raise EndedError

    with monkeypatch.context() as patched:
        patched.setattr(ingest.inbox, "move", end)
        watched.put("a.txt", ON_TRACK)
        with pytest.raises(EndedError):
            watched.run()
    assert watched.names("inbox") == ["a.txt"]
    summary = watched.run()
    assert (summary.read, summary.known) == (0, 1)
    assert watched.names("processed") == ["a.txt"]
    assert len(watched.ask(lambda unit: unit.assessments.history("chongqing-15", "gdp"))) == 2


def test_values_written_by_hand_count_too(watched):
    watched.put("a.csv", CSV)
    assert watched.run().observations == 1
    assert watched.statuses()["gdp"] == "on_track"
    [seen] = watched.ask(lambda unit: unit.observations.current(["地区生产总值"]))
    assert seen.source.doc == "a.csv"
    assert seen.known_on.isoformat() == "2028-03-01"


def test_a_file_without_a_region_speaks_of_the_only_one_there_is(watched):
    bare = CSV.replace("重庆市", "")
    watched.put("a.csv", bare)
    assert watched.run().read == 1
    assert watched.statuses()["gdp"] == "on_track"
    other = PLAN.replace("chongqing-15", "other").replace("重庆市", "四川省")
    watched.plan(other.replace("500000", "510000"), "other.yaml")
    watched.put("b.csv", bare.replace("2026", "2027"))
    assert watched.run().quarantined == 1
    reason = (watched.workspace.quarantine / "b.csv.reason.txt").read_text("utf-8")
    assert "names no region" in reason
    assert "重庆市、四川省" in reason


def test_a_report_of_one_region_says_nothing_about_another(watched):
    other = PLAN.replace("chongqing-15", "other").replace("重庆市", "四川省")
    watched.plan(other.replace("500000", "510000"), "other.yaml")
    watched.put("a.txt", ON_TRACK)
    watched.run()
    last = watched.ask(lambda unit: unit.assessments.last("other"))
    assert {kept.status.value for kept in last.values()} == {"no_data", "unresolved"}


def test_the_second_job_is_told_who_is_at_work(watched):
    with (
        session(watched.workspace, watched.world, "first"),
        pytest.raises(LeaseHeldError, match="run first"),
    ):
        watched.run()
    assert watched.run().files == 0


def test_a_job_whose_lease_ran_out_while_it_slept_writes_nothing_any_more(watched):
    """The first is taken for dead and another takes over; the first must find out, not write."""

    def sleep_and_write() -> None:
        with session(watched.workspace, watched.world, "first") as slow:
            watched.now += timedelta(seconds=watched.workspace.settings.job.lease + 1)
            watched.put("a.txt", ON_TRACK)
            assert watched.run().read == 1
            slow.change(lambda unit: unit.runs.begin("never", holder="nobody"))

    with pytest.raises(LeaseLostError):
        sleep_and_write()
    runs = watched.ask(lambda unit: {run.id for run in unit.runs.list(10)})
    assert "never" not in runs


def test_a_long_pass_keeps_its_lease(watched):
    """Each document takes longer than a third of the lease; a pass of ten is longer than the lease."""
    step = watched.workspace.settings.job.lease * 0.4
    for number in range(10):
        watched.put(f"{number}.txt", report(2026, f"3.{number}1", "74"))
    world = watched.world

    def slow():
        watched.now += timedelta(seconds=step / 40)
        return watched.now

    watched.world = type(world)(now=slow, sleep=world.sleep)
    assert watched.run().read == 10


@pytest.mark.parametrize("hours", [-400, -2, 1, 400])
def test_a_clock_that_jumps_does_no_harm(watched, hours):
    watched.put("a.txt", ON_TRACK)
    watched.run()
    watched.now += timedelta(hours=hours)
    watched.put("b.txt", report(2027, "3.67", "75.1"))
    assert watched.run().read == 1
    watched.now -= timedelta(hours=hours)
    watched.put("c.txt", ON_TRACK)
    assert watched.run().known == 1
    assert len(watched.ask(lambda unit: unit.documents.list())) == 2
    assert watched.statuses()["gdp"] == "on_track"


def test_a_value_is_known_from_the_day_its_document_was_published_and_never_from_tomorrow(watched):
    dated = report(2026, "3.48", "74") + "\n重庆市统计局\n2027年3月20日\n"
    watched.put("a.txt", dated)
    watched.put("b.txt", report(2027, "3.67", "75.1") + "\n重庆市统计局\n2031年3月20日\n")
    watched.run()
    seen = watched.ask(lambda unit: unit.observations.current(["地区生产总值"]))
    days = {str(o.period): o.known_on.isoformat() for o in seen}
    assert days["2027"] == "2028-03-01"
    assert days["2026"] in ("2027-03-20", "2028-03-01")


def test_settings_that_lead_nowhere_are_found_out_before_anything_is_done(watched, monkeypatch):
    watched.put("a.txt", ON_TRACK)
    watched.settle(rules="nosuch")
    with pytest.raises(UsageError, match="nosuch"):
        watched.run()
    assert watched.names("inbox") == ["a.txt"]
    assert all(run.id == "run-1" for run in watched.ask(lambda unit: unit.runs.list(9)))


def test_a_document_leaves_no_open_flag_twice(watched):
    watched.put("a.txt", report(2026, "3.35", "74"))
    watched.put("b.txt", report(2027, "3.38", "74.9"))
    watched.run()
    flags = watched.ask(lambda unit: unit.flags.list(states=[FlagState.OPEN]))
    assert len({(f.target_id, f.kind) for f in flags}) == len(flags) > 0
