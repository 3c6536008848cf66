"""Plan files: a plan and its targets written by hand in YAML.

The file is flat where the model is nested (`baseline: {period: 2025, value: 5.3}`), and what
most targets share (region, period, unit) is written once. docs/schema/plan.json lets an editor
complete and explain every key.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from plantrack import datafile
from plantrack.model.base import Model
from plantrack.model.document import Conflict, DocumentKind
from plantrack.model.goal import (
    AverageRate,
    External,
    Goal,
    Grade,
    Hold,
    Multiply,
    Parity,
    Positive,
    Range,
    Reach,
    Total,
)
from plantrack.model.indicator import Direction, Measure, Scope, Series
from plantrack.model.observation import Observation
from plantrack.model.period import Period
from plantrack.model.provenance import Source
from plantrack.model.quantity import Comparator
from plantrack.model.target import Baseline, Nature, PathSpec, Plan, Point, Reading, Target
from plantrack.read.entries import (
    Day,
    DueEntry,
    ObservationEntry,
    Region,
    ResultEntry,
    checked,
)

_BOUNDED: dict[str, type[Reach | Range | AverageRate | Total | Hold]] = {
    "reach": Reach,
    "range": Range,
    "average_rate": AverageRate,
    "total": Total,
    "hold": Hold,
}


class _GoalEntry(Model):
    text: str = Field("", description="the goal as written")


class BoundedEntry(DueEntry, _GoalEntry):
    """A goal that bounds a number."""

    kind: Literal["reach", "range", "average_rate", "total", "hold"] = Field(
        description="reach: the value at the end; range: inside an interval; average_rate: the mean "
        "yearly rate; total: the sum over the years; hold: every value in the horizon"
    )

    @model_validator(mode="after")
    def _of_kind(self) -> Self:
        checked(lambda: self.goal("", None))
        return self

    def goal(self, unit: str, scope: Scope | None) -> Goal:
        """The goal, in `unit` where the entry names none."""
        return _BOUNDED[self.kind](quantity=self.quantity(unit), text=self.text)


class ParityEntry(_GoalEntry):
    """A goal that follows another series: 与经济增长同步."""

    kind: Literal["parity"] = Field(description="in step with, or above, another series")
    series: str = Field(min_length=1, description="the other indicator")
    series_id: str | None = Field(None, description="its id in the lexicon")
    measure: Measure = Field(Measure.GROWTH, description="how the other indicator is measured")
    scope: Region | None = Field(None, description="its region; by default the target's")
    cmp: Comparator = Field(
        Comparator.APPROX, description="approx: in step; ge, gt: not below, above"
    )

    def goal(self, unit: str, scope: Scope | None) -> Goal:
        """The goal; `scope` is the target's."""
        series = Series(
            indicator=self.series,
            indicator_id=self.series_id,
            measure=self.measure,
            scope=self.scope or scope,
        )
        return Parity(series=series, cmp=self.cmp, text=self.text)


class PositiveEntry(_GoalEntry):
    """Growth above zero: 正增长."""

    kind: Literal["positive"] = Field(description="growth above zero")

    def goal(self, unit: str, scope: Scope | None) -> Goal:
        """The goal."""
        return Positive(text=self.text)


class MultiplyEntry(_GoalEntry):
    """A multiple of a base year's value: 翻一番."""

    kind: Literal["multiply"] = Field(description="k times a base year's value")
    factor: Annotated[Decimal, Field(gt=0, description="翻一番: 2")]
    base_year: int | None = Field(None, description="by default the baseline's year")

    def goal(self, unit: str, scope: Scope | None) -> Goal:
        """The goal."""
        return Multiply(factor=self.factor, base_year=self.base_year, text=self.text)


class GradeEntry(_GoalEntry):
    """A grade on an ordinal scale: 保持Ⅱ类."""

    kind: Literal["grade"] = Field(description="a grade on an ordinal scale")
    scale: str = Field(description="a scale of rules/grades.yaml")
    grade: str = Field(description="the grade to reach or keep")

    def goal(self, unit: str, scope: Scope | None) -> Goal:
        """The goal."""
        return Grade(scale=self.scale, grade=self.grade, text=self.text)


class ExternalEntry(_GoalEntry):
    """A goal that a higher authority sets: 达到国家考核目标. Never judged until resolved."""

    kind: Literal["external"] = Field(description="set by a higher authority")
    authority: str = Field("", description="who sets it")
    provisional: DueEntry | None = Field(None, description="the number printed until then (318#)")

    def goal(self, unit: str, scope: Scope | None) -> Goal:
        """The goal, its provisional number in `unit` where the entry names none."""
        number = None if self.provisional is None else self.provisional.quantity(unit)
        return External(authority=self.authority, provisional=number, text=self.text)


GoalEntry = Annotated[
    BoundedEntry | ParityEntry | PositiveEntry | MultiplyEntry | GradeEntry | ExternalEntry,
    Field(discriminator="kind"),
]


class BaselineEntry(DueEntry):
    """The value a target starts from."""

    period: Period = Field(description="2025, 2024Q1, 2021/2025 …")

    def baseline(self, unit: str) -> Baseline:
        """The baseline, in `unit` where the entry names none."""
        return Baseline(period=self.period, quantity=self.quantity(unit))


class ReadingEntry(Model):
    """One way to read a row whose cells cannot be told apart."""

    says: str = Field(description="which value stands in which column")
    baseline: BaselineEntry | None = Field(None, description="the baseline in this reading")
    goal: GoalEntry | None = Field(None, description="the goal in this reading")


class TargetEntry(Model):
    """One target of a plan file."""

    id: str = Field(min_length=1, description="unique in the file, for instance gdp-growth")
    indicator: str = Field(min_length=1, description="what is measured, in the plan's words")
    indicator_id: str | None = Field(None, description="its id in the lexicon, where it has one")
    measure: Measure = Field(Measure.LEVEL, description="how it is measured")
    scope: Region | None = Field(
        None, description="whose figure it is; by default the plan's region"
    )
    unit: str = Field("", description="as written, with its magnitude: %, 亿元, 万人")
    baseline: BaselineEntry | None = Field(None, description="where it starts")
    goal: GoalEntry = Field(description="what is to be reached")
    horizon: Period | None = Field(None, description="until when; by default the plan's period")
    nature: Nature | None = Field(None, description="binding 约束性, expected 预期性")
    direction: Direction | None = Field(None, description="which way is good, if not the lexicon's")
    path: PathSpec | None = Field(
        None, description="how it gets there, if the rules shall not choose"
    )
    milestones: tuple[Point, ...] = Field((), description="restated goals on the way")
    tolerance: Decimal | None = Field(None, description="the share by which 左右 widens the goal")
    parent: str | None = Field(None, description="id of the target this one is a part of")
    group: str = Field("", description="the heading it stands under")
    responsible: str = Field("", description="the body that answers for it")
    results: tuple[ResultEntry, ...] = Field(
        (), description="values reached, as the source states them"
    )
    row: int | None = Field(None, description="its row in the plan's indicator table, from 1")
    quote: str = Field("", description="a few words of the plan, at most")
    source: Source | None = Field(
        None, description="the exact place, where a program wrote the file"
    )
    notes: tuple[str, ...] = Field((), description="what a reader should know")
    ambiguous: tuple[ReadingEntry, ...] = Field(
        (), description="the readings of a row whose cells cannot be told apart; it is never judged"
    )


class PlanFile(Model):
    """A plan as people write it."""

    plan: str = Field(min_length=1, description="the plan's id, for instance chongqing-15")
    title: str = Field(description="the document's title")
    kind: DocumentKind = Field(DocumentKind.PLAN, description="what sort of document it is")
    issuer: str = Field("", description="the body that issued it")
    number: str = Field("", description="its document number: 渝府发〔2026〕7号")
    published: Day | None = Field(None, description="the day it was published: 2026-02-12")
    region: Region | None = Field(None, description="whose plan it is: a name, or name and code")
    period: Period = Field(description="the years it plans: 2026/2030, or 2025")
    sha256: str = Field("", description="SHA-256 of the original file")
    targets: tuple[TargetEntry, ...] = Field((), description="the targets, in the plan's order")
    observations: tuple[ObservationEntry, ...] = Field(
        (), description="other values the plan states"
    )
    conflicts: tuple[Conflict, ...] = Field((), description="places in the plan that disagree")


def load_plan(path: Path) -> Plan:
    """The plan in the YAML file at `path`; its sources name that file.

    ReadError where the file cannot be read; DataError with line, column, key, value and what is
    allowed where it does not fit, also for a target id given twice or a parent that is missing.
    """
    return parse_plan(datafile.read_text(path), str(path))


def parse_plan(text: str, name: str) -> Plan:
    """The plan in YAML `text`; `name` stands for the file. Raises DataError as `load_plan` does."""
    data = datafile.parse(text, name)
    file = data.validate(PlanFile)
    _check_ids(data, file)
    made = [_target(entry, file, name) for entry in file.targets]
    stated = [o for _, observations in made for o in observations]
    other = (e.observation(Source(doc=name), file.region, None) for e in file.observations)
    return Plan(
        id=file.plan,
        title=file.title,
        kind=file.kind,
        issuer=file.issuer,
        number=file.number,
        published=file.published,
        region=file.region,
        period=file.period,
        sha256=file.sha256,
        targets=tuple(target for target, _ in made),
        observations=(*stated, *other),
        conflicts=file.conflicts,
    )


def _check_ids(data: datafile.Data, file: PlanFile) -> None:
    ids: dict[str, int] = {}
    for i, entry in enumerate(file.targets):
        if entry.id in ids:
            found = f"the id '{entry.id}' is used twice, first by target {ids[entry.id] + 1}"
            raise data.error(("targets", i, "id"), found, "Give each target its own id.")
        ids[entry.id] = i
    for i, entry in enumerate(file.targets):
        if entry.parent is not None and (entry.parent not in ids or entry.parent == entry.id):
            found = f"there is no other target with the id '{entry.parent}'"
            hint = "Name the id of the target this one is a part of."
            raise data.error(("targets", i, "parent"), found, hint, allowed=", ".join(ids))


def _target(entry: TargetEntry, file: PlanFile, name: str) -> tuple[Target, list[Observation]]:
    """The target an entry stands for, and the results it states."""
    series = Series(
        indicator=entry.indicator,
        indicator_id=entry.indicator_id,
        measure=entry.measure,
        scope=entry.scope or file.region,
    )
    source = entry.source or Source(doc=name, quote=entry.quote, table_row=entry.row)
    target = Target(
        id=entry.id,
        series=series,
        unit=entry.unit,
        baseline=entry.baseline.baseline(entry.unit) if entry.baseline else None,
        goal=entry.goal.goal(entry.unit, series.scope),
        horizon=entry.horizon or file.period,
        nature=entry.nature,
        direction=entry.direction,
        path=entry.path,
        milestones=entry.milestones,
        tolerance=entry.tolerance,
        parent=entry.parent,
        group=entry.group,
        responsible=entry.responsible,
        notes=entry.notes,
        source=source,
        ambiguous=tuple(
            Reading(
                says=reading.says,
                baseline=reading.baseline.baseline(entry.unit) if reading.baseline else None,
                goal=reading.goal.goal(entry.unit, series.scope) if reading.goal else None,
            )
            for reading in entry.ambiguous
        ),
    )
    return target, [r.of_series(series, entry.unit, source, None) for r in entry.results]
