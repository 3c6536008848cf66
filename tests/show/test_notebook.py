"""A board shows itself in a notebook, through IPython's own formatters."""

from __future__ import annotations

import subprocess
import sys

import pytest

SHOW = """
import warnings
warnings.simplefilter("ignore")
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
{load}
from plantrack.model import Board, Period, Plan
plan = Plan(id="p", title="<规划>", period=Period.years(2026, 2030))
board = Board(plan=plan, as_of=Period.years(2025), rules="default", assessments=())
data, _ = shell.display_formatter.format(board)
import sys
sys.stdout.reconfigure(encoding="utf-8")
print(sorted(data))
print(data["text/html"])
print(data["text/plain"])
"""


def run(code: str, tmp_path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={"IPYTHONDIR": str(tmp_path), "HOME": str(tmp_path)},
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "load", ["import plantrack", "shell.run_line_magic('load_ext', 'plantrack')"]
)
def test_a_board_is_a_table_in_ipython(load, tmp_path):
    out = run(SHOW.format(load=load), tmp_path)
    assert "['text/html', 'text/plain']" in out
    assert '<table class="plantrack-board">' in out
    assert "&lt;规划&gt; · 截至 as of 2025" in out


def test_a_board_gives_its_html_to_whoever_asks(tmp_path):
    code = """
import plantrack as pt
plan = pt.Plan(id="p", title="<p>", period=pt.Period.years(2026, 2030))
board = pt.Board(plan=plan, as_of=pt.Period.years(2025), rules="default", assessments=())
print(board._repr_html_())
"""
    out = run(code, tmp_path)
    assert '<table class="plantrack-board">' in out
    assert "&lt;p&gt;" in out


def test_importing_in_a_notebook_stays_cheap(tmp_path):
    code = """
from IPython.core.interactiveshell import InteractiveShell
InteractiveShell.instance()
import sys
import plantrack
print(sorted({"pandas", "pydantic", "rich", "jieba"} & set(sys.modules)))
"""
    assert run(code, tmp_path).strip() == "[]"
