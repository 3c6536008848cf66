"""PDF files that hold text: paragraphs over lines, columns and pages, tables, page furniture set aside."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from plantrack.errors import MissingExtraError, ReadError
from plantrack.model import Conflict
from plantrack.read.layoutrules import PageRules, layout_rules
from plantrack.read.limits import Limits, too_much
from plantrack.read.pdfflow import Flow, Page
from plantrack.read.pdfguard import check_pdf
from plantrack.read.pdflines import PageText, Segment
from plantrack.read.pdftables import Box, has_rules, ruled
from plantrack.read.pieces import Pieces
from plantrack.read.rules import structure_rules

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_DIGITS = re.compile(r"\d+")
_UNKNOWN = re.compile(r"[\ufffd\ufffe\uffff\x00\ue000-\uf8ff]")
_OCR = "Run OCR on it (for instance with ocrmypdf -l chi_sim) and read what comes of it."
_NUMBERS = 12  # pages that an error names


def read_pdf(data: bytes, name: str, limits: Limits) -> Pieces:
    """The blocks of a PDF; page heads, page feet and page numbers are left out.

    Only text that the file holds as text is read; scripts are not run, links and attachments not
    followed. MissingExtraError without the extra pdf; ReadError for a damaged or locked file, for
    one that only shows pictures of pages, and for what exceeds the limits.
    """
    try:
        import pypdfium2
    except ImportError:
        raise MissingExtraError("pdf", "Reading PDF files") from None
    check_pdf(data, name, limits)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as e:
        if "password" in str(e).lower():
            raise ReadError(name, "it is locked with a password", "Save it without one.") from None
        raise ReadError(name, f"it is no sound PDF ({e})", "Save it again as PDF.") from None
    try:
        return _read(document, data, name, limits)
    except pypdfium2.PdfiumError as e:
        raise ReadError(name, f"it is no sound PDF ({e})", "Save it again as PDF.") from None
    finally:
        document.close()


def _read(document: PdfDocument, data: bytes, name: str, limits: Limits) -> Pieces:
    if len(document) > limits.pages:
        raise too_much(name, "pages", len(document), limits.pages, "pages")
    texts: list[tuple[PageText, list[Segment], bool]] = []
    letters = 0
    for page in document:
        text = PageText(page)
        letters += len(text.text)
        if letters > limits.characters:
            raise too_much(name, "characters", letters, limits.characters, "characters")
        segments, lines = text.segments(), has_rules(page, limits.page_objects)
        texts.append((text, segments, lines))
        if not (lines and segments):
            text.close()  # only the cells of ruled tables are looked up later
    conflicts = _check_text([text.text for text, _, _ in texts], name)
    layout = layout_rules().pages
    repeated = _repeated([(text, segments) for text, segments, _ in texts], layout)
    drawn = [n for n, (_, segments, lines) in enumerate(texts, start=1) if lines and segments]
    tables = _ruled_tables(data, {n: texts[n - 1][0] for n in drawn}) if drawn else {}
    pages = []
    for number, (text, segments, _) in enumerate(texts, start=1):
        boxes = tables.get(number, [])
        free = [s for s in segments if not any(box.holds(s) for box in boxes)]
        furniture = [s for s in free if _is_furniture(s, text, repeated, layout)]
        rest = [s for s in free if s not in furniture] if furniture else free
        pages.append(Page(number, text.width, rest, furniture, boxes))
    return Pieces(list(Flow(pages, structure_rules().tables).pieces()), conflicts=conflicts)


def _check_text(texts: Sequence[str], name: str) -> tuple[Conflict, ...]:
    """The pages without text as a conflict; ReadError where there is no text at all, or none that can be read."""
    empty = [number for number, text in enumerate(texts, start=1) if not text.strip()]
    if len(empty) == len(texts):
        found = f"its {len(texts)} pages hold no text, only pictures of it, as a scanner makes them"
        raise ReadError(name, found, _OCR)
    whole = "".join(texts)
    unknown = len(_UNKNOWN.findall(whole))
    if unknown > layout_rules().pages.unreadable * len(whole):
        found = (
            f"{unknown:,} of its {len(whole):,} letters are in fonts that do not say which they are"
        )
        raise ReadError(name, found, _OCR)
    if not empty:
        return ()
    named = ", ".join(map(str, empty[:_NUMBERS])) + (" …" if len(empty) > _NUMBERS else "")
    found = f"pages without text, perhaps pictures of it: {named}"
    return (Conflict(about="pages", found=found, used="the other pages"),)


def _ruled_tables(data: bytes, texts: dict[int, PageText]) -> dict[int, list[Box]]:
    """The tables with rules by page; only these pages are opened by the slower library."""
    try:
        import pdfplumber
    except ImportError:
        raise MissingExtraError("pdf", "Reading PDF files") from None
    # what it says of fonts and colours is nothing that a reader of the tables could do anything about
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    out: dict[int, list[Box]] = {}
    with pdfplumber.open(io.BytesIO(data), pages=sorted(texts)) as file:
        for page in file.pages:
            out[page.page_number] = list(ruled(page, texts[page.page_number].inside))
            page.close()
    return out


def _key(segment: Segment, rules: PageRules) -> tuple[str, int]:
    """What a segment says, digits set aside, and how high it stands."""
    said = _DIGITS.sub("0", "".join(segment.text.split()))
    return said, round(segment.middle / rules.same_height)


def _in_margin(segment: Segment, page: PageText, rules: PageRules) -> bool:
    share = segment.middle / page.height if page.height else 0.5
    return not rules.margin <= share <= 1 - rules.margin


def _repeated(
    pages: Sequence[tuple[PageText, list[Segment]]], rules: PageRules
) -> set[tuple[str, int]]:
    """What stands in the margins of many pages at the same height."""
    counts: Counter[tuple[str, int]] = Counter()
    outer: Counter[tuple[str, int]] = Counter()
    for page, segments in pages:
        edges = {end(s.middle for s in segments) for end in (min, max)} if segments else set()
        margins = [s for s in segments if _in_margin(s, page, rules)]
        counts.update({_key(s, rules) for s in margins})
        outermost = [
            s for s in margins if any(abs(s.middle - e) < rules.same_height for e in edges)
        ]
        outer.update({_key(s, rules) for s in outermost})
    least = max(rules.repeated_least, rules.repeated * len(pages))
    least_outer = max(rules.repeated_outermost, rules.repeated * len(pages))
    steps = (-1, 0, 1)
    return {
        (text, height)
        for text, height in counts
        if sum(counts[text, height + step] for step in steps) >= least
        or sum(outer[text, height + step] for step in steps) >= least_outer
    }


def _is_furniture(
    segment: Segment, page: PageText, repeated: set[tuple[str, int]], rules: PageRules
) -> bool:
    """Whether a segment is a page's head or foot, or a page number that nothing else could be."""
    if not _in_margin(segment, page, rules):
        return False
    text = segment.text.strip()
    return _key(segment, rules) in repeated or bool(
        rules.number.fullmatch(text) and not text.isalnum()
    )
