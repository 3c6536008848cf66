"""Documents to figures: every sentence read, every table row taken in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from plantrack.extract.beside import Beside
from plantrack.extract.clauses import Clauses
from plantrack.extract.constructions import Constructions
from plantrack.extract.edges import Endings
from plantrack.extract.frames import anchor_at, carried_on, under_way
from plantrack.extract.growthcolumns import growth_figures
from plantrack.extract.mentions import Mentions
from plantrack.extract.numerals import Form, fold, without_notes
from plantrack.extract.periods import Anchor, Times
from plantrack.extract.phrases import Phrases
from plantrack.extract.readings import Reader, Reading
from plantrack.extract.role import Role
from plantrack.extract.roles import Roles
from plantrack.extract.rowfigures import row_figures, with_totals
from plantrack.extract.said import MARKS, Said
from plantrack.extract.scopes import Scopes
from plantrack.extract.tablerules import table_rules
from plantrack.extract.tables import rows
from plantrack.extract.tracing import Watch
from plantrack.extract.units import Units, alternatives
from plantrack.extract.valuetables import value_figures
from plantrack.extract.words import Confidence, Cues, Cutter
from plantrack.model.base import assembled
from plantrack.model.document import Document, Outlook, SectionKind
from plantrack.model.figure import Figure, FigureKind
from plantrack.model.fiveyears import beyond_five
from plantrack.model.folding import close_up, smooth
from plantrack.model.indicator import Measure
from plantrack.model.period import Period
from plantrack.model.row import IndicatorRow
from plantrack.model.span import Span
from plantrack.model.tracing import Refusal, Trace

# a digit or 分之, written so that its first letter is looked for in one set
_DIGIT = re.compile(r"[\d分](?:(?<=\d)|(?=之))")
_BESIDE = re.compile(r"[^\d.,]")
_NO_DIGIT = re.compile(r"\D")
_NUMBERED = r"[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.．、是]\s{0,4}"
_NUMBERING = re.compile(rf"^{_NUMBERED}")
_LONGEST = 2000  # letters read at once
_LONGEST_TITLE = 40  # letters, with number and blanks
_LONGEST_LEAD = 50  # letters of a name before a colon, with number and blanks
_SHORTEST_PROJECT = 6  # letters; what is shorter names none (抓项目)
_DASHES = "—–-· "  # before an item of a list that is a heading: ——森林覆盖率。
_LINE_ENDS = ("", "\n", "\r")
_SHORTEST_OWNER, _LONGEST_OWNER = 3, 12  # ... and without


class Extractor:
    """Reads figures out of documents; built once from the rules, used for any number of documents."""

    def __init__(
        self,
        cues: Cues,
        constructions: Constructions,
        units: Units,
        cutter: Cutter,
        scopes: Scopes,
        confidence: Confidence,
        names: Iterable[str] = (),
    ) -> None:
        self._cues, self._patterns, self._units = cues, constructions, units
        self._scopes, self._confidence = scopes, confidence
        self._project = re.compile(
            rf"\s{{0,4}}(?:{_NUMBERED})?(?P<name>[^\s,;。:\d][^,;。:\n]{{2,40}}(?:{alternatives(cues.project_ends)})):"
        )
        self._lead = re.compile(
            rf"\s{{0,4}}[—–-]{{0,2}}\s{{0,2}}(?:{_NUMBERED})?(?P<name>(?:\d[A-Z]+)?[^\s,;。:\d][^,;。:\n]{{2,30}}):"
        )
        self._times = Times(cues, constructions)
        self._mentions = Mentions(cues, constructions, units)
        self._roles = Roles(cues, constructions, units, cutter)
        self._beside, self._task_ends = Beside(cues), Endings(cues.task_ends)
        self._phrases = Phrases(cues, constructions, cutter, frozenset(names))
        clauses = Clauses(cues, constructions, units, cutter)
        self._reader = Reader(cues, constructions, units, clauses, self._phrases)

    def extract(
        self, document: Document, watch: Watch | None = None
    ) -> tuple[tuple[Figure, ...], tuple[IndicatorRow, ...]]:
        """All figures of a document in its order, and the rows of its indicator tables."""
        written = self.sentences(document, watch)
        found = with_totals(rows(document), written)
        listed = row_figures(
            document, found, self._cues, self._confidence, table_rules().progress_name, watch
        )
        told = value_figures(document, found, table_rules(), self._units, self._confidence, watch)
        grown = growth_figures(document, found, table_rules(), self._confidence, watch)
        return tuple(sorted((*written, *listed, *told, *grown), key=lambda f: f.span.start)), found

    def explain(self, document: Document, start: int) -> Trace:
        """How the number at offset `start` was read, and why it is a figure or none.

        UsageError, naming the nearest numbers, where no number stands there.
        """
        watch = Watch(start)
        self.extract(document, watch)
        return watch.trace(document)

    def sentences(self, document: Document, watch: Watch | None = None) -> list[Figure]:
        """The figures of the sentences outside tables, and of the cells that tell some, in order."""
        text = without_notes(close_up(fold(smooth(document.text))))
        notes = (s for s in document.sections if s.kind is SectionKind.NOTE)
        cells = {s.span.start for s in document.sections if s.kind is SectionKind.CELL}
        apart = [(t.span, Refusal.IN_TABLE) for t in document.tables]
        apart += [(s.span, Refusal.IN_NOTE) for s in notes]
        apart.sort(key=lambda each: -each[0].start)  # the nearest last
        out: list[Figure] = []
        said, carried, before, until = Said(self._patterns.by_kind, self._cues.shares), None, -1, 0
        quiet = 0  # up to here nothing has a number
        leads = True  # whether no sentence of the paragraph has had a number yet
        stated: dict[str, Reading] = {}
        wholes: dict[str, Role] = {}  # by unit: what parts may be told of
        parts = False  # whether the sentence tells parts alone
        stages = self._times.stages(text, document.planned)
        anchors: dict[tuple[Outlook, Period | None], Anchor] = {}
        rates: dict[
            str, Measure
        ] = {}  # by phrase: whether its last share or rate was one of growth
        for sentence, piece in _pieces(document):
            while apart and apart[-1][0].start <= sentence.start:
                stretch, why = apart.pop()
                until = max(until, stretch.end)
                if watch is not None:
                    watch.passed_over(stretch, why)
            in_cell = sentence.start < until
            if in_cell and sentence.start not in cells:
                continue
            if piece.start < quiet:
                continue
            opens = before < 0 or in_cell or text.find("\n", before, piece.start) >= 0
            if opens:
                ends = piece.end if in_cell else text.find("\n", piece.start)
                ends = len(text) if ends < 0 else ends
                if not _DIGIT.search(text, piece.start, ends):
                    quiet, before, said.counted = ends, piece.start, {}
                    continue
                earlier = said.counted
                said, carried, leads = Said(self._patterns.by_kind, self._cues.shares), None, True
                said.earlier = earlier
                said.title = self._heading(document, piece.start)
                said.project = self._named_before(document, piece.start) if in_cell else ""
                stated.clear()
                wholes.clear()
                rates.clear()
            before = piece.start
            self._entitle(said, text, piece, opens)
            first = _DIGIT.search(text, piece.start, piece.end)
            if first is None:
                said.before = text[piece.start : piece.end]
                continue
            opening = text[piece.start : first.start()]
            goes_on = text.endswith(";", 0, piece.start)
            within = opening.lstrip(MARKS).startswith("其中")  # 其中：甲项目45个…；乙项目31个…
            kinds = self._patterns.by_kind.match(opening)  # 按类别分，…
            parts = (parts and goes_on) or within or kinds is not None
            if any(word in opening for word in self._cues.definitions):
                if watch is not None:
                    watch.passed_over(piece, Refusal.DEFINITION)
                continue
            standing = document.outlook_at(piece.start), document.period_at(piece.start)
            anchor = anchors.get(standing)
            if anchor is None:
                anchor = anchors[standing] = anchor_at(document, *standing)._replace(stages=stages)
            # 到2025年老年人口将达到118万人: a prospect in a passage that looks back
            if carried and not carried.so_far and carried.beyond(document.reviewed) and not goes_on:
                carried = None if standing[0] is Outlook.REVIEW else carried
            times = self._times.scan(text, piece.start, piece.end, anchor)
            mentions = self._mentions.find(text, piece.start, piece.end, times)
            if watch is not None:
                watch.heard(sentence, mentions)
            said.begin(piece.start, opening, goes_on=goes_on or within)
            readings = [
                self._restated(text, r, stated)
                for r in self._reader.read(text, piece.start, piece.end, mentions, times, said)
            ]
            for reading in readings:
                refused = self._refused(reading)
                if refused is None:
                    if reading.time is None and carried is not None:
                        reading = reading._replace(time=carried)
                    figure = self._figure(
                        document, text, sentence, piece, reading, wholes, parts, rates, out, watch
                    )
                    if self._groups_only(figure):
                        refused = Refusal.GROUPS
                    else:
                        out.append(figure)
                if watch is not None:
                    watch.read(reading, refused)
            carried = carried_on(text, piece, times, mentions, carried, document, leads)
            leads = False
        return out

    def doubt(self, document: Document) -> float:
        """What is left of a figure's doubt in this document once the lexicon knows its phrase."""
        planned = document.planned
        several = under_way(document) or (planned is not None and beyond_five(planned))
        return self._confidence.framed if several else self._confidence.named

    def _heading(self, document: Document, at: int) -> str:
        """The heading over a place, where it owns what is measured under it: (一)一般公共预算; else empty."""
        around = document.sections_at(at)
        title = around[-1].title if around else ""
        owns = _SHORTEST_OWNER < len(title) <= _LONGEST_OWNER
        owns = owns and title.endswith(self._cues.owning_titles) and not _DIGIT.search(title)
        return title if owns else ""

    def _named_before(self, document: Document, at: int) -> str:
        """The project that the row of a table names before one of its cells; else empty."""
        title = document.sections_at(at)[-1].title
        return title if title.endswith(self._cues.project_ends) else ""

    def _entitle(self, said: Said, text: str, sentence: Span, opens: bool) -> None:
        """Take a sentence for a heading in its paragraph, where that owns what follows
        (2.政府性基金预算。) or names it (3.森林覆盖率。2022年达到54%). It has a number, or opens the paragraph.
        """
        if opens and text.find(":", sentence.start, sentence.start + _LONGEST_LEAD) > 0:
            lead = self._project.match(text, sentence.start, sentence.end)
            said.project = lead["name"] if lead else ""  # 大石峡水利枢纽工程：总投资90亿元
            if lead is None and (topic := self._lead.match(text, sentence.start, sentence.end)):
                name = self._phrases.of_title(topic["name"])  # 农村自来水普及率：2025年目标90%
                if not name and self._patterns.lead_told.match(text, topic.end()):
                    name = self._task(topic["name"])
                said.phrases += [name] if name else []
                said.base = name
        if sentence.end - sentence.start > _LONGEST_TITLE or (said.title and not opens):
            return
        if text[sentence.end : sentence.end + 1] in _LINE_ENDS:
            return  # as nearly every heading: nothing stands behind it
        title = text[sentence.start : sentence.end].strip().rstrip("。").lstrip(_DASHES)
        if number := _NUMBERING.match(title):
            title = title[number.end() :]
        elif said.phrases or not opens:
            return
        if len(title) > _SHORTEST_PROJECT and title.endswith(self._cues.project_ends):
            said.project = title
        elif title.endswith(self._cues.owning_titles):
            said.title = title if len(title) <= _LONGEST_OWNER else ""
        elif name := self._phrases.of_title(title):
            said.phrases.append(name)
            said.base = name
        elif len(title) <= _LONGEST_OWNER:
            said.topic = self._task(title)  # 一是综合管廊。规划到2020年建成60公里

    def _task(self, title: str) -> str:
        """What is to be done, as a heading names it: 营造林任务."""
        return title.removesuffix(self._task_ends.of(title))

    def _refused(self, reading: Reading) -> Refusal | None:
        """Why a reading says too little to be a figure; None where it says enough."""
        if reading.refused is not None:
            return reading.refused
        m, clause = reading.mention, reading.clause
        if not reading.phrase:
            return Refusal.NO_PHRASE
        own_part = reading.phrase.endswith(self._cues.own_parts)
        own_part = own_part and m.unit in self._cues.own_part_units
        if own_part and not clause.told:
            return Refusal.OWN_PART
        told = bool(clause.predicate) or "bound" in clause.words
        if self._units.names(m.unit) and not told and not self._phrases.head(reading.phrase):
            return Refusal.BARE_LETTERS
        stretch = self._units.is_time(m.unit) or m.unit.endswith(self._units.ages)
        if stretch and m.unit not in self._units.counted_times:
            measured = any(word in reading.phrase for word in self._cues.times_measured)
            return None if measured else Refusal.TIME_UNIT
        if not m.unit and m.numeral.form is Form.SINGLE and reading.how != "rank":
            # 居民消费价格指数(CPI)
            unitless = reading.phrase.partition("(")[0].endswith(self._cues.unitless)
            decimal = unitless and "." in str(m.numeral.values[0])
            return None if told or clause.opening or decimal else Refusal.BARE
        return None

    def _restated(self, text: str, reading: Reading, stated: dict[str, Reading]) -> Reading:
        """A value in quotes (“6%左右”的目标) means the same value stated before in the paragraph."""
        if reading.refused is not None:
            return reading
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
        return first._replace(mention=m, how="restated")

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
        wholes: dict[str, Role],
        parts: bool,
        rates: dict[str, Measure],
        told: list[Figure],
        watch: Watch | None,
    ) -> Figure:
        mention = reading.mention
        outlook = document.outlook_at(mention.start)
        said = text[piece.start : mention.start]
        role = self._roles.of(reading, document, outlook, said, rates.get(reading.phrase))
        if mention.unit in self._units.shares:
            rates[reading.phrase] = role.measure
        if parts or _is_part(reading, said):
            whole = wholes.get(self._units.base(mention.unit))
            role = role if whole is None else self._beside.of_part(role, whole, reading)
        else:
            wholes[self._units.base(mention.unit)] = role
        scope, phrase = self._scopes.of(reading.phrase, said, document, mention.start)
        beside = bool(told) and told[-1].span.start >= piece.start
        if beside:
            role = self._beside.of_share(role, told[-1], reading)
        if beside and told[-1].indicator == phrase:
            role = self._beside.of_same(role, told[-1], reading)
            if len(told) > 1 and told[-2].indicator == phrase:
                role = self._beside.of_change(role, told[-2:])
        figure = assembled(
            Figure,
            {
                "doc": document.name,
                "span": Span.sure(mention.start, mention.end),
                "text": document.text[mention.start : mention.end],
                "kind": role.kind,
                "indicator": phrase,
                "indicator_id": None,
                "candidates": (),
                "measure": role.measure,
                "quantity": role.quantity,
                "period": role.period,
                "scope": scope,
                "sentence": sentence,
                "table_row": None,
                "place": None,
                "confidence": self._confidence.of(reading.how, phrase),
            },
        )
        if watch is not None:
            watch.decided(document.text, figure, role, self._confidence.parts(reading.how, phrase))
        return figure


def _pieces(document: Document) -> Iterator[tuple[Span, Span]]:
    """Each sentence with the parts it is read in: itself, or pieces of bounded length.

    No writer's sentence is so long: what has no full stop for pages is a list run together or no
    prose at all. Reading looks back over what was said, so a piece bounds what that can cost.
    """
    text = document.text
    for sentence in document.sentences:
        start = sentence.start
        if sentence.end - start <= _LONGEST:
            yield sentence, sentence
            continue
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


def _is_part(reading: Reading, said: str) -> bool:
    """Whether a number is told of a part: …建成铁路210公里，其中高速铁路153公里; 其中2023年前开工41个.

    `said` is the sentence up to the number.
    """
    if reading.clause.lead.lstrip(" ,").startswith("其中"):
        return True
    at = said.rfind("其中")
    return at >= 0 and not any(mark in said[at:] for mark in ",;:。、")
