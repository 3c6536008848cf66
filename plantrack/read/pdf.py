"""PDF files that hold text: paragraphs over lines, columns and pages, tables, page furniture set aside."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from plantrack.errors import MissingExtraError, ReadError
from plantrack.model import Conflict
from plantrack.read.layoutrules import PageRules, layout_rules
from plantrack.read.limits import Limits, too_much
from plantrack.read.pdfflow import Flow, Page
from plantrack.read.pdfguard import check_pdf
from plantrack.read.pdflines import PageText, Segment, rows
from plantrack.read.pdftables import Box, has_rules, ruled
from plantrack.read.pieces import Pieces
from plantrack.read.rules import structure_rules

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_DIGITS, _LETTER = re.compile(r"\d+"), re.compile(r"[^\W\d_]")
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
    unknown: list[Counter[str]] = []
    letters = 0
    for page in document:
        text = PageText(page, limits.page_objects)
        letters += len(text.text)
        if letters > limits.characters:
            raise too_much(name, "characters", letters, limits.characters, "characters")
        unknown.append(text.unknown())
        segments, lines = text.segments(), has_rules(page, limits.page_objects)
        texts.append((text, segments, lines))
        if not (lines and segments):
            text.close()  # only the cells of ruled tables are looked up later
    conflicts = _check_text([text.text for text, _, _ in texts], unknown, name)
    layout = layout_rules().pages
    margins = [_margin_keys(text, segments, layout) for text, segments, _ in texts]
    repeated = _repeated([(t[1], keys) for t, keys in zip(texts, margins, strict=True)], layout)
    drawn = [n for n, (_, segments, lines) in enumerate(texts, start=1) if lines and segments]
    tables = _ruled_tables(data, {n: texts[n - 1][0] for n in drawn}) if drawn else {}
    pages = []
    for number, (text, segments, _) in enumerate(texts, start=1):
        boxes = tables.get(number, [])
        free = [s for s in segments if not any(box.holds(s) for box in boxes)]
        keys = margins[number - 1]
        furniture = [
            s for s in free if s in keys and (keys[s] in repeated or _is_number(s, layout))
        ]
        rest = [s for s in free if s not in furniture] if furniture else free
        pages.append(Page(number, text.width, rest, furniture, boxes))
    return Pieces(list(Flow(pages, structure_rules().tables).pieces()), conflicts=conflicts)


def _check_text(
    texts: Sequence[str], unknown: Sequence[Counter[str]], name: str
) -> tuple[Conflict, ...]:
    """The pages without text as a conflict; ReadError where there is no text at all, or none that can be read."""
    empty = [number for number, text in enumerate(texts, start=1) if not text.strip()]
    if len(empty) == len(texts):
        found = f"its {len(texts)} pages hold no text, only pictures of it, as a scanner makes them"
        raise ReadError(name, found, _OCR)
    letters, lost = sum(map(len, texts)), sum(fonts.total() for fonts in unknown)
    if lost > layout_rules().pages.unreadable * letters:
        number, fonts = next((n, fonts) for n, fonts in enumerate(unknown, start=1) if fonts)
        found = (
            f"{lost:,} of its {letters:,} letters are in fonts that do not say which they are, "
            f"first on page {number} in {max(fonts, key=fonts.__getitem__) or 'one without a name'}"
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


_Key = tuple[str, int]  # what is said, digits set aside, and how high it stands


def _margin_keys(
    page: PageText, segments: Sequence[Segment], rules: PageRules
) -> dict[Segment, _Key]:
    """What stands in the margins of a page, with what it is known by on other pages.

    Page heads and feet have a piece or two. A row of more is known as a whole, in which only page
    numbers are set aside, and digits beside others are no head: the cells of a table look alike
    from page to page.
    """
    found = [s for s in segments if not rules.margin <= _height(s, page) <= 1 - rules.margin]
    keys = {}
    for row in rows(found):
        texts = ["".join(s.text.split()) for s in row]
        whole = "\t".join("0" if rules.number.fullmatch(text) else text for text in texts)
        for segment, text in zip(row, texts, strict=True):
            alone = len(row) <= rules.pieces and (len(row) == 1 or _LETTER.search(text))
            said = _DIGITS.sub("0", text) if alone else whole
            keys[segment] = (said, round(segment.middle / rules.same_height))
    return keys


def _height(segment: Segment, page: PageText) -> float:
    """How high a segment stands, as a share of the page."""
    return segment.middle / page.height if page.height else 0.5


def _repeated(
    pages: Sequence[tuple[Sequence[Segment], Mapping[Segment, _Key]]], rules: PageRules
) -> set[_Key]:
    """What stands in the margins of many pages at the same height."""
    counts: Counter[_Key] = Counter()
    outer: Counter[_Key] = Counter()
    for segments, keys in pages:
        edges = {end(s.middle for s in segments) for end in (min, max)} if segments else set()
        counts.update(set(keys.values()))
        outermost = (
            key
            for s, key in keys.items()
            if any(abs(s.middle - e) < rules.same_height for e in edges)
        )
        outer.update(set(outermost))
    least = max(rules.repeated_least, rules.repeated * len(pages))
    least_outer = max(rules.repeated_outermost, rules.repeated * len(pages))
    steps = (-1, 0, 1)
    return {
        (text, height)
        for text, height in counts
        if sum(counts[text, height + step] for step in steps) >= least
        or sum(outer[text, height + step] for step in steps) >= least_outer
    }


def _is_number(segment: Segment, rules: PageRules) -> bool:
    """Whether a segment is a page number that nothing else could be: one with signs around it."""
    text = segment.text.strip()
    return bool(rules.number.fullmatch(text) and not text.isalnum())
