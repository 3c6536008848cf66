"""The groups of an evaluation report: which targets officials count together, as data."""

from __future__ import annotations

from functools import lru_cache
from typing import Self

from pydantic import model_validator

from plantrack.assess.rules import Fact, HorizonState, Metric, NatureChoice, Question, When
from plantrack.datafile import load, rules_path
from plantrack.model import Assessment, Period, Status, Text
from plantrack.model.base import Model
from plantrack.show.evaluation.kinds import EvaluationKind


class Group(Model):
    """Targets that are counted together; of several groups the first that fits takes a target.

    `good` groups make up the share that a report states of all targets that could be judged.
    """

    id: str
    name: Text
    status: tuple[Status, ...]
    when: When = When()
    good: bool = False
    behind: bool = False
    rare: bool = False

    def takes(self, assessment: Assessment, as_of: Period) -> bool:
        """Whether a target belongs to it."""
        return assessment.status in self.status and self.when.holds(_question(assessment, as_of))


class Form(Model):
    """A kind of report: its title, its groups, which together take every status, and what the share
    of those in its good groups is called."""

    title: Text
    share: Text
    groups: tuple[Group, ...]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        taken = {s for group in self.groups if group.when.always for s in group.status}
        missing = [status.value for status in Status if status not in taken]
        if missing:
            raise ValueError(f"no group takes every target of status {', '.join(missing)}")
        return self

    def group_of(self, assessment: Assessment, as_of: Period) -> Group:
        """The group of a target."""
        return next(group for group in self.groups if group.takes(assessment, as_of))


class Forms(Model):
    """What rules/evaluation.yaml holds; its head comment explains it."""

    kinds: dict[EvaluationKind, Form]

    @model_validator(mode="after")
    def _all_kinds(self) -> Self:
        missing = [kind.value for kind in EvaluationKind if kind not in self.kinds]
        if missing:
            raise ValueError(f"no form for {', '.join(missing)}")
        return self


@lru_cache(maxsize=1)
def shipped_forms() -> Forms:
    """The forms that come along."""
    return load(rules_path("evaluation.yaml"), Forms)


def _question(assessment: Assessment, as_of: Period) -> Question:
    """What conditions are asked about, as far as an assessment keeps it."""
    target, metrics = assessment.target, assessment.metrics
    facts: dict[Metric, Fact] = {
        metric: getattr(metrics, metric.value)
        for metric in Metric
        if metric.value in type(metrics).model_fields
    }
    facts |= {
        Metric.DATA: metrics.value is not None,
        Metric.AMBIGUOUS: bool(target.ambiguous),
        Metric.ESTIMATED: "estimated" in assessment.flags,
    }
    opened = as_of.t > target.horizon.opening
    running = HorizonState.RUNNING if opened else HorizonState.NOT_STARTED
    return Question(
        facts,
        nature=NatureChoice.of(target.nature),
        goal=target.goal.kind,
        horizon=HorizonState.OVER if metrics.horizon_over else running,
    )
