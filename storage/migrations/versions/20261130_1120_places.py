"""places"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "20261130_1120"
down_revision = "20261130_1115"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "localities",
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("country", sa.String(length=3), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.String(length=120), nullable=False),
        sa.Column("parent", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_localities_mission_id_missions")),
        sa.PrimaryKeyConstraint("mission_id", "code", name=op.f("pk_localities")),
    )
    op.create_index("ix_localities_name", "localities", ["mission_id", "name_key"])
    op.create_table(
        "locality_aliases",
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.Column("name_key", sa.String(length=120), nullable=False),
        sa.Column("alias", sa.Text(), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("entered_by", sa.String(length=32), nullable=False),
        sa.Column("entered_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["mission_id", "code"],
            ["localities.mission_id", "localities.code"],
            name=op.f("fk_locality_aliases_mission_id_code_localities"),
        ),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_locality_aliases_mission_id_missions")),
        sa.PrimaryKeyConstraint("mission_id", "name_key", name=op.f("pk_locality_aliases")),
    )
    op.create_index("ix_locality_aliases_code", "locality_aliases", ["mission_id", "code"])


def downgrade() -> None:
    op.drop_table("locality_aliases")
    op.drop_table("localities")
