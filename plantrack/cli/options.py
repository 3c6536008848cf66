"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plantrack.errors import UsageError

if TYPE_CHECKING:
    from plantrack.model import Period

PlanFiles = Annotated[
    list[Path],
    typer.Option(
        "--plan",
        metavar="FILE...",
        help="Plans: texts or YAML files. 规划：文本或 YAML 文件。",
    ),
]
ReportFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--report",
        metavar="FILE...",
        help="Reports: texts, or observations in YAML or CSV. 报告：文本，或 YAML、CSV 数据。",
    ),
]
AsOf = Annotated[
    str,
    typer.Option(
        metavar="PERIOD",
        help="Judge by what was known then: 2025, 2025H1, 2025Q1, 2025-06. 评估时点。",
    ),
]
RulesName = Annotated[
    str,
    typer.Option(
        "--rules",
        metavar="NAME|FILE",
        help="Rule set: a built-in name or your own file. 规则集。",
    ),
]


class Spoken(StrEnum):
    """The language of a report, or of a site for those who have not chosen one."""

    ZH = "zh"
    EN = "en"


def period_of(written: str, option: str = "--as-of") -> Period:
    """The period an option names; UsageError where it names none."""
    from plantrack.model import Period

    try:
        return Period.parse(written)
    except ValueError as error:
        raise UsageError(
            f"{option}: '{written}' is no period. "
            "Write a year, half, quarter, month or day: 2025, 2025H1, 2025Q1, 2025-06, 2025-06-30.",
            as_of=written,
        ) from error
