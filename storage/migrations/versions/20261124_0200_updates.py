"""updates"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "20261124_0200"
down_revision = "20261124_0100"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "form_drafts",
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("saved_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_form_drafts_mission_id")),
        sa.PrimaryKeyConstraint("mission_id", "user_id", "form", name=op.f("pk_form_drafts")),
    )
    op.create_table(
        "round_plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("due_time", sa.Time(), nullable=False),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.Date(), nullable=False),
        sa.Column("on_holiday", sa.String(length=16), nullable=False),
        sa.Column("period", sa.String(length=16), nullable=False),
        sa.Column("open_days", sa.Integer(), nullable=False),
        sa.Column("open_time", sa.Time(), nullable=False),
        sa.Column("close_days", sa.Integer(), nullable=False),
        sa.Column("close_time", sa.Time(), nullable=False),
        sa.Column("digest_channel", sa.String(length=32), nullable=False),
        sa.Column("digest_days", sa.Integer(), nullable=False),
        sa.Column("digest_time", sa.Time(), nullable=False),
        sa.Column("group_by", sa.String(length=16), nullable=False),
        sa.Column("ladder", sa.JSON(), nullable=False),
        sa.Column("at_any_hour", sa.Boolean(), nullable=False),
        sa.Column("handling", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_round_plans_mission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_plans")),
    )
    with op.batch_alter_table("round_plans", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_plans_mission_id"), ["mission_id"], unique=False)

    op.create_table(
        "rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("slot", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("ladder", sa.JSON(), nullable=False),
        sa.Column("at_any_hour", sa.Boolean(), nullable=False),
        sa.Column("group_by", sa.String(length=16), nullable=False),
        sa.Column("handling", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=True),
        sa.Column("period_end", sa.Date(), nullable=True),
        sa.Column("opens_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("due_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("closes_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("digest_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("digest_channel", sa.String(length=32), nullable=False),
        sa.Column("board_channel", sa.String(length=32), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("opened_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("closed_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("digested_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_rounds_mission_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["round_plans.id"], name=op.f("fk_rounds_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
    )
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rounds_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index("ix_rounds_state", ["mission_id", "state", "due_at"], unique=False)
        batch_op.create_index("uq_rounds_plan_id_slot", ["plan_id", "slot"], unique=True)

    op.create_table(
        "returns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("sectors", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest_version", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("answered_by", sa.String(length=32), nullable=True),
        sa.Column("answered_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("on_behalf_of", sa.Text(), nullable=True),
        sa.Column("waived_by", sa.String(length=32), nullable=True),
        sa.Column("waived_reason", sa.Text(), nullable=True),
        sa.Column("has_contact", sa.Boolean(), nullable=False),
        sa.Column("deferred", sa.JSON(), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_returns_agency_id")),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_returns_mission_id")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_returns_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returns")),
    )
    with op.batch_alter_table("returns", schema=None) as batch_op:
        batch_op.create_index("ix_returns_agency", ["agency_id", "round_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_returns_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index("uq_returns_round_id_agency_id", ["round_id", "agency_id"], unique=True)

    op.create_table(
        "round_digests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("handling", sa.String(length=24), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("sent_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_round_digests_mission_id")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_round_digests_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_digests")),
    )
    with op.batch_alter_table("round_digests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_digests_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index("ix_round_digests_sent", ["mission_id", "sent_at"], unique=False)
        batch_op.create_index("uq_round_digests_round_id_number", ["round_id", "number"], unique=True)

    op.create_table(
        "return_drafts",
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("saved_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_return_drafts_mission_id")),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name=op.f("fk_return_drafts_return_id")),
        sa.PrimaryKeyConstraint("return_id", "user_id", name=op.f("pk_return_drafts")),
    )
    with op.batch_alter_table("return_drafts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_return_drafts_mission_id"), ["mission_id"], unique=False)

    op.create_table(
        "return_notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("snoozed_until", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_return_notices_mission_id")),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name=op.f("fk_return_notices_return_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_notices")),
    )
    with op.batch_alter_table("return_notices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_return_notices_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index("ix_return_notices_return", ["return_id"], unique=False)
        batch_op.create_index(
            "uq_return_notices_occurrence", ["return_id", "user_id", "kind", "occurrence"], unique=True
        )

    op.create_table(
        "return_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("on_behalf_of", sa.Text(), nullable=True),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_return_versions_mission_id")),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name=op.f("fk_return_versions_return_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_versions")),
    )
    with op.batch_alter_table("return_versions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_return_versions_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index("uq_return_versions_return_id_number", ["return_id", "number"], unique=True)


def downgrade() -> None:
    with op.batch_alter_table("return_versions", schema=None) as batch_op:
        batch_op.drop_index("uq_return_versions_return_id_number")
        batch_op.drop_index(batch_op.f("ix_return_versions_mission_id"))

    op.drop_table("return_versions")
    with op.batch_alter_table("return_notices", schema=None) as batch_op:
        batch_op.drop_index("uq_return_notices_occurrence")
        batch_op.drop_index("ix_return_notices_return")
        batch_op.drop_index(batch_op.f("ix_return_notices_mission_id"))

    op.drop_table("return_notices")
    with op.batch_alter_table("return_drafts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_return_drafts_mission_id"))

    op.drop_table("return_drafts")
    with op.batch_alter_table("round_digests", schema=None) as batch_op:
        batch_op.drop_index("uq_round_digests_round_id_number")
        batch_op.drop_index("ix_round_digests_sent")
        batch_op.drop_index(batch_op.f("ix_round_digests_mission_id"))

    op.drop_table("round_digests")
    with op.batch_alter_table("returns", schema=None) as batch_op:
        batch_op.drop_index("uq_returns_round_id_agency_id")
        batch_op.drop_index(batch_op.f("ix_returns_mission_id"))
        batch_op.drop_index("ix_returns_agency")

    op.drop_table("returns")
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.drop_index("uq_rounds_plan_id_slot")
        batch_op.drop_index("ix_rounds_state")
        batch_op.drop_index(batch_op.f("ix_rounds_mission_id"))

    op.drop_table("rounds")
    with op.batch_alter_table("round_plans", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_round_plans_mission_id"))

    op.drop_table("round_plans")
    op.drop_table("form_drafts")
