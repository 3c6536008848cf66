"""YAML text as plain values that know their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from plantrack.datafile.explain import Loc, problem
from plantrack.errors import DataError

M = TypeVar("M", bound=BaseModel)
_Event: TypeAlias = Any  # the stubs give PyYAML's events no attributes

MAX_BYTES = 16_000_000
MAX_DEPTH = 40
MAX_DIGITS = 40

INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
DECIMAL = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]{1,3})?")
WORDS: dict[str, object] = {"": None, "~": None, "null": None, "true": True, "false": False}
_NUMBER_STARTS = frozenset("+-.0123456789")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse(text: str, name: str, *, error: type[DataError] = DataError) -> Data:
    """YAML `text` as plain values with the place of each; DataError where it is not such YAML."""
    if len(text) > MAX_BYTES:
        raise error(
            name, f"it is longer than {MAX_BYTES:,} characters", "Split it into several files."
        )
    return Data(name, _Builder(name, error).build(text), error)


@dataclass(slots=True)
class Node:
    """A value with its place; `parts` are the nodes of a list or a mapping, `keys` the places of keys."""

    value: Any
    line: int
    column: int
    parts: dict[str | int, Node] = field(default_factory=dict)
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)


class Data:
    """What a data file holds (`value`: dicts, lists, scalars), and the places for error messages."""

    def __init__(self, name: str, root: Node, error: type[DataError] = DataError) -> None:
        self.name = name
        self._root = root
        self._error = error

    @property
    def value(self) -> object:
        """The plain value."""
        return self._root.value

    def validate(self, model: type[M], context: Mapping[str, object] | None = None) -> M:
        """The value as a `model`; its validators are given the `context`.

        Raises the first error in file order and says how many more places have one. Of a mapping
        that lacks a key and has an unknown one, the unknown one: it is the key, misspelt.
        """
        try:
            return model.model_validate(self._root.value, context=context)
        except ValidationError as failure:
            problems = [problem(details, model) for details in failure.errors(include_url=False)]
        problems.sort(key=lambda p: self._place(p.loc, p.at_key))
        places = {self._place(p.loc, p.at_key) for p in problems}
        first = next(
            (p for p in problems if p.at_key and p.loc[:-1] == problems[0].loc), problems[0]
        )
        more = {1: "", 2: ". One more place in this file has an error"}.get(
            len(places), f". {len(places) - 1} more places in this file have errors"
        )
        raise self.error(
            first.loc,
            first.found,
            first.hint.rstrip(".") + more,
            allowed=first.allowed,
            at_key=first.at_key,
        )

    def error(
        self, loc: Loc, found: str, hint: str, *, allowed: str = "", at_key: bool = False
    ) -> DataError:
        """The error to raise about the value at `loc` (about its key where `at_key`)."""
        path, node = self._walk(loc)
        line, column = self._place(loc, at_key)
        value = None if node.parts or at_key else node.value
        return self._error(
            self.name,
            found,
            hint,
            line=line,
            column=column,
            key=_dotted([*path, loc[-1]] if at_key and loc and loc[-1] not in path[-1:] else path),
            value=value,
            allowed=allowed,
        )

    def _place(self, loc: Loc, at_key: bool) -> tuple[int, int]:
        _, node = self._walk(loc[:-1] if at_key else loc)
        if at_key and loc and loc[-1] in node.keys:
            return node.keys[str(loc[-1])]
        return node.line, node.column

    def _walk(self, loc: Loc) -> tuple[list[str | int], Node]:
        """Follow `loc` as far as the data goes; union tags and the like, not in the data, are skipped."""
        path: list[str | int] = []
        node = self._root
        for piece in loc:
            if piece in node.parts:
                node = node.parts[piece]
                path.append(piece)
        return path, node


class _Builder:
    """Builds nodes from YAML events, without recursion, checking as it goes."""

    def __init__(self, name: str, error: type[DataError]) -> None:
        self.name = name
        self.error = error

    def build(self, text: str) -> Node:
        roots: list[Node] = []
        stack: list[tuple[Node, list[tuple[str, int, int]]]] = []  # open collections, pending key
        for event in self._events(text):
            if not isinstance(event, NodeEvent):
                if isinstance(event, CollectionEndEvent):
                    stack.pop()
                elif isinstance(event, DocumentStartEvent) and roots:
                    found, hint = "a second document begins here", "Keep one document a file."
                    raise self._at(event, found, hint)
                continue
            node = self._node(event)
            if not stack:
                roots.append(node)
            elif not self._attach(*stack[-1], node, event):
                continue
            if isinstance(event, CollectionStartEvent):
                if len(stack) >= MAX_DEPTH:
                    raise self._at(
                        event, f"it is nested deeper than {MAX_DEPTH} levels", "Flatten it."
                    )
                stack.append((node, []))
        return roots[0] if roots else Node(None, 1, 1)

    def _attach(
        self, parent: Node, pending: list[tuple[str, int, int]], node: Node, event: _Event
    ) -> bool:
        """Put `node` into its parent; False where it is a mapping's key, which waits for its value."""
        if isinstance(parent.value, list):
            parent.parts[len(parent.value)] = node
            parent.value.append(node.value)
            return True
        if pending:
            key, line, column = pending.pop()
            parent.keys[key] = (line, column)
            parent.parts[key] = node
            parent.value[key] = node.value
            return True
        if not isinstance(event, ScalarEvent):
            raise self._at(
                event, "a list or a mapping cannot be a key", "Use plain text as the key."
            )
        key = event.value
        if key in parent.keys:
            line, column = parent.keys[key]
            found = f"the key '{key}' is given twice, first on line {line}, column {column}"
            raise self._at(event, found, "Keep one of the two.", key=key)
        pending.append((key, node.line, node.column))
        return False

    def _node(self, event: _Event) -> Node:
        if isinstance(event, AliasEvent) or event.anchor is not None:
            sign = f"{'*' if isinstance(event, AliasEvent) else '&'}{event.anchor}"
            hint = "Write the value out; if it is text, put it in quotes."
            raise self._at(event, f"anchors and aliases ({sign}) are not allowed", hint)
        if event.tag is not None:
            hint = "Remove the tag; if it is text, put it in quotes."
            raise self._at(event, f"tags ({event.tag}) are not allowed", hint)
        mark = event.start_mark
        value: object = None
        if isinstance(event, ScalarEvent):
            value = self._scalar(event) if event.implicit[0] else event.value
        else:
            value = {} if isinstance(event, MappingStartEvent) else []
        return Node(value, mark.line + 1, mark.column + 1)

    def _scalar(self, event: _Event) -> object:
        written = event.value
        if written in WORDS:
            return WORDS[written]
        if written[0] not in _NUMBER_STARTS:
            return written
        if not INT.fullmatch(written) and not DECIMAL.fullmatch(written):
            return written
        number = Decimal(written)
        if len(written) > MAX_DIGITS or abs(number.adjusted()) > MAX_DIGITS:
            hint = "Write it with fewer digits; if it is text, put it in quotes."
            raise self._at(event, f"the number {written[:20]}… is out of bounds", hint)
        return int(written) if INT.fullmatch(written) else number

    def _events(self, text: str) -> Iterator[Any]:
        try:
            loader = _Loader(text)
            try:
                while (event := loader.get_event()) is not None:
                    yield event
            finally:
                loader.dispose()
        except yaml.MarkedYAMLError as e:
            mark = e.problem_mark or e.context_mark
            found = f"this is not valid YAML: {e.problem or e.context}"
            hint = "Check indentation and colons, and put text that begins with a sign such as % or @ in quotes."
            raise self.error(
                self.name,
                found,
                hint,
                line=mark.line + 1 if mark else None,
                column=mark.column + 1 if mark else None,
            ) from None
        except yaml.YAMLError as e:
            position = getattr(e, "position", None)
            before = text[:position] if isinstance(position, int) else ""
            found = f"it holds a character YAML does not allow ({getattr(e, 'reason', e)})"
            raise self.error(
                self.name,
                found,
                "Remove it.",
                line=before.count("\n") + 1,
                column=len(before) - before.rfind("\n"),
            ) from None

    def _at(self, event: _Event, found: str, hint: str, key: str = "") -> DataError:
        mark = event.start_mark
        return self.error(
            self.name, found, hint, line=mark.line + 1, column=mark.column + 1, key=key
        )


def _dotted(path: Loc) -> str:
    """A key path as people write it: targets[3].goal.kind (counted from 0)."""
    written = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in path)
    return written.removeprefix(".")
