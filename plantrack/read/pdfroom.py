"""Letters that no font draws: they take no room on a page, and the PDF library leaves out what takes none.

A file may name a font and not hold it. Where this machine has none to stand in for it, or one
without that letter, the letter has no outline; so have the unseen letters that OCR lays over a
picture. Which letters they are the library knows all the same.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

_NONE = 0.01  # points: what is narrower is left out
_BLANK = re.compile(r"[\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2060\ufeff]")
_Thing = Any  # what is drawn on a page, as the library's raw interface has it


def text_page(page: PdfPage, most: int) -> PdfTextPage:
    """The text of a page with the letters that no font draws; `most` objects are looked at.

    The page in memory is altered: text without room is drawn with strokes as thick as its letters
    are high. Blanks take no room in any font and stay as they are: where one parts words there is
    a gap, which the library sees.
    """
    bare = _without_room(page, most)
    for thing in bare:
        _draw(thing, _size(thing))
    text = page.get_textpage()
    said = _that_say_something(text) if bare else set()
    blank = [thing for thing in bare if _place(thing) not in said]
    if not blank:
        return text
    for thing in blank:
        _draw(thing, 0.0)
    text.close()
    return page.get_textpage()


def _without_room(page: PdfPage, most: int) -> list[_Thing]:
    """The texts that the library would leave out."""
    from pypdfium2 import raw

    edges = left, _, right, _ = [ctypes.c_float() for _ in range(4)]
    return [
        thing
        for kind, thing in islice(_things(page), most)
        if kind == raw.FPDF_PAGEOBJ_TEXT
        and raw.FPDFPageObj_GetBounds(thing, *edges)
        and right.value - left.value < _NONE
    ]


def _things(page: PdfPage) -> Iterator[tuple[int, _Thing]]:
    """What is drawn on a page and in the drawings on it, as deep as the library looks into them."""
    from pypdfium2 import raw

    def parts(
        whole: _Thing, count: Callable[[_Thing], int], part: Callable[[_Thing, int], _Thing]
    ) -> Iterator[tuple[int, _Thing]]:
        for i in range(count(whole)):
            thing = part(whole, i)
            kind = raw.FPDFPageObj_GetType(thing)
            yield kind, thing
            if kind == raw.FPDF_PAGEOBJ_FORM:
                yield from parts(thing, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject)

    return parts(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject)


def _size(text: _Thing) -> float:
    """How high the letters of a text are, in points; never so little that it would be left out."""
    from pypdfium2 import raw

    size, matrix = ctypes.c_float(), raw.FS_MATRIX()
    raw.FPDFTextObj_GetFontSize(text, size)
    raw.FPDFPageObj_GetMatrix(text, matrix)
    return max(abs(size.value) * math.hypot(matrix.c, matrix.d), 2 * _NONE)


def _draw(text: _Thing, stroke: float) -> None:
    """Draws a text with strokes of this width, or with none, and has the room it takes measured anew."""
    from pypdfium2 import raw

    filled, stroked = raw.FPDF_TEXTRENDERMODE_FILL, raw.FPDF_TEXTRENDERMODE_STROKE
    raw.FPDFPageObj_SetStrokeWidth(text, stroke)
    raw.FPDFTextObj_SetTextRenderMode(text, stroked if stroke else filled)
    raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, 0, 0)


def _that_say_something(text: PdfTextPage) -> set[int]:
    """The places in memory of the texts that have a letter."""
    from pypdfium2 import raw

    of = text.raw
    return {
        _place(thing)
        for at in range(raw.FPDFText_CountChars(of))
        if not _BLANK.fullmatch(chr(raw.FPDFText_GetUnicode(of, at)))
        and (thing := raw.FPDFText_GetTextObject(of, at))
    }


def _place(thing: _Thing) -> int:
    return ctypes.addressof(thing.contents)
