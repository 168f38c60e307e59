"""uploaded lists of agencies"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "20261124_0300"
down_revision = "20261124_0200"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agency_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("decisions", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("saved_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_agency_imports_mission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_imports")),
    )
    with op.batch_alter_table("agency_imports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agency_imports_mission_id"), ["mission_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("agency_imports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agency_imports_mission_id"))
    op.drop_table("agency_imports")
