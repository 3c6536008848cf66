"""Where a figure and a value stand in a file that has pages, tables or sheets, and what a document is made of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns; what was read before has no places, and `plantrack run --reread` finds them."""
    for table in ("figure", "observation"):
        for column in ("place_zh", "place_en"):
            op.add_column(table, sa.Column(column, sa.String(), nullable=True))
    op.add_column("reading", sa.Column("structure", sa.Text(), nullable=True))
