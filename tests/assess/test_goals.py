"""Directions, families and the values that meet a goal."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.assess.goals import Bound, Family, bound_of, direction_of, family_of
from plantrack.model import (
    AverageRate,
    Comparator,
    Dimension,
    Direction,
    External,
    Grade,
    Hold,
    Indicator,
    Measure,
    Multiply,
    Parity,
    PathShape,
    Positive,
    Quantity,
    Range,
    Reach,
    Series,
    Total,
)

D = Decimal
UP, DOWN, HOLD = Direction.UP, Direction.DOWN, Direction.HOLD
SIX = Quantity(value=D(6))
BAND = Quantity(low=D(5), high=D(6), cmp=Comparator.RANGE)
numbers = st.decimals(-1000, 1000, places=2)


@pytest.mark.parametrize(
    ("goal", "measure", "family"),
    [
        (Reach(quantity=SIX), "level", Family.LEVEL),
        (Reach(quantity=SIX), "growth", Family.LEVEL),
        (Reach(quantity=SIX), "avg_growth", Family.RATE),
        (Range(quantity=BAND), "avg_growth", Family.RATE),
        (Reach(quantity=SIX), "cumulative", Family.TOTAL),
        (Multiply(factor=2), "level", Family.LEVEL),
        (AverageRate(quantity=SIX), "growth", Family.RATE),
        (Total(quantity=SIX), "level", Family.TOTAL),
        (Hold(quantity=SIX), "level", Family.HOLD),
        (Positive(), "growth", Family.HOLD),
        (Parity(series=Series(indicator="x")), "growth", Family.PARITY),
        (Grade(scale="s", grade="g"), "level", Family.GRADE),
        (External(), "level", Family.EXTERNAL),
    ],
)
def test_families(desk, goal, measure, family):
    assert family_of(desk.target(goal, measure=measure)) is family


class TestDirection:
    ENDINGS = ("下降", "降低", "减少")

    def of(self, target, indicator=None):
        return direction_of(target, indicator, self.ENDINGS)

    def indicator(self, direction):
        return Indicator(
            id="x",
            zh="x",
            en="x",
            dimension=Dimension.SHARE,
            direction=direction,
            path=PathShape.LINEAR,
        )

    def test_what_the_target_states_comes_first(self, desk):
        target = desk.target("6", cmp="ge", direction=DOWN)
        assert self.of(target, self.indicator(UP)) is DOWN

    def test_then_the_lexicon(self, desk):
        assert self.of(desk.target("6", cmp="ge"), self.indicator(DOWN)) is DOWN

    @pytest.mark.parametrize("phrase", ["单位GDP能耗降低", "能耗下降（%）", "排放量减少"])
    def test_a_printed_reduction_is_good_when_high(self, desk, phrase):
        assert self.of(desk.target("14", indicator=phrase, baseline="20")) is UP
        assert self.of(desk.target("-14", indicator=phrase, baseline="20")) is DOWN

    @pytest.mark.parametrize(("cmp", "way"), [("ge", UP), ("gt", UP), ("le", DOWN), ("lt", DOWN)])
    def test_then_the_comparator(self, desk, cmp, way):
        assert self.of(desk.target("6", cmp=cmp, baseline="6")) is way

    def test_then_from_baseline_to_goal(self, desk):
        assert self.of(desk.target("6", baseline="7")) is DOWN
        assert self.of(desk.target("6", baseline="5")) is UP
        assert self.of(desk.target("5~6", kind=Range, baseline="7")) is DOWN
        assert self.of(desk.target("6")) is UP

    def test_a_baseline_of_another_kind_says_nothing(self, desk):
        mean = desk.target("5", measure="avg_growth", kind=AverageRate, baseline="5.3")
        assert self.of(mean) is UP

    def test_steady_at_a_value_is_to_stay(self, desk):
        assert self.of(desk.target("25", cmp="approx", kind=Hold)) is HOLD
        assert self.of(desk.target("25", cmp="ge", kind=Hold)) is UP
        assert self.of(desk.target(Positive(), measure=Measure.GROWTH)) is UP


class TestBounds:
    @pytest.mark.parametrize(
        ("cmp", "way", "met", "unmet"),
        [
            ("eq", UP, ("100", "101"), ("99.99",)),
            ("eq", DOWN, ("100", "99"), ("100.01",)),
            ("eq", HOLD, ("100",), ("99.99", "100.01")),
            ("ge", DOWN, ("100", "101"), ("99.99",)),
            ("gt", UP, ("100.01",), ("100",)),
            ("le", UP, ("100", "99"), ("100.01",)),
            ("lt", DOWN, ("99.99",), ("100",)),
            ("approx", UP, ("95", "500"), ("94.99",)),
            ("approx", DOWN, ("105", "1"), ("105.01",)),
            ("approx", HOLD, ("95", "105"), ("94.99", "105.01")),
        ],
    )
    def test_every_comparator_on_its_boundary(self, cmp, way, met, unmet):
        bound = bound_of(Quantity(value=D(100), cmp=cmp), way, D("0.05"))
        assert all(bound.meets(D(v)) for v in met)
        assert not any(bound.meets(D(v)) for v in unmet)
        assert bound.nominal == 100

    def test_about_a_negative_value_widens_it_too(self):
        bound = bound_of(Quantity(value=D(-3), cmp="approx"), DOWN, D("0.05"))
        assert bound.high == D("-2.85")

    @pytest.mark.parametrize(
        ("way", "growth", "low", "high", "nominal"),
        [
            (UP, False, 5, 6, 5),
            (UP, True, 5, None, 5),
            (DOWN, False, 5, 6, 6),
            (DOWN, True, None, 6, 6),
            (HOLD, True, 5, 6, 5),
        ],
    )
    def test_intervals(self, way, growth, low, high, nominal):
        bound = bound_of(BAND, way, D(0), growth=growth)
        assert (bound.low, bound.high, bound.nominal) == (low, high, nominal)

    def test_a_structure_has_no_order(self):
        assert bound_of(Quantity(ratio=(D(1), D(2), D(3))), UP, D(0)) is None

    @given(
        numbers, numbers, st.sampled_from(list(Comparator)[:-1]), st.sampled_from(list(Direction))
    )
    def test_no_shortfall_where_it_is_met(self, goal, value, cmp, way):
        bound = bound_of(Quantity(value=goal, cmp=cmp), way, D("0.05"))
        short = bound.shortfall(value)
        assert short >= 0
        if bound.meets(value):
            assert short == 0
        elif short:
            nearer = value + short if bound.low is not None and value < bound.low else value - short
            assert Bound(bound.nominal, bound.low, bound.high).meets(nearer)
