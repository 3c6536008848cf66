"""Numbers that are true but measure nothing here: they only say which things another number is about."""

from __future__ import annotations

from plantrack.extract.clause import MARKS, Clause, Relation
from plantrack.extract.clauses import Clauses
from plantrack.extract.constructions import Constructions
from plantrack.extract.edges import Endings
from plantrack.extract.mentions import Mention
from plantrack.extract.numerals import Form
from plantrack.extract.phrases import Phrases
from plantrack.extract.units import Units
from plantrack.extract.words import Cues
from plantrack.model.quantity import Comparator

_TIMES = "次"  # the unit in which meetings are counted
_HUGE = "亿"
_GRANT = 20  # letters behind an amount that can tell what is granted
_RANKED = 16  # letters in which a rank among so many is told
_BRACKET = 24  # letters between a bracket and a number in it


class Qualifiers:
    """Tells such numbers; holds the rules and nothing of any text."""

    def __init__(
        self,
        cues: Cues,
        constructions: Constructions,
        units: Units,
        clauses: Clauses,
        phrases: Phrases,
    ) -> None:
        self._cues, self._patterns = cues, constructions
        self._clauses, self._phrases, self._units = clauses, phrases, units
        self._sizes, self._sums = Endings(cues.size_nouns), Endings(cues.size_sums)
        self._ends = cues.project_ends

    def frames(self, text: str, left: int, m: Mention, right: int) -> bool:
        """在…的20种产品中, 36个行业中有27个, 41个城市第6: the number only says out of how many."""
        if "在" in text[left : m.start]:
            return self._patterns.out_of.match(text, m.stop, right) is not None
        if text[m.stop : m.stop + 1] in MARKS:
            return False
        ranked = text.find("第", m.stop, m.stop + _RANKED) > 0 and self._units.counts(m.unit)
        if ranked and self._patterns.ranked_of.match(text, m.stop):
            return True
        if text.endswith("除", 0, m.start) and self._patterns.except_for.match(text, m.stop):
            return True
        some = self._patterns.of_these.match(text, m.stop)
        return some is not None and not self._patterns.of_counted.match(text, m.stop)

    def sizes(self, text: str, start: int, m: Mention, clause: Clause) -> bool:
        """Whether the number only tells the size of a project that the text speaks of.

        120万千瓦抽水蓄能电站, 总装机120万千瓦的电站, 甲公园(总投资3亿元), 西延50公里标段.
        """
        told = clause.relation is not Relation.VALUE or "bound" in clause.words
        if told or m.stop > m.unit_end or "目标" in clause.words:
            return False
        if text[m.stop : m.stop + 1] in MARKS:
            return self._in_brackets(text, start, m)
        if m.unit in self._units.shares:
            return self._patterns.portion.match(text, m.stop) is not None
        if text.startswith("的", m.stop):
            return self._of_project(text, m, clause.subject.strip(" 、"))
        if self._patterns.section.match(text, m.stop) and self._units.kind(m.unit) == "length":
            return True
        if m.unit.endswith(self._cues.size_units) and (
            clause.predicate not in self._cues.kept
            and self._patterns.named_project.match(text, m.stop)
        ):
            return True
        return self._in_brackets(text, start, m)

    def _of_project(self, text: str, m: Mention, subject: str) -> bool:
        """Whether a size is joined to the name of its project: 建成总装机120万千瓦的电站."""
        listed = self._patterns.of_examples.match(text, m.stop)
        sum_ = self._sums.of(subject) if listed else ""
        noun = sum_ if m.unit.endswith(self._units.money) else self._sizes.of(subject) or sum_
        before = subject.removesuffix(noun)
        return bool(noun) and (not before or before in self._cues.verbal)

    def _in_brackets(self, text: str, start: int, m: Mention) -> bool:
        """Whether the number stands in brackets behind a project's name, and counts no such projects."""
        at = text.rfind("(", max(start, m.start - _BRACKET), m.start)
        if at < 0 or ")" in text[at : m.start] or not text.endswith(self._ends, start, at):
            return False
        counting = at + 1 == m.start and self._counts(m)
        return not (counting and text.startswith((")", ","), m.stop))

    def provides(self, text: str, left: int, first: Mention, final: Mention) -> bool:
        """Whether the numbers only say what a policy grants in each case, or how often it has people meet.

        给予20万元奖励, 按照每千瓦300元给予补贴, 单站最高50万元, 每半年召开1次会议.
        """
        before, patterns = text[left : first.numeral.lead], self._patterns
        if first.unit == _TIMES and patterns.how_often.search(before):
            return patterns.meetings.match(text, first.stop) is not None
        if not first.unit.endswith(self._units.money) and first.unit not in self._units.shares:
            return False
        if first.unit.startswith(_HUGE):
            return False  # 对种粮农民直接补贴21.7亿元: what was granted to all
        if patterns.granting.search(text, left, final.stop + _GRANT) is None:
            return False  # as nearly every amount
        if patterns.granted.search(before) and patterns.grant.match(text, final.stop):
            return True
        each = patterns.granted_each.search(before)
        return each is not None or patterns.granted_behind.match(text, final.stop) is not None

    def narrows(
        self, text: str, m: Mention, clause: Clause, later: Mention | None, right: int
    ) -> bool:
        """Whether the number only narrows what another number measures.

        30个监测点达标比例为95%, 年收入8万元以上的农户占比超过七成, 3000人以上赛事12场.
        `later` is the next number of the same clause, `right` where the clause ends.
        """
        if "按" in clause.subject and self._patterns.standard.match(text, m.stop):
            return True  # 按照每百户不低于30平方米的标准配建用房
        between = text[m.stop : min(right, later.start) if later else right]
        bounded = m.stop > m.unit_end
        if m.unit in self._units.shares and not clause.subject.strip() and later is None:
            return False  # 75%以上科技人员落户企业
        sized = m.unit.endswith(self._cues.threshold_units)
        threshold = bounded and sized and not between.startswith("(")
        if threshold and self._phrases.object(between)[0]:
            return True
        told = clause.predicate or "bound" in clause.words
        amount = bounded and m.cmp is not Comparator.APPROX and not self._counts(m)
        if amount and not told and self._patterns.of_such.match(text, m.stop):
            return True
        if later is None or later.named or clause.opening:
            return False
        if bounded and not clause.predicate and self._lists(between) and self._counts(later):
            return True  # 5000人以上大型演唱会、音乐节92场
        if "、" in between:
            return False
        if between.endswith(self._cues.links) and self._counts(m) and self._counts(later):
            return False  # 建成30个以上机场和600个以上起降场地
        if "目标" in clause.words:
            return False  # 较规划预期的6%左右低1.7个百分点
        if threshold and self._counts(later):
            return True  # 其中10亿元以上7个
        if not between.strip():
            return False
        limited = "bound" in clause.words or m.numeral.form is Form.RANGE
        limit = sized and limited and not bounded
        if limit and self._counts(later) and self._phrases.object(between)[1] >= len(between) - 1:
            return True  # 产值超50亿元企业4家
        if between.startswith("的") and told and clause.subject.strip():
            return True
        if bounded and between[0] not in ",;:()":
            return True
        share = later.unit in self._units.shares
        # 废钢铁、废塑料等9种再生资源利用量: how many the examples stand for
        examples = self._counts(m) and text.endswith("等", 0, m.start)
        return (share or examples) and not clause.predicate and self._leads(text, m, later)

    def _lists(self, between: str) -> bool:
        """Whether nothing but two nouns stands between two numbers: 大型演唱会、音乐节."""
        first, _, second = between.partition("、")
        nouns = (self._phrases.object(part) for part in (first, second))
        return bool(second) and all(
            noun and used == len(part)
            for (noun, used), part in zip(nouns, (first, second), strict=True)
        )

    def _counts(self, m: Mention) -> bool:
        return self._units.counts(m.unit)

    def _leads(self, text: str, m: Mention, later: Mention) -> bool:
        """Whether the noun behind a number goes on to be the subject of the share behind it."""
        noun, used = self._phrases.object(text[m.stop : later.start])
        subject = self._clauses.peel(text, m.stop, later, []).subject.strip()
        measured = bool(self._phrases.head(noun)) or noun.endswith(self._cues.share_nouns)
        return len(noun) >= 3 and used >= len(subject) and measured
