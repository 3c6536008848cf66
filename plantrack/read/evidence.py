"""What the periods of a document are found from, and what is found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from plantrack.model import Conflict, DocumentKind, Period

_OPENING = 200  # characters in which a text says what it tells of
NEWS_OPENING = 600  # ... and in which a piece of news without a title does


class Horizon(NamedTuple):
    """What a document plans and reviews; either may be unknown. `conflicts` say where it disagrees.

    `frame` are the years that it speaks of where nothing else is said, if those are not all that is
    planned or reviewed: up to the first horizon of a long plan, to the last month of an evaluation's data.
    """

    planned: Period | None = None
    reviewed: Period | None = None
    conflicts: tuple[Conflict, ...] = ()
    frame: Period | None = None

    @property
    def unknown(self) -> bool:
        """Whether nothing was found, neither what is planned nor what is reviewed."""
        return self.planned is None and self.reviewed is None


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

    @property
    def opening(self) -> str:
        """What the text begins with behind its title."""
        return self.text[self.body : self.opens_to]

    @property
    def opens_to(self) -> int:
        """Where its opening ends."""
        return self.body + _OPENING
