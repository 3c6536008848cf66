"""`plantrack board` and `plantrack serve`: plans and reports as a site, and the site on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plantrack.cli.codes import ExitCode
from plantrack.cli.options import AsOf, PlanFiles, ReportFiles, RulesName, Spoken, period_of
from plantrack.cli.output import Inputs, say

if TYPE_CHECKING:
    from plantrack.model import Observation, Plan
    from plantrack.show.site import Paper, Past

_DATA = (".yaml", ".yml", ".csv")


def board(
    plan: PlanFiles,
    as_of: AsOf,
    out: Annotated[
        Path,
        typer.Option(
            metavar="FOLDER",
            help="A folder of its own: new, empty, or with an earlier site. "
            "网站文件夹：新建、空白，或已有此前生成的网站。",
        ),
    ],
    report: ReportFiles = None,
    rules: RulesName = "default",
    earlier: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PERIOD",
            help="Judge at this date too, as history; may be given several times. 补记此前时点的评估。",
        ),
    ] = None,
    language: Annotated[
        Spoken, typer.Option(help="What a new reader sees first. 默认显示的语言。")
    ] = Spoken.ZH,
) -> None:
    """Write the board as a site that works from a file. 生成可直接打开的评估网站。"""
    from plantrack import flow
    from plantrack.assess import load_rules
    from plantrack.show.site import Past, Story, earlier_runs, publish, site_files

    at, dates = period_of(as_of), [period_of(each, "--earlier") for each in earlier or ()]
    chosen, runs = load_rules(rules), earlier_runs(out)
    plans, reports = Inputs(plan), Inputs(report or [])
    known: list[Observation] = []
    papers: list[Paper] = []
    stories = []
    for path, (values, paper) in reports.each(_report, "报告 Reports"):
        if not values:
            say(f"{path}: no values found.")
        known += values
        papers += paper
    for path, (read, paper) in plans.each(_plans, "规划 Plans"):
        if not any(each.targets for each in read):
            say(f"{path}: no targets found.")
        papers += paper
        for each in read:
            judged = [flow.assess(each, known, as_of=then, rules=chosen) for then in dates]
            past = [*runs.get(each.id, ()), *map(Past.of, judged)]
            now = flow.assess(each, known, as_of=at, rules=chosen)
            stories.append(Story(now, _by_date(past), rules=chosen))
    publish(site_files(stories, papers, language=language.value), out)
    typer.echo(out / "index.html")
    raise typer.Exit(max(plans.code, reports.code))


def serve(
    folder: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", help="A site written by plantrack board. 网站文件夹。"),
    ],
    port: Annotated[
        int,
        typer.Option(metavar="N", min=0, max=65535, help="0 takes a free one. 0 表示任选。"),
    ] = 8000,
) -> None:
    """Show a site on this machine only, and anew after each pass. 在本机浏览网站，更新后自动刷新。"""
    from plantrack.cli.serving import serving

    with serving(folder, port) as server:
        try:
            say(f"http://127.0.0.1:{server.server_port}/ shows {folder}. Ctrl-C ends it.")
            server.serve_forever()
        except KeyboardInterrupt:
            raise typer.Exit(ExitCode.DONE) from None


def _report(path: Path) -> tuple[tuple[Observation, ...], list[Paper]]:
    """What a report says was reached, and the report itself where it is a text."""
    from plantrack import flow

    if path.suffix.lower() in _DATA:
        return flow.read_report(path), []
    paper = _paper(path)
    return flow.observations(paper.document), [paper]


def _plans(path: Path) -> tuple[tuple[Plan, ...], list[Paper]]:
    """The plans of a file, and the file itself where it is a text."""
    from plantrack import flow

    if path.suffix.lower() in _DATA:
        return flow.read_plans(path), []
    paper = _paper(path)
    return flow.plans(paper.document), [paper]


def _paper(path: Path) -> Paper:
    from plantrack import flow
    from plantrack.show.site import Paper

    document = flow.read(path)
    return Paper(document, flow.figures(document))


def _by_date(past: list[Past]) -> tuple[Past, ...]:
    """Runs in the order of their dates; of one date in the order they were made."""
    return tuple(sorted(past, key=lambda run: run.as_of.t))
