"""escalations"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "20261125_0100"
down_revision = "20261124_0400"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "escalation_chains",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.Column("repeat_from", sa.Integer(), nullable=False),
        sa.Column("repeat_times", sa.Integer(), nullable=False),
        sa.Column("at_end", sa.String(length=16), nullable=False),
        sa.Column("stand_in", sa.String(length=32), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=32), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_escalation_chains_mission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation_chains")),
    )
    with op.batch_alter_table("escalation_chains", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_escalation_chains_mission_id"), ["mission_id"], unique=False)

    op.create_table(
        "escalation_settings",
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.Column("office_channel", sa.String(length=32), nullable=True),
        sa.Column("times", sa.JSON(), nullable=False),
        sa.Column("digest_channel", sa.String(length=32), nullable=True),
        sa.Column("updated_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_escalation_settings_mission_id")),
        sa.PrimaryKeyConstraint("mission_id", name=op.f("pk_escalation_settings")),
    )
    op.create_table(
        "escalation_chain_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chain_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("who", sa.String(length=16), nullable=False),
        sa.Column("who_value", sa.String(length=64), nullable=False),
        sa.Column("wait_minutes", sa.Integer(), nullable=False),
        sa.Column("severities", sa.JSON(), nullable=False),
        sa.Column("hours", sa.String(length=16), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["chain_id"], ["escalation_chains.id"], name=op.f("fk_escalation_chain_steps_chain_id")
        ),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_escalation_chain_steps_mission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation_chain_steps")),
    )
    with op.batch_alter_table("escalation_chain_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_escalation_chain_steps_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index("uq_escalation_chain_steps_chain_id_position", ["chain_id", "position"], unique=True)

    op.create_table(
        "escalations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("asks", sa.String(length=16), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("tried", sa.Text(), nullable=False),
        sa.Column("pointer", sa.JSON(), nullable=False),
        sa.Column("handling", sa.String(length=24), nullable=False),
        sa.Column("severity", sa.String(length=16), nullable=False),
        sa.Column("needed_by", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("place_name", sa.Text(), nullable=False),
        sa.Column("place_code", sa.String(length=32), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.Column("raised_by", sa.String(length=32), nullable=False),
        sa.Column("raised_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("holder", sa.String(length=32), nullable=True),
        sa.Column("acknowledged_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("first_acknowledged_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("with_srsg_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("touched_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("asked_still_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("paused_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("paused_until", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("ack_due_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("decide_due_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("closed_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(length=32), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("chain_id", sa.Integer(), nullable=True),
        sa.Column("chain", sa.JSON(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("lap", sa.Integer(), nullable=False),
        sa.Column("overdue_step", sa.Integer(), nullable=True),
        sa.Column("told_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("next_kind", sa.String(length=16), nullable=True),
        sa.Column("next_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("next_step", sa.Integer(), nullable=True),
        sa.Column("next_for", sa.JSON(), nullable=False),
        sa.Column("updated_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["chain_id"], ["escalation_chains.id"], name=op.f("fk_escalations_chain_id")),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_escalations_mission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalations")),
    )
    with op.batch_alter_table("escalations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_escalations_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index("ix_escalations_state", ["mission_id", "state", "next_at"], unique=False)
        batch_op.create_index("uq_escalations_mission_id_number", ["mission_id", "number"], unique=True)

    op.create_table(
        "escalation_acts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("escalation_id", sa.Integer(), nullable=False),
        sa.Column("at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["escalation_id"], ["escalations.id"], name=op.f("fk_escalation_acts_escalation_id")),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_escalation_acts_mission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation_acts")),
    )
    with op.batch_alter_table("escalation_acts", schema=None) as batch_op:
        batch_op.create_index("ix_escalation_acts_escalation", ["escalation_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_escalation_acts_mission_id"), ["mission_id"], unique=False)

    op.create_table(
        "escalation_agencies",
        sa.Column("escalation_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_escalation_agencies_agency_id")),
        sa.ForeignKeyConstraint(
            ["escalation_id"], ["escalations.id"], name=op.f("fk_escalation_agencies_escalation_id")
        ),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_escalation_agencies_mission_id")),
        sa.PrimaryKeyConstraint("escalation_id", "agency_id", name=op.f("pk_escalation_agencies")),
    )
    with op.batch_alter_table("escalation_agencies", schema=None) as batch_op:
        batch_op.create_index("ix_escalation_agencies_agency", ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_escalation_agencies_mission_id"), ["mission_id"], unique=False)

    op.create_table(
        "escalation_notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("escalation_id", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("lap", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("way", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("settled_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["escalation_id"], ["escalations.id"], name=op.f("fk_escalation_notices_escalation_id")
        ),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_escalation_notices_mission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation_notices")),
    )
    with op.batch_alter_table("escalation_notices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_escalation_notices_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index(
            "uq_escalation_notices_once", ["escalation_id", "turn", "kind", "place", "way"], unique=True
        )

    op.create_table(
        "escalation_people",
        sa.Column("escalation_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("joined_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["escalation_id"], ["escalations.id"], name=op.f("fk_escalation_people_escalation_id")),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_escalation_people_mission_id")),
        sa.PrimaryKeyConstraint("escalation_id", "user_id", name=op.f("pk_escalation_people")),
    )
    with op.batch_alter_table("escalation_people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_escalation_people_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index("ix_escalation_people_person", ["mission_id", "user_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("escalation_people", schema=None) as batch_op:
        batch_op.drop_index("ix_escalation_people_person")
        batch_op.drop_index(batch_op.f("ix_escalation_people_mission_id"))

    op.drop_table("escalation_people")
    with op.batch_alter_table("escalation_notices", schema=None) as batch_op:
        batch_op.drop_index("uq_escalation_notices_once")
        batch_op.drop_index(batch_op.f("ix_escalation_notices_mission_id"))

    op.drop_table("escalation_notices")
    with op.batch_alter_table("escalation_agencies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_escalation_agencies_mission_id"))
        batch_op.drop_index("ix_escalation_agencies_agency")

    op.drop_table("escalation_agencies")
    with op.batch_alter_table("escalation_acts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_escalation_acts_mission_id"))
        batch_op.drop_index("ix_escalation_acts_escalation")

    op.drop_table("escalation_acts")
    with op.batch_alter_table("escalations", schema=None) as batch_op:
        batch_op.drop_index("uq_escalations_mission_id_number")
        batch_op.drop_index("ix_escalations_state")
        batch_op.drop_index(batch_op.f("ix_escalations_mission_id"))

    op.drop_table("escalations")
    with op.batch_alter_table("escalation_chain_steps", schema=None) as batch_op:
        batch_op.drop_index("uq_escalation_chain_steps_chain_id_position")
        batch_op.drop_index(batch_op.f("ix_escalation_chain_steps_mission_id"))

    op.drop_table("escalation_chain_steps")
    op.drop_table("escalation_settings")
    with op.batch_alter_table("escalation_chains", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_escalation_chains_mission_id"))

    op.drop_table("escalation_chains")
