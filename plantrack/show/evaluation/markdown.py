"""A report as Markdown (CommonMark with GitHub's tables)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from plantrack.show.evaluation.blocks import Block, Facts, Grid, Heading, Paragraph
from plantrack.show.hidden import shown

_SIGNS = re.compile(r"[\\`*_\[\]<|~$]|&(?=#?\w{1,32};)|(?<!#)#+$")
_BEGINNING = re.compile(r"^[#+=>-]")  # heading, list, rule, quotation
_NUMBER = re.compile(r"^(\d+)([.)])(?=\s|$)")  # numbered list


def to_markdown(blocks: Iterable[Block]) -> str:
    """The report as one text; no word of it can be taken for markup, a link or HTML."""
    return "\n\n".join(part for block in blocks for part in _part(block)) + "\n"


def _part(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * (block.level + 1)} {plain_text(block.text)}"
        case Paragraph():
            yield _opening(plain_text(block.text))
        case Facts():
            lines = (f"- **{plain_text(name)}** {plain_text(said)}" for name, said in block.pairs)
            yield "\n".join(lines)
        case Grid():
            yield "\n".join(_grid(block))


def _grid(grid: Grid) -> Iterator[str]:
    yield _row(grid.head)
    marks = ("---:" if i in grid.numbers else "---" for i in range(len(grid.head)))
    yield f"| {' | '.join(marks)} |"
    for number, row in enumerate(grid.rows):
        yield _row(row, strong=number in grid.strong)


def _row(cells: Iterable[str], *, strong: bool = False) -> str:
    *first, last = map(plain_text, cells)
    return f"| {' | '.join([*first, f'**{last}**' if strong else last])} |"


def plain_text(text: str) -> str:
    """A text on one line, in which every sign that Markdown would act on inside a line is escaped."""
    return _SIGNS.sub(r"\\\g<0>", " ".join(shown(text).split()))


def _opening(line: str) -> str:
    """The same where it opens a line: nor is it taken for a heading, a list or a quotation."""
    return _NUMBER.sub(r"\1\\\2", _BEGINNING.sub(r"\\\g<0>", line))
