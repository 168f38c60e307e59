"""where Confidential texts stand"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "20261130_0034"
down_revision = "20261130_0012"
branch_labels = None
depends_on = None

# Texts that left before: where they stand is known by the message's record, or by the lane of their row.
STANDING = """
update channels set confidential_at = (
  select max(outbox.settled_at) from outbox
  where outbox.mission_id = channels.mission_id and outbox.state = 'sent' and outbox.handling = 'confidential'
    and (
      outbox.lane = channels.channel_id or outbox.lane like channels.channel_id || '/%'
      or outbox.subject in (
        select posts.subject from posts
        where posts.mission_id = channels.mission_id and posts.channel_id = channels.channel_id
      )
    )
)
"""


def upgrade() -> None:
    with op.batch_alter_table("channels", schema=None) as batch_op:
        batch_op.add_column(sa.Column("confidential_at", storage.base.UTCDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("told_of", sa.JSON(), server_default="[]", nullable=False))
    op.execute(STANDING)


def downgrade() -> None:
    with op.batch_alter_table("channels", schema=None) as batch_op:
        batch_op.drop_column("told_of")
        batch_op.drop_column("confidential_at")
