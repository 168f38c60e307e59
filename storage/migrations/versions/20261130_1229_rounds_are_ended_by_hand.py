"""rounds are ended by hand"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261130_1229"
down_revision = "20261130_1219"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.add_column(sa.Column("closed_by", sa.String(length=32), nullable=True))
    op.create_table(
        "return_looks",
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_return_looks_mission_id")),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name=op.f("fk_return_looks_return_id")),
        sa.PrimaryKeyConstraint("return_id", "user_id", name=op.f("pk_return_looks")),
    )
    op.create_index(op.f("ix_return_looks_mission_id"), "return_looks", ["mission_id"])


def downgrade() -> None:
    op.drop_table("return_looks")
    # Not as a batch: that makes the table anew, and other rows refer to this one.
    op.drop_column("rounds", "closed_by")
