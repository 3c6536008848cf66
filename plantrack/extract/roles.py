"""What a number is: its kind, measure, period and bound, from its clause and its place in the document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from plantrack.extract.clauses import Relation
from plantrack.extract.numerals import Form
from plantrack.extract.readings import Reading
from plantrack.extract.units import Units
from plantrack.extract.words import Cues, Cutter
from plantrack.model.document import Document, Outlook
from plantrack.model.figure import FigureKind
from plantrack.model.indicator import Measure
from plantrack.model.period import Period, PeriodKind
from plantrack.model.quantity import Comparator, Quantity
from plantrack.model.tracing import Ground

_YEAR = re.compile(r"(?:19|20)\d\d")


class Grounds(NamedTuple):
    """Why kind, measure and period are what they are."""

    kind: Ground
    measure: Ground
    period: Ground


@dataclass(slots=True, frozen=True)
class Role:
    """Kind, measure, period and quantity of one reading, and the grounds of the first three.

    `horizon` is the period that its passage speaks of.
    """

    kind: FigureKind
    measure: Measure
    period: Period | None
    quantity: Quantity
    grounds: Grounds
    horizon: Period | None


class Roles:
    """Assigns roles; holds the rules and nothing of any text."""

    def __init__(self, cues: Cues, units: Units, cutter: Cutter) -> None:
        self._cues, self._units, self._cutter = cues, units, cutter

    def of(self, reading: Reading, document: Document, outlook: Outlook, sentence: str) -> Role:
        """The role of a reading in a sentence; `sentence` is the folded text of the sentence before the number."""
        clause, mention = reading.clause, reading.mention
        named = document.period_at(mention.start)
        horizon = self._stated(reading) or named or self._horizon(document, outlook)
        measure, measured = self._measure(reading, horizon)
        if reading.how == "rank":
            kind, sort = FigureKind.RANK, Ground.RANKED
        elif clause.relation is Relation.COMPARE:
            kind, sort = FigureKind.COMPARE, Ground.COMPARED
        elif self._is_change(reading):
            kind, sort = FigureKind.DELTA, Ground.CHANGED
        else:
            kind, sort = self._kind(reading, document, outlook, sentence)
        spoken_of = horizon
        looks_ahead = kind is FigureKind.TARGET and outlook is not Outlook.PLAN
        if (
            looks_ahead
            and document.planned
            and reading.time is None
            and clause.words & self._cues.aims
        ):
            horizon = document.planned
        period, when = self._period(reading, horizon, measure)
        if horizon is not spoken_of:
            when = Ground.PLAN_FROM_REVIEW
        since = self._since(reading, horizon, measure, period)
        if since is not period:
            period, when = since, Ground.SINCE_BASE
        if period is not None and "全年" in clause.lead and period.length_in_years < 1:
            period, when = Period.years(period.year), Ground.WHOLE_YEAR
        quantity = self._quantity(reading, mention.unit, measure)
        return Role(kind, measure, period, quantity, Grounds(sort, measured, when), horizon)

    def _horizon(self, document: Document, outlook: Outlook) -> Period | None:
        """The period a passage speaks of when it says nothing itself."""
        if outlook is Outlook.PLAN:
            return document.planned or document.reviewed
        return document.reviewed or document.planned

    def _stated(self, reading: Reading) -> Period | None:
        """Several years that the sentence itself names (2021—2025年累计…, “十四五”时期…)."""
        time = reading.time
        several = time is not None and time.period.kind is PeriodKind.SPAN
        return time.period if time and several and time.period.length_in_years > 1 else None

    def _is_change(self, reading: Reading) -> bool:
        clause, unit = reading.clause, reading.mention.unit
        if self._units.is_point(unit) and clause.relation is not Relation.VALUE:
            return True
        if clause.predicate in self._cues.kept and clause.since:
            return True  # 比上期末新增4800公里
        if self._units.is_point(unit):
            return bool(clause.since) or not clause.predicate
        return clause.relation in (Relation.UP, Relation.DOWN) and unit not in (
            "%",
            "‰",
            "倍",
            "番",
            "成",
        )

    def _kind(
        self, reading: Reading, document: Document, outlook: Outlook, sentence: str
    ) -> tuple[FigureKind, Ground]:
        """Reached or intended, by the time spoken of, then by words, then by the passage."""
        clause, time = reading.clause, reading.time
        if clause.words & self._cues.estimates and outlook is not Outlook.PLAN:
            return FigureKind.ACTUAL, Ground.ESTIMATED
        if clause.opening:
            return FigureKind.ACTUAL, Ground.BEGAN
        reviewed, planned = document.reviewed, document.planned
        if time is not None and not time.reference:
            if reviewed is not None and time.period.last > reviewed.last:
                return FigureKind.TARGET, Ground.AFTER_REVIEW
            if (
                planned is not None
                and time.period.last < planned.first
                and not clause.words & self._cues.aims
            ):
                return FigureKind.ACTUAL, Ground.BEFORE_PLAN
        if "目标" in clause.words:
            return FigureKind.TARGET, Ground.GOAL_WORD
        if outlook is Outlook.PLAN or (outlook is Outlook.NEUTRAL and reviewed is None):
            recent = sentence[-24:]
            if any(word in recent for word in self._cues.now if len(word) > 1) and not (
                clause.words & self._cues.aims
            ):
                return FigureKind.ACTUAL, Ground.NOW
            return FigureKind.TARGET, Ground.LOOKS_AHEAD
        if clause.words & self._cues.aims or any(w in sentence for w in self._cues.aim_sentences):
            return FigureKind.TARGET, Ground.AIMED
        return FigureKind.ACTUAL, Ground.LOOKS_BACK

    def _measure(self, reading: Reading, horizon: Period | None) -> tuple[Measure, Ground]:
        clause, mention = reading.clause, reading.mention
        mean = bool(clause.words & self._cues.means)
        if mention.unit in ("倍", "番"):
            return Measure.MULTIPLE, Ground.TIMES
        changing = (
            clause.relation in (Relation.UP, Relation.DOWN) or clause.relation is Relation.COMPARE
        )
        rate = "增长率" in clause.words and mention.unit in ("%", "‰")
        if mention.unit in ("%", "‰") and (changing or rate):
            if mean:
                return Measure.AVG_GROWTH, Ground.MEAN_RATE
            return Measure.GROWTH, Ground.RATE
        if changing or clause.relation is Relation.RANK:
            if self._units.is_point(mention.unit) and changing:
                return Measure.GROWTH, Ground.POINTS
            return Measure.LEVEL, Ground.DIFFERENCE
        if horizon is None or horizon.kind is not PeriodKind.SPAN or horizon.length_in_years <= 1:
            return Measure.LEVEL, Ground.ONE_YEAR
        if self._accumulates(reading, horizon):
            return Measure.CUMULATIVE, Ground.SUMMED
        return Measure.LEVEL, Ground.STOCK

    def _accumulates(self, reading: Reading, horizon: Period) -> bool:
        """Whether a number of a plan over several years counts what is done in them, not a stock at the end."""
        clause, mention = reading.clause, reading.mention
        time = reading.time
        if time is not None and not time.reference and time.period.kind is not PeriodKind.SPAN:
            # 到2030年，新增…: what is added by the end of the plan is added over all of it
            ends = time.period.year == horizon.year
            if not (time.closing and ends):
                return False
        if clause.opening or mention.unit in ("%", "‰", "") or mention.numeral.form is Form.RATIO:
            return False
        phrase, raw = reading.phrase, clause.lead or clause.subject
        flow = any(noun in phrase for noun in self._cues.flow_nouns)
        if flow and "累计" in clause.words:
            return True
        if any(phrase.endswith(s) or (len(s) > 2 and s in phrase) for s in self._cues.shares):
            return False
        if phrase.endswith("总投资"):
            return True
        if clause.behind.startswith(self._cues.done_to_all):
            return True
        if clause.predicate in self._cues.kept or "新增" in raw or "净增" in raw:
            return True
        if "累计" in clause.words or "累计" in raw:
            stock = any(verb in raw for verb in self._cues.stock_verbs)
            stock = stock or self._reaches(clause.predicate) or not self._does(raw)
            return flow or not stock
        if self._reaches(clause.predicate):
            return False
        if any(verb in raw and verb not in phrase for verb in self._cues.standing_verbs):
            return False
        return clause.predicate in self._cues.doing or self._does(raw)

    def _reaches(self, predicate: str) -> bool:
        """Whether the predicate says that a level is reached: 达到, 增至, 整合为, 稳定在."""
        return predicate in self._cues.reach or predicate.endswith(("至", "到", "为", "在"))

    def _does(self, raw: str) -> bool:
        """Whether the words before the number say that something is done."""
        words = self._cutter.cut(raw.strip(" 、,"))
        doing = self._cues.verbs | self._cues.kept
        return any(word in doing or (len(word) == 4 and word[:2] in doing) for word in words)

    def _period(
        self, reading: Reading, horizon: Period | None, measure: Measure
    ) -> tuple[Period | None, Ground]:
        """The period the value speaks of."""
        spread = measure in (Measure.CUMULATIVE, Measure.AVG_GROWTH)
        spread = spread or bool(reading.clause.words & self._cues.means)
        if reading.clause.opening and horizon is not None:
            if reading.time is not None and reading.time.opening:
                return self._last(reading.time.period), Ground.OPENING_TIME
            return Period.years(horizon.first.year - 1), Ground.YEAR_BEFORE
        if reading.time is not None:
            period = reading.time.period
            several = horizon is not None and horizon.kind is PeriodKind.SPAN
            if measure is Measure.AVG_GROWTH and several and period.kind is PeriodKind.YEAR:
                assert horizon is not None
                if horizon.contains(period):
                    return horizon, Ground.WHOLE_PLAN
                return period, Ground.OWN_TIME
            if period.kind is PeriodKind.SPAN and not spread and measure is not Measure.GROWTH:
                return self._last(period), Ground.END_OF_SPAN
            if (
                spread
                and period.kind is PeriodKind.YEAR
                and reading.time.closing
                and horizon is not None
                and horizon.kind is PeriodKind.SPAN
                and horizon.last == period.last
            ):
                return horizon, Ground.WHOLE_PLAN
            return period, Ground.OWN_TIME
        if horizon is None or spread or measure is Measure.GROWTH:
            # a change without 年均 in a review of five years is one over all of them
            return horizon, Ground.WHOLE_PLAN if spread else Ground.PASSAGE
        return self._last(horizon), Ground.END_OF_PASSAGE

    def _since(
        self, reading: Reading, horizon: Period | None, measure: Measure, period: Period | None
    ) -> Period | None:
        """In a plan over years 比2020年下降13% is a change over all years since."""
        base = _YEAR.match(reading.clause.since)
        if measure is not Measure.GROWTH or period is None or base is None:
            return period
        several = horizon is not None and horizon.length_in_years > 1
        first = int(base[0]) + 1
        whole = period.kind is PeriodKind.YEAR and first < period.year
        return Period.years(first, period.year) if several and whole else period

    def _last(self, period: Period) -> Period:
        """The last year of a span of years; any other period as it is."""
        whole = period.first.month == 1 and period.last.month == 12
        return Period.years(period.year) if period.kind is PeriodKind.SPAN and whole else period

    def _quantity(self, reading: Reading, unit: str, measure: Measure) -> Quantity:
        numeral, clause = reading.mention.numeral, reading.clause
        falling = clause.relation is Relation.DOWN and measure in (
            Measure.GROWTH,
            Measure.AVG_GROWTH,
        )
        falling = falling or (clause.predicate == "改善" and reading.phrase.endswith("浓度"))
        sign = -1 if falling else 1
        values = tuple(sign * v for v in numeral.values) if falling else numeral.values
        estimated = bool(clause.words & self._cues.estimates)
        averaged = measure is Measure.AVG_GROWTH
        summed = measure is Measure.CUMULATIVE
        if numeral.form is Form.RATIO:
            return Quantity(ratio=values, cmp=clause.cmp or Comparator.EQ, estimated=estimated)
        if numeral.form is Form.RANGE:
            low, high = sorted(values)
            return Quantity(
                low=low,
                high=high,
                unit=unit,
                cmp=Comparator.RANGE,
                estimated=estimated,
                averaged=averaged,
                summed=summed,
            )
        return Quantity(
            value=values[0],
            unit=unit,
            cmp=clause.cmp or Comparator.EQ,
            estimated=estimated,
            averaged=averaged,
            summed=summed,
        )
