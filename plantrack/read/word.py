"""Word files (.docx): paragraphs, tables with merged cells, text boxes, footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from plantrack.errors import ReadError
from plantrack.model import BlockKind, Conflict
from plantrack.read.archive import Archive
from plantrack.read.layoutrules import layout_rules
from plantrack.read.limits import Limits
from plantrack.read.ooxml import parse_xml
from plantrack.read.pieces import GridCell, Piece, Pieces, joined, one_line

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_P, _TBL, _TR, _TC, _T, _BR, _CR, _TAB = (
    _W + t for t in ("p", "tbl", "tr", "tc", "t", "br", "cr", "tab")
)
_HYPHEN, _BREAK, _BOX = (_W + t for t in ("noBreakHyphen", "lastRenderedPageBreak", "txbxContent"))
_VAL, _ID, _TYPE = (_W + a for a in ("val", "id", "type"))
_SAID = (_T, _BR, _CR, _TAB, _HYPHEN, _BREAK, _MATH + "t")
# Deleted and moved text, the reading beside a character, and what stands twice for old programs.
_UNSAID = (_W + "del", _W + "moveFrom", _W + "rt", _COMPATIBLE + "Fallback")
_SOFT = "\u2028"
_MAIN = "word/document.xml"
_NOTES = {"word/footnotes.xml": "footnote", "word/endnotes.xml": "endnote"}


def read_word(data: bytes, name: str, limits: Limits) -> Pieces:
    """The blocks of a Word file; footnotes and endnotes come last, page heads and feet are left out.

    Tracked changes are read as accepted. Macros are not run, linked files not fetched. `page` in
    the places is the one Word last showed, where it wrote that down. MissingExtraError without
    the extra word; ReadError for a damaged file and what exceeds the limits.
    """
    archive = Archive(data, name, limits)
    parts = set(archive.names())
    root = parse_xml(archive.read(_MAIN), name, _MAIN, limits)
    headings: frozenset[str] = frozenset()
    if "word/styles.xml" in parts:
        part = "word/styles.xml"
        headings = _heading_styles(parse_xml(archive.read(part), name, part, limits))
    reader = _Reader(root, headings)
    blocks = list(reader.body())
    for part, tag in _NOTES.items():
        if part in parts:
            notes = parse_xml(archive.read(part), name, part, limits)
            blocks += _notes(notes, tag)
    for part in sorted(parts):
        if part.startswith(("word/header", "word/footer")) and part.endswith(".xml"):
            blocks += _margin(parse_xml(archive.read(part), name, part, limits), part)
    foreign = sum(1 for _ in root.iter(_W + "altChunk"))
    conflicts: tuple[Conflict, ...] = ()
    if foreign:
        found = f"{foreign} parts in another format, embedded whole"
        conflicts = (Conflict(about="content", found=found, used="the rest of the file"),)
    if not blocks and not conflicts:
        hint = "If it shows pictures of pages, run OCR on it first."
        raise ReadError(name, "it is a Word file without any text", hint)
    return Pieces(blocks, conflicts=conflicts)


def _heading_styles(styles: _Element) -> frozenset[str]:
    """The ids of the styles that Word shows in its outline."""
    out = set()
    for style in styles.iter(_W + "style"):
        named = style.find(_W + "name")
        name = "" if named is None else (named.get(_VAL) or "").lower()
        level = style.find(f"{_W}pPr/{_W}outlineLvl")
        if (
            name.startswith(("heading", "标题"))
            or name == "title"
            or (level is not None and level.get(_VAL) != "9")
        ):
            out.add(style.get(_W + "styleId") or "")
    return frozenset(out)


class _Reader:
    """Reads the body of a document, element by element; `page` goes on with what it meets."""

    def __init__(self, root: _Element, headings: frozenset[str]) -> None:
        self._headings = headings
        self._longest_cell = layout_rules().longest_cell
        self._boxes = _without_boxes(root)
        body = root.find(_W + "body")
        self._body = root if body is None else body
        # Pages can be told only where Word wrote down at least one break.
        self._page = 1 if next(root.iter(_BREAK), None) is not None else None

    def body(self) -> Iterator[Piece]:
        """All blocks, in order; a text box follows the paragraph it hangs on."""
        yield from self._blocks(self._body, "body")

    def _blocks(self, parent: _Element, path: str) -> Iterator[Piece]:
        count: dict[str, int] = {}
        for element in _flow(parent):
            tag = "p" if element.tag == _P else "tbl"
            count[tag] = count.get(tag, 0) + 1
            here = f"{path}/{tag}[{count[tag]}]"
            if tag == "p":
                yield from self._paragraph(element, here)
            else:
                yield from self._table(element, here)
            for number, box in enumerate(self._boxes.get(element, ()), start=1):
                yield from self._blocks(box, f"{here}/box[{number}]")

    def _paragraph(self, element: _Element, path: str) -> Iterator[Piece]:
        text, breaks, leading = _text(element)
        if self._page is not None:
            self._page += leading
        page = self._page
        style = element.find(f"{_W}pPr/{_W}pStyle")
        heading = style is not None and style.get(_VAL) in self._headings
        kind = BlockKind.HEADING if heading else BlockKind.PARAGRAPH
        for line in text.split(_SOFT):
            said = one_line(line)
            if said:
                yield Piece(kind, said, path, page=page)
        if self._page is not None:
            self._page += breaks - leading

    def _table(self, element: _Element, path: str) -> Iterator[Piece]:
        page = self._page
        inner = next((t for t in element.iter(_TBL) if t is not element), None)
        rows = [] if inner is not None else _rows(element)
        texts = [cell.text for row in rows for cell in row]
        if len(rows) > 1 and max(map(len, rows)) > 1 and max(map(len, texts)) <= self._longest_cell:
            if self._page is not None:
                self._page += sum(1 for _ in element.iter(_BREAK))
            yield Piece(BlockKind.TABLE, element=path, rows=rows, page=page)
            return
        for r, row in enumerate(element.iterchildren(_TR), start=1):
            for c, cell in enumerate(row.iterchildren(_TC), start=1):
                yield from self._blocks(cell, f"{path}/tr[{r}]/tc[{c}]")


def _without_boxes(root: _Element) -> dict[_Element, list[_Element]]:
    """Cuts what is not said out of the tree; the text boxes it held, by the paragraph or table they hang on."""
    from lxml import etree

    etree.strip_elements(root, *_UNSAID, with_tail=False)
    boxes: dict[_Element, list[_Element]] = {}
    for box in list(root.iter(_BOX)):
        holder = next((e for e in box.iterancestors(_P, _BOX) if e.tag == _P), None)
        parent = box.getparent()
        if holder is not None and parent is not None:
            parent.remove(box)
            table = next((e for e in holder.iterancestors(_TBL)), None)
            boxes.setdefault(holder if table is None else table, []).append(box)
    return boxes


def _flow(parent: _Element) -> Iterator[_Element]:
    """The paragraphs and tables of an element, also those in wrappers (content controls, insertions)."""
    waiting = [parent.iterchildren()]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child.tag in (_P, _TBL):
            yield child
        elif child.tag != _W + "sectPr":
            waiting.append(child.iterchildren())


def _text(paragraph: _Element) -> tuple[str, int, int]:
    """What a paragraph says, the page breaks Word showed in it, and how many of them before its text."""
    parts: list[str] = []
    breaks = leading = 0
    for element in paragraph.iter(*_SAID):
        tag = element.tag
        if tag == _T or tag.startswith(_MATH):
            parts.append(element.text or "")
        elif tag == _BREAK:
            breaks += 1
            leading += not parts
        elif tag == _HYPHEN:
            parts.append("-")
        elif tag == _TAB:
            holder = element.getparent()
            if holder is not None and holder.tag != _W + "tabs":  # there it only sets a tab stop
                parts.append(" ")
        elif element.get(_TYPE) not in ("page", "column"):
            parts.append(_SOFT)
    return "".join(parts), breaks, leading


def _cell_text(cell: _Element) -> str:
    return joined(_text(p)[0].replace(_SOFT, "\n") for p in cell.iter(_P))


def _rows(table: _Element) -> list[list[GridCell]]:
    """The cells of a table, those that a merged one covers left out."""
    out: list[list[GridCell]] = []
    open_: dict[int, tuple[int, int]] = {}  # by column: row and index of the cell merged downwards
    for number, row in enumerate(_children(table, _TR)):
        before = row.find(f"{_W}trPr/{_W}gridBefore")
        column = _number(before)
        line = [GridCell("", columns=column)] if column else []
        for cell in _children(row, _TC):
            properties = cell.find(_W + "tcPr")
            span = merge = None
            if properties is not None:
                span, merge = properties.find(_W + "gridSpan"), properties.find(_W + "vMerge")
            columns = max(_number(span), 1)
            if merge is not None and merge.get(_VAL) != "restart" and column in open_:
                r, i = open_[column]
                out[r][i] = out[r][i]._replace(rows=number - r + 1)
            else:
                open_.pop(column, None)
                if merge is not None:
                    open_[column] = (number, len(line))
                line.append(GridCell(_cell_text(cell), columns=columns))
            column += columns
        out.append(line)
    return out


def _children(parent: _Element, tag: str) -> Iterator[_Element]:
    """Children of one kind, also those in content controls."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag == _W + "sdt":
            for content in child.iterchildren(_W + "sdtContent"):
                yield from content.iterchildren(tag)


def _number(element: _Element | None) -> int:
    """A count of columns, of at most 1,000; 0 where there is none."""
    written = "" if element is None else element.get(_VAL) or ""
    return min(int(written), 1000) if written.isdecimal() and len(written) < 9 else 0


def _notes(root: _Element, tag: str) -> Iterator[Piece]:
    for number, note in enumerate(root.iterchildren(_W + tag), start=1):
        text = _cell_text(note)
        if text and note.get(_TYPE) in (None, "normal"):
            yield Piece(BlockKind.NOTE, text, f"{tag}[{note.get(_ID) or number}]")


def _margin(root: _Element, part: str) -> Iterable[Piece]:
    text = joined(_text(p)[0] for p in root.iter(_P))
    return [Piece(BlockKind.PARAGRAPH, text, part, left_out=True)] if text else []
