"""How much one person may cause others: counted by hour or day, for one person in one mission, and taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from commands.kit.cards import Card
from commands.kit.limits import Limited, spend, spend_messages
from commands.kit.permission import who_is
from commands.kit.post import tell
from commands.kit.refused import Refused
from commands.kit.work import Limits, Request
from storage.database import Database
from storage.limits import Spent, forget_spent
from storage.missions import get_mission
from storage.people import Person, Role, set_holders
from storage.subjects import Key

NOW = datetime(2026, 3, 2, 9, 59, tzinfo=UTC)
FEW = Limits(immediate_an_hour=2, proof_emails_a_day=1, messages_an_hour=3)


def a_request(session: Session, user: str = "U1", now: datetime = NOW, mission: str = "T1") -> Request:
    kept = get_mission(session, mission)
    person = session.get(Person, (mission, user)) or Person(mission_id=mission, user_id=user, name=user, seen_at=NOW)
    session.add(person)
    session.flush()
    return Request(session=session, mission=kept, now=now, actor=user, who=who_is(session, mission, person), limits=FEW)


def test_a_limit_is_of_one_person_in_one_mission_and_one_hour(database: Database) -> None:
    with database.transaction() as session:
        for _count in range(2):
            spend(a_request(session), Limited.IMMEDIATE)
        with pytest.raises(Refused, match="2 immediate escalations an hour"):
            spend(a_request(session), Limited.IMMEDIATE)
        spend(a_request(session, "U2"), Limited.IMMEDIATE)
        spend(a_request(session, mission="T2"), Limited.IMMEDIATE)
        spend(a_request(session), Limited.PROOFS)
        spend(a_request(session, now=NOW + timedelta(minutes=1)), Limited.IMMEDIATE)
        with pytest.raises(Refused, match="e-mail a day"):
            spend(a_request(session, now=NOW + timedelta(hours=5)), Limited.PROOFS)


def test_what_was_refused_is_not_counted(database: Database) -> None:
    for _time in range(5):
        with pytest.raises(Refused), database.transaction() as session:
            spend(a_request(session), Limited.MESSAGES, 4)
    with database.transaction() as session:
        spend(a_request(session), Limited.MESSAGES, 3)


def test_coordinators_and_whoever_is_on_duty_are_not_counted(database: Database) -> None:
    for role in (Role.ADMIN, Role.COORDINATOR, Role.SRSG_OFFICE, Role.DUTY_OFFICER):
        with database.transaction() as session:
            get_mission(session, "T1")
            set_holders(session, "T1", role, ["U1"], "U0", NOW)
            spend(a_request(session), Limited.PROOFS, 50)
            set_holders(session, "T1", role, [], "U0", NOW)
    with database.transaction() as session, pytest.raises(Refused):
        spend(a_request(session), Limited.PROOFS, 50)


def test_messages_to_others_are_counted_each_once_and_those_to_oneself_are_not(database: Database) -> None:
    with database.transaction() as session:
        request = a_request(session)
        for user in ("U1", "U2", "U2", "U3"):
            tell(request, user, Card("Hello"), key=Key.of("hello", user))
        assert request.told == 2
        spend_messages(request)
        again = a_request(session)
        for user in ("U4", "U5"):
            tell(again, user, Card("Hello"), key=Key.of("hello", user))
        with pytest.raises(Refused, match="3 direct messages to others an hour"):
            spend_messages(again)


def test_counts_of_days_that_are_over_are_forgotten(database: Database) -> None:
    with database.transaction() as session:
        spend(a_request(session), Limited.IMMEDIATE)
        forget_spent(session, NOW + timedelta(days=1))
        assert session.query(Spent).count() == 1
        forget_spent(session, NOW + timedelta(days=3))
        assert session.query(Spent).count() == 0


def test_who_may_go_on_is_named_where_they_are_still_here(database: Database) -> None:
    with database.transaction() as session:
        a_request(session, "U8")
        session.get_one(Person, ("T1", "U8")).is_gone = True
        set_holders(session, "T1", Role.COORDINATOR, ["U8"], "U0", NOW)
        with pytest.raises(Refused, match="an admin can name one"):
            spend(a_request(session), Limited.PROOFS, 2)
        a_request(session, "U9")
        set_holders(session, "T1", Role.COORDINATOR, ["U8", "U9"], "U0", NOW)
        with pytest.raises(Refused, match="may do it: U9"):
            spend(a_request(session), Limited.PROOFS, 2)
