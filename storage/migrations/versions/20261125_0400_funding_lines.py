"""own figures, pledges, discrepancies and summaries of funding"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "20261125_0400"
down_revision = "20261125_0300"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "funding_discrepancies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=255), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("theirs", storage.base.Cents(), nullable=True),
        sa.Column("theirs_as_of", sa.Date(), nullable=True),
        sa.Column("ours", storage.base.Cents(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("owner", sa.String(length=32), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_funding_discrepancies_mission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_discrepancies")),
    )
    with op.batch_alter_table("funding_discrepancies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_funding_discrepancies_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index("ix_funding_discrepancies_state", ["mission_id", "state", "next_on"], unique=False)

    op.create_table(
        "funding_limits",
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.Column("remind_days", sa.Integer(), nullable=False),
        sa.Column("irf_months", sa.Integer(), nullable=False),
        sa.Column("prf_months", sa.Integer(), nullable=False),
        sa.Column("extension_months", sa.Integer(), nullable=False),
        sa.Column("report_months", sa.Integer(), nullable=False),
        sa.Column("half_year", sa.String(length=5), nullable=False),
        sa.Column("annual", sa.String(length=5), nullable=False),
        sa.Column("irf_ceiling", storage.base.Cents(), nullable=True),
        sa.Column("prf_ceiling", storage.base.Cents(), nullable=True),
        sa.Column("qip_ceiling", storage.base.Cents(), nullable=True),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_funding_limits_mission_id")),
        sa.PrimaryKeyConstraint("mission_id", name=op.f("pk_funding_limits")),
    )
    op.create_table(
        "funding_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("before", sa.String(length=16), nullable=False),
        sa.Column("after", sa.String(length=16), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_funding_steps_mission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_steps")),
    )
    with op.batch_alter_table("funding_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_funding_steps_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index("ix_funding_steps_subject", ["mission_id", "kind", "subject_id"], unique=False)

    op.create_table(
        "funding_summary_plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_funding_summary_plans_mission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_summary_plans")),
    )
    with op.batch_alter_table("funding_summary_plans", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_funding_summary_plans_mission_id"), ["mission_id"], unique=False)

    op.create_table(
        "funding_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("facility", sa.String(length=8), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("donor", sa.Text(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("owner", sa.String(length=32), nullable=False),
        sa.Column("handling", sa.String(length=24), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("amount", storage.base.ExactDecimal(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("rate", storage.base.ExactDecimal(), nullable=False),
        sa.Column("rate_day", sa.Date(), nullable=False),
        sa.Column("rate_source", sa.Text(), nullable=False),
        sa.Column("usd", storage.base.Cents(), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_funding_lines_agency_id")),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_funding_lines_mission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_lines")),
    )
    with op.batch_alter_table("funding_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_funding_lines_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index("ix_funding_lines_shown", ["mission_id", "removed_at", "kind"], unique=False)

    op.create_table(
        "funding_pledges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("donor", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("plan_key", sa.String(length=96), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("announced_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("owner", sa.String(length=32), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("flow_ref", sa.String(length=64), nullable=False),
        sa.Column("handling", sa.String(length=24), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("amount", storage.base.ExactDecimal(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("rate", storage.base.ExactDecimal(), nullable=False),
        sa.Column("rate_day", sa.Date(), nullable=False),
        sa.Column("rate_source", sa.Text(), nullable=False),
        sa.Column("usd", storage.base.Cents(), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_funding_pledges_agency_id")),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_funding_pledges_mission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_pledges")),
    )
    with op.batch_alter_table("funding_pledges", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_funding_pledges_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index("ix_funding_pledges_state", ["mission_id", "state", "next_on"], unique=False)

    op.create_table(
        "funding_summaries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("slot", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("sent_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_funding_summaries_mission_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["funding_summary_plans.id"], name=op.f("fk_funding_summaries_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_summaries")),
    )
    with op.batch_alter_table("funding_summaries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_funding_summaries_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index("ix_funding_summaries_sent", ["mission_id", "sent_at"], unique=False)
        batch_op.create_index("uq_funding_summaries_plan_id_slot", ["plan_id", "slot"], unique=True)


def downgrade() -> None:
    with op.batch_alter_table("funding_summaries", schema=None) as batch_op:
        batch_op.drop_index("uq_funding_summaries_plan_id_slot")
        batch_op.drop_index("ix_funding_summaries_sent")
        batch_op.drop_index(batch_op.f("ix_funding_summaries_mission_id"))

    op.drop_table("funding_summaries")
    with op.batch_alter_table("funding_pledges", schema=None) as batch_op:
        batch_op.drop_index("ix_funding_pledges_state")
        batch_op.drop_index(batch_op.f("ix_funding_pledges_mission_id"))

    op.drop_table("funding_pledges")
    with op.batch_alter_table("funding_lines", schema=None) as batch_op:
        batch_op.drop_index("ix_funding_lines_shown")
        batch_op.drop_index(batch_op.f("ix_funding_lines_mission_id"))

    op.drop_table("funding_lines")
    with op.batch_alter_table("funding_summary_plans", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_funding_summary_plans_mission_id"))

    op.drop_table("funding_summary_plans")
    with op.batch_alter_table("funding_steps", schema=None) as batch_op:
        batch_op.drop_index("ix_funding_steps_subject")
        batch_op.drop_index(batch_op.f("ix_funding_steps_mission_id"))

    op.drop_table("funding_steps")
    op.drop_table("funding_limits")
    with op.batch_alter_table("funding_discrepancies", schema=None) as batch_op:
        batch_op.drop_index("ix_funding_discrepancies_state")
        batch_op.drop_index(batch_op.f("ix_funding_discrepancies_mission_id"))

    op.drop_table("funding_discrepancies")
