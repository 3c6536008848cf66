"""Words: the cues of rules/cues.yaml, and jieba for the word boundaries inside a phrase."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from functools import cached_property, lru_cache
from math import log
from pathlib import Path
from typing import IO, Annotated

import jieba
from pydantic import Field

from plantrack.extract.edges import Endings
from plantrack.model.base import Model
from plantrack.model.figure import Figure
from plantrack.model.quantity import Comparator
from plantrack.model.tracing import Ground

_HAN = re.compile("[\u4e00-\u9fd5]+")
_LONGEST_NAME = 8  # letters; a longer name is a compound that is better cut


Share = Annotated[float, Field(ge=0, le=1)]


class Predicates(Model):
    """Verbs that stand right before a number, by what they make of it."""

    level: frozenset[str]
    up: frozenset[str]
    down: frozenset[str]

    @cached_property
    def all(self) -> frozenset[str]:
        """All of them, whatever they make of the number."""
        return self.level | self.up | self.down


class Compare(Model):
    """Words of a difference from another place, plan or benchmark."""

    verbs: frozenset[str]
    below: tuple[str, ...]
    benchmarks: frozenset[str]
    earlier: tuple[str, ...]


class Cues(Model):
    """The word lists of rules/cues.yaml; its comments say what each is for."""

    predicates: Predicates
    doing: frozenset[str]
    carried: frozenset[str]
    into: tuple[str, ...]
    dimensions: frozenset[str]
    reckoned: frozenset[str]
    contributing: tuple[str, ...]
    bounds: dict[Comparator, frozenset[str]]
    bounds_inside: dict[Comparator, frozenset[str]]
    bounds_after: dict[Comparator, frozenset[str]]
    adverbs_alone: frozenset[str]
    adverbs: frozenset[str]
    estimates: frozenset[str]
    aims: frozenset[str]
    aims_opening: frozenset[str]
    in_fact: frozenset[str]
    aim_sentences: tuple[str, ...]
    now: frozenset[str]
    means: frozenset[str]
    distribute: frozenset[str]
    elsewhere: tuple[str, ...]
    averages: tuple[str, ...]
    each: tuple[str, ...]
    having: frozenset[str]
    planned: tuple[str, ...]
    rhythms: tuple[str, ...]
    sizes: tuple[str, ...]
    places: tuple[str, ...]
    prices: tuple[str, ...]
    compare: Compare
    rank_heads: frozenset[str]
    openers: frozenset[str]
    manner: frozenset[str]
    verbs: frozenset[str]
    kept: frozenset[str]
    works: tuple[str, ...]
    cutting: frozenset[str]
    deeds: frozenset[str]
    carried_deeds: frozenset[str]
    of_each: frozenset[str]
    causing: tuple[str, ...]
    serving: frozenset[str]
    remaining: frozenset[str]
    some_of: frozenset[str]
    stops: frozenset[str]
    trailing: frozenset[str]
    generic: frozenset[str]
    heads: frozenset[str]
    together: dict[str, tuple[str, ...]]
    goal_words: tuple[str, ...]
    owning_titles: tuple[str, ...]
    of_projects: tuple[str, ...]
    estimating: tuple[str, ...]
    invested: tuple[str, ...]
    of_all: frozenset[str]
    reaching: frozenset[str]
    self_standing: frozenset[str]
    unowned: dict[str, tuple[str, ...]]
    same: frozenset[str]
    of_two: tuple[str, str]
    of_year: tuple[str, ...]
    task_ends: tuple[str, ...]
    same_all: frozenset[str]
    audience: tuple[str, ...]
    grouping_units: frozenset[str]
    policies: tuple[str, ...]
    dependent: frozenset[str]
    done_measures: tuple[str, ...]
    stages: frozenset[str]
    classes: tuple[str, ...]
    series: frozenset[str]
    any_unit: frozenset[str]
    counted_nouns: tuple[str, ...]
    halves: frozenset[str]
    adding_up: tuple[str, ...]
    contributions: frozenset[str]
    behind_whole: frozenset[str]
    branch_measures: dict[str, str]
    branches: tuple[str, ...]
    kinds_named: tuple[str, ...]
    done_by: tuple[str, ...]
    made_in: tuple[str, ...]
    honours: frozenset[str]
    attendants: frozenset[str]
    amounts: frozenset[str]
    no_class: tuple[str, ...]
    kept_kinds: tuple[str, ...]
    belongings: tuple[str, ...]
    asides: tuple[str, ...]
    opposites: tuple[tuple[str, str], ...]
    carriers: frozenset[str]
    toward: tuple[str, ...]
    counterparts: tuple[tuple[str, str], ...]
    wholes: dict[str, tuple[str, ...]]
    own_parts: tuple[str, ...]
    own_parts_told: tuple[str, ...]
    done_to_all: tuple[str, ...]
    added: tuple[str, ...]
    stock_verbs: frozenset[str]
    built: frozenset[str]
    standing_verbs: tuple[str, ...]
    threshold_units: tuple[str, ...]
    size_units: tuple[str, ...]
    size_nouns: frozenset[str]
    size_sums: frozenset[str]
    project_ends: tuple[str, ...]
    share_nouns: tuple[str, ...]
    policy_units: frozenset[str]
    kinds_of_parts: tuple[str, ...]
    own_part_units: frozenset[str]
    order_units: frozenset[str]
    links: tuple[str, ...]
    unit_links: tuple[str, ...]
    equals: tuple[str, ...]
    too_wide: frozenset[str]
    whole_sums: tuple[str, ...]
    planned_things: tuple[str, ...]
    reach_endings: tuple[str, ...]
    betters: frozenset[str]
    better_low: tuple[str, ...]
    growths: tuple[str, ...]
    reductions: tuple[str, ...]
    unitless: tuple[str, ...]
    flow_nouns: tuple[str, ...]
    extents: tuple[str, ...]
    lettered: tuple[str, ...]
    every_year: tuple[str, ...]
    yearly_names: tuple[str, ...]
    summed_nouns: tuple[str, ...]
    reach: frozenset[str]
    passing: frozenset[str]
    shares: tuple[str, ...]
    times_measured: tuple[str, ...]
    rates_of_years: tuple[str, ...]
    sums_of_years: tuple[str, ...]
    goals_of_a_year: tuple[str, ...]
    planning: tuple[str, ...]
    definitions: tuple[str, ...]
    naming: frozenset[str]
    naming_times: frozenset[str]
    attributes: frozenset[str]
    levels: tuple[str, ...]
    budgets: tuple[str, ...]
    bodies: tuple[str, ...]
    facilities: tuple[str, ...]
    no_name: tuple[str, ...]
    counted: int

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
        opening = self.verbs | self.kept | self.manner

        def nominal(name: str) -> bool:
            if len(name) > _LONGEST_NAME or any(name[:n] in opening for n in range(2, 7)):
                return False
            return not any(verb in name for verb in self.cutting)

        known = self.verbs | self.openers | self.kept | self.heads | self.attributes
        cues = sorted(known | self.predicates.all)
        return (*cues, *filter(nominal, names))

    def goal_word(self, subject: str) -> str:
        """The longest word for a goal that the subject ends with; empty where it ends with none."""
        return self._goal_endings.of(subject)

    @cached_property
    def _goal_endings(self) -> Endings:
        return Endings(self.goal_words)


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
    framed: Share
    review: Share

    def doubts(self, figure: Figure) -> bool:
        """Whether a linked figure is too doubtful for a board."""
        return figure.confidence < self.review

    def of(self, way: str, phrase: str) -> float:
        """How sure a phrase found in that way is; KeyError for a way the rules do not know."""
        return min(share for share, _ in self.parts(way, phrase))

    def parts(self, way: str, phrase: str) -> tuple[tuple[float, Ground], ...]:
        """What `of` is the least of, each share with its ground."""
        found = (self.ways[way], Ground.BY_WAY)
        short = len(phrase) < self.short.below
        return (found, (self.short.at_most, Ground.SHORT)) if short else (found,)


class _Common(jieba.Tokenizer):  # type: ignore[misc]  # jieba has no types
    """jieba's tokenizer without the rare half of its dictionary: those words are places, persons
    and accidents (降至 in 比降至); without them it loads in a third of the time.
    """

    initialized: bool

    def __init__(self, least: int) -> None:
        super().__init__()
        self._least = least

    def initialize(self, dictionary: str | None = None) -> None:
        """Load the dictionary; without a folder of its own nothing is read from a cache or written to one."""
        if self.tmp_dir is not None:
            super().initialize(dictionary)
        elif not self.initialized:
            self.FREQ, self.total = self.gen_pfdict(self.get_dict_file())
            self.initialized = True

    def gen_pfdict(self, f: IO[bytes]) -> tuple[dict[str, int], int]:
        """The dictionary file as jieba holds it: each word with its count, each beginning of one with 0."""
        counts, total = super().gen_pfdict(f)
        common: dict[str, int] = {}
        for word, count in counts.items():
            if count >= self._least or (count and len(word) == 1):
                common[word] = count
                for n in range(1, len(word)):
                    common.setdefault(word[:n], 0)
        return common, total

    def get_DAG(self, sentence: str) -> None:
        """Nothing: `_lasts` looks the words up itself."""

    def calc(self, sentence: str, DAG: None, route: dict[int, tuple[float, int]]) -> None:
        """The most probable cut from each letter on, as jieba's own way over mixed text asks for it."""
        route.update((at, (0.0, last)) for at, last in enumerate(self._lasts(sentence)))

    def _lasts(self, letters: str) -> list[int]:
        """For each letter the last one of the word that begins at it in the most probable cut.

        jieba's method, in one go over letters and words: of equally probable words the longest.
        """
        count_of, whole, length = self.FREQ.get, log(self.total), len(letters)
        sure = [0.0] * (length + 1)  # how probable the cut from each letter on is
        lasts = [0] * length
        for at in range(length - 1, -1, -1):
            end = at + 1
            best, last, known = sure[end] - whole, at, False
            count = count_of(letters[at])
            while count is not None:  # 0: only the beginning of a word
                if count:
                    this = log(count) - whole + sure[end]
                    if this >= best or not known:
                        best, last, known = this, end - 1, True
                if end == length:
                    break
                end += 1
                count = count_of(letters[at:end])
            sure[at], lasts[at] = best, last
        return lasts

    def words(self, phrase: str) -> tuple[str, ...]:
        """What `cut` gives for Chinese letters alone, without its way over blocks, digits and Latin letters."""
        lasts = self._lasts(phrase)
        found, at, length = [], 0, len(phrase)
        while at < length:
            end = lasts[at] + 1
            found.append(phrase[at:end])
            at = end
        return tuple(found)


class Cutter:
    """jieba's tokenizer, an instance of its own with the lexicon's words.

    `least` is how often a word of jieba's dictionary must have been counted to be known. `cache`
    is the folder for the dictionary's cache: a private one, never the shared temporary folder,
    from which it would be loaded unchecked. None keeps nothing on disk.
    """

    def __init__(
        self, words: Iterable[str] = (), cache: Path | None = None, least: int = 1
    ) -> None:
        jieba.setLogLevel(logging.WARNING)
        self._jieba = _Common(least)
        if cache is not None:
            self._jieba.tmp_dir = str(cache)
            self._jieba.cache_file = f"words-{jieba.__version__}-{least}.cache"
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
        if _HAN.fullmatch(phrase):
            return self._jieba.words(phrase)
        return tuple(self._jieba.cut(phrase, HMM=False))
