"""What passes is begun anew, what never passes is raised at once: the same rule on both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from storage.channels import ChannelMember, add_member, get_channel, lock_channel, members_of, replace_members
from storage.connection.trouble import KeyTakenError, NotNowError
from storage.database import TRIES, Database
from storage.missions import Mission, get_mission, holidays_of, replace_holidays
from storage.people import Person, Role, all_grants, get_person, set_holders
from storage.posts import Place, get_post, remember_posts
from storage.subjects import Subject
from storage.upsert import find_or_make, insert_missing, put_row
from tests.databases import Postgres

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HERE = "T1"
ROUND = Subject.of("round", 1)


def person(user: str) -> Person:
    return Person(mission_id=HERE, user_id=user, seen_at=NOW)


@pytest.fixture
def mission(database: Database) -> Database:
    """A database that knows one mission."""
    database.work(lambda session: get_mission(session, HERE))
    return database


@pytest.fixture
def on_postgres(postgres: Postgres) -> object:
    """The same on PostgreSQL, where writers meet."""
    with postgres.fresh() as url:
        database = Database(url)
        database.work(lambda session: get_mission(session, HERE))
        yield database
        database.dispose()


def test_a_unit_that_met_another_is_begun_anew_with_a_session_of_its_own(mission: Database) -> None:
    sessions: list[Session] = []

    def unit(session: Session) -> str:
        sessions.append(session)
        session.add(person("U1"))
        session.flush()
        if len(sessions) == 1:
            # The same once more, as if somebody else had been faster.
            session.expunge_all()
            session.add(person("U1"))
            session.flush()
        return "done"

    assert mission.work(unit) == "done"
    assert len({id(session) for session in sessions}) == 2
    with mission.reading() as session:
        assert get_person(session, HERE, "U1") is not None


def test_whoever_waited_long_for_a_key_that_another_took_looks_once_more(
    mission: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the first of two deliveries of one press stood still in the midst of its work."""
    monkeypatch.setattr("storage.database.PATIENCE_SECONDS", 0.0)
    mission.work(lambda session: session.add(person("U1")))
    tries: list[int] = []

    def unit(session: Session) -> str:
        tries.append(1)
        if len(tries) > 1 and get_person(session, HERE, "U1") is not None:
            return "found it"
        session.add(person("U1"))
        return "wrote it"

    assert mission.work(unit) == "found it"
    with pytest.raises(NotNowError):
        mission.work(lambda session: session.add(person("U1")))


def test_the_same_key_taken_every_time_is_a_bug_and_says_which(mission: Database) -> None:
    mission.work(lambda session: session.add(person("U1")))
    tries: list[int] = []

    def unit(session: Session) -> None:
        tries.append(1)
        session.add(person("U1"))

    with pytest.raises(KeyTakenError, match="people"):
        mission.work(unit)
    assert len(tries) == TRIES


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO people (mission_id, user_id) VALUES ('T1', 'U1')",
        "INSERT INTO channel_members (mission_id, channel_id, user_id) VALUES ('T2', 'C1', 'U1')",
        "SELECT * FROM no_such_table",
    ],
    ids=["a column is missing", "the mission is missing", "the table is missing"],
)
def test_what_would_fail_again_is_raised_at_once(mission: Database, statement: str) -> None:
    tries: list[int] = []

    def unit(session: Session) -> None:
        tries.append(1)
        session.execute(text(statement))

    with pytest.raises(DBAPIError):
        mission.work(unit)
    assert tries == [1]


def test_trouble_that_lasts_is_told_after_some_tries(mission: Database) -> None:
    tries: list[int] = []

    def unit(session: Session) -> None:
        tries.append(1)
        raise DBAPIError("SELECT 1", {}, Exception("gone"), connection_invalidated=True)

    with pytest.raises(NotNowError):
        mission.work(unit)
    assert len(tries) == TRIES


def test_the_database_that_is_not_there_passes() -> None:
    nowhere = Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    with pytest.raises(NotNowError):
        nowhere.work(lambda session: session.execute(text("SELECT 1")))


def together(database: Database, *units: Callable[[Session, threading.Barrier], None]) -> None:
    """Several units of work at once; each may wait at the barrier until all have come there, the first time."""
    meeting = threading.Barrier(len(units), timeout=10)
    troubles: list[BaseException] = []

    def run(unit: Callable[[Session, threading.Barrier], None]) -> None:
        try:
            database.work(lambda session: unit(session, meeting))
        except BaseException as trouble:
            troubles.append(trouble)

    threads = [threading.Thread(target=run, args=(unit,)) for unit in units]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert troubles == []


def test_two_that_wait_for_each_other_both_come_through(on_postgres: Database) -> None:
    on_postgres.work(lambda session: session.add_all([person("U1"), person("U2")]))
    first_tries: set[str] = set()

    def renames(first: str, second: str) -> Callable[[Session, threading.Barrier], None]:
        def unit(session: Session, meeting: threading.Barrier) -> None:
            session.execute(text(f"UPDATE people SET name = '{first}' WHERE user_id = '{first}'"))
            if first not in first_tries:
                first_tries.add(first)
                meeting.wait()
            session.execute(text(f"UPDATE people SET name = '{first}' WHERE user_id = '{second}'"))

        return unit

    together(on_postgres, renames("U1", "U2"), renames("U2", "U1"))


def test_two_that_cannot_be_put_in_an_order_both_come_through(on_postgres: Database) -> None:
    on_postgres.work(lambda session: session.add(person("U1")))
    tried: list[int] = []

    def adds(session: Session, meeting: threading.Barrier) -> None:
        session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        name = session.scalar(text("SELECT name FROM people"))
        tried.append(1)
        if len(tried) <= 2:
            meeting.wait()
        session.execute(text(f"UPDATE people SET name = '{name}+'"))

    together(on_postgres, adds, adds)
    with on_postgres.reading() as session:
        assert session.scalar(text("SELECT name FROM people")) == "++"


def test_a_lock_that_is_not_given_in_time_is_asked_for_again(on_postgres: Database) -> None:
    on_postgres.work(lambda session: session.add(person("U1")))
    tries: list[int] = []
    with on_postgres.transaction() as holder:
        holder.execute(text("UPDATE people SET name = 'held'"))

        def unit(session: Session) -> None:
            tries.append(1)
            if len(tries) == 3:
                holder.commit()
            session.execute(text("SET LOCAL lock_timeout = '50ms'"))
            session.execute(text("UPDATE people SET name = 'free'"))

        on_postgres.work(unit)
    assert len(tries) == 3


def test_a_connection_that_is_cut_in_the_middle_is_made_anew(on_postgres: Database) -> None:
    tries: list[int] = []

    def unit(session: Session) -> None:
        tries.append(1)
        session.add(person("U1"))
        session.flush()
        if len(tries) == 1:
            session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    on_postgres.work(unit)
    assert len(tries) == 2


def at_once(database: Database, unit: Callable[[Session], object], *, hands: int = 6) -> None:
    """The same unit of work by several hands in the same moment, tried once each: nothing but upserts may help."""
    meeting = threading.Barrier(hands, timeout=10)
    troubles: list[BaseException] = []

    def run() -> None:
        try:
            meeting.wait()
            with database.transaction() as session:
                unit(session)
        except BaseException as trouble:
            troubles.append(trouble)

    threads = [threading.Thread(target=run) for _number in range(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert troubles == []


def test_whoever_comes_second_finds_the_row_of_the_first(mission: Database) -> None:
    people = sorted(f"U{number}" for number in range(30))

    def everything(session: Session) -> None:
        get_mission(session, "T2")
        lock_channel(session, HERE, "C1")
        for user in people:
            find_or_make(session, Person, {"mission_id": HERE, "user_id": user}, seen_at=NOW).name = user
        replace_members(session, HERE, "C1", people)
        add_member(session, HERE, "C1", "U99")
        remember_posts(session, [Place(HERE, str(ROUND), "C1", "1.0", NOW)])
        set_holders(session, HERE, Role.COORDINATOR, people, "U1", NOW)
        replace_holidays(session, HERE, {NOW.date(): "Day of the mission"})

    at_once(mission, everything)
    with mission.reading() as session:
        assert session.get(Mission, "T2") is not None
        assert members_of(session, HERE, "C1") == {*people, "U99"}
        assert sorted(all_grants(session, HERE)[Role.COORDINATOR]) == people
        assert [day.name for day in holidays_of(session, HERE)] == ["Day of the mission"]
        post = get_post(session, HERE, ROUND)
        assert post is not None
        assert post.ts == "1.0"


def test_a_row_is_made_or_changed(mission: Database) -> None:
    key = {"mission_id": HERE, "user_id": "U1"}
    for name in ("before", "after"):
        mission.work(lambda session, name=name: put_row(session, Person, key, name=name, seen_at=NOW))
    with mission.transaction() as session:
        found = find_or_make(session, Person, key, name="never", seen_at=NOW)
        assert (found.name, found.locale) == ("after", "en-US")
        assert get_channel(session, HERE, "C9") is get_channel(session, HERE, "C9")


def test_more_rows_than_a_statement_takes(mission: Database) -> None:
    mission.work(lambda session: get_channel(session, HERE, "C1"))
    rows = [{"mission_id": HERE, "channel_id": "C1", "user_id": f"U{number}"} for number in range(1200)]
    for _again in range(2):
        mission.work(lambda session: insert_missing(session, ChannelMember, rows))
    with mission.reading() as session:
        assert len(members_of(session, HERE, "C1")) == 1200
