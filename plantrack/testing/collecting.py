"""What the plug-in collects: boards and plan files, and in them one item a target.

board.toml::town::investment
town.plan.yaml::investment
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from plantrack import flow
from plantrack.errors import PlantrackError, UsageError
from plantrack.model import Assessment, Board, Period, Status
from plantrack.testing.assertions import assert_status
from plantrack.testing.boardfile import BoardFile, load_board_file
from plantrack.testing.messages import PlanAssertionError, bare, sentence
from plantrack.testing.plugin import PLAN_ENDINGS
from plantrack.testing.subjects import period_of

_OBSERVATION_ENDINGS = (".observations.yaml", ".observations.yml", ".observations.csv")
_CUTS_AN_ID = re.compile(r"::|[\[\]\s]")


class Asked:
    """What the command line asks for: the board file, as of when, and what fails.

    UsageError, DataError or ReadError where it asks for what is not there.
    """

    def __init__(self, config: pytest.Config) -> None:
        self.file = _board_file(config)
        as_of, fail_on = config.getoption("plantrack_as_of"), config.getoption("plantrack_fail_on")
        self.as_of: Period | None = None
        if as_of is not None:
            self.as_of = period_of(as_of, "--plantrack-as-of")
        self._fail_on = None if fail_on is None else _failing(fail_on)
        self._boards: tuple[Board, ...] | None = None

    @property
    def fail_on(self) -> Status:
        """The mildest status that fails: the command line's, else the board file's, else lagging."""
        stated = None if self.file is None else self.file.settings.fail_on
        return self._fail_on or stated or Status.LAGGING

    def fail_on_of_plans(self) -> Status:
        """The same for plan files, of which the board file says nothing."""
        return self._fail_on or Status.LAGGING

    def boards(self) -> tuple[Board, ...]:
        """The boards of the board file, judged once; CollectError where they cannot be."""
        if self.file is None:
            return ()
        if self._boards is None:
            try:
                self._boards = self.file.boards(self.as_of)
            except (PlantrackError, OSError) as error:
                raise pytest.Collector.CollectError(str(error)) from error
        return self._boards


class BoardNode(pytest.File):
    """The file that --plantrack names: a node for each of its plans."""

    def collect(self) -> Iterator[PlanNode]:
        """The plans, each under a name of its own."""
        asked = asked_of(self.config)
        boards = asked.boards()
        for name, board in zip(plan_names(boards), boards, strict=True):
            yield PlanNode.from_parent(self, name=name, board=board, fail_on=asked.fail_on)


class PlanNode(pytest.Collector):
    """A plan of a board."""

    def __init__(self, *, board: Board, fail_on: Status, **rest: Any) -> None:  # noqa: ANN401  what every node of pytest takes
        super().__init__(**rest)
        self.board = board
        self.fail_on = fail_on

    def collect(self) -> Iterator[TargetItem]:
        """One item a target."""
        return _items(self, self.board, self.fail_on)


class PlanFileNode(pytest.File):
    """A plan file, judged by the values in it and in `<its name>.observations.yaml` or `.csv` beside it."""

    def collect(self) -> Iterator[TargetItem]:
        """One item a target."""
        asked = asked_of(self.config)
        if asked.as_of is None:
            raise self.CollectError(
                f"{self.path}: nothing says as of when to judge this plan. Give --plantrack-as-of 2025, "
                "or keep plan files from being collected with plantrack_collect = false."
            )
        try:
            plan = flow.read_plan(self.path)
            seen = [
                value
                for path in _beside(self.path)
                for value in flow.read_report(path, region=plan.region)
            ]
            board = flow.assess(plan, seen, as_of=asked.as_of)
        except (PlantrackError, OSError) as error:
            raise self.CollectError(str(error)) from error
        return _items(self, board, asked.fail_on_of_plans())


class TargetItem(pytest.Item):
    """A target: passes while its status is better than `fail_on`; skipped where nobody can tell."""

    def __init__(
        self,
        *,
        assessment: Assessment,
        board: Board,
        fail_on: Status,
        **rest: Any,  # noqa: ANN401  what every node of pytest takes
    ) -> None:
        super().__init__(**rest)
        self.assessment = assessment
        self.fail_on = fail_on
        target, status = assessment.target, assessment.status
        self.extra_keyword_matches |= {target.id, target.series.indicator}
        for mark in ("plantrack", status.value, target.nature):
            if mark is not None:
                self.add_marker(str(mark))
        if not status.judged:
            self.add_marker(pytest.mark.skip(reason=_why_skipped(assessment)))
        self.user_properties += _properties(assessment, board)

    def runtest(self) -> None:
        """Compare the status with the best one that fails."""
        order = list(Status)
        assert_status(self.assessment, at_least=order[order.index(self.fail_on) - 1])

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:  # noqa: ANN401
        """What the assertion says; a traceback only where something else went wrong."""
        if isinstance(excinfo.value, PlanAssertionError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """The file it stands in, as a whole (pytest wants a line), and its name as a failure's heading."""
        return self.path, 0, self.name


def asked_of(config: pytest.Config) -> Asked:
    """What the command line asks for, read once a run."""
    if _ASKED not in config.stash:
        config.stash[_ASKED] = Asked(config)
    return config.stash[_ASKED]


def plan_names(boards: Iterable[Board]) -> list[str]:
    """A name for each board that pytest can tell from the others: its plan's id."""
    return _distinct(board.plan.id for board in boards)


def _items(parent: pytest.Collector, board: Board, fail_on: Status) -> Iterator[TargetItem]:
    names = _distinct(assessment.target.id for assessment in board.assessments)
    for name, assessment in zip(names, board.assessments, strict=True):
        yield TargetItem.from_parent(
            parent, name=name, assessment=assessment, board=board, fail_on=fail_on
        )


def _distinct(ids: Iterable[str]) -> list[str]:
    """Ids as pytest can select them: without the signs that cut one, and each but once."""
    taken: dict[str, None] = {}  # in order
    for written in ids:
        name = base = _CUTS_AN_ID.sub("_", bare(written)) or "_"
        number = 1
        while name in taken:
            number += 1
            name = f"{base}-{number}"
        taken[name] = None
    return list(taken)


def _why_skipped(assessment: Assessment) -> str:
    status, reason = assessment.status, assessment.reason
    return bare(f"{status.zh} {status.en}: {reason.zh} / {reason.en}")


def _properties(assessment: Assessment, board: Board) -> list[tuple[str, object]]:
    """What a JUnit file says of a target beside its outcome."""
    found = {
        "plan": board.plan.id,
        "target": assessment.target.id,
        "indicator": assessment.target.series.indicator,
        "as_of": str(board.as_of),
        "status": assessment.status.value,
        "rule": assessment.rule,
        "reason_zh": assessment.reason.zh,
        "reason_en": assessment.reason.en,
        "source": "" if assessment.observed is None else sentence(assessment.observed.source),
    }
    return [(name, bare(value)) for name, value in found.items() if value]


def _beside(plan_file: Path) -> list[Path]:
    ending = next(end for end in PLAN_ENDINGS if plan_file.name.endswith(end))
    stem = plan_file.name.removesuffix(ending)
    beside = (plan_file.with_name(stem + end) for end in _OBSERVATION_ENDINGS)
    return [path for path in beside if path.is_file()]


def _board_file(config: pytest.Config) -> BoardFile | None:
    path = board_path(config)
    return None if path is None else load_board_file(path)


def board_path(config: pytest.Config) -> Path | None:
    """Where the file of --plantrack is: seen from the folder pytest was called in, else from its root."""
    written: str | None = config.getoption("plantrack")
    if written is None:
        return None
    here, root = config.invocation_params.dir / written, config.rootpath / written
    return (here if here.exists() or not root.exists() else root).resolve()


def _failing(written: str) -> Status:
    if written not in Status.failing():
        raise UsageError(
            f"--plantrack-fail-on: '{written}' is no status that can fail. "
            f"Allowed: {', '.join(Status.failing())}.",
            fail_on=written,
        )
    return Status(written)


_ASKED = pytest.StashKey[Asked]()
