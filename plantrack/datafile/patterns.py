"""Regular expressions as they stand in rule files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from pydantic import ValidationInfo, ValidatorFunctionWrapHandler

_NO_PIECES: Mapping[str, str] = MappingProxyType({})
# The context in which the rules that ship are validated: the tests have compiled all of them.
SHIPPED = MappingProxyType({"shipped": True})


class Later:
    """A pattern that is compiled when it is first asked for anything but its writing.

    Of the several hundred that ship a page needs a third, and compiling them all costs more than
    reading it. Once compiled it answers as fast as the compiled pattern itself.
    """

    __slots__ = (
        *("pattern", "flags", "groups", "groupindex", "search", "match", "fullmatch", "split"),
        *("findall", "finditer", "sub", "subn"),
    )

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    def __getattr__(self, name: str) -> object:
        if name not in self.__slots__:
            raise AttributeError(name)
        made = re.compile(self.pattern)
        for each in self.__slots__[1:]:
            setattr(self, each, getattr(made, each))
        return getattr(made, name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Later) and self.pattern == other.pattern

    def __hash__(self) -> int:
        return hash(self.pattern)

    def __reduce__(self) -> tuple[type[Later], tuple[str]]:
        return Later, (self.pattern,)


def compiling(
    pieces: Mapping[str, str] = _NO_PIECES,
) -> Callable[[object, ValidatorFunctionWrapHandler, ValidationInfo], object]:
    """What turns the writing in a rule file into a compiled pattern, for use around validation.

    `pieces` are the expressions that a rule file's named pieces ({year}) stand for; an optional one
    ({year}?) is optional as a whole. The function returned raises ValueError, in words, for what is
    no regular expression; what is no text it leaves to the validation within. Of the rules that
    ship (`SHIPPED`) each pattern is compiled when it is first used.
    """

    def compiled(
        value: object, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> object:
        if isinstance(value, Later):
            return value
        if not isinstance(value, str):
            return handler(value)
        written = value
        for name, piece in pieces.items():
            written = written.replace(f"{name}?", f"(?:{piece})?").replace(name, piece)
        if info.context is SHIPPED:
            return Later(written)
        try:
            return handler(re.compile(written))
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
