"""The source texts as Word, web page and PDF, made here and not kept: what is read in them is read again.

Figures are led back to where they stand in the text (see `origins`), for there the labels are.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest
from extract.scorer import count, f1
from read.makers import MAKERS, Grid, Head, Part, parts_of
from read.origins import Origins

from plantrack import flow
from plantrack.model import Document, Figure, Table

FORMATS = ("docx", "html", "pdf")
LOST = 0.02  # of strict F1
# `pytest -m slow` tries them all; without it the long ones are left to it, in PDF at least.
CASES = [
    pytest.param(
        doc,
        suffix,
        id=f"{doc}-{suffix}",
        marks=pytest.mark.slow if suffix == "pdf" and doc in ("002", "004") else (),
    )
    for doc in ("000", "001", "002", "003", "004")
    for suffix in FORMATS
]


@lru_cache(maxsize=2)
def original(folder: Path, doc: str) -> tuple[Document, tuple[Figure, ...]]:
    """A source text and its figures."""
    (path,) = (folder / "seeds").glob(f"{doc}_*.txt")
    document = flow.read(path)
    return document, flow.figures(document)


def read_again(parts: list[Part], suffix: str, folder: Path) -> Document:
    """The document that was written in a format and read."""
    path = folder / f"document.{suffix}"
    path.write_bytes(MAKERS[suffix](parts))
    return flow.read(path)


@pytest.mark.parametrize(("doc", "suffix"), CASES)
def test_a_source_text_in_another_format_says_the_same(
    doc: str, suffix: str, shared: Path, tmp_path: Path
) -> None:
    source, figures = original(shared, doc)
    document = read_again(parts_of(source.text), suffix, tmp_path)
    origins = Origins(document, source.text)
    # the text of a saved page holds its menus, which are left out where they stand in a page again
    assert origins.share >= (0.997 if suffix == "html" else 1)
    again = origins.figures(flow.figures(document))
    assert len(again) >= (1 - LOST) * len(figures) > 0
    for known in ("kind", "title", "planned", "reviewed", "region"):
        assert getattr(document, known) == getattr(source, known)
    labels = shared / "gold" / f"{doc}.tsv"
    if not labels.exists():
        assert {f.span for f in again} == {f.span for f in figures}
        return
    before, after = count(labels, figures), count(labels, again)
    assert before["strict"] > 0
    assert abs(f1(after, "strict") - f1(before, "strict")) <= LOST


def as_grid(table: Table) -> Grid:
    """A table that lies one cell a line as the one it was: five columns, groups across all of them."""
    texts = [cell.text for cell in table.cells]
    rows: list[list[Head | str]] = [list(texts[:5])]
    at = 5
    while at < len(texts):
        number = texts[at].isdecimal()
        rows.append(list(texts[at : at + 5]) if number else [Head(texts[at], columns=5)])
        at += 5 if number else 1
    return Grid(table.title, rows, [note.text for note in table.notes])


@pytest.mark.parametrize("suffix", ["docx", "html", pytest.param("pdf", marks=pytest.mark.slow)])
def test_a_flattened_table_made_whole_again_gives_the_same_targets(
    suffix: str, shared: Path, tmp_path: Path
) -> None:
    source, figures = original(shared, "004")
    (table,) = source.tables
    before, after = source.text[: table.span.start], source.text[table.span.end :]
    parts = [*parts_of(before), as_grid(table), *parts_of(after)]
    document = read_again(parts, suffix, tmp_path)
    assert {cell.column for cell in document.tables[0].cells} == {0, 1, 2, 3, 4}
    labels = shared / "gold" / "004.tsv"
    again = Origins(document, source.text).figures(flow.figures(document))
    lost = f1(count(labels, figures), "strict") - f1(count(labels, again), "strict")
    assert abs(lost) <= LOST

    def goals(of: Document) -> list[tuple[str, str]]:
        return [(t.series.indicator, t.goal.text) for plan in flow.plans(of) for t in plan.targets]

    assert len(goals(source)) > 20
    assert goals(document) == goals(source)
