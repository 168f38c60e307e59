"""local times of what is planned"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "20261130_0830"
down_revision = "20261130_0825"
branch_labels = None
depends_on = None

PLANNED = {
    "cabinet_meetings": ("starts_at", "slot"),
    "rounds": ("slot", "opens_at", "due_at", "closes_at", "digest_at"),
    "duty_turns": ("starts_at", "ends_at"),
    "officer_windows": ("starts_at", "ends_at"),
    "escalations": ("needed_by", "paused_until"),
}


def upgrade() -> None:
    for table in PLANNED:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("local_times", sa.JSON(), server_default="{}", nullable=False))
    zones = {row.id: row.zone for row in op.get_bind().execute(sa.text("select id, zone from missions"))}
    for table, names in PLANNED.items():
        _write_local_times(table, names, zones)


def _write_local_times(name: str, moments: tuple[str, ...], zones: dict[str, str]) -> None:
    """What is planned already was planned by the clock of the mission's zone as it is now."""
    times: list[sa.Column[datetime]] = [sa.Column(one, storage.base.UTCDateTime(timezone=True)) for one in moments]
    # A hold that ends with the answer to a question has no local time: nobody chose its end.
    words = ("mission_id", "question") if "paused_until" in moments else ("mission_id",)
    texts = [sa.Column(one, sa.Text) for one in words]
    local_times = sa.Column("local_times", sa.JSON)
    table = sa.Table(name, sa.MetaData(), sa.Column("id", sa.Integer), local_times, *texts, *times)
    for row in op.get_bind().execute(sa.select(table)).mappings().all():
        known = {
            one: _local(row[one], zones[row["mission_id"]])
            for one in moments
            if row[one] is not None and not (one == "paused_until" and row["question"])
        }
        op.get_bind().execute(table.update().where(table.c.id == row["id"]).values(local_times=known))


def _local(moment: datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None).isoformat()


def downgrade() -> None:
    for table in reversed(PLANNED):
        # Not as a batch: that makes the table anew, and other rows refer to some of these.
        op.drop_column(table, "local_times")
