"""The commands of a workspace: init, add, run, watch, status, flags, history, board, review, resolve, db."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from plantrack.cli.main import app

PLAN = """\
plan: chongqing-13
title: 重庆市“十三五”规划
region: {name: 重庆市, code: '500000'}
period: 2016/2020
targets:
  - id: urban
    indicator: 常住人口城镇化率
    unit: '%'
    baseline: {period: 2015, value: 60}
    goal: {kind: reach, value: 65}
    horizon: 2016/2020
  - id: pm25
    indicator: 细颗粒物（PM2.5）浓度
    unit: 微克/立方米
    goal: {kind: external, text: 达到国家考核目标}
    horizon: 2016/2020
"""
REPORT = "2020年重庆市国民经济和社会发展统计公报\n\n2020年，常住人口城镇化率为{}%。\n"
COMMAND = [sys.executable, "-c", "from plantrack.cli.main import run; run()"]


def plantrack(*args: str | Path) -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args])


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch) -> Path:
    """A workspace with a plan, in which the test stands."""
    assert plantrack("init", tmp_path / "w").exit_code == 0
    monkeypatch.chdir(tmp_path / "w")
    settings = Path("plantrack.toml")
    settings.write_text(
        settings.read_text("utf-8").replace("settle = 1 ", "settle = 0 "), encoding="utf-8"
    )
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    done = plantrack("add", "plan", tmp_path / "plan.yaml")
    assert done.exit_code == 0
    assert "chongqing-13 v1" in done.stdout
    return tmp_path / "w"


def put(workspace: Path, name: str, text: str | bytes) -> Path:
    path = workspace / "inbox" / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_a_report_raises_a_flag_and_the_flag_can_be_worked_on(workspace, tmp_path):
    report = tmp_path / "[a]报告.txt"
    report.write_text(REPORT.format(64), encoding="utf-8")
    added = plantrack("add", "report", report)
    assert (added.exit_code, "inbox/[a]报告.txt" in added.stdout) == (0, True)
    done = plantrack("run")
    assert done.exit_code == 0
    assert "读取 read 1" in done.stdout
    assert "pass ends" in done.stderr
    held = [json.loads(line) for line in plantrack("flags", "--jsonl").stdout.splitlines()]
    flag, stale = held
    assert (flag["target_id"], flag["state"], flag["now"]) == ("urban", "open", "missed")
    assert (stale["target_id"], stale["kind"]) == ("pm25", "stale")
    assert "missed" in plantrack("flags").stdout
    number = str(flag["id"])
    acknowledged = plantrack("flags", "ack", number, "--by", "李", "--note", "已约谈")
    assert "已确认 acknowledged" in acknowledged.stdout
    shown = plantrack("flags", "show", number).stdout
    assert "已约谈" in shown
    assert "李" in shown
    assert plantrack("flags", "resolve", number).exit_code == 0
    assert plantrack("flags", "resolve", str(stale["id"])).exit_code == 0
    assert plantrack("flags").stdout == ""
    assert "resolved" in plantrack("flags", "--all").stdout
    again = plantrack("flags", "ack", number)
    assert (again.exit_code, again.stdout) == (2, "")


def test_what_cannot_be_used_ends_with_code_3_and_the_rest_is_done(workspace):
    put(workspace, "a.txt", REPORT.format(66))
    put(workspace, "b.txt", b"\x00")
    done = plantrack("run", "--log-format", "json")
    assert done.exit_code == 3
    assert "隔离 quarantined 1" in done.stdout
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert {"pass begins", "read", "in quarantine", "pass ends"} <= {e["event"] for e in events}
    assert len({e["run"] for e in events}) == 1
    assert {e["document"] for e in events if "document" in e} == {"a.txt", "b.txt"}
    assert "隔离 quarantine" in plantrack("status").stdout


def test_the_board_and_the_history_of_a_target(workspace):
    put(workspace, "a.txt", REPORT.format(66))
    plantrack("run")
    board = [json.loads(line) for line in plantrack("board", "--jsonl").stdout.splitlines()]
    assert {b["target_id"]: b["status"] for b in board} == {
        "urban": "achieved",
        "pm25": "unresolved",
    }
    assert "重庆市“十三五”规划" in plantrack("board", "--only", "chongqing-13").stdout
    early = plantrack("board", "--known-on", "2019-03-01")
    assert early.exit_code == 2
    assert "2019-03-01" in early.stderr
    history = [
        json.loads(line) for line in plantrack("history", "urban", "--jsonl").stdout.splitlines()
    ]
    assert [h["status"] for h in history] == ["no_data", "achieved"]
    assert "achieved" in plantrack("history", "常住人口城镇化率").stdout


def test_a_goal_is_resolved(workspace):
    done = plantrack("resolve", "pm25", "≤35", "--by", "李")
    assert done.exit_code == 0
    [pm25] = [
        one
        for one in map(json.loads, plantrack("board", "--jsonl").stdout.splitlines())
        if one["target_id"] == "pm25"
    ]
    assert pm25["status"] == "no_data"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["history", "nosuch"], "no plan has a target 'nosuch'"),
        (["resolve", "urban", "70"], "is known"),
        (["resolve", "pm25", "viel"], "no goal"),
        (["board", "--only", "nosuch"], "no plan 'nosuch'"),
        (["board", "--known-on", "gestern"], "no day"),
        (["run", "--log-format", "xml"], "text or json"),
        (["watch"], "exactly one of --at, --cron and --every"),
        (["watch", "--at", "26:00"], "no time of day"),
        (["flags", "show", "99"], "99"),
        (["review", "accept", "99"], "99"),
        (["add", "plan", "nosuch.yaml"], "no such file"),
        (["init", "."], "workspace already"),
    ],
)
def test_bad_usage_is_code_2_with_what_to_do(workspace, args, said):
    done = plantrack(*args)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_outside_a_workspace_the_way_to_one_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for command in (["run"], ["flags"], ["status"], ["review"], ["db", "export"]):
        done = plantrack(*command)
        assert done.exit_code == 2
        assert "plantrack init" in done.stderr


def test_the_review_list_says_when_it_is_empty(workspace):
    done = plantrack("review")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "nothing to review" in done.stderr


def test_the_database_can_be_backed_up_exported_and_filled_again(workspace, tmp_path):
    put(workspace, "a.txt", REPORT.format(64))
    plantrack("run")
    exported, saved = tmp_path / "all.jsonl", tmp_path / "saved.db"
    assert plantrack("db", "export", "--out", exported).exit_code == 0
    assert plantrack("db", "backup", saved).exit_code == 0
    refused = plantrack("db", "restore", saved)
    assert refused.exit_code == 2
    for file, command in (
        (saved, ["restore", saved, "--replace"]),
        (exported, ["import", exported]),
    ):
        if file is exported:
            (workspace / "plantrack.db").unlink()
        done = plantrack("db", *command)
        assert done.exit_code == 0, done.stderr
        assert len(plantrack("flags", "--jsonl").stdout.splitlines()) == 2
    assert plantrack("db", "export").stdout == exported.read_text("utf-8")


def test_a_secret_that_is_not_set_is_named_and_one_that_is_set_is_not_shown(workspace, monkeypatch):
    settings = Path("plantrack.toml")
    text = (
        settings.read_text("utf-8")
        .replace("# urls_env", "urls_env")
        .replace("# url_env", "url_env")
    )
    settings.write_text(text, encoding="utf-8")
    monkeypatch.delenv("PLANTRACK_NOTIFY_URLS", raising=False)
    done = plantrack("run")
    assert (done.exit_code, "PLANTRACK_NOTIFY_URLS" in done.stderr) == (2, True)
    monkeypatch.setenv("PLANTRACK_NOTIFY_URLS", "json://localhost")
    monkeypatch.setenv("PLANTRACK_DATABASE_URL", "postgresql://user:hunter2@127.0.0.1:9/none")
    settings.write_text(text.replace("patience = 60", "patience = 0"), encoding="utf-8")
    done = plantrack("run")
    assert done.exit_code == 2
    assert "127.0.0.1" in done.stderr
    assert "hunter2" not in done.stderr + done.stdout


def wait_for(what, process: subprocess.Popen[str], seconds: float = 90) -> None:
    """Look again until it is so; fails where the process ends before, or the time is over."""
    end = time.monotonic() + seconds
    while not what():
        assert process.poll() is None, "it ended too early"
        assert time.monotonic() < end, "it did not come in time"
        time.sleep(0.05)


@pytest.mark.skipif(os.name == "nt", reason="ended by a signal that Windows does not have")
def test_watch_does_passes_until_it_is_told_to_end(workspace):
    """A real process: it reads what is there, then what comes, and ends with what it does done."""
    put(workspace, "a.txt", REPORT.format(64))
    log = workspace.parent / "log.jsonl"
    with log.open("w", encoding="utf-8") as stream:
        process = subprocess.Popen(
            [*COMMAND, "watch", "--every", "1s", "--log-format", "json"],
            cwd=workspace,
            stdout=subprocess.DEVNULL,
            stderr=stream,
            text=True,
        )
        try:
            wait_for((workspace / "processed" / "a.txt").exists, process)
            put(workspace, "b.txt", REPORT.format(66))
            wait_for((workspace / "processed" / "b.txt").exists, process)
        finally:
            process.send_signal(signal.SIGTERM)
            code = process.wait(timeout=90)
    events = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert code == 0, events[-3:]
    assert events[0]["event"] == "watching"
    assert events[0]["time_zone"] == "Asia/Shanghai"
    begun = [e for e in events if e["event"] == "pass begins"]
    ended = [e for e in events if e["event"] == "pass ends"]
    assert len(begun) == len(ended) >= 2
    assert [
        json.loads(x)["status"]
        for x in plantrack("history", "urban", "--jsonl").stdout.splitlines()
    ] == [
        "no_data",
        "missed",
        "achieved",
    ]
