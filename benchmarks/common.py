"""What the benchmarks share: texts of any size, runs in fresh interpreters, a table of ratios."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from statistics import median

PROJECT = Path(__file__).resolve().parents[1]
# The two long source texts that all figures of README.md were taken on, where they lie beside the
# project; else the short reports that come along.
SOURCES = ("001_*.txt", "004_*.txt")
MEGABYTE = 1_000_000
_DIGITS = re.compile(r"[1-9]")


def parser(doc: str | None) -> ArgumentParser:
    """A command line with the texts to measure on."""
    out = ArgumentParser(description=doc)
    out.add_argument("files", nargs="*", type=Path, metavar="FILE", help="texts to measure on")
    return out


def texts(files: list[Path]) -> list[Path]:
    """The files given, else the source texts, else the reports that come along."""
    if files:
        return files
    sources = PROJECT.parent / "shared" / "seeds"
    found = [path for pattern in SOURCES for path in sorted(sources.glob(pattern))]
    return found or sorted((PROJECT / "seeds" / "reports").glob("*.txt"))


def varied(files: list[Path], size: int, *, joined: bool = False) -> Iterator[str]:
    """Copies of the texts with other digits, `size` bytes of UTF-8 in all (the last one cut short).

    Years keep two of their digits, so that most stay years. `joined` copies have no line ends.
    """
    dice = random.Random(14)
    originals = [path.read_text("utf-8") for path in files]
    left = size
    while left > 0:
        for original in originals:
            text = re.sub(
                r"\d+(?:\.\d+)?",
                lambda m: m[0][:2] + _DIGITS.sub(lambda _: str(dice.randint(1, 9)), m[0][2:]),
                original,
            )
            if joined:
                text = "".join(text.split())
            raw = text.encode()
            if len(raw) > left:
                text = raw[:left].decode("utf-8", "ignore")
            if left > 0:
                yield text
            left -= len(raw)


def documents(folder: Path, files: list[Path], size: int) -> list[Path]:
    """Varied copies as files in a folder."""
    out = []
    for number, text in enumerate(varied(files, size)):
        out.append(folder / f"{number:05}.txt")
        out[-1].write_text(text, encoding="utf-8")
    return out


def one_document(folder: Path, files: list[Path], size: int, *, joined: bool = False) -> Path:
    """Varied copies as one file; `joined` all in one line."""
    path = folder / f"whole-{size}{'-line' if joined else ''}.txt"
    with path.open("w", encoding="utf-8") as out:
        for text in varied(files, size, joined=joined):
            out.write(text if joined else text + "\n")
    return path


# A child that runs plantrack and says what it cost, itself and the processes it started.
_MEASURED = """
import json, resource, sys, time
from plantrack.cli.main import app
begun = time.perf_counter()
try:
    app()
except SystemExit as end:
    code = end.code
spent = time.perf_counter() - begun
own, others = (resource.getrusage(w).ru_maxrss for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps({"seconds": spent, "processor": time.process_time(), "peak": own * 1024, "peak_child": others * 1024, "code": code}), file=sys.stderr)
"""


class Cost(dict[str, float]):
    """What a run of plantrack cost: `seconds` without the interpreter's start, those of the
    `processor` with it, `peak` bytes.
    """


def figures(paths: list[Path], out: str | Path = os.devnull, *options: str) -> Cost:
    """`plantrack figures --jsonl` over files in a fresh interpreter. Needs a system with `resource`."""
    listed = [*map(str, paths), "--jsonl", "--out", str(out), *options]
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, "figures", *listed],
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return Cost(json.loads(done.stderr.splitlines()[-1]))


def seconds(*command: str) -> float:
    """How long a command takes from start to end."""
    begun = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


def alone(script: str, *args: str) -> dict[str, float]:
    """What a script of this folder prints as JSON on its last line, run in a fresh interpreter."""
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name(script)), *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def row(name: str, *cells: str) -> None:
    """One line of a result."""
    print(f"{name:44}", *(f"{cell:>16}" for cell in cells), flush=True)


def middle(values: list[float]) -> float:
    """The median."""
    return median(values)
