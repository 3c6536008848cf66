"""What the commands of a workspace share: their options, the workspace itself, its logs and its store."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from plantrack.job.session import Session
    from plantrack.job.workspace import Workspace
    from plantrack.store import Unit

Where = Annotated[
    Path,
    typer.Option(
        "--workspace",
        "-w",
        metavar="DIR",
        help="The workspace; else the one around the current folder. 工作区目录。",
    ),
]
By = Annotated[
    str | None, typer.Option(metavar="NAME", help="Who says so; else the user. 责任人。")
]
Note = Annotated[str, typer.Option(metavar="TEXT", help="A note that is kept. 备注。")]
HERE = Path()


def workspace(where: Path) -> Workspace:
    """The workspace around a folder, its logs set up for a command that people run."""
    from plantrack.job.logs import LogFormat
    from plantrack.job.workspace import open_workspace

    found = open_workspace(where)
    logs(found, LogFormat.TEXT, quiet=True)
    return found


def logs(found: Workspace, form: str, *, quiet: bool = False) -> None:
    """Send logs to standard error; what the settings' variables hold never appears in them."""
    from plantrack.job.logs import LogFormat, set_up
    from plantrack.job.session import utc_now

    settings = found.settings
    variables = (settings.store.url_env, settings.notify.urls_env)
    held = [os.environ.get(name, "") for name in variables if name is not None]
    set_up(
        LogFormat(form),
        utc_now,
        secrets=[part for text in held for part in (text, *text.split())],
        quiet=quiet,
    )


@contextmanager
def reading(found: Workspace) -> Iterator[Unit]:
    """One view of the workspace's database."""
    from plantrack.job.session import World, opened

    with opened(found, World()) as store, store.view() as unit:
        yield unit


@contextmanager
def working(found: Workspace) -> Iterator[Session]:
    """The workspace at work, for a person's decision. LeaseHeldError where a pass is running."""
    from plantrack.job.session import World, new_run, session

    world = World()
    with session(found, world, new_run(world.now())) as at_work:
        yield at_work


def person(by: str | None) -> str:
    """Who is at the keyboard, unless they say otherwise."""
    if by:
        return by
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        return "unknown"
