"""Ordinal scales and units: the shipped file and what a wrong one says."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError

from plantrack.assess.grades import Grades, Scale
from plantrack.model import Quantity

D = Decimal


@pytest.mark.parametrize(
    ("name", "rank"), [("Ⅱ类", 1), ("II类", 1), ("2类", 1), (" 劣Ⅴ类", 5), ("九类", None)]
)
def test_ranks_by_name(desk, name, rank):
    assert desk.grades.scale("surface-water").rank(name) == rank


def test_ranks_by_number(desk):
    water = desk.grades.scale("地表水水质类别")
    assert water.rank_of(Quantity(value=D(3), unit="类")) == 2
    assert water.rank_of(Quantity(value=D(3))) == 2
    assert water.rank_of(Quantity(value=D(9), unit="类")) is None
    assert water.rank_of(Quantity(value=D(3), unit="%")) is None


def test_a_scale_is_found_by_its_grade_where_no_name_is_given(desk):
    assert desk.grades.scale_of("", "4A级").id == "tourist-attraction"
    assert desk.grades.scale_of("", "无此级") is None
    assert desk.grades.scale_of("no-scale", "4A级") is None


def test_a_name_that_stands_for_two_grades_is_refused():
    grades = [{"id": "a", "number": 1, "also": ["x"]}, {"id": "x", "number": 2}]
    with pytest.raises(ValidationError, match="stands for two grades: x"):
        Scale(id="s", zh="s", en="s", source="", units=(), grades=grades)


def test_two_scales_of_one_name_are_refused(desk):
    data = desk.grades.model_dump()
    data["scales"] = [*data["scales"], data["scales"][0]]
    with pytest.raises(ValidationError, match="the same id: surface-water"):
        Grades.model_validate(data)


def test_derived_units_lead_to_a_base_unit(desk):
    grades = desk.grades
    for unit, derived in grades.derived.items():
        assert grades.convert(D(1), unit, derived.of) == derived.times
