"""A document's text in its page: untouched, each figure in it highlighted and linked to its targets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from markupsafe import Markup, escape

from plantrack.model import Document, Section, SectionKind, Span
from plantrack.show.hidden import shown
from plantrack.show.highlight import cut
from plantrack.show.site.papers import Mark, heads, levels

_LINES = 40  # lines of a part that the browser lays out only when it comes into view


class Prose:
    """A text cut at its highlights, of which any stretch can be put into a page.

    `root` leads from the page to the site's root, `at` are the ends of the stretches. Every
    character of a stretch is there, in order, outside of tags.
    """

    def __init__(self, document: Document, marks: list[Mark], root: str, at: Iterable[int]) -> None:
        self._text, self._marks, self._root = document.text, marks, root
        spans = [*(mark.span for mark in marks), *_sentences(document, marks)]
        self._pieces = list(cut(len(document.text), spans, at))
        self._starts = [piece.start for piece in self._pieces]
        self._named: set[int] = set()

    def html(self, start: int, end: int) -> Markup:
        """The stretch from `start` to `end`, both among `at`."""
        count = len(self._marks)
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        parts: list[Markup] = []
        for sentence, group in groupby(
            self._pieces[first:last], lambda piece: [n for n in piece.covers if n >= count]
        ):
            inner = Markup("").join(
                self._piece(
                    self._text[piece.start : piece.end], [n for n in piece.covers if n < count]
                )
                for piece in group
            )
            parts.append(
                Markup('<span class="s" data-s="{}">{}</span>').format(sentence[0], inner)
                if sentence
                else inner
            )
        return Markup("").join(parts)

    def _piece(self, quote: str, inside: list[int]) -> Markup:
        said = escape(shown(quote.rstrip("\r\n") if not inside else quote))
        if not inside:
            return said
        marks = self._marks
        # the shortest of several is what the reader points at
        shortest = min(inside, key=lambda n: len(marks[n].span))
        mark, fresh = marks[shortest], [n for n in inside if n not in self._named]
        self._named.update(fresh)
        others = Markup("").join(
            Markup('<span id="{}"></span>').format(marks[n].name) for n in fresh if n != shortest
        )
        entries = mark.entries
        kind = mark.figures[0].kind.value if mark.figures else "target" if mark.goals else "actual"
        status = mark.status
        classes = f"m k-{kind}" + (f" linked s-{status.value}" if status is not None else "")
        href = self._root + entries[0].page if entries else f"#{mark.name}"
        name = Markup(' id="{}"').format(mark.name) if shortest in fresh else Markup("")
        return Markup('{}<a{} class="{}" href="{}" data-m="{}">{}</a>').format(
            others, name, classes, href, " ".join(map(str, inside)), said
        )


def lines_of(document: Document, marks: list[Mark], root: str) -> Markup:
    """A plain text as HTML: each of its lines a paragraph or a heading."""
    text, titles, tags = document.text, heads(document), levels(document)
    starts = list(_line_starts(text))
    prose = Prose(document, marks, root, starts)
    return in_parts(
        headed(titles.get(start), tags, prose.html(start, end))
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True)
        if start < end
    )


def in_parts(blocks: Iterable[Markup]) -> Markup:
    """Blocks in sections of some, each of which the browser lays out when it comes into view."""
    out: list[Markup] = []
    for number, block in enumerate(blocks):
        if number % _LINES == 0:
            out.append(
                Markup('</section><section class="part">' if number else '<section class="part">')
            )
        out.append(block)
    out.append(Markup("</section>" if out else ""))
    return Markup("\n").join(out)


def headed(section: Section | None, tags: Mapping[SectionKind, str], body: Markup) -> Markup:
    """A line as the heading of its section, by the section's kind, or as a paragraph."""
    if section is None:
        blank = Markup("" if body.strip() else ' class="blank"')
        return Markup("<p{}>{}</p>").format(blank, body)
    tag = Markup(tags[section.kind])
    return Markup('<{0} id="part-{1}">{2}</{0}>').format(tag, section.heading.start, body)


def _sentences(document: Document, marks: list[Mark]) -> list[Span]:
    """The sentences around the marks; of two that cross the first."""
    around: dict[tuple[int, int], Span] = {}
    for mark in marks:
        for span in mark.sentences:
            if len(span) and span.end <= len(document.text):
                around[span.start, span.end] = span
    kept: list[Span] = []
    for key in sorted(around):
        if not kept or kept[-1].end <= key[0]:
            kept.append(_trimmed(around[key], document.text))
    return kept


def _trimmed(span: Span, text: str) -> Span:
    """Without the blanks at its beginning: an indent is no part of what is said."""
    quote = span.of(text)
    return Span(start=span.end - len(quote.lstrip()), end=span.end)


def _line_starts(text: str) -> Iterator[int]:
    yield 0
    at = text.find("\n")
    while at >= 0:
        yield at + 1
        at = text.find("\n", at + 1)
