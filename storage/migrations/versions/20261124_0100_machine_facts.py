"""what the machine found out about itself"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "20261124_0100"
down_revision = "20261124_0000"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "machine_facts",
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=True),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("written_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_machine_facts_mission_id")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_machine_facts")),
    )
    with op.batch_alter_table("machine_facts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_machine_facts_mission_id"), ["mission_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("machine_facts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_machine_facts_mission_id"))

    op.drop_table("machine_facts")
