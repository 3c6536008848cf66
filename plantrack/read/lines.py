"""Lines, sentences and Chinese numerals: what the other modules of reading stand on."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from plantrack.model import Span

_LINE = re.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
# Blanks that str.strip does not know but web pages are full of.
_BLANK = " \t\u3000\xa0\ufeff\u200b\u200c\u200d\u2002\u2003\u2060"
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "O": 0, "两": 2}


class Line(NamedTuple):
    """A line that is not blank: `start` and `end` hold its trimmed text, `begin` and `stop` all of it."""

    start: int
    end: int
    text: str
    begin: int
    stop: int


def lines(text: str) -> list[Line]:
    """The lines of a text that are not blank, in order."""
    found: list[Line] = []
    for match in _LINE.finditer(text):
        start, end = trim(text, match.start(), match.end())
        if start < end:
            found.append(Line(start, end, text[start:end], match.start(), match.end()))
    return found


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The offsets without the blanks at both ends."""
    if start < end and text[start] not in _BLANK and text[end - 1] not in _BLANK:
        return start, end
    piece = text[start:end]
    left = piece.lstrip(_BLANK)
    start += len(piece) - len(left)
    return start, start + len(left.rstrip(_BLANK))


def sentences(text: str, start: int, end: int, ends: str, closing: str) -> tuple[Span, ...]:
    """The sentences of one line: cut after each end mark and the quotes and brackets that close it.

    A full stop between digits is no end mark, so decimals stay whole.
    """
    found = []
    for mark in _marks(ends, closing).finditer(text, start, end):
        found.append(trim(text, start, mark.end()))
        start = mark.end()
    found.append(trim(text, start, end))
    return tuple([Span.sure(a, b) for a, b in found if a < b])


@lru_cache(maxsize=8)
def _marks(ends: str, closing: str) -> re.Pattern[str]:
    """An end mark with all that closes behind it."""
    return re.compile(f"[{re.escape(ends)}][{re.escape(ends + closing)}]*")


def number(written: str) -> int:
    """A whole number below 1000 in Arabic or Chinese digits: 14, 十四, 一百零二; years digit by digit.

    ValueError where it is none.
    """
    if written.isdecimal():
        return int(written)
    if not written or any(c not in _DIGITS and c not in "十百" for c in written):
        raise ValueError(f"{written!r} is no number")
    if not set(written) & set("十百"):
        return int("".join(str(_DIGITS[c]) for c in written))
    total = 0
    digit: int | None = None
    for c in written:
        if c in _DIGITS:
            digit = _DIGITS[c]
        else:
            total += (1 if digit is None else digit) * (10 if c == "十" else 100)
            digit = None
    return total + (digit or 0)
