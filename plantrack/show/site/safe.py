"""What keeps strangers' text harmless in a page: signs that mislead are shown, scripts are named by hash.

Escaping itself is Jinja's: every value of a template is escaped unless it was made here or there.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from hashlib import sha256

from markupsafe import Markup

# Signs that show nothing themselves but change what is shown: controls, marks and overrides of
# writing direction, halves of a pair without the other half. Tab and line ends are left alone.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_PICTURES = 0x2400  # ␀ stands for NUL, and so on to 0x1F


def tame(value: object) -> object:
    """A text in which hidden signs are written out: NUL as `␀`, an override of direction as `⟦U+202E⟧`.

    Markup and whatever is no text comes back as it is.
    """
    if isinstance(value, str) and not isinstance(value, Markup):
        return _HIDDEN.sub(_shown, value)
    return value


def tamed(value: object) -> object:
    """The same for all texts in lists, tuples and dictionaries, as scripts get them."""
    if isinstance(value, dict):
        return {key: tamed(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [tamed(each) for each in value]
    return tame(value)


def policy(styles: Iterable[str], scripts: Iterable[str]) -> str:
    """The Content-Security-Policy of a page that holds just these style and script elements.

    Nothing else runs, nothing is loaded, nothing is sent. `plantrack serve` allows asking its own
    address for news by changing the one word `connect-src 'none'`.
    """
    return "; ".join(
        (
            "default-src 'none'",
            "connect-src 'none'",
            "img-src data:",
            f"style-src {_hashes(styles)}",
            f"script-src {_hashes(scripts)}",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
        )
    )


def _hashes(sources: Iterable[str]) -> str:
    digests = (sha256(source.encode()).digest() for source in sources)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def _shown(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(_PICTURES + code)
    if 0xD800 <= code <= 0xDFFF:
        return "\N{REPLACEMENT CHARACTER}"
    return f"⟦U+{code:04X}⟧"
