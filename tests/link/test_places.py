"""Every name of the lexicon stands in a text or comes from a standard that defines it."""

from __future__ import annotations

from pathlib import Path

from link.places import PLANS, UNCONFIRMED, place, places, texts

from plantrack.link import Lexicon


def test_each_name_has_a_text_or_a_standard(shared: Path) -> None:
    assert [(ident, name) for ident, name, where in places() if not where] == []


def test_the_standards_in_doubt_are_few_and_in_use() -> None:
    named = [where for _, _, where in places() if ":" not in where]
    assert set(named) >= UNCONFIRMED
    assert sum(where in UNCONFIRMED for where in named) < 0.15 * len(named)


def test_most_names_stand_in_a_text() -> None:
    written = [name for _, name, where in places() if ":" in where]
    assert len(written) > 0.55 * len(places())


def test_a_name_is_shown_where_it_stands() -> None:
    path, _, at = place("地区生产总值", "x").partition(":")
    assert texts()[path][int(at) :].startswith("生产总值")
    assert place("从未有过的指标", "国民经济核算统计报表制度") == "国民经济核算统计报表制度"
    assert place("从未有过的指标", next(iter(PLANS))) == ""


def test_there_are_more_than_three_hundred_indicators() -> None:
    assert len(Lexicon.load()) >= 300
