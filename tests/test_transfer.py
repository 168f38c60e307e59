"""Export and import: everything moves, between both kinds of database, or nothing does."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.tools.transfer import TransferError, read_export, restore, write_export
from commands.kit.cards import Card
from commands.kit.post import post
from commands.kit.work import Work
from storage import outbox
from storage.agencies import Agency, all_agencies
from storage.audit import record
from storage.database import Database
from storage.migrate import FORMER_IDS, all_tables
from storage.missions import get_mission, replace_holidays
from storage.outbox import Call
from tests.databases import Postgres, sqlite_url
from tests.world import a_world

NOW = datetime(2026, 3, 2, 9, 30, 15, 123456, tzinfo=UTC)


def fill(database: Database) -> None:
    """Rows of every type a column can have."""
    with database.transaction() as session:
        get_mission(session, "T1").set_up_at = NOW
        replace_holidays(session, "T1", {date(2026, 12, 25): "Noël"})
        record(session, "T1", at=NOW, actor="U1", verb="set up", subject=("mission", "T1"), zone=["UTC", "Africa/Juba"])
        session.add(
            Agency(
                mission_id="T1", code="WFP", code_key="wfp", name="World Food Programme", created_at=NOW, updated_at=NOW
            )
        )
        call = Call(key="k", method="files.upload", arguments={"a": [1, None]}, lane="C1", attachment=b"\x00\xff")
        outbox.put(session, "T1", call, NOW)


def everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    with database.engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))]
            for table in all_tables().sorted_tables
        }


@pytest.mark.parametrize("direction", ["to_postgresql", "to_sqlite"])
def test_a_mission_moves_completely(tmp_path: Path, postgres: Postgres, direction: str) -> None:
    with postgres.fresh() as url:
        here, there = Database(sqlite_url(tmp_path)), Database(url)
        source, target = (here, there) if direction == "to_postgresql" else (there, here)
        fill(source)
        written = write_export(source, tmp_path / "mission.jsonl")
        read = read_export(target, tmp_path / "mission.jsonl")
        assert {name: count for name, count in written.items() if count} == read
        assert everything(target) == everything(source)
        with target.transaction() as session:
            session.add(Agency(mission_id="T1", code="X", code_key="x", name="X", created_at=NOW, updated_at=NOW))
            session.flush()
            assert len(all_agencies(session, "T1")) == 2
        there.dispose()


def test_an_import_never_touches_a_database_in_use(tmp_path: Path, sqlite_database: Database) -> None:
    fill(sqlite_database)
    write_export(sqlite_database, tmp_path / "mission.jsonl")
    with pytest.raises(TransferError, match="already holds a mission"):
        read_export(sqlite_database, tmp_path / "mission.jsonl")


def test_a_file_that_names_its_migration_as_before_is_read(tmp_path: Path, sqlite_database: Database) -> None:
    source = Database(sqlite_url(tmp_path))
    fill(source)
    for database, name in ((source, "0011"), (sqlite_database, FORMER_IDS["0011"])):
        with database.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :name"), {"name": name})
    write_export(source, tmp_path / "mission.jsonl")
    read_export(sqlite_database, tmp_path / "mission.jsonl")
    assert everything(sqlite_database) == everything(source)


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda lines: lines[:-1], "cut short"),
        (lambda lines: [*lines[:2], lines[2][:20], *lines[3:]], "Line 3"),
        (lambda lines: [lines[0].replace("rapporteur-export-1", "x"), *lines[1:]], "not a file"),
        (lambda lines: [lines[0].replace('"revision":"', '"revision":"9'), *lines[1:]], "another version"),
        (lambda lines: [*lines[:2], *lines[3:]], "cut short"),
        (lambda _lines: [], "not a file"),
    ],
)
def test_a_damaged_file_changes_nothing(tmp_path: Path, sqlite_database: Database, damage: object, says: str) -> None:
    source = Database(sqlite_url(tmp_path))
    fill(source)
    path = tmp_path / "mission.jsonl"
    write_export(source, path)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(damage(lines)), encoding="utf-8")  # type: ignore[operator]
    with pytest.raises(TransferError, match=says):
        read_export(sqlite_database, path)
    assert all(rows == [] for rows in everything(sqlite_database).values())


def test_what_left_after_the_backup_is_not_sent_again(tmp_path: Path) -> None:
    backup = tmp_path / "mission.jsonl"
    with a_world(sqlite_url(tmp_path)) as world:
        world.set_up()
        with world.database() as session:
            work = Work(session, get_mission(session, world.mission_id), world.now)
            for number, minutes in enumerate((0, 5, 60)):
                later = world.now + timedelta(minutes=minutes)
                post(work, world.channel_id("cabinet"), Card(f"n{number}"), key=f"test:{number}", not_before=later)
        write_export(world.product.database, backup)
        world.pass_time(minutes=10)
        restored = Database(sqlite_url(tmp_path))
        restore(restored, backup, world.now)
        world.delivery.database = world.delivery.settling.database = restored
        world.clock.database = world.product.database = restored
        world.pass_time(hours=2)
        messages = world.person("Chief of staff").messages(in_="#cabinet")
        assert [one.text for one in messages if one.text.startswith("n")] == ["n0", "n1", "n2"]


@pytest.mark.parametrize("there", [False, True])
def test_nobody_else_on_the_machine_reads_an_export(tmp_path: Path, sqlite_database: Database, there: bool) -> None:
    path = tmp_path / "mission.jsonl"
    if there:
        path.write_text("an older one, longer than nothing")
        path.chmod(0o644)
    write_export(sqlite_database, path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_text(encoding="utf-8").startswith('{"format"')
