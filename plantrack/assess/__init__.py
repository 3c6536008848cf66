"""Targets and observations to statuses, each with its metrics, the rule that fired and a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plantrack.assess.asked import Setting
from plantrack.assess.grades import Grades
from plantrack.assess.matching import Known
from plantrack.assess.rules import Metric, RatioMethod, Rule, RuleSet, load_rules, rule_sets
from plantrack.assess.status import judge
from plantrack.model import Board, Indicator, Observation, Period, Plan
from plantrack.paths import PathRules

__all__ = [
    "Grades",
    "Metric",
    "RatioMethod",
    "Rule",
    "RuleSet",
    "assess",
    "load_rules",
    "rule_sets",
]


def assess(
    plan: Plan,
    observations: Iterable[Observation],
    *,
    as_of: Period,
    rules: RuleSet,
    indicators: Mapping[str, Indicator],
    paths: PathRules,
    grades: Grades,
) -> Board:
    """Judge every target of `plan` by what was known at the end of `as_of`.

    A year as `as_of` takes the figures up to its end, whenever they were published (2025's come
    out in 2026); a day, month, quarter or half takes what had been published by its last day.
    Uses the plan's own observations and `observations`; of two for one period the later known,
    then the later in the input. `indicators` is the lexicon by id. Pure: no disk, no clock.
    Targets that cannot be judged are on the board with the reason; nothing is dropped.
    """
    known = Known((*plan.observations, *observations), region=plan.region, as_of=as_of)
    setting = Setting(known, as_of, rules, indicators, paths, grades)
    return Board(
        plan=plan,
        as_of=as_of,
        rules=rules.id,
        assessments=tuple(judge(target, setting) for target in plan.targets),
    )
