"""PDFs drawn line by line: what the layout of a page does to a text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import NamedTuple

from read.makers import FONT
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595.0, 842.0
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
_CLOSING = "，。、；：）”"


class Said(NamedTuple):
    """A piece of text at its place, in points from the lower left."""

    x: float
    y: float
    text: str
    size: float = 12


Rule = tuple[float, float, float, float]


def wrapped(text: str, width: float, size: float = 12) -> list[str]:
    """The lines of a paragraph, broken at any letter, numbers too."""
    out, line = [], ""
    for letter in text:
        too_wide = pdfmetrics.stringWidth(line + letter, FONT, size) > width
        if too_wide and letter not in _CLOSING:
            out.append(line)
            line = ""
        line += letter
    return [*out, line]


def column(
    texts: Sequence[str], x: float = 78, top: float = 740, width: float = 440, step: float = 20
) -> list[Said]:
    """Paragraphs one under the other, each with its first line indented by two letters."""
    lines = [line for text in texts for line in wrapped(f"　　{text}", width)]
    return [Said(x, top - step * n, line) for n, line in enumerate(lines)]


def draw(
    pages: Sequence[Sequence[Said]], rules: Sequence[Sequence[Rule]] = (), turn: int = 0
) -> bytes:
    """A PDF of these pages; `rules` are the lines drawn on each.

    A page that is `turn`ed is kept on its side and says so, as scanners and printers keep wide ones.
    """
    origin = {0: (0, 0), 90: (HEIGHT, 0), 180: (WIDTH, HEIGHT), 270: (0, WIDTH)}[turn]
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT))
    for number, page in enumerate(pages):
        canvas.setPageRotation(turn)
        canvas.translate(*origin)
        canvas.rotate(turn)
        for said in page:
            canvas.setFont(FONT, said.size)
            canvas.drawString(said.x, said.y, said.text)
        for rule in rules[number] if number < len(rules) else ():
            canvas.line(*rule)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def grid(xs: Sequence[float], ys: Sequence[float]) -> list[Rule]:
    """The rules of a table with these edges."""
    flat = [(xs[0], y, xs[-1], y) for y in ys]
    return flat + [(x, ys[0], x, ys[-1]) for x in xs]


def table(
    rows: Sequence[Sequence[str]], xs: Sequence[float], top: float, step: float
) -> list[Said]:
    """The cells of a table, each at the left of its column."""
    return [
        Said(x + 4, top - step * (r + 1) + 6, text, 10)
        for r, row in enumerate(rows)
        for x, text in zip(xs, row, strict=False)
        if text
    ]
