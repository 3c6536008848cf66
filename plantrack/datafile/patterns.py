"""Regular expressions as they stand in rule files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

_NO_PIECES: Mapping[str, str] = MappingProxyType({})


def compiling(pieces: Mapping[str, str] = _NO_PIECES) -> Callable[[object], object]:
    """What turns the writing in a rule file into a compiled pattern, for use before validation.

    `pieces` are the expressions that a rule file's named pieces ({year}) stand for; an optional one
    ({year}?) is optional as a whole. The function returned raises ValueError, in words, for what is
    no regular expression; what is no text it leaves to the validation that follows.
    """

    def compiled(value: object) -> object:
        if not isinstance(value, str):
            return value
        written = value
        for name, piece in pieces.items():
            written = written.replace(f"{name}?", f"(?:{piece})?").replace(name, piece)
        try:
            return re.compile(written)
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
