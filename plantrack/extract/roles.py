"""What a number is: its kind, period and bound, from its clause and its place in the document."""

from __future__ import annotations

import re

from plantrack.extract.clause import Relation
from plantrack.extract.constructions import Constructions
from plantrack.extract.frames import under_way, years_left
from plantrack.extract.measures import Measures
from plantrack.extract.numerals import han_number
from plantrack.extract.periods import Time
from plantrack.extract.quantities import Quantities
from plantrack.extract.readings import Reading
from plantrack.extract.role import Grounds, Role
from plantrack.extract.units import Units, alternatives
from plantrack.extract.words import Cues, Cutter
from plantrack.model.document import Document, Outlook
from plantrack.model.figure import FigureKind
from plantrack.model.fiveyears import five_years_of
from plantrack.model.indicator import Measure
from plantrack.model.period import Period, PeriodKind
from plantrack.model.tracing import Ground

_YEAR = re.compile(r"(?:19|20)\d\d(?!/)")


class Roles:
    """Assigns roles; holds the rules and nothing of any text."""

    def __init__(
        self, cues: Cues, constructions: Constructions, units: Units, cutter: Cutter
    ) -> None:
        self._cues, self._units = cues, units
        self._measures = Measures(cues, constructions, units, cutter)
        self._early, self._laid = constructions.early, constructions.laid_down_things
        self._quantities = Quantities(cues)
        self._now = tuple(word for word in cues.now if len(word) > 1)
        self._in_fact = re.compile(alternatives(cues.in_fact))
        # 《纲要》提出… says an aim, the indicators 《纲要》提出的 only which ones are meant
        self._aimed = re.compile(
            rf"(?:{alternatives(cues.aim_sentences)})(?!的(?!年均|增[速幅]|目标|预期)|[了共]?\d+[个项])"
        )

    def of(
        self,
        reading: Reading,
        document: Document,
        outlook: Outlook,
        sentence: str,
        told: Measure | None = None,
    ) -> Role:
        """The role of a reading in a sentence.

        `sentence` is the folded text of the sentence before the number, `told` the measure of the
        share or rate that was told of the same phrase before.
        """
        clause, mention = reading.clause, reading.mention
        if self._goals_time(reading, document, outlook) or self._passed(reading, document):
            reading = reading._replace(time=None)
        horizon = self._stated(reading) or self._at(reading, document)
        horizon = self._reached(reading, document, horizon) or self._horizon(
            reading, document, outlook
        )
        if horizon is not None and self._faded(reading, horizon, sentence):
            reading = reading._replace(time=None)
        measure, measured = self._measures.of(reading, horizon, told)
        if reading.how == "rank":
            kind, sort = FigureKind.RANK, Ground.RANKED
        elif clause.relation is Relation.COMPARE:
            kind, sort = FigureKind.COMPARE, Ground.COMPARED
        elif self._is_change(reading):
            kind, sort = FigureKind.DELTA, Ground.CHANGED
        else:
            kind, sort = self._kind(reading, document, outlook, sentence)
            if sort is Ground.NOW and reading.time is None and document.reviewed is not None:
                horizon = self._last(document.reviewed)  # 目前 in a plan: what the last year left
                measure, measured = self._measures.of(reading, horizon, told)
        evaluated = kind is FigureKind.ACTUAL and under_way(document)
        if evaluated and measure is Measure.CUMULATIVE and self._measures.stands(reading):
            measure, measured = Measure.LEVEL, Ground.STOCK
        if evaluated and self._set_by_plan(reading):
            kind, sort = FigureKind.TARGET, Ground.SET_BY_PLAN
            measure, measured = Measure.CUMULATIVE, Ground.SUMMED
        spoken_of = horizon
        if kind is FigureKind.TARGET and outlook is not Outlook.PLAN:
            reading, horizon = self._ahead(reading, document, horizon)
        period, when = self._period(reading, horizon, measure)
        if horizon is not spoken_of:
            when = Ground.PLAN_FROM_REVIEW
        if kind is FigureKind.TARGET and "目标" in clause.words and period == document.reviewed:
            period, when = self._goals_period(reading, period, when, sentence)
        since = self._since(reading, measure, period, evaluated)
        if since is not period:
            period, when = since, Ground.SINCE_BASE
        if period is not None and period.length_in_years < 1:
            behind = reading.time.end - mention.start + len(sentence) if reading.time else 0
            # 新签约项目计划35个，签了24个 in a report up to November: what a year was to bring
            untold = reading.time is None and document.planned is None
            if kind is FigureKind.TARGET and (untold or "全年" in sentence[behind:]):
                period, when = Period.years(period.year), Ground.WHOLE_YEAR
        quantity = self._quantities.of(reading, mention.unit, kind, measure)
        grounds = Grounds(sort, measured, when)
        return Role(kind, measure, period, quantity, grounds, reading.time, horizon)

    def _set_by_plan(self, reading: Reading) -> bool:
        """Whether an evaluation only says what its plan laid down: 《纲要》的重大项目共48个，总投资1126亿元."""
        clause, phrase = reading.clause, reading.phrase
        if reading.time is not None or clause.words & self._cues.now:
            return False
        if phrase.endswith(self._cues.whole_sums) and clause.predicate not in self._cues.carried:
            return True
        counted = phrase.endswith(self._cues.planned_things) and not clause.behind.strip()
        return counted and self._laid.match(clause.lead) is not None

    def _goals_time(self, reading: Reading, document: Document, outlook: Outlook) -> bool:
        """Whether the time is that of the goal of which a share was reached by now:
        2025年目标2.8%以上，完成序时进度的136%.
        """
        time, reviewed = reading.time, document.reviewed
        if time is None or reviewed is None or outlook is Outlook.PLAN:
            return False
        planned = reading.clause.share_of.endswith(self._cues.planned)
        return planned and time.beyond(reviewed)

    def _passed(self, reading: Reading, document: Document) -> bool:
        """Whether the time is that of a base or a goal told before what was reached in fact:
        2020年为1.08%，目标1.5%，实际完成1.21%.
        """
        time, reviewed = reading.time, document.reviewed
        if time is None or reviewed is None or reading.near:
            return False
        clause = reading.clause
        in_fact = not self._cues.in_fact.isdisjoint(clause.words)
        in_fact = in_fact or clause.subject.lstrip(" 、,").startswith(self._now)
        return in_fact and (time.beyond(reviewed) or time.period.last < reviewed.first)

    def _ahead(
        self, reading: Reading, document: Document, horizon: Period | None
    ) -> tuple[Reading, Period | None]:
        """The years of a goal that a review tells: those of the plan under way, or planned next.

        A goal restated for comparison (低于3%的目标) in a report on one year is that year's.
        """
        clause, time, planned = reading.clause, reading.time, document.planned
        if planned is None:
            return reading, horizon
        going = under_way(document)
        restated = not clause.words.isdisjoint(("目标", "计划"))
        # 好于39.5微克的进度要求: what was due by now; 年度目标19万元/人: what was due in the year
        several = planned.length_in_years > 1
        if "进度" in clause.words or (several and "年度目标" in clause.words):
            return reading, horizon
        reviewed = document.reviewed
        by_then = time is not None and time.closing and not time.so_far and time.beyond(reviewed)
        if restated and going and time is not None and not (by_then or reading.near):
            reading, time = reading._replace(time=None), None
        next_one = not restated and bool(clause.words & self._cues.aims)
        of_plan = time is None or (going and planned.contains(time.period))
        return reading, planned if of_plan and (going or next_one) else horizon

    def _goals_period(
        self, reading: Reading, period: Period | None, when: Ground, sentence: str
    ) -> tuple[Period | None, Ground]:
        """The period of a goal spoken of in a review of `period`: the year it was set for where it was met
        years before (提前1年实现90%的目标), and the whole year in a report on a part of it (年度目标为增长9%).
        """
        if period is None:
            return period, when
        if period.length_in_years == 1 and (early := self._early.search(sentence)):
            n = early["n"]
            years = int(n) if n.isdigit() else han_number(n) or 0
            return Period.years(period.year + years), Ground.MET_EARLY
        if period.length_in_years < 1 and reading.time is None:
            return Period.years(period.year), Ground.WHOLE_YEAR
        return period, when

    def _reached(
        self, reading: Reading, document: Document, horizon: Period | None
    ) -> Period | None:
        """The horizon, or all the plan's years where a goal lies behind it (到2030年 beside 到2025年)."""
        time, planned = reading.time, document.planned
        if time is None or not time.closing or horizon is None or planned is None:
            return horizon
        beyond = planned.contains(horizon) and time.period.last > horizon.last
        return planned if beyond and planned.contains(time.period) else horizon

    def _faded(self, reading: Reading, horizon: Period, sentence: str) -> bool:
        """Whether a year no longer speaks for a number behind a semicolon: it is the last of the years
        looked back on, and what follows may count in all of them.
        """
        time = reading.time
        if time is None or time.closing or time.reference or time.opening:
            return False
        begin = reading.mention.start - len(sentence)
        last = time.period.kind is PeriodKind.YEAR and time.period.year == horizon.year
        return last and horizon.length_in_years > 1 and ";" in sentence[time.end - begin :]

    def _horizon(self, reading: Reading, document: Document, outlook: Outlook) -> Period | None:
        """The period a passage speaks of when it says nothing itself: ahead in a review of a plan under
        way, the years left of it.
        """
        planned, reviewed = document.planned, document.reviewed
        if outlook is Outlook.REVIEW:
            return reviewed  # what is looked back on is not of the years planned
        if outlook is not Outlook.PLAN:
            return reviewed or planned
        left = None if "目标" in reading.clause.words else years_left(planned, reviewed)
        return left or planned or reviewed

    def _at(self, reading: Reading, document: Document) -> Period | None:
        """The period that the heading names, or else the next years of a far-reaching plan; the whole plan
        for the whole of its investment.
        """
        near = document.period_at(reading.mention.start)
        whole = document.planned
        if near is None or whole is None or reading.time is not None:
            return near
        unsaid = near == document.sections[0].period  # no heading says more
        return whole if unsaid and reading.phrase.endswith(self._cues.whole_sums) else near

    def _stated(self, reading: Reading) -> Period | None:
        """Several years that the sentence itself names (2021—2025年累计…, “十四五”时期…)."""
        time = reading.time
        several = time is not None and time.period.kind is PeriodKind.SPAN
        return time.period if time and several and time.period.length_in_years > 1 else None

    def _is_change(self, reading: Reading) -> bool:
        clause, unit = reading.clause, reading.mention.unit
        if self._units.is_point(unit) and clause.relation is not Relation.VALUE:
            return True
        if clause.predicate in self._cues.kept and clause.since and unit not in self._units.rates:
            return True  # 比上期末新增4800公里
        if self._units.is_point(unit):
            return bool(clause.since) or not clause.predicate
        return clause.relation in (Relation.UP, Relation.DOWN) and unit not in self._units.rates

    def _kind(
        self, reading: Reading, document: Document, outlook: Outlook, sentence: str
    ) -> tuple[FigureKind, Ground]:
        """Reached or intended, by the time spoken of, then by words, then by the passage."""
        clause, time = reading.clause, reading.time
        estimated = clause.words & self._cues.estimates and "目标" not in clause.words
        if estimated and outlook is not Outlook.PLAN and not self._forecast(time, document):
            return FigureKind.ACTUAL, Ground.ESTIMATED
        reviewed, planned = document.reviewed, document.planned
        if clause.opening and time is not None and time.opens_at_end(planned):
            return FigureKind.TARGET, Ground.AFTER_REVIEW
        if clause.opening:
            return FigureKind.ACTUAL, Ground.BEGAN
        # 规划提出年均增长8%以上，前四年年均增长6.2%: years gone by are not aimed at
        past = None if time is None or time.ahead(reviewed) else time
        gone = past is not None and past.period.length_in_years > 1
        part = reading.near and time is not None and time.period.length_in_years < 1
        near = sentence.rpartition(",")[2] if part else sentence
        aimed = bool(clause.words & self._cues.aims or (not gone and self._aimed.search(near)))
        carried = not reading.near and clause.words & self._cues.aims
        if time is not None and time.so_far and "目标" not in clause.words and not carried:
            return FigureKind.ACTUAL, Ground.NOW
        if time is not None and not time.reference:
            if reviewed is not None and time.beyond(reviewed):
                told = document.published is not None and time.period.last < document.published
                # 2023年上半年达到… in a review of the years up to 2022 tells how it went on
                several, part = reviewed.length_in_years > 1, time.period.length_in_years < 1
                told = told or (several and part and time.period.year == reviewed.year + 1)
                told = (told or self._this_year(reading, reviewed)) and not aimed
                if outlook is not Outlook.PLAN and told:
                    return FigureKind.ACTUAL, Ground.LOOKS_BACK
                return FigureKind.TARGET, Ground.AFTER_REVIEW
            if planned is not None and time.period.last < planned.first and not aimed:
                return FigureKind.ACTUAL, Ground.BEFORE_PLAN
        if "目标" in clause.words and clause.words.isdisjoint(self._cues.in_fact):
            return FigureKind.TARGET, Ground.GOAL_WORD
        done = clause.share_verb and clause.share_of.endswith(self._cues.planned)
        if done and outlook is not Outlook.PLAN:
            return FigureKind.ACTUAL, Ground.LOOKS_BACK  # 完成年计划66.9%
        # what bears no title that tells what it is has no reason to be of intentions
        unframed = outlook is Outlook.NEUTRAL and reviewed is None
        if outlook is Outlook.PLAN or (unframed and (planned or document.title)):
            recent = sentence[-24:]
            now = any(word in recent for word in self._now)
            if now and not clause.words & self._cues.aims:
                return FigureKind.ACTUAL, Ground.NOW
            return FigureKind.TARGET, Ground.LOOKS_AHEAD
        there = clause.told or clause.words & self._cues.now
        # 规划提出增长10%，2022年增长12%: a time gone by parts the clause from the aim told before it
        apart = past is not None and reading.near and reviewed is not None
        # 规划要求五年新增床位16000张，实际新增4300张，…: what is told in fact parts it too
        beside = sentence.rpartition(",")[2] if apart else str(self._in_fact.split(sentence)[-1])
        if clause.words & self._cues.aims or (not there and self._aimed.search(beside)):
            return FigureKind.TARGET, Ground.AIMED
        return FigureKind.ACTUAL, Ground.LOOKS_BACK

    def _forecast(self, time: Time | None, document: Document) -> bool:
        """Whether an estimate is of years to come: 预计2020年可达到173亿元 in an evaluation of 2018."""
        reviewed = document.reviewed
        if time is None or reviewed is None or time.reference:
            return False
        return time.period.year > reviewed.year + under_way(document)

    def _this_year(self, reading: Reading, reviewed: Period) -> bool:
        """Whether a time is the year under way, of which a part is reviewed: 今年全县秋粮面积37.8万亩."""
        time = reading.time
        return time is not None and not time.closing and time.period.contains(reviewed)

    def _period(
        self, reading: Reading, horizon: Period | None, measure: Measure
    ) -> tuple[Period | None, Ground]:
        """The period the value speaks of."""
        spread = measure in (Measure.CUMULATIVE, Measure.AVG_GROWTH)
        spread = spread or bool(reading.clause.words & self._cues.means)
        every = self._measures.every_year(reading.clause)
        if reading.clause.opening and horizon is not None:
            if reading.time is not None and reading.time.opening:
                return self._last(reading.time.period), Ground.OPENING_TIME
            return Period.years(self._base(reading, horizon)), Ground.YEAR_BEFORE
        if reading.time is not None:
            period = self._summed(reading, reading.time)
            several = horizon is not None and horizon.kind is PeriodKind.SPAN
            if measure is Measure.AVG_GROWTH and several and period.kind is PeriodKind.YEAR:
                assert horizon is not None
                if not horizon.contains(period):
                    return period, Ground.OWN_TIME
                closes = period.year < horizon.year
                whole = Period.years(horizon.first.year, period.year) if closes else horizon
                return whole, Ground.WHOLE_PLAN
            changing = measure is Measure.GROWTH
            if period.kind is PeriodKind.SPAN and not (spread or changing or every):
                return self._last(period), Ground.END_OF_SPAN
            year = period.kind is PeriodKind.YEAR
            within = horizon is not None and several and year and horizon.contains(period)
            # 到2025年，…下降12%: in all the years up to it
            over = changing and reading.time.closing and not _YEAR.match(reading.clause.since)
            over = over and "增长率" not in reading.clause.words  # 增速回落到2022年的5.9%
            every = every and not reading.near and self._measures.adds(reading.clause)
            if (spread or over or every) and within and horizon is not None:
                return Period.years(horizon.first.year, period.year), Ground.UP_TO
            return _in_years(period), Ground.OWN_TIME
        if horizon is None or spread or every:
            return _in_years(horizon), Ground.WHOLE_PLAN
        yearly = reading.clause.words & self._cues.reckoned  # 同比增长11.7%
        if measure is Measure.GROWTH and not yearly:  # in a review of five years over all of them
            return _in_years(horizon), Ground.PASSAGE
        return self._last(horizon), Ground.END_OF_PASSAGE

    def _summed(self, reading: Reading, time: Time) -> Period:
        """The period of a time; of what adds up over a year and is told up to a month, the months up to it."""
        period = time.period
        month = time.so_far and period.kind is PeriodKind.MONTH
        clause = reading.clause
        done = "累计" in clause.words or clause.share_of.endswith(self._cues.planned)
        if month and (done or reading.phrase.endswith(self._cues.adding_up)):
            return Period.months(period.year, 1, period.last.month)
        return period

    def _base(self, reading: Reading, horizon: Period) -> int:
        """The year before the years spoken of: of the five-year plan that ends with the time told, where
        that lies before them (“十三五”末，占比由58.4%提高至71.6%).
        """
        time = reading.time
        ended = time is not None and time.closing and time.period.last < horizon.first
        if time is not None and ended and time.period.year % 5 == 0:
            return five_years_of(time.period.year).first.year - 1
        return horizon.first.year - 1

    def _since(
        self, reading: Reading, measure: Measure, period: Period | None, evaluated: bool
    ) -> Period | None:
        """A change since a named year (比2020年下降13%) is told of the last of several years; so is
        growth that an evaluation tells without a time (投资增长14.2%).
        """
        clause = reading.clause
        if measure is not Measure.GROWTH or period is None:
            return period
        untold = evaluated and reading.time is None and not clause.since
        rises = clause.relation is Relation.UP or "增长率" in clause.words
        based = (untold and rises) or _YEAR.match(clause.since)
        return self._last(period) if based else period

    def _last(self, period: Period) -> Period:
        """The last year of a span of years, the last month of one that ends within a year; any other
        period as it is.
        """
        if period.kind is not PeriodKind.SPAN or period.first.month > 1:
            return period
        if period.last.month == 12:
            return Period.years(period.year)
        several = period.length_in_years > 1
        return Period.parse(f"{period.year}-{period.last.month:02d}") if several else period


def _in_years(period: Period | None) -> Period | None:
    """The years that several years touch, of which the last may be told up to a month only."""
    if period is None or period.length_in_years <= 1:
        return period
    return Period.years(period.first.year, period.last.year)
