"""Where an indicator table's header ends: the columns it names, and the rows or cells below it."""

from __future__ import annotations

from collections.abc import Sequence

from plantrack.extract.cells import flat
from plantrack.extract.columns import Head, heads, name_header
from plantrack.extract.tablerules import Names, TableRules
from plantrack.model import Cell, Table


def flat_head(table: Table, rules: TableRules) -> tuple[list[Head], list[Cell]]:
    """The header and the cells below it; a header repeated further down is left out."""
    found = heads((c.text for c in table.cells), rules)
    texts = []
    for cell in table.cells:
        if name_header(cell.text, rules) is None:
            break
        texts.append(cell.text)
    body: list[Cell] = []
    i = len(texts)
    while i < len(table.cells):
        if texts and [c.text for c in table.cells[i : i + len(texts)]] == texts:
            i += len(texts)
        else:
            body.append(table.cells[i])
            i += 1
    return found, body


def lines(table: Table) -> list[list[Cell]]:
    """The cells of a table row by row; those of one without real rows are one row."""
    by_row: dict[int, list[Cell]] = {}
    for cell in table.cells:
        by_row.setdefault(cell.row or 0, []).append(cell)
    return list(by_row.values())


def grid_head(table: Table, rules: TableRules) -> tuple[list[Head | None], list[list[Cell]]]:
    """One entry per column, from one header row or two; and the rows below."""
    body = lines(table)
    width = max(map(len, body))
    first = [c.text for c in body[0]] + [""] * (width - len(body[0]))
    found = [_head(text, rules) for text in first]
    below = body[1] if len(body) > 1 else []
    two = sum(h is None for h in found) < width and (
        _is_second(below, rules) or _repeats(below, first, found)
    )
    if two:
        second = [c.text for c in below] + [""] * (width - len(below))
        carried = ""
        for i in range(width):
            carried = first[i] or carried
            if second[i]:
                head = _head(carried + second[i], rules) or _head(second[i], rules)
                # what the level beside it grew by is in another unit than the row's
                grows = rules.growth_header.search(flat(second[i])) and second[i] != first[i]
                found[i] = None if grows and head and head.names is Names.VALUE else head
    if not any(h is not None and h.names is Names.INDICATOR for h in found):
        free = next((i for i, h in enumerate(found) if h is None), None)
        if free is not None:
            found[free] = Head(Names.INDICATOR, "")
    return found, body[2 if two else 1 :]


def _is_second(cells: Sequence[Cell], rules: TableRules) -> bool:
    filled = [c.text for c in cells if c.text]
    grows = [bool(rules.growth_header.search(flat(t))) for t in filled]
    named = [name_header(t, rules) is not None for t in filled]
    return any(named) and all(n or g for n, g in zip(named, grows, strict=True))


def _repeats(cells: Sequence[Cell], first: Sequence[str], found: Sequence[Head | None]) -> bool:
    """Whether a row goes on with the header: the head of the indicators is merged over both rows."""
    return any(
        cell.text == first[i] != "" and head is not None and head.names is Names.INDICATOR
        for i, (cell, head) in enumerate(zip(cells, found, strict=False))
    )


def _head(text: str, rules: TableRules) -> Head | None:
    names = name_header(text, rules)
    return Head(names, flat(text)) if names else None
