"""Every error plantrack raises on purpose.

    PlantrackError
    ├── InputError        a file or text that cannot be used
    │   ├── ReadError     its bytes cannot be turned into a document
    │   └── DataError     its data breaks the schema (line, column, key, value, what is allowed)
    │       └── RuleError a rule file says something plantrack does not understand
    ├── OutputError       a result cannot be written
    ├── UsageError        a call asks for something that does not exist or does not fit
    │   └── IncomparableError an assertion cannot be judged: no data, goal not known, other unit
    ├── StoreError        the database cannot do what it is asked (full, read-only, damaged, …)
    │   ├── StoreBusyError    it is locked or away for now: the same may go through later
    │   ├── StoreVersionError a newer plantrack made it
    │   ├── LeaseHeldError    another process does this work at the moment
    │   └── LeaseLostError    another process has taken this work over
    ├── MissingExtraError an optional part is not installed
    └── MissingFontError  no font here has the glyphs a picture needs

Each keeps its facts as attributes, survives pickling and ends in what to do next.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime


class PlantrackError(Exception):
    """Base of all errors raised on purpose; `facts` holds what the message was made from."""

    def __init__(self, message: str, **facts: object) -> None:
        super().__init__(message)
        self.message = message
        self.facts = facts

    def __getattr__(self, name: str) -> object:
        facts: dict[str, object] = self.__dict__.get("facts", {})
        try:
            return facts[name]
        except KeyError:
            raise AttributeError(name) from None

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.message, self.facts)


def _rebuild(kind: type[PlantrackError], message: str, facts: dict[str, object]) -> PlantrackError:
    error = kind.__new__(kind)
    PlantrackError.__init__(error, message, **facts)
    return error


class InputError(PlantrackError):
    """A file or text that cannot be used."""


class ReadError(InputError):
    """The bytes of `file` cannot be turned into a document: what was `found`, and what to do (`hint`)."""

    def __init__(self, file: str, found: str, hint: str) -> None:
        super().__init__(f"{file}: {found}. {hint}", file=file, found=found, hint=hint)


class DataError(InputError):
    """A value in a data file breaks its schema.

    `line` and `column` count from 1; they are None only where the file as a whole is wrong.
    """

    def __init__(
        self,
        file: str,
        found: str,
        hint: str,
        *,
        line: int | None = None,
        column: int | None = None,
        key: str = "",
        value: object = None,
        allowed: str = "",
    ) -> None:
        place = f"{file}:{line}:{column}" if line is not None else file
        parts = [f"{place}: {key + ': ' if key else ''}{found}"]
        if allowed:
            parts.append(f"Allowed: {allowed}")
        parts.append(hint)
        super().__init__(
            ". ".join(part.rstrip(".") for part in parts) + ".",
            file=file,
            found=found,
            hint=hint,
            line=line,
            column=column,
            key=key,
            value=value,
            allowed=allowed,
        )


class RuleError(DataError):
    """A rule file names a metric, operator or status that plantrack does not know."""


class OutputError(PlantrackError):
    """A result cannot be written to `file`."""

    def __init__(self, file: str, found: str, hint: str) -> None:
        super().__init__(f"{file}: {found}. {hint}", file=file, found=found, hint=hint)


class UsageError(PlantrackError):
    """A call asks for something that does not exist or does not fit."""


class IncomparableError(UsageError):
    """An assertion of plantrack.testing cannot be judged: it neither holds nor fails."""


class StoreError(PlantrackError):
    """The database at `place` cannot do what it is asked; `place` never holds a secret."""

    def __init__(self, place: str, found: str, hint: str) -> None:
        super().__init__(f"{place}: {found}. {hint}", place=place, found=found, hint=hint)


class StoreBusyError(StoreError):
    """The database is locked, or its server is away: the whole unit of work may be tried again."""


class StoreVersionError(StoreError):
    """The database was made by a newer plantrack; its schema is `revision`."""

    def __init__(self, place: str, revision: str, newest: str) -> None:
        super().__init__(
            place,
            f"a newer plantrack made this database (schema {revision}; this one knows up to {newest})",
            "Install that newer version: pip install --upgrade plantrack.",
        )
        self.facts |= {"revision": revision, "newest": newest}


class LeaseHeldError(StoreError):
    """The lease `name` is held by `holder` `until` a moment (UTC, aware)."""

    def __init__(self, place: str, name: str, holder: str, until: datetime) -> None:
        super().__init__(
            place,
            f"'{name}' is held by {holder} until {until.isoformat(timespec='seconds')}",
            "Wait until it has finished; a holder that died loses it at that time.",
        )
        self.facts |= {"name": name, "holder": holder, "until": until}


class LeaseLostError(StoreError):
    """The lease `name` is no longer ours; `holder` has it now, or nobody where that is empty."""

    def __init__(self, place: str, name: str, holder: str) -> None:
        super().__init__(
            place,
            f"'{name}' was lost" + (f" to {holder}" if holder else ""),
            "Nothing of this unit of work was kept. Start again; see that passes end before "
            "their lease does.",
        )
        self.facts |= {"name": name, "holder": holder}


class MissingExtraError(PlantrackError):
    """An optional part is not installed; the message names the command that installs it."""

    def __init__(self, extra: str, needed_for: str) -> None:
        super().__init__(
            f"{needed_for} needs the extra '{extra}'. Install it with: pip install 'plantrack[{extra}]'.",
            extra=extra,
            needed_for=needed_for,
        )


class MissingFontError(PlantrackError):
    """No font has the Chinese glyphs a picture needs: which `families` were tried, and the `variable` that names a folder."""

    def __init__(self, families: Sequence[str], variable: str) -> None:
        tried = ", ".join(families)
        super().__init__(
            f"No font with Chinese glyphs was found (tried: {tried}); the picture would have no text. "
            "Install one (Debian and Ubuntu: apt-get install fonts-noto-cjk; Fedora: dnf install "
            "google-noto-sans-cjk-fonts), or let the environment variable "
            f"{variable} name a folder that has one.",
            families=tuple(families),
            variable=variable,
        )
