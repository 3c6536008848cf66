"""Drawings that PDFs keep once and draw often: one that draws itself, or others by the million, is a trap."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress

_BEGIN = re.compile(rb"(\d{1,9})\s+\d{1,5}\s+obj\b")
_STREAM = re.compile(rb"stream\r?\n")
_FORM = re.compile(rb"/Subtype\s*/Form\b")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_REFERENCE = re.compile(rb"(\d{1,9})\s+\d{1,5}\s+R\b")
_EDGE = re.compile(rb"<<|>>")
_DRAWS = re.compile(rb"\bDo\b")
_PACKED_OBJECTS = re.compile(rb"/Type\s*/ObjStm\b")
_LONGEST = 1 << 16  # bytes of a dictionary that are looked at
Objects = dict[int, list[bytes]]


def most_drawn(data: bytes, most: int, most_bytes: int) -> int:
    """How many drawings the costliest one of a file draws within itself; above `most` it may be endless.

    Only what stands in the file as it is, or packed once, is seen. `most_bytes` of a packed
    part are unpacked.
    """
    if b"/Form" not in data and b"#" not in data:
        return 0
    objects: Objects = {}
    forms: dict[int, list[tuple[bytes, bytes]]] = {}
    for number, dictionary, content in _objects(data):
        if _FORM.search(dictionary):
            forms.setdefault(number, []).append((dictionary, content))
        elif _PACKED_OBJECTS.search(dictionary):
            _unpack_objects(_unpacked(content, most_bytes), objects)
        elif not content:
            objects.setdefault(number, []).append(dictionary)
    draws: dict[int, tuple[int, set[int]]] = {}
    for number, versions in forms.items():
        times, others = 0, set[int]()
        for dictionary, content in versions:
            known = _under(dictionary, b"/Resources", objects)
            drawn = {int(n) for n in _REFERENCE.findall(_under(known, b"/XObject", objects))}
            # without a list of its own it draws from the page's, where it may stand itself
            others |= drawn & forms.keys() if known else set(forms)
            if others:
                plain = _unpacked(content, most_bytes) or content
                times += len(_DRAWS.findall(plain[:most_bytes]))
        draws[number] = (times, others if times else set())
    return max((_count(n, draws, {}, most) for n in draws), default=0)


def _count(
    start: int, draws: Mapping[int, tuple[int, set[int]]], known: dict[int, int], most: int
) -> int:
    """How many drawings are drawn for one; more than `most` where it comes back to itself."""
    way = [start]
    while way:
        number = way[-1]
        times, others = draws[number]
        open_ = [n for n in others if n not in known]
        if any(n in way for n in open_):
            return most + 1
        if open_:
            way.append(open_[0])
            continue
        known[number] = min(1 + times * max((known[n] for n in others), default=0), most + 1)
        way.pop()
    return known[start]


def _objects(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """The objects of a file: number, dictionary with plain names, and what follows it in a stream."""
    begins = [(int(m[1]), m.start(), m.end()) for m in _BEGIN.finditer(data)]
    ends = [start for _, start, _ in begins[1:]]
    for (number, _, start), end in zip(begins, [*ends, len(data)], strict=True):
        stream = _STREAM.search(data, start, min(end, start + _LONGEST))
        head = data[start : stream.start() if stream else min(end, start + _LONGEST)]
        if b"#" in head:
            head = _ESCAPE.sub(lambda m: bytes([int(m[1], 16)]), head)
        yield number, head, data[stream.end() : end] if stream else b""


def _unpack_objects(plain: bytes, objects: Objects) -> None:
    """Adds the objects of a packed part: pairs of number and offset stand before the first."""
    numbers = [int(n) for n in plain[: max(plain.find(b"<"), 0)].split() if n.isdigit()]
    begin = plain.find(b"<")
    pairs = sorted(zip(numbers[1::2], numbers[::2], strict=False))
    for k, (offset, number) in enumerate(pairs):
        end = pairs[k + 1][0] if k + 1 < len(pairs) else len(plain)
        objects.setdefault(number, []).append(plain[begin + offset : begin + end])


def _unpacked(content: bytes, most: int) -> bytes:
    """The first `most` bytes of a packed part, as far as it is sound."""
    unpacker = zlib.decompressobj()
    with suppress(zlib.error):
        return unpacker.decompress(content, most)
    return b""


def _under(text: bytes, key: bytes, objects: Objects) -> bytes:
    """What stands under a key of a dictionary, there or in the object that is named there."""
    out: list[bytes] = []
    for found in re.finditer(re.escape(key) + rb"\s*(?:(\d{1,9})\s+\d{1,5}\s+R\b|<<)", text):
        if found[1]:
            out += objects.get(int(found[1]), [])
        else:
            out.append(_dictionary(text, found.end()))
    return b" ".join(out)


def _dictionary(text: bytes, start: int) -> bytes:
    """The inside of the dictionary that begins before `start`."""
    depth = 1
    for edge in _EDGE.finditer(text, start):
        depth += 1 if edge[0] == b"<<" else -1
        if not depth:
            return text[start : edge.start()]
    return text[start:]
