"""imported figures are found by their key"""

from __future__ import annotations

from alembic import op

revision = "20261130_0402"
down_revision = "20261130_0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("funding_requirements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_funding_requirements_import_id"))
        batch_op.create_index(
            "ix_funding_requirements_import_id",
            ["import_id", "country", "year", "plan_key", "level", "cluster_code", "cluster"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("funding_requirements", schema=None) as batch_op:
        batch_op.drop_index("ix_funding_requirements_import_id")
        batch_op.create_index(batch_op.f("ix_funding_requirements_import_id"), ["import_id"], unique=False)
