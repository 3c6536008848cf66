"""From a file to its text: bytes, bounds and encodings."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from plantrack.errors import ReadError

# The two bytes of what is common in an encoding, one after the other: in GB 2312 signs (but no kana)
# and the 3,755 characters of its first level, in Big5 signs and the 5,401 of its first level. Others
# are a group.
_COMMON = {
    "gb18030": re.compile(rb"(?:[\xa1-\xa3\xa9\xb0-\xd7][\xa1-\xff])++|(..)", re.DOTALL),
    "cp950": re.compile(rb"(?:[\xa1-\xc6][\x40-\xff])++|(..)", re.DOTALL),
}
_COMMON_SHARE = 0.7
_SURE_SHARE = 0.9  # no other encoding reaches that
_TOO_FEW_TO_TELL = 16  # bytes
_SURE_FROM = 200  # bytes
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LETTERS = re.compile(r"[^\x00-\x7f]+")
_LEAD = re.compile(rb"[\x80-\xff]")
_HEAD = 1 << 11  # bytes that tell an encoding
_ENOUGH = 500  # letters that tell GB18030 from Big5
_PLAIN_SHARE = 0.95
_KANA_SHARE = 0.1
# What Python's faster big5 makes of eleven signs of which cp950 makes others.
_OTHERS_IN_BIG5 = "•､‾∼♁☉／＼¥¢£"
_NOT_CHINESE = "not to Chinese text; perhaps it is Japanese"
_PLAIN = re.compile("[ -~\t\r\n。、“”‘’《》〈〉【】〔〕—…·\u3000∶≥≤±①②③④⑤×─-╿一-鿿！-～]")
_KANA = re.compile("[ぁ-ヿ]")


class Raw(NamedTuple):
    """A file's text exactly as `open(file, encoding=encoding, newline="").read()` gives it."""

    text: str
    encoding: str


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
    letters = "".join(_LETTERS.findall(text[: 2 * _ENOUGH]))
    if len(letters) < _ENOUGH:
        letters = "".join(_LETTERS.findall(text))
    written = letters[:_ENOUGH].encode(encoding, "ignore")
    if len(written) < _TOO_FEW_TO_TELL:
        return None
    pairs = len(written) // 2
    return (pairs - sum(map(bool, _COMMON[encoding].findall(written)))) / pairs


def decode(data: bytes, name: str) -> Raw:
    """The text of `data`, in the first of these encodings that fits it.

    UTF-8; UTF-16, with a byte order mark or told by its letters; GB18030 or Big5, whichever makes
    common Chinese characters of it. A byte order mark is no part of the text; beside it nothing
    is translated or stripped, so offsets into the text hold. The encoding is told by a head of
    the file, so that all of it is decoded once. ReadError where the bytes are binary (they hold
    NUL) or in none of these encodings; it names the first byte that fails.
    """
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    binary = marked != "utf-16" and b"\x00" in data
    places: list[str] = []
    if not binary:
        encoding = marked or "utf-8"
        try:
            _begun(data[:_HEAD], encoding)  # the error keeps a copy of what was to be decoded
            return Raw(data.decode(encoding), encoding)
        except UnicodeDecodeError as e:
            places.append(_failure(encoding, data, e))
    if marked is None:
        told = (None if binary else _chinese(data, places)) or _without_mark(data)
        if told is not None:
            return told
    if binary:
        place = data.index(b"\x00") + 1
        found = f"it is not a text file (byte {place:,} is NUL)"
        raise ReadError(name, found, "Save it as plain text in UTF-8.")
    found = f"its encoding is not known: {'; '.join(places)}"
    raise ReadError(name, found, "Save it as UTF-8 (or GB18030).")


def _chinese(data: bytes, places: list[str]) -> Raw | None:
    """The text where one of the Chinese encodings fits; why it is none of them goes to `places`.

    The likelier one by its head comes first; the other only where that fails further down.
    """
    lead = _LEAD.search(data)
    begin = lead.start() if lead else 0
    head = data[begin : begin + _HEAD]
    if _japanese(head):
        places.append(f"others decode it, but {_NOT_CHINESE}")
        return None
    likely: list[tuple[float, str]] = []
    unlikely: list[str] = []
    for encoding in _COMMON:
        try:
            share = common_share(_begun(head, encoding), encoding)
        except UnicodeDecodeError as e:
            places.append(_failure(encoding, head, e, begin))
            continue
        share = _COMMON_SHARE if share is None else share
        if share >= _COMMON_SHARE:
            likely.append((share, encoding))
        else:
            unlikely.append(f"{encoding} decodes it, but {_NOT_CHINESE}")
        if share >= _SURE_SHARE and len(head) > _SURE_FROM:
            break
    for _, encoding in sorted(likely, key=itemgetter(0), reverse=True):
        try:
            return Raw(_decoded(data, encoding), encoding)
        except UnicodeDecodeError as e:
            places.append(_failure(encoding, data, e))
    places += unlikely
    return None


def _decoded(data: bytes, encoding: str) -> str:
    """What `data.decode(encoding)` gives, of cp950 by big5 where both are the same: that takes half the time."""
    if encoding == "cp950":
        with suppress(UnicodeDecodeError):  # some signs are in cp950 alone
            text = data.decode("big5")
            if not any(sign in text for sign in _OTHERS_IN_BIG5):
                return text
    return data.decode(encoding)


def _begun(head: bytes, encoding: str) -> str:
    """The text of a head that may end within a letter; UnicodeDecodeError where it is in another encoding."""
    return codecs.getincrementaldecoder(encoding)().decode(head)


def _japanese(head: bytes) -> bool:
    """Whether it is EUC-JP, whose kana are common characters in Big5 and signs in GB 2312."""
    try:
        text = _begun(head, "euc_jp")
    except UnicodeDecodeError:
        return False
    return len(_KANA.findall(text)) > _KANA_SHARE * len(text)


def _failure(encoding: str, data: bytes, error: UnicodeDecodeError, before: int = 0) -> str:
    """Which byte failed, counted from the start of the file; `before` stand ahead of `data`."""
    place = before + error.start + 1
    return f"{encoding} fails at byte {place:,} (0x{data[error.start]:02X})"


def _without_mark(data: bytes) -> Raw | None:
    """The text as the UTF-16 without byte order mark that makes nearly only Chinese and ASCII of it."""
    if len(data) % 2:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        head = data[:_HEAD].decode(encoding, "replace")
        shares = [common_share(head, chinese) for chinese in _COMMON]
        if (
            len(_PLAIN.findall(head)) >= _PLAIN_SHARE * len(head)
            and max(s or 0 for s in shares) >= _COMMON_SHARE
        ):
            with suppress(UnicodeDecodeError):
                return Raw(data.decode(encoding), encoding)
    return None
