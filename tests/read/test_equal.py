"""The same document in every format: the same targets, and the same figures but for their places."""

from __future__ import annotations

from pathlib import Path

import pytest
from read.makers import MAKERS, Grid, Head, Part, parts_of, write

from plantrack import flow
from plantrack.model import Document, Figure, Plan, Target

TABLE = Grid(
    "专栏1 “十四五”时期经济社会发展主要指标",
    [
        [
            Head("类别", 2), Head("序号", 2), Head("指标名称", 2), Head("单位", 2),
            Head("基期与目标", 1, 3), Head("属性", 2),
        ],
        ["2020年", "2025年", "年均增长（%）"],
        [Head("经济发展", 3), "1", "地区生产总值", "亿元", "182.4", "268", "8", "预期性"],
        ["2", "规模以上工业增加值增速", "%", "6.8", "—", "7.5", "预期性"],
        ["3", "常住人口城镇化率", "%", "48.2", "55", "—", "预期性"],
        [Head("绿色生态", 2), "4", "森林覆盖率", "%", "61.3", "62", "—", "约束性"],
        ["5", "单位地区生产总值能耗降低", "%", "—", "〔13.5〕", "—", "约束性"],
    ],
    ["注：〔〕内为五年累计数。"],
)  # fmt: skip
PLAN: list[Part] = [
    "青溪县国民经济和社会发展第十四个五年规划纲要",
    "第一章 主要目标",
    "到2025年，全县综合实力明显增强。",
    TABLE,
    "全县上下要团结一心。",
]
GOALS = [
    ("地区生产总值", "reach", "268", "亿元"),
    ("地区生产总值", "average_rate", "8", "%"),
    ("规模以上工业增加值增速", "average_rate", "7.5", "%"),
    ("常住人口城镇化率", "reach", "55", "%"),
    ("森林覆盖率", "reach", "62", "%"),
    ("单位地区生产总值能耗降低", "total", "13.5", "%"),
]
# Where the goal of the last row stands.
PLACES = {
    "txt": None,
    "md": None,
    "html": "表1，第7行第6列",
    "docx": "表1，第7行第6列",
    "pdf": "第1页，表1，第7行第6列",
    "xlsx": "工作表“指标”，单元格F11",
    "csv": "单元格F11",
}


def plan_of(path: Path) -> Plan:
    (plan,) = flow.plans(flow.read(path))
    return plan


def bare(target: Target) -> dict:
    """A target but for where it stands and the name of its file."""
    return target.model_dump(exclude={"source"}) | {"row": target.source.table_row}


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return plan_of(write(tmp_path_factory.mktemp("reference"), PLAN, "txt"))


def test_the_table_as_text_gives_its_goals(reference: Plan) -> None:
    found = [(t.series.indicator, t.goal.kind, str(t.goal.quantity.value), t.unit) for t in reference.targets]  # fmt: skip
    assert found == GOALS
    assert str(reference.period) == "2021/2025"


@pytest.mark.parametrize("suffix", MAKERS)
def test_one_table_gives_the_same_targets(tmp_path: Path, reference: Plan, suffix: str) -> None:
    path = write(tmp_path, PLAN, suffix)
    plan = plan_of(path)
    assert [bare(t) for t in plan.targets] == [bare(t) for t in reference.targets]
    document = flow.read(path)
    assert [(t.title, [n.text for n in t.notes]) for t in document.tables] == [
        (TABLE.title, list(TABLE.notes))
    ]
    place = document.shown_place(plan.targets[-1].source.span)
    assert (place.zh if place else None) == PLACES[suffix]


# ------------------------------------------------------- a report of our own, with 163 figures

RESULTS = Grid(
    "表1 2024年主要指标完成情况",
    [
        ["指标名称", "单位", "2023年", "2024年"],
        ["城市污水处理率", "%", "95.1", "96.4"],
        ["行政村5G通达率", "%", "82", "93.5"],
        ["每千人口执业（助理）医师数", "人", "2.7", "2.9"],
    ],
)
REPORT: list[Part] = [
    *parts_of((Path(__file__).parent / "report.txt").read_text(encoding="utf-8")),
    RESULTS,
    "以上数据均为初步统计数。",
]


def said(figure: Figure, document: Document) -> dict:
    """A figure with its sentence, but for where it stands and the name of its file."""
    kept = figure.model_dump(exclude={"doc", "span", "sentence", "place"})
    return {**kept, "sentence": figure.sentence.of(document.text)}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[dict]:
    document = flow.read(write(tmp_path_factory.mktemp("report"), REPORT, "txt"))
    return [said(figure, document) for figure in flow.figures(document)]


@pytest.mark.parametrize("suffix", [s for s in MAKERS if s != "txt"])
def test_a_report_gives_the_same_figures(tmp_path: Path, written: list[dict], suffix: str) -> None:
    assert len(written) >= 150
    document = flow.read(write(tmp_path, REPORT, suffix))
    figures = flow.figures(document)
    assert [said(figure, document) for figure in figures] == written
    assert all(figure.span.of(document.text) == figure.text for figure in figures)
    placed = [figure.place.zh for figure in figures if figure.place]
    if suffix == "pdf":
        assert len(placed) == len(figures)
        assert (placed[0], placed[-1]) == ("第1页", "第3页，表1，第4行第4列")
    elif suffix in ("xlsx", "csv"):
        assert len(placed) == len(figures)
        paragraphs = REPORT.index(RESULTS)
        assert placed[-1].endswith(f"单元格D{paragraphs + 1 + len(RESULTS.rows)}")
    elif suffix != "md":
        assert placed[-1] == "表1，第4行第4列"
