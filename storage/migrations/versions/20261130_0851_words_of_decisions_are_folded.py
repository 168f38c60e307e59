"""words of decisions are folded: found without case, accents and letters that readers take for one another"""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

from storage.letters import folded

revision = "20261130_0851"
down_revision = "20261130_0830"
branch_labels = None
depends_on = None

ROWS_AT_ONCE = 1_000
_ITEMS = sa.table("cabinet_items", sa.column("id"), sa.column("title"))
_DECISIONS = sa.table(
    "cabinet_decisions", sa.column("id"), sa.column("item_id"), sa.column("text"), sa.column("text_key")
)


def upgrade() -> None:
    _rewrite(folded)


def downgrade() -> None:
    _rewrite(str.casefold)


def _rewrite(key: Callable[[str], str]) -> None:
    bind = op.get_bind()
    joined = sa.outerjoin(_DECISIONS, _ITEMS, _ITEMS.c.id == _DECISIONS.c.item_id)
    found = bind.execute(sa.select(_DECISIONS.c.id, _ITEMS.c.title, _DECISIONS.c.text).select_from(joined)).all()
    renewed = sa.update(_DECISIONS).where(_DECISIONS.c.id == sa.bindparam("row")).values(text_key=sa.bindparam("key"))
    rows = [{"row": row.id, "key": key(f"{row.title or ''}\n{row.text}")} for row in found]
    for start in range(0, len(rows), ROWS_AT_ONCE):
        bind.execute(renewed, rows[start : start + ROWS_AT_ONCE])
