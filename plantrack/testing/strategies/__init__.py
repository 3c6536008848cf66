"""Hypothesis strategies for plantrack's nouns: whatever is drawn is valid, and shrinks to little.

    from hypothesis import given
    from plantrack.testing import strategies as plans

    @given(plans.boards())
    def test_mine(board): ...

Needs the extra 'testing'; importing this package without it raises MissingExtraError.
"""

from __future__ import annotations

from plantrack.errors import MissingExtraError

try:
    import hypothesis  # noqa: F401
except ImportError as error:
    raise MissingExtraError("testing", "plantrack.testing.strategies") from error

from plantrack.testing.strategies.judged import assessments, boards, flags
from plantrack.testing.strategies.stated import goals, observations, plans, targets
from plantrack.testing.strategies.texts import documents, figures, sources
from plantrack.testing.strategies.values import (
    decimals,
    indicators,
    periods,
    phrases,
    quantities,
    scopes,
    series,
    spans,
)

__all__ = [
    "assessments",
    "boards",
    "decimals",
    "documents",
    "figures",
    "flags",
    "goals",
    "indicators",
    "observations",
    "periods",
    "phrases",
    "plans",
    "quantities",
    "scopes",
    "series",
    "sources",
    "spans",
    "targets",
]
