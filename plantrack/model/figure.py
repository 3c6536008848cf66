"""One number in a text and all the text says with it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from plantrack.model.base import Model, Text
from plantrack.model.indicator import Measure, Scope
from plantrack.model.period import Period
from plantrack.model.quantity import Quantity
from plantrack.model.span import Span


class FigureKind(StrEnum):
    """What a number is to its indicator."""

    ACTUAL = "actual"  # reached, counted or estimated
    TARGET = "target"  # intended
    DELTA = "delta"  # an absolute change over time
    COMPARE = "compare"  # a difference from another place, plan or benchmark
    RANK = "rank"


class Candidate(Model):
    """A lexicon indicator that a phrase could name, with a score from 0 to 1."""

    indicator_id: str
    score: Annotated[float, Field(ge=0, le=1)]


class Figure(Model):
    """One number of a document with its indicator phrase, measure, quantity, period and scope.

    `span` holds the digits (first to last number of a range or ratio) and `text` is that
    piece of the source. `scope` is None for the document's own region. `indicator_id` is
    filled by linking; where several fit equally it stays None and `candidates` holds them,
    best first. `place` says in words where the number stands in a file that has pages, tables or
    sheets (第12页，表1，第6行第4列); it is None in a plain text.
    """

    doc: str
    span: Span
    text: str
    kind: FigureKind
    indicator: str
    indicator_id: str | None = None
    candidates: tuple[Candidate, ...] = ()
    measure: Measure
    quantity: Quantity
    period: Period | None
    scope: Scope | None = None
    sentence: Span
    table_row: int | None = None
    place: Text | None = None
    confidence: Annotated[float, Field(ge=0, le=1)] = 1.0
