"""The JSON objects hold exactly the keys that tools outside rely on."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import pytest

from plantrack.model import Metrics
from plantrack.show.records import (
    assessment_record,
    figure_record,
    goal_record,
    target_record,
)

FIGURE_KEYS = [
    "doc",
    "start",
    "end",
    "text",
    "kind",
    "indicator",
    "indicator_id",
    "measure",
    "value",
    "unit",
    "cmp",
    "period",
    "scope",
    "estimated",
    "sentence_start",
    "sentence_end",
    "confidence",
]
TARGET_KEYS = [
    "id",
    "indicator",
    "indicator_id",
    "measure",
    "scope",
    "unit",
    "baseline",
    "goal",
    "horizon",
    "nature",
    "path",
    "parent",
    "source",
    "ambiguous",
]
ASSESSMENT_KEYS = [
    "target_id",
    "indicator",
    "status",
    "rule",
    "reason",
    "observed",
    "expected",
    "gap",
    "progress",
    "time_share",
    "attainment",
    "pace",
    "required_rate",
    "projected",
    "flags",
]


def test_the_page_on_outputs_lists_these_keys_and_no_others():
    page = (Path(__file__).parents[2] / "docs" / "outputs.md").read_text("utf-8")
    for part, keys in (
        ("figures", FIGURE_KEYS),
        ("targets", TARGET_KEYS),
        ("assess", ASSESSMENT_KEYS),
    ):
        table = page.partition(f"## {part}\n\n")[2].partition("\n\n")[0]
        first = [row.split("|")[1] for row in table.splitlines()[2:]]
        assert re.findall(r"`(\w+)`", " ".join(first)) == keys


def test_figure_has_the_keys_of_the_contract(figure):
    record = figure_record(figure)
    assert list(record) == FIGURE_KEYS
    assert record["value"] == "2.21:1"
    assert record["unit"] == ""
    assert record["period"] is None
    assert record["scope"] == "两江新区"
    assert (record["start"], record["end"]) == (10, 17)


def test_target_has_the_keys_of_the_contract(full_target):
    record = target_record(full_target)
    assert list(record) == TARGET_KEYS
    assert record["baseline"] == {
        "period": "2025",
        "value": "5.3",
        "estimated": True,
        "cmp": "eq",
    }
    assert record["horizon"] == "2026/2030"
    assert record["nature"] == "expected"
    assert record["path"] == "constant"
    assert record["source"] == {"doc": "plan.txt", "start": 3, "end": 8, "table_row": 1}
    assert record["ambiguous"] is None


def test_unknown_parts_of_a_target_are_null_and_readings_are_listed(bare_target):
    record = target_record(bare_target)
    assert list(record) == TARGET_KEYS
    unknown = ("indicator_id", "scope", "baseline", "nature", "path", "parent")
    assert [record[key] for key in unknown] == [None] * len(unknown)
    assert record["source"] == {
        "doc": "by-hand.yaml",
        "start": None,
        "end": None,
        "table_row": None,
    }
    first, second = record["ambiguous"]
    assert first["goal"]["value"] == "6"
    assert first["baseline"] is None
    assert second["baseline"]["value"] == "6"
    assert second["goal"] is None


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("reach", {"cmp": "approx", "value": "6", "low": None, "text": "6左右"}),
        ("range", {"cmp": "range", "value": "5~5.5", "low": "5", "high": "5.5"}),
        ("average_rate", {"cmp": "range", "value": "5~5.5", "low": "5", "high": "5.5"}),
        ("total", {"cmp": "ge", "value": "325"}),
        ("hold", {"cmp": "le", "value": "5.5"}),
        ("parity", {"cmp": "ge", "value": None, "series": "地区生产总值", "measure": "growth"}),
        ("positive", {"cmp": "gt", "value": "0"}),
        ("multiply", {"cmp": "eq", "value": "2", "base_year": 2020}),
        ("grade", {"cmp": "ge", "value": "Ⅱ类", "scale": "water"}),
        ("external", {"value": "318", "authority": "国家", "text": "达到国家考核目标"}),
    ],
)
def test_every_goal_kind_is_laid_flat(goals, kind, expected):
    record = goal_record(goals[kind])
    assert record["kind"] == kind
    assert {"cmp", "value", "low", "high", "series", "text"} <= set(record)
    assert {key: record[key] for key in expected} == expected


def test_every_goal_kind_is_covered(goals):
    assert {goal.kind for goal in goals.values()} == set(goals)
    assert len(goals) == 10


def test_assessment_has_the_keys_of_the_contract(board):
    record = assessment_record(board["missed"])
    assert list(record) == ASSESSMENT_KEYS
    assert record["observed"] == {
        "period": "2025",
        "value": "2.65",
        "source": {"doc": "report.txt", "start": 120, "end": 124, "table_row": None},
    }
    assert record["gap"] == "-0.05"
    assert record["progress"] == 0.5
    assert record["pace"] is None
    assert record["flags"] == ["estimated"]
    assert record["reason"].split("\n")[1] == "why & how: missed"


def test_nothing_observed_is_null(board):
    assert assessment_record(board["no_data"])["observed"] is None


def test_infinite_metrics_are_null_because_json_has_no_word_for_them(board):
    endless = board["missed"].model_copy(update={"metrics": Metrics(pace=math.inf)})
    record = assessment_record(endless)
    assert record["pace"] is None
    assert json.loads(json.dumps(record, allow_nan=False)) == record


def test_records_survive_json(figure, full_target, bare_target, board):
    records = [figure_record(figure), target_record(full_target), target_record(bare_target)]
    records += [assessment_record(a) for a in board.assessments]
    for record in records:
        assert json.loads(json.dumps(record, ensure_ascii=False)) == record
