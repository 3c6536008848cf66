"""A board as a table: in colour for the terminal, as plain HTML for a notebook.

Status is shown by sign, word and colour together, so that none of them is needed alone.
"""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from plantrack.model import Assessment, Board, Status
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
    required: str
    reason_zh: str
    reason_en: str
    source: str
    told: bool  # there is a value or a yearly need to tell of


HEADINGS = {
    "status": "状态 Status",
    "indicator": "指标 Indicator",
    "goal": "目标 Goal",
    "observed": "现值 Value",
    "required": "每年需 A year",
    "reason": "缘由 Why",
}
_RATIOS = {"indicator": 4, "goal": 2, "observed": 2, "reason": 6}


def lines(board: Board) -> list[Line]:
    """The board in words, in the plan's order."""
    return [_line(a) for a in board.assessments]


def heading(board: Board) -> str:
    """Plan, date and rule set in one line."""
    return f"{board.plan.title} · 截至 as of {board.as_of} · 规则 rules: {board.rules}"


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
        table.add_column(HEADINGS[name], ratio=ratio, no_wrap=ratio is None, overflow="fold")
    for row in shown:
        look = LOOKS[row.status]
        indicator = Text(row.indicator)
        indicator.append(f"\n{row.source}", style="dim")
        cells = {
            "status": Text(f"{look.sign} {row.status.zh}\n  {row.status.en}", style=look.terminal),
            "indicator": indicator,
            "goal": Text(row.goal),
            "observed": Text(row.observed),
            "required": Text(row.required),
            "reason": Text(f"{row.reason_zh}\n{row.reason_en}"),
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
    """A plain HTML table; every text is escaped, nothing is loaded from anywhere."""
    rows = lines(board)
    columns = _columns(rows)
    head = "".join(f"<th>{escape(HEADINGS[name])}</th>" for name in columns)
    body = "".join(_html_row(row, columns) for row in rows)
    return (
        f'<table class="plantrack-board"><caption style="text-align:left">'
        f"<strong>{escape(heading(board))}</strong><br>{escape(counts_text(board))}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _html_row(row: Line, columns: list[str]) -> str:
    why = (
        f"{escape(row.reason_zh)}<br>{escape(row.reason_en)}<br><small>{escape(row.source)}</small>"
    )
    cells = {
        "status": escape(status_text(row.status)),
        "indicator": escape(row.indicator),
        "goal": escape(row.goal),
        "observed": escape(row.observed),
        "required": escape(row.required),
        "reason": why,
    }
    styles = {"status": f' style="color:{LOOKS[row.status].web};white-space:nowrap"'}
    tds = "".join(f"<td{styles.get(name, '')}>{cells[name]}</td>" for name in columns)
    return f"<tr>{tds}</tr>"


def _columns(rows: list[Line]) -> list[str]:
    needed = any(row.required for row in rows)
    return [name for name in HEADINGS if name != "required" or needed]


def _line(assessment: Assessment) -> Line:
    target, observed = assessment.target, assessment.observed
    source = target.source if observed is None else observed.source
    required = required_text(assessment)
    return Line(
        status=assessment.status,
        indicator=target.series.indicator,
        goal=goal_text(target.goal, target.series.measure),
        observed=observed_text(observed) if observed else baseline_text(target.baseline),
        required=required,
        reason_zh=assessment.reason.zh,
        reason_en=assessment.reason.en,
        source=source_text(source),
        told=observed is not None or bool(required),
    )
