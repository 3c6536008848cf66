"""What a paragraph has said so far, and what one group of its numbers asks to be named by."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from plantrack.extract.clause import Clause, Relation
from plantrack.extract.mentions import Mention

MARKS = " 、,;"


@dataclass(slots=True)
class Said:
    """What earlier numbers of the paragraph left behind for those that leave things out."""

    by_kind: re.Pattern[str]  # how a text says that it goes on with kinds of what it measured
    rates: tuple[str, ...]  # what a name of a rate or share ends with
    phrases: list[str] = field(default_factory=list)  # oldest first
    here: int = 0  # how many of them this sentence said, or one it goes on from behind a semicolon
    base: str = ""  # the last phrase without the whole it was a share of
    before: str = ""  # the last sentence of the paragraph without a number
    project: str = ""  # the project that the paragraph is about, as its heading or lead names it
    topic: str = ""  # what a short heading inside the paragraph is about: 一是综合管廊。
    title: str = ""  # the heading the paragraph opens with, where it has one
    consumed: int = 0  # up to here the sentence has been read
    began: int = 0  # where the last group began
    prefix: str = ""  # what stood before the last number and its noun
    lead: str = ""  # the words of doing that a list still stands under
    linked: bool = False  # a 的 joins the last noun to the next number
    joined: bool = False  # only a list mark parts this number's clause from the last number
    chained: bool = False  # ... and it goes on the list
    count: int = 0  # how many numbers the last group had
    # the last phrase measured in a unit, as `Units.alike` has it
    by_unit: dict[str, str] = field(default_factory=dict)
    counted: dict[str, str] = field(default_factory=dict)  # as by_unit, of the whole paragraph
    earlier: dict[str, str] = field(default_factory=dict)  # the same of the paragraph before
    then: str = ""  # the time of the last number, where it is what the next is compared with
    relation: Relation = Relation.VALUE  # of the last number
    unit: str = ""  # of the last number
    rate: bool = False  # whether its name said that it is a rate of change
    listed: list[str] = field(default_factory=list)  # the items whose number was the last one told
    among: dict[str, str] = field(default_factory=dict)  # by unit: things of which some are told
    own: dict[str, str] = field(default_factory=dict)  # by unit: the document's parts it counted
    shares: dict[str, str] = field(default_factory=dict)  # by the name of a share: what it is of
    told: range = range(0)  # numbers here belong to what is told of things counted
    part: str = ""  # the measured noun of which parts are told (其中)
    whole: str = ""  # what the clauses behind the last 其中 tell parts of
    resumed: str = ""  # ... and the next sentence may go on with
    kinds: bool = False  # the parts are all kinds of it (分类别看)

    @property
    def last(self) -> str:
        """The last phrase; empty where there is none."""
        return self.phrases[-1] if self.phrases else ""

    @property
    def thing(self) -> str:
        """The last phrase, of a share of a plan the thing planned."""
        return self.shares.get(self.last, self.last)

    def say(self, phrase: str, base: str) -> None:
        """Remember a phrase, and of a share what it is a share of the measure of."""
        self.phrases.append(phrase)
        self.base = base
        self.here += 1

    def begin(self, start: int, opening: str, *, goes_on: bool) -> None:
        """A new sentence begins, with `opening` before its first number; behind a semicolon, and with 其中, it goes on."""
        self.consumed, self.began, self.count = start, start, 0
        self.resumed, self.whole, self.then = self.whole, "", ""
        if self.resumed and goes_on:
            self.base = self.resumed
        self.prefix, self.lead, self.linked, self.chained = "", "", False, False
        kinds_of = self.part if self.kinds else ""
        if not goes_on:
            self.here, self.relation, self.unit, self.rate = 0, Relation.VALUE, "", False
            self.by_unit.clear()
            self.among.clear()
            self.listed.clear()
            self.kinds, self.part = False, ""
            self.pass_by(opening, kinds_of)

    def pass_by(self, words: str, kinds_of: str = "") -> None:
        """Words without a number of their own are passed: 分类别看 has parts follow of what was measured last,
        or of `kinds_of`, of which other kinds were told before.
        """
        m = self.by_kind.search(words) if self.last else None
        if m is not None:
            kinds_of = m["of"] or kinds_of
            # 工业增加值下降15%。产销率为92%。分类型看: a rate has no kinds
            told = (phrase for phrase in reversed(self.phrases) if not phrase.endswith(self.rates))
            self.kinds, self.part = True, kinds_of or next(told, self.last)

    def go_into(self, whole: str) -> None:
        """Parts of a measured whole follow: 商品零售额中，饮料类增长3%."""
        self.kinds, self.part = True, whole

    @property
    def owner(self) -> str:
        """What a bare measured noun may belong to: the last phrase of this sentence, else the heading."""
        return self.base if self.here else self.title

    def recent(self, count: int) -> list[str]:
        """The last `count` phrases, of shares of a plan the things planned; empty where there are fewer."""
        last = self.phrases[-count:] if len(self.phrases) >= count else []
        return [self.shares.get(phrase, phrase) for phrase in last]


@dataclass(slots=True)
class Ask:
    """A group of numbers to name.

    `raw` is what stands before its predicate and `subject` the noun phrase in it; `following` is
    what comes behind up to the next number, `rest` up to the end of the clause; `passed` the
    clauses without a number before. Naming adds `base`, what a bare measured noun that comes next
    belongs to where it is not the phrase itself, and `told`, what stretch of `rest` went into the phrase.
    """

    clause: Clause
    group: list[Mention]
    raw: str
    subject: str
    following: str
    rest: str
    passed: str
    base: str = ""
    told: tuple[int, int] = (0, 0)
    bare: str = field(init=False)  # what stands before the predicate, without marks at its ends

    def __post_init__(self) -> None:
        """What is asked for again and again is cut once."""
        self.bare = self.raw.strip(MARKS)

    @property
    def opens_parts(self) -> bool:
        """Whether 其中 stands before it: it is a part of what was told before."""
        return "其中" in (self.bare[:2], self.passed.strip(MARKS))

    @property
    def count(self) -> int:
        """How many numbers are to be named."""
        return len(self.group)
