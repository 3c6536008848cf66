"""The commands on real files: what they print, where, and the code they end with."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from plantrack.cli.main import app

REPORT = """2025年国民经济和社会发展报告

2025年，全市地区生产总值增长5.3%，常住人口城镇化率达到73.02%，全社会研发投入强度预计2.65%，城镇调查失业率平均5.3%。
"""
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
    baseline: {period: 2025, value: 73.02}
    goal: {kind: reach, cmp: approx, value: 75, text: 75左右}
    nature: expected
  - id: rd
    indicator: 研发投入强度
    unit: "%"
    baseline: {period: 2025, value: 2.65, estimated: true}
    goal: {kind: reach, value: 3.25}
    nature: expected
"""
OBSERVATIONS = """\
observations:
  - {indicator: 常住人口城镇化率, scope: 某市, period: 2030, value: 75.2, unit: "%"}
  - {indicator: 研发投入强度, scope: 某市, period: 2030, value: 3.0, unit: "%"}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a report, a plan and observations, and everything that can be wrong with a file."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "报告.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "seen.yaml").write_text(OBSERVATIONS, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "words.txt").write_text("没有数据的一段话。\n", encoding="utf-8")
    (tmp_path / "binary.txt").write_bytes(b"\x7fELF\x00\x00\x01" * 40)
    (tmp_path / "broken.txt").write_bytes("重庆".encode() + b"\xff\xff\xfe\x81" * 9)
    (tmp_path / "wrong.yaml").write_text(PLAN.replace("nature:", "natrue:", 1), encoding="utf-8")
    (tmp_path / "folder.txt").mkdir()
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(app, list(args), env={"COLUMNS": "160"})


def records(result: Result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def one_paragraph(result: Result) -> str:
    """The message of a failed run, which is one paragraph, no traceback, with nothing on stdout."""
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    (paragraph,) = result.stderr.splitlines()
    assert paragraph.startswith("plantrack: ")
    assert paragraph.endswith(".")
    return paragraph


def test_figures_prints_a_json_object_a_line_that_quotes_the_text(here):
    result = run("figures", "报告.txt", "--jsonl")
    assert result.exit_code == 0
    figures = records(result)
    assert {f["text"] for f in figures} == {"5.3", "73.02", "2.65"}
    for figure in figures:
        assert figure["doc"] == "报告.txt"
        assert REPORT[figure["start"] : figure["end"]] == figure["text"]
        assert REPORT[figure["sentence_start"] : figure["sentence_end"]].startswith("2025年")
    (rd,) = [f for f in figures if f["text"] == "2.65"]
    assert rd["estimated"] is True
    assert rd["period"] == "2025"


def test_figures_without_jsonl_is_a_table_for_people(here):
    result = run("figures", "报告.txt")
    assert result.exit_code == 0
    assert "指标 Indicator" in result.stdout
    assert "73.02%" in result.stdout


def test_targets_of_a_plan_file(here):
    result = run("targets", "plan.yaml", "--jsonl")
    assert result.exit_code == 0
    urban, rd = records(result)
    assert urban["id"] == "urban"
    assert urban["goal"]["cmp"] == "approx"
    assert urban["horizon"] == "2026/2030"
    assert rd["baseline"] == {"period": "2025", "value": "2.65", "estimated": True, "cmp": "eq"}
    table = run("targets", "plan.yaml").stdout
    assert "≈75%" in table


def test_assess_says_status_rule_and_reason(here):
    args = ("assess", "--plan", "plan.yaml", "--report", "seen.yaml", "--as-of", "2030")
    result = run(*args, "--jsonl")
    assert result.exit_code == 0
    urban, rd = records(result)
    assert (urban["target_id"], urban["status"]) == ("urban", "achieved")
    assert (rd["target_id"], rd["status"]) == ("rd", "missed")
    assert rd["rule"].startswith("default/")
    assert rd["observed"]["value"] == "3.0"
    assert rd["observed"]["source"]["doc"] == "seen.yaml"
    chinese, english = rd["reason"].split("\n")
    assert re.search("[一-鿿]", chinese)
    assert re.search("[a-z]", english)
    board = run(*args)
    assert board.exit_code == 0
    assert "✗ 未完成" in board.stdout
    assert "missed" in board.stdout


def test_assess_without_a_report_goes_by_the_plan_alone(here):
    result = run("assess", "--plan", "plan.yaml", "--as-of", "2025", "--jsonl")
    assert result.exit_code == 0
    assert [r["target_id"] for r in records(result)] == ["urban", "rd"]


def test_assess_reads_a_report_text(here):
    result = run(
        "assess", "--plan", "plan.yaml", "--report", "报告.txt", "--as-of", "2025", "--jsonl"
    )
    assert result.exit_code == 0
    assert len(records(result)) == 2


@pytest.mark.parametrize(
    ("fail_on", "code"), [("lagging", 1), ("off_track", 1), ("missed", 1), (None, 0)]
)
def test_fail_on_gives_code_1_and_still_prints_all(here, fail_on, code):
    args = ["assess", "--plan", "plan.yaml", "--report", "seen.yaml", "--as-of", "2030", "--jsonl"]
    result = run(*args, *([] if fail_on is None else ["--fail-on", fail_on]))
    assert result.exit_code == code
    assert len(records(result)) == 2


def test_fail_on_is_quiet_where_nothing_is_that_bad(here):
    good = OBSERVATIONS.replace("3.0", "3.3")
    (here / "seen.yaml").write_text(good, encoding="utf-8")
    args = ("assess", "--plan", "plan.yaml", "--report", "seen.yaml", "--as-of", "2030")
    assert run(*args, "--fail-on", "lagging").exit_code == 0


def test_one_option_takes_several_files_as_a_shell_gives_them(here):
    other = PLAN.replace("little-15", "other-15")
    (here / "other.yaml").write_text(other, encoding="utf-8")
    spread = run(
        *("assess", "--plan", "plan.yaml", "other.yaml", "--report", "seen.yaml", "报告.txt"),
        *("--jsonl", "--as-of", "2030"),
    )
    assert spread.exit_code == 0, spread.stderr
    assert [r["target_id"] for r in records(spread)] == ["urban", "rd"] * 2
    repeated = run(
        *("assess", "--plan=plan.yaml", "--plan", "other.yaml", "--report", "seen.yaml"),
        *("--report", "报告.txt", "--jsonl", "--as-of", "2030"),
    )
    assert repeated.stdout == spread.stdout


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("missing.txt", "missing.txt"),
        ("binary.txt", "binary"),
        ("broken.txt", "broken.txt"),
        ("folder.txt", "folder.txt"),
    ],
)
@pytest.mark.parametrize("command", ["figures", "targets"])
def test_a_file_that_cannot_be_used_is_one_paragraph_and_code_2(here, command, file, says):
    result = run(command, file, "--jsonl")
    assert result.exit_code == 2
    assert says in one_paragraph(result)


def test_a_wrong_key_says_where_it_is_and_what_is_allowed(here):
    line = next(
        n for n, text in enumerate(PLAN.splitlines(), 1) if text.strip().startswith("nature")
    )
    for result in (
        run("targets", "wrong.yaml"),
        run("assess", "--plan", "wrong.yaml", "--as-of", "2025"),
    ):
        assert result.exit_code == 2
        message = one_paragraph(result)
        assert f"wrong.yaml:{line}:5" in message
        assert "natrue" in message
        assert "nature" in message


@pytest.mark.parametrize("option", ["--plan", "--report"])
def test_assess_with_an_unreadable_file_is_code_2(here, option):
    args = {"--plan": "plan.yaml", "--report": "seen.yaml"} | {option: "missing.txt"}
    result = run("assess", *(part for pair in args.items() for part in pair), "--as-of", "2025")
    assert result.exit_code == 2
    assert "missing.txt" in one_paragraph(result)


def test_some_unreadable_files_are_named_and_the_others_done(here):
    result = run("figures", "missing.txt", "报告.txt", "binary.txt", "--jsonl")
    assert result.exit_code == 3
    assert {f["doc"] for f in records(result)} == {"报告.txt"}
    assert "missing.txt" in result.stderr
    assert "binary.txt" in result.stderr
    assert "Traceback" not in result.stderr


def test_only_unreadable_files_is_code_2(here):
    result = run("figures", "missing.txt", "binary.txt", "--jsonl")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 2


def test_done_in_part_outweighs_lagging(here):
    result = run(
        *("assess", "--plan", "plan.yaml", "--report", "seen.yaml", "missing.txt"),
        *("--as-of", "2030", "--jsonl", "--fail-on", "lagging"),
    )
    assert result.exit_code == 3
    assert len(records(result)) == 2


@pytest.mark.parametrize(
    ("file", "says"), [("empty.txt", "the text is empty"), ("words.txt", "no figures found")]
)
def test_a_text_without_figures_says_so_and_is_no_error(here, file, says):
    result = run("figures", file, "--jsonl")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert f"{file}: {says}" in result.stderr


def test_a_text_without_targets_says_so(here):
    result = run("targets", "words.txt", "--jsonl")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "words.txt: no targets found" in result.stderr


@pytest.mark.parametrize("file", ["empty.txt", "words.txt"])
def test_a_report_without_values_says_so(here, file):
    result = run("assess", "--plan", "plan.yaml", "--report", file, "--as-of", "2030", "--jsonl")
    assert result.exit_code == 0
    assert len(records(result)) == 2
    assert f"{file}: no values found" in result.stderr


@pytest.mark.parametrize("as_of", ["20x5", "2025Q5", ""])
def test_a_date_that_is_no_period(here, as_of):
    result = run("assess", "--plan", "plan.yaml", "--as-of", as_of)
    assert result.exit_code == 2
    assert "--as-of" in one_paragraph(result)


def test_an_unknown_rule_set_names_those_there_are(here):
    result = run("assess", "--plan", "plan.yaml", "--as-of", "2025", "--rules", "strictest")
    assert result.exit_code == 2
    message = one_paragraph(result)
    assert "strictest" in message
    assert "default" in message


def test_a_rule_file_with_an_unknown_metric_says_where(here):
    from plantrack.datafile import rules_path

    text = rules_path("status", "default.yaml").read_text("utf-8")
    assert re.search(r"\bmetric: ", text)
    bad = re.sub(r"(\bmetric: )\w+", r"\1velocity", text, count=1)
    (here / "mine.yaml").write_text(bad, encoding="utf-8")
    line = next(n for n, row in enumerate(bad.splitlines(), 1) if "metric: velocity" in row)
    result = run("assess", "--plan", "plan.yaml", "--as-of", "2025", "--rules", "mine.yaml")
    assert result.exit_code == 2
    message = one_paragraph(result)
    assert f"mine.yaml:{line}:" in message
    assert "velocity" in message


def test_the_users_own_rule_file_works_like_a_built_in_one(here):
    from plantrack.datafile import rules_path

    text = rules_path("status", "default.yaml").read_text("utf-8")
    (here / "mine.yaml").write_text(text, encoding="utf-8")
    args = ("assess", "--plan", "plan.yaml", "--report", "seen.yaml", "--as-of", "2030", "--jsonl")
    own, built_in = run(*args, "--rules", "mine.yaml"), run(*args)
    assert own.exit_code == 0, own.stderr
    assert [r["status"] for r in records(own)] == [r["status"] for r in records(built_in)]


def test_an_unwritable_output(here):
    for out in ("no-such-folder/f.jsonl", "folder.txt"):
        result = run("figures", "报告.txt", "--jsonl", "--out", out)
        assert result.exit_code == 2
        assert "cannot be written" in one_paragraph(result)


def test_out_takes_the_place_of_standard_output(here):
    direct = run("figures", "报告.txt", "--jsonl")
    result = run("figures", "报告.txt", "--jsonl", "--out", "f.jsonl")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert (here / "f.jsonl").read_text("utf-8") == direct.stdout


def test_out_spares_the_inputs(here):
    result = run("figures", "报告.txt", "--out", "报告.txt")
    assert result.exit_code == 2
    assert "one of the inputs" in one_paragraph(result)
    assert (here / "报告.txt").read_text("utf-8") == REPORT


def test_progress_is_on_standard_error_for_more_than_three_files(here):
    for n in range(4):
        (here / f"r{n}.txt").write_text(REPORT, encoding="utf-8")
    result = run("figures", *(f"r{n}.txt" for n in range(4)), "--jsonl")
    assert result.exit_code == 0
    assert len({r["doc"] for r in records(result)}) == 4
    assert "Figures" in result.stderr
    assert run("figures", *(f"r{n}.txt" for n in range(3)), "--jsonl").stderr == ""


@pytest.mark.parametrize("args", [["fgures"], ["figures"], ["assess", "--as-of", "2025"], ["--x"]])
def test_wrong_usage_is_code_2(args):
    result = run(*args)
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr


def test_version():
    import plantrack

    assert run("--version").stdout.strip() == f"plantrack {plantrack.__version__}"
