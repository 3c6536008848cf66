"""Where a piece of a document stands in the file that people have before them."""

from __future__ import annotations

from enum import StrEnum

from plantrack.model.base import Model, Text
from plantrack.model.span import Span


class BlockKind(StrEnum):
    """What a block of a document is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    NOTE = "note"  # footnotes, the notes under a table


class Place(Model):
    """Where a block came from: what its format can say, from 1.

    `page` is a page of a PDF, or which of several files that make one document; `sheet` and
    `cell` (D6) lie in a workbook; `element` is the path of a web page's or a Word document's
    element; `line` counts the lines of a plain text.
    """

    page: int | None = None
    sheet: str = ""
    cell: str = ""
    element: str = ""
    line: int | None = None

    @property
    def text(self) -> Text:
        """The place in words: 第12页, 工作表“指标”, 第8行. The element's path is for programs and not said."""
        zh, en = [], []
        if self.page is not None:
            zh.append(f"第{self.page}页")
            en.append(f"page {self.page}")
        if self.sheet:
            zh.append(f"工作表“{self.sheet}”")
            en.append(f"sheet “{self.sheet}”")
        if self.cell:
            zh.append(f"单元格{self.cell}")
            en.append(f"cell {self.cell}")
        if self.line is not None:
            zh.append(f"第{self.line}行")
            en.append(f"line {self.line}")
        return Text(zh="，".join(zh), en=", ".join(en))


class Block(Model):
    """A piece of a document's text with its place in the source.

    Its own text is `span.of(document.text)`. Blocks are in order and do not overlap; a paragraph
    that runs over a page break is two blocks with nothing between them. `left_out` marks the
    furniture of pages (menus, share bars, page heads and numbers): it stays in the text, and
    nothing is read from it.
    """

    kind: BlockKind
    span: Span
    place: Place
    left_out: bool = False
