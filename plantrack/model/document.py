"""A text with what is known of it as a whole."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from enum import StrEnum
from functools import cached_property

from plantrack.model.base import Model
from plantrack.model.indicator import Scope
from plantrack.model.period import Period
from plantrack.model.span import Span


class DocumentKind(StrEnum):
    """What sort of document it is."""

    PLAN = "plan"  # a plan over several years
    ANNUAL_PLAN = "annual_plan"  # a report on one year's plan with the next year's draft
    REPORT = "report"
    PROPOSAL = "proposal"  # 建议
    COMMUNIQUE = "communique"  # 统计公报
    OTHER = "other"


class SectionKind(StrEnum):
    """The level of a heading."""

    PART = "part"  # 第一篇
    CHAPTER = "chapter"  # 第一章, 一、
    SECTION = "section"  # 第一节, （一）
    ITEM = "item"  # 1.
    BOX = "box"  # 专栏
    NOTE = "note"  # 注, 备注, footnotes, glossary


class Outlook(StrEnum):
    """Whether a passage looks back on what was done or ahead to what is intended."""

    REVIEW = "review"
    PLAN = "plan"
    NEUTRAL = "neutral"


class Section(Model):
    """A heading and what it governs; `span` runs from the heading to the next heading of its level or above.

    `period` is the one period the heading names for what stands under it; None where it names none.
    """

    kind: SectionKind
    title: str
    heading: Span
    span: Span
    outlook: Outlook = Outlook.NEUTRAL
    period: Period | None = None


class Cell(Model):
    """One cell of a table, trimmed; `row` and `column` (from 0) where the source has real cells."""

    text: str
    span: Span
    row: int | None = None
    column: int | None = None


class Table(Model):
    """A table as found: its title, its cells in reading order and the notes under it.

    In a table that was flattened to text the cells have no row and no column yet.
    """

    title: str
    span: Span
    cells: tuple[Cell, ...]
    notes: tuple[Cell, ...] = ()


class Conflict(Model):
    """Two places that disagree about the document; `used` is what plantrack went by."""

    about: str
    found: str
    used: str
    span: Span | None = None


class Document(Model):
    """A decoded text, untouched, with its title, kind, region, periods and structure.

    All spans are offsets into `text`. `planned` is the period the document sets goals for,
    `reviewed` the one it reports on; either may be None. `sentences` are in order and do not
    overlap; a table cell is a sentence of its own.
    """

    name: str
    text: str
    sha256: str
    encoding: str = "utf-8"
    title: str = ""
    kind: DocumentKind = DocumentKind.OTHER
    issuer: str = ""
    number: str = ""
    published: date | None = None
    region: Scope | None = None
    planned: Period | None = None
    reviewed: Period | None = None
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()
    sentences: tuple[Span, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    @cached_property
    def _starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    def sentence_at(self, offset: int) -> Span | None:
        """The sentence that holds `offset`, or None between sentences."""
        i = bisect_right(self._starts, offset) - 1
        if i < 0 or not self.sentences[i].contains(offset):
            return None
        return self.sentences[i]

    @cached_property
    def _nesting(self) -> tuple[list[int], list[tuple[Section, ...]]]:
        """Where the set of sections around a place changes, and the set from there on."""
        edges = sorted({edge for s in self.sections for edge in (s.span.start, s.span.end)})
        waiting = sorted(self.sections, key=lambda s: (s.span.start, -s.span.end))[::-1]
        around: list[tuple[Section, ...]] = []
        open_ones: list[Section] = []
        for edge in edges:
            open_ones = [s for s in open_ones if s.span.end > edge]
            while waiting and waiting[-1].span.start <= edge:
                open_ones.append(waiting.pop())
            around.append(tuple(s for s in open_ones if s.span.contains(edge)))
        return edges, around

    def sections_at(self, offset: int) -> tuple[Section, ...]:
        """The sections around `offset`, outermost first."""
        starts, around = self._nesting
        i = bisect_right(starts, offset) - 1
        return around[i] if i >= 0 else ()

    def outlook_at(self, offset: int) -> Outlook:
        """The outlook of the innermost section around `offset` that has one."""
        for section in reversed(self.sections_at(offset)):
            if section.outlook is not Outlook.NEUTRAL:
                return section.outlook
        return Outlook.NEUTRAL

    def period_at(self, offset: int) -> Period | None:
        """The period that the innermost heading around `offset` names, of those that share its outlook.

        None where none does: then `planned` or `reviewed` is what the passage speaks of.
        """
        outlook = self.outlook_at(offset)
        for section in reversed(self.sections_at(offset)):
            if section.outlook not in (outlook, Outlook.NEUTRAL):
                return None
            if section.period is not None:
                return section.period
        return None
