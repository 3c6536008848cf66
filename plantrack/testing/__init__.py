"""Assertions about plans for test suites, with a pytest plug-in and Hypothesis strategies.

    from plantrack.testing import assert_on_track

    def test_investment(board):
        assert_on_track("investment", board)

docs/testing.md explains all of it. The names below are loaded when they are first used: pytest
imports this package at every start, for the plug-in in it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plantrack.testing.assertions import (
        assert_consistent,
        assert_met,
        assert_on_track,
        assert_reported,
        assert_status,
    )
    from plantrack.testing.consistency import Check, Finding, findings
    from plantrack.testing.messages import PlanAssertionError

__all__ = [
    "Check",
    "Finding",
    "PlanAssertionError",
    "assert_consistent",
    "assert_met",
    "assert_on_track",
    "assert_reported",
    "assert_status",
    "findings",
]

_ELSEWHERE = {
    "Check": "consistency",
    "Finding": "consistency",
    "PlanAssertionError": "messages",
    "findings": "consistency",
}


if not TYPE_CHECKING:  # or a type checker would believe in any name

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module 'plantrack.testing' has no attribute {name!r}")
        module = _ELSEWHERE.get(name, "assertions")
        return getattr(import_module(f"plantrack.testing.{module}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
