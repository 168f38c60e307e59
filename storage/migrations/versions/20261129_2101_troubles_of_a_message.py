"""troubles of a message"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261129_2101"
down_revision = "20261125_0600"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("troubles", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_column("troubles")
