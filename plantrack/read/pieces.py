"""What the reader of a rich format hands over: blocks in order, tables with their real cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from plantrack.model import BlockKind, Conflict, Place

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u2014\u2018-\u201d\u2026\u2460-\u2473\u3000-\u303f"
_LINE_END = re.compile(
    r"(?<![ \t\xa0\u3000])[ \t\xa0\u3000]*[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]\s*"
)
# The end of a line beside a Chinese character or sign is the layout's, not the writer's.
_NEEDLESS = re.compile(rf"(?<=[{_WIDE}])\n|(?<=[{_WIDE}][,.;:!?)\]%])\n|\n(?=[{_WIDE}])")
# A number that a page's layout cut in two: in Chinese text no two stand side by side.
_CUT_NUMBER = re.compile(r"(?<=[\d.,])\n(?=[\d.,%‰])")
_BLANKS = re.compile(r"[ \t\n\xa0]+")
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\u200b-\u200d\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_UNTIDY = re.compile(rf"[\t\n\r\f\v\x1c-\x1e\x85\xa0\u2028\u2029{_UNSEEN.pattern[1:]}")


class GridCell(NamedTuple):
    """A cell as the source has it, with the rows and columns it covers; `address` is a sheet's."""

    text: str
    rows: int = 1
    columns: int = 1
    address: str = ""


Rows = Sequence[Sequence[GridCell]]


class Piece(NamedTuple):
    """One block on its way into a Document.

    `text` has no line ends. A table has `rows` in its place, cells that others cover left out as
    HTML does it. `goes_on` says that a piece is the rest of the paragraph, or of the table, of the
    last piece of its kind: a page ended between them.
    """

    kind: BlockKind
    text: str = ""
    place: Place = Place()
    left_out: bool = False
    goes_on: bool = False
    rows: Rows = ()


class Pieces(NamedTuple):
    """All blocks of a file, how its letters were encoded, and what the reader had to settle."""

    blocks: Sequence[Piece]
    encoding: str = "utf-8"
    conflicts: Sequence[Conflict] = ()


def one_line(text: str) -> str:
    """A text without line ends, doubled blanks and what cannot be printed.

    A line end leaves no blank beside a Chinese character or sign, and one between other letters.
    """
    text = text.strip()
    if "  " not in text and _UNTIDY.search(text) is None:
        return text
    text = _NEEDLESS.sub("", _LINE_END.sub("\n", text))
    return _BLANKS.sub(" ", _UNSEEN.sub("", text)).strip()


def joined(parts: Iterable[str]) -> str:
    """The lines of one paragraph as one."""
    return one_line("\n".join(parts))


def paragraph(found: Iterable[str]) -> str:
    """The lines of a page's paragraph as one; what stands on both sides of a line end may be one number."""
    text = "\n".join(line.strip() for line in found)
    return one_line(text if text.isascii() else _CUT_NUMBER.sub("", text))
