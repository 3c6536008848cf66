"""An evaluation report of a plan: what it says, in the order in which officials say it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from plantrack.link import Lexicon
from plantrack.model import Assessment, Board, Nature, Plan, Text
from plantrack.show.evaluation.blocks import Block, Facts, Grid, Heading, Paragraph
from plantrack.show.evaluation.groups import Form, Forms, Group, shipped_forms
from plantrack.show.evaluation.kinds import EvaluationKind
from plantrack.show.evaluation.rows import (
    Judged,
    both,
    goal_text,
    needed_text,
    period_words,
    targets_grid,
)
from plantrack.show.labels import indicator_words, nature_words
from plantrack.show.language import Language, current_language, say
from plantrack.show.words import NOTHING, sentence_text

_NATURES = (Nature.BINDING, Nature.EXPECTED, None)
_NUMERALS = "一二三四五六七八九十"


def evaluation(
    board: Board, kind: EvaluationKind, *, forms: Forms | None = None
) -> tuple[Block, ...]:
    """The report on a plan in the language in force (see plantrack.show.language).

    Summary by field; who is in which group; a table of targets for each nature; each target that
    lags with its reason, what is needed each year from now on, and its sources; what could not be
    judged and why; where the numbers come from. `forms` are the groups to count by, else those
    that come along.
    """
    form = (forms or shipped_forms()).kinds[kind]
    return tuple(_numbered(_Report(board, form).blocks()))


def _numbered(blocks: Iterator[Block]) -> Iterator[Block]:
    """The chapters as they are numbered in Chinese reports (一、) and in English ones (1.)."""
    chinese = current_language() is not Language.EN
    number = 0
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            sign = f"{_NUMERALS[number]}、" if chinese else f"{number + 1}. "
            block = block._replace(text=f"{sign}{block.text}")
            number += 1
        yield block


class _Report:
    def __init__(self, board: Board, form: Form) -> None:
        self.board = board
        self.form = form
        self.groups: list[Judged] = [(a, form.group_of(a, board.as_of)) for a in board.assessments]
        used = {id(group) for _, group in self.groups}
        named = [group for group in form.groups if id(group) in used or not group.rare]
        # groups of one name are one group to readers
        self.names = list(dict.fromkeys(_key(group) for group in named))
        self.known = Lexicon.load().indicators

    def blocks(self) -> Iterator[Block]:
        board, plan = self.board, self.board.plan
        yield Heading(f"{plan.title} {say(self.form.title)}".strip(), 0)
        when, horizon = period_words(board.as_of), period_words(plan.period)
        yield Paragraph(
            both(
                f"评估时点：{when}；规划期：{horizon}；判定规则：{board.rules}。",
                f"As of {when}; plan for {horizon}; rules: {board.rules}.",
            ),
            quiet=True,
        )
        yield from self.summary()
        yield from self.members()
        for nature in _NATURES:
            yield from self.table(nature)
        yield from self.behind()
        yield from self.open()
        yield from self.origins()
        yield from self.notes()

    def summary(self) -> Iterator[Block]:
        """How many stand how: in sentences, and by field."""
        yield Heading(both("总体情况", "Summary"), 1)
        yield Paragraph(self.sentence(both("共", ""), self.groups))
        natures = dict.fromkeys(a.target.nature for a, _ in self.groups)
        if len(natures) > 1:
            for nature in filter(natures.__contains__, _NATURES):
                words = nature_words(nature)
                named = f"{words.zh}指标" if nature else "未注明性质的"
                opening = both(f"其中{named}", f"{words.en.capitalize()}: ")
                found = [(a, g) for a, g in self.groups if a.target.nature is nature]
                yield Paragraph(self.sentence(opening, found))
        fields = dict.fromkeys(self.field(a) for a, _ in self.groups)
        rows = [
            self.counted(say(_field_name(f)), [g for a, g in self.groups if self.field(a) == f])
            for f in fields
        ]
        rows.append(self.counted(both("合计", "All"), [g for _, g in self.groups]))
        head = (
            both("领域", "Field"),
            both("指标数", "Targets"),
            *(say(_name(n)) for n in self.names),
        )
        yield Grid(head, tuple(rows), numbers=tuple(range(1, len(head))))

    def sentence(self, opening: str, found: Sequence[Judged]) -> str:
        """How many of some targets stand how, and what share of those that were judged is good."""
        counts = Counter(_key(group) for _, group in found)
        named = [(_name(key), counts[key]) for key in self.names]
        zh = "，".join(f"{name.zh}{count}项" for name, count in named)
        en = ", ".join(f"{count} {name.en}" for name, count in named)
        good = sum(group.good for _, group in found)
        judged = sum(a.status.judged for a, _ in found)
        share = self.form.share
        if judged:
            zh += f"；在可评估的{judged}项中，{share.zh}{100 * good / judged:.1f}%"
            en += f"; of the {judged} that could be judged {100 * good / judged:.1f}% {share.en}"
        total = len(found)
        things = "项指标" if opening == "共" else "项"
        return both(f"{opening}{total}{things}：{zh}。", f"{opening}{total} targets: {en}.")

    def counted(self, name: str, groups: list[Group]) -> tuple[str, ...]:
        """A row of the summary."""
        counts = Counter(_key(group) for group in groups)
        return (name, str(len(groups)), *(str(counts[key] or NOTHING) for key in self.names))

    def members(self) -> Iterator[Block]:
        """Which targets are in each group, of those that could be judged."""
        found: dict[tuple[str, str], list[str]] = {}
        for assessment, group in self.groups:
            if assessment.status.judged:
                name = say(indicator_words(assessment.target.series))
                found.setdefault(_key(group), []).append(name)
        if not found:
            return
        yield Heading(both("分类情况", "Groups"), 1)
        yield Facts(
            tuple(
                (
                    both(f"{key[0]}（{len(found[key])}项）：", f"{key[1]} ({len(found[key])}):"),
                    both("、", "; ").join(found[key]),
                )
                for key in self.names
                if key in found
            )
        )

    def table(self, nature: Nature | None) -> Iterator[Block]:
        """All targets of one nature."""
        found = [(a, g) for a, g in self.groups if a.target.nature is nature]
        if not found:
            return
        words = nature_words(nature)
        named = f"{words.zh}指标" if nature else "未注明性质的指标"
        yield Heading(both(named, f"Targets: {words.en}"), 1)
        yield targets_grid(found)

    def behind(self) -> Iterator[Block]:
        """Each target that lags, by itself."""
        found = [(a, g) for a, g in self.groups if g.behind]
        yield Heading(
            both(
                f"滞后和未完成的指标（{len(found)}项）", f"What lags or was missed ({len(found)})"
            ),
            1,
        )
        if not found:
            yield Paragraph(both("没有。", "None."))
        for number, (assessment, group) in enumerate(found, 1):
            target, seen = assessment.target, assessment.observed
            nature = say(nature_words(target.nature))
            yield Heading(f"{number}. {say(indicator_words(target.series))}", 2)
            pairs = [
                (
                    both("评估", "Group"),
                    f"{say(group.name)} · {nature}",
                ),
                (both("缘由", "Why"), say(assessment.reason)),
                (both("此后每年需", "Needed each year from now"), self.needed(assessment)),
                (both("目标出处", "Source of the goal"), sentence_text(target.source)),
            ]
            if seen is not None:
                pairs.append((both("数值出处", "Source of the value"), sentence_text(seen.source)))
            if target.responsible:
                pairs.append((both("责任单位", "Responsible"), target.responsible))
            yield Facts(tuple(pairs))

    def needed(self, assessment: Assessment) -> str:
        """What still meets the goal; or why there is nothing to say."""
        if assessment.metrics.horizon_over:
            return both("规划期已结束", "the horizon is over")
        return needed_text(assessment) or both("无法计算", "cannot be computed")

    def open(self) -> Iterator[Block]:
        """What could not be judged, with the reason for each."""
        judged = {"no_data", "unresolved"}
        found = [a for a in self.board.assessments if a.status.value in judged]
        if not found:
            return
        yield Heading(
            both(f"无法评估的指标（{len(found)}项）", f"What could not be judged ({len(found)})"),
            1,
        )
        rows = tuple(
            (say(indicator_words(a.target.series)), goal_text(a), say(a.reason)) for a in found
        )
        yield Grid((both("指标", "Indicator"), both("目标", "Goal"), both("缘由", "Why")), rows)

    def origins(self) -> Iterator[Block]:
        """The plan, and each document from which a value was taken, with how many."""
        plan = self.board.plan
        seen = [
            PurePath(a.observed.source.doc).name
            for a in self.board.assessments
            if a.observed is not None
        ]
        pairs = [(both("规划：", "Plan:"), _published(plan))]
        pairs += [
            (both("数值：", "Values:"), both(f"{doc}（{count}项）", f"{doc} ({count})"))
            for doc, count in Counter(seen).items()
        ]
        yield Heading(both("资料来源", "Sources"), 1)
        yield Facts(tuple(pairs))

    def notes(self) -> Iterator[Block]:
        """What the reader should know of the making."""
        yield Heading(both("说明", "Notes"), 1)
        yield Paragraph(
            both(
                "评估由公布的数值与规划目标比较得出，每项均注明出处；“现值”取评估时点前最新公布的数值。",
                "Published values are compared with the plan's goals, each with its source; "
                "the value is the newest published by the date of the evaluation.",
            ),
            quiet=True,
        )
        for conflict in self.board.plan.conflicts:
            yield Paragraph(
                both(
                    f"{conflict.about}：文中为{conflict.found}，采用{conflict.used}。",
                    f"{conflict.about}: the text says {conflict.found}, {conflict.used} is used.",
                ),
                quiet=True,
            )

    def field(self, assessment: Assessment) -> str:
        """The plan's own heading over a target, else the lexicon's field; empty where neither is known."""
        target = assessment.target
        known = self.known.get(target.series.indicator_id or "")
        return target.group or ("" if known is None else known.field)


def _published(plan: Plan) -> str:
    """What a plan's file says of the document it comes from."""
    date = "" if plan.published is None else plan.published.isoformat()
    return both("，", ", ").join(filter(None, (plan.title, plan.issuer, plan.number, date)))


def _key(group: Group) -> tuple[str, str]:
    return group.name.zh, group.name.en


def _name(key: tuple[str, str]) -> Text:
    return Text(zh=key[0], en=key[1])


def _field_name(field: str) -> Text:
    return Text(zh=field, en=field) if field else Text(zh="未分领域", en="no field")
