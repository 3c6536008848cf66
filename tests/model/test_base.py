"""What is assembled of its fields is as good as what was validated."""

from __future__ import annotations

import pickle
from decimal import Decimal

import pytest
from pydantic import ValidationError

from plantrack.model import Quantity, Span
from plantrack.model.base import assembled

MADE = Quantity(value=Decimal("105.30"), unit="亿元")


def test_it_is_equal_in_all_that_shows():
    again = assembled(Quantity, dict(MADE))
    assert again == MADE
    assert hash(again) == hash(MADE)
    assert repr(again) == repr(MADE)
    assert again.model_dump_json() == MADE.model_dump_json()
    assert pickle.loads(pickle.dumps(again)) == MADE


def test_it_cannot_be_changed():
    again = assembled(Span, {"start": 1, "end": 2})
    with pytest.raises(ValidationError, match="frozen"):
        again.start = 0


def test_a_changed_copy_leaves_all_others_as_they_were():
    one, other = assembled(Quantity, dict(MADE)), assembled(Quantity, dict(MADE))
    fields = set(other.model_fields_set)
    changed = one.model_copy(update={"unit": "万元"})
    assert (one.unit, changed.unit) == ("亿元", "万元")
    one.model_copy(update={"no_field": 1})
    assert other.model_fields_set == fields == set(Quantity.model_fields)
