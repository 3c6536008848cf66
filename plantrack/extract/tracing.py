"""Follows one number through the reading: each stage tells a watch what it made of that number.

A watch decides nothing; where there is none, reading does not pay for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from plantrack.errors import UsageError
from plantrack.extract.mentions import Mention
from plantrack.extract.numerals import fold
from plantrack.extract.readings import Reading
from plantrack.extract.role import Role
from plantrack.model.document import Document
from plantrack.model.figure import Figure, FigureKind
from plantrack.model.row import ColumnRole, IndicatorRow, RowValue
from plantrack.model.span import Span
from plantrack.model.tracing import (
    Aspect,
    Decision,
    Ground,
    Moment,
    Peeled,
    Place,
    Refusal,
    Trace,
    Way,
)

_NUMBER = re.compile(r"\d[\d.,]*")
_NEAREST = 3  # numbers named where the place asked for holds none

Sure = tuple[tuple[float, Ground], ...]


class Watch:
    """Collects what becomes of the number at offset `at` of a document."""

    def __init__(self, at: int) -> None:
        self._at = at
        self._stretch: Refusal | None = None
        self._sentence: Span | None = None
        self._mention: Mention | None = None
        self._said: dict[str, object] = {}
        self._figure: Figure | None = None

    def passed_over(self, stretch: Span, why: Refusal) -> None:
        """A stretch of text in which no sentence is read."""
        if stretch.contains(self._at):
            self._stretch, self._sentence = why, stretch

    def heard(self, sentence: Span, mentions: Iterable[Mention]) -> None:
        """The numbers of a sentence, those included that are no values."""
        for mention in mentions:
            if mention.numeral.lead <= self._at < mention.end:
                self._mention, self._sentence = mention, sentence
                self._stretch = None  # a cell that is read though its table is passed over
                self._said |= {"unit": mention.unit, "bound": mention.cmp, "refused": mention.named}

    def read(self, reading: Reading, refused: Refusal | None) -> None:
        """A number with its phrase and clause, and why it is no figure after all."""
        if reading.mention is not self._mention:
            return
        clause = reading.clause
        self._said |= {
            "refused": refused,
            "bound": reading.mention.cmp or clause.cmp,
            "phrase": reading.phrase,
            "way": Way(reading.how) if reading.how else None,
            "clause": Peeled(
                subject=clause.subject,
                predicate=clause.predicate,
                relation=clause.relation.value,
                words=tuple(sorted(clause.words)),
                since=clause.since,
                whole=clause.share_of,
                opening=clause.opening,
            ),
        }

    def decided(self, text: str, figure: Figure, role: Role, sure: Sure) -> None:
        """What the number is, at what time, and on what grounds; `text` is the document's."""
        if self._mention is None or figure.span.start != self._mention.start:
            return
        self._figure = figure
        if (time := role.time) is not None:
            span = Span(start=time.start, end=time.end)
            carried = not figure.sentence.contains(span)
            self._said["moment"] = Moment(
                span=span, text=span.of(text), period=time.period, carried=carried
            )
        self._said["horizon"] = role.horizon
        self._said["decisions"] = _decisions(figure, *role.grounds, sure)

    def placed(
        self,
        row: IndicatorRow,
        value: RowValue,
        figure: Figure,
        grounds: tuple[Ground, Ground, Ground],
        sure: Sure,
    ) -> None:
        """A number of a table row."""
        if not figure.span.contains(self._at):
            return
        self._stretch, self._figure, self._sentence = None, figure, figure.sentence
        self._said = {
            "unit": figure.quantity.unit,
            "bound": figure.quantity.cmp,
            "phrase": figure.indicator,
            "way": Way.ROW,
            "horizon": row.horizon,
            "decisions": _decisions(figure, *grounds, sure),
            "place": Place(
                table=row.table,
                row=row.number,
                role=value.role,
                cell=value.text,
                marks=value.marks,
                readings=max(1, len(row.readings)),
            ),
        }

    def in_column(self, row: IndicatorRow, figure: Figure, when: Ground) -> None:
        """A number that its column alone makes a figure, in a row with which it is told."""
        if figure.period is None:
            return
        value = RowValue(
            role=ColumnRole.GOAL if figure.kind is FigureKind.TARGET else ColumnRole.RESULT,
            period=figure.period,
            text=figure.text,
            span=figure.span,
            quantity=figure.quantity,
        )
        grounds = (Ground.VALUE_COLUMN, Ground.COLUMN, when)
        self.placed(row, value, figure, grounds, ((figure.confidence, Ground.CLEAR_ROW),))

    def trace(self, document: Document) -> Trace:
        """All that was collected. UsageError, naming the nearest numbers, where no number stands at the offset."""
        span = self._span(document)
        refused = self._said.pop("refused", None) or self._stretch
        figure = None if refused else self._figure
        if figure is None and refused is None:
            refused = Refusal.UNREAD
        return Trace(
            doc=document.name,
            span=span,
            text=span.of(document.text),
            sentence=self._sentence or document.sentence_at(span.start),
            outlook=document.outlook_at(span.start),
            headings=tuple(s.title for s in document.sections_at(span.start) if s.title),
            refused=refused,
            figure=figure,
            **self._said,
        )

    def _span(self, document: Document) -> Span:
        if self._figure is not None:
            return self._figure.span
        if self._mention is not None:
            return Span(start=self._mention.start, end=self._mention.end)
        numbers = [m.span() for m in _NUMBER.finditer(fold(document.text))]
        for start, end in numbers:
            if start <= self._at < end:
                return Span(start=start, end=end)
        near = sorted(numbers, key=lambda n: min(abs(n[0] - self._at), abs(n[1] - self._at)))
        named = ", ".join(f"{document.text[a:b][:20]} at {a}" for a, b in sorted(near[:_NEAREST]))
        raise UsageError(
            f"{document.name}: no number stands at {self._at}. "
            + (
                f"The nearest are {named}. Give the start of one."
                if named
                else "The text holds no number."
            ),
            file=document.name,
            start=self._at,
            nearest=tuple(sorted(near[:_NEAREST])),
        )


def _decisions(
    figure: Figure, kind: Ground, measure: Ground, period: Ground, sure: Sure
) -> tuple[Decision, ...]:
    return (
        Decision(aspect=Aspect.KIND, result=figure.kind.value, ground=kind),
        Decision(aspect=Aspect.MEASURE, result=figure.measure.value, ground=measure),
        Decision(aspect=Aspect.PERIOD, result=str(figure.period or "–"), ground=period),
        *(Decision(aspect=Aspect.CONFIDENCE, result=f"{share:g}", ground=g) for share, g in sure),
    )
