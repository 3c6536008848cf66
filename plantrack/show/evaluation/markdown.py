"""A report as Markdown (CommonMark with GitHub's tables)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from plantrack.show.evaluation.blocks import Block, Facts, Grid, Heading, Paragraph
from plantrack.show.hidden import shown

_SIGNS = re.compile(r"[\\`*_\[\]<>|~&$]")
_BEGINNING = re.compile(r"^[#+=-]")  # heading, list, rule
_NUMBER = re.compile(r"^(\d+)([.)])(?=\s|$)")  # numbered list


def to_markdown(blocks: Iterable[Block]) -> str:
    """The report as one text; no word of it can be taken for markup, a link or HTML."""
    return "\n\n".join(part for block in blocks for part in _part(block)) + "\n"


def _part(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * (block.level + 1)} {plain_text(block.text)}"
        case Paragraph():
            yield plain_text(block.text)
        case Facts():
            lines = (f"- **{plain_text(name)}** {plain_text(said)}" for name, said in block.pairs)
            yield "\n".join(lines)
        case Grid():
            yield "\n".join(_grid(block))


def _grid(grid: Grid) -> Iterator[str]:
    yield _row(grid.head)
    marks = ("---:" if i in grid.numbers else "---" for i in range(len(grid.head)))
    yield f"| {' | '.join(marks)} |"
    yield from map(_row, grid.rows)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(plain_text, cells))} |"


def plain_text(text: str) -> str:
    """A text on one line, in which every sign that Markdown would act on is escaped."""
    line = _SIGNS.sub(r"\\\g<0>", " ".join(shown(text).split()))
    return _NUMBER.sub(r"\1\\\2", _BEGINNING.sub(r"\\\g<0>", line))
