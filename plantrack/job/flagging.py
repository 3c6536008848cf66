"""What a change of status does to a target's flag: rules/flags.yaml as a pure decision.

One flag for each target and kind of matter, for ever: it is raised, gets worse, is resolved and
reopened, and is never raised twice for the same thing.

| flag so far | status | step |
| --- | --- | --- |
| none | got worse, into one that raises (or lost one that must be kept) | raise |
| open, acknowledged | worse than the one it was raised for | worsen: it is open again |
| open, acknowledged | one that resolves, and better than the one it was raised for | resolve |
| resolved | got worse, into one that raises | reopen |
| any | everything else | nothing |
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Self

from pydantic import Field, model_validator

from plantrack.datafile import load, rules_path
from plantrack.model import Assessment, FlagState, Observation, PeriodKind, Status, Text
from plantrack.model.base import Model
from plantrack.model.quantity import Quantity


class Step(StrEnum):
    """What is done with a flag."""

    RAISE = "raise"
    WORSEN = "worsen"
    RESOLVE = "resolve"
    REOPEN = "reopen"


class FlagRules(Model):
    """rules/flags.yaml; its head says what the keys mean."""

    order: tuple[Status, ...]
    raising: Annotated[tuple[Status, ...], Field(alias="raise")]
    lost: tuple[Status, ...] = ()
    resolve: tuple[Status, ...]

    @model_validator(mode="after")
    def _placed(self) -> Self:
        twice = [s for s, n in Counter(self.order).items() if n > 1]
        if twice:
            raise ValueError(f"order: '{twice[0]}' stands in it twice")
        for status in (*self.raising, *self.lost, *self.resolve):
            if status not in self.order:
                raise ValueError(f"'{status}' has no place in `order`")
        return self

    def worse(self, one: Status, other: Status | None) -> bool:
        """Whether a status is worse than another; also where the other has no place in the order."""
        if one not in self.order:
            return False
        return other not in self.order or self.order.index(one) > self.order.index(other)

    def step(
        self, was: Status | None, now: Status, state: FlagState | None, raised_for: Status | None
    ) -> Step | None:
        """What a status does to the flag, whose `state` is None where there is none yet.

        `was` is the status before, None where the target had none; `raised_for` the flag's own.
        """
        if now not in self.order:
            return None
        if state is None or state is FlagState.RESOLVED:
            lost = was in self.lost and self.worse(now, was)
            if lost or (now in self.raising and self.worse(now, was)):
                return Step.RAISE if state is None else Step.REOPEN
            return None
        if self.worse(now, raised_for):
            return Step.WORSEN
        better = raised_for is not None and self.worse(raised_for, now)
        return Step.RESOLVE if now in self.resolve and better else None


@lru_cache(maxsize=1)
def flag_rules() -> FlagRules:
    """The shipped rules, read once."""
    return load(rules_path("flags.yaml"), FlagRules)


def revision(before: Observation | None, after: Observation | None) -> Text | None:
    """What a later document restated, in words: the same series and period, another value.

    None where the newest value is of another period, is the same, or there was none.
    """
    if before is None or after is None or before.period != after.period:
        return None
    if before.series.key != after.series.key or _same(before.quantity, after.quantity):
        return None
    old, new = (f"{o.quantity.written}{o.quantity.unit}" for o in (before, after))
    place = f"{before.source.doc} → {after.source.doc}"
    year = "年" if after.period.kind is PeriodKind.YEAR else ""
    return Text(
        zh=f"{after.period}{year}数据由{old}修订为{new}（{place}）",
        en=f"the value for {after.period} was revised from {old} to {new} ({place})",
    )


def explained(assessment: Assessment, revised: Text | None) -> Text:
    """The reason of a status, with the revision that brought it about where there was one."""
    reason = assessment.reason
    if revised is None:
        return reason
    return Text(zh=f"{revised.zh}；{reason.zh}", en=f"{revised.en}; {reason.en}")


def _same(one: Quantity, other: Quantity) -> bool:
    return (one.written, one.unit, one.cmp) == (other.written, other.unit, other.cmp)
