"""The JSON objects that tools outside plantrack rely on, as plain dictionaries.

Decimals are strings in the writing of the document (`5.3`, `5~5.5`, `2.21:1`), shares are
numbers, periods are written as `2025` or `2026/2030`. Every key is always there; None where
nothing is known.
"""

from __future__ import annotations

import math
from decimal import Decimal

from plantrack.model import (
    Assessment,
    Baseline,
    Comparator,
    External,
    Figure,
    Goal,
    Grade,
    Multiply,
    Observation,
    Parity,
    Positive,
    Quantity,
    Reading,
    Source,
    Target,
    Text,
)
from plantrack.model.quantity import plain

Record = dict[str, object]


def figure_record(figure: Figure) -> Record:
    """One line of `plantrack figures --jsonl`; `place` is there only for files that have places to show."""
    return {
        "doc": figure.doc,
        "start": figure.span.start,
        "end": figure.span.end,
        "text": figure.text,
        "kind": figure.kind.value,
        "indicator": figure.indicator,
        "indicator_id": figure.indicator_id,
        "measure": figure.measure.value,
        "value": figure.quantity.written,
        "unit": figure.quantity.unit,
        "cmp": figure.quantity.cmp.value,
        "period": None if figure.period is None else str(figure.period),
        "scope": None if figure.scope is None else figure.scope.name,
        "estimated": figure.quantity.estimated,
        "sentence_start": figure.sentence.start,
        "sentence_end": figure.sentence.end,
        "confidence": figure.confidence,
        **_place(figure.place),
    }


def target_record(target: Target) -> Record:
    """One line of `plantrack targets --jsonl`."""
    series = target.series
    return {
        "id": target.id,
        "indicator": series.indicator,
        "indicator_id": series.indicator_id,
        "measure": series.measure.value,
        "scope": None if series.scope is None else series.scope.name,
        "unit": target.unit,
        "baseline": _baseline(target.baseline),
        "goal": goal_record(target.goal),
        "horizon": str(target.horizon),
        "nature": None if target.nature is None else target.nature.value,
        "path": None if target.path is None else target.path.shape.value,
        "parent": target.parent,
        "source": source_record(target.source),
        "ambiguous": [_reading(r) for r in target.ambiguous] or None,
    }


def assessment_record(assessment: Assessment) -> Record:
    """One line of `plantrack assess --jsonl`; `reason` has two lines, Chinese and English."""
    metrics = assessment.metrics
    return {
        "target_id": assessment.target.id,
        "indicator": assessment.target.series.indicator,
        "status": assessment.status.value,
        "rule": assessment.rule,
        "reason": f"{assessment.reason.zh}\n{assessment.reason.en}",
        "observed": _observed(assessment.observed),
        "expected": _decimal(metrics.expected),
        "gap": _decimal(metrics.gap),
        "progress": _finite(metrics.progress),
        "time_share": _finite(metrics.time_share),
        "attainment": _finite(metrics.attainment),
        "pace": _finite(metrics.pace),
        "required_rate": _finite(metrics.required_rate),
        "projected": _decimal(metrics.projected),
        "flags": list(assessment.flags),
    }


def goal_record(goal: Goal) -> Record:
    """A goal laid flat.

    `value` is the number as written, `5~5.5` with `low` and `high` beside it for an interval;
    the factor of a multiple, the grade of a scale, and the number that an external goal prints
    for the time being. Parity has the other indicator's phrase as `series` and its measure
    beside it; multiply has `base_year`, grade `scale`, external `authority`.
    """
    record: Record = {"kind": goal.kind, "cmp": None, "value": None, "low": None, "high": None}
    record |= {"series": None, "text": goal.text}
    match goal:
        case Parity():
            record["cmp"] = goal.cmp.value
            record["series"] = goal.series.indicator
            record["measure"] = goal.series.measure.value
        case Positive():
            record["cmp"] = Comparator.GT.value
            record["value"] = "0"
        case Multiply():
            record["cmp"] = Comparator.EQ.value
            record["value"] = plain(goal.factor)
            record["base_year"] = goal.base_year
        case Grade():
            record["cmp"] = Comparator.GE.value
            record["value"] = goal.grade
            record["scale"] = goal.scale
        case External():
            record["authority"] = goal.authority
            if goal.provisional is not None:
                record |= _bound(goal.provisional)
        case _:
            record |= _bound(goal.quantity)
    return record


def source_record(source: Source) -> Record:
    """Where a value stands: document, offsets and row of its table."""
    span = source.span
    return {
        "doc": source.doc,
        "start": None if span is None else span.start,
        "end": None if span is None else span.end,
        "table_row": source.table_row,
        **_place(source.place),
    }


def _place(place: Text | None) -> Record:
    """The place in a file with pages, tables or sheets; a plain text has none, and no key."""
    return {} if place is None else {"place": {"zh": place.zh, "en": place.en}}


def _bound(quantity: Quantity) -> Record:
    return {
        "cmp": quantity.cmp.value,
        "value": quantity.written,
        "low": _decimal(quantity.low),
        "high": _decimal(quantity.high),
    }


def _baseline(baseline: Baseline | None) -> Record | None:
    if baseline is None:
        return None
    quantity = baseline.quantity
    return {
        "period": str(baseline.period),
        "value": quantity.written,
        "estimated": quantity.estimated,
        "cmp": quantity.cmp.value,
    }


def _reading(reading: Reading) -> Record:
    return {
        "says": reading.says,
        "baseline": _baseline(reading.baseline),
        "goal": None if reading.goal is None else goal_record(reading.goal),
    }


def _observed(observation: Observation | None) -> Record | None:
    if observation is None:
        return None
    return {
        "period": str(observation.period),
        "value": observation.quantity.written,
        "source": source_record(observation.source),
    }


def _decimal(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)


def _finite(number: float | None) -> float | None:
    """JSON has no word for infinity."""
    return number if number is not None and math.isfinite(number) else None
