"""One target judged: evidence, metrics, the rule that fires, the reason."""

from __future__ import annotations

from decimal import Decimal

from plantrack.assess.asked import Setting, ask, every_pair, other_name, starting_point
from plantrack.assess.evidence import gather
from plantrack.assess.goals import Family, direction_of, family_of
from plantrack.assess.grades import Scale
from plantrack.assess.matching import RATES, RATIO
from plantrack.assess.metrics import Case, measure, undecided
from plantrack.assess.ratios import limit_factor, ratio, scaled
from plantrack.assess.reasons import reason
from plantrack.assess.render import Style
from plantrack.assess.rules import Fact, HorizonState, Metric, NatureChoice, Question, RuleSet
from plantrack.assess.story import NOTHING, Story
from plantrack.model import (
    Assessment,
    Direction,
    Grade,
    Metrics,
    Parity,
    Status,
    Target,
)
from plantrack.model.goal import quantity_of
from plantrack.paths import build, shape_of
from plantrack.paths.choose import GoalKind


def judge(target: Target, setting: Setting) -> Assessment:
    """Judge one target by what is known; the same input always gives the same answer."""
    indicator = setting.indicator(target.series.indicator_id)
    family = family_of(target)
    direction = direction_of(target, indicator, setting.paths.reductions)
    if family is Family.GRADE:
        direction = Direction.DOWN  # ranks are counted from the best
    scale = _scale(target, setting)
    unit = unit_of(target, family)
    shown = "" if unit == RATIO else unit
    style = Style.of(
        shown,
        target.series.measure,
        quantity_of(target.goal) or (target.baseline.quantity if target.baseline else None),
        () if scale is None else tuple(g.id for g in scale.grades),
    )
    evidence = gather(target, family, setting.known, unit=unit, grades=setting.grades, scale=scale)
    start = starting_point(target, family, evidence, unit, setting)
    asked = ask(target, family, direction, style, evidence, start, scale, setting)
    known_goal = family is not Family.EXTERNAL and not target.ambiguous
    bound = asked.bound if known_goal else None
    case = Case(
        family=family,
        direction=direction,
        unit=shown,
        horizon=target.horizon,
        as_of=setting.as_of,
        bound=bound,
        start=start,
        path=None
        if bound is None or family in (Family.GRADE, Family.PARITY)
        else build(
            target,
            setting.paths,
            goal=bound.nominal,
            baseline=None if start is None else start.value,
            start=None if start is None else start.t,
            indicator=indicator,
        ),
        shape=shape_of(target, setting.paths, indicator),
        evidence=evidence,
        every_pair=every_pair(target, direction, evidence, setting),
    )
    metrics = measure(case, _ratio(case, setting.rules, known_goal))
    question = _question(target, case, metrics, setting, known_goal)
    rule = setting.rules.first(question)
    story = Story(
        target=target,
        case=case,
        metrics=metrics,
        style=style,
        goal=asked.said,
        other=other_name(target, target.goal, setting)
        if isinstance(target.goal, Parity)
        else NOTHING,
        trouble=asked.trouble,
    )
    return Assessment(
        target=target,
        status=rule.status,
        label=rule.label,
        rule=f"{setting.rules.id}/{rule.id}",
        reason=reason(story, rule, rule.status),
        metrics=_for_readers(metrics, scale),
        observed=evidence.observed,
        observations=evidence.observations,
        flags=_flags(case, metrics, rule.status, setting),
    )


def unit_of(target: Target, family: Family) -> str:
    """The unit a target is judged in: % for rates, RATIO for a:b, else as the target or its goal says."""
    quantity = quantity_of(target.goal)
    if quantity is None and target.baseline is not None:
        quantity = target.baseline.quantity
    if quantity is not None and quantity.ratio is not None:
        return RATIO
    if target.series.measure in RATES or family is Family.RATE:
        return "%"
    if target.unit:
        return target.unit
    if quantity is not None and quantity.unit:
        return quantity.unit
    return "" if target.baseline is None else target.baseline.quantity.unit


def _scale(target: Target, setting: Setting) -> Scale | None:
    if not isinstance(target.goal, Grade):
        return None
    return setting.grades.scale_of(target.goal.scale, target.goal.grade)


def _ratio(case: Case, rules: RuleSet, known_goal: bool) -> float | None:
    found = case.evidence
    usable = case.family in (Family.LEVEL, Family.EXTERNAL) and case.sign != 0
    if not usable or case.start is None or found.value is None or found.t is None:
        return None
    if known_goal and case.bound is None:
        return None
    return ratio(
        rules.method,
        float(case.start.value),
        float(found.value),
        found.t - case.start.t,
        goal=None if case.bound is None else float(case.bound.nominal),
        whole=case.horizon.t - case.start.t,
        sign=case.sign,
    )


def _scaled_ratio(target: Target, case: Case, found: float | None, rules: RuleSet) -> float | None:
    """The ratio near a natural limit; a limit counts only without a goal and in the good direction."""
    if found is None or case.bound is not None or case.start is None:
        return found
    names = (target.series.indicator_id or "", target.series.indicator)
    limit = next((rules.limits[n] for n in names if n in rules.limits), None)
    if limit is None or case.sign * (limit - case.start.value) < 0:
        return found
    return scaled(found, limit_factor(float(case.start.value), float(limit)))


# A value to reach that is measured as a mean rate or a sum is ruled as one.
_KINDS: dict[Family, GoalKind] = {Family.RATE: "average_rate", Family.TOTAL: "total"}


def _question(
    target: Target, case: Case, metrics: Metrics, setting: Setting, known_goal: bool
) -> Question:
    bound, m = case.bound, metrics
    opened = case.as_of.t > case.opening
    horizon = HorizonState.RUNNING if opened else HorizonState.NOT_STARTED
    facts: dict[Metric, Fact] = {
        Metric.VALUE: m.value,
        Metric.EXPECTED: m.expected,
        Metric.GAP: m.gap,
        Metric.LEAD: m.lead,
        Metric.GOAL_DISTANCE: m.goal_distance,
        Metric.PROGRESS: m.progress,
        Metric.TIME_SHARE: m.time_share,
        Metric.ATTAINMENT: m.attainment,
        Metric.PACE: m.pace,
        Metric.RATIO: m.ratio,
        Metric.SCALED_RATIO: _scaled_ratio(target, case, m.ratio, setting.rules),
        Metric.TREND: m.trend,
        Metric.REQUIRED_RATE: m.required_rate,
        Metric.PROJECTED: m.projected,
        Metric.AGE: m.age,
        Metric.GOAL_MET: m.goal_met,
        Metric.PROJECTED_MET: None
        if bound is None or m.projected is None
        else bound.meets(m.projected),
        Metric.FINAL: case.final,
        Metric.HORIZON_OVER: m.horizon_over,
        Metric.DATA: m.value is not None and (bound is not None or not known_goal),
        Metric.GOAL_KNOWN: known_goal,
        Metric.AMBIGUOUS: bool(target.ambiguous),
        Metric.HAS_GOAL_VALUE: bound is not None,
        Metric.ESTIMATED: "estimated" in case.evidence.flags,
        Metric.UNDECIDED: undecided(case, metrics),
    }
    return Question(
        facts,
        nature=NatureChoice.of(target.nature),
        goal=_KINDS.get(case.family, target.goal.kind),
        horizon=HorizonState.OVER if case.horizon_over else horizon,
    )


def _for_readers(metrics: Metrics, scale: Scale | None) -> Metrics:
    """Grades are compared as ranks; readers get the number of the grade (2 for Ⅱ类)."""
    if scale is None:
        return metrics

    def shown(rank: Decimal | None) -> Decimal | None:
        return None if rank is None else scale.grades[int(rank)].number

    return metrics.model_copy(
        update={
            "value": shown(metrics.value),
            "expected": shown(metrics.expected),
            "projected": None,
        }
    )


def _flags(case: Case, metrics: Metrics, status: Status, setting: Setting) -> tuple[str, ...]:
    """The evidence's flags and: early, stale, within_tolerance, moving_away."""
    flags = set(case.evidence.flags)
    value, bound = case.evidence.value, case.bound
    if status is Status.ACHIEVED and not case.horizon_over:
        flags.add("early")
        if metrics.trend is not None and metrics.trend < 0:
            flags.add("moving_away")
    if value is not None:
        old = metrics.age is not None and metrics.age > float(setting.rules.stale_after)
        if old or (case.horizon_over and not case.final):
            flags.add("stale")
        widened = bound is not None and bound.tolerance and metrics.goal_met
        if widened and bound is not None and case.sign * (value - bound.nominal) < 0:
            flags.add("within_tolerance")
    return tuple(sorted(flags))
