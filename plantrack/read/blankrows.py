"""Rows of tables whose columns are apart by a single blank, as they come out of a PDF: 6 常住人口城镇化率 % ≥ 72 省统计局."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple, TypeAlias

from plantrack.read.lines import Line
from plantrack.read.rules import TableRules

_Place: TypeAlias = tuple[int, int]  # [start, end) of a cell
_PIECE = re.compile(r"[^ \u3000\t]+")
_SIGN = re.compile("[<>≥≤＜＞=＝]+")
_YEAR = re.compile("(?:19|20)\\d\\d年?")
_OF_YEAR = re.compile(
    "年|目标|规划|计划|预[计期]|实际|完成|基期|现状"
)  # what a header says of its year
_HAN = re.compile("[一-鿿]")
_NUMBER = re.compile(r"\d{1,3}")
_LONGEST_UNIT = 8  # characters
_UNREAD = 2  # rows in a row that may go unread within a table


class Header(NamedTuple):
    """A header's cells, and which of them number the rows, name them, give the unit and stand behind the values."""

    cells: tuple[_Place, ...]
    number: int | None
    name: int
    unit: int | None
    values: tuple[int, ...]
    behind: int


def read_header(text: str, start: int, end: int, rules: TableRules) -> Header | None:
    """The header in [start, end) of `text`; None where no names, or no columns of values between the names and
    what stands behind them, are among its cells.
    """
    cells = _together(text, [m.span() for m in _PIECE.finditer(text, start, end)])
    said = ("".join(text[a:b].split()) for a, b in cells)
    kinds = [rules.blank_kind(word) for word in islice(said, 2)]
    name = kinds.index("name") if "name" in kinds else None
    if name is None or (name == 1 and kinds[0] != "number"):
        return None  # as nearly every line with a blank
    kinds += [rules.blank_kind(word) for word in said]
    unit = name + 1 if kinds[name + 1 : name + 2] == ["unit"] else None
    first = name + 1 + (unit is not None)
    last = len(kinds)
    while last > first and kinds[last - 1] == "behind":
        last -= 1
    values = tuple(range(first, last))
    if not values or any(kinds[i] != "value" for i in values):
        return None
    return Header(tuple(cells), 0 if name else None, name, unit, values, len(kinds) - last)


def read_row(
    text: str, start: int, end: int, header: Header, rules: TableRules
) -> list[_Place] | None:
    """The cells of one row under the header, each in its column; None where the values are not all there."""
    pieces = _together(text, [m.span() for m in _PIECE.finditer(text, start, end)])
    numbered = len(pieces) > 2 and _NUMBER.fullmatch(text, *pieces[0]) is not None
    number = pieces.pop(0) if numbered else None
    ends = len(pieces)
    while ends and (
        not _is_value(text, pieces[ends - 1], rules)
        or (header.behind and rules.blank.nature.fullmatch(text, *pieces[ends - 1]))
    ):
        ends -= 1
    begins = ends - len(header.values)
    if begins < 1 or len(pieces) - ends > 2 * header.behind:
        return None
    if not all(_is_value(text, piece, rules) for piece in pieces[begins:ends]):
        return None
    named, unit = pieces[:begins], None
    a, b = named[-1]
    short = b - a <= _LONGEST_UNIT and not any(c.isdecimal() for c in text[a:b])
    if header.unit is not None and len(named) > 1 and short:
        unit = named.pop()
    if header.unit is not None and unit is None and rules.blank.bare_unit.fullmatch(text, a, b):
        return None  # it lost its name
    if _is_value(text, named[-1], rules):
        return None  # one value more than there are columns
    edge = pieces[begins][0]
    row: list[_Place] = [(edge, edge)] * len(header.cells)
    if header.number is not None and number is not None:
        row[header.number] = number
    row[header.name] = (named[0][0], named[-1][1])
    if header.unit is not None and unit is not None:
        row[header.unit] = unit
    for column, piece in zip(header.values, pieces[begins:ends], strict=True):
        row[column] = piece
    if header.behind and ends < len(pieces):
        row[header.values[-1] + 1] = (pieces[ends][0], pieces[-1][1])
    return row


def _unread(line: Line, header: Header) -> list[_Place]:
    """A row of which nothing can be told apart: all of it stands where its name would."""
    row: list[_Place] = [(line.end, line.end)] * len(header.cells)
    row[header.name] = (line.start, line.end)
    return row


def _is_value(text: str, piece: _Place, rules: TableRules) -> bool:
    if rules.value.fullmatch(text, *piece):
        return True
    bound = rules.words.match(text, *piece)  # 不低于60元
    return bound is not None and any(c.isdecimal() for c in text[bound.end() : piece[1]])


def _together(text: str, pieces: Sequence[_Place]) -> list[_Place]:
    """The pieces with those put together that one cell was written in: 2020 年目标值, 单 位, ≥ 15."""
    out: list[_Place] = []
    for a, b in pieces:
        if out:
            before = text[out[-1][0] : out[-1][1]]
            year = _YEAR.fullmatch(before) and _OF_YEAR.match(text, a, b)
            wide = b - a == 1 == len(before) and _HAN.fullmatch(before) and _HAN.fullmatch(text[a])
            if year or wide or _SIGN.fullmatch(before):
                out[-1] = (out[-1][0], b)
                continue
        out.append((a, b))
    return out


def table_rows(
    text: str, found: Sequence[Line], first: int, rules: TableRules
) -> tuple[list[list[_Place]], int]:
    """The header in line `first` with the rows under it, and the last line they take; no rows where fewer
    than a table has.

    Lines without a value stand between rows as headings of their kind; a row that cannot be told apart is kept
    as a whole.
    """
    header = read_header(text, found[first].start, found[first].end, rules)
    if header is None:
        return [], first
    rows: list[list[_Place]] = [list(header.cells)]
    last = first
    waiting: list[list[_Place]] = []
    for k in range(first + 1, len(found)):
        row = read_row(text, found[k].start, found[k].end, header, rules)
        if row is not None:
            rows += [*waiting, row]
            last, waiting = k, []
        elif not rules.group_row.match(found[k].text):
            if len(waiting) == _UNREAD:
                break
            waiting.append(_unread(found[k], header))
    return (rows, last) if len(rows) > rules.min_rows else ([], last)
