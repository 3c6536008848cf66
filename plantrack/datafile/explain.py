"""What pydantic found wrong, in the words of the person who wrote the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from types import UnionType
from typing import Annotated, Any, Literal, TypeGuard, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

Loc = Sequence[str | int]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: where (`loc`, at its key where `at_key`), what, and what would be right."""

    loc: tuple[str | int, ...]
    found: str
    hint: str
    allowed: str = ""
    at_key: bool = False


def problem(details: ErrorDetails, model: type[BaseModel]) -> Problem:
    """One pydantic error in plantrack's words."""
    loc, kind, given = details["loc"], details["type"], details["input"]
    context = details.get("ctx", {})
    if kind == "missing":
        return Problem(loc[:-1], f"the key '{loc[-1]}' is missing", "Add it")
    if kind == "extra_forbidden":
        known = _names_at(model, loc[:-1])
        found = f"unknown key '{loc[-1]}'"
        hint = _nearest(str(loc[-1]), known) or "Remove it, or use one of these"
        return Problem(loc, found, hint, ", ".join(known), at_key=True)
    if kind in ("enum", "literal_error", "union_tag_invalid"):
        expected = str(context.get("expected", context.get("expected_tags", "")))
        known = re.findall(r"'([^']*)'", expected)
        bad = context.get("tag", given)
        place = (
            (*loc, str(context.get("discriminator", "")).strip("'")) if "tag" in context else loc
        )
        hint = _nearest(str(bad), known) or "Use one of these"
        return Problem(
            place, f"{_shown(bad)} is not known here", hint, ", ".join(known) or expected
        )
    if kind == "union_tag_not_found":
        key = str(context.get("discriminator", "")).strip("'")
        return Problem(loc, f"the key '{key}' is missing", "Add it")
    if kind in ("model_type", "model_attributes_type", "dict_type", "mapping_type"):
        return Problem(loc, f"a mapping is due here, found {_shown(given)}", "Write keys and values",
                        ", ".join(_names_at(model, loc)))  # fmt: skip
    if kind in ("list_type", "tuple_type", "set_type", "frozen_set_type"):
        return Problem(
            loc, f"a list is due here, found {_shown(given)}", "Put it in [ ] or after a dash"
        )
    if kind == "string_type" and isinstance(given, (int, Decimal)):
        hint = f'Put it in quotes: "{given}"'
        return Problem(loc, f"text is due here, found {_shown(given)}", hint)
    message = details["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, ")
    if kind in ("value_error", "assertion_error"):
        return Problem(loc, message, "Correct it")
    return Problem(
        loc, f"{_shown(given)} does not fit", "Correct it", message.replace("Input should be ", "")
    )


def _names_at(model: type[BaseModel], loc: Loc) -> list[str]:
    """The keys that may stand at `loc` in a file of `model`, in the model's order."""
    types: list[Any] = [model]
    for piece in loc:
        types = [inner for t in types for outer in _plain(t) for inner in _step(outer, piece)]
    found = [t for outer in types for t in _plain(outer) if _is_model(t)]
    return list(dict.fromkeys(f.alias or n for t in found for n, f in t.model_fields.items()))


def _plain(annotation: object) -> list[Any]:
    """The types an annotation stands for: Annotated opened, unions taken apart."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return [t for part in get_args(annotation) for t in _plain(part)]
    return [annotation]


def _step(outer: object, piece: str | int) -> list[Any]:
    """Where `piece` of an error's place leads from the type `outer`; tags lead to the type itself."""
    arguments = [a for a in get_args(outer) if a is not Ellipsis]
    if isinstance(piece, int):
        return arguments[-1:]
    if get_origin(outer) is dict:
        return arguments[1:]
    if not _is_model(outer):
        return []
    for name, info in outer.model_fields.items():
        if piece in (name, info.alias):
            return [info.annotation]
    tags = {
        tag
        for info in outer.model_fields.values()
        if get_origin(info.annotation) is Literal
        for tag in get_args(info.annotation)
    }
    return [outer] if piece in tags or piece == outer.__name__ else []


def _is_model(kind: object) -> TypeGuard[type[BaseModel]]:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _nearest(word: str, known: Sequence[str]) -> str:
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"Perhaps '{near[0]}' is meant" if near else ""


def _shown(value: object) -> str:
    """A value as an error message shows it."""
    words: dict[type, Callable[[Any], str]] = {
        bool: lambda v: "true" if v else "false",
        str: lambda v: f"'{v}'" if len(v) <= 60 else f"'{v[:60]}…'",
        dict: lambda v: "a mapping",
        list: lambda v: "a list",
        type(None): lambda v: "nothing",
    }
    return words.get(type(value), str)(value)
