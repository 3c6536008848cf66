"""Texts that nobody would write, read from end to end: nothing may raise, and every span must hold.

`test_fuzz.py` runs a fixed share of it. To look for more, and keep what is found in tests/golden/fuzz:

    PYTHONPATH=tests python -m extract.fuzzing --minutes 60
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import random
import re
import time
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from extract.mutations import MUTATIONS

from plantrack import flow
from plantrack.model import Document, Figure, IndicatorRow, Span
from plantrack.read import parse

TESTS = Path(__file__).parents[1]
KEPT = TESTS / "golden" / "fuzz"
_PIECE = 2_000  # letters of a seed text that are mutated at once
_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=1)
def seeds() -> tuple[str, ...]:
    """Real texts: the reports that come along, the labelled texts, and ../shared/seeds where it is there."""
    folders = [TESTS.parent / "seeds" / "reports", TESTS / "golden" / "texts"]
    folders.append(TESTS.parent.parent / "shared" / "seeds")
    paths = [p for folder in folders for p in sorted(folder.glob("*.txt"))]
    return tuple(flow.read(path).text for path in paths)


def mutated(number: int, texts: tuple[str, ...]) -> str:
    """The mutated text of that number: a piece of a seed text, damaged in one to three ways."""
    dice = random.Random(number)
    text = dice.choice(texts)
    start = dice.randrange(max(1, len(text) - _PIECE))
    text = text[start : start + _PIECE]
    for damage in dice.sample(MUTATIONS, dice.randint(1, 3)):
        text = damage(text, dice)
    return text


def check(text: str, dice: random.Random | None = None) -> int:
    """Read figures, rows, plans, observations and some explanations of a text; the number of figures.

    AssertionError where a span is out of bounds or quotes something else than the figure says.
    """
    document = parse(text, "fuzz")
    found, rows = flow.figures_and_rows(document)
    for span in _spans(document, found, rows):
        assert 0 <= span.start <= span.end <= len(text)
    for figure in found:
        assert text[figure.span.start : figure.span.end] == figure.text != ""
        assert figure.sentence.contains(figure.span)
    assert [f.span.start for f in found] == sorted({f.span.start for f in found})
    for plan in flow.plans(document):
        for target in plan.targets:
            source = target.source
            assert source is None or source.span is None or source.span.end <= len(text)
    flow.observations(document)
    numbers = [m.start() for m in _DIGIT.finditer(text)]
    for at in (dice or random.Random(0)).sample(numbers, min(2, len(numbers))):
        trace = flow.explain(document, at)
        assert trace.span.of(text) == trace.text
        own = next((f for f in found if f.span.start == trace.span.start), None)
        assert (trace.figure is None) == (trace.refused is not None)
        assert trace.figure is None or trace.figure == own
    return len(found)


def _spans(
    document: Document, figures: Iterable[Figure], rows: Iterable[IndicatorRow]
) -> Iterator[Span]:
    yield from document.sentences
    for section in document.sections:
        yield from (section.heading, section.span)
    for table in document.tables:
        yield table.span
        yield from (cell.span for cell in (*table.cells, *table.notes))
    for figure in figures:
        yield from (figure.span, figure.sentence)
    for row in rows:
        yield row.span
        yield from (value.span for way in (row.values, *row.readings) for value in way)


def smaller(text: str, fails: Callable[[str], bool]) -> str:
    """The text without all that it fails without: pieces are left out, half as long each round."""
    size = len(text) // 2
    while size:
        at = 0
        while at < len(text):
            without = text[:at] + text[at + size :]
            if fails(without):
                text = without
            else:
                at += size
        size //= 2
    return text


def keep(text: str) -> Path:
    """Write a case to the corpus, with surrogates as they are; the name comes from what it holds."""
    data = text.encode("utf-8", "surrogatepass")
    path = KEPT / f"{hashlib.sha256(data).hexdigest()[:12]}.txt"
    KEPT.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


def _failure(text: str) -> str:
    try:
        check(text)
    except Exception as error:
        return f"{type(error).__name__}: {str(error)[:120]}"
    return ""


def main() -> None:
    """Look for texts that fail, cut them down and keep them; name those that take unusually long."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=5)
    options.add_argument("--first", type=int, default=1_000_000)
    chosen = options.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    log = logging.getLogger("fuzzing")
    end = time.monotonic() + 60 * chosen.minutes
    texts, number, slowest = seeds(), chosen.first, 0.0
    check(texts[0])  # so that loading the rules is not counted
    while time.monotonic() < end:
        text = mutated(number, texts)
        before = time.process_time()
        wrong = _failure(text)
        cost = (time.process_time() - before) / (len(text) + 2_000) * 1_000_000
        if cost > slowest * 1.2:
            slowest = cost
            log.info("%s: %s letters, %.1f s for a million", number, len(text), cost)
        if wrong:
            log.info("%s: %s", number, wrong)
            log.info(keep(smaller(text, lambda t, kind=wrong[:40]: _failure(t)[:40] == kind)))
        number += 1
    log.info("%s texts", number - chosen.first)


if __name__ == "__main__":
    main()
