"""Overlapping highlights cut flat: a text as pieces, each with all the spans that cover it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from plantrack.errors import UsageError
from plantrack.model import Span


class Piece(NamedTuple):
    """The stretch `[start, end)` of a text and the numbers of the spans around it, in their order."""

    start: int
    end: int
    covers: tuple[int, ...] = ()


def cut(length: int, spans: Sequence[Span], at: Iterable[int] = ()) -> Iterator[Piece]:
    """A text of `length` characters, cut at both ends of every span and at the places `at`.

    The pieces follow each other without a gap, none is empty, and each is either wholly inside
    a span or wholly outside it, so that markup made of them nests however the spans overlap. An
    empty span covers nothing but is a place to cut. UsageError where a span or a place lies
    beyond the text. Time is that of sorting, and of the covers that are listed.
    """
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    places = {0, length, *at}
    for number, span in enumerate(spans):
        places |= {span.start, span.end}
        if len(span):
            opening.setdefault(span.start, []).append(number)
            closing.setdefault(span.end, []).append(number)
    edges = sorted(places)
    if edges[-1] > length or edges[0] < 0:
        beyond = edges[-1] if edges[-1] > length else edges[0]
        raise UsageError(
            f"a highlight reaches to {beyond}, but the text has {length} characters. "
            "Spans count into the very text they were found in.",
            place=beyond,
            length=length,
        )
    around: set[int] = set()
    for start, end in pairwise(edges):
        around.difference_update(closing.get(start, ()))
        around.update(opening.get(start, ()))
        yield Piece(start, end, tuple(sorted(around)))
