"""Tables that a person asked for, as files in their direct messages."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from commands.kit.files import send_files
from commands.kit.handling import Handling
from commands.kit.tables import Table, files_of, to_csv, to_xlsx
from commands.kit.work import Work
from storage.database import Database
from storage.missions import get_mission
from storage.outbox import OutboxRow
from storage.subjects import Key

NIGHT = datetime(2035, 3, 5, 23, 30, tzinfo=UTC)
TABLES = [
    Table("returns", "Returns", ["Agency"], [["WFP"], ["=1+1"]]),
    Table("digests", "Digests", ["Day"], []),
]


def test_each_table_comes_twice_named_with_the_missions_day_at_its_level(sqlite_database: Database) -> None:
    with sqlite_database.reading() as session:
        mission = get_mission(session, "T1")
        mission.zone = "Africa/Juba"
        files = files_of(
            TABLES, Work(session, mission, NIGHT).today, "<!channel> & <https://a.example|us>", Handling.CONFIDENTIAL
        )
    with sqlite_database.transaction() as session:
        work = Work(session, get_mission(session, "T1"), NIGHT)
        # The same request again, as after a delivery that Slack repeats, sends nothing twice.
        for _once_more in range(2):
            send_files(work, "U1", files, key=Key.of("export", "U1", NIGHT))
        session.flush()
        rows = session.scalars(select(OutboxRow).order_by(OutboxRow.id)).all()
        contents = {row.arguments["filename"]: row.attachment for row in rows}
        about = [(row.lane, row.handling, row.arguments["initial_comment"]) for row in rows]
    day = "2035-03-06"
    assert contents == {
        f"returns-{day}.csv": to_csv(["Agency"], [["WFP"], ["=1+1"]]),
        f"returns-{day}.xlsx": to_xlsx(["Agency"], [["WFP"], ["=1+1"]], sheet="Returns"),
        f"digests-{day}.csv": to_csv(["Day"], []),
        f"digests-{day}.xlsx": to_xlsx(["Day"], [], sheet="Digests"),
    }
    assert len(rows) == len(contents)
    assert set(about) == {
        (
            "dm:U1/files",
            "confidential",
            "&lt;!channel&gt; &amp; &lt;https://a.example|us&gt;",
        )
    }
