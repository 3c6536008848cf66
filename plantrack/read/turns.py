"""Places in the running text where it turns from what was done to what is intended, or back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from plantrack.model import Outlook, Period, Section, SectionKind, Span
from plantrack.read.lines import Line, number
from plantrack.read.rules import StructureRules
from plantrack.read.spans import five_years, part_of_year, span_of

_COUNTS = "一二两三四五六七八九十"
_DIGIT = re.compile(r"\d")
_CLAUSE = re.compile(r"[^，,。：:；;！？]+")


def with_turns(
    text: str, found: Sequence[Line], cut: Mapping[int, Sequence[Span]],
    sections: Sequence[Section], planned: Period | None, reviewed: Period | None,
    rules: StructureRules,
) -> tuple[Section, ...]:  # fmt: skip
    """`sections` with an item for each stretch of text that opens with a turn its headings do not say.

    A turn at the head of a paragraph holds up to the next heading or the next turn, one inside a
    paragraph to the paragraph's end at most, or to that of the list under it. Its title is the clause
    it opens with. `cut` holds the sentences of the lines to look at, by their numbers. Linear in the text.
    """
    added: list[Section] = []
    edges = [s.heading.start for s in sections[1:]] + [len(text)]
    edge = 0
    open_, lists = _Open(sections), _Lists(found, rules)
    report = sections[0].outlook is not Outlook.PLAN
    for i, cuts in cut.items():
        line = found[i]
        for sentence in cuts:
            near = min(sentence.end, sentence.start + rules.turn_within)
            if not rules.turn_sign.search(text, sentence.start, near):
                continue  # as nearly every sentence
            said = text[sentence.start : sentence.end]
            if not rules.turns.match(said):
                continue
            while edges[edge] <= sentence.start and edge < len(edges) - 1:
                edge += 1
            limit = edges[edge]
            standing, by_heading = open_.at(sentence.start)
            last = added[-1] if added and added[-1].span.contains(sentence.start) else None
            outlook = last.outlook if last else standing
            frame = last.period if last else open_.period
            turn = _turn(said, outlook, frame, planned, reviewed, report, rules)
            opens = sentence.start == line.start
            if turn is None or (turn.to is outlook and not turn.several and not opens):
                continue
            if turn.to is Outlook.REVIEW and last is None and by_heading and not turn.period:
                continue
            if last is not None:
                span = Span(start=last.span.start, end=sentence.start)
                added[-1] = last.model_copy(update={"span": span})
            if turn.to is standing and not turn.period:
                continue
            clause = _CLAUSE.match(text, sentence.start, sentence.end)
            stop = min(clause.end() if clause else sentence.end, sentence.start + rules.max_title)
            # In a plan, a year looked back on is an aside: it does not outlast its paragraph. Nor
            # do years that a review singles out, unless the paragraph gives no number and so only
            # says what is told next (这五年，我们攻坚克难。).
            aside = turn.to is Outlook.REVIEW and standing is Outlook.PLAN and not turn.several
            aside = aside or (
                turn.to is standing and _DIGIT.search(text, stop, line.end) is not None
            )
            if turn.of_term:  # 今年目标是…: the numbered tasks behind them are this year's too
                limit, aside = open_.end, False
            opens = opens and not aside
            end = limit if opens else min(limit, lists.end(i))
            added.append(
                Section(
                    kind=SectionKind.ITEM,
                    title=text[sentence.start : stop],
                    heading=Span(start=sentence.start, end=stop),
                    span=Span(start=sentence.start, end=end),
                    outlook=turn.to,
                    period=turn.period,
                )
            )
    return (sections[0], *sorted((*sections[1:], *added), key=lambda s: s.span.start))


class _Lists:
    """Where paragraphs end with the lists under them (——…), asked for in ascending order."""

    def __init__(self, found: Sequence[Line], rules: StructureRules) -> None:
        self._lines, self._item = found, rules.list_item
        self._last = 0  # the line that ends what was asked for last

    def end(self, i: int) -> int:
        """The end of the line or of the last item of the list under it."""
        self._last = max(self._last, i)
        while self._last + 1 < len(self._lines) and self._item.match(
            self._lines[self._last + 1].text
        ):
            self._last += 1
        return self._lines[self._last].end


class _Turn(NamedTuple):
    """Where a sentence turns to, whether by naming several years, and which ones in a report on one year."""

    to: Outlook
    several: bool
    period: Period | None = None
    of_term: bool = False  # to the first of the years that a report at the end of a term plans


class _Open:
    """The outlook that headings give to places asked for in ascending order."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._root = sections[0]
        self._waiting = list(sections[::-1])
        self._open: list[Section] = []
        self.period: Period | None = None  # that the heading names
        self.end = sections[0].span.end  # of the section that gives the outlook

    def at(self, offset: int) -> tuple[Outlook, bool]:
        """The outlook, and whether a heading gives it and not the kind of the document."""
        while self._waiting and self._waiting[-1].span.start <= offset:
            self._open.append(self._waiting.pop())
        self._open = [s for s in self._open if s.span.end > offset]
        said = (s for s in reversed(self._open) if s.outlook is not Outlook.NEUTRAL)
        section = next(said, self._root)
        self.period, self.end = section.period, section.span.end
        return section.outlook, section is not self._root


def _turn(
    sentence: str, outlook: Outlook, frame: Period | None, planned: Period | None,
    reviewed: Period | None, report: bool, rules: StructureRules,
) -> _Turn | None:  # fmt: skip
    """Where a sentence turns to, given the outlook and the years it stands in; None where it does not turn.

    In a `report` a single year can be such a frame, in a plan it is one of the years looked back on.
    """
    if outlook is Outlook.PLAN and (stage := _stage(sentence, planned, rules)):
        return _Turn(outlook, False, stage)
    stands = frame or reviewed
    last = reviewed.year if reviewed is not None else 0
    ended = reviewed is not None and (planned is None or planned.first > reviewed.last)
    for to, patterns in ((Outlook.PLAN, rules.turns_ahead), (Outlook.REVIEW, rules.turns_back)):
        term = report and planned is not None and planned.length_in_years > 1
        if outlook is to and not (term if to is Outlook.PLAN else ended):
            continue
        for match in filter(None, (p.match(sentence) for p in patterns)):
            said = {name: written for name, written in match.groupdict().items() if written}
            begun = reviewed is not None and planned is not None and planned.first <= reviewed.last
            if term and not begun and (first := _first_of_term(said, planned)) is not None:
                if first != frame:
                    return _Turn(to, False, first, of_term=True)
                continue
            if (to is Outlook.PLAN and outlook is to) or not _fits(said, planned, reviewed, rules):
                continue
            if "ends" in said:  # 到“十四五”末: what follows is to be reached in its last year
                plan = five_years(said["plan"], rules)
                return _Turn(to, False, Period.years(plan.year) if plan else None)
            several = bool(said.keys() & {"did", "years"})
            years = _years(said, last, rules) if to is Outlook.REVIEW and ended else None
            if years is not None and years.length_in_years == 1 and not report:
                years = None
            if outlook is to and (years is None or years == stands):
                continue
            return _Turn(to, several, None if years == reviewed and outlook is not to else years)
    return None


def _stage(sentence: str, planned: Period | None, rules: StructureRules) -> Period | None:
    """The years of the stage of a plan that a sentence opens with; None where it opens with none."""
    stage = rules.stage.match(sentence)
    if stage is None:
        return None
    first = stage["from"] or (str(planned.first.year) if planned else "")
    return span_of(first, stage["to"]) if first else None


def _first_of_term(said: dict[str, str], planned: Period | None) -> Period | None:
    """The first of several years that a report at the end of a term plans, where a turn ahead names it."""
    if planned is None or not said.keys() & {"planned", "this"}:
        return None
    year = Period.years(number(said["planned"]) if "planned" in said else planned.first.year)
    return year if year.first == planned.first else None


def _years(said: dict[str, str], last: int, rules: StructureRules) -> Period | None:
    """The years that a turn back names, up to the last year reviewed; None where it names none."""
    if written := said.get("did"):
        plan = five_years(written, rules)
        if plan is None or not plan.first.year < last:
            return None
        since = "since" in said or plan.year >= last
        return Period.years(plan.first.year, last) if since else None
    if written := said.get("done"):
        return Period.years(last) if number(written) == last else None
    if "years" not in said:
        return None
    count = next((number(c) for c in said["years"] if c in _COUNTS), 1)
    return Period.years(last - count + 1, last)


def _fits(
    said: dict[str, str], planned: Period | None, reviewed: Period | None, rules: StructureRules
) -> bool:
    """Whether the years that a turn names lie where their name says."""
    if written := said.get("planned"):
        year = Period.years(number(written))
        return planned == year and (reviewed is None or reviewed.last < year.first)
    if written := said.get("later"):
        return reviewed is not None and number(written) > reviewed.year
    if written := said.get("plan"):
        plan = five_years(written, rules)
        return plan is not None and reviewed is not None and reviewed.last < plan.first
    if written := said.get("rest"):
        part = part_of_year(reviewed.year, written) if reviewed is not None else None
        return part is not None and reviewed is not None and part.first > reviewed.last
    if said.get("whole"):
        return reviewed is not None and reviewed.length_in_years < 1
    if written := said.get("did"):
        plan = five_years(written, rules)
        if plan is None:
            return False
        if planned is not None and plan.last < planned.first:
            return True
        return reviewed is not None and reviewed.length_in_years == 1 and plan.contains(reviewed)
    if written := said.get("done"):
        year = Period.years(number(written))
        if reviewed is not None:
            return reviewed.contains(year) or year.contains(reviewed)
        return planned is not None and year.last < planned.first
    return True
