"""figures of other sources"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "20261130_1219"
down_revision = "20261130_1157"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "funding_source_figures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("valid_from", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("valid_to", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("fund", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=160), nullable=False),
        sa.Column("part", sa.String(length=160), nullable=False),
        sa.Column("period", sa.String(length=40), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("plan_code", sa.Text(), nullable=False),
        sa.Column("country", sa.String(length=3), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("granted", storage.base.Cents(), nullable=True),
        sa.Column("committed", storage.base.Cents(), nullable=True),
        sa.Column("spent", storage.base.Cents(), nullable=True),
        sa.Column("share", storage.base.ExactDecimal(length=40), nullable=True),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["funding_imports.id"], name=op.f("fk_funding_source_figures_import_id")
        ),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_funding_source_figures_mission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_source_figures")),
    )
    with op.batch_alter_table("funding_source_figures", schema=None) as batch_op:
        batch_op.create_index(
            "ix_funding_source_figures_import_id", ["import_id", "kind", "fund", "code", "part", "period"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_funding_source_figures_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index(
            "uq_funding_source_figures_current",
            ["mission_id", "kind", "fund", "code", "part", "period"],
            unique=True,
            sqlite_where=sa.text("is_current = 1"),
            postgresql_where=sa.text("is_current"),
        )

    with op.batch_alter_table("funding_requirements", schema=None) as batch_op:
        batch_op.add_column(sa.Column("prioritised_requirements", storage.base.Cents(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("funding_requirements", schema=None) as batch_op:
        batch_op.drop_column("prioritised_requirements")

    with op.batch_alter_table("funding_source_figures", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_funding_source_figures_current",
            sqlite_where=sa.text("is_current = 1"),
            postgresql_where=sa.text("is_current"),
        )
        batch_op.drop_index(batch_op.f("ix_funding_source_figures_mission_id"))
        batch_op.drop_index("ix_funding_source_figures_import_id")

    op.drop_table("funding_source_figures")
