"""From a file to its text: bytes, bounds and encodings."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path
from typing import NamedTuple

from plantrack.errors import ReadError


class Raw(NamedTuple):
    """A file's text exactly as `open(file, encoding=encoding, newline="").read()` gives it."""

    text: str
    encoding: str
    sha256: str


def load_bytes(path: Path, max_bytes: int) -> bytes:
    """The bytes of a file of at most `max_bytes`; ReadError where there is none or it is larger."""
    name = str(path)
    try:
        if path.is_dir():
            raise ReadError(name, "it is a folder, not a file", "Name the files in it.")
        size = path.stat().st_size
        if size > max_bytes:
            found = f"it has {size:,} bytes, more than the {max_bytes:,} that are read at once"
            raise ReadError(name, found, "Split it, or raise max_bytes in rules/structure.yaml.")
        return path.read_bytes()
    except FileNotFoundError:
        raise ReadError(name, "there is no such file", "Check the path.") from None
    except OSError as e:
        found = f"it cannot be opened ({e.strerror or e})"
        raise ReadError(name, found, "Check its permissions.") from None


def decode(data: bytes, name: str) -> Raw:
    """The text of `data`: UTF-8 (a byte order mark is no part of the text), else GB18030.

    Nothing is translated or stripped, so offsets into the text hold. ReadError where the bytes
    are binary (they hold NUL) or are neither encoding; it names the first byte that fails.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    if b"\x00" in data:
        place = data.index(b"\x00") + 1
        found = f"it is not a text file (byte {place:,} is NUL)"
        raise ReadError(name, found, "Save it as plain text in UTF-8.")
    marked = data.startswith(codecs.BOM_UTF8)
    encodings = ("utf-8-sig",) if marked else ("utf-8", "gb18030")
    places: list[str] = []
    for encoding in encodings:
        try:
            return Raw(data.decode(encoding), encoding, sha256)
        except UnicodeDecodeError as e:
            places.append(f"{encoding} fails at byte {e.start + 1:,} (0x{data[e.start]:02X})")
    found = f"its encoding is not known: {'; '.join(places)}"
    raise ReadError(name, found, "Save it as UTF-8 (or GB18030).")
