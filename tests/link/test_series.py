"""Figures to series and observations."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.link import Lexicon, Regions, identify, link, observations, series_of
from plantrack.link.series import source_of
from plantrack.model import (
    Document,
    Figure,
    FigureKind,
    Measure,
    Period,
    Quantity,
    Scope,
    Span,
    Vintage,
)

LEXICON = Lexicon.load()
REGIONS = Regions.load()
CHONGQING = Scope(name="重庆市", code="500000")
TEXT = "去年，全市地区生产总值达3.2万亿元、增长5.7%。"


def figure(phrase: str = "地区生产总值", value: str = "5.7", **changes) -> Figure:
    at = TEXT.index("5.7")
    fields = {
        "doc": "report.txt",
        "span": Span(start=at, end=at + 3),
        "text": "5.7",
        "kind": FigureKind.ACTUAL,
        "indicator": phrase,
        "measure": Measure.GROWTH,
        "quantity": Quantity(value=Decimal(value), unit="%"),
        "period": Period.parse(2024),
        "sentence": Span(start=0, end=len(TEXT)),
    }
    return Figure.model_validate({**fields, **changes})


def document(text: str = TEXT, **changes) -> Document:
    fields = {
        "name": "report.txt",
        "text": text,
        "sha256": "0" * 64,
        "published": date(2025, 3, 11),
        "region": CHONGQING,
    }
    return Document.model_validate({**fields, **changes})


def linked(one: Figure) -> Figure:
    (found,) = link([one], LEXICON, REGIONS, CHONGQING)
    return found


def test_linking_fills_the_id_and_leaves_the_phrase():
    found = linked(figure("全市GDP"))
    assert (found.indicator, found.indicator_id, found.candidates) == ("全市GDP", "gdp", ())


def test_an_unknown_phrase_keeps_itself_and_gets_candidates():
    found = linked(
        figure("民营高新技术企业", measure=Measure.LEVEL, quantity=Quantity(value=1, unit="家"))
    )
    assert found.indicator_id is None
    assert found.candidates[0].indicator_id == "high-tech-enterprises"
    assert linked(figure("火星")).candidates == ()


def test_an_id_that_is_there_already_stays():
    assert linked(figure("火星", indicator_id="gdp")).indicator_id == "gdp"


@pytest.mark.parametrize("kind", [FigureKind.DELTA, FigureKind.COMPARE, FigureKind.RANK])
def test_the_unit_of_a_difference_does_not_speak_against_the_indicator(kind: FigureKind):
    quantity = Quantity(value=Decimal("0.7"), unit="个百分点")
    found = linked(figure("规上工业增加值", kind=kind, measure=Measure.LEVEL, quantity=quantity))
    assert found.indicator_id == "industrial-value-added-above-scale"


@pytest.mark.parametrize("phrase", ["重庆市地区生产总值", "重庆地区生产总值", "重庆市GDP"])
def test_the_own_regions_name_before_the_phrase_does_not_matter(phrase: str):
    assert linked(figure(phrase)).indicator_id == "gdp"
    assert identify(phrase, LEXICON, REGIONS, CHONGQING, None) == "gdp"
    assert identify("四川省地区生产总值", LEXICON, REGIONS, CHONGQING) is None


@pytest.mark.parametrize(
    ("written", "scope"),
    [
        ("重庆市", None),
        ("全市", None),
        ("重庆", None),
        ("万州", Scope(name="万州", code="500101")),
        ("四川", Scope(name="四川", code="510000")),
        ("渝东北", Scope(name="渝东北")),
        ("火星", Scope(name="火星")),
    ],
)
def test_scopes_get_codes_and_the_own_region_is_none(written: str, scope: Scope | None):
    assert linked(figure(scope=Scope(name=written))).scope == scope


def test_without_a_region_scopes_still_get_their_codes():
    (found,) = link([figure(scope=Scope(name="重庆"))], LEXICON, REGIONS, None)
    assert found.scope == Scope(name="重庆", code="500000")


@given(
    st.sampled_from([*LEXICON.words()[:400], "火星", "民营高新技术企业"]),
    st.sampled_from([None, *(Scope(name=n) for n in ["全市", "万州", "川渝", "火星", "四川"])]),
    st.sampled_from(["%", "亿元", "", "个"]),
)
def test_linking_twice_is_linking_once(phrase, scope, unit):
    once = linked(figure(phrase, scope=scope, quantity=Quantity(value=1, unit=unit)))
    assert linked(once) == once


def test_series_take_the_documents_region_where_the_figure_names_none():
    assert series_of(figure(), CHONGQING).scope == CHONGQING
    assert series_of(figure(scope=Scope(name="万州")), CHONGQING).scope == Scope(name="万州")
    assert series_of(figure(), None).scope is None


def test_all_writings_of_an_area_are_one_series():
    one, other = (
        series_of(figure(scope=Scope(name=n)), CHONGQING, REGIONS) for n in ("渝东北", "渝东北地区")
    )
    assert one.key == other.key


def test_an_actual_figure_becomes_an_observation():
    (found,) = observations(document(), [linked(figure())])
    assert found.series.key == ("gdp", Measure.GROWTH, "500000")
    assert (found.period, found.quantity.value) == (Period.parse(2024), Decimal("5.7"))
    assert (found.vintage, found.known_on) == (Vintage.REPORTED, date(2025, 3, 11))
    assert found.source.doc == "report.txt"
    assert found.source.quote == TEXT
    assert found.source.span is not None
    assert found.source.span.of(TEXT) == "5.7"


@pytest.mark.parametrize(
    "changes", [{"period": None}, *({"kind": k} for k in FigureKind if k is not FigureKind.ACTUAL)]
)
def test_only_actual_figures_of_a_known_period_are_observations(changes):
    assert observations(document(), [figure(**changes)]) == ()


def test_an_estimate_is_marked():
    quantity = Quantity(value=Decimal("2.65"), unit="%", estimated=True)
    (found,) = observations(document(), [figure(quantity=quantity)])
    assert found.vintage is Vintage.ESTIMATED


def test_the_same_value_twice_is_one_observation_and_another_value_is_kept():
    again = figure("全市GDP", "5.70", span=Span(start=0, end=1))
    figures = [linked(f) for f in (figure(), again, figure(value="5.8"), figure(period="2023"))]
    found = observations(document(), figures)
    assert [(str(o.period), o.quantity.written) for o in found] == [
        ("2024", "5.7"),
        ("2024", "5.8"),
        ("2023", "5.7"),
    ]
    assert found[0].source.span == figures[0].span


def test_a_quotation_is_cut_at_clauses_around_the_number():
    text = (
        "，".join(
            ["这里说了一些别的事情"] * 20 + ["规上工业增加值增长7.3%"] + ["后面还有别的话"] * 20
        )
        + "。"
    )
    at = text.index("7.3")
    span = Span(start=at, end=at + 3)
    one = figure(span=span, sentence=Span(start=0, end=len(text)))
    quote = source_of(document(text), one).quote
    assert "规上工业增加值增长7.3%" in quote
    assert quote.startswith("…这里")
    assert quote.endswith("…")
    assert len(quote) <= 82


def test_a_sentence_without_a_stop_is_cut_near_the_number():
    text = "很" * 300 + "7.3" + "长" * 300
    one = figure(span=Span(start=300, end=303), sentence=Span(start=0, end=603))
    quote = source_of(document(text), one).quote
    assert "7.3" in quote
    assert len(quote) <= 165


def test_a_table_cell_is_quoted_with_its_row():
    text = "地区生产总值增长（%）\n5.3\n"
    at = text.index("5.3")
    span = Span(start=at, end=at + 3)
    one = figure("地区生产总值增长", span=span, sentence=span, table_row=1)
    source = source_of(document(text), one)
    assert (source.quote, source.table_row) == ("地区生产总值增长 5.3", 1)
