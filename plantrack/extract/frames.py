"""Which years a passage speaks of: what relative times count from, and times that hold beyond their sentence."""

from __future__ import annotations

import re

from plantrack.extract.dated import of_event
from plantrack.extract.mentions import Mention
from plantrack.extract.periods import Anchor, Time
from plantrack.model.document import Document, DocumentKind, Outlook
from plantrack.model.period import Period, PeriodKind
from plantrack.model.span import Span

_PLANS = (DocumentKind.PLAN, DocumentKind.PROPOSAL, DocumentKind.OTHER)  # 今年 is when they say so
_YEARLY = (DocumentKind.REPORT, DocumentKind.ANNUAL_PLAN)  # 今年 is the first year they plan
_PARTS = re.compile("。?[ \t\u3000]{0,4}其中")
_OPENS = 12  # letters before a time that still opens the sentence


def _holds(time: Time, reviewed: Period | None) -> bool:
    """Whether a time holds for the paragraph it opens: by when something is to be, or several years.

    A time up to now (截至6月底, 五年新建) holds for its own sentence only.
    """
    if time.so_far:
        return False
    if time.period.kind is PeriodKind.SPAN and time.period.length_in_years > 1:
        return not time.closing
    part = time.period.length_in_years < 1  # 6月底前 is for what it is said of
    return time.closing and not part and (reviewed is None or time.period.last > reviewed.last)


def _cut(times: list[Time], reviewed: Period | None) -> Time | None:
    """The day up to which an evaluation of whole years tells how things went on: 截至2023年6月底."""
    if reviewed is None or reviewed.length_in_years <= 1:
        return None
    parts = (t for t in times if t.so_far and t.closing and t.period.length_in_years < 1)
    return next((t for t in parts if t.beyond(reviewed)), None)


def _state(times: list[Time], document: Document, offset: int) -> Time | None:
    """The end of a year before a plan, up to which a passage of it tells how things stand: 截至2022年底."""
    if document.outlook_at(offset) is not Outlook.PLAN:
        return None
    ends = (t for t in times if t.so_far and t.closing and t.period.kind is PeriodKind.YEAR)
    planned = document.planned
    return next((t for t in ends if planned is None or t.period.last < planned.first), None)


def under_way(document: Document) -> bool:
    """Whether the document evaluates the first years of a plan."""
    planned, reviewed = document.planned, document.reviewed
    within = planned is not None and reviewed is not None and planned.contains(reviewed)
    return within and planned != reviewed


def years_left(planned: Period | None, reviewed: Period | None) -> Period | None:
    """The years of a plan under way behind those reviewed; None where there are none."""
    if planned is None or reviewed is None or not planned.contains(reviewed):
        return None
    left = reviewed.year < planned.year
    return Period.years(reviewed.year + 1, planned.year) if left else None


def _to_month(period: Period | None) -> bool:
    """Whether it is several years, the last of them up to a month only."""
    return period is not None and period.length_in_years > 1 and period.last.month < 12


def anchor_at(document: Document, outlook: Outlook, frame: Period | None) -> Anchor:
    """今年 in a report is the year reviewed, where it looks ahead the year planned; in a plan alone the year before it.

    `frame` are the years that a heading names for the passage.
    """
    reviewed, planned = document.reviewed, document.planned
    ahead = (frame or planned) if outlook is Outlook.PLAN else None
    said = document.published
    told_in = said.year if said and reviewed and said.year == reviewed.year + 1 else None
    left = years_left(planned, reviewed)
    evaluates = left is not None and reviewed is not None and reviewed.length_in_years > 1
    if said is None and left is not None and evaluates:
        told_in = left.first.year  # an evaluation is made in the year behind what it looks at
    if outlook is Outlook.PLAN and ahead is None and told_in is not None:
        ahead = Period.years(told_in)  # 年底前 in a report on the year before
    if ahead is not None and evaluates and told_in is not None:
        return Anchor(told_in, reviewed, ahead, planned, told_in)
    if ahead is not None and (ahead.length_in_years <= 1 or document.kind in _YEARLY):
        return Anchor(ahead.first.year, reviewed, ahead, planned)
    if reviewed is not None:
        # a review of several years calls the year under way 今年, one of a year does not
        several = told_in is not None and (reviewed.length_in_years > 1 or document.kind in _PLANS)
        up_to = frame if outlook is Outlook.REVIEW and _to_month(frame) else reviewed
        now = told_in if several else reviewed.year
        return Anchor(now, reviewed, ahead, planned, told_in, up_to=up_to)
    if said is not None:
        return Anchor(said.year, None, ahead, planned)
    return Anchor(planned.first.year - 1 if planned else None, None, ahead)


def carried_on(
    text: str,
    sentence: Span,
    times: list[Time],
    mentions: list[Mention],
    carried: Time | None,
    document: Document,
    leads: bool,
) -> Time | None:
    """A time that opens a sentence (到2025年，…；…) holds for what follows it.

    One that says by when holds for the rest of the paragraph that it leads, as `leads` tells, until
    another opens a sentence; elsewhere, and a plain year, only as long as semicolons go on. The day up
    to which things are told, in an evaluation or before a plan, holds until another time is named. Parts
    told behind a full stop (其中，…) go on as behind a semicolon.
    """
    reviewed = document.reviewed
    told = _cut(times, reviewed) or _state(times, document, sentence.start)
    if told is not None:
        return told
    frame = document.period_at(sentence.start)
    if frame is not None and _to_month(frame):
        # 2022年… in an evaluation that is told up to June 2023: so is what follows
        years = (t for t in times if t.period.kind is PeriodKind.YEAR and not t.reference)
        told = next((t for t in years if frame.contains(t.period) and not t.opening), None)
        return told or carried
    opening = next((t for t in times if t.start - sentence.start < _OPENS), None)
    goes_on = text.endswith(";", 0, sentence.end)
    if sum(not t.reference for t in times) == 1:
        goes_on = goes_on or _PARTS.match(text, sentence.end) is not None
    if opening is not None and of_event(text, sentence.start, opening, sentence.end, mentions):
        opening = None
    if opening is not None and not (opening.reference or opening.opening or opening.own):
        if _holds(opening, reviewed):
            return opening if leads or goes_on or not opening.closing else None
        if opening.period.length_in_years > 1 or not goes_on:
            return None
        # 进入2023年，…上半年…；固定资产投资… is told of the half year
        parts = (
            t for t in times if t.period.length_in_years < 1 and not (t.reference or t.closing)
        )
        return next((t for t in parts if opening.period.contains(t.period)), opening)
    if carried is not None and carried.so_far:
        return None if any(not t.reference for t in times) else carried
    if carried is not None and not _holds(carried, reviewed) and not goes_on:
        return None
    return None if any(t.closing and not t.reference for t in times) else carried
