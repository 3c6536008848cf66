"""Finds, reads and validates the data files people write: rules, lexicons, plans, seeds.

The format is YAML without its traps. A plain scalar is an integer, a Decimal (a number with a
point or an exponent), true, false or null; everything else is text, so 2024-03-05, yes, off
and 2.21:1 stay what they look like. Keys are always text. Refused, each with its place: a key
given twice, anchors, aliases, tags, a second document, and whatever exceeds the bounds below.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from plantrack.datafile.dump import dump
from plantrack.datafile.patterns import SHIPPED, any_of, compiling
from plantrack.datafile.tree import MAX_BYTES, Data, Node, parse
from plantrack.errors import DataError, ReadError, UsageError

__all__ = [
    "MAX_BYTES",
    "Data",
    "Node",
    "any_of",
    "compiling",
    "dump",
    "load",
    "load_text",
    "parse",
    "read_text",
    "rules_path",
    "seeds_path",
]

M = TypeVar("M", bound=BaseModel)


def rules_path(*parts: str) -> Path:
    """The path of a rule file or folder: in the installed package, else in the checkout.

    UsageError where neither has the rules. The path itself need not exist.
    """
    return _data_path("rules").joinpath(*parts)


def seeds_path(*parts: str) -> Path:
    """The path of a seed file or folder: in the installed package, else in the checkout.

    UsageError where neither has the seeds. The path itself need not exist.
    """
    return _data_path("seeds").joinpath(*parts)


def load(path: Path, model: type[M], *, error: type[DataError] = DataError) -> M:
    """The YAML file at `path` as a `model`.

    ReadError where it cannot be read or is not UTF-8; `error` (DataError or a kind of it), with
    line, column, key, value and what is allowed, where its data does not fit.
    """
    data = parse(read_text(path), str(path), error=error)
    return data.validate(model, SHIPPED if path.is_relative_to(rules_path()) else None)


def load_text(text: str, name: str, model: type[M], *, error: type[DataError] = DataError) -> M:
    """YAML `text` as a `model`; `name` stands for the file in errors. Raises as `load` does."""
    return parse(text, name, error=error).validate(model)


def read_text(path: Path) -> str:
    """The UTF-8 text of a data file (a byte order mark is dropped); ReadError where there is none."""
    name = str(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ReadError(
                name, f"it is larger than {MAX_BYTES:,} bytes", "Split it into several files."
            )
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise ReadError(name, "there is no such file", "Check the path.") from None
    except IsADirectoryError:
        raise ReadError(name, "it is a folder, not a file", "Name a file in it.") from None
    except UnicodeDecodeError as e:
        found = f"byte {e.start + 1} (0x{e.object[e.start]:02X}) is not UTF-8"
        raise ReadError(name, found, "Save the file as UTF-8.") from None
    except OSError as e:
        found = f"it cannot be opened ({e.strerror or e})"
        raise ReadError(name, found, "Check its permissions.") from None


def _data_path(kind: str) -> Path:
    here = Path(__file__).resolve().parents[1]
    for folder in (here / f"_{kind}", here.parent / kind):
        if folder.is_dir():
            return folder
    raise UsageError(
        f"plantrack's {kind} are in neither {here / f'_{kind}'} nor {here.parent / kind}. "
        "Install plantrack again, or run it from a complete checkout.",
        kind=kind,
    )
