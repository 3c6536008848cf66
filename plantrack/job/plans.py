"""Plans: added to a workspace, judged at once, and their open goals resolved."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from plantrack import flow
from plantrack.errors import OutputError, UsageError
from plantrack.job.inbox import digest
from plantrack.job.judging import Changed
from plantrack.job.reading import READER, rules_version
from plantrack.job.session import Session
from plantrack.model import Plan
from plantrack.read.sandbox import worth_it

if TYPE_CHECKING:
    from plantrack.store import Unit


class Added(NamedTuple):
    """A plan that was added; `new` is False where the store had this very version."""

    plan: Plan
    number: int
    new: bool
    changed: list[Changed]


def add_plan(at_work: Session, path: Path) -> list[Added]:
    """Keep the plans of a file, as new ones or as new versions, and judge all their targets.

    A text may hold several. ReadError or DataError where the file cannot be read, UsageError where
    it holds no target or its plan has no region; then nothing is changed.
    """
    sandbox = at_work.workspace.settings.job.sandbox and worth_it(path)
    plans = flow.read_plans(path, sandbox=sandbox, made=at_work.made)
    found = [_placed(plan, path) for plan in plans]
    if not any(plan.targets for plan in found):
        raise UsageError(
            f"{path}: no targets found in it. `plantrack targets` shows what it holds; "
            "or write the plan by hand in YAML.",
            file=str(path),
        )
    _keep_copy(path, at_work.workspace.plans)
    return at_work.change(lambda unit: [_save(at_work, unit, plan) for plan in found])


def find_target(plans: Sequence[Plan], wanted: str) -> tuple[Plan, str]:
    """The plan and target that `wanted` names: `plan/target`, a target's id, or an indicator's name.

    UsageError where there is none, or several; it names those.
    """
    hits = [
        (plan, target.id)
        for plan in plans
        for target in plan.targets
        if wanted in (target.id, f"{plan.id}/{target.id}", target.series.indicator)
    ]
    if len(hits) == 1:
        return hits[0]
    if hits:
        several = "、".join(f"{plan.id}/{target}" for plan, target in hits)
        raise UsageError(
            f"'{wanted}' may be one of several targets: {several}. Write one of these."
        )
    alike = [
        f"{plan.id}/{target.id}"
        for plan in plans
        for target in plan.targets
        if wanted and (wanted in target.series.indicator or wanted in target.id)
    ]
    near = f" Perhaps {'、'.join(alike[:5])}." if alike else ""
    raise UsageError(
        f"no plan has a target '{wanted}'.{near} `plantrack board` lists them.", target=wanted
    )


def _placed(plan: Plan, path: Path) -> Plan:
    """The plan with its own values placed in its region, so that no other region's plan takes them."""
    if plan.region is None:
        raise UsageError(
            f"{path}: plan '{plan.title}' names no region, so no report could be matched with it. "
            "Name the region in its title, or give `region:` in a plan file.",
            file=str(path),
        )
    seen = tuple(
        o
        if o.series.scope is not None
        else o.model_copy(update={"series": o.series.model_copy(update={"scope": plan.region})})
        for o in plan.observations
    )
    return plan.model_copy(update={"observations": seen})


def _save(at_work: Session, unit: Unit, plan: Plan) -> Added:
    from plantrack.store import Version

    version = Version(reader=READER, rules=rules_version(at_work.workspace.lexicon))
    saved = unit.plans.save(plan, run=at_work.judge.run, version=version)
    changed = (
        at_work.judge.targets(unit, saved.key, [t.id for t in plan.targets]) if saved.new else []
    )
    return Added(plan, saved.number, saved.new, changed)


def _keep_copy(path: Path, folder: Path) -> None:
    """Put a copy of a file into a folder, whole or not at all; one of the same name and content stays."""
    target = folder / path.name
    try:
        if target.exists() and (target.samefile(path) or digest(target) == digest(path)):
            return
        partly = folder / f".{path.name}.part"
        shutil.copyfile(path, partly)
        partly.replace(target)
    except OSError as error:
        raise OutputError(
            str(target),
            f"cannot be written ({error.strerror})",
            "Make room or get the right to write there.",
        ) from error
