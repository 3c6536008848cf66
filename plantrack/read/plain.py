"""Plain text files: UTF-8 (with or without byte order mark) and GB18030."""

from __future__ import annotations

from pathlib import Path

from plantrack.model import Document
from plantrack.read.base import decode, load_bytes
from plantrack.read.rules import StructureRules, structure_rules
from plantrack.read.structure import parse


def read(path: Path | str, rules: StructureRules | None = None) -> Document:
    """The Document in a text file.

    Its `text` is what `open(path, encoding=document.encoding, newline="").read()` gives. An
    empty file is a Document without sentences. ReadError for a missing file, a folder, a file
    above the size bound of the rules (64 MiB), binary data and bytes that are neither UTF-8
    nor GB18030.
    """
    rules = rules or structure_rules()
    path = Path(path)
    raw = decode(load_bytes(path, rules.max_bytes), str(path))
    return parse(raw.text, str(path), encoding=raw.encoding, sha256=raw.sha256, rules=rules)
