"""Indexes in the order in which the store asks.

SQLite takes an index over a part of a table only where the question has that condition in the very
same words, and SQLAlchemy writes `retired = 0` there; the older indexes were never used.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """The vintages of a slot in their order, those that count, and what is current."""
    for name in ("winner", "series_id_period", "plan_version_id"):
        op.drop_index(f"ix_observation_{name}", "observation")
    op.create_index(
        "ix_observation_vintage",
        "observation",
        ["series_id", "period", "known_from", "vintage", "id"],
    )
    op.create_index(
        "ix_observation_winner",
        "observation",
        ["series_id", "period"],
        sqlite_where=sa.text("superseded_on IS NULL AND retired = 0 AND plan_version_id IS NULL"),
        postgresql_where=sa.text(
            "superseded_on IS NULL AND NOT retired AND plan_version_id IS NULL"
        ),
    )
    op.create_index(
        "ix_observation_plan_version_id",
        "observation",
        ["plan_version_id"],
        sqlite_where=sa.text("plan_version_id IS NOT NULL"),
        postgresql_where=sa.text("plan_version_id IS NOT NULL"),
    )
    for table, columns in (
        ("reading", ["document_id"]),
        ("plan_version", ["plan_id"]),
        ("assessment", ["plan_id", "target_id"]),
    ):
        op.drop_index(f"ux_{table}_current", table)
        op.create_index(
            f"ux_{table}_current",
            table,
            columns,
            unique=True,
            sqlite_where=sa.text("current = 1"),
            postgresql_where=sa.text("current"),
        )
