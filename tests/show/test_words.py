"""Short texts for people."""

from __future__ import annotations

from decimal import Decimal

import pytest

from plantrack.model import Comparator, External, Measure, Metrics, Quantity, Reach, Source, Span
from plantrack.show.language import using
from plantrack.show.words import (
    baseline_text,
    counts_text,
    goal_text,
    goal_words,
    observed_text,
    quantity_text,
    required_text,
    required_words,
    source_text,
)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("reach", "≈6%"),
        ("range", "5~5.5%"),
        ("average_rate", "年均 avg 5~5.5%"),
        ("total", "累计 total ≥325万人"),
        ("hold", "保持 hold ≤5.5%"),
        ("parity", "≥ 地区生产总值"),
        ("positive", "> 0"),
        ("multiply", "×2 (2020)"),
        ("grade", "≥ Ⅱ类"),
        ("external", "达到国家考核目标"),
    ],
)
def test_goal(goals, kind, text):
    assert goal_text(goals[kind]) == text


def test_an_external_goal_without_words_still_says_what_it_is():
    assert goal_text(External()) == "由上级确定 set elsewhere"


@pytest.mark.parametrize(
    ("cmp", "text"),
    [
        ("eq", "3件"),
        ("ge", "≥3件"),
        ("gt", ">3件"),
        ("le", "≤3件"),
        ("lt", "<3件"),
        ("approx", "≈3件"),
    ],
)
def test_comparators(cmp, text):
    assert quantity_text(Quantity(value=Decimal(3), unit="件", cmp=Comparator(cmp))) == text


def test_an_estimate_is_said_to_be_one(observation):
    assert observed_text(observation) == "2.65% (2025 预计 est.)"


def test_a_baseline_stands_in_until_a_value_is_known(full_target):
    assert baseline_text(full_target.baseline) == "基期 base 5.3% (2025 预计 est.)"
    assert baseline_text(None) == "–"


def test_required_rate_with_its_unit(board):
    missed = board["missed"]
    assert required_text(missed) == "+5.91%"
    amount = missed.model_copy(update={"metrics": Metrics(required_rate=65, required_unit="万人")})
    assert required_text(amount) == "+65万人"
    points = missed.model_copy(
        update={"metrics": Metrics(required_rate=0.17, required_unit="个百分点/年")}
    )
    assert required_words(points).zh == "+0.17个百分点/年"
    assert required_words(points).en == "+0.17 percentage points a year"
    with using("en"):
        assert required_text(points) == "+0.17 percentage points a year"
    assert required_text(missed.model_copy(update={"metrics": Metrics()})) == ""


@pytest.mark.parametrize(
    ("rate", "said"),
    [(1200, "+1200"), (12345.6, "+12346"), (-0.000012, "-0.000012"), (999.9, "+1000"), (0, "+0")],
)
def test_required_rate_has_no_exponent(board, rate, said):
    metrics = Metrics(required_rate=rate, required_unit="公里")
    assert required_text(board["missed"].model_copy(update={"metrics": metrics})) == f"{said}公里"


def test_source_of_a_value_written_by_hand_has_no_offsets():
    assert source_text(Source(doc="a.yaml")) == "a.yaml"
    assert (
        source_text(Source(doc="a.txt", span=Span(start=0, end=2), quote="一二"))
        == "a.txt:0-2 「一二」"
    )


def test_counts_are_in_the_order_of_statuses(board):
    assert counts_text(board).startswith("✓ 已完成 achieved 1 · ▲ 超前 ahead 1")
    assert counts_text(board.model_copy(update={"assessments": ()})) == "–"


@pytest.mark.parametrize(
    ("quote", "number", "shown"),
    [
        ("2025年，城镇化率达到75%左右，比上年提高1个点。", "75", "城镇化率达到75%左右"),
        ("75%。", "75", "75%"),
        ("提高到75", "75", "提高到75"),
        ("长" * 30 + "75" + "长" * 30, "75", "…" + "长" * 24 + "75" + "长" * 12 + "…"),
        ("标准" * 20, "标准" * 20, "标准" * 12 + "…"),
        ("一\n达到\t75 %", "75", "达到 75 %"),
    ],
)
def test_of_a_quotation_the_clause_with_the_number_is_shown(quote, number, shown):
    at = 100 + quote.index(number)
    source = Source(
        doc="folder/a.txt",
        span=Span(start=at, end=at + len(number)),
        sentence=Span(start=100, end=100 + len(quote)),
        quote=quote,
    )
    assert source_text(source) == f"a.txt:{at}-{at + len(number)} 「{shown}」"


def test_of_a_long_quotation_without_a_place_the_beginning_is_shown():
    assert source_text(Source(doc="a.yaml", quote="长" * 60)) == f"a.yaml 「{'长' * 12}…」"


def test_a_goal_for_growth_says_so():
    about = Reach(quantity=Quantity(value=Decimal(6), unit="%", cmp=Comparator.APPROX))
    assert goal_text(about, Measure.GROWTH) == "增长 growth ≈6%"
    assert goal_text(about) == "≈6%"
    assert goal_text(External(), Measure.GROWTH) == "由上级确定 set elsewhere"


def test_a_goal_is_told_in_each_language_by_itself(goals):
    said = {kind: goal_words(goal) for kind, goal in goals.items()}
    assert (said["total"].zh, said["total"].en) == ("累计≥325万人", "total ≥325万人")
    assert (said["reach"].zh, said["reach"].en) == ("≈6%", "≈6%")
    assert goal_words(goals["hold"], Measure.GROWTH).en == "growth hold ≤5.5%"
    assert goal_words(External()).zh == "由上级确定"
