"""A workspace: the folder in which plantrack watches by itself.

w/
  plantrack.toml   what it is told
  plantrack.db     what it knows
  inbox/           reports wait here
  processed/       reports whose effects are in the database
  quarantine/      files that could not be used, each with the reason beside it
  plans/           the plans as they were added
  lexicon/         names learned in review, in the format of rules/lexicon
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from plantrack.errors import OutputError, UsageError
from plantrack.job.settings import FOLDERS, NAME, TEMPLATE, Settings, load_settings, secret


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folders of a workspace with its settings."""

    root: Path
    settings: Settings

    @property
    def inbox(self) -> Path:
        """Where reports wait."""
        return self.root / "inbox"

    @property
    def processed(self) -> Path:
        """Where reports lie whose effects are in the database."""
        return self.root / "processed"

    @property
    def quarantine(self) -> Path:
        """Where files lie that could not be used."""
        return self.root / "quarantine"

    @property
    def plans(self) -> Path:
        """Where plans lie as they were added."""
        return self.root / "plans"

    @property
    def lexicon(self) -> Path:
        """Where the names learned in review stand."""
        return self.root / "lexicon"

    @property
    def notices(self) -> Path | None:
        """The file that is told of changes, if any."""
        name = self.settings.notify.file
        return self.root / name if name else None

    @property
    def site(self) -> Path | None:
        """The folder in which a pass leaves the board as a site, if any."""
        name = self.settings.job.site
        return self.root / name if name else None

    def database(self) -> str | Path:
        """The database: its file, or its URL out of the environment. UsageError where that is not set."""
        store = self.settings.store
        if store.url_env is not None:
            return secret(store.url_env, "the URL of the database")
        return self.root / store.file


def init(folder: Path) -> Workspace:
    """Make a workspace in a folder that is empty or does not exist.

    UsageError where there is a workspace already, or something else; OutputError where nothing
    can be written.
    """
    settings = folder / NAME
    if settings.exists():
        raise UsageError(f"{folder} is a workspace already. Use it, or name another folder.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not an empty folder. Name one that is empty, or a new one.")
    try:
        for name in FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
        settings.write_text(TEMPLATE, encoding="utf-8", newline="\n")
    except OSError as error:
        found = f"cannot be made ({error.strerror})"
        hint = "Make room or get the right to write there, or name another folder."
        raise OutputError(str(folder), found, hint) from error
    return open_workspace(folder)


def open_workspace(start: Path) -> Workspace:
    """The workspace in `start` or in the nearest folder above it. UsageError where there is none.

    DataError where its plantrack.toml does not fit.
    """
    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / NAME).is_file():
            return Workspace(folder, load_settings(folder / NAME))
    raise UsageError(
        f"{start} is in no workspace (no {NAME} here or above). "
        "Make one with `plantrack init DIR`, or name it with --workspace."
    )
