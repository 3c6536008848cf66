"""Hidden signs are shown, and the policy names what may run."""

from __future__ import annotations

import base64
import hashlib

from markupsafe import Markup

from plantrack.show.site.safe import policy, tame, tamed


def test_markup_and_numbers_pass():
    made = Markup("<b>\u202e</b>")
    assert tame(made) is made
    assert tame(7) == 7
    assert tame("a\x00") == "a␀"
    assert tamed({"a": ["\x00", ("\u202e", 1)]}) == {"a": ["␀", ["⟦U+202E⟧", 1]]}


def test_the_policy_allows_what_it_was_given_and_nothing_else():
    said = policy(["b {}"], ["run()", "go()"])
    for source in ("b {}", "run()", "go()"):
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in said
    assert said.startswith("default-src 'none'; connect-src 'none';")
    assert "unsafe" not in said
    assert "http" not in said
