"""Hidden signs are shown, and the policy names what may run."""

from __future__ import annotations

import base64
import hashlib

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from plantrack.show.site.safe import policy, tame, tamed


@given(st.text(st.characters(codec=None)))
def test_a_tamed_text_can_be_written_and_turns_nothing_round(text):
    shown = tame(text)
    assert len(shown.encode()) >= len(text)
    assert not set(shown) & set("\x00\x07\x1b\x7f\x85\u200f\u202e\u2066\u2069\ud800")
    assert tame(shown) == shown


def test_hidden_signs_are_written_out_and_others_left():
    assert tame("a\x00b\u202ec") == "a␀b⟦U+202E⟧c"
    assert tame("指标\t一\r\n二 <b>") == "指标\t一\r\n二 <b>"
    assert tame("\ud800") == "\N{REPLACEMENT CHARACTER}"


def test_markup_and_numbers_pass():
    made = Markup("<b>\u202e</b>")
    assert tame(made) is made
    assert tame(7) == 7
    assert tamed({"a": ["\x00", ("\u202e", 1)]}) == {"a": ["␀", ["⟦U+202E⟧", 1]]}


def test_the_policy_allows_what_it_was_given_and_nothing_else():
    said = policy(["b {}"], ["run()", "go()"])
    for source in ("b {}", "run()", "go()"):
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in said
    assert said.startswith("default-src 'none'; connect-src 'none';")
    assert "unsafe" not in said
    assert "http" not in said
