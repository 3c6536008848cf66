"""Whose figure a number is: regions and areas named in the phrase, the clause or the heading."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from plantrack.extract.constructions import Constructions
from plantrack.extract.edges import Beginnings
from plantrack.extract.owners import WITH_PARTS
from plantrack.extract.units import alternatives
from plantrack.extract.words import Cues
from plantrack.model.document import Document, SectionKind
from plantrack.model.indicator import Scope

_PARTS_AT_MOST = (SectionKind.PART, SectionKind.NOTE)
_OPENING_WORDS = 6  # letters of verbs that may open a heading before the area's name


class Scopes:
    """Finds scope names; `names` are the regions and areas to look for, `own` words that mean the document's own region,
    `inner` the areas that are parts of one region, `measured` the names of indicators.
    """

    def __init__(
        self,
        cues: Cues,
        constructions: Constructions,
        names: Iterable[str],
        own: Iterable[str] = (),
        inner: Iterable[str] = (),
        measured: Iterable[str] = (),
    ) -> None:
        self._patterns = constructions
        levels, budgets = alternatives(cues.levels), alternatives(cues.budgets)
        self._level = re.compile(rf"(?:{levels}){WITH_PARTS}(?={budgets})|(?:{levels})(?<=本级)")
        self._facility = re.compile(
            rf"(?!{alternatives(cues.no_name)})[^的、,和与及占“”]{{1,8}}?(?:{alternatives(cues.facilities)})"
        )
        self._body = re.compile(rf"[^、,和与及的]{{1,8}}?(?:{alternatives(cues.bodies)})")
        self._measured = frozenset(measured)
        self._names = Beginnings(set(names) - cues.too_wide)
        self._wide = Beginnings(cues.too_wide)
        self._own = frozenset(own)
        self._words = lru_cache(maxsize=64)(self._own_words)
        self._about = lru_cache(maxsize=4096)(self._titled)
        self._inner = frozenset(inner)

    def of(self, phrase: str, said: str, document: Document, at: int) -> tuple[Scope | None, str]:
        """The scope of a figure (None for the document's own region) and the phrase without it."""
        own = self._words(document.region.name if document.region else "")
        known = phrase in self._measured  # a learned name may begin so: 辖区产出总值
        rest = phrase if known else self._patterns.whole.sub("", phrase)
        while name := self._leading(rest, own):
            shorter = rest[len(name) :].lstrip("的")
            if len(shorter) < 2 or shorter[0] in "与和、及" or self._body.match(shorter):
                break
            if name in own:
                rest = shorter
                continue
            return Scope(name=name), shorter
        wide = self._wide.of(rest)
        if wide and rest[len(wide) :] in self._measured:
            return Scope(name=wide), rest[len(wide) :]
        if owner := self._owner(rest):
            return Scope(name=owner), rest[len(owner) :].lstrip("的")
        opening = said.lstrip(" \t\u3000—、,")
        name = self._leading(opening, own)
        behind = opening[len(name) :]
        alone = not behind.startswith(("、", "和", "与")) and not self._body.match(behind)
        if name and name not in own and alone:
            return Scope(name=name), rest
        return self._governing(document, at, own), rest

    def _owner(self, phrase: str) -> str:
        """The level of government whose budget it is (市本级), or the port or airport before what is measured there."""
        if level := self._level.match(phrase):
            return level[0]
        facility = self._facility.match(phrase)
        return facility[0] if facility and phrase[facility.end() :] in self._measured else ""

    def _governing(self, document: Document, at: int, own: Beginnings) -> Scope | None:
        """The area that the innermost heading around a place is about (增强中心城区发展能级)."""
        for section in reversed(document.sections_at(at)):
            if section.kind in _PARTS_AT_MOST:
                continue
            if name := self._about(section.title, own):
                return Scope(name=name)
        return None

    def _titled(self, title: str, own: Beginnings) -> str:
        """The area that a heading names at its start or behind a verb; empty where it names none."""
        for start in range(min(len(title), _OPENING_WORDS)):
            name = self._leading(title[start:], own)
            inner = name in self._inner or (start == 0 and len(name) >= 4)
            if name and name not in own and inner:
                return name
        return ""

    def _own_words(self, region: str) -> Beginnings:
        """The words that mean the region a document is about: its name, without 市 too, and 全市."""
        return Beginnings(self._own | {region, region[:-1] if len(region) > 2 else region})

    def _leading(self, text: str, own: Beginnings) -> str:
        """The longest scope name at the start of the text."""
        known, mine = self._names.of(text), own.of(text)
        return mine if len(mine) > len(known) else known
