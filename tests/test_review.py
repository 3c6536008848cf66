"""What is too doubtful goes to review: it is printed, but no board rests on it."""

from __future__ import annotations

import pytest

from plantrack import flow
from plantrack.cli.demo import boards
from plantrack.model import Document
from plantrack.read import parse

REPORT = """某县2024年工作报告

一、2024年工作回顾

全县地区生产总值达到300亿元，新戏达到12部。
"""
PLAN = """某县国民经济和社会发展第十五个五年规划纲要

第一章 主要目标

到2030年，常住人口城镇化率达到75%，新戏达到12部。
"""


@pytest.mark.parametrize(("text", "name"), [(REPORT, "报告"), (PLAN, "规划")])
def test_all_figures_are_kept_and_the_doubtful_ones_told_apart(text: str, name: str) -> None:
    document = parse(text, name)
    doubtful = flow.doubtful(document)
    assert [f.text for f in doubtful] == ["12"]
    assert set(doubtful) < set(flow.figures(document))
    for figure in flow.figures(document):
        assert flow.explain(document, figure.span.start).review == (figure in doubtful)


def observed(document: Document) -> list[str]:
    return [o.series.indicator for o in flow.observations(document)]


def test_observations_rest_on_what_is_sure() -> None:
    assert observed(parse(REPORT, "报告")) == ["地区生产总值"]


def test_targets_of_a_text_rest_on_what_is_sure() -> None:
    (plan,) = flow.plans(parse(PLAN, "规划"))
    assert [t.series.indicator for t in plan.targets] == ["常住人口城镇化率"]


def test_no_value_of_the_demo_rests_on_a_doubtful_figure() -> None:
    values = [a.observed for board in boards() for a in board.assessments if a.observed is not None]
    assert len(values) > 30
    judged = {(o.source.doc, o.source.span) for o in values if o.source.doc.endswith(".txt")}
    assert judged
    for doc in {doc for doc, _ in judged}:
        doubtful = {(doc, f.span) for f in flow.doubtful(flow.read(doc))}
        assert not judged & doubtful
