"""The columns of an indicator table, from a header that may have come apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from plantrack.extract.cells import flat
from plantrack.extract.numerals import han_number
from plantrack.extract.tablerules import Names, RoleWord, TableRules
from plantrack.model import ColumnRole, Document, Period
from plantrack.model.fiveyears import five_years

_YEAR = re.compile(r"(?:19|20)\d\d")
_YEARS = re.compile(r"((?:19|20)\d\d)年?[—–\-~～至到]{1,2}((?:19|20)\d\d)")
_MONTH = re.compile(r"((?:19|20)\d\d)年(1[01]|[1-9])月")  # December ends the year
_PARTS = {"一季度": 3, "上半年": 6, "前三季度": 9}
_PART = re.compile(
    rf"(?:((?:19|20)\d\d)年)?(?:({'|'.join(_PARTS)})|(?<!\d)1月?[—–\-~～至到]{{1,2}}(1[0-2]|[2-9])月)"
)
_PLAN = re.compile(r"(十[一二三四五六七八九]?)五(?![一二三四五六七八九十])")


@dataclass(frozen=True, slots=True)
class Column:
    """One value column: what its values are and for when.

    `rate` marks the column of yearly means or sums beside one of levels; `mean` and `total` say
    that the header makes every value of the column one; `estimated` that all are estimates.
    """

    role: ColumnRole
    period: Period
    estimated: bool = False
    mean: bool = False
    total: bool = False
    rate: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """One header cell: what it names and its text, blanks taken out."""

    names: Names
    text: str


def name_header(text: str, rules: TableRules) -> Names | None:
    """What a header cell names; None where the cell is no header."""
    bare = flat(text)
    return next((rule.names for rule in rules.header if rule.pattern.fullmatch(bare)), None)


def heads(cells: Iterable[str], rules: TableRules) -> list[Head]:
    """The header cells of a table that lies one cell a line, put together where they came apart.

    A bare year followed by a word of role (2020, 目标) is one cell, and so is 指标 directly
    before 属性: there the indicator's own header was lost, or 指标属性 was broken.
    """
    out: list[Head] = []
    for text in cells:
        names = name_header(text, rules)
        if names is None:
            break
        bare = flat(text)
        last = out[-1] if out else None
        if last and names is Names.VALUE and last.names is Names.VALUE:
            bare_year = _YEAR.fullmatch(last.text.removesuffix("年"))
            if bare_year and not _YEAR.search(bare) and not _PLAN.search(bare):
                out[-1] = Head(Names.VALUE, last.text + bare)
                continue
        if last and names is Names.NATURE and last.text == "指标":
            out[-1] = Head(Names.NATURE, last.text + bare)
            continue
        out.append(Head(names, bare))
    return out


def plan_years(text: str) -> Period | None:
    """The years of the last five-year plan that a title or header names by its short name."""
    found = _PLAN.findall(text)
    number = han_number(found[-1]) if found else None
    return None if number is None else five_years(number)


def table_horizon(title: str, found: Sequence[Head], document: Document) -> Period | None:
    """The period the table's goals are for: its title's plan, else the one its years point to."""
    named = plan_years(title)
    if named is not None:
        return named
    years = [
        int(y) for head in found if head.names is Names.VALUE for y in _YEAR.findall(head.text)
    ]
    newest = Period.years(max(years)) if years else None
    for period in (document.planned, document.reviewed, plan_years(document.title)):
        if period is not None and (newest is None or period.contains(newest)):
            return period
    inside = [
        p for p in (document.planned,) if p and any(p.contains(Period.years(y)) for y in years)
    ]
    if inside or newest is None:
        return inside[0] if inside else newest
    # 2009年, 2010年, …, 2015年, 年均增速: a mean is over the years behind the first
    means = any(head.names is Names.RATE for head in found)
    return Period.years(min(years) + 1, max(years)) if means and len(set(years)) > 1 else newest


def value_columns(
    found: Sequence[Head], horizon: Period, title: str, rules: TableRules, reviewed: Period | None
) -> tuple[Column, ...]:
    """The columns under the headers of values, rates and shares of a goal, in order.

    A year within the years `reviewed` holds results. A share of the goal is told for the last of them.
    """
    columns = [_value_column(head, horizon, title, rules, reviewed) for head in found]
    results = [c.period for c in columns if c.role is ColumnRole.RESULT]
    last = max(results, key=lambda period: period.last, default=horizon)
    return tuple(replace(c, period=last) if c.role is ColumnRole.PROGRESS else c for c in columns)


def _value_column(
    head: Head, horizon: Period, title: str, rules: TableRules, reviewed: Period | None
) -> Column:
    text = head.text
    if head.names is Names.PROGRESS:
        return Column(ColumnRole.PROGRESS, horizon)
    estimated = bool(rules.estimated_header.search(text))
    if head.names is Names.RATE:
        mean = bool(rules.mean_header.search(text))
        return Column(ColumnRole.GOAL, horizon, mean=mean, total=not mean, rate=True)
    span, month = _YEARS.search(text), _MONTH.search(text)
    part = first_months(text, reviewed)
    if span:
        period: Period | None = Period.years(int(span[1]), int(span[2]))
    elif part:
        period = part
    elif month:
        period = Period.parse(f"{month[1]}-{int(month[2]):02d}")
    else:
        year = _YEAR.search(text)
        plan = plan_years(text)
        ends = Period.years(plan.last.year) if plan else None
        period = Period.years(int(year[0])) if year else ends
    word = next((r.role for r in rules.roles if r.pattern.search(text)), None)
    within = reviewed is not None and period is not None and reviewed.contains(period)
    within = within or (
        reviewed is not None and (month or part) is not None
    )  # 2018年8月底 in an evaluation
    reviews = within or bool(rules.review_title.search(title))
    role = _role(word, period, horizon, reviews)
    if period is None and role is ColumnRole.RESULT and reviewed and reviewed.length_in_years < 1:
        period = reviewed  # 本期完成 in a report on a part of a year
    if period is None:
        before = role is ColumnRole.BASELINE
        period = Period.years(horizon.first.year - 1 if before else horizon.last.year)
    whole = span is not None
    return Column(
        role,
        period,
        estimated,
        mean=whole and bool(rules.mean_header.search(text)),
        total=whole and bool(rules.sum_header.search(text) or text.startswith("其中")),
    )


def first_months(text: str, reviewed: Period | None) -> Period | None:
    """The first months of a year that a header names (2024年上半年, 1—8月); without a year, of the last one reviewed."""
    found = _PART.search(text)
    year = found[1] if found and found[1] else reviewed.year if reviewed else None
    if found is None or year is None:
        return None
    month = _PARTS[found[2]] if found[2] else int(found[3])
    return Period.months(int(year), 1, month)


def _role(
    word: RoleWord | None, period: Period | None, horizon: Period, reviews: bool
) -> ColumnRole:
    earlier = period is not None and period.last < horizon.first
    if word is RoleWord.BASELINE:
        return ColumnRole.BASELINE
    if word in (RoleWord.RESULT, RoleWord.REACHED):
        return ColumnRole.BASELINE if earlier else ColumnRole.RESULT
    if word is RoleWord.GOAL:
        return ColumnRole.GOAL
    if earlier:
        return ColumnRole.BASELINE
    return ColumnRole.RESULT if reviews else ColumnRole.GOAL
