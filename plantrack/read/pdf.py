"""PDF files that hold text: paragraphs over lines, columns and pages, tables, page furniture set aside."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from plantrack.errors import MissingExtraError, ReadError
from plantrack.model import BlockKind, Conflict, Place
from plantrack.read.layoutrules import PageRules, layout_rules
from plantrack.read.limits import Limits, too_much
from plantrack.read.pdfflow import Frame, Line, frame, goes_on, line_of
from plantrack.read.pdfguard import check_pdf
from plantrack.read.pdflines import PageText, Segment, columns, rows
from plantrack.read.pdftables import Box, has_rules, ruled, unruled
from plantrack.read.pieces import Piece, Pieces, joined, one_line
from plantrack.read.rules import TableRules, structure_rules

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_DIGITS = re.compile(r"\d+")
_UNKNOWN = re.compile(r"[\ufffd\ufffe\uffff\x00\ue000-\uf8ff]")
_UNREADABLE = 0.3  # of a file's letters
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
    finally:
        document.close()


class _Page(NamedTuple):
    """A page taken apart: its segments without furniture, its tables, and its furniture."""

    number: int
    width: float
    segments: list[Segment]
    furniture: list[Segment]
    tables: list[Box]


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
        texts.append((text, list(text.segments()), has_rules(page, limits.page_objects)))
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
        pages.append(_Page(number, text.width, rest, furniture, boxes))
    return Pieces(list(_Flow(pages, structure_rules().tables).pieces()), conflicts=conflicts)


def _check_text(texts: Sequence[str], name: str) -> tuple[Conflict, ...]:
    """The pages without text as a conflict; ReadError where there is no text at all, or none that can be read."""
    empty = [number for number, text in enumerate(texts, start=1) if not text.strip()]
    if len(empty) == len(texts):
        found = f"its {len(texts)} pages hold no text, only pictures of it, as a scanner makes them"
        raise ReadError(name, found, _OCR)
    whole = "".join(texts)
    unknown = len(_UNKNOWN.findall(whole))
    if unknown > _UNREADABLE * len(whole):
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
    out: dict[int, list[Box]] = {}
    with pdfplumber.open(io.BytesIO(data), pages=sorted(texts)) as file:
        for page in file.pages:
            out[page.page_number] = list(ruled(page, texts[page.page_number].inside))
            page.close()
    return out


def _key(segment: Segment) -> str:
    return _DIGITS.sub("0", "".join(segment.text.split()))


def _in_margin(segment: Segment, page: PageText, rules: PageRules) -> bool:
    share = segment.middle / page.height if page.height else 0.5
    return not rules.margin <= share <= 1 - rules.margin


def _repeated(pages: Sequence[tuple[PageText, list[Segment]]], rules: PageRules) -> set[str]:
    """What stands in the margins of many pages, digits set aside."""
    counts = Counter(
        key
        for page, segments in pages
        for key in {_key(s) for s in segments if _in_margin(s, page, rules)}
    )
    due = max(rules.repeated_least, rules.repeated * len(pages))
    return {key for key, count in counts.items() if count >= due}


def _is_furniture(segment: Segment, page: PageText, repeated: set[str], rules: PageRules) -> bool:
    return _in_margin(segment, page, rules) and (
        _key(segment) in repeated or bool(rules.number.fullmatch(segment.text.strip()))
    )


class _Flow:
    """Goes through the pages in reading order and puts paragraphs and tables together again."""

    def __init__(self, pages: Sequence[_Page], rules: TableRules) -> None:
        self._pages, self._rules = pages, rules
        self._lines: list[Line] = []  # of the paragraph that is still open, on this page
        self._last: Line | None = None  # its last line, also from the page before
        self._open = False  # a piece of it has been handed out already
        self._frame: Frame | None = None
        self._table: tuple[float, ...] = ()  # columns of the table that ended the page before
        self._later: list[Piece] = []  # furniture, kept until the paragraph has ended
        self._place = Place()

    def pieces(self) -> Iterator[Piece]:
        """The blocks of all pages, in reading order."""
        for page in self._pages:
            yield from self._break()
            self._place = Place(page=page.number)
            table, self._table = self._table, ()
            boxes = [Segment("", b.left, b.top - 1, b.right, b.top) for b in page.tables]
            fresh = True
            for column in columns([*page.segments, *boxes], page.width):
                marks = {
                    id(s): box
                    for s in column
                    for s_, box in zip(boxes, page.tables, strict=True)
                    if s is s_
                }
                parts = self._parts(rows(column), marks, table if fresh else ())
                for part in parts:
                    if isinstance(part, Box):
                        yield from self._end()
                        self._table = part.columns
                        same = fresh and _alike(table, part.columns)
                        yield Piece(
                            BlockKind.TABLE, place=self._place, goes_on=same, rows=part.rows
                        )
                    else:
                        self._table = ()
                        yield from self._paragraphs(part, fresh)
                    fresh = False
            self._later += [
                Piece(BlockKind.PARAGRAPH, one_line(s.text), self._place, left_out=True)
                for s in sorted(page.furniture, key=lambda s: -s.middle)
            ]
        yield from self._end()

    def _parts(
        self, found: list[list[Segment]], marks: dict[int, Box], table: tuple[float, ...]
    ) -> Iterator[Box | list[Line]]:
        """A column cut into runs of lines and tables."""
        run: list[list[Segment]] = []
        for row in found:
            box = next((marks[id(s)] for s in row if id(s) in marks), None)
            if box is None:
                run.append(row)
                continue
            rest = [s for s in row if id(s) not in marks]
            yield from self._loose([*run, rest] if rest else run, table)
            run, table = [], ()
            yield box
        yield from self._loose(run, table)

    def _loose(
        self, found: list[list[Segment]], table: tuple[float, ...]
    ) -> Iterator[Box | list[Line]]:
        """Rows without rules around them: tables told by their header, and lines."""
        while found:
            hit = unruled(found, self._rules, table)
            if hit is None:
                yield [line_of(row) for row in found]
                return
            first, last, box = hit
            if first:
                yield [line_of(row) for row in found[:first]]
            yield box
            found, table = found[last + 1 :], ()

    def _paragraphs(self, lines: Sequence[Line], fresh: bool) -> Iterator[Piece]:
        around = frame(lines, self._frame)
        for number, line in enumerate(lines):
            over = number == 0 and (fresh or not self._lines)
            above = self._last
            if above is None or not goes_on(
                line, above, self._frame or around if over else around, next_page=over
            ):
                yield from self._end()
            self._lines.append(line)
            self._last = line
        self._frame = around

    def _break(self) -> Iterator[Piece]:
        """Hands out what stands on this page of a paragraph that may go on on the next."""
        if self._lines:
            text = joined(line.text for line in self._lines)
            yield Piece(BlockKind.PARAGRAPH, self._spaced(text), self._place, goes_on=self._open)
            self._open = True
            self._end_of = text[-1:]
            self._lines = []

    def _spaced(self, text: str) -> str:
        latin = self._open and self._end_of.isascii() and text[:1].isascii()
        return f" {text}" if latin and self._end_of.isalpha() and text[:1].isalpha() else text

    def _end(self) -> Iterator[Piece]:
        """Ends the open paragraph, and hands out the furniture that would have stood in it."""
        yield from self._break()
        self._open, self._last = False, None
        yield from self._later
        self._later.clear()


def _alike(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return (
        bool(one)
        and len(one) == len(other)
        and all(abs(a - b) < 20 for a, b in zip(one, other, strict=True))
    )
