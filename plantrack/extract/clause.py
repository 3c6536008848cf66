"""What the words around one number say of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from plantrack.extract.periods import Time
from plantrack.model.quantity import Comparator

MARKS = frozenset((",", ";", "。", "、", ""))  # what most numbers are followed by


class Relation(StrEnum):
    """What a number is to its subject."""

    VALUE = "value"
    UP = "up"
    DOWN = "down"
    COMPARE = "compare"
    RANK = "rank"

    @property
    def of_fall(self) -> Relation:
        """The relation to what falls: 降幅3% is a fall, and where 降幅收窄 it falls less."""
        match self:
            case Relation.VALUE | Relation.UP:
                return Relation.DOWN
            case Relation.DOWN:
                return Relation.UP
            case _:
                return self


@dataclass(slots=True)
class Clause:
    """The words around one number, or around a list of numbers with one predicate."""

    subject: str
    relation: Relation = Relation.VALUE
    predicate: str = ""
    cmp: Comparator | None = None
    words: set[str] = field(default_factory=set)
    since: str = ""
    share_of: str = ""
    share_verb: str = "占"
    opening: bool = False
    then: Time | None = None  # of a value that the next is compared with: its time
    base: str = ""  # what a share is a share of the measure of (甲 in 甲占乙比重)
    behind: str = ""  # what follows the thing counted behind the number
    told: bool = False  # it counts things by how they stand, no work of the years
    short: bool = False  # it tells how far from a goal the subject is
    beyond: bool = False  # ... or the goal that the subject lies beyond
    lead: str = ""  # the words before the number, or before the list it continues

    def is_rate(self, rate: re.Match[str]) -> None:
        """The subject says that the number is a rate of change: 年均增速5.2%, 降幅3%."""
        self.words.update({"增长率", *filter(None, [rate["mean"]])})
        if rate["falls"]:
            self.relation = self.relation.of_fall
