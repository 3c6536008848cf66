"""Goals in running text to targets: numbers that were extracted, and goals in words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping

from plantrack.link.goalrules import GoalRules
from plantrack.link.goalwords import Identify, Words
from plantrack.link.rowtargets import goal_of, target_id
from plantrack.link.series import STOPS
from plantrack.model import (
    Document,
    Figure,
    FigureKind,
    Goal,
    Indicator,
    Measure,
    Multiply,
    Nature,
    Outlook,
    Period,
    Series,
    Source,
    Span,
    Target,
)

# A goal as written takes at most this many characters behind its number.
_BEHIND = 12


class TextTargets:
    """Makes the targets of a document's sentences; each says where it stands."""

    def __init__(
        self,
        document: Document,
        rules: GoalRules,
        identify: Identify,
        words: Words,
        indicators: Mapping[str, Indicator],
    ) -> None:
        self._document, self._rules = document, rules
        self._identify, self._words, self._indicators = identify, words, indicators
        self._natures = list(_natures(document, rules))

    def of_figures(self, figures: Iterable[Figure]) -> Iterator[Target]:
        """One target per figure of kind target that stands outside tables and has a period.

        A goal whose period was over before the plan's began is history, not a goal of this plan.
        """
        for figure in figures:
            if figure.kind is not FigureKind.TARGET or figure.table_row is not None:
                continue
            if figure.period is None or self._is_over(figure.period):
                continue
            yearly = figure.measure is Measure.CUMULATIVE and self._yearly(figure)
            series = Series(
                indicator=figure.indicator,
                indicator_id=figure.indicator_id,
                measure=Measure.LEVEL if yearly else figure.measure,
                scope=figure.scope or self._document.region,
            )
            yield self._target(
                series,
                figure.quantity.unit,
                self._goal(figure),
                self.horizon(figure.period),
                figure.span,
                figure.sentence,
            )

    def in_words(self) -> Iterator[Target]:
        """The goals in words of sentences that look ahead under a heading that speaks of goals."""
        document = self._document
        if document.planned is None:
            return
        tables = [t.span for t in document.tables]
        for sentence in document.sentences:
            if any(t.contains(sentence) for t in tables) or not self._speaks_of_goals(sentence):
                continue
            for said in self._words.in_sentence(sentence.of(document.text)):
                series = Series(
                    indicator=said.what,
                    indicator_id=self._identify(said.what, "", said.measure)
                    or self._identify(said.what, "", None),
                    measure=said.measure,
                    scope=document.region,
                )
                place = Span(start=sentence.start + said.start, end=sentence.start + said.end)
                yield self._target(
                    series, self._unit(series), said.goal, document.planned, place, sentence
                )

    def horizon(self, period: Period) -> Period:
        """The plan's period where a goal is for its last year; else the goal's own period."""
        planned = self._document.planned
        if planned is not None and period.last == planned.last and planned.contains(period):
            return planned
        return period

    def _is_over(self, period: Period) -> bool:
        planned = self._document.planned
        return planned is not None and period.last < planned.first

    def _unit(self, series: Series) -> str:
        """The unit a goal in words would be measured in: the lexicon's first."""
        if series.measure is not Measure.LEVEL:
            return "%"
        known = self._indicators.get(series.indicator_id or "")
        return known.units[0] if known is not None and known.units else ""

    def _speaks_of_goals(self, sentence: Span) -> bool:
        if self._document.outlook_at(sentence.start) is not Outlook.PLAN:
            return False
        around = self._document.sections_at(sentence.start)[1:]
        return not around or any(self._rules.goal_sections.search(s.title) for s in around)

    def _goal(self, figure: Figure) -> Goal:
        text = self._document.text
        quantity = figure.quantity.model_copy(
            update={
                "averaged": figure.measure is Measure.AVG_GROWTH or figure.quantity.averaged,
                "summed": figure.measure is Measure.CUMULATIVE or figure.quantity.summed,
            }
        )
        begin = max(figure.sentence.start, figure.span.start - _BEHIND)
        lead = re.split(f"[{STOPS}]", text[begin : figure.span.start])[-1]
        if figure.measure is Measure.MULTIPLE and quantity.value is not None:
            more = 1 if self._rules.more.search(lead) else 0
            return Multiply(factor=quantity.value + more, text=self._written(figure))
        tail = re.split(f"[{STOPS}]", text[figure.span.start : figure.span.end + _BEHIND])[0]
        if quantity.summed and self._yearly(figure):
            quantity = quantity.model_copy(update={"summed": False})
        return goal_of(quantity, self._written(figure), bool(self._rules.hold.search(lead + tail)))

    def _yearly(self, figure: Figure) -> bool:
        """Whether a sum is said of each year: 每年新增3万人."""
        begin = max(figure.sentence.start, figure.span.start - 2 * _BEHIND)
        lead = re.split("[，。；,;]", self._document.text[begin : figure.span.start])[-1]
        return bool(self._rules.yearly.search(lead))

    def _written(self, figure: Figure) -> str:
        """The goal as written: the verb before its number, and up to the next stop behind it."""
        text = self._document.text
        lead = text[max(figure.sentence.start, figure.span.start - _BEHIND) : figure.span.start]
        verb = self._rules.before.search(lead)
        tail = text[figure.span.end : min(figure.sentence.end, figure.span.end + _BEHIND)]
        return (verb[0] if verb else "") + figure.text + re.split(f"[{STOPS}]", tail)[0]

    def _target(
        self, series: Series, unit: str, goal: Goal, horizon: Period, span: Span, sentence: Span
    ) -> Target:
        around = self._document.sections_at(span.start)[1:]
        key = "/".join(map(str, series.key))
        slug = "t" + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        return Target(
            id=target_id(series, slug),
            series=series,
            unit=unit,
            goal=goal,
            horizon=horizon,
            nature=self._nature(span.start),
            group=around[-1].title if around else "",
            source=Source(
                doc=self._document.name,
                span=span,
                sentence=sentence,
                quote=span.of(self._document.text),
                place=self._document.shown_place(span),
            ),
        )

    def _nature(self, offset: int) -> Nature | None:
        return next((nature for span, nature in self._natures if span.contains(offset)), None)


def _natures(document: Document, rules: GoalRules) -> Iterator[tuple[Span, Nature]]:
    """The stretches of text whose goals are of one nature: a paragraph that says so and its list."""
    lines = [m for m in re.finditer(r"[^\r\n]+", document.text) if m[0].strip()]
    open_: tuple[int, int, Nature] | None = None
    for line in lines:
        said = line[0].strip()
        binding, expected = rules.binding.search(said), rules.expected.search(said)
        opens = (binding is None) != (expected is None) and (binding or expected)
        if open_ is not None and not rules.item.match(said):
            yield Span(start=open_[0], end=open_[1]), open_[2]
            open_ = None
        if opens and document.outlook_at(line.start()) is Outlook.PLAN:
            nature = Nature.BINDING if binding else Nature.EXPECTED
            open_ = (line.start(), line.end(), nature)
        elif open_ is not None:
            open_ = (open_[0], line.end(), open_[2])
    if open_ is not None:
        yield Span(start=open_[0], end=open_[1]), open_[2]
