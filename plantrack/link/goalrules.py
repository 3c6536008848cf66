"""The rules of goals: rules/goals.yaml as a frozen model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Annotated, NamedTuple, Self

from pydantic import WrapValidator, model_validator

from plantrack.datafile import compiling, load, rules_path
from plantrack.model import Comparator
from plantrack.model.base import Model

# What may not stand in the phrase before the words of a goal, and how long it may be.
_BEFORE = {"{what}": ("，,。；;：:、", 24), "{list}": ("，,。；;：:", 90)}
_PIECES = {
    "{year}": r"(?:19|20)\d\d",
    "{other}": r"(?P<other>[^，,。；;：:、]{2,20}?)",
} | {piece: rf"(?P<what>[^{stops}]{{2,{longest}}}?)" for piece, (stops, longest) in _BEFORE.items()}


Pattern = Annotated[re.Pattern[str], WrapValidator(compiling(_PIECES))]


class WordKind(StrEnum):
    """The kinds of goal that words alone can give."""

    POSITIVE = "positive"
    GRADE = "grade"
    EXTERNAL = "external"
    MULTIPLY = "multiply"
    PARITY = "parity"


class Place(NamedTuple):
    """Words of a goal in a text: the phrase before them (None where there is none), and from where to where."""

    what: str | None
    start: int
    match: re.Match[str]


class WordRule(Model):
    """A construction that gives a goal without a number."""

    kind: WordKind
    pattern: Pattern
    scale: str = ""
    factor: Decimal = Decimal(0)
    cmp: Comparator = Comparator.APPROX

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind is WordKind.GRADE and not self.scale:
            raise ValueError("a goal of kind grade needs a scale")
        if self.kind is WordKind.MULTIPLY and self.factor <= 0:
            raise ValueError("a goal of kind multiply needs a factor above 0")
        return self

    @cached_property
    def _words(self) -> tuple[re.Pattern[str], str, int]:
        """The words alone, and the letters that end the phrase before them and how long it may be."""
        for piece, (stops, longest) in _BEFORE.items():
            optional, written = f"(?:{_PIECES[piece]})?", self.pattern.pattern
            if written.startswith(optional):
                return re.compile(written.removeprefix(optional)), stops, longest
        return self.pattern, "", 0

    def find(self, text: str) -> Iterator[Place]:
        """Each place in a text that gives such a goal.

        The words are found first and the phrase then read backwards from them: to try every
        beginning of a phrase would cost a long text without stops a hundred times as much.
        """
        words, stops, longest = self._words
        until = 0
        for match in words.finditer(text):
            start = match.start()
            while (
                start > until and match.start() - start < longest and text[start - 1] not in stops
            ):
                start -= 1
            before = text[start : match.start()]
            what = match.groupdict().get("what") or (before if len(before) > 1 else None)
            yield Place(what, start if what == before else match.start(), match)
            until = match.end()


class GoalRules(Model):
    """All of rules/goals.yaml; the file says what each entry means."""

    hold: Pattern
    before: Pattern
    yearly: Pattern
    more: Pattern
    words: tuple[WordRule, ...]
    goal_sections: Pattern
    lead: Pattern
    growth: Pattern
    stands_for: dict[str, str]
    measurable: Pattern
    defers: Pattern
    authorities: dict[str, str]
    binding: Pattern
    expected: Pattern
    item: Pattern


@lru_cache(maxsize=1)
def goal_rules() -> GoalRules:
    """The rules that ship with plantrack, read once."""
    return load(rules_path("goals.yaml"), GoalRules)
