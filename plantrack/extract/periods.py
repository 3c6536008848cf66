"""Times as texts write them: 2024年11月, “十四五”末, 今年一季度, 到2027年, 1—8月, 五年来."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from plantrack.extract.constructions import Constructions
from plantrack.extract.numerals import han_number
from plantrack.extract.units import alternatives
from plantrack.extract.words import Cues
from plantrack.model.fiveyears import five_years, five_years_of
from plantrack.model.period import Period

_STAGES = ("期", "阶段", "步")  # what the names of stages end with
_YEARS_END = ("12月底", "12月末")
_HALF_OF_FIVE = 3  # years of a five-year plan that its first or second half touches
_CENSUS = 1990  # when the fourth census was held; since then one every ten years
_YEARS = {"一": 1, **dict(zip("两三四五六七八九十", range(2, 11), strict=True))}
_MONTHS = {"十一": 11, "二": 2, **_YEARS}


class Time(NamedTuple):
    """A time at `[start, end)`.

    `reference` marks one that only serves comparison (较2023年); `opening` one from which a
    change begins (由“十二五”期末的…); `closing` one that says where it ends (到2027年, …末),
    `so_far` one up to which something is known (截至6月底, 两年半新增); `own` one that holds for its own
    clause only (三年年均增长).
    """

    start: int
    end: int
    period: Period
    reference: bool = False
    opening: bool = False
    closing: bool = False
    so_far: bool = False
    own: bool = False

    def beyond(self, reviewed: Period | None) -> bool:
        """Whether it lies behind all that is looked back on."""
        return reviewed is not None and self.period.last > reviewed.last

    def ahead(self, reviewed: Period | None) -> bool:
        """Whether something says that it lies ahead: it tells by when (到2025年), or lies behind all that is reviewed."""
        return self.closing or self.beyond(reviewed)

    def opens_at_end(self, planned: Period | None) -> bool:
        """Whether a change begins at it when a plan ends: 到2035年，由2025年的14年提高到15年."""
        return self.opening and planned is not None and self.period.last >= planned.last


class Anchor(NamedTuple):
    """What relative times resolve against: the year spoken of, for 五年来 the years reviewed, for 五年累计
    in a passage that looks ahead the years planned, for 后两年 those of the whole plan."""

    year: int | None
    reviewed: Period | None
    ahead: Period | None = None  # the years of the plan, in a passage that looks ahead
    plan: Period | None = None  # the years of the plan, wherever
    told_in: int | None = None  # the year in which it was said, where 去年 counts from that
    stages: Mapping[str, Period] = MappingProxyType({})  # what the text calls 近期 and 远期
    up_to: Period | None = None  # the years reviewed, with the months of the next that are told too

    @property
    def last(self) -> int | None:
        """The last year looked back on."""
        told = self.up_to or self.reviewed
        return told.year if told is not None else self.year

    @property
    def known(self) -> int | None:
        """The last year of which anything can be known: an evaluation tells of the year it is made in too."""
        several = self.reviewed is not None and self.reviewed.length_in_years > 1
        return self.told_in if several and self.told_in else self.last

    @property
    def next(self) -> bool:
        """Whether what is ahead is a year behind all that is reviewed."""
        return bool(self.ahead and self.reviewed and self.ahead.first > self.reviewed.last)


class Times:
    """Finds the times of texts; holds the rules and nothing of any text."""

    def __init__(self, cues: Cues, constructions: Constructions) -> None:
        self._patterns = constructions
        rated, summed = alternatives(cues.rates_of_years), alternatives(cues.sums_of_years)
        written = "|".join(pattern.pattern for pattern in constructions.times)
        written = written.replace("{told}", f"{rated}|{summed}")
        written = written.replace("{wanted}", alternatives(cues.goals_of_a_year))
        self._written = re.compile(f"(?={constructions.time_begins.pattern})(?:{written})")
        self._rated = re.compile(rated)
        self._planning = re.compile(rf"(?:{alternatives(cues.planning)})好?$")

    def stages(self, folded: str, planned: Period | None) -> dict[str, Period]:
        """What a plan calls its stages: 近期至2025年，远期至2030年; one told with its last year alone begins
        behind the one before it, or with the plan.
        """
        if planned is None or not any(sign in folded for sign in _STAGES):
            return {}
        told: dict[str, re.Match[str]] = {}
        for m in self._patterns.stage.finditer(folded):
            told.setdefault(m["stage"], m)
        found: dict[str, Period] = {}
        begins = planned.first.year
        for stage, m in sorted(told.items(), key=lambda each: int(each[1]["last"])):
            first, last = int(m["first"] or begins), int(m["last"])
            if planned.first.year <= first <= last <= planned.year:
                found[stage] = Period.years(first, last)
                begins = last + 1
        return found

    def scan(self, folded: str, start: int, end: int, anchor: Anchor) -> list[Time]:
        """All times between two offsets, in order; those that cannot be resolved are left out."""
        if self._patterns.time_sign.search(folded, start, end) is None:
            return []
        found: list[Time] = []
        named: list[Period] = []  # several years, which a bare number of years may mean again
        for m in self._written.finditer(folded, start, end):
            time = self._time(folded, m, start, end, anchor)
            if time is None:
                continue
            if found and self._patterns.time_links.fullmatch(folded, found[-1].end, m.start()):
                time = time._replace(reference=found[-1].reference)
            if m["bare_month"] or m["bare_quarter"] or m["bare_half"]:
                # 2025年上半年完成整改，9月底前…: the year named before holds
                told = next((t for t in reversed(found) if not (t.reference or t.opening)), None)
                if told is not None and time.so_far and anchor.plan is not None:
                    # 2025年目标400家，截至6月底达412家: no month of the goal's year
                    told = None if told.period.year > (anchor.known or 0) else told
                if told is not None and told.period.year == told.period.first.year:
                    shift = told.period.year - time.period.year
                    time = time._replace(period=time.period.shift_years(shift))
            if m["that"]:  # 到2030年，当年新增…
                if not found or found[-1].reference:
                    continue
                time = time._replace(period=Period.years(found[-1].period.year))
            if m["n2"] and named and not m["more"]:
                count = _YEARS[m["n2"]]
                again = next((p for p in reversed(named) if p.length_in_years == count), None)
                time = time if again is None else time._replace(period=again)
            elif time.period.length_in_years > 1 and not time.reference:
                named.append(time.period)
            found.append(time)
        return found

    def _time(
        self, folded: str, m: re.Match[str], start: int, end: int, anchor: Anchor
    ) -> Time | None:
        period = _period(m, anchor)
        if period is None:
            return None
        before = folded[max(start, m.start() - 4) : m.start()].rstrip("“ ")
        after = folded[m.end() : min(end, m.end() + 12)]
        patterns = self._patterns
        closing = bool(patterns.until.search(before)) or (m["planned"] or "").endswith("末")
        closing = closing or m["ends"] is not None or bool(patterns.until_after.match(after))
        opening = bool(patterns.change_since.search(before))
        reference = bool(
            patterns.reference_before.search(before) or patterns.reference_after.match(after)
        )
        reached = opening or patterns.changed_into.search(before)  # 提高到2021年的42.5%
        reference = reference or (not reached and bool(patterns.then_measured.match(after)))
        goal = patterns.goal_of_time.match(after) if patterns.meeting.search(before) else None
        reference = reference or (goal is not None and not goal["value"])
        if m["plan"] and not m["planned"] and not m["side"] and not closing:
            # “十四五”规划目标, “十四五”药品…: names a plan, not a time
            named = bool(m["document"] or patterns.names_plan.match(after)) or not before
            named = named and not patterns.plan_says.match(after)
            named = named or self._planning.search(before) is not None  # 谋划“十五五”重大项目
            reference = reference or named
        told = m["n2"] is not None and not m["years"].endswith(("来", "间"))
        own = (told and self._rated.match(after) is not None) or goal is not None
        ahead = anchor.ahead is not None and anchor.ahead.first <= period.last
        gone = told and not ahead and period != anchor.plan
        expected = patterns.expected_by.search(before) and anchor.ahead is None
        expected = expected and period.year <= (anchor.known or period.year)
        since_now = m["ever"] and m["now"]  # 今年以来
        so_far = bool(patterns.up_to.search(before) or gone or expected or since_now)
        # a day is when something happened or was said (记者12月3日获悉), not what values are told of
        reference = reference or (m[0].endswith(("日", "日电", "日讯")) and not closing)
        return Time(m.start(), m.end(), period, reference, opening, closing, so_far, own)


def _period(m: re.Match[str], anchor: Anchor) -> Period | None:
    if m["plan"]:
        number = 10 + "一二三四五六七八九".index(m["plan"]) + 1
        span = five_years(number)
        if m["side"]:
            return _side(span, m["side"], _YEARS.get(m["n3"], _HALF_OF_FIVE))
        if m["planned"] == "以来":
            return _since(span, anchor)
        return Period.years(span.year) if (m["planned"] or "").endswith("末") else span
    if census := m["census"] or m["census2"]:
        return Period.years(_CENSUS + 10 * "四五六七八".index(census))
    if m["stage"]:
        return anchor.stages.get(m["stage"])
    if m["so_far"]:
        return _since(anchor.plan, anchor) if anchor.plan else None
    if m["within"]:
        return anchor.plan if anchor.plan and anchor.plan.length_in_years > 1 else None
    if m["ended"]:
        several = anchor.ahead is not None and anchor.ahead.length_in_years > 1
        return Period.years(anchor.ahead.year) if anchor.ahead and several else None
    if m["whole"]:
        return _whole_year(anchor)
    if m["last"]:
        return _last_years(anchor.plan, _YEARS.get(m["n4"], 2) + bool(m["half_more"]))
    if m["n5"]:
        return _early_years(anchor, _YEARS[m["n5"]] + bool(m["half_early"]))
    if m["years"]:
        count = _YEARS.get(m["n"] or m["n2"] or "", 5)
        if m["next"]:
            return _to_come(anchor, _YEARS[m["n6"]] + bool(m["half_next"]))
        if anchor.ahead is not None and m["n2"] and not m["years"].endswith("来"):
            return _first_years(anchor.ahead, count)
        whole, plan = anchor.reviewed, anchor.plan
        if plan and whole and plan.contains(whole) and count == plan.length_in_years:
            return plan  # 五年 in a review of the first years of a plan
        if m["more"]:  # of a plan under way: 两年半来
            first = whole.first.year if whole else 0
            return Period.parse(f"{first}-01/{first + count}-06") if whole else None
        if whole is not None and count == whole.length_in_years:
            return whole
        if whole and plan and plan.contains(whole) and count == whole.length_in_years + 1:
            return Period.years(plan.first.year, whole.year + 1)  # 三年来 within the third year
        last = whole.year if whole is not None else anchor.year
        return Period.years(last - count + 1, last) if last is not None else None
    if m["from"]:
        first, last = _year(m["from"]), _year(m["until"])
        return Period.years(first, last) if first < last < first + 60 else None
    if m["since"]:
        begins, ends = int(m["from_month"] or 1), int(m["to_month"])
        good = m["since"] < m["to_year"] and 1 <= begins <= 12 and 1 <= ends <= 12
        months = f"{m['since']}-{begins:02d}/{m['to_year']}-{ends:02d}"
        return Period.parse(months) if good else None
    if m["year"]:
        year = _year(m["year"])
        if not 1900 <= year <= 2100:
            return None
        if m[0].endswith(_YEARS_END):
            return Period.years(year)
        if m["ever"] and anchor.last is not None and year < anchor.last:
            return Period.years(year, anchor.last)
        return _part(m, "", year)
    if anchor.year is None:
        return None
    if m["now"]:
        reviewed = anchor.reviewed
        if reviewed is not None and reviewed.length_in_years < 1:  # a report on a part of a year
            if m["same"]:
                return reviewed.shift_years(_from_now(m))  # 去年同期
            if m["ever"] and m["this"]:
                return reviewed  # 今年以来
        part = m["quarter"] or m["half"] or m["three"] or m["month"] or m["first"]
        under_way = m["this"] and part  # 今年1—5月 in a report on the year before
        said = anchor.told_in if m["gone"] or under_way else None
        ahead = anchor.ahead
        if m["coming"] and ahead is not None and ahead.length_in_years == 1 and anchor.next:
            return _part(m, "", ahead.year)  # said within the year before
        return _part(m, "", (said or anchor.year) + _from_now(m))
    if m[0] == "12月底" and m.string.startswith("前", m.end()):
        return Period.years(anchor.year)  # 截至12月底 tells a stock at the end of a month
    return _part(m, "bare_", anchor.year)


def _from_now(m: re.Match[str]) -> int:
    """How many years a year told from today lies ahead."""
    if m["coming"]:
        return 1
    return -2 if m["twice"] else -1 if m["gone"] or m["before"] else 0


def _side(span: Period, side: str, count: int) -> Period:
    """The first or the last years of a five-year plan: “十四五”前两年, “十四五”后三年."""
    if side == "前":
        return Period.years(span.first.year, span.first.year + count - 1)
    return Period.years(span.year - count + 1, span.year)


def _whole_year(anchor: Anchor) -> Period | None:
    """全年, 年内: the whole year spoken of, where that is one year or a part of it; in an evaluation's
    look ahead the year it was made in.
    """
    frame = anchor.ahead or anchor.reviewed
    if anchor.ahead is not None and anchor.ahead.length_in_years > 1 and anchor.told_in is not None:
        return Period.years(anchor.told_in)
    if anchor.ahead is None and frame is not None and frame.length_in_years > 1:
        return Period.years(frame.year)  # the last of the years looked back on
    return Period.years(frame.year) if frame is not None and frame.length_in_years <= 1 else None


def _last_years(plan: Period | None, count: int) -> Period | None:
    """The last years of a plan under way: 后两年; 后两年半 begins within the year before."""
    if plan is None or not count < plan.length_in_years:
        return None
    return Period.years(plan.year - count + 1, plan.year)


def _early_years(anchor: Anchor, count: int) -> Period | None:
    """The first years of a plan under way: 前四年年均增长4.4%; None where they are not over yet."""
    last, plan = anchor.last, anchor.plan
    if last is None:
        return None
    if plan is None or plan.length_in_years <= 1:
        plan = five_years_of(last)
    first = plan.first.year
    over = first + count - 1 <= max(last, anchor.told_in or last)
    return Period.years(first, first + count - 1) if over else None


def _since(plan: Period, anchor: Anchor) -> Period:
    """The years of a plan and those behind it up to now: “十三五”以来; of one under way, those reviewed."""
    reviewed = anchor.reviewed
    if reviewed is not None and plan.contains(reviewed) and anchor.ahead is None:
        return Period.years(plan.first.year, anchor.last)
    return Period.years(plan.first.year, max(plan.year, anchor.year or 0))


def _to_come(anchor: Anchor, count: int) -> Period | None:
    """The next years: 今后五年 are those planned, where they are as many, else the first behind those reviewed."""
    ahead, reviewed = anchor.ahead, anchor.reviewed
    if ahead is None or reviewed is None or ahead.length_in_years == count:
        return ahead
    if anchor.plan is not None and anchor.plan.contains(reviewed) and anchor.told_in is not None:
        left = anchor.plan.year - anchor.told_in  # said within the year behind those evaluated
        if count == left:
            return Period.years(anchor.plan.year - count + 1, anchor.plan.year)
    coming = Period.years(reviewed.year + 1, reviewed.year + count)
    return coming if ahead.contains(coming) else ahead


def _first_years(ahead: Period, count: int) -> Period:
    """The years ahead that 五年新建 means: all of a plan that is as long or shorter, else its first.

    Where one year is planned, five years are those of its five-year plan, fewer begin with it.
    """
    if ahead.length_in_years == 1 and count > 1:
        year = ahead.year
        return five_years_of(year) if count == 5 else Period.years(year, year + count - 1)
    if count >= ahead.length_in_years:
        return ahead
    return Period.years(ahead.first.year, ahead.first.year + count - 1)


def _year(written: str) -> int:
    return int(written) if written[0].isdigit() else han_number(written) or 0


def _part(m: re.Match[str], prefix: str, year: int) -> Period | None:
    """The part of a year that the groups named with `prefix` give; the whole year where they give none."""
    return _part_of(
        year,
        m[prefix + "quarter"],
        m[prefix + "half"],
        m[prefix + "three"],
        m[prefix + "month"] or (m[prefix + "first"] and "1"),
        m[prefix + "to"] or m[prefix + "first"],
    )


@lru_cache(maxsize=1024)
def _part_of(
    year: int,
    quarter: str | None,
    half: str | None,
    three: str | None,
    month: str | None,
    to: str | None,
) -> Period | None:
    if quarter:
        n = int(quarter) if quarter.isdigit() else "一二三四".index(quarter) + 1
        return Period.parse(f"{year}Q{n}")
    if half:
        return Period.parse(f"{year}H{'上下'.index(half) + 1}")
    if three:
        return Period.months(year, 1, 9)
    if month:
        first, last = int(month), _MONTHS.get(to or month) or int(to or month)
        if not 1 <= first <= last <= 12:
            return None
        return Period.months(year, first, last)
    return Period.years(year)
