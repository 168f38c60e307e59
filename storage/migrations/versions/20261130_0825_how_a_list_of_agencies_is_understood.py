"""how a list of agencies is understood"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261130_0825"
down_revision = "20261130_0521"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("agency_imports", schema=None) as batch_op:
        batch_op.add_column(sa.Column("understood", sa.JSON(), server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("file", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("agency_imports", schema=None) as batch_op:
        batch_op.drop_column("file")
        batch_op.drop_column("understood")
