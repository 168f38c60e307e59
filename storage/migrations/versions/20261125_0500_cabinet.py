"""the cabinet: series, meetings, items; channels in the making"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "20261125_0500"
down_revision = "20261125_0400"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cabinet_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("is_one_off", sa.Boolean(), nullable=False),
        sa.Column("chair", sa.String(length=32), nullable=False),
        sa.Column("secretary", sa.String(length=32), nullable=False),
        sa.Column("all_agencies", sa.Boolean(), nullable=False),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("anchor", sa.Date(), nullable=False),
        sa.Column("start_time", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("when_free", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("default_agenda", sa.JSON(), nullable=False),
        sa.Column("call_days", sa.Integer(), nullable=False),
        sa.Column("papers_hours", sa.Integer(), nullable=False),
        sa.Column("record_hours", sa.Integer(), nullable=False),
        sa.Column("silence_hours", sa.Integer(), nullable=False),
        sa.Column("silence_working", sa.Boolean(), nullable=False),
        sa.Column("quorum_rule", sa.String(length=16), nullable=False),
        sa.Column("quorum_number", sa.Integer(), nullable=False),
        sa.Column("channel_rule", sa.String(length=16), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=True),
        sa.Column("handling", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_cabinet_series_mission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cabinet_series")),
    )
    with op.batch_alter_table("cabinet_series", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cabinet_series_mission_id"), ["mission_id"], unique=False)

    op.create_table(
        "channel_setups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("room", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("marker", sa.String(length=64), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("invited", sa.JSON(), nullable=False),
        sa.Column("refused", sa.JSON(), nullable=False),
        sa.Column("troubles", sa.JSON(), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=True),
        sa.Column("channel_name", sa.Text(), nullable=False),
        sa.Column("canvas_id", sa.String(length=32), nullable=True),
        sa.Column("bookmarks", sa.JSON(), nullable=False),
        sa.Column("pinned", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("ready_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_channel_setups_mission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_setups")),
    )
    with op.batch_alter_table("channel_setups", schema=None) as batch_op:
        batch_op.create_index("ix_channel_setups_channel", ["mission_id", "channel_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_channel_setups_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index("uq_channel_setups_mission_id_subject", ["mission_id", "subject"], unique=True)

    op.create_table(
        "cabinet_meetings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("slot", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("starts_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("chair", sa.String(length=32), nullable=False),
        sa.Column("secretary", sa.String(length=32), nullable=False),
        sa.Column("handling", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("state_reason", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=True),
        sa.Column("call_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("papers_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("record_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("called_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("convened_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("papers_sent_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("opened_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("held_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("record_issued_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("closed_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_cabinet_meetings_mission_id")),
        sa.ForeignKeyConstraint(["series_id"], ["cabinet_series.id"], name=op.f("fk_cabinet_meetings_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cabinet_meetings")),
    )
    with op.batch_alter_table("cabinet_meetings", schema=None) as batch_op:
        batch_op.create_index("ix_cabinet_meetings_channel", ["mission_id", "channel_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cabinet_meetings_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index("ix_cabinet_meetings_state", ["mission_id", "state", "starts_at"], unique=False)
        batch_op.create_index("uq_cabinet_meetings_series_id_slot", ["series_id", "slot"], unique=True)

    op.create_table(
        "cabinet_members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=32), nullable=True),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_cabinet_members_agency_id")),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_cabinet_members_mission_id")),
        sa.ForeignKeyConstraint(["series_id"], ["cabinet_series.id"], name=op.f("fk_cabinet_members_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cabinet_members")),
    )
    with op.batch_alter_table("cabinet_members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cabinet_members_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index("uq_cabinet_members_agency", ["series_id", "agency_id"], unique=True)
        batch_op.create_index("uq_cabinet_members_role", ["series_id", "role"], unique=True)

    op.create_table(
        "cabinet_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("owner", sa.String(length=32), nullable=True),
        sa.Column("owner_agency_id", sa.Integer(), nullable=True),
        sa.Column("consult", sa.JSON(), nullable=False),
        sa.Column("paper_link", sa.Text(), nullable=False),
        sa.Column("paper_name", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("handling", sa.String(length=24), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("deferred_from_id", sa.Integer(), nullable=True),
        sa.Column("arises_from", sa.String(length=64), nullable=True),
        sa.Column("source_link", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("settled_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["deferred_from_id"], ["cabinet_items.id"], name=op.f("fk_cabinet_items_deferred_from_id")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["cabinet_meetings.id"], name=op.f("fk_cabinet_items_meeting_id")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["cabinet_items.id"], name=op.f("fk_cabinet_items_merged_into_id")),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_cabinet_items_mission_id")),
        sa.ForeignKeyConstraint(["owner_agency_id"], ["agencies.id"], name=op.f("fk_cabinet_items_owner_agency_id")),
        sa.ForeignKeyConstraint(["series_id"], ["cabinet_series.id"], name=op.f("fk_cabinet_items_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cabinet_items")),
    )
    with op.batch_alter_table("cabinet_items", schema=None) as batch_op:
        batch_op.create_index("ix_cabinet_items_meeting", ["meeting_id", "position"], unique=False)
        batch_op.create_index(batch_op.f("ix_cabinet_items_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index("ix_cabinet_items_series", ["series_id", "state"], unique=False)
        batch_op.create_index("uq_cabinet_items_arises", ["meeting_id", "arises_from"], unique=True)

    op.create_table(
        "cabinet_papers",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["cabinet_items.id"], name=op.f("fk_cabinet_papers_item_id")),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_cabinet_papers_mission_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_cabinet_papers")),
    )
    with op.batch_alter_table("cabinet_papers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cabinet_papers_mission_id"), ["mission_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("cabinet_papers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cabinet_papers_mission_id"))

    op.drop_table("cabinet_papers")
    with op.batch_alter_table("cabinet_items", schema=None) as batch_op:
        batch_op.drop_index("uq_cabinet_items_arises")
        batch_op.drop_index("ix_cabinet_items_series")
        batch_op.drop_index(batch_op.f("ix_cabinet_items_mission_id"))
        batch_op.drop_index("ix_cabinet_items_meeting")

    op.drop_table("cabinet_items")
    with op.batch_alter_table("cabinet_members", schema=None) as batch_op:
        batch_op.drop_index("uq_cabinet_members_role")
        batch_op.drop_index("uq_cabinet_members_agency")
        batch_op.drop_index(batch_op.f("ix_cabinet_members_mission_id"))

    op.drop_table("cabinet_members")
    with op.batch_alter_table("cabinet_meetings", schema=None) as batch_op:
        batch_op.drop_index("uq_cabinet_meetings_series_id_slot")
        batch_op.drop_index("ix_cabinet_meetings_state")
        batch_op.drop_index(batch_op.f("ix_cabinet_meetings_mission_id"))
        batch_op.drop_index("ix_cabinet_meetings_channel")

    op.drop_table("cabinet_meetings")
    with op.batch_alter_table("channel_setups", schema=None) as batch_op:
        batch_op.drop_index("uq_channel_setups_mission_id_subject")
        batch_op.drop_index(batch_op.f("ix_channel_setups_mission_id"))
        batch_op.drop_index("ix_channel_setups_channel")

    op.drop_table("channel_setups")
    with op.batch_alter_table("cabinet_series", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cabinet_series_mission_id"))

    op.drop_table("cabinet_series")
