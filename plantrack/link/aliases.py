"""Brings phrases to the form in which they are compared; the rules are `rules/lexicon/normalise.yaml`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Annotated

from pydantic import AfterValidator, Field

from plantrack.model import Dimension, Measure
from plantrack.model.base import Model

_MAX_ROUNDS = 20
_CACHED = 4096
_RATES = (Measure.GROWTH, Measure.AVG_GROWTH, Measure.MULTIPLE)


def _is_pattern(text: str) -> str:
    try:
        pattern = re.compile(text)
    except re.error as error:
        raise ValueError(f"is no regular expression ({error})") from error
    if pattern.groups:
        raise ValueError("has a capturing group; write (?: … ) instead")
    if pattern.search(""):
        raise ValueError("matches where nothing stands")
    if text != text.casefold():
        raise ValueError("has capital letters, which folded text never has")
    return text


Pattern = Annotated[str, AfterValidator(_is_pattern)]
Share = Annotated[Decimal, Field(ge=0, le=1)]


class Replacement(Model):
    """A pattern and the text that takes its place."""

    find: Pattern
    put: str = ""


class UnitClass(Model):
    """Units by their ending, the dimensions that can have them, and words that complete an elided name."""

    ends: tuple[str, ...]
    fits: tuple[Dimension, ...]
    complete: tuple[str, ...] = ()


class Likeness(Model):
    """When two names are alike; shares from 0 to 1."""

    least: Share
    most: Annotated[int, Field(ge=1)]
    misfit: Share
    reordered: Share
    margin: Share
    fixed: tuple[str, ...] = ()


class NormalRules(Model):
    """The rules file as a type; its head comment explains every key."""

    drop: str
    brackets: tuple[Pattern, ...]
    families: tuple[tuple[str, ...], ...]
    replace: tuple[Replacement, ...]
    lead: tuple[str, ...]
    tail: tuple[str, ...]
    growth: Pattern
    shortest: Annotated[int, Field(ge=1)]
    units: tuple[UnitClass, ...]
    candidates: Likeness


class Normaliser:
    """Normal forms and cores of phrases, after one set of rules."""

    def __init__(self, rules: NormalRules) -> None:
        self.rules = rules
        inside = "|".join(rules.brackets)
        # a flattened table often loses the closing bracket at a line's end
        self._brackets = re.compile(rf"\((?:{inside})(?:\)|$)")
        self._drop = {ord(c): None for c in rules.drop}
        self._finds = [(re.compile(r.find).sub, _fold(r.put)) for r in rules.replace]
        # most phrases hold nothing to replace: one look spares a look for each
        self._any_find = re.compile("|".join(f"(?:{r.find})" for r in rules.replace) or r"(?!)")
        spellings = ((_fold(s), _fold(family[0])) for family in rules.families for s in family[1:])
        self._spellings = sorted(spellings, key=lambda pair: -len(pair[0]))
        self.normal = lru_cache(maxsize=_CACHED)(self._normal)
        self.unit_class = lru_cache(maxsize=_CACHED)(self._unit_class)
        self._growth = re.compile(rules.growth)
        ends = sorted(rules.tail, key=len, reverse=True)
        starts = sorted(rules.lead, key=len, reverse=True)
        self._ends = re.compile(f"(?:{'|'.join(map(re.escape, ends))})$")
        self._starts = re.compile(f"^(?:{'|'.join(map(re.escape, starts))})")

    def _normal(self, phrase: str) -> str:
        """The normal form: one spelling for all spellings of the same name. Applying it twice changes nothing."""
        for _ in range(_MAX_ROUNDS):
            phrase = _fold(phrase)
            if "(" in phrase:
                phrase = self._brackets.sub("", phrase)
            # a letter and an accent that a dropped sign kept apart may join: fold once more
            before = phrase = _fold(phrase.translate(self._drop))
            if self._any_find.search(phrase):
                for replace, put in self._finds:
                    phrase = replace(put, phrase)
            for spelling, first in self._spellings:
                if spelling in phrase:
                    phrase = phrase.replace(spelling, first)
            if phrase == before:
                break
        return phrase

    def cuts(self, normal: str) -> Iterator[tuple[str, bool]]:
        """A normal form, then without one word after another that carries no meaning of its own at its
        ends; with each, whether the words cut off said that a growth rate follows."""
        grows = False
        yield normal, grows
        while True:
            for pattern in (self._growth, self._starts, self._ends):
                rest = pattern.sub("", normal)
                if rest != normal and len(rest) >= self.rules.shortest:
                    normal, grows = rest, grows or pattern is self._growth
                    yield normal, grows
                    break
            else:
                return

    def core(self, normal: str) -> str:
        """What is left of a normal form after all cuts."""
        *_, (core, _) = self.cuts(normal)
        return core

    def _unit_class(self, unit: str) -> UnitClass | None:
        """The class a unit belongs to by its ending (before any `/`), or None."""
        head = unit.partition("/")[0]
        return next((c for c in self.rules.units if head and head.endswith(c.ends)), None)

    def speaks_of_level(self, measure: Measure | None) -> bool:
        """Whether the unit of a figure with that measure is the indicator's own."""
        return measure is not None and measure not in _RATES

    def spellings(self, name: str) -> Iterator[str]:
        """The name as written and with each member of a spelling family in another's place."""
        yield name
        for members in self._families:
            written = next((m for m in members if m in name), None)
            if written is not None:
                yield from (name.replace(written, m) for m in members if m != written)

    @cached_property
    def _families(self) -> list[list[str]]:
        return [sorted(family, key=len, reverse=True) for family in self.rules.families]


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
