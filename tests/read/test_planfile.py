"""Plan files: from hand-written YAML to a Plan and back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import DataError, ReadError
from plantrack.model import (
    AverageRate,
    Baseline,
    Comparator,
    Conflict,
    Direction,
    DocumentKind,
    External,
    Goal,
    Grade,
    Hold,
    Measure,
    Multiply,
    Nature,
    Observation,
    Parity,
    PathShape,
    PathSpec,
    Period,
    Plan,
    Point,
    Positive,
    Quantity,
    Range,
    Reach,
    Reading,
    Scope,
    Series,
    Source,
    Span,
    Target,
    Total,
    Vintage,
)
from plantrack.read.plandump import dump_plan
from plantrack.read.planfile import load_plan, parse_plan

TEXT = """\
plan: river-15
title: 某市国民经济和社会发展第十五个五年规划纲要
issuer: 某市人民政府
number: 某府发〔2026〕1号
published: 2026-02-12
region: {name: 某市, code: "500000"}
period: 2026/2030
targets:
  - id: gdp-growth
    indicator: 地区生产总值
    indicator_id: gdp
    measure: avg_growth
    unit: "%"
    baseline: {period: 2025, value: 5.3}
    goal: {kind: average_rate, low: 5, high: 5.50, text: "5—5.5*"}
    nature: expected
    group: 经济发展
    path: {shape: geometric}
    milestones: [{period: 2027, value: 4}]
    results: [{period: 2026, value: 5.2, estimated: true, quote: 预计}]
    row: 1
    quote: 地区生产总值增长
  - id: ratio
    indicator: 城乡居民人均可支配收入比
    scope: 渝东北
    baseline: {period: 2025, value: "2.21:1"}
    goal: {kind: reach, value: "2.1∶1", cmp: approx}
    horizon: 2027
    parent: gdp-growth
    direction: down
    tolerance: 0.02
"""


def load(text: str) -> Plan:
    return parse_plan(text, "plan.yaml")


def error_of(text: str) -> DataError:
    with pytest.raises(DataError) as caught:
        load(text)
    return caught.value


def target(fields: str) -> str:
    return f"plan: p\ntitle: t\nregion: 某市\nperiod: 2026/2030\ntargets:\n  - {{id: a, indicator: x, {fields}}}\n"


def goal_of(fields: str) -> Goal:
    return load(target(f"unit: 个, goal: {{{fields}}}")).targets[0].goal


def test_the_whole_of_a_plan_file() -> None:
    plan = load(TEXT)
    region = Scope(name="某市", code="500000")
    assert plan.id == "river-15"
    assert plan.kind is DocumentKind.PLAN
    assert plan.published == date(2026, 2, 12)
    assert plan.region == region
    assert plan.period == Period.years(2026, 2030)
    growth, ratio = plan.targets
    assert growth.series == Series(
        indicator="地区生产总值", indicator_id="gdp", measure=Measure.AVG_GROWTH, scope=region
    )
    assert growth.baseline == Baseline(
        period=Period.years(2025), quantity=Quantity(value=Decimal("5.3"), unit="%")
    )
    assert growth.goal == AverageRate(
        quantity=Quantity(low=Decimal(5), high=Decimal("5.50"), cmp=Comparator.RANGE, unit="%"),
        text="5—5.5*",
    )
    assert growth.horizon == plan.period
    assert growth.nature is Nature.EXPECTED
    assert growth.path == PathSpec(shape=PathShape.GEOMETRIC)
    assert growth.milestones == (Point(period=Period.years(2027), value=Decimal(4)),)
    assert growth.source == Source(doc="plan.yaml", quote="地区生产总值增长", table_row=1)
    assert ratio.series.scope == Scope(name="渝东北")
    assert ratio.baseline is not None
    assert ratio.baseline.quantity == Quantity(ratio=(Decimal("2.21"), Decimal(1)))
    assert ratio.goal == Reach(
        quantity=Quantity(ratio=(Decimal("2.1"), Decimal(1)), cmp=Comparator.APPROX)
    )
    assert ratio.horizon == Period.years(2027)
    assert ratio.parent == "gdp-growth"
    assert ratio.direction is Direction.DOWN
    assert ratio.tolerance == Decimal("0.02")
    assert plan.observations == (
        Observation(
            series=growth.series,
            period=Period.years(2026),
            quantity=Quantity(value=Decimal("5.2"), unit="%", estimated=True),
            vintage=Vintage.ESTIMATED,
            source=Source(doc="plan.yaml", quote="预计", table_row=1),
        ),
    )


def test_every_kind_of_goal() -> None:
    unit = Quantity(value=Decimal(5), unit="个")
    region = Scope(name="某市")
    assert goal_of("kind: reach, value: 5") == Reach(quantity=unit)
    assert goal_of("kind: total, value: 5, text: 五个") == Total(quantity=unit, text="五个")
    assert goal_of("kind: hold, value: 5, cmp: le") == Hold(
        quantity=unit.model_copy(update={"cmp": Comparator.LE})
    )
    assert goal_of("kind: range, low: 1, high: 2") == Range(
        quantity=Quantity(low=Decimal(1), high=Decimal(2), cmp=Comparator.RANGE, unit="个")
    )
    assert goal_of("kind: average_rate, value: 5, unit: '%'") == AverageRate(
        quantity=Quantity(value=Decimal(5), unit="%")
    )
    growth = Series(
        indicator="地区生产总值", indicator_id="gdp", measure=Measure.GROWTH, scope=region
    )
    assert goal_of("kind: parity, series: 地区生产总值, series_id: gdp") == Parity(series=growth)
    assert goal_of("kind: positive") == Positive()
    assert goal_of("kind: multiply, factor: 2, base_year: 2020") == Multiply(
        factor=2, base_year=2020
    )
    assert goal_of("kind: grade, scale: water, grade: Ⅱ类") == Grade(scale="water", grade="Ⅱ类")
    assert goal_of("kind: external, authority: 国家, provisional: {value: 5}") == External(
        authority="国家", provisional=unit
    )


def test_parity_follows_the_scope_of_its_target() -> None:
    plan = load(target("scope: 渝东北, goal: {kind: parity, series: 收入}"))
    goal = plan.targets[0].goal
    assert isinstance(goal, Parity)
    assert goal.series.scope == Scope(name="渝东北")


def test_ambiguous_rows_keep_their_readings() -> None:
    fields = (
        "goal: {kind: external, text: '13'}, ambiguous: ["
        "{says: 13 is the goal, goal: {kind: reach, value: 13}},"
        "{says: 13 is the baseline, baseline: {period: 2025, value: 13}}]"
    )
    first, second = load(target(fields)).targets[0].ambiguous
    assert first == Reading(says="13 is the goal", goal=Reach(quantity=Quantity(value=Decimal(13))))
    assert second.baseline is not None
    assert second.baseline.period == Period.years(2025)
    assert second.goal is None


def test_other_observations_of_a_plan() -> None:
    text = (
        "plan: p\ntitle: t\nregion: 某市\nperiod: 2026/2030\n"
        "observations: [{indicator: 进出口, period: 2021/2025, value: 3.8, unit: 万亿元, cmp: gt, measure: cumulative}]\n"
    )
    (found,) = load(text).observations
    assert found.series.scope == Scope(name="某市")
    assert found.quantity == Quantity(value=Decimal("3.8"), unit="万亿元", cmp=Comparator.GT)


@pytest.mark.parametrize(
    ("old", "new", "place", "key", "words"),
    [
        ("low: 5,", "low: 6,", (15, 11), "targets[0].goal", "low (6) is above high (5.50)"),
        ("kind: average_rate", "kind: reach", (15, 11), "targets[0].goal", "an interval is a goal of kind 'range'"),
        ("kind: average_rate", "kind: averge_rate", (15, 18), "targets[0].goal.kind", "Perhaps 'average_rate' is meant"),
        ("low: 5, ", "", (15, 11), "targets[0].goal", "either a value, or low and high, or a ratio"),
        ("value: 5.3", "cmp: ge", (14, 15), "targets[0].baseline", "a value is missing"),
        ("2.21:1", "2.21-1", (26, 37), "targets[1].baseline.value", "'2.21-1' is no value"),
        ("2.21:1", "nan", (26, 37), "targets[1].baseline.value", "is no value"),
        ("value: 5.3", "value: true", (14, 37), "targets[0].baseline.value", "a value is a number"),
        ("parent: gdp-growth", "parent: gdp", (29, 13), "targets[1].parent", "no other target with the id 'gdp'. Allowed: gdp-growth, ratio"),
        ("parent: gdp-growth", "parent: ratio", (29, 13), "targets[1].parent", "no other target"),
        ("id: ratio", "id: gdp-growth", (23, 9), "targets[1].id", "used twice, first by target 1"),
        ("published: 2026-02-12", "published: 2026", (5, 12), "published", "2026 is no date"),
        ("published: 2026-02-12", "published: 2026-02-32", (5, 12), "published", "'2026-02-32' does not fit"),
        ("nature: expected", "nature: expcted", (16, 13), "targets[0].nature", "Allowed: binding, expected"),
        ("estimated: true", "estimated: yes", (20, 53), "targets[0].results[0].estimated", "'yes' does not fit"),
        ("horizon: 2027", "horizon: 2026-2030", (28, 14), "targets[1].horizon", "is no period"),
        ("shape: geometric", "shape: milestones", (18, 11), "targets[0].path", "needs points"),
        ("quote: 地区", "qoute: 地区", (22, 5), "targets[0].qoute", "Perhaps 'quote' is meant"),
        ('code: "500000"', "code: 500000", (6, 26), "region.code", 'Put it in quotes: "500000"'),
        ("plan: river-15\n", "", (1, 1), "", "the key 'plan' is missing"),
    ],
)  # fmt: skip
def test_errors_name_their_place(
    old: str, new: str, place: tuple[int, int], key: str, words: str
) -> None:
    assert old in TEXT
    error = error_of(TEXT.replace(old, new, 1))
    assert (error.line, error.column) == place
    assert error.key == key
    assert words in str(error)


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(TEXT, encoding="utf-8")
    plan = load_plan(path)
    assert plan.targets[0].source.doc == str(path)
    assert plan == parse_plan(TEXT, str(path))
    with pytest.raises(ReadError):
        load_plan(tmp_path / "none.yaml")


def test_the_dump_is_flat_and_leaves_out_what_is_usual() -> None:
    dumped = dump_plan(load(TEXT))
    assert "  baseline: {period: 2025, value: 5.3}\n" in dumped
    assert "  goal: {kind: average_rate, low: 5, high: 5.50, text: 5—5.5*}\n" in dumped
    assert "horizon: 2026/2030" not in dumped
    assert "published: 2026-02-12\n" in dumped


def test_the_dump_keeps_exact_sources() -> None:
    source = Source(doc="004.txt", span=Span(start=3, end=5), quote="句", table_row=2)
    plan = load(TEXT)
    first = plan.targets[0].model_copy(update={"source": source})
    seen = plan.observations[0].model_copy(update={"source": source})
    plan = plan.model_copy(update={"targets": (first, plan.targets[1]), "observations": (seen,)})
    assert load(dump_plan(plan)) == plan


# Round trip ---------------------------------------------------------------------------------

words = st.text(st.sampled_from("中文ab5.:%—#'\"&*-[]{}, \n"), max_size=8)
names = words.filter(lambda w: len(w) > 0)
decimals = st.decimals(-1000, 10**6, places=2, allow_nan=False) | st.integers(0, 10**6).map(Decimal)
periods = st.sampled_from(["2025", "2026/2030", "2024Q1", "2024H1", "2024-11", "2024-03-05"]).map(
    Period.parse
)
region = Scope(name="某市", code="500000")
scopes = st.just(region) | st.builds(Scope, name=names)
source = Source(doc="plan.yaml")
sources = st.builds(
    Source, doc=st.just("plan.yaml"), quote=words, table_row=st.none() | st.integers(1, 99)
) | st.builds(
    Source, doc=names, quote=words, span=st.integers(0, 9).map(lambda i: Span(start=i, end=i + 3))
)
bounds = st.sampled_from([c for c in Comparator if c is not Comparator.RANGE])
scalar = st.builds(
    Quantity,
    value=decimals,
    unit=st.sampled_from(["", "%", "亿元"]),
    cmp=bounds,
    estimated=st.booleans(),
    averaged=st.booleans(),
    summed=st.booleans(),
    price_basis=st.none() | st.just(2020),
)
ratios = st.builds(
    Quantity, ratio=st.lists(decimals.map(abs), min_size=2, max_size=3).map(tuple), cmp=bounds
)
intervals = st.tuples(decimals, decimals).map(
    lambda ends: Quantity(low=min(ends), high=max(ends), cmp=Comparator.RANGE, unit="%")
)
series = st.builds(
    Series,
    indicator=names,
    indicator_id=st.none() | st.just("gdp"),
    measure=st.sampled_from(Measure),
    scope=scopes,
)
goals = st.one_of(
    st.builds(Reach, quantity=scalar | ratios, text=words),
    st.builds(Range, quantity=intervals, text=words),
    st.builds(AverageRate, quantity=scalar | intervals, text=words),
    st.builds(Total, quantity=scalar, text=words),
    st.builds(Hold, quantity=scalar | ratios | intervals, text=words),
    st.builds(Parity, series=series, cmp=bounds, text=words),
    st.builds(Positive, text=words),
    st.builds(
        Multiply,
        factor=st.decimals("0.1", 9, places=2),
        base_year=st.none() | st.just(2020),
        text=words,
    ),
    st.builds(Grade, scale=words, grade=words, text=words),
    st.builds(External, authority=words, provisional=st.none() | scalar, text=words),
)
baselines = st.builds(Baseline, period=periods, quantity=scalar | ratios)
points = st.lists(st.builds(Point, period=periods, value=decimals), max_size=2).map(tuple)
paths = st.sampled_from(
    [
        PathSpec(shape=PathShape.STEP),
        PathSpec(
            shape=PathShape.TABLE, points=(Point(period=Period.years(2027), value=Decimal("1.5")),)
        ),
        PathSpec(shape=PathShape.LOGISTIC, midpoint=2027.5, steepness=0.8),
    ]
)
targets = st.builds(
    Target,
    id=st.just("a"),
    series=series,
    unit=st.sampled_from(["", "%", "亿元"]),
    baseline=st.none() | baselines,
    goal=goals,
    horizon=periods,
    nature=st.none() | st.sampled_from(Nature),
    direction=st.none() | st.sampled_from(Direction),
    path=st.none() | paths,
    milestones=points,
    tolerance=st.none() | decimals,
    group=words,
    responsible=words,
    notes=st.lists(names, max_size=2).map(tuple),
    source=sources,
    ambiguous=st.lists(
        st.builds(Reading, says=words, baseline=st.none() | baselines, goal=st.none() | goals),
        max_size=2,
    ).map(tuple),
)


@given(
    target=targets,
    result=st.builds(
        Observation,
        series=series,
        period=periods,
        quantity=scalar | ratios | intervals,
        vintage=st.sampled_from(Vintage),
        known_on=st.none() | st.just(date(2026, 1, 31)),
        source=sources,
    ),
    title=words,
    same=st.booleans(),
)
def test_a_dumped_plan_comes_back(
    target: Target, result: Observation, title: str, same: bool
) -> None:
    if same:
        result = result.model_copy(update={"series": target.series})
    child = target.model_copy(update={"id": "b", "parent": "a"})
    plan = Plan(
        id="p",
        title=title,
        region=region,
        period=Period.years(2026, 2030),
        targets=(target, child),
        observations=(result,),
        conflicts=(Conflict(about="title", found="十四五", used="十五五"),),
    )
    assert load(dump_plan(plan)) == plan
