"""Web pages as saved from a browser: what the reader of the page came for, and the rest set aside."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from plantrack.errors import MissingExtraError, ReadError
from plantrack.model import BlockKind, Conflict, Place
from plantrack.read.base import decode
from plantrack.read.formats import is_web_archive
from plantrack.read.layoutrules import LayoutRules, layout_rules
from plantrack.read.limits import Limits, too_much
from plantrack.read.markup import check_markup
from plantrack.read.pieces import GridCell, Piece, Pieces, joined, one_line

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_BREAK = "\u2028"
_LEAVES = {f"h{n}": BlockKind.HEADING for n in range(1, 7)} | {"p": BlockKind.PARAGRAPH}
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,3}=\s{0,3}[\"']?([\w-]{1,24})", re.IGNORECASE)
_DECLARED = {"utf-8": "utf-8", "utf8": "utf-8", "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "cp950"}  # fmt: skip
_FEW = 1_000  # letters of which one may be broken


def read_webpage(data: bytes, name: str, limits: Limits) -> Pieces:
    """The blocks of an HTML page, or of the page in a web archive (MHTML).

    Nothing that the page refers to is fetched, no script is run. Menus, share bars, footers and
    their like are marked as left out. MissingExtraError without the extra html; ReadError for an
    unknown encoding, and where the page has more nodes or deeper nesting than the limits allow.
    """
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError:
        raise MissingExtraError("html", "Reading web pages") from None
    text, encoding, conflicts = _decoded(_page_of(data), name)
    check_markup(text, name, limits)
    layout = layout_rules()
    rules = layout.web
    page = LexborHTMLParser(text)
    page.strip_tags(sorted(rules.no_text - {"head"}))
    for node in page.css("br"):
        node.replace_with(_BREAK)
    body = page.body
    if body is None:
        return Pieces((), encoding, conflicts)
    return Pieces(_Walk(layout, body, name, limits).blocks(), encoding, conflicts)


def _page_of(data: bytes) -> bytes:
    """The HTML of a web archive, else the bytes as they are."""
    if not is_web_archive(data):
        return data
    for part in email.message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            return page if isinstance(page, bytes) else b""
    return data


def _decoded(data: bytes, name: str) -> tuple[str, str, tuple[Conflict, ...]]:
    """The page's text and encoding; a few broken letters are borne where the page names its encoding."""
    try:
        raw = decode(data, name)
    except ReadError:
        said = _CHARSET.search(data[:4096])
        encoding = _DECLARED.get(said[1].decode().lower()) if said else None
        if encoding is None:
            raise
        text = data.decode(encoding, "replace")
        broken = text.count("\ufffd")
        if broken * _FEW > len(text):
            raise
        found = Conflict(
            about="encoding", found=f"{broken} letters that are no {encoding}", used="\ufffd"
        )
        return text, encoding, (found,)
    return raw.text, raw.encoding, ()


@dataclass(slots=True)
class _Frame:
    """An element whose children are being read."""

    node: LexborNode | None
    path: str
    left_out: bool
    block: bool
    counts: dict[str, int] = field(default_factory=dict)


class _Walk:
    """Goes through the elements of a page without recursion and collects its blocks."""

    def __init__(self, layout: LayoutRules, body: LexborNode, name: str, limits: Limits) -> None:
        self._rules, self._name, self._limits = layout.web, name, limits
        self._longest_cell = layout.longest_cell
        self._body = body
        self._most = layout.web.most_of_page * len(body.text())
        self._text: list[str] = []
        self._linked = 0
        self._out: list[Piece] = []

    def blocks(self) -> list[Piece]:
        """All blocks of the page, in order."""
        stack = [_Frame(self._body.child, "body", False, True)]
        while stack:
            frame = stack[-1]
            node = frame.node
            if node is None:
                if frame.block:
                    self._flush(frame)
                stack.pop()
                continue
            frame.node = node.next
            tag = node.tag or ""
            if tag == "-text":
                self._take(node.text(), frame)
            elif tag[0] not in "-!":
                self._element(node, tag, frame, stack)
        return self._out

    def _element(self, node: LexborNode, tag: str, frame: _Frame, stack: list[_Frame]) -> None:
        number = frame.counts[tag] = frame.counts.get(tag, 0) + 1
        if tag in self._rules.inline:
            if node.child is None:
                return
            if tag == "a":
                self._linked += len(node.text())
            block = False
        else:
            self._flush(frame)
            block = True
        path = f"{frame.path}/{tag}[{number}]" if block else frame.path
        left_out = frame.left_out or (block and self._is_furniture(node, tag))
        kind = _LEAVES.get(tag)
        if kind is not None:
            self._linked = _linked(node)
            self._lines(node.text(), kind, path, left_out)
            return
        if tag == "table":
            rows = self._rows(node)
            if rows:
                for caption in node.css("caption"):
                    self._lines(caption.text(), BlockKind.PARAGRAPH, path, left_out)
                self._out.append(
                    Piece(BlockKind.TABLE, place=Place(element=path), left_out=left_out, rows=rows)
                )
                return
        if len(stack) >= self._limits.depth:
            depth = self._limits.depth
            raise too_much(self._name, "elements in one another", depth + 1, depth, "depth")
        stack.append(_Frame(node.child, path, left_out, block))

    def _take(self, text: str, frame: _Frame) -> None:
        before, *after = text.split(_BREAK)
        self._text.append(before)
        for piece in after:
            self._flush(frame)
            self._text.append(piece)

    def _flush(self, frame: _Frame) -> None:
        if self._text:
            text = "".join(self._text)
            self._text.clear()
            self._lines(text, BlockKind.PARAGRAPH, frame.path, frame.left_out)
        self._linked = 0

    def _lines(self, text: str, kind: BlockKind, path: str, left_out: bool) -> None:
        """One block for each line of an element that has line breaks in it."""
        for line in text.split(_BREAK):
            said = one_line(line)
            if said:
                out = left_out or self._says_furniture(said)
                self._out.append(Piece(kind, said, Place(element=path), out))
        self._linked = 0

    def _is_furniture(self, node: LexborNode, tag: str) -> bool:
        attributes = node.attributes
        if not attributes and tag not in self._rules.furniture:
            return False
        if _HIDDEN.search(attributes.get("style") or ""):
            return True
        named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        words = {word.lower() for word in _WORD.findall(named)}
        if tag not in self._rules.furniture and not words & self._rules.words:
            return False
        return len(node.text()) <= self._most

    def _says_furniture(self, text: str) -> bool:
        rules = self._rules
        if len(text) <= rules.linked_at_most and self._linked >= rules.linked * len(text):
            return True
        return len(text) <= rules.line_at_most and any(p.search(text) for p in rules.lines)

    def _rows(self, table: LexborNode) -> list[list[GridCell]]:
        """The cells of a table; none where the table only lays out the page."""
        if len(table.css("table")) > 1:
            return []
        rows = []
        for row in table.css("tr"):
            cells = list(self._cells(row))
            if any(len(cell.text) > self._longest_cell for cell in cells):
                return []
            rows.append(cells)
        if len(rows) < 2 or max(map(len, rows)) < 2:
            return []
        return rows

    def _cells(self, row: LexborNode) -> Iterator[GridCell]:
        node = row.child
        while node is not None:
            if node.tag in ("td", "th"):
                child = node.first_child
                plain = child is None or (child.next is None and child.first_child is None)
                parts = () if plain else node.css("p, div, li")
                text = joined(p.text() for p in parts) if len(parts) > 1 else one_line(node.text())
                attributes = node.attributes
                rows, columns = (_count(attributes.get(k)) for k in ("rowspan", "colspan"))
                yield GridCell(text, rows, min(columns, 1000))
            node = node.next


def _linked(node: LexborNode) -> int:
    """How many letters of an element are links; none where it holds only text."""
    child = node.first_child
    if child is None or (child.next is None and child.tag == "-text"):
        return 0
    return sum(len(a.text()) for a in node.css("a"))


def _count(written: str | None) -> int:
    """A rowspan or colspan; 1 where it is no number."""
    return max(int(written), 1) if written and written.isdecimal() and len(written) < 6 else 1
