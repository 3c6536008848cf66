"""The site of a workspace: its boards with their past, its documents, and its flags with their life."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import structlog

from plantrack import flow
from plantrack.assess import load_rules
from plantrack.errors import PlantrackError
from plantrack.job.boards import boards
from plantrack.job.session import World, opened, tools_of
from plantrack.job.settings import Language
from plantrack.job.workspace import Workspace
from plantrack.model import Flag, Plan
from plantrack.show.site import Paper, Past, Story, Verdict, publish, site_files

if TYPE_CHECKING:
    from plantrack.store import KeptAssessment, Unit

_LOG = structlog.get_logger("plantrack")
MOST_DOCUMENTS = 500
"""A site has a page for each of so many documents; of more, for those that prove something and the newest."""


def write_site(
    workspace: Workspace,
    unit: Unit,
    folder: Path,
    *,
    plan: str | None = None,
    language: str = "zh",
    today: date | None = None,
) -> None:
    """Write the boards of all plans (or of one) into `folder`, with what the database knows of them.

    `today` is the day of the judgement in the workspace's time zone, else the day it is. UsageError
    where there is no such plan; OutputError where the folder holds other things or cannot be written.
    """
    stories = tuple(_stories(workspace, unit, plan, today))
    plans = [story.board.plan for story in stories]
    papers = (*_reports(unit, stories), *_plans(workspace, plans))
    publish(site_files(stories, papers, language=language), folder)


def renew_site(workspace: Workspace, folder: Path, world: World) -> None:
    """Write the site in `folder` anew after a pass; trouble goes to the log and no farther."""
    try:
        today = world.now().astimezone(workspace.settings.job.zone).date()
        with opened(workspace, world) as store, store.view() as unit:
            if not unit.plans.current():
                return
            language = "en" if workspace.settings.notify.language is Language.EN else "zh"
            write_site(workspace, unit, folder, language=language, today=today)
    except PlantrackError as error:
        _LOG.error("the site is not renewed", reason=str(error))
    except Exception:  # what people look at must not end what watches
        _LOG.error("the site is not renewed", reason=traceback.format_exc())
    else:
        _LOG.info("site renewed", site=str(folder))


def past(kept: Iterable[KeptAssessment], until: datetime | None) -> tuple[Past, ...]:
    """What each run before that moment found anew of a plan's targets, and how all of them stood then.

    `kept` is the plan's history, the oldest first. The last item holds all targets that the plan
    had, so that it differs from now in what has been found out since `until`.
    """
    before = [one for one in kept if until is None or one.at < until]
    runs: dict[str | None, list[KeptAssessment]] = {}
    for one in before:
        runs.setdefault(one.run, []).append(one)
    found = [_past(made) for made in runs.values()]
    newest = {one.target_id: one for one in before}
    version = max((one.number for one in newest.values()), default=0)
    return (*found, _past([o for o in newest.values() if o.number == version])) if before else ()


def _past(made: list[KeptAssessment]) -> Past:
    newest = max(made, key=lambda one: one.id)
    return Past(
        as_of=newest.as_of,
        rules=newest.rules.partition(" ")[0],
        verdicts={one.target_id: Verdict.of(one.status, one.observed) for one in made},
    )


def _stories(
    workspace: Workspace, unit: Unit, plan: str | None, today: date | None
) -> Iterator[Story]:
    settings = workspace.settings.job
    rules = load_rules(settings.rules)
    # people's own commands are runs too, but sum nothing up
    last = next((run.started for run in unit.runs.list(1000, ended=True) if run.summary), None)
    for board in boards(workspace, unit, plan=plan, today=today):
        key = board.plan.id
        flags = tuple(_local(flag, settings.zone) for flag in unit.flags.list(plan=key))
        yield Story(board, past(unit.assessments.history(key), last), flags, rules)


def _local(flag: Flag, zone: ZoneInfo) -> Flag:
    """The flag with its moments in the workspace's time zone."""
    history = tuple(
        event.model_copy(update={"at": event.at.astimezone(zone)}) for event in flag.history
    )
    return flag.model_copy(update={"history": history})


def _reports(unit: Unit, stories: Iterable[Story]) -> Iterator[Paper]:
    """What was read, each document as it is known now; of very many those that a board rests on and the newest."""
    documents = unit.documents.list()
    if len(documents) > MOST_DOCUMENTS:
        used = {
            observation.source.doc
            for story in stories
            for assessment in story.board.assessments
            for observation in assessment.observations
        }
        newest = {kept.sha256 for kept in documents[-MOST_DOCUMENTS:]}
        documents = tuple(k for k in documents if k.name in used or k.sha256 in newest)
    for kept in documents:
        (reading,) = (r.id for r in unit.documents.readings(kept.sha256) if r.current)
        yield Paper(unit.documents.get(kept.sha256), unit.documents.figures(reading))


def _plans(workspace: Workspace, plans: Iterable[Plan]) -> Iterator[Paper]:
    """The texts of the plans, read again from where they were put; one that is gone or changed has no page."""
    seen: set[str] = set()
    for plan in plans:
        names = {target.source.doc for target in plan.targets if target.source.span is not None}
        for name in sorted(names - seen):
            seen.add(name)
            try:
                document = flow.read(workspace.plans / PurePath(name).name)
            except PlantrackError as error:
                _LOG.warning("no page for the plan", document=name, reason=str(error))
                continue
            if document.sha256 == plan.sha256:
                document = document.model_copy(update={"name": name})
                yield Paper(document, flow.figures(document, made=tools_of(workspace)))
