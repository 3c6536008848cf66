"""Where notices go: the log, a file of the workspace, and whatever an Apprise URL leads to."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from plantrack.errors import MissingExtraError, PlantrackError
from plantrack.job.notices import Message
from plantrack.job.settings import secret
from plantrack.job.workspace import Workspace


class UndeliveredError(PlantrackError):
    """A notice did not get through; it is tried again. The text names the sink and no address."""


class Sink(Protocol):
    """A place that takes notices; `name` stands for it in the database and in logs."""

    @property
    def name(self) -> str:
        """Short, and without any secret."""
        ...

    def send(self, message: Message, at: datetime) -> None:
        """Deliver it. UndeliveredError where that fails."""
        ...


@dataclass(frozen=True, slots=True)
class LogSink:
    """A log line for the message, and one for each line of it."""

    name: str = "log"

    def send(self, message: Message, at: datetime) -> None:
        """Log it."""
        import structlog

        log = structlog.get_logger("plantrack")
        log.warning("notice", title=message.title)
        for line in message.body.splitlines():
            if line:
                log.warning("notice", line=line)


@dataclass(frozen=True, slots=True)
class FileSink:
    """A text file that grows; each message is on the disk before it counts as sent."""

    path: Path
    name: str = "file"

    def send(self, message: Message, at: datetime) -> None:
        """Append it. UndeliveredError where the file cannot be written."""
        text = f"{at.isoformat(timespec='seconds')} {message.title}\n{message.body}\n\n"
        try:
            with self.path.open(
                "a", encoding="utf-8", errors="backslashreplace", newline="\n"
            ) as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise UndeliveredError(f"{self.path} cannot be written ({error.strerror})") from error


@dataclass(frozen=True, slots=True)
class AppriseSink:
    """One Apprise URL, known to everybody else by its service and number only."""

    url: str
    name: str
    timeout: float

    def send(self, message: Message, at: datetime) -> None:
        """Send it. UndeliveredError where the service does not take it."""
        import apprise

        post = apprise.Apprise()
        try:
            known = post.add(_with_timeout(self.url, self.timeout))
            sent = known and post.notify(title=message.title, body=message.body)
        except Exception as error:  # a plug-in of a service may raise whatever it likes
            raise UndeliveredError(f"{self.name} failed ({type(error).__name__})") from None
        if not known:
            raise UndeliveredError(f"{self.name}: the URL is none that Apprise knows")
        if not sent:
            raise UndeliveredError(f"{self.name} did not take the message")

    def __repr__(self) -> str:
        return f"AppriseSink({self.name})"


def sinks(workspace: Workspace) -> tuple[Sink, ...]:
    """The sinks that a workspace names.

    UsageError where the variable that holds the URLs is not set, MissingExtraError where Apprise
    is not installed.
    """
    told = workspace.settings.notify
    found: list[Sink] = []
    if told.log:
        found.append(LogSink())
    if workspace.notices is not None:
        found.append(FileSink(workspace.notices))
    if told.urls_env is not None:
        found += _remote(secret(told.urls_env, "whom to notify").split(), told.timeout)
    return tuple(found)


def _remote(urls: Sequence[str], timeout: float) -> list[Sink]:
    try:
        import apprise  # noqa: F401  asked for here, so that a pass does not find out at its end
    except ImportError as error:
        raise MissingExtraError("notify", "notification by mail, webhook or chat") from error
    return [
        AppriseSink(url, f"{url.partition(':')[0].lower()}-{number}", timeout)
        for number, url in enumerate(urls, 1)
    ]


def _with_timeout(url: str, seconds: float) -> str:
    """The URL with bounds on connecting and reading, unless it sets its own."""
    if "cto=" in url or "rto=" in url:
        return url
    return f"{url}{'&' if '?' in url else '?'}cto={seconds:g}&rto={seconds:g}"
