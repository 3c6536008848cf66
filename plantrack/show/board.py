"""A board as a table: in colour for the terminal, as HTML for a notebook.

Status is shown by sign, word and colour together, so that none of them is needed alone.
"""

from __future__ import annotations

from typing import NamedTuple

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from plantrack.model import Assessment, Board, Status
from plantrack.show.labels import indicator_name, label, status_words
from plantrack.show.language import say
from plantrack.show.markup import Cell, status_cell, table
from plantrack.show.words import (
    LOOKS,
    baseline_text,
    counts_text,
    goal_text,
    observed_text,
    required_text,
    source_text,
    status_text,
)


class Line(NamedTuple):
    """One assessment in the words of a table."""

    status: Status
    indicator: str
    goal: str
    observed: str
    needed: str
    reason: str
    source: str
    told: bool  # there is a value or a yearly need to tell of


COLUMNS = ("status", "indicator", "goal", "observed", "needed", "reason")
_RATIOS = {"indicator": 4, "goal": 2, "observed": 2, "reason": 6}


def lines(board: Board) -> list[Line]:
    """The board in words, in the plan's order."""
    return [_line(a) for a in board.assessments]


def heading(board: Board) -> str:
    """Plan, date and rule set in one line."""
    return f"{board.plan.title} · {label('as_of')} {board.as_of} · {label('rules')}: {board.rules}"


def terminal_table(board: Board, *, brief: bool = False) -> Table:
    """A Rich table; texts are taken literally, never as markup.

    `brief` lists targets of which nothing is known, and nothing is needed each year, by name
    only, under the table.
    """
    rows = lines(board)
    shown = [row for row in rows if row.told] if brief else rows
    columns = _columns(rows)
    table = Table(
        title=Text(heading(board), style="bold"),
        caption=_caption(board, [row for row in rows if brief and not row.told]),
        title_justify="left",
        caption_justify="left",
        box=SIMPLE_HEAD,
        expand=True,
    )
    for name in columns:
        ratio = _RATIOS.get(name)
        table.add_column(label(name), ratio=ratio, no_wrap=ratio is None, overflow="fold")
    for row in shown:
        look, between = LOOKS[row.status], "\n  "
        indicator = Text(row.indicator)
        indicator.append(f"\n{row.source}", style="dim")
        cells = {
            "status": Text(
                f"{look.sign} {say(status_words(row.status), between)}", style=look.terminal
            ),
            "indicator": indicator,
            "goal": Text(row.goal),
            "observed": Text(row.observed),
            "needed": Text(row.needed),
            "reason": Text(row.reason),
        }
        table.add_row(*(cells[name] for name in columns))
    return table


def _caption(board: Board, untold: list[Line]) -> Text:
    caption = Text(counts_text(board), style="bold not italic")
    for status in Status:
        names = [row.indicator for row in untold if row.status is status]
        if names:
            listed = f"\n{status_text(status)} ({len(names)}): " + "、".join(names)
            caption.append(listed, style="dim not italic not bold")
    return caption


def html_table(board: Board) -> str:
    """The board for a notebook; every text is escaped, nothing is loaded from anywhere."""
    rows = lines(board)
    columns = _columns(rows)
    cells = (
        _html_row(row, assessment) for row, assessment in zip(rows, board.assessments, strict=True)
    )
    return table(
        (heading(board), counts_text(board)),
        [label(name) for name in columns],
        [[row[name] for name in columns] for row in cells],
    )


def _html_row(row: Line, assessment: Assessment) -> dict[str, Cell]:
    metrics = assessment.metrics
    return {
        "status": status_cell(row.status),
        "indicator": Cell(row.indicator),
        "goal": Cell(row.goal),
        "observed": Cell(row.observed, key=metrics.value),
        "needed": Cell(row.needed, key=metrics.required_rate),
        "reason": Cell(row.reason, small=row.source),
    }


def _columns(rows: list[Line]) -> list[str]:
    needed = any(row.needed for row in rows)
    return [name for name in COLUMNS if name != "needed" or needed]


def _line(assessment: Assessment) -> Line:
    target, observed = assessment.target, assessment.observed
    source = target.source if observed is None else observed.source
    needed = required_text(assessment)
    return Line(
        status=assessment.status,
        indicator=indicator_name(target.series),
        goal=goal_text(target.goal, target.series.measure),
        observed=observed_text(observed) if observed else baseline_text(target.baseline),
        needed=needed,
        reason=say(assessment.reason, "\n"),
        source=source_text(source),
        told=observed is not None or bool(needed),
    )
