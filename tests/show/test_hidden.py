"""Hidden signs are shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plantrack.show.hidden import shown


@given(st.text(st.characters(codec=None)))
def test_a_text_can_be_written_and_turns_nothing_round(text):
    said = shown(text)
    assert len(said.encode()) >= len(text)
    assert not set(said) & set("\x00\x07\x1b\x7f\x85\u200f\u202e\u2066\u2069\ud800\uffff")
    assert shown(said) == said


def test_hidden_signs_are_written_out_and_others_left():
    assert shown("a\x00b\u202ec") == "a␀b⟦U+202E⟧c"
    assert shown("指标\t一\r\n二 <b>") == "指标\t一\r\n二 <b>"
    assert shown("\ud800\uffff") == "\N{REPLACEMENT CHARACTER}" * 2
