"""What a report says, on the seeds and on a board with every status."""

from __future__ import annotations

import pytest

from plantrack import flow
from plantrack.datafile import seeds_path
from plantrack.model import Conflict, Nature
from plantrack.show.evaluation import EvaluationKind, evaluation
from plantrack.show.evaluation.blocks import Facts, Grid, Heading, Paragraph
from plantrack.show.language import using


@pytest.fixture(scope="module")
def seeds():
    plan = flow.read_plan(seeds_path("plans", "jiulongpo-13.yaml"))
    seen = flow.read_report(seeds_path("reports", "jiulongpo-2020.txt"))
    return flow.assess(plan, seen, as_of=2020)


def told(board, kind=EvaluationKind.FINAL, language="zh"):
    with using(language):
        return evaluation(board, kind)


def headings(blocks, level=1):
    return [b.text for b in blocks if isinstance(b, Heading) and b.level == level]


def test_the_seeds_plan_is_summed_up_by_field_and_told_by_nature(seeds):
    blocks = told(seeds)
    assert blocks[0] == Heading(f"{seeds.plan.title} 总结评估报告", 0)
    assert headings(blocks) == [
        "总体情况",
        "约束性指标",
        "预期性指标",
        "滞后和未完成的指标（12项）",
        "无法评估的指标（2项）",
        "说明",
    ]
    assert Paragraph("共30项指标：完成16项，未完成12项，无法评估2项。") in blocks
    summary, binding, expected, open_ = (b for b in blocks if isinstance(b, Grid))
    assert summary.head == ("领域", "指标数", "完成", "未完成", "无法评估")
    assert summary.rows[0] == ("总量指标", "6", "–", "6", "–")
    assert summary.rows[-1] == ("合计", "30", "16", "12", "2")
    by_nature = [
        sum(t.nature is nature for t in seeds.plan.targets)
        for nature in (Nature.BINDING, Nature.EXPECTED)
    ]
    assert [len(binding.rows), len(expected.rows)] == by_nature
    assert (
        "全社会固定资产投资",
        "–",
        "累计4000亿元",
        "3500亿元 (2016–2020)",
        "87.5%",
        "–",
        "未完成",
    ) in expected.rows
    assert len(open_.rows) == 2


def test_each_lagging_indicator_has_reason_need_and_sources(seeds):
    blocks = told(seeds)
    at = blocks.index(Heading("3. 全社会固定资产投资", 2))
    facts = blocks[at + 1]
    assert isinstance(facts, Facts)
    assert dict(facts.pairs) == {
        "评估": "未完成 · 预期性",
        "缘由": "2016—2020年累计3500亿元，低于目标4000亿元，差500亿元；未完成",
        "此后每年需": "规划期已结束",
        "目标出处": "jiulongpo-13.yaml 表行 3 「全社会固定资产投资」",
        "数值出处": "jiulongpo-2020.txt:198-202 「固定资产投资累计完成3500亿元」",
    }


def test_a_mid_term_report_says_what_is_needed_each_year_from_now(board):
    blocks = told(board, EvaluationKind.MID_TERM)
    assert (
        Paragraph("共8项指标：提前实现1项，快于预期1项，符合预期1项，滞后3项，尚无法评估2项。")
        in blocks
    )
    needs = [dict(b.pairs)["此后每年需"] for b in blocks if isinstance(b, Facts)]
    assert needs == ["+5.91%"] * 3


def test_it_speaks_english_alone(seeds):
    blocks = told(seeds, language="en")
    assert headings(blocks)[:3] == ["Summary", "Targets: binding", "Targets: expected"]
    assert Paragraph("30 targets: 16 achieved, 12 missed, 2 cannot be judged.") in blocks


def test_a_plan_where_nothing_lags_says_so(board):
    fine = board.model_copy(update={"assessments": board.assessments[:3]})
    blocks = told(fine, EvaluationKind.YEARLY)
    assert Paragraph("没有。") in blocks
    assert [text for text in headings(blocks) if text.startswith("无法")] == []


def test_conflicts_of_the_plan_are_told(board):
    plan = board.plan.model_copy(
        update={"conflicts": (Conflict(about="期间", found="2020", used="2021"),)}
    )
    blocks = told(board.model_copy(update={"plan": plan}))
    assert Paragraph("期间：文中为2020，采用2021。", quiet=True) in blocks
