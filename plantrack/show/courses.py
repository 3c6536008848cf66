"""The courses of targets as a tidy frame: one row for each point that a chart draws.

| column | dtype | holds |
| --- | --- | --- |
| target_id, indicator_zh, indicator_en, unit | string | whose course it is, and the unit of its values |
| status | category | how the target stands |
| reason_zh, reason_en | string | why |
| part | category | one of PARTS |
| t | float64 | the moment in years: 2025.0 is the end of 2025 |
| period | string | the period of a value that was seen |
| value | float64 | the value; of a band its middle |
| low, high | float64 | edges of a band, of an interval, of a projection |
| vintage | category | how final a value is |
| superseded | boolean | whether a later value for the same period replaced it |
| text | string | the goal as written, with its unit; at the end of `required` the need a year |
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from plantrack.assess import RuleSet
from plantrack.model import Assessment, Board, Status, Vintage
from plantrack.show.curves import Curve, curve
from plantrack.show.labels import indicator_words
from plantrack.show.words import required_text

PARTS = (
    "band",
    "path",
    "baseline",
    "milestone",
    "goal",
    "mark",
    "mean",
    "now",
    "projection",
    "required",
)
"""The parts of a course; docs/notebook.md says what each of them is."""

COURSE_DTYPES: dict[str, object] = {
    "target_id": "string",
    "indicator_zh": "string",
    "indicator_en": "string",
    "unit": "string",
    "status": pd.CategoricalDtype([s.value for s in Status], ordered=True),
    "reason_zh": "string",
    "reason_en": "string",
    "part": pd.CategoricalDtype(list(PARTS)),
    "t": "float64",
    "period": "string",
    "value": "float64",
    "low": "float64",
    "high": "float64",
    "vintage": pd.CategoricalDtype([v.value for v in Vintage], ordered=True),
    "superseded": "boolean",
    "text": "string",
}
"""Columns of `course_frame`."""

_FAR = 1.0  # a projection's interval is drawn up to so many spans beyond the rest

Row = dict[str, object]


def course_frame(
    thing: Assessment | Board | Iterable[Assessment], *, rules: RuleSet | None = None
) -> pd.DataFrame:
    """What the charts of one or several targets draw; columns in COURSE_DTYPES.

    A target of which nothing can be drawn has no row. `rules` as in `curve`.
    """
    if isinstance(thing, Assessment):
        thing = [thing]
    elif isinstance(thing, Board):
        thing = thing.assessments
    rows = [row for assessment in thing for row in _rows(assessment, rules)]
    columns = {
        name: pd.Series([row.get(name) for row in rows], dtype=dtype)  # type: ignore[call-overload]
        for name, dtype in COURSE_DTYPES.items()
    }
    return pd.DataFrame(columns)


def _rows(assessment: Assessment, rules: RuleSet | None) -> Iterator[Row]:
    found = curve(assessment, rules=rules)
    if not found.drawable:
        return
    name = indicator_words(assessment.target.series)
    head = {
        "target_id": assessment.target.id,
        "indicator_zh": name.zh,
        "indicator_en": name.en,
        "unit": found.unit,
        "status": assessment.status.value,
        "reason_zh": assessment.reason.zh,
        "reason_en": assessment.reason.en,
    }
    need = required_text(assessment)
    for row in _points(found):
        last = row["part"] == "required" and row["t"] == found.required[-1][0]
        yield head | row | ({"text": need} if last else {})


def _points(found: Curve) -> Iterator[Row]:
    for t, low, high in found.band:
        yield {"part": "band", "t": t, "value": (low + high) / 2, "low": low, "high": high}
    lines = {
        "path": found.path,
        "baseline": () if found.baseline is None else (found.baseline,),
        "milestone": found.milestones,
        "mean": found.mean,
        "now": () if found.now is None else (found.now,),
        "required": found.required,
    }
    for part, dots in lines.items():
        for t, value in dots:
            yield {"part": part, "t": t, "value": value}
    if found.goal is not None:
        goal = found.goal
        ends = {"low": goal.low, "high": goal.high}
        yield {"part": "goal", "t": goal.t, "value": goal.value, "text": goal.text, **ends}
    for mark in found.marks:
        yield {
            "part": "mark",
            "t": mark.t,
            "value": mark.value,
            "period": mark.period,
            "vintage": mark.vintage.value,
            "superseded": mark.superseded,
        }
    if found.projection is not None:
        t, value, low_end, high_end = found.projection
        yield {"part": "projection", "t": t, "value": value, "low": low_end, "high": high_end}


def due_at(path: pd.DataFrame, t: float) -> float | None:
    """What was due at a moment, between two points of the path."""
    before, after = path[path["t"] <= t], path[path["t"] >= t]
    if before.empty or after.empty:
        return None
    a, b = before.iloc[-1], after.iloc[0]
    if a["t"] == b["t"]:
        return float(a["value"])
    return float(a["value"] + (b["value"] - a["value"]) * (t - a["t"]) / (b["t"] - a["t"]))


def span_of(rows: pd.DataFrame, room: float) -> tuple[float, float]:
    """The values a chart of these rows has to show, with a share of `room` above and below; a wide interval does not press the rest flat."""
    firm = rows["value"].dropna()
    edges = rows.loc[rows["part"].isin(["band", "goal"]), ["low", "high"]].stack().dropna()
    low = min([*firm, *edges])
    high = max([*firm, *edges])
    span = (high - low) or abs(high) or 1.0
    loose = rows.loc[rows["part"] == "projection", ["low", "high"]].stack().dropna()
    for edge in loose:
        low, high = min(low, max(edge, low - _FAR * span)), max(high, min(edge, high + _FAR * span))
    span = high - low or abs(high) or 1.0
    return low - room * span, high + room * span
