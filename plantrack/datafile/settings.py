"""Settings that people write in TOML, read into a closed type with the same errors as data files."""

from __future__ import annotations

import re
import tomllib
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from plantrack.datafile.explain import problem
from plantrack.errors import DataError

M = TypeVar("M", bound=BaseModel)

_PLACE = re.compile(r"(?<!\s)\s*\(at (?:line (\d+), column (\d+)|end of document)\)")


def parse_toml(text: str, name: str, model: type[M]) -> M:
    """TOML `text` as a `model`; `name` stands for the file.

    DataError with key, value and what is allowed where it does not fit (the first such place, and
    how many more there are), with line and column where it is no TOML.
    """
    try:
        values = tomllib.loads(text)
    except RecursionError:
        raise DataError(name, "it is nested too deep", "Flatten it.") from None
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line, column = (int(place[1]), int(place[2])) if place and place[1] else (None, None)
        found = f"this is not valid TOML: {_PLACE.sub('', str(error))}"
        raise DataError(
            name, found, "Correct it; text stands in quotes.", line=line, column=column
        ) from None
    try:
        return model.model_validate(values)
    except ValidationError as failure:
        problems = [problem(details, model) for details in failure.errors(include_url=False)]
    first = next((p for p in problems if p.at_key), problems[0])
    more = "" if len(problems) == 1 else f". Keys with errors in this file: {len(problems)}"
    raise DataError(
        name,
        first.found,
        first.hint.rstrip(".") + more,
        key=".".join(str(part) for part in first.loc),
        allowed=first.allowed,
    )
