"""The wheel, installed offline into an empty environment and used from another folder."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from read.makers import as_word

PROJECT = Path(__file__).parents[1]
WHEELHOUSE = PROJECT / ".venv" / "wheelhouse"


def run(*command: str | Path, cwd: Path, **env: str) -> str:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PIP_"))}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=clean | env,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=PROJECT)
    (built,) = folder.glob("*.whl")
    return built


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def files_under(folder: str) -> set[str]:
    """What is in a data folder of the checkout, hidden files aside."""
    found = (PROJECT / folder).rglob("*")
    return {
        p.relative_to(PROJECT / folder).as_posix()
        for p in found
        if p.is_file() and not p.name.startswith(".")
    }


@pytest.mark.parametrize("folder", ["rules", "seeds"])
def test_the_wheel_carries_every_data_file(wheel, folder):
    inside = {
        name.removeprefix(f"plantrack/_{folder}/")
        for name in names(wheel)
        if name.startswith(f"plantrack/_{folder}/")
    }
    wanted = files_under(folder)
    assert wanted
    assert wanted <= inside


def test_the_wheel_carries_types_licence_and_nothing_of_the_checkout(wheel):
    inside = names(wheel)
    assert "plantrack/py.typed" in inside
    assert any(name.endswith("licenses/LICENSE") for name in inside)
    assert {name.partition("/")[0] for name in inside} <= {
        "plantrack",
        wheel.name.partition("-py3")[0] + ".dist-info",
    }


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of an environment that holds plantrack and what it needs, no more."""
    if not any(WHEELHOUSE.glob("pandas-*.whl")):
        pytest.skip("needs .venv/wheelhouse with the dependencies; `make test` makes it")
    home = tmp_path_factory.mktemp("env")
    venv.create(home, with_pip=False)
    commands = home / ("Scripts" if os.name == "nt" else "bin")
    install = ["install", "--quiet", "--no-compile", "--no-index", "--find-links", WHEELHOUSE]
    run(sys.executable, "-m", "pip", "--python", commands / "python", *install, wheel, cwd=home)
    return commands


def test_demo_runs_from_another_folder(installed, tmp_path):
    out = run(installed / "plantrack", "demo", cwd=tmp_path)
    for word in ("九龙坡", "未完成", "已完成", "✗", "✓"):
        assert word in out
    assert list(tmp_path.iterdir()) == []


def test_figures_run_from_another_folder(installed, tmp_path):
    text = "2024年，全市地区生产总值32193.15亿元，增长5.7%。\n"
    (tmp_path / "报告.txt").write_text(text, encoding="utf-8")
    out = run(installed / "plantrack", "figures", "报告.txt", "--jsonl", cwd=tmp_path)
    assert '"text": "32193.15"' in out


def test_a_plain_installation_names_the_extra_that_a_word_file_needs(installed, tmp_path):
    (tmp_path / "报告.docx").write_bytes(as_word(["2024年，全市地区生产总值增长5.7%。"]))
    done = subprocess.run(
        [installed / "plantrack", "read", "报告.docx"],
        cwd=tmp_path, capture_output=True, encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert "pip install 'plantrack[word]'" in done.stderr


def test_the_site_is_written_from_another_folder(installed, tmp_path):
    (tmp_path / "报告.txt").write_text("2024年，全市地区生产总值增长5.7%。\n", encoding="utf-8")
    seed = run(
        installed / "python",
        "-c",
        "from plantrack.datafile import seeds_path; print(seeds_path('plans', 'jiulongpo-13.yaml'))",
        cwd=tmp_path,
    ).strip()
    command = ["board", "--plan", seed, "--report", "报告.txt", "--as-of", "2024", "--out", "site"]
    run(installed / "plantrack", *command, cwd=tmp_path)
    assert "<svg" in (tmp_path / "site/targets/jiulongpo-13/patents.html").read_text("utf-8")
    assert len(list((tmp_path / "site/documents").iterdir())) == 1


def test_the_package_comes_from_the_environment_and_not_from_the_checkout(installed, tmp_path):
    place = run(
        installed / "python", "-c", "import plantrack; print(plantrack.__file__)", cwd=tmp_path
    )
    assert Path(place.strip()).is_relative_to(installed.parent)
