"""The elements of a web page in their order: paragraphs, headings, tables, and which of them are furniture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from plantrack.model import BlockKind
from plantrack.read.layoutrules import WebRules
from plantrack.read.limits import Limits, too_much
from plantrack.read.pieces import Piece, Rows, is_tidy, one_line, pieces_of
from plantrack.read.webmarks import cut
from plantrack.read.webtable import cells_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

BREAK = "\u2028"  # in the place of each br
_PARAGRAPH = BlockKind.PARAGRAPH
_LEAVES = {f"h{n}": BlockKind.HEADING for n in range(1, 7)} | {"p": _PARAGRAPH}
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


@dataclass(slots=True)
class _Part:
    """The page, or an element that is furniture if it is hidden or is but a small part of the page.

    `letters` are its own at first, without those of the parts in it.
    """

    around: _Part | None = None
    left_out: bool = False
    letters: int = 0


@dataclass(slots=True)
class _Frame:
    """An element whose children are being read."""

    nodes: Iterator[LexborNode]
    path: str
    part: _Part
    block: bool
    counts: dict[str, int] = field(default_factory=dict)


class Walk:
    """Goes through the elements of a page once, without recursion, and collects its blocks.

    How much of the page a part is, and what short lines say, is judged at the end, for all together.
    """

    def __init__(
        self, body: LexborNode, rules: WebRules, longest_cell: int, name: str, limits: Limits
    ) -> None:
        self._rules, self._longest_cell = rules, longest_cell
        self._name, self._limits = name, limits
        self._body = body
        self._parts = [_Part()]
        self._text: list[str] = []
        self._linked = 0
        # One entry for each block. In columns, as so many tuples are work for the garbage collector.
        self._kinds: list[BlockKind] = []
        self._lines: list[str] = []
        self._paths: list[str] = []
        self._within: list[_Part] = []
        self._rows: dict[int, Rows] = {}  # of tables, by the number of the block
        self._left_out: set[int] = set()  # the numbers of blocks that are furniture by themselves

    def blocks(self) -> list[Piece]:
        """All blocks of the page, in order. ReadError where elements lie too deep in one another."""
        stack = [_Frame(self._body.iter(include_text=True), "body", self._parts[0], True)]
        depth = self._limits.depth
        while stack:
            inner = self._go_on(stack[-1])
            if inner is None:
                stack.pop()
            elif len(stack) < depth:
                stack.append(inner)
            else:
                raise too_much(self._name, "elements in one another", depth + 1, depth, "depth")
        return self._judged()

    def _go_on(self, frame: _Frame) -> _Frame | None:
        """Goes on with the children of an element, up to one that has children to go through itself."""
        leaves, counts, around, before = _LEAVES, frame.counts, frame.part, frame.path
        inline, furniture = self._rules.inline, self._rules.furniture
        add_kind, add_line = self._kinds.append, self._lines.append
        add_path, add_part = self._paths.append, self._within.append
        for node in frame.nodes:
            tag = node.tag or ""
            kind = leaves.get(tag)
            if kind is None:
                if tag == "-text":
                    self._take(node.text_content or "", frame)
                    continue
                if not tag or tag[0] in "-!":  # an instruction, a comment
                    continue
                if tag in inline:
                    if tag == "a":
                        self._linked += len(_text(node))
                    if node.first_child is not None:
                        return _Frame(node.iter(include_text=True), before, around, False)
                    continue
            if self._text or self._linked:
                self._flush(frame)
            counts[tag] = number = counts.get(tag, 0) + 1
            path, part, attributes = f"{before}/{tag}[{number}]", around, node.attributes
            if attributes or tag in furniture:
                part = self._part(tag, attributes, around)
            first = node.first_child
            if first is None:
                continue
            if kind is not None:
                only = first.text_content if first.next is None else None
                text = _text(node) if only is None else only
                part.letters += len(text)
                line = text.strip()
                tidy = (line.isprintable() and " " not in line) or is_tidy(line)
                if only is None or not tidy:
                    self._take_lines(text, kind, path, part, node)
                elif line:  # as nearly always: no links, no breaks, no marks are in it
                    add_kind(kind)
                    add_line(line)
                    add_path(path)
                    add_part(part)
            elif tag != "table" or not self._table(node, path, part):
                return _Frame(node.iter(include_text=True), path, part, True)
        if frame.block:
            self._flush(frame)
        return None

    def _table(self, node: LexborNode, path: str, part: _Part) -> bool:
        """Takes a table with its captions before it; False where it only lays out the page."""
        cells = cells_of(node, self._longest_cell, self._rules)
        if cells is None:
            return False
        part.letters += len(_text(node))
        for caption in cells.captions:
            self._take_lines(caption, _PARAGRAPH, path, part, 0)
        self._rows[len(self._lines)] = cells.rows
        self._add(BlockKind.TABLE, "", path, part)
        self._add_marks(cells.marks, path, part)
        return True

    def _take(self, text: str, frame: _Frame) -> None:
        frame.part.letters += len(text)
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
                self._take_lines(text, _PARAGRAPH, frame.path, frame.part, self._linked)
        self._linked = 0

    def _take_lines(
        self, text: str, kind: BlockKind, path: str, part: _Part, links: LexborNode | int
    ) -> None:
        """One block for each line of an element; `links` are its letters in links, or it itself."""
        for said in text.split(BREAK):
            line, marks = cut(said, self._rules)
            line = one_line(line)
            if line:
                if len(line) <= self._rules.linked_at_most:
                    if not isinstance(links, int):
                        links = sum(len(_text(link)) for link in links.css("a"))
                    if links and links >= self._rules.linked * len(line):  # it is a menu
                        self._left_out.add(len(self._lines))
                self._add(kind, line, path, part)
            self._add_marks(marks, path, part)

    def _add_marks(self, marks: Iterable[str], path: str, part: _Part) -> None:
        """Note marks follow what they stand in."""
        for mark in marks:
            self._left_out.add(len(self._lines))
            self._add(_PARAGRAPH, mark, f"{path}/sup", part)

    def _add(self, kind: BlockKind, line: str, path: str, part: _Part) -> None:
        self._kinds.append(kind)
        self._lines.append(line)
        self._paths.append(path)
        self._within.append(part)

    def _part(self, tag: str, attributes: Mapping[str, str | None], around: _Part) -> _Part:
        """The part that an element is by its name, its class or its id, else the one it is in."""
        hidden = _HIDDEN.search(attributes.get("style") or "") is not None
        if not hidden and tag not in self._rules.furniture:
            named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
            if self._rules.words.isdisjoint(word.lower() for word in _WORD.findall(named)):
                return around
        part = _Part(around, hidden)
        self._parts.append(part)
        return part

    def _judged(self) -> list[Piece]:
        """All blocks, with what is furniture left out."""
        self._weigh()
        left_out = [part.left_out for part in self._within]
        for number in chain(self._left_out, self._saying_furniture()):
            left_out[number] = True
        rows: list[Rows] = [()] * len(left_out)
        for number, each in self._rows.items():
            rows[number] = each
        return pieces_of(self._kinds, self._lines, self._paths, left_out, rows)

    def _weigh(self) -> None:
        """Tells which parts are left out."""
        page, *parts = self._parts  # each after what is around it
        for part in reversed(parts):
            assert part.around is not None
            part.around.letters += part.letters
        most = self._rules.most_of_page * page.letters
        for part in parts:
            assert part.around is not None
            part.left_out |= part.around.left_out or part.letters <= most

    def _saying_furniture(self) -> Iterator[int]:
        """The numbers of the short lines that say what only furniture says."""
        most = self._rules.line_at_most
        short = [number for number, line in enumerate(self._lines) if len(line) <= most]
        said = "\n".join(["", *[self._lines[number] for number in short]])
        place, at = -1, 0
        for found in self._rules.saying.finditer(said):
            place += said.count("\n", at, found.start() + 1)
            at = found.start() + 1
            yield short[place]


def _text(node: LexborNode) -> str:
    """All the text in an element."""
    return node.text_lexbor() or ""
