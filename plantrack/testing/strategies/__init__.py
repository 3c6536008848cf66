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

from plantrack.testing.strategies.judged import assessments, boards, flag_events, flags, metrics
from plantrack.testing.strategies.pieces import (
    blocks,
    candidates,
    cells,
    decisions,
    indicator_rows,
    places,
    row_values,
    sections,
    tables,
    texts,
    traces,
)
from plantrack.testing.strategies.stated import (
    baselines,
    conflicts,
    goals,
    observations,
    path_specs,
    plans,
    points,
    readings,
    targets,
)
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
    "baselines",
    "blocks",
    "boards",
    "candidates",
    "cells",
    "conflicts",
    "decimals",
    "decisions",
    "documents",
    "figures",
    "flag_events",
    "flags",
    "goals",
    "indicator_rows",
    "indicators",
    "metrics",
    "observations",
    "path_specs",
    "periods",
    "phrases",
    "places",
    "plans",
    "points",
    "quantities",
    "readings",
    "row_values",
    "scopes",
    "sections",
    "series",
    "sources",
    "spans",
    "tables",
    "targets",
    "texts",
    "traces",
]
