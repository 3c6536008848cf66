"""One pass of the nightly job over thousands of reports: each document's time beside that of extracting it alone.

python benchmarks/load.py [FILE…] [--full] [--documents N] [--characters N] [--plans FILE…] [--in-turn]

The documents are copies of reports with other digits in everything but years, joined until each has
the wanted size, and wait in the inbox of a new workspace with plans of the same regions.

Extraction alone is `flow.read` and `flow.figures` in this one process, which does nothing else at
that time, with the collector told what the pass tells it: every seventh of these very documents,
right before the pass and again right after it. What is told is the mean of both; they are printed
one by one, too, as their distance says how quiet the machine was. Of the pass it is the time on the
clock from the first file to the last (and, in the last line, to its end), whatever its processes do
side by side: one writes and one reads ahead, so this ratio needs two free cores, and a machine with
other work on them makes it larger. The ratio of processor times counts the work of all processes of
the pass, and does not depend on that. Memory is that of all its processes together, pages they share
counted in each.

The parts are tenths of the pass, printed as they pass: time and memory of the last beside the first
show whether they grow. `--in-turn` does the same pass without reading ahead. A small pass is
measured; `--full` is 5,000 documents of 20,000 characters, 100 million in all.
"""

from __future__ import annotations

import os
import random
import re
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, ParamSpec, Self, TypeVar

from common import MEGABYTE, PROJECT, parser, row

from plantrack import flow
from plantrack.job import ingest
from plantrack.job.logs import LogFormat, set_up
from plantrack.job.memory import long_lived
from plantrack.job.plans import add_plan
from plantrack.job.session import World, new_run, session, utc_now
from plantrack.job.workspace import Workspace, init

P = ParamSpec("P")
T = TypeVar("T")

SEEDS = PROJECT / "seeds"
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
PARTS = 10
SAMPLE = 7  # not in step with the number of originals


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
    """How far it is: seconds on the clock, seconds of the processor and bytes, of all processes."""

    seconds: float
    processor: float
    memory: int


def now() -> Mark:
    """This process with its children now; needs Linux."""
    here = Path("/proc/self/task")
    children = [pid for task in here.iterdir() for pid in (task / "children").read_text().split()]
    processor, pages = time.process_time(), 0
    processor += sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])  # of those that have ended
    for pid in children:
        fields = Path("/proc", pid, "stat").read_text().rpartition(")")[2].split()
        processor += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    for pid in ("self", *children):
        pages += int(Path("/proc", pid, "statm").read_text().split()[1])
    return Mark(time.perf_counter(), processor, pages * os.sysconf("SC_PAGE_SIZE"))


class Cost(NamedTuple):
    """What a document takes: milliseconds on the clock and of the processor."""

    clock: float
    processor: float

    @classmethod
    def of(cls, before: Mark, after: Mark, number: int) -> Self:
        """That of so many documents between two marks."""
        whole = after.seconds - before.seconds, after.processor - before.processor
        return cls(*(1000 * seconds / number for seconds in whole))


def alone(paths: list[Path]) -> Cost:
    """What extraction alone takes of these documents."""
    with long_lived():
        begun = now()
        for path in paths:
            flow.figures(flow.read(path))
        return Cost.of(begun, now(), len(paths))


class Watch:
    """Tells what a tenth of the pass took, beside what extraction took before it."""

    def __init__(self, number: int, before: Cost) -> None:
        self.begun = self._last = now()
        self._before = before
        self._every = max(1, number // PARTS)
        self._seen = 0

    def after(self, work: Callable[P, T]) -> Callable[P, T]:
        """`work`, which ends a document."""

        def counted(*args: P.args, **options: P.kwargs) -> T:
            result = work(*args, **options)
            self._seen += 1
            if self._seen % self._every == 0:
                last, self._last = self._last, now()
                cost = Cost.of(last, self._last, self._every)
                told(f"documents to {self._seen:,}", cost, self._before, self._last.memory)
            return result

        return counted


def told(name: str, cost: Cost, beside: Cost, memory: int) -> None:
    """A line on a part of the pass."""
    row(
        name,
        *(f"{cost.clock:.1f}", f"{cost.clock / beside.clock:.2f}"),
        *(f"{cost.processor:.1f}", f"{cost.processor / beside.processor:.2f}"),
        f"{memory / MEGABYTE:.0f}",
    )


def prepare(
    root: Path, plans: list[Path], texts: Iterator[str], *, ahead: bool
) -> tuple[Workspace, int]:
    """A workspace with the plans and with the texts in its inbox; how many characters they have."""
    made = init(root)
    job = made.settings.job.model_copy(update={"ahead": ahead})
    made = Workspace(root, made.settings.model_copy(update={"job": job}))
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
    options.add_argument("--in-turn", action="store_true", help="read no document ahead")
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
        made, size = prepare(Path(folder) / "w", plans, texts, ahead=not chosen.in_turn)
        some = sorted(made.inbox.iterdir())[::SAMPLE]
        flow.figures(flow.read(files[0]))  # dictionaries are loaded before the clock runs
        row(
            f"{chosen.documents:,} documents, {size / MEGABYTE:.1f} million characters",
            *("ms a document", "ratio", "processor ms", "processor ratio", "memory MB"),
        )
        before = alone(some)
        told(f"alone before, {len(some):,} of them", before, before, now().memory)
        watch = Watch(chosen.documents, before)
        ingest._file = watch.after(ingest._file)
        summary = ingest.run_pass(made, new_run(utc_now()))
        end = now()
        after = alone([made.processed / path.name for path in some])
        told("alone after", after, before, now().memory)
        database = sum(p.stat().st_size for p in made.root.glob("plantrack.db*"))

    both = Cost(*(sum(pair) / 2 for pair in zip(before, after, strict=True)))
    whole = Cost.of(watch.begun, end, summary.read)
    told(f"all {summary.read:,}, with the pass's end", whole, both, end.memory)
    row(
        "observations, flags moved, MB of database",
        *(f"{n:,}" for n in (summary.observations, summary.flags, database // MEGABYTE)),
    )


if __name__ == "__main__":
    main()
