"""sides of the mission"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "20261130_1050"
down_revision = "20261130_0900"
branch_labels = None
depends_on = None

# Whatever is there already lies on the mission's own side.
MARKED = ("outbox", "audit", "channels")


def upgrade() -> None:
    op.create_table(
        "compartment_delegates",
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.Column("compartment", sa.String(length=8), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("named_by", sa.String(length=32), nullable=False),
        sa.Column("named_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["mission_id"], ["missions.id"], name=op.f("fk_compartment_delegates_mission_id_missions")
        ),
        sa.PrimaryKeyConstraint("mission_id", "compartment", "user_id", name=op.f("pk_compartment_delegates")),
    )
    for table in MARKED:
        op.add_column(table, sa.Column("compartment", sa.String(length=8), server_default="mission", nullable=False))
    op.add_column("agencies", sa.Column("sphere", sa.String(length=16), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("agencies", "sphere")
    for table in reversed(MARKED):
        op.drop_column(table, "compartment")
    op.drop_table("compartment_delegates")
