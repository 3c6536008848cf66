"""Things counted that are told by what became of them: 26项指标中12项达到预期, 8个县通过验收."""

from __future__ import annotations

import re

from plantrack.extract.constructions import Constructions
from plantrack.extract.mentions import Mention
from plantrack.extract.phrases import Phrases
from plantrack.extract.said import MARKS, Ask, Said
from plantrack.extract.units import Units, alternatives
from plantrack.extract.words import Cues

_CLAUSE = re.compile(r"(?:\([^()\n]{0,20}\)|[^,;:。、!?()\n])*")
_WHOLE_CLAUSE = re.compile(r"(?:\([^()\n]{0,20}\)|[^,;:。!?()\n])*")
_BRACKET = re.compile(r"\([^()]*\)")
# the clause measures something itself: 96个行政村通硬化路率达100%, 14个县脱贫人口务工就业55.8万人
_OWN_VALUE = re.compile(r"\d%|\d[万亿]\D{1,3}$")
_NUMBER = re.compile(r"\d")
_NOT = "未"
_SHORTEST = 4  # letters that tell something of a thing
_LONGEST = 30  # letters; what is longer says more than what became of a thing


class Deeds:
    """Names such things by their deed; holds the rules and nothing of any text."""

    def __init__(
        self, cues: Cues, constructions: Constructions, units: Units, phrases: Phrases
    ) -> None:
        self._cues, self._patterns = cues, constructions
        self._units, self._phrases = units, phrases
        self._deeds, self._which = tuple(cues.deeds), {"", *cues.having}
        self._since_when = re.compile(rf"^(?:{constructions.since_when.pattern}){{1,2}}")
        parts, told = alternatives(cues.own_parts), alternatives(cues.own_parts_told)
        self._own = re.compile(rf"[^,、。;:\d]{{0,4}}(?:{parts})(?={told})")
        # 经济社会发展(主要指标)
        self._kind = re.compile(rf"(?:{alternatives(cues.kinds_of_parts)})?(?:{parts})$")
        self._all = re.compile(rf"(?:{alternatives(cues.of_each)})+")

    def remember(self, text: str, m: Mention, end: int, said: Said) -> None:
        """A number only says out of how many things (26项主要指标中): some of them are told next."""
        noun, used = self._phrases.object(text[m.stop : end])
        among = self._patterns.among.match(text, m.stop, end)
        if among:
            noun, used = self._phrases.clean(among["noun"]), among.end() - m.stop
        if noun or not among:
            said.among[m.unit] = noun
        if noun.endswith(self._cues.own_parts):
            said.own[m.unit] = noun
        if self._patterns.of_these.match(text, m.stop):
            said.consumed = max(said.consumed, m.stop + used)

    def count(self, text: str, m: Mention, end: int, said: Said) -> None:
        """A number counts parts of the document (34项主要指标): later sentences may say how many did what."""
        said.own[m.unit] = self._phrases.object(text[m.stop : end])[0]

    def total(self, phrase: str, unit: str, said: Said) -> None:
        """A measured number counts such parts (预期性指标18项): those told next are some of them."""
        kind = self._kind.search(phrase)
        noun = kind[0] if kind else phrase
        said.among[unit] = noun
        said.own.setdefault(unit, noun)

    def of_some(self, ask: Ask, said: Said) -> str:
        """26项主要指标中，12项达到预期 counts 达到预期的主要指标; else empty."""
        unit, verb = ask.group[0].unit, ask.clause.predicate
        noun = said.among.get(unit, "")
        bare = ask.bare.removeprefix("其中").strip(MARKS)
        which = bare.endswith("的") and verb in self._which
        which = which and (len(bare) > _SHORTEST or bare.startswith(self._cues.own_parts_told))
        bare = self._since_when.sub("", bare) if which else bare
        untold = not bare and ask.rest.startswith(self._cues.own_parts_told)
        noun = noun or (said.own.get(unit, "") if which or untold else "")
        if not noun or ask.count > 1:
            return ""
        if which:
            ask.base, ask.clause.told = noun, True
            ask.clause.words.discard("目标")  # 提前完成2025年目标的有7项
            return bare + noun  # 达到预期进度的28项
        if deed := self._deed_before(bare, verb, own=noun.endswith(self._cues.own_parts)):
            ask.base, ask.clause.told = noun, True
            return f"{deed}的{noun}"
        if bare not in self._cues.some_of:
            return ""
        if verb and verb not in self._cues.having:
            return ""
        rest = ask.rest
        parts = (part for n in range(len(noun), 1, -1) for part in (noun[-n:], noun[:n]))
        again = next((part for part in parts if rest.startswith(part)), "")  # 行业大类中27个行业
        deed = self._deed(_WHOLE_CLAUSE, rest.removeprefix(again)).removesuffix("外")
        held, used = self._phrases.object(deed)
        measured = used < len(deed) and self._phrases.head(held)  # 产量增长
        if not deed or (held and not measured and not held.startswith(self._cues.own_parts_told)):
            return ""
        ask.base, ask.clause.told = again or noun, True
        return self._told(ask, deed, noun)

    def _deed_before(self, bare: str, verb: str, *, own: bool) -> str:
        """What stands before the number of those that did it: 已完成23项，正在推进36项，进展缓慢3项; else empty."""
        if verb:
            if bare.endswith(_NOT):
                return _NOT + verb
            return verb if verb in self._cues.carried and bare in self._cues.some_of else ""
        doing = self._patterns.being_done.fullmatch(bare)
        if doing and doing["verb"] in self._cues.verbs:
            return bare
        least = 2 if own else _SHORTEST
        told = len(bare) >= least and bare.startswith(self._cues.own_parts_told)
        return bare if told and not bare.endswith("的") else ""

    def of_thing(self, ask: Ask, noun: str, behind: str) -> str:
        """8个县全部通过验收 counts 通过验收的县; else empty: what the thing says does not need it."""
        plain = _BRACKET.sub("", noun)
        caused = ask.bare.endswith(self._cues.causing) or self.served(ask)  # 推动800家企业实施改造
        left = ask.clause.predicate in self._cues.remaining  # 仍有6个乡镇没有养老服务中心
        caused = caused or left
        own = plain.endswith(self._cues.own_parts)
        generic = plain in self._cues.generic or len(plain) <= 2
        unit = ask.group[0].unit
        shared = unit in self._units.shares and ask.rest.startswith("的")  # 80%的村建成卫生室
        if not shared and not ((own or caused or generic) and self._units.counts(unit)):
            return ""
        deed = self._deed(_CLAUSE, self._behind_siblings(behind))
        verb = next(iter(self._phrases.words(deed)), "")
        done = left or deed.startswith(self._deeds) or (caused and verb in self._cues.verbs)
        if (
            not deed
            or not (done or own)
            or _OWN_VALUE.search(deed)
            or (caused and _NUMBER.search(deed))
        ):
            return ""
        if verb in self._cues.carried_deeds:
            deed = deed.removeprefix(verb)
        ask.base, ask.clause.told = noun, own
        return self._told(ask, deed, noun) + ("占比" if shared else "")

    def served(self, ask: Ask) -> bool:
        """Whether the clause opens with those for whom something is done: 为1000家企业提供诊断."""
        serving = ask.clause.predicate in self._cues.serving and not ask.raw.strip(MARKS)
        return serving and self._units.counts(ask.group[0].unit)

    def own(self, raw: str) -> tuple[str, int]:
        """The document's own parts that `raw` begins with before what is told of them, and their length.

        主要指标 of 主要指标增速居前三; empty where it begins with none.
        """
        m = self._own.match(raw)
        return (m[0], m.end()) if m else ("", 0)

    def alone(self, raw: str) -> str:
        """The verb phrase that stands for the thing where no noun does (3家入选国家案例); else empty."""
        deed = self._deed(_CLAUSE, raw)
        words = self._phrases.words(deed)
        if not words or words[0] not in self._cues.deeds:
            return ""
        return "".join(words[1:] if words[0] in self._cues.carried_deeds else words)

    def _deed(self, pattern: re.Pattern[str], raw: str) -> str:
        """The clause at the start of `raw` without words that say it of all (全部, 均已)."""
        clause = pattern.match(raw)[0].strip()  # type: ignore[index]  # matches the empty text too
        every = self._all.match(clause)
        deed = clause[every.end() :] if every else clause
        return deed if 1 < len(deed) <= _LONGEST else ""

    def _behind_siblings(self, behind: str) -> str:
        """What follows the last of several things that one deed is told of: 9个集体、21名个人受到表彰."""
        while m := self._patterns.sibling.match(behind):
            unit = self._units.match(behind, m.end(), len(behind))
            used = self._phrases.object(behind[m.end() + len(unit) :])[1]
            if not unit or not used:
                break
            behind = behind[m.end() + len(unit) + used :]
        return behind

    def _told(self, ask: Ask, deed: str, noun: str) -> str:
        at = ask.rest.find(deed)
        ask.told = (at, at + len(deed))
        return deed + ("的" if len(deed) > 2 else "") + noun
