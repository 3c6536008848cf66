"""Documents to figures: every sentence read, every table row taken in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from plantrack.extract.clauses import Clauses
from plantrack.extract.mentions import Mentions
from plantrack.extract.numerals import fold
from plantrack.extract.periods import Anchor, Time
from plantrack.extract.periods import scan as scan_times
from plantrack.extract.phrases import Phrases
from plantrack.extract.readings import Reader, Reading
from plantrack.extract.roles import Roles
from plantrack.extract.rowfigures import row_figures, with_totals
from plantrack.extract.said import Said
from plantrack.extract.scopes import Scopes
from plantrack.extract.tables import rows
from plantrack.extract.units import Units
from plantrack.extract.words import Confidence, Cues, Cutter
from plantrack.model.document import Document, DocumentKind, Outlook, SectionKind
from plantrack.model.figure import Figure, FigureKind
from plantrack.model.period import Period, PeriodKind
from plantrack.model.row import IndicatorRow
from plantrack.model.span import Span

# a digit or 分之, written so that its first letter is looked for in one set
_DIGIT = re.compile(r"[\d分](?:(?<=\d)|(?=之))")
_BESIDE = re.compile(r"[^\d.,]")
_NO_DIGIT = re.compile(r"\D")
_YEARLY = (DocumentKind.REPORT, DocumentKind.ANNUAL_PLAN)  # 今年 is the first year they plan
_NUMBERING = re.compile(r"^[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.．、]\s*")
_LETTERS = re.compile(r"[A-Za-z]+")
_LONGEST = 2000  # letters read at once
_OPENS = 12  # letters before a time that still opens the sentence
_UNITLESS = ("率", "比", "指数", "系数", "强度", "值", "度")


class Extractor:
    """Reads figures out of documents; built once from the rules, used for any number of documents."""

    def __init__(
        self,
        cues: Cues,
        units: Units,
        cutter: Cutter,
        scopes: Scopes,
        confidence: Confidence,
        names: Iterable[str] = (),
    ) -> None:
        self._cues, self._units, self._scopes = cues, units, scopes
        self._confidence = confidence
        self._mentions = Mentions(cues, units)
        self._roles = Roles(cues, units, cutter)
        self._reader = Reader(
            cues, units, Clauses(cues, cutter), Phrases(cues, cutter, frozenset(names))
        )

    def extract(self, document: Document) -> tuple[tuple[Figure, ...], tuple[IndicatorRow, ...]]:
        """All figures of a document in its order, and the rows of its indicator tables."""
        written = self.sentences(document)
        found = with_totals(rows(document), written)
        listed = row_figures(document, found, self._cues, self._confidence)
        return tuple(sorted((*written, *listed), key=lambda f: f.span.start)), found

    def sentences(self, document: Document) -> list[Figure]:
        """The figures of the sentences outside tables, in order."""
        text = fold(document.text)
        apart = [t.span for t in document.tables]
        apart += [s.span for s in document.sections if s.kind is SectionKind.NOTE]
        apart.sort(key=lambda span: -span.start)  # the nearest last
        out: list[Figure] = []
        said, carried, before, until = Said(), None, 0, 0
        stated: dict[str, Reading] = {}
        for sentence, piece in _pieces(document):
            while apart and apart[-1].start <= sentence.start:
                until = max(until, apart.pop().end)
            if sentence.start < until:
                continue
            if "\n" in text[before : piece.start]:
                said, carried = Said(), None
                stated.clear()
            before = piece.start
            first = _DIGIT.search(text, piece.start, piece.end)
            if first is None:
                if not said.phrases:
                    said.title = said.title or self._title(text, piece)
                continue
            opening = text[piece.start : first.start()]
            if any(word in opening for word in self._cues.definitions):
                continue
            anchor = _anchor(document, document.outlook_at(piece.start))
            times = scan_times(text, piece.start, piece.end, anchor)
            mentions = self._mentions.find(text, piece.start, piece.end, times)
            if not said.phrases and all(m.named for m in mentions):
                said.title = said.title or self._title(text, piece)
            said.begin(piece.start, opening, goes_on=text.endswith(";", 0, piece.start))
            readings = [
                self._restated(text, r, stated)
                for r in self._reader.read(text, piece.start, piece.end, mentions, times, said)
            ]
            for reading in readings:
                if self._counts(reading):
                    figure = self._figure(document, text, sentence, piece, reading, carried)
                    if not self._groups_only(figure):
                        out.append(figure)
            carried = _carried(text, piece, times, carried, document.reviewed)
        return out

    def _title(self, text: str, sentence: Span) -> str:
        """The heading a paragraph opens with, where it owns what follows (2.政府性基金预算。); else empty."""
        whole = _NUMBERING.sub("", text[sentence.start : sentence.end].strip()).rstrip("。")
        return whole if len(whole) <= 12 and whole.endswith(self._cues.owning_titles) else ""

    def _counts(self, reading: Reading) -> bool:
        """Whether a reading says enough to be a figure."""
        m, clause = reading.mention, reading.clause
        if not reading.phrase:
            return False
        own_part = reading.phrase.endswith(self._cues.own_parts) and m.unit in ("个", "项")
        if own_part and not clause.behind.startswith(self._cues.own_parts_told):
            return False
        if _LETTERS.fullmatch(m.unit) and not clause.predicate and "bound" not in clause.words:
            return False
        if m.unit != "天" and (self._units.is_time(m.unit) or m.unit.endswith("岁")):
            return any(word in reading.phrase for word in self._cues.times_measured)
        if not m.unit and m.numeral.form.value == "single" and reading.how != "rank":
            measured = reading.phrase.endswith(_UNITLESS) and "." in str(m.numeral.values[0])
            return bool("bound" in clause.words or clause.predicate or clause.opening or measured)
        return True

    def _restated(self, text: str, reading: Reading, stated: dict[str, Reading]) -> Reading:
        """A value in quotes (“6%左右”的目标) means the same value stated before in the paragraph."""
        m = reading.mention
        written = text[m.start : m.stop]
        quoted = text[max(0, m.start - 1) : m.start] == "“" and text[m.stop : m.stop + 1] == "”"
        first = stated.get(written) or stated.get(text[m.start : m.unit_end])
        if not quoted:
            stated.setdefault(written, reading)
            stated.setdefault(text[m.start : m.unit_end], reading)
            return reading
        if first is None:
            return reading
        return Reading(m, first.phrase, first.clause, first.time, "restated")

    def _groups_only(self, figure: Figure) -> bool:
        """三大任务: a classifier that only groups a list of intentions."""
        intended = figure.kind is FigureKind.TARGET
        return intended and figure.quantity.unit in self._cues.grouping_units

    def _figure(
        self,
        document: Document,
        text: str,
        sentence: Span,
        piece: Span,
        reading: Reading,
        carried: Time | None,
    ) -> Figure:
        mention = reading.mention
        if reading.time is None and carried is not None:
            reading = Reading(mention, reading.phrase, reading.clause, carried, reading.how)
        outlook = document.outlook_at(mention.start)
        said = text[piece.start : mention.start]
        role = self._roles.of(reading, document, outlook, said)
        scope, phrase = self._scopes.of(reading.phrase, said, document, mention.start)
        return Figure(
            doc=document.name,
            span=Span(start=mention.start, end=mention.end),
            text=document.text[mention.start : mention.end],
            kind=role.kind,
            indicator=phrase,
            measure=role.measure,
            quantity=role.quantity,
            period=role.period,
            scope=scope,
            sentence=sentence,
            confidence=self._confidence.of(reading.how, phrase),
        )


def _pieces(document: Document) -> Iterator[tuple[Span, Span]]:
    """Each sentence with the parts it is read in: itself, or pieces of bounded length.

    No writer's sentence is so long: what has no full stop for pages is a list run together or no
    prose at all. Reading looks back over what was said, so a piece bounds what that can cost.
    """
    text = document.text
    for sentence in document.sentences:
        start = sentence.start
        while sentence.end - start > _LONGEST:
            least, most = start + _LONGEST // 2, start + _LONGEST
            cut = max(text.rfind(mark, least, most) for mark in "，；、") + 1
            if not cut:  # anywhere but within a number
                near = min(most + _LONGEST, sentence.end)
                beside = _BESIDE.search(text, most, near) or _NO_DIGIT.search(
                    text, most, sentence.end
                )
                cut = beside.start() if beside else sentence.end
            yield sentence, Span(start=start, end=cut)
            start = cut
        if start < sentence.end:
            yield sentence, Span(start=start, end=sentence.end)


def _holds(time: Time, reviewed: Period | None) -> bool:
    """Whether a time holds for the paragraph it opens: by when something is to be, or several years.

    A time up to now (截至6月底) holds for its own sentence only.
    """
    if time.period.kind is PeriodKind.SPAN and time.period.length_in_years > 1:
        return not time.closing
    return time.closing and (reviewed is None or time.period.last > reviewed.last)


def _anchor(document: Document, outlook: Outlook) -> Anchor:
    """今年 in a report is the year reviewed, where it looks ahead the year planned; in a plan alone the year before it."""
    reviewed, planned = document.reviewed, document.planned
    ahead = planned if outlook is Outlook.PLAN else None
    if ahead is not None and (ahead.length_in_years <= 1 or document.kind in _YEARLY):
        return Anchor(ahead.first.year, reviewed, ahead)
    if reviewed is not None:
        return Anchor(reviewed.year, reviewed, ahead)
    return Anchor(planned.first.year - 1 if planned else None, None, ahead)


def _carried(
    text: str, sentence: Span, times: list[Time], carried: Time | None, reviewed: Period | None
) -> Time | None:
    """A time that opens a sentence (到2025年，…；…) holds for what follows it.

    One that says by when holds for the rest of the paragraph, until another opens a sentence; a plain
    year only as long as semicolons go on.
    """
    opening = next((t for t in times if t.start - sentence.start < _OPENS), None)
    goes_on = text.endswith(";", 0, sentence.end)
    if opening is not None and not opening.reference and not opening.opening:
        if _holds(opening, reviewed):
            return opening
        point = opening.period.kind in (PeriodKind.YEAR, PeriodKind.MONTH)
        return opening if point and goes_on else None
    if carried is not None and not _holds(carried, reviewed) and not goes_on:
        return None
    return None if any(t.closing and not t.reference for t in times) else carried
