"""What all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("plantrack", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("plantrack")

PROJECT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the source texts, labels and oracles; a test that needs it skips where it is not there."""
    folder = PROJECT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs the folder ../shared with the source texts and labels")
    return folder
