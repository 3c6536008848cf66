"""Documents extracted ahead: while one is written, another process reads the next.

A document gives the same ahead as in its turn, since extraction knows nothing but its file and the
rules. What was asked is compared when the turn has come: a file whose content is another one by then
is read in turn, and so is whatever was not asked for, as long as the other process is not ready,
after it was lost, and in every pass that is over before it would pay.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import structlog

from plantrack.job.inbox import inbox_rules
from plantrack.job.reader import Answer, Kind, Reader, Wanted, versions
from plantrack.job.reading import Extracted, by_hand
from plantrack.job.workspace import Workspace

T = TypeVar("T")

AHEAD = 2  # documents: one that is read, and one that waits, so that the reader need not
PATIENCE = 0.0  # seconds in which the reader must get ready: the pass goes on and asks again
_LOG = structlog.get_logger("plantrack")


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def fit(path: Path) -> bool:
    """Whether a file is one to read ahead: a report, not so large that several would fill the memory.

    ReadError or OSError where it cannot be looked at.
    """
    return path.stat().st_size <= inbox_rules().ahead and not by_hand(path)


class Ahead:
    """What is read ahead in a pass; made by `reading_ahead`."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._reader: Reader | None = None
        self._ready = False
        self._asked: deque[tuple[int, Wanted]] = deque()  # with its place, in the order of places
        worth_it = workspace.settings.job.ahead and cores() > 1
        self._due = time.monotonic() + inbox_rules().alone if worth_it else float("inf")

    def each(self, items: Sequence[T], wanted: Callable[[T], Wanted | None]) -> Iterator[T]:
        """The items in their order; before each, those that come next are asked for.

        `wanted` says what to read for an item, None where nothing will be. Of two with the same
        content the first is asked for: the other will be known in its turn.
        """
        looked = 0
        for place, item in enumerate(items):
            coming = range(max(looked, place + 1), min(place + 1 + AHEAD, len(items)))
            if coming and self._at_work():
                looked = coming.stop
                for later in coming:
                    self._ask(later, wanted(items[later]))
            yield item
            while self._asked and self._asked[0][0] <= place:
                self._answer()  # to what nobody wanted in the end

    def extracted(self, wanted: Wanted) -> Extracted | None:
        """What was read ahead of a document, None where it is to be read in turn.

        Raises the error that was met, as `extract` does.
        """
        if not self._asked or self._asked[0][1] != wanted:
            return None
        answer = self._answer()
        if answer is None or answer.kind is Kind.MISTAKE:
            return None
        try:
            found = answer.extracted()
        except ValueError:  # what JSON cannot carry
            return None
        return found if found.document.sha256 == wanted.sha256 else None

    def close(self) -> int | None:
        """End the other process; its exit code where there was one."""
        reader, self._reader, self._ready = self._reader, None, False
        self._asked.clear()
        return None if reader is None else reader.close()

    def _at_work(self) -> bool:
        """Whether the reader can be asked; it is started when it is due, once in a pass."""
        if time.monotonic() >= self._due:
            self._due = float("inf")
            try:
                self._reader = Reader(self._workspace)
            except OSError as error:
                self._in_turn(str(error))
        if self._reader is not None and not self._ready:
            self._meet(self._reader)
        return self._ready

    def _meet(self, reader: Reader) -> None:
        first = reader.answer(PATIENCE)
        if first == Answer(Kind.READY, versions(self._workspace)):
            self._ready = True
            _LOG.info("documents are read ahead", process=reader.number)
        elif first is not None:
            self._in_turn("it did not start, or has other rules")

    def _ask(self, place: int, wanted: Wanted | None) -> None:
        if self._reader is None or wanted is None:
            return
        if all(wanted.sha256 != one.sha256 for _, one in self._asked):
            self._reader.ask(wanted)
            self._asked.append((place, wanted))

    def _answer(self) -> Answer | None:
        """The answer to what was asked first; None where the reader was lost."""
        self._asked.popleft()
        answer = None if self._reader is None else self._reader.answer()
        if answer is None or answer.kind is Kind.LOST:
            self._in_turn("it was ended from outside, most likely for want of memory")
            return None
        return answer

    def _in_turn(self, reason: str) -> None:
        code = self.close()
        _LOG.warning("no process reads ahead, documents are read in turn", reason=reason, code=code)


@contextmanager
def reading_ahead(workspace: Workspace) -> Iterator[Ahead]:
    """Read ahead in a pass where settings and machine allow it; the reader is ended with the block."""
    ahead = Ahead(workspace)
    try:
        yield ahead
    finally:
        ahead.close()
