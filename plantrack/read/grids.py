"""Tables in plain text: rows of real cells, and tables that fell apart to one cell a line."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from plantrack.model import Cell, Span, Table
from plantrack.read.blankrows import table_rows
from plantrack.read.closedcells import closed_rows
from plantrack.read.lines import Line, trim
from plantrack.read.rules import StructureRules, TableRules

_TAB = re.compile(r"\t")
_GAP = re.compile(r"\t| {2,}|\u3000{2,}")
_BLANK = re.compile(r"[ \u3000]")  # between cells only where every row has as many as the header
_PIPE = re.compile(r"[|｜│┃]")
_ANY = re.compile(r"[|｜│┃\t \u3000]")
_FIRST, _SECOND = frozenset("指单项名数属备"), frozenset("标位目称值性注")  # 指标, 单位, 项目
_RULER = re.compile(r"[\s|｜:：+\-—=─-╿]+")
_start = attrgetter("start")
_Places: TypeAlias = list[tuple[int, int]]  # [start, end) of the cells of a line


class Grid(NamedTuple):
    """A table with the numbers of the lines it takes: its cells [first, last], all of it [opens, closes]."""

    table: Table
    first: int
    last: int
    opens: int
    closes: int


class Given(NamedTuple):
    """A table that the format itself has: its cells, the stretch of text they lie in, and that of their sheet."""

    span: Span
    cells: tuple[Cell, ...]
    sheet: Span


class _Run(NamedTuple):
    """Lines [first, last] seen together; without cells they hold no table, nor does a part of them."""

    cells: tuple[Cell, ...]
    first: int
    last: int
    sheet: Span | None = None  # title and notes stand in it


def grids(
    text: str, found: Sequence[Line], rules: StructureRules, given: Iterable[Given] = ()
) -> list[Grid]:
    """All tables among the lines, in order; they do not overlap. Linear in the number of lines.

    `given` are those the format itself has, in order: they need not be found, only furnished with
    the title, units and notes around them.
    """
    out: list[Grid] = []
    waiting = iter(given)
    due = next(waiting, None)
    i = 0
    while i < len(found):
        run = None
        if due is not None and found[i].end > due.span.start:
            run = _given(found, i, due)
            due = next(waiting, None)
        if run is None:
            closed, last = closed_rows(text, found, i)
            run = _run(text, closed, i, last)
        run = run or _rows(text, found, i, rules.tables) or _flat(found, i, rules)
        if not run.cells:
            i = max(run.last, i) + 1
            continue
        grid = _furnish(found, run, out[-1].closes if out else -1, rules)
        out.append(grid)
        i = grid.closes + 1
    return out


def _given(found: Sequence[Line], first: int, table: Given) -> _Run:
    last = first
    while last + 1 < len(found) and found[last + 1].start < table.span.end:
        last += 1
    return _Run(table.cells, first, last, table.sheet)


def _furnish(found: Sequence[Line], run: _Run, after: int, rules: StructureRules) -> Grid:
    """The table with its title, its line of units and the notes under it."""
    cells, first, last, sheet = run
    if sheet is not None:
        after = max(after, bisect_left(found, sheet.start, key=_start) - 1)
    notes: list[Cell] = []
    opens = first
    title = ""
    before = first - 1
    if before > after and rules.tables.unit_line.match(found[before].text):
        notes.append(_cell(found[before]))
        opens = before
        before -= 1
    if before > after and _is_title(found[before].text, rules):
        title = found[before].text.strip("|｜ ")
        opens = before
    closes = last
    for k in range(last + 1, len(found)):
        if sheet is not None and found[k].start >= sheet.end:
            break
        starts = rules.tables.note.match(found[k].text)
        goes_on = closes > last and rules.tables.note_goes_on.match(found[k].text)
        if not starts and not goes_on:
            break
        notes.append(_cell(found[k]))
        closes = k
    span = Span(start=found[opens].start, end=found[closes].end)
    table = Table(title=title, span=span, cells=cells, notes=tuple(notes))
    return Grid(table, first, last, opens, closes)


def _is_title(line: str, rules: StructureRules) -> bool:
    return len(line) <= rules.max_title and not (
        line[-1] in rules.not_title_end and not rules.tables.title_hint.search(line)
    )


def _cell(line: Line) -> Cell:
    return Cell(text=line.text, span=Span.sure(line.start, line.end))


# ------------------------------------------------------------------ rows of real cells


def _rows(text: str, found: Sequence[Line], first: int, rules: TableRules) -> _Run | None:
    line = found[first]
    if not _ANY.search(line.text) and "\t" not in text[line.begin : line.stop]:
        return None  # as nearly every line
    if _RULER.fullmatch(line.text):
        return None  # no table begins under its header
    seen = first
    for separator in (_PIPE, _TAB, _GAP, _BLANK):
        places = _split(text, line, separator)
        places = _spaced(text, places) if separator is _GAP else places
        if len(places) < rules.min_columns:
            continue
        few = len(places) > 2 >= sum(a < b for a, b in places)
        ruled = first + 1 < len(found) and _RULER.fullmatch(found[first + 1].text)
        if separator is _PIPE and few and not ruled and not _is_header(text, places, rules):
            continue  # over the header: a title, a line of units
        # Pipes are always meant; blanks make a table only under a header.
        told = separator in (_PIPE, _TAB) and _tells(text, places, rules)
        if not (separator is _PIPE or told or _is_header(text, places, rules)):
            continue
        rows = [places]
        last = first
        for k in range(first + 1, len(found)):
            if separator is _PIPE and _RULER.fullmatch(found[k].text):
                last = k
                continue
            places = _split(text, found[k], separator)
            if separator is _BLANK:
                whole = len(places) == len(rows[0]) >= rules.min_columns
            else:
                whole = len(places) >= rules.min_columns or (
                    # 一、经济发展 over the rows of its kind
                    rules.group_row.match(found[k].text) is not None
                    and k + 1 < len(found)
                    and len(_split(text, found[k + 1], separator)) >= rules.min_columns
                )
            if not whole:
                break
            rows.append(places)
            last = k
        values = sum(
            bool(rules.value.fullmatch(text[a:b])) for places in rows[1:] for a, b in places
        )
        if len(rows) >= rules.min_rows and (told or values >= rules.min_rows - 1):
            longer, end = (
                table_rows(text, found, first, rules) if separator is _BLANK else ([], last)
            )
            if len(longer) > len(rows):  # a row that lost a cell ends only what has as many in all
                return _run(text, longer, first, end)
            if separator is _PIPE and {len(rows[0]) + 1} == {len(row) for row in rows[1:]}:
                rows[0] = [(line.start, line.start), *rows[0]]  # | 2024年 | over the values alone
            return _run(text, rows, first, last)
        if separator is not _PIPE:
            seen = last
            break
    rows, last = table_rows(text, found, first, rules)
    return _run(text, rows, first, last if rows else max(seen, last))


def _run(text: str, rows: Sequence[_Places], first: int, last: int) -> _Run | None:
    """The run that rows make; without any one of what was looked at in vain, None where that is one line."""
    if not rows and last == first:
        return None
    return _Run(tuple(_cells(text, rows)), first, last)


def _spaced(text: str, places: _Places) -> _Places:
    """A header's cells, of which one that is written wide (指  标) is one cell."""
    out: _Places = []
    for a, b in places:
        if (
            out
            and b - a == 1 == out[-1][1] - out[-1][0]
            and text[a] in _SECOND
            and text[out[-1][0]] in _FIRST
        ):
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return out


def _is_header(text: str, places: _Places, rules: TableRules) -> bool:
    heads = sum(bool(rules.header_cell.fullmatch("".join(text[a:b].split()))) for a, b in places)
    return heads >= rules.min_columns


def _tells(text: str, places: _Places, rules: TableRules) -> bool:
    """Whether a header is one of a table whose cells hold sentences: 序号, 主要任务, 进展情况."""
    cells = ["".join(text[a:b].split()) for a, b in places]
    told = (rules.told.tasks, rules.told.deeds)
    telling = sum(any(pattern.fullmatch(cell) for pattern in told) for cell in cells)
    others = sum(rules.header_cell.fullmatch(cell) is not None for cell in cells)
    return len(cells) > rules.min_columns and telling > 0 and telling + others > rules.min_columns


def _split(text: str, line: Line, separator: re.Pattern[str]) -> _Places:
    """Where the cells of one line stand; an empty one keeps its place with an empty piece."""
    # A leading tab is an empty first cell, but leading spaces and outer pipes are none.
    begin, stop = (line.begin, line.stop) if separator is _TAB else (line.start, line.end)
    if separator is _PIPE:
        begin += separator.match(text, begin) is not None
        stop -= stop > begin and separator.match(text, stop - 1) is not None
    cuts = [cut.span() for cut in separator.finditer(text, begin, stop)]
    starts = (begin, *(after for _, after in cuts))
    ends = (*(before for before, _ in cuts), stop)
    return [trim(text, a, b) for a, b in zip(starts, ends, strict=True)]


def _cells(text: str, rows: Sequence[_Places]) -> Iterator[Cell]:
    for row, places in enumerate(rows):
        for column, (a, b) in enumerate(places):
            yield Cell(text=text[a:b], span=Span(start=a, end=b), row=row, column=column)


# ------------------------------------------------------------- one cell a line


def _flat(found: Sequence[Line], first: int, rules: StructureRules) -> _Run:
    tables = rules.tables
    if not tables.header_start.fullmatch(found[first].text):
        return _Run((), first, first)
    body = first
    while body < len(found) and tables.header_cell.fullmatch(found[body].text):
        body += 1
    if body - first < tables.min_header:
        return _Run((), first, body - 1)
    last = seen = body - 1
    values = 0
    for k in range(body, len(found)):
        line = found[k].text
        if not _is_cell(line, rules) and not tables.group_row.fullmatch(line):
            break
        seen = k
        if tables.value.fullmatch(line):
            values += 1
            last = k
        elif k - last <= 3 and tables.words.search(line):
            last = k
    if values < tables.min_values:
        return _Run((), first, seen)
    return _Run(tuple(_cell(line) for line in found[first : last + 1]), first, last)


def _is_cell(line: str, rules: StructureRules) -> bool:
    if len(line) > rules.tables.max_cell or line[-1] in "。；;：:，,":
        return False
    if rules.tables.note.match(line) and line[0] not in "*＊#＃【[":
        return False
    return not any(
        m.rank <= 2 or m.kind.value == "box" for m in rules.headings if m.pattern.match(line)
    )
