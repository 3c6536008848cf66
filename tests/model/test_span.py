"""Spans: laws of half-open pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from plantrack.model import Span

ends = st.tuples(st.integers(0, 30), st.integers(0, 30))
spans = ends.map(lambda p: Span(start=min(p), end=max(p)))
TEXT = "重庆市二〇二五年地区生产总值增长百分之五点三，全市经济稳中向好。"


@given(spans)
def test_slice(span: Span) -> None:
    assert span.of(TEXT) == TEXT[span.start : span.end]
    assert len(span) == span.end - span.start
    assert bool(span)


@given(spans, spans)
def test_overlap_is_symmetric_and_needs_a_common_character(a: Span, b: Span) -> None:
    common = set(range(a.start, a.end)) & set(range(b.start, b.end))
    assert a.overlaps(b) == b.overlaps(a)
    if len(a) and len(b):
        assert a.overlaps(b) == bool(common)
    if common:
        assert a.overlaps(b)


@given(spans, spans)
def test_contains(a: Span, b: Span) -> None:
    assert a.contains(a)
    assert a.contains(b) == (a.start <= b.start <= b.end <= a.end)
    assert not a.contains(a.end)
    assert a.contains(a.start) == (len(a) > 0)


@given(spans, st.integers(0, 50))
def test_shift(span: Span, by: int) -> None:
    moved = span.shift(by)
    assert len(moved) == len(span)
    assert moved.shift(-by) == span


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2), (-2, -1)])
def test_refused(start: int, end: int) -> None:
    with pytest.raises(ValidationError, match="0 <= start <= end"):
        Span(start=start, end=end)
