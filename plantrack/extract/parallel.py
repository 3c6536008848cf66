"""What is measured in parts and kinds, which share the noun that was said before them."""

from __future__ import annotations

from plantrack.extract.clause import Relation
from plantrack.extract.constructions import Constructions
from plantrack.extract.phrases import Phrases
from plantrack.extract.said import Ask, Said
from plantrack.extract.units import Units
from plantrack.extract.words import Cues

_Names = list[str] | None
_BULK = frozenset({"mass", "volume", "energy"})


class Parallel:
    """Names numbers by a measured noun said before; holds the rules and nothing of any text."""

    def __init__(
        self, cues: Cues, constructions: Constructions, units: Units, phrases: Phrases
    ) -> None:
        self._cues, self._patterns = cues, constructions
        self._units, self._phrases = units, phrases
        self._from = tuple(cues.after)

    def names(self, ask: Ask, said: Said) -> _Names:
        """第一产业增加值58亿元；第二产业198亿元, or parts told behind 其中: the measured noun is shared."""
        clause, unit = ask.clause, ask.group[0].unit
        alike = self._units.alike(unit)
        whole = ask.bare.removeprefix("其中").lstrip(",").removeprefix("对") == ask.subject
        opens = ask.opens_parts and not said.kinds
        part = said.last if opens else said.part
        grown = part or (said.last if self._grows_on(ask, said) else "")
        beside = ask.subject[-2:] in said.by_unit.get(alike, "")
        theirs = said.by_unit.get(alike, "").endswith(self._cues.belongings)
        wide = said.kinds or beside or theirs or (grown and grown != part)
        longest = 20 if wide or ask.subject.endswith(self._cues.sizes) else 6
        if placed := self._placed(ask.subject, said) or self._beside(ask, said):
            return [placed] * ask.count
        # 第一产业 is an indicator's name too, but not where kinds of something are told
        complete = self._phrases.head if said.kinds else self._phrases.complete
        if not whole or len(ask.subject) > longest or complete(ask.subject):
            return None
        if said.last.endswith(self._cues.unowned.get(ask.subject, ())):
            return None
        if self._patterns.measured.search(ask.subject) or self._phrases.kept(ask.subject):
            return None  # 地下水开采量, 新改建农村公路
        said.part = part
        if ask.bare.removeprefix("其中").startswith("对") and said.last.startswith("对"):
            head = self._phrases.head(said.last)
            return [f"对{ask.subject}{head}"] * ask.count  # 对东盟进出口…，对欧盟下降6%
        if self._units.counts(unit) and ask.subject.endswith(self._cues.sizes):
            noun = self._phrases.core(self._phrases.without_kept(said.by_unit.get(alike, "")))
            noun = self._patterns.kinds_ahead.sub("", noun)
            noun = noun.removeprefix(next((s for s in self._cues.sizes if noun.startswith(s)), ""))
            if noun:
                kept = self._phrases.kept(said.by_unit[alike])
                return [kept + ask.subject + noun] * ask.count  # 水库563座，其中大型3座
        place = self._place_of(ask.subject, said.part)
        measured = said.part if place else said.by_unit.get(alike, "")
        half = ask.subject in self._cues.halves
        if half and not said.here and ask.passed.endswith(":"):
            measured = said.last  # 居民人均可支配收入：城镇4.4万元、农村1.8万元
        if not measured and said.part and said.part == said.counted.get(unit):
            measured = said.part  # 投资97亿元，总量居第4位。其中高速公路完成52亿元
        if said.chained and not (said.part or half) and ask.subject[-2:] not in measured:
            return None
        if not measured and not clause.predicate and said.here and self._bulk(unit):
            head = self._phrases.head(said.last)
            if head in self._cues.any_unit:
                return [ask.subject + head] * ask.count  # 原煤产量5.7亿吨；天然气182亿立方米
        listed = said.joined and not ask.subject.endswith(self._cues.share_nouns)
        again = unit == said.unit and unit in self._units.shares and not clause.predicate
        if again and (said.kinds or listed):
            # 采矿业增长0.6%，制造业8.1%; 轻工业增长8.3%、重工业10.9%
            clause.relation = said.relation
        reached = clause.predicate.endswith(self._cues.reach_endings)
        spent = clause.predicate in self._cues.doing and measured == said.part and not said.kinds
        if unit and measured and (not clause.predicate or reached or spent):
            return self._same(ask, measured, place, said)
        if clause.relation in (Relation.UP, Relation.DOWN) and (said.here or grown):
            return self._same(ask, grown, place, said) if grown else None
        return None

    def _place_of(self, subject: str, part: str) -> bool:
        """Whether parts of what was measured are told of a place; but 示范村镇 beside 专业村镇 is of its kind."""
        placed = bool(part) and subject.endswith(self._cues.places)
        return placed and not part.endswith(subject[-2:])

    def _placed(self, subject: str, said: Said) -> str:
        """规模以上工业增加值增长6%。分地区看，东部地区增加值增长4%: of a place the same is measured; else empty."""
        head = self._phrases.head(subject) if said.kinds else ""
        place = subject.removesuffix(head)
        whole = bool(head) and said.part.endswith(head) and place.endswith(self._cues.places)
        return place + said.part if whole else ""

    def _beside(self, ask: Ask, said: Said) -> str:
        """省级智能制造示范工厂12家、示范车间186个: things honoured alike in one list are of one kind; else empty."""
        subject, before = ask.subject, said.last
        if not said.chained or ask.clause.predicate or not self._units.counts(ask.group[0].unit):
            return ""
        at = before.rfind(subject[:2]) if subject[:2] in self._cues.honours else -1
        alike = at > 0 and abs(len(before) - at - len(subject)) <= 1
        return before[:at] + subject if alike else ""

    def _bulk(self, unit: str) -> bool:
        """Whether a unit measures goods by what there is of them: 吨, 立方米, 千瓦时."""
        return self._units.kind(unit) in _BULK

    def _grows_on(self, ask: Ask, said: Said) -> bool:
        """汽车类零售额增长6%，家电类下降2%: rates of one thing after another."""
        rates = said.relation in (Relation.UP, Relation.DOWN) and said.unit == ask.group[0].unit
        return rates and self._phrases.head(said.last) in self._cues.series

    def of_kinds(self, items: list[str], ask: Ask, said: Said) -> list[str]:
        """The names of a list of kinds or parts of what was measured: 分产业看，第一、二、三产业分别增长…,
        其中城镇、农村居民分别为2.5万元、8015元
        """
        part = said.part if said.kinds else said.last if ask.opens_parts else ""
        if not part or any(map(self._phrases.head, items)):
            return items
        if all(self._place_of(item, part) for item in items):
            # 建成高标准农田40万亩，其中甲市、乙县分别3万亩、12万亩
            return [item + part for item in items]
        named = (self._of_other(item, ask, part, said) for item in items)
        return [name or item for name, item in zip(named, items, strict=True)]

    def _same(self, ask: Ask, measured: str, place: bool, said: Said) -> _Names:
        """The noun of `measured` for another subject: 农村居民 beside 城镇居民收入 is 农村居民收入."""
        if place:
            return [ask.subject + measured] * ask.count
        name = self._of_other(ask.subject, ask, measured, said)
        return [name] * ask.count if name else None

    def _of_other(self, subject: str, ask: Ask, measured: str, said: Said) -> str:
        """The noun of `measured` for one other subject; empty where it has none."""
        if subject.endswith(self._cues.branches):
            for whole, noun in self._cues.branch_measures.items():
                if whole in measured:
                    return subject + noun
        if measured == said.part and measured.endswith(self._cues.prices):
            return subject + measured  # 食品烟酒类居民消费价格
        if subject.endswith("级") and "级" in measured:  # A级物流企业64家，其中5A级3家
            return subject + measured.partition("级")[2]
        if subject in self._cues.behind_whole:
            other = next((w for w in self._cues.behind_whole if measured.endswith(w)), "")
            return measured.removesuffix(other) + subject
        if thing := next((b for b in self._cues.belongings if measured.endswith(b)), ""):
            return self._phrases.own(thing, subject)  # 医院 beside 医疗机构床位
        counts = self._units.counts(ask.group[0].unit)
        if counts and not measured.endswith(self._cues.counted_nouns):
            return ""
        if subject.endswith(self._cues.done_by):
            whole = next(
                (measured.partition(v)[2] for v in self._cues.done_by if v in measured), ""
            )
            return subject + (whole or measured)  # 税务部门征收一般公共预算收入
        if subject.endswith(self._from):
            return subject + measured  # 限额以上社会消费品零售总额
        if subject in self._cues.halves:
            if measured[: len(subject)] in self._cues.halves:
                return subject + measured[len(subject) :]  # 城镇零售额8亿元，乡村2亿元
            if both := self._patterns.of_everyone.match(measured):
                return subject + both["measure"]  # 全体居民人均可支配收入3.2万元，其中城镇4.4万元
        at = measured.rfind(subject[-2:]) if len(subject) > 2 else -1
        at = measured.rfind(subject[-1]) - 1 if at < 0 and len(subject) <= 3 else at
        tail = measured[at + 2 :] if at >= 0 else ""
        if not self._phrases.head(tail):
            # 注册商标79件 beside 发明专利拥有量 is no part of it
            beside = measured != said.part and not said.kinds
            counted = (beside and self._phrases.head(measured)) or measured
            tail = counted if counts else self._phrases.whole_head(measured)
        if not tail and measured == said.part and self._phrases.known(measured):
            tail = measured  # 实际使用外资5.1亿美元，其中制造业1.87亿美元
        if not tail:
            return ""
        kind = next((k for k in self._cues.kinds_named if said.last.endswith(k + tail)), "")
        if said.here and kind and not subject.endswith(kind[-1]):
            tail = kind + tail  # 煤炭行业增加值增长4%、电力增长13%
        if tail.startswith("总") and not counts:  # a part is no total
            part = tail.removeprefix("总")
            only = self._phrases.known(subject + tail) and not self._phrases.known(subject + part)
            tail = tail if only else part
        limits = self._patterns.limits.match(measured)
        name = self._phrases.own(tail, subject)
        return limits[0] + name if limits and not name.startswith(limits[0]) else name
