"""Whose measured noun it is: an owner, or the whole of a share, that the clause leaves out."""

from __future__ import annotations

import re

from plantrack.extract.constructions import Constructions
from plantrack.extract.phrases import Phrases
from plantrack.extract.said import Said
from plantrack.extract.units import alternatives
from plantrack.extract.words import Cues

WITH_PARTS = r"(?:\([^()]{1,12}\))?"  # behind a level, what it takes in: 市级(含开发区)
_QUALIFIED = 2  # letters before a measured noun that only say which sort of it: 设计库容


class Owners:
    """Gives bare nouns their owners; holds the rules and nothing of any text."""

    def __init__(self, cues: Cues, constructions: Constructions, phrases: Phrases) -> None:
        self._cues, self._patterns, self._phrases = cues, constructions, phrases
        # 规划总投资 says more than how it was reckoned
        guessed = (word for word in cues.estimating if word not in cues.aims)
        self._guessed = re.compile(rf"^(?:{alternatives(guessed)})+")
        self._levels = re.compile(rf"(?:{alternatives(cues.levels)}){WITH_PARTS}")

    def owned(self, phrase: str, said: Said) -> str:
        """A bare measured noun gets the owner that stood before, a bare share its whole."""
        if whole := self._whole_of(phrase, said):
            return whole
        level = self._levels.match(phrase)
        if level and self._phrases.is_head(phrase[level.end() :]):  # 市本级支出
            owned = self.owned(phrase[level.end() :], said)
            return level[0] + self._levels.sub("", owned, count=1)  # of no level told before
        if said.title and not said.count and self._phrases.is_head(phrase):
            return self._phrases.own(phrase, self._phrases.owner(said.title))
        person = self._patterns.per_person.match(said.last) if said.here else None
        if person and phrase.startswith(person["each"]):  # 农村居民人均收入2万元；人均消费支出1万元
            return person["who"] + phrase
        if not said.here and said.resumed.endswith(phrase) and self._phrases.is_head(phrase):
            return said.resumed  # 固定资产投资541亿元，其中民航投资19亿元。2020年完成投资160亿元
        first = said.phrases[0] if said.phrases and not said.here else ""
        near = (said.part, said.last) if not said.count else (said.last, said.part)
        if base := self._phrases.counterpart(phrase, said.resumed, first, *near):
            return base
        if said.here and phrase.removeprefix("其") in self._cues.of_all:
            if said.whole and phrase in self._cues.shares and said.last != said.whole:
                return f"{said.last}占{said.whole}比重"
            share = self._phrases.own(phrase, self._phrases.without_kept(said.last))
            return self._whole_of(share, said) or share
        if said.project and self._of_project(phrase, said):
            return self._phrases.own(phrase, said.project)
        if said.owner.endswith(self._cues.unowned.get(phrase, ())):
            return phrase
        owned = phrase
        if said.owner and self._phrases.is_head(phrase):
            if phrase[:2] == said.owner[-2:] and self._phrases.ends_known(said.owner):
                return said.owner + phrase[2:]  # 研究与试验发展经费投入159亿元，投入强度1.3%
            owned = self._phrases.own(phrase, self._phrases.owner(said.owner))
        return self._invested(phrase, said) if owned == phrase else owned

    def _of_project(self, phrase: str, said: Said) -> bool:
        """Whether a phrase says no more than what is measured of the project its paragraph is about: its
        investment, and what stands right behind its name.
        """
        head = self._phrases.head(phrase)
        bare = bool(head) and len(phrase) - len(head) <= _QUALIFIED
        return bare and (not said.phrases or head.endswith(self._cues.of_projects))

    def _invested(self, phrase: str, said: Said) -> str:
        """A bare investment belongs to the works that its paragraph told last, or that it told the investment of:
        重点工程46项，估算总投资79亿元. Any other phrase stays as it is.
        """
        noun = self._guessed.sub("", phrase)
        if self._phrases.without_estimate(noun) not in self._cues.invested:
            return phrase
        for told in reversed(said.phrases):
            works = told.endswith(self._cues.planned_things)
            if works or told.endswith(self._cues.invested):
                owner = self._phrases.core(told) if works else self._phrases.owner(told)
                if owner := self._phrases.without_kept(owner):
                    return self._phrases.own(noun, owner)
        return phrase

    def _whole_of(self, phrase: str, said: Said) -> str:
        """A share with the whole that is left out: 预算收入448亿元，税收占比78% is 税收占预算收入比重;
        behind 第一产业占生产总值比重 a 第二产业比重 is of the same; else empty.
        """
        share = self._patterns.share.fullmatch(phrase)
        if share is None or not said.last:
            return ""
        part = share["part"]
        told = self._patterns.share_of_whole.fullmatch(said.last)
        if told and told["part"][-2:] == part[-2:]:
            return f"{part}占{told['whole']}"
        wholes = self._cues.wholes.get(part)
        if not wholes or not said.here:
            return ""
        whole = next((p for p in reversed(said.phrases) if p.endswith(wholes)), "")
        return f"{part}占{whole}比重" if whole else ""
