"""Targets and the plans they belong to."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Self

from pydantic import model_validator

from plantrack.errors import UsageError
from plantrack.model.base import Model
from plantrack.model.document import Conflict, DocumentKind
from plantrack.model.goal import Goal
from plantrack.model.indicator import Direction, PathShape, Scope, Series
from plantrack.model.observation import Observation
from plantrack.model.period import Period
from plantrack.model.provenance import Source
from plantrack.model.quantity import Quantity


class Nature(StrEnum):
    """How hard a target binds."""

    BINDING = "binding"  # 约束性
    EXPECTED = "expected"  # 预期性


class Baseline(Model):
    """The value a target starts from."""

    period: Period
    quantity: Quantity


class Point(Model):
    """A restated intermediate goal: the value due at the end of `period`."""

    period: Period
    value: Decimal


class PathSpec(Model):
    """The way a target states it will go; where a target states none the rules choose.

    `points` belong to milestones and table; `midpoint` (a year) and `steepness` (per year,
    above 0) to logistic.
    """

    shape: PathShape
    points: tuple[Point, ...] = ()
    midpoint: float | None = None
    steepness: float | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        needs_points = self.shape in (PathShape.MILESTONES, PathShape.TABLE)
        if needs_points and not self.points:
            raise ValueError(f"a path of shape {self.shape} needs points")
        if self.shape is PathShape.LOGISTIC and None in (self.midpoint, self.steepness):
            raise ValueError("a logistic path needs a midpoint and a steepness")
        return self


class Reading(Model):
    """One way to read an ambiguous row: which value stands in which column."""

    says: str
    baseline: Baseline | None = None
    goal: Goal | None = None


class Target(Model):
    """A goal for a series, to be met over `horizon`.

    `direction` overrides the lexicon's; `tolerance` overrides the share by which 左右 widens a
    goal. `parent` is the id of the target this one is a part of (#, 其中). `ambiguous` holds
    the readings of a row whose cells cannot be told apart: such a target is never judged.
    """

    id: str
    series: Series
    unit: str = ""
    baseline: Baseline | None = None
    goal: Goal
    horizon: Period
    nature: Nature | None = None
    direction: Direction | None = None
    path: PathSpec | None = None
    milestones: tuple[Point, ...] = ()
    tolerance: Decimal | None = None
    parent: str | None = None
    group: str = ""
    responsible: str = ""
    notes: tuple[str, ...] = ()
    source: Source
    ambiguous: tuple[Reading, ...] = ()


class Plan(Model):
    """The targets of one document or of one hand-written file, with the plan's period and region.

    `observations` are values the plan itself states (results in a table, baselines of earlier
    years). Raises ValueError where two targets share an id or a parent is missing.
    """

    id: str
    title: str
    kind: DocumentKind = DocumentKind.PLAN
    issuer: str = ""
    number: str = ""
    published: date | None = None
    region: Scope | None = None
    period: Period
    sha256: str = ""
    targets: tuple[Target, ...] = ()
    observations: tuple[Observation, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    @model_validator(mode="after")
    def _ids(self) -> Self:
        counts = Counter(t.id for t in self.targets)
        twice = [i for i, n in counts.items() if n > 1]
        if twice:
            raise ValueError(f"target ids must be unique, found twice: {', '.join(twice)}")
        orphans = [t.id for t in self.targets if t.parent is not None and t.parent not in counts]
        if orphans:
            raise ValueError(f"no such parent target for: {', '.join(orphans)}")
        return self

    def target(self, target_id: str) -> Target:
        """The target with that id; UsageError, with the ids there are, where there is none."""
        for target in self.targets:
            if target.id == target_id:
                return target
        known = ", ".join(t.id for t in self.targets)
        raise UsageError(
            f"plan '{self.id}' has no target '{target_id}'. Its targets: {known}.",
            target_id=target_id,
        )

    def resolve(self, target_id: str, goal: Goal, *, unit: str | None = None) -> Plan:
        """A copy in which the target has `goal`: for External goals once the value is known, and for
        ambiguous rows once a person has read them. UsageError where there is no such target."""
        old = self.target(target_id)
        new = old.model_copy(
            update={"goal": goal, "ambiguous": (), "unit": old.unit if unit is None else unit}
        )
        return self.model_copy(
            update={"targets": tuple(new if t is old else t for t in self.targets)}
        )
