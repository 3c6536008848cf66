"""The cells of a web page's tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from plantrack.read.layoutrules import WebRules
from plantrack.read.pieces import GridCell, Rows, one_line
from plantrack.read.webmarks import cut

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_WIDEST = 1000  # columns, as browsers have it


def rows_of(table: LexborNode, longest_cell: int, rules: WebRules) -> tuple[Rows, list[str]]:
    """The cells of a table, and the note marks that stood in them.

    None where it has another table inside, a cell longer than `longest_cell` or no two rows and
    columns: it only lays out the page.
    """
    if len(table.css("table")) > 1:
        return [], []
    marks: list[str] = []
    rows = [list(_cells(row, rules, marks)) for row in table.css("tr")]
    texts = (cell if isinstance(cell, str) else cell.text for row in rows for cell in row)
    if max(map(len, texts), default=0) > longest_cell:
        return [], []
    return (rows, marks) if len(rows) > 1 and max(map(len, rows)) > 1 else ([], [])


def _cells(row: LexborNode, rules: WebRules, marks: list[str]) -> Iterator[str | GridCell]:
    node = row.child
    while node is not None:
        if node.tag in ("td", "th"):
            attributes = node.attributes
            down, across = _count(attributes.get("rowspan")), _count(attributes.get("colspan"))
            text, found = cut(_said(node), rules, in_table=True)
            marks += found
            text = one_line(text)
            yield text if down == across == 1 else GridCell(text, down, min(across, _WIDEST))
        node = node.next


def _said(cell: LexborNode) -> str:
    """The text of a cell; its paragraphs are lines of one."""
    only = cell.child
    while (
        only is not None and only.next is None
    ):  # as nearly always: a text in a paragraph in a span
        if only.child is None:
            return only.text_content or ""
        only = only.child
    parts = () if only is None else cell.css("p, div, li")
    if len(parts) > 1:
        return "\n".join(part.text_lexbor() or "" for part in parts)
    return cell.text_lexbor() or ""


def _count(written: str | None) -> int:
    """A rowspan or colspan; 1 where it is no number."""
    return max(int(written), 1) if written and written.isdecimal() and len(written) < 6 else 1
