"""Several processes give what one gives: the same results, errors and codes, in the same order."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from plantrack.cli.main import app
from plantrack.cli.workers import outcomes
from plantrack.errors import PlantrackError, ReadError, UsageError

# What a process does has to be importable there.
WORK = """
import os, threading
from plantrack.errors import ReadError

def size(path):
    if path.suffix == ".bad":
        raise ReadError(str(path), "a bad file", "Give a good one.")
    return path.name, path.stat().st_size

def slow_first(path):
    sum(range(10_000_000 if path.name == "0" else 0))
    return path.name

def die(path):
    os._exit(9)

def wait(path):
    os.write(1, b"begun\\n")  # in one piece, whatever PYTHONUNBUFFERED makes of print
    threading.Event().wait()
"""


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = tmp_path / "modules"
    folder.mkdir()
    (folder / "plantrack_test_work.py").write_text(WORK, encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    import plantrack_test_work

    yield plantrack_test_work
    del sys.modules["plantrack_test_work"]


def told(calls) -> list[object]:
    """The outcomes with errors as their type and text."""
    out: list[object] = []
    for path, call in calls:
        try:
            out.append((path, call()))
        except (PlantrackError, OSError) as error:
            out.append((path, type(error), str(error)))
    return out


def test_two_jobs_tell_what_one_tells(tmp_path, work):
    files = [tmp_path / name for name in ("a", "b.bad", "missing", *map(str, range(12)))]
    for n, file in enumerate(files):
        if file.name != "missing":
            file.write_bytes(b"x" * n)
    alone = told(outcomes(work.size, files))
    assert alone == told(outcomes(work.size, files, 2))
    assert [outcome[0] for outcome in alone] == files
    assert alone[0] == (files[0], ("a", 0))
    assert alone[1][1:] == (ReadError, f"{files[1]}: a bad file. Give a good one.")
    assert alone[2][1] is FileNotFoundError


def test_a_slow_file_keeps_its_place(work):
    files = [Path(str(n)) for n in range(20)]
    assert [call() for _, call in outcomes(work.slow_first, files, 2)] == [str(f) for f in files]


def test_one_file_needs_no_process(tmp_path):
    calls = [call for _, call in outcomes(lambda path: os.getpid(), [tmp_path], 8)]
    assert [call() for call in calls] == [os.getpid()]


def test_a_process_that_is_ended_is_no_mistake_of_ours(work):
    with pytest.raises(UsageError, match=r"^a: .* Use fewer --jobs"):
        [call() for _, call in outcomes(work.die, [Path("a"), Path("b")], 2)]


@pytest.mark.skipif(os.name == "nt", reason="ends a process by a signal")
def test_processes_end_with_a_parent_that_was_killed(tmp_path, work):
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'modules')!r})\n"
        "from pathlib import Path\n"
        "from plantrack.cli.workers import outcomes\n"
        "import plantrack_test_work as w\n"
        f"files = [Path({str(tmp_path)!r}) / n for n in 'ab']\n"
        "if __name__ == '__main__': [call() for _, call in outcomes(w.wait, files, 2)]\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        try:
            begun = [parent.stdout.readline(), parent.stdout.readline()]
        finally:
            parent.send_signal(signal.SIGKILL)
        assert begun == [b"begun\n"] * 2
        # the pipe ends when the last process that could write to it has ended
        assert parent.stdout.read() == b""


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for n in range(5):
        text = f"2025年，全市地区生产总值增长5.{n}%，常住人口城镇化率达到7{n}.02%。\n"
        Path(f"报告{n}.txt").write_text(text, encoding="utf-8")
    Path("empty.txt").write_text(" \n", encoding="utf-8")
    Path("binary.txt").write_bytes(b"\x7fELF\x00\x00\x01" * 40)
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(app, ["figures", *args], env={"COLUMNS": "160"})


GOOD = [f"报告{n}.txt" for n in range(2)]


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (GOOD, 0),
        ([GOOD[0], "binary.txt", "empty.txt"], 3),
        (["binary.txt", "missing.txt"], 2),
    ],
)
@pytest.mark.parametrize("flags", [["--jsonl"], []])
def test_figures_with_jobs_prints_what_it_prints_without(texts, names, code, flags):
    alone, together = run(*names, *flags), run(*names, *flags, "--jobs", "2")
    assert together.stdout == alone.stdout
    assert together.stderr == alone.stderr
    assert together.exit_code == alone.exit_code == code
    if code == 0 and flags:
        docs = [json.loads(line)["doc"] for line in together.stdout.splitlines()]
        assert docs == sorted(docs)
        assert set(docs) == set(names)


def test_the_bar_of_several_jobs_is_on_standard_error(texts):
    names = [f"报告{n}.txt" for n in range(5)]
    together = run(*names, "--jsonl", "--jobs", "2")
    assert together.stdout == run(*names, "--jsonl").stdout
    assert "数据 Figures" in together.stderr
    assert together.exit_code == 0


def test_no_jobs_at_all_is_bad_usage(texts):
    result = run(GOOD[0], "--jobs", "0")
    assert result.exit_code == 2
    assert "--jobs" in result.stderr
