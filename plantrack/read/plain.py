"""Plain text and Markdown: UTF-8, UTF-16, GB18030 and Big5."""

from __future__ import annotations

from plantrack.model import Document
from plantrack.read.base import decode
from plantrack.read.rules import StructureRules
from plantrack.read.structure import parse


def read_text(data: bytes, name: str, sha256: str, rules: StructureRules) -> Document:
    """The Document in the bytes of a text file, whose hash is `sha256`.

    Its `text` is what `open(name, encoding=document.encoding, newline="").read()` gives. An empty
    file is a Document without sentences. ReadError for binary data and bytes in none of the
    encodings.
    """
    raw = decode(data, name)
    return parse(raw.text, name, encoding=raw.encoding, sha256=sha256, rules=rules)
