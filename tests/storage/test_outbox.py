"""The outbox on both databases: order per lane, leases, unknown outcomes, taking back, and several workers at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from storage import outbox
from storage.database import Database
from storage.missions import get_mission
from storage.outbox import LEASE, Call, State, report, waiting
from storage.subjects import Subject
from tests.counting import counting
from tests.databases import Postgres

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def filled(database: Database) -> Database:
    """Two lanes with three messages each, written in turns."""
    with database.transaction() as session:
        get_mission(session, "T1")
        for number in range(3):
            for lane in ("C1", "C2"):
                outbox.put(session, "T1", call(f"{lane}-{number}", lane), NOW)
    return database


def call(key: str, lane: str, **more: object) -> Call:
    return Call(key=key, method="chat.postMessage", arguments={"channel": lane, "text": key}, lane=lane, **more)  # type: ignore[arg-type]


def claim(database: Database, owner: str = "w1", now: datetime = NOW, limit: int = 10) -> list[str]:
    with database.transaction() as session:
        return [row.key for row in outbox.claim(session, owner, now, limit)]


def settle(database: Database, key: str, owner: str = "w1", **values: object) -> bool:
    with database.transaction() as session:
        row = session.query(outbox.OutboxRow).filter_by(key=key).one()
        return outbox.settle(session, row.id, owner, **(values or {"state": State.SENT, "settled_at": NOW}))


def test_a_key_is_written_once(filled: Database) -> None:
    with filled.transaction() as session:
        assert outbox.put(session, "T1", call("C1-0", "C1"), NOW) is False
        assert report.depth(session) == 6


def test_the_same_key_belongs_to_each_mission_apart(filled: Database) -> None:
    with filled.transaction() as session:
        get_mission(session, "T2")
        assert outbox.put(session, "T2", call("C1-0", "C1"), NOW) is True


def test_only_the_first_of_each_lane_is_claimed(filled: Database) -> None:
    assert claim(filled) == ["C1-0", "C2-0"]
    assert claim(filled, "w2") == []


def test_a_lane_goes_on_when_its_first_is_settled(filled: Database) -> None:
    claim(filled)
    assert settle(filled, "C1-0")
    assert claim(filled) == ["C1-1"]


def test_a_lane_waits_for_its_first_even_when_that_one_must_wait(filled: Database) -> None:
    claim(filled)
    settle(filled, "C1-0", not_before=NOW + 30 * SECOND)
    assert claim(filled, now=NOW + 10 * SECOND) == []
    assert claim(filled, now=NOW + 30 * SECOND) == ["C1-0"]


def test_a_lease_that_ran_out_is_taken_over_as_uncertain(filled: Database) -> None:
    claim(filled)
    with filled.transaction() as session:
        rows = outbox.claim(session, "w2", NOW + LEASE + SECOND, 10)
        assert [(row.key, row.uncertain, row.attempts) for row in rows] == [("C1-0", True, 2), ("C2-0", True, 2)]
    assert settle(filled, "C1-0", "w1") is False
    assert settle(filled, "C1-0", "w2") is True


def test_a_renewed_lease_runs_anew_and_a_lost_one_cannot_be_renewed(filled: Database) -> None:
    claim(filled, limit=1)
    later = NOW + LEASE - SECOND
    with filled.transaction() as session:
        row = session.query(outbox.OutboxRow).filter_by(key="C1-0").one()
        assert outbox.renew(session, row.id, "w1", later)
        assert outbox.renew(session, row.id, "w2", later) is False
    assert "C1-0" not in claim(filled, "w2", now=NOW + LEASE + SECOND)
    assert "C1-0" in claim(filled, "w2", now=later + LEASE + SECOND)


def test_a_lane_keeps_its_pace_for_messages_written_later_too(database: Database) -> None:
    with database.transaction() as session:
        get_mission(session, "T1")
        outbox.put(session, "T1", call("C1-0", "C1"), NOW)
    claim(database)
    settle(database, "C1-0")
    with database.transaction() as session:
        outbox.put(session, "T1", call("C1-1", "C1"), NOW)
        outbox.put(session, "T1", call("C2-0", "C2"), NOW)
        soon = NOW + SECOND / 2
        assert [row.key for row in outbox.claim(session, "w1", soon, 9, pace=SECOND)] == ["C2-0"]
        assert not outbox.has_due(session, "T1", soon, pace=SECOND)
        assert outbox.has_due(session, "T1", NOW + SECOND, pace=SECOND)
        assert [row.key for row in outbox.claim(session, "w1", NOW + SECOND, 9, pace=SECOND)] == ["C1-1"]


def test_an_edit_does_not_overtake_an_older_one_of_the_same_subject_in_another_lane(database: Database) -> None:
    with database.transaction() as session:
        get_mission(session, "T1")
        for key, lane in (("first", "C1"), ("second", "C1/board")):
            edit = Call(key=key, method="show", arguments={"channel": "C1"}, lane=lane, subject=Subject.parse("board"))
            outbox.put(session, "T1", edit, NOW)
    assert claim(database) == ["first"]
    assert claim(database) == []
    settle(database, "first")
    assert claim(database) == ["second"]


def test_what_is_put_off_keeps_nothing_urgent_back_and_what_was_tried_keeps_its_place(database: Database) -> None:
    with database.transaction() as session:
        get_mission(session, "T1")
        morning = NOW + 60 * SECOND
        polite = Call(key="polite", method="chat.postMessage", arguments={}, lane="dm:U1", not_before=morning)
        outbox.put(session, "T1", polite, NOW)
        outbox.put(session, "T1", call("urgent", "dm:U1"), NOW)
        outbox.put(session, "T1", call("next", "dm:U1"), NOW)
    assert claim(database) == ["urgent"]
    settle(database, "urgent", not_before=NOW + 60 * SECOND)
    assert claim(database) == [], "what Slack would not take yet is not overtaken"


def test_a_row_that_was_settled_as_held_is_not_uncertain(filled: Database) -> None:
    claim(filled)
    settle(filled, "C1-0", not_before=NOW)
    with filled.transaction() as session:
        (row,) = outbox.claim(session, "w1", NOW, 10)
        assert row.uncertain is False


def test_what_is_not_on_its_way_can_be_taken_back(database: Database) -> None:
    with database.transaction() as session:
        get_mission(session, "T1")
        for number in range(2):
            outbox.put(session, "T1", call(f"chase-{number}", f"C{number}", subject=Subject.parse("return:1")), NOW)
        outbox.claim(session, "w1", NOW, 1)
        assert waiting.cancel(session, "T1", "return:1", NOW) == 1
        assert report.depth(session) == 1


@pytest.mark.postgres
def test_a_row_that_somebody_relies_on_is_not_claimed_before_they_are_done(postgres: Postgres) -> None:
    with postgres.fresh() as url:
        database = Database(url)
        with database.transaction() as session:
            get_mission(session, "T1")
            outbox.put(session, "T1", call("board", "C1", subject=Subject.parse("board")), NOW)
        with database.transaction() as one, database.transaction() as two:
            assert waiting.keeps_waiting(one, "T1", "board")
            assert waiting.keeps_waiting(two, "T1", "board"), "two may rely on it at once"
            assert claim(database) == []
        assert claim(database) == ["board"]
        with database.transaction() as session:
            assert not waiting.keeps_waiting(session, "T1", "board"), "what is on its way is drawn already"
        database.dispose()


def test_no_claim_crosses_missions(filled: Database) -> None:
    with filled.transaction() as session:
        assert outbox.claim(session, "w1", NOW, 10, mission_id="T2") == []


def test_many_workers_take_each_row_once_and_in_order(filled: Database) -> None:
    with filled.transaction() as session:
        for number in range(3, 20):
            for lane in ("C1", "C2"):
                outbox.put(session, "T1", call(f"{lane}-{number}", lane), NOW)

    def work(owner: str) -> list[str]:
        taken: list[str] = []
        for _turn in range(60):
            for key in claim(filled, owner, limit=2):
                taken.append(key)
                assert settle(filled, key, owner)
        return taken

    with ThreadPoolExecutor(4) as workers:
        results = list(workers.map(work, ["w1", "w2", "w3", "w4"]))
    everything = [key for taken in results for key in taken]
    assert len(everything) == len(set(everything)) == 40
    for taken in results:
        for lane in ("C1", "C2"):
            numbers = [int(key.split("-")[1]) for key in taken if key.startswith(lane)]
            assert numbers == sorted(numbers)


def test_only_a_failed_row_of_the_own_mission_is_sent_again(filled: Database) -> None:
    claim(filled)
    settle(filled, "C1-0", state=State.FAILED, error="channel_not_found")
    with filled.transaction() as session:
        row = session.query(outbox.OutboxRow).filter_by(key="C1-0").one()
        assert outbox.retry(session, "T2", row.id, NOW) is False
        assert outbox.retry(session, "T1", row.id, NOW) is True
        assert outbox.retry(session, "T1", row.id, NOW) is False
    assert "C1-0" in claim(filled)


def test_old_rows_are_forgotten_and_failures_much_later(filled: Database) -> None:
    claim(filled)
    settle(filled, "C1-0")
    settle(filled, "C2-0", state=State.FAILED, error="x", settled_at=NOW)
    with filled.transaction() as session:
        outbox.forget_settled(session, NOW + outbox.OutboxRow.kept + SECOND)
        left = {row.key for row in session.query(outbox.OutboxRow)}
        assert "C1-0" not in left
        assert "C2-0" in left
        outbox.forget_settled(session, NOW + outbox.FAILED_KEPT + SECOND)
        assert "C2-0" not in {row.key for row in session.query(outbox.OutboxRow)}


def test_a_worker_that_ends_gives_back_what_it_holds(filled: Database) -> None:
    claim(filled)
    settle(filled, "C1-0", "w1")
    with filled.transaction() as session:
        assert outbox.give_back(session, "w2", NOW, NOW) == 0
        assert outbox.give_back(session, "w1", NOW, NOW + 15 * SECOND) == 1
    assert settle(filled, "C2-0", "w1") is False
    assert claim(filled, "w2", NOW + SECOND) == ["C1-1"]
    with filled.transaction() as session:
        (row,) = outbox.claim(session, "w2", NOW + 15 * SECOND, 10)
        assert (row.key, row.uncertain) == ("C2-0", True)


def test_an_edit_waits_for_one_in_hand_also_when_its_number_is_lower(database: Database) -> None:
    # Two transactions met: the row with the lower number was committed after the other had begun to leave.
    with database.transaction() as session:
        get_mission(session, "T1")
        for key, lane in (("late", "C1"), ("early", "C1/board")):
            edit = Call(key=key, method="show", arguments={}, lane=lane, subject=Subject.parse("board"))
            outbox.put(session, "T1", edit, NOW)
        early = session.query(outbox.OutboxRow).filter_by(key="early").one()
        early.lease_owner, early.lease_until = "w1", NOW + LEASE
    assert claim(database, "w2") == []
    assert settle(database, "early", "w1")
    assert claim(database, "w2") == ["late"]


def edits(database: Database, first: int, count: int) -> None:
    """As many edits that wait, each in a lane of its own, each of another card."""
    with database.transaction() as session:
        get_mission(session, "T1")
        for number in range(first, first + count):
            one = Call(
                key=f"e{number}", method="show", arguments={}, lane=f"L{number}", subject=Subject.of("card", number)
            )
            outbox.put(session, "T1", one, NOW)


def test_a_backlog_of_edits_does_not_make_each_claim_slower_by_its_square(sqlite_database: Database) -> None:
    """Each that is first in its lane looks for older edits of its own card, not through all that wait."""
    work = []
    for first in (0, 200):
        edits(sqlite_database, first, 200)
        with counting(sqlite_database) as counted, sqlite_database.transaction() as session:
            outbox.claim(session, f"w{first}", NOW, 1, mission_id="T1")
        work.append(counted.amount)
    assert 0 < work[1] < 2.5 * work[0]
