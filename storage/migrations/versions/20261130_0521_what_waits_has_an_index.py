"""what waits has an index"""

from __future__ import annotations

from alembic import op

revision = "20261130_0521"
down_revision = "20261130_0457"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("escalation_notices", schema=None) as batch_op:
        batch_op.create_index("ix_escalation_notices_waiting", ["mission_id", "state", "way"], unique=False)

    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_subject"))
        batch_op.create_index("ix_outbox_subject", ["mission_id", "subject", "state"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_subject")
        batch_op.create_index(batch_op.f("ix_outbox_subject"), ["mission_id", "subject"], unique=False)

    with op.batch_alter_table("escalation_notices", schema=None) as batch_op:
        batch_op.drop_index("ix_escalation_notices_waiting")
