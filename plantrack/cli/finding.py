"""What `plantrack figures` does with one file, in this process or in another one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from plantrack.cli.output import json_line

if TYPE_CHECKING:
    from plantrack.model import Figure


class Found(NamedTuple):
    """The figures of a file: as lines of JSON, or as they are for a table."""

    title: str
    empty: bool  # nothing but blanks in it
    lines: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lines or self.figures)


def find(
    path: Path,
    *,
    jsonl: bool,
    review: bool = False,
    pages: tuple[Path, ...] = (),
    sandbox: bool = False,
) -> Found:
    """Read a file, with its further pages, and find its figures, with `review` the doubtful ones only.

    ReadError where it cannot be read.
    """
    from plantrack import flow
    from plantrack.show.records import figure_record

    document = flow.read(path, *pages, sandbox=sandbox)
    # what a phrase may mean is printed nowhere here
    figures = flow.doubtful(document) if review else flow.figures(document, suggest=False)
    title, empty = document.title or str(path), not document.text.strip()
    if jsonl:
        return Found(title, empty, lines=tuple(json_line(figure_record(f)) for f in figures))
    return Found(title, empty, figures=figures)
