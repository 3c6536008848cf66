"""Objects as rows and back: a value by its place in the object, and what no column says as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pandas as pd

from plantrack.model import Target
from plantrack.model.base import Model
from plantrack.model.quantity import plain

Tree = dict[str, Any]

WRITTEN = "written"
"""The last step of a place that holds a quantity's number as it is written."""

_FORMS = ("value", "low", "high", "ratio")


def value_at(thing: Any, place: str) -> Any:  # noqa: ANN401  any field of any model type
    """What stands at a place, as a column holds it; None where a part on the way is not there.

    Enums by value, periods and dates as written, decimals without exponent.
    """
    for step in place.split("."):
        if thing is None:
            return None
        thing = getattr(thing, step)
    if isinstance(thing, StrEnum):
        return thing.value
    if isinstance(thing, Decimal):
        return plain(thing)
    return thing if thing is None or isinstance(thing, bool | int | float) else str(thing)


def rest_of(thing: Model, places: Mapping[str, str], under: str = "") -> str | None:
    """What none of the places says, as JSON; None where they say all.

    A Decimal whose place belongs to a float column stays in the rest where no float can hold it.
    `under` is the place of the target in the thing.
    """
    tree = thing.model_dump(mode="json", exclude_defaults=True)
    _name_readings(_down(thing, under), tree, under)
    for place in places.values():
        _take(tree, place)
    pruned = _pruned(tree)
    return json.dumps(pruned, ensure_ascii=False) if pruned else None


def keep_exact(rest: str | None, thing: Any, places: Mapping[str, str]) -> str | None:  # noqa: ANN401
    """The rest with those decimals of float columns that a float would change."""
    tree: Tree = {} if rest is None else json.loads(rest)
    for place in places.values():
        exact = _down(thing, place)
        if isinstance(exact, Decimal) and Decimal(repr(float(exact))) != exact:
            put(tree, place, str(exact))
    return json.dumps(tree, ensure_ascii=False) if tree else None


def tree_of(row: Mapping[str, Any], places: Mapping[str, str]) -> Tree:
    """A row as nested records: what its columns say, laid over what `more` holds."""
    more = row.get("more")
    tree: Tree = {} if more is None or pd.isna(more) else json.loads(more)
    for column, place in places.items():
        value = row[column]
        if value is None or pd.isna(value):
            continue
        value = value.item() if hasattr(value, "item") else value
        if isinstance(value, float):
            exact = read(tree, place)
            same = isinstance(exact, str) and float(exact) == value
            put(tree, place, exact if same else value)
        elif place.endswith(f".{WRITTEN}"):
            for form, part in _forms(str(value)).items():
                put(tree, f"{place.removesuffix(WRITTEN)}{form}", part)
        else:
            put(tree, place, value)
    return tree


def put(tree: Tree, place: str, value: object) -> None:
    """Put a value at a place, making the records on the way."""
    *way, last = place.split(".")
    for step in way:
        tree = tree.setdefault(step, {})
    tree[last] = value


def read(tree: Tree, place: str) -> Any:  # noqa: ANN401  any JSON value
    """The value at a place of nested records; None where there is none."""
    node: Any = tree
    for step in place.split("."):
        if not isinstance(node, dict):
            return None
        node = node.get(step)
    return node


def _down(thing: Any, place: str) -> Any:  # noqa: ANN401
    for step in filter(None, place.split(".")):
        thing = None if thing is None else getattr(thing, step)
    return thing


def _name_readings(target: object, tree: Tree, under: str) -> None:
    """A goal's kind is its type's default and so left out of a dump; a reading needs it to be read again."""
    if not isinstance(target, Target):
        return
    dumped = read(tree, f"{under}.ambiguous" if under else "ambiguous") or ()
    for reading, node in zip(target.ambiguous, dumped, strict=True):
        if reading.goal is not None:
            node["goal"]["kind"] = reading.goal.kind


def _take(tree: Tree, place: str) -> None:
    *way, last = place.split(".")
    node = read(tree, ".".join(way)) if way else tree
    if isinstance(node, dict):
        for name in _FORMS if last == WRITTEN else (last,):
            node.pop(name, None)


def _pruned(node: Tree) -> Tree:
    """Without records that the columns have emptied."""
    inner = {key: _pruned(v) if isinstance(v, dict) else v for key, v in node.items()}
    return {key: value for key, value in inner.items() if value != {}}


def _forms(written: str) -> Tree:
    """A written number as the form of a quantity: `5~5.5` low and high, `2.21:1` a ratio, else a value."""
    if ":" in written:
        return {"ratio": written.split(":")}
    if "~" in written:
        low, _, high = written.partition("~")
        return {"low": low, "high": high}
    return {"value": written}
