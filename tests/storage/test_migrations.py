"""The history of the database: one chain in the order of its files, drafted by one command, known by its old names."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.tools.revision import NothingChangedError, next_id, write_revision
from storage.database import Database
from storage.migrate import (
    FORMER_IDS,
    SCRIPTS,
    UnknownShapeError,
    alembic_config,
    differences,
    is_current,
    newest_revision,
    revision_of,
    upgrade,
)
from tests.databases import Postgres, take_back

NOW = datetime(2030, 5, 6, 7, 8, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without a single table."""
    if request.param == "sqlite":
        yield Database(f"sqlite:///{tmp_path}/empty.db")
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.fresh(migrated=False) as url:
        database = Database(url)
        yield database
        database.dispose()


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The migrations in a folder that a test may write into."""
    return Path(shutil.copytree(SCRIPTS, tmp_path / "migrations", ignore=shutil.ignore_patterns("__pycache__")))


def call_it(database: Database, revision: str) -> None:
    """Let the database name its newest migration otherwise."""
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :name"), {"name": revision})


def test_ids_are_the_dates_of_the_files_and_their_order_is_the_chain() -> None:
    scripts = ScriptDirectory.from_config(alembic_config())
    assert len(scripts.get_heads()) == 1
    chain = [one.revision for one in scripts.walk_revisions()][::-1]
    names = sorted(path.name for path in (SCRIPTS / "versions").glob("*.py") if path.name != "__init__.py")
    assert [name[:13] for name in names] == chain
    assert all(re.fullmatch(r"\d{8}_\d{4}_[a-z0-9_]+\.py", name) for name in names)


def test_a_revision_drafts_what_the_models_have_and_migrations_lack(copied: Path, empty: Database) -> None:
    for path in sorted((copied / "versions").glob("2*.py")):
        if path.name >= "20261124_0400":
            path.unlink()
    written = write_revision("All that came later", NOW, scripts=copied)
    assert written == copied / "versions" / "20300506_0708_all_that_came_later.py"
    head = written.read_text(encoding="utf-8")
    assert head.startswith('"""All that came later"""\n\nfrom __future__ import annotations\n')
    assert 'revision = "20300506_0708"\ndown_revision = "20261124_0300"\n' in head
    assert "###" not in head
    upgrade(empty, copied)
    assert differences(empty) == []
    with empty.engine.connect() as connection:
        assert revision_of(connection) == "20300506_0708"


def test_a_revision_without_a_change_is_refused_unless_it_is_written_by_hand(copied: Path, empty: Database) -> None:
    before = sorted(copied.rglob("*.py"))
    with pytest.raises(NothingChangedError, match="agree"):
        write_revision("nothing", NOW, scripts=copied)
    assert sorted(copied.rglob("*.py")) == before
    written = write_revision("rows only", NOW, scripts=copied, by_hand=True)
    assert "import storage.base" not in written.read_text(encoding="utf-8")
    upgrade(empty, copied)
    assert differences(empty) == []


def test_ids_go_up_also_within_one_minute_and_when_a_clock_is_behind(copied: Path) -> None:
    first = write_revision("first", NOW, scripts=copied, by_hand=True)
    assert first.name.startswith("20300506_0708")
    assert next_id(copied, NOW) == "20300506_0709"
    assert next_id(copied, datetime(2029, 12, 31, 23, 59, tzinfo=UTC)) == "20300506_0709"
    assert next_id(copied, datetime(2030, 5, 7, tzinfo=UTC)) == "20300507_0000"


def test_former_ids_name_migrations_that_there_are() -> None:
    known = {one.revision for one in ScriptDirectory.from_config(alembic_config()).walk_revisions()}
    assert set(FORMER_IDS.values()) <= known
    assert len(set(FORMER_IDS.values())) == len(FORMER_IDS)


@pytest.mark.parametrize("former", ["0005", "0031", "0011"])
def test_a_database_that_names_its_migration_as_before_is_brought_on(empty: Database, former: str) -> None:
    upgrade(empty)
    take_back(empty, FORMER_IDS[former])
    call_it(empty, former)
    assert not is_current(empty)
    upgrade(empty)
    assert is_current(empty)
    assert differences(empty) == []


def test_a_database_of_a_newer_version_is_left_alone_and_said_to_be_one(empty: Database) -> None:
    upgrade(empty)
    call_it(empty, "29990101_0000")
    assert not is_current(empty)
    with pytest.raises(UnknownShapeError, match="newer version"):
        upgrade(empty)
    with empty.engine.connect() as connection:
        assert revision_of(connection) == "29990101_0000"


def test_migrate_says_so_without_a_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path}/mission.db"
    monkeypatch.setenv("DATABASE_URL", url)
    assert CliRunner().invoke(cli, ["migrate"]).exit_code == 0
    database = Database(url)
    call_it(database, "29990101_0000")
    database.dispose()
    said = CliRunner().invoke(cli, ["migrate"])
    assert (said.exit_code, "29990101_0000" in said.stderr) == (1, True)
    assert newest_revision() != "29990101_0000"
