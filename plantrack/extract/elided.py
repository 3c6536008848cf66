"""What a number measures whose clause does not say it: the same as before, or what stands in the clause before."""

from __future__ import annotations

import re

from plantrack.extract.clause import Relation
from plantrack.extract.constructions import Constructions
from plantrack.extract.owners import Owners
from plantrack.extract.phrases import Phrases
from plantrack.extract.said import MARKS, Ask, Said
from plantrack.extract.units import Units
from plantrack.extract.words import Cues
from plantrack.model.quantity import Comparator

_Names = list[str] | None
_ENUMERATOR = re.compile(r"^(?:[一二三四五六七八九十]{1,3}(?:是|、)|\d{1,3}[.、．](?!\d))")
_DIGIT = re.compile(r"\d")
_SHORTEST_TOPIC, _LONGEST_TOPIC = 3, 14  # letters
_SHARE = "占比"
_OF_WHOLE = ("增加值" + _SHARE, "产值" + _SHARE)  # a share named without its whole
_SHARES = ("比例", "比重")  # as `Namer` calls a share of something: 完成预算比例, 占乙比重


class Elided:
    """Restores what is left out; holds the rules and nothing of any text."""

    def __init__(
        self,
        cues: Cues,
        constructions: Constructions,
        units: Units,
        phrases: Phrases,
        owners: Owners,
    ) -> None:
        self._cues, self._patterns, self._units = cues, constructions, units
        self._phrases, self._owners = phrases, owners

    def restated(self, ask: Ask, said: Said) -> _Names:
        """目标68%，实际完成65.9%: the number is the goal of what was measured before."""
        goal = self._cues.goal_word(ask.subject)
        behind = self._patterns.of_goal.match(ask.following)
        told = "目标" in ask.clause.words and self._patterns.difference.match(ask.rest)
        against = bool(told) or ask.clause.beyond  # 低于规划确定的5.5%
        rest = ask.subject.removesuffix(goal).removesuffix("的")
        plan = self._patterns.plan_itself.fullmatch(rest)
        if plan and plan["says"] and ask.bare.endswith("的"):
            plan = None  # 《纲要》明确的178项重大项目
        if not goal and not behind and not against and not plan:
            return None
        # 控制在计划目标3.5%以内, 《纲要》目标为年均增长7%
        rest = "" if plan or rest in self._cues.predicates.all | self._cues.adverbs else rest
        met = None if goal else self._patterns.met_goal.fullmatch(ask.bare)
        if met:  # 投资增速未达年初10%的预期目标
            rest = self._phrases.clean(met["name"]) or said.last
        elif (
            not goal
            and rest
            and (self._phrases.complete(rest) or rest.endswith(self._cues.share_nouns))
        ):
            if behind is not None and ask.following.startswith("的") and not behind["within"]:
                ask.clause.words.add("目标")  # 完成生产总值增长7%的目标
            return None
        clause = ask.clause
        clause.words.add("目标")
        if behind is not None:
            clause.words.update({"年均"} if behind["mean"] else ())
            clause.words.update({"进度"} if behind["due"] else ())
        words = goal + (behind[0] if behind is not None else "")
        if any(word in words for word in self._cues.of_year):
            clause.words.add("年度目标")
        change = self._phrases.changes.of(rest)
        if goal and change and ask.group[0].unit in self._units.shares:
            # 地区生产总值增长目标为6%
            clause.relation = Relation.DOWN if change in self._cues.reductions else Relation.UP
            rest = rest.removesuffix(change)
            if rest.endswith("年均"):  # 地区生产总值年均增长目标
                rest = rest.removesuffix("年均")
                clause.words.add("年均")
        if behind is not None and behind["within"]:
            clause.cmp = Comparator.LE  # 控制在81亿元限额以内
        elif not goal:
            clause.cmp = None  # 超过35%的目标: it is the goal that is 35 %, what exceeds it is told elsewhere
        if self._still_grows(ask, said):
            clause.relation = said.relation
        if not rest and not met:
            clause.lead = said.last or clause.lead  # 新增就业8万人，目标20万人: it is added too
        # 单位GDP能耗，《纲要》要求五年下降15%
        opened = self.opened(ask, said) if plan and not said.here else ""
        named = rest if (goal or met) and rest else opened or said.last
        return [named or self._phrases.clean(rest)] * ask.count

    def repeated(self, ask: Ask, said: Said) -> _Names:
        """Nothing but a predicate: what was measured before, or what the clause before is about."""
        clause = ask.clause
        if rate := self._patterns.rate.fullmatch(ask.subject.removeprefix("其")):
            clause.is_rate(rate)
            return [self.opened(ask, said) or said.last] * ask.count
        without = self._patterns.without.fullmatch(ask.bare)
        if without and said.here and clause.relation in (Relation.UP, Relation.DOWN):
            return [f"{said.base}({without[0]})"] * ask.count  # 投资增长4%，扣除房地产投资增长9%
        verb = ask.bare.removeprefix("累计")
        if verb in self._cues.verbs and not clause.predicate and verb in said.before:
            noun = self._phrases.object(said.before.rpartition(verb)[2])[0]
            if noun:  # 分批更新老旧电梯。2024年更新120台
                return [verb + noun] * ask.count
        if ask.subject in self._cues.kept and not clause.predicate:
            about = self.furthered(ask) or said.last
            if len(about) > len(ask.subject) and about.endswith(ask.subject):
                return [about] * ask.count  # 实施居家适老化改造，2024年完成改造2500户
        if ask.subject in self._cues.kept and not clause.predicate and said.last:
            # 2023年新建4100个
            return [ask.subject + self._phrases.without_kept(said.last)] * ask.count
        again = ask.subject and said.last[:-1].endswith(ask.subject)
        if again and not self._phrases.known(ask.subject):
            return [said.last] * ask.count  # 发明专利授权量：目标300件，2022年授权83件
        if ask.subject in self._cues.same:
            return [said.last] * ask.count if said.last else None  # 这一数字达到1463亿元
        if ask.subject:
            return None
        if "目标" in clause.words:
            clause.lead = clause.lead or said.last  # what was added is added by its goal too
        verb = ask.bare.removeprefix("累计")
        if verb in self._cues.verbs and not clause.predicate and (topic := self.furthered(ask)):
            return [verb + topic if verb in self._cues.kept else topic] * ask.count
        money = self._units.money
        if verb in self._cues.verbs and ask.group[0].unit.endswith(money) > said.unit.endswith(
            money
        ):
            return [ask.bare] * ask.count  # 全科医生3.6人。五年累计投入18.7亿元
        if verb in self._cues.verbs and not clause.predicate and said.last:
            return [verb + self._phrases.core(said.last)] * ask.count
        opened = self.opened(ask, said)
        if clause.predicate in self._cues.doing:
            # …全面实施个人养老金，覆盖421万人: what is covered stands in the clause before
            passed = _ENUMERATOR.sub("", ask.passed.strip(MARKS))  # 1.铁路：完成606亿元
            last = re.split(r"[,;。、]", passed)[-1]
            topic = opened or self._phrases.topic(last)
            if topic:
                return [opened or topic + clause.predicate] * ask.count
        if self._still_grows(ask, said):
            clause.relation = clause.relation if opened else said.relation  # 增长6%，争取达到6.5%
            clause.words.update(
                {"增长率"} if said.rate and not opened else ()
            )  # 增速由11%回落到5.9%
        if len(clause.predicate) >= 4 and clause.predicate in self._cues.doing and said.last:
            return [clause.predicate + self._phrases.core(said.last)] * ask.count  # 改造提升1.2万亩
        if opened:
            return [opened] * ask.count
        anew = "累计" in clause.words or ask.raw.strip("、 ").endswith("累计")
        grows = clause.relation in (Relation.UP, Relation.DOWN) and ask.group[0].unit == "%"
        unit = ask.group[0].unit
        amount = unit not in self._units.shares and not self._units.is_point(unit)
        last = _measure(said) if grows or amount else said.last  # 占全省的8%，比上年净增6亿元
        if not last:  # 当年新增清洁能源动力的交通工具比例，2025年达到25%
            ahead = self._phrases.clean(re.split(r"[,;。:]", ask.passed.rstrip(MARKS))[-1])
            last = ahead if self._phrases.complete(ahead) else ""
        if not last and (clause.predicate or verb in self._cues.verbs) and not said.phrases:
            # 到2025年，建成农田160万亩。⏎到2030年，建成210万亩。
            last = said.earlier.get(unit, "") or said.topic
        return [self._phrases.without_kept(last) if anew else last] * ask.count

    def _still_grows(self, ask: Ask, said: Said) -> bool:
        """Whether a rate without a verb of its own changes as the one before it: 增长6%，争取达到6.5%; but a
        share is reached, not grown: 占比年均增长5%，2025年达到50%.
        """
        share = said.last.endswith(self._cues.share_nouns)
        reached = share and not (said.rate or said.last.endswith(self._cues.growths))
        alike = ask.group[0].unit == said.unit == "%"
        return alike and ask.clause.relation is Relation.VALUE and not reached

    def furthered(self, ask: Ask) -> str:
        """What the clause before furthers, where it says no number: 推广家庭养老床位，2024年建成1200张; else empty."""
        clause = re.split(r"[,;。]", ask.passed.strip(MARKS))[-1]
        verbs = self._cues.verbs
        furthers = any(w in verbs or w[2:] in verbs for w in self._phrases.words(clause)[:-1])
        topic = self._phrases.topic(clause) if furthers else ""
        return topic if _SHORTEST_TOPIC <= len(topic) <= _LONGEST_TOPIC else ""

    def opened(self, ask: Ask, said: Said) -> str:
        """What the clause before opens with, where it says no number: 生产总值连跨两个台阶，达到1.7万亿元; else empty."""
        clause = re.split(r"[,;。]", ask.passed.strip(MARKS))[-1]
        if self._patterns.reckoned.match(clause):
            return ""
        part = clause.removeprefix("其中")
        if rough := self._patterns.rough_share.match(part):
            return f"{self._phrases.clean(rough['part'])}占{rough['whole']}比重"
        number = _ENUMERATOR.match(part)
        title = part[number.end() if number else 0 :]
        # 二是地表水达到或好于Ⅲ类水体比例，2022年为50%; 每千人口3岁以下托位数，2022年为2.3个
        if (number or _DIGIT.search(part)) and (topic := self._phrases.of_title(title)):
            return topic
        noun = self._phrases.opening_name(title)  # 1.铁路：完成606亿元
        if not noun and part != clause:  # 其中光伏产业突破千亿元，达1035亿元
            noun = self._phrases.clean(self._phrases.object(part)[0])
            return self._phrases.own(self._phrases.head(said.last), noun) if noun else ""
        if self._phrases.is_head(noun):
            return self._owners.owned(noun, said) if noun in self._cues.of_all else ""
        return noun

    def under(self, ask: Ask, phrase: str) -> str:
        """A phrase that says little, with the measure that the clause before names: 实施以工代赈，吸纳14人就业."""
        clauses = [c for c in re.split(r"[,;。]", ask.passed.strip(MARKS)) if c]
        opening = clauses[0].lstrip(MARKS) if clauses else ""
        spoken = self._phrases.opening_name(opening) if self._phrases.is_head(phrase) else ""
        if spoken:  # 夏粮总产再获丰收，总产量达到126万吨
            return self._phrases.own(phrase, self._phrases.owner(spoken))
        verb = self._patterns.undertaken.match(opening)
        if verb is None or any(c.isdigit() for c in opening):
            return phrase
        topic = self._phrases.topic(opening)
        return topic + phrase if 2 < len(topic) <= 14 else phrase


def _measure(said: Said) -> str:
    """What grows by so many per cent: behind a share of a plan or a whole (收入完成预算的98%，增长5%) the measure itself."""
    if said.last.endswith(_OF_WHOLE):  # 采矿业增加值占比达96%，同比下降15%
        return said.last.removesuffix(_SHARE)
    if said.thing != said.last:  # 完成预算的98%，为调整预算的95%，增长5%
        return said.thing
    share = said.last.removeprefix(said.base)
    return said.base if share != said.last and share.endswith(_SHARES) else said.last
