"""The commands. What they need is imported when they run, so that help is there at once."""

from __future__ import annotations

import gc
import sys
import traceback
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from plantrack import __version__
from plantrack.cli import database, matters, watching
from plantrack.cli.board import board, serve
from plantrack.cli.codes import ExitCode, FailOn
from plantrack.cli.evaluate import evaluate
from plantrack.cli.explaining import explain_number
from plantrack.cli.finding import find
from plantrack.cli.options import AsOf, PlanFiles, ReportFiles, RulesName, period_of
from plantrack.cli.output import Inputs, Output, ReaderGoneError, explain, say, speak_utf8
from plantrack.cli.reading import Pages, Sandbox, gathered, read
from plantrack.errors import PlantrackError, UsageError

if TYPE_CHECKING:
    from plantrack.model import Observation


class _Group(TyperGroup):
    """Turns the errors plantrack raises on purpose into a paragraph and an exit code."""

    def invoke(self, ctx: Any) -> object:  # noqa: ANN401  the class differs by Typer's version
        try:
            return super().invoke(ctx)
        except PlantrackError as error:
            raise typer.Exit(explain(error)) from error
        except ReaderGoneError as gone:
            raise typer.Exit(ExitCode.DONE) from gone


class _ManyValues(TyperCommand):
    """Lets one --plan or --report take several files, as a shell makes of `reports/*.txt`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        return super().parse_args(ctx, _one_each(args, ("--plan", "--report")))


def _one_each(args: list[str], options: tuple[str, ...]) -> list[str]:
    """`--plan a b` as `--plan a --plan b`."""
    spread: list[str] = []
    option, due = "", False
    for arg in args:
        if arg.startswith("-") and arg != "-" and not due:
            name, assigned, _ = arg.partition("=")
            option, due = (name, not assigned) if name in options else ("", False)
        elif option and not due:
            spread.append(option)
        else:
            due = False
        spread.append(arg)
    return spread


app = typer.Typer(
    name="plantrack",
    cls=_Group,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Reads targets out of government plans, tracks them against reports, and says how each "
    "stands, why, and where it is written. 从规划文本中提取目标，用报告数据对照，逐项说明完成情况、"
    "理由与出处。\n\n"
    "Exit codes 退出码: 0 done 完成; 1 a target is as bad as --fail-on names 有目标达到 --fail-on "
    "所列程度; 2 bad usage, unreadable input or unwritable output 用法或输入输出有误; 3 done in part "
    "部分输入无法使用.",
)

Texts = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE",
        help="Plans or reports: texts, web pages, Word, PDF, Excel, CSV. 规划或报告文件。",
    ),
]
Plans = Annotated[
    list[Path],
    typer.Argument(metavar="FILE", help="Plans: documents or YAML files. 规划：文件或 YAML。"),
]
Jsonl = Annotated[
    bool, typer.Option("--jsonl", help="One JSON object a line, no table. 每行一个 JSON 对象。")
]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="Write there instead. 写入该文件。"),
]

app.command()(read)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"plantrack {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Show the version. 显示版本。"
        ),
    ] = False,
) -> None:
    speak_utf8()


@app.command()
def figures(
    files: Texts,
    jsonl: Jsonl = False,
    out: Out = None,
    jobs: Annotated[
        int,
        typer.Option(
            metavar="N",
            min=1,
            help="Read so many files at once, each in a process of its own. 同时处理的文件数。",
        ),
    ] = 1,
    review: Annotated[
        bool,
        typer.Option(
            "--review", help="Only those too doubtful for a board. 只列可信度不足、须先复核的。"
        ),
    ] = False,
    explain_at: Annotated[
        int | None,
        typer.Option(
            "--explain",
            metavar="START",
            help="Tell how the number at that offset was read, and why it was taken or not. "
            "说明该位置的数是如何读取的、为何取或不取。",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="With --explain: one JSON object. 输出 JSON 对象。")
    ] = False,
    sandbox: Sandbox = False,
    pages: Pages = False,
) -> None:
    """List every number of a text with what it measures. 列出文本中的每个数据及其含义。"""
    first, more = gathered(files, pages)
    if explain_at is not None:
        explain_number(first, explain_at, out, as_json=as_json, pages=more, sandbox=sandbox)
        return
    if as_json:
        raise UsageError("--json goes with --explain START. For all figures use --jsonl.")
    inputs = Inputs(first)
    with Output(out, files) as output:
        work = partial(find, jsonl=jsonl, review=review, pages=more, sandbox=sandbox)
        for path, found in inputs.each(work, "数据 Figures", jobs):
            if not found:
                none = "no doubtful figures" if review else "no figures found"
                say(f"{path}: {'the text is empty' if found.empty else none}.")
            elif jsonl:
                output.lines(found.lines)
            else:
                from plantrack.show.listing import figures_table

                output.show(figures_table(f"{found.title} · {len(found.figures)}", found.figures))
    raise typer.Exit(inputs.code)


@app.command()
def targets(
    files: Plans,
    jsonl: Jsonl = False,
    out: Out = None,
    sandbox: Sandbox = False,
    pages: Pages = False,
) -> None:
    """List the targets of plans, from text or from plan files. 列出规划的目标。"""
    from plantrack import flow
    from plantrack.show.listing import targets_table
    from plantrack.show.records import target_record

    first, more = gathered(files, pages)
    inputs = Inputs(first)
    work = partial(flow.read_plans, pages=more, sandbox=sandbox)
    with Output(out, files) as output:
        for path, plans in inputs.each(work, "目标 Targets"):
            if not any(plan.targets for plan in plans):
                say(f"{path}: no targets found.")
            for plan in plans:
                if jsonl:
                    for target in plan.targets:
                        output.record(target_record(target))
                elif plan.targets:
                    title = f"{plan.title} · {plan.period} · {len(plan.targets)}"
                    output.show(targets_table(title, plan.targets))
    raise typer.Exit(inputs.code)


@app.command(cls=_ManyValues)
def assess(
    plan: PlanFiles,
    as_of: AsOf,
    report: ReportFiles = None,
    rules: RulesName = "default",
    jsonl: Jsonl = False,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(
            help="End with code 1 where a target is this bad or worse. 有目标达到该程度时退出码为 1。"
        ),
    ] = None,
    out: Out = None,
) -> None:
    """Judge the targets of plans by what reports say. 用报告数据评估规划目标。"""
    from plantrack import flow
    from plantrack.show.board import terminal_table
    from plantrack.show.records import assessment_record

    at = period_of(as_of)
    plans, reports = Inputs(plan), Inputs(report or [])
    statuses: list[str] = []
    with Output(out, [*plan, *(report or [])]) as output:
        known: list[Observation] = []
        for path, values in reports.each(flow.read_report, "报告 Reports"):
            if not values:
                say(f"{path}: no values found.")
            known += values
        for path, read in plans.each(flow.read_plans, "规划 Plans"):
            if not any(each.targets for each in read):
                say(f"{path}: no targets found.")
            for each in read:
                judged = flow.assess(each, known, as_of=at, rules=rules)
                statuses += [a.status.value for a in judged.assessments]
                if jsonl:
                    for assessment in judged.assessments:
                        output.record(assessment_record(assessment))
                elif judged.assessments:
                    output.show(terminal_table(judged))
    lagging = fail_on is not None and fail_on.hit_by(statuses)
    codes = [plans.code, reports.code, ExitCode.LAGGING if lagging else ExitCode.DONE]
    raise typer.Exit(max(codes))


@app.command()
def demo() -> None:
    """Show three boards made from the plans and reports that come along. 用自带数据演示三张评估表。"""
    from plantrack.cli.demo import boards
    from plantrack.show.board import terminal_table

    with Output(None, []) as output:
        for each in boards():
            output.show(terminal_table(each, brief=True))


app.command(cls=_ManyValues)(board)
app.command(cls=_ManyValues)(evaluate)
app.command()(serve)
app.command()(watching.init)
app.add_typer(watching.add, name="add")
for command in (watching.run, watching.watch, watching.status, matters.history, matters.resolve):
    app.command()(command)
app.add_typer(matters.flags, name="flags")
app.add_typer(matters.review, name="review")
app.add_typer(database.db, name="db")


def run() -> NoReturn:
    """Entry point of the `plantrack` command."""
    # what a command loads stays: to look for garbage among it takes a twentieth of a start
    gc.set_threshold(50_000)
    try:
        app()
    except Exception:
        traceback.print_exc()
        say("this is a mistake in plantrack. Please report it with the lines above.")
        sys.exit(ExitCode.DEFECT)
    sys.exit(ExitCode.DONE)
