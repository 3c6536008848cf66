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
        "一、总体情况",
        "二、分类情况",
        "三、约束性指标",
        "四、预期性指标",
        "五、滞后和未完成的指标（12项）",
        "六、无法评估的指标（2项）",
        "七、资料来源",
        "八、说明",
    ]
    assert [b.text for b in blocks[3:6]] == [
        "共30项指标：完成16项，未完成12项，无法评估2项；在可评估的28项中，完成率57.1%。",
        "其中约束性指标12项：完成9项，未完成1项，无法评估2项；在可评估的10项中，完成率90.0%。",
        "其中预期性指标18项：完成7项，未完成11项，无法评估0项；在可评估的18项中，完成率38.9%。",
    ]
    summary, binding, expected, open_ = (b for b in blocks if isinstance(b, Grid))
    assert summary.head == ("领域", "指标数", "完成", "未完成", "无法评估")
    assert summary.rows[0] == ("总量指标", "6", "–", "6", "–")
    assert summary.rows[-1] == ("合计", "30", "16", "12", "2")
    by_nature = [
        sum(t.nature is nature for t in seeds.plan.targets)
        for nature in (Nature.BINDING, Nature.EXPECTED)
    ]
    assert [len(binding.rows), len(expected.rows)] == by_nature
    # no baseline is printed and nothing is needed any more: such columns are left out
    assert expected.head == ("序号", "指标", "目标", "现值", "差距", "完成进度", "评估")
    assert expected.rows[2] == (
        "3",
        "全社会固定资产投资",
        "累计4000亿元",
        "3500亿元（2016—2020年）",
        "-500亿元",
        "87.5%",
        "未完成",
    )
    missed = [n for n, row in enumerate(expected.rows) if row[-1] == "未完成"]
    assert list(expected.strong) == missed
    assert len(open_.rows) == 2


def test_who_is_in_which_group_and_where_the_numbers_come_from(seeds):
    members, sources = (b for b in told(seeds) if isinstance(b, Facts) and len(b.pairs) == 2)
    for (name, said), status in zip(members.pairs, ("achieved", "missed"), strict=True):
        there = [a.target.series.indicator for a in seeds.assessments if a.status == status]
        assert name == f"{'完成' if status == 'achieved' else '未完成'}（{len(there)}项）："
        assert said.startswith(there[0][:4])
        assert len(said.split("、")) == len(there)
    judged = sum(a.observed is not None for a in seeds.assessments)
    assert sources.pairs[0][1].startswith(seeds.plan.title)
    assert sources.pairs[1] == ("数值：", f"jiulongpo-2020.txt（{judged}项）")


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
        "数值出处": "jiulongpo-2020.txt:198-202 「2016—2020年，固定资产投资累计完成3500亿元。」",
    }


def test_a_mid_term_report_says_what_is_needed_each_year_from_now(board):
    blocks = told(board, EvaluationKind.MID_TERM)
    assert (
        Paragraph(
            "共8项指标：提前实现1项，快于预期1项，符合预期1项，滞后3项，尚无法评估2项；"
            "在可评估的6项中，达到或好于预期50.0%。"
        )
        in blocks
    )
    facts = [dict(b.pairs) for b in blocks if isinstance(b, Facts)]
    needs = [pairs["此后每年需"] for pairs in facts if "缘由" in pairs]
    assert needs == ["+5.91%"] * 3


def test_until_the_end_a_table_says_what_is_due_by_now_and_what_is_needed(board):
    grids = [b for b in told(board, EvaluationKind.MID_TERM) if isinstance(b, Grid)][1:-1]
    heads = {head for grid in grids for head in grid.head}
    assert {"本期应达", "差距", "此后每年需"} <= heads
    for grid in grids:  # no column in which nothing stands
        assert all(set(column) != {"–"} for column in zip(*grid.rows, strict=True))
        assert [row[0] for row in grid.rows] == [str(n + 1) for n in range(len(grid.rows))]


def test_it_speaks_english_alone(seeds):
    blocks = told(seeds, language="en")
    assert headings(blocks)[:3] == ["1. Summary", "2. Groups", "3. Targets: binding"]
    assert (
        Paragraph(
            "30 targets: 16 achieved, 12 missed, 2 cannot be judged; "
            "of the 28 that could be judged 57.1% achieved."
        )
        in blocks
    )


def test_a_plan_where_nothing_lags_says_so(board):
    fine = board.model_copy(update={"assessments": board.assessments[:3]})
    blocks = told(fine, EvaluationKind.YEARLY)
    assert Paragraph("没有。") in blocks
    assert [text for text in headings(blocks) if "无法" in text] == []


def test_conflicts_of_the_plan_are_told(board):
    plan = board.plan.model_copy(
        update={"conflicts": (Conflict(about="期间", found="2020", used="2021"),)}
    )
    blocks = told(board.model_copy(update={"plan": plan}))
    assert Paragraph("期间：文中为2020，采用2021。", quiet=True) in blocks
