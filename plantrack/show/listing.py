"""Figures and targets as tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from plantrack.model import Figure, Target
from plantrack.show.words import baseline_text, goal_text, place_text, quantity_text


def figures_table(title: str, figures: Iterable[Figure]) -> Table:
    """Figures in document order: what, how much, when, and where it stands."""
    table = _table(
        title, "指标 Indicator", "值 Value", "度量 Measure", "期间 Period", "类 Kind", "位置 Place"
    )
    for figure in figures:
        scope = "" if figure.scope is None else f" [{figure.scope.name}]"
        _add(
            table,
            figure.indicator + scope,
            quantity_text(figure.quantity),
            figure.measure.value,
            "–" if figure.period is None else str(figure.period),
            figure.kind.value,
            figure.place.zh if figure.place else f"{figure.span.start}-{figure.span.end}",
        )
    return table


def targets_table(title: str, targets: Iterable[Target]) -> Table:
    """Targets with baseline and goal; a row that can be read in several ways says so."""
    table = _table(
        title,
        "编号 Id",
        "指标 Indicator",
        "基期 Baseline",
        "目标 Goal",
        "期限 Horizon",
        "性质 Nature",
        "出处 Source",
    )
    for target in targets:
        goal = (
            "有歧义 ambiguous"
            if target.ambiguous
            else goal_text(target.goal, target.series.measure)
        )
        _add(
            table,
            target.id,
            target.series.indicator,
            baseline_text(target.baseline, mark=False),
            goal,
            str(target.horizon),
            "–" if target.nature is None else target.nature.value,
            place_text(target.source),
        )
    return table


def _table(title: str, *headings: str) -> Table:
    table = Table(title=Text(title, style="bold"), title_justify="left", box=SIMPLE_HEAD)
    for name in headings:
        table.add_column(name, overflow="fold")
    return table


def _add(table: Table, *cells: str) -> None:
    table.add_row(*map(Text, cells))
