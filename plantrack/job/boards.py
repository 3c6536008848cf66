"""The boards of a workspace: as they stand, or as they stood by what was known on an earlier day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from plantrack import flow
from plantrack.assess import load_rules
from plantrack.errors import UsageError
from plantrack.job.judging import names, series_of
from plantrack.job.session import tools_of, utc_now
from plantrack.job.workspace import Workspace
from plantrack.model import Board, Period

if TYPE_CHECKING:
    from plantrack.store import Unit


def boards(
    workspace: Workspace,
    unit: Unit,
    *,
    plan: str | None = None,
    known_on: date | None = None,
    today: date | None = None,
) -> Iterator[Board]:
    """The board of each plan (or of one), by the values, plan versions and goals known on that day.

    Without a day: today's, which `today` may name. UsageError where there is no such plan, or none was known yet.
    """
    kept = [one for one in unit.plans.current(known_on=known_on) if plan in (None, one.key)]
    if not kept:
        there = "、".join(one.key for one in unit.plans.current()) or "none"
        on = "" if known_on is None else f" known on {known_on}"
        which = "no plan" if plan is None else f"no plan '{plan}'"
        raise UsageError(
            f"there is {which}{on} in this workspace. Plans: {there}. "
            "Add one with `plantrack add plan FILE`."
        )
    made = tools_of(workspace)
    rules = load_rules(workspace.settings.job.rules)
    today = today or utc_now().astimezone(workspace.settings.job.zone).date()
    for one in kept:
        series = [s for t in one.plan.targets for s in series_of(t)]
        seen = unit.observations.current(
            {name for s in series for name in names(s)},
            scopes={s.scope or one.plan.region for s in series},
            known_on=known_on,
        )
        yield flow.assess(
            one.plan.model_copy(update={"observations": ()}),
            seen,
            as_of=Period.parse((known_on or today).isoformat()),
            rules=rules,
            made=made,
        )
