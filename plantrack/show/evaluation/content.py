"""An evaluation report of a plan: what it says, in the order in which officials say it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from plantrack.link import Lexicon
from plantrack.model import Assessment, Board, Nature, Text
from plantrack.show.evaluation.blocks import Block, Facts, Grid, Heading, Paragraph
from plantrack.show.evaluation.groups import Forms, Group, shipped_forms
from plantrack.show.evaluation.kinds import EvaluationKind
from plantrack.show.labels import indicator_words, nature_words
from plantrack.show.language import say
from plantrack.show.words import (
    NOTHING,
    goal_words,
    period_text,
    quantity_text,
    required_text,
    source_text,
)

_NATURES = (Nature.BINDING, Nature.EXPECTED, None)


def evaluation(
    board: Board, kind: EvaluationKind, *, forms: Forms | None = None
) -> tuple[Block, ...]:
    """The report on a plan in the language in force (see plantrack.show.language).

    Summary by field; a table of targets for each nature; each target that lags with its reason,
    what is needed each year from now on, and its sources; what could not be judged and why.
    `forms` are the groups to count by, else those that come along.
    """
    return tuple(_Report(board, kind, forms or shipped_forms()).blocks())


class _Report:
    def __init__(self, board: Board, kind: EvaluationKind, forms: Forms) -> None:
        self.board = board
        self.form = forms.kinds[kind]
        self.groups = [(a, self.form.group_of(a, board.as_of)) for a in board.assessments]
        used = {id(group) for _, group in self.groups}
        named = [group for group in self.form.groups if id(group) in used or not group.rare]
        # groups of one name are one group to readers
        self.names = list(dict.fromkeys(_key(group) for group in named))
        self.known = Lexicon.load().indicators

    def blocks(self) -> Iterator[Block]:
        board, plan = self.board, self.board.plan
        yield Heading(f"{plan.title} {say(self.form.title)}".strip(), 0)
        yield Paragraph(
            _both(
                f"评估时点：{board.as_of}；规划期：{period_text(plan.period)}；判定规则：{board.rules}。",
                f"As of {board.as_of}; plan for {period_text(plan.period)}; rules: {board.rules}.",
            ),
            quiet=True,
        )
        yield from self.summary()
        for nature in _NATURES:
            yield from self.table(nature)
        yield from self.behind()
        yield from self.open()
        yield from self.notes()

    def summary(self) -> Iterator[Block]:
        """How many stand how, in a sentence and by field."""
        yield Heading(_both("总体情况", "Summary"), 1)
        total = len(self.groups)
        counts = Counter(_key(group) for _, group in self.groups)
        zh = "，".join(f"{name.zh}{counts[name.zh, name.en]}项" for name in map(_name, self.names))
        en = ", ".join(f"{counts[name.zh, name.en]} {name.en}" for name in map(_name, self.names))
        yield Paragraph(_both(f"共{total}项指标：{zh}。", f"{total} targets: {en}."))
        fields = dict.fromkeys(self.field(a) for a, _ in self.groups)
        rows = [
            self.counted(say(_field_name(f)), [g for a, g in self.groups if self.field(a) == f])
            for f in fields
        ]
        rows.append(self.counted(_both("合计", "All"), [g for _, g in self.groups]))
        head = (
            _both("领域", "Field"),
            _both("指标数", "Targets"),
            *(say(_name(n)) for n in self.names),
        )
        yield Grid(head, tuple(rows), numbers=tuple(range(1, len(head))))

    def counted(self, name: str, groups: list[Group]) -> tuple[str, ...]:
        """A row of the summary."""
        counts = Counter(_key(group) for group in groups)
        return (name, str(len(groups)), *(str(counts[key] or NOTHING) for key in self.names))

    def table(self, nature: Nature | None) -> Iterator[Block]:
        """All targets of one nature."""
        found = [(a, g) for a, g in self.groups if a.target.nature is nature]
        if not found:
            return
        words = nature_words(nature)
        yield Heading(
            _both(f"{words.zh}指标" if nature else "未注明性质的指标", f"Targets: {words.en}"), 1
        )
        head = (
            _both("指标", "Indicator"),
            _both("基期", "Baseline"),
            _both("目标", "Goal"),
            _both("现值", "Value"),
            _both("完成进度", "Progress"),
            _both("每年需", "A year"),
            _both("评估", "Group"),
        )
        rows = tuple(self.row(a, g) for a, g in found)
        yield Grid(head, rows, numbers=(1, 2, 3, 4, 5))

    def row(self, assessment: Assessment, group: Group) -> tuple[str, ...]:
        """A target in a table."""
        target, seen = assessment.target, assessment.observed
        base, progress = target.baseline, assessment.metrics.progress
        return (
            say(indicator_words(target.series)),
            NOTHING
            if base is None
            else f"{quantity_text(base.quantity)} ({period_text(base.period)})",
            _goal(assessment),
            NOTHING
            if seen is None
            else f"{quantity_text(seen.quantity)} ({period_text(seen.period)})",
            NOTHING
            if progress is None or not math.isfinite(progress)
            else f"{100 * progress:.1f}%",
            required_text(assessment) or NOTHING,
            say(group.name),
        )

    def behind(self) -> Iterator[Block]:
        """Each target that lags, by itself."""
        found = [(a, g) for a, g in self.groups if g.behind]
        yield Heading(
            _both(
                f"滞后和未完成的指标（{len(found)}项）", f"What lags or was missed ({len(found)})"
            ),
            1,
        )
        if not found:
            yield Paragraph(_both("没有。", "None."))
        for number, (assessment, group) in enumerate(found, 1):
            target, seen = assessment.target, assessment.observed
            nature = say(nature_words(target.nature))
            yield Heading(f"{number}. {say(indicator_words(target.series))}", 2)
            pairs = [
                (
                    _both("评估", "Group"),
                    f"{say(group.name)} · {nature}",
                ),
                (_both("缘由", "Why"), say(assessment.reason)),
                (_both("此后每年需", "Needed each year from now"), self.needed(assessment)),
                (_both("目标出处", "Source of the goal"), source_text(target.source)),
            ]
            if seen is not None:
                pairs.append((_both("数值出处", "Source of the value"), source_text(seen.source)))
            if target.responsible:
                pairs.append((_both("责任单位", "Responsible"), target.responsible))
            yield Facts(tuple(pairs))

    def needed(self, assessment: Assessment) -> str:
        """What still meets the goal; or why there is nothing to say."""
        if assessment.metrics.horizon_over:
            return _both("规划期已结束", "the horizon is over")
        return required_text(assessment) or _both("无法计算", "cannot be computed")

    def open(self) -> Iterator[Block]:
        """What could not be judged, with the reason for each."""
        judged = {"no_data", "unresolved"}
        found = [a for a in self.board.assessments if a.status.value in judged]
        if not found:
            return
        yield Heading(
            _both(f"无法评估的指标（{len(found)}项）", f"What could not be judged ({len(found)})"),
            1,
        )
        rows = tuple(
            (say(indicator_words(a.target.series)), _goal(a), say(a.reason)) for a in found
        )
        yield Grid((_both("指标", "Indicator"), _both("目标", "Goal"), _both("缘由", "Why")), rows)

    def notes(self) -> Iterator[Block]:
        """What the reader should know of the making."""
        yield Heading(_both("说明", "Notes"), 1)
        yield Paragraph(
            _both(
                "评估由公布的数值与规划目标比较得出，每项均注明出处；“现值”取评估时点前最新公布的数值。",
                "Published values are compared with the plan's goals, each with its source; "
                "the value is the newest published by the date of the evaluation.",
            ),
            quiet=True,
        )
        for conflict in self.board.plan.conflicts:
            yield Paragraph(
                _both(
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


def _goal(assessment: Assessment) -> str:
    target = assessment.target
    if target.ambiguous:
        return _both("有歧义", "ambiguous")
    return say(goal_words(target.goal, target.series.measure))


def _key(group: Group) -> tuple[str, str]:
    return group.name.zh, group.name.en


def _name(key: tuple[str, str]) -> Text:
    return Text(zh=key[0], en=key[1])


def _field_name(field: str) -> Text:
    return Text(zh=field, en=field) if field else Text(zh="未分领域", en="no field")


def _both(zh: str, en: str) -> str:
    return say(Text(zh=zh, en=en))
