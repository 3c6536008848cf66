"""Things to show, made by hand: one of every goal kind, and a board with every status."""

from __future__ import annotations

from decimal import Decimal

import pytest

from plantrack.model import (
    Assessment,
    AverageRate,
    Baseline,
    Board,
    Comparator,
    External,
    Figure,
    FigureKind,
    Goal,
    Grade,
    Hold,
    Measure,
    Metrics,
    Multiply,
    Nature,
    Observation,
    Parity,
    PathShape,
    PathSpec,
    Period,
    Plan,
    Positive,
    Quantity,
    Range,
    Reach,
    Reading,
    Scope,
    Series,
    Source,
    Span,
    Status,
    Target,
    Text,
    Total,
)


def number(value: str, unit: str = "%", cmp: Comparator = Comparator.EQ, **more) -> Quantity:
    return Quantity(value=Decimal(value), unit=unit, cmp=cmp, **more)


def interval(low: str, high: str, unit: str = "%") -> Quantity:
    return Quantity(low=Decimal(low), high=Decimal(high), unit=unit, cmp=Comparator.RANGE)


GDP = Series(indicator="地区生产总值", indicator_id="gdp", measure=Measure.GROWTH)
REGION = Scope(name="重庆市", code="500000")

GOALS: dict[str, Goal] = {
    "reach": Reach(quantity=number("6", cmp=Comparator.APPROX), text="6左右"),
    "range": Range(quantity=interval("5", "5.5"), text="5—5.5"),
    "average_rate": AverageRate(quantity=interval("5", "5.5"), text="5—5.5*"),
    "total": Total(quantity=number("325", "万人", Comparator.GE), text="325万人以上"),
    "hold": Hold(quantity=number("5.5", cmp=Comparator.LE), text="5.5以内"),
    "parity": Parity(series=GDP, cmp=Comparator.GE, text="高于经济增长"),
    "positive": Positive(text="正增长"),
    "multiply": Multiply(factor=2, base_year=2020, text="翻一番"),
    "grade": Grade(scale="water", grade="Ⅱ类", text="保持Ⅱ类"),
    "external": External(
        authority="国家", provisional=number("318", "微克/立方米"), text="达到国家考核目标"
    ),
}


def target(goal: Goal, target_id: str = "t", **more) -> Target:
    fields = {
        "id": target_id,
        "series": Series(indicator="地区生产总值增长", indicator_id="gdp", scope=REGION),
        "unit": "%",
        "goal": goal,
        "horizon": Period.years(2026, 2030),
        "source": Source(doc="plan.txt", span=Span(start=3, end=8), table_row=1),
    }
    return Target(**(fields | more))


@pytest.fixture
def goals() -> dict[str, Goal]:
    return GOALS


@pytest.fixture
def full_target() -> Target:
    return target(
        GOALS["average_rate"],
        "gdp-growth",
        baseline=Baseline(period=Period.years(2025), quantity=number("5.3", estimated=True)),
        nature=Nature.EXPECTED,
        path=PathSpec(shape=PathShape.CONSTANT),
        group="经济发展",
    )


@pytest.fixture
def bare_target() -> Target:
    """A target of which as little as possible is known, with a row that reads in two ways."""
    readings = (
        Reading(says="first is the goal", goal=GOALS["reach"]),
        Reading(
            says="first is the baseline",
            baseline=Baseline(period=Period.years(2020), quantity=number("6")),
        ),
    )
    return target(
        External(text="?"),
        "bare",
        series=Series(indicator="某指标"),
        source=Source(doc="by-hand.yaml"),
        ambiguous=readings,
    )


@pytest.fixture
def figure() -> Figure:
    return Figure(
        doc="报告.txt",
        span=Span(start=10, end=17),
        text="2.21∶1",
        kind=FigureKind.ACTUAL,
        indicator="城乡居民收入比",
        measure=Measure.LEVEL,
        quantity=Quantity(ratio=(Decimal("2.21"), Decimal(1))),
        period=None,
        scope=Scope(name="两江新区"),
        sentence=Span(start=0, end=20),
        confidence=0.9,
    )


@pytest.fixture
def observation() -> Observation:
    return Observation(
        series=Series(indicator="研发投入强度", indicator_id="rd", scope=REGION),
        period=Period.years(2025),
        quantity=number("2.65", estimated=True),
        source=Source(
            doc="report.txt",
            span=Span(start=120, end=124),
            sentence=Span(start=109, end=186),
            quote="研发投入强度预计\n达到2.65%，" + "又" * 60,
        ),
    )


@pytest.fixture
def board(observation: Observation) -> Board:
    """Every status once, and texts that would break a table if they were taken for markup."""
    metrics = Metrics(
        value=Decimal("2.65"),
        expected=Decimal("2.7"),
        gap=Decimal("-0.05"),
        progress=0.5,
        required_rate=5.91,
    )
    assessments = tuple(
        Assessment(
            target=target(GOALS["reach"], status.value),
            status=status,
            rule=f"default/{status.value}",
            reason=Text(zh=f"<b>理由</b> [red]{status.zh}[/red]", en=f"why & how: {status.en}"),
            metrics=Metrics() if status is Status.NO_DATA else metrics,
            observed=None if status is Status.NO_DATA else observation,
            flags=("estimated",),
        )
        for status in Status
    )
    plan = Plan(
        id="p",
        title="<script>alert(1)</script> 规划",
        period=Period.years(2026, 2030),
        region=REGION,
        targets=tuple(a.target for a in assessments),
    )
    return Board(plan=plan, as_of=Period.years(2025), rules="default", assessments=assessments)
