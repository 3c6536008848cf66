"""Reports in foreign formats: read in a child process, kept with their places, quarantined where broken."""

from __future__ import annotations

import pytest
from read.makers import Grid, as_pdf, as_word, parts_of

from plantrack.errors import MissingExtraError
from plantrack.job import reading
from plantrack.read import sandbox
from tests.job.conftest import Desk, report

PARTS = [
    *parts_of(report(2026, "3.48", "74")),
    Grid("表1 主要指标", [["指标", "单位", "2026年"], ["森林覆盖率", "%", "55.1"]]),
]


@pytest.mark.parametrize(
    ("suffix", "made", "sandboxed", "place"),
    [("docx", as_word, True, "表1，第2行第3列"), ("pdf", as_pdf, False, "第1页")],
)
def test_a_report_in_a_foreign_format_is_read_and_traced_to_its_place(
    watched: Desk, suffix, made, sandboxed, place, monkeypatch
):
    asked = []
    whole = sandbox.read_sandboxed
    monkeypatch.setattr(sandbox, "read_sandboxed", lambda *p: asked.append(p) or whole(*p))
    watched.settle(sandbox=sandboxed)
    watched.put(f"2026.{suffix}", made(PARTS))
    watched.put(f"broken.{suffix}", made(PARTS)[:700])
    summary = watched.run()
    assert (summary.read, summary.quarantined) == (1, 1)
    assert watched.statuses()["gdp"] == "on_track"
    assert watched.names("quarantine") == [f"broken.{suffix}", f"broken.{suffix}.reason.txt"]
    [refused] = watched.ask(lambda unit: unit.quarantine.list())
    assert "mistake in plantrack" not in refused.reason
    assert f"broken.{suffix}" in refused.reason
    assert len(asked) == (2 if sandboxed else 0)
    [kept] = watched.ask(lambda unit: unit.documents.list())
    assert watched.ask(lambda unit: unit.documents.get(kept.sha256)).layout
    [first] = watched.ask(lambda unit: unit.documents.readings(kept.sha256))
    figures = watched.ask(lambda unit: unit.documents.figures(first.id))
    assert place in {f.place.zh for f in figures if f.place}


def test_plain_texts_and_tables_of_values_start_no_other_process(watched: Desk, monkeypatch):
    monkeypatch.setattr(sandbox, "read_sandboxed", None)
    watched.put("2026.txt", report(2026, "3.48", "74"))
    watched.put("table.csv", "指标,单位,2026年\n森林覆盖率,%,55.1\n")
    watched.put("values.csv", "indicator,scope,period,value,unit\n人口,重庆市,2026,3191,万人\n")
    assert watched.run().read == 3


def test_a_format_whose_extra_is_missing_says_what_to_install(watched: Desk, monkeypatch):
    def read(path, *, sandbox):
        raise MissingExtraError("pdf", "reading PDF files")

    monkeypatch.setattr(reading.flow, "read", read)
    watched.put("2026.pdf", as_pdf(PARTS))
    assert watched.run().quarantined == 1
    [refused] = watched.ask(lambda unit: unit.quarantine.list())
    assert "plantrack[pdf]" in refused.reason
