"""What a report is made of before it is Markdown or Word: headings, paragraphs, lists and tables.

Texts are plain and may be anything; each writer keeps them from being taken for markup.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias


class Heading(NamedTuple):
    """A heading; level 0 is the title of the whole."""

    text: str
    level: int


class Paragraph(NamedTuple):
    """A paragraph; `quiet` for remarks in smaller print."""

    text: str
    quiet: bool = False


class Facts(NamedTuple):
    """Named facts about one thing, one a line."""

    pairs: tuple[tuple[str, str], ...]


class Grid(NamedTuple):
    """A table. `numbers` are the columns, from 0, that are set flush right; of the rows in `strong`
    the last cell stands out."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    strong: tuple[int, ...] = ()


Block: TypeAlias = Heading | Paragraph | Facts | Grid
