"""What a database raises, as an error that says what to do; the codes are those of SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, SQLAlchemyError

from plantrack.errors import StoreBusyError, StoreError

_AGAIN = "Nothing of this unit of work was kept; try again."
_SPACE = "Free some space and run again: nothing of this unit of work was kept."
_RIGHTS = "Give this user the right to write the file and its folder, then run again."
_DAMAGED = "Restore the last backup: plantrack db restore FILE."

# By the beginning of the name of SQLite's result code, https://www.sqlite.org/rescode.html
_SQLITE: dict[str, tuple[type[StoreError], str, str]] = {
    "SQLITE_BUSY": (StoreBusyError, "another process is writing the database", _AGAIN),
    "SQLITE_LOCKED": (StoreBusyError, "another process is writing the database", _AGAIN),
    "SQLITE_FULL": (StoreError, "the disk is full", _SPACE),
    "SQLITE_READONLY": (StoreError, "the database cannot be written", _RIGHTS),
    "SQLITE_PERM": (StoreError, "the database cannot be written", _RIGHTS),
    "SQLITE_CANTOPEN": (StoreError, "the database cannot be opened or made", _RIGHTS),
    "SQLITE_IOERR": (
        StoreError,
        "the disk does not take or give the data",
        "See whether the disk is full or failing, then run again.",
    ),
    "SQLITE_CORRUPT": (StoreError, "the database is damaged", _DAMAGED),
    "SQLITE_NOTADB": (StoreError, "the file is no database", _DAMAGED),
}

# By code, else by class (its first two letters), PostgreSQL's manual, appendix A
_POSTGRESQL: dict[str, tuple[type[StoreError], str, str]] = {
    "08": (StoreBusyError, "the server is away", _AGAIN),
    "57": (StoreBusyError, "the server is being stopped or started", _AGAIN),
    "55P03": (StoreBusyError, "another process is writing the database", _AGAIN),
    "40": (StoreBusyError, "another process changed the same data", _AGAIN),
    "53300": (StoreBusyError, "the server has too many connections", _AGAIN),
    "53100": (StoreError, "the server's disk is full", _SPACE),
    "25006": (StoreError, "the database is open for reading only", _AGAIN),
    "28": (StoreError, "the server refuses this user", "Check user and password of the URL."),
    "3D": (StoreError, "there is no such database", "Make it: createdb NAME."),
    "42501": (
        StoreError,
        "this user may not do that",
        "Grant it the right to create tables and to read and write them.",
    ),
}
# A connection that never was has no code, and its message is in the server's language.
_REFUSED = ("password", "authentication", "does not exist", "pg_hba")


def translated(error: SQLAlchemyError, place: str, secrets: Iterable[str]) -> StoreError:
    """The StoreError for what SQLAlchemy raised; StoreBusyError where trying again may help."""
    said = _said(error, secrets)
    kind, found, hint = _known(error)
    return kind(place, f"{found} ({said})" if said else found, hint)


def _known(error: SQLAlchemyError) -> tuple[type[StoreError], str, str]:
    cause = error.orig if isinstance(error, DBAPIError) else None
    name = getattr(cause, "sqlite_errorname", "") or ""
    for start, known in _SQLITE.items():
        if name.startswith(start):
            return known
    code = getattr(cause, "sqlstate", "") or ""
    for start in (code, code[:2]):
        if start in _POSTGRESQL:
            return _POSTGRESQL[start]
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return _POSTGRESQL["08"]
    if isinstance(error, IntegrityError):
        return (StoreError, "the data would contradict each other", "Please report this.")
    if isinstance(error, OperationalError) and not name and not code:
        refused = any(word in str(cause) for word in _REFUSED)
        return _POSTGRESQL["28" if refused else "08"]
    return (StoreError, "the database refuses", "Please report this.")


def _said(error: SQLAlchemyError, secrets: Iterable[str]) -> str:
    """The driver's own words on one line, without secrets; without statement and values."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    said = " ".join(str(cause).split())[:300]
    for secret in secrets:
        said = said.replace(secret, "***")
    return said
