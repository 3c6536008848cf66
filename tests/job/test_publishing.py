"""The site of a workspace: what it knows of the past, of documents and of plans."""

from __future__ import annotations

import re

from plantrack.job import publishing
from plantrack.job.publishing import past, write_site
from plantrack.model import Status
from plantrack.show.site.folder import listed
from tests.job.conftest import Desk, report


def site(desk: Desk) -> dict[str, str]:
    """The pages of the workspace's site on the day it is there."""
    folder, today = desk.workspace.root.parent / "site", desk.now.date()
    desk.ask(lambda unit: write_site(desk.workspace, unit, folder, today=today))
    names = {name for name in listed(folder) if name.endswith(".html")}
    return {name: (folder / name).read_text("utf-8") for name in names}


def test_the_past_is_told_run_by_run_up_to_the_last_pass(watched):
    watched.put("a.txt", report(2026, "3.5", "74"))
    watched.run()
    watched.at("2028-06-01")
    watched.put("b.txt", report(2027, "3.4", "72"))
    watched.run()
    kept = watched.ask(lambda unit: unit.assessments.history("chongqing-15"))
    (last, *_) = watched.ask(lambda unit: unit.runs.list())
    *runs, before = past(kept, last.started)
    assert [str(one.as_of) for one in runs] == ["2026-03-01", "2028-03-01"]
    assert set(before.verdicts) == {"gdp", "urban", "pm25"}
    assert before.verdicts["urban"].value == "74%"
    assert past(kept, None)[-1].verdicts["urban"].value == "72%"
    assert past((), None) == ()
    pages = site(watched)
    assert "74% → 72%" in pages["index.html"]
    history = pages["targets/chongqing-15/urban.html"].split('class="history"')[1]
    statuses = re.findall(r"badge s-(\w+)", history.split("</ol>")[0])
    now = watched.statuses()["urban"]
    assert (statuses[0], statuses[-1]) == (Status.NO_DATA, now)
    assert len(statuses) == 3


def test_moments_are_those_of_the_workspaces_time_zone(watched):
    watched.put("a.txt", report(2027, "3.4", "72"))
    watched.run()  # at two in the morning, universal time
    assert "2028-03-01 10:00" in site(watched)["flags.html"]


def test_of_very_many_documents_those_that_prove_something_and_the_newest_have_pages(
    watched, monkeypatch
):
    monkeypatch.setattr(publishing, "MOST_DOCUMENTS", 1)
    watched.put("a.txt", report(2027, "3.4", "72"))
    watched.run()
    for name in ("b.txt", "c.txt"):
        watched.put(name, f"重庆市{name}\n\n2027年，重庆市森林覆盖率为5{len(name)}%。{name}")
        watched.run()
    pages = site(watched)
    assert "documents/a.html" in pages
    assert "documents/b.html" not in pages
    assert "documents/c.html" in pages
