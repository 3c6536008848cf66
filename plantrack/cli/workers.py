"""The same work on many files: one after the other, or in several processes; results in the files' order."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from plantrack.errors import UsageError

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")

# For each process so many results may wait for a slow file before them: enough to keep all at
# work, and a bound on memory.
_AHEAD = 4


def outcomes(
    work: Callable[[Path], T], files: list[Path], jobs: int = 1
) -> Generator[tuple[Path, Callable[[], T]], None, None]:
    """Each file with a call that gives its result, or raises what `work` raised.

    With one job the call does the work, so that nothing is held but the file in hand. With more,
    `work` (a function of a module, or a partial of one) and its results must survive pickling.
    UsageError where a process is ended from outside.
    """
    if min(jobs, len(files)) < 2:
        for file in files:
            yield file, partial(work, file)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # "spawn" is there on every system, and safe beside the thread that draws the bar
    pool = ProcessPoolExecutor(min(jobs, len(files)), get_context("spawn"), _settle)
    try:
        waiting: deque[tuple[Path, Callable[[], T]]] = deque()
        for file in files:
            waiting.append((file, partial(_result, file, pool.submit(work, file))))
            if len(waiting) > _AHEAD * jobs:
                yield waiting.popleft()
        while waiting:
            yield waiting.popleft()
    finally:
        pool.shutdown(cancel_futures=True)


def _result(file: Path, future: Future[T]) -> T:
    from concurrent.futures.process import BrokenProcessPool

    try:
        return future.result()
    except BrokenProcessPool as error:
        raise UsageError(
            f"{file}: one of the processes of --jobs was ended from outside, most likely for want "
            "of memory. Use fewer --jobs, or split the largest files."
        ) from error


def _settle() -> None:
    """Leave Ctrl-C to the parent, and end when it is gone, however it went."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
