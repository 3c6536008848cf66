"""The commands that make a workspace, feed it and let it watch: init, add, run, watch, status."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plantrack.cli.codes import ExitCode
from plantrack.cli.desk import HERE, Where, logs, reading, working, workspace
from plantrack.cli.output import Inputs, Output

if TYPE_CHECKING:
    from plantrack.job.summary import Summary
    from plantrack.job.workspace import Workspace

LogForm = Annotated[
    str,
    typer.Option(
        "--log-format", metavar="text|json", help="How logs are written. 日志格式：文本或 JSON。"
    ),
]
add = typer.Typer(no_args_is_help=True, help="Add plans and reports. 添加规划与报告。")


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder. 新目录。")],
) -> None:
    """Make a workspace: a folder that plantrack watches by itself. 新建工作区。"""
    from plantrack.job.session import World, opened
    from plantrack.job.workspace import init as make

    made = make(folder)
    with opened(made, World()) as store, Output(None, []) as output:
        output.say(
            f"{made.root}: inbox/ processed/ quarantine/ plans/ lexicon/ plantrack.toml, "
            f"{store.place}"
        )


@add.command("plan")
def add_plan(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="Plans: texts or YAML files. 规划：文本或 YAML 文件。"),
    ],
    where: Where = HERE,
) -> None:
    """Add plans, or new versions of plans, and judge their targets. 添加规划或其新版本并评估。"""
    from plantrack.errors import InputError, UsageError
    from plantrack.job.plans import add_plan as keep

    inputs = Inputs(files)
    with working(workspace(where)) as at_work, Output(None, []) as output:

        def work(path: Path) -> list[str]:
            try:
                return [
                    f"{one.plan.id} v{one.number}{'' if one.new else ' (known already 已有)'}: "
                    f"{one.plan.title} · {one.plan.period} · "
                    f"{len(one.plan.targets)} 目标 targets"
                    for one in keep(at_work, path)
                ]
            except UsageError as error:  # the file's own fault: the others are added all the same
                raise InputError(str(error), file=str(path)) from error

        for _, lines in inputs.each(work, "规划 Plans"):
            for line in lines:
                output.say(line)
    raise typer.Exit(inputs.code)


@add.command("report")
def add_report(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE",
            help="Reports: texts, or observations in YAML or CSV. 报告：文本，或 YAML、CSV 数据。",
        ),
    ],
    where: Where = HERE,
) -> None:
    """Copy reports into the inbox; the next run reads them. 将报告放入收件箱，下次运行时读取。"""
    from plantrack.job.inbox import deposit

    found = workspace(where)
    inputs = Inputs(files)
    with Output(None, []) as output:
        for path, place in inputs.each(lambda path: deposit(path, found.inbox), "报告 Reports"):
            output.say(f"{path} → {place.relative_to(found.root).as_posix()}")
    raise typer.Exit(inputs.code)


def run(
    where: Where = HERE,
    reread: Annotated[
        bool,
        typer.Option(
            "--reread",
            help="First read again what other rules or an older plantrack read. 先用现行规则重读旧文档。",
        ),
    ] = False,
    log_format: LogForm = "text",
) -> None:
    """Do one pass: read what is new, judge what it touches, tell what changed. 运行一次。"""
    from plantrack.job.ingest import run_pass
    from plantrack.job.session import World, new_run

    found = _watched(where, log_format)
    world = World()
    summary = run_pass(found, new_run(world.now()), world, again=reread)
    with Output(None, []) as output:
        output.say(summary_text(summary))
    raise typer.Exit(ExitCode.PARTIAL if summary.in_part else ExitCode.DONE)


def watch(
    at: Annotated[
        str | None, typer.Option(metavar="HH:MM", help="Every day at that time. 每天该时刻。")
    ] = None,
    cron: Annotated[
        str | None,
        typer.Option(metavar="LINE", help="Five fields, as in '0 2 * * 1-5'. cron 表达式。"),
    ] = None,
    every: Annotated[
        str | None, typer.Option(metavar="TIME", help="90s, 30m, 6h or 1d. 间隔。")
    ] = None,
    where: Where = HERE,
    log_format: LogForm = "text",
) -> None:
    """Do a pass at stated times, in the workspace's time zone, until it is ended. 定时运行。"""
    import structlog

    from plantrack.errors import PlantrackError
    from plantrack.job.delivery import deliver_waiting
    from plantrack.job.ingest import run_pass
    from plantrack.job.schedule import trigger
    from plantrack.job.schedule import watch as keep_watching
    from plantrack.job.session import World, new_run

    found = _watched(where, log_format)
    zone = found.settings.job.zone
    when = trigger(at, cron, every, zone)
    world = World()
    log = structlog.get_logger("plantrack")

    def careful(work: object) -> None:
        try:
            work()  # type: ignore[operator]
        except PlantrackError as error:
            log.error("not done, tried again as planned", reason=str(error))

    keep_watching(
        lambda: careful(lambda: run_pass(found, new_run(world.now()), world)),
        when,
        zone,
        also=lambda: careful(lambda: deliver_waiting(found, world)),
        ready=lambda: log.info("watching", when=str(when), time_zone=str(zone)),
    )


def status(where: Where = HERE) -> None:
    """Show what waits, what is open and what the last runs did. 查看工作区状态。"""
    from plantrack.cli.tables import status_table

    found = workspace(where)
    with reading(found) as unit, Output(None, []) as output:
        output.show(status_table(found, unit))


def summary_text(summary: Summary) -> str:
    """A run in one line, in Chinese and English."""
    parts = (
        ("读取 read", summary.read),
        ("已有 known", summary.known),
        ("未写完 unfinished", summary.unfinished),
        ("隔离 quarantined", summary.quarantined),
        ("未移走 unmoved", summary.unmoved),
        ("数据 figures", summary.figures),
        ("已识别 linked", summary.linked),
        ("待核 doubtful", summary.doubtful),
        ("状态变化 changed", len(summary.changed)),
        ("标记 flags", summary.flags),
        ("过期 stale", summary.stale),
    )
    told = " · ".join(f"{name} {count}" for name, count in parts if count)
    return f"{told or '没有新内容 nothing new'} · {summary.seconds:.1f} s"


def _watched(where: Path, log_format: str) -> Workspace:
    from plantrack.errors import UsageError
    from plantrack.job.logs import LogFormat
    from plantrack.job.workspace import open_workspace

    if log_format not in list(LogFormat):
        raise UsageError(f"--log-format: '{log_format}' is none. Write text or json.")
    found = open_workspace(where)
    logs(found, log_format)
    return found
