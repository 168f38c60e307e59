"""Where Confidential texts stood before anybody wrote it down is found in what was sent."""

from __future__ import annotations

import importlib
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from storage.channels import confidential_channels, get_channel
from storage.database import Database
from storage.missions import get_mission
from storage.outbox import OutboxRow, State
from storage.posts import Place, remember_posts

MIGRATION = importlib.import_module("storage.migrations.versions.20261130_0034_confidential_places")
THEN = datetime(2026, 3, 2, 9, tzinfo=UTC)


def sent(number: int, lane: str, handling: str, subject: str | None = None, state: State = State.SENT) -> OutboxRow:
    at = THEN + timedelta(minutes=number)
    return OutboxRow(
        mission_id="T1",
        key=f"k{number}",
        method="show",
        arguments={},
        lane=lane,
        subject=subject,
        handling=handling,
        created_at=at,
        not_before=at,
        state=state,
        settled_at=at,
    )


def test_texts_that_left_before_are_found_by_lane_and_by_message(database: Database) -> None:
    with database.transaction() as session:
        for team in ("T1", "T2"):
            get_mission(session, team)
            for channel in ("CLANE", "CEDIT", "CPOST", "CPLAIN", "CFAILED"):
                get_channel(session, team, channel)
        remember_posts(session, [Place("T1", "board:1", "CPOST", "1.1", THEN)])
        session.add_all(
            [
                sent(1, "CLANE", "confidential"),
                sent(2, "CLANE", "confidential"),
                sent(3, "CEDIT/board:2", "confidential"),
                sent(4, "setup:1", "confidential", "board:1"),
                sent(5, "CPLAIN", "unclassified"),
                sent(6, "CFAILED", "confidential", state=State.FAILED),
            ]
        )
        session.flush()
        session.execute(text(MIGRATION.STANDING))
        session.expire_all()
        found = {one.channel_id: one.confidential_at for one in confidential_channels(session, "T1")}
        assert found == {
            "CLANE": THEN + timedelta(minutes=2),
            "CEDIT": THEN + timedelta(minutes=3),
            "CPOST": THEN + timedelta(minutes=4),
        }
        assert confidential_channels(session, "T2") == []
