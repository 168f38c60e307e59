"""Who is told that Confidential texts are read by somebody who may not, and what is left once they are deleted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from commands.kit.channels.deleting import delete_texts, note_deleted
from commands.kit.channels.exposure import PUBLIC, SHARED, exposure_card, look_again, tell_exposure, who_may_not
from commands.kit.handling import Clearance
from commands.kit.permission import who_is
from commands.kit.places import place_of_channel
from commands.kit.refused import NotAllowed, Refused
from commands.kit.work import Request, Work
from storage.audit import AuditEntry
from storage.channels import Channel, ChannelMember, get_channel
from storage.database import Database
from storage.missions import get_mission
from storage.outbox import OutboxRow, State
from storage.people import Person, Role, RoleGrant
from storage.subjects import Subject

NOW = datetime(2035, 3, 5, 9, tzinfo=UTC)
CHANNEL, GONE = "C1", "mission:text-deleted"
# U1 coordinates, U2 administers, U3 has no role; U3 sits in the channel and may not read what stands there.


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A private channel in which a Confidential message and file stand, read by U1 and U3."""
    with database.transaction() as session:
        mission = get_mission(session, "T1")
        mission.set_up_at = NOW
        of = {"mission_id": "T1"}
        for user in ("U1", "U2", "U3"):
            session.add(Person(user_id=user, name=user, home_team="T1", seen_at=NOW, **of))
        for user, role in (("U1", Role.COORDINATOR), ("U2", Role.ADMIN)):
            session.add(RoleGrant(user_id=user, role=role, granted_by="U9", granted_at=NOW, **of))
        members = [ChannelMember(channel_id=CHANNEL, user_id=user, **of) for user in ("U1", "U3")]
        facts = {"name": "closed", "is_private": True, "bot_is_member": True, "read_at": NOW, "confidential_at": NOW}
        session.add_all([*members, Channel(channel_id=CHANNEL, told_of=[], **facts, **of)])
        for number, (method, outcome) in enumerate(
            [("chat.postMessage", {"ts": "1.0"}), ("files.upload", {"file": "F1"}), ("chat.postMessage", {"ts": "2.0"})]
        ):
            level = "unclassified" if outcome.get("ts") == "2.0" else "confidential"
            session.add(a_call(number, method, outcome, level))
        session.flush()
        yield session


def a_call(number: int, method: str, outcome: dict[str, Any], level: str) -> OutboxRow:
    """A call that left for the channel."""
    return OutboxRow(
        mission_id="T1",
        key=f"k{number}",
        method=method,
        arguments={"channel": CHANNEL},
        lane=CHANNEL,
        handling=level,
        created_at=NOW,
        not_before=NOW,
        state=State.SENT,
        outcome=outcome,
    )


def work_on(session: Session, now: datetime = NOW) -> Work:
    return Work(session, get_mission(session, "T1"), now)


def asks(session: Session, user: str, now: datetime = NOW) -> Request:
    mission = get_mission(session, "T1")
    who = who_is(session, mission.id, session.get_one(Person, ("T1", user)))
    return Request(session, mission, now, actor=user, who=who)


def waiting(session: Session, method: str) -> list[OutboxRow]:
    query = select(OutboxRow).where(OutboxRow.state == State.PENDING, OutboxRow.method == method)
    return list(session.scalars(query.order_by(OutboxRow.id)))


def test_whoever_keeps_the_place_is_told_once(session: Session) -> None:
    for _time in range(2):
        tell_exposure(work_on(session), CHANNEL)
    told = waiting(session, "chat.postMessage")
    assert sorted(row.lane for row in told) == ["dm:U1", "dm:U2"]
    assert all("<@U3>" in row.arguments["text"] for row in told)
    assert get_channel(session, "T1", CHANNEL).told_of == ["U3"]
    assert [entry.verb for entry in session.scalars(select(AuditEntry))] == ["channel.exposed"]


def test_where_nothing_confidential_stands_nobody_is_told(session: Session) -> None:
    get_channel(session, "T1", CHANNEL).confidential_at = None
    tell_exposure(work_on(session), CHANNEL)
    tell_exposure(work_on(session), "C9")
    assert waiting(session, "chat.postMessage") == []


def test_a_public_or_shared_channel_is_named_and_nobody_in_it(session: Session) -> None:
    channel = get_channel(session, "T1", CHANNEL)
    channel.is_private, channel.is_shared = False, True
    session.flush()
    work = work_on(session)
    assert set(who_may_not(place_of_channel(session, work.mission, CHANNEL))) == {PUBLIC, SHARED}
    text = exposure_card(CHANNEL, {PUBLIC: None, SHARED: None}).text
    assert "The channel is public" in text
    assert "shared with another organisation" in text
    assert "<@" not in text


def test_of_many_twenty_are_named_with_what_is_wrong() -> None:
    outsider, guest = Clearance("U1", is_outsider=True), Clearance("U2", is_guest=True)
    many = {f"U{number}": Clearance(f"U{number}") for number in range(3, 26)}
    text = exposure_card(CHANNEL, {"U1": outsider, "U2": guest, **many}).text
    assert "<@U1>: of another organisation" in text
    assert "<@U2>: a guest" in text
    assert "has no role that is cleared" in text
    assert "and 5 more" in text


def test_what_is_above_unclassified_is_deleted_and_every_warning_says_so(session: Session) -> None:
    tell_exposure(work_on(session), CHANNEL)
    delete_texts(asks(session, "U1"), CHANNEL, GONE)
    assert [row.arguments for row in waiting(session, "chat.delete")] == [{"channel": CHANNEL, "ts": "1.0"}]
    assert [row.arguments for row in waiting(session, "files.delete")] == [{"channel": CHANNEL, "file": "F1"}]
    with pytest.raises(Refused, match="<@U1> has had them deleted already"):
        delete_texts(asks(session, "U2", NOW + timedelta(minutes=1)), CHANNEL, GONE)


def test_only_who_keeps_the_place_deletes_and_only_while_it_is_needed(session: Session) -> None:
    with pytest.raises(NotAllowed, match="a coordinator, an admin"):
        delete_texts(asks(session, "U3"), CHANNEL, GONE)
    session.delete(session.get_one(ChannelMember, ("T1", CHANNEL, "U3")))
    session.flush()
    with pytest.raises(Refused, match="so they stay"):
        delete_texts(asks(session, "U1"), CHANNEL, GONE)
    get_channel(session, "T1", CHANNEL).confidential_at = None
    with pytest.raises(Refused, match="I know of no Confidential text"):
        delete_texts(asks(session, "U1"), CHANNEL, GONE)


def test_after_the_last_deletion_nothing_confidential_stands_there(session: Session) -> None:
    tell_exposure(work_on(session), CHANNEL)
    delete_texts(asks(session, "U1"), CHANNEL, GONE)
    note_deleted(work_on(session), Subject.of("deleting", CHANNEL))
    channel = get_channel(session, "T1", CHANNEL)
    assert (channel.confidential_at, channel.told_of) == (None, [])


def test_where_confidential_texts_stand_the_channel_is_looked_at_again(session: Session) -> None:
    look_again(work_on(session))
    assert [row.arguments["channel"] for row in waiting(session, "channel.read")] == [CHANNEL]
