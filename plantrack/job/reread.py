"""Documents read again with newer rules or names; what they gave before stays as history."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import structlog

from plantrack.errors import InputError, MissingExtraError
from plantrack.job.ahead import Ahead, fit, reading_ahead
from plantrack.job.doubts import ask, settled
from plantrack.job.judging import Changed
from plantrack.job.reader import Wanted
from plantrack.job.reading import READER, ChangedError, observed, rules_version, take
from plantrack.job.session import Session
from plantrack.job.summary import Summary

if TYPE_CHECKING:
    from plantrack.store import KeptDocument, Unit, Version

_LOG = structlog.get_logger("plantrack")


def reread(
    at_work: Session, summary: Summary, wanted: Callable[[KeptDocument], bool] = lambda _: True
) -> None:
    """Read the wanted documents again, each that other rules or another plantrack read.

    Every document is one transaction. One whose file is gone or changed is named in the log and
    stays as it is.
    """
    from plantrack.store import Version

    version = Version(reader=READER, rules=rules_version(at_work.workspace.lexicon))
    there = at_work.look(lambda unit: unit.documents.list())
    old = [kept for kept in there if kept.version != version and wanted(kept)]
    with reading_ahead(at_work.workspace) as ahead:
        for kept in ahead.each(old, partial(_to_come, at_work)):
            at_work.stay()
            summary.files += 1
            _again(at_work, kept, version, ahead, summary)


def with_phrase(at_work: Session, phrase: str) -> Callable[[KeptDocument], bool]:
    """Whether a document gave a value under a phrase that no indicator had."""
    bare = phrase.replace(" ", "")
    seen = at_work.look(lambda unit: unit.observations.current([bare]))
    docs = {o.source.doc for o in seen}
    return lambda kept: kept.name in docs


def _file(at_work: Session, kept: KeptDocument) -> Wanted:
    return Wanted(at_work.workspace.root / kept.path, kept.name, kept.sha256)


def _to_come(at_work: Session, kept: KeptDocument) -> Wanted | None:
    """What to read of a document that has its turn soon, None where that is nothing yet."""
    wanted = _file(at_work, kept)
    try:
        return wanted if fit(wanted.path) else None
    except (InputError, OSError):  # told in its turn
        return None


def _again(
    at_work: Session, kept: KeptDocument, version: Version, ahead: Ahead, summary: Summary
) -> None:
    judge = at_work.judge
    wanted = _file(at_work, kept)
    day = kept.at.astimezone(at_work.zone).date()
    try:
        regions = at_work.look(lambda unit: judge.plans(unit).regions)
        taken = take(
            *wanted,
            at_work.made,
            today=day,
            regions=regions,
            sandbox=at_work.workspace.settings.job.sandbox,
            given=ahead.extracted(wanted),
        )
    except (InputError, MissingExtraError, FileNotFoundError, ChangedError) as error:
        _LOG.warning("cannot be read again", document=kept.name, path=kept.path, reason=str(error))
        summary.unmoved += 1
        return

    def keep(unit: Unit) -> tuple[list[Changed], int]:
        # what the older reading said may be said no more
        old = [r for r in unit.documents.readings(kept.sha256) if r.current]
        figures = [f for r in old for f in unit.documents.figures(r.id)]
        before = observed(taken.document, figures, at_work.made, day)
        again = observed(taken.document, settled(unit, taken), at_work.made, day)
        seen = judge.revised(unit, (*taken.observations, *again))
        reading = unit.documents.add(
            taken.document,
            taken.figures,
            seen,
            version=version,
            run=judge.run,
            path=kept.path,
        )
        asked = ask(unit, taken, reading, judge)
        return judge.on(unit, (*seen, *before), reading), asked

    changed, asked = at_work.change(keep)
    summary.read += 1
    summary.figures += len(taken.figures)
    summary.linked += sum(f.indicator_id is not None for f in taken.figures)
    summary.observations += len(taken.observations)
    summary.doubtful += asked
    summary.note(changed)
    _LOG.info("read again", document=kept.name, changed=len(changed))
