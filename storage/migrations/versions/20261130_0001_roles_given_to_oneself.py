"""roles given to oneself"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "20261130_0001"
down_revision = "20261129_2101"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("agency_people", schema=None) as batch_op:
        batch_op.add_column(sa.Column("granted_by", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("granted_at", storage.base.UTCDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("agreed_by", sa.String(length=32), nullable=True))

    with op.batch_alter_table("role_grants", schema=None) as batch_op:
        batch_op.add_column(sa.Column("agreed_by", sa.String(length=32), nullable=True))
    # Whoever works with a role they gave to themselves before this rule keeps what it opens.
    op.execute("UPDATE role_grants SET agreed_by = 'rapporteur' WHERE granted_by = user_id")


def downgrade() -> None:
    with op.batch_alter_table("role_grants", schema=None) as batch_op:
        batch_op.drop_column("agreed_by")

    with op.batch_alter_table("agency_people", schema=None) as batch_op:
        batch_op.drop_column("agreed_by")
        batch_op.drop_column("granted_at")
        batch_op.drop_column("granted_by")
