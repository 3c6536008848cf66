"""Documents to figures: laws that hold for any text, and the score on the labelled numbers."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack import flow
from plantrack.model import FigureKind
from plantrack.read import parse
from plantrack.show.records import figure_record

PIECES = [
    "全市地区生产总值", "新能源汽车产量", "工业、服务业增加值", "分别", "增长", "下降", "达到", "由", "增至", "占",
    "高于全国", "较上年提高", "居全省第", "新增", "建成", "累计", "预计", "力争", "超过", "约", "，", "、", "；",
    "。", "\n", "（", "）", "“", "”", "《", "》", "和", "的", "等", "%", "个百分点", "亿元", "万人", "家", "倍",
    "以上", "左右", "2024年", "今年一季度", "到2027年", "“十五五”时期", "5", "7.3", "1:8.5", "5—6", "12,300", "５",
    "百分之十", "第", "PM2.5", "5G", "专栏1", "\t", " ",
]  # fmt: skip


def check(text: str) -> None:
    document = parse(text, "any")
    at = 0
    for figure in flow.figures(document):
        assert figure.span.of(text) == figure.text
        assert figure.span.start >= at
        at = figure.span.end
        assert figure.sentence.contains(figure.span)
        assert figure.indicator.strip() == figure.indicator != ""
        assert 0 <= figure.confidence <= 1


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_figures_of_any_sentence_hold_together(text: str) -> None:
    check(text)


@given(st.text(max_size=200))
def test_figures_of_any_text_hold_together(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "bad", ["1" * 10_000, "(" * 5_000 + "5%", "“" * 5_000 + "5家", "增长" * 5_000]
)
def test_hostile_text_is_only_text(bad: str) -> None:
    check(f"全市工业投资{bad}增长5%。")


def test_a_sentence_of_pages_is_read_to_its_end() -> None:
    text = "2025年全市地区生产总值增长5.3%，" * 1_000
    figures = flow.figures(parse(text, "long"))
    assert [f.quantity.value for f in figures] == [Decimal("5.3")] * 1_000
    assert {(f.sentence.start, f.sentence.end) for f in figures} == {(0, len(text))}


def test_a_number_is_never_cut_in_two() -> None:
    figures = flow.figures(parse("全市粮食产量12345.67万吨和" * 1_000, "no comma"))
    assert {f.quantity.value for f in figures} == {Decimal("12345.67")}
    assert len(figures) > 980  # a name in which a piece ends is lost


def test_a_run_of_digits_is_no_value() -> None:
    assert flow.figures(parse(f"全市工业投资增长{'5' * 40_000}%。", "run")) == ()


def test_empty_text_has_no_figures() -> None:
    assert flow.figures(parse("", "empty")) == ()


def test_figures_are_the_same_twice() -> None:
    text = "2024年全省工业投资增长5.1%，高于全国1.2个百分点。"
    assert flow.figures(parse(text, "a")) == flow.figures(parse(text, "a"))


def test_score_on_the_labelled_numbers(shared: Path, tmp_path: Path) -> None:
    printed = tmp_path / "figures.jsonl"
    seeds = sorted((shared / "seeds").glob("*.txt"))
    with printed.open("w", encoding="utf-8") as out:
        for path in seeds:
            document = flow.read(path)
            for figure in flow.figures(document):
                assert figure.span.of(document.text) == figure.text
                if figure.kind in (FigureKind.ACTUAL, FigureKind.TARGET):
                    out.write(json.dumps(figure_record(figure), ensure_ascii=False) + "\n")
    score = [sys.executable, str(shared / "gold" / "score.py"), str(printed), "--json"]
    done = subprocess.run(score, capture_output=True, text=True, check=True)
    total = json.loads(done.stdout)["all"]
    assert total["found_f1"] >= 0.98
    assert total["strict_f1"] >= 0.92
