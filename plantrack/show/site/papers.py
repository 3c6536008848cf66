"""A document's page: its text untouched, each figure in it highlighted and linked to its targets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from markupsafe import Markup, escape

from plantrack.model import Document, Figure, Section, SectionKind, Span, Status
from plantrack.show.hidden import shown
from plantrack.show.highlight import Piece, cut
from plantrack.show.site.labels import KINDS, MEASURES
from plantrack.show.site.parts import Contents, Entry, Leaf, anchor
from plantrack.show.site.past import gravity
from plantrack.show.words import LOOKS, quantity_text

_LINES = 40  # lines of a part that the browser lays out only when it comes into view
_HEADINGS = {SectionKind.PART: "h2", SectionKind.CHAPTER: "h3", SectionKind.SECTION: "h4"}
_TITLES = (SectionKind.PART, SectionKind.CHAPTER)


@dataclass
class Mark:
    """A stretch of the text that holds a figure or proves a value, and the targets it speaks for."""

    span: Span
    figures: list[Figure] = field(default_factory=list)
    goals: list[Entry] = field(default_factory=list)  # targets whose goal stands here
    values: list[Entry] = field(default_factory=list)  # targets whose value stands here
    sentences: list[Span] = field(default_factory=list)  # what is said around it

    @property
    def entries(self) -> list[Entry]:
        """All targets it speaks for, each once."""
        return list({e.page: e for e in (*self.goals, *self.values)}.values())

    @property
    def name(self) -> str:
        """What it is called inside the page."""
        return anchor(self.span.start, self.span.end)

    @property
    def status(self) -> Status | None:
        """The gravest status of its targets."""
        statuses = (e.assessment.status for e in self.entries)
        return max(statuses, key=gravity, default=None)


def marks_of(leaf: Leaf, contents: Contents) -> list[Mark]:
    """All figures of a document and all places that its targets name as proof, in its order."""
    document = leaf.paper.document
    found: dict[tuple[int, int], Mark] = {}

    def at(span: Span | None) -> Mark | None:
        if span is None or not len(span) or span.end > len(document.text):
            return None
        return found.setdefault((span.start, span.end), Mark(span))

    for figure in leaf.paper.figures:
        mark = at(figure.span)
        if mark is not None:
            mark.figures.append(figure)
            mark.sentences.append(figure.sentence)
    for cited in contents.cited.get(leaf.page, ()):
        mark = at(cited.source.span)
        if mark is not None:
            (mark.goals if cited.goal else mark.values).append(cited.entry)
            if cited.source.sentence is not None:
                mark.sentences.append(cited.source.sentence)
    return [found[key] for key in sorted(found)]


def text_of(document: Document, marks: list[Mark], root: str) -> Markup:
    """The text as HTML, in parts of some lines. `root` leads from the page to the site's root.

    Every character is there, in order, outside of tags; only line ends become paragraphs.
    """
    sentences = _sentences(document, marks)
    spans = [*(mark.span for mark in marks), *sentences]
    lines = _line_starts(document.text)
    pieces = cut(len(document.text), spans, lines)
    heads = _heads(document)
    named: set[int] = set()
    out: list[Markup] = []
    for number, line in enumerate(_by_line(pieces, lines)):
        if number % _LINES == 0:
            out.append(
                Markup('</section><section class="part">' if number else '<section class="part">')
            )
        body = _line(document.text, line, marks, named, root)
        out.append(_block(heads.get(line[0].start), body))
    out.append(Markup("</section>" if out else ""))
    return Markup("\n").join(out)


def data_of(marks: list[Mark], root: str) -> list[dict[str, object]]:
    """What the page's script tells of each mark, in the order of `data-m`."""
    return [
        {
            "id": mark.name,
            "figures": [_figure(figure) for figure in mark.figures],
            "targets": [_link(entry, root, goal=True) for entry in mark.goals]
            + [_link(entry, root, goal=False) for entry in mark.values if entry not in mark.goals],
        }
        for mark in marks
    ]


def titles_of(document: Document) -> list[tuple[str, str]]:
    """The parts and chapters, as (name inside the page, title)."""
    return [
        (f"part-{s.heading.start}", s.title) for s in _heads(document).values() if s.kind in _TITLES
    ]


def _heads(document: Document) -> dict[int, Section]:
    """The headings that begin a line, by the place where the line begins."""
    found = {}
    for section in document.sections:
        start = document.text.rfind("\n", 0, section.heading.start) + 1
        if section.kind in _HEADINGS and not document.text[start : section.heading.start].strip():
            found[start] = section
    return found


def _block(section: Section | None, body: Markup) -> Markup:
    if section is None:
        blank = Markup("" if body.strip() else ' class="blank"')
        return Markup("<p{}>{}</p>").format(blank, body)
    start = section.heading.start
    tag = Markup(_HEADINGS[section.kind])
    return Markup('<{0} id="part-{1}">{2}</{0}>').format(tag, start, body)


def _figure(figure: Figure) -> dict[str, object]:
    kind, measure = KINDS[figure.kind], MEASURES[figure.measure]
    return {
        "name": figure.indicator,
        "value": quantity_text(figure.quantity),
        "period": "" if figure.period is None else str(figure.period),
        "scope": "" if figure.scope is None else figure.scope.name,
        "zh": f"{kind.zh} · {measure.zh}",
        "en": f"{kind.en} · {measure.en}",
        "sure": round(100 * figure.confidence),
    }


def _link(entry: Entry, root: str, *, goal: bool) -> dict[str, object]:
    status = entry.assessment.status
    return {
        "href": root + entry.page,
        "name": entry.phrase,
        "en": entry.name.en,
        "status": status.value,
        "sign": LOOKS[status].sign,
        "zh": status.zh,
        "said": status.en,
        "goal": goal,
    }


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


def _line_starts(text: str) -> list[int]:
    starts, at = [0], text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


def _by_line(pieces: Iterable[Piece], starts: list[int]) -> Iterator[list[Piece]]:
    breaks = set(starts)
    line: list[Piece] = []
    for piece in pieces:
        if line and piece.start in breaks:
            yield line
            line = []
        line.append(piece)
    if line:
        yield line


def _line(text: str, line: list[Piece], marks: list[Mark], named: set[int], root: str) -> Markup:
    count = len(marks)
    parts: list[Markup] = []
    for sentence, group in groupby(line, lambda piece: [n for n in piece.covers if n >= count]):
        inner = Markup("").join(
            _piece(
                text[piece.start : piece.end],
                [n for n in piece.covers if n < count],
                marks,
                named,
                root,
            )
            for piece in group
        )
        parts.append(
            Markup('<span class="s" data-s="{}">{}</span>').format(sentence[0], inner)
            if sentence
            else inner
        )
    return Markup("").join(parts)


def _piece(quote: str, inside: list[int], marks: list[Mark], named: set[int], root: str) -> Markup:
    said = escape(shown(quote.rstrip("\r\n") if not inside else quote))
    if not inside:
        return said
    # the shortest of several is what the reader points at
    shortest = min(inside, key=lambda n: len(marks[n].span))
    mark, fresh = marks[shortest], [n for n in inside if n not in named]
    named.update(fresh)
    own = shortest in fresh
    others = Markup("").join(
        Markup('<span id="{}"></span>').format(marks[n].name) for n in fresh if n != shortest
    )
    entries = mark.entries
    kind = mark.figures[0].kind.value if mark.figures else "target" if mark.goals else "actual"
    status = mark.status
    classes = f"m k-{kind}" + (f" linked s-{status.value}" if status is not None else "")
    href = root + entries[0].page if entries else f"#{mark.name}"
    name = Markup(' id="{}"').format(mark.name) if own else Markup("")
    return Markup('{}<a{} class="{}" href="{}" data-m="{}">{}</a>').format(
        others, name, classes, href, " ".join(map(str, inside)), said
    )
