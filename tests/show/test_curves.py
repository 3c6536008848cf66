"""What a chart draws is what the assessment says: path, band, values, projection, need."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest

from plantrack import flow
from plantrack.assess import load_rules
from plantrack.datafile import seeds_path
from plantrack.model import (
    AverageRate,
    Baseline,
    Comparator,
    Grade,
    Hold,
    Measure,
    Multiply,
    Nature,
    Observation,
    Parity,
    Period,
    Plan,
    Point,
    Quantity,
    Range,
    Reach,
    Reading,
    Series,
    Source,
    Target,
    Total,
    Vintage,
)
from plantrack.show.bands import Band, band_of
from plantrack.show.courses import COURSE_DTYPES, PARTS, course_frame
from plantrack.show.curves import curve


def amount(value: str, unit: str = "万元", cmp: Comparator = Comparator.EQ) -> Quantity:
    return Quantity(value=Decimal(value), unit=unit, cmp=cmp)


def target(goal, *, base: Quantity | None = None, **more) -> Target:
    fields = {
        "id": "t",
        "series": Series(indicator="某指标"),
        "unit": "万元",
        "goal": goal,
        "horizon": Period.years(2026, 2030),
        "nature": Nature.EXPECTED,
        "source": Source(doc="plan.yaml"),
        "baseline": None if base is None else Baseline(period=Period.years(2025), quantity=base),
    }
    return Target(**(fields | more))


def seen(year: int, value: str, unit: str = "万元", measure=Measure.LEVEL, **more) -> Observation:
    return Observation(
        series=Series(indicator="某指标", measure=measure),
        period=Period.years(year),
        quantity=amount(value, unit),
        source=Source(doc="report.txt"),
        **more,
    )


def judged(one: Target, *values: Observation, as_of: int = 2028, rules="default"):
    plan = Plan(id="p", title="p", period=Period.years(2026, 2030), targets=(one,))
    return flow.assess(plan, values, as_of=as_of, rules=rules)["t"]


def test_a_level_goes_from_baseline_to_goal_along_the_path_that_is_judged_by():
    assessment = judged(target(Reach(quantity=amount("20")), base=amount("10")), seen(2027, "12"))
    found = curve(assessment)
    assert found.baseline == (2025.0, 10.0)
    assert (found.path[0], found.path[-1]) == ((2025.0, 10.0), (2030.0, 20.0))
    on_path = dict(found.path)[2027.0]
    assert on_path == pytest.approx(float(assessment.metrics.expected))
    assert [(m.t, m.value) for m in found.marks] == [(2027.0, 12.0)]
    assert found.now == (2027.0, 12.0)


def test_everything_is_in_the_target_s_unit():
    base, goal = amount("100000", "元"), Reach(quantity=amount("0.002", "亿元"))
    found = curve(judged(target(goal, base=base), seen(2026, "110000", "元")))
    assert found.unit == "万元"
    assert found.baseline == (2025.0, 10.0)
    assert found.goal.value == 20.0
    assert found.marks[0].value == 11.0


def test_what_is_needed_leads_from_the_newest_value_to_the_goal():
    assessment = judged(target(Reach(quantity=amount("20")), base=amount("10")), seen(2028, "12"))
    found = curve(assessment)
    assert found.required[0] == (2028.0, pytest.approx(12.0))
    assert found.required[-1] == (2030.0, pytest.approx(20.0))
    years = {t: v for t, v in found.required if t == round(t)}
    growth = 100 * (years[2029.0] / years[2028.0] - 1)
    assert growth == pytest.approx(assessment.metrics.required_rate)


def test_the_projection_has_an_interval_from_three_values_on():
    one = target(Reach(quantity=amount("20")), base=amount("10"))
    values = [seen(2026, "11"), seen(2027, "13"), seen(2028, "14")]
    t, value, low, high = curve(judged(one, *values)).projection
    assert (t, low <= value <= high) == (2030.0, True)
    t, value, low, high = curve(judged(one, values[0], as_of=2026)).projection
    assert (t, low, high) == (2030.0, None, None)
    assert value == pytest.approx(10 * 1.1**5)


def test_the_band_is_the_rules_share_of_the_way_on_both_sides():
    one = target(Reach(quantity=amount("30")), base=amount("10"))
    found = curve(judged(one, seen(2027, "15")))
    for (t, low, high), (at, value) in zip(found.band, found.path, strict=True):
        assert t == at
        assert (value - low, high - value) == (pytest.approx(1.0), pytest.approx(1.0))


def test_the_band_of_a_binding_target_is_narrower_below_and_turned_where_down_is_good():
    one = target(Reach(quantity=amount("10")), base=amount("30"), nature=Nature.BINDING)
    _, low, high = curve(judged(one, seen(2027, "25"))).band[0]
    assert (low, high) == (pytest.approx(29.0), pytest.approx(30.4))


def test_a_rule_set_without_a_band_draws_none_and_one_s_own_is_handed_in():
    one = target(Reach(quantity=amount("30")), base=amount("10"))
    assessment = judged(one, seen(2027, "15"), rules="opensdg")
    assert curve(assessment).band == ()
    assert curve(assessment, rules=load_rules("default")).band
    unknown = assessment.model_copy(update={"rule": "my-own/rule"})
    assert curve(unknown).band == ()


@pytest.mark.parametrize(
    ("nature", "low"), [(Nature.BINDING, -0.02), (Nature.EXPECTED, -0.05), (None, -0.05)]
)
def test_the_band_is_read_off_the_rules(nature, low):
    assert band_of(load_rules("default"), nature) == Band(low, 0.05)
    assert band_of(load_rules("sdsn"), nature) is None


def test_a_value_that_was_replaced_is_kept_as_such():
    one = target(Reach(quantity=amount("20")), base=amount("10"))
    old, new = seen(2026, "11"), seen(2026, "11.5", vintage=Vintage.REVISED)
    marks = curve(judged(one, old, new, as_of=2026)).marks
    assert [(m.value, m.vintage, m.superseded) for m in marks] == [
        (11.0, Vintage.REPORTED, True),
        (11.5, Vintage.REVISED, False),
    ]


def test_yearly_amounts_are_drawn_as_their_sum():
    found = curve(judged(target(Total(quantity=amount("100"))), seen(2026, "18"), seen(2027, "20")))
    assert (found.path[0], found.path[-1]) == ((2025.0, 0.0), (2030.0, 100.0))
    assert [(m.t, m.value) for m in found.marks] == [(2026.0, 18.0), (2027.0, 38.0)]
    assert found.required == ((2027.0, 38.0), (2030.0, 100.0))


def test_a_mean_rate_is_drawn_with_its_years_its_mean_and_the_interval():
    goal = AverageRate(
        quantity=Quantity(low=Decimal(5), high=Decimal("5.5"), unit="%", cmp=Comparator.RANGE)
    )
    one = target(goal, unit="%")
    values = [seen(y, v, "%", Measure.GROWTH) for y, v in ((2026, "4"), (2027, "6"))]
    assessment = judged(one, *values)
    found = curve(assessment)
    assert [m.value for m in found.marks] == [4.0, 6.0]
    assert found.mean[-1] == (2027.0, pytest.approx(float(assessment.metrics.value)))
    assert found.band == ((2025.0, 5.0, 5.5), (2030.0, 5.0, 5.5))
    assert found.required[0][1] == pytest.approx(assessment.metrics.required_rate)


def test_a_hold_is_a_level_line():
    hold = target(Hold(quantity=amount("5.5", "%", Comparator.LE)), unit="%")
    found = curve(judged(hold, seen(2026, "5.3", "%")))
    assert found.path == ((2025.0, 5.5), (2030.0, 5.5))
    assert found.projection is None


def test_a_multiple_of_the_baseline_and_an_interval_have_a_number():
    doubled = curve(judged(target(Multiply(factor=2), base=amount("10")), seen(2026, "11")))
    assert (doubled.goal.value, doubled.goal.text) == (20.0, "×2")
    between = Quantity(low=Decimal(15), high=Decimal(18), unit="万元", cmp=Comparator.RANGE)
    ranged = curve(judged(target(Range(quantity=between), base=amount("10")), seen(2026, "11")))
    assert (ranged.goal.value, ranged.goal.low, ranged.goal.high) == (15.0, 15.0, 18.0)


def test_milestones_lie_on_the_path():
    point = Point(period=Period.years(2027), value=Decimal(12))
    one = target(Reach(quantity=amount("20")), base=amount("10"), milestones=(point,))
    found = curve(judged(one, seen(2026, "11")))
    assert found.milestones == ((2027.0, 12.0),)
    assert dict(found.path)[2027.0] == 12.0


def test_a_parity_is_drawn_against_the_other_series():
    other = Series(indicator="另一指标", measure=Measure.GROWTH)
    one = target(
        Parity(series=other, cmp=Comparator.GE),
        unit="%",
        series=Series(indicator="某指标", measure=Measure.GROWTH),
    )
    own = seen(2026, "6", "%", Measure.GROWTH)
    against = own.model_copy(update={"series": other, "quantity": amount("5", "%")})
    found = curve(judged(one, own, against))
    assert found.path == ((2026.0, 5.0),)
    assert [m.value for m in found.marks] == [6.0]


def test_what_has_no_number_draws_nothing():
    grade = curve(judged(target(Grade(scale="water", grade="Ⅱ类"), unit="")))
    assert not grade.drawable
    two_ways = target(Reach(quantity=amount("5")), ambiguous=(Reading(says="one way"),))
    assert not curve(judged(two_ways)).drawable


def test_every_target_of_the_seeds_can_be_drawn_or_says_that_it_cannot():
    for path in sorted(seeds_path("plans").glob("*.yaml")):
        for plan in flow.read_plans(path):
            for assessment in flow.assess(plan, (), as_of=plan.period.last.year).assessments:
                found = curve(assessment)
                dots = [*found.path, *found.required, *found.milestones]
                assert all(math.isfinite(t) and math.isfinite(v) for t, v in dots)
                assert found.drawable or found.path == ()


def test_the_frame_of_a_course_has_its_columns_and_parts():
    assessment = judged(target(Reach(quantity=amount("20")), base=amount("10")), seen(2027, "12"))
    frame = course_frame(assessment)
    assert {n: str(t) for n, t in frame.dtypes.items()} == {
        n: str(t) for n, t in COURSE_DTYPES.items()
    }
    assert set(frame["part"]) == set(PARTS) - {"milestone", "mean"}
    assert frame.loc[frame["part"] == "goal", "text"].item() == "20万元"
    assert list(frame.loc[frame["part"] == "required", "text"].dropna()) == ["+18.6%"]


def test_a_target_without_a_number_has_no_rows():
    frame = course_frame([judged(target(Grade(scale="water", grade="Ⅱ类"), unit=""))])
    assert frame.empty
    assert list(frame.columns) == list(COURSE_DTYPES)
