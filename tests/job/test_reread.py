"""Documents that an older version read, read again by this one: its values take their place."""

from __future__ import annotations

import pytest

from plantrack.job import ingest, reading
from plantrack.model import FlagKind, FlagState
from tests.job.conftest import Desk, report

OLD = "plantrack 0.0.9"


def read_by_the_older_version(desk: Desk, monkeypatch: pytest.MonkeyPatch, misread: str) -> str:
    """A report of 2027 that an older version took for one with other digits; its content's hash."""
    text = report(2027, "3.67", "74")

    def older(path, name, sha256, made, **given):
        """The file as this version reads it, had it held what the older one saw in it."""
        path.write_text(misread, encoding="utf-8")
        seen = reading.take(path, name, reading.digest(path), made, **given)
        path.write_text(text, encoding="utf-8")
        same = seen.document.model_copy(update={"sha256": sha256})
        return seen._replace(document=same)

    desk.put("a.txt", text)
    with monkeypatch.context() as past:
        past.setattr(ingest, "READER", OLD)
        past.setattr(ingest, "take", older)
        assert desk.run().read == 1
    [kept] = desk.ask(lambda unit: unit.documents.list())
    assert (kept.name, kept.version.reader) == ("a.txt", OLD)
    return kept.sha256


def test_nothing_is_read_again_without_being_asked_for(watched, monkeypatch):
    read_by_the_older_version(watched, monkeypatch, report(2027, "3.67", "74"))
    assert watched.run().read == 0
    [kept] = watched.ask(lambda unit: unit.documents.list())
    assert kept.version.reader == OLD


def test_what_the_older_version_misread_counts_no_longer_and_stays_as_history(watched, monkeypatch):
    sha256 = read_by_the_older_version(watched, monkeypatch, report(2027, "3.27", "74"))
    assert watched.statuses()["gdp"] == "off_track"
    [wrong] = [o for o in current(watched) if o.series.indicator_id == "gdp"]
    summary = watched.run(again=True)
    assert (summary.read, [change.target for change in summary.changed]) == (1, ["gdp"])
    readings = watched.ask(lambda unit: unit.documents.readings(sha256))
    assert [(r.version.reader, r.current) for r in readings] == [
        (OLD, False),
        (reading.READER, True),
    ]
    [right] = [o for o in current(watched) if o.series.indicator_id == "gdp"]
    assert (wrong.quantity.written, right.quantity.written) == ("3.27", "3.67")
    vintages = watched.ask(lambda unit: unit.observations.vintages(right.series, right.period))
    assert [(v.observation.quantity.written, v.retired) for v in vintages] == [
        ("3.27", True),
        ("3.67", False),
    ]
    history = watched.ask(lambda unit: unit.assessments.history("chongqing-15", "gdp"))
    assert [one.status.value for one in history] == ["no_data", "off_track", "on_track"]
    flag = watched.ask(lambda unit: unit.flags.get("chongqing-15", "gdp", FlagKind.WORSE))
    assert flag.state is FlagState.RESOLVED


def test_what_was_read_rightly_is_the_same_after_it_and_is_not_read_a_third_time(
    watched, monkeypatch
):
    sha256 = read_by_the_older_version(watched, monkeypatch, report(2027, "3.67", "74"))
    before, statuses = current(watched), watched.statuses()
    assert before
    summary = watched.run(again=True)
    assert (summary.read, summary.changed) == (1, [])
    assert (current(watched), watched.statuses()) == (before, statuses)
    assert watched.run(again=True).read == 0
    assert len(watched.ask(lambda unit: unit.documents.readings(sha256))) == 2


def current(desk: Desk):
    """The values that count."""
    return desk.ask(
        lambda unit: unit.observations.current(["gdp", "urbanisation", "常住人口城镇化率"])
    )
