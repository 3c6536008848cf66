"""One pass of the nightly job over thousands of reports: each document's time beside that of reading it alone.

python benchmarks/load.py [FILE…] [--full] [--documents N] [--characters N] [--plans FILE…]

The documents are copies of reports with other digits in everything but years, joined until each has
the wanted size, and wait in the inbox of a new workspace with plans of the same regions. Reading
alone (`flow.read` and `flow.figures`) is timed within the very pass that is measured, so whatever
else the machine does falls on both; the ratio of processor times leaves that out, and waiting for
the disk too. The parts are tenths of the pass, printed as they pass: time and memory of the last
beside the first show whether they grow. A small pass is measured; `--full` is 5,000 documents of 20,000 characters, 100
million in all.
"""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, ParamSpec, TypeVar

from common import MEGABYTE, PROJECT, parser, row

from plantrack import flow
from plantrack.job import ingest, reading
from plantrack.job.logs import LogFormat, set_up
from plantrack.job.plans import add_plan
from plantrack.job.session import World, new_run, session, utc_now
from plantrack.job.workspace import Workspace, init

P = ParamSpec("P")
T = TypeVar("T")

SEEDS = PROJECT / "seeds"
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
PARTS = 10


def other_digits(text: str, dice: random.Random) -> str:
    """A text with other digits after the first in each number that is no year."""

    def varied(found: re.Match[str]) -> str:
        number = found[0]
        if _YEAR.fullmatch(number):
            return number
        return number[0] + re.sub(r"[1-9]", lambda _: str(dice.randint(1, 9)), number[1:])

    return _NUMBER.sub(varied, text)


def documents(files: list[Path], number: int, characters: int) -> Iterator[str]:
    """Reports of about so many characters, each under the title of one of the files."""
    dice = random.Random(14)
    originals = [path.read_text("utf-8") for path in files]
    for index in range(number):
        text = originals[index % len(originals)]
        title, _, body = text.partition("\n")
        parts, left = [title], characters
        while left > 0:
            parts.append(other_digits(body, dice)[:left])
            left -= len(parts[-1])
        yield "\n".join(parts) + "\n"


class Mark(NamedTuple):
    """How far the pass was: seconds and processor seconds in all, and those of reading alone; bytes."""

    seconds: float
    processor: float
    alone: float
    processor_alone: float
    memory: int


class Watch:
    """Sums the time of what it is put around, and notes time and memory at each tenth of the pass."""

    def __init__(self, number: int) -> None:
        self.alone = self.processor_alone = 0.0
        self.marks = [self.now()]
        self._every = max(1, number // PARTS)
        self._seen = 0

    def now(self) -> Mark:
        """How far it is."""
        spent = (time.perf_counter(), time.process_time())
        return Mark(*spent, self.alone, self.processor_alone, resident())

    def around(self, work: Callable[P, T]) -> Callable[P, T]:
        """`work`, its time counted as reading alone."""

        def timed(*args: P.args, **options: P.kwargs) -> T:
            begun, worked = time.perf_counter(), time.process_time()
            try:
                return work(*args, **options)
            finally:
                self.alone += time.perf_counter() - begun
                self.processor_alone += time.process_time() - worked

        return timed

    def after(self, work: Callable[P, T]) -> Callable[P, T]:
        """`work`, which ends a document."""

        def counted(*args: P.args, **options: P.kwargs) -> T:
            result = work(*args, **options)
            self._seen += 1
            if self._seen % self._every == 0:
                told(f"documents to {self._seen:,}", self.marks[-1], self.now(), self._every)
                self.marks.append(self.now())
            return result

        return counted


def told(name: str, before: Mark, after: Mark, number: int) -> None:
    """A line on a part of the pass."""
    whole, worked, alone, worked_alone = (
        (b - a) / number * 1000 for a, b in zip(before[:4], after[:4], strict=True)
    )
    row(
        name,
        *(f"{whole:.1f}", f"{alone:.1f}", f"{whole / alone:.2f}"),
        *(f"{worked / worked_alone:.2f}", f"{after.memory / MEGABYTE:.0f}"),
    )


def resident() -> int:
    """The memory of this process now, in bytes; needs Linux."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def prepare(root: Path, plans: list[Path], texts: Iterator[str]) -> tuple[Workspace, int]:
    """A workspace with the plans and with the texts in its inbox; how many characters they have."""
    made = init(root)
    size = 0
    for number, text in enumerate(texts):
        (made.inbox / f"{number:05}.txt").write_text(text, encoding="utf-8")
        size += len(text)
    world = World()
    with session(made, world, new_run(world.now())) as at_work:
        for plan in plans:
            add_plan(at_work, plan)
    return made, size


def main() -> None:
    """Print what a document costs in the pass and alone, and how both and memory grow."""
    options = parser(__doc__)
    options.add_argument("--full", action="store_true", help="5,000 documents")
    options.add_argument("--documents", type=int, default=100, metavar="N")
    options.add_argument("--characters", type=int, default=20_000, metavar="N")
    options.add_argument("--plans", type=Path, nargs="+", metavar="FILE")
    chosen = options.parse_args()
    if chosen.full:
        chosen.documents = 5000
    files = chosen.files or sorted((SEEDS / "reports").glob("*.txt"))
    plans = chosen.plans or [
        *sorted((SEEDS / "plans").glob("*-1[0-9].yaml")),
        SEEDS / "plans" / "chongqing-2025.yaml",
    ]
    with TemporaryDirectory() as folder, Path(folder, "log.jsonl").open("w") as log:
        set_up(LogFormat.JSON, utc_now, stream=log)
        texts = documents(files, chosen.documents, chosen.characters)
        made, size = prepare(Path(folder) / "w", plans, texts)
        flow.figures(flow.read(files[0]))  # dictionaries are loaded before the clock runs
        row(
            f"{chosen.documents:,} documents, {size / MEGABYTE:.1f} million characters",
            *("ms a document", "ms alone", "ratio", "processor ratio", "memory MB"),
        )
        watch = Watch(chosen.documents)
        reading.flow.read = watch.around(flow.read)  # type: ignore[attr-defined]
        reading.flow.figures = watch.around(flow.figures)  # type: ignore[attr-defined]
        ingest._file = watch.after(ingest._file)
        summary = ingest.run_pass(made, new_run(utc_now()))
        end = watch.now()
        database = sum(p.stat().st_size for p in made.root.glob("plantrack.db*"))

    told(f"all {summary.read:,}, with the pass's end", watch.marks[0], end, summary.read)
    row(
        "observations, flags moved, MB of database",
        *(f"{n:,}" for n in (summary.observations, summary.flags, database // MEGABYTE)),
    )


if __name__ == "__main__":
    main()
