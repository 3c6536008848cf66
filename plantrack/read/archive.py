"""Zip archives that strangers packed: how much comes out is bounded before and while it does."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator

from plantrack.errors import ReadError
from plantrack.read.limits import Limits, too_much

_CHUNK = 1 << 18
_HINT = "Save it again with the program that wrote it, or save it as PDF."
_READ = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 0x1


class Archive:
    """The parts of a zip archive held in memory; `name` stands for the file in errors.

    Nothing is unpacked until it is asked for. ReadError for what is no zip archive, for too many
    entries, entries that lie over one another, encrypted ones, and a size or ratio of unpacked to
    packed above the limits, as the archive says it and as it turns out to be.
    """

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        self._name, self._limits, self._data = name, limits, data
        self._left = limits.archive_bytes
        self._counted: set[str] = set()
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as file:
                entries = file.infolist()
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as e:
            raise ReadError(name, f"its zip archive is damaged ({e})", _HINT) from None
        if len(entries) > limits.archive_entries:
            bound = limits.archive_entries
            raise too_much(name, "parts", len(entries), bound, "archive_entries")
        declared = sum(entry.file_size for entry in entries)
        if declared > limits.archive_bytes:
            raise too_much(name, "bytes unpacked", declared, limits.archive_bytes, "archive_bytes")
        for entry in entries:
            self._check_ratio(entry, entry.file_size)
        self._entries = {entry.filename: entry for entry in entries}
        self._check_overlap(entries)

    def names(self) -> tuple[str, ...]:
        """The names of all parts, as the archive has them."""
        return tuple(self._entries)

    def read(self, part: str) -> bytes:
        """The bytes of a part; KeyError where there is none, ReadError where it is damaged or too large."""
        return b"".join(self._unpack(self._entries[part]))

    def measure(self, look: Callable[[str, bytes], None] | None = None) -> None:
        """Unpacks every part once, so that another library may do it after us; `look` is shown XML."""
        for part, entry in self._entries.items():
            if look is not None and part.endswith(".xml"):
                look(part, self.read(part))
            else:
                for _ in self._unpack(entry):
                    pass

    def _unpack(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        """The part in pieces. What the archive says of its size is not believed.

        zipfile would stop at the declared size without a word, and the library that reads the
        file after us would not.
        """
        if entry.flag_bits & _ENCRYPTED:
            raise ReadError(self._name, "it is encrypted", "Save it without a password.")
        if entry.compress_type not in _READ:
            found = f"its part {entry.filename!r} is packed by method {entry.compress_type}"
            raise ReadError(self._name, found, _HINT)
        raw = self._raw(entry)
        if entry.compress_type == zipfile.ZIP_STORED:
            self._take(entry, len(raw))
            self._counted.add(entry.filename)
            yield raw
            return
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        size = 0
        try:
            while not unpacker.eof:
                piece = unpacker.decompress(raw, _CHUNK)
                raw = unpacker.unconsumed_tail
                if not piece and not raw and not unpacker.eof:
                    raise zlib.error("it ends too early")
                size += len(piece)
                self._take(entry, len(piece))
                self._check_ratio(entry, size)
                yield piece
            self._counted.add(entry.filename)
        except zlib.error as e:
            found = f"its part {entry.filename!r} is damaged ({e})"
            raise ReadError(self._name, found, _HINT) from None

    def _raw(self, entry: zipfile.ZipInfo) -> bytes:
        start = self._start(entry)
        return self._data[start : start + entry.compress_size]

    def _start(self, entry: zipfile.ZipInfo) -> int:
        """Where the packed bytes begin, behind the entry's local header of 30 bytes, name and extra field."""
        at = entry.header_offset
        header = self._data[at : at + 30]
        if len(header) < 30 or header[:4] != b"PK\x03\x04":
            found = f"its part {entry.filename!r} is not where the archive says"
            raise ReadError(self._name, found, _HINT)
        long = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        return at + 30 + long

    def _take(self, entry: zipfile.ZipInfo, size: int) -> None:
        if entry.filename in self._counted:
            return
        self._left -= size
        if self._left < 0:
            bound = self._limits.archive_bytes
            raise too_much(self._name, "bytes unpacked", bound - self._left, bound, "archive_bytes")

    def _check_ratio(self, entry: zipfile.ZipInfo, size: int) -> None:
        limits = self._limits
        packed = max(entry.compress_size, 1)
        if size > limits.archive_ratio_from and size > limits.archive_ratio * packed:
            found = (
                f"its part {entry.filename!r} unpacks to more than {limits.archive_ratio:,} times "
                "its size, as a zip bomb does"
            )
            hint = "If you trust it, raise archive_ratio in rules/limits.yaml."
            raise ReadError(self._name, found, hint)

    def _check_overlap(self, entries: list[zipfile.ZipInfo]) -> None:
        """Entries that share bytes are how a small archive holds very much."""
        until = 0
        for entry in sorted(entries, key=lambda e: e.header_offset):
            if entry.header_offset < until:
                raise ReadError(
                    self._name,
                    "parts of its zip archive lie over one another, as in a zip bomb",
                    _HINT,
                )
            until = self._start(entry) + entry.compress_size
