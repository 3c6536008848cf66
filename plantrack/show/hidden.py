"""Signs that show nothing but change what is shown are written out, so that a text looks like what it is."""

from __future__ import annotations

import re

# Signs that show nothing themselves but change what is shown: controls, marks and overrides of
# writing direction, halves of a pair without the other half, and what is no character. Tab and line ends are left alone.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_PICTURES = 0x2400  # ␀ stands for NUL, and so on to 0x1F


def shown(text: str) -> str:
    """A text in which hidden signs are written out: NUL as `␀`, an override of direction as `⟦U+202E⟧`.

    What comes out can be written in UTF-8, in XML and in HTML.
    """
    return _HIDDEN.sub(_stand_in, text)


def _stand_in(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(_PICTURES + code)
    if code >= 0xD800:
        return "\N{REPLACEMENT CHARACTER}"
    return f"⟦U+{code:04X}⟧"
