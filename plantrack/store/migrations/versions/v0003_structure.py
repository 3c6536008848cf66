"""A reading keeps what its document is made of: headings, and the blocks and tables of rich formats."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Documents that were read before have none, and are shown as plain text until they are read again."""
    op.add_column("reading", sa.Column("structure", sa.Text(), nullable=True))
