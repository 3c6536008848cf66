"""The lexicon's records, and the search by phrase."""

from __future__ import annotations

import csv
import pickle
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.datafile import load, rules_path
from plantrack.errors import DataError, UsageError
from plantrack.link import Lexicon
from plantrack.link.aliases import NormalRules
from plantrack.link.lexicon import Shelf
from plantrack.model import Dimension, Direction, Indicator, Measure, PathShape

LEXICON = Lexicon.load()
RULES = load(rules_path("lexicon", "normalise.yaml"), NormalRules)
FILES = sorted(p for p in rules_path("lexicon").glob("*.yaml") if p.name != "normalise.yaml")
NAMES = [(name, i.id) for i in LEXICON.indicators.values() for name in (i.zh, *i.aliases)]
LABELLED = Path(__file__).parent / "phrases.csv"
PHRASES = list(csv.DictReader(LABELLED.read_text(encoding="utf-8").splitlines()))


def record(ident: str, zh: str, *aliases: str, units: tuple[str, ...] = ()) -> Indicator:
    return Indicator(
        id=ident,
        zh=zh,
        en=ident,
        aliases=aliases,
        units=units,
        dimension=Dimension.MONEY,
        direction=Direction.UP,
        path=PathShape.LINEAR,
        field="x",
        standard="x",
    )


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_file_passes_the_validator_users_get(path: Path):
    shelf = load(path, Shelf)
    assert shelf.field
    assert shelf.indicators


def test_there_are_enough_indicators_of_many_fields():
    assert len(LEXICON) >= 120
    assert len({i.field for i in LEXICON.indicators.values()}) == len(FILES) >= 15


def incomplete(indicator: Indicator) -> bool:
    return not (
        re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", indicator.id)
        and re.search(r"[一-鿿]", indicator.zh)
        and re.match(r"[A-Z0-9]", indicator.en)
        and indicator.field
        and indicator.standard
        and (indicator.units or indicator.dimension in (Dimension.RATIO, Dimension.GRADE))
    )


def test_every_record_is_complete():
    assert [i.id for i in LEXICON.indicators.values() if incomplete(i)] == []


def test_reductions_are_indicators_of_their_own_for_which_more_is_better():
    reductions = [i for i in LEXICON.indicators.values() if re.search("(降低|下降|减少)$", i.zh)]
    assert len(reductions) >= 10
    assert {(i.direction, i.dimension) for i in reductions} == {(Direction.UP, Dimension.RATE)}


def test_every_name_finds_its_own_record():
    assert [n for n, ident in NAMES if LEXICON.identify(n) != ident] == []
    assert [n for n, ident in NAMES if LEXICON.candidates(n)[0].indicator_id != ident] == []


def test_every_record_fits_its_own_units():
    pairs = [(i, unit) for i in LEXICON.indicators.values() for unit in i.units]
    found = [LEXICON.identify(i.zh, unit=u, measure=Measure.LEVEL) for i, u in pairs]
    assert found == [i.id for i, _ in pairs]


def test_words_hold_every_name_in_every_spelling_and_each_finds_its_record():
    words = set(LEXICON.words())
    assert {name for name, _ in NAMES} <= words
    assert {"规模以上工业增加值", "规上工业增加值", "人均GDP", "人均地区生产总值"} <= words
    assert not [w for w in words if LEXICON.identify(w) is None]


@given(
    st.sampled_from(NAMES),
    st.sampled_from(["", "全市", "我区", "全省", "其中："]),
    st.sampled_from([str, lambda s: f"“{s}”", lambda s: f" {s}\u3000", lambda s: f"#{s}（%）"]),
)
def test_prefixes_quotes_and_units_in_brackets_change_nothing(name, prefix, dress):
    phrase, ident = name
    assert LEXICON.identify(dress(prefix + phrase)) == ident


def test_labelled_phrases():
    assert len(PHRASES) >= 200
    right, wrong = 0, []
    for row in PHRASES:
        got = LEXICON.identify(row["phrase"], unit=row["unit"], measure=Measure(row["measure"]))
        right += (got or "") == row["indicator_id"]
        if got is not None and got != row["indicator_id"]:
            wrong.append((row["phrase"], got))
    assert right / len(PHRASES) >= 0.97
    assert len(wrong) / len(PHRASES) <= 0.01, wrong


def test_labelled_phrases_name_records_that_exist_and_enough_that_name_none():
    assert {row["indicator_id"] for row in PHRASES} - {""} <= set(LEXICON.indicators)
    assert sum(not row["indicator_id"] for row in PHRASES) >= 60


def test_every_row_of_the_labelled_indicator_table_has_an_indicator(shared: Path):
    with (shared / "gold" / "targets_004.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [r["indicator"] for r in rows if LEXICON.identify(r["indicator"]) is None] == []


@pytest.mark.parametrize(
    ("phrase", "unit", "ident"),
    [
        ("全社会研发投入", "%", "rd-intensity"),
        ("全社会研发投入", "亿元", "rd-expenditure"),
        ("空气质量优良天数", "%", "good-air-share"),
        ("空气质量优良天数", "天", "good-air-days"),
        ("碳市场累计成交", "亿元", "carbon-market-value"),
        ("碳市场累计成交", "万吨", "carbon-market-volume"),
        ("碳市场累计成交", "", None),
        ("城镇新增就业", "亿元", None),
        ("地区生产总值", "%", None),
    ],
)
def test_the_unit_of_a_level_tells_names_apart(phrase: str, unit: str, ident: str | None):
    assert LEXICON.identify(phrase, unit=unit, measure=Measure.LEVEL) == ident


def test_the_unit_of_a_growth_says_nothing_of_the_indicator():
    assert LEXICON.identify("地区生产总值", unit="%", measure=Measure.GROWTH) == "gdp"
    assert LEXICON.identify("地区生产总值年均增速", unit="%", measure=Measure.LEVEL) == "gdp"


@pytest.mark.parametrize(
    "phrase",
    [
        "民营工业增加值",
        "规上服务业增加值",
        "农村危旧房改造",
        "全国地区生产总值",
        "民营科技型企业",
        "",
    ],
)
def test_a_qualifier_that_changes_what_is_measured_is_never_dropped(phrase: str):
    assert LEXICON.identify(phrase) is None


def test_a_phrase_that_could_be_two_gives_both_ranked():
    found = LEXICON.candidates("城市建成区绿化率", unit="%", measure=Measure.LEVEL)
    assert {c.indicator_id for c in found} >= {"built-up-green-rate", "built-up-green-cover"}
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)
    assert all(0.55 <= c.score < 1 for c in found)


def test_the_unit_ranks_candidates():
    share, *_ = LEXICON.candidates("新型工业增加值占比重", unit="%", measure=Measure.LEVEL)
    assert LEXICON[share.indicator_id].dimension is Dimension.SHARE


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=30))
def test_any_text_is_answered(text: str):
    assert LEXICON.identify(text) in {None, *LEXICON.indicators}
    assert len(LEXICON.candidates(text)) <= 5


def test_same_letters_in_another_order_name_the_same_but_not_where_order_carries_meaning():
    lexicon = Lexicon([record("a", "农村卫生厕所普及率"), record("b", "工业占农业比重")], RULES)
    assert lexicon.identify("卫生厕所农村普及率") == "a"
    assert lexicon.identify("农业占工业比重") is None


def test_one_name_for_two_records_is_refused_with_both_named():
    with pytest.raises(DataError, match="规模以上工业产值") as caught:
        Lexicon([record("first", "规上工业产值"), record("second", "规模以上工业产值")], RULES)
    assert "second" in str(caught.value)
    assert "first" in str(caught.value)


def test_a_name_and_an_id_given_twice_are_refused_with_file_and_line(tmp_path: Path):
    text = "field: 经济\nindicators:\n  - {id: %s, zh: %s, en: X, dimension: money, direction: up, path: linear}\n"
    one, two = tmp_path / "a.yaml", tmp_path / "b.yaml"
    one.write_text(text % ("gdp", "地区生产总值"), encoding="utf-8")
    two.write_text(text % ("output", "全市GDP"), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        Lexicon.read(tmp_path)
    assert f"{two}:3" in str(caught.value)
    assert f"{one}:3" in str(caught.value)
    two.write_text(text % ("gdp", "另一指标"), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        Lexicon.read(tmp_path)
    assert f"{two}:3" in str(caught.value)
    assert f"{one}:3" in str(caught.value)


def test_a_lexicon_of_ones_own_can_be_added(tmp_path: Path):
    (tmp_path / "mine.yaml").write_text(
        "field: 林业\nindicators:\n"
        "  - {id: bamboo, zh: 竹林面积, en: Bamboo, units: [万亩], dimension: area, direction: up, path: linear}\n",
        encoding="utf-8",
    )
    lexicon = Lexicon.read(rules_path("lexicon"), tmp_path)
    assert lexicon.identify("竹林面积") == "bamboo"
    assert lexicon["bamboo"].field == "林业"
    assert len(lexicon) == len(LEXICON) + 1


def test_an_unknown_id_says_so():
    with pytest.raises(UsageError, match="no indicator 'gpd'"):
        LEXICON["gpd"]
    assert "gpd" not in LEXICON
    assert "gdp" in LEXICON


def test_a_lexicon_travels_to_another_process():
    copy = pickle.loads(pickle.dumps(LEXICON))
    assert copy.indicators == LEXICON.indicators
    assert copy.identify("全市GDP") == "gdp"


def test_the_records_cannot_be_changed():
    with pytest.raises(TypeError):
        LEXICON.indicators["x"] = record("x", "某某指标")  # type: ignore[index]
