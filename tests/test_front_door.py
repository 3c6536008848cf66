"""The public names: sorted, importable, few, and free until they are used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import plantrack


def fresh(code: str) -> str:
    """What `code` prints in an interpreter of its own."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_names_are_sorted_and_few():
    assert plantrack.__all__ == sorted(plantrack.__all__)
    assert len(plantrack.__all__) == len(set(plantrack.__all__)) <= 35


@pytest.mark.parametrize("name", plantrack.__all__)
def test_every_name_is_importable_and_listed(name):
    assert getattr(plantrack, name) is not None
    assert name in dir(plantrack)


def test_nothing_else_is_public():
    public = {n for n in vars(plantrack) if not n.startswith("_")}
    modules = {n for n in public if type(vars(plantrack)[n]).__name__ == "module"}
    helpers = {"TYPE_CHECKING", "ModuleType", "annotations", "import_module"}
    assert public - modules - helpers <= set(plantrack.__all__)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'asess'"):
        _ = plantrack.asess


def test_importing_loads_nothing_heavy():
    heavy = fresh(
        "import sys, plantrack\n"
        "print(sorted({'pandas', 'numpy', 'pydantic', 'jieba', 'rich', 'typer', 'yaml'}"
        " & {name.partition('.')[0] for name in sys.modules}))"
    )
    assert heavy == "[]"


def test_the_command_shows_help_without_the_heavy_parts():
    heavy = fresh(
        "import sys\nfrom plantrack.cli import main\n"
        "print(sorted({'pandas', 'numpy', 'pydantic', 'jieba', 'yaml'}"
        " & {name.partition('.')[0] for name in sys.modules}))"
    )
    assert heavy == "[]"


@pytest.mark.parametrize(
    "before",
    [
        "pass",
        "import plantrack.assess",
        "import plantrack.flow",
        "import plantrack; plantrack.assess; import plantrack.assess",
        "import importlib, plantrack; importlib.reload(plantrack)",
    ],
)
def test_assess_is_the_function_whatever_was_imported_before(before):
    assert (
        fresh(f"{before}\nimport plantrack\nprint(plantrack.assess.__module__)") == "plantrack.flow"
    )


def test_the_sub_package_of_the_same_name_is_still_there():
    code = (
        "import plantrack\nplantrack.assess\n"
        "from plantrack.assess import assess\nprint(assess.__module__.partition('.')[2])"
    )
    assert fresh(code).startswith("assess")


def test_version_stands_in_one_place():
    from importlib.metadata import version

    assert version("plantrack") == plantrack.__version__
