"""The pytest plug-in, from outside: every test here runs a pytest of its own, warnings as errors.

`child` runs it in a process of its own; `run`, many times as fast, in this one.
"""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

import plantrack as pt
from plantrack.model import Nature
from plantrack.testing import plugin

pytest_plugins = ["pytester"]

Run = Callable[..., pytest.RunResult]

INI = """
[pytest]
addopts = --strict-markers --strict-config -p no:cacheprovider
filterwarnings = error
"""
BOARD = 'plan = "town.yaml"\nreport = "report.yaml"\nas_of = 2027\n'
TARGETS = ["面积", "slow", "away", "early", "keep", "silent", "above", "yearly"]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def town(
    pytester: pytest.Pytester,
    monkeypatch: pytest.MonkeyPatch,
    cache: Path,
    plan_text: str,
    report_text: str,
    board: pt.Board,
) -> None:
    """The folder holds the sample plan, its report and a board of both.

    That board is judged before: what a pytest in this process loads first it unloads at its end,
    and numpy takes that amiss.
    """
    monkeypatch.setenv("PLANTRACK_CACHE_DIR", str(cache))
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8")
    files = {
        "town.yaml": plan_text,
        "report.yaml": report_text,
        "board.toml": BOARD,
        "pytest.ini": INI,
    }
    for name, text in files.items():
        (pytester.path / name).write_text(text, "utf-8")


@pytest.fixture
def child(pytester: pytest.Pytester) -> Run:
    return pytester.runpytest_subprocess


@pytest.fixture
def run(pytester: pytest.Pytester) -> Run:
    return pytester.runpytest_inprocess


def collected(done: pytest.RunResult) -> list[str]:
    """The ids that `--collect-only -q` lists."""
    return [line for line in done.outlines if "::" in line]


# Boards ---------------------------------------------------------------------------------------


def test_a_board_is_one_test_a_target(child):
    done = child("--plantrack", "board.toml", "-rs")
    done.assert_outcomes(passed=4, failed=2, skipped=2)
    text = done.stdout.str()
    assert "plantrack: board.toml" in text
    # the message as the assertions give it, and nothing of how it came about
    done.stdout.fnmatch_lines(
        [
            "slow (乙区面积): should be on track or better, is lagging",
            "  现值 Observed: 130平方米 (2027)",
            "  差距 Gap: -10平方米",
            "  规则 Rule: default/behind",
            "  出处 Source: report.yaml 「乙区面积为130平方米。」",
        ],
        consecutive=False,
    )
    assert "Error" not in text
    assert "runtest" not in text
    (unresolved,) = [line for line in done.outlines if "待定 unresolved" in line]
    (silent,) = [line for line in done.outlines if "暂无数据 no data" in line]
    assert unresolved.startswith("SKIPPED [1] board.toml")
    assert "目标由上级确定" in unresolved
    assert "set by a higher authority" in unresolved
    assert "尚无" in silent


def test_targets_can_be_selected(run, pytester):
    """By -k with id or indicator, Chinese too, by -m with status and nature, and by node id."""
    look = ["--plantrack", "board.toml", "--collect-only", "-q"]
    ids = [f"board.toml::town::{target}" for target in TARGETS]
    assert collected(run(*look)) == ids
    for chosen, wanted in [
        (["-k", "面积"], ["面积", "slow", "away", "early", "silent"]),
        (["-k", "slow or keep"], ["slow", "keep"]),
        (["-k", "乙区"], ["slow"]),
        (["-m", "binding and on_track"], ["面积"]),
        (["-m", "expected"], ["slow"]),
        (
            ["-m", "plantrack and not (no_data or unresolved or on_track)"],
            ["slow", "away", "early"],
        ),
        (["board.toml::town::面积"], ["面积"]),
        ([str(pytester.path / "board.toml")], TARGETS),
        (["."], TARGETS),
    ]:
        assert collected(run(*look, *chosen)) == [f"board.toml::town::{t}" for t in wanted], chosen


def test_what_fails_and_as_of_when_may_be_said_in_the_file_or_on_the_command_line(run, pytester):
    (pytester.path / "board.toml").write_text(BOARD + 'fail_on = "missed"\n', "utf-8")
    run("--plantrack", "board.toml").assert_outcomes(passed=6, skipped=2)
    done = run("--plantrack=board.toml", "--plantrack-fail-on", "off_track")
    done.assert_outcomes(passed=5, failed=1, skipped=2)
    done.stdout.fnmatch_lines(["away (丙区面积): should be lagging or better, is off track"])
    # at the end of 2026 only the growth of that year is known
    done = run("--plantrack=board.toml", "--plantrack-as-of", "2026")
    done.assert_outcomes(passed=1, skipped=7)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (
            ["--plantrack-fail-on", "bad"],
            "*'bad' is no status that can fail. Allowed: lagging, off_track, missed.",
        ),
        (["--plantrack-as-of", "soon"], "*--plantrack-as-of: 'soon' is no period.*"),
        (["--plantrack", "none.toml"], "*none.toml: there is no such file. Check the path."),
        (["--plantrack", "town.yaml", "-n2"], "*town.yaml:2:5: this is not valid TOML*"),
    ],
)
def test_bad_usage_is_said_at_once(run, args, said):
    done = run(*args)
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines([f"ERROR: {said}"])
    assert "Traceback" not in done.stderr.str()


def test_a_board_that_cannot_be_judged_is_an_error_without_a_traceback(child, pytester):
    (pytester.path / "board.toml").write_text(BOARD.replace("report.yaml", "../r.yaml"), "utf-8")
    pytester.makepyfile("def test_it(board): pass")
    done = child("--plantrack", "board.toml")
    done.assert_outcomes(errors=2)
    assert done.ret == pytest.ExitCode.INTERRUPTED
    done.stdout.fnmatch_lines(
        ["*board.toml: report: '../r.yaml' leads out of the folder of this file.*"]
    )
    done.stdout.no_fnmatch_line("*boardfile.py*")


def test_ids_of_strangers_can_be_selected_and_do_not_clash(run, pytester, plan_text):
    hostile = plan_text.replace("id: slow", 'id: "a::b [c]\\n\\x1b"').replace(
        "id: away", 'id: "a_b _c_ \\x1b"'
    )
    (pytester.path / "town.yaml").write_text(hostile, "utf-8")
    (pytester.path / "board.toml").write_text(
        BOARD.replace('"town.yaml"', '["town.yaml", "twin.yaml"]'), "utf-8"
    )
    (pytester.path / "twin.yaml").write_text(plan_text, "utf-8")
    look = ["--plantrack", "board.toml", "--collect-only", "-q"]
    ids = collected(run(*look))
    assert ids[1:3] == ["board.toml::town::a_b__c__�", "board.toml::town::a_b__c__�-2"]
    assert ids[8:] == [f"board.toml::town-2::{target}" for target in TARGETS]
    assert len(set(ids)) == 16
    for chosen in ids[1:3]:
        assert collected(run(*look, chosen)) == [chosen]


# Plan files -----------------------------------------------------------------------------------


@pytest.fixture
def plan_file(pytester: pytest.Pytester) -> Path:
    """A plan file with its observations beside it, in a folder of tests."""
    folder = pytester.mkdir("plans")
    (pytester.path / "town.yaml").rename(folder / "town.plan.yaml")
    (pytester.path / "report.yaml").rename(folder / "town.observations.yaml")
    (pytester.path / "board.toml").unlink()
    return folder / "town.plan.yaml"


def test_plan_files_are_tests_with_the_values_beside_them(child, plan_file):
    look = ["--plantrack-as-of=2027", "--collect-only", "-q"]
    assert collected(child(*look)) == [f"plans/town.plan.yaml::{target}" for target in TARGETS]
    child("--plantrack-as-of=2027").assert_outcomes(passed=4, failed=2, skipped=2)
    done = child(
        "--plantrack-as-of=2027", "--plantrack-fail-on=off_track", "plans/town.plan.yaml::slow"
    )
    done.assert_outcomes(passed=1)


def test_values_in_the_plan_and_in_a_table_beside_it_count(run, plan_file):
    plan_file.with_name("town.observations.yaml").unlink()
    run("--plantrack-as-of=2027").assert_outcomes(skipped=8)
    table = "indicator,period,value,unit\n乙区面积,2027,130,平方米\n"
    plan_file.with_name("town.observations.csv").write_text(table, "utf-8")
    text = plan_file.read_text("utf-8")
    result = "results: [{period: 2027, value: 140}], quote"
    plan_file.write_text(text.replace("quote", result, 1), "utf-8")
    run("--plantrack-as-of=2027").assert_outcomes(passed=1, failed=1, skipped=6)


def test_a_plan_file_needs_a_date(run, plan_file):
    done = run()
    done.assert_outcomes(errors=1)
    done.stdout.fnmatch_lines(["*town.plan.yaml: nothing says as of when*--plantrack-as-of 2025*"])
    done.stdout.no_fnmatch_line("*collecting.py*")


def test_a_plan_file_that_is_none_is_an_error_that_names_the_place(run, plan_file):
    plan_file.write_text("plan: town\ntitle: x\nperiod: soon\n", "utf-8")
    done = run("--plantrack-as-of=2027")
    done.assert_outcomes(errors=1)
    done.stdout.fnmatch_lines(["*town.plan.yaml:3:9: period: 'soon' is no period*"])
    done.stdout.no_fnmatch_line("*collecting.py*")


def test_it_can_be_switched_off(child, plan_file, pytester):
    pytester.makepyfile(
        "def test_it(request): assert not request.config.getini('plantrack_collect')"
    )
    (pytester.path / "pytest.ini").write_text(INI + "plantrack_collect = false\n", "utf-8")
    child("--plantrack-as-of=2027").assert_outcomes(passed=1)
    (pytester.path / "pytest.ini").write_text(INI, "utf-8")
    pytester.makepyfile("import sys\ndef test_it(): assert 'plantrack' not in sys.modules")
    child("-p", "no:plantrack").assert_outcomes(passed=1)


# Fixtures -------------------------------------------------------------------------------------


def test_the_fixtures_give_the_board_and_its_plan_once_a_run(run, pytester):
    pytester.makepyfile(
        """
        import pytest
        from plantrack.testing import assert_met, assert_on_track

        seen = []

        def test_area(board):
            seen.append(board)
            assert_on_track("面积", board)
            assert_met("early", board)

        def test_plan(plan, board):
            assert plan is board.plan
            assert seen == [board] and seen[0] is board
        """
    )
    run("--plantrack", "board.toml", "-k", "test_").assert_outcomes(passed=2, deselected=8)


def test_with_several_plans_a_test_runs_for_each(run, pytester, plan_text):
    (pytester.path / "twin.yaml").write_text(plan_text.replace("plan: town", "plan: twin"), "utf-8")
    both = BOARD.replace('"town.yaml"', '["town.yaml", "twin.yaml"]')
    (pytester.path / "board.toml").write_text(both, "utf-8")
    pytester.makepyfile("def test_it(plan, board): assert plan is board.plan")
    done = run("--plantrack", "board.toml", "-k", "test_it", "-v")
    done.assert_outcomes(passed=2, deselected=16)
    done.stdout.fnmatch_lines(["*::test_it[[]town] PASSED*", "*::test_it[[]twin] PASSED*"])


def test_without_a_board_its_fixtures_are_an_error_and_own_fixtures_of_that_name_go_first(
    run, pytester
):
    pytester.makepyfile(
        test_ours="def test_it(plan): pass",
        test_theirs="""
        import pytest

        @pytest.fixture
        def plan():
            return 42

        def test_it(plan):
            assert plan == 42
        """,
    )
    done = run()
    done.assert_outcomes(passed=1, errors=1)
    done.stdout.fnmatch_lines(
        ["the fixtures `board` and `plan` need a board: pytest --plantrack board.toml"]
    )


# What others see ------------------------------------------------------------------------------


@pytest.mark.parametrize("workers", [[], ["-n2"]], ids=["alone", "two workers"])
def test_a_junit_file_tells_plan_target_status_rule_and_reason(run, pytester, board, workers):
    pytester.makepyfile("def test_it(board): assert len(board.assessments) == 8")
    done = run("--plantrack", "board.toml", "--junitxml=out.xml", *workers)
    done.assert_outcomes(passed=5, failed=2, skipped=2)
    cases = {
        case.get("name"): case for case in ET.parse(pytester.path / "out.xml").iter("testcase")
    }
    assert cases.pop("test_it").get("classname").endswith("reason")
    assert sorted(cases) == sorted(TARGETS)
    assert {case.get("classname") for case in cases.values()} == {"board.toml.town"}
    for target, case in cases.items():
        told = {p.get("name"): p.get("value") for p in case.iter("property")}
        judged = board[target]
        assert told["status"] == judged.status
        assert told["rule"] == judged.rule
        assert told["reason_zh"] == judged.reason.zh
        assert told["as_of"] == "2027"
        assert (case.find("skipped") is not None) == (not judged.status.judged)
        assert (case.find("failure") is not None) == (judged.status in pt.Status.failing())
    assert "待定 unresolved" in cases["above"].find("skipped").get("message")
    assert "default/behind" in cases["slow"].find("failure").text
    assert "Traceback" not in cases["slow"].find("failure").text


def test_unused_it_loads_nothing_heavy_and_warns_of_nothing(child, pytester):
    heavy = {
        "pandas",
        "numpy",
        "pydantic",
        "yaml",
        "plantrack.flow",
        "plantrack.model",
        "plantrack.errors",
    }
    pytester.makepyfile(
        f"""
        import sys

        def test_it():
            assert "plantrack.testing.plugin" in sys.modules
            assert not {heavy!r} & set(sys.modules)
        """
    )
    done = child("-W", "error")
    done.assert_outcomes(passed=1)
    assert done.stderr.str() == ""


def test_a_program_that_has_imported_plantrack_can_call_pytest_without_a_warning(pytester):
    pytester.makepyfile("def test_it(): pass")
    code = "import plantrack.flow, pytest, sys; sys.exit(pytest.main(['-W', 'error', '-q']))"
    done = pytester.run(sys.executable, "-c", code)
    assert done.ret == 0
    assert "warning" not in (done.stdout.str() + done.stderr.str()).lower()


def test_the_marks_are_the_statuses_and_natures_there_are():
    assert set(plugin._MARKS) == {"plantrack", *pt.Status, *Nature}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--markers"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert [name for name in plugin._MARKS if f"@pytest.mark.{name}: " not in done.stdout] == []


def test_help_names_every_choice():
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--help"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    text = " ".join(done.stdout.split())
    assert "lagging (default), off_track, missed" in text
    assert all(status in text for status in pt.Status.failing())
    assert "plantrack_collect" in text
