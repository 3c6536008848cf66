"""`plantrack board`: from files to a site, run after run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from plantrack.cli.codes import ExitCode
from plantrack.cli.main import app

PLAN = """\
plan: little-15
title: 某市“十五五”规划
kind: plan
region: 某市
period: 2026/2030
targets:
  - id: urban
    indicator: 常住人口城镇化率
    unit: "%"
    baseline: {period: 2025, value: 70}
    goal: {kind: reach, value: 75}
    nature: expected
"""
REPORT = "2027年某市国民经济和社会发展报告\n\n2027年，常住人口城镇化率达到70.5%。\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a plan, a value for 2026 and a report on 2027."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "2026.csv").write_text(
        "indicator,scope,period,value,unit\n常住人口城镇化率,某市,2026,71,%\n", encoding="utf-8"
    )
    (tmp_path / "报告 2027.txt").write_text(REPORT, encoding="utf-8")
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(app, ["board", *args])


def test_a_site_is_written_with_the_documents_it_was_made_from(here):
    result = run(
        "--plan",
        "plan.yaml",
        "--report",
        "2026.csv",
        "报告 2027.txt",
        "--as-of",
        "2027",
        "--out",
        "site",
    )
    assert result.exit_code == ExitCode.DONE
    assert Path(result.stdout.strip()) == Path("site/index.html")
    page = (here / "site/targets/little-15/urban.html").read_text("utf-8")
    (document,) = (here / "site/documents").glob("*.html")
    assert f'href="../../documents/{document.name}#at-' in page
    assert '<html lang="zh"' in page


def test_the_next_run_knows_what_changed(here):
    run("--plan", "plan.yaml", "--report", "2026.csv", "--as-of", "2026", "--out", "site")
    assert "这是第一次评估" in (here / "site/index.html").read_text("utf-8")
    run(
        "--plan",
        "plan.yaml",
        "--report",
        "2026.csv",
        "报告 2027.txt",
        "--as-of",
        "2027",
        "--out",
        "site",
    )
    page = (here / "site/index.html").read_text("utf-8")
    assert "与截至 2026 的评估相比" in page
    assert "↓ 变差" in page
    assert "71% → 70.5%" in page
    runs = json.loads((here / "site/runs.json").read_text("utf-8"))["runs"]["little-15"]
    assert [(r["as_of"], r["verdicts"]["urban"]["status"]) for r in runs] == [
        ("2026", "on_track"),
        ("2027", "off_track"),
    ]
    run(
        "--plan",
        "plan.yaml",
        "--report",
        "2026.csv",
        "报告 2027.txt",
        "--as-of",
        "2027",
        "--out",
        "site",
    )
    assert "没有变化" in (here / "site/index.html").read_text("utf-8")


def test_earlier_dates_make_a_history_at_once(here):
    args = ("--plan", "plan.yaml", "--report", "2026.csv", "报告 2027.txt", "--out", "site")
    run(*args, "--as-of", "2027", "--earlier", "2026", "--earlier", "2025")
    runs = json.loads((here / "site/runs.json").read_text("utf-8"))["runs"]["little-15"]
    assert [r["as_of"] for r in runs] == ["2025", "2026", "2027"]


def test_english_first(here):
    run("--plan", "plan.yaml", "--as-of", "2026", "--out", "site", "--language", "en")
    assert '<html lang="en"' in (here / "site/index.html").read_text("utf-8")


def test_a_folder_of_other_things_is_refused(here):
    result = run("--plan", "plan.yaml", "--as-of", "2026", "--out", ".")
    assert result.exit_code == ExitCode.UNUSABLE
    assert "no part of a site" in result.stderr
    assert not (here / "index.html").exists()


def test_a_report_that_cannot_be_read_is_named_and_the_rest_is_done(here):
    result = run(
        "--plan",
        "plan.yaml",
        "--report",
        "2026.csv",
        "gone.txt",
        "--as-of",
        "2026",
        "--out",
        "site",
    )
    assert result.exit_code == ExitCode.PARTIAL
    assert "gone.txt" in result.stderr
    assert (here / "site/index.html").exists()


def test_dates_that_are_none_are_refused_with_their_option(here):
    result = run("--plan", "plan.yaml", "--as-of", "2026", "--earlier", "soon", "--out", "site")
    assert result.exit_code == ExitCode.UNUSABLE
    assert "--earlier: 'soon' is no period" in result.stderr
