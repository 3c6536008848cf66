"""Structured logs on standard error: lines for people, or one JSON object a line.

Every line of a pass carries its run, and the document it is about (`structlog.contextvars`). What
the libraries log goes the same way. Secrets are taken out of whatever is written.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Collection, MutableMapping
from datetime import datetime
from enum import StrEnum
from typing import Any, TextIO

from plantrack.errors import MissingExtraError

HIDDEN = "***"


class LogFormat(StrEnum):
    """How a log line looks."""

    TEXT = "text"
    JSON = "json"


def set_up(
    form: LogFormat,
    now: Callable[[], datetime],
    *,
    secrets: Collection[str] = (),
    stream: TextIO | None = None,
    quiet: bool = False,
) -> None:
    """Send all logs to `stream` (standard error) in that format, without any of the `secrets`;
    where `quiet` only warnings and what is worse.

    MissingExtraError where structlog is not installed.
    """
    try:
        import structlog
    except ImportError as error:
        raise MissingExtraError("job", "the nightly job") from error

    def stamp(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        event["at"] = now().isoformat(timespec="seconds")
        return event

    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        stamp,
    ]
    last: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
        if form is LogFormat.JSON
        else structlog.dev.ConsoleRenderer(colors=False, timestamp_key="at")
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                hide(secrets),
                last,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING if quiet else logging.INFO)
    for noisy in ("apscheduler", "alembic", "sqlalchemy", "apprise", "urllib3"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def hide(secrets: Collection[str]) -> Callable[[Any, str, Any], Any]:
    """A processor that writes *** for each of the secrets, wherever in an event it stands."""
    parts = sorted((s for s in secrets if s), key=len, reverse=True)

    def clean(value: object) -> object:
        if isinstance(value, str):
            return without(value, parts)
        if isinstance(value, dict):
            return {key: clean(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [clean(one) for one in value]
        if isinstance(value, bool | int | float | None):
            return value
        return without(str(value), parts)

    def process(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        return {key: clean(value) for key, value in event.items()}

    return process


def without(text: str, secrets: Collection[str]) -> str:
    """A text with *** in the place of each secret."""
    for secret in secrets:
        text = text.replace(secret, HIDDEN)
    return text
