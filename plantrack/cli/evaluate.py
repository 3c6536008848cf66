"""`plantrack evaluate`: a plan's evaluation report as Word or Markdown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plantrack.cli.options import AsOf, PlanFiles, ReportFiles, RulesName, Spoken, period_of
from plantrack.cli.output import Inputs, Output, say
from plantrack.errors import OutputError, UsageError
from plantrack.show.evaluation.kinds import EvaluationKind

if TYPE_CHECKING:
    from plantrack.model import Observation
    from plantrack.show.evaluation.blocks import Block

_WORD, _MARKDOWN = (".docx",), (".md", ".markdown")


def evaluate(
    plan: PlanFiles,
    as_of: AsOf,
    kind: Annotated[
        EvaluationKind,
        typer.Option(
            help="yearly 年度监测; mid-term 中期评估; final 总结评估.",
        ),
    ],
    report: ReportFiles = None,
    rules: RulesName = "default",
    language: Annotated[
        Spoken, typer.Option(help="The language of the report. 报告语言。")
    ] = Spoken.ZH,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="A .docx or .md file; without it Markdown is printed. 输出文件，默认打印 Markdown。",
        ),
    ] = None,
) -> None:
    """Write the evaluation report of a plan, as Word or Markdown. 生成规划评估报告。"""
    from plantrack import flow
    from plantrack.show.evaluation import evaluation, to_markdown
    from plantrack.show.language import using

    _check(out)
    at = period_of(as_of)
    plans, reports = Inputs(plan), Inputs(report or [])
    known: list[Observation] = []
    for path, values in reports.each(flow.read_report, "报告 Reports"):
        if not values:
            say(f"{path}: no values found.")
        known += values
    blocks: list[Block] = []
    with using(language.value):
        for path, read in plans.each(flow.read_plans, "规划 Plans"):
            if not any(each.targets for each in read):
                say(f"{path}: no targets found.")
            for each in read:
                board = flow.assess(each, known, as_of=at, rules=rules)
                blocks += evaluation(board, kind)
    if out is not None and out.suffix.lower() in _WORD:
        _write_word(blocks, out, [*plan, *(report or [])])
    else:
        with Output(out, [*plan, *(report or [])]) as output:
            output.lines([to_markdown(blocks).rstrip("\n")])
    raise typer.Exit(max(plans.code, reports.code))


def _check(out: Path | None) -> None:
    if out is not None and out.suffix.lower() not in (*_WORD, *_MARKDOWN):
        raise UsageError(
            f"--out {out}: a report is written as .docx or .md. Give the file one of these endings.",
            out=str(out),
        )


def _write_word(blocks: list[Block], out: Path, inputs: list[Path]) -> None:
    from plantrack.cli.output import spare
    from plantrack.show.evaluation import to_word

    content = to_word(blocks)
    spare(out, inputs)
    try:
        out.write_bytes(content)
    except OSError as error:
        found = f"cannot be written ({error.strerror})"
        hint = "Make room or get the right to write there, or name another file with --out."
        raise OutputError(str(out), found, hint) from error
