"""What a number measures of its phrase: a level, a rate of change, a mean rate, a multiple or a sum over years."""

from __future__ import annotations

import re

from plantrack.extract.clause import Clause, Relation
from plantrack.extract.constructions import Constructions
from plantrack.extract.edges import Endings
from plantrack.extract.mentions import Mention
from plantrack.extract.numerals import Form
from plantrack.extract.readings import Reading
from plantrack.extract.units import Units, alternatives
from plantrack.extract.words import Cues, Cutter
from plantrack.model.fiveyears import beyond_five
from plantrack.model.indicator import Measure
from plantrack.model.period import Period, PeriodKind
from plantrack.model.tracing import Ground


class Measures:
    """Tells measures; holds the rules and nothing of any text."""

    def __init__(
        self, cues: Cues, constructions: Constructions, units: Units, cutter: Cutter
    ) -> None:
        self._cues, self._units, self._cutter = cues, units, cutter
        self._yearly, self._each = constructions.yearly, constructions.per_many
        self._heads, self._sizes = Endings(cues.heads), Endings(cues.size_nouns)
        ahead = alternatives([*cues.adverbs, *cues.openers])
        self._built_first = re.compile(rf"(?:{ahead}){{0,3}}(?:{alternatives(cues.built)})")
        self._yearly_names = tuple(f"年均{name}" for name in cues.yearly_names)
        self._long_shares = tuple(share for share in cues.shares if len(share) > 2)
        self._summed = (*cues.adding_up, *cues.branch_measures)
        every = alternatives([*cues.of_each, *cues.manner])
        self._done = re.compile(rf"(?:{every}){{0,3}}(?:{alternatives(cues.done_to_all)})")
        self._times = units.multiples | units.doublings
        self._every_year = re.compile(alternatives(cues.every_year))
        self._added = re.compile(rf"(?:{alternatives(cues.added)})(?!值)")  # 增加值 is a level

    def of(
        self, reading: Reading, horizon: Period | None, told: Measure | None
    ) -> tuple[Measure, Ground]:
        """The measure in a passage that speaks of `horizon`, with its ground.

        `told` is the measure of the share or rate that was told of the same phrase before.
        """
        clause, mention = reading.clause, reading.mention
        time = reading.time
        several = time is not None and time.period.length_in_years > 1
        mean = bool(clause.words & self._cues.means) or (several and "平均" in clause.words)
        if mention.unit in self._times:
            return Measure.MULTIPLE, Ground.TIMES
        goal = "目标" in clause.words and not clause.words & self._cues.means
        if goal and told is not None and mention.unit in self._units.shares:
            return told, Ground.OF_GOAL  # 年均增长14.8%，目标为12%
        changing = (
            clause.relation in (Relation.UP, Relation.DOWN) or clause.relation is Relation.COMPARE
        )
        bare = not clause.predicate and clause.words & self._cues.reckoned  # 用电量同比-2.4%
        # 地区生产总值3120亿元（+5.8%）
        signed = mention.numeral.signed and not (clause.predicate or clause.subject)
        # 生产总值预期目标9%: a share of nothing is what it grows by
        summed = not clause.share_of and reading.phrase.endswith(self._summed)
        summed = summed and reading.phrase[-2:] in clause.subject
        summed = summed and not clause.subject.endswith("的")  # 财政收入的八成
        rate = "增长率" in clause.words or bare or signed or summed
        if mention.unit in self._units.shares and (changing or rate):
            if mean:
                return Measure.AVG_GROWTH, Ground.MEAN_RATE
            return Measure.GROWTH, Ground.RATE
        if changing or clause.relation is Relation.RANK:
            if self._units.is_point(mention.unit) and changing:
                return self._of_points(reading.phrase, told), Ground.POINTS
            return Measure.LEVEL, Ground.DIFFERENCE
        if horizon is None or horizon.kind is not PeriodKind.SPAN or horizon.length_in_years <= 1:
            return Measure.LEVEL, Ground.ONE_YEAR
        if self._accumulates(reading, horizon):
            return Measure.CUMULATIVE, Ground.SUMMED
        return Measure.LEVEL, Ground.STOCK

    def _of_points(self, phrase: str, told: Measure | None) -> Measure:
        """What changes or differs by points: the rate or share told before, else what its name says."""
        if told is not None:
            return told
        share = phrase.endswith(self._cues.shares) and not phrase.endswith(self._cues.growths)
        return Measure.LEVEL if share else Measure.GROWTH

    def _accumulates(self, reading: Reading, horizon: Period) -> bool:
        """Whether a number of a plan over several years counts what is done in them, not a stock at the end."""
        clause, mention = reading.clause, reading.mention
        time = reading.time
        # 截至2023年6月底: what was done is done in all the years up to then
        cut = time is not None and time.so_far and time.period.length_in_years < 1
        dated = time is not None and not time.reference and time.period.kind is not PeriodKind.SPAN
        if time is not None and dated and not cut:
            # 到2030年，新增…: what is added by then is added over all the years up to it
            within = time.period.kind is PeriodKind.YEAR and horizon.contains(time.period)
            total = "累计" in clause.words and time.period.year == horizon.year
            # 2025年生产总值达到…，建成高速公路78公里: the plan's last year, named for another value
            beside = not reading.near and time.period.year == horizon.year
            beside = beside and bool(clause.lead or clause.subject)
            first = time.period.year == horizon.first.year  # a sum over one year is that year's
            if not within or first or not (time.closing or total or beside):
                return False
        share = not mention.unit or mention.unit in self._units.shares
        if clause.opening or clause.told or share or mention.numeral.form is Form.RATIO:
            return False
        closing = time is not None and time.closing and not cut
        by_then = time is not None and closing and time.period.kind is PeriodKind.YEAR
        phrase, raw = reading.phrase, clause.lead or clause.subject
        now = clause.words & self._cues.now or "已" in raw
        if not closing and "累计" not in clause.words and now:
            return False  # 已开工133个, 重大项目已开工64个: how far things are now
        flow = any(noun in phrase for noun in self._cues.flow_nouns)
        summed = flow or any(noun in phrase for noun in self._cues.summed_nouns)
        if summed and "累计" in clause.words:
            # 节水灌溉面积累计达到486万亩 is all there is
            return not (self._reaches(clause.predicate) and phrase.endswith(self._cues.extents))
        spans = time is not None and not time.reference and time.period.length_in_years > 1
        if spans and "累计" in clause.words and not self._reaches(clause.predicate):
            return True  # 两年累计减贫12.4万人
        if phrase.endswith(self._cues.shares) or any(
            share in phrase for share in self._long_shares
        ):
            return False
        if phrase.endswith(self._cues.whole_sums):
            return True
        if mention.unit.endswith(self._units.money) and self._sizes.of(raw.rstrip(" 、的")):
            return False  # 设立总规模50亿元的产业基金
        if self._done.match(clause.behind):
            return True
        if self.every_year(clause) or self._yearly.search(phrase) or self._each.match(phrase):
            return False
        if self.adds(clause):
            return True
        if "累计" in clause.words or "累计" in raw:
            stock = any(verb in raw for verb in self._cues.stock_verbs)
            stock = stock or self._reaches(clause.predicate) or not self._does(raw) or by_then
            return flow or not stock
        done = not clause.predicate or clause.predicate in self._cues.doing
        if spans and not raw.strip(" 、,:") and not clause.predicate:
            return True  # 分两个阶段实施：2024—2027年2.6万公里
        if spans and mention.unit.endswith(self._units.money) and flow:
            return True  # “十四五”期间，投资规模为1050亿元
        passed = done and clause.words & self._cues.passing
        if passed or self._reaches(clause.predicate):
            return False
        if not flow and self._heads.of(phrase) and not self._built(mention, raw):
            return False  # a measured noun (产量, 总产值) is told for the last year
        if any(self._standing(verb, raw, phrase) for verb in self._cues.standing_verbs):
            return False
        if by_then and not flow and (self._ends_doing(raw) or self._stands(raw, horizon)):
            return False  # 到2025年，…特高压通道建成2条: what stands then
        return clause.predicate in self._cues.doing or self._does(raw)

    def stands(self, reading: Reading) -> bool:
        """Whether what an evaluation tells without a time was built (建成老年食堂52家): that is what stands by then."""
        raw = (reading.clause.lead or reading.clause.subject).lstrip(" 、,")
        flow = any(noun in reading.phrase for noun in self._cues.flow_nouns)
        return reading.time is None and not flow and self._built_first.match(raw) is not None

    def adds(self, clause: Clause) -> bool:
        """Whether the clause says what comes or goes: 新增30家."""
        raw = clause.lead or clause.subject
        return clause.predicate in self._cues.kept or self._added.search(raw) is not None

    def every_year(self, clause: Clause) -> bool:
        """Whether the value is one of every year (每年新建5所)."""
        if not clause.words.isdisjoint(self._cues.every_year):
            return True
        if not self._every_year.search(clause.lead):
            return False
        return not any(name in clause.lead for name in self._yearly_names)

    def _reaches(self, predicate: str) -> bool:
        """Whether the predicate says that a level is reached: 达到, 增至, 整合为, 稳定在."""
        return predicate in self._cues.reach or predicate.endswith(self._cues.reach_endings)

    def _ends_doing(self, raw: str) -> bool:
        """Whether the words before the number end with what is done (通道建成), behind what it is done to."""
        *before, last = self._cutter.cut(raw.strip(" 、,")) or ("",)
        return last in self._cues.verbs and any(word not in self._cues.manner for word in before)

    def _built(self, mention: Mention, raw: str) -> bool:
        """Whether the words open with what is done to things counted: 建设家庭养老床位1200张."""
        return self._units.counts(mention.unit) and self._does(raw[:2])

    def _standing(self, verb: str, raw: str, phrase: str) -> bool:
        """Whether the verb says what is there (产业集聚企业92家), and no part of a name that is made."""
        at = raw.find(verb)
        return at >= 0 and (verb not in phrase or not self._does(raw[:at]))

    def _stands(self, raw: str, horizon: Period) -> bool:
        """Whether what is made by then is told as what stands then: what is built (到2027年，建成12万个), in a
        long plan, whose end is far away, whatever is a stock.
        """
        verbs = self._cues.stock_verbs if beyond_five(horizon) else self._cues.built
        return any(verb in raw for verb in verbs)

    def _does(self, raw: str) -> bool:
        """Whether the words before the number say that something is done."""
        words = self._cutter.cut(raw.strip(" 、,"))
        doing = self._cues.verbs | self._cues.kept
        return any(word in doing or (len(word) == 4 and word[:2] in doing) for word in words)
