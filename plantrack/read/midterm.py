"""Evaluations made in the middle of a plan: which of its first years they look at, and up to which month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import takewhile

from plantrack.model import Period
from plantrack.read.evidence import NEWS_OPENING, Evidence, Horizon
from plantrack.read.goalyears import issued_in
from plantrack.read.lines import number
from plantrack.read.rules import StructureRules
from plantrack.read.spans import YEAR, five_years, span_of

_HALF_YEAR = 6  # months
_MARKS = (
    "第一二三四五六七八九十章节、.．()（）0123456789*# 　"  # what the mark of a heading is made of
)


def up_to_month(found: Horizon, seen: Evidence, rules: StructureRules) -> Horizon:
    """With the months that an evaluation says its data go up to: 评估数据截至2023年6月底."""
    planned, reviewed = found.planned, found.reviewed
    if planned is None or reviewed is None or not is_midterm(seen, rules):
        return found
    cut = _data_until(seen, rules)
    if cut is None or cut.year != reviewed.year + 1:
        return found
    months = f"{planned.first.year}-01/{cut.year}-{cut.last.month:02d}"
    return found._replace(frame=Period.parse(months))


def _data_until(seen: Evidence, rules: StructureRules) -> Period | None:
    """The month up to which an evaluation says that its data go, or how things stand before its first
    heading; None for a whole year.
    """
    places = [p.search(seen.text, seen.body) for p in rules.midterm.cut]
    places += (rules.midterm.stands.search(line) for line in _before_headings(seen))
    for match in filter(None, places):
        month = _HALF_YEAR if match["half"] else int(match["month"])
        if 1 <= month < 12:
            return Period.parse(f"{number(match['year'])}-{month:02d}")
    return None


def _before_headings(seen: Evidence) -> Iterator[str]:
    """The lines before the first heading; none of a text without headings."""
    if seen.heads:
        first = seen.heads[0]
        yield from takewhile(lambda line: not line.lstrip(_MARKS).startswith(first), seen.lines)


def is_midterm(seen: Evidence, rules: StructureRules) -> bool:
    """Whether the title says that this is a mid-term review, or the opening of a text without a title."""
    told = None if seen.title else rules.midterm.told.search(seen.text, seen.body)
    opens = told is not None and told.start() < seen.body + NEWS_OPENING
    return opens or rules.midterm.pattern.search(seen.title) is not None


def is_under_way(plan: Period, seen: Evidence, rules: StructureRules) -> bool:
    """Whether a report on a plan is made before it ends: it says so, its date does, or how things stand is
    told as of a year before the plan's last (截至2024年底), of which nothing is told.
    """
    day = seen.delivered or seen.published
    if is_midterm(seen, rules):
        return True
    if day is not None:
        return plan.first.year < day.year < plan.year
    stood = (number(m["year"]) for m in rules.midterm.as_of.finditer(seen.text, seen.body))
    if not plan.first.year < max(stood, default=0) < plan.year:
        return False
    told = {number(m["year"]) for m in rules.told_years.finditer(seen.text, seen.body)}
    return told.isdisjoint((plan.year, plan.year + 1))


def _made_in(seen: Evidence, rules: StructureRules) -> int | None:
    """The year a mid-term review was made in: its date's, else what its opening says, else that of the papers it answers or of its data."""
    made = seen.delivered.year if seen.delivered else issued_in(seen, rules)
    if made is not None:
        return made
    opening = rules.midterm.opens.search(seen.text, seen.body, seen.body + NEWS_OPENING)
    if opening:
        return number(opening["year"])
    numbered = (number(m["year"]) for m in rules.number.finditer(seen.text))
    cut = _data_until(seen, rules)
    return max(numbered, default=cut.year if cut is not None else None)


def plan_around(reviewed: Period | None, title: str, rules: StructureRules) -> Period | None:
    """The five-year plan of the title that the years reviewed lie in."""
    plans = (five_years(m["plan"], rules) for m in rules.short_plan.finditer(title))
    return next((p for p in plans if p and reviewed and p.contains(reviewed)), None)


def first_years(plan: Period, seen: Evidence, rules: StructureRules) -> Period:
    """The years of a plan that its mid-term review looks at."""
    first = plan.first.year
    whole = {number(m["year"]) for m in rules.midterm.expected.finditer(seen.text, seen.body)}
    for match in rules.midterm.span.finditer(seen.text, seen.body):
        said = span_of(match["since"], match["until"])
        part = rules.midterm.part.match(seen.text, match.end()) is not None
        part = part and said is not None and said.year not in whole
        if said is not None and said.first.year == first and said.year - part < plan.year:
            return Period.years(first, max(first, said.year - part))
    if early := rules.midterm.early.search(seen.text, seen.body):
        return Period.years(first, min(first + number(early["n"]) - 1, plan.year))
    written = rules.midterm.written.search(seen.title)
    data = rules.midterm.data.search(seen.text, seen.body)
    if data:
        last = number(data["year"] or data["point"])
    elif written:
        last = number(written["year"]) - 1
    else:
        whole_years = (
            number(m[1])
            for m in YEAR.finditer(seen.text, seen.body)
            if not rules.midterm.part.match(seen.text, m.end())
        )
        made = _made_in(seen, rules)
        ends = min(plan.year, made) if made is not None and made > first else plan.year
        counts = Counter(y for y in whole_years if first < y < ends)
        usual = made - 1 if made is not None else first + rules.midterm.years - 1
        last = max(counts, key=lambda y: (counts[y], y), default=usual)
    return Period.years(first, min(max(last, first), plan.year))
