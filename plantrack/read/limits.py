"""What reading one file may cost: rules/limits.yaml as a frozen model."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

from pydantic import Field

from plantrack.datafile import load, rules_path
from plantrack.errors import ReadError
from plantrack.model.base import Model

Bound = Annotated[int, Field(gt=0)]


class Limits(Model):
    """All of rules/limits.yaml; the file says what each entry means."""

    file_bytes: Bound
    archive_entries: Bound
    archive_bytes: Bound
    archive_ratio: Bound
    archive_ratio_from: Bound
    nodes: Bound
    xml_nodes: Bound
    depth: Bound
    attributes: Bound
    cells: Bound
    pages: Bound
    pdf_objects: Bound
    stream_bytes: Bound
    page_objects: Bound
    characters: Bound
    processor_seconds: Bound
    clock_seconds: Bound
    memory_bytes: Bound


@lru_cache(maxsize=1)
def limits() -> Limits:
    """The limits that ship with plantrack, read once."""
    return load(rules_path("limits.yaml"), Limits)


def too_much(name: str, what: str, found: int, bound: int, key: str) -> ReadError:
    """The error of a file that exceeds a limit: what there is too much of, how much is allowed, and its key."""
    return ReadError(
        name,
        f"it has {found:,} {what}, more than the {bound:,} that are read",
        f"If you trust it, split it or raise {key} in rules/limits.yaml.",
    )
