"""sums of funding that are kept"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "20261130_0457"
down_revision = "20261130_0402"
branch_labels = None
depends_on = None

FILL = """
    INSERT INTO funding_sums (mission_id, grouped_by, name, country, year, plan_key, status, on_boundary, is_counted,
                              amount_usd, flows, updated_on)
    SELECT mission_id, '{grouped_by}', {column}, country, year, plan_key, status, on_boundary, is_counted,
           SUM(amount_usd), COUNT(*), MAX(updated_on)
    FROM funding_flows
    WHERE is_current AND NOT is_withdrawn AND boundary = 'incoming'
    GROUP BY mission_id, {column}, country, year, plan_key, status, on_boundary, is_counted
"""


def upgrade() -> None:
    op.create_table(
        "funding_sums",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.Column("grouped_by", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.String(length=3), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("plan_key", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("on_boundary", sa.String(length=16), nullable=False),
        sa.Column("is_counted", sa.Boolean(), nullable=False),
        sa.Column("amount_usd", storage.base.Cents(), nullable=False),
        sa.Column("flows", sa.Integer(), nullable=False),
        sa.Column("updated_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_funding_sums_mission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_sums")),
    )
    with op.batch_alter_table("funding_sums", schema=None) as batch_op:
        batch_op.create_index(
            "ix_funding_sums_group", ["mission_id", "grouped_by", "country", "year", "plan_key"], unique=False
        )
    for grouped_by, column in (("donor", "src_organization"), ("agency", "dest_organization"), ("cluster", "cluster")):
        op.execute(FILL.format(grouped_by=grouped_by, column=column))


def downgrade() -> None:
    with op.batch_alter_table("funding_sums", schema=None) as batch_op:
        batch_op.drop_index("ix_funding_sums_group")

    op.drop_table("funding_sums")
