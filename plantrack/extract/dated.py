"""Whether a time says when a value holds, or only when something happened or was said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from plantrack.extract.mentions import Mention
from plantrack.extract.periods import Time
from plantrack.model import Period

_BLANKS = " \t\u3000、—-\n"
_CLAUSE_END = re.compile("[,;。]")
_SHORTEST_SUBJECT = 3  # letters of what an event of its own is told of


def dates(text: str, time: Time, at: int) -> bool:
    """Whether a bracket that holds nothing but a time dates what is told behind it: 雪季(2024年12月)接待…."""
    alone = text.startswith("(", time.start - 1) and text.startswith(")", time.end)
    named = text.startswith("》", time.end + 1)
    return alone and not named and same_clause(text, time.end, at)


def of_event(text: str, start: int, time: Time, at: int, mentions: Iterable[Mention]) -> bool:
    """Whether a time of the sentence that begins at `start` only says when something happened, in a
    clause of its own without a value: 邵永高铁2022年开工建设，….

    `at` is the number that it would hold for, or the sentence's end.
    """
    stop = _CLAUSE_END.search(text, time.end, at)
    if stop is None or time.closing or time.period.length_in_years > 1:
        return False
    begin = max(text.rfind(mark, start, time.start) for mark in ",;。:") + 1
    subject = text[max(begin, start) : time.start].strip(_BLANKS)
    if len(subject) < _SHORTEST_SUBJECT or stop.start() - time.end < 2:
        return False
    return not any(time.end <= m.start < stop.start() for m in mentions)


def same_clause(text: str, start: int, end: int) -> bool:
    """Whether no mark that ends a clause stands between two offsets."""
    return _CLAUSE_END.search(text, start, end) is None


def aside(text: str, start: int, end: int) -> bool:
    """Whether a bracket that was open at `start` is closed before `end`."""
    between = text[start:end]
    return between.count(")") > between.count("(")


def put_behind(text: str, start: int, end: int) -> bool:
    """Whether `end` is in a bracket behind a number: 2022年覆盖率87%（目标90%）."""
    opened = text.rfind("(", start, end)
    closed = text.rfind(")", start, end)
    return opened > closed and any(map(str.isdigit, text[start:opened]))


def year_by_year(time: Time) -> Iterator[Time]:
    """The years of a span, each a time of its own."""
    for year in range(time.period.first.year, time.period.year + 1):
        yield time._replace(period=Period.years(year))
