"""Headings, the sections they govern, and whether a section looks back or ahead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from plantrack.model import DocumentKind, Outlook, Period, Section, SectionKind, Span
from plantrack.model.base import assembled
from plantrack.read.lines import Line, trim
from plantrack.read.rules import Marker, StructureRules
from plantrack.read.spans import period_of_heading, years_in

_FOR_TASKS = (DocumentKind.PLAN, DocumentKind.OTHER)  # what says first why it is made


class Heading(NamedTuple):
    """A heading: its span (mark and title), its title without the mark, its level."""

    kind: SectionKind
    rank: int
    title: str
    span: Span
    marked: bool
    alone: bool  # nothing else stands in its line
    line: int
    until: int | None = None  # where its section ends at the latest


# An unmarked heading that carries a cue stands where a chapter would.
_UNMARKED_RANK = 1
_ITEM = 6  # the rank of items
_TELLS = re.compile(r"[：:，,][^。；;]{0,40}\d.*")  # 1.固定资产投资：增长6%，低于目标3个百分点。
# 提高到72%，较2024年提高2个百分点 speaks of no year gone by
_AGAINST = re.compile(r"[较比]\d{4}年")
_PAGE = "0123456789.…·"  # behind an entry of a table of contents
# A line that begins with a digit or a Latin letter is no heading, unless with a year.
_YEAR_FIRST = re.compile(r"\d{4}年")
_SPACED = re.compile(r"\S(?:\s\S){3,}")  # 二　〇　二　五　年　主　要　任　务


def headings(
    text: str, found: Sequence[Line], skip: Collection[int], rules: StructureRules
) -> list[Heading]:
    """All headings in order; lines whose numbers are in `skip` (titles, table cells) are passed over.

    A heading is a marked line or the marked lead of a paragraph; a short line without a mark
    counts where it carries an outlook cue, or where the text has no marked headings. Entries of
    a table of contents are dropped.
    """
    marked: dict[int, Heading] = {}
    joined: set[int] = set()
    for i, line in enumerate(found):
        if i in skip or i in joined:
            continue
        heading = _marked(text, found, i, skip, rules)
        if heading is not None:
            marked[i] = heading
            if heading.span.end > line.end:
                joined.add(i + 1)
    has_levels = any(h.kind is not SectionKind.NOTE for h in marked.values())
    for i, line in enumerate(found):
        if i in skip or i in joined or i in marked:
            continue
        mark = rules.markdown.match(line.text)
        title = line.text[mark.end() :].rstrip("*# ") if mark else line.text
        title = "".join(title.split()) if _SPACED.fullmatch(title) else title
        if not _could_be_title(title, rules):
            continue
        turns = rules.back.search(title) or rules.ahead.search(title)
        if mark or not has_levels or turns:
            rank = _UNMARKED_RANK if has_levels else 2 + (turns is None)
            kind = SectionKind.CHAPTER if has_levels else SectionKind.SECTION
            span = Span(start=line.start, end=line.end)
            marked[i] = Heading(kind, rank, title, span, False, True, i)
    return _without_contents([marked[i] for i in sorted(marked)], found)


def sections(
    text: str, heads: Sequence[Heading], title: str, kind: DocumentKind,
    planned: Period | None, reviewed: Period | None, rules: StructureRules,
    frame: Period | None = None,
) -> tuple[Section, ...]:  # fmt: skip
    """The sections in order of their headings, outer ones first, under one for the whole document.

    The first section is the document itself (kind part, the document's title, an empty heading
    at 0): its outlook is the default of the document's kind, so every place has one. `frame` are
    the years that it speaks of where nothing else is said, if those are not all planned or reviewed.
    """
    evaluates = rules.midterm.pattern.search(title) is not None
    default = rules.default_outlook[kind]
    if default is Outlook.NEUTRAL and (planned is None) != (reviewed is None):
        default = Outlook.REVIEW if planned is None else Outlook.PLAN
    elif default is Outlook.NEUTRAL and frame is not None:
        default = Outlook.PLAN  # its goals alone gave its years
    elif default is Outlook.REVIEW and planned is not None and _only_intends(text, heads, rules):
        default = Outlook.PLAN
    root = Section(
        kind=SectionKind.PART,
        title=title,
        heading=Span(start=0, end=0),
        span=Span(start=0, end=len(text)),
        outlook=default,
        period=frame,
    )
    ends = _ends(heads, len(text))
    out = [root, *_preamble(text, root, heads, kind, planned, reviewed, rules)]
    ahead = False
    review_ends = 0  # where the chapter ends whose heading looks back
    for head, end in zip(heads, ends, strict=True):
        outlook = _outlook(head, ahead, planned, reviewed, rules)
        if evaluates and outlook is Outlook.PLAN and not rules.midterm.ahead.search(head.title):
            outlook = Outlook.NEUTRAL  # 重点任务 in an evaluation: what became of them
        within = head.span.start < review_ends
        if within and outlook is Outlook.PLAN and rules.carried_out.match(head.title):
            outlook = Outlook.NEUTRAL
        if outlook is Outlook.REVIEW and not within:
            review_ends = end
        ahead = ahead or outlook is Outlook.PLAN
        period = period_of_heading(head.title, outlook, planned, reviewed, rules)
        out.append(
            assembled(
                Section,
                {
                    "kind": head.kind,
                    "title": head.title,
                    "heading": head.span,
                    "span": Span.sure(head.span.start, end),
                    "outlook": outlook,
                    "period": period,
                },
            )
        )
    return tuple(out)


def _only_intends(text: str, heads: Sequence[Heading], rules: StructureRules) -> bool:
    """Whether no heading says where a report looks, and its sentences set bounds to what is to be done and
    tell hardly anything that was: a passage of tasks, cut from the whole.
    """
    if any(rules.back.search(h.title) or rules.ahead.search(h.title) for h in heads):
        return False
    intended, reached = (
        sum(1 for _ in pattern.finditer(text))
        for pattern in (rules.intended, rules.reached_in_text)
    )
    return intended >= max(rules.intends, rules.intends_over * reached)


def _preamble(
    text: str, root: Section, heads: Sequence[Heading], kind: DocumentKind,
    planned: Period | None, reviewed: Period | None, rules: StructureRules,
) -> list[Section]:  # fmt: skip
    """The first paragraph of a plan, where it stands before its first heading: how things are that it is for."""
    if not heads or kind not in _FOR_TASKS or planned is None or reviewed is None:
        return []
    if root.outlook is not Outlook.PLAN or reviewed.last >= planned.first:
        return []
    before = text[: heads[0].span.start]
    start = stop = 0
    for line in before.splitlines(keepends=True):
        start, stop = stop, stop + len(line)
        if line.rstrip().endswith(tuple(rules.sentence_ends)):
            break
    else:
        return []
    title = text[start:stop].strip().partition("，")[0][: rules.max_title]
    return [
        Section(
            kind=SectionKind.ITEM,
            title=title,
            heading=Span.sure(start, start + len(title)),
            span=Span.sure(start, stop),
            outlook=Outlook.REVIEW,
        )
    ]


def review_chapter(text: str, heads: Sequence[Heading], rules: StructureRules) -> str:
    """The text of the first section whose heading looks back; empty where there is none."""
    for head, end in zip(heads, _ends(heads, len(text)), strict=True):
        if rules.back.search(head.title):
            return text[head.span.start : end]
    return ""


def _ends(heads: Sequence[Heading], length: int) -> list[int]:
    """Where each section ends: at the next heading of its rank or a lower one, or by itself. Linear, by a stack."""
    ends = [head.until or length for head in heads]
    open_: list[int] = []
    for i, head in enumerate(heads):
        while open_ and heads[open_[-1]].rank >= head.rank:
            closed = open_.pop()
            ends[closed] = min(ends[closed], head.span.start)
        open_.append(i)
    return ends


# ------------------------------------------------------------------ finding headings


def _marked(
    text: str, found: Sequence[Line], i: int, skip: Collection[int], rules: StructureRules
) -> Heading | None:
    line = found[i]
    mark = rules.markdown.match(line.text)
    begin = line.start + (mark.end() if mark else 0)
    match = rules.marks.match(text, begin, line.end)
    if match is None:
        return None
    marker = rules.marker(match)
    if match.end() >= line.end and marker.kind is not SectionKind.NOTE:
        return None  # （一）alone in its line numbers the paragraph below, but not 名词解释
    return _lead(text, found, i, skip, marker, match.end(), rules)


def _lead(
    text: str, found: Sequence[Line], i: int, skip: Collection[int], marker: Marker, after: int,
    rules: StructureRules,
) -> Heading | None:  # fmt: skip
    line = found[i]
    end = line.end
    alone = True
    if marker.within:
        end = text.index("】", after)
        alone = end >= line.end - 1
    elif end - after > rules.max_title or text[end - 1] in rules.sentence_ends:
        cut = next((k for k in range(after, end) if text[k] in rules.sentence_ends), end)
        alone = cut >= end - 1
        # A mark before a long sentence is a numbered paragraph: its heading is the mark alone.
        end = cut if cut - after <= rules.max_title else after
        if marker.kind is SectionKind.NOTE:
            end = after
    elif marker.continues and i + 1 < len(found) and i + 1 not in skip:
        follows = found[i + 1]
        if _goes_on(follows.text, rules):
            end = follows.end
    start, stop = trim(text, after, end)
    title = " ".join(text[start:stop].strip("*").split())
    return Heading(
        marker.kind,
        marker.rank,
        title,
        Span.sure(line.start, max(stop, after) + marker.within),
        True,
        alone,
        i,
        line.end if marker.in_line and line.end > after else None,
    )


def _goes_on(line: str, rules: StructureRules) -> bool:
    """Whether a line after a heading is the rest of its title."""
    return (
        _could_be_title(line, rules)
        and not any(c.isdecimal() for c in line)
        and not rules.marks.match(line)
    )


def _could_be_title(line: str, rules: StructureRules) -> bool:
    return (
        4 <= len(line) <= rules.max_unmarked_title
        and line[-1] not in rules.not_title_end
        and not any(c in rules.sentence_ends for c in line)
        and not (line[0].isascii() and not _YEAR_FIRST.match(line))
        and not rules.list_item.match(line)
        and not rules.dateline.search(line)
        and not rules.furnishing.search(line)
    )


def _without_contents(heads: list[Heading], found: Sequence[Line]) -> list[Heading]:
    """Without the entries of a table of contents: nothing stands under them, and they come again."""
    titles = Counter((h.rank, _key(h.title)) for h in heads)
    out: list[Heading] = []
    for k, head in enumerate(heads):
        key = (head.rank, _key(head.title))
        bare = head.alone and k + 1 < len(heads) and heads[k + 1].line == head.line + 1
        if bare and titles[key] > 1:
            titles[key] -= 1
            continue
        out.append(head)
    return out


def _key(title: str) -> str:
    return "".join(title.split()).rstrip(_PAGE)


# ----------------------------------------------------------------------------- outlook


def _outlook(
    head: Heading, ahead: bool, planned: Period | None, reviewed: Period | None,
    rules: StructureRules,
) -> Outlook:  # fmt: skip
    """What a heading says of its section: `ahead` is whether one before it looked ahead."""
    if head.kind is SectionKind.NOTE:
        return Outlook.NEUTRAL
    title = _TELLS.sub("", head.title) if head.rank >= _ITEM else head.title
    if rules.back.search(title):
        return Outlook.REVIEW
    within = beyond = False
    told = _AGAINST.sub("", head.title)
    if planned is not None and reviewed is not None and (years := years_in(told, rules)):
        within = all(reviewed.contains(y) for y in years)
        beyond = all(planned.contains(y) or y.first > reviewed.last for y in years)
    if within:
        return Outlook.REVIEW  # 2023年重点工作 in a report of 2024
    if beyond or rules.ahead.search(title):
        return Outlook.PLAN
    if (
        not ahead
        and head.rank <= 4
        and rules.reached.search(title)
        and not rules.still_to_do.match(title)
    ):
        return Outlook.REVIEW
    return Outlook.NEUTRAL
