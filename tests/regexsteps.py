"""How much work a regular expression costs, counted in steps of a backtracking matcher.

The matcher walks the tree that the standard library parses and backtracks as its engine does,
without the engine's shortcuts: the counts are higher than the engine's, their growth is the same.
Counts do not depend on the machine, so tests may hold them to a bound.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

Rest = Callable[[int], bool]
_WORDS = {
    "CATEGORY_DIGIT": str.isdecimal,
    "CATEGORY_SPACE": str.isspace,
    "CATEGORY_WORD": lambda c: c.isalnum() or c == "_",
}


class TooManyStepsError(Exception):
    """The bound on steps was passed."""


class Steps:
    """Counts the steps of searching a text for a pattern; stops beyond `most`."""

    def __init__(self, pattern: str, flags: int = 0, most: int = 500_000) -> None:
        self._tree = parser.parse(pattern, flags)
        self._most = most
        self.count = 0
        self.found = False

    def search(self, text: str, *, places: int | None = None) -> int:
        """Steps until the first match, or until every place (the first `places`) was tried."""
        self.count, self.found, self._text, self._groups = 0, False, text, {}
        for start in range(len(text) + 1 if places is None else places):
            if self._all(list(self._tree), start, lambda at: True):
                self.found = True
                break
        return self.count

    def _all(self, ops: list, at: int, rest: Rest) -> bool:
        if not ops:
            return rest(at)
        return self._one(ops[0], at, lambda next_at: self._all(ops[1:], next_at, rest))

    def _one(self, op: tuple, at: int, rest: Rest) -> bool:
        self.count += 1
        if self.count > self._most:
            raise TooManyStepsError(self.count)
        kind, value = op
        text = self._text
        if kind in (sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN):
            return at < len(text) and _fits(op, text[at]) and rest(at + 1)
        if kind is sre.BRANCH:
            return any(self._all(list(way), at, rest) for way in value[1])
        if kind is sre.SUBPATTERN:
            group, _, _, body = value

            def close(end: int) -> bool:
                if group is not None:
                    self._groups[group] = (at, end)
                return rest(end)

            return self._all(list(body), at, close)
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            least, most, body = value
            if len(body) == 1 and body[0][0] in (sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN):
                return self._run(body[0], least, most, at, rest, lazy=kind is sre.MIN_REPEAT)
            return self._repeat(list(body), least, most, at, rest, kind is sre.MIN_REPEAT)
        if kind is sre.ASSERT or kind is sre.ASSERT_NOT:
            direction, body = value
            found = self._ahead(body, at) if direction > 0 else self._behind(body, at)
            return found == (kind is sre.ASSERT) and rest(at)
        if kind is sre.AT:
            return self._at(value, at) and rest(at)
        if kind is sre.GROUPREF:
            start, end = self._groups.get(value, (0, 0))
            written = text[start:end]
            return text.startswith(written, at) and rest(at + len(written))
        raise NotImplementedError(f"the counter does not know {kind}")

    def _run(
        self, single: tuple, least: int, most: int, at: int, rest: Rest, *, lazy: bool
    ) -> bool:
        """A repeat of one character: the engine counts how far it goes, then gives back one by one."""
        end, stop = at, min(len(self._text), at + int(most))
        if lazy:
            while end - at < least or not rest(end):
                if end >= stop or not _fits(single, self._text[end]):
                    return False
                end += 1
                self.count += 1
            return True
        while end < stop and _fits(single, self._text[end]):
            end += 1
        self.count += end - at
        for place in range(end, at + least - 1, -1):
            self.count += 1
            if self.count > self._most:
                raise TooManyStepsError(self.count)
            if rest(place):
                return True
        return False

    def _repeat(self, body: list, least: int, most: int, at: int, rest: Rest, lazy: bool) -> bool:
        def again(end: int) -> bool:
            if end == at and not least:
                return False
            return self._repeat(body, max(0, least - 1), int(most) - 1, end, rest, lazy)

        if least:
            return self._all(body, at, again)
        if lazy:
            return rest(at) or (most > 0 and self._all(body, at, again))
        return (most > 0 and self._all(body, at, again)) or rest(at)

    def _ahead(self, body: Iterable, at: int) -> bool:
        return self._all(list(body), at, lambda _: True)

    def _behind(self, body: Iterable, at: int) -> bool:
        width = body.getwidth()[0]  # type: ignore[attr-defined]
        return at >= width and self._all(list(body), at - width, lambda end: end == at)

    def _at(self, what: object, at: int) -> bool:
        if what in (sre.AT_BEGINNING, sre.AT_BEGINNING_STRING):
            return at == 0
        if what in (sre.AT_END, sre.AT_END_STRING):
            return at >= len(self._text) - (self._text[-1:] == "\n")
        if what is sre.AT_BOUNDARY:
            is_word = _WORDS["CATEGORY_WORD"]
            return (at > 0 and is_word(self._text[at - 1])) != (
                at < len(self._text) and is_word(self._text[at])
            )
        raise NotImplementedError(f"the counter does not know {what}")


def _fits(op: tuple, letter: str) -> bool:
    kind, value = op
    if kind is sre.LITERAL:
        return ord(letter) == value
    if kind is sre.NOT_LITERAL:
        return ord(letter) != value
    if kind is sre.ANY:
        return letter != "\n"
    negated = value[0][0] is sre.NEGATE
    return _among(value[negated:], letter) != negated


def _among(members: Iterable[tuple], letter: str) -> bool:
    for kind, value in members:
        if kind is sre.LITERAL and ord(letter) == value:
            return True
        if kind is sre.RANGE and value[0] <= ord(letter) <= value[1]:
            return True
        if kind is sre.CATEGORY:
            name = str(value)
            opposite = "_NOT_" in name
            if _WORDS[name.replace("_NOT_", "_")](letter) != opposite:
                return True
    return False


# ------------------------------------------------------------------ attack strings

_TRIED = "1甲a (,、。%\n年—"


def sample(ops: Iterable[tuple]) -> str:
    """A text that the ops match, each repeat as short as may be but once."""
    return "".join(_sample(op) for op in ops)


def _sample(op: tuple) -> str:
    kind, value = op
    if kind in (sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN):
        return _letter(op)
    if kind is sre.BRANCH:
        return sample(value[1][0])
    if kind is sre.SUBPATTERN:
        return sample(value[3])
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        return sample(value[2]) * max(1, value[0])
    return ""


def _letter(op: tuple) -> str:
    if op[0] is sre.LITERAL:
        return chr(op[1])
    return next((c for c in _candidates(op) if _fits(op, c)), "甲")


def _candidates(op: tuple) -> Iterator[str]:
    yield from _TRIED
    if op[0] is sre.IN:
        for kind, value in op[1]:
            if kind is sre.LITERAL:
                yield chr(value)
            elif kind is sre.RANGE:
                yield chr(value[0])


def attacks(pattern: str, flags: int = 0, *, size: int) -> Iterator[str]:
    """Texts of about `size` letters that repeat what a repeat of the pattern takes, and then do not match.

    For each repeat, however deep: what leads to it, its body over and over, and an ending that
    fits nothing. Then plain runs that any pattern of texts and numbers may meet.
    """
    for lead, body in _repeats(list(parser.parse(pattern, flags)), ""):
        piece = body or "甲"
        yield (lead + piece * (size // len(piece)))[:size] + "\x00"
        if lead:
            whole = lead + piece
            yield (whole * (size // len(whole)))[:size] + "\x00"
    for run in (
        "1",
        "甲",
        " ",
        "\n",
        "(",
        "“",
        "1,1",
        "1.1、",
        "2024年",
        "百",
        "到2025年由",
        "占甲比",
    ):
        yield (run * (size // len(run) + 1))[:size] + "\x00"


def _repeats(ops: list, lead: str) -> Iterator[tuple[str, str]]:
    for i, (kind, value) in enumerate(ops):
        before = lead + sample(ops[:i])
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            yield before, sample(value[2])
            yield from _repeats(list(value[2]), before)
        elif kind is sre.BRANCH:
            for way in value[1]:
                yield from _repeats(list(way), before)
        elif kind is sre.SUBPATTERN:
            yield from _repeats(list(value[3]), before)
        elif kind in (sre.ASSERT, sre.ASSERT_NOT):
            yield from _repeats(list(value[1]), before)


sys.setrecursionlimit(max(sys.getrecursionlimit(), 100_000))


def choices(pattern: str, flags: int = 0) -> float:
    """In how many ways the repeats of a pattern can be taken at one place: a bound on its backtracking.

    Infinite where a repeat has no bound. Where the pattern is a choice of several (rules are joined
    so), each is a pattern of its own, and the most of one counts.
    """
    ops = list(parser.parse(pattern, flags))
    if len(ops) == 1 and ops[0][0] is sre.BRANCH:
        return max(_choices(way) for way in ops[0][1][1])
    return _choices(ops)


def _choices(ops: Iterable[tuple]) -> float:
    ways = 1.0
    for kind, value in ops:
        if kind is sre.BRANCH:
            ways *= max(1.0, sum(_choices(way) for way in value[1] if _choices(way) > 1))
        elif kind is sre.SUBPATTERN:
            ways *= _choices(value[3])
        elif kind in (sre.ASSERT, sre.ASSERT_NOT):
            ways *= _choices(value[1])
        elif kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            least, most, body = value
            if most == sre.MAXREPEAT:
                return float("inf")
            ways *= (most - least + 1) * _choices(body) ** max(1, min(most, 64))
    return ways


def last_letters(pattern: str) -> set[str]:
    """The letters that a match can end in, of a pattern whose end is spelled out.

    ValueError where a match can be empty or end in a class with no list of letters.
    """
    letters, empty = _lasts(list(parser.parse(pattern)))
    if empty:
        raise ValueError(f"{pattern} can match nothing")
    return letters


def _lasts(ops: list) -> tuple[set[str], bool]:
    """The last letters of what some steps can match, and whether they can match nothing."""
    letters: set[str] = set()
    for kind, value in reversed(ops):
        if kind in (sre.AT, sre.ASSERT, sre.ASSERT_NOT):
            continue
        found, empty = _lasts_of(kind, value)
        letters |= found
        if not empty:
            return letters, False
    return letters, True


def _lasts_of(kind: object, value: tuple) -> tuple[set[str], bool]:
    if kind is sre.LITERAL:
        return {chr(value)}, False
    if kind is sre.IN and all(op is sre.LITERAL for op, _ in value):
        return {chr(code) for _, code in value}, False
    if kind is sre.BRANCH:
        ways = [_lasts(list(way)) for way in value[1]]
        return set().union(*(way for way, _ in ways)), any(empty for _, empty in ways)
    if kind is sre.SUBPATTERN:
        return _lasts(list(value[3]))
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        letters, empty = _lasts(list(value[2]))
        return letters, empty or value[0] == 0
    raise ValueError(f"the end of a match is not spelled out: {kind} {value}")
