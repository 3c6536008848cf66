"""PDFs that strangers made: what they would cost is looked at before they are opened."""

from __future__ import annotations

import re
import zlib

from plantrack.errors import ReadError
from plantrack.read.limits import Limits, too_much
from plantrack.read.pdfforms import most_drawn

_OBJECT = re.compile(rb"\d\s+obj\b")
_SIZE = re.compile(rb"/Size\s+(\d{1,12})")
_STREAM = re.compile(rb"stream\r?\n")
_DICTIONARY = 2_000  # bytes before a stream in which its dictionary stands
_FONT = (b"/Length1", b"/Type1C", b"/CIDFontType0C", b"/OpenType")
_CHUNK = 1 << 20


def check_pdf(data: bytes, name: str, limits: Limits) -> None:
    """ReadError for a PDF with too many objects, or whose packed parts would unpack to too much.

    Pictures are not counted: nothing unpacks them. What draws a page costs much more memory than its
    bytes, so that such a part has a bound of its own. A part packed twice over is refused: writers
    have no reason for it.
    """
    objects = sum(1 for _ in _OBJECT.finditer(data))
    said = max((int(m[1]) for m in _SIZE.finditer(data)), default=0)
    if max(objects, said) > limits.pdf_objects:
        raise too_much(name, "objects", max(objects, said), limits.pdf_objects, "pdf_objects")
    if most_drawn(data, limits.page_objects, limits.stream_bytes) > limits.page_objects:
        found = "a drawing in it draws itself, or others by the million, as in a bomb"
        raise ReadError(name, found, "Do not trust it; or print it as a PDF anew.")
    left = limits.archive_bytes
    for match in _STREAM.finditer(data):
        if data[max(0, match.start() - 3) : match.start()] == b"end":
            continue
        before = data[max(0, match.start() - _DICTIONARY) : match.start()]
        dictionary = before[before.rfind(b"obj") :]
        packed = dictionary.count(b"/FlateDecode") + dictionary.count(b"/Fl ")
        if packed > 1:
            hint = "If you trust it, save it again as PDF with another program."
            raise ReadError(name, "a part of it is packed twice over, as in a bomb", hint)
        if packed and b"/Image" not in dictionary:
            font = any(key in dictionary for key in _FONT)
            most = left if font else min(left, limits.stream_bytes)
            size = _unpacked(data, match.end(), most)
            if size > limits.stream_bytes and not font:
                bound = limits.stream_bytes
                raise too_much(name, "bytes in one of its parts", size, bound, "stream_bytes")
            left -= size
            if left < 0:
                bound = limits.archive_bytes
                raise too_much(name, "bytes unpacked", bound - left, bound, "archive_bytes")


def _unpacked(data: bytes, start: int, most: int) -> int:
    """How many bytes a packed part unpacks to; it is not followed further than just above `most`."""
    unpacker = zlib.decompressobj()
    size, at = 0, start
    piece = memoryview(data)[at : at + _CHUNK]
    try:
        while size <= most and not unpacker.eof and len(piece):
            size += len(unpacker.decompress(piece, _CHUNK))
            if unpacker.unconsumed_tail:
                piece = memoryview(unpacker.unconsumed_tail)
            else:
                at += _CHUNK
                piece = memoryview(data)[at : at + _CHUNK]
    except zlib.error:
        pass  # a damaged part is the PDF library's business, and not a large one
    return size
