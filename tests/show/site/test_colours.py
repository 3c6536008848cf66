"""Contrast of the style sheet, computed from its own lines (WCAG 2.2, AA)."""

from __future__ import annotations

import re

import pytest

from plantrack.model import Status
from plantrack.show.site.colours import CARDS, contrast
from plantrack.show.site.pages import style_sheet

SHEET = style_sheet()
THEMES = {
    "light": re.search(r":root \{(.*?)\}", SHEET, re.DOTALL),
    "dark": re.search(r':root\[data-theme="dark"\] \{(.*?)\}', SHEET, re.DOTALL),
    "dark of the system": re.search(r"dark\) \{ :root.*?\{(.*?)\}", SHEET, re.DOTALL),
}
TEXT, GRAPHIC = 4.5, 3.0


def colours(theme: str) -> dict[str, str]:
    block = THEMES[theme]
    assert block is not None
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block[1]))


@pytest.mark.parametrize("theme", THEMES)
def test_words_can_be_read_on_what_they_stand_on(theme):
    of = colours(theme)
    pairs = [
        *((ink, ground) for ink in ("ink", "quiet", "link") for ground in ("ground", "card")),
        ("head-ink", "head"),
        ("ink", "sentence"),
        *((f"{s.value}-ink", f"{s.value}-tint") for s in Status),
        *((f"{s.value}-ink", "card") for s in Status),
        *(("ink", f"{s}-tint") for s in ("on_track", "lagging", "no_data")),  # figures in a text
    ]
    low = {pair: round(contrast(of[pair[0]], of[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in low.items() if ratio < TEXT} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_lines_marks_and_focus_can_be_seen(theme):
    of = colours(theme)
    pairs = [
        *((f"{s.value}-solid", "card") for s in Status),
        ("focus", "card"),
        ("focus", "ground"),
        ("quiet", "card"),
    ]
    low = {pair: round(contrast(of[pair[0]], of[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in low.items() if ratio < GRAPHIC} == {}


def test_the_dark_of_the_system_is_the_dark_one_chooses():
    assert colours("dark") == colours("dark of the system")
    assert {colours("light")["card"], colours("dark")["card"]} == set(CARDS.values())


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert contrast("#123456", "#123456") == 1
