"""What a target's page tells beside the chart: metrics, history, and every value with its proof."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import NamedTuple

from plantrack.model import Assessment, Period, Source, Status, Text, Vintage
from plantrack.paths import significant
from plantrack.show.labels import vintage_words
from plantrack.show.site.labels import METRICS
from plantrack.show.site.parts import Contents, Entry
from plantrack.show.site.past import Past
from plantrack.show.words import quantity_text

# what a difference between two shares is counted in
_POINTS = {"%": Text(zh="个百分点", en="percentage points")}


class Line(NamedTuple):
    """A metric: what it is called and what it says."""

    key: str
    label: Text
    said: Text


class Moment(NamedTuple):
    """What runs in a row said of a target and the newest value they knew; `until` is the last of several."""

    as_of: Period
    until: Period | None
    status: Status
    value: str
    period: Period | None


class Proof(NamedTuple):
    """A value or goal with the place that proves it. `page` is empty where no page shows the place."""

    period: str
    said: str
    kind: Text
    place: Text
    quote: str
    page: str
    counts: bool = False  # it is the value the status rests on


def metrics_of(assessment: Assessment) -> list[Line]:
    """The metrics that have a meaning for this target, in the order people ask for them."""
    target, metrics = assessment.target, assessment.metrics
    unit = target.unit
    lines = []
    for key, (label, form) in METRICS.items():
        number = getattr(metrics, key)
        if number is None or not math.isfinite(number):
            continue
        if key == "projected" and metrics.horizon_over:
            continue
        said = _said(number, form, unit)
        lows, highs = metrics.projected_low, metrics.projected_high
        if key == "projected" and lows is not None and highs is not None:
            low, high = (_said(n, "value", unit).zh for n in (lows, highs))
            said = _same(f"{said.zh} ({low} ~ {high})")
        lines.append(Line(key, label, said))
    return lines


def judged_of(assessment: Assessment) -> str:
    """The value that was judged, where it is not the newest one itself: a sum, a mean, another unit."""
    value, seen = assessment.metrics.value, assessment.observed
    if value is None or seen is None or seen.quantity.number == value:
        return ""
    return _said(value, "value", assessment.target.unit).zh


def history_of(entry: Entry) -> list[Moment]:
    """How the target stood in each run, the oldest first; runs in a row that found the same are one."""
    story, target_id = entry.story, entry.assessment.target.id
    found: list[Moment] = []
    for past in (*story.earlier, Past.of(story.board)):
        verdict = past.verdicts.get(target_id)
        if verdict is None:
            continue
        now = (verdict.status, verdict.value, verdict.period)
        if found and found[-1][2:] == now:
            begun = found.pop().as_of
            found.append(Moment(begun, past.as_of if past.as_of != begun else None, *now))
        else:
            found.append(Moment(past.as_of, None, *now))
    return found


def proofs_of(entry: Entry, contents: Contents) -> list[Proof]:
    """Every observation used, in order of time, the superseded ones before those that count."""
    assessment = entry.assessment
    ordered = sorted(assessment.observations, key=lambda o: o.period)
    newest = assessment.observed
    if newest is not None and newest not in ordered:
        ordered.append(newest)
    return [
        Proof(
            period=str(one.period),
            said=quantity_text(one.quantity),
            kind=vintage_words(Vintage.ESTIMATED if one.quantity.estimated else one.vintage),
            place=contents.told(one.source),
            quote=_quote(one.source),
            page=contents.place(one.source),
            counts=one == newest,
        )
        for one in dict.fromkeys(ordered)
    ]


def _quote(source: Source) -> str:
    return " ".join(source.quote.split())


def _said(number: Decimal | float, form: str, unit: str) -> Text:
    match form:
        case "share":
            return _same(f"{significant(100 * float(number), 4):f}%")
        case "ratio":
            return _same(f"{significant(float(number), 3):f}")
        case "signed" | "distance":
            said = f"{significant(number, 6):{'+' if form == 'signed' else ''}f}"
            points = _POINTS.get(unit)
            if points is None:
                return _same(said + unit)
            return Text(zh=said + points.zh, en=f"{said} {points.en}")
        case _:
            return _same(f"{significant(number, 6):f}{unit}")


def _same(said: str) -> Text:
    return Text(zh=said, en=said)
