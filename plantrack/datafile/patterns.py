"""Regular expressions as they stand in rule files."""

from __future__ import annotations

import re
from collections.abc import Callable


def compiling(spell_out: Callable[[str], str]) -> Callable[[object], object]:
    """What turns the writing in a rule file into a compiled pattern, for use before validation.

    `spell_out` puts expressions in the place of a rule file's named pieces ({year}). The function
    returned raises ValueError, in words, for what is no regular expression; what is no text it
    leaves to the validation that follows.
    """

    def compiled(value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return re.compile(spell_out(value))
        except re.error as e:
            raise ValueError(f"this is no regular expression ({e})") from None

    return compiled
