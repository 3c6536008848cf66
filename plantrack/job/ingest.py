"""One pass: every new file of the inbox is read once, what it touches is judged, what changed is told.

Each document is one transaction, and its file is moved only after that. A pass that is ended in
between, however roughly, leaves no half document in the store, and the next one goes on: a content
that the store knows is put away, not read again.
"""

from __future__ import annotations

import time
import traceback
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from structlog.contextvars import bound_contextvars

from plantrack.errors import InputError, MissingExtraError, OutputError
from plantrack.job import inbox
from plantrack.job.ahead import Ahead, fit, reading_ahead
from plantrack.job.closing import settle_accounts
from plantrack.job.delivery import deliver
from plantrack.job.doubts import ask
from plantrack.job.reader import Wanted
from plantrack.job.reading import READER, ChangedError, Taken, rules_version, take
from plantrack.job.reread import reread
from plantrack.job.session import Session, World, session
from plantrack.job.summary import Summary
from plantrack.job.workspace import Workspace

if TYPE_CHECKING:
    from plantrack.job.judging import Changed
    from plantrack.store import Known, Unit

_LOG = structlog.get_logger("plantrack")


def run_pass(
    workspace: Workspace, run: str, world: World | None = None, *, again: bool = False
) -> Summary:
    """Do one pass and give its summary, which is kept with the run.

    With `again` documents that were read with other rules are read again first.

    LeaseHeldError where another job is at work, StoreBusyError where the database stays away,
    OutputError where files cannot be moved; nothing is lost then, the next pass goes on.
    """
    world = world or World()
    begun = time.perf_counter()
    summary = Summary(run)
    with bound_contextvars(run=run):
        with session(workspace, world, run) as at_work:
            _LOG.info("pass begins", workspace=str(workspace.root), store=at_work.store.place)
            if again:
                reread(at_work, summary)
            _inbox(at_work, summary)
            settle_accounts(at_work, summary)
            summary.seconds = round(time.perf_counter() - begun, 3)
            at_work.end(3 if summary.in_part else 0, summary.record())
            at_work.leave()
            deliver(at_work.store, at_work.sinks, workspace.settings.notify, world, summary)
        if workspace.site is not None:
            from plantrack.job.publishing import renew_site  # pages are a heavy import

            renew_site(workspace, workspace.site, world)
        _LOG.info("pass ends", **summary.counts())
    return summary


def _inbox(at_work: Session, summary: Summary) -> None:
    workspace = at_work.workspace
    found = inbox.scan(workspace.inbox, workspace.settings.job.settle, at_work.world.sleep)
    summary.unfinished = len(found.unfinished)
    for name in found.unfinished:
        _LOG.info("still being written, left for the next pass", document=name)
    with reading_ahead(workspace) as ahead:
        for waiting in ahead.each(found.files, partial(_to_come, at_work)):
            at_work.stay()
            summary.files += 1
            with bound_contextvars(document=waiting.name):
                _file(at_work, waiting, ahead, summary)


def _to_come(at_work: Session, waiting: inbox.Waiting) -> Wanted | None:
    """What to read of a file that has its turn soon, None where that is nothing yet."""
    if waiting.refused:
        return None
    try:
        sha256 = inbox.digest(waiting.path)
        due = fit(waiting.path) and not _known(at_work, sha256)
    except (InputError, OSError):  # told in its turn
        return None
    return Wanted(waiting.path, waiting.name, sha256) if due else None


def _file(at_work: Session, waiting: inbox.Waiting, ahead: Ahead, summary: Summary) -> None:
    if waiting.refused:
        _quarantine(at_work, waiting, f"link:{waiting.name}", waiting.refused, "", summary)
        return
    try:
        sha256 = inbox.digest(waiting.path)
    except FileNotFoundError:
        _LOG.info("gone before it was read")
        return
    except InputError as error:
        _quarantine(at_work, waiting, f"name:{waiting.name}", str(error), "", summary)
        return
    known = _known(at_work, sha256)
    if known is not None:
        _put_away_known(at_work, waiting, sha256, known, summary)
        return
    try:
        taken = _take(at_work, Wanted(waiting.path, waiting.name, sha256), ahead)
    except (ChangedError, FileNotFoundError):
        summary.unfinished += 1
        _LOG.info("changed while it was read, left for the next pass")
    except (InputError, MissingExtraError) as error:
        _quarantine(at_work, waiting, sha256, str(error), "", summary)
    except Exception as error:  # one text must not end the pass, whatever is wrong with it
        found = f"it met a mistake in plantrack ({type(error).__name__}: {error})"
        _quarantine(at_work, waiting, sha256, found, traceback.format_exc(), summary)
    else:
        _keep(at_work, waiting, sha256, taken, summary)


def _known(at_work: Session, sha256: str) -> Known | None:
    """What the store knows of a content; None where it is to be read, maybe once more."""
    known = at_work.look(lambda unit: unit.documents.known(sha256))
    return None if known is None or known.state == "quarantine" else known


def _take(at_work: Session, wanted: Wanted, ahead: Ahead) -> Taken:
    regions = at_work.look(lambda unit: at_work.judge.plans(unit).regions)
    return take(
        *wanted,
        at_work.made,
        today=at_work.today,
        regions=regions,
        sandbox=at_work.workspace.settings.job.sandbox,
        given=ahead.extracted(wanted),
    )


def _keep(
    at_work: Session, waiting: inbox.Waiting, sha256: str, taken: Taken, summary: Summary
) -> None:
    """Write all that a document says and changes, in one transaction; then move its file."""
    from plantrack.store import Version

    workspace, judge = at_work.workspace, at_work.judge
    place = inbox.free_place(workspace.processed, waiting.name, sha256)
    version = Version(reader=READER, rules=rules_version(workspace.lexicon))

    def keep(unit: Unit) -> tuple[list[Changed], int]:
        seen = judge.revised(unit, taken.observations)
        unit.quarantine.forget(sha256)
        reading = unit.documents.add(
            taken.document,
            taken.figures,
            seen,
            version=version,
            run=judge.run,
            path=place.relative_to(workspace.root).as_posix(),
        )
        asked = ask(unit, taken, reading, judge)
        return judge.on(unit, seen, reading), asked

    changed, asked = at_work.change(keep)
    summary.read += 1
    summary.figures += len(taken.figures)
    summary.linked += sum(f.indicator_id is not None for f in taken.figures)
    summary.observations += len(taken.observations)
    summary.doubtful += asked
    summary.note(changed)
    _move(at_work, waiting, place, summary)
    _LOG.info(
        "read",
        figures=len(taken.figures),
        observations=len(taken.observations),
        doubtful=asked,
        changed=len(changed),
    )


def _put_away_known(
    at_work: Session, waiting: inbox.Waiting, sha256: str, known: Known, summary: Summary
) -> None:
    """A content that is in the store: under another name, or because a pass ended before the move."""
    place = inbox.free_place(at_work.workspace.processed, waiting.name, sha256)
    _move(at_work, waiting, place, summary)
    summary.known += 1
    _LOG.info("known already, put away", known_as=known.name, since=known.at.isoformat())


def _quarantine(
    at_work: Session,
    waiting: inbox.Waiting,
    sha256: str,
    reason: str,
    detail: str,
    summary: Summary,
) -> None:
    """Keep the file and why it is of no use: in the database, and beside the file."""
    at_work.change(
        lambda unit: unit.quarantine.add(
            sha256, waiting.name, reason=reason, detail=detail, run=at_work.judge.run
        )
    )
    place = inbox.free_place(at_work.workspace.quarantine, waiting.name, sha256)
    at = at_work.world.now().isoformat(timespec="seconds")
    summary.quarantined += 1
    _LOG.warning("in quarantine", reason=reason)
    try:
        inbox.give_reason(place, f"{waiting.name}\n{at}\n{reason}\n{detail}")
    except OutputError as error:
        summary.unmoved += 1
        _LOG.error("the file stays in the inbox", reason=str(error))
    else:
        _move(at_work, waiting, place, summary)


def _move(at_work: Session, waiting: inbox.Waiting, place: Path, summary: Summary) -> None:
    """Move a file whose effects are in the store; one that cannot be moved is put away by a later pass."""
    try:
        inbox.move(waiting.path, place, at_work.workspace.inbox)
    except OutputError as error:
        summary.unmoved += 1
        _LOG.error("the file stays in the inbox", reason=str(error))
