"""From a file to its text: bytes, bounds and encodings."""

from __future__ import annotations

import codecs
import hashlib
import re
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from plantrack.errors import ReadError

# Lead bytes, and the least trail byte, of what is common in an encoding: in GB 2312 signs (but no
# kana) and the 3,755 characters of its first level, in Big5 signs and the 5,401 of its first level.
_COMMON = {
    "gb18030": (frozenset({0xA1, 0xA2, 0xA3, 0xA9, *range(0xB0, 0xD8)}), 0xA1),
    "cp950": (frozenset(range(0xA1, 0xC7)), 0x40),
}
_COMMON_SHARE = 0.7
_TOO_FEW_TO_TELL = 16  # bytes
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LETTERS = re.compile(r"[^\x00-\x7f]+")
_HEAD = 1 << 16  # bytes that tell UTF-16
_ENOUGH = 2_000  # letters that tell GB18030 from Big5
_PLAIN_SHARE = 0.95
_KANA_SHARE = 0.1
_PLAIN = frozenset(map(chr, range(32, 127))) | frozenset(
    "\t\r\n。、“”‘’《》〈〉【】〔〕—…·　∶≥≤±①②③④⑤×"
)


class Raw(NamedTuple):
    """A file's text exactly as `open(file, encoding=encoding, newline="").read()` gives it."""

    text: str
    encoding: str
    sha256: str


def too_large(name: str, size: int, bound: int, key: str) -> ReadError:
    """The error of a file that is larger than allowed; `key` names the bound and where it stands."""
    found = f"it has {size:,} bytes, more than the {bound:,} that are read at once"
    return ReadError(name, found, f"Split it, or raise {key}.")


def load_bytes(path: Path, max_bytes: int) -> bytes:
    """The bytes of a file of at most `max_bytes`; ReadError where there is none or it is larger."""
    name = str(path)
    try:
        if path.is_dir():
            raise ReadError(name, "it is a folder, not a file", "Name the files in it.")
        size = path.stat().st_size
        if size > max_bytes:
            raise too_large(name, size, max_bytes, "file_bytes in rules/limits.yaml")
        return path.read_bytes()
    except FileNotFoundError:
        raise ReadError(name, "there is no such file", "Check the path.") from None
    except OSError as e:
        found = f"it cannot be opened ({e.strerror or e})"
        raise ReadError(name, found, "Check its permissions.") from None


def common_share(text: str, encoding: str) -> float | None:
    """The share of a text's first letters outside ASCII that are among the common ones of `encoding`.

    Common are signs and the first level of characters, sorted by use, of GB 2312 or Big5. Reports
    have 97 in 100 and more; Big5 or Shift-JIS read as GB18030 have fewer than 40, GB18030 read as
    Big5 fewer than 60. None where there are too few letters to tell.
    """
    leads, least = _COMMON[encoding]
    runs = islice(_LETTERS.finditer(text), _ENOUGH)
    written = "".join(run[0] for run in runs)[:_ENOUGH].encode(encoding, "ignore")
    if len(written) < _TOO_FEW_TO_TELL:
        return None
    pairs = zip(written[::2], written[1::2], strict=False)
    return sum(lead in leads and trail >= least for lead, trail in pairs) * 2 / len(written)


def decode(data: bytes, name: str) -> Raw:
    """The text of `data`, in the first of these encodings that fits it.

    UTF-8; UTF-16, with a byte order mark or told by its letters; GB18030 or Big5, whichever makes
    common Chinese characters of it. A byte order mark is no part of the text; beside it nothing
    is translated or stripped, so offsets into the text hold. ReadError where the bytes are binary
    (they hold NUL) or in none of these encodings; it names the first byte that fails.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    binary = marked != "utf-16" and b"\x00" in data
    places: list[str] = []
    if not binary:
        encoding = marked or "utf-8"
        try:
            return Raw(data.decode(encoding), encoding, sha256)
        except UnicodeDecodeError as e:
            places.append(_failure(encoding, data, e))
    if marked is None:
        told = (None if binary else _chinese(data, places)) or _without_mark(data)
        if told is not None:
            return Raw(*told, sha256)
    if binary:
        place = data.index(b"\x00") + 1
        found = f"it is not a text file (byte {place:,} is NUL)"
        raise ReadError(name, found, "Save it as plain text in UTF-8.")
    if marked is None and len(places) <= len(_COMMON):
        found = (
            "it may be decoded as GB18030 or Big5, but not to Chinese text; perhaps it is Japanese"
        )
        raise ReadError(name, found, "Save it as UTF-8.")
    found = f"its encoding is not known: {'; '.join(places)}"
    raise ReadError(name, found, "Save it as UTF-8 (or GB18030).")


def _chinese(data: bytes, places: list[str]) -> tuple[str, str] | None:
    """The text and its encoding where one of the Chinese ones fits; failures go to `places`."""
    if _japanese(data):
        return None
    best: tuple[float, str, str] | None = None
    for encoding in _COMMON:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as e:
            places.append(_failure(encoding, data, e))
            continue
        share = common_share(text, encoding)
        share = _COMMON_SHARE if share is None else share
        if share >= _COMMON_SHARE and (best is None or share > best[0]):
            best = (share, text, encoding)
    return None if best is None else best[1:]


def _japanese(data: bytes) -> bool:
    """Whether it is EUC-JP, whose kana are common characters in Big5 and signs in GB 2312."""
    try:
        text = data[:_HEAD].decode("euc_jp")
    except UnicodeDecodeError:
        return False
    return sum("ぁ" <= c <= "ヿ" for c in text) > _KANA_SHARE * len(text)


def _failure(encoding: str, data: bytes, error: UnicodeDecodeError) -> str:
    return f"{encoding} fails at byte {error.start + 1:,} (0x{data[error.start]:02X})"


def _without_mark(data: bytes) -> tuple[str, str] | None:
    """The text as the UTF-16 without byte order mark that makes nearly only Chinese and ASCII of it."""
    if len(data) % 2:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        head = data[:_HEAD].decode(encoding, "replace")
        plain = sum(c in _PLAIN or "一" <= c <= "鿿" or "！" <= c <= "～" for c in head)
        shares = [common_share(head, chinese) for chinese in _COMMON]
        if plain >= _PLAIN_SHARE * len(head) and max(s or 0 for s in shares) >= _COMMON_SHARE:
            with suppress(UnicodeDecodeError):
                return data.decode(encoding), encoding
    return None
