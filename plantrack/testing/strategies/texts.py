"""Texts and the numbers in them: documents whose every span fits, and figures that stand in them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from hypothesis import strategies as st

from plantrack.model import (
    Block,
    BlockKind,
    Cell,
    Document,
    DocumentKind,
    Figure,
    FigureKind,
    Measure,
    Outlook,
    Period,
    Place,
    Quantity,
    Section,
    SectionKind,
    Source,
    Span,
    Table,
)
from plantrack.model.quantity import plain
from plantrack.testing.strategies.values import UNITS, decimals, phrases, scopes

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_BREAKS = ("\n", "\r\n", "\n\n")
_FILLERS = ("", "预计", "其中，", "𠮷", "\u3000\u3000")


class _Said(NamedTuple):
    """A sentence with the place of its number in it."""

    text: str
    start: int
    end: int


@st.composite
def documents(draw: st.DrawFn, *, min_sentences: int = 0, min_rows: int = 0) -> Document:
    """A text with a heading, sentences that each hold one figure, and in some a table.

    Every span is an offset into `text`, which has line ends of any kind and signs beyond the
    first plane. Each cell of the table is a sentence of its own, as readers make it. Some come
    from a format with pages or elements, and then have a layout.
    """
    title, line = draw(phrases()), draw(st.sampled_from(_BREAKS))
    said = draw(st.lists(_sentences(), min_size=min_sentences, max_size=4))
    text, places = f"{title}{line}", []
    for one in said:
        places.append(Span(start=len(text), end=len(text) + len(one.text)))
        text += f"{one.text}{line}"
    tables: tuple[Table, ...] = ()
    written = draw(st.lists(st.tuples(phrases(), decimals()), min_size=min_rows, max_size=2))
    if written:
        cells: list[Cell] = []
        begin = len(text)
        for row, pair in enumerate(written):
            for column, cell in enumerate((pair[0], plain(pair[1]))):
                span = Span(start=len(text), end=len(text) + len(cell))
                cells.append(Cell(text=cell, span=span, row=row, column=column))
                text += f"{cell}{line}"
        table = Span(start=begin, end=cells[-1].span.end)
        tables = (Table(title=title, span=table, cells=tuple(cells)),)
    heading = Span(start=0, end=len(title))
    year = draw(st.integers(2016, 2035))
    return Document(
        name=f"{draw(phrases())}.txt",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        title=title,
        kind=draw(st.sampled_from(DocumentKind)),
        region=draw(st.none() | scopes()),
        planned=draw(st.none() | st.just(Period.years(year + 1))),
        reviewed=Period.years(year),
        sections=(
            Section(
                kind=SectionKind.CHAPTER,
                title=title,
                heading=heading,
                span=Span(start=0, end=len(text)),
                outlook=draw(st.sampled_from(Outlook)),
            ),
        ),
        tables=tables,
        sentences=(heading, *places, *(cell.span for table in tables for cell in table.cells)),
        layout=draw(_layouts(heading, places, tables)),
    )


@st.composite
def _layouts(
    draw: st.DrawFn, heading: Span, sentences: Sequence[Span], tables: Sequence[Table]
) -> tuple[Block, ...]:
    """None, or a block for each piece: on pages, or in the elements of a web page or Word file."""
    form = draw(st.sampled_from(["plain", "pages", "elements"]))
    if form == "plain":
        return ()
    pieces = [
        (BlockKind.HEADING, heading),
        *((BlockKind.PARAGRAPH, span) for span in sentences),
        *((BlockKind.TABLE, table.span) for table in tables),
    ]
    page, blocks = 1, []
    for number, (kind, span) in enumerate(pieces, 1):
        page += draw(st.integers(0, 1))
        place = Place(page=page) if form == "pages" else Place(element=f"body/p[{number}]")
        blocks.append(Block(kind=kind, span=span, place=place))
    return tuple(blocks)


@st.composite
def figures(draw: st.DrawFn, document: Document | None = None) -> Figure:
    """A figure that stands in `document`, or in one that is drawn for it: its text is what its span holds.

    A document that was not drawn here has to have a sentence with a digit in it.
    """
    inside = draw(documents(min_sentences=1)) if document is None else document
    runs = [run for sentence in inside.sentences for run in _numbers(inside.text, sentence)]
    sentence, span = draw(st.sampled_from(runs))
    written = span.of(inside.text)
    measure = draw(st.sampled_from([Measure.LEVEL, Measure.GROWTH]))
    unit = "%" if measure is Measure.GROWTH else draw(st.sampled_from(UNITS))
    return Figure(
        doc=inside.name,
        span=span,
        text=written,
        kind=draw(st.sampled_from(FigureKind)),
        indicator=draw(phrases()),
        measure=measure,
        quantity=Quantity(value=Decimal(written), unit=unit, estimated=draw(st.booleans())),
        period=inside.reviewed,
        scope=draw(st.none() | scopes()),
        sentence=sentence,
        confidence=draw(st.floats(0, 1)),
    )


@st.composite
def sources(draw: st.DrawFn) -> Source:
    """A place that proves a value: a sentence of a text, a row of a table, or a file alone."""
    name = draw(phrases())
    match draw(st.sampled_from(["file", "row", "sentence"])):
        case "row":
            row = draw(st.integers(1, 99))
            return Source(doc=f"{name}.yaml", quote=draw(phrases()), table_row=row)
        case "sentence":
            said, before = draw(_sentences()), draw(st.integers(0, 1000))
            return Source(
                doc=f"{name}.txt",
                span=Span(start=before + said.start, end=before + said.end),
                sentence=Span(start=before, end=before + len(said.text)),
                quote=said.text,
            )
        case _:
            return Source(doc=f"{name}.yaml")


@st.composite
def _sentences(draw: st.DrawFn) -> _Said:
    head = f"{draw(st.sampled_from(_FILLERS))}{draw(phrases())}"
    number = plain(draw(decimals()))
    text = f"{head}{number}{draw(st.sampled_from(UNITS))}。"
    return _Said(text, len(head), len(head) + len(number))


def _numbers(text: str, sentence: Span) -> list[tuple[Span, Span]]:
    """The numbers of a sentence, each with it."""
    runs = _NUMBER.finditer(text, sentence.start, sentence.end)
    return [(sentence, Span(start=run.start(), end=run.end())) for run in runs]
