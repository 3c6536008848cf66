"""The tables of an evaluation report: one row a target, and no column in which nothing stands."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from decimal import Decimal

from plantrack.assess.metrics import POINTS
from plantrack.assess.render import number, period_en, period_zh
from plantrack.model import Assessment, Period, Quantity, Text
from plantrack.show.evaluation.blocks import Grid
from plantrack.show.evaluation.groups import Group
from plantrack.show.labels import indicator_words
from plantrack.show.language import say
from plantrack.show.words import NOTHING, goal_words, quantity_text, required_text

Judged = tuple[Assessment, Group]


def targets_grid(found: Sequence[Judged]) -> Grid:
    """All that is told of several targets, numbered from 1; those that are behind stand out."""
    rows = [
        [str(n), *(tell(assessment) for _, tell in _COLUMNS), say(group.name)]
        for n, (assessment, group) in enumerate(found, 1)
    ]
    heads = [
        both("序号", "No."),
        *(say(head) for head, _ in _COLUMNS),
        both("评估", "Group"),
    ]
    last = len(heads) - 1
    kept = [i for i in range(last + 1) if any(row[i] != NOTHING for row in rows)]
    return Grid(
        tuple(heads[i] for i in kept),
        tuple(tuple(row[i] for i in kept) for row in rows),
        numbers=tuple(at for at, i in enumerate(kept) if i not in (1, last)),
        strong=tuple(n for n, (_, group) in enumerate(found) if group.behind),
    )


def goal_text(assessment: Assessment) -> str:
    """The goal of a target, or that its row can be read in several ways."""
    target = assessment.target
    if target.ambiguous:
        return both("有歧义", "ambiguous")
    return say(goal_words(target.goal, target.series.measure))


def needed_text(assessment: Assessment) -> str:
    """What is needed each year from now on; empty where the horizon is over or nothing is needed."""
    if assessment.metrics.horizon_over:
        return ""
    need = required_text(assessment).removesuffix("/年")
    points = need.removesuffix("个百分点")
    return both(need, need if points == need else f"{points} percentage points")


def period_words(period: Period) -> str:
    """A period as a report writes it: 2016—2020年; 2016–2020."""
    return both(period_zh(period), period_en(period))


def both(zh: str, en: str) -> str:
    """The one or the other, or both, by the language in force."""
    return say(Text(zh=zh, en=en))


def _dated(quantity: Quantity, period: Period) -> str:
    zh, en = ("，预计", ", est.") if quantity.estimated else ("", "")
    when = both(f"（{period_zh(period)}{zh}）", f" ({period_en(period)}{en})")
    return f"{quantity_text(quantity)}{when}"


def _baseline(assessment: Assessment) -> str:
    base = assessment.target.baseline
    return NOTHING if base is None else _dated(base.quantity, base.period)


def _value(assessment: Assessment) -> str:
    seen = assessment.observed
    return NOTHING if seen is None else _dated(seen.quantity, seen.period)


def _due(assessment: Assessment) -> str:
    """What the path asks for by now; at the end of the horizon that is the goal."""
    metrics = assessment.metrics
    if metrics.horizon_over or metrics.expected is None or assessment.observed is None:
        return NOTHING
    return f"{number(metrics.expected)}{assessment.target.unit}"


def _gap(assessment: Assessment) -> str:
    gap, unit = assessment.metrics.gap, assessment.target.unit
    if gap is None:
        return NOTHING
    sign = "+" if gap > Decimal(0) else ""
    points = POINTS.get(unit)
    return both(
        f"{sign}{number(gap)}{points or unit}",
        f"{sign}{number(gap)}{unit if points is None else ' points'}",
    )


def _progress(assessment: Assessment) -> str:
    progress = assessment.metrics.progress
    known = progress is not None and math.isfinite(progress)
    return f"{100 * progress:.1f}%" if progress is not None and known else NOTHING


_COLUMNS: tuple[tuple[Text, Callable[[Assessment], str]], ...] = (
    (Text(zh="指标", en="Indicator"), lambda a: say(indicator_words(a.target.series))),
    (Text(zh="基期", en="Baseline"), _baseline),
    (Text(zh="目标", en="Goal"), goal_text),
    (Text(zh="本期应达", en="Due now"), _due),
    (Text(zh="现值", en="Value"), _value),
    (Text(zh="差距", en="Gap"), _gap),
    (Text(zh="完成进度", en="Progress"), _progress),
    (Text(zh="此后每年需", en="Needed a year"), lambda a: needed_text(a) or NOTHING),
)
