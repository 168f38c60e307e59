"""who handed a return over"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261124_0400"
down_revision = "20261124_0300"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("return_notices", schema=None) as batch_op:
        batch_op.add_column(sa.Column("handed_by", sa.String(length=32), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("return_notices", schema=None) as batch_op:
        batch_op.drop_column("handed_by")
