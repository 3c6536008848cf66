"""Exit codes mean what the documentation says."""

from __future__ import annotations

from pathlib import Path

import pytest

from plantrack.cli.codes import ExitCode, FailOn
from plantrack.model import Status

SEMANTICS = {"DONE": 0, "LAGGING": 1, "UNUSABLE": 2, "PARTIAL": 3, "DEFECT": 70}


def test_codes():
    assert {code.name: code.value for code in ExitCode} == SEMANTICS


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_codes_are_documented(page):
    text = (Path(__file__).parents[2] / page).read_text("utf-8")
    for code in (0, 1, 2, 3):
        assert f"| {code} |" in text


@pytest.mark.parametrize(
    ("mildest", "hit"),
    [
        (FailOn.LAGGING, {Status.LAGGING, Status.OFF_TRACK, Status.MISSED}),
        (FailOn.OFF_TRACK, {Status.OFF_TRACK, Status.MISSED}),
        (FailOn.MISSED, {Status.MISSED}),
    ],
)
def test_fail_on_takes_the_named_status_and_worse(mildest, hit):
    assert {s for s in Status if mildest.hit_by([s.value])} == hit
    assert not mildest.hit_by([])


def test_fail_on_offers_every_status_that_is_worse_than_on_track():
    assert tuple(FailOn) == Status.failing()
