"""What the store hands back beside the model's own types: frozen records with what only a store knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from plantrack.model import (
    Assessment,
    Figure,
    Flag,
    FlagEvent,
    Goal,
    Metrics,
    Observation,
    Period,
    Plan,
    Status,
    Target,
    Text,
    Vintage,
)

Json: TypeAlias = "bool | int | float | str | list[Json] | Mapping[str, Json] | None"


@dataclass(frozen=True, slots=True)
class Version:
    """What read a document: the reader and its version, and a name or hash of the rules."""

    reader: str = ""
    rules: str = ""


class KnownAs(StrEnum):
    """What a content is to the store."""

    DOCUMENT = "document"
    PLAN = "plan"
    QUARANTINE = "quarantine"


@dataclass(frozen=True, slots=True)
class Known:
    """A content that was seen before; `reason` is why it could not be used, where that is so."""

    state: KnownAs
    name: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A document as its current reading has it."""

    sha256: str
    name: str
    title: str
    kind: str
    path: str
    at: datetime
    run: str | None
    version: Version


@dataclass(frozen=True, slots=True)
class KeptReading:
    """What one version of reader and rules made of a document; `figures` and `observations` are counts."""

    id: int
    version: Version
    at: datetime
    run: str | None
    figures: int
    observations: int
    current: bool


@dataclass(frozen=True, slots=True)
class KeptObservation:
    """An observation with its life: counted from `known_from` until `superseded_on`, retired or not."""

    id: int
    observation: Observation
    stored_at: datetime
    known_from: date
    superseded_on: date | None
    retired: bool
    document: str | None


class Counting(NamedTuple):
    """A value that counts, as far as another is compared with it; `written` as `Quantity.written`."""

    written: str
    unit: str
    vintage: Vintage
    doc: str


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """What became of a plan that was to be saved; `new` is False where the newest version is the same."""

    key: str
    number: int
    new: bool


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A version of a plan, known from a day on."""

    key: str
    number: int
    plan: Plan
    known_from: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Resolution:
    """The goal that a person supplied for a target."""

    id: int
    plan: str
    target_id: str
    goal: Goal
    unit: str | None
    by: str
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class KeptAssessment:
    """A judgement as it was made; `number` is the plan's version, `cause` the reading that led to it."""

    id: int
    plan: str
    number: int
    target_id: str
    as_of: Period
    at: datetime
    run: str | None
    cause: int | None
    status: Status
    label: str
    rule: str
    rules: str
    reason: Text
    metrics: Metrics
    flags: tuple[str, ...]
    observed: Observation | None

    def assessment(self, target: Target) -> Assessment:
        """The same as the model's type, for the target it was made of; without its evidence."""
        return Assessment(
            target=target,
            status=self.status,
            label=self.label,
            rule=self.rule,
            reason=self.reason,
            metrics=self.metrics,
            observed=self.observed,
            flags=self.flags,
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """A target without a new value: the period and the day of the newest one, None where there is none."""

    plan: str
    target_id: str
    newest_period: Period | None
    newest_known_on: date | None


class MessageState(StrEnum):
    """What became of a message."""

    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Message:
    """A step of a flag to be told on a channel."""

    id: int
    channel: str
    state: MessageState
    attempts: int
    created: datetime
    flag: Flag
    event: FlagEvent
    event_number: int
    error: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A pass of the job; `ended`, `code` and `summary` are None while it goes on, or where it died."""

    id: str
    holder: str
    started: datetime
    ended: datetime | None
    code: int | None
    summary: Mapping[str, Json] | None


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A content that could not be used."""

    sha256: str
    name: str
    reason: str
    detail: str
    at: datetime
    run: str | None


class ReviewKind(StrEnum):
    """What a person is asked about."""

    FIGURE = "figure"  # is the number read right
    ALIAS = "alias"  # which indicator does the phrase name
    READING = "reading"  # which reading of an ambiguous row is meant


class ReviewState(StrEnum):
    """What a person said."""

    OPEN = "open"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A matter for a person; `figure` is the index into the reading's figures, `source` that figure."""

    id: int
    kind: ReviewKind
    key: str
    reading: int | None
    figure: int | None
    payload: Json
    state: ReviewState
    by: str
    at: datetime | None
    note: str
    value: Json
    source: Figure | None


@dataclass(frozen=True, slots=True)
class Held:
    """A lease that is ours: `token` tells it from every earlier and later one."""

    name: str
    holder: str
    token: int


@dataclass(frozen=True, slots=True)
class Holding:
    """Who holds a lease."""

    holder: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """One observation under an assessment, down to the sentence and what read it."""

    observation: Observation
    figure: Figure | None
    sentence: str
    document: KeptDocument | None
    version: Version | None


@dataclass(frozen=True, slots=True)
class Trace:
    """An assessment down to the sentences that prove it."""

    assessment: KeptAssessment
    target: Target
    steps: tuple[Step, ...]
