"""What a site is made of: boards with their past and their flags, and documents with their figures."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from plantrack.assess import RuleSet
from plantrack.link import Lexicon
from plantrack.model import Assessment, Board, Document, Figure, Flag, Source, Text
from plantrack.model.goal import quantity_of
from plantrack.show.labels import indicator_words, nature_words
from plantrack.show.site.names import file_names
from plantrack.show.site.past import Past, gravity, remembered
from plantrack.show.words import goal_words, place_words, quantity_text, required_words


@dataclass(frozen=True)
class Story:
    """A board, earlier runs on the same plan with the oldest first, and the flags of its targets.

    `rules` is the rule set that judged it where that is not one of the shipped ones: charts draw its band.
    """

    board: Board
    earlier: tuple[Past, ...] = ()
    flags: tuple[Flag, ...] = ()
    rules: RuleSet | None = None

    @cached_property
    def runs(self) -> tuple[Past, ...]:
        """All runs that found something new, this one last."""
        return remembered(self.earlier, self.board)


@dataclass(frozen=True)
class Paper:
    """A document and the figures found in it."""

    document: Document
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A target as the site shows it. `page` is its address from the site's root, `plan` the number of its plan from 1."""

    story: Story
    plan: int
    assessment: Assessment
    page: str
    name: Text
    field: str
    region: str

    @property
    def phrase(self) -> str:
        """The plan's own words for what is measured."""
        return self.assessment.target.series.indicator

    @property
    def goal(self) -> Text:
        """The goal in a few signs; that a row is ambiguous instead, where it is."""
        target = self.assessment.target
        if target.ambiguous:
            return Text(zh="有歧义", en="ambiguous")
        return goal_words(target.goal, target.series.measure)

    @property
    def nature(self) -> Text:
        """How hard it binds."""
        return nature_words(self.assessment.target.nature)

    @property
    def value(self) -> str:
        """The newest value with its unit; empty where there is none."""
        seen = self.assessment.observed
        return "" if seen is None else quantity_text(seen.quantity)

    @property
    def required(self) -> Text:
        """What is needed each year from now on; empty where there is nothing to need."""
        return required_words(self.assessment)

    @property
    def urgency(self) -> tuple[float, ...]:
        """Sorts what lags worst to the front: graver status, binding, the smaller share of what was due."""
        target = self.assessment.target
        return (-gravity(self.assessment.status), target.nature != "binding", self._done)

    @property
    def due(self) -> float | None:
        """The share of what was due that is done; None where it has no meaning or is beyond all measure."""
        share = self.assessment.metrics.attainment
        return share if share is not None and math.isfinite(share) else None

    @property
    def _done(self) -> float:
        """The share of what was due, or of the goal where nothing tells what was due; 1 where neither is known."""
        metrics, quantity = self.assessment.metrics, quantity_of(self.assessment.target.goal)
        if self.due is not None:
            return self.due
        goal = None if quantity is None else quantity.number
        if not goal or metrics.goal_distance is None:
            return 1.0
        return 1 - float(metrics.goal_distance / abs(goal))

    @property
    def searched(self) -> str:
        """What the search box looks through."""
        target = self.assessment.target
        words = (self.phrase, self.name.en, self.field, self.region, target.id, target.responsible)
        return " ".join(words).lower()

    @property
    def goal_number(self) -> str:
        """The goal as a number to sort by; empty where it has none."""
        quantity = quantity_of(self.assessment.target.goal)
        number = None if quantity is None else quantity.number or quantity.low
        return "" if number is None else f"{number:f}"


class Cited(NamedTuple):
    """A target, and where its goal or a value of it stands."""

    entry: Entry
    source: Source
    goal: bool


@dataclass(frozen=True)
class Leaf:
    """A document as the site shows it. `page` is its address from the site's root."""

    paper: Paper
    page: str

    @property
    def title(self) -> str:
        """The document's title, else the name of its file."""
        return self.paper.document.title or self.file

    @property
    def file(self) -> str:
        """The name of its file alone: where it lay is nobody's business."""
        return _last(self.paper.document.name)

    def proves(self, source: Source) -> bool:
        """Whether the words that a source quotes stand here in their place."""
        where, text = source.sentence or source.span, self.paper.document.text
        return where is not None and where.of(text).split() == source.quote.split()


@dataclass(frozen=True)
class Contents:
    """All targets and documents with their addresses, and what proves what."""

    stories: tuple[Story, ...]
    entries: tuple[Entry, ...]
    leaves: tuple[Leaf, ...]

    @classmethod
    def of(cls, stories: tuple[Story, ...], papers: tuple[Paper, ...]) -> Contents:
        """Give everything its address. A document that comes twice has one page."""
        entries: list[Entry] = []
        folders = file_names(story.board.plan.id for story in stories)
        for plan, (story, folder) in enumerate(zip(stories, folders, strict=True), 1):
            board = story.board
            files = file_names(a.target.id for a in board.assessments)
            for assessment, file in zip(board.assessments, files, strict=True):
                entries.append(_entry(story, plan, assessment, f"targets/{folder}/{file}.html"))
        unique: dict[tuple[str, str], Paper] = {}
        for paper in papers:
            unique.setdefault((paper.document.name, paper.document.sha256), paper)
        files = file_names(_base(name) for name, _ in unique)
        leaves = (
            Leaf(paper, f"documents/{file}.html")
            for paper, file in zip(unique.values(), files, strict=True)
        )
        return cls(stories, tuple(entries), tuple(leaves))

    def of_plan(self, plan: int) -> tuple[Entry, ...]:
        """The targets of one plan, by its number."""
        return tuple(entry for entry in self.entries if entry.plan == plan)

    @cached_property
    def _named(self) -> Mapping[str, list[Leaf]]:
        found: dict[str, list[Leaf]] = {}
        for leaf in self.leaves:
            found.setdefault(leaf.paper.document.name, []).append(leaf)
        return found

    def leaf(self, source: Source) -> Leaf | None:
        """The document a source names; of several with one name that which has its words there."""
        found = self._named.get(source.doc, [])
        if len(found) > 1:
            return max(found, key=lambda leaf: leaf.proves(source))
        return found[0] if found else None

    @cached_property
    def cited(self) -> Mapping[str, list[Cited]]:
        """What each page of a document proves: first its goals, then its values, target by target."""
        found: dict[str, list[Cited]] = {}
        for entry in self.entries:
            one = entry.assessment
            seen = (*([one.observed] if one.observed else ()), *one.observations)
            named = [Cited(entry, one.target.source, goal=True)]
            named += [Cited(entry, s, goal=False) for s in dict.fromkeys(o.source for o in seen)]
            for cited in named:
                leaf = self.leaf(cited.source)
                if leaf is not None:
                    found.setdefault(leaf.page, []).append(cited)
        return found

    def place(self, source: Source) -> str:
        """The address of the very words that prove a value; empty where no page has them."""
        leaf, span = self.leaf(source), source.span
        if leaf is None:
            return ""
        if span is None:
            return leaf.page  # of a value written by hand only the file is known
        if not len(span) or span.end > len(leaf.paper.document.text):
            return ""
        return f"{leaf.page}#{anchor(span.start, span.end)}"

    def told(self, source: Source) -> Text:
        """Where a value stands, for people: the file, and page, table, sheet or line in it."""
        leaf, file = self.leaf(source), _last(source.doc)
        place = source.place
        if place is None and leaf is not None and source.span is not None:
            place = leaf.paper.document.place_of(source.span)
        if place is None or not place.zh:
            return place_words(source)
        return Text(zh=f"{file}，{place.zh}", en=f"{file}, {place.en}")


def anchor(start: int, end: int) -> str:
    """What a stretch of a text is called inside its page."""
    return f"at-{start}-{end}"


def _entry(story: Story, plan: int, assessment: Assessment, page: str) -> Entry:
    target = assessment.target
    scope = target.series.scope or story.board.plan.region
    known = Lexicon.load().indicators.get(target.series.indicator_id or "")
    return Entry(
        story=story,
        plan=plan,
        assessment=assessment,
        page=page,
        name=indicator_words(target.series),
        field=target.group or ("" if known is None else known.field),
        region="" if scope is None else scope.name,
    )


def _base(name: str) -> str:
    """A document's file name without folders and ending, from which the name of its page is made."""
    last = _last(name)
    return last.rpartition(".")[0] or last


def _last(name: str) -> str:
    return name.replace("\\", "/").rstrip("/").rpartition("/")[2]
