"""Judgements: one target at one date, and a plan's whole board."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from plantrack.model.base import Model, Text
from plantrack.model.observation import Observation
from plantrack.model.period import Period
from plantrack.model.target import Plan, Target


class Status(StrEnum):
    """How a target stands: from best to worst, then the two that say that nobody can tell."""

    ACHIEVED = "achieved"
    AHEAD = "ahead"
    ON_TRACK = "on_track"
    LAGGING = "lagging"
    OFF_TRACK = "off_track"
    MISSED = "missed"
    NO_DATA = "no_data"
    UNRESOLVED = "unresolved"

    @property
    def zh(self) -> str:
        """The status as Chinese readers say it."""
        return _STATUS_ZH[self]

    @property
    def en(self) -> str:
        """The status as English readers say it."""
        return self.value.replace("_", " ")

    @property
    def judged(self) -> bool:
        """Whether it says how the target stands; the others have no place between best and worst."""
        return self not in (Status.NO_DATA, Status.UNRESOLVED)

    def at_least(self, other: Status) -> bool:
        """Whether it is as good as `other` or better. ValueError where one of the two is not judged."""
        if not (self.judged and other.judged):
            raise ValueError(f"'{self}' and '{other}' have no order: one of them is no judgement")
        order = list(Status)
        return order.index(self) <= order.index(other)

    @classmethod
    def failing(cls) -> tuple[Status, ...]:
        """The statuses worse than on track, the mildest first: what a check may be told to fail on."""
        return tuple(s for s in cls if s.judged and not s.at_least(cls.ON_TRACK))


_STATUS_ZH = {
    Status.ACHIEVED: "已完成",
    Status.AHEAD: "超前",
    Status.ON_TRACK: "正常",
    Status.LAGGING: "滞后",
    Status.OFF_TRACK: "偏离",
    Status.MISSED: "未完成",
    Status.NO_DATA: "暂无数据",
    Status.UNRESOLVED: "待定",
}


class Metrics(Model):
    """What is computed from a target and its observations; None where it has no meaning.

    value, expected, gap, projected and its interval are in the target's unit; required_rate is
    % a year (or the unit a year where `required_unit` says so); progress, time_share,
    attainment and pace are shares of 1; age is in years. `lead` is the gap as a share of the
    whole way from baseline to goal. `ratio` is the published ratio of the rule set in use
    (Open SDG, Eurostat), where it has one.
    """

    value: Decimal | None = None
    expected: Decimal | None = None
    gap: Decimal | None = None
    lead: float | None = None
    goal_distance: Decimal | None = None
    progress: float | None = None
    time_share: float | None = None
    attainment: float | None = None
    pace: float | None = None
    ratio: float | None = None
    trend: float | None = None
    required_rate: float | None = None
    required_unit: str = ""
    projected: Decimal | None = None
    projected_low: Decimal | None = None
    projected_high: Decimal | None = None
    age: float | None = None
    goal_met: bool | None = None
    horizon_over: bool = False


class Assessment(Model):
    """One target, the observations known at one date, their metrics, the status and why.

    `status` is one of plantrack's own; `label` is the rule set's word for it where it has its
    own (moderate_progress). `rule` names rule set and rule (default/missed). `flags` are short
    remarks: estimated, early, stale, after_horizon, before_baseline, revised.
    """

    target: Target
    status: Status
    label: str = ""
    rule: str
    reason: Text
    metrics: Metrics
    observed: Observation | None = None
    observations: tuple[Observation, ...] = ()
    flags: tuple[str, ...] = ()


class Board(Model):
    """The assessments of a plan at a date, in the plan's order."""

    plan: Plan
    as_of: Period
    rules: str
    assessments: tuple[Assessment, ...]

    def counts(self) -> dict[Status, int]:
        """How many targets have each status, in the order of Status; statuses nobody has are left out."""
        seen = Counter(a.status for a in self.assessments)
        return {status: seen[status] for status in Status if seen[status]}

    def __getitem__(self, target_id: str) -> Assessment:
        for assessment in self.assessments:
            if assessment.target.id == target_id:
                return assessment
        raise KeyError(target_id)


class FlagKind(StrEnum):
    """What a flag is about; a target has at most one flag of each kind."""

    WORSE = "worse"  # its status got worse
    STALE = "stale"  # no new value for longer than its rule allows


class FlagState(StrEnum):
    """The life of a flag."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"  # somebody has taken it on
    RESOLVED = "resolved"
    REOPENED = "reopened"  # open again after it was resolved


class FlagEvent(Model):
    """One step in a flag's life: what it came to, when, and who says so and why.

    `was`, `now`, `as_of` and `reason` are those of the assessment behind the step, where there
    is one; `by` and `note` those of the person.
    """

    at: datetime
    state: FlagState
    by: str = ""
    note: str = ""
    was: Status | None = None
    now: Status | None = None
    as_of: Period | None = None
    reason: Text | None = None


class Flag(Model):
    """An open matter: a target's status got worse, or its data are stale.

    `was`, `now`, `as_of` and `reason` are those of the step that last raised it. `history` is
    never empty; its last event gives the state. `id` and `plan_id` are given by a store.
    """

    id: int = 0
    plan_id: str = ""
    target_id: str
    kind: FlagKind = FlagKind.WORSE
    was: Status | None
    now: Status
    as_of: Period
    reason: Text
    history: tuple[FlagEvent, ...]

    @property
    def state(self) -> FlagState:
        """The state the last event left."""
        return self.history[-1].state

    @property
    def owner(self) -> str:
        """Who acknowledged it since it was last raised, or nobody."""
        for event in reversed(self.history):
            if event.state is not FlagState.ACKNOWLEDGED:
                break
            if event.by:
                return event.by
        return ""
