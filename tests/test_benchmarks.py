"""The benchmarks run and print their ratios; what the ratios are is nobody's promise and not tested."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import PROJECT

BENCHMARKS = PROJECT / "benchmarks"
SCRIPTS = sorted(
    path.stem for path in BENCHMARKS.glob("*.py") if "__main__" in path.read_text("utf-8")
)
# Each at its smallest; the import times have no smaller size.
SMALL = {
    "browser": ["--targets", "5", "--characters", "300", "--highlights", "9", "--rounds", "1"],
    "cold_start": ["--runs", "1"],
    "jobs": ["--megabytes", "0.01", "--jobs", "1", "2"],
    "load": ["--documents", "12", "--characters", "400"],
    "readers": ["--rounds", "1", "--rows", "20"],
    "size": ["--up-to", "0.01", "--line", "0.01"],
    "speed": ["--rounds", "1"],
    "store": ["--observations", "1000", "--targets", "50"],
}
# They start one interpreter after the other, or a browser: for the slow run.
LONG = {"browser", "cold_start", "jobs", "readers", "size"}
TEXT = (
    "重庆市2025年国民经济和社会发展报告\n\n"
    + "2025年，全市地区生产总值增长5.3%，进出口总值达到7154亿元。\n" * 40
)


@pytest.mark.skipif(os.name == "nt", reason="measures memory by means Windows does not have")
@pytest.mark.parametrize(
    "script",
    [pytest.param(s, marks=pytest.mark.slow if s in LONG else ()) for s in sorted(SMALL)],
)
def test_a_benchmark_prints_its_rows(script: str, tmp_path: Path):
    browsers = (shutil.which("chromium"), shutil.which("chromium-browser"))
    if script == "browser" and not any(browsers):
        pytest.skip("needs chromium: apt-get install chromium (.ci/run does)")
    text = tmp_path / "报告.txt"
    text.write_text(TEXT, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / f"{script}.py"), str(text), *SMALL[script]],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rows = done.stdout.splitlines()
    assert len(rows) > 2
    assert all(re.search(r"\d|not installed|does not start", row) for row in rows[1:])


def test_every_benchmark_is_tried_and_explained_and_run_by_make_bench():
    readme = (BENCHMARKS / "README.md").read_text("utf-8")
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    named = re.search(r"(?m)^\t@for script in ([^;]+);", makefile)
    assert named is not None
    assert sorted(named[1].split()) == SCRIPTS
    assert {*SMALL, "import_time"} == set(SCRIPTS)
    assert [script for script in SCRIPTS if f"`{script}.py`" not in readme] == []


def test_sizes_of_varied_texts_are_kept_and_the_same_each_time(tmp_path: Path, monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)
    from common import varied

    text = tmp_path / "a.txt"
    text.write_text(TEXT, encoding="utf-8")
    size = 3 * len(TEXT.encode()) + 100
    first, again = list(varied([text], size)), list(varied([text], size))
    assert first == again
    assert len(first) == 4
    assert 0 <= size - sum(len(one.encode()) for one in first) < 4
    assert first[0] != TEXT
    assert [re.sub(r"\d", "0", line) for line in first[0].splitlines()] == [
        re.sub(r"\d", "0", line) for line in TEXT.splitlines()
    ]
    assert "\n" not in next(varied([text], size, joined=True))
    del sys.modules["common"]
