"""Charts with Altair (extra `charts`): one call each, from an object or from its frame.

| chart | of | shows |
| --- | --- | --- |
| trajectory | Assessment, course frame | one target: path with its band, goal, values, projection, what is needed |
| small_multiples | Board, course frame | the same for every target that can be drawn |
| status_strip | boards of several dates, history frame | how each target stood at each date |
| gap_bars | Board, board frame | how far each target is from what was due, the worst first |
| overview | Plan, Board, their frames | how many targets each field has, by nature and by status |

Every chart has an alt text (`chart.description`) and speaks the language of `set_language`.
`plantrack.show.pictures` makes PNG and SVG of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from plantrack.assess import RuleSet
from plantrack.assess.metrics import POINTS
from plantrack.errors import UsageError
from plantrack.model import Assessment, Board, Nature, Plan, Status, Text
from plantrack.show.courseplot import Size, course_plot
from plantrack.show.courses import COURSE_DTYPES, course_frame
from plantrack.show.drawing import (
    SMALL,
    altair,
    amount,
    finish,
    inert_frame,
    needs,
    status_scale,
    theme_of,
    with_names,
    wrapped,
)
from plantrack.show.frames import board_frame, history_frame, to_frame
from plantrack.show.labels import LABELS, label, nature_words
from plantrack.show.language import say
from plantrack.show.theme import Theme, ThemeName
from plantrack.show.words import LOOKS, status_text

if TYPE_CHECKING:
    from altair import ConcatChart, LayerChart

_NAME_WIDTH = 320  # px for the names of targets
_ROW = 22  # px for a line of a list


def trajectory(
    thing: Assessment | pd.DataFrame,
    *,
    rules: RuleSet | None = None,
    theme: ThemeName = "light",
    width: int = 560,
    height: int = 300,
) -> LayerChart:
    """The course of one target, in its unit.

    `rules` gives the band of a rule set of one's own. UsageError where there is nothing to draw
    (no goal with a number and no value), or where a frame holds several targets.
    """
    paper = theme_of(theme)
    rows = _courses(thing, rules)
    ids = rows["target_id"].unique()
    if len(ids) != 1:
        raise UsageError(
            f"A trajectory shows one target, this frame holds {len(ids)}: draw small_multiples, "
            "or choose one by its target_id."
            if len(ids)
            else "There is nothing to draw: the target has no goal with a number and no value.",
            targets=list(ids),
        )
    head = rows.iloc[0]
    said = Text(
        zh=f"{head['indicator_zh']}的轨迹图。{head['reason_zh']}。",
        en=f"Course of {head['indicator_en']}. {head['reason_en']}.",
    )
    size = Size(width, height)
    chart: LayerChart = course_plot(rows, paper, size, **finish(paper, said))
    return chart


def small_multiples(
    thing: Board | pd.DataFrame,
    *,
    only: Iterable[str] | None = None,
    columns: int = 3,
    rules: RuleSet | None = None,
    theme: ThemeName = "light",
) -> ConcatChart:
    """The courses of a board's targets side by side, each on its own scale; `only` names some by id.

    Targets without a number to draw are left out, and the title says how many. UsageError where
    none is left.
    """
    alt, paper = altair(), theme_of(theme)
    wanted = None if only is None else list(only)
    rows = _courses(thing, rules, wanted)
    ids = list(dict.fromkeys(rows["target_id"]))
    if not ids:
        raise UsageError(
            "There is nothing to draw: no target has a goal with a number or a value.", only=wanted
        )
    size = Size(190, 110, small=True)
    plots = [course_plot(rows[rows["target_id"] == each], paper, size) for each in ids]
    whole = len(thing.assessments) if isinstance(thing, Board) and wanted is None else len(ids)
    left = whole - len(ids)
    note = Text(
        zh=f"{len(ids)}项指标" + (f"；另有{left}项没有可画的数值" if left else ""),
        en=f"{len(ids)} targets" + (f"; {left} more have no number to draw" if left else ""),
    )
    names = rows.drop_duplicates("target_id")
    said = Text(
        zh=f"{LABELS['small_multiples'].zh}（{note.zh}）：{'、'.join(names['indicator_zh'])}。",
        en=f"{LABELS['small_multiples'].en} ({note.en}): {', '.join(names['indicator_en'])}.",
    )
    chart: ConcatChart = alt.concat(
        *plots,
        columns=columns,
        spacing={"row": 28, "column": 24},
        title=alt.TitleParams(_title(thing, "small_multiples", 720), subtitle=say(note), offset=18),
        **finish(paper, said),
    )
    return chart


def status_strip(
    history: Sequence[Board] | pd.DataFrame, *, theme: ThemeName = "light"
) -> LayerChart:
    """How each target stood at each date: a row a target, a column a date.

    Takes boards of one plan, or the frame `to_frame` makes of them. UsageError for an empty one.
    """
    alt, paper = altair(), theme_of(theme)
    frame = history if isinstance(history, pd.DataFrame) else history_frame(history)
    rows = _listed(frame, ("as_of", "status"), "to_frame([board, board, …])")
    rows = _looks(rows)
    names, dates = list(dict.fromkeys(rows["name"])), sorted(set(rows["as_of"]))
    base = alt.Chart(rows).encode(
        x=alt.X("as_of:O", title=label("as_of"), axis=alt.Axis(orient="top", labelAngle=0)),
        y=_rows_axis(names),
    )
    cells = base.mark_rect(stroke=paper.paper, strokeWidth=3, cornerRadius=4).encode(
        color=_status_colour(rows, paper)
    )
    signs = base.mark_text(color=paper.paper, fontWeight="bold", fontSize=13).encode(text="sign:N")
    chart = (cells + signs).properties(
        width=max(64 * len(dates), 120),
        height=_ROW * len(names),
        title=_title(_newest(history), "history", 560),
    )
    last = rows[rows["as_of"] == dates[-1]]
    said = _told("history", f"{dates[0]}–{dates[-1]}", last)
    finished: LayerChart = chart.properties(**finish(paper, said))
    return finished


def gap_bars(thing: Board | pd.DataFrame, *, theme: ThemeName = "light") -> LayerChart:
    """How far each target is from the value due, in % of that value, the worst first.

    To the left is worse, whichever way is good. The label tells the gap in the target's unit.
    Targets without a value, or due to be zero, are left out; UsageError where none is left.
    """
    alt, paper = altair(), theme_of(theme)
    frame = board_frame(thing) if isinstance(thing, Board) else thing
    rows = _listed(frame, ("gap", "expected", "status", "unit"), "to_frame(board)")
    rows = rows[rows["gap"].notna() & rows["expected"].notna() & (rows["expected"] != 0)]
    if rows.empty:
        raise UsageError("There is nothing to draw: no target has a value and one that was due.")
    rows = _looks(rows)
    rows = rows.assign(share=100 * rows["gap"] / rows["expected"].abs())
    rows = rows.assign(told=[_gap_text(r) for r in rows.to_dict("records")])
    rows = rows.sort_values("share", kind="stable")
    names = list(rows["name"])
    low, high = min(0.0, rows["share"].min()), max(0.0, rows["share"].max())
    room = 0.24 * ((high - low) or 1.0)  # for the texts at the ends of the bars
    scale = alt.Scale(domain=[low - room * (low < 0), high + room], nice=False)
    base = alt.Chart(rows).encode(
        x=alt.X(
            "share:Q",
            title=label("gap_share"),
            scale=scale,
            axis=alt.Axis(format=",~f", tickCount=6),
        ),
        y=_rows_axis(names),
    )
    bars = base.mark_bar(height=13, cornerRadius=2).encode(color=_status_colour(rows, paper))
    zero = alt.Chart(pd.DataFrame({"share": [0]})).mark_rule(color=paper.muted)
    texts = []
    for side, align, dx in ((rows["share"] < 0, "right", -6), (rows["share"] >= 0, "left", 6)):
        here = alt.Chart(rows[side]).encode(y=_rows_axis(names))
        told = here.mark_text(align=align, dx=dx, color=paper.ink, fontSize=SMALL)
        # The sign of the status stands by itself across the line: a font that has it may lack others.
        sign = here.mark_text(align="left" if dx < 0 else "right", dx=-dx, fontSize=SMALL + 2)
        texts += [
            told.encode(x="share:Q", text="told:N"),
            sign.encode(x=alt.datum(0), text="sign:N", color=_status_colour(rows, paper)),
        ]
    chart = alt.layer(bars, zero.encode(x="share:Q"), *texts).properties(
        width=460, height=_ROW * len(names), title=_title(thing, "gaps", 640)
    )
    worst = [f"{r['name']} {r['told']}" for r in rows.head(3).to_dict("records")]
    said = _told("gaps", "; ".join(worst), rows)
    finished: LayerChart = chart.properties(**finish(paper, said))
    return finished


def overview(thing: Plan | Board | pd.DataFrame, *, theme: ThemeName = "light") -> Any:  # noqa: ANN401
    """How many targets each field has: of a plan by nature, of a board by nature and status.

    UsageError for a plan without targets.
    """
    alt, paper = altair(), theme_of(theme)
    frame = thing if isinstance(thing, pd.DataFrame) else to_frame(thing)
    rows = _listed(frame, ("group", "nature"), "to_frame(plan) or to_frame(board)")
    natures = {n: say(nature_words(n)) for n in (Nature.BINDING, Nature.EXPECTED, None)}
    rows = rows.assign(
        field=rows["group"].fillna(label("none")),
        kind=[natures[None if pd.isna(n) else Nature(n)] for n in rows["nature"]],
    )
    shown = [name for name in natures.values() if (rows["kind"] == name).any()]
    fields = list(rows["field"].value_counts().index)
    judged = "status" in rows
    if judged:
        ranks = rows["status"].cat.codes
        rows = _looks(rows).assign(rank=ranks)
        colour = _status_colour(rows, paper)
    else:
        rows = rows.assign(rank=rows["kind"].map(list(natures.values()).index), sign="")
        shades = alt.Scale(
            domain=list(natures.values()), range=[paper.ink, paper.accent, paper.line]
        )
        legend = alt.Legend(orient="top", values=shown)
        colour = alt.Color("kind:N", title=label("nature"), scale=shades, legend=legend)
    keys = ["field", "kind", "rank", "sign", *(["shown"] if judged else [])]
    counts = rows.groupby(keys, sort=False).size().rename("n").reset_index()
    base = alt.Chart(counts).encode(y=_rows_axis(fields, "field"), order="rank:Q")
    count = {"title": label("count"), "stack": "zero"}
    bars = base.mark_bar(height=16).encode(
        x=alt.X("n:Q", axis=alt.Axis(tickMinStep=1, format="d"), **count), color=colour
    )
    signs = base.mark_text(color=paper.paper, fontSize=SMALL, fontWeight="bold").encode(
        x=alt.X("n:Q", bandPosition=0.5, **count), text="sign:N"
    )
    chart = (bars + signs if judged else bars).properties(
        width=220 if judged else 460, height=_ROW * len(fields)
    )
    if judged:
        chart = chart.facet(column=alt.Column("kind:N", title=None, sort=shown))
    chart = chart.properties(title=_title(thing, "plan_overview", 640))
    told = "; ".join(f"{k} {n}" for k, n in counts.groupby("kind")["n"].sum().items())
    said = Text(
        zh=f"{LABELS['plan_overview'].zh}：{len(rows)}项指标，{len(fields)}个领域。{told}。",
        en=f"{LABELS['plan_overview'].en}: {len(rows)} targets in {len(fields)} fields. {told}.",
    )
    return chart.properties(**finish(paper, said))


def _courses(
    thing: Assessment | Board | pd.DataFrame, rules: RuleSet | None, only: list[str] | None = None
) -> pd.DataFrame:
    """Course rows of an object, or of a frame that holds them; of some targets where `only` names them."""
    rows = thing if isinstance(thing, pd.DataFrame) else course_frame(thing, rules=rules)
    needs(rows, COURSE_DTYPES, "course_frame")
    rows = rows if only is None else rows[rows["target_id"].isin(only)]
    return inert_frame(rows)


def _listed(frame: pd.DataFrame, columns: Iterable[str], made_by: str) -> pd.DataFrame:
    """The rows of a board or target frame, named and short enough for an axis; none is an error."""
    needs(frame, ("indicator", "indicator_id", "measure", "scope", "horizon", *columns), made_by)
    if frame.empty:
        raise UsageError("There is nothing to draw: the frame holds no target.")
    return with_names(inert_frame(frame.reset_index(drop=True)))


def _looks(rows: pd.DataFrame) -> pd.DataFrame:
    """With each row's status as sign, and as sign and word."""
    statuses = [Status(s) for s in rows["status"]]
    return rows.assign(
        sign=[LOOKS[s].sign for s in statuses], shown=[status_text(s) for s in statuses]
    ).drop(columns="status")


def _status_colour(rows: pd.DataFrame, theme: Theme) -> Any:  # noqa: ANN401
    alt = altair()
    shown = set(rows["shown"])
    names, colours = status_scale(theme, (s for s in Status if status_text(s) in shown))
    return alt.Color(
        "shown:N",
        title=None,
        scale=alt.Scale(domain=names, range=colours),
        legend=alt.Legend(orient="top", columns=4, symbolType="square"),
    )


def _rows_axis(names: list[str], field: str = "name") -> Any:  # noqa: ANN401
    """A list of names down the left side, in the given order, none of them wider than its room."""
    alt = altair()
    return alt.Y(
        f"{field}:N",
        title=None,
        sort=names,
        axis=alt.Axis(
            labelLimit=_NAME_WIDTH, labelFontSize=SMALL + 1, domain=False, ticks=False, grid=False
        ),
    )


def _title(thing: object, key: str, width: float) -> list[str]:
    """What a chart shows and, where it is known, of which plan and date."""
    of = ""
    if isinstance(thing, Board):
        of = f"{thing.plan.title} · {label('as_of')} {thing.as_of}"
    elif isinstance(thing, Plan):
        of = thing.title
    return wrapped(label(key), width) + (wrapped(of, width) if of else [])


def _newest(history: Sequence[Board] | pd.DataFrame) -> Board | None:
    return None if isinstance(history, pd.DataFrame) else max(history, key=lambda b: b.as_of)


def _gap_text(row: dict[Any, Any]) -> str:
    """A gap with its sign and unit: −0.7个百分点."""
    unit = POINTS.get(row["unit"], row["unit"])
    sign = "−" if row["gap"] < 0 else "+" if row["gap"] > 0 else "±"
    return f"{sign}{amount(abs(row['gap']))}{unit}"


def _told(key: str, what: str, rows: pd.DataFrame) -> Text:
    """Alt text of a list of targets: what it shows, then how many stand how."""
    counts = rows["shown"].value_counts()
    told = ", ".join(f"{name} {n}" for name, n in counts.items())
    name = LABELS[key]
    return Text(zh=f"{name.zh}：{what}。{told}。", en=f"{name.en}: {what}. {told}.")
