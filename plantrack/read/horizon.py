"""The period a document plans and the one it reviews, from what it says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from plantrack.model import Conflict, DocumentKind, Period, Span
from plantrack.read.evidence import Evidence, Horizon
from plantrack.read.goalyears import goal_horizons, of_goals, up_to_near
from plantrack.read.lines import number
from plantrack.read.midterm import first_years, is_midterm, is_under_way, plan_around, up_to_month
from plantrack.read.rules import Patterns, StructureRules
from plantrack.read.spans import YEAR, five_years, part_of_year, span_of
from plantrack.read.spoken import (
    cited_title,
    named_most,
    now_in,
    opening_month,
    spoken_goals,
    spoken_years,
)

_PLANS = (DocumentKind.PLAN, DocumentKind.PROPOSAL)
_REPORTS = (DocumentKind.REPORT, DocumentKind.COMMUNIQUE)
_TITLED = 3  # mentions in the text that one in the title is worth
_CITED = 60  # letters of the name of another text
_FULL = 5  # years of a plan that a title tells by its span
_TERM = "五"  # years of a term of office


def find_horizon(seen: Evidence, rules: StructureRules) -> Horizon:
    """The periods of a document, from its title, else its headings, else its running text.

    A five-year plan reviews the five years before it. Where the body speaks of another five-year
    plan than the title and never of the title's, the body wins and a Conflict says so. A year
    that no evidence gives stays unknown.
    """
    found = _in_title(seen.title, seen, rules)
    heads = _in_headings(seen.heads, rules)
    if found.unknown:
        found = heads
    elif _is_year(found.planned) or _is_year(found.reviewed):
        found = Horizon(found.planned or heads.planned, found.reviewed or heads.reviewed)
    if found.planned is not None and found.planned.length_in_years == 5:
        found = _corrected(found, seen, rules)
    if found.unknown:
        body = _plan_of_body(seen, rules)
        found = Horizon(body[0]) if body else _around(seen.delivered, seen, rules)
    if found.unknown:
        found = spoken_goals(seen, rules)
    if found.unknown:
        found = _in_body(seen, rules)
    if found.unknown:
        found = _around(seen.delivered or seen.published, seen, rules)
    if found.unknown:
        found = _in_title(cited_title(seen, rules), seen, rules)
    if seen.kind in (DocumentKind.PLAN, DocumentKind.OTHER) and found.planned is None:
        found = of_goals(found, seen, rules)
    if found.unknown and seen.kind is not DocumentKind.PLAN:
        found = spoken_years(seen, rules)
    found = _announced(_completed(found, seen, rules), seen, rules)
    return up_to_month(up_to_near(_of_term(found, seen, rules), seen, rules), seen, rules)


def _is_year(period: Period | None) -> bool:
    return period is not None and period.length_in_years == 1


def _completed(found: Horizon, seen: Evidence, rules: StructureRules) -> Horizon:
    planned, reviewed = found.planned, found.reviewed
    if rules.paired_years.search(seen.title) or seen.kind is DocumentKind.ANNUAL_PLAN:
        one_year = {p.length_in_years for p in (planned, reviewed) if p is not None} == {1.0}
        if one_year and reviewed is None and planned is not None:
            given = seen.delivered
            if given is not None and given.year == planned.year + 1 and given.month <= 6:
                planned = Period.years(given.year)
            reviewed = planned.shift(-1)
        elif one_year and planned is None and reviewed is not None:
            planned = reviewed.shift(1)
    elif not seen.title and reviewed is None and planned is not None and _is_year(planned):
        before = planned.shift(-1)  # 刚刚过去的2015年, in a piece of news on the goals of 2016
        told = any(number(m["year"]) == before.year for m in rules.told_years.finditer(seen.text))
        reviewed = before if told else None
    elif planned is None and reviewed is not None and reviewed.length_in_years == 5:
        planned = _next_plan(reviewed, seen.heads, rules)
    elif planned is not None and reviewed is None and planned.length_in_years == 5:
        reviewed = planned.shift(-1)
    elif planned is not None and reviewed is None and seen.kind is DocumentKind.PLAN:
        reviewed = _before(planned, seen.review, rules)
    if planned is None and reviewed is not None and _is_year(reviewed):
        cut = rules.data_until.search(seen.opening)
        reviewed = Period.months(reviewed.year, 1, int(cut["month"])) if cut else reviewed
    return found._replace(planned=planned, reviewed=reviewed)


def _next_plan(reviewed: Period, heads: Iterable[str], rules: StructureRules) -> Period | None:
    """The five-year plan right after the one reviewed, where a heading names it."""
    named = (five_years(m["plan"], rules) for h in heads for m in rules.short_plan.finditer(h))
    following = reviewed.shift(1)
    return following if following in named else None


def _of_term(found: Horizon, seen: Evidence, rules: StructureRules) -> Horizon:
    """With the several years that a report at the end of a term says its headings speak of.

    Where no heading says so, the first paragraph may open with the years looked back on
    (过去五年…), and a later one then with those to come (今后五年…).
    """
    planned, reviewed = found.planned, found.reviewed
    if not rules.paired_years.search(seen.title):
        return found
    last, ahead = rules.term_reviewed.search, rules.term_planned.search
    back, forth = _years_said(last, seen.heads), _years_said(ahead, seen.heads)
    told = [line for line in seen.lines if len(line) > rules.max_unmarked_title]
    if not back and not forth and (back := _years_said(rules.term_reviewed.match, told[:1])):
        forth = _years_said(rules.term_planned.match, told)
    if back and reviewed is not None and _is_year(reviewed):
        reviewed = Period.years(reviewed.year - back + 1, reviewed.year)
    if forth and planned is not None and _is_year(planned):
        # the years end where goals are set for, if they begin with the year planned or the next
        soonest = planned.year + forth - 1
        ends = (y for y in goal_horizons(seen, rules) if 0 <= y - soonest <= 1)
        final = next(ends, soonest)
        planned = Period.years(final - forth + 1, final)
    return found._replace(planned=planned, reviewed=reviewed)


def _years_said(says: Callable[[str], re.Match[str] | None], texts: Iterable[str]) -> int:
    for match in filter(None, map(says, texts)):
        return number(next((said for said in match.groups() if said), _TERM))
    return 0


def _announced(found: Horizon, seen: Evidence, rules: StructureRules) -> Horizon:
    """With the year, or the five-year plan, after the one reviewed where a report announces things for it."""
    reviewed = found.reviewed
    if found.planned is not None or reviewed is None or seen.kind in _PLANS:
        return found
    body = seen.text[seen.body :]
    plans = (five_years(m["plan"], rules) for m in rules.announced_plan.finditer(body))
    if reviewed.shift(1) in plans:
        return found._replace(planned=reviewed.shift(1))
    if reviewed.length_in_years > 1:
        return found
    for match in rules.announced_year.finditer(body):
        year = Period.years(number(match["planned"]))
        if year == Period.years(reviewed.year + 1):
            return found._replace(planned=year)
    if reviewed.length_in_years < 1 and rules.announced_rest.search(body):
        return found._replace(planned=Period.years(reviewed.year))
    return found


def _before(planned: Period, review: str, rules: StructureRules) -> Period | None:
    """What the reviewing chapter of a plan looks back on: the five-year plan right before, else its newest year."""
    plans = (five_years(m["plan"], rules) for m in rules.short_plan.finditer(review))
    last = planned.first.year - 1
    if any(p is not None and p.year == last for p in plans):
        return Period.years(last - 4, last)
    years = (number(m[1]) for m in YEAR.finditer(review))
    newest = max((y for y in years if y <= last), default=0)
    return Period.years(newest) if last - newest < 5 else None


# ---------------------------------------------------------------------- evidence


def _in_title(title: str, seen: Evidence, rules: StructureRules) -> Horizon:
    for pattern in rules.title_periods:
        match = pattern.search(title)
        if match is None:
            continue
        said = {name: written for name, written in match.groupdict().items() if written}
        planned = reviewed = None
        if "planned" in said:
            planned = Period.years(number(said["planned"]))
        elif "from" in said:
            planned = span_of(said["from"], said["to"])
        elif "plan" in said:
            planned = five_years(said["plan"], rules)
        if "reviewed" in said:
            year = number(said["reviewed"])
            reviewed = part_of_year(year, said["part"]) if "part" in said else Period.years(year)
            if "until" in said:
                reviewed = Period.months(year, 1, int(said["until"]))
            elif "part" not in said and (
                part := rules.title_part.search(title, match.end("reviewed"))
            ):
                reviewed = part_of_year(year, part["part"])
            if "rest" in said:
                planned = part_of_year(year, said["rest"])
        elif "since" in said:
            reviewed = span_of(said["since"], said["until"])
            if rules.midterm.pattern.search(title):
                planned = plan_around(reviewed, title, rules)
                if planned is None and reviewed is not None and reviewed.length_in_years >= _FULL:
                    planned, reviewed = reviewed, first_years(reviewed, seen, rules)
        elif "did" in said:
            reviewed = five_years(said["did"], rules)
            if reviewed is not None and is_under_way(reviewed, seen, rules):
                planned, reviewed = reviewed, first_years(reviewed, seen, rules)
        if planned is not None and reviewed is not None and planned.last <= reviewed.last:
            continue
        if planned is not None or reviewed is not None:
            return Horizon(planned, _up_to(reviewed, seen, rules))
    told = rules.midterm.told.search(seen.text, seen.body)
    if told and is_midterm(seen, rules):
        plan = five_years(told["did"] or told["did2"], rules)
        return Horizon(plan, first_years(plan, seen, rules)) if plan else Horizon()
    surveyed = next(filter(None, (survey.year_in(title) for survey in rules.surveys)), None)
    return Horizon(reviewed=Period.years(surveyed)) if surveyed else Horizon()


def _up_to(reviewed: Period | None, seen: Evidence, rules: StructureRules) -> Period | None:
    """The quarter or quarters that end with the month of a title, where the text opens with them."""
    if reviewed is None or reviewed.last >= reviewed.first + timedelta(days=31):
        return reviewed
    for pattern in rules.body_parts:
        said = pattern.search(seen.opening)
        if said is not None:
            part = part_of_year(reviewed.year, said["part"])
            return part if part.last == reviewed.last else reviewed
    return reviewed


def _in_headings(heads: Iterable[str], rules: StructureRules) -> Horizon:
    planned = reviewed = None
    for line in heads:
        for pattern in rules.heading_periods:
            match = pattern.search(line)
            if match is None:
                continue
            said = match.groupdict()
            if said.get("planned") and planned is None:
                planned = Period.years(number(said["planned"]))
            if said.get("reviewed") and reviewed is None:
                reviewed = Period.years(number(said["reviewed"]))
    if planned is not None and reviewed is not None and planned.last <= reviewed.last:
        planned = None
    return Horizon(planned, reviewed)


def _plan_of_body(seen: Evidence, rules: StructureRules) -> tuple[Period, Span] | None:
    """The five-year plan whose goals and guidelines the running text gives, with its first mention."""
    places: dict[Period, Span] = {}
    counts: Counter[Period] = Counter()
    for pattern in rules.body_plans:
        for match in pattern.finditer(seen.text, seen.body):
            plan = five_years(match["plan"], rules)
            if plan is not None:
                counts[plan] += 1
                places.setdefault(plan, Span(start=match.start(), end=match.end()))
    if not counts:
        return None
    best = max(counts, key=lambda p: counts[p])
    return best, places[best]


def _corrected(found: Horizon, seen: Evidence, rules: StructureRules) -> Horizon:
    """The body's five-year plan where the body never speaks of the title's."""
    body = _plan_of_body(seen, rules)
    if body is None or body[0] == found.planned:
        return found
    named = (m["plan"] for m in rules.short_plan.finditer(seen.text, seen.body))
    if found.planned in {five_years(plan, rules) for plan in named}:
        return found
    plan, place = body
    conflict = Conflict(
        about="planned period",
        found=f"the title says {found.planned} ({seen.title})",
        used=f"{plan}, which the body speaks of ({place.of(seen.text)})",
        span=place,
    )
    return Horizon(plan, None, (conflict,))


def _in_body(seen: Evidence, rules: StructureRules) -> Horizon:
    """The part of a year, or the year, that the running text reports on most often."""
    parts = Counter(_parts(seen, rules))
    years: Counter[Period] = Counter()
    if seen.kind in _REPORTS or not seen.title:
        years.update(_opening_years(seen, rules.body_years))
    best = _commonest(parts)
    year = _commonest(years)
    if year is not None and (best is None or years[year] > parts[best]):
        best = year
    return Horizon(None, best)


def _commonest(counts: Counter[Period]) -> Period | None:
    return max(counts, key=lambda p: (counts[p], p)) if counts else None


def _parts(seen: Evidence, rules: StructureRules) -> Iterable[Period]:
    titled = rules.title_part.search(seen.title)
    now = now_in(seen, rules)
    if titled and now is None:
        now = named_most(seen, rules.told_years)
    told = opening_month(seen, rules) if not seen.title else None
    if told is not None:
        yield from [told] * _TITLED
    if titled and now is not None:  # what the title says outweighs what a sentence opens with
        yield from [_latest(now, titled["part"], seen)] * _TITLED
    cited: list[Period] = []  # told only by the names of other texts
    alone = True
    for pattern in rules.body_parts:
        for match in pattern.finditer(seen.text):
            said = match.groupdict()
            year = said.get("reviewed")
            if _in_title_marks(seen.text, match.start()):
                cited += [part_of_year(number(year), said["part"])] if year else []
            elif year:
                alone = False
                yield part_of_year(number(year), said["part"])
            elif now is not None:
                alone = False
                yield _latest(now, said["part"], seen)
        if now is None and not seen.title and cited:
            now = cited[0].year  # 上半年，… beside 《关于2018年1—5月…的通报》
    if alone:
        yield from cited


def _in_title_marks(text: str, at: int) -> bool:
    """Whether a place stands within the name of another text: 《…》."""
    opens = text.rfind("《", max(0, at - _CITED), at)
    return opens >= 0 and "》" not in text[opens:at]


def _latest(year: int, part: str, seen: Evidence) -> Period:
    """That part of the year, of the year before where it was not over when the text was published."""
    period = part_of_year(year, part)
    early = seen.published is not None and seen.published < period.first
    return part_of_year(year - 1, part) if early else period


def _opening_years(seen: Evidence, patterns: Patterns) -> Iterable[Period]:
    """The years that paragraphs open with, up to the year of publication."""
    for line in seen.lines:
        match = next(filter(None, (p.match(line) for p in patterns)), None)
        if match is None:
            continue
        year = number(match["reviewed"])
        last = seen.published.year if seen.published is not None else year
        begins = bool(match.groupdict().get("since"))  # 2021年以来 in a report of 2024
        if year == last or (year < last and not begins):
            yield Period.years(year)


def _around(day: date | None, seen: Evidence, rules: StructureRules) -> Horizon:
    """A yearly report without a year: delivered in the first half of a year it reviews the year before,
    in the last two months the year that ends.
    """
    report = seen.kind is DocumentKind.REPORT and rules.paired_years.search(seen.title)
    if day is None or not report:
        return Horizon()
    if 6 < day.month < 11:
        if not _years_said(rules.term_reviewed.search, seen.heads):
            return Horizon()
        if rules.term_expected.search(seen.review):
            return Horizon(reviewed=Period.years(day.year))
        # a term that ends within a year is told up to the last whole year
        named = (number(m[1]) for m in YEAR.finditer(seen.review))
        return Horizon(
            reviewed=Period.years(max((y for y in named if y < day.year), default=day.year - 1))
        )
    return Horizon(Period.years(day.year + (day.month >= 11)))
