"""flows of money, requirements of plans, and the files they come from"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "20261125_0300"
down_revision = "20261125_0200"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "funding_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("layout", sa.String(length=16), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("file_size", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("is_complete", sa.Boolean(), nullable=False),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("rows_total", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("totals", sa.JSON(), nullable=False),
        sa.Column("issues", sa.JSON(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("seen_version", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", storage.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=32), nullable=True),
        sa.Column("decided_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(length=32), nullable=True),
        sa.Column("undone_at", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_funding_imports_mission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_imports")),
    )
    with op.batch_alter_table("funding_imports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_funding_imports_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index("ix_funding_imports_state", ["mission_id", "state", "id"], unique=False)

    op.create_table(
        "funding_settings",
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.Column("countries", sa.JSON(), nullable=False),
        sa.Column("stale_after_days", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_funding_settings_mission_id")),
        sa.PrimaryKeyConstraint("mission_id", name=op.f("pk_funding_settings")),
    )
    op.create_table(
        "funding_flows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("valid_from", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("valid_to", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("fts_id", sa.String(length=32), nullable=False),
        sa.Column("country", sa.String(length=3), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("plan_key", sa.String(length=64), nullable=False),
        sa.Column("cluster", sa.Text(), nullable=False),
        sa.Column("is_counted", sa.Boolean(), nullable=False),
        sa.Column("lag_days", sa.Integer(), nullable=True),
        sa.Column("flow_date", sa.Date(), nullable=True),
        sa.Column("budget_year", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("amount_usd", storage.base.Cents(), nullable=False),
        sa.Column("src_organization", sa.Text(), nullable=False),
        sa.Column("src_organization_types", sa.Text(), nullable=False),
        sa.Column("src_locations", sa.Text(), nullable=False),
        sa.Column("src_usage_year_start", sa.Integer(), nullable=True),
        sa.Column("src_usage_year_end", sa.Integer(), nullable=True),
        sa.Column("dest_plan", sa.Text(), nullable=False),
        sa.Column("dest_plan_code", sa.Text(), nullable=False),
        sa.Column("dest_plan_id", sa.Text(), nullable=False),
        sa.Column("dest_organization", sa.Text(), nullable=False),
        sa.Column("dest_organization_types", sa.Text(), nullable=False),
        sa.Column("dest_global_clusters", sa.Text(), nullable=False),
        sa.Column("dest_locations", sa.Text(), nullable=False),
        sa.Column("dest_project", sa.Text(), nullable=False),
        sa.Column("dest_project_code", sa.Text(), nullable=False),
        sa.Column("dest_emergency", sa.Text(), nullable=False),
        sa.Column("dest_usage_year_start", sa.Integer(), nullable=True),
        sa.Column("dest_usage_year_end", sa.Integer(), nullable=True),
        sa.Column("contribution_type", sa.Text(), nullable=False),
        sa.Column("flow_type", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("boundary", sa.String(length=16), nullable=False),
        sa.Column("on_boundary", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("first_reported_date", sa.Date(), nullable=True),
        sa.Column("decision_date", sa.Date(), nullable=True),
        sa.Column("keywords", sa.Text(), nullable=False),
        sa.Column("original_amount", storage.base.ExactDecimal(length=40), nullable=True),
        sa.Column("original_currency", sa.Text(), nullable=False),
        sa.Column("exchange_rate", storage.base.ExactDecimal(length=40), nullable=True),
        sa.Column("ref_code", sa.Text(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=True),
        sa.Column("updated_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["import_id"], ["funding_imports.id"], name=op.f("fk_funding_flows_import_id")),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_funding_flows_mission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_flows")),
    )
    with op.batch_alter_table("funding_flows", schema=None) as batch_op:
        batch_op.create_index(
            "ix_funding_flows_ended",
            ["mission_id", "fts_id"],
            unique=False,
            sqlite_where=sa.text("valid_to IS NOT NULL"),
            postgresql_where=sa.text("valid_to IS NOT NULL"),
        )
        batch_op.create_index("ix_funding_flows_import_id", ["import_id", "boundary", "fts_id"], unique=False)
        batch_op.create_index(
            "ix_funding_flows_totals",
            [
                "mission_id",
                "country",
                "year",
                "plan_key",
                "is_counted",
                "on_boundary",
                "status",
                "lag_days",
                "amount_usd",
                "updated_on",
                "is_current",
                "is_withdrawn",
                "boundary",
            ],
            unique=False,
            sqlite_where=sa.text("is_current = 1 AND is_withdrawn = 0 AND boundary = 'incoming'"),
            postgresql_where=sa.text("is_current AND NOT is_withdrawn AND boundary = 'incoming'"),
        )
        batch_op.create_index(
            "uq_funding_flows_current",
            ["mission_id", "country", "boundary", "fts_id"],
            unique=True,
            sqlite_where=sa.text("is_current = 1"),
            postgresql_where=sa.text("is_current"),
        )

    op.create_table(
        "funding_parts",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["funding_imports.id"], name=op.f("fk_funding_parts_import_id")),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_funding_parts_mission_id")),
        sa.PrimaryKeyConstraint("import_id", "number", name=op.f("pk_funding_parts")),
    )
    with op.batch_alter_table("funding_parts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_funding_parts_mission_id"), ["mission_id"], unique=False)

    op.create_table(
        "funding_requirements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("valid_from", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("valid_to", storage.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("country", sa.String(length=3), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("plan_key", sa.String(length=64), nullable=False),
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("plan_code", sa.Text(), nullable=False),
        sa.Column("plan_name", sa.Text(), nullable=False),
        sa.Column("plan_type", sa.Text(), nullable=False),
        sa.Column("start_date", sa.Date(), nullable=True),
        sa.Column("end_date", sa.Date(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("cluster_code", sa.Text(), nullable=False),
        sa.Column("cluster", sa.Text(), nullable=False),
        sa.Column("requirements", storage.base.Cents(), nullable=True),
        sa.Column("original_requirements", storage.base.Cents(), nullable=True),
        sa.Column("funding", storage.base.Cents(), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("mission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["funding_imports.id"], name=op.f("fk_funding_requirements_import_id")),
        sa.ForeignKeyConstraint(["mission_id"], ["missions.id"], name=op.f("fk_funding_requirements_mission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_requirements")),
    )
    with op.batch_alter_table("funding_requirements", schema=None) as batch_op:
        batch_op.create_index("ix_funding_requirements_import_id", ["import_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_funding_requirements_mission_id"), ["mission_id"], unique=False)
        batch_op.create_index(
            "uq_funding_requirements_current",
            ["mission_id", "country", "plan_key", "year", "level", "cluster_code", "cluster"],
            unique=True,
            sqlite_where=sa.text("is_current = 1"),
            postgresql_where=sa.text("is_current"),
        )


def downgrade() -> None:
    with op.batch_alter_table("funding_requirements", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_funding_requirements_current",
            sqlite_where=sa.text("is_current = 1"),
            postgresql_where=sa.text("is_current"),
        )
        batch_op.drop_index(batch_op.f("ix_funding_requirements_mission_id"))
        batch_op.drop_index("ix_funding_requirements_import_id")

    op.drop_table("funding_requirements")
    with op.batch_alter_table("funding_parts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_funding_parts_mission_id"))

    op.drop_table("funding_parts")
    with op.batch_alter_table("funding_flows", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_funding_flows_current", sqlite_where=sa.text("is_current = 1"), postgresql_where=sa.text("is_current")
        )
        batch_op.drop_index(
            "ix_funding_flows_totals", sqlite_where=sa.text("is_current = 1"), postgresql_where=sa.text("is_current")
        )
        batch_op.drop_index("ix_funding_flows_import_id")
        batch_op.drop_index(
            "ix_funding_flows_ended",
            sqlite_where=sa.text("valid_to IS NOT NULL"),
            postgresql_where=sa.text("valid_to IS NOT NULL"),
        )

    op.drop_table("funding_flows")
    op.drop_table("funding_settings")
    with op.batch_alter_table("funding_imports", schema=None) as batch_op:
        batch_op.drop_index("ix_funding_imports_state")
        batch_op.drop_index(batch_op.f("ix_funding_imports_mission_id"))

    op.drop_table("funding_imports")
