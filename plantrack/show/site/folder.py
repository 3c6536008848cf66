"""A site in a folder of its own: put there file by file, so that no reader ever meets half a page.

The folder holds a list of what plantrack wrote. A folder with anything else in it is refused:
nothing is overwritten or deleted that was not written here.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from plantrack.errors import OutputError, ReadError
from plantrack.model.base import Model
from plantrack.show.site.pages import RUNS_FILE
from plantrack.show.site.past import Past

LIST_FILE = "plantrack-site.json"
_NAME = re.compile(r"(?:[a-z0-9][a-z0-9_-]*/){0,2}[a-z0-9][a-z0-9_-]*\.[a-z]+")
_FRESH = re.compile(r"\.new-\d+")  # a file that is being written, or was when the machine stopped
_HINT = "Name an empty folder, a new one, or one that plantrack wrote a site into, with --out."


class _Runs(Model):
    runs: dict[str, tuple[Past, ...]]


class _Written(Model):
    files: tuple[str, ...]


def publish(files: Mapping[str, bytes], folder: Path) -> None:
    """Make `folder` hold just these files, in their order; what is the same already is left alone.

    Each file is replaced at once. Pages that are no longer part of the site go last, so a link
    that was there leads somewhere until its page is gone. OutputError where the folder holds
    anything that was not put there by this function, or cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        old = _own(folder)
        _list(folder, {*old, *files})
        for name, content in files.items():
            _put(folder, name, content)
        for name in sorted(set(old) - set(files)):
            _drop(folder, name)
        _list(folder, files)
    except OSError as error:
        found = f"the site cannot be written ({error.strerror or error})"
        raise OutputError(
            str(folder), found, "Check the path and your right to write there."
        ) from error


def earlier_runs(folder: Path) -> dict[str, tuple[Past, ...]]:
    """What earlier runs found, by plan, from the site that lies in `folder`; empty where none does.

    ReadError where the site's record of them cannot be used.
    """
    path = folder / RUNS_FILE
    try:
        return _Runs.model_validate_json(path.read_bytes()).runs
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValidationError) as error:
        found = f"it does not hold the runs of a site ({type(error).__name__})"
        hint = "Delete it to begin a new history, or put the right file back."
        raise ReadError(str(path), found, hint) from error


def _own(folder: Path) -> list[str]:
    """The site's files that lie in the folder; leftovers of a broken-off run are cleared away."""
    present = list(_walk(folder))
    if not present:
        return []
    mine = listed(folder)
    for path in present:
        name = path.relative_to(folder).as_posix()
        if _FRESH.fullmatch(path.name) and not path.is_symlink():
            path.unlink()
        elif path.is_symlink() or (name not in mine and name != LIST_FILE):
            raise OutputError(str(folder), f"it holds '{name}', which is no part of a site", _HINT)
    return sorted(mine)


def _walk(folder: Path) -> Iterator[Path]:
    """All files below the folder, and all links; folders that hold none are of no interest."""
    for here, folders, files in os.walk(folder):
        yield from (Path(here, name) for name in files)
        yield from (Path(here, name) for name in folders if Path(here, name).is_symlink())


def listed(folder: Path) -> set[str]:
    """The files of the site in `folder` by its own list; none where there is no list. OutputError where it is broken."""
    path = folder / LIST_FILE
    try:
        names = _Written.model_validate_json(path.read_bytes()).files
    except FileNotFoundError:
        return set()
    except ValidationError as error:
        found = f"its list of files, {LIST_FILE}, cannot be used"
        raise OutputError(str(folder), found, _HINT) from error
    return {name for name in names if _NAME.fullmatch(name)}


def _list(folder: Path, names: Iterable[str]) -> None:
    text = json.dumps({"files": sorted(names)}, indent=1) + "\n"
    _put(folder, LIST_FILE, text.encode())


def _put(folder: Path, name: str, content: bytes) -> None:
    path = folder / name
    with contextlib.suppress(FileNotFoundError):
        if path.read_bytes() == content:
            return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.parent / f".new-{os.getpid()}"
    fresh.write_bytes(content)
    fresh.replace(path)


def _drop(folder: Path, name: str) -> None:
    path = folder / name
    path.unlink(missing_ok=True)
    for parent in path.parents:
        if parent == folder:
            return
        try:
            parent.rmdir()
        except OSError:  # not empty
            return
