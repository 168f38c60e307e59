"""releases"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "20261130_1115"
down_revision = "20261130_1105"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "releases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("compartment", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("handling", sa.String(length=24), nullable=False),
        sa.Column("audience", sa.String(length=24), nullable=False),
        sa.Column("agencies", sa.JSON(), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=True),
        sa.Column("valid_until", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("released_by", sa.String(length=32), nullable=False),
        sa.Column("released_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.String(length=32), nullable=True),
        sa.Column("ended_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_releases_mission_id_missions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_releases")),
    )
    op.create_index(op.f("ix_releases_mission_id"), "releases", ["mission_id"])
    op.create_index("ix_releases_side", "releases", ["mission_id", "compartment", "state"])
    op.create_index("uq_releases_mission_id_number", "releases", ["mission_id", "number"], unique=True)
    op.create_table(
        "release_uses",
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("used_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_release_uses_mission_id_missions")),
        sa.ForeignKeyConstraint(["release_id"], ["releases.id"], name=op.f("fk_release_uses_release_id_releases")),
        sa.PrimaryKeyConstraint("release_id", "subject", name=op.f("pk_release_uses")),
    )
    op.create_index(op.f("ix_release_uses_mission_id"), "release_uses", ["mission_id"])


def downgrade() -> None:
    op.drop_table("release_uses")
    op.drop_table("releases")
