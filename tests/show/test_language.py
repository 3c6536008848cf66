"""Which language is spoken, for the whole process and for a block."""

from __future__ import annotations

import threading

import pytest

import plantrack
from plantrack.errors import UsageError
from plantrack.model import Measure, Nature, Series, Status, Text, Vintage
from plantrack.show.board import html_table, terminal_table
from plantrack.show.labels import (
    LABELS,
    indicator_name,
    indicator_words,
    nature_words,
    status_words,
    vintage_words,
)
from plantrack.show.language import Language, current_language, say, set_language, using
from plantrack.show.words import goal_text, observed_text, status_text

GOAL = Text(zh="目标", en="goal")


@pytest.fixture(autouse=True)
def both():
    yield
    set_language("both")


def test_both_are_spoken_until_something_else_is_said():
    assert current_language() is Language.BOTH
    assert say(GOAL) == "目标 goal"
    assert say(GOAL, "\n") == "目标\ngoal"
    assert say(Text(zh="GDP", en="GDP")) == "GDP"


@pytest.mark.parametrize(("language", "said"), [("zh", "目标"), ("en", "goal")])
def test_one_language(language, said):
    plantrack.set_language(language)
    assert say(GOAL) == said


def test_a_language_that_is_not_spoken_is_refused():
    with pytest.raises(UsageError, match="speaks zh, en, both; found 'fr'"):
        set_language("fr")
    assert current_language() is Language.BOTH


def test_a_block_speaks_for_itself_even_where_it_fails():
    heard = []
    with pytest.raises(ZeroDivisionError), using("en"):
        heard.append(say(GOAL)) or 1 / 0
    assert heard == ["goal"]
    assert say(GOAL) == "目标 goal"


def test_a_block_does_not_speak_for_other_threads():
    heard = []
    with using("en"):
        other = threading.Thread(target=lambda: heard.append(say(GOAL)))
        other.start()
        other.join()
    assert heard == ["目标 goal"]


def test_every_label_is_there_in_both_languages():
    assert all(text.zh and text.en for text in LABELS.values())
    assert all(any(sign >= "一" for sign in text.zh) for text in LABELS.values())
    assert all(text.en.isascii() for text in LABELS.values())


def test_every_choice_has_its_words():
    said = [*map(status_words, Status), *map(nature_words, [*Nature, None])]
    said += map(vintage_words, Vintage)
    assert len({(text.zh, text.en) for text in said}) == len(said)


@pytest.mark.parametrize(
    ("series", "zh", "en"),
    [
        (Series(indicator="人均地区生产总值", indicator_id="gdp-per-capita"), *("人均地区生产总值", "Gross regional product per head")),
        (Series(indicator="自创指数"), "自创指数", "自创指数"),
        (
            Series(indicator="地区生产总值", indicator_id="gdp", measure=Measure.GROWTH),
            *("地区生产总值增速", "Gross regional product, growth"),
        ),
        (
            Series(indicator="地区生产总值增长", indicator_id="gdp", measure=Measure.AVG_GROWTH),
            *("地区生产总值增长", "Gross regional product, mean growth"),
        ),
    ],
)  # fmt: skip
def test_indicators_have_the_lexicon_s_english_name(series, zh, en):
    assert indicator_words(series) == Text(zh=zh, en=en)


def test_a_list_names_indicators_as_the_text_does_and_in_english_as_the_lexicon_does():
    series = Series(indicator="GDP", indicator_id="gdp")
    assert indicator_name(series) == "GDP"
    with using("en"):
        assert indicator_name(series) == "Gross regional product"


def test_words_follow_the_language(goals, observation):
    with using("zh"):
        assert goal_text(goals["total"]) == "累计≥325万人"
        assert status_text(Status.MISSED) == "✗ 未完成"
        assert observed_text(observation) == "2.65% (2025 预计)"
    with using("en"):
        assert goal_text(goals["total"]) == "total ≥325万人"
        assert observed_text(observation) == "2.65% (2025 est.)"


def test_a_board_in_one_language_has_no_word_of_the_other(board):
    with using("en"):
        html = html_table(board)
        assert "Status" in html
        assert "why &amp; how: missed" in html
        assert "状态" not in html
        assert "理由" not in html
        assert str(terminal_table(board).columns[0].header) == "Status"
    with using("zh"):
        html = html_table(board)
        assert "状态" in html
        assert "how" not in html
