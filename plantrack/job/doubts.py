"""What is put before a person: figures that are not sure enough, and phrases that may be another name.

An item is known by what it is about, so nothing is asked twice, also when a document is read again.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from plantrack.datafile import load, rules_path
from plantrack.job.judging import Judge
from plantrack.job.reading import Taken
from plantrack.model import Candidate, Figure, FigureKind
from plantrack.model.base import Model

if TYPE_CHECKING:
    from plantrack.store import ReviewItem, Unit


class ReviewRules(Model):
    """rules/review.yaml."""

    least: Annotated[float, Field(gt=0, le=1)]
    field: str
    standard: str


class Question(Model):
    """What a person is shown of an item, and needs to decide."""

    sha256: str
    sentence: str
    phrase: str
    candidates: tuple[Candidate, ...] = ()


class Correction(Model):
    """What a person says a figure should be; None where it was read rightly."""

    value: str | None = None
    unit: str | None = None
    period: str | None = None
    measure: str | None = None
    indicator: str | None = None


@lru_cache(maxsize=1)
def review_rules() -> ReviewRules:
    """The shipped rules, read once."""
    return load(rules_path("review.yaml"), ReviewRules)


def figure_key(sha256: str, figure: Figure) -> str:
    """What a figure is known by: the content of its document, and the place of its digits."""
    return f"{sha256}:{figure.span.start}-{figure.span.end}"


def ask(unit: Unit, taken: Taken, reading: int, judge: Judge) -> int:
    """Put the doubtful figures and unknown phrases of a document up for review; how many are new."""
    from plantrack.store import ReviewKind

    document = taken.document
    places = {id(figure): index for index, figure in enumerate(taken.figures)}
    doubted = [
        (ReviewKind.FIGURE, figure_key(document.sha256, figure), figure)
        for figure in taken.doubtful
    ]
    unknown = [(ReviewKind.ALIAS, key, figure) for key, figure in _unknown(unit, taken, judge)]
    asked = 0
    for kind, key, figure in (*doubted, *unknown):
        question = Question(
            sha256=document.sha256,
            sentence=figure.sentence.of(document.text),
            phrase=figure.indicator,
            candidates=figure.candidates,
        )
        new = unit.review.add(
            kind,
            key=key,
            reading=reading,
            figure=places[id(figure)],
            payload=question.model_dump(mode="json"),
            run=judge.run,
        )
        asked += new is not None
    return asked


def settled(unit: Unit, taken: Taken) -> tuple[Figure, ...]:
    """The doubtful figures of a document that a person has accepted or corrected, as they count now."""
    from plantrack.job.review import corrected
    from plantrack.store import ReviewKind, ReviewState

    if not taken.doubtful:
        return ()
    decided: dict[str, ReviewItem] = {
        item.key: item
        for state in (ReviewState.ACCEPTED, ReviewState.CORRECTED)
        for item in unit.review.list(state)
        if item.kind is ReviewKind.FIGURE
    }
    keyed = ((decided.get(figure_key(taken.document.sha256, f)), f) for f in taken.doubtful)
    return tuple(
        corrected(figure, Correction.model_validate(item.value or {}))
        for item, figure in keyed
        if item is not None
    )


def _unknown(unit: Unit, taken: Taken, judge: Judge) -> Iterator[tuple[str, Figure]]:
    wanted = judge.plans(unit).indicators
    least = review_rules().least
    seen = set()
    for figure in taken.figures:
        if figure.kind is not FigureKind.ACTUAL or figure.indicator_id or not figure.candidates:
            continue
        key = judge.made.lexicon.normal(figure.indicator)
        best = figure.candidates[0]
        if key not in seen and best.score >= least and best.indicator_id in wanted:
            seen.add(key)
            yield key, figure
