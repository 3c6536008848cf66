"""Files that wait in a folder: which may be read, what identifies them, and where they go afterwards.

| a file | answer |
| --- | --- |
| that changes while it is looked at, or has the name of an unfinished one | left for the next pass |
| that is a link, a pipe or a device, or lies behind a link | refused: it goes to quarantine as it is, and what it points to is never opened |
| whose name nobody could write into a reason (control characters) | refused in the same way |
| with a content that was taken before, whatever its name | put away, not read again |
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from fnmatch import fnmatch
from functools import lru_cache
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import Field

from plantrack.datafile import load, rules_path
from plantrack.errors import OutputError, ReadError
from plantrack.model.base import Model
from plantrack.read.limits import limits

_BLOCK = 1 << 20
_NO_LINKS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_HASH_SHOWN = 12


class InboxRules(Model):
    """rules/inbox.yaml."""

    unfinished: tuple[str, ...]
    depth: Annotated[int, Field(ge=0, le=100)]
    alone: Annotated[float, Field(ge=0)]
    ahead: Annotated[int, Field(ge=0)]


@lru_cache(maxsize=1)
def inbox_rules() -> InboxRules:
    """The shipped rules, read once."""
    return load(rules_path("inbox.yaml"), InboxRules)


class Waiting(NamedTuple):
    """A file of the inbox: `name` is its path in there, with `/`; `refused` says why it may not be read."""

    path: Path
    name: str
    refused: str = ""


class _Seen(NamedTuple):
    waiting: Waiting
    state: tuple[int, int, int]
    fresh: bool


class Scan(NamedTuple):
    """What a look into the inbox found: files to take, in the order of their names, and those left for the next pass."""

    files: tuple[Waiting, ...]
    unfinished: tuple[str, ...]


def scan(folder: Path, settle: float, wait: Callable[[float], object] = time.sleep) -> Scan:
    """Look into an inbox. Where a file changed within the last `settle` seconds it `wait`s that long
    and looks again: what changed meanwhile is left for the next pass.

    The age of a file counts in both directions, so a clock that jumped leaves no file behind.
    ReadError where the folder cannot be read.
    """
    try:
        seen = list(_walk(folder, settle))
        if any(one.fresh for one in seen):
            wait(settle)
            now = {one.waiting.path: one.state for one in _walk(folder, settle)}
        else:
            now = {one.waiting.path: one.state for one in seen}
    except OSError as error:
        found = f"the inbox cannot be read ({error.strerror})"
        raise ReadError(str(folder), found, "Check that it is there and may be read.") from error
    still = [one.waiting for one in seen if now.get(one.waiting.path) == one.state]
    changing = [
        one.waiting.name for one in seen if now.get(one.waiting.path) not in (None, one.state)
    ]
    return Scan(tuple(still), tuple(changing))


def digest(path: Path, most: int | None = None) -> str:
    """The SHA-256 of a file's content, by which it is known. ReadError where it cannot be read, is
    a link, or is larger than the rules allow; a file that is gone raises FileNotFoundError."""
    most = limits().file_bytes if most is None else most
    try:
        handle = os.open(path, os.O_RDONLY | _NO_LINKS)
    except FileNotFoundError:
        raise
    except OSError as error:
        found = f"it cannot be opened ({error.strerror})"
        raise ReadError(str(path), found, "Check its permissions.") from error
    with os.fdopen(handle, "rb") as file:
        held = os.fstat(file.fileno())
        if not stat.S_ISREG(held.st_mode):
            raise ReadError(str(path), "it is no ordinary file", "Put in a copy of the file.")
        if held.st_size > most:
            found = f"it has {held.st_size:,} bytes, more than the {most:,} that are read at once"
            raise ReadError(str(path), found, "Split it.")
        sha = hashlib.sha256()
        while block := file.read(_BLOCK):
            sha.update(block)
        return sha.hexdigest()


def deposit(file: Path, inbox: Path) -> Path:
    """Put a copy of a file into an inbox, whole or not at all, and say where it lies.

    ReadError where the file cannot be read; OutputError where the copy cannot be written.
    """
    sha256 = digest(file)
    place = free_place(inbox, file.name, sha256)
    partly = inbox / f".{sha256[:_HASH_SHOWN]}.part"
    try:
        shutil.copyfile(file, partly)
        partly.replace(place)
    except OSError as error:
        found = f"cannot be written ({error.strerror})"
        raise OutputError(
            str(place), found, "Make room or get the right to write there."
        ) from error
    return place


def free_place(folder: Path, name: str, mark: str) -> Path:
    """Where in `folder` a file of that name can go; where the name is taken, `mark` (a hash) is put behind it."""
    target = folder / name
    tried = _names(target, "".join(c for c in mark if c.isalnum())[:_HASH_SHOWN])
    return next(place for place in tried if not os.path.lexists(place))


def move(file: Path, place: Path, root: Path) -> None:
    """Move a file (a link itself, never what it points to), and take away folders in `root` that are
    empty then.

    OutputError where that is not possible; the file is where it was.
    """
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        file.replace(place)
    except OSError as error:
        found = f"{file} cannot be moved there ({error.strerror})"
        hint = "Make room, get the right to write there, or close the file; the next pass goes on."
        raise OutputError(str(place), found, hint) from error
    _forget_empty(file.parent, root)


def give_reason(place: Path, reason: str) -> Path:
    """Write why a file goes into quarantine beside its `place` there. OutputError where that fails."""
    beside = place.with_name(f"{place.name}.reason.txt")
    try:
        beside.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(reason, encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        found = f"cannot be written ({error.strerror})"
        raise OutputError(
            str(beside), found, "Make room or get the right to write there; the next pass goes on."
        ) from error
    return beside


def _walk(folder: Path, settle: float) -> Iterator[_Seen]:
    rules = inbox_rules()
    now = time.time()
    open_ones = [(folder, "", 0)]
    found: list[_Seen] = []
    while open_ones:
        here, prefix, depth = open_ones.pop()
        with os.scandir(here) as entries:
            for entry in entries:
                name = f"{prefix}{entry.name}"
                if any(fnmatch(entry.name.lower(), pattern) for pattern in rules.unfinished):
                    continue
                if entry.is_dir(follow_symlinks=False) and not _is_junction(entry):
                    if depth < rules.depth:
                        open_ones.append((Path(entry.path), f"{name}/", depth + 1))
                        continue
                    reason = f"it lies deeper than {rules.depth} folders"
                else:
                    reason = _refusal(entry)
                with suppress(FileNotFoundError):  # somebody took it away
                    held = entry.stat(follow_symlinks=False)
                    state = (held.st_size, held.st_mtime_ns, held.st_ino)
                    fresh = not reason and abs(now - held.st_mtime) < settle
                    found.append(_Seen(Waiting(Path(entry.path), name, reason), state, fresh))
    yield from sorted(found, key=lambda one: one.waiting.name)


def _refusal(entry: os.DirEntry[str]) -> str:
    if entry.is_symlink() or _is_junction(entry):
        return "it is a link; what it points to was not opened"
    if not entry.is_file(follow_symlinks=False):
        return "it is no ordinary file"
    if not entry.name.isprintable():
        return "its name holds characters that cannot be shown"
    return ""


def _is_junction(entry: os.DirEntry[str]) -> bool:
    """Whether it is Windows' link between folders, which is not called a symbolic link."""
    asked = getattr(entry, "is_junction", None)  # from Python 3.12 on
    return bool(asked and asked())


def _names(target: Path, mark: str) -> Iterator[Path]:
    yield target
    yield target.with_name(f"{target.stem}-{mark}{target.suffix}")
    number = 2
    while True:
        yield target.with_name(f"{target.stem}-{mark}-{number}{target.suffix}")
        number += 1


def _forget_empty(folder: Path, root: Path) -> None:
    """Take away a folder inside `root`, and those above it there, that hold nothing any more."""
    while root in folder.parents:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
