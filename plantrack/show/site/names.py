"""File names made from ids: short, plain, the same on every system, and never two alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256

LONGEST = 60
_PLAIN = re.compile(rf"[a-z0-9](?:[a-z0-9_-]{{0,{LONGEST - 2}}}[a-z0-9])?")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)")  # no file may bear these on Windows
_DIGEST = 10


def file_names(ids: Iterable[str]) -> list[str]:
    """A name for each id, in order, without ending: `[a-z0-9_-]`, at most 60 characters, all different.

    An id that is such a name already keeps it; of any other the plain part is kept for people
    and a piece of its SHA-256 makes it unlike the rest. The same ids give the same names.
    """
    taken: set[str] = set()
    names = []
    for written in ids:
        name = next(name for name in _candidates(written) if name not in taken)
        taken.add(name)
        names.append(name)
    return names


def _candidates(written: str) -> Iterator[str]:
    if _PLAIN.fullmatch(written) and not _DEVICES.fullmatch(written):
        yield written
    start = re.sub(r"[^a-z0-9_]+", "-", written.lower()[: 4 * LONGEST]).strip("-")
    start = start[: LONGEST - _DIGEST - 1].strip("-")
    turn = 0
    while True:
        raw = f"{written}\0{turn}" if turn else written
        digest = sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST]
        yield f"{start}-{digest}" if start else digest
        turn += 1
