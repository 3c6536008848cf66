"""board.toml: which plans are judged, by which reports, as of when.

plan = "plans/town.yaml"            # or a list; texts or plan files
report = ["reports/2026.txt"]       # or one; texts, or observations in YAML or CSV
as_of = 2026                        # 2026, "2026H1", "2026-06" …
rules = "default"                   # a built-in rule set, or a file
fail_on = "lagging"                 # the mildest status that fails
outside = ["../data"]               # folders beyond this one that files may be taken from

Paths are relative to the file. A path that leads out of its folder is refused, unless into a
folder that `outside` names.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from plantrack import datafile, flow
from plantrack.assess import RuleSet, load_rules, rule_sets
from plantrack.datafile.settings import parse_toml
from plantrack.errors import DataError
from plantrack.model import Board, Observation, Period, Plan, Status
from plantrack.model.base import Model


def _listed(written: object) -> object:
    return [written] if isinstance(written, str) else written


def _fails(status: Status) -> Status:
    if status not in Status.failing():
        raise ValueError(f"'{status}' is no failure; write one of {', '.join(Status.failing())}")
    return status


Files = Annotated[tuple[Annotated[str, Field(min_length=1)], ...], BeforeValidator(_listed)]


class BoardSettings(Model):
    """What a board.toml says."""

    plan: Annotated[Files, Field(min_length=1)]
    report: Files = ()
    as_of: Period | None = None
    rules: Annotated[str, Field(min_length=1)] = "default"
    fail_on: Annotated[Status, AfterValidator(_fails)] = Status.LAGGING
    outside: Files = ()

    @model_validator(mode="after")
    def _once(self) -> Self:
        for key, files in (("plan", self.plan), ("report", self.report)):
            twice = [name for name in files if files.count(name) > 1]
            if twice:
                raise ValueError(f"{key}: '{twice[0]}' is named twice")
        return self


@dataclass(frozen=True)
class BoardFile:
    """A board.toml with the place from which its paths count."""

    path: Path
    settings: BoardSettings

    def boards(self, as_of: Period | None = None) -> tuple[Board, ...]:
        """A board for each plan of the files (a text may hold several), in their order.

        `as_of` overrides the file's. DataError where neither says when, where a path leads
        outside, or where a file holds no plan or no value; besides what reading them raises.
        """
        when = as_of or self.settings.as_of
        if when is None:
            raise DataError(
                str(self.path),
                "nothing says as of when to judge",
                "Write as_of = 2025 in it, or give --plantrack-as-of 2025.",
                key="as_of",
            )
        plans = [
            plan for path in self._inside("plan", self.settings.plan) for plan in self._plans(path)
        ]
        seen = [
            value
            for path in self._inside("report", self.settings.report)
            for value in self._values(path)
        ]
        rules = self._rules()
        return tuple(flow.assess(plan, seen, as_of=when, rules=rules) for plan in plans)

    def _plans(self, path: Path) -> list[Plan]:
        found = [plan for plan in flow.read_plans(path) if plan.targets]
        if not found:
            hint = "Look at what it holds with `plantrack targets`"
            raise self._error("plan", f"no targets found in {path}", hint)
        return found

    def _values(self, path: Path) -> tuple[Observation, ...]:
        found = flow.read_report(path)
        if not found:
            hint = "Look at what it holds with `plantrack figures`"
            raise self._error("report", f"no values found in {path}", hint)
        return found

    def _rules(self) -> RuleSet:
        name = self.settings.rules
        if name in rule_sets():
            return load_rules(name)
        if not any(sign in name for sign in "./\\"):
            found = f"there is no rule set '{name}'"
            hint = "Name one of these, or a file with its ending"
            raise self._error("rules", found, hint, ", ".join(rule_sets()))
        (path,) = self._inside("rules", [name])
        return load_rules(path)

    def _inside(self, key: str, names: Iterable[str]) -> list[Path]:
        home = self.path.parent.resolve()
        folders = [home, *((home / name).resolve() for name in self.settings.outside)]
        found = []
        for name in names:
            path = (home / name).resolve()
            if not any(path.is_relative_to(folder) for folder in folders):
                told = f"'{name}' leads out of the folder of this file"
                hint = "Move the file, or name its folder in outside = […]"
                raise self._error(key, told, hint, ", ".join(map(str, folders)))
            found.append(path)
        return found

    def _error(self, key: str, found: str, hint: str, allowed: str = "") -> DataError:
        return DataError(str(self.path), found, hint, key=key, allowed=allowed)


def load_board_file(path: Path) -> BoardFile:
    """The board.toml at `path`. ReadError where it cannot be read, DataError where it does not fit."""
    settings = parse_toml(datafile.read_text(path), str(path), BoardSettings)
    return BoardFile(path, settings)
