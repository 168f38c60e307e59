"""duty"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "20261125_0200"
down_revision = "20261125_0100"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "duty_settings",
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.Column("around_the_clock", sa.Boolean(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("told_gaps", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_duty_settings_mission_id")),
        sa.PrimaryKeyConstraint("mission_id", name=op.f("pk_duty_settings")),
    )
    op.create_table(
        "duty_turns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("starts_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("entered_by", sa.String(length=32), nullable=False),
        sa.Column("entered_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_duty_turns_mission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_turns")),
    )
    with op.batch_alter_table("duty_turns", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_turns_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index("ix_duty_turns_span", ["mission_id", "ends_at"], unique=False)

    op.create_table(
        "leadership_posts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("holder", sa.String(length=32), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_leadership_posts_mission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leadership_posts")),
    )
    with op.batch_alter_table("leadership_posts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_leadership_posts_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index("uq_leadership_posts_mission_id_code", ["mission_id", "code"], unique=True)

    op.create_table(
        "mail_addresses",
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("entered_by", sa.String(length=32), nullable=False),
        sa.Column("entered_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_mail_addresses_mission_id")),
        sa.PrimaryKeyConstraint("mission_id", "user_id", name=op.f("pk_mail_addresses")),
    )
    op.create_table(
        "officer_windows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("starts_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(length=32), nullable=False),
        sa.Column("entered_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_officer_windows_mission_id")),
        sa.ForeignKeyConstraint(["post_id"], ["leadership_posts.id"], name=op.f("fk_officer_windows_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer_windows")),
    )
    with op.batch_alter_table("officer_windows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_officer_windows_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index("ix_officer_windows_post", ["post_id", "ends_at"], unique=False)

    with op.batch_alter_table("escalation_chain_steps", schema=None) as batch_op:
        batch_op.add_column(sa.Column("by_email", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("escalation_chain_steps", schema=None) as batch_op:
        batch_op.drop_column("by_email")

    with op.batch_alter_table("officer_windows", schema=None) as batch_op:
        batch_op.drop_index("ix_officer_windows_post")
        batch_op.drop_index(batch_op.f("ix_officer_windows_mission_id"))

    op.drop_table("officer_windows")
    op.drop_table("mail_addresses")
    with op.batch_alter_table("leadership_posts", schema=None) as batch_op:
        batch_op.drop_index("uq_leadership_posts_mission_id_code")
        batch_op.drop_index(batch_op.f("ix_leadership_posts_mission_id"))

    op.drop_table("leadership_posts")
    with op.batch_alter_table("duty_turns", schema=None) as batch_op:
        batch_op.drop_index("ix_duty_turns_span")
        batch_op.drop_index(batch_op.f("ix_duty_turns_mission_id"))

    op.drop_table("duty_turns")
    op.drop_table("duty_settings")
