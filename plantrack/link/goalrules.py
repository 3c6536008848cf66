"""The rules of goals: rules/goals.yaml as a frozen model."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Self

from pydantic import BeforeValidator, model_validator

from plantrack.datafile import compiling, load, rules_path
from plantrack.model import Comparator
from plantrack.model.base import Model

_PIECES = {
    "{year}": r"(?:19|20)\d\d",
    "{what}": r"(?P<what>[^，,。；;：:、]{2,24}?)",
    "{other}": r"(?P<other>[^，,。；;：:、]{2,20}?)",
    "{list}": r"(?P<what>[^，,。；;：:]{2,90}?)",
}


def _spelled_out(written: str) -> str:
    for name, piece in _PIECES.items():
        # An optional piece is optional as a whole.
        written = written.replace(f"{name}?", f"(?:{piece})?").replace(name, piece)
    return written


Pattern = Annotated[re.Pattern[str], BeforeValidator(compiling(_spelled_out))]


class WordKind(StrEnum):
    """The kinds of goal that words alone can give."""

    POSITIVE = "positive"
    GRADE = "grade"
    EXTERNAL = "external"
    MULTIPLY = "multiply"
    PARITY = "parity"


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
