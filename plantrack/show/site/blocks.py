"""A document of a rich format in its page: paragraphs, tables as tables, pages and sheets by name.

What the reader left out (menus, page heads) is there, dimmed; a long stretch of it is folded away.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from plantrack.model import Block, BlockKind, Cell, Document
from plantrack.show.hidden import shown
from plantrack.show.site.papers import Mark, heads, levels
from plantrack.show.site.prose import Prose, headed, in_parts, lines_of

_SHORT = 80  # characters left out that are not worth folding away


class Row(NamedTuple):
    """A row of a table; `head` where it is its first."""

    cells: list[Cell]
    head: bool


def text_of(document: Document, marks: list[Mark], root: str) -> Markup:
    """A document's text as HTML, by blocks where its format has some of its own, else by lines.

    `root` leads from the page to the site's root.
    """
    if not document.layout:
        return lines_of(document, marks, root)
    rows = _rows(document)
    ends = {end for b in document.layout for end in (b.span.start, b.span.end)}
    ends |= {
        end
        for of in rows.values()
        for row in of
        for c in row.cells
        for end in (c.span.start, c.span.end)
    }
    prose = Prose(document, marks, root, ends)
    return in_parts(_blocks(document, prose, rows))


def _blocks(document: Document, prose: Prose, rows: dict[int, list[Row]]) -> Iterator[Markup]:
    titles, tags = heads(document), levels(document)
    place: tuple[int | None, str] = (None, "")
    for left_out, group in groupby(document.layout, lambda block: block.left_out):
        blocks = list(group)
        if left_out:
            yield _left_out(prose, blocks)
            continue
        for block in blocks:
            if (block.place.page, block.place.sheet) != place:
                place = (block.place.page, block.place.sheet)
                yield from _leaf(block)
            if block.kind is BlockKind.TABLE and rows.get(block.span.start):
                yield _table(prose, rows[block.span.start])
                continue
            body = prose.html(block.span.start, block.span.end)
            section = titles.get(block.span.start)
            if section is None and block.kind is not BlockKind.PARAGRAPH:
                yield Markup('<p class="{}">{}</p>').format(block.kind.value, body)
            else:
                yield headed(section, tags, body)


def _leaf(block: Block) -> Iterator[Markup]:
    """Where another page or sheet begins."""
    place = block.place
    if place.page is None and not place.sheet:
        return
    text = place.model_copy(update={"cell": "", "line": None, "element": ""}).text
    yield Markup('<p class="leaf"><span lang="zh">{}</span><span lang="en">{}</span></p>').format(
        shown(text.zh), shown(text.en)
    )


def _left_out(prose: Prose, blocks: list[Block]) -> Markup:
    lines = Markup("\n").join(
        Markup('<p class="left-out">{}</p>').format(prose.html(b.span.start, b.span.end))
        for b in blocks
    )
    if sum(len(b.span) for b in blocks) <= _SHORT:
        return lines
    return Markup(
        '<details class="left-out"><summary><span lang="zh">页面上的其他内容（未采用）</span>'
        '<span lang="en">more on the page (left out)</span></summary>{}</details>'
    ).format(lines)


def _rows(document: Document) -> dict[int, list[Row]]:
    """The rows of the tables that have real cells, by the beginning of the block in which they lie."""
    starts = [block.span.start for block in document.layout]
    found: dict[int, list[Row]] = {}
    for table in document.tables:
        real = sorted(
            (c for c in table.cells if c.row is not None), key=lambda c: (c.row, c.column)
        )
        for number, group in groupby(real, lambda cell: cell.row):
            row = Row(list(group), head=number == real[0].row)
            # a cell merged downwards stands in a row above
            at = bisect_right(starts, max(cell.span.start for cell in row.cells)) - 1
            if at >= 0:
                found.setdefault(starts[at], []).append(row)
    return found


def _table(prose: Prose, rows: list[Row]) -> Markup:
    return Markup('<div class="grid"><table>{}</table></div>').format(
        Markup("\n").join(
            Markup("<tr>{}</tr>").format(Markup("").join(_cells(prose, rows, number)))
            for number in range(len(rows))
        )
    )


def _cells(prose: Prose, rows: list[Row], number: int) -> Iterable[Markup]:
    """The cells of a row; one merged downwards stands in the first row it covers."""
    for cell in rows[number].cells:
        if number and _merged(cell, rows[number - 1]):
            continue
        deep = 1
        while number + deep < len(rows) and _merged(cell, rows[number + deep]):
            deep += 1
        span = Markup(' rowspan="{}"').format(deep) if deep > 1 else Markup("")
        body = prose.html(cell.span.start, cell.span.end)
        tag = Markup("th" if rows[number].head and body else "td")
        yield Markup("<{0}{1}>{2}</{0}>").format(tag, span, body)


def _merged(cell: Cell, other: Row) -> bool:
    """Whether a row has the very same cell in the same column."""
    return bool(len(cell.span)) and any(
        c.span == cell.span and c.column == cell.column for c in other.cells
    )
