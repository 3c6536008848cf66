"""An empty store on SQLite and on PostgreSQL, with a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plantrack.store import Store

START = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place for a store that is not there yet, on either database."""
    if request.param == "sqlite":
        return str(tmp_path / "plantrack.db")
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def store(where: str, clock: Clock) -> Iterator[Store]:
    """An empty store on either database."""
    with Store.open(where, now=clock) as made:
        yield made
