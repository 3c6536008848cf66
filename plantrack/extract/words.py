"""Words: the cues of rules/cues.yaml, and jieba for the word boundaries inside a phrase."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated

import jieba
from pydantic import Field

from plantrack.model.base import Model
from plantrack.model.quantity import Comparator

_LONGEST_NAME = 8  # letters; a longer name is a compound that is better cut


Share = Annotated[float, Field(ge=0, le=1)]


class Predicates(Model):
    """Verbs that stand right before a number, by what they make of it."""

    level: frozenset[str]
    up: frozenset[str]
    down: frozenset[str]


class Compare(Model):
    """Words of a difference from another place, plan or benchmark."""

    verbs: frozenset[str]
    benchmarks: frozenset[str]


class Cues(Model):
    """The word lists of rules/cues.yaml; its comments say what each is for."""

    predicates: Predicates
    doing: frozenset[str]
    carried: frozenset[str]
    bounds: dict[Comparator, frozenset[str]]
    bounds_inside: dict[Comparator, frozenset[str]]
    bounds_after: dict[Comparator, frozenset[str]]
    adverbs: frozenset[str]
    estimates: frozenset[str]
    aims: frozenset[str]
    aims_opening: frozenset[str]
    aim_sentences: tuple[str, ...]
    now: frozenset[str]
    means: frozenset[str]
    totals: frozenset[str]
    distribute: frozenset[str]
    each: frozenset[str]
    rates: frozenset[str]
    compare: Compare
    rank_heads: frozenset[str]
    openers: frozenset[str]
    manner: frozenset[str]
    verbs: frozenset[str]
    nominal: frozenset[str]
    kept: frozenset[str]
    cutting: frozenset[str]
    deeds: frozenset[str]
    stops: frozenset[str]
    trailing: frozenset[str]
    generic: frozenset[str]
    heads: frozenset[str]
    together: dict[str, tuple[str, ...]]
    goal_words: tuple[str, ...]
    owning_titles: tuple[str, ...]
    of_all: frozenset[str]
    reaching: frozenset[str]
    self_standing: frozenset[str]
    audience: tuple[str, ...]
    grouping_units: frozenset[str]
    own_parts: tuple[str, ...]
    done_to_all: tuple[str, ...]
    stock_verbs: frozenset[str]
    standing_verbs: tuple[str, ...]
    flow_nouns: tuple[str, ...]
    reach: frozenset[str]
    shares: tuple[str, ...]
    times_measured: tuple[str, ...]
    definitions: tuple[str, ...]
    naming: frozenset[str]

    @cached_property
    def before(self) -> dict[str, Comparator]:
        """Bounds that stand before a number → comparator."""
        return {word: cmp for cmp, words in self.bounds.items() for word in words}

    @cached_property
    def inside(self) -> dict[str, Comparator]:
        """Bounds between digits and unit → comparator."""
        return {word: cmp for cmp, words in self.bounds_inside.items() for word in words}

    @cached_property
    def after(self) -> dict[str, Comparator]:
        """Bounds after the unit → comparator."""
        return {word: cmp for cmp, words in self.bounds_after.items() for word in words}

    @cached_property
    def verbal(self) -> frozenset[str]:
        """All words that open a verb phrase without being part of what is measured."""
        return self.openers | self.manner | self.verbs

    def words(self, names: Iterable[str]) -> tuple[str, ...]:
        """What a tokenizer has to know: these cues, and those indicator names that hold no verb.

        A name such as 改造老旧小区 would hide from it that something is done.
        """
        opening = (self.verbs | self.kept | self.manner) - self.nominal

        def nominal(name: str) -> bool:
            if len(name) > _LONGEST_NAME or any(name[:n] in opening for n in range(2, 7)):
                return False
            return not any(verb in name for verb in self.cutting)

        verbs = self.predicates.level | self.predicates.up | self.predicates.down
        cues = sorted(self.verbs | self.openers | self.kept | self.heads | verbs)
        return (*cues, *filter(nominal, names))

    def goal_word(self, subject: str) -> str:
        """The longest word for a goal that the subject ends with; empty where it ends with none."""
        found = [word for word in self.goal_words if subject.endswith(word)]
        return max(found, key=len, default="")

    def suffix(self, text: str, words: Iterable[str] | frozenset[str], longest: int = 9) -> str:
        """The longest of `words` that `text` ends with; empty where none does."""
        for n in range(min(longest, len(text)), 0, -1):
            if text[-n:] in words:
                return text[-n:]
        return ""


class Short(Model):
    """A phrase of fewer letters than `below` is right at most this often."""

    below: int
    at_most: Share


class Rows(Model):
    """How sure a number of a table is, where its row is clear and where it has several readings."""

    clear: Share
    unclear: Share


class Confidence(Model):
    """The shares of rules/confidence.yaml; its head says how they were measured."""

    ways: dict[str, Share]
    short: Short
    rows: Rows
    named: Share
    review: Share

    def of(self, way: str, phrase: str) -> float:
        """How sure a phrase found in that way is; KeyError for a way the rules do not know."""
        sure = self.ways[way]
        return min(sure, self.short.at_most) if len(phrase) < self.short.below else sure


class Cutter:
    """jieba's tokenizer, an instance of its own with the lexicon's words.

    `cache` is the folder for jieba's dictionary cache: a private one, never the shared temporary
    folder, from which it would be loaded unchecked. None keeps nothing on disk.
    """

    def __init__(self, words: Iterable[str] = (), cache: Path | None = None) -> None:
        jieba.setLogLevel(logging.WARNING)
        self._jieba = jieba.Tokenizer()
        if cache is not None:
            self._jieba.tmp_dir = str(cache)
            self._jieba.cache_file = "words.cache"
        self._words = tuple(dict.fromkeys(words))
        self._ready = False
        self.cut = lru_cache(maxsize=4096)(self._cut)

    def _cut(self, phrase: str) -> tuple[str, ...]:
        """The words of a phrase; joined they give the phrase again."""
        if not self._ready:
            self._jieba.initialize()
            for word in self._words:
                if not self._jieba.FREQ.get(word):  # a word jieba knows keeps its weight
                    self._jieba.add_word(word)
            self._ready = True
        return tuple(self._jieba.cut(phrase, HMM=False))
