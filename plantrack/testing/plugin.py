"""The pytest plug-in: boards and plan files as tests, and boards as fixtures.

pytest loads this module at every start, so it imports nothing of plantrack until a board or a
plan file turns up. `-p no:plantrack` switches it off. docs/testing.md shows its use.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from plantrack.model import Board, Plan

PLAN_ENDINGS = (".plan.yaml", ".plan.yml")
_MARKS = {
    "plantrack": "a target of a plan 规划目标",
    "binding": "a binding target 约束性",
    "expected": "an expected target 预期性",
    "achieved": "status 已完成",
    "ahead": "status 超前",
    "on_track": "status 正常",
    "lagging": "status 滞后",
    "off_track": "status 偏离",
    "missed": "status 未完成",
    "no_data": "status 暂无数据; skipped",
    "unresolved": "status 待定; skipped",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options and the one key of the configuration file."""
    group = parser.getgroup("plantrack", "plans as tests 规划目标测试")
    group.addoption(
        "--plantrack",
        metavar="FILE",
        help="a board.toml that names plans, reports and a date: each target is a test. 评估设置文件。",
    )
    group.addoption(
        "--plantrack-as-of",
        metavar="PERIOD",
        help="judge by what was known then: 2025, 2025H1, 2025Q1, 2025-06. 评估时点。",
    )
    group.addoption(
        "--plantrack-fail-on",
        metavar="STATUS",
        help="the mildest status that fails: lagging (default), off_track, missed. 判为失败的程度。",
    )
    parser.addini(
        "plantrack_collect",
        "whether *.plan.yaml files are collected as tests (default: true)",
        type="bool",
        default=True,
    )


def pytest_configure(config: pytest.Config) -> None:
    """Register the marks; check the options where any is given, and add the board to what is collected."""
    for name, text in _MARKS.items():
        config.addinivalue_line("markers", f"{name}: {text}")
    options = ("plantrack", "plantrack_as_of", "plantrack_fail_on")
    if all(config.getoption(option) is None for option in options):
        return
    from plantrack.errors import PlantrackError
    from plantrack.testing.collecting import asked_of, board_path

    try:
        asked_of(config)
    except PlantrackError as error:
        raise pytest.UsageError(str(error)) from error
    board = board_path(config)
    if board is not None and not any(_file_of(config, arg) == board for arg in config.args):
        config.args.append(str(board))


def pytest_report_header(config: pytest.Config) -> str | None:
    """Which board is judged."""
    board = config.getoption("plantrack")
    return None if board is None else f"plantrack: {board}"


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """The board of --plantrack, and plan files by their ending."""
    config = parent.config
    if config.getoption("plantrack") is not None:
        from plantrack.testing.collecting import BoardNode, board_path

        if file_path.resolve() == board_path(config):
            return BoardNode.from_parent(parent, path=file_path)
    if file_path.name.endswith(PLAN_ENDINGS) and config.getini("plantrack_collect"):
        from plantrack.testing.collecting import PlanFileNode

        return PlanFileNode.from_parent(parent, path=file_path)
    return None


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for `board` or `plan` runs once for each plan, where --plantrack names several."""
    if "plantrack_board" not in metafunc.fixturenames:
        return
    from plantrack.testing.collecting import asked_of, plan_names

    boards = asked_of(metafunc.config).boards()
    if len(boards) > 1:
        ids = plan_names(boards)
        metafunc.parametrize("plantrack_board", boards, ids=ids, indirect=True, scope="session")


@pytest.fixture(scope="session")
def plantrack_board(request: pytest.FixtureRequest) -> Board:
    """One board of --plantrack; `board` and `plan` are taken from it."""
    from plantrack.testing.collecting import asked_of

    given: Board | None = getattr(request, "param", None)
    if given is None:
        boards = asked_of(request.config).boards()
        if not boards:
            pytest.fail(
                "the fixtures `board` and `plan` need a board: pytest --plantrack board.toml",
                pytrace=False,
            )
        given = boards[0]
    return given


@pytest.fixture(scope="session")
def board(plantrack_board: Board) -> Board:
    """The board of the file that --plantrack names; with several plans the test runs once for each."""
    return plantrack_board


@pytest.fixture(scope="session")
def plan(plantrack_board: Board) -> Plan:
    """The plan of that board."""
    return plantrack_board.plan


def _file_of(config: pytest.Config, arg: str) -> Path:
    return (config.invocation_params.dir / arg.partition("::")[0]).resolve()
