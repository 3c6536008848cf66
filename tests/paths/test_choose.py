"""Choosing and building a target's path."""

from __future__ import annotations

from decimal import Decimal

import pytest

from plantrack import datafile
from plantrack.errors import UsageError
from plantrack.model import (
    AverageRate,
    Baseline,
    Comparator,
    Dimension,
    Direction,
    External,
    Hold,
    Indicator,
    Measure,
    Multiply,
    PathShape,
    PathSpec,
    Period,
    Point,
    Quantity,
    Range,
    Reach,
    Series,
    Source,
    Target,
    Total,
)
from plantrack.paths import (
    Accumulate,
    Constant,
    Geometric,
    Linear,
    Logistic,
    Milestones,
    PathRules,
    Step,
    Table,
    build,
    nominal,
    path_of,
    shape_of,
)

D = Decimal
Y = Period.parse


@pytest.fixture(scope="module")
def rules() -> PathRules:
    return datafile.load(datafile.rules_path("paths.yaml"), PathRules)


def target(goal=None, *, measure=Measure.LEVEL, unit="", baseline=None, **more) -> Target:
    start = (
        None
        if baseline is None
        else Baseline(period=Y("2025"), quantity=Quantity(value=D(baseline)))
    )
    return Target(
        id="t",
        series=Series(indicator="x", measure=measure),
        unit=unit,
        baseline=start,
        goal=goal or Reach(quantity=Quantity(value=D(14))),
        horizon=Y("2026/2030"),
        source=Source(doc="hand"),
        **more,
    )


def indicator(path=PathShape.GEOMETRIC, dimension=Dimension.MONEY) -> Indicator:
    return Indicator(id="x", zh="x", en="x", dimension=dimension, direction=Direction.UP, path=path)


RATE = Quantity(value=D(6), unit="%")


@pytest.mark.parametrize(
    ("one", "shape"),
    [
        (target(AverageRate(quantity=RATE)), PathShape.CONSTANT),
        (target(Hold(quantity=RATE)), PathShape.CONSTANT),
        (target(Total(quantity=RATE)), PathShape.ACCUMULATE),
        (target(measure=Measure.GROWTH), PathShape.CONSTANT),
        (target(unit="亿元"), PathShape.GEOMETRIC),
        (target(unit="万人"), PathShape.GEOMETRIC),
        (target(unit="%"), PathShape.LINEAR),
        (target(unit=""), PathShape.LINEAR),
        (target(unit="what nobody knows"), PathShape.LINEAR),
        (
            target(unit="亿元", milestones=(Point(period=Y("2027"), value=D(4)),)),
            PathShape.MILESTONES,
        ),
        (target(unit="亿元", path=PathSpec(shape=PathShape.STEP)), PathShape.STEP),
    ],
)
def test_the_rules_choose(rules, one, shape):
    assert shape_of(one, rules) is shape


def test_the_lexicon_comes_before_the_unit_and_after_the_goal(rules):
    assert shape_of(target(unit="亿元"), rules, indicator(PathShape.LINEAR)) is PathShape.LINEAR
    goal = AverageRate(quantity=RATE)
    assert shape_of(target(goal), rules, indicator(PathShape.LINEAR)) is PathShape.CONSTANT


@pytest.mark.parametrize(
    ("spec", "kind"),
    [
        (PathSpec(shape=PathShape.LINEAR), Linear),
        (PathSpec(shape=PathShape.GEOMETRIC), Geometric),
        (PathSpec(shape=PathShape.STEP), Step),
        (PathSpec(shape=PathShape.CONSTANT), Constant),
        (PathSpec(shape=PathShape.ACCUMULATE), Accumulate),
        (PathSpec(shape=PathShape.LOGISTIC, midpoint=2027, steepness=1), Logistic),
        (
            PathSpec(shape=PathShape.MILESTONES, points=(Point(period=Y("2027"), value=D(12)),)),
            Milestones,
        ),
        (PathSpec(shape=PathShape.TABLE, points=(Point(period=Y("2027"), value=D(12)),)), Table),
    ],
)
def test_every_shape_can_be_stated_and_meets_the_goal(rules, spec, kind):
    path = path_of(target(baseline="10", path=spec), rules)
    assert isinstance(path, kind)
    assert path.at(2030) == 14
    assert path.end == 2030


def test_milestones_pass_through_baseline_points_and_goal(rules):
    path = path_of(target(baseline="10", milestones=(Point(period=Y("2027"), value=D(13)),)), rules)
    assert path.knots == ((2025.0, D(10)), (2027.0, D(13)), (2030.0, D(14)))


def test_milestones_without_a_baseline_begin_at_the_first(rules):
    path = path_of(target(milestones=(Point(period=Y("2027"), value=D(13)),)), rules)
    assert path.start == 2027


def test_a_milestone_outside_the_way_is_left_out(rules):
    late = (Point(period=Y("2030"), value=D(13)), Point(period=Y("2024"), value=D(1)))
    path = path_of(target(baseline="10", milestones=late), rules)
    assert path.knots == ((2025.0, D(10)), (2030.0, D(14)))


def test_geometric_becomes_linear_where_an_end_is_not_above_zero(rules):
    path = build(target(unit="亿元", baseline="0"), rules, goal=D(14), baseline=D(0))
    assert isinstance(path, Linear)


def test_without_a_baseline_only_constant_and_sum_are_known(rules):
    assert path_of(target(unit="%"), rules) is None
    assert path_of(target(Hold(quantity=RATE)), rules).start == 2025
    assert path_of(target(Total(quantity=RATE)), rules).at(2026) == pytest.approx(1.2)


def test_a_baseline_at_or_after_the_end_gives_no_path(rules):
    one = target(unit="%").model_copy(
        update={"baseline": Baseline(period=Y("2030"), quantity=Quantity(value=D(3)))}
    )
    assert path_of(one, rules) is None


def test_multiply_takes_its_base_from_the_baseline(rules):
    assert path_of(target(Multiply(factor=2), baseline="3"), rules).at(2030) == 6
    assert path_of(target(Multiply(factor=2, base_year=2020), baseline="3"), rules) is None


def test_an_external_goal_has_no_path(rules):
    assert path_of(target(External(), baseline="3"), rules) is None


def test_the_end_of_an_interval_that_must_be_reached():
    band = Quantity(low=D(5), high=D("5.5"), cmp=Comparator.RANGE)
    assert nominal(band, Direction.UP) == 5
    assert nominal(band, Direction.DOWN) == D("5.5")
    assert nominal(Range(quantity=band).quantity, None) == 5


def test_a_logistic_default_without_its_numbers_says_what_to_do(rules):
    with pytest.raises(UsageError, match="midpoint and a steepness"):
        path_of(target(baseline="10"), rules, indicator(PathShape.LOGISTIC))


def test_ratios_travel_as_numbers(rules):
    one = target(Reach(quantity=Quantity(ratio=(D("2.1"), D(1))))).model_copy(
        update={"baseline": Baseline(period=Y("2025"), quantity=Quantity(ratio=(D("2.2"), D(1))))}
    )
    assert path_of(one, rules).at(2027.5) == pytest.approx(2.15)


def test_a_unit_shows_the_first_dimension_that_names_it(rules: PathRules):
    twice = {Dimension.MONEY: ("元",), Dimension.COUNT: ("个", "元")}
    changed = rules.model_copy(update={"units": twice})
    assert changed.dimension("元") is Dimension.MONEY
    assert changed.dimension("个") is Dimension.COUNT
    assert changed.dimension("吨") is None
