"""How long the figures of whole texts take, printed as JSON, beside cutting the same text into words.

python benchmarks/speed.py [FILE…] [--rounds N]

All of one round happens in one fresh interpreter: every tool has its dictionary loaded and has
read other texts, but has not seen this one, so nothing is remembered of it. Of each tool the
least processor time of the rounds counts: what else the machine does only adds. A ratio below 1
means less time than jieba.lcut. Peers that are not installed are named with the reason.
"""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

from common import PROJECT, alone, parser, row, texts

# What each tool has read before: texts of other places and of several kinds, so that it has loaded all
# it keeps, such as dictionaries and the patterns that it compiles when they are first asked for.
WARM = tuple(
    path.read_text("utf-8")
    for name in ("111_*.txt", "303_*.txt", "563_*.txt", "622_*.txt")
    for path in (PROJECT / "tests" / "golden" / "texts").glob(name)
)
WARMING = "\n".join(WARM)
PEER = "jieba.lcut"


def plantrack_figures(paths: list[Path]) -> Callable[[], object]:
    """What the command does with each file: read, extract, link, print."""
    from plantrack import flow
    from plantrack.cli.finding import find
    from plantrack.read import parse

    for text in WARM:
        flow.figures(parse(text, "warm.txt"))

    def run() -> None:
        with redirect_stdout(io.StringIO()):
            for path in paths:
                for line in find(path, jsonl=True).lines:
                    print(line)

    return run


def jieba_words(paths: list[Path]) -> Callable[[], object]:
    """jieba, exact mode with its hidden Markov model."""
    import jieba

    jieba.setLogLevel(60)
    jieba.lcut(WARMING)
    return lambda: [jieba.lcut(path.read_text("utf-8")) for path in paths]


def rjieba_words(paths: list[Path]) -> Callable[[], object]:
    """jieba's algorithm in Rust."""
    import rjieba

    rjieba.cut(WARMING)
    return lambda: [rjieba.cut(path.read_text("utf-8")) for path in paths]


def jionlp_money(paths: list[Path]) -> Callable[[], object]:
    """jionlp's amounts of money."""
    import jionlp

    jionlp.ner.extract_money(WARMING)
    return lambda: [jionlp.ner.extract_money(path.read_text("utf-8")) for path in paths]


def jionlp_quantity(paths: list[Path]) -> Callable[[], object]:
    """jionlp's quantities: money and times, which is what it has."""
    import jionlp

    jionlp.ner.extract_time(WARMING)

    def run() -> None:
        for path in paths:
            text = path.read_text("utf-8")
            jionlp.ner.extract_money(text)
            jionlp.ner.extract_time(text)

    return run


def recognizers(paths: list[Path]) -> Callable[[], object]:
    """recognizers-text: Chinese numbers, and what has a unit."""
    from recognizers_number_with_unit import recognize_currency, recognize_dimension
    from recognizers_text import Culture

    def read(text: str) -> None:
        for line in text.splitlines():  # it takes more than linear time on long texts
            recognize_dimension(line, Culture.Chinese)
            recognize_currency(line, Culture.Chinese)

    read(WARMING)

    def run() -> None:
        for path in paths:
            read(path.read_text("utf-8"))

    return run


TOOLS = {
    "plantrack figures": plantrack_figures,
    PEER: jieba_words,
    "rjieba.cut": rjieba_words,
    "jionlp money": jionlp_money,
    "jionlp money and time": jionlp_quantity,
    "recognizers-text dimension and currency": recognizers,
}
# These take minutes on long texts.
SLOW = frozenset({"jionlp money and time", "recognizers-text dimension and currency"})


def one_round(paths: list[Path], slow: bool) -> None:
    """Print seconds by tool as JSON; a tool that is not there has the reason in the place of seconds."""
    taken: dict[str, float | str] = {}
    for name, make in TOOLS.items():
        if name in SLOW and not slow:
            continue
        try:
            run = make(paths)
        except ImportError as error:
            taken[name] = f"not installed ({error.name})"
            continue
        except Exception as error:  # a peer's own trouble, such as models it wants to fetch
            taken[name] = f"does not start ({type(error).__name__})"
            continue
        begun = time.process_time()
        run()
        taken[name] = time.process_time() - begun
    print(json.dumps(taken))


def main() -> None:
    """Print the least time of each tool over some rounds, and its ratio to jieba's."""
    options = parser(__doc__)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--slow", action="store_true", help="also the peers that take minutes")
    options.add_argument("--one-round", action="store_true", help="print one round as JSON")
    chosen = options.parse_args()
    paths = texts(chosen.files)
    if chosen.one_round:
        one_round(paths, chosen.slow)
        return
    size = sum(len(path.read_text("utf-8")) for path in paths)
    flags = ["--one-round", *(["--slow"] if chosen.slow else [])]
    rounds = [alone("speed.py", *map(str, paths), *flags) for _ in range(chosen.rounds)]
    row(f"{size:,} characters", "ms", "M characters/s", f"of {PEER}")
    for name in rounds[0]:
        if isinstance(rounds[0][name], str):
            row(name, str(rounds[0][name]))
            continue
        spent, peer = (min(r[tool] for r in rounds) for tool in (name, PEER))
        ratio = spent / peer
        row(name, f"{spent * 1000:.0f}", f"{size / spent / 1e6:.2f}", f"{ratio:.2f}")


if __name__ == "__main__":
    sys.exit(main())
