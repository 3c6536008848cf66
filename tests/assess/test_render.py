"""Numbers, periods and goals as a reader expects them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from plantrack.assess.render import Style, number, percent, period_en, period_zh
from plantrack.model import Comparator, Measure, Period, Quantity

D = Decimal


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (D("2.650"), "2.65"),
        (D("2000"), "2000"),
        (D("2E+3"), "2000"),
        (D("0"), "0"),
        (D("-0.001"), "-0.001"),
        (D("0.00345"), "0.0034"),
        (11.8423, "11.84"),
        (0.0123, "0.012"),
        (D("0.05"), "0.05"),
        (0.1 + 0.2, "0.3"),
        (D("-0.70"), "-0.7"),
        (32193.15, "32193.15"),
        (1e9, "1000000000"),
    ],
)
def test_numbers(value, text):
    assert number(value) == text


def test_percent():
    assert percent(0.4) == "40%"
    assert percent(1 / 3) == "33.3%"


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2025", "2025年", "2025"),
        ("2023Q1", "2023年一季度", "Q1 2023"),
        ("2023Q4", "2023年四季度", "Q4 2023"),
        ("2024H1", "2024年上半年", "H1 2024"),
        ("2024H2", "2024年下半年", "H2 2024"),
        ("2024-11", "2024年11月", "November 2024"),
        ("2026/2030", "2026—2030年", "2026–2030"),
        ("2024-01/2024-08", "2024年1—8月", "January–August 2024"),
        ("2024-11/2025-02", "2024年11月—2025年2月", "November 2024–February 2025"),
        ("2024-03-05", "2024年3月5日", "5 March 2024"),
    ],
)
def test_periods(period, zh, en):
    assert period_zh(Period.parse(period)) == zh
    assert period_en(Period.parse(period)) == en


@pytest.mark.parametrize(
    ("cmp", "zh", "en"),
    [
        ("eq", "14万元", "14万元"),
        ("ge", "14万元以上", "at least 14万元"),
        ("gt", "超过14万元", "more than 14万元"),
        ("le", "14万元以内", "at most 14万元"),
        ("lt", "低于14万元", "less than 14万元"),
        ("approx", "14万元左右", "about 14万元"),
    ],
)
def test_goals(cmp, zh, en):
    quantity = Quantity(value=D(14), unit="万元", cmp=cmp)
    said = Style.of("万元", Measure.LEVEL, quantity).goal(quantity)
    assert (said.zh, said.en) == (zh, en)


def test_intervals_ratios_and_falls():
    band = Quantity(low=D(5), high=D("5.5"), cmp=Comparator.RANGE)
    assert Style.of("%", Measure.GROWTH, band).goal(band).zh == "5%—5.5%"
    ratio = Quantity(ratio=(D("2.1"), D(1)), cmp=Comparator.APPROX)
    assert Style.of("", Measure.LEVEL, ratio).goal(ratio).zh == "2.1:1左右"
    fall = Quantity(value=D(-3), unit="%")
    assert Style.of("%", Measure.GROWTH, fall).goal(fall).zh == "下降3%"
    structure = Quantity(ratio=(D(5), D(35), D(60)))
    assert Style.of("", Measure.LEVEL, structure).goal(structure).zh == "5:35:60"


@pytest.mark.parametrize(
    ("cmp", "zh", "en"),
    [
        ("eq", "下降2.5%", "a fall of 2.5%"),
        ("le", "下降2.5%以上", "a fall of at least 2.5%"),
        ("lt", "下降超过2.5%", "a fall of more than 2.5%"),
        ("ge", "下降2.5%以内", "a fall of at most 2.5%"),
        ("gt", "下降不到2.5%", "a fall of less than 2.5%"),
        ("approx", "下降2.5%左右", "a fall of about 2.5%"),
    ],
)
def test_goals_to_fall(cmp, zh, en):
    quantity = Quantity(value=D("-2.5"), unit="%", cmp=cmp)
    said = Style.of("%", Measure.GROWTH, quantity).goal(quantity)
    assert (said.zh, said.en) == (zh, en)


def test_differences_of_percentages_are_points():
    style = Style("%")
    assert style.change_zh(D("-0.05")) == "0.05个百分点"
    assert style.change_en(D("0.05")) == "0.05 percentage points"
    assert style.change_en(D("1.00")) == "1 percentage point"
    assert Style("万元").change_zh(D("0.3")) == "0.3万元"
    assert Style("").change_zh(D("0.07")) == "0.07"


def test_readings():
    growth = Style("%", growth=True)
    assert growth.reading(D("5.3"), estimated=False).zh == "增长5.3%"
    assert growth.reading(D("-3"), estimated=True).zh == "预计下降3%"
    assert growth.reading(D("-3"), estimated=True).en == "a fall of 3% (estimated)"
    assert Style("万元").reading(D("14"), estimated=False).zh == "为14万元"
    bound = Style("%").reading(D("72"), estimated=False, cmp=Comparator.GE)
    assert (bound.zh, bound.en) == ("为72%以上", "at least 72%")


def test_a_goal_given_with_many_digits_keeps_them():
    quantity = Quantity(value=D("0.3125"), unit="吨")
    assert Style.of("吨", Measure.LEVEL, quantity).amount(D("0.3124")) == "0.3124吨"


def test_a_published_value_keeps_its_decimals() -> None:
    style = Style("", ratio=True)
    assert style.published(D("2.205")) == "2.205:1"
    assert style.published(D(1) / D(3)) == "0.33:1"
    assert style.reading(D("2.205"), estimated=False).zh == "为2.205:1"


def test_a_value_is_told_apart_from_its_goal() -> None:
    style = Style("%", growth=True)
    assert style.apart(D("4.995237"), D(5)) == "4.995%"
    assert style.apart(D("4.9"), D(5)) == "4.9%"
    assert style.apart(D(5), D(5)) == "5%"
    assert style.apart(D("-4.00001"), D(-4)) == "4.00001%"
