"""A process that extracts documents for a pass: asked through one pipe, answering through another.

It does what the pass itself would do with the same files (`reading.extract`), in the order it is
asked. A question is a line of JSON; so is an answer, behind a letter that says what it is. It ends
with the pass, however that goes: where the pass is killed, its end of the pipe closes.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, NamedTuple

from plantrack.errors import PlantrackError
from plantrack.job.reading import READER, Extracted, extract, rules_version
from plantrack.read.sandbox import interpreter, packed, unpacked

if TYPE_CHECKING:
    from plantrack.job.workspace import Workspace

_CODE = "from plantrack.job.reader import main; main()"
_GROUPS = hasattr(os, "killpg")
# Linux ends processes with a high score first where memory runs out: the pass can do without this one.
_SCORE, _HIGH = Path("/proc/self/oom_score_adj"), "500"


class Wanted(NamedTuple):
    """A file to be read under a name, and the content that is meant (its SHA-256)."""

    path: Path
    name: str
    sha256: str


class Kind(StrEnum):
    """What an answer is."""

    READY = "R"  # with what is read: versions of plantrack and of the rules
    DOCUMENT = "D"
    ERROR = "E"  # the file cannot be used
    MISTAKE = "M"  # plantrack's own: who reads it in turn meets it too, and can say where
    LOST = "L"  # the process is gone, and no more answers come


class Answer(NamedTuple):
    """An answer and its JSON."""

    kind: Kind
    sent: bytes = b""

    def extracted(self) -> Extracted:
        """What was extracted; raises the error that was met. ValueError where it is neither."""
        if self.kind is Kind.ERROR:
            raise unpacked(self.sent)
        return Extracted.model_validate_json(self.sent)


def versions(workspace: Workspace) -> bytes:
    """What this very process reads with."""
    return json.dumps([READER, rules_version(workspace.lexicon)]).encode()


class Reader:
    """The process as the pass sees it. OSError where none can be started."""

    def __init__(self, workspace: Workspace) -> None:
        command, environment = interpreter(_CODE)
        # A group of its own: it is ended together with the sandbox it may have opened, and Ctrl-C
        # is for the pass alone.
        self._child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            process_group=0 if _GROUPS else None,
        )
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._asks, self._told = self._child.stdin, self._child.stdout
        self._answers: SimpleQueue[Answer] = SimpleQueue()
        # A thread takes the answers in, so that the next document is begun while this one waits.
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()
        self._send([str(workspace.root), workspace.settings.model_dump(mode="json")])

    @property
    def number(self) -> int:
        """Its number in the system."""
        return self._child.pid

    def ask(self, wanted: Wanted) -> None:
        """Have a document read. Each has its answer, in this order; LOST where the process is gone."""
        self._send([str(wanted.path), wanted.name])

    def answer(self, patience: float | None = None) -> Answer | None:
        """The next answer, the first of all is READY; None where it does not come in so many seconds."""
        try:
            return self._answers.get(timeout=patience)
        except Empty:
            return None

    def close(self) -> int:
        """End it, whatever it is at, and give its exit code."""
        with suppress(OSError):  # it ended before
            if _GROUPS:
                # not waited for, so the number is its own
                os.killpg(self._child.pid, signal.SIGKILL)
            else:
                self._child.kill()
        code = self._child.wait()
        self._thread.join()
        for pipe in (self._asks, self._told):
            with suppress(OSError):  # what it did not hear any more
                pipe.close()
        return code

    def _send(self, what: object) -> None:
        with suppress(OSError):  # LOST says so
            self._asks.write(json.dumps(what).encode() + b"\n")
            self._asks.flush()

    def _listen(self) -> None:
        with suppress(ValueError):  # something else that writes there: of no use
            for line in self._told:
                if line.endswith(b"\n"):  # else it ended in the middle
                    self._answers.put(Answer(Kind(line[:1].decode()), line[1:-1]))
        self._answers.put(Answer(Kind.LOST))


def main() -> None:
    """The process itself: gets its tools ready, then answers until nobody asks any more."""
    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        if hasattr(signal, name):  # whoever wants the pass to end tells the pass, and it ends this
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    with suppress(OSError):
        _SCORE.write_text(_HIGH, encoding="ascii")
    told = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print must not get between the answers
    logging.disable()  # what parsers grumble is not told from the sandbox either
    asked: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_hear, args=(asked,), daemon=True).start()
    with suppress(BrokenPipeError):
        for kind, sent in _answers(asked):
            told.write(kind.value.encode() + sent + b"\n")
            told.flush()
    _end()


def _answers(asked: SimpleQueue[bytes]) -> Iterator[Answer]:
    from plantrack.job.memory import long_lived
    from plantrack.job.session import tools_of
    from plantrack.job.settings import Settings
    from plantrack.job.workspace import Workspace

    root, settings = json.loads(asked.get())
    workspace = Workspace(Path(root), Settings.model_validate(settings))
    made, sandbox = tools_of(workspace), workspace.settings.job.sandbox
    yield Answer(Kind.READY, versions(workspace))
    with long_lived():
        while True:
            path, name = json.loads(asked.get())
            try:
                found = extract(Path(path), name, made, sandbox=sandbox)
                yield Answer(Kind.DOCUMENT, found.model_dump_json().encode())
            except PlantrackError as error:
                yield Answer(Kind.ERROR, packed(error))
            except Exception:
                yield Answer(Kind.MISTAKE)


def _hear(asked: SimpleQueue[bytes]) -> None:
    """Take in what is asked, and end this process when nobody is there to ask any more."""
    try:
        for line in sys.stdin.buffer:
            asked.put(line)
    finally:
        _end()


def _end() -> None:
    """End at once, together with the sandbox that may be at work."""
    if _GROUPS and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)
