"""Years, five-year plans and parts of a year as titles, headings and sentences write them."""

from __future__ import annotations

import re

from plantrack.model import Outlook, Period
from plantrack.read.lines import number
from plantrack.read.rules import StructureRules

_HALF = {"上半年": "H1", "下半年": "H2"}
YEAR = re.compile(r"((?:19|20)\d\d|二[〇○零O][〇○零O一二三四五六七八九]{2})年")


def five_years(written: str, rules: StructureRules) -> Period | None:
    """The years of the five-year plan with this number (十五 → 2026/2030); None for no number."""
    try:
        first = rules.first_plan.year + 5 * (number(written) - rules.first_plan.number)
    except ValueError:
        return None
    return Period.years(first, first + 4) if 1953 <= first < 2100 else None


def years_in(line: str, rules: StructureRules) -> list[Period]:
    """The years and five-year plans that a line names."""
    if "年" not in line and "五" not in line:
        return []  # as nearly every line
    out = [Period.years(number(m[1])) for m in YEAR.finditer(line)]
    for match in rules.short_plan.finditer(line):
        plan = five_years(match["plan"], rules)
        if plan is not None:
            out.append(plan)
    return out


def period_of_heading(
    title: str, outlook: Outlook, planned: Period | None, reviewed: Period | None,
    rules: StructureRules,
) -> Period | None:  # fmt: skip
    """The one period that a heading names for its section, where it lies within what it looks at."""
    whole = {Outlook.PLAN: planned, Outlook.REVIEW: reviewed}.get(outlook)
    if whole is None:
        return None
    named: set[Period | None] = set()
    taken: list[tuple[int, int]] = []
    for pattern in rules.section_periods:
        for match in pattern.finditer(title):
            if any(match.start() < b and a < match.end() for a, b in taken):
                continue
            taken.append(match.span())
            said = {name: written for name, written in match.groupdict().items() if written}
            named.add(_said(said, whole, reviewed, rules))
    period = named.pop() if len(named) == 1 else None
    term = period is not None and period.last == whole.last and whole.length_in_years == 1
    if term and outlook is Outlook.REVIEW and rules.term_told.search(title):
        return period  # “十二五”时期工作回顾 in the report at the end of it
    if (
        period is not None
        and whole.length_in_years == 1 < period.length_in_years
        and period.year == whole.year
    ):
        return None  # 全力完成“十四五”目标任务 in the last year of it
    if period is not None and period.length_in_years < 1 and whole.length_in_years == 1:
        return None  # what is done in the second half serves the goals of the year
    if period is None or (
        period == whole and outlook is Outlook.REVIEW and whole.length_in_years > 1
    ):
        return None
    if whole.contains(period):
        return period
    if outlook is Outlook.REVIEW and period.length_in_years == 1 and period.last < whole.first:
        return period  # 2022年决算情况 in a report that goes on with the next half-year
    later = reviewed is None or period.first > reviewed.last
    return period if outlook is Outlook.PLAN and later else None


def _said(
    said: dict[str, str], whole: Period, reviewed: Period | None, rules: StructureRules
) -> Period | None:
    """A period as a heading names it within the `whole` that is planned or reviewed."""
    if "from" in said:
        return span_of(said["from"], said["to"])
    if "plan" in said:
        return five_years(said["plan"], rules)
    if "until" in said:
        return span_of(str(whole.first.year), said["until"])
    if "year" in said:
        year = number(said["year"])
        return part_of_year(year, said["part"]) if "part" in said else Period.years(year)
    if past := said.get("past") or said.get("past2"):
        return Period.years(whole.year - number(past) + 1, whole.year)
    years = number(said["n"])
    if reviewed is not None and whole.contains(reviewed) and whole != reviewed:
        first = whole.year - years + ("half" not in said)
        return Period.years(first, whole.year)
    return Period.years(whole.first.year, whole.first.year + years - 1)


def part_of_year(year: int, part: str) -> Period:
    """A part of a year by its Chinese name: 上半年, 前三季度, 一季度, 1—8月, 前7个月, 11月份."""
    if part in _HALF:
        return Period.parse(f"{year}{_HALF[part]}")
    if part == "前三季度":
        return Period.months(year, 1, 9)
    months = re.match(r"(?:1\D+?(\d{1,2})月|前\s?(\S{1,2}?)\s?个月)", part)
    if months:
        last = number(months[1] or months[2])
        return Period.months(year, 1, last)
    if "月" in part:
        return Period.parse(f"{year}-{number(part[: part.index('月')]):02d}")
    return Period.parse(f"{year}Q{number(part.removeprefix('第')[0])}")


def span_of(first: str, last: str) -> Period | None:
    """The years from the first to the last; None where the last comes before."""
    a, b = number(first), number(last)
    return Period.years(a, b) if a <= b else None
