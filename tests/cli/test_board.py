"""`plantrack board`: from files to a site, run after run."""

from __future__ import annotations

import json
import re
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


def test_a_table_in_csv_is_a_document_with_a_page(here):
    (here / "某市2027.csv").write_text(
        "某市2027年主要指标完成情况\n指标,单位,2027年实际\n常住人口城镇化率,%,70.5\n森林覆盖率,%,41\n",
        encoding="utf-8",
    )
    args = ("--plan", "plan.yaml", "--report", "某市2027.csv", "--as-of", "2027", "--out", "site")
    assert run(*args).exit_code == ExitCode.DONE
    [page] = [p.read_text("utf-8") for p in (here / "site/documents").glob("*.html")]
    assert "<table>" in page.split("</article>")[0]
    target = (here / "site/targets/little-15/urban.html").read_text("utf-8")
    assert "某市2027.csv，" in target


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


@pytest.fixture
def workspace(here: Path) -> Path:
    """A workspace with the plan, in which nothing is waited for and each pass writes a site."""
    assert plantrack("init", "w").exit_code == ExitCode.DONE
    settings = here / "w" / "plantrack.toml"
    text = settings.read_text("utf-8").replace("settle = 1 ", "settle = 0 ")
    settings.write_text(text.replace("# site =", "site ="), encoding="utf-8")
    old = PLAN.replace("15", "13").replace("十五五", "十三五").replace("2025", "2015")
    old = old.replace("2026/2030", "2016/2020")  # over for good, whatever day the test is run on
    (here / "old.yaml").write_text(old, encoding="utf-8")
    assert plantrack("add", "plan", "old.yaml", "-w", "w").exit_code == ExitCode.DONE
    return here / "w"


def plantrack(*args: str) -> Result:
    return CliRunner().invoke(app, list(args))


def passes(workspace: Path, name: str, value: str) -> Result:
    """A report comes, and a pass is done."""
    text = REPORT.replace("70.5", value).replace("2027", "2020")
    (workspace / "inbox" / name).write_text(text, encoding="utf-8")
    return plantrack("run", "-w", "w")


def test_a_workspace_is_shown_in_the_terminal(workspace):
    passes(workspace, "a.txt", "70.5")
    table = run("--workspace", "w", "--only", "little-13")
    assert (table.exit_code, "某市“十三五”规划" in table.stdout) == (ExitCode.DONE, True)
    [record] = map(json.loads, run("-w", "w", "--jsonl").stdout.splitlines())
    assert (record["target_id"], record["status"]) == ("urban", "missed")
    early = run("-w", "w", "--known-on", "2019-03-01")
    assert (early.exit_code, "known on 2019-03-01" in early.stderr) == (ExitCode.UNUSABLE, True)


def test_each_pass_leaves_a_site_that_tells_what_it_changed(workspace):
    index = workspace / "site" / "index.html"
    passes(workspace, "a.txt", "70.5")
    assert "→ 首次判定" in index.read_text("utf-8")
    first = (workspace / "site" / "version.txt").read_text("utf-8")
    passes(workspace, "b.txt", "75.5")
    page = index.read_text("utf-8")
    assert "↑ 好转" in page
    assert "70.5% → 75.5%" in page
    assert (workspace / "site" / "version.txt").read_text("utf-8") != first
    assert plantrack("run", "-w", "w").exit_code == ExitCode.DONE
    assert "没有变化" in index.read_text("utf-8")


def test_a_site_from_the_store_has_documents_history_and_the_life_of_flags(workspace):
    passes(workspace, "a.txt", "75.5")
    passes(workspace, "b.txt", "70.5")
    [flag] = map(json.loads, plantrack("flags", "--jsonl", "-w", "w").stdout.splitlines())
    plantrack("flags", "ack", str(flag["id"]), "--by", "李", "--note", "已约谈", "-w", "w")
    done = run("-w", "w", "--only", "little-13", "--out", "out", "--language", "en")
    assert (done.exit_code, Path(done.stdout.strip())) == (ExitCode.DONE, Path("out/index.html"))
    target = Path("out/targets/little-13/urban.html").read_text("utf-8")
    assert '<html lang="en"' in target
    history = target[target.index('class="history"') :]
    history = history[: history.index("</ol>")]
    assert re.findall(r'class="badge s-(\w+)"', history) == ["no_data", "achieved", "missed"]
    assert 'href="../../documents/b.html#at-' in target
    document = Path("out/documents/b.html").read_text("utf-8")
    assert 'href="../targets/little-13/urban.html"' in document
    page = Path("out/flags.html").read_text("utf-8")
    assert "已约谈" in page
    assert "已确认" in page


def test_the_text_of_a_plan_has_a_page_with_its_goals(workspace, here):
    text = "某县国民经济和社会发展第十五个五年规划纲要（2026—2030年）\n\n到2030年，常住人口城镇化率达到75%。\n"
    (here / "纲要.txt").write_text(text, encoding="utf-8")
    assert plantrack("add", "plan", "纲要.txt", "-w", "w").exit_code == ExitCode.DONE
    run("-w", "w", "--out", "out")
    [page] = [p.read_text("utf-8") for p in Path("out/documents").glob("*.html")]
    assert 'href="../targets/' in page


def test_a_site_that_cannot_be_written_does_not_fail_the_pass(workspace):
    (workspace / "site").mkdir()
    (workspace / "site" / "mine.txt").write_text("mine", encoding="utf-8")
    done = passes(workspace, "a.txt", "70.5")
    assert done.exit_code == ExitCode.DONE
    assert "the site is not renewed" in done.stderr
    assert "mine.txt" in done.stderr
    assert [p.name for p in (workspace / "site").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--plan", "plan.yaml"], "needs --as-of PERIOD and --out FOLDER"),
        (["--plan", "plan.yaml", "--as-of", "2026"], "plantrack assess"),
        (["--plan", "plan.yaml", "--only", "x", "--jsonl"], "--only, --jsonl: --plan is for files"),
        (["--plan", "plan.yaml", "-w", "w"], "--workspace: --plan is for files"),
        (["--as-of", "2026"], "--as-of: without --plan"),
        (["--report", "2026.csv", "--rules", "default"], "--report, --rules: without --plan"),
        (["--language", "en"], "--language: only a site"),
        (["--out", "site", "--jsonl", "--known-on", "2026-01-01"], "--known-on, --jsonl: a site"),
        (["-w", "w", "--known-on", "gestern"], "no day"),
        (["-w", "w", "--only", "nosuch", "--out", "out"], "no plan 'nosuch'"),
        ([], "plantrack init"),
    ],
)
def test_options_that_do_not_fit_together_are_refused(workspace, args, said):
    result = run(*args)
    assert result.exit_code == ExitCode.UNUSABLE
    assert said in result.stderr
    assert result.stdout == ""
