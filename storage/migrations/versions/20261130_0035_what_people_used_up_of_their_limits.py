"""what people used up of their limits"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "20261130_0035"
down_revision = "20261130_0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "spent",
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("since", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("mission_id", "user_id", "what", "since", name=op.f("pk_spent")),
    )
    with op.batch_alter_table("spent", schema=None) as batch_op:
        batch_op.create_index("ix_spent_since", ["since"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("spent", schema=None) as batch_op:
        batch_op.drop_index("ix_spent_since")

    op.drop_table("spent")
