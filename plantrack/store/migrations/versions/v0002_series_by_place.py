"""Series are found by name and place together: a name alone is shared by every county that uses it."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Let indexes over both take the place of those over the names."""
    for name in ("indicator_id", "phrase"):
        op.drop_index(f"ix_series_{name}", "series")
        for place in ("scope_code", "scope_name"):
            op.create_index(f"ix_series_{name}_{place}", "series", [name, place])
