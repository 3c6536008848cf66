"""Numbers as they are written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.extract.numerals import Form, decimal, fold, han_number, scan, write_han


def only(text: str):
    found = scan(fold(text), 0, len(text))
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "form", "values"),
    [
        ("3.25", Form.SINGLE, ["3.25"]),
        ("１２３．５", Form.SINGLE, ["123.5"]),
        ("11,296", Form.SINGLE, ["11296"]),
        ("5—5.5", Form.RANGE, ["5", "5.5"]),
        ("10%至15%", Form.RANGE, ["10", "15"]),
        ("1～2", Form.RANGE, ["1", "2"]),
        ("2.21∶1", Form.RATIO, ["2.21", "1"]),
        ("1:8.51", Form.RATIO, ["1", "8.51"]),
        ("0.9:44.1:55.0", Form.RATIO, ["0.9", "44.1", "55.0"]),
        ("1/3", Form.RATIO, ["1", "3"]),
        ("三分之二", Form.RATIO, ["2", "3"]),
        ("百分之五十", Form.SINGLE, ["50"]),
        ("百分之三点五", Form.SINGLE, ["3.5"]),
    ],
)
def test_forms(text: str, form: Form, values: list[str]) -> None:
    numeral = only(text)
    assert numeral.form is form
    assert list(numeral.values) == [Decimal(v) for v in values]


def test_a_falling_pair_is_no_range() -> None:
    assert [n.values for n in scan("5-3", 0, 3)] == [(Decimal(5),), (Decimal(3),)]


def test_what_begins_with_a_nought_ends_no_range() -> None:
    assert all(n.form is Form.SINGLE for n in scan("2022-04417，2024-05", 0, 18))


def test_digits_beyond_the_bound_are_an_identifier() -> None:
    assert scan("1" * 16, 0, 16) == []
    assert len(scan("1" * 15, 0, 15)) == 1


def test_a_date_is_no_ratio_of_three() -> None:
    assert all(n.form is Form.SINGLE for n in scan("2024/03/05", 0, 10))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("两百五十", 250),
        ("一千零三", 1003),
        ("二〇三五", 2035),
    ],
)
def test_chinese_numerals(written: str, value: int) -> None:
    assert han_number(written) == value


@pytest.mark.parametrize("written", ["", "百百", "五六十", "甲", "十百"])
def test_what_is_no_chinese_numeral(written: str) -> None:
    assert han_number(written) is None


@given(st.integers(min_value=0, max_value=9999))
def test_chinese_numerals_round_trip(number: int) -> None:
    assert han_number(write_han(number)) == number


@given(st.decimals(min_value=0, max_value=10**9, places=3))
def test_digits_round_trip(number: Decimal) -> None:
    assert decimal(f"{number:,}") == number
    assert only(f"{number}").values == (number,)


@given(st.text(alphabet="0123456789.,:—/%百分之三十点 亿元前", max_size=60))
def test_spans_are_in_order_and_inside(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    at = 0
    for numeral in scan(folded, 0, len(folded)):
        assert at <= numeral.start < numeral.end <= len(text)
        assert numeral.lead <= numeral.start
        at = numeral.end


@pytest.mark.parametrize("bullet", "●◆■▶➢✓")
def test_bullets_fold_into_blanks(bullet: str) -> None:
    assert fold(f"{bullet}３.５亿元") == " 3.5亿元"
    long = f"{bullet}常住人口{'增' * 80}"
    assert fold(long) == f" {long[1:]}"


def test_a_minus_written_wide_is_one() -> None:
    assert fold("－3.4%，−2.1%") == "-3.4%,-2.1%"
