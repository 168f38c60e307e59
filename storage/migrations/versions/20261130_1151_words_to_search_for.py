"""words to search for: actions, agenda items and escalations are found without case and accents, as decisions are"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.letters import folded

revision = "20261130_1151"
down_revision = "20261130_1150"
branch_labels = None
depends_on = None

ROWS_AT_ONCE = 1_000
COLUMNS = (
    ("cabinet_actions", "text", "text_key"),
    ("cabinet_items", "title", "title_key"),
    ("escalations", "summary", "summary_key"),
)


def upgrade() -> None:
    for table, words, key in COLUMNS:
        op.add_column(table, sa.Column(key, sa.Text(), server_default="", nullable=False))
        _fill(table, words, key)


def _fill(name: str, words: str, key: str) -> None:
    bind = op.get_bind()
    table = sa.table(name, sa.column("id"), sa.column(words), sa.column(key))
    found = bind.execute(sa.select(table.c.id, table.c[words])).all()
    filled = sa.update(table).where(table.c.id == sa.bindparam("row")).values({key: sa.bindparam("key")})
    rows = [{"row": row[0], "key": folded(row[1])} for row in found]
    for start in range(0, len(rows), ROWS_AT_ONCE):
        bind.execute(filled, rows[start : start + ROWS_AT_ONCE])


def downgrade() -> None:
    for table, _words, key in reversed(COLUMNS):
        # Not as a batch: that makes the table anew, and other rows refer to this one.
        op.drop_column(table, key)
