"""Whether a plan contradicts itself: its parts, milestones, units, periods, directions and paths.

A check compares what the plan states; where it states too little, the check is not made. What
counts as a unit or as a sum is data: the lexicon, rules/grades.yaml, rules/consistency.yaml.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from plantrack.errors import IncomparableError, UsageError
from plantrack.model import Plan, Source, Target, Text
from plantrack.testing.facts import Facts
from plantrack.testing.messages import bare, lines, sentence
from plantrack.testing.standards import shipped
from plantrack.testing.sums import parts

__tracebackhide__ = True  # a failing test shows its own line, none of these


class Check(StrEnum):
    """What is looked at."""

    PARTS = "parts"  # the parts of a whole exceed it, or do not add up to it; a part of itself
    MILESTONES = "milestones"  # not on the way from baseline to goal, or not within that time
    UNITS = "units"  # goal, baseline and indicator cannot be compared
    HORIZON = "horizon"  # reaches beyond the plan's period
    DUPLICATES = "duplicates"  # the same series, horizon and kind of goal twice
    DIRECTION = "direction"  # the goal points to where the indicator gets worse
    BASELINES = "baselines"  # not known, or not before the time it is the baseline of
    PATHS = "paths"  # the path that is stated cannot be drawn


class Finding(NamedTuple):
    """One contradiction: which check found it in which target, what it is, and where that is written."""

    check: Check
    target_id: str
    says: Text
    source: Source


Said = tuple[Target, Text]


def findings(
    plan: Plan, *, whole: Collection[str] = (), skip: Collection[Check | str] = ()
) -> tuple[Finding, ...]:
    """All contradictions of a plan, check by check, each in the plan's order.

    `whole` and `skip` as `assert_consistent` takes them. IncomparableError where there is nothing
    to compare; UsageError where `whole` or `skip` name what does not exist.
    """
    if not isinstance(plan, Plan):
        raise IncomparableError(
            f"a plan is due here, found {type(plan).__name__}. Hand in what `read_plan` gives.",
            found=type(plan).__name__,
        )
    if not plan.targets:
        raise IncomparableError(
            f"plan '{plan.id}' has no targets, so there is nothing to compare. "
            "Check with `plantrack targets` what its file holds.",
            plan_id=plan.id,
        )
    for target_id in whole:
        plan.target(target_id)
    skipped = {_check(name) for name in skip}
    facts = [Facts(target, plan, shipped()) for target in plan.targets]
    checks: dict[Check, Callable[[], Iterator[Said]]] = {
        Check.PARTS: lambda: parts(facts, whole),
        Check.MILESTONES: lambda: _each(facts, _milestones),
        Check.UNITS: lambda: _each(facts, _units),
        Check.HORIZON: lambda: _each(facts, _horizon),
        Check.DUPLICATES: lambda: _duplicates(facts),
        Check.DIRECTION: lambda: _each(facts, _direction),
        Check.BASELINES: lambda: _each(facts, _baselines),
        Check.PATHS: lambda: _each(facts, _paths),
    }
    return tuple(
        Finding(check, target.id, says, target.source)
        for check, run in checks.items()
        if check not in skipped
        for target, says in run()
    )


def finding_text(finding: Finding) -> str:
    """A finding as a failure message lists it."""
    rows = [("", finding.says.zh), ("", finding.says.en), ("出处 Source", sentence(finding.source))]
    return "\n".join([f"  [{finding.check}] {bare(finding.target_id)}", *lines(rows)])


def _check(name: Check | str) -> Check:
    if name not in list(Check):
        raise UsageError(
            f"skip: there is no check '{name}'. Allowed: {', '.join(Check)}.",
            skip=str(name),
            allowed=list(Check),
        )
    return Check(name)


def _each(facts: Sequence[Facts], look: Callable[[Facts], Iterator[Text]]) -> Iterator[Said]:
    return ((one.target, says) for one in facts for says in look(one))


def _milestones(one: Facts) -> Iterator[Text]:
    """Points lie after the baseline and not after the horizon, and values go one way to the goal."""
    target, points = one.target, one.points()
    start = target.horizon.opening if target.baseline is None else target.baseline.period.t
    for point in points:
        if not start < point.period.t <= target.horizon.t:
            yield Text(
                zh=f"节点{point.period}不在起点与{target.horizon}末之间",
                en=f"the milestone {point.period} lies outside the way to the end of {target.horizon}",
            )
    times = [point.period.t for point in points]
    if len(set(times)) < len(times):
        yield Text(zh="同一时点有两个节点", en="two milestones stand at the same moment")
    way = one.way()
    if any(a < b for a, b in pairwise(way)) and any(a > b for a, b in pairwise(way)):
        told = " → ".join(f"{number:f}" for number in way)
        yield Text(
            zh=f"节点不在基期与目标之间：{told}",
            en=f"milestones are not on the way from baseline to goal: {told}",
        )


def _units(one: Facts) -> Iterator[Text]:
    """Goal and baseline can be turned into the target's unit, and that into one of its indicator's."""
    for zh, en, quantity in one.quantities():
        if not one.comparable(quantity, one.unit):
            yield Text(
                zh=f"{zh}的单位“{quantity.unit}”不能换算为“{one.unit}”",
                en=f"the {en}'s unit '{quantity.unit}' cannot be turned into '{one.unit}'",
            )
    allowed = one.units_of_indicator()
    if allowed and one.unit and not any(one.convertible(one.unit, unit) for unit in allowed):
        yield Text(
            zh=f"“{one.unit}”不是该指标的单位（{'、'.join(allowed)}）",
            en=f"'{one.unit}' is no unit of its indicator ({', '.join(allowed)})",
        )


def _horizon(one: Facts) -> Iterator[Text]:
    period, horizon = one.plan.period, one.target.horizon
    if horizon.first < period.first or horizon.last > period.last:
        yield Text(
            zh=f"期限{horizon}超出规划期{period}",
            en=f"the horizon {horizon} reaches beyond the plan's period {period}",
        )


def _duplicates(facts: Sequence[Facts]) -> Iterator[Said]:
    """The first target of a series, horizon and kind of goal stands; the others are found."""
    same: dict[object, list[Facts]] = defaultdict(list)
    for one in facts:
        same[one.key()].append(one)
    for first, *others in same.values():
        for other in others:
            agree = first.target.goal == other.target.goal
            yield (
                other.target,
                Text(
                    zh=f"与“{first.target.id}”是同一指标、同一期限，目标{'相同' if agree else '不同'}",
                    en=f"the series and horizon of '{first.target.id}' again, "
                    f"with {'the same' if agree else 'another'} goal",
                ),
            )


def _direction(one: Facts) -> Iterator[Text]:
    """A bound on the bad side, or a goal worse than the baseline."""
    for wrong in one.wrong_way():
        good = "越高越好" if wrong.up else "越低越好"
        yield Text(
            zh=f"指标{good}，而目标为{wrong.goal}{wrong.than.zh}",
            en=f"{'more' if wrong.up else 'less'} is better, but the goal is {wrong.goal}{wrong.than.en}",
        )


def _baselines(one: Facts) -> Iterator[Text]:
    baseline, horizon = one.target.baseline, one.target.horizon
    if baseline is not None and baseline.period.t > horizon.opening:
        yield Text(
            zh=f"基期{baseline.period}不在期限{horizon}之前",
            en=f"the baseline's {baseline.period} does not lie before the horizon {horizon}",
        )
    if baseline is None and one.starts_somewhere() and not one.opening_observed():
        yield Text(zh="没有基期值", en="no baseline is known")


def _paths(one: Facts) -> Iterator[Text]:
    trouble = one.path_trouble()
    if trouble is not None:
        yield Text(zh=f"路径无法成立：{trouble.zh}", en=f"the path cannot be drawn: {trouble.en}")
