"""The years of a text that neither a title nor headings date: what its sentences speak of."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from plantrack.model import DocumentKind, Period
from plantrack.read.evidence import Evidence, Horizon
from plantrack.read.lines import number
from plantrack.read.rules import StructureRules
from plantrack.read.spans import five_years, part_of_year

_CITED = 400  # characters in which a piece of news names what it tells of
_WEIGHT = 3  # mentions further on that one in the opening is worth


def spoken_years(seen: Evidence, rules: StructureRules) -> Horizon:
    """What a text looks back on by its own sentences: a five-year plan gone by that it opens with or
    measures itself against, a month or months, else the year that it names most.
    """
    for pattern in rules.opening_plans:
        match = pattern.search(seen.opening)
        plan = five_years(match["did"], rules) if match else None
        if match and plan is not None:
            return Horizon(reviewed=plan.shift(1) if match.groupdict().get("base") else plan)
    if (month := opening_month(seen, rules)) is not None:
        return Horizon(reviewed=month)
    year = named_most(seen, rules.told_years)
    return Horizon(reviewed=Period.years(year)) if year is not None else Horizon()


def spoken_goals(seen: Evidence, rules: StructureRules) -> Horizon:
    """The one year for which a text sets goals that are announced as its own (2015年预期目标为：…); where no
    title says what it is, in its opening too, or for 今年.
    """
    ahead = rules.goals_of_year.search(seen.text, seen.body)
    if ahead is None and not seen.title:
        ahead = rules.opening_goals.search(seen.opening)
    if ahead:
        return Horizon(planned=Period.years(number(ahead[ahead.lastgroup or "planned"])))
    if seen.title:
        return Horizon()
    now = now_in(seen, rules) if rules.goals_now.search(seen.text) else None
    return Horizon(planned=Period.years(now)) if now is not None else Horizon()


def opening_month(seen: Evidence, rules: StructureRules) -> Period | None:
    """The month or months that the opening tells of with their year: 2018年6月份，工业增加值…"""
    said = rules.opening_months.search(seen.opening)
    if said is None:
        return None
    year, part = said["reviewed"] or said["reviewed2"], said["part"] or said["part2"]
    return part_of_year(number(year), part)


def named_most(seen: Evidence, years: re.Pattern[str]) -> int | None:
    """The year that `years` finds most, the newest of those found alike; not one after the text was
    published. None where there is none.
    """
    last = seen.published.year if seen.published is not None else None
    counts: Counter[int] = Counter()
    for match in years.finditer(seen.text):
        year = number(match["year"])
        if last is None or year <= last:
            counts[year] += _WEIGHT if match.start() < seen.opens_to else 1
    return max(counts, key=lambda y: (counts[y], y), default=None)


def now_in(seen: Evidence, rules: StructureRules) -> int | None:
    """The year that a text calls 今年; in one without a title, where nothing else tells, the one it names most."""
    now = this_year(seen.text, seen.published, rules)
    if now is not None or seen.title:
        return now
    since = [number(m["base"] or m["end"]) for m in rules.base_years.finditer(seen.text)]
    mean = rules.mean_since.search(seen.text)  # 比2019年同期增长13%，两年平均增长6%
    years = number(mean["n"]) if mean else 1
    return named_most(seen, rules.any_years) or (max(since) + years if since else None)


def this_year(text: str, published: date | None, rules: StructureRules) -> int | None:
    """The year that 今年 means: the date's or the issue's, else the one that dated events agree on.

    An event's year counts only if nothing the text mentions came later. None where no such
    event stands in the text or where two of different years do.
    """
    if published is not None:
        return published.year
    issue = rules.issue.search(text, 0, 10 * rules.max_title)
    if issue is not None:
        return number(issue["year"])
    earliest = max((e.year for e in rules.known_since if e.says.search(text)), default=0)
    events = (event.year_in(text) for event in rules.dated_events)
    years = {y for y in events if y is not None and y >= earliest}
    return years.pop() if len(years) == 1 else None


def cited_title(seen: Evidence, rules: StructureRules) -> str:
    """The plan that a piece of news opens with and tells of (《…三年行动方案》提出), as it calls it."""
    cited = rules.cited.search(seen.text[: seen.body + _CITED])
    plans = (DocumentKind.PLAN, DocumentKind.OTHER, DocumentKind.PROPOSAL)
    if cited is None or seen.kind not in plans:
        return ""
    return next(said for said in cited.groups() if said).removesuffix("的通知")
