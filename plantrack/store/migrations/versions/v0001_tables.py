"""The first tables."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


_MOMENT = sa.DateTime(timezone=True)


def _number() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), autoincrement=False, nullable=False)


def _written() -> tuple[sa.Column[datetime], sa.Column[str]]:
    return sa.Column("at", _MOMENT, nullable=False), sa.Column("run", sa.String(), nullable=True)


def _places(*, nullable: bool) -> list[sa.Column[int]]:
    names = ("span_start", "span_end", "sentence_start", "sentence_end")
    return [sa.Column(name, sa.Integer(), nullable=nullable) for name in names]


def _quantity() -> list[sa.Column[Any]]:
    texts = [sa.Column(name, sa.String(), nullable=False) for name in ("amount", "unit", "cmp")]
    marks = ("estimated", "averaged", "summed")
    return [
        *texts,
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in marks),
        sa.Column("price_basis", sa.Integer(), nullable=True),
    ]


def _refers(table: str, column: str, to: str, *, later: bool = False) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [to],
        name=op.f(f"fk_{table}_{column}_{to.partition('.')[0]}"),
        deferrable=True if later else None,
        initially="DEFERRED" if later else None,
    )


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _index(name: str, table: str, *columns: str, unique: bool = False, where: str = "") -> None:
    condition = sa.text(where) if where else None
    op.create_index(
        name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition
    )


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "document_text",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_document_text")),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    op.create_table(
        "plan",
        _number(),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("region_name", sa.String(), nullable=True),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        _unique("plan", "key"),
    )
    op.create_table(
        "run",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("started", _MOMENT, nullable=False),
        sa.Column("ended", _MOMENT, nullable=True),
        sa.Column("code", sa.Integer(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    op.create_table(
        "series",
        _number(),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("phrase", sa.String(), nullable=False),
        sa.Column("indicator_id", sa.String(), nullable=True),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("scope_name", sa.String(), nullable=True),
        sa.Column("scope_code", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        _unique("series", "key"),
    )
    _index("ix_series_indicator_id", "series", "indicator_id")
    _index("ix_series_phrase", "series", "phrase")
    op.create_table(
        "document",
        _number(),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        *_written(),
        _refers("document", "run", "run.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        _unique("document", "sha256"),
    )
    op.create_table(
        "flag",
        _number(),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("was", sa.String(), nullable=True),
        sa.Column("now", sa.String(), nullable=False),
        sa.Column("as_of", sa.String(), nullable=False),
        sa.Column("reason_zh", sa.String(), nullable=False),
        sa.Column("reason_en", sa.String(), nullable=False),
        _refers("flag", "plan_id", "plan.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag")),
        _unique("flag", "plan_id", "target_id", "kind"),
    )
    op.create_table(
        "plan_version",
        _number(),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.String(), nullable=True),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("rules", sa.String(), nullable=False),
        sa.Column("known_from", sa.Date(), nullable=False),
        *_written(),
        _refers("plan_version", "plan_id", "plan.id"),
        _refers("plan_version", "run", "run.id"),
        _refers("plan_version", "text_sha256", "document_text.sha256"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_version")),
        _unique("plan_version", "plan_id", "number"),
    )
    _index("ix_plan_version_sha256", "plan_version", "sha256")
    _index("ux_plan_version_current", "plan_version", "plan_id", unique=True, where="current")
    op.create_table(
        "quarantine",
        _number(),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        *_written(),
        _refers("quarantine", "run", "run.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine")),
        _unique("quarantine", "sha256"),
    )
    op.create_table(
        "resolution",
        _number(),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.String(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("known_from", sa.Date(), nullable=False),
        *_written(),
        _refers("resolution", "plan_id", "plan.id"),
        _refers("resolution", "run", "run.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolution")),
    )
    _index("ix_resolution_plan_id_target_id", "resolution", "plan_id", "target_id")
    op.create_table(
        "reading",
        _number(),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("rules", sa.String(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("text_sha256", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("region_name", sa.String(), nullable=True),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column("planned", sa.String(), nullable=True),
        sa.Column("reviewed", sa.String(), nullable=True),
        sa.Column("encoding", sa.String(), nullable=False),
        *_written(),
        _refers("reading", "document_id", "document.id"),
        _refers("reading", "run", "run.id"),
        _refers("reading", "text_sha256", "document_text.sha256"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
        _unique("reading", "document_id", "reader", "rules"),
    )
    _index("ux_reading_current", "reading", "document_id", unique=True, where="current")
    op.create_table(
        "target",
        _number(),
        sa.Column("plan_version_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.String(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("indicator_id", sa.String(), nullable=True),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("scope_name", sa.String(), nullable=True),
        sa.Column("scope_code", sa.String(), nullable=True),
        sa.Column("horizon", sa.String(), nullable=False),
        sa.Column("nature", sa.String(), nullable=True),
        sa.Column("goal_kind", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        _refers("target", "plan_version_id", "plan_version.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
        _unique("target", "plan_version_id", "target_id"),
    )
    op.create_table(
        "figure",
        *_quantity(),
        _number(),
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("indicator_id", sa.String(), nullable=True),
        sa.Column("candidates", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("scope_name", sa.String(), nullable=True),
        sa.Column("scope_code", sa.String(), nullable=True),
        sa.Column("sentence_start", sa.Integer(), nullable=False),
        sa.Column("sentence_end", sa.Integer(), nullable=False),
        sa.Column("table_row", sa.Integer(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        _refers("figure", "reading_id", "reading.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure")),
        _unique("figure", "reading_id", "place"),
    )
    op.create_table(
        "observation",
        *_quantity(),
        _number(),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=True),
        sa.Column("plan_version_id", sa.Integer(), nullable=True),
        sa.Column("figure_id", sa.Integer(), nullable=True),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("vintage", sa.String(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=True),
        sa.Column("known_from", sa.Date(), nullable=False),
        sa.Column("superseded_on", sa.Date(), nullable=True),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("doc", sa.String(), nullable=False),
        *_places(nullable=True),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("table_row", sa.Integer(), nullable=True),
        *_written(),
        _refers("observation", "figure_id", "figure.id"),
        _refers("observation", "plan_version_id", "plan_version.id"),
        _refers("observation", "reading_id", "reading.id"),
        _refers("observation", "replaces", "observation.id", later=True),
        _refers("observation", "run", "run.id"),
        _refers("observation", "series_id", "series.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
    )
    _index("ix_observation_plan_version_id", "observation", "plan_version_id")
    _index("ix_observation_reading_id", "observation", "reading_id")
    _index("ix_observation_series_id_period", "observation", "series_id", "period")
    _index(
        "ix_observation_winner",
        "observation",
        "series_id",
        where="superseded_on IS NULL AND NOT retired",
    )
    op.create_table(
        "review_item",
        _number(),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=True),
        sa.Column("figure_id", sa.Integer(), nullable=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("created", _MOMENT, nullable=False),
        sa.Column("decided", _MOMENT, nullable=True),
        sa.Column("run", sa.String(), nullable=True),
        _refers("review_item", "figure_id", "figure.id"),
        _refers("review_item", "reading_id", "reading.id"),
        _refers("review_item", "run", "run.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_item")),
        _unique("review_item", "kind", "key"),
    )
    _index("ix_review_item_state", "review_item", "state")
    op.create_table(
        "assessment",
        _number(),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("plan_version_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.String(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("as_of", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("rules", sa.String(), nullable=False),
        sa.Column("reason_zh", sa.String(), nullable=False),
        sa.Column("reason_en", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("expected", sa.String(), nullable=True),
        sa.Column("gap", sa.String(), nullable=True),
        sa.Column("metrics", sa.Text(), nullable=False),
        sa.Column("flags", sa.String(), nullable=False),
        sa.Column("observed_id", sa.Integer(), nullable=True),
        sa.Column("cause_id", sa.Integer(), nullable=True),
        *_written(),
        _refers("assessment", "cause_id", "reading.id"),
        _refers("assessment", "observed_id", "observation.id"),
        _refers("assessment", "plan_id", "plan.id"),
        _refers("assessment", "plan_version_id", "plan_version.id"),
        _refers("assessment", "run", "run.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
    )
    _index("ix_assessment_plan_id_target_id", "assessment", "plan_id", "target_id")
    _index(
        "ux_assessment_current", "assessment", "plan_id", "target_id", unique=True, where="current"
    )
    op.create_table(
        "evidence",
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("observation_id", sa.Integer(), nullable=False),
        _refers("evidence", "assessment_id", "assessment.id"),
        _refers("evidence", "observation_id", "observation.id"),
        sa.PrimaryKeyConstraint("assessment_id", "place", name=op.f("pk_evidence")),
    )
    _index("ix_evidence_observation_id", "evidence", "observation_id")
    op.create_table(
        "flag_event",
        _number(),
        sa.Column("flag_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("was", sa.String(), nullable=True),
        sa.Column("now", sa.String(), nullable=True),
        sa.Column("as_of", sa.String(), nullable=True),
        sa.Column("reason_zh", sa.String(), nullable=True),
        sa.Column("reason_en", sa.String(), nullable=True),
        sa.Column("assessment_id", sa.Integer(), nullable=True),
        *_written(),
        _refers("flag_event", "assessment_id", "assessment.id"),
        _refers("flag_event", "flag_id", "flag.id"),
        _refers("flag_event", "run", "run.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag_event")),
        _unique("flag_event", "flag_id", "number"),
    )
    op.create_table(
        "message",
        _number(),
        sa.Column("flag_event_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created", _MOMENT, nullable=False),
        sa.Column("next_try", _MOMENT, nullable=False),
        sa.Column("held_until", _MOMENT, nullable=True),
        sa.Column("sent_at", _MOMENT, nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        _refers("message", "flag_event_id", "flag_event.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        _unique("message", "flag_event_id", "channel"),
    )
    _index("ix_message_waiting", "message", "next_try", where="state = 'waiting'")
