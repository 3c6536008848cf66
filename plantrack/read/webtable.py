"""The cells of a web page's tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from plantrack.read.layoutrules import WebRules
from plantrack.read.pieces import GridCell, Rows, one_line
from plantrack.read.webmarks import cut

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_WIDEST = 1000  # columns, as browsers have it
_INNERMOST = ":is(p, div, li):not(:has(p, div, li))"  # paragraphs of a cell


class Cells(NamedTuple):
    """What a table holds: its rows, the note marks that stood in them, and its captions."""

    rows: Rows
    marks: Sequence[str]
    captions: Sequence[str]


def cells_of(table: LexborNode, longest_cell: int, rules: WebRules) -> Cells | None:
    """The cells of a table; None where it only lays out the page.

    It does where it has another table inside, a cell longer than `longest_cell` or no two rows and
    columns.
    """
    inside = [(node.tag, node) for node in table.css("table, caption, tr")]
    if sum(tag == "table" for tag, _ in inside) > 1:
        return None
    marks: list[str] = []
    rows = [list(_cells(node, rules, marks)) for tag, node in inside if tag == "tr"]
    texts = (cell if isinstance(cell, str) else cell.text for row in rows for cell in row)
    if max(map(len, texts), default=0) > longest_cell:
        return None
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return None
    captions = [node.text_lexbor() or "" for tag, node in inside if tag == "caption"]
    return Cells(rows, marks, captions)


def _cells(row: LexborNode, rules: WebRules, marks: list[str]) -> Iterator[str | GridCell]:
    for node in row.iter():
        if node.tag in ("td", "th"):
            attributes = node.attributes
            down, across = _count(attributes.get("rowspan")), _count(attributes.get("colspan"))
            text, found = cut(_said(node), rules, in_table=True)
            marks += found
            text = one_line(text)
            yield text if down == across == 1 else GridCell(text, down, min(across, _WIDEST))


def _said(cell: LexborNode) -> str:
    """The text of a cell; its paragraphs are lines of one."""
    only = cell.first_child
    while only is not None and only.next is None:  # as nearly always: a text in a paragraph
        text = only.text_content
        if text is not None:
            return text
        only = only.first_child
    whole = cell.text_lexbor() or ""
    parts = () if only is None else cell.css(_INNERMOST)
    lines = [part.text_lexbor() or "" for part in parts]
    # what stands beside the innermost of them is part of the cell too
    return "\n".join(lines) if _letters(lines) == _letters([whole]) else whole


def _letters(texts: Iterable[str]) -> str:
    return "".join("".join(texts).split())


def _count(written: str | None) -> int:
    """A rowspan or colspan; 1 where it is no number."""
    if written is None or written == "1":
        return 1
    return max(int(written), 1) if written.isdecimal() and len(written) < 6 else 1
