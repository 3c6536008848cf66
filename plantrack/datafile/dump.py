"""Plain values as YAML text that reads back as the same values."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import yaml

from plantrack.datafile.tree import DECIMAL, INT


class _Dumper(yaml.SafeDumper):
    """Quotes what this format, not YAML 1.1, would take for something other than text."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012

    def ignore_aliases(self, data: object) -> bool:
        return True


def _number(dumper: _Dumper, value: Decimal | float) -> yaml.ScalarNode:
    written = f"{value:f}" if isinstance(value, Decimal) else repr(value)
    kind = "int" if INT.fullmatch(written) else "float"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", written)


def _text(dumper: _Dumper, value: str) -> yaml.ScalarNode:
    # Breaks that YAML would fold to spaces in its other styles.
    style = '"' if re.search("[\x85\u2028\u2029\ufeff]", value) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_PATTERNS = {"float": DECIMAL.pattern, "int": INT.pattern, "null": "~|null|", "bool": "true|false"}
for _kind, _pattern in _PATTERNS.items():
    _Dumper.add_implicit_resolver(
        f"tag:yaml.org,2002:{_kind}", re.compile(rf"(?:{_pattern})\Z"), None
    )
_Dumper.add_representer(Decimal, _number)
_Dumper.add_representer(float, _number)
_Dumper.add_representer(str, _text)


def dump(value: Any) -> str:  # noqa: ANN401 - any plain value
    """YAML for dicts, lists, tuples, text, numbers, booleans and None; `parse` gives it back.

    Decimals keep their digits; a mapping or list of scalars is written on one line.
    """
    return yaml.dump(
        value,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=100,
        default_flow_style=None,
    )
