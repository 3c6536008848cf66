"""What a document's page tells of its figures: the places that hold them, and the targets they speak for."""

from __future__ import annotations

from dataclasses import dataclass, field

from plantrack.model import Document, Figure, Section, SectionKind, Span, Status
from plantrack.show.site.labels import KINDS, MEASURES
from plantrack.show.site.parts import Contents, Entry, Leaf, anchor
from plantrack.show.site.past import gravity
from plantrack.show.words import LOOKS, quantity_text

_HEADINGS = (SectionKind.PART, SectionKind.CHAPTER, SectionKind.SECTION)
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
        (f"part-{s.heading.start}", s.title) for s in heads(document).values() if s.kind in _TITLES
    ]


def levels(document: Document) -> dict[SectionKind, str]:
    """What the headings of each kind are in a page, from h2 on without a gap."""
    kinds = {section.kind for section in heads(document).values()}
    found = [kind for kind in _HEADINGS if kind in kinds]
    return {kind: f"h{level}" for level, kind in enumerate(found, 2)}


def heads(document: Document) -> dict[int, Section]:
    """The headings that begin a line, by the place where the line begins."""
    found = {}
    for section in document.sections:
        start = document.text.rfind("\n", 0, section.heading.start) + 1
        if section.kind in _HEADINGS and not document.text[start : section.heading.start].strip():
            found[start] = section
    return found


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
