"""the cabinet's record: attendance, decisions, actions, minutes"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "20261125_0600"
down_revision = "20261125_0500"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cabinet_letterheads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("template", sa.LargeBinary(), nullable=True),
        sa.Column("template_name", sa.Text(), nullable=False),
        sa.Column("trial", sa.LargeBinary(), nullable=True),
        sa.Column("trial_name", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_cabinet_letterheads_mission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cabinet_letterheads")),
    )
    with op.batch_alter_table("cabinet_letterheads", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cabinet_letterheads_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index("uq_cabinet_letterheads_mission_id", ["mission_id"], unique=True)

    op.create_table(
        "cabinet_attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("presence", sa.String(length=16), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=True),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(length=32), nullable=False),
        sa.Column("recorded_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_cabinet_attendance_agency_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["cabinet_meetings.id"], name=op.f("fk_cabinet_attendance_meeting_id")),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_cabinet_attendance_mission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cabinet_attendance")),
    )
    with op.batch_alter_table("cabinet_attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cabinet_attendance_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index("uq_cabinet_attendance_meeting_id_agency_id", ["meeting_id", "agency_id"], unique=True)

    op.create_table(
        "cabinet_minutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("drafted_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("circulated_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("comments_by", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("issued_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("issued_by", sa.String(length=32), nullable=True),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["cabinet_meetings.id"], name=op.f("fk_cabinet_minutes_meeting_id")),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_cabinet_minutes_mission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cabinet_minutes")),
    )
    with op.batch_alter_table("cabinet_minutes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cabinet_minutes_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index("uq_cabinet_minutes_meeting_id", ["meeting_id"], unique=True)

    op.create_table(
        "cabinet_comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said_by", sa.String(length=32), nullable=False),
        sa.Column("said_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["cabinet_items.id"], name=op.f("fk_cabinet_comments_item_id")),
        sa.ForeignKeyConstraint(["minutes_id"], ["cabinet_minutes.id"], name=op.f("fk_cabinet_comments_minutes_id")),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_cabinet_comments_mission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cabinet_comments")),
    )
    with op.batch_alter_table("cabinet_comments", schema=None) as batch_op:
        batch_op.create_index("ix_cabinet_comments_minutes", ["minutes_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cabinet_comments_mission_id"), ["mission_id"], unique=False)

    op.create_table(
        "cabinet_corrigenda",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("issued_by", sa.String(length=32), nullable=False),
        sa.Column("issued_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["cabinet_items.id"], name=op.f("fk_cabinet_corrigenda_item_id")),
        sa.ForeignKeyConstraint(["minutes_id"], ["cabinet_minutes.id"], name=op.f("fk_cabinet_corrigenda_minutes_id")),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_cabinet_corrigenda_mission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cabinet_corrigenda")),
    )
    with op.batch_alter_table("cabinet_corrigenda", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cabinet_corrigenda_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index("uq_cabinet_corrigenda_minutes_id_number", ["minutes_id", "number"], unique=True)

    op.create_table(
        "cabinet_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_key", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=32), nullable=False),
        sa.Column("owner_agency_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("handling", sa.String(length=24), nullable=False),
        sa.Column("source_link", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=32), nullable=False),
        sa.Column("decided_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("stood_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["cabinet_items.id"], name=op.f("fk_cabinet_decisions_item_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["cabinet_meetings.id"], name=op.f("fk_cabinet_decisions_meeting_id")),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_cabinet_decisions_mission_id")),
        sa.ForeignKeyConstraint(
            ["owner_agency_id"], ["agencies.id"], name=op.f("fk_cabinet_decisions_owner_agency_id")
        ),
        sa.ForeignKeyConstraint(["series_id"], ["cabinet_series.id"], name=op.f("fk_cabinet_decisions_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cabinet_decisions")),
    )
    with op.batch_alter_table("cabinet_decisions", schema=None) as batch_op:
        batch_op.create_index("ix_cabinet_decisions_item", ["item_id"], unique=False)
        batch_op.create_index("ix_cabinet_decisions_meeting", ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cabinet_decisions_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index("uq_cabinet_decisions_number", ["mission_id", "year", "number"], unique=True)

    op.create_table(
        "cabinet_minutes_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["cabinet_items.id"], name=op.f("fk_cabinet_minutes_texts_item_id")),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["cabinet_minutes.id"], name=op.f("fk_cabinet_minutes_texts_minutes_id")
        ),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_cabinet_minutes_texts_mission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cabinet_minutes_texts")),
    )
    with op.batch_alter_table("cabinet_minutes_texts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cabinet_minutes_texts_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index("uq_cabinet_minutes_texts_minutes_id_item_id", ["minutes_id", "item_id"], unique=True)

    op.create_table(
        "cabinet_actions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("carries_out", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=32), nullable=False),
        sa.Column("owner_agency_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("handling", sa.String(length=24), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("done_by", sa.String(length=32), nullable=True),
        sa.Column("done_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("verified_by", sa.String(length=32), nullable=True),
        sa.Column("settled_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.Column("chased", sa.JSON(), nullable=False),
        sa.Column("source_link", sa.Text(), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["cabinet_decisions.id"], name=op.f("fk_cabinet_actions_decision_id")),
        sa.ForeignKeyConstraint(["item_id"], ["cabinet_items.id"], name=op.f("fk_cabinet_actions_item_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["cabinet_meetings.id"], name=op.f("fk_cabinet_actions_meeting_id")),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_cabinet_actions_mission_id")),
        sa.ForeignKeyConstraint(["owner_agency_id"], ["agencies.id"], name=op.f("fk_cabinet_actions_owner_agency_id")),
        sa.ForeignKeyConstraint(["series_id"], ["cabinet_series.id"], name=op.f("fk_cabinet_actions_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cabinet_actions")),
    )
    with op.batch_alter_table("cabinet_actions", schema=None) as batch_op:
        batch_op.create_index("ix_cabinet_actions_meeting", ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cabinet_actions_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index("ix_cabinet_actions_owner", ["mission_id", "owner"], unique=False)
        batch_op.create_index("ix_cabinet_actions_state", ["mission_id", "state", "due_on"], unique=False)

    op.create_table(
        "cabinet_bindings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("asked_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("due_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(length=32), nullable=True),
        sa.Column("answered_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_cabinet_bindings_agency_id")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["cabinet_decisions.id"], name=op.f("fk_cabinet_bindings_decision_id")
        ),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_cabinet_bindings_mission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cabinet_bindings")),
    )
    with op.batch_alter_table("cabinet_bindings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cabinet_bindings_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index("uq_cabinet_bindings_decision_id_agency_id", ["decision_id", "agency_id"], unique=True)

    op.create_table(
        "cabinet_reservations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.String(length=32), nullable=False),
        sa.Column("entered_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["cabinet_decisions.id"], name=op.f("fk_cabinet_reservations_decision_id")
        ),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_cabinet_reservations_mission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cabinet_reservations")),
    )
    with op.batch_alter_table("cabinet_reservations", schema=None) as batch_op:
        batch_op.create_index("ix_cabinet_reservations_decision", ["decision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cabinet_reservations_mission_id"), ["mission_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("cabinet_reservations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cabinet_reservations_mission_id"))
        batch_op.drop_index("ix_cabinet_reservations_decision")

    op.drop_table("cabinet_reservations")
    with op.batch_alter_table("cabinet_bindings", schema=None) as batch_op:
        batch_op.drop_index("uq_cabinet_bindings_decision_id_agency_id")
        batch_op.drop_index(batch_op.f("ix_cabinet_bindings_mission_id"))

    op.drop_table("cabinet_bindings")
    with op.batch_alter_table("cabinet_actions", schema=None) as batch_op:
        batch_op.drop_index("ix_cabinet_actions_state")
        batch_op.drop_index("ix_cabinet_actions_owner")
        batch_op.drop_index(batch_op.f("ix_cabinet_actions_mission_id"))
        batch_op.drop_index("ix_cabinet_actions_meeting")

    op.drop_table("cabinet_actions")
    with op.batch_alter_table("cabinet_minutes_texts", schema=None) as batch_op:
        batch_op.drop_index("uq_cabinet_minutes_texts_minutes_id_item_id")
        batch_op.drop_index(batch_op.f("ix_cabinet_minutes_texts_mission_id"))

    op.drop_table("cabinet_minutes_texts")
    with op.batch_alter_table("cabinet_decisions", schema=None) as batch_op:
        batch_op.drop_index("uq_cabinet_decisions_number")
        batch_op.drop_index(batch_op.f("ix_cabinet_decisions_mission_id"))
        batch_op.drop_index("ix_cabinet_decisions_meeting")
        batch_op.drop_index("ix_cabinet_decisions_item")

    op.drop_table("cabinet_decisions")
    with op.batch_alter_table("cabinet_corrigenda", schema=None) as batch_op:
        batch_op.drop_index("uq_cabinet_corrigenda_minutes_id_number")
        batch_op.drop_index(batch_op.f("ix_cabinet_corrigenda_mission_id"))

    op.drop_table("cabinet_corrigenda")
    with op.batch_alter_table("cabinet_comments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cabinet_comments_mission_id"))
        batch_op.drop_index("ix_cabinet_comments_minutes")

    op.drop_table("cabinet_comments")
    with op.batch_alter_table("cabinet_minutes", schema=None) as batch_op:
        batch_op.drop_index("uq_cabinet_minutes_meeting_id")
        batch_op.drop_index(batch_op.f("ix_cabinet_minutes_mission_id"))

    op.drop_table("cabinet_minutes")
    with op.batch_alter_table("cabinet_attendance", schema=None) as batch_op:
        batch_op.drop_index("uq_cabinet_attendance_meeting_id_agency_id")
        batch_op.drop_index(batch_op.f("ix_cabinet_attendance_mission_id"))

    op.drop_table("cabinet_attendance")
    with op.batch_alter_table("cabinet_letterheads", schema=None) as batch_op:
        batch_op.drop_index("uq_cabinet_letterheads_mission_id")
        batch_op.drop_index(batch_op.f("ix_cabinet_letterheads_mission_id"))

    op.drop_table("cabinet_letterheads")
