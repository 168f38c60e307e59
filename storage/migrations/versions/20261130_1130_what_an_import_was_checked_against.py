"""what an import was checked against"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261130_1130"
down_revision = "20261130_1120"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("funding_imports", schema=None) as batch_op:
        batch_op.add_column(sa.Column("checks", sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    # Not as a batch: that makes the table anew, and other rows refer to this one.
    op.drop_column("funding_imports", "checks")
