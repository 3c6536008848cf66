"""Times as texts write them."""

from __future__ import annotations

import pytest

from plantrack import flow
from plantrack.datafile import load, rules_path
from plantrack.extract.constructions import Constructions
from plantrack.extract.numerals import fold
from plantrack.extract.periods import Anchor, Times
from plantrack.extract.words import Cues
from plantrack.model import FigureKind, Period
from plantrack.read import parse

ANCHOR = Anchor(2024, Period.parse("2021/2025"))
scan = Times(
    load(rules_path("cues.yaml"), Cues), load(rules_path("constructions.yaml"), Constructions)
).scan


def times(text: str):
    return scan(fold(text), 0, len(text), ANCHOR)


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("2024年", ["2024"]),
        ("二〇三五年", ["2035"]),
        ("2024年11月、12月", ["2024-11", "2024-12"]),
        ("今年一季度", ["2024Q1"]),
        ("去年第四季度", ["2023Q4"]),
        ("2023年上半年", ["2023H1"]),
        ("前三季度", ["2024-01/2024-09"]),
        ("1—8月", ["2024-01/2024-08"]),
        ("2026—2030年", ["2026/2030"]),
        ("“十五五”时期", ["2026/2030"]),
        ("“十三五”末", ["2020"]),
        ("五年来", ["2021/2025"]),
        ("明年", ["2025"]),
        ("13月", []),
        ("1500年前后", []),
    ],
)
def test_what_a_time_means(text: str, periods: list[str]) -> None:
    assert [str(t.period) for t in times(text)] == periods


@pytest.mark.parametrize("text", ["较2023年", "比去年", "与2020年相比", "以2020年价格计算"])
def test_a_time_that_only_serves_comparison(text: str) -> None:
    assert [t.reference for t in times(text)] == [True]


def test_a_plan_s_name_is_no_time_of_its_own() -> None:
    named, meant = times("“十四五”规划纲要提出“十四五”期间")
    assert named.reference
    assert not meant.reference


def test_opening_and_closing() -> None:
    assert times("由“十二五”期末的")[0].opening
    assert times("到2027年")[0].closing


def test_relative_times_need_an_anchor() -> None:
    assert scan("今年一季度", 0, 5, Anchor(None, None)) == []


def test_last_year_counts_from_the_year_in_which_it_was_said() -> None:
    said = "去年用电量增长2%，比上年回落"
    delivered = Anchor(2023, Period.parse("2023"), told_in=2024)
    written = Anchor(2023, Period.parse("2023"))
    assert [str(t.period) for t in scan(said, 0, len(said), delivered)] == ["2023", "2022"]
    assert [str(t.period) for t in scan(said, 0, len(said), written)] == ["2022", "2022"]


@pytest.mark.parametrize(
    ("dated", "year"), [("2024年1月9日", "2023"), ("2023年12月20日", "2022"), ("", "2022")]
)
def test_last_year_in_a_report_is_told_by_its_date(dated: str, year: str) -> None:
    text = f"某市2023年经济运行情况报告\n{dated}\n去年用电量增长2.1%。\n"
    (figure,) = flow.figures(parse(text, "report.txt"))
    assert str(figure.period) == year


def test_a_review_of_several_years_calls_the_year_under_way_this_year() -> None:
    text = (
        "某市“十四五”规划实施情况中期评估报告\n——2023年11月28日在市人大常委会会议上\n"
        "2021—2022年实施情况如下。\n一、总体进展\n今年上半年，用电量增长6.1%。"
        "2023年上半年产值达到516亿元。\n"
    )
    found = {f.text: f for f in flow.figures(parse(text, "review.txt"))}
    assert [(str(found[n].period), found[n].kind) for n in ("6.1", "516")] == [
        ("2023H1", FigureKind.ACTUAL),
        ("2023H1", FigureKind.ACTUAL),
    ]
