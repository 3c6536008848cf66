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


EACH = """
import warnings
warnings.simplefilter("ignore")
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
import plantrack as pt
from plantrack.datafile import seeds_path
plan = pt.read_plan(seeds_path("plans", "jiulongpo-13.yaml"))
board = pt.assess(plan, (), as_of=2020)
document = pt.read_document(seeds_path("reports", "jiulongpo-2020.txt"))
for thing in (plan, plan.targets[0], board, board.assessments[0], document):
    data, _ = shell.display_formatter.format(thing)
    told = data["text/plain"]
    assert data["text/html"] == thing._repr_html_()
    assert "plantrack-frame" in data["text/html"]
    assert len(told) < 400, told
    print(type(thing).__name__)
"""


def test_everything_one_looks_at_shows_itself(tmp_path):
    shown = run(EACH, tmp_path).split()
    assert shown == ["Plan", "Target", "Board", "Assessment", "Document"]


@pytest.mark.parametrize("name", ["read_plan", "Plan", "Document", "assess"])
def test_the_front_door_gives_html_with_whatever_makes_such_things(name, tmp_path):
    code = f"""
import plantrack as pt
pt.{name}
from plantrack.model import Assessment, Board, Document, Plan, Target
print(all(hasattr(kind, "_repr_html_") for kind in (Assessment, Board, Document, Plan, Target)))
"""
    assert run(code, tmp_path).strip() == "True"


def test_the_model_itself_knows_nothing_of_display(tmp_path):
    code = """
import sys
from plantrack.model import Board
print(hasattr(Board, "_repr_html_"), "plantrack.show" in sys.modules)
"""
    assert run(code, tmp_path).strip() == "False False"
