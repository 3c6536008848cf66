"""The drawing of a course: every part it has, in its place, and nothing that could run."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model import Source, Vintage
from plantrack.show.curves import Curve, Due, Mark
from plantrack.show.site.drawing import HEIGHT, WIDTH, draw, lasting

FINITE = st.floats(-1e15, 1e15)


def mark(t: float, value: float, vintage: Vintage = Vintage.REPORTED, old: bool = False) -> Mark:
    return Mark(t, value, f"{t:.0f}", vintage, old, Source(doc="a.txt"))


FULL = Curve(
    unit="%",
    baseline=(2020.0, 60.0),
    path=((2020.0, 60.0), (2025.0, 75.0)),
    band=((2020.0, 59.0, 61.0), (2025.0, 74.0, 76.0)),
    milestones=((2023.0, 70.0),),
    goal=Due(2025.0, 75.0, "≈75%"),
    marks=(
        mark(2021.0, 62.0, old=True),
        mark(2021.0, 63.0),
        mark(2022.0, 64.0, Vintage.ESTIMATED),
    ),
    now=(2022.0, 64.0),
    projection=(2025.0, 70.0, 68.0, 72.0),
    required=((2022.0, 64.0), (2025.0, 75.0)),
)


def parts(course: Curve, opening: float = 2020.0) -> ElementTree.Element:
    drawn = draw(course, opening, 'title "<b>')
    assert drawn is not None
    return ElementTree.fromstring(drawn)


def test_every_part_of_a_course_is_drawn():
    svg = parts(FULL)
    kinds = {e.get("class") for e in svg}
    wanted = "band aim path seen needed outlook outlook-span outlook-end milestone baseline goal"
    assert set(wanted.split()) | {"replaced", "estimated", "value"} <= kinds
    assert svg.get("aria-label") == 'title "<b>'
    assert [e.text for e in svg.iter("text") if "label" in e.get("class")] == ["60%", "64%", "≈75%"]


def test_time_runs_to_the_right_and_values_run_up():
    circles = [e for e in parts(FULL) if e.get("class") in ("value", "estimated")]
    (x0, y0), (x1, y1) = ((float(c.get("cx")), float(c.get("cy"))) for c in circles)
    assert x0 < x1
    assert y0 > y1
    years = [
        e.text
        for e in parts(FULL).iter("text")
        if "middle" in e.get("class") and "tick" in e.get("class")
    ]
    assert years == ["2020", "2021", "2022", "2023", "2024", "2025"]


def test_a_goal_due_all_along_is_its_own_path():
    course = Curve(unit="%", path=((2020.0, 5.5), (2025.0, 5.5)), goal=Due(2025.0, 5.5, "≤5.5%"))
    assert lasting(course)
    assert not lasting(FULL)
    assert "path" not in {e.get("class") for e in parts(course)}


@pytest.mark.parametrize(
    "course",
    [
        Curve(unit="%"),
        Curve(unit="%", goal=Due(2025.0, 1e300, "1e300")),
    ],
)
def test_nothing_is_drawn_where_there_is_nothing_or_no_axis_could_hold_it(course):
    assert draw(course, 2020.0, "") is None


@given(st.lists(st.tuples(st.floats(1990, 2060), FINITE), min_size=1, max_size=6), FINITE)
def test_whatever_the_numbers_everything_lies_on_the_sheet(values, goal):
    marks = tuple(mark(t, v) for t, v in sorted(values))
    svg = parts(Curve(unit="亿元", marks=marks, goal=Due(2030.0, goal, "目标")), 2025.0)
    for circle in svg.iter("circle"):
        assert 0 <= float(circle.get("cx")) <= WIDTH
        assert 0 <= float(circle.get("cy")) <= HEIGHT


def test_texts_are_escaped_in_text_and_attribute():
    course = Curve(unit='<script>"', marks=(mark(2021.0, 1.0),))
    assert "<script>" not in draw(course, 2020.0, '"><script>')
    assert parts(course).get("aria-label") == 'title "<b>'
