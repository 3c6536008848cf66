"""Named changes of the schema; `versions` holds one module for each.

A module has `revision`, `down_revision` and `upgrade()`, written with Alembic's operations and
never with `tables.py`, which moves on. There is no way back: a backup is.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext, MigrationStep
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, inspect

from plantrack.errors import StoreError, StoreVersionError

_FOLDER = Path(__file__).parent


@cache
def _scripts() -> tuple[ScriptDirectory, tuple[Script, ...]]:
    """The catalogue and its changes, the oldest first."""
    catalogue = ScriptDirectory(_FOLDER, version_locations=[str(_FOLDER / "versions")])
    return catalogue, tuple(catalogue.walk_revisions())[::-1]


def revisions() -> tuple[str, ...]:
    """The names of all changes, the oldest first; the last is what this plantrack works with."""
    return tuple(script.revision for script in _scripts()[1])


def revision(connection: Connection) -> str | None:
    """The revision of a database; None where it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def check_known(name: str, place: str) -> None:
    """StoreVersionError where no change of that name is known here."""
    if name not in revisions():
        raise StoreVersionError(place, name, revisions()[-1])


def upgrade(connection: Connection, place: str, to: str | None = None) -> str | None:
    """Bring a database to revision `to` (None: the newest) inside the connection's transaction.

    Returns the revision it had, None where it was empty. StoreVersionError where a newer
    plantrack made it; StoreError where it is in use for something else.
    """
    catalogue, scripts = _scripts()
    names, found = revisions(), revision(connection)
    if found is None:
        _refuse_foreign(connection, place)
    else:
        check_known(found, place)
    start = 0 if found is None else names.index(found) + 1
    end = len(names) if to is None else names.index(to) + 1
    steps = [
        MigrationStep.upgrade_from_script(catalogue.revision_map, script)
        for script in scripts[start:end]
    ]
    if steps:
        context = MigrationContext.configure(connection, opts={"fn": lambda *_: steps})
        with Operations.context(context):
            context.run_migrations()
    return found


def _refuse_foreign(connection: Connection, place: str) -> None:
    tables = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
    if tables:
        raise StoreError(
            place,
            f"this database is in use for something else (it holds the table '{tables[0]}')",
            "Give plantrack a database of its own.",
        )
