"""What a target asks for, as numbers in its own unit and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from plantrack.assess.evidence import Evidence
from plantrack.assess.goals import Bound, Family, bound_of
from plantrack.assess.grades import Grades, Scale
from plantrack.assess.matching import RATES, Known, in_unit
from plantrack.assess.metrics import Start
from plantrack.assess.render import Style
from plantrack.assess.rules import RuleSet
from plantrack.model import (
    Comparator,
    Direction,
    Grade,
    Indicator,
    Measure,
    Multiply,
    Parity,
    Period,
    PeriodKind,
    Positive,
    Quantity,
    Range,
    Target,
    Text,
)
from plantrack.model.goal import quantity_of
from plantrack.paths import PathRules


@dataclass(frozen=True)
class Setting:
    """What all targets of a board share."""

    known: Known
    as_of: Period
    rules: RuleSet
    indicators: Mapping[str, Indicator]
    paths: PathRules
    grades: Grades

    def indicator(self, indicator_id: str | None) -> Indicator | None:
        """The lexicon's entry, where there is one."""
        return None if indicator_id is None else self.indicators.get(indicator_id)


@dataclass(frozen=True)
class Asked:
    """A goal as numbers in the target's unit. `trouble` says why there is none, where that is so."""

    bound: Bound | None
    said: Text
    trouble: Text | None = None


def ask(
    target: Target,
    family: Family,
    direction: Direction,
    style: Style,
    evidence: Evidence,
    start: Start | None,
    scale: Scale | None,
    setting: Setting,
) -> Asked:
    """The goal of a target: the values that meet it, and how people say it.

    An interval is one-sided for growth (met beyond its far end), two-sided for levels. A goal
    that gives no number, or one in a unit that does not fit the target's, has no bound and says why.
    """
    goal = target.goal
    tolerance = _tolerance(target, setting)
    if isinstance(goal, Grade):
        return _asked_grade(goal, scale)
    if isinstance(goal, Positive):
        return Asked(
            Bound(Decimal(0), low=Decimal(0), low_open=True),
            Text(zh="正增长", en="growth above zero"),
        )
    if isinstance(goal, Parity):
        return _asked_parity(target, goal, evidence, direction, tolerance, setting)
    if isinstance(goal, Multiply):
        return _asked_multiple(target, goal, direction, style, start, setting)
    quantity = quantity_of(target.goal)
    if quantity is None:
        return Asked(None, Text(zh="", en=""))
    said = style.goal(quantity)
    converted = _in_unit(quantity, style.unit, setting.grades)
    growth = isinstance(goal, Range) and target.series.measure is Measure.GROWTH
    bound = (
        None
        if converted is None
        else bound_of(
            converted,
            direction,
            _within_the_way(target, converted, start, tolerance, setting),
            growth=growth or family is Family.RATE,
        )
    )
    if bound is None:
        return Asked(
            None,
            said,
            Text(
                zh=f"目标{quantity.written}{quantity.unit}无法换算为可比的数值",
                en=f"the goal {quantity.written}{quantity.unit} is no number that could be compared",
            ),
        )
    return Asked(
        bound, said if converted is quantity or converted is None else style.goal(converted)
    )


def _tolerance(target: Target, setting: Setting) -> Decimal:
    if target.tolerance is not None:
        return target.tolerance
    return setting.rules.tolerance.of(target.nature)


def _within_the_way(
    target: Target,
    quantity: Quantity,
    start: Start | None,
    tolerance: Decimal,
    setting: Setting,
) -> Decimal:
    """The tolerance, bounded by a share of the way where there is one and the target sets none itself."""
    goal = quantity.number
    rated = target.series.measure in RATES
    way = setting.rules.tolerance.way
    if (
        way is None
        or start is None
        or not goal
        or target.tolerance is not None
        or rated
        or goal == start.value
    ):
        return tolerance
    return min(tolerance, abs((goal - start.value) / goal) * way)


def _asked_grade(goal: Grade, scale: Scale | None) -> Asked:
    said = Text(zh=goal.grade, en=goal.grade)
    rank = None if scale is None else scale.rank(goal.grade)
    if rank is None:
        trouble = Text(
            zh=f"等级“{goal.grade}”不在规则的等级表中",
            en=f"the grade '{goal.grade}' is on no scale of the rules",
        )
        return Asked(None, said, trouble)
    return Asked(Bound(Decimal(rank), high=Decimal(rank)), said)


_SAID_PARITY = {
    Comparator.GE: ("不低于{}", "not below {}"),
    Comparator.GT: ("高于{}", "above {}"),
    Comparator.LE: ("不高于{}", "not above {}"),
    Comparator.LT: ("低于{}", "below {}"),
}


def other_name(target: Target, goal: Parity, setting: Setting) -> Text:
    """The name of the series a parity is held against, with its place where that is another one."""
    named = setting.indicator(goal.series.indicator_id)
    zh, en = goal.series.indicator, goal.series.indicator if named is None else named.en
    scope = goal.series.scope
    if scope is None or scope == target.series.scope:
        return Text(zh=zh, en=en)
    return Text(zh=f"{scope.name}{zh}", en=f"{en} ({scope.name})")


def _asked_parity(
    target: Target,
    goal: Parity,
    evidence: Evidence,
    direction: Direction,
    tolerance: Decimal,
    setting: Setting,
) -> Asked:
    zh, en = _SAID_PARITY.get(goal.cmp, ("与{}同步", "in step with {}"))
    name = other_name(target, goal, setting)
    grows = goal.series.measure in RATES and not name.zh.endswith(("增长", "增速", "增幅"))
    said = Text(
        zh=zh.format(f"{name.zh}增长" if grows else name.zh),
        en=en.format(f"the growth of {name.en}" if grows else name.en),
    )
    if evidence.other is None:
        return Asked(None, said)
    return Asked(_parity_bound(goal, evidence.other, direction, tolerance), said)


def _parity_bound(
    goal: Parity, other: Decimal, direction: Direction, tolerance: Decimal
) -> Bound | None:
    cmp = Comparator.EQ if goal.cmp is Comparator.RANGE else goal.cmp
    return bound_of(Quantity(value=other, cmp=cmp), direction, tolerance)


def every_pair(
    target: Target, direction: Direction, evidence: Evidence, setting: Setting
) -> bool | None:
    """For a parity of levels: whether every period satisfied it. None for all other goals."""
    goal = target.goal
    if not isinstance(goal, Parity) or target.series.measure in RATES or evidence.other is None:
        return None
    tolerance = _tolerance(target, setting)
    bounds = (_parity_bound(goal, o.number, direction, tolerance) for o in evidence.others)
    pairs = zip(evidence.values, bounds, strict=True)
    return all(bound is not None and bound.meets(own.number) for own, bound in pairs)


def _asked_multiple(
    target: Target,
    goal: Multiply,
    direction: Direction,
    style: Style,
    start: Start | None,
    setting: Setting,
) -> Asked:
    base = start.value if start is not None else None
    when_zh = f"{goal.base_year}年" if goal.base_year is not None else "基期"
    when_en = f"{goal.base_year}" if goal.base_year is not None else "the baseline"
    times = Text(zh=f"{when_zh}的{goal.factor:f}倍", en=f"{goal.factor:f} times {when_en}")
    if base is None:
        trouble = Text(
            zh=f"目标为{times.zh}，但不知道{when_zh}的数值",
            en=f"the goal is {times.en}, but the value of {when_en} is not known",
        )
        return Asked(None, times, trouble)
    value = base * goal.factor
    said = Text(zh=f"{style.amount(value)}（{times.zh}）", en=f"{style.amount(value)} ({times.en})")
    return Asked(bound_of(Quantity(value=value), direction, Decimal(0)), said)


def starting_point(
    target: Target, family: Family, evidence: Evidence, unit: str, setting: Setting
) -> Start | None:
    """The baseline, where it may be compared; only levels start from one.

    A goal of so many times a year's value starts from that year, observed or stated.
    """
    if family not in (Family.LEVEL, Family.EXTERNAL):
        return None
    if isinstance(target.goal, Multiply) and target.goal.base_year is not None:
        year = target.goal.base_year
        if target.baseline is None or target.baseline.period.year != year:
            return _base(target, year, unit, setting)
    if target.baseline is not None:
        found = in_unit(target.baseline.quantity, unit, setting.grades)
        return None if found is None else Start(target.baseline.period.t, found[0])
    seen = evidence.baseline
    return None if seen is None else Start(seen.t, seen.number)


def _base(target: Target, year: int, unit: str, setting: Setting) -> Start | None:
    for one in reversed(setting.known.of(target.series, target.series.measure)):
        fits = one.period.kind is PeriodKind.YEAR and one.period.year == year
        found = in_unit(one.quantity, unit, setting.grades)
        if fits and found is not None and setting.known.is_known(one):
            return Start(one.period.t, found[0])
    return None


def _in_unit(quantity: Quantity, unit: str, grades: Grades) -> Quantity | None:
    """A goal's quantity in the target's unit; the quantity itself where no conversion is needed."""
    if quantity.unit == unit or not quantity.unit:
        return quantity
    changed = {
        name: grades.convert(number, quantity.unit, unit)
        for name, number in (
            ("value", quantity.value),
            ("low", quantity.low),
            ("high", quantity.high),
        )
        if number is not None
    }
    if not changed or None in changed.values():
        return None
    return quantity.model_copy(update={**changed, "unit": unit})
