"""Note marks above the line of a web page: they stay in the record, but not in what a sentence says.

Word keeps its footnote marks out of the text; a page has them as superscript letters among others
(m², 10⁸), and what goes before tells them apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.read.layoutrules import WebRules

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_EDGE = "\x00"  # which no page has: a parser takes it out
_NEAR = 4  # letters before a mark that tell whether it is a power


def set_apart(page: LexborHTMLParser) -> None:
    """Puts edges around what stands above the line, so that `cut` finds it in the text."""
    for node in page.css("sup"):
        said = " ".join((node.text_lexbor() or "").split())  # no line ends in it, and no edge
        node.replace_with(f"{_EDGE}{said}{_EDGE}")


def cut(text: str, rules: WebRules, *, in_table: bool = False) -> tuple[str, list[str]]:
    """A text without the note marks in it, and the marks.

    One that it begins with stays: it names the note that follows. So do signs in a table.
    """
    if _EDGE not in text:
        return text, []
    said: list[str] = []
    marks: list[str] = []
    before = ""  # the end of what was said, without blanks
    for number, part in enumerate(text.split(_EDGE)):
        mark = part.strip()
        if number % 2 and before and _is_mark(mark, before, rules, in_table):
            marks.append(mark)
        else:
            said.append(part)
            before = (before + mark)[-_NEAR:]
    return "".join(said), marks


def _is_mark(part: str, before: str, rules: WebRules, in_table: bool) -> bool:
    if rules.note_signs.fullmatch(part):
        return not in_table
    if rules.note_marks.fullmatch(part):
        return True
    return bool(rules.note_numbers.fullmatch(part)) and not rules.powers_of.search(before)
