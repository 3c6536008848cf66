"""Periods: written form, order, containment, shifting."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from plantrack.model import Period, PeriodKind

years = st.integers(1900, 2100)
months = st.builds(lambda y, m: f"{y}-{m:02d}", years, st.integers(1, 12))
written = st.one_of(
    years.map(str),
    st.builds(lambda y, h: f"{y}H{h}", years, st.integers(1, 2)),
    st.builds(lambda y, q: f"{y}Q{q}", years, st.integers(1, 4)),
    months,
    st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(date.isoformat),
    st.tuples(years, years).map(lambda p: f"{min(p)}/{max(p)}"),
    st.tuples(months, months)
    .map(lambda p: f"{min(p)}/{max(p)}")
    .filter(lambda w: not (w[5:7] == "01" and w.endswith("12"))),
)
periods = written.map(Period.parse)


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("2024", PeriodKind.YEAR, date(2024, 1, 1), date(2024, 12, 31)),
        ("2024H1", PeriodKind.HALF, date(2024, 1, 1), date(2024, 6, 30)),
        ("2024H2", PeriodKind.HALF, date(2024, 7, 1), date(2024, 12, 31)),
        ("2024Q1", PeriodKind.QUARTER, date(2024, 1, 1), date(2024, 3, 31)),
        ("2024Q4", PeriodKind.QUARTER, date(2024, 10, 1), date(2024, 12, 31)),
        ("2024-02", PeriodKind.MONTH, date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", PeriodKind.MONTH, date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-03-05", PeriodKind.DATE, date(2024, 3, 5), date(2024, 3, 5)),
        ("2026/2030", PeriodKind.SPAN, date(2026, 1, 1), date(2030, 12, 31)),
        ("2024-01/2024-08", PeriodKind.SPAN, date(2024, 1, 1), date(2024, 8, 31)),
    ],
)
def test_known_forms(text: str, kind: PeriodKind, first: date, last: date) -> None:
    period = Period.parse(text)
    assert (period.kind, period.first, period.last) == (kind, first, last)
    assert str(period) == text


@pytest.mark.parametrize(
    "text",
    ["", "24", "2024H3", "2024Q0", "2024-13", "2024-02-30", "2024/2023", "2024/2024Q1", "2024-2028", "二〇二四"],
)  # fmt: skip
def test_other_forms_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Period.parse(text)


def test_inputs_of_other_types() -> None:
    read = TypeAdapter(Period).validate_python
    assert read(2024) == Period.years(2024)
    assert read(date(2024, 3, 5)) == Period.parse("2024-03-05")
    with pytest.raises(ValidationError):
        read(True)


@given(written)
def test_parse_and_print(text: str) -> None:
    assert str(Period.parse(text)) == text


@given(periods)
def test_json_round_trip(period: Period) -> None:
    assert Period.model_validate_json(period.model_dump_json()) == period
    assert period.model_dump_json() == f'"{period}"'


@given(periods, periods, periods)
def test_total_order(a: Period, b: Period, c: Period) -> None:
    assert (a < b) + (a == b) + (a > b) == 1
    assert (a <= b) == (a < b or a == b)
    if a <= b <= c:
        assert a <= c
    if a < b:
        assert (a.first, a.last) <= (b.first, b.last)


def test_periods_over_the_same_days_have_an_order() -> None:
    year, span = Period.parse("2024"), Period.parse("2024/2024")
    assert year != span
    assert (year < span) != (span < year)


@given(periods, periods)
def test_contains(a: Period, b: Period) -> None:
    assert a.contains(a)
    if a.contains(b) and b.contains(a):
        assert (a.first, a.last) == (b.first, b.last)
    assert a.contains(b) == (a.first <= b.first and b.last <= a.last)


@given(periods, st.integers(-12, 12))
def test_shift_keeps_kind_and_goes_back(period: Period, by: int) -> None:
    moved = period.shift(by)
    assert moved.kind is period.kind
    assert moved.shift(-by) == period
    assert Period.parse(str(moved)) == moved
    assert (moved > period) == (by > 0)
    assert period.shift(0) == period


@given(periods)
def test_neighbours_touch(period: Period) -> None:
    after = period.shift(1)
    assert (after.first - period.last).days == 1


def test_known_shifts() -> None:
    assert Period.parse("2024Q4").shift(1) == Period.parse("2025Q1")
    assert Period.years(2026, 2030).shift(-1) == Period.years(2021, 2025)
    assert Period.parse("2024-01/2024-08").shift(1) == Period.parse("2024-09/2025-04")
    assert Period.parse("2024-02-29").shift(1) == Period.parse("2024-03-01")


def test_shift_years() -> None:
    assert Period.parse("2024-02-29").shift_years(1) == Period.parse("2025-02-28")
    assert Period.parse("2024-02").shift_years(-1) == Period.parse("2023-02")
    assert Period.years(2021, 2025).shift_years(5) == Period.years(2026, 2030)


@given(periods)
def test_length_fits_its_ends(period: Period) -> None:
    assert period.length_in_years > 0
    if period.kind is PeriodKind.YEAR:
        assert period.t == period.year
        assert period.length_in_years == 1


def test_moments() -> None:
    assert Period.years(2025).t == 2025.0
    assert Period.parse("2025H1").t == 2024.5
    assert Period.years(2026, 2030).t == 2030.0
    assert Period.years(2026, 2030).length_in_years == 5
    assert Period.parse("2025Q1").length_in_years == 0.25
    assert Period.years(2026, 2030).year == 2030
    assert Period.years(2026, 2026) == Period.years(2026)


def test_a_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValidationError, match="before it begins"):
        Period(kind=PeriodKind.DATE, first=date(2024, 1, 2), last=date(2024, 1, 1))


@pytest.mark.parametrize("written", ["2024-13", "2024-02-30", "0000", "2026/2027-13"])
def test_a_day_that_never_was_is_named(written: str) -> None:
    with pytest.raises(ValidationError, match="is no period") as caught:
        Period.parse(written)
    assert written.rpartition("/")[2] in str(caught.value)


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [(1, 12, "2024"), (1, 6, "2024H1"), (7, 9, "2024Q3"), (8, 8, "2024-08"), (1, 9, "2024-01/2024-09")],
)  # fmt: skip
def test_months_are_written_as_the_part_of_the_year_that_they_are(first, last, written):
    assert Period.months(2024, first, last) == Period.parse(written)
