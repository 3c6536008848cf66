"""`plantrack figures --explain` and `--review` on real files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli.test_commands import one_paragraph, records, run

TEXT = "某县2024年工作报告\n\n一、2024年工作回顾\n\n全县地区生产总值达到300亿元。新戏达到12部。\n"


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "报告.txt").write_text(TEXT, encoding="utf-8")
    return "报告.txt"


def test_explain_tells_of_one_number(report: str) -> None:
    result = run("figures", report, "--explain", str(TEXT.index("300")))
    assert result.exit_code == 0
    for piece in ("「300」", "地区生产总值", "gdp", "可用于评估 good for a board"):
        assert piece in result.stdout


def test_explain_as_json_is_one_object(report: str) -> None:
    result = run("figures", report, "--explain", str(TEXT.index("300") + 1), "--json")
    (record,) = records(result)
    (listed,) = [f for f in records(run("figures", report, "--jsonl")) if f["text"] == "300"]
    assert record["figure"] == listed
    assert record["review"] is False


def test_explain_writes_where_it_is_told(report: str) -> None:
    run("figures", report, "--explain", str(TEXT.index("12")), "--json", "--out", "one.json")
    assert json.loads(Path("one.json").read_text("utf-8"))["review"] is True


def test_a_place_without_a_number_names_the_nearest(report: str) -> None:
    result = run("figures", report, "--explain", "0")
    assert result.exit_code == 2
    assert "The nearest are 2024 at 2" in one_paragraph(result)


def test_explain_takes_one_file_and_json_goes_with_it(report: str) -> None:
    assert run("figures", report, report, "--explain", "2").exit_code == 2
    assert "--explain tells of one number" in one_paragraph(
        run("figures", report, "b.txt", "--explain", "2")
    )
    assert "--json goes with --explain" in one_paragraph(run("figures", report, "--json"))


def test_review_lists_only_what_is_too_doubtful(report: str) -> None:
    every = records(run("figures", report, "--jsonl"))
    doubtful = records(run("figures", report, "--jsonl", "--review"))
    assert [f["text"] for f in every] == ["300", "12"]
    assert [f["text"] for f in doubtful] == ["12"]
    assert "新戏" in run("figures", report, "--review").stdout


def test_review_with_nothing_to_look_at_says_so(tmp_path: Path) -> None:
    path = tmp_path / "clear.txt"
    path.write_text(TEXT.partition("新戏")[0], encoding="utf-8")
    result = run("figures", str(path), "--review")
    assert result.exit_code == 0
    assert "no doubtful figures" in result.stderr
