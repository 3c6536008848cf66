"""From decoded text to a Document: identity, periods, sections, tables, sentences."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import attrgetter

from plantrack.model import (
    Block,
    BlockKind,
    Document,
    DocumentKind,
    Period,
    Section,
    SectionKind,
    Span,
)
from plantrack.model.folding import close_up, smooth
from plantrack.read.evidence import NEWS_OPENING, Evidence
from plantrack.read.grids import Given, Grid, grids
from plantrack.read.headings import headings, review_chapter, sections
from plantrack.read.horizon import find_horizon
from plantrack.read.identity import (
    after_headline,
    find_date,
    find_delivery,
    find_first,
    find_region,
    find_title,
)
from plantrack.read.lines import Line, lines, sentences
from plantrack.read.rules import StructureRules, structure_rules
from plantrack.read.toldcells import told_cells
from plantrack.read.turns import with_turns

# Digits of full width become plain ones, so that every offset stays what it was.
_WIDE_DIGIT = re.compile("[０-９]")
_PLAIN = {ord("０") + k: ord("0") + k for k in range(10)}
_start = attrgetter("start")


def parse(
    text: str,
    name: str,
    *,
    encoding: str = "utf-8",
    sha256: str | None = None,
    rules: StructureRules | None = None,
    layout: Sequence[Block] = (),
    given: Iterable[Given] = (),
) -> Document:
    """The Document that `text` is; all its spans are offsets into `text`, which stays untouched.

    `name` stands for the file in errors and outputs; `sha256` is the hash of the original bytes
    (by default of the text as UTF-8). Text without any structure gives a Document with
    sentences only. Linear in the length of the text.

    `layout` are the blocks and `given` the tables of a format that has some of its own. Blocks
    that are left out are blank to everything here.
    """
    rules = rules or structure_rules()
    plain = close_up(smooth(_blanked(text, layout)))
    found = lines(plain)
    tables = grids(plain, found, rules, given)
    if _WIDE_DIGIT.search(text):
        plain = plain.translate(_PLAIN)
        found = lines(plain)
    cells = {i for grid in tables for i in range(grid.first, grid.last + 1)}
    title = find_title(found, rules, cells)
    head = [line for line in found[: rules.head_lines] if len(line.text) <= 2 * rules.max_title]
    said_issuer = find_first(rules.issuer, head)
    issuer = said_issuer["value"] if said_issuer else ""
    document_number = find_first((rules.number,), head)
    published = find_date(found, rules)
    # Everything down to the title, and the title wherever the head repeats it, is no heading.
    # The headline of a text that has no title is none either.
    opens = title.last + 1 or after_headline(found, rules)
    skip = cells | set(range(opens)) | _repeats(title.text, found, rules)
    # A note that goes on with a number (2. …) opens no section, only the notes do.
    noted = {i for grid in tables for i in range(grid.last + 1, grid.closes + 1)}
    heads = [
        head
        for head in headings(plain, found, skip, rules)
        if head.kind is SectionKind.NOTE or head.line not in noted
    ]
    horizon = find_horizon(
        Evidence(
            text=plain,
            title=title.dated,
            body=found[title.last].end if title.last >= title.first else 0,
            lines=[line.text for line in found[title.last + 1 :]],
            heads=[h.title for h in heads],
            review=review_chapter(plain, heads, rules),
            kind=title.kind,
            published=published,
            delivered=find_delivery(head, rules),
        ),
        rules,
    )
    planned, reviewed = horizon.planned, horizon.reviewed
    kind = title.kind
    if not title.text:
        kind = _kind_by_years(planned, reviewed, plain[:NEWS_OPENING], rules)
    cut = {
        i: sentences(plain, line.start, line.end, rules.sentence_ends, rules.closing)
        for i, line in enumerate(found)
        if i not in cells
    }
    running = {i: spans for i, spans in cut.items() if i not in skip}
    # Each filled cell of a table is a sentence too; a merged one is told several times.
    said = {cell.span for grid in tables for cell in grid.table.cells if cell.text}
    outline = sections(plain, heads, title.text, kind, planned, reviewed, rules, horizon.frame)
    return Document(
        name=name,
        text=text,
        sha256=sha256 or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        encoding=encoding,
        title=title.text,
        kind=kind,
        issuer=issuer,
        number="".join(document_number["value"].split()) if document_number else "",
        published=published,
        region=find_region(plain, title.text, issuer, head, rules),
        planned=planned,
        reviewed=reviewed,
        sections=(
            *with_turns(plain, found, running, outline, planned, reviewed, rules),
            *_notes(layout, tables),
            *told_cells((grid.table for grid in tables), planned, reviewed, rules),
        ),
        tables=tuple(grid.table for grid in tables),
        sentences=tuple(sorted((*chain.from_iterable(cut.values()), *said), key=_start)),
        conflicts=horizon.conflicts,
        layout=tuple(layout),
    )


def _kind_by_years(
    planned: Period | None, reviewed: Period | None, opening: str, rules: StructureRules
) -> DocumentKind:
    """What a text without a title is: a plan for several years, if it opens with one, or a report on years gone by."""
    evaluates = planned is not None and reviewed is not None and planned.contains(reviewed)
    if planned is not None and not evaluates:
        plans = (rules.cited, rules.own_plan, *rules.body_plans)
        several = planned.length_in_years > 1 and reviewed is None
        if several or any(pattern.search(opening) for pattern in plans):
            return DocumentKind.PLAN
    return DocumentKind.REPORT if reviewed is not None else DocumentKind.OTHER


def _notes(layout: Iterable[Block], tables: Sequence[Grid]) -> Iterator[Section]:
    """The footnotes and endnotes that a format has as such, each a section of its own."""
    last = max((grid.table.span.end for grid in tables), default=0)
    inside = [grid.table.span for grid in tables]
    for block in layout:
        if block.kind is BlockKind.NOTE and not (
            block.span.start < last and any(span.contains(block.span) for span in inside)
        ):
            heading = Span(start=block.span.start, end=block.span.start)
            yield Section(kind=SectionKind.NOTE, title="", heading=heading, span=block.span)


def _blanked(text: str, layout: Sequence[Block]) -> str:
    """The text with blanks in the place of what is left out, so that every offset stays what it was."""
    parts, at = [], 0
    for block in layout:
        if block.left_out:
            parts += [text[at : block.span.start], " " * len(block.span)]
            at = block.span.end
    return "".join((*parts, text[at:])) if at else text


def _repeats(title: str, found: Sequence[Line], rules: StructureRules) -> set[int]:
    """Numbers of the head's lines that repeat the title or a piece of it, or are a document number.

    A piece shorter than half the title that names a year and what is said of it is a heading.
    """
    out: set[int] = set()
    for i, line in enumerate(found[: rules.head_lines]):
        repeats = len(line.text) <= len(title) and "".join(line.text.split()) in title
        if repeats and 2 * len(line.text) < len(title):
            repeats = not any(p.search(line.text) for p in rules.heading_periods)
        if repeats or rules.number.fullmatch(line.text):
            out.add(i)
    return out
