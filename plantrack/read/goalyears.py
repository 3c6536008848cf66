"""Plans that name their years only by their goals, and what their tasks without a year are for."""

from __future__ import annotations

from collections import Counter

from plantrack.model import DocumentKind, Period
from plantrack.model.fiveyears import five_years_of
from plantrack.read.evidence import Evidence, Horizon
from plantrack.read.lines import number
from plantrack.read.rules import StructureRules
from plantrack.read.spans import YEAR

_RECENT = 2  # years that what a plan counts from lies back at most
_HEAD = 4  # lines behind a title that may number or date the document


def goal_horizons(seen: Evidence, rules: StructureRules) -> list[int]:
    """The years up to which sentences set goals (到2025年，…), in order."""
    return sorted(_goal_years(seen, rules))


def _goal_years(seen: Evidence, rules: StructureRules, *, cited: bool = False) -> Counter[int]:
    """How often each year is told as the one of goals; where `cited`, of goals too that are another text's."""
    found = rules.goal_years.finditer(seen.text, seen.body)
    opened = Counter(
        number(m[m.lastgroup]) for m in found if m.lastgroup and (cited or not m["cited"])
    )
    if opened or seen.kind is not DocumentKind.PLAN:
        return opened
    within = rules.goal_years_within.finditer(seen.text, seen.body)
    return Counter(number(m["until"]) for m in within)


def _looked_back_on(seen: Evidence, rules: StructureRules) -> list[int]:
    """The years that a text without headings tells of before its first goal: 2022年降到34.6亿立方米。到2025年，…"""
    first = next(rules.goal_years.finditer(seen.text, seen.body), None)
    if first is None or seen.heads:
        return []
    told = rules.told_years.finditer(seen.text, seen.body, first.start())
    return [number(m["year"]) for m in told]


def of_goals(found: Horizon, seen: Evidence, rules: StructureRules) -> Horizon:
    """The years of a plan whose title and guidelines name none: from the year behind the newest it
    looks back on to the last that it sets goals for. The tasks of a long one are for the years up
    to the nearer one that it sets most goals for.
    """
    goals = _goal_years(seen, rules, cited=found.unknown)
    ahead = sorted(goals)
    if not ahead:
        return found
    known = issued_in(seen, rules)
    issued = known or ahead[0]
    named = [number(m[1]) for m in YEAR.finditer(seen.review)]
    if not named:
        counted = rules.base_years.finditer(seen.text, seen.body)
        named = [number(m["base"] or m["end"]) for m in counted]
        named += _looked_back_on(seen, rules) if named else ()
    if not named and known is None:
        named = [number(m["year"]) for m in rules.told_years.finditer(seen.text, seen.body)]
    # two horizons of which nothing says when they were set begin with the five-year plan of the first
    begins = issued if known or len(ahead) < 2 else five_years_of(ahead[0]).first.year
    base = max((y for y in named if y <= min(issued, ahead[0] - 1)), default=begins - 1)
    if known and base < known - _RECENT:
        base = known - 1  # a comparison with a year long gone: 比2014年翻一番
    if not base < ahead[0] <= base + 15:
        return found
    planned = Period.years(base + 1, ahead[-1])
    found = found._replace(planned=planned, reviewed=Period.years(base))
    titled = str(planned.year) in seen.title  # 健康如皋2030
    if len(ahead) < 2 or titled or planned.length_in_years <= rules.long:
        return found
    # of years named alike often the first that ends a five-year plan
    first = max(ahead[:-1], key=lambda y: (goals[y], y % 5 == 0))
    if goals[first] < 2 and planned.length_in_years < rules.far:
        return found  # its goals alone name it, no task does
    return found._replace(frame=Period.years(base + 1, first))


def issued_in(seen: Evidence, rules: StructureRules) -> int | None:
    """The year a document was issued in: of its date, else of the first line of its head that holds
    a number or a date without a day.
    """
    if seen.published is not None:
        return seen.published.year
    for line in seen.lines[:_HEAD]:
        if len(line) > rules.max_unmarked_title:
            continue
        if numbered := rules.number.search(line):  # 青政办发〔2021〕18号
            return number(numbered["year"])
        year = YEAR.search(line)
        if year and rules.dateline.search(line):
            return number(year[1])
    return None


def up_to_near(found: Horizon, seen: Evidence, rules: StructureRules) -> Horizon:
    """With the first horizon of a plan whose last one is far away, where it tells what is done first."""
    planned = found.planned
    if (
        seen.kind is not DocumentKind.PLAN
        or planned is None
        or found.frame is not None
        or planned.length_in_years <= rules.far
    ):
        return found
    ahead = [y for y in goal_horizons(seen, rules) if planned.first.year <= y <= planned.year]
    if len(ahead) < 2 or not rules.first_stage.search(seen.text, seen.body):
        return found
    base = found.reviewed  # goals up to a year count from the newest one that is told
    told = base is not None and base.year < planned.first.year
    first = base.year + 1 if base is not None and told else planned.first.year
    return found._replace(frame=Period.years(first, ahead[0]))
