"""Regular expressions as they stand in rule files."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache


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


@lru_cache(maxsize=32)
def any_of(patterns: tuple[re.Pattern[str], ...]) -> re.Pattern[str]:
    """A pattern that matches where any of `patterns` does: one look instead of many. Its groups have no names.

    Raises re.error where one of them refers back to a group.
    """
    bare = (re.sub(r"(?<!\\)\(\?P<\w+>", "(?:", pattern.pattern) for pattern in patterns)
    return re.compile("|".join(f"(?:{each})" for each in bare) or r"(?!)")
