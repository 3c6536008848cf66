"""File names: safe, bounded, all different, the same each time."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.show.site.names import LONGEST, file_names

IDS = st.lists(
    st.text(max_size=90) | st.sampled_from(["a", "A", "a-", "con", "..", "", "a b", "é"])
)


@given(IDS)
def test_names_are_safe_and_different_whatever_the_ids(ids):
    names = file_names(ids)
    assert len(names) == len(ids) == len(set(names))
    for name in names:
        assert re.fullmatch(r"[a-z0-9][a-z0-9_-]*", name)
        assert len(name) <= LONGEST
    assert file_names(ids) == names


def test_an_id_that_is_a_name_keeps_it():
    assert file_names(["gdp-per-capita", "004_039", "a" * LONGEST]) == [
        "gdp-per-capita",
        "004_039",
        "a" * LONGEST,
    ]


@pytest.mark.parametrize("written", ["con", "nul", "com1", "../etc/passwd", "a/b", "A", "a" * 61])
def test_a_name_that_some_system_would_not_take_is_changed(written):
    (name,) = file_names([written])
    assert name != written
    assert re.fullmatch(r"[a-z0-9_-]+-[0-9a-f]{10}", name)


def test_an_id_given_twice_gets_two_names():
    assert len(set(file_names(["a", "a", "a", "指标", "指标"]))) == 5
