"""One file read: its document, its figures, what they say was reached, and what is doubtful about them.

Nothing here knows the database: the same bytes, rules and day always give the same result.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from plantrack import __version__, flow
from plantrack.errors import DataError
from plantrack.job.inbox import digest
from plantrack.model import Document, Figure, FigureKind, Observation, Scope
from plantrack.model.base import Model
from plantrack.read.sandbox import worth_it

if TYPE_CHECKING:
    from plantrack.flow import Tools

READER = f"plantrack {__version__}"
# What people write by hand: values, no text. A CSV file may be that or a table of a report.
_HAND_WRITTEN = (".yaml", ".yml")
_TABLES = (".csv",)


class ChangedError(Exception):
    """The file is not any more what it was when the pass looked at it: left for the next pass."""


class Extracted(Model):
    """A report and the numbers in it: most of the work, and the part that needs nothing but its file."""

    document: Document
    figures: tuple[Figure, ...]


class Taken(NamedTuple):
    """What a file gave. `doubtful` figures count only once a person has accepted them."""

    document: Document
    figures: tuple[Figure, ...]
    observations: tuple[Observation, ...]
    doubtful: tuple[Figure, ...]


def take(
    path: Path,
    name: str,
    sha256: str,
    made: Tools,
    *,
    today: date,
    regions: Sequence[Scope],
    sandbox: bool,
    given: Extracted | None = None,
) -> Taken:
    """Read a report or an observation file, and name it `name`; `sandbox` as in the settings.

    `given` is what `extract` gave of this very content before; else it is asked now. A value is known
    from the day its document was published, at the latest from `today`. `regions` are those of the
    plans there are: a file that names no region speaks of the only one, and is refused where there
    are several. ReadError or DataError where the file cannot be used,
    MissingExtraError where its format's extra is not installed, ChangedError where its content is
    not `sha256`.
    """
    if by_hand(path):
        taken = _values(path, name, sha256, made)
    else:
        taken = _report(given or extract(path, name, made, sandbox=sandbox), made, today)
    if digest(path) != sha256:
        raise ChangedError(name)
    seen = _placed(taken.observations, name, regions)
    return taken._replace(observations=tuple(_known_on(o, today) for o in seen))


def by_hand(path: Path) -> bool:
    """Whether a file holds values that people wrote, and is no report. ReadError as in `take`."""
    suffix = path.suffix.lower()
    return suffix in _HAND_WRITTEN or (suffix in _TABLES and flow.holds_observations(path))


def extract(path: Path, name: str, made: Tools, *, sandbox: bool) -> Extracted:
    """Read a report under a name and find its figures; `sandbox` and errors as in `take`."""
    read = flow.read(path, sandbox=sandbox and worth_it(path))
    document = read.model_copy(update={"name": name})
    return Extracted(document=document, figures=flow.figures(document, made=made))


def observed(
    document: Document, figures: Iterable[Figure], made: Tools, today: date
) -> tuple[Observation, ...]:
    """What some figures of a document say was reached; `today` as in `take`."""
    from plantrack.link import observations

    known = min(document.published or today, today)
    dated = document.model_copy(update={"published": known})
    return observations(dated, figures, made.regions)


@lru_cache(maxsize=8)
def rules_version(*folders: Path) -> str:
    """A short hash of all data that decides an outcome: the shipped rules and the files in `folders`."""
    from plantrack.datafile import rules_path

    sha = hashlib.sha256()
    for folder in (rules_path(), *folders):
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            sha.update(path.relative_to(folder).as_posix().encode())
            sha.update(path.read_bytes())
    return sha.hexdigest()[:16]


def _report(extracted: Extracted, made: Tools, today: date) -> Taken:
    document, found = extracted.document, extracted.figures
    least = made.confidence.review
    sure = [f for f in found if f.confidence >= least]
    doubtful = tuple(
        f
        for f in found
        if f.confidence < least and f.kind is FigureKind.ACTUAL and f.period is not None
    )
    return Taken(document, found, observed(document, sure, made, today), doubtful)


def _values(path: Path, name: str, sha256: str, made: Tools) -> Taken:
    from plantrack.datafile import MAX_BYTES
    from plantrack.read.base import decode, load_bytes

    seen = flow.read_report(path, made=made)
    raw = decode(load_bytes(path, MAX_BYTES), str(path))
    document = Document(name=name, text=raw.text, sha256=sha256, encoding=raw.encoding)
    renamed = tuple(
        o.model_copy(update={"source": o.source.model_copy(update={"doc": name})}) for o in seen
    )
    return Taken(document, (), renamed, ())


def _placed(
    observations: tuple[Observation, ...], name: str, regions: Sequence[Scope]
) -> tuple[Observation, ...]:
    """The observations with a scope each."""
    if all(o.series.scope is not None for o in observations):
        return observations
    if len(regions) != 1:
        there = "、".join(region.name for region in regions) or "none yet"
        raise DataError(
            name,
            f"it names no region, and it is not plain whose figures these are (regions of the plans: {there})",
            "Name the region in its title, or give `region:` in the file, and put it into the inbox again.",
        )
    return tuple(
        o
        if o.series.scope is not None
        else o.model_copy(update={"series": o.series.model_copy(update={"scope": regions[0]})})
        for o in observations
    )


def _known_on(observation: Observation, today: date) -> Observation:
    known = today if observation.known_on is None else min(observation.known_on, today)
    if known == observation.known_on:
        return observation
    return observation.model_copy(update={"known_on": known})
