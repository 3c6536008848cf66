"""Observation files, YAML and CSV."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import DataError, ReadError
from plantrack.model import Comparator, Measure, Observation, Period, Quantity, Scope, Vintage
from plantrack.read.observations import load_observations, parse_csv, parse_yaml

YAML = """\
title: 一季度数据
region: {name: 某市, code: "500000"}
known_on: 2023-04-20
observations:
  - {indicator: 软件业务收入, measure: growth, period: 2023Q1, value: 15.4, unit: "%"}
  - {indicator: 城乡居民人均可支配收入比, scope: 渝东北, period: 2025, value: "2.21:1", estimated: true, known_on: 2026-01-20}
"""
CSV = """\
indicator,indicator_id,measure,scope,scope_code,period,value,unit,cmp,estimated,vintage,known_on,quote
软件业务收入,software-revenue,growth,某市,500000,2023Q1,15.40,%,,,preliminary,2023-04-20,增长

"甲，乙
丙",,,,,2025,2.21:1,,,TRUE,,,
进出口,,,,500000,2021/2025,3.8,万亿元,gt,0,,,
增速,,growth,,,2025,5~5.5,%,,,,,
"""


def yaml_error(text: str) -> DataError:
    with pytest.raises(DataError) as caught:
        parse_yaml(text, "o.yaml")
    return caught.value


def csv_error(text: str) -> DataError:
    with pytest.raises(DataError) as caught:
        parse_csv(text, "o.csv")
    return caught.value


def test_yaml() -> None:
    software, ratio = parse_yaml(YAML, "o.yaml", Scope(name="别处"))
    assert software.series.key == ("软件业务收入", Measure.GROWTH, "500000")
    assert software.period == Period.parse("2023Q1")
    assert software.quantity == Quantity(value=Decimal("15.4"), unit="%")
    assert software.vintage is Vintage.REPORTED
    assert software.known_on == date(2023, 4, 20)
    assert software.source.doc == "o.yaml"
    assert ratio.series.scope == Scope(name="渝东北")
    assert ratio.quantity.ratio == (Decimal("2.21"), Decimal(1))
    assert ratio.vintage is Vintage.ESTIMATED
    assert ratio.known_on == date(2026, 1, 20)


def test_yaml_without_a_region_takes_the_callers() -> None:
    text = "observations: [{indicator: a, period: 2025, value: 1}]"
    assert parse_yaml(text, "o")[0].series.scope is None
    region = Scope(name="某市")
    assert parse_yaml(text, "o", region)[0].series.scope == region


def test_csv() -> None:
    region = Scope(name="别处")
    software, second, trade, growth = parse_csv(CSV, "o.csv", region)
    assert software.series.key == ("software-revenue", Measure.GROWTH, "500000")
    assert str(software.quantity.value) == "15.40"
    assert software.vintage is Vintage.PRELIMINARY
    assert software.known_on == date(2023, 4, 20)
    assert software.source.quote == "增长"
    assert software.source.table_row == 2
    assert second.series.indicator == "甲，乙\n丙"
    assert second.series.scope == region
    assert second.quantity.ratio == (Decimal("2.21"), Decimal(1))
    assert second.vintage is Vintage.ESTIMATED
    assert second.source.table_row == 4
    assert trade.series.scope == Scope(name="500000", code="500000")
    assert trade.quantity == Quantity(value=Decimal("3.8"), unit="万亿元", cmp=Comparator.GT)
    assert (growth.quantity.low, growth.quantity.high) == (Decimal(5), Decimal("5.5"))
    assert growth.source.table_row == 7


@pytest.mark.parametrize(
    ("old", "new", "place", "key", "words"),
    [
        ("indicator: 软", "indcator: 软", (5, 6), "observations[0].indcator", "Perhaps 'indicator' is meant"),
        ("period: 2023Q1", "period: 2023Q5", (5, 50), "observations[0].period", "'2023Q5' is no period"),
        ("value: 15.4,", "", (5, 5), "observations[0]", "a value is missing"),
        ("measure: growth", "measure: grwth", (5, 34), "observations[0].measure", "Perhaps 'growth' is meant"),
        ("observations:", "observation:", (4, 1), "observation", "Perhaps 'observations' is meant"),
    ],
)  # fmt: skip
def test_yaml_errors(old: str, new: str, place: tuple[int, int], key: str, words: str) -> None:
    assert old in YAML
    error = yaml_error(YAML.replace(old, new))
    assert (error.line, error.column) == place
    assert error.key == key
    assert words in str(error)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("indicator,perod,value\n", (1, 11), "unknown column 'perod'. Allowed: indicator, indicator_id"),
        ("indicator,perod,value\n", (1, 11), "Perhaps 'period' is meant"),
        ("indicator,period,value,value\n", (1, 24), "the column 'value' is given twice"),
        ("indicator,period,value\na,2025\n", (2, 1), "this line has 2 cells, the header has 3"),
        ("indicator,period,value\na,2025,x\n", (2, 8), "'x' is no value"),
        ("indicator,period,value\n\n\"a,\nb\",20256,1\n", (4, 4), "'20256' is no period"),
        ("indicator,period,value\na,2025,\n", (2, 1), "a value is missing"),
        ("indicator,period,value\na,,1\n", (2, 1), "the key 'period' is missing"),
        ("indicator,period,value,estimated\na,2025,1,yes\n", (2, 10), "'yes' does not fit"),
        ("indicator,period,value,scope,scope_code\na,2025,1,,5000\n", (2, 11), "six digits"),
        ('indicator,period,value\n"a,2025,1\n', (2, 1), "not valid CSV"),
    ],
)  # fmt: skip
def test_csv_errors(text: str, place: tuple[int, int], words: str) -> None:
    error = csv_error(text)
    assert (error.line, error.column) == place
    assert words in str(error)


def test_csv_without_a_header_or_without_rows() -> None:
    assert "it is empty" in str(csv_error(""))
    assert parse_csv("indicator,period,value\n", "o.csv") == ()


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    path.write_bytes(CSV.encode("gb18030"))
    assert load_observations(path) == parse_csv(CSV, str(path))
    path.write_bytes(CSV.encode("utf-8-sig"))
    assert load_observations(path) == parse_csv(CSV, str(path))
    path = tmp_path / "o.yaml"
    path.write_text(YAML, encoding="utf-8")
    assert load_observations(path) == parse_yaml(YAML, str(path))
    with pytest.raises(ReadError):
        load_observations(tmp_path / "none.csv")


cells = st.text(st.sampled_from('甲乙,"\n x1'), min_size=1).filter(lambda t: bool(t.strip()))


@given(st.lists(st.tuples(cells, st.integers(0, 10**9)), max_size=4))
def test_quoted_cells_come_back(rows: list[tuple[str, int]]) -> None:
    quoted = [(name.replace('"', '""'), value) for name, value in rows]
    text = "indicator,period,value\n" + "".join(f'"{n}",2025,{v}\n' for n, v in quoted)
    found: tuple[Observation, ...] = parse_csv(text, "o.csv")
    assert [(o.series.indicator, o.quantity.value) for o in found] == [
        (name.strip(), Decimal(value)) for name, value in rows
    ]
    assert [o.source.table_row for o in found] == [
        2 + i + sum(name.count("\n") for name, _ in rows[:i]) for i in range(len(rows))
    ]
