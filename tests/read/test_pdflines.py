"""The letters of a page: which are not known, and how much room each has."""

from __future__ import annotations

from collections import Counter

import pypdfium2
from read.boxfont import said, unseen

from plantrack.read.pdflines import PageText


def page(contents: bytes) -> PageText:
    return PageText(pypdfium2.PdfDocument(unseen(contents))[0], 1000)


def test_letters_that_are_not_explained_are_counted_by_font() -> None:
    """0xA123 says nothing in this font; behind a letter that counts twice it is the same."""
    assert page(said("到2025年“①㎡")).unknown() == Counter()
    assert page(said("到\ua123年")).unknown() == Counter({"Unseen": 1})
    text = page(said("\ua000\ua123\ua000年\ua123"))
    assert text.text == "𠮷\ua123𠮷年\ua123"
    assert text.unknown() == Counter({"Unseen": 2})


def test_letters_are_as_high_as_their_size() -> None:
    (segment,) = page(said("到2025年", 72, 700)).segments()
    assert (round(segment.bottom, 2), round(segment.top, 2)) == (698.32, 710.32)
    assert segment.size == 12


def test_letters_on_their_side_keep_the_room_of_their_font() -> None:
    """What stands on its side on an upright page has its size from left to right."""
    (segment,) = page(b"0 1 -1 0 300 0 cm " + said("到2025", 72, 100)).segments()
    assert (round(segment.left, 1), round(segment.right, 1)) == (189.2, 201.4)
    assert (round(segment.bottom, 1), round(segment.top, 1)) == (72, 132)
