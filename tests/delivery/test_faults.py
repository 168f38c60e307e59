"""Messages leave once in effect and in order, whatever Slack does: limits, errors, cut connections, lost tokens."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, event, select, update
from sqlalchemy.exc import OperationalError

from bot.delivery.dispatch import TRIES_WHILE_OTHERS_LEAVE
from bot.delivery.leases import LeaseLostError
from bot.delivery.outgoing import Outgoing
from commands.kit.cards import Card
from commands.kit.post import post, send_file, send_file_to_channel, show
from commands.kit.work import Work
from storage import outbox
from storage.missions import get_mission
from storage.outbox import LIMITED, Call, OutboxRow, State, put
from storage.outbox.report import Transit, transit_of
from storage.people import Person
from storage.subjects import Key, Subject
from tests.updates.rounds import a_round
from tests.updates.test_answering import ask_of
from tests.world import World

OFFICE = "#cabinet-office"
CHIEF = "Chief of staff"


def sends(world: World, *texts: str, channel: str = "cabinet-office") -> None:
    """Put messages in the outbox, in order."""
    with world.database() as session:
        work = Work(session, get_mission(session, world.mission_id), world.now)
        for text in texts:
            post(
                work,
                world.channel_id(channel),
                Card(text),
                key=Key(f"test:{text}"),
                subject=Subject.parse(f"test:{text}"),
            )


def shows(world: World, text: str) -> None:
    with world.database() as session:
        work = Work(session, get_mission(session, world.mission_id), world.now)
        show(work, world.channel_id("cabinet-office"), "test:board", Card(text))


def arrived(world: World, place: str = OFFICE) -> list[str]:
    return [one.text for one in world.person(CHIEF).messages(in_=place) if one.text.startswith("n")]


def states(world: World) -> list[str]:
    with world.product.database.reading() as session:
        query = select(OutboxRow).where(OutboxRow.key.startswith("test:") | OutboxRow.key.startswith("show:test"))
        return [f"{row.state} {row.error or ''}".strip() for row in session.scalars(query.order_by(OutboxRow.id))]


@pytest.mark.parametrize("kind", ["500", "503", "cut_before", "cut_after"])
def test_trouble_that_passes_neither_loses_nor_doubles_nor_reorders(world: World, kind: str) -> None:
    world.workspace.fault("chat.postMessage", kind, count=2)
    sends(world, "n1", "n2", "n3")
    world.settle()
    world.pass_time(minutes=2)
    assert arrived(world) == ["n1", "n2", "n3"]
    assert states(world) == ["sent", "sent", "sent"]


def test_a_file_that_slack_does_not_take_holds_no_message_back(world: World) -> None:
    world.workspace.fault("files.getUploadURLExternal", "503", count=100_000)
    with world.database() as session:
        work = Work(session, get_mission(session, world.mission_id), world.now)
        send_file_to_channel(work, world.channel_id("cabinet-office"), "a.txt", b"a", "A", key=Key("test:file"))
    world.settle()
    sends(world, "n1", "n2")
    world.settle()
    assert arrived(world) == ["n1", "n2"]
    assert states(world) == ["pending http_503", "sent", "sent"]


def test_a_channel_is_archived_after_its_files_have_left(world: World) -> None:
    world.workspace.fault("files.getUploadURLExternal", "503", count=2)
    office = world.channel_id("cabinet-office")
    with world.database() as session:
        work = Work(session, get_mission(session, world.mission_id), world.now)
        send_file_to_channel(work, office, "a.txt", b"a", "A", key=Key("test:file"))
        call = outbox.Call(
            key=Key("test:archive"), method="conversations.archive", arguments={"channel": office}, lane=office
        )
        outbox.put(session, world.mission_id, call, world.now)
    world.settle()
    assert states(world) == ["pending http_503", "pending files_wait"]
    world.pass_time(minutes=10)
    assert states(world) == ["sent", "sent"]


def test_slacks_limit_holds_one_channel_and_no_other(world: World) -> None:
    world.workspace.fault("chat.postMessage", "429", count=1, seconds=30)
    sends(world, "n1", "n2")
    sends(world, "n3", channel="cabinet")
    world.settle()
    assert arrived(world) == []
    assert arrived(world, "#cabinet") == ["n3"]
    assert "Held by Slack's limit" in world.person(CHIEF).runs("/mission health").text
    world.pass_time(seconds=31)
    assert arrived(world) == ["n1", "n2"]


@pytest.mark.parametrize("code", ["is_archived", "not_in_channel", "invalid_blocks", "msg_too_long", "never_heard_of"])
def test_what_slack_refuses_for_good_is_tried_once_and_told_to_admins_with_a_way_to_repeat_it(
    world: World, code: str
) -> None:
    world.workspace.fault("chat.postMessage", "error", count=1, error=code)
    sends(world, "n1", "n2")
    world.settle()
    world.pass_time(hours=1)
    assert arrived(world) == ["n2"]
    assert [one.split()[0] for one in states(world)] == ["failed", "sent"]
    calls = [one for one in world.workspace.calls("chat.postMessage") if one["request"].get("text") == "n1"]
    assert len(calls) == 1
    alarm = world.person(CHIEF).direct_message_from("Rapporteur", "could not be delivered")
    assert "n1" not in alarm.text
    alarm.press("Send again")
    world.settle()
    assert arrived(world) == ["n2", "n1"]


def test_a_lost_token_stops_everything_is_said_and_goes_on_when_it_is_mended(world: World) -> None:
    world.workspace.fault("*", "error", count=3, error="token_revoked")
    sends(world, "n1")
    world.settle()
    world.pass_time(seconds=30)
    sends(world, "n2")
    world.settle()
    assert arrived(world) == []
    assert [one.split()[0] for one in states(world)] == ["pending", "pending"]
    assert "cut off" in world.person(CHIEF).runs("/mission health").text
    for _minute in range(5):
        world.pass_time(minutes=1)
    assert arrived(world) == ["n1", "n2"]


def test_an_hour_without_slack_only_delays(world: World) -> None:
    world.workspace.fault("*", "cut_before", count=10_000)
    sends(world, *[f"n{number}" for number in range(1, 6)])
    world.pass_time(hours=1)
    assert arrived(world) == []
    world.workspace.wire.post("faults/clear")
    world.pass_time(minutes=6)
    assert arrived(world) == ["n1", "n2", "n3", "n4", "n5"]


def test_an_edit_goes_to_the_one_message_and_only_the_newest_text_leaves(world: World) -> None:
    shows(world, "n0 of 3")
    world.settle()
    for number in (1, 2, 3):
        shows(world, f"n{number} of 3")
    world.pass_time(seconds=10)
    assert arrived(world) == ["n3 of 3"]
    assert len(world.workspace.calls("chat.update")) == 1


def test_a_message_that_somebody_deleted_is_posted_anew(world: World) -> None:
    shows(world, "n1")
    world.settle()
    world.workspace.fault("chat.update", "error", error="message_not_found")
    shows(world, "n2")
    world.pass_time(seconds=10)
    assert arrived(world) == ["n1", "n2"]
    shows(world, "n3")
    world.pass_time(seconds=10)
    assert arrived(world) == ["n1", "n3"]


def test_a_worker_that_dies_while_sending_leaves_the_row_to_the_next(world: World) -> None:
    sends(world, "n1")
    with world.database() as session:
        session.execute(
            update(OutboxRow).values(
                lease_owner="dead", lease_until=world.now + timedelta(minutes=1), first_tried_at=world.now, attempts=1
            )
        )
    world.settle()
    assert arrived(world) == []
    world.pass_time(minutes=2)
    assert arrived(world) == ["n1"]
    assert states(world) == [State.SENT]


def test_a_worker_that_died_after_sending_does_not_make_the_next_send_again(world: World) -> None:
    sends(world, "n1")
    world.settle()
    with world.database() as session:
        session.execute(
            update(OutboxRow)
            .where(OutboxRow.key == "test:n1")
            .values(
                state=State.PENDING,
                settled_at=None,
                outcome=None,
                lease_owner="dead",
                lease_until=world.now - timedelta(seconds=1),
            )
        )
    world.pass_time(minutes=1)
    assert arrived(world) == ["n1"]
    assert states(world) == [State.SENT]


def test_trouble_of_one_message_alone_ends_so_that_its_channel_goes_on(world: World) -> None:
    sends(world, "other", channel="cabinet")
    world.settle()
    sends(world, "n1", "n2")
    with world.database() as session:
        session.execute(update(OutboxRow).where(OutboxRow.key == "test:n1").values(troubles=11))
    world.workspace.fault("chat.postMessage", "error", error="internal_error")
    world.settle()
    assert arrived(world) == ["n2"]
    assert "failed internal_error" in states(world)
    world.person(CHIEF).direct_message_from("Rapporteur", "could not be delivered").press("Send again")
    world.settle()
    assert arrived(world) == ["n2", "n1"]


def test_what_is_not_the_messages_own_trouble_does_not_count_against_it(world: World) -> None:
    sends(world, "other", channel="cabinet")
    world.settle()
    world.workspace.fault("chat.postMessage", "429", 100, seconds=1)
    sends(world, "n1")
    world.pass_time(seconds=30)
    with world.database() as session:
        row = session.scalars(select(OutboxRow).where(OutboxRow.key == "test:n1")).one()
        assert (row.state, row.error) == (State.PENDING, LIMITED)
        assert row.attempts > TRIES_WHILE_OTHERS_LEAVE
    world.workspace.wire.post("faults/clear")
    world.workspace.fault("chat.postMessage", "error", error="internal_error")
    world.pass_time(seconds=2)
    assert states(world)[-1] == "pending internal_error"
    world.pass_time(minutes=10)
    assert arrived(world) == ["n1"]


def test_a_message_that_is_sent_again_begins_anew(world: World) -> None:
    sends(world, "other", channel="cabinet")
    world.settle()
    sends(world, "n1")
    with world.database() as session:
        session.execute(update(OutboxRow).where(OutboxRow.key == "test:n1").values(troubles=11))
    world.workspace.fault("chat.postMessage", "error", error="internal_error")
    world.settle()
    assert "failed internal_error" in states(world)
    world.workspace.fault("chat.postMessage", "error", error="internal_error")
    world.person(CHIEF).direct_message_from("Rapporteur", "could not be delivered").press("Send again")
    world.settle()
    assert "pending internal_error" in states(world)
    world.pass_time(minutes=10)
    assert arrived(world) == ["n1"]


def test_trouble_of_every_message_is_waited_for(world: World) -> None:
    world.pass_time(hours=1)
    sends(world, "n1")
    with world.database() as session:
        session.execute(update(OutboxRow).where(OutboxRow.key == "test:n1").values(troubles=30))
    world.workspace.fault("chat.postMessage", "error", error="internal_error")
    world.settle()
    assert states(world) == ["pending internal_error"]
    world.pass_time(minutes=10)
    assert arrived(world) == ["n1"]


def test_a_bug_in_what_follows_a_message_neither_repeats_it_nor_blocks_its_channel(world: World) -> None:
    sends(world, "n1", "n2")
    with world.database() as session:
        session.execute(update(OutboxRow).where(OutboxRow.key == "test:n1").values(on_done="mission:nobody"))
    world.settle()
    world.pass_time(minutes=2)
    assert arrived(world) == ["n1", "n2"]
    assert states(world) == ["sent bug: KeyError", "sent"]


def test_a_database_that_goes_away_after_the_message_left_does_not_double_it(world: World) -> None:
    sends(world, "n1", "n2")

    def fail(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("UPDATE outbox SET") and "outcome" in statement:
            raise OperationalError(statement, {}, Exception("the server closed the connection"))

    engine = world.product.database.engine
    event.listen(engine, "before_cursor_execute", fail)
    world.delivery.drain()
    event.remove(engine, "before_cursor_execute", fail)
    assert arrived(world) == ["n1"]
    assert states(world) == ["pending", "pending"]
    world.pass_time(minutes=2)
    assert arrived(world) == ["n1", "n2"]
    assert states(world) == ["sent", "sent"]


def test_who_lost_the_lease_while_preparing_sends_nothing(world: World) -> None:
    sends(world, "n1")
    with world.database() as session:
        (mine,) = outbox.claim(session, "slow", world.now, 1)
    world.jump_to(world.now + 2 * outbox.LEASE)
    world.settle()
    assert arrived(world) == ["n1"]
    delivery = world.delivery
    sender = Outgoing(delivery.database, delivery.house, delivery.slack, delivery.identity, delivery.now)
    mine.uncertain = False
    with pytest.raises(LeaseLostError):
        sender.send(mine)
    assert arrived(world) == ["n1"]


def test_a_file_whose_outcome_is_unknown_is_not_sent_twice(world: World) -> None:
    chief = world.user_id(CHIEF)

    def export(number: int) -> None:
        with world.database() as session:
            work = Work(session, get_mission(session, world.mission_id), world.now)
            content = f"name\n{number}\n".encode()
            send_file(work, chief, "returns.csv", content, "Here", key=Key(f"test:{number}"), handling="unclassified")

    export(1)
    world.settle()
    for number, kind in ((2, "cut_after"), (3, "cut_before"), (4, "500")):
        # Files of one name within one minute, as when somebody presses Export again and again on a bad line.
        world.workspace.fault("files.completeUploadExternal", kind)
        export(number)
        world.pass_time(seconds=20)
    world.pass_time(minutes=2)
    files = [one for one in world.person(CHIEF).messages(in_="Rapporteur") if one.files]
    assert len(files) == 4


def test_where_we_cannot_look_whether_it_arrived_a_person_decides_and_we_look_then(world: World) -> None:
    general = "#general"
    world.workspace.fault("chat.postMessage", "cut_after")
    sends(world, "n1", channel="general")
    world.pass_time(minutes=2)
    assert arrived(world, general) == ["n1"]
    assert states(world) == ["failed cannot_look"]
    chief = world.person(CHIEF)
    alarm = chief.direct_message_from("Rapporteur", "I cannot look because I am not in the channel")
    chief.invites("Rapporteur", to="general")
    alarm.press("Send again")
    world.settle()
    assert arrived(world, general) == ["n1"]
    assert states(world) == ["sent"]
    world.workspace.wire.post("log/clear")  # Slack refused the look that was not allowed


def test_a_file_of_a_thread_is_looked_for_in_its_thread(world: World) -> None:
    office = world.channel_id("cabinet-office")

    def summary(number: int) -> None:
        with world.database() as session:
            work = Work(session, get_mission(session, world.mission_id), world.now)
            subject = Subject.of("summary", number)
            post(work, office, Card(f"Summary {number}"), key=Key.of(subject), subject=subject)
            name, content = "funding.xlsx", f"{number}".encode()
            send_file_to_channel(work, office, name, content, "All", key=Key.of(subject, "file"), thread_of=subject)

    summary(1)
    world.pass_time(minutes=10)
    world.workspace.fault("files.completeUploadExternal", "cut_after")
    summary(2)
    world.pass_time(minutes=2)
    found = [one for one in world.person(CHIEF).messages(in_="#cabinet-office") if one.text.startswith("Summary")]
    assert [[reply.files for reply in one.thread] for one in found] == [
        [{"funding.xlsx": b"1"}],
        [{"funding.xlsx": b"2"}],
    ]


def test_people_can_see_that_a_message_is_held_and_until_when(world: World) -> None:
    world.workspace.fault("chat.postMessage", "429", count=1, seconds=90)
    sends(world, "n1", "n2")
    world.settle()
    with world.product.database.reading() as session:
        journey = transit_of(session, world.mission_id, "test:n2", world.now)
        assert journey == Transit(State.PENDING, world.now + timedelta(seconds=90), by_limit=True)
        assert transit_of(session, world.mission_id, "nothing", world.now) is None
    world.pass_time(minutes=2)
    with world.product.database.reading() as session:
        assert transit_of(session, world.mission_id, "test:n2", world.now) == Transit(State.SENT)


def test_who_looks_at_a_round_reads_that_its_board_is_held(world: World) -> None:
    a_round(world, board_channel=world.channel_id("cabinet-office"))
    ask_of(world, "WFP focal point").press("Nothing to report")
    world.workspace.fault("chat.update", "429", count=1, seconds=600)
    world.pass_time(seconds=10)
    chief = world.person(CHIEF)
    assert "The message in the channel is held by Slack's limit, next try" in chief.runs("/update status").text
    world.pass_time(minutes=11)
    assert "next try" not in chief.runs("/update status").text


def test_a_channel_that_refuses_everything_does_not_flood_the_admins(world: World) -> None:
    world.workspace.fault("chat.postMessage", "error", count=30, error="is_archived")
    sends(world, *[f"n{number}" for number in range(8)])
    world.settle()
    world.workspace.wire.post("faults/clear")
    with world.database() as session:
        failed = session.scalars(select(OutboxRow).where(OutboxRow.state == State.FAILED)).all()
        assert len([row for row in failed if row.key.startswith("alarm:")]) == 3
        assert len(failed) == 11
        assert all(outbox.retry(session, world.mission_id, row.id, world.now) for row in failed)
    world.settle()
    assert arrived(world) == [f"n{number}" for number in range(8)]


def test_the_home_of_somebody_who_has_not_been_read_yet_is_drawn(world: World) -> None:
    user = world.user_id("Mission reader")
    with world.database() as session:
        session.execute(delete(Person).where(Person.user_id == user))
        call = Call(key=Key("test:home"), method="home", arguments={"user": user}, lane=f"home:{user}")
        put(session, world.mission_id, call, world.now)
    world.settle()
    assert states(world) == [State.SENT]


def test_an_answer_does_not_wait_for_a_message_that_must_wait_for_the_answer(world: World) -> None:
    """The message it continues was given up, and is shown anew behind it in the same channel."""
    with world.database() as session:
        work, here = (
            Work(session, get_mission(session, world.mission_id), world.now),
            world.channel_id("cabinet-office"),
        )
        about = Subject.of("test", "parent")
        post(work, here, Card("answer"), key=Key("test:answer"), thread_of=about)
        show(work, here, about, Card("n1"))
    world.pass_time(minutes=1)
    assert arrived(world) == ["n1"]
    assert states(world)[0].startswith("failed no_parent")
    # Sent again, it has its place.
    world.person(CHIEF).direct_message_from("Rapporteur", "could not be delivered").press("Send again")
    world.settle()
    assert states(world) == [State.SENT, State.SENT]
