"""The phrase that names what is measured: cleaning, owners, what it ends in."""

from __future__ import annotations

import re

from plantrack.extract.constructions import Constructions
from plantrack.extract.edges import Beginnings, Endings
from plantrack.extract.units import alternatives
from plantrack.extract.words import Cues, Cutter

_EDGE_LEFT = " \t\u3000、,;:的之了和与及—-·\n\r)”①②③④⑤⑥⑦⑧⑨⑩"
_EDGE_RIGHT = " \t\u3000、,;:之了而—-·\n\r(“"
_FUNCTION_WORDS = tuple("的和与及在从由")
_MARKS = frozenset("、，,;:的之了·—-)”") | {""}
_CLAUSE = re.compile(r"(?:\([^()\n]{0,20}\)|[^,;:。、!?()\n])*")
RATE_ENDS = 20  # letters at the end of a name that may say it is a rate
_LONGEST = 60  # a phrase longer than this is no name


class Phrases:
    """Turns pieces of a sentence into indicator phrases; holds the rules and nothing of any text."""

    def __init__(
        self,
        cues: Cues,
        constructions: Constructions,
        cutter: Cutter,
        names: frozenset[str] = frozenset(),
    ) -> None:
        self._cues, self._patterns = cues, constructions
        self._cutter, self._names = cutter, names
        opening = Beginnings(cues.openers | cues.manner | cues.verbs | cues.kept)
        # names that begin with nothing that might be cut off: they need not be cut into words
        self._clean = frozenset(name for name in names if not opening.of(name))
        self._name_ends = frozenset(name[-2:] for name in names)
        self._heads, self._endings = Endings(cues.heads), Endings(names)
        self._kept = Beginnings(cues.kept)
        self._estimated = re.compile(rf"(?:{alternatives(cues.estimating)})+")
        self.changes = Endings(("增长", *cues.reductions))  # of what is measured
        self._counterparts = [pair for a, b in cues.counterparts for pair in ((a, b), (b, a))]
        self._any_counterpart = re.compile(alternatives(here for here, _ in self._counterparts))
        self._stops = (
            cues.stops | cues.deeds | {verb for verb in cues.predicates.all if len(verb) > 1}
        )

    def clean(self, raw: str) -> str:
        """The noun phrase in `raw`, the text before a predicate or number; empty where there is none."""
        text = self._patterns.of_plan.sub("", trim(raw))
        text = self._after_enumeration(text)
        if not text or text in self._clean:
            return text
        words = list(self._cutter.cut(text[-_LONGEST:]))
        while len(words) > 1 and words[-1] in self._cues.aims_opening:
            words.pop()  # 外贸进出口力争, behind which a rate was told
        kept = self._after_cutting(words)
        phrase = trim("".join(self._without_opening(kept) or self._without_opening(words)))
        if self.is_head(phrase) and len(kept) < len(words):
            # 重点项目完成投资: the noun behind the verb belongs to what stands before it
            before = words[: -len(kept) - 1]
            while before and (
                before[-1] in self._cues.aims
                or (len(before[-1]) == 1 and before[-1] in self._cues.adverbs)
            ):
                before.pop()  # 铁塔公司已完成投资, 农村公路计划完成投资
            owner = trim("".join(self._without_opening(before)))
            return self.own(phrase, owner) if len(owner) > 1 else phrase
        return phrase

    def object(self, raw: str, *, done_for: bool = False) -> tuple[str, int]:
        """The noun phrase that `raw` begins with and how many characters it takes; empty where it begins with none.

        It ends before a verb, an adverb or a mark; nouns for doing at its end (建设) are cut. Where
        something is `done_for` it, it ends before whatever may be done.
        """
        head = _CLAUSE.match(raw)[0]  # type: ignore[index]  # matches the empty text too
        lead = len(head) - len(head.lstrip("的 "))
        taken: list[str] = []
        quoted = False
        for word in self._cutter.cut(head[lead : lead + _LONGEST]):
            if not quoted and (self._ends(word) or (done_for and word in self._cues.verbs)):
                break
            quoted = word == "“" or (quoted and word != "”")
            taken.append(word)
        while taken and taken[-1] in ("的", "和", "与", "及"):
            taken.pop()
        used = lead + len("".join(taken)) if taken else 0
        while taken and taken[-1] in self._cues.trailing:
            taken.pop()
        return trim("".join(taken)), used

    def _ends(self, word: str) -> bool:
        """Whether a word ends the noun phrase before it: 持续推进, 协同发力 end it by either half."""
        if word in self._stops:
            return True
        return len(word) == 4 and (word[:2] in self._stops or word[2:] in self._stops)

    def words(self, raw: str) -> tuple[str, ...]:
        """The words of a text, of a long one those it begins with."""
        return self._cutter.cut(raw[:_LONGEST])

    def known(self, phrase: str) -> bool:
        """Whether the phrase is an indicator's own name."""
        return phrase in self._names

    def ends_known(self, phrase: str) -> bool:
        """Whether the phrase ends in an indicator's own name."""
        return bool(self._endings.of(phrase))

    def complete(self, phrase: str) -> bool:
        """Whether the phrase says what is measured: an indicator's name, or one that ends in a measured noun."""
        return self.known(phrase) or bool(self.head(phrase))

    def of_title(self, title: str) -> str:
        """The indicator that is all of a heading, perhaps with what becomes of it (…能源消耗降低); else empty."""
        if self.known(title):
            return title
        name = self._patterns.rate.without(title)
        name = name.removesuffix(self.changes.of(name))
        whole = self.complete(name) and not self.is_head(name)
        return name if whole and self.clean(name) == name else ""

    def head(self, phrase: str) -> str:
        """The longest measured noun the phrase ends with; empty where it ends with none."""
        return self._heads.of(phrase)

    def whole_head(self, phrase: str) -> str:
        """As `head`, but a noun that only says how much (规模, 总额) with the indicator's name before it."""
        head = self.head(phrase)
        if head not in self._cues.amounts:
            base = phrase[: -len(head)] if head else ""
            return next((k for k in self._cues.kept_kinds if base.endswith(k)), "") + head
        named = self._endings.of(phrase[: -len(head)])
        return named + head if named else phrase

    def is_head(self, phrase: str) -> bool:
        """Whether the phrase is nothing but a measured noun that needs an owner."""
        noun = phrase.removeprefix("其").removeprefix("累计")
        if noun in self._cues.self_standing:
            return False
        if "、" in noun and all(map(self.is_head, noun.split("、"))):
            return True  # 办结率、满意率
        bare_rate = self._patterns.bare_rate.fullmatch(noun) is not None and not self.known(noun)
        return noun in self._cues.heads or bare_rate

    def owner(self, phrase: str) -> str:
        """Whose measured noun it is: the phrase without the noun, without what was newly done, and without deeds."""
        base = self._patterns.counted.sub("", self.without_kept(phrase))
        base = self._patterns.laid_down.sub("", base)
        base = base.removesuffix(self.head(base))
        if self._estimated.fullmatch(base) or self._patterns.all_kinds.match(base):
            return ""  # 各级各类学校860所，在校学生62万人
        words = list(self._cutter.cut(base))
        for i, word in enumerate(words):
            if (
                i
                and word in self._cues.verbs
                and len("".join(words[:i])) >= 3
                and "的" not in words[i:]
            ):
                words = words[:i]
                break
        while words and (words[-1] in self._cues.openers or words[-1] in self._cues.manner):
            words.pop()
        return trim("".join(words))

    def kept(self, phrase: str) -> str:
        """The verb at the front that changes what is measured (新增…); empty where there is none."""
        return self._kept.of(phrase[:-1])

    def without_kept(self, phrase: str) -> str:
        """The phrase without a verb that says it is new: 新培育企业 → 企业; works (新建…) keep theirs."""
        kept = self.kept(phrase)
        works = kept and any(verb in kept for verb in self._cues.works)
        return phrase if works else phrase[len(kept) :]

    def without_estimate(self, phrase: str) -> str:
        """The phrase without how it was reckoned: 估算总投资 → 总投资."""
        m = self._estimated.match(phrase)
        return phrase[m.end() :] if m else phrase

    def own(self, phrase: str, owner: str) -> str:
        """A measured noun with its owner before it."""
        noun = phrase.removeprefix("其")
        return noun if not owner or noun.startswith(owner) else join(owner, noun)

    def counterpart(self, phrase: str, *before: str) -> str:
        """A name that shares its owner with its counterpart, the first of those said before; else empty.

        金融机构本外币存款余额…；贷款余额 is 金融机构本外币贷款余额.
        """
        opening = phrase[:4]
        if self._any_counterpart.search(opening) is None:
            return ""  # as nearly every name
        pairs = [pair for pair in self._counterparts if pair[0] in opening]
        return next(filter(None, (self._beside(phrase, one, pairs) for one in before)), "")

    def _beside(self, phrase: str, before: str, pairs: list[tuple[str, str]]) -> str:
        for here, there in pairs:
            lead, _, rest = phrase.partition(here)
            if (at := before.rfind(there + rest)) > 0:
                owner = before[:at]
                if not owner.endswith(lead):
                    return ""
                owner = owner.removesuffix(lead)
                return owner + phrase if not phrase.startswith(owner) else ""
        return ""

    def _after_enumeration(self, text: str) -> str:
        """Drop a list of examples before 等: 甲港、乙港、丙港等主要港口接入率 → 主要港口接入率."""
        at = text.rfind("等")
        if at < 1 or at + 1 == len(text):
            return "" if at >= 1 and at + 1 == len(text) else text
        if self._patterns.no_examples.match(text, at):
            return text
        named = "”" in text[:at] or text.endswith(self._cues.classes)  # “昆楚大”等高速公路
        if len(text) - at <= (4 if named else 5):
            return text
        kept = self.kept(text[:at])
        return kept + text[at + 1 :].removeprefix(kept)

    def only_leads(self, raw: str) -> bool:
        """Whether the words before a number end in a verb that the thing counted belongs to (…推动7户…)."""
        words = self._cutter.cut(trim(raw)[-_LONGEST:])
        return len(words) > 1 and words[-1] in self._cues.cutting

    def _after_cutting(self, words: list[str]) -> list[str]:
        """Start behind the last verb after which the thing measured begins, if anything is left then."""
        for i in range(len(words) - 2, -1, -1):
            if words[i + 1] == "的":
                continue  # 通过网络实现的零售额: the verb belongs to the name
            if words[i] in self._cues.cutting and len("".join(words[i + 1 :])) >= 2:
                if name := self._name_across(words, i):
                    return name
                if words[i] in self._cues.kept or not self._says(words[i + 1 :]):
                    return words[i:]  # 发放资金: with the verb gone hardly anything is left
                return words[i + 1 :]
        return words

    def _name_across(self, words: list[str], i: int) -> list[str]:
        """The words of an indicator's name that the verb at `i` belongs to: 重点建设用地安全利用率, 接待游客."""
        tails = (words[j:] for j in range(i + 1))
        return next((tail for tail in tails if self.known("".join(tail))), [])

    def _without_opening(self, words: list[str]) -> list[str]:
        """Drop words in front that open a verb phrase; keep those that change what is measured.

        A manner word only opens where a verb follows (基本建成, but 基本医疗保险); a verb stays
        where hardly anything else is left (分配公租房).
        """
        for i, word in enumerate(words):
            if self.kept("".join(words[i : i + 3]) + "#"):
                return words[i:]
            toward = word == "对" and "".join(words[i + 1 :]).endswith(self._cues.toward)
            having = word in self._cues.having and "的" in words[i:]  # 有进出口实绩的企业
            if (word in _MARKS or word in self._cues.openers) and not toward and not having:
                continue
            following = words[i + 1] if i + 1 < len(words) else ""
            if word in self._cues.manner and (not following or following in self._cues.verbal):
                continue
            if word not in self._cues.verbs:
                verb = i > 0 and words[i - 1] in self._cues.verbs
                rest = "".join(words[i:])
                whole = self.known(words[i - 1] + rest) or (
                    rest.endswith(self._cues.done_measures) and self.is_head(rest)
                )  # 绿化覆盖率
                return (
                    words[i - 1 :] if verb and (whole or not self._says(words[i:])) else words[i:]
                )
        done = next((i for i, word in enumerate(words) if word in self._cues.carried), len(words))
        return words[done + 1 :]  # 完成造林: what is done is itself a verb

    def _says(self, words: list[str]) -> bool:
        return len("".join(words)) > 3 or words[0] in self._cues.heads

    def core(self, phrase: str) -> str:
        """The noun a phrase ends in, without what was done with it: 签约项目, 《纲要》安排的项目 → 项目."""
        words = list(self._cutter.cut(self._patterns.laid_down.sub("", phrase)))
        while len(words) > 1 and (words[0] in self._cues.verbs or words[0] in self._cues.kept):
            words.pop(0)
        return "".join(words)

    def opening_name(self, clause: str) -> str:
        """The longest measured noun or indicator's name that a clause opens with (民间投资增速转正); else empty."""
        words = self._cutter.cut(clause.lstrip(_EDGE_LEFT)[:_LONGEST])
        ends = next((i for i, word in enumerate(words) if self._ends(word)), len(words))
        for n in range(ends, 0, -1):
            raw = "".join(words[:n])
            rate = self._patterns.rate.search(raw, max(0, len(raw) - RATE_ENDS))
            if not (raw[-2:] in self._name_ends or self.head(raw) or rate):
                continue  # what is cleaned keeps its end
            noun = self.clean(raw)
            plain = self._patterns.rate.without(noun)
            if plain and (plain != noun or self.complete(noun)):
                return plain
        return ""

    def topic(self, clause: str) -> str:
        """What a clause without a number is about: the words behind its last verb."""
        words = list(self._cutter.cut(trim(clause)[-_LONGEST:]))
        for i in range(len(words) - 2, -1, -1):
            if words[i] in self._cues.verbs or words[i][2:] in self._cues.verbs:  # 全面推行
                words = words[i + 1 :]
                break
        return trim("".join(self._without_opening(words)))


def join(part: str, tail: str) -> str:
    """Part and tail with what both share written once: 养老保险 + 保险参保人数 → 养老保险参保人数."""
    for n in range(min(len(part), len(tail)), 0, -1):
        if part.endswith(tail[:n]):
            return part + tail[n:]
    return part + tail


def trim(text: str) -> str:
    """Without marks and function words at either end, and without a bracket or quote left open."""
    text = text.lstrip(_EDGE_LEFT).rstrip(_EDGE_RIGHT)
    if text.endswith(_FUNCTION_WORDS):
        text = text[:-1]
    if ("”" in text and text.count("”") > text.count("“")) or (
        ")" in text and text.count(")") > text.count("(")
    ):
        cut = max(text.find("”"), text.find(")"))
        text = text[cut + 1 :] if cut + 1 < len(text) else text[:cut]
    return text.lstrip(_EDGE_LEFT)
