"""The period a document plans and the one it reviews, from what it says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from plantrack.model import Conflict, DocumentKind, Period, Span
from plantrack.read.lines import number
from plantrack.read.rules import StructureRules

_HALF = {"上半年": "H1", "下半年": "H2"}
_YEAR = re.compile(r"((?:19|20)\d\d|二[〇○零O][〇○零O一二三四五六七八九]{2})年")


class Horizon(NamedTuple):
    """What a document plans and reviews; either may be unknown. `conflicts` say where it disagrees."""

    planned: Period | None = None
    reviewed: Period | None = None
    conflicts: tuple[Conflict, ...] = ()


def find_horizon(
    text: str, title: str, after_title: int, heads: Iterable[str], kind: DocumentKind,
    published: date | None, rules: StructureRules,
) -> Horizon:  # fmt: skip
    """The periods of a document, from its title, else its headings, else its running text.

    `after_title` is the offset where the body begins; `heads` are its short lines. A five-year
    plan reviews the five years before it. Where the body speaks of another five-year plan than
    the title and never of the title's, the body wins and a Conflict says so. A year that no
    evidence gives stays unknown.
    """
    found = _in_title(title, rules)
    if found.planned is None and found.reviewed is None:
        found = _in_headings(heads, rules)
    if found.planned is not None and found.planned.length_in_years == 5:
        found = _corrected(found, text, title, after_title, rules)
    if found.planned is None and found.reviewed is None:
        body = _plan_of_body(text, after_title, rules)
        found = Horizon(body[0]) if body else _in_body(text, published, rules)
    if kind is DocumentKind.REPORT and found.reviewed is None and found.planned is None:
        found = _around(published, title, rules)
    return _completed(found, title, kind, rules)


def _completed(found: Horizon, title: str, kind: DocumentKind, rules: StructureRules) -> Horizon:
    planned, reviewed = found.planned, found.reviewed
    if rules.paired_years.search(title) or kind is DocumentKind.ANNUAL_PLAN:
        one_year = {p.length_in_years for p in (planned, reviewed) if p is not None} == {1.0}
        if one_year and reviewed is None and planned is not None:
            reviewed = planned.shift(-1)
        elif one_year and planned is None and reviewed is not None:
            planned = reviewed.shift(1)
    elif planned is not None and reviewed is None and planned.length_in_years == 5:
        reviewed = planned.shift(-1)
    return Horizon(planned, reviewed, found.conflicts)


def five_years(written: str, rules: StructureRules) -> Period | None:
    """The years of the five-year plan with this number (十五 → 2026/2030); None for no number."""
    try:
        first = rules.first_plan.year + 5 * (number(written) - rules.first_plan.number)
    except ValueError:
        return None
    return Period.years(first, first + 4) if 1953 <= first < 2100 else None


def years_in(line: str, rules: StructureRules) -> list[Period]:
    """The years and five-year plans that a line names."""
    out = [Period.years(number(m[1])) for m in _YEAR.finditer(line)]
    for match in rules.short_plan.finditer(line):
        plan = five_years(match["plan"], rules)
        if plan is not None:
            out.append(plan)
    return out


def part_of_year(year: int, part: str) -> Period:
    """A part of a year by its Chinese name: 上半年, 前三季度, 一季度, 1—8月."""
    if part in _HALF:
        return Period.parse(f"{year}{_HALF[part]}")
    if part == "前三季度":
        return Period.parse(f"{year}-01/{year}-09")
    months = re.match(r"1\D+?(\d{1,2})月", part)
    if months:
        last = int(months[1])
        whole = {3: f"{year}Q1", 6: f"{year}H1", 12: f"{year}"}
        return Period.parse(whole.get(last, f"{year}-01/{year}-{last:02d}"))
    return Period.parse(f"{year}Q{number(part.removeprefix('第')[0])}")


# ---------------------------------------------------------------------- evidence


def _in_title(title: str, rules: StructureRules) -> Horizon:
    for pattern in rules.title_periods:
        match = pattern.search(title)
        if match is None:
            continue
        said = match.groupdict()
        planned = reviewed = None
        if said.get("planned"):
            planned = Period.years(number(said["planned"]))
        elif said.get("from") and said.get("to"):
            a, b = number(said["from"]), number(said["to"])
            planned = Period.years(a, b) if a <= b else None
        elif said.get("plan"):
            planned = five_years(said["plan"], rules)
        if said.get("reviewed"):
            year = number(said["reviewed"])
            reviewed = part_of_year(year, said["part"]) if said.get("part") else Period.years(year)
        elif said.get("did"):
            reviewed = five_years(said["did"], rules)
            if reviewed is not None and rules.midterm.pattern.search(title):
                reviewed = Period.years(
                    reviewed.first.year, reviewed.first.year + rules.midterm.years - 1
                )
        if planned is not None or reviewed is not None:
            return Horizon(planned, reviewed)
    return Horizon()


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
    return Horizon(planned, reviewed)


def _plan_of_body(text: str, start: int, rules: StructureRules) -> tuple[Period, Span] | None:
    """The five-year plan whose goals and guidelines the running text gives, with its first mention."""
    places: dict[Period, Span] = {}
    counts: Counter[Period] = Counter()
    for pattern in rules.body_plans:
        for match in pattern.finditer(text, start):
            plan = five_years(match["plan"], rules)
            if plan is not None:
                counts[plan] += 1
                places.setdefault(plan, Span(start=match.start(), end=match.end()))
    if not counts:
        return None
    best = max(counts, key=lambda p: counts[p])
    return best, places[best]


def _corrected(found: Horizon, text: str, title: str, start: int, rules: StructureRules) -> Horizon:
    """The body's five-year plan where the body never speaks of the title's."""
    body = _plan_of_body(text, start, rules)
    if body is None or body[0] == found.planned:
        return found
    mentions = Counter(five_years(m["plan"], rules) for m in rules.short_plan.finditer(text, start))
    if mentions[found.planned]:
        return found
    plan, place = body
    conflict = Conflict(
        about="planned period",
        found=f"the title says {found.planned} ({title})",
        used=f"{plan}, which the body speaks of ({place.of(text)})",
        span=place,
    )
    return Horizon(plan, None, (conflict,))


def _in_body(text: str, published: date | None, rules: StructureRules) -> Horizon:
    """The part of a year that the running text reports on most often."""
    counts: Counter[Period] = Counter()
    for pattern in rules.body_parts:
        for match in pattern.finditer(text):
            said = match.groupdict()
            year = (
                number(said["reviewed"])
                if said.get("reviewed")
                else this_year(text, published, rules)
            )
            if year is not None:
                counts[part_of_year(year, said["part"])] += 1
    if not counts:
        return Horizon()
    return Horizon(None, max(counts, key=lambda p: (counts[p], p)))


def this_year(text: str, published: date | None, rules: StructureRules) -> int | None:
    """The year that 今年 means: the date's, else the one that dated events in the text agree on.

    An event's year counts only if nothing the text mentions came later. None where no such
    event stands in the text or where two of different years do.
    """
    if published is not None:
        return published.year
    earliest = max((e.year for e in rules.known_since if e.says.search(text)), default=0)
    years = {e.year for e in rules.dated_events if e.says.search(text)}
    years = {y for y in years if y >= earliest}
    return years.pop() if len(years) == 1 else None


def _around(published: date | None, title: str, rules: StructureRules) -> Horizon:
    """A yearly report without a year: published in the first half of a year it reviews the year before."""
    if published is None or not rules.paired_years.search(title) or published.month > 6:
        return Horizon()
    return Horizon(Period.years(published.year))
