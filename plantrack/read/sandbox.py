"""Reading in a child process that cannot take more than it is given: for files that strangers made.

The child reads one file and sends the Document back as JSON. Where the system has resource
limits (Linux, macOS) the child first gives up what it does not need: memory and processor time
beyond the limits, writing files, core dumps. Windows has none of them; there only the time limit
of the clock holds, and `limited` says so.
"""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from plantrack import errors
from plantrack.errors import InputError, PlantrackError, ReadError
from plantrack.model import Document
from plantrack.read.base import load_bytes
from plantrack.read.files import read, read_pages
from plantrack.read.formats import Format, format_of
from plantrack.read.limits import Limits, limits

_HINT = "Do not trust it. If you do, raise {} in rules/limits.yaml, or read it without the sandbox."
_CODE = "import sys; from plantrack.read.sandbox import main; sys.exit(main())"


def limited() -> bool:
    """Whether this system can limit the memory and processor time of a process."""
    return importlib.util.find_spec("resource") is not None


def worth_it(path: Path | str) -> bool:
    """Whether a file goes through a parser of others, which is what the sandbox is for.

    Web pages, PDF, Word and Excel do; plain text and CSV are read by plantrack alone, and what is
    no format at all is refused by its first bytes. Nothing is unpacked to find out. ReadError where
    the file cannot be read.
    """
    bounds = limits()
    data = load_bytes(Path(path), bounds.file_bytes)
    if data.startswith(b"PK"):
        return True
    try:
        return format_of(data, str(path), bounds) not in (Format.TEXT, Format.CSV)
    except ReadError:
        return False


def read_sandboxed(path: Path | str, *more: Path | str, bounds: Limits | None = None) -> Document:
    """What `read` gives, read in a child process within `bounds` (by default rules/limits.yaml).

    With `more` files it is what `read_pages` gives. Raises as they do, and ReadError where the
    child takes more time or memory than it may, or breaks down. Nothing that the child sends is
    ever run: it is JSON, checked against the model. Costs the start of an interpreter, about
    half a second.
    """
    bounds = bounds or limits()
    name = str(path)
    task = json.dumps([[name, *map(str, more)], bounds.model_dump()])
    command, environment = interpreter(_CODE)
    try:
        done = subprocess.run(
            command,
            input=task.encode(),
            capture_output=True,
            timeout=bounds.clock_seconds,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        found = f"reading it took longer than {bounds.clock_seconds} seconds and was stopped"
        raise ReadError(name, found, _HINT.format("clock_seconds")) from None
    if done.returncode:
        raise _ended(name, done.returncode, done.stderr, bounds)
    return _answer(done.stdout, name)


def interpreter(code: str) -> tuple[list[str], dict[str, str]]:
    """The command and the environment of a child interpreter that runs `code`.

    It finds the modules that this one finds, wherever this one was started, and none beside them
    in the folder it is started in.
    """
    lookup = os.pathsep.join(p or str(Path.cwd()) for p in sys.path)
    return [sys.executable, "-P", "-c", code], {**os.environ, "PYTHONPATH": lookup}


def _answer(sent: bytes, name: str) -> Document:
    """The Document in what the child sent; the error it met where it met one."""
    try:
        if sent[:1] == b"D":
            return Document.model_validate_json(sent[1:])
        error = unpacked(sent[1:])
    except (ValidationError, ValueError, TypeError):
        raise ReadError(
            name, "reading it in the sandbox gave nonsense", "Do not trust it."
        ) from None
    raise error


def packed(error: PlantrackError) -> bytes:
    """An error as one line of JSON; facts that JSON does not know become text."""
    facts = {
        k: v if isinstance(v, str | int | float | None) else str(v) for k, v in error.facts.items()
    }
    return json.dumps([type(error).__name__, error.message, facts]).encode()


def unpacked(sent: bytes) -> PlantrackError:
    """The error that was `packed`; ValueError or TypeError where it is none."""
    kind, message, facts = json.loads(sent)
    known = vars(errors).get(str(kind))
    if not (isinstance(known, type) and issubclass(known, PlantrackError)):
        known = InputError
    error = known.__new__(known)
    PlantrackError.__init__(error, str(message), **{str(k): v for k, v in dict(facts).items()})
    return error


def _ended(name: str, code: int, said: bytes, bounds: Limits) -> ReadError:
    """Why a child ended without an answer."""
    if code == -getattr(signal, "SIGXCPU", 0) or code == -getattr(signal, "SIGKILL", 0):
        found = f"reading it took more than {bounds.processor_seconds} seconds of the processor"
        return ReadError(name, found, _HINT.format("processor_seconds"))
    if b"MemoryError" in said or code < 0:
        found = f"reading it needs more than {bounds.memory_bytes:,} bytes of memory, or broke down"
        return ReadError(name, found, _HINT.format("memory_bytes"))
    last = said.decode("utf-8", "replace").strip().splitlines()[-1:]
    found = f"reading it broke down ({last[0] if last else f'exit code {code}'})"
    return ReadError(name, found, "Please report it with the file, if you may share it.")


def main() -> int:
    """The child: gives up what it does not need, reads the file named on standard input, answers."""
    paths, given = json.loads(sys.stdin.buffer.read())
    bounds = Limits.model_validate(given)
    give_up(bounds)
    try:
        document = (
            read(paths[0], None, bounds) if len(paths) == 1 else read_pages(paths, None, bounds)
        )
        answer = b"D" + document.model_dump_json().encode("utf-8", "surrogatepass")
    except PlantrackError as error:
        answer = b"E" + packed(error)
    sys.stdout.buffer.write(answer)
    return 0


def give_up(bounds: Limits) -> None:
    """Limits this process for good; does nothing where the system has no such limits.

    Memory, processor time, no byte into any file (RLIMIT_FSIZE), no core dump. A limit that is
    already lower stays.
    """
    if not limited():
        return
    import resource

    wanted = {
        resource.RLIMIT_CPU: bounds.processor_seconds,
        resource.RLIMIT_AS: bounds.memory_bytes,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for kind, value in wanted.items():
        _, hard = resource.getrlimit(kind)
        most = value if hard == resource.RLIM_INFINITY else min(value, hard)
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))
