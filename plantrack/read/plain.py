"""Plain text and Markdown: UTF-8, UTF-16, GB18030 and Big5."""

from __future__ import annotations

from plantrack.model import Document
from plantrack.read.base import decode, too_large
from plantrack.read.rules import StructureRules
from plantrack.read.structure import parse


def read_text(data: bytes, name: str, rules: StructureRules) -> Document:
    """The Document in the bytes of a text file.

    Its `text` is what `open(name, encoding=document.encoding, newline="").read()` gives. An empty
    file is a Document without sentences. ReadError for a file above the size bound of the rules
    (256 MiB), binary data and bytes in none of the encodings.
    """
    if len(data) > rules.max_bytes:
        raise too_large(name, len(data), rules.max_bytes, "max_bytes in rules/structure.yaml")
    raw = decode(data, name)
    return parse(raw.text, name, encoding=raw.encoding, sha256=raw.sha256, rules=rules)
