"""Targets and plans: goals of tables and of text, put together."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from plantrack.extract.tables import rows
from plantrack.link.goals import targets
from plantrack.model import (
    Comparator,
    Document,
    Figure,
    FigureKind,
    Measure,
    Nature,
    Period,
    Plan,
    Quantity,
    Scope,
    Target,
)
from plantrack.read import parse, read

IDS = {
    "地区生产总值": "gdp",
    "地区生产总值增长": "gdp",
    "居民人均可支配收入": "income",
    "城镇调查失业率": "unemployment",
    "研发经费投入强度": "rd",
}


def identify(phrase: str, unit: str, measure: Measure | None) -> str | None:
    return IDS.get(phrase) or IDS.get(phrase.removesuffix("增长").removesuffix("年均"))


def plans(text: str, figures: tuple[Figure, ...] = ()) -> tuple[Plan, ...]:
    document = parse(text, "p.txt")
    return targets(document, rows(document), figures, identify)


def table(*cells: str, note: str = "") -> str:
    head = "青溪县国民经济和社会发展第十四个五年规划纲要\n第一章 发展目标\n专栏1 主要指标\n序号\n指标\n2020年\n2025年\n属性\n"
    return head + "\n".join(cells) + "\n" + note


def figure(
    document: Document, digits: str, indicator: str, period: str, *, unit: str = "%",
    measure: Measure = Measure.LEVEL, cmp: Comparator = Comparator.EQ, scope: str | None = None,
) -> Figure:  # fmt: skip
    start = document.text.rindex(digits)
    sentence = document.sentence_at(start)
    assert sentence is not None
    return Figure(
        doc=document.name,
        span={"start": start, "end": start + len(digits)},
        text=digits,
        kind=FigureKind.TARGET,
        indicator=indicator,
        indicator_id=identify(indicator, unit, measure),
        measure=measure,
        quantity=Quantity(value=Decimal(digits), unit=unit, cmp=cmp),
        period=Period.parse(period),
        scope=Scope(name=scope) if scope else None,
        sentence=sentence,
    )


ROWS = table(
    "1", "地区生产总值年均增长（%）", "6.1", "7*", "预期性",
    "2", "居民人均可支配收入增长（%）", "5.9", "与经济增长同步", "预期性",
    "3", "城镇调查失业率（%）", "5.2", "控制在5.5以内", "预期性",
    "4", "空气质量", "约束性", "#优良天数比率（%）", "88", "90", "#PM2.5浓度（微克/立方米）", "33", "30#",
    "5", "城镇新增就业（万人）", "1.1", "【6】", "预期性",
    "6", "固定资产投资占比（%）", "40", "35—40", "预期性",
    "7", "地下水水质", "Ⅲ类", "保持Ⅲ类", "约束性",
    "8", "进出口总额（亿美元）", "2", "翻一番", "预期性",
    "9", "森林覆盖率（%）", "43", "约束性",
    "10", "外贸依存度（%）", "—", "达到更高水平", "预期性",
    note="注：1.*为年均增速；2.#以省级下达目标为准；3.【】为五年累计数。\n",
)  # fmt: skip


def by_row(text: str) -> dict[str, Target]:
    (plan,) = plans(text)
    return {t.series.indicator: t for t in plan.targets}


def test_goals_of_a_table() -> None:
    found = by_row(ROWS)
    kinds = {name: t.goal.kind for name, t in found.items()}
    assert kinds == {
        "地区生产总值年均增长": "average_rate",
        "居民人均可支配收入增长": "parity",
        "城镇调查失业率": "hold",
        "空气质量": "external",
        "优良天数比率": "reach",
        "PM2.5浓度": "external",
        "城镇新增就业": "total",
        "固定资产投资占比": "range",
        "地下水水质": "grade",
        "进出口总额": "multiply",
        "森林覆盖率": "external",
        "外贸依存度": "external",
    }
    assert found["地区生产总值年均增长"].id == "gdp-avg-growth"
    assert found["地区生产总值年均增长"].horizon == Period.parse("2021/2025")
    assert found["居民人均可支配收入增长"].goal.series.indicator_id == "gdp"
    assert found["城镇调查失业率"].goal.quantity.cmp is Comparator.LE
    assert found["地下水水质"].goal.grade == "Ⅲ类"
    assert found["进出口总额"].goal.factor == 2
    assert found["城镇新增就业"].baseline.quantity.value == Decimal("1.1")


def test_sub_indicators_have_their_parent_and_a_marked_number_is_provisional() -> None:
    found = by_row(ROWS)
    head, child = found["空气质量"], found["PM2.5浓度"]
    assert (head.goal.text, head.nature) == ("", Nature.BINDING)
    assert (child.parent, child.nature) == (head.id, Nature.BINDING)
    assert child.goal.provisional.value == 30
    assert child.goal.authority == "省级"
    assert child.goal.text == "30#"


def test_an_unclear_row_keeps_both_readings_and_no_value() -> None:
    unclear = by_row(ROWS)["森林覆盖率"]
    assert [r.says for r in unclear.ambiguous] == ["目标（2025）43", "基期（2020）43"]
    assert [r.goal.kind if r.goal else None for r in unclear.ambiguous] == ["reach", None]
    assert unclear.goal.kind == "external"
    assert unclear.baseline is None
    (plan,) = plans(ROWS)
    assert "森林覆盖率" not in {o.series.indicator for o in plan.observations}


def test_words_that_no_rule_covers_are_kept() -> None:
    goal = by_row(ROWS)["外贸依存度"].goal
    assert (goal.kind, goal.authority, goal.text) == ("external", "", "达到更高水平")


def test_ids_are_unique_and_stable() -> None:
    (plan,) = plans(ROWS)
    ids = [t.id for t in plan.targets]
    assert len(ids) == len(set(ids))
    assert ids == [t.id for t in plans(ROWS)[0].targets]
    assert [i for i in ids if i.startswith("r")] == ["r4", "r4-1", "r4-2", "r5", "r6", "r7", "r8", "r9", "r10"]  # fmt: skip


def test_results_and_baselines_are_observations() -> None:
    text = """松原区“十三五”规划实施情况总结评估报告
一、主要指标完成情况
专栏1 “十三五”规划主要指标完成情况
序号
指标
2015年
2020年目标
2020年完成
1
研发经费投入强度（%）
1.5
2
2.3
2
地区生产总值（亿元）
210
400
398.7
"""
    (plan,) = plans(text)
    assert plan.period == Period.parse("2016/2020")
    seen = [(o.series.indicator_id, str(o.period), o.quantity.written) for o in plan.observations]
    assert seen == [("rd", "2015", "1.5"), ("rd", "2020", "2.3"), ("gdp", "2015", "210"), ("gdp", "2020", "398.7")]  # fmt: skip
    assert [t.goal.quantity.value for t in plan.targets] == [2, 400]


TEXT = """白河县国民经济和社会发展第十四个五年规划纲要
第一章 主要目标
地区生产总值达到900亿元。到2023年，地区生产总值达到700亿元。
到2025年，研发经费投入强度保持在2.5%以上。工业投资到2024年达到60亿元。
第二章 保障措施
地区生产总值达到900亿元以上。
"""


def test_text_goals_restated_earlier_and_held() -> None:
    document = parse(TEXT, "p.txt")
    found = (
        figure(document, "700", "地区生产总值", "2023", unit="亿元"),
        figure(document, "2.5", "研发经费投入强度", "2025", cmp=Comparator.GE),
        figure(document, "60", "工业投资", "2024", unit="亿元"),
        figure(document, "900", "地区生产总值", "2025", unit="亿元"),
    )
    first = found[3].model_copy(update={"span": found[0].span.shift(-30)})
    (plan,) = targets(document, (), (first, *found), identify)
    assert [(t.series.indicator, t.goal.kind, str(t.horizon)) for t in plan.targets] == [
        ("地区生产总值", "reach", "2021/2025"),
        ("研发经费投入强度", "hold", "2021/2025"),
        ("工业投资", "reach", "2024"),
    ]
    assert [(str(p.period), p.value) for p in plan.targets[0].milestones] == [
        ("2023", Decimal(700))
    ]
    assert plan.targets[1].goal.text == "保持在2.5%以上"


def test_a_number_that_differs_from_the_table_stands_beside_it() -> None:
    text = ROWS + "第二章 重点任务\n城镇调查失业率控制在6%以内。\n"
    document = parse(text, "p.txt")
    other = figure(document, "6", "城镇调查失业率", "2025", cmp=Comparator.LE)
    (plan,) = targets(document, rows(document), (other,), identify)
    assert [t.id for t in plan.targets if t.series.indicator_id == "unemployment"] == [
        "unemployment",
        "unemployment-2",
    ]
    assert [c.about for c in plan.conflicts] == ["goal of unemployment"]
    same = other.model_copy(update={"quantity": Quantity(value=Decimal("5.5"), unit="%")})
    (plan,) = targets(document, rows(document), (same,), identify)
    assert sum(t.series.indicator_id == "unemployment" for t in plan.targets) == 1
    assert plan.conflicts == ()


WORDS = """关于玉泉县2023年国民经济和社会发展计划执行情况及2024年计划草案的报告
一、2023年计划执行情况
居民收入增长与经济增长同步，进出口总额实现正增长。
二、2024年主要发展目标
关于约束性指标，共4项。
——污水处理率、氨氮排放总量以省级下达目标值为准。
——青溪干流水质保持II类。
预期性指标主要有：
——进出口总额正增长，居民人均可支配收入增长快于经济增长。
——城镇调查失业率不高于国家控制目标，居民收入达到全省平均水平。
年末做好总结。旅游总收入比2020年翻一番。
三、2024年重点工作
保持固定资产投资正增长。
"""


def test_goals_in_words_with_their_nature() -> None:
    (plan,) = plans(WORDS)
    found = {
        t.series.indicator: (t.goal.kind, t.nature.value if t.nature else None)
        for t in plan.targets
    }
    assert found == {
        "污水处理率": ("external", "binding"),
        "氨氮排放总量": ("external", "binding"),
        "青溪干流水质": ("grade", "binding"),
        "进出口总额": ("positive", "expected"),
        "居民人均可支配收入": ("parity", "expected"),
        "城镇调查失业率": ("external", "expected"),
        "旅游总收入": ("multiply", None),
    }
    goals = {t.series.indicator: t.goal for t in plan.targets}
    assert goals["青溪干流水质"].grade == "Ⅱ类"
    assert goals["氨氮排放总量"].authority == "省级"
    assert goals["旅游总收入"].base_year == 2020
    parity = [t for t in plan.targets if t.goal.kind == "parity"]
    assert [(t.goal.cmp.value, t.series.measure.value) for t in parity] == [("gt", "growth"), ("ge", "level")]  # fmt: skip
    assert parity[1].goal.series.scope == Scope(name="全省")
    for target in plan.targets:
        assert target.source.span is not None
        assert target.source.quote == target.source.span.of(WORDS)


@pytest.mark.parametrize(
    ("cell", "kind", "authority"),
    [
        ("不超过国家控制标准", "external", "国家"),
        ("完成市级下达任务", "external", "市级"),
        ("以国家核定数为准", "external", "国家"),
        ("市级下达", "external", "市级"),
        ("高于地区生产总值增速", "parity", None),
        ("与经济增长基本同步", "parity", None),
        ("正增长", "positive", None),
        ("较2020年翻一番", "multiply", None),
        ("达到全省平均水平", "parity", None),
    ],
)
def test_words_in_cells(cell: str, kind: str, authority: str | None) -> None:
    rest = (
        "2",
        "粮食产量（万吨）",
        "30",
        "31",
        "约束性",
        "3",
        "耕地保有量（万亩）",
        "80",
        "80",
        "约束性",
    )
    found = by_row(table("1", "居民人均可支配收入", "3.1", cell, "预期性", *rest))
    goal = found["居民人均可支配收入"].goal
    assert goal.kind == kind
    if authority is not None:
        assert goal.authority == authority


def test_a_document_without_goals_has_no_plan() -> None:
    assert plans("白河县2023年工作总结\n一、2023年工作回顾\n增长6%。\n") == ()


def test_the_24_rows_of_the_fifteenth_plan(shared: Path) -> None:
    document = read(next((shared / "seeds").glob("004*")))
    (plan,) = targets(document, rows(document), (), identify)
    with (shared / "gold" / "targets_004.csv").open(encoding="utf-8") as handle:
        wanted = list(csv.DictReader(handle))
    listed = [t for t in plan.targets if t.source.table_row is not None]
    assert [record(t) for t in listed] == wanted


def record(target: Target) -> dict[str, str]:
    goal, base = target.goal, target.baseline
    quantity = getattr(goal, "quantity", None)
    said = goal.series.indicator if goal.kind == "parity" else goal.text
    return {
        "row": str(target.source.table_row),
        "indicator": target.series.indicator,
        "unit": target.unit,
        "baseline_period": "2025" if base is None else str(base.period),
        "baseline": base.quantity.written if base else "",
        "baseline_cmp": base.quantity.cmp.value if base else "",
        "baseline_estimated": str(base.quantity.estimated).lower() if base else "",
        "goal_kind": goal.kind,
        "goal_cmp": quantity.cmp.value if quantity else "",
        "goal": quantity.written if quantity else said,
        "horizon": str(target.horizon),
        "nature": target.nature.value if target.nature else "",
    }
