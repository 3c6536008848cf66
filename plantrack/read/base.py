"""From a file to its text: bytes, bounds and encodings."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path
from typing import NamedTuple

from plantrack.errors import ReadError

# The lead bytes of GB 2312: signs, digits and letters, then the 3,755 characters of its first level.
_COMMON_LEADS = frozenset({*range(0xA1, 0xAA), *range(0xB0, 0xD8)})
_COMMON_SHARE = 0.7
_TOO_FEW_TO_TELL = 16  # bytes


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


def _looks_chinese(text: str) -> bool:
    """Whether most letters are the common ones: GB 2312's signs and its first level of characters.

    Reports have 97 in 100 and more; Big5 or Shift-JIS read as GB18030 have fewer than 40.
    """
    written = "".join(c for c in text if not c.isascii()).encode("gb18030")
    pairs = zip(written[::2], written[1::2], strict=False)
    common = sum(lead in _COMMON_LEADS and trail > 0xA0 for lead, trail in pairs)
    return common * 2 >= _COMMON_SHARE * len(written) or len(written) < _TOO_FEW_TO_TELL


def decode(data: bytes, name: str) -> Raw:
    """The text of `data`: UTF-8 (a byte order mark is no part of the text), else GB18030.

    Nothing is translated or stripped, so offsets into the text hold. ReadError where the bytes
    are binary (they hold NUL) or are neither encoding; it names the first byte that fails. Big5 and
    Shift-JIS mostly decode as GB18030 without an error, so what comes of that must also look like
    Chinese.
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
            text = data.decode(encoding)
        except UnicodeDecodeError as e:
            places.append(f"{encoding} fails at byte {e.start + 1:,} (0x{data[e.start]:02X})")
            continue
        if encoding == "gb18030" and not _looks_chinese(text):
            found = (
                "it decodes as GB18030, but not to Chinese text; perhaps it is Big5 or Shift-JIS"
            )
            raise ReadError(name, found, "Save it as UTF-8.")
        return Raw(text, encoding, sha256)
    found = f"its encoding is not known: {'; '.join(places)}"
    raise ReadError(name, found, "Save it as UTF-8 (or GB18030).")
