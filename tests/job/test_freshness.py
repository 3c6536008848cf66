"""Which targets wait too long for a value."""

from __future__ import annotations

from datetime import date

import pytest

from plantrack.job.freshness import Freshness, freshness, stale
from plantrack.model import Nature, Period, Quantity, Reach, Series, Source, Target

TARGET = Target(
    id="gdp",
    series=Series(indicator="地区生产总值", indicator_id="gdp"),
    goal=Reach(quantity=Quantity(value="4", unit="万亿元")),
    horizon=Period.years(2021, 2025),
    source=Source(doc="plan.txt"),
)


@pytest.mark.parametrize(
    ("newest", "today", "rule"),
    [
        # the yearly rule allows less than 18 months after the year's end
        ("2023", date(2025, 6, 29), None),
        ("2023", date(2025, 6, 30), "yearly"),
        ("2023", date(2025, 7, 1), "yearly"),
        ("2024H1", date(2025, 6, 29), None),
        ("2024H1", date(2025, 6, 30), "half-yearly"),
        ("2024Q4", date(2025, 6, 29), None),
        ("2024Q4", date(2025, 6, 30), "quarterly"),
        ("2024-12", date(2025, 4, 29), None),
        ("2024-12", date(2025, 4, 30), "monthly"),
        # no value at all: counted from the beginning of the horizon
        (None, date(2022, 6, 30), None),
        (None, date(2022, 7, 1), "yearly"),
        # the last value there can be
        ("2025", date(2040, 1, 1), None),
        ("2021/2025", date(2040, 1, 1), None),
        # nothing is due yet, whatever the clock says
        (None, date(2020, 1, 1), None),
        ("2023", date(2020, 1, 1), None),
    ],
)
def test_a_rule_holds_until_the_day_it_breaks(newest, today, rule):
    found = stale(TARGET, None if newest is None else Period.parse(newest), today)
    assert (None if found is None else found.rule) == rule


def test_the_reason_says_since_when_and_what_is_allowed():
    found = stale(TARGET, Period.parse("2023"), date(2025, 8, 1))
    assert found is not None
    assert found.reason.zh == "最新数据为2023，此后19个月没有新数据，超过18个月"
    assert "newest value is of 2023" in found.reason.en
    none = stale(TARGET, None, date(2023, 1, 1))
    assert none is not None
    assert "since 2021-01-01" in none.reason.en


def test_a_leap_day_is_the_end_of_its_month():
    rules = Freshness.model_validate({"rules": [{"id": "all", "months": 12}]})
    newest = Period.parse("2024-02")
    assert stale(TARGET, newest, date(2025, 2, 27), rules) is None
    assert stale(TARGET, newest, date(2025, 2, 28), rules) is not None


def test_rules_may_ask_for_the_indicator_and_the_nature():
    rules = Freshness.model_validate(
        {
            "rules": [
                {"id": "gdp", "indicator": ["gdp"], "nature": ["binding"], "months": 1},
                {"id": "none", "values": ["none"], "months": 2},
                {"id": "rest", "months": 600},
            ]
        }
    )
    binding = TARGET.model_copy(update={"nature": Nature.BINDING})
    day = date(2023, 6, 1)
    found = [
        stale(t, n, day, rules) for t in (binding, TARGET) for n in (None, Period.parse("2022"))
    ]
    assert [None if f is None else f.rule for f in found] == ["gdp", "gdp", "none", None]


def test_the_shipped_rules_take_every_target():
    assert freshness().rules[-1].fits(TARGET, None)
