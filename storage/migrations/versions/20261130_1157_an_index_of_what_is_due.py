"""an index of what is due"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261130_1157"
down_revision = "20261130_1151"
branch_labels = None
depends_on = None

WAITING = sa.text("lower(state) = 'pending'")


def upgrade() -> None:
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["mission_id", "not_before", "id"],
        unique=False,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_due", table_name="outbox")
