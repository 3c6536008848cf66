"""The command as a process of its own: locales, pipes and streams that are closed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

REPORT = "2025年，全市地区生产总值增长5.3%，常住人口城镇化率达到73.02%。\n"
COMMAND = [sys.executable, "-c", "from plantrack.cli.main import run; run()"]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "报告.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def plain_locale() -> dict[str, str]:
    """An environment in which Python believes that the world speaks ASCII."""
    unset = ("LC_", "LANG", "PYTHON", "COLUMNS")
    env = {k: v for k, v in os.environ.items() if not k.startswith(unset)}
    return env | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.mark.parametrize("flags", [["--jsonl"], []])
def test_output_is_utf8_in_the_c_locale(report, flags):
    done = subprocess.run(
        [*COMMAND, "figures", "报告.txt", *flags],
        cwd=report.parent,
        env=plain_locale(),
        capture_output=True,
        check=True,
    )
    assert "常住人口城镇化率" in done.stdout.decode("utf-8")
    if flags:
        names = {json.loads(line)["doc"] for line in done.stdout.decode("utf-8").splitlines()}
        assert names == {"报告.txt"}


def test_a_reader_that_leaves_early_is_met_with_silence(tmp_path):
    long = tmp_path / "long.txt"
    long.write_text(REPORT * 3000, encoding="utf-8")
    process = subprocess.Popen(
        [*COMMAND, "figures", str(long), "--jsonl"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline().startswith(b"{")
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=60) == 0


@pytest.mark.skipif(os.name == "nt", reason="the shell's way to close a stream")
def test_a_closed_standard_output_is_code_2(report):
    script = 'exec "$@" >&-'
    done = subprocess.run(
        ["sh", "-c", script, "sh", *COMMAND, "figures", str(report), "--jsonl"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert "standard output: cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
def test_a_full_disk_is_code_2(report):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, "figures", str(report), "--jsonl"],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 2
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
def test_a_full_disk_behind_out_is_code_2(report):
    done = subprocess.run(
        [*COMMAND, "figures", str(report), "--jsonl", "--out", "/dev/full"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert "/dev/full: cannot be written" in done.stderr


def test_a_mistake_of_ours_is_neither_lagging_nor_unusable_input():
    code = """
from plantrack.cli import main
def broken():
    raise RuntimeError("boom")
main.app = broken
main.run()
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 70
    assert "RuntimeError: boom" in done.stderr
    assert "a mistake in plantrack" in done.stderr
