"""What readers are shown is run: the examples, and the code in the READMEs."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
READMES = ["README.md", "README.zh-CN.md"]
DOCS = ["docs/evaluation.md", "docs/testing.md"]
# What each script ends with, prints, and tells on standard error.
SCRIPTS = {
    "judge_a_plan.py": (0, r"未完成 missed: 3", r""),
    "compare_two_plans.py": (0, r"固定资产投资总额\n.*累计4000亿元.*\n.*累计3000亿元", r""),
    # a known miss and, of the board's own targets, the three that were missed
    "test_city_plan.py": (1, r"3 failed, 11 passed, 82 skipped, 1 xfailed", r""),
    "nightly_job.py": (0, r"rd-intensity: no_data → missed[^$]*flag open", r"3项变化"),
}
NOTEBOOKS = sorted((PROJECT / "examples").glob("*.ipynb"))
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

# Runs the cells of a notebook in IPython as Jupyter would, and prints what the last one shows.
RUN_CELLS = """
import json, os, sys, warnings
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
for cell in json.load(sys.stdin):
    done = shell.run_cell(cell)
    done.raise_error()
data, _ = shell.display_formatter.format(done.result)
sys.__stdout__.buffer.write(json.dumps(data).encode())
sys.__stdout__.flush()
os._exit(0)
"""


def run(
    *command: str | Path, cwd: Path, home: Path, text: str | None = None
) -> subprocess.CompletedProcess[str]:
    """A command with this environment's commands in reach and a home folder of its own."""
    here = Path(sys.executable).parent
    path = os.pathsep.join([str(here), os.environ.get("PATH", "")])
    env = {k: v for k, v in os.environ.items() if k != "COLUMNS"}
    env |= {"PATH": path, "HOME": str(home), "IPYTHONDIR": str(home)}
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env | {"PYTHONIOENCODING": "utf-8"},
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def blocks(page: str, language: str) -> list[str]:
    text = (PROJECT / page).read_text("utf-8")
    return [body for lang, body in BLOCK.findall(text) if lang == language]


def test_there_is_an_example_of_each_kind():
    assert sorted(SCRIPTS) == sorted(p.name for p in (PROJECT / "examples").glob("*.py"))
    assert len(NOTEBOOKS) >= 3


@pytest.mark.parametrize("page", READMES)
def test_every_example_is_named_in_the_readme(page):
    text = (PROJECT / page).read_text("utf-8")
    names = [book.name for book in NOTEBOOKS] + list(SCRIPTS)
    assert [name for name in names if f"(examples/{name})" not in text] == []


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_run_from_anywhere(script, tmp_path):
    code, printed, told = SCRIPTS[script]
    done = run(
        sys.executable, "-W", "error", PROJECT / "examples" / script, cwd=tmp_path, home=tmp_path
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert re.search(printed, done.stdout), done.stdout
    assert re.search(told, done.stderr) if told else done.stderr == "", done.stderr


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda p: p.name)
def test_notebooks_run_and_end_with_a_board(notebook, tmp_path):
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert len(code) > 1
    done = run(sys.executable, "-c", RUN_CELLS, cwd=tmp_path, home=tmp_path, text=json.dumps(code))
    assert done.returncode == 0, done.stdout + done.stderr
    shown = json.loads(done.stdout[done.stdout.rindex('{"text/') :])
    assert '<table class="plantrack-board">' in shown["text/html"]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda p: p.name)
def test_notebooks_are_kept_without_output(notebook):
    content = json.loads(notebook.read_text("utf-8"))
    assert content["nbformat"] == 4
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None


@pytest.mark.parametrize("page", [*READMES, *DOCS, "docs/site.md", "docs/notebook.md"])
def test_python_in_the_pages_runs(page, tmp_path):
    code = blocks(page, "python")
    assert code
    done = run(sys.executable, "-c", "\n".join(code), cwd=PROJECT, home=tmp_path)
    assert done.returncode == 0, done.stderr


def commands(page: str) -> list[str]:
    lines = [line for block in blocks(page, "sh") for line in block.splitlines()]
    return [line for line in lines if line.startswith(("plantrack ", "pytest "))]


@pytest.mark.parametrize("page", [*READMES, "docs/evaluation.md"])
def test_pages_show_commands(page):
    assert commands(page)


# What several pages show is run once.
@pytest.mark.parametrize(
    "command",
    dict.fromkeys(line for page in [*READMES, "docs/evaluation.md"] for line in commands(page)),
)
def test_commands_in_the_pages_run(command, tmp_path):
    done = run("sh", "-c", command, cwd=PROJECT, home=tmp_path)
    assert done.returncode in (0, 1), f"{command}: {done.stderr}"
    assert done.stdout


def test_the_nightly_job_of_the_readmes_runs_from_an_empty_folder(tmp_path):
    [block] = blocks(READMES[0], "bash")
    assert blocks(READMES[1], "bash") == [block]
    shutil.copytree(PROJECT / "seeds", tmp_path / "seeds")
    done = run("sh", "-ec", block, cwd=tmp_path, home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "jiulongpo-13/investment" in done.stdout.split("Since")[1]
    there = tmp_path / "w"
    reports = sorted(path.name for path in (PROJECT / "seeds" / "reports").glob("*.txt"))
    assert sorted(path.name for path in (there / "processed").iterdir()) == reports
    assert list((there / "inbox").iterdir()) == []


@pytest.mark.parametrize("page", READMES)
def test_the_set_up_in_the_readme_is_what_the_makefile_offers(page):
    made = {m for block in blocks(page, "sh") for m in re.findall(r"^make (\w+)", block, re.M)}
    targets = set(re.findall(r"^(\w+):", (PROJECT / "Makefile").read_text("utf-8"), re.M))
    assert made
    assert made <= targets


@pytest.mark.parametrize("page", READMES)
def test_output_in_the_readme_is_real(page, tmp_path):
    """Every line of a `text` block is a line that the demo prints."""
    printed = run("plantrack", "demo", cwd=tmp_path, home=tmp_path).stdout
    lines = {line.strip() for line in printed.splitlines()}
    shown = [line.strip() for block in blocks(page, "text") for line in block.splitlines()]
    assert shown
    assert [line for line in shown if line not in lines | {"", "…"}] == []


def test_the_failure_that_the_docs_show_is_real(tmp_path):
    (shown,) = blocks("docs/testing.md", "text")
    code = blocks("docs/testing.md", "python")[0] + "\nassert_on_track('investment', board)\n"
    done = run(sys.executable, "-c", code, cwd=PROJECT, home=tmp_path)
    assert done.returncode == 1
    assert shown in done.stderr


def test_both_readmes_have_the_same_parts():
    first, second = (
        [
            line.partition(" ")[0]
            for line in (PROJECT / page).read_text("utf-8").splitlines()
            if line.startswith("#")
        ]
        for page in READMES
    )
    assert first == second


def test_relative_links_lead_somewhere():
    for page in [*READMES, *DOCS, "CONTRIBUTING.md", "CHANGELOG.md"]:
        text = (PROJECT / page).read_text("utf-8")
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", text):
            assert (PROJECT / page).parent.joinpath(link).exists(), f"{page}: {link}"


def test_the_reference_of_the_command_line_is_what_the_program_says(tmp_path):
    made = run(
        *(sys.executable, "-m", "typer", "plantrack.cli.main", "utils", "docs"),
        *("--name", "plantrack", "--output", tmp_path / "cli.md"),
        cwd=tmp_path,
        home=tmp_path,
    )
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "cli.md").read_text("utf-8") == (PROJECT / "docs" / "cli.md").read_text(
        "utf-8"
    ), "out of date: run `make docs`"
