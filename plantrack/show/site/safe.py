"""What keeps strangers' text harmless in a page: signs that mislead are shown, scripts are named by hash.

Escaping itself is Jinja's: every value of a template is escaped unless it was made here or there.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from hashlib import sha256

from markupsafe import Markup

from plantrack.show.hidden import shown


def tame(value: object) -> object:
    """A text with its hidden signs written out; markup and whatever is no text comes back as it is."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return shown(value)
    return value


def tamed(value: object) -> object:
    """The same for all texts in lists, tuples and dictionaries, as scripts get them."""
    if isinstance(value, dict):
        return {key: tamed(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [tamed(each) for each in value]
    return tame(value)


def policy(styles: Iterable[str], scripts: Iterable[str]) -> Markup:
    """The Content-Security-Policy of a page that holds just these style and script elements.

    Nothing else runs, nothing is loaded, nothing is sent. `plantrack serve` allows asking its own
    address for news by changing the one word `connect-src 'none'`.
    """
    return Markup("; ").join(
        map(
            Markup,
            (
                "default-src 'none'",
                "connect-src 'none'",
                "img-src data:",
                f"style-src {_hashes(styles)}",
                f"script-src {_hashes(scripts)}",
                "base-uri 'none'",
                "form-action 'none'",
                "require-trusted-types-for 'script'",
            ),
        )
    )


def _hashes(sources: Iterable[str]) -> str:
    digests = (sha256(source.encode()).digest() for source in sources)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
