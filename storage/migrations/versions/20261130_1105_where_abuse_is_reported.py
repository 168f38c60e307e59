"""where abuse is reported"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261130_1105"
down_revision = "20261130_1050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("missions", sa.Column("abuse_reporting", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    # Not as a batch: that makes the table anew, and other rows refer to this one.
    op.drop_column("missions", "abuse_reporting")
