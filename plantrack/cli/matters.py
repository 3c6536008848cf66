"""The commands for what a workspace found out: flags, history, review, resolve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from plantrack.cli.desk import HERE, By, Note, Where, person, reading, working, workspace
from plantrack.cli.output import Output, say

if TYPE_CHECKING:
    from plantrack.job.judging import Changed
    from plantrack.model import Flag

Jsonl = Annotated[
    bool, typer.Option("--jsonl", help="One JSON object a line, no table. 每行一个 JSON 对象。")
]
FlagId = Annotated[int, typer.Argument(metavar="ID", help="The flag's number. 标记编号。")]
ItemId = Annotated[int, typer.Argument(metavar="ID", help="The item's number. 事项编号。")]
Which = Annotated[
    str,
    typer.Argument(
        metavar="TARGET", help="PLAN/ID, an id, or an indicator's name. 目标编号或指标名称。"
    ),
]
flags = typer.Typer(
    invoke_without_command=True, help="List what got worse or is overdue. 列出恶化或过期的目标。"
)
review = typer.Typer(
    invoke_without_command=True,
    help="List what waits for a person: doubtful figures and names. 列出待人工核对的数据与名称。",
)


@flags.callback()
def list_flags(
    ctx: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="Resolved ones too. 包括已解除的。")] = False,
    jsonl: Jsonl = False,
    where: Where = HERE,
) -> None:
    """List what got worse or is overdue. 列出恶化或过期的目标。"""
    if ctx.invoked_subcommand is not None:
        return
    from plantrack.cli.tables import flag_record, flags_table
    from plantrack.model import FlagState

    found = workspace(where)
    states = [s for s in FlagState if every or s is not FlagState.RESOLVED]
    with reading(found) as unit, Output(None, []) as output:
        held = unit.flags.list(states=states)
        if jsonl:
            for flag in held:
                output.record(flag_record(flag))
        elif held:
            plans = {one.key: one.plan for one in unit.plans.current()}
            output.show(flags_table(held, plans, found.settings.job.zone))
        else:
            say("no open flags. 没有未处理的标记。")


@flags.command("show")
def show_flag(flag: FlagId, where: Where = HERE) -> None:
    """Show a flag with every step of its life. 显示标记的全部经过。"""
    from plantrack.cli.tables import flag_story

    found = workspace(where)
    with reading(found) as unit, Output(None, []) as output:
        plans = {one.key: one.plan for one in unit.plans.current()}
        output.show(flag_story(unit.flags.by_id(flag), plans, found.settings.job.zone))


@flags.command("ack")
def acknowledge_flag(flag: FlagId, by: By = None, note: Note = "", where: Where = HERE) -> None:
    """Say that somebody takes care of it. 确认标记并注明责任人。"""
    with working(workspace(where)) as at_work:
        held = at_work.change(
            lambda unit: unit.flags.acknowledge(
                flag, by=person(by), note=note, run=at_work.judge.run
            )
        )
    _say_state(held)


@flags.command("resolve")
def resolve_flag(flag: FlagId, by: By = None, note: Note = "", where: Where = HERE) -> None:
    """Say that the matter is over; it is reopened where the status gets worse again. 解除标记。"""
    with working(workspace(where)) as at_work:
        held = at_work.change(
            lambda unit: unit.flags.resolve(flag, by=person(by), note=note, run=at_work.judge.run)
        )
    _say_state(held)


def history(target: Which, jsonl: Jsonl = False, where: Where = HERE) -> None:
    """Show how a target stood, judgement by judgement. 显示目标的历次评估。"""
    from plantrack.cli.tables import history_table
    from plantrack.job.plans import find_target
    from plantrack.show.records import assessment_record

    found = workspace(where)
    with reading(found) as unit, Output(None, []) as output:
        plan, name = find_target([one.plan for one in unit.plans.current()], target)
        kept = unit.assessments.history(plan.id, name)
        if jsonl:
            for one in kept:
                output.record(
                    {"at": one.at.isoformat(), "as_of": str(one.as_of), "run": one.run}
                    | assessment_record(one.assessment(plan.target(name)))
                )
        else:
            output.show(history_table(kept, found.settings.job.zone))


@review.callback()
def list_review(ctx: typer.Context, where: Where = HERE) -> None:
    """List what waits for a person: doubtful figures and names. 列出待人工核对的数据与名称。"""
    if ctx.invoked_subcommand is not None:
        return
    from plantrack.cli.tables import review_table
    from plantrack.store import ReviewState

    with reading(workspace(where)) as unit, Output(None, []) as output:
        items = unit.review.list(ReviewState.OPEN)
        if items:
            output.show(review_table(items))
        else:
            say("nothing to review. 没有待核事项。")


@review.command("accept")
def accept_item(
    item: ItemId,
    indicator: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Which indicator it names. 对应的指标编号。"),
    ] = None,
    by: By = None,
    note: Note = "",
    where: Where = HERE,
) -> None:
    """Accept a figure as read, or a phrase as a name; the name is learned. 采纳数据或名称。"""
    from plantrack.job.review import accept

    with working(workspace(where)) as at_work:
        _say_changed(accept(at_work, item, by=person(by), note=note, indicator=indicator))


@review.command("correct")
def correct_item(
    item: ItemId,
    value: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="5.3, 5~5.5 or 2.2:1. 数值。")
    ] = None,
    unit: Annotated[str | None, typer.Option(metavar="UNIT", help="The unit. 单位。")] = None,
    period: Annotated[
        str | None, typer.Option(metavar="PERIOD", help="2025, 2025H1, 2025-06 … 时期。")
    ] = None,
    measure: Annotated[
        str | None,
        typer.Option(
            metavar="MEASURE",
            help="level, growth, avg_growth, multiple or cumulative. 口径。",
        ),
    ] = None,
    indicator: Annotated[
        str | None, typer.Option(metavar="ID", help="Which indicator. 指标编号。")
    ] = None,
    by: By = None,
    note: Note = "",
    where: Where = HERE,
) -> None:
    """Have a figure count with what is right. 更正数据后采纳。"""
    from plantrack.job.doubts import Correction
    from plantrack.job.review import correct

    said = Correction(value=value, unit=unit, period=period, measure=measure, indicator=indicator)
    with working(workspace(where)) as at_work:
        _say_changed(correct(at_work, item, said, by=person(by), note=note))


@review.command("reject")
def reject_item(item: ItemId, by: By = None, note: Note = "", where: Where = HERE) -> None:
    """Have a figure or a phrase stay out for good. 否决数据或名称。"""
    from plantrack.job.review import reject

    with working(workspace(where)) as at_work:
        reject(at_work, item, by=person(by), note=note)


def resolve(
    target: Which,
    value: Annotated[
        str,
        typer.Argument(
            metavar="VALUE", help="'≥90%', '≤31.5', '5~5.5%', '2.1:1'. 上级下达的目标值。"
        ),
    ],
    by: By = None,
    note: Note = "",
    where: Where = HERE,
) -> None:
    """Give the value of a goal that a higher authority set. 填入由上级下达的目标值。"""
    from plantrack.job.resolving import resolve as give

    with working(workspace(where)) as at_work:
        _say_changed(give(at_work, target, value, by=person(by), note=note))


def _say_state(flag: Flag) -> None:
    from plantrack.cli.tables import STATES

    with Output(None, []) as output:
        output.say(f"{flag.id} {flag.plan_id}/{flag.target_id}: {STATES[flag.state]}")


def _say_changed(changed: list[Changed]) -> None:
    from plantrack.cli.tables import status_word

    with Output(None, []) as output:
        for one in changed:
            output.say(f"{one.plan}/{one.target}: {status_word(one.was)} → {status_word(one.now)}")
        if not changed:
            output.say("已记录，状态不变 kept, no status changed")
