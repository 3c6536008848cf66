"""`plantrack board` and `plantrack serve`: boards in the terminal or as a site, and the site on this machine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plantrack.cli.codes import ExitCode
from plantrack.cli.desk import HERE, reading, workspace
from plantrack.cli.options import ReportFiles, Spoken, period_of
from plantrack.cli.output import Inputs, Output, say
from plantrack.errors import UsageError

if TYPE_CHECKING:
    from plantrack.model import Observation, Plan
    from plantrack.show.site import Paper, Past

_YAML = (".yaml", ".yml")


def board(
    plan: Annotated[
        list[Path] | None,
        typer.Option(
            "--plan",
            metavar="FILE...",
            help="Plans: documents or YAML files; else those of the workspace. "
            "规划文件；不给则用工作区。",
        ),
    ] = None,
    report: ReportFiles = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            metavar="PERIOD",
            help="With --plan: judge by what was known then: 2025, 2025H1, 2025-06. 评估时点。",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Write a site into a folder of its own: new, empty, or with an earlier site. "
            "生成网站的文件夹：新建、空白，或已有此前生成的网站。",
        ),
    ] = None,
    rules: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|FILE",
            help="With --plan: a rule set, built in or your own file. 规则集。",
        ),
    ] = None,
    earlier: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PERIOD",
            help="With --plan: judge at this date too, as history; several times. 补记此前时点的评估。",
        ),
    ] = None,
    language: Annotated[
        Spoken | None,
        typer.Option(help="With --out: what a new reader sees first. 网站默认显示的语言。"),
    ] = None,
    only: Annotated[
        str | None,
        typer.Option(metavar="PLAN", help="Only this plan of the workspace. 只看该规划。"),
    ] = None,
    known_on: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="As known on that day, 2025-03-01. 按该日已知的情况。"),
    ] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="One JSON object a line, no table. 每行一个 JSON 对象。")
    ] = False,
    where: Annotated[
        Path | None,
        typer.Option(
            "--workspace",
            "-w",
            metavar="DIR",
            help="The workspace; else the one around the current folder. 工作区目录。",
        ),
    ] = None,
) -> None:
    """Show the board of a workspace, or write a site that opens from a file. 显示评估表，或生成可直接打开的网站。

    With --plan the site is made from files, without it from the workspace.
    """
    spoken = (language or Spoken.ZH).value
    if plan:
        _refuse(
            "--plan is for files and does not go with options of a workspace",
            {"--only": only, "--known-on": known_on, "--jsonl": jsonl, "--workspace": where},
        )
        if as_of is None or out is None:
            raise UsageError(
                "--plan needs --as-of PERIOD and --out FOLDER. To see a board in the terminal: "
                "plantrack assess --plan FILE --report FILE --as-of PERIOD."
            )
        raise typer.Exit(_site(plan, report or [], as_of, out, rules, earlier or [], spoken))
    _refuse(
        "without --plan the board is the workspace's, judged today by its own rules",
        {"--report": report, "--as-of": as_of, "--rules": rules, "--earlier": earlier},
    )
    if out is None:
        _refuse(
            "only a site has a first language; name its folder with --out", {"--language": language}
        )
        _show(where or HERE, only, known_on, jsonl=jsonl)
        return
    _refuse("a site is as of today and no table", {"--known-on": known_on, "--jsonl": jsonl})
    found = workspace(where or HERE)
    with reading(found) as unit:
        from plantrack.job.publishing import write_site

        write_site(found, unit, out, plan=only, language=spoken)
    typer.echo(out / "index.html")


def _refuse(why: str, options: Mapping[str, object]) -> None:
    """UsageError where any of the options is given."""
    given = [name for name, value in options.items() if value not in (None, False, [])]
    if given:
        raise UsageError(f"{', '.join(given)}: {why}. See plantrack board --help.")


def _show(where: Path, only: str | None, known_on: str | None, *, jsonl: bool) -> None:
    """The boards of a workspace in the terminal."""
    from plantrack.job.boards import boards
    from plantrack.show.board import terminal_table
    from plantrack.show.records import assessment_record

    day = None if known_on is None else _day(known_on)
    found = workspace(where)
    with reading(found) as unit, Output(None, []) as output:
        for one in boards(found, unit, plan=only, known_on=day):
            if jsonl:
                for assessment in one.assessments:
                    output.record(assessment_record(assessment))
            else:
                output.show(terminal_table(one, brief=True))


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise UsageError(
            f"--known-on: '{written}' is no day. Write one like 2025-03-01.", known_on=written
        ) from error


def _site(
    plan: list[Path],
    report: list[Path],
    as_of: str,
    out: Path,
    rules: str | None,
    earlier: list[str],
    language: str,
) -> ExitCode:
    """The site of plans and reports in files; how much of them could be used."""
    from plantrack import flow
    from plantrack.assess import load_rules
    from plantrack.show.site import Past, Story, earlier_runs, publish, site_files

    at, dates = period_of(as_of), [period_of(each, "--earlier") for each in earlier]
    chosen, runs = load_rules(rules or "default"), earlier_runs(out)
    plans, reports = Inputs(plan), Inputs(report)
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
    publish(site_files(stories, papers, language=language), out)
    typer.echo(out / "index.html")
    return max(plans.code, reports.code)


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

    suffix = path.suffix.lower()
    if suffix in _YAML or (suffix == ".csv" and flow.holds_observations(path)):
        return flow.read_report(path), []
    paper = _paper(path)
    return flow.observations(paper.document), [paper]


def _plans(path: Path) -> tuple[tuple[Plan, ...], list[Paper]]:
    """The plans of a file, and the file itself where it is a text."""
    from plantrack import flow

    if path.suffix.lower() in _YAML:
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
