"""Where the letters of a document that was made from a text stand in that text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from plantrack.model import Document, Figure, Span

SURE = 20  # letters that are not in two places by chance


def letters(text: str, start: int = 0, end: int | None = None) -> list[int]:
    """The places of what can be seen: blanks and marks without a shape are the layout's business."""
    stop = len(text) if end is None else end
    return [i for i in range(start, stop) if text[i].isprintable() and not text[i].isspace()]


class Origins:
    """Leads from places in a document back to places in the text it was made from, block by block.

    Each block is looked for behind the one before. One that is not there, because a letter was
    lost or stands elsewhere, leads nowhere: what was read in it counts as lost.
    """

    def __init__(self, document: Document, source: str) -> None:
        places = letters(source)
        bare = "".join(source[i] for i in places)
        self._here: list[int] = []
        self._there: list[int] = []
        self.total = len(places)
        at = 0
        for block in document.blocks:
            if block.left_out:
                continue
            own = letters(document.text, block.span.start, block.span.end)
            said = "".join(document.text[i] for i in own)
            found = at if bare.startswith(said, at) else -1
            if found < 0 and len(said) >= SURE:
                found = bare.find(said, at)
            if found >= 0:
                at = found + len(said)
                self._here += own
                self._there += places[found:at]

    @property
    def share(self) -> float:
        """How much of the text the document holds, in its order."""
        return len(self._here) / self.total

    def span(self, span: Span) -> Span | None:
        """The same piece in the text."""
        first, last = bisect_left(self._here, span.start), bisect_left(self._here, span.end) - 1
        if first > last or last >= len(self._here):
            return None
        return Span(start=self._there[first], end=self._there[last] + 1)

    def figures(self, found: Iterable[Figure]) -> tuple[Figure, ...]:
        """Figures with the places they have in the text; without those that lead nowhere."""
        led = ((figure, self.span(figure.span)) for figure in found)
        return tuple(f.model_copy(update={"span": span}) for f, span in led if span is not None)
