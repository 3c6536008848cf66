"""Quantities: one form each, exact decimals."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from plantrack.model import Comparator, Quantity
from plantrack.model.quantity import plain


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "either a value"),
        ({"value": D(1), "ratio": (D(1), D(2))}, "either a value"),
        ({"value": D(1), "low": D(1), "high": D(2), "cmp": Comparator.RANGE}, "either a value"),
        ({"low": D(1)}, "either a value"),
        ({"value": D(1), "high": D(2)}, "either a value"),
        ({"low": D(1), "high": D(2)}, "comparator 'range'"),
        ({"value": D(1), "cmp": Comparator.RANGE}, "comparator 'range'"),
        ({"low": D(3), "high": D(2), "cmp": Comparator.RANGE}, "is above high"),
        ({"ratio": (D(1),)}, "at least two parts"),
        ({"ratio": ()}, "at least two parts"),
        ({"value": D("NaN")}, "finite"),
        ({"value": D(1), "size": 1}, "Extra inputs"),
    ],
)
def test_refused(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        Quantity(**fields)


def test_equal_ends_are_an_interval() -> None:
    assert Quantity(low=D(2), high=D(2), cmp=Comparator.RANGE).written == "2~2"


def test_number() -> None:
    assert Quantity(value=D("5.3")).number == D("5.3")
    assert Quantity(ratio=(D("2.21"), D(1))).number == D("2.21")
    assert Quantity(ratio=(D(1), D("8"))).number == D("0.125")
    assert Quantity(ratio=(D(1), D(0))).number is None
    assert Quantity(ratio=(D(1), D(2), D(3))).number is None
    assert Quantity(low=D(1), high=D(2), cmp=Comparator.RANGE).number is None


def test_written() -> None:
    assert Quantity(value=D("5.30")).written == "5.30"
    assert Quantity(value=D("2E+3")).written == "2000"
    assert Quantity(ratio=(D("2.21"), D(1))).written == "2.21:1"
    assert Quantity(low=D(5), high=D("5.5"), cmp=Comparator.RANGE).written == "5~5.5"


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20))
def test_plain_keeps_the_digits(number: D) -> None:
    assert D(plain(number)) == number
    assert "E" not in plain(number)


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_json_keeps_decimals_exactly(number: D) -> None:
    back = Quantity.model_validate_json(Quantity(value=number).model_dump_json())
    assert back.value is not None
    assert back.value.as_tuple() == number.as_tuple()
