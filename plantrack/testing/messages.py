"""What a failed assertion says: observed, expected, gap, rule, why, and the sentences that prove it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from plantrack.assess.metrics import POINTS
from plantrack.assess.render import number as rounded
from plantrack.model import Assessment, Nature, Source, Target
from plantrack.show.words import (
    NOTHING,
    goal_text,
    observed_text,
    sentence_text,
    status_text,
)

_NATURES = {Nature.BINDING: "约束性 binding", Nature.EXPECTED: "预期性 expected"}

Row = tuple[str, str]


class PlanAssertionError(AssertionError):
    """An assertion about a plan does not hold; `target_ids` are those it speaks of, in the plan's order."""

    def __init__(self, message: str, target_ids: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.target_ids = tuple(target_ids)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.message, self.target_ids)


def failure(assessment: Assessment, wanted: str) -> str:
    """Why an assessment is not what was `wanted`."""
    return "\n".join([_heading(assessment.target, wanted), *lines(assessment_rows(assessment))])


def assessment_rows(assessment: Assessment) -> list[Row]:
    """All that an assessment rests on, each with its heading in Chinese and English."""
    target, metrics, observed = assessment.target, assessment.metrics, assessment.observed
    unit = target.unit
    rows: list[Row] = [
        ("状态 Status", _with_label(assessment)),
        ("现值 Observed", NOTHING if observed is None else observed_text(observed)),
        ("应达 Expected", _amount(metrics.expected, unit)),
        ("差距 Gap", _amount(metrics.gap, POINTS.get(unit, unit), signed=True)),
        ("目标 Goal", _goal(target)),
        ("规则 Rule", assessment.rule),
        ("缘由 Why", assessment.reason.zh),
        ("", assessment.reason.en),
    ]
    if observed is not None:
        rows.append(("出处 Source", sentence(observed.source)))
    rows.append(("目标出处 Goal's source", sentence(target.source)))
    return rows


def lines(rows: Iterable[Row]) -> list[str]:
    """Rows one below the other; what strangers wrote keeps to its own line."""
    return [f"  {f'{head}: ' if head else '  '}{bare(text)}" for head, text in rows]


def sentence(source: Source) -> str:
    """A place and the whole sentence that stands there: `report.txt:120-124 「…」`."""
    return bare(sentence_text(source))


def bare(text: str) -> str:
    """Text on one line, without the signs that steer a terminal or turn its writing round."""
    shown = " ".join(text.split())
    return "".join(sign if sign.isprintable() else "�" for sign in shown)


def named(target: Target) -> str:
    """A target's id and what it measures: `investment (全社会固定资产投资)`."""
    return bare(f"{target.id} ({target.series.indicator})")


def _heading(target: Target, wanted: str) -> str:
    return f"{named(target)}: {wanted}"


def _with_label(assessment: Assessment) -> str:
    text = status_text(assessment.status)
    return f"{text} ({assessment.label})" if assessment.label else text


def _goal(target: Target) -> str:
    nature = "" if target.nature is None else f" · {_NATURES[target.nature]}"
    return f"{goal_text(target.goal, target.series.measure)} ({target.horizon}){nature}"


def _amount(number: Decimal | None, unit: str, *, signed: bool = False) -> str:
    if number is None:
        return NOTHING
    sign = "+" if signed and number > 0 else ""
    return f"{sign}{rounded(number)}{unit}"
