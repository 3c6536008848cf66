"""A plan with known answers at the end of 2027, and the reports it is judged by."""

from __future__ import annotations

import pytest

import plantrack as pt
from plantrack import flow
from plantrack.read.observations import parse_yaml
from plantrack.read.planfile import parse_plan

# On the way from 100 in 2025 to 200 in 2030, 140 are due in 2027; a band of 5 % is 5.
PLAN = """
plan: town
title: 某市规划
region: 某市
period: 2026/2030
targets:
- {id: 面积, indicator: 甲区面积, unit: 平方米, baseline: {period: 2025, value: 100},
   goal: {kind: reach, value: 200}, nature: binding, quote: 甲区面积达到200平方米}
- {id: slow, indicator: 乙区面积, unit: 平方米, baseline: {period: 2025, value: 100},
   goal: {kind: reach, value: 200}, nature: expected}
- {id: away, indicator: 丙区面积, unit: 平方米, baseline: {period: 2025, value: 100},
   goal: {kind: reach, value: 200}}
- {id: early, indicator: 丁区面积, unit: 平方米, baseline: {period: 2025, value: 100},
   goal: {kind: reach, value: 200}}
- {id: keep, indicator: 绿地占比, unit: '%', goal: {kind: hold, value: 40, cmp: ge}}
- {id: silent, indicator: 戊区面积, unit: 平方米, baseline: {period: 2025, value: 100},
   goal: {kind: reach, value: 200}}
- {id: above, indicator: 空气, goal: {kind: external, authority: 国家, text: 达到国家考核目标}}
- {id: yearly, indicator: 产出增长, measure: avg_growth, unit: '%',
   goal: {kind: average_rate, value: 5}}
"""
REPORT = """
region: 某市
observations:
- {indicator: 甲区面积, period: 2027, value: 140, unit: 平方米, quote: 甲区面积140平方米。}
- {indicator: 乙区面积, period: 2027, value: 130, unit: 平方米, quote: 乙区面积为130平方米。}
- {indicator: 丙区面积, period: 2027, value: 90, unit: 平方米}
- {indicator: 丁区面积, period: 2027, value: 210, unit: 平方米}
- {indicator: 绿地占比, period: 2027, value: 41, unit: '%'}
- {indicator: 产出增长, measure: growth, period: 2026, value: 5.2, unit: '%'}
- {indicator: 戊区面积, period: 2027Q1, value: 110, unit: 平方米}
- {indicator: 空气, period: 2027, value: 30, unit: 微克}
"""


@pytest.fixture(scope="session")
def plan_text() -> str:
    return PLAN


@pytest.fixture(scope="session")
def report_text() -> str:
    return REPORT


@pytest.fixture(scope="session")
def plan() -> pt.Plan:
    return parse_plan(PLAN, "town.yaml")


@pytest.fixture(scope="session")
def seen() -> tuple[pt.Observation, ...]:
    return parse_yaml(REPORT, "report.yaml")


@pytest.fixture(scope="session")
def board(plan: pt.Plan, seen: tuple[pt.Observation, ...]) -> pt.Board:
    return flow.assess(plan, seen, as_of=2027)
