"""what agencies owe and report"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "20261130_1231"
down_revision = "20261130_1229"
branch_labels = None
depends_on = None

MOMENT = storage.base.UTCDateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "obligations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("room", sa.String(length=32), nullable=False),
        sa.Column("offers", sa.JSON(), nullable=False),
        sa.Column("compartment", sa.String(length=8), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("next_at", MOMENT, nullable=True),
        sa.Column("by", sa.String(length=32), nullable=True),
        sa.Column("on_behalf_of", sa.String(length=64), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_obligations_agency_id_agencies")),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_obligations_mission_id_missions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligations")),
    )
    op.create_index(op.f("ix_obligations_mission_id"), "obligations", ["mission_id"])
    op.create_index("ix_obligations_agency", "obligations", ["mission_id", "agency_id", "state"])
    op.create_index("ix_obligations_next", "obligations", ["mission_id", "state", "next_at"])
    op.create_index("uq_obligations_subject", "obligations", ["mission_id", "subject", "agency_id"], unique=True)
    op.create_table(
        "owed_messages",
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("compartment", sa.String(length=8), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("post_at", MOMENT, nullable=True),
        sa.Column("snoozed_until", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_owed_messages_mission_id_missions")),
        sa.PrimaryKeyConstraint("mission_id", "user_id", "compartment", name=op.f("pk_owed_messages")),
    )
    op.create_index("ix_owed_messages_due", "owed_messages", ["mission_id", "post_at"])
    _reports()


def _reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("inputs_due_at", MOMENT, nullable=False),
        sa.Column("issue_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("handling", sa.String(length=24), nullable=False),
        sa.Column("compartment", sa.String(length=8), nullable=False),
        sa.Column("prepared_by", sa.String(length=32), nullable=True),
        sa.Column("cleared_by", sa.String(length=32), nullable=True),
        sa.Column("issued_at", MOMENT, nullable=True),
        sa.Column("issued", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_reports_mission_id_missions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
    )
    op.create_index(op.f("ix_reports_mission_id"), "reports", ["mission_id"])
    op.create_index("uq_reports_number", "reports", ["mission_id", "kind", "number"], unique=True)
    op.create_index("uq_reports_period", "reports", ["mission_id", "kind", "starts_at"], unique=True)
    op.create_table(
        "report_sections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("entered_by", sa.String(length=32), nullable=True),
        sa.Column("entered_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_report_sections_agency_id_agencies")),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_report_sections_mission_id_missions")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_report_sections_report_id_reports")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_sections")),
    )
    op.create_index(op.f("ix_report_sections_mission_id"), "report_sections", ["mission_id"])
    op.create_index("uq_report_sections_position", "report_sections", ["report_id", "position"], unique=True)
    op.create_table(
        "report_corrigenda",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_report_corrigenda_mission_id_missions")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_report_corrigenda_report_id_reports")),
        sa.PrimaryKeyConstraint("report_id", "number", name=op.f("pk_report_corrigenda")),
    )
    op.create_index(op.f("ix_report_corrigenda_mission_id"), "report_corrigenda", ["mission_id"])


def downgrade() -> None:
    for table in ("report_corrigenda", "report_sections", "reports", "owed_messages", "obligations"):
        op.drop_table(table)
