"""The elements of a web page in their order: paragraphs, headings, tables, and which of them are furniture."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

from plantrack.model import BlockKind
from plantrack.read.layoutrules import WebRules
from plantrack.read.limits import Limits, too_much
from plantrack.read.pieces import Piece, Rows, lines_of
from plantrack.read.webmarks import cut
from plantrack.read.webtable import rows_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    # A line or table as it stands in the page: kind, text, path, whether it is left out, its
    # letters in links or the element that holds them, its rows.
    _Found: TypeAlias = tuple[BlockKind, str, str, bool, LexborNode | int, Rows]

BREAK = "\u2028"  # in the place of each br
_LEAVES = {f"h{n}": BlockKind.HEADING for n in range(1, 7)} | {"p": BlockKind.PARAGRAPH}
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


@dataclass(slots=True)
class _Frame:
    """An element whose children are being read."""

    node: LexborNode | None
    path: str
    left_out: bool
    block: bool
    counts: dict[str, int] = field(default_factory=dict)


class Walk:
    """Goes through the elements of a page once, without recursion, and collects its blocks.

    What a line says is judged at the end, for all lines together.
    """

    def __init__(
        self, body: LexborNode, rules: WebRules, longest_cell: int, name: str, limits: Limits
    ) -> None:
        self._rules, self._longest_cell = rules, longest_cell
        self._name, self._limits = name, limits
        self._inline = rules.inline
        self._body = body
        self._most = rules.most_of_page * len(_text(body))
        self._text: list[str] = []
        self._linked = 0
        self._found: list[_Found] = []

    def blocks(self) -> list[Piece]:
        """All blocks of the page, in order. ReadError where elements lie too deep in one another."""
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
                self._take(node.text_content or "", frame)
            elif tag[0] not in "-!":
                self._element(node, tag, frame, stack)
        return list(self._judged())

    def _element(self, node: LexborNode, tag: str, frame: _Frame, stack: list[_Frame]) -> None:
        number = frame.counts[tag] = frame.counts.get(tag, 0) + 1
        path, left_out = frame.path, frame.left_out
        block = tag not in self._inline
        if block:
            if self._text or self._linked:
                self._flush(frame)
            path = f"{path}/{tag}[{number}]"
            attributes = node.attributes
            if not left_out and (attributes or tag in self._rules.furniture):
                left_out = self._is_furniture(node, tag, attributes)
        child = node.child
        if child is None:
            return
        if tag == "a":
            self._linked += len(_text(node))
        kind = _LEAVES.get(tag)
        if kind is not None:
            plain = None if child.next is not None else child.text_content
            links = node if plain is None else 0
            self._lines(_text(node) if plain is None else plain, kind, path, left_out, links)
            return
        if tag == "table":
            rows, marks = rows_of(node, self._longest_cell, self._rules)
            if rows:
                for caption in node.css("caption"):
                    self._lines(_text(caption), BlockKind.PARAGRAPH, path, left_out, 0)
                self._found.append((BlockKind.TABLE, "", path, left_out, 0, rows))
                self._found += (
                    (BlockKind.PARAGRAPH, mark, f"{path}/sup", True, 0, ()) for mark in marks
                )
                return
        if len(stack) >= self._limits.depth:
            depth = self._limits.depth
            raise too_much(self._name, "elements in one another", depth + 1, depth, "depth")
        stack.append(_Frame(child, path, left_out, block))

    def _take(self, text: str, frame: _Frame) -> None:
        before, *after = text.split(BREAK)
        self._text.append(before)
        for piece in after:
            self._flush(frame)
            self._text.append(piece)

    def _flush(self, frame: _Frame) -> None:
        if self._text:
            text = "".join(self._text)
            self._text.clear()
            if not text.isspace():
                self._lines(text, BlockKind.PARAGRAPH, frame.path, frame.left_out, self._linked)
        self._linked = 0

    def _lines(
        self, text: str, kind: BlockKind, path: str, left_out: bool, links: LexborNode | int
    ) -> None:
        """One block for each line of an element that has line breaks in it."""
        if BREAK in text:
            self._found += ((kind, line, path, left_out, links, ()) for line in text.split(BREAK))
        else:
            self._found.append((kind, text, path, left_out, links, ()))
        self._linked = 0

    def _is_furniture(
        self, node: LexborNode, tag: str, attributes: Mapping[str, str | None]
    ) -> bool:
        """Whether an element is one by its name, its class or its id."""
        if _HIDDEN.search(attributes.get("style") or ""):
            return True
        named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if tag not in self._rules.furniture:
            words = {word.lower() for word in _WORD.findall(named)}
            if not words & self._rules.words:
                return False
        return len(_text(node)) <= self._most

    def _judged(self) -> Iterator[Piece]:
        """The blocks, tidied, furniture told by what it says; note marks follow what they stand in."""
        cuts = [cut(each[1], self._rules) for each in self._found]
        texts = lines_of(text for text, _ in cuts)
        furniture = self._saying_furniture(texts)
        for number, (kind, _, path, left_out, links, rows) in enumerate(self._found):
            text = texts[number]
            if text or rows:
                out = left_out or number in furniture or (links and self._is_menu(text, links))
                yield Piece(kind, text, path, bool(out), False, rows)
            for mark in cuts[number][1]:
                yield Piece(BlockKind.PARAGRAPH, mark, f"{path}/sup", left_out=True)

    def _is_menu(self, text: str, links: LexborNode | int) -> bool:
        """Whether a short block is links for the most part."""
        rules = self._rules
        if len(text) > rules.linked_at_most:
            return False
        linked = links if isinstance(links, int) else sum(len(_text(a)) for a in links.css("a"))
        return linked > 0 and linked >= rules.linked * len(text)

    def _saying_furniture(self, texts: Sequence[str]) -> set[int]:
        """The numbers of the short lines that say what only furniture says."""
        rules = self._rules
        short = [k for k, text in enumerate(texts) if 0 < len(text) <= rules.line_at_most]
        out = {k for k in short if rules.beginning.match(texts[k])}
        whole = "\n".join(texts[k] for k in short)
        ends = list(accumulate(len(texts[k]) + 1 for k in short))
        for pattern in rules.holds:
            out.update(short[bisect_right(ends, m.start())] for m in pattern.finditer(whole))
        return out


def _text(node: LexborNode) -> str:
    """All the text in an element."""
    return node.text_lexbor() or ""
