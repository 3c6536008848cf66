"""Where results and messages go, and how a run over several files keeps count.

Results go to standard output or to the file of --out, in UTF-8 whatever the locale; everything
else goes to standard error.
"""

from __future__ import annotations

import errno
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO, TypeVar

from plantrack.cli.codes import ExitCode
from plantrack.cli.workers import outcomes
from plantrack.errors import (
    InputError,
    MissingExtraError,
    OutputError,
    PlantrackError,
    ReadError,
    UsageError,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

T = TypeVar("T")

_WIDTH_OF_FILES = 140
_QUIET_UP_TO = 3
_JSON = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


class ReaderGoneError(Exception):
    """Whoever read standard output has seen enough (`plantrack … | head`)."""


def speak_utf8() -> None:
    """Make both standard streams UTF-8; what cannot be encoded is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(message: str) -> None:
    """A message for people, on standard error; lost where that is closed."""
    if sys.stderr is not None:
        sys.stderr.write(_as_meant(f"plantrack: {message}\n"))


def json_line(record: Mapping[str, object]) -> str:
    """A record as JSON on one line, without its end."""
    return _as_meant(_JSON.encode(record))


class Output:
    """Standard output, or the file of --out, which is opened at once so that a bad path costs no work.

    `inputs` are files that --out must not overwrite. Raises OutputError where nothing can be
    written, ReaderGoneError where the reader of a pipe has left.
    """

    def __init__(self, out: Path | None, inputs: list[Path]) -> None:
        self._name = "standard output" if out is None else str(out)
        self._own: TextIO | None = None
        if out is not None:
            spare(out, inputs)
            try:
                self._own = out.open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
            except OSError as error:
                raise self._unwritable(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._do(lambda stream: stream.flush())
        if self._own is not None:
            self._own.close()

    def record(self, record: Mapping[str, object]) -> None:
        """One JSON object on a line of its own."""
        self.lines([json_line(record)])

    def lines(self, lines: Iterable[str]) -> None:
        """Lines as `json_line` makes them."""
        self._do(lambda stream: stream.writelines(f"{line}\n" for line in lines))

    def show(self, renderable: RenderableType) -> None:
        """A table or text for people: in colour on a terminal, 140 columns wide elsewhere."""
        from rich.console import Console

        def write(stream: TextIO) -> None:
            terminal = stream.isatty()
            width = None if terminal or "COLUMNS" in os.environ else _WIDTH_OF_FILES
            console = Console(file=stream, width=width, highlight=False)
            with console.capture() as captured:
                console.print(renderable)
            text = _as_meant(captured.get())
            stream.write(text if terminal else _bare(text))

        self._do(write)

    def say(self, line: str) -> None:
        """A line of text, taken literally."""
        from rich.text import Text

        self.show(Text(line))

    def _do(self, act: Callable[[TextIO], object]) -> None:
        stream = self._own or sys.stdout
        try:
            if stream is None or stream.closed:
                raise OSError(errno.EBADF, "it is closed")
            act(stream)
        except OSError as error:
            if self._own is None:
                _drop_stdout()
            if error.errno == errno.EPIPE:
                raise ReaderGoneError from error
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> OutputError:
        return OutputError(
            self._name,
            f"cannot be written ({error.strerror})",
            "Make room or get the right to write there, or name another file with --out.",
        )


class Inputs:
    """The files of one command: does the work for each, and keeps count of those that failed."""

    def __init__(self, files: list[Path]) -> None:
        self.files = list(dict.fromkeys(files))
        self._failed: list[InputError] = []
        for path in self.files:
            if files.count(path) > 1:
                say(f"{path} is given more than once; it is used once.")

    def each(
        self, work: Callable[[Path], T], doing: str, jobs: int = 1
    ) -> Iterator[tuple[Path, T]]:
        """(file, result of `work`) of every file that can be used; a bar shows from the fourth file on.

        Unusable files are named on standard error as they come; where none can be used, the
        last one's error is raised. With several `jobs` the work is done in processes, see
        `outcomes`; what comes out is the same.
        """
        failed = 0
        with closing(outcomes(work, self.files, jobs)) as done:
            for path, result in _with_bar(done, len(self.files), doing):
                try:
                    value = result()
                except (InputError, MissingExtraError, OSError) as error:
                    failed += 1
                    self._failed.append(_as_input_error(path, error))
                    if failed == len(self.files):
                        raise self._failed[-1] from error
                    say(str(self._failed[-1]))
                else:
                    yield path, value

    @property
    def code(self) -> ExitCode:
        """PARTIAL where a file failed, else DONE."""
        return ExitCode.PARTIAL if self._failed else ExitCode.DONE


def explain(error: PlantrackError) -> ExitCode:
    """Say what went wrong, in one paragraph."""
    say(" ".join(str(error).split()))
    return ExitCode.UNUSABLE


def _with_bar(items: Iterable[T], count: int, doing: str) -> Iterator[T]:
    if count <= _QUIET_UP_TO or sys.stderr is None:
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, total=count, description=doing, console=Console(stderr=True))


def _as_input_error(path: Path, error: InputError | MissingExtraError | OSError) -> InputError:
    if isinstance(error, InputError):
        return error
    if isinstance(error, MissingExtraError):
        found, hint = error.message.split(". ", 1)
        return ReadError(str(path), found, hint)
    found = f"cannot be read ({error.strerror or error})"
    return ReadError(str(path), found, "Check the path and your right to read it.")


def spare(out: Path, inputs: list[Path]) -> None:
    """UsageError where a result would overwrite one of the inputs."""
    for path in inputs:
        if out.exists() and path.exists() and out.samefile(path):
            raise UsageError(
                f"--out {out} is one of the inputs and would be overwritten. Name another file."
            )


def _as_meant(text: str) -> str:
    """File names that an ASCII locale took for bytes, as the UTF-8 they most likely are."""
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeError:
        return text


def _bare(text: str) -> str:
    """Without the blanks with which a table fills its lines."""
    return "\n".join(line.rstrip() for line in text.split("\n"))


def _drop_stdout() -> None:
    """Keep the interpreter from flushing a dead stream once more when it ends."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (AttributeError, OSError, ValueError):
        sys.stdout = None
