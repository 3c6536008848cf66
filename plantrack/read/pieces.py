"""What the reader of a rich format hands over: blocks in order, tables with their real cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

from plantrack.model import BlockKind, Conflict

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
    """A merged cell, with the rows and columns it covers."""

    text: str
    rows: int = 1
    columns: int = 1


# Cells as a source has them; one that covers no other place is its text alone.
Rows = Sequence[Sequence[str | GridCell]]


class Laid(NamedTuple):
    """A table whose rows are all as wide as it is: the text of every place.

    `above` are, by row, the columns that only repeat the merged cell over them. Of a sheet,
    `numbers` are the numbers of its rows there, from 1, and `left` that of its first column, from 0.
    """

    rows: Sequence[Sequence[str]]
    above: Mapping[int, AbstractSet[int]] = {}
    numbers: Sequence[int] = ()
    left: int = 0

    def address(self, row: int, column: int) -> str:
        """The name of a cell in its sheet (D6), of a merged one its first; empty where there is no sheet."""
        if not self.numbers:
            return ""
        while column in self.above.get(row, ()):
            row -= 1
        return f"{letters(self.left + column)}{self.numbers[row]}"

    def own(self, row: int) -> Iterator[tuple[int, str]]:
        """The cells of a row that hold a text and do not only repeat it, each with its column."""
        again = self.above.get(row, ())
        return ((c, text) for c, text in enumerate(self.rows[row]) if text and c not in again)


class Piece(NamedTuple):
    """One block on its way into a Document.

    `text` has no line ends. A table has `rows` in its place: cells that others cover left out as
    HTML does it, or laid out already. `goes_on` says that a piece is the rest of the paragraph, or
    of the table, of the last piece of its kind: a page ended between them. `element`, `page`,
    `sheet` and `cell` will be its block's Place.
    """

    kind: BlockKind
    text: str = ""
    element: str = ""
    left_out: bool = False
    goes_on: bool = False
    rows: Rows | Laid = ()
    page: int | None = None
    sheet: str = ""
    cell: str = ""


def pieces_of(
    kinds: Iterable[BlockKind],
    texts: Iterable[str],
    elements: Iterable[str],
    left_out: Iterable[bool],
    rows: Iterable[Rows],
) -> list[Piece]:
    """Many pieces at once, which is faster than one by one."""
    columns = zip(
        kinds, texts, elements, left_out, repeat(False), rows, repeat(None), repeat(""), repeat("")
    )
    return list(map(tuple.__new__, repeat(Piece), columns))


class Pieces(NamedTuple):
    """All blocks of a file, how its letters were encoded, and what the reader had to settle."""

    blocks: Sequence[Piece]
    encoding: str = "utf-8"
    conflicts: Sequence[Conflict] = ()


@lru_cache(maxsize=1024)
def letters(column: int) -> str:
    """The name of a column, counted from 0: A, B, … Z, AA."""
    out = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(ord("A") + rest) + out
    return out


def column_number(letters: str) -> int:
    """The number of a column by its name, counted from 1; 0 for no name."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def one_line(text: str) -> str:
    """A text without line ends, doubled blanks and what cannot be printed.

    A line end leaves no blank beside a Chinese character or sign, and one between other letters.
    """
    text = text.strip()
    if is_tidy(text):
        return text
    text = _NEEDLESS.sub("", _LINE_END.sub("\n", text))
    return _BLANKS.sub(" ", _UNSEEN.sub("", text)).strip()


def is_tidy(text: str) -> bool:
    """Whether `one_line` has nothing to do in a text that has no blanks around it."""
    if not text.isprintable() and _UNTIDY.search(text):
        return False
    return " " not in text or "  " not in text  # one letter is looked for faster than two


def tidied(rows: list[list[str]]) -> list[list[str]]:
    """The texts of a table's cells, each as `one_line` has it; all of them are looked at together first."""
    if _is_tidy("|".join(map("|".join, rows))):
        return rows
    return [row if _is_tidy("|".join(row)) else list(map(one_line, row)) for row in rows]


def _is_tidy(cells: str) -> bool:
    """Whether nothing is to be done about any of some cells, which are parted by bars."""
    cells = f"|{cells}|"
    return cells.isprintable() and not ("  " in cells or "| " in cells or " |" in cells)


def joined(parts: Iterable[str]) -> str:
    """The lines of one paragraph as one."""
    return one_line("\n".join(parts))


def paragraph(found: Iterable[str]) -> str:
    """The lines of a page's paragraph as one; what stands on both sides of a line end may be one number."""
    text = "\n".join(line.strip() for line in found)
    return one_line(text if text.isascii() else _CUT_NUMBER.sub("", text))
