"""Numbers that are true but measure nothing here: they only say which things another number is about."""

from __future__ import annotations

from plantrack.extract.clauses import Clause, Clauses
from plantrack.extract.constructions import Constructions
from plantrack.extract.mentions import Mention
from plantrack.extract.numerals import Form
from plantrack.extract.phrases import Phrases
from plantrack.extract.units import Units
from plantrack.extract.words import Cues


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

    def frames(self, text: str, left: int, m: Mention, right: int) -> bool:
        """在…的20种产品中, 36个行业中有27个: the number only says out of how many."""
        if "在" in text[left : m.start]:
            return self._patterns.out_of.match(text, m.stop, right) is not None
        return self._patterns.of_these.match(text, m.stop) is not None

    def narrows(
        self, text: str, m: Mention, clause: Clause, later: Mention | None, right: int
    ) -> bool:
        """Whether the number only narrows what another number measures.

        30个监测点达标比例为95%, 年收入8万元以上的农户占比超过七成, 3000人以上赛事12场.
        `later` is the next number of the same clause, `right` where the clause ends.
        """
        between = text[m.stop : min(right, later.start) if later else right]
        bounded = m.stop > m.unit_end
        sized = m.unit.endswith(self._cues.threshold_units)
        threshold = bounded and sized and not between.startswith("(")
        if threshold and self._phrases.object(between)[0]:
            return True
        if later is None or later.named or "、" in between or clause.opening:
            return False
        if "目标" in clause.words:
            return False  # 较规划预期的6%左右低1.7个百分点
        if threshold and self._counts(later):
            return True  # 其中10亿元以上7个
        if not between.strip():
            return False
        limited = "bound" in clause.words or m.numeral.form is Form.RANGE
        amount = sized and limited and not bounded
        if amount and self._counts(later) and self._phrases.object(between)[1] >= len(between) - 1:
            return True  # 产值超50亿元企业4家
        told = clause.predicate or "bound" in clause.words
        if between.startswith("的") and told and clause.subject.strip():
            return True
        if bounded and between[0] not in ",;:()":
            return True
        share = later.unit in self._units.shares
        return share and not clause.predicate and self._leads(text, m, later)

    def _counts(self, m: Mention) -> bool:
        return self._units.counts(m.unit)

    def _leads(self, text: str, m: Mention, later: Mention) -> bool:
        """Whether the noun behind a number goes on to be the subject of the share behind it."""
        noun, used = self._phrases.object(text[m.stop : later.start])
        subject = self._clauses.peel(text, m.stop, later, []).subject.strip()
        measured = bool(self._phrases.head(noun)) or noun.endswith(self._cues.share_nouns)
        return len(noun) >= 3 and used >= len(subject) and measured
