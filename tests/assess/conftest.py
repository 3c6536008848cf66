"""Hand-built targets and observations, and the shipped rules to judge them by."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from plantrack import datafile
from plantrack.assess import Grades, RuleSet, assess, load_rules
from plantrack.model import (
    Assessment,
    Baseline,
    Board,
    Comparator,
    Indicator,
    Measure,
    Observation,
    Period,
    Plan,
    Quantity,
    Reach,
    Scope,
    Series,
    Source,
    Target,
)
from plantrack.paths import PathRules

REGION = Scope(name="重庆市", code="500000")


class Desk:
    """Builds plans of one or more targets and assesses them with the shipped rules."""

    def __init__(self) -> None:
        self.paths = datafile.load(datafile.rules_path("paths.yaml"), PathRules)
        self.grades = datafile.load(datafile.rules_path("grades.yaml"), Grades)
        self.default = load_rules("default")

    @staticmethod
    def quantity(value: object, unit: str = "", cmp: str = "eq", **more: object) -> Quantity:
        """5 → value, "5~5.5" → interval, "1.85:1" → ratio."""
        text = str(value)
        if ":" in text:
            return Quantity(ratio=tuple(Decimal(p) for p in text.split(":")), cmp=cmp, **more)
        if "~" in text:
            low, high = text.split("~")
            return Quantity(low=low, high=high, unit=unit, cmp=Comparator.RANGE, **more)
        return Quantity(value=Decimal(text), unit=unit, cmp=cmp, **more)

    def target(
        self,
        goal: object = "14",
        *,
        cmp: str = "eq",
        unit: str = "",
        baseline: object = None,
        baseline_period: str | None = None,
        horizon: str = "2026/2030",
        measure: str = "level",
        indicator: str = "指标",
        kind: type = Reach,
        indicator_id: str | None = None,
        scope: Scope | None = None,
        **more: object,
    ) -> Target:
        period = Period.parse(horizon)
        if isinstance(goal, str | int | Decimal):
            goal = kind(quantity=self.quantity(goal, unit, cmp))
        start = None
        if baseline is not None:
            then = Period.parse(baseline_period or str(period.first.year - 1))
            start = Baseline(period=then, quantity=self.quantity(baseline, unit))
        return Target(
            id=str(more.pop("id", "t")),
            series=Series(
                indicator=indicator,
                indicator_id=indicator_id,
                measure=Measure(measure),
                scope=scope,
            ),
            unit=unit,
            baseline=start,
            goal=goal,
            horizon=period,
            source=Source(doc="hand"),
            **more,
        )

    def seen(
        self,
        period: str | int,
        value: object,
        *,
        unit: str = "",
        measure: str = "level",
        indicator: str = "指标",
        indicator_id: str | None = None,
        scope: Scope | None = None,
        known_on: object = None,
        estimated: bool = False,
    ) -> Observation:
        return Observation(
            series=Series(
                indicator=indicator,
                indicator_id=indicator_id,
                measure=Measure(measure),
                scope=scope,
            ),
            period=Period.parse(period),
            quantity=self.quantity(value, unit, estimated=estimated),
            known_on=known_on,
            source=Source(doc="hand"),
        )

    def board(
        self,
        *targets: Target,
        seen: tuple[Observation, ...] = (),
        as_of: str | int,
        rules: RuleSet | None = None,
        indicators: dict[str, Indicator] | None = None,
        plan_seen: tuple[Observation, ...] = (),
    ) -> Board:
        plan = Plan(
            id="p",
            title="plan",
            region=REGION,
            period=targets[0].horizon,
            targets=targets,
            observations=plan_seen,
        )
        return assess(
            plan,
            seen,
            as_of=Period.parse(as_of),
            rules=rules or self.default,
            indicators=indicators or {},
            paths=self.paths,
            grades=self.grades,
        )

    def judge(
        self, target: Target, *seen: Observation, as_of: str | int, **more: object
    ) -> Assessment:
        return self.board(target, seen=seen, as_of=as_of, **more)[target.id]


@pytest.fixture(scope="session")
def desk() -> Desk:
    return Desk()


@pytest.fixture(scope="session")
def judge(desk: Desk) -> Callable[..., Assessment]:
    return desk.judge
