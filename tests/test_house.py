"""The house rules that no other tool holds: size of modules, docstrings, imports, what is tracked."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import subprocess
from pathlib import Path

import pytest
from importlinter import cli as importlinter_cli

import plantrack

PROJECT = Path(__file__).parents[1]
MODULES = sorted((PROJECT / "plantrack").rglob("*.py"))
LONGEST = 400


def tracked() -> list[Path]:
    """The files under version control; skips in a copy that is not under version control."""
    if not (PROJECT / ".git").exists():
        pytest.skip("not a git checkout: nothing says which files are tracked")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=True
    ).stdout.decode()
    return [PROJECT / name for name in listed.split("\0") if name and (PROJECT / name).is_file()]


def is_overload(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether it only declares one of several signatures; the docstring is at the definition."""
    return any(isinstance(d, ast.Name) and d.id == "overload" for d in node.decorator_list)


def public_parts(tree: ast.Module) -> list[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    """Public classes and functions of a module, and the public methods of its public classes."""
    kinds = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    found, open_ = [], list(tree.body)
    while open_:
        node = open_.pop()
        if isinstance(node, kinds) and not node.name.startswith("_") and not is_overload(node):
            found.append(node)
            if isinstance(node, ast.ClassDef):
                open_ += node.body
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PROJECT)))
def test_modules_are_short_enough_to_read(path):
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PROJECT)))
def test_everything_public_says_what_it_is(path):
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), "the module has no docstring"
    silent = [part.name for part in public_parts(tree) if not ast.get_docstring(part)]
    assert silent == []


def test_no_module_is_named_like_a_builtin_or_a_standard_module():
    import builtins
    import sys

    taken = (set(dir(builtins)) | sys.stdlib_module_names) - {"__init__"}
    assert sorted({p.stem for p in MODULES} & taken) == []


def test_every_module_can_be_imported():
    names = [m.name for m in pkgutil.walk_packages(plantrack.__path__, "plantrack.")]
    assert len(names) == len(MODULES) - 1
    for name in names:
        assert importlib.import_module(name)


def test_exported_names_exist():
    with_all = 0
    for module in pkgutil.walk_packages(plantrack.__path__, "plantrack."):
        loaded = importlib.import_module(module.name)
        names = getattr(loaded, "__all__", None)
        if names is not None:
            with_all += 1
            assert len(names) == len(set(names)), module.name
            assert [n for n in names if not hasattr(loaded, n)] == [], module.name
    assert with_all


def test_import_contracts_are_kept(monkeypatch):
    monkeypatch.chdir(PROJECT)
    assert importlinter_cli.lint_imports(no_cache=True) == 0


def test_constraints_hold_names_and_versions_only():
    lines = (PROJECT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert pins
    for pin in pins:
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", pin), pin
    names = [re.sub(r"[-_.]+", "-", pin.partition("==")[0]).lower() for pin in pins]
    assert len(names) == len(set(names))


def test_the_build_runs_the_same_tests_as_everybody():
    script = PROJECT / ".ci" / "run"
    commands = [
        line.strip()
        for line in script.read_text("utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    begin, *browser, end = commands[1:]
    assert commands[0] == "set -eu"
    assert (begin, end) == ('cd "$(dirname "$0")/.."', "exec make test")
    packages = "chromium fonts-noto-cjk"
    assert browser == [
        f"if ! dpkg --status {packages} >/dev/null 2>&1; then",
        "{ apt-get update && DEBIAN_FRONTEND=noninteractive \\",
        f"apt-get install --yes --no-install-recommends {packages}; }} \\",
        '|| echo "No browser can be installed here: the tests that drive one skip and say so." >&2',
        "fi",
    ]
    assert script.stat().st_mode & 0o100


def test_no_tracked_file_names_a_private_place():
    # Written in pieces, so that this file does not hold what it looks for.
    private = [
        re.escape(f"{PROJECT}/"),
        re.escape(f"{Path.home()}/") if Path.home() != Path("/") else r"(?!)",
        r"https?://[a-z0-9.:-]+/" + r"(?:simple|packages|registry)\b",
        "index" + "-url",
    ]
    pattern = re.compile("|".join(private), re.IGNORECASE)
    found = []
    for path in tracked():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        hit = pattern.search(text)
        if hit:
            found.append(f"{path.relative_to(PROJECT)}: {hit[0]}")
    assert found == []


def test_the_usual_small_files_are_there():
    usual = "README.md README.zh-CN.md LICENSE CHANGELOG.md CONTRIBUTING.md Makefile .ci/run"
    assert [name for name in usual.split() if not (PROJECT / name).is_file()] == []
    assert (PROJECT / "plantrack" / "py.typed").is_file()


def test_the_page_on_meanings_names_every_closed_choice():
    from typing import get_args

    from plantrack.assess import Metric
    from plantrack.model import FigureKind, Goal, Measure, PathShape, Status

    page = (PROJECT / "docs" / "semantics.md").read_text("utf-8")
    words = set(re.findall(r"\w+", page))
    for choice in (Status, FigureKind, Measure, PathShape):
        assert {member.value for member in choice} - words == set()
    assert {member.value for member in Metric} - {"value"} - words == set()
    goals = get_args(get_args(Goal)[0])
    assert {goal.__name__ for goal in goals} - words == set()
    for status in Status:
        assert f"| {status.value} | {status.zh} |" in page
