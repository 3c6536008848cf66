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
from plantrack.model import Figure, FigureKind
from plantrack.model.base import Model

if TYPE_CHECKING:
    from plantrack.store import ReviewItem, Unit


class ReviewRules(Model):
    """rules/review.yaml."""

    least: Annotated[float, Field(gt=0, le=1)]
    field: str
    standard: str


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

    sha256 = taken.document.sha256
    places = {id(figure): index for index, figure in enumerate(taken.figures)}
    asked = 0
    for figure in taken.doubtful:
        new = unit.review.add(
            ReviewKind.FIGURE,
            key=figure_key(sha256, figure),
            reading=reading,
            figure=places[id(figure)],
            payload={"sha256": sha256, "sentence": figure.sentence.of(taken.document.text)},
            run=judge.run,
        )
        asked += new is not None
    for key, figure in _unknown(unit, taken, judge):
        new = unit.review.add(
            ReviewKind.ALIAS,
            key=key,
            reading=reading,
            figure=places[id(figure)],
            payload={
                "sha256": sha256,
                "phrase": figure.indicator,
                "candidates": [{"id": c.indicator_id, "score": c.score} for c in figure.candidates],
                "sentence": figure.sentence.of(taken.document.text),
            },
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
    return tuple(corrected(figure, item.value) for item, figure in keyed if item is not None)


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
