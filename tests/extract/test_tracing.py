"""How a number was read: every refusal and every ground, each reached by a text that deserves it."""

from __future__ import annotations

import re

import pytest
from extract.test_golden import CASES, document

from plantrack import flow
from plantrack.datafile import load, rules_path
from plantrack.errors import UsageError
from plantrack.extract import Confidence
from plantrack.model import Aspect, Document, FigureKind, Ground, Refusal, Trace, Way
from plantrack.read import parse

REPORT = "{}国民经济和社会发展计划执行情况报告\n\n一、2024年工作回顾\n\n{}\n"


def report(sentence: str) -> Document:
    """A report on 2024 that says one sentence."""
    return parse(REPORT.format("某县2024年", sentence), "报告")


def explained(text: Document, number: str) -> Trace:
    return flow.explain(text, text.text.rindex(number))


@pytest.mark.parametrize("case", CASES, ids=[c["construction"] for c in CASES])
def test_every_number_of_a_sentence_is_explained_as_it_was_read(case: dict) -> None:
    text = document(case)
    figures = {f.span.start: f for f in flow.figures(text)}
    seen = set()
    for digit in re.finditer(r"\d", text.text):
        trace = flow.explain(text, digit.start())
        assert trace.span.of(text.text) == trace.text
        assert (trace.refused is None) == (trace.figure is not None)
        assert trace.figure == figures.get(trace.span.start)
        if trace.figure is None:
            continue
        seen.add(trace.span.start)
        decided = {d.aspect: d.result for d in trace.decisions}
        assert decided[Aspect.KIND] == trace.figure.kind
        assert decided[Aspect.MEASURE] == trace.figure.measure
        assert decided[Aspect.PERIOD] == str(trace.figure.period)
        sure = [float(d.result) for d in trace.decisions if d.aspect is Aspect.CONFIDENCE]
        known = trace.figure.indicator_id is not None
        assert trace.figure.confidence == (sure[-1] if known else min(sure))
    assert {f for f in figures if any(c.isdigit() for c in figures[f].text)} == seen


@pytest.mark.parametrize(
    ("sentence", "number", "why"),
    [
        ("到2027年产值达到30亿元。", "2027", Refusal.TIME),
        ("“8635工程”带动产值30亿元。", "8635", Refusal.QUOTED_NAME),
        ("7+3产业体系产值30亿元。", "3产", Refusal.JOINED_NAME),
        ("G42高速公路完成投资30亿元。", "42", Refusal.LETTERED_NAME),
        ("600万儿女共同奋斗，产值30亿元。", "600", Refusal.ADDRESSED),
        ("规划设置12项指标。", "12", Refusal.OWN_PART),
        ("第3届博览会成交额达30亿元。", "3届", Refusal.ORDINAL),
        ("连续6年举办博览会，成交额30亿元。", "6", Refusal.NAMING),
        ("500千伏输变电工程完成投资30亿元。", "500", Refusal.TECHNICAL),
        ("连跨2个千亿元台阶，产值30亿元。", "2", Refusal.STEP),
        ("1美元兑7.1元人民币。", "1美", Refusal.RATE_BASE),
        ("建设工期压缩，5个月建成投用。", "5", Refusal.TIME_UNIT),
        ("在全省的20种产品中排名第3位。", "20", Refusal.FRAMES),
        ("年收入8万元以上的农户占比超过70%。", "8", Refusal.NARROWS),
        ("建成180万千瓦抽水蓄能电站2座。", "180", Refusal.SIZE),
        ("供水管网改造42公里，服务热线：0816-12345。", "0816-12345", Refusal.CODE),
        ("30亿元。", "30", Refusal.NO_PHRASE),
        ("算力中心5P。", "5", Refusal.BARE_LETTERS),
        ("代表名册28。", "28", Refusal.BARE),
        ("产值合计12345678901234567亿元。", "12345678901234567", Refusal.UNREAD),
        ("所谓城镇化率，是指城镇人口占60%以上的比例。", "60", Refusal.DEFINITION),
    ],
)
def test_why_a_number_is_no_figure(sentence: str, number: str, why: Refusal) -> None:
    trace = explained(report(sentence), number)
    assert trace.refused is why
    assert trace.figure is None


def test_a_number_of_own_parts_of_which_something_is_told_is_a_figure() -> None:
    trace = explained(report("12项指标完成年度目标。"), "12")
    assert trace.refused is None
    assert trace.figure is not None
    assert trace.figure.kind is FigureKind.ACTUAL


def test_the_other_refusals() -> None:
    listed = parse(
        REPORT.format("某县2024年", "全县生产总值300亿元。\n\n7.工业。产值20亿元。"), "x"
    )
    assert explained(listed, "7.").refused is Refusal.LIST_NUMBER
    plan = parse("某市2025年政府工作报告\n\n二、2025年工作安排\n\n2025年，全力推进3大任务。\n", "x")
    assert explained(plan, "3大").refused is Refusal.GROUPS


TABLE = """某市国民经济和社会发展第十五个五年规划纲要

专栏1 主要指标

| 序号 | 指标 | 2025年 | 2030年 | 属性 |
| --- | --- | --- | --- | --- |
| 1 | 常住人口城镇化率（%） | 70 | 75 | 预期性 |
| 2 | 森林覆盖率（%） | 40.5 | 42 | 约束性 |
| 3 | 研发经费投入强度（%） | 2.1 | 2.8 | 预期性 |

注：研发经费按2020年口径计算，占8成。
"""


def test_a_number_of_a_table_tells_its_row_and_column() -> None:
    text = parse(TABLE, "规划")
    trace = explained(text, "2.8")
    assert trace.way is Way.ROW
    assert trace.place is not None
    assert (trace.place.row, trace.place.role, trace.place.readings) == (3, "goal", 1)
    assert [d.ground for d in trace.decisions][:3] == [
        Ground.GOAL_COLUMN,
        Ground.PLAIN_LEVEL,
        Ground.COLUMN,
    ]
    number = flow.explain(text, text.text.index("| 3 |") + 2)
    assert (number.refused, number.text) == (Refusal.IN_TABLE, "3")


def test_a_number_of_a_cell_that_tells_sentences_is_explained_as_one_of_them() -> None:
    text = parse(
        "清溪县2023年民生实事办理情况\n"
        "| 序号 | 实事 | 目标任务 | 完成情况 |\n| --- | --- | --- | --- |\n"
        "| 1 | 养老 | 新增床位160张 | 新增床位171张 |\n| 2 | 供水 | 改造管网8公里 | 改造管网9公里 |\n",
        "x",
    )
    trace = explained(text, "160")
    assert trace.figure is not None
    assert (trace.refused, trace.figure.kind, trace.headings[-1]) == (None, "target", "养老")
    assert explained(text, "171").figure.kind == "actual"


def test_a_number_of_the_notes_says_so() -> None:
    text = parse(
        "某县2024年统计公报\n\n全年生产总值300亿元。\n\n注释：\n\n生产总值按90%计算。\n", "x"
    )
    assert explained(text, "90").refused is Refusal.IN_NOTE


def test_a_time_that_opened_an_earlier_sentence_is_said_to_be_carried() -> None:
    text = parse(
        "某市第十五个五年规划纲要\n\n到2027年，公路里程达到80公里；铁路里程达到30公里。\n", "规划"
    )
    own, carried = explained(text, "80").moment, explained(text, "30").moment
    assert own is not None
    assert carried is not None
    assert (own.text, own.carried) == ("2027年", False)
    assert (carried.text, carried.carried) == ("2027年", True)


def test_what_makes_a_figure_sure() -> None:
    known = explained(report("全县地区生产总值达到300亿元。"), "300")
    assert [d.ground for d in known.decisions][-2:] == [Ground.BY_WAY, Ground.KNOWN]
    assert not known.review
    short = explained(report("新戏达到12部。"), "12")
    assert [d.ground for d in short.decisions][-1] is Ground.SHORT
    assert short.review


def test_no_number_there_names_the_nearest() -> None:
    text = report("产值达到300亿元，利润达到20亿元。")
    with pytest.raises(UsageError, match=r"no number stands at 0\. The nearest are 2024 at 2") as e:
        flow.explain(text, 0)
    assert (2, 6) in e.value.nearest
    with pytest.raises(UsageError, match="holds no number"):
        flow.explain(parse("没有数。", "x"), 1)
    with pytest.raises(UsageError, match="no number stands at 999999"):
        flow.explain(text, 999_999)


def test_every_way_in_the_rules_has_its_words() -> None:
    ways = load(rules_path("confidence.yaml"), Confidence).ways
    assert set(ways) == {way.value for way in Way} - {Way.ROW.value}


@pytest.mark.parametrize("wording", [*Refusal, *Ground, *Way, *Aspect], ids=lambda w: w.value)
def test_every_reason_is_worded_in_both_languages(wording: Refusal | Ground | Way | Aspect) -> None:
    assert re.search("[一-鿿]", wording.zh)
    assert re.fullmatch(r"[a-z][a-z ,:()']+", wording.en)
