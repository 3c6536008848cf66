"""What documents are made of and how they were read: pieces that fit the document they come from."""

from __future__ import annotations

from functools import lru_cache

from hypothesis import strategies as st

from plantrack import flow
from plantrack.model import (
    Aspect,
    Block,
    Candidate,
    Cell,
    ColumnRole,
    Decision,
    Ground,
    IndicatorRow,
    Nature,
    Period,
    Place,
    RowValue,
    Section,
    Span,
    Table,
    Text,
    Trace,
)
from plantrack.read import parse
from plantrack.testing.strategies.texts import documents, figures
from plantrack.testing.strategies.values import UNITS, phrases, quantities

_ENGLISH = st.from_regex(r"[A-Z][a-z]{1,9}", fullmatch=True)
_PLANNED = Period.years(2026, 2030)


def texts() -> st.SearchStrategy[Text]:
    """The same thing in Chinese and in English."""
    return st.builds(Text, zh=phrases(), en=_ENGLISH)


def places() -> st.SearchStrategy[Place]:
    """A place as one of the formats can say it: page, cell of a sheet, element, line."""
    number = st.integers(1, 99)
    cells = st.from_regex(r"[A-Z][1-9]", fullmatch=True)
    return st.one_of(
        st.builds(Place, line=number),
        st.builds(Place, page=number),
        st.builds(Place, sheet=phrases(), cell=cells),
        st.builds(Place, element=number.map(lambda n: f"body/p[{n}]")),
    )


def blocks() -> st.SearchStrategy[Block]:
    """A block of a document, with its place."""
    return documents().flatmap(lambda document: st.sampled_from(document.blocks))


def sections() -> st.SearchStrategy[Section]:
    """A section of a document."""
    return documents().flatmap(lambda document: st.sampled_from(document.sections))


def tables() -> st.SearchStrategy[Table]:
    """A table of a document: rows of a name and a number."""
    return documents(min_rows=1).map(lambda document: document.tables[0])


def cells() -> st.SearchStrategy[Cell]:
    """A cell of a table."""
    return tables().flatmap(lambda table: st.sampled_from(table.cells))


def candidates() -> st.SearchStrategy[Candidate]:
    """An indicator of the lexicon that a phrase could name."""
    known = sorted(flow.tools().lexicon.indicators)
    return st.builds(Candidate, indicator_id=st.sampled_from(known), score=st.floats(0, 1))


@st.composite
def row_values(draw: st.DrawFn, unit: str = "亿元", role: ColumnRole | None = None) -> RowValue:
    """A value cell of a baseline, goal or result column: a number in `unit`, words, or no data."""
    role = role or draw(st.sampled_from(ColumnRole))
    number = draw(st.none() | quantities([unit], intervals=False, ratios=False))
    text = draw(st.just("—") | phrases()) if number is None else number.written
    start = draw(st.integers(0, 1000))
    return RowValue(
        role=role,
        period=Period.years(2030 if role is ColumnRole.GOAL else 2025),
        text=text,
        span=Span(start=start, end=start + len(text)),
        quantity=number,
    )


@st.composite
def indicator_rows(draw: st.DrawFn) -> IndicatorRow:
    """A row of an indicator table: a baseline and a goal, or two ways to read one cell."""
    unit = draw(st.sampled_from(UNITS))
    base, goal = (draw(row_values(unit, role)) for role in (ColumnRole.BASELINE, ColumnRole.GOAL))
    clear = draw(st.booleans())
    start = draw(st.integers(0, 1000))
    return IndicatorRow(
        table=draw(phrases()),
        number=draw(st.integers(1, 99)),
        indicator=draw(phrases()),
        unit=unit,
        values=(base, goal) if clear else (),
        readings=() if clear else ((base,), (goal,)),
        nature=draw(st.none() | st.sampled_from(Nature)),
        group=draw(st.just("") | phrases()),
        horizon=_PLANNED,
        span=Span(start=start, end=start + draw(st.integers(1, 100))),
    )


def decisions() -> st.SearchStrategy[Decision]:
    """One decision about a number, on any ground."""
    return st.builds(
        Decision,
        aspect=st.sampled_from(Aspect),
        result=phrases(),
        ground=st.sampled_from(Ground),
    )


def traces() -> st.SearchStrategy[Trace]:
    """How plantrack itself read a number of a document that is drawn."""
    _warm()
    return _traces()


@st.composite
def _traces(draw: st.DrawFn) -> Trace:
    document = draw(documents(min_sentences=1))
    return flow.explain(document, draw(figures(document)).span.start)


@lru_cache(maxsize=1)
def _warm() -> None:
    """Load rules and dictionaries now, not while Hypothesis watches how long the first draw takes."""
    flow.figures(parse("某市2024年工作报告\n\n全市产值达到300亿元。\n", "report"))
