"""Figures of labelled texts whose phrase the lexicon knows: whether they get its id, from the text on."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from extract.scorer import STATED, read_once

from plantrack.link import Lexicon
from plantrack.model import Measure

LEXICON = Lexicon.load()
HERE = Path(__file__).parent
# Set by hand for each phrase, unit and measure; a phrase that is not among them goes by its name.
BY_HAND = {
    (row["phrase"], row["unit"], row["measure"]): row["indicator_id"] or None
    for row in csv.DictReader((HERE / "phrases.csv").read_text(encoding="utf-8").splitlines())
}


def meant(label: dict[str, str]) -> str | None:
    """The indicator a labelled phrase names; None where the lexicon has none for it."""
    key = (label["indicator"], label["unit"], label["measure"])
    if key in BY_HAND:
        return BY_HAND[key]
    return LEXICON.identify(key[0], unit=key[1], measure=Measure(key[2]))


def linked(pairs: Iterable[tuple[Path, Path]]) -> Counter[str]:
    """due: figures found whose phrase is an indicator; of these right, wrong (another id) and none."""
    total: Counter[str] = Counter()
    for text, labels in pairs:
        figures = [f for f in read_once(text)[1] if f.kind in STATED]
        with labels.open(encoding="utf-8", newline="") as lines:
            rows = [r for r in csv.DictReader(lines, delimiter="\t") if r["kind"] in STATED]
        for row in rows:
            start, end = int(row["start"]), int(row["end"])
            figure = next((f for f in figures if f.span.start < end and start < f.span.end), None)
            if figure is None or (wanted := meant(row)) is None:
                continue
            total["due"] += 1
            got = figure.indicator_id
            total["right" if got == wanted else "wrong" if got else "none"] += 1
    return total


def test_figures_of_the_source_texts(shared: Path) -> None:
    gold = sorted((shared / "gold").glob("[0-9]*.tsv"))
    total = linked((next((shared / "seeds").glob(f"{p.stem}*")), p) for p in gold)
    assert total["due"] > 400
    assert total["wrong"] <= 0.01 * total["due"]
    assert total["right"] >= 0.97 * total["due"]


@pytest.mark.xdist_group("texts")
def test_figures_of_other_regions() -> None:
    texts = sorted((HERE.parent / "golden" / "texts").glob("[0-9]*.tsv"))
    total = linked((p.with_suffix(".txt"), p) for p in texts)
    assert total["due"] > 800
    assert total["wrong"] <= 0.01 * total["due"]
    assert total["right"] >= 0.97 * total["due"]


def test_a_phrase_as_labelled_gets_the_right_indicator() -> None:
    """Linking by itself: what is lost above is lost in the phrase, not in the lexicon."""
    keys = [key for key, ident in BY_HAND.items() if ident]
    got = {key: LEXICON.identify(key[0], unit=key[1], measure=Measure(key[2])) for key in keys}
    right = sum(got[key] == BY_HAND[key] for key in keys)
    wrong = sum(got[key] not in (None, BY_HAND[key]) for key in keys)
    assert right >= 0.97 * len(keys)
    assert wrong <= 0.01 * len(keys)
