"""Which targets have been without a new value for longer than their rule allows: rules/freshness.yaml."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Annotated, Literal, NamedTuple, TypeAlias

from pydantic import Field

from plantrack.datafile import load, rules_path
from plantrack.errors import RuleError
from plantrack.model import Nature, Period, Target, Text
from plantrack.model.base import Model

Values: TypeAlias = Literal["year", "half", "quarter", "month", "span", "date", "none"]
Bond: TypeAlias = Literal["binding", "expected", "unstated"]


class FreshnessRule(Model):
    """One rule; a condition that is left out holds always."""

    id: str
    values: tuple[Values, ...] = ()
    indicator: tuple[str, ...] = ()
    nature: tuple[Bond, ...] = ()
    months: Annotated[int, Field(gt=0, le=600)]

    def fits(self, target: Target, newest: Period | None) -> bool:
        """Whether the rule speaks of a target whose newest value is of period `newest`."""
        kind = "none" if newest is None else newest.kind.value
        held: tuple[tuple[tuple[str, ...], str | None], ...] = (
            (self.values, kind),
            (self.indicator, target.series.indicator_id),
            (self.nature, _bond(target.nature)),
        )
        return all(not wanted or found in wanted for wanted, found in held)


class Freshness(Model):
    """rules/freshness.yaml; its head says what the keys mean."""

    rules: Annotated[tuple[FreshnessRule, ...], Field(min_length=1)]


class Stale(NamedTuple):
    """A target that waits too long: the rule and the reason."""

    rule: str
    reason: Text


@lru_cache(maxsize=1)
def freshness() -> Freshness:
    """The shipped rules, read once. RuleError where the last rule does not take every target."""
    rules = load(rules_path("freshness.yaml"), Freshness, error=RuleError)
    last = rules.rules[-1]
    if last.values or last.indicator or last.nature:
        raise RuleError(
            str(rules_path("freshness.yaml")),
            f"the last rule, '{last.id}', has conditions",
            "End with a rule that takes every target.",
        )
    return rules


def stale(
    target: Target, newest: Period | None, today: date, rules: Freshness | None = None
) -> Stale | None:
    """The rule that a target breaks today, whose newest value is of period `newest`; None where none.

    A target whose horizon lies behind its newest value waits for nothing, nor does one whose
    horizon has not begun.
    """
    if newest is not None and newest.last >= target.horizon.last:
        return None
    since = target.horizon.first if newest is None else newest.last
    if since > today:
        return None
    rule = next(r for r in (rules or freshness()).rules if r.fits(target, newest))
    months = _months(since, today)
    if months < rule.months:
        return None
    if newest is None:
        zh = f"自{since}起{months}个月没有数据，超过{rule.months}个月"
        en = f"no value in {months} months since {since}, more than {rule.months} months"
    else:
        zh = f"最新数据为{newest}，此后{months}个月没有新数据，超过{rule.months}个月"
        en = f"the newest value is of {newest}; no new one for {months} months, more than {rule.months}"
    return Stale(rule.id, Text(zh=zh, en=en))


def _bond(nature: Nature | None) -> Bond:
    return "unstated" if nature is None else nature.value


def _months(since: date, today: date) -> int:
    """Whole months from one day to another."""
    months = (today.year - since.year) * 12 + today.month - since.month
    return months - (today.day < since.day and not _month_ends(today))


def _month_ends(day: date) -> bool:
    return day.month != date.fromordinal(day.toordinal() + 1).month
