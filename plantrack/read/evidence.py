"""What the periods of a document are found from, and what is found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from plantrack.model import Conflict, DocumentKind, Period


class Horizon(NamedTuple):
    """What a document plans and reviews; either may be unknown. `conflicts` say where it disagrees.

    `frame` are the years that it speaks of where nothing else is said, if those are not all that is
    planned or reviewed: up to the first horizon of a long plan, to the last month of an evaluation's data.
    """

    planned: Period | None = None
    reviewed: Period | None = None
    conflicts: tuple[Conflict, ...] = ()
    frame: Period | None = None


class Evidence(NamedTuple):
    """All that the periods are found from.

    `text` is the whole text, `body` the offset behind its title; `lines` are the body's lines;
    `heads` the titles of its headings; `review` the text of its first chapter that looks back.
    """

    text: str
    title: str
    body: int
    lines: Sequence[str]
    heads: Sequence[str]
    review: str
    kind: DocumentKind
    published: date | None = None
    delivered: date | None = None
