"""Highlights cut flat: laws that hold for any spans."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import UsageError
from plantrack.model import Span
from plantrack.show.highlight import Piece, cut

LENGTH = 40
PLACES = st.integers(0, LENGTH)
SPANS = st.lists(st.tuples(PLACES, PLACES).map(lambda p: Span(start=min(p), end=max(p))))


@given(SPANS, st.lists(PLACES))
def test_pieces_follow_each_other_and_make_up_the_text(spans, at):
    pieces = list(cut(LENGTH, spans, at))
    assert pieces[0].start == 0
    assert pieces[-1].end == LENGTH
    assert all(a.end == b.start for a, b in pairwise(pieces))
    assert all(piece.start < piece.end for piece in pieces)


@given(SPANS, st.lists(PLACES))
def test_a_piece_lists_exactly_the_spans_around_every_character_of_it(spans, at):
    for piece in cut(LENGTH, spans, at):
        for place in range(piece.start, piece.end):
            assert piece.covers == tuple(i for i, span in enumerate(spans) if span.contains(place))


@given(SPANS, st.lists(PLACES))
def test_there_is_a_cut_at_every_place_and_at_no_other(spans, at):
    edges = {0, LENGTH, *at, *(s.start for s in spans), *(s.end for s in spans)}
    pieces = list(cut(LENGTH, spans, at))
    assert [piece.start for piece in pieces] + [LENGTH] == sorted(edges)


def test_spans_that_cross_are_cut_where_they_cross():
    crossing = [Span(start=1, end=4), Span(start=2, end=6), Span(start=3, end=3)]
    assert list(cut(7, crossing)) == [
        Piece(0, 1),
        Piece(1, 2, (0,)),
        Piece(2, 3, (0, 1)),
        Piece(3, 4, (0, 1)),
        Piece(4, 6, (1,)),
        Piece(6, 7),
    ]


def test_an_empty_text_has_no_pieces():
    assert list(cut(0, [Span(start=0, end=0)])) == []


def test_a_span_beyond_the_text_is_refused_with_its_place():
    with pytest.raises(UsageError, match="reaches to 9, but the text has 8 characters"):
        list(cut(8, [Span(start=7, end=9)]))
