"""The band around a path, read off the rule set that judges by it."""

from __future__ import annotations

from typing import NamedTuple

from plantrack.assess.rules import Condition, Metric, NatureChoice, Op, Rule, RuleSet
from plantrack.model import Nature, Status


class Band(NamedTuple):
    """How far from the path still counts as on it, as shares of the way: `low` is below 0."""

    low: float
    high: float


def band_of(rules: RuleSet, nature: Nature | None) -> Band | None:
    """The band of a rule set for a target's nature; None where the set does not judge by one.

    The lower edge is where being on track begins, the upper where being ahead does, each told by
    a rule that asks nothing but the lead and the nature.
    """
    low = _edge(rules, Status.ON_TRACK, nature)
    high = _edge(rules, Status.AHEAD, nature)
    return None if low is None or high is None else Band(low, high)


def _edge(rules: RuleSet, status: Status, nature: Nature | None) -> float | None:
    edges = (_least_lead(rule, nature) for rule in rules.rules if rule.status is status)
    return next((edge for edge in edges if edge is not None), None)


def _least_lead(rule: Rule, nature: Nature | None) -> float | None:
    """The lead from which on a rule holds, where it asks for nothing else that could fail."""
    if rule.when.some:
        return None
    lead: float | None = None
    for condition in rule.when.every:
        found = _lead(condition)
        if found is not None and lead is None:
            lead = found
        elif condition.nature is None or NatureChoice.of(nature) not in condition.nature:
            return None
    return lead


def _lead(condition: Condition) -> float | None:
    from_there_on = condition.metric is Metric.LEAD and condition.op in (Op.GE, Op.GT)
    return float(condition.value) if from_there_on and condition.value is not None else None
