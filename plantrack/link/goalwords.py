"""Goals without a number: 正增长, 保持Ⅱ类, 与经济增长同步, 翻一番, 以国家下达目标值为准."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, Protocol

from plantrack.link.goalrules import GoalRules, Place, WordKind, WordRule
from plantrack.model import (
    External,
    Goal,
    Grade,
    Measure,
    Multiply,
    Parity,
    Positive,
    Scope,
    Series,
)

_ROMAN = {"I": "Ⅰ", "II": "Ⅱ", "III": "Ⅲ", "IV": "Ⅳ", "V": "Ⅴ"}


class Identify(Protocol):
    """What finds the lexicon's id of a phrase, or None where it names none for sure."""

    def __call__(self, phrase: str, unit: str, measure: Measure | None, /) -> str | None:
        """The id, or None."""
        ...


class Said(NamedTuple):
    """A goal found in words: the phrase whose goal it is, how it is measured, and where it stands."""

    what: str
    measure: Measure
    goal: Goal
    start: int
    end: int


class Words:
    """Reads goals in words, with the rules and the lexicon's finder handed in."""

    def __init__(self, rules: GoalRules, identify: Identify, region: Scope | None) -> None:
        self._rules, self._identify, self._region = rules, identify, region

    def of_cell(self, text: str, series: Series) -> Goal:
        """The goal that a table cell's words set for `series`; External where they set none we know.

        Words that no rule covers are kept as an External goal without authority: unresolved,
        never guessed.
        """
        bare = "".join(text.split())
        for rule in self._rules.words:
            match = rule.pattern.search(bare)
            if match:
                return self._goal(rule, match, series.indicator, series.measure, bare)
        return External(text=bare)

    def in_sentence(self, sentence: str) -> Iterator[Said]:
        """The goals in words of one sentence, each phrase of a list by itself."""
        taken: list[range] = []
        for rule in self._rules.words:
            for place in rule.find(sentence):
                here = range(place.start, place.match.end())
                if place.what is None or any(
                    t.start < here.stop and here.start < t.stop for t in taken
                ):
                    continue
                found = list(self._said(rule, place, place.what))
                if found:
                    taken.append(here)
                    yield from found

    def _said(self, rule: WordRule, place: Place, phrases: str) -> Iterator[Said]:
        match = place.match
        for written in phrases.split("、"):
            what = self._rules.lead.sub("", written.strip())
            what = self._rules.stands_for.get(what, what)
            measure = self._measure(rule, what, match)
            name = self._rules.growth.sub("", what) if measure is Measure.GROWTH else what
            name = name.removesuffix("的")
            if len(name) < 2 or not self._known(name, measure):
                continue
            goal = self._goal(rule, match, name, measure, match[0])
            yield Said(name, measure, goal, place.start, match.end())

    def _known(self, name: str, measure: Measure) -> bool:
        found = self._identify(name, "", measure) or self._identify(name, "", None)
        return found is not None or bool(self._rules.measurable.search(name))

    def _measure(self, rule: WordRule, what: str, match: re.Match[str]) -> Measure:
        if rule.kind is WordKind.POSITIVE:
            return Measure.GROWTH
        if rule.kind is WordKind.PARITY:
            grows = self._rules.growth.search(what) or not match.groupdict().get("scope")
            return Measure.GROWTH if grows else Measure.LEVEL
        return Measure.LEVEL

    def _goal(
        self, rule: WordRule, match: re.Match[str], what: str, measure: Measure, written: str
    ) -> Goal:
        said = match.groupdict()
        text = written[len(said.get("what") or "") :] if written == match[0] else written
        match rule.kind:
            case WordKind.POSITIVE:
                return Positive(text=text)
            case WordKind.GRADE:
                grade = _ROMAN.get(said["grade"], said["grade"]) + "类"
                return Grade(scale=rule.scale, grade=grade, text=text)
            case WordKind.MULTIPLY:
                base = int(said["base"]) if said.get("base") else None
                return Multiply(factor=rule.factor, base_year=base, text=text)
            case WordKind.PARITY:
                text = re.sub(r"^(?:增长|提高|增速)(?=[与和同])", "", text)
                return Parity(series=self._other(said, what, measure), cmp=rule.cmp, text=text)
            case WordKind.EXTERNAL:
                return External(authority=self.authority(said.get("authority") or ""), text=text)

    def authority(self, written: str) -> str:
        """The authority that words name, in its usual form; empty where they name none."""
        return next((name for word, name in self._rules.authorities.items() if word in written), "")

    def _other(self, said: dict[str, str | None], what: str, measure: Measure) -> Series:
        """The series a goal is compared with: another one, or the same one of another region."""
        scope = said.get("scope")
        if scope:
            found = self._identify(what, "", measure)
            return Series(
                indicator=what, indicator_id=found, measure=measure, scope=Scope(name=scope)
            )
        other = self._rules.lead.sub("", (said.get("other") or "").strip())
        other = self._rules.stands_for.get(other, other)
        core = self._rules.growth.sub("", other)
        found = self._identify(other, "%", Measure.GROWTH) or self._identify(
            core, "", Measure.GROWTH
        )
        return Series(
            indicator=other, indicator_id=found, measure=Measure.GROWTH, scope=self._region
        )
