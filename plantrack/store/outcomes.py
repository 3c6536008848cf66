"""Tables of what follows: assessments, flags, messages, quarantine, reviews; drawn in tables.py."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from plantrack.store.columns import Row, index_where, long_text, moment, row_id, run_ref, volatile


class AssessmentRow(Row, table=True):
    """A judgement of a target; the last one is `current`. `metrics` is a JSON object of what is known."""

    __tablename__ = "assessment"
    __table_args__ = (
        index_where("current", "ux_assessment_current", "plan_id", "target_id"),
        Index("ix_assessment_plan_id_target_id", "plan_id", "target_id"),
    )
    id: int | None = row_id()
    plan_id: int = Field(foreign_key="plan.id")
    plan_version_id: int = Field(foreign_key="plan_version.id")
    target_id: str
    current: bool = True
    as_of: str
    status: str
    label: str
    rule: str
    rules: str
    reason_zh: str
    reason_en: str
    value: str | None
    expected: str | None
    gap: str | None
    metrics: str = long_text()
    flags: str
    observed_id: int | None = Field(foreign_key="observation.id")
    cause_id: int | None = Field(foreign_key="reading.id")
    at: datetime = moment()
    run: str | None = run_ref()


class EvidenceRow(Row, table=True):
    """An observation that an assessment rests on, in its order."""

    __tablename__ = "evidence"
    assessment_id: int = Field(foreign_key="assessment.id", primary_key=True)
    place: int = Field(primary_key=True)
    observation_id: int = Field(foreign_key="observation.id", index=True)


class FlagRow(Row, table=True):
    """An open matter of a target; one row for ever for each plan, target and kind."""

    __tablename__ = "flag"
    __table_args__ = (UniqueConstraint("plan_id", "target_id", "kind"),)
    id: int | None = row_id()
    plan_id: int = Field(foreign_key="plan.id")
    target_id: str
    kind: str
    state: str
    was: str | None
    now: str
    as_of: str
    reason_zh: str
    reason_en: str


class FlagEventRow(Row, table=True):
    """A step in the life of a flag, `number` counting from 1."""

    __tablename__ = "flag_event"
    __table_args__ = (UniqueConstraint("flag_id", "number"),)
    id: int | None = row_id()
    flag_id: int = Field(foreign_key="flag.id")
    number: int
    state: str
    by: str
    note: str
    was: str | None
    now: str | None
    as_of: str | None
    reason_zh: str | None
    reason_en: str | None
    assessment_id: int | None = Field(foreign_key="assessment.id")
    at: datetime = moment()
    run: str | None = run_ref()


class MessageRow(Row, table=True):
    """A flag event to be told on a channel, once: waiting, sent or given up."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("flag_event_id", "channel"),
        index_where("state = 'waiting'", "ix_message_waiting", "next_try", unique=False),
    )
    id: int | None = row_id()
    flag_event_id: int = Field(foreign_key="flag_event.id")
    channel: str
    state: str
    attempts: int = volatile(0)
    created: datetime = moment()
    next_try: datetime = moment()
    held_until: datetime | None = moment(none=True)
    sent_at: datetime | None = moment(none=True)
    error: str = volatile("")


class QuarantineRow(Row, table=True):
    """A content that could not be used, and why."""

    __tablename__ = "quarantine"
    id: int | None = row_id()
    sha256: str = Field(unique=True)
    name: str
    reason: str
    detail: str
    at: datetime = moment()
    run: str | None = run_ref()


class ReviewRow(Row, table=True):
    """A matter for a person to decide; `key` is unique within its kind, `payload` and `value` are JSON."""

    __tablename__ = "review_item"
    __table_args__ = (UniqueConstraint("kind", "key"),)
    id: int | None = row_id()
    kind: str
    key: str
    reading_id: int | None = Field(foreign_key="reading.id")
    figure_id: int | None = Field(foreign_key="figure.id")
    payload: str = long_text()
    state: str = Field(index=True)
    by: str
    note: str
    value: str | None = long_text(None)
    created: datetime = moment()
    decided: datetime | None = moment(none=True)
    run: str | None = run_ref()
