"""A release reaches its readers and nobody else, never changes, and when it ends every place that shows it says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from commands.kit.handling import Handling
from commands.kit.permission import Who, who_is
from commands.kit.refused import NotAllowed, Refused, RefusedFields
from commands.kit.releases.giving import (
    ENDED,
    expire,
    give_out,
    post_release,
    release_card,
    subject_of,
    tell_release,
    use,
    withdraw,
)
from commands.kit.releases.rules import UNCLEARED, VALID_FOR, Draft, may_read, problems, readers, uniformed_among
from commands.kit.words import speaking
from commands.kit.work import Request, Work
from storage.agencies import Sphere
from storage.audit import Search, find_acts
from storage.compartments import Compartment
from storage.database import Database
from storage.missions import get_mission
from storage.outbox import OutboxRow
from storage.people import Person, Role, set_holders
from storage.posts import Place, remember_posts
from storage.releases import Audience, Release, ReleaseState, find_release, get_release, releases_of, uses_of
from storage.subjects import Subject
from storage.timers import Timer, TimerState
from tests.properties import examples

NOW = datetime(2035, 3, 5, 9, tzinfo=UTC)
HUM, HRT = Compartment.HUM, Compartment.HRT
HEAD, CHIEF, WATCH, READER = "UHEAD", "UCHIEF", "UWATCH", "UREADER"
GOOD = Draft("WFP movement delayed, contact OCHA", Audience.OPERATIONS_CENTRE, valid_until=NOW + VALID_FOR)
TEXT = "movement delayed"


def a_who(
    user: str, roles: frozenset[Role], inside: frozenset[Compartment], agencies: frozenset[int], *, gone: bool
) -> Who:
    person = Person(mission_id="T1", user_id=user, is_gone=gone, is_guest=False, is_bot=False, home_team="")
    return Who(user, person, roles, dict.fromkeys(agencies, frozenset({Role.FOCAL_POINT})), inside=inside)


whos = st.builds(
    a_who,
    user=st.sampled_from(["U1", "U2"]),
    roles=st.frozensets(st.sampled_from([one for one in Role if "agency" not in one]), max_size=3),
    inside=st.frozensets(st.sampled_from([HUM, HRT])),
    agencies=st.frozensets(st.integers(1, 3), max_size=2),
    gone=st.booleans(),
)
drafts = st.builds(
    Draft,
    text=st.sampled_from(["", "x", "y" * 2001]),
    audience=st.none() | st.sampled_from(list(Audience)),
    agencies=st.lists(st.integers(1, 3), max_size=2).map(tuple),
    person=st.none() | st.sampled_from(["U1", "U2"]),
    valid_until=st.none() | st.sampled_from([NOW - VALID_FOR, NOW, NOW + VALID_FOR]),
    handling=st.sampled_from(list(Handling)),
)


def as_row(draft: Draft, state: ReleaseState = ReleaseState.IN_FORCE) -> Release:
    return Release(
        compartment=HUM,
        text=draft.text,
        handling=draft.handling,
        audience=draft.audience,
        agencies=list(draft.agencies),
        person=draft.person,
        valid_until=NOW,
        state=state,
    )


@settings(max_examples=examples(300))
@given(draft=drafts, who=whos, state=st.sampled_from(list(ReleaseState)))
def test_who_reads_is_inside_or_meant_cleared_and_in_time(draft: Draft, who: Who, state: ReleaseState) -> None:
    reads = may_read(as_row(draft, state), who) if draft.audience else False
    if who.person.is_gone or draft.audience is None:
        assert not reads
    elif HUM in who.inside:
        assert reads
    elif reads:
        assert state is ReleaseState.IN_FORCE
        assert draft.handling is not Handling.STRICTLY_CONFIDENTIAL
        assert draft.audience is not Audience.PERSON or who.user_id == draft.person
        assert draft.audience is not Audience.AGENCIES or set(who.agencies) & set(draft.agencies)
        assert draft.audience is not Audience.OPERATIONS_CENTRE or Role.OPERATIONS in who.roles
        assert readers(draft, [who]) == [who]


@settings(max_examples=examples(200))
@given(draft=drafts)
def test_only_a_whole_release_is_given_out(draft: Draft) -> None:
    fine = not problems(draft, NOW)
    assert fine == bool(
        0 < len(draft.text.strip()) <= 2000
        and draft.audience
        and draft.valid_until == NOW + VALID_FOR
        and draft.handling is not Handling.STRICTLY_CONFIDENTIAL
        and (draft.handling is Handling.UNCLASSIFIED or draft.audience not in UNCLEARED)
        and (draft.audience is not Audience.AGENCIES or draft.agencies)
        and (draft.audience is not Audience.PERSON or draft.person)
    )


def test_the_preview_counts_readers_and_those_in_uniform() -> None:
    nobody = frozenset[Compartment]()
    watch = a_who("U1", frozenset({Role.OPERATIONS}), nobody, frozenset(), gone=False)
    officer = replace(watch, spheres=frozenset({Sphere.UNIFORMED.value}))
    found = readers(GOOD, [watch, officer, a_who("U2", frozenset({Role.ADMIN}), nobody, frozenset(), gone=False)])
    assert (len(found), uniformed_among(found)) == (2, 1)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A mission with a humanitarian coordinator, an admin, a watch, and a reader without a role."""
    with database.transaction() as session:
        get_mission(session, "T1").set_up_at = NOW
        for user in (HEAD, CHIEF, WATCH, READER):
            session.add(Person(mission_id="T1", user_id=user, name=user, home_team="T1", seen_at=NOW))
        held = ((Role.HUMANITARIAN_COORDINATOR, HEAD), (Role.ADMIN, CHIEF), (Role.OPERATIONS, WATCH))
        for role, user in held:
            set_holders(session, "T1", role, [user], "U0", NOW)
        session.flush()
        yield session


def by(session: Session, user: str, now: datetime = NOW) -> Request:
    person = session.get_one(Person, ("T1", user))
    return Request(session, get_mission(session, "T1"), now, who=who_is(session, "T1", person), actor=user)


def given_out(session: Session, draft: Draft = GOOD) -> Release:
    return give_out(by(session, HEAD), HUM, draft, expires="advisers:expire")


def texts(session: Session) -> dict[str, str]:
    """What was last said about each message, by its subject."""
    rows = session.scalars(select(OutboxRow).order_by(OutboxRow.id))
    return {str(row.subject): str(row.arguments["text"]) for row in rows}


def test_it_is_given_out_by_its_side_alone_and_numbered(session: Session) -> None:
    first, second = given_out(session), given_out(session)
    assert (first.number, second.number) == (1, 2)
    assert find_release(session, "T1", 2) is second
    assert get_release(session, "T2", first.id) is None
    assert releases_of(session, "T1", side=HUM, state=ReleaseState.IN_FORCE) == [second, first]
    assert releases_of(session, "T1", side=HRT) == []
    for user, side in ((CHIEF, HUM), (WATCH, HUM), (HEAD, HRT)):
        with pytest.raises(Refused, match="nothing here"):
            give_out(by(session, user), side, GOOD, expires="advisers:expire")
    with pytest.raises(RefusedFields) as wrong:
        given_out(session, replace(GOOD, valid_until=None))
    assert set(wrong.value.fields) == {"valid_until"}


def test_it_is_read_by_whom_it_is_for(session: Session) -> None:
    release = given_out(session)
    assert [user for user in (HEAD, CHIEF, WATCH, READER) if may_read(release, by(session, user).who)] == [HEAD, WATCH]


def stands(session: Session, release: Release) -> None:
    """It is posted in a channel, where it has arrived, and told to a person, to whom it has yet to go."""
    work = Work(session, get_mission(session, "T1"), NOW)
    post_release(work, release, "C1")
    remember_posts(session, [Place("T1", str(subject_of(release).part("C1")), "C1", "1.0", NOW)])
    tell_release(work, release, WATCH)
    session.flush()


def test_withdrawn_it_says_so_wherever_it_stands_and_keeps_none_of_its_text(session: Session) -> None:
    release = given_out(session)
    stands(session, release)
    assert all(TEXT in text for text in texts(session).values())
    withdraw(by(session, HEAD, NOW + timedelta(hours=1)), release.id)
    said = texts(session)
    assert set(said) == {f"release:{release.id}:C1", f"release:{release.id}:{WATCH}"}
    assert all("Withdrawn" in text and TEXT not in text for text in said.values())
    assert session.scalars(select(Timer.state)).all() == [TimerState.CANCELLED]
    with pytest.raises(Refused, match="not in force"):
        withdraw(by(session, HEAD), release.id)
    assert not may_read(release, by(session, WATCH).who)


def test_its_end_comes_by_itself_once(session: Session) -> None:
    release = given_out(session)
    stands(session, release)
    early = Work(session, get_mission(session, "T1"), NOW + VALID_FOR - timedelta(seconds=1))
    expire(early, subject_of(release))
    assert release.is_in_force
    due = Work(session, get_mission(session, "T1"), NOW + VALID_FOR)
    for _time in range(2):
        expire(due, subject_of(release))
    assert release.state == ReleaseState.EXPIRED
    assert all("Expired" in text for text in texts(session).values())
    assert [verb for verb, _about in due.done] == ["release.expired"]
    assert {verb for verb, _about in due.done} < set(ENDED)


def test_only_its_own_side_takes_it_back(session: Session) -> None:
    release = given_out(session)
    for user in (CHIEF, WATCH):
        with pytest.raises(Refused, match="nothing here"):
            withdraw(by(session, user), release.id)
        with pytest.raises(Refused, match="nothing here"):
            withdraw(by(session, user), 999)
    assert release.is_in_force


def test_what_used_it_is_known_and_whoever_may_not_read_it_uses_nothing(session: Session) -> None:
    release = given_out(session)
    incident, section = Subject.of("incident", 3), Subject.of("section", 4)
    for subject in (incident, section, incident):
        use(by(session, WATCH), release, subject)
    assert set(uses_of(session, release.id)) == {incident, section}
    with pytest.raises(NotAllowed):
        use(by(session, READER), release, section)
    withdraw(by(session, HEAD), release.id)
    with pytest.raises(Refused, match="not in force"):
        use(by(session, HEAD), release, section)


def test_the_record_of_it_is_for_its_side(session: Session) -> None:
    release = given_out(session)
    withdraw(by(session, HEAD), release.id)
    inside = find_acts(session, "T1", Search(inside=frozenset({HUM})), limit=9)
    assert [one.verb for one in inside] == ["release.withdrawn", "release.given_out"]
    assert TEXT not in str([one.details for one in inside])
    assert find_acts(session, "T1", Search(), limit=9) == []


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("state", list(ReleaseState))
def test_its_card_says_whose_it_is_and_until_when(session: Session, state: ReleaseState, language: str) -> None:
    release = given_out(session, replace(GOOD, handling=Handling.CONFIDENTIAL, audience=Audience.SRSG_OFFICE))
    release.state = state
    with speaking(language):
        card = release_card(Work(session, get_mission(session, "T1"), NOW), release)
    assert "R-1" in card.text
    assert (TEXT in card.text) == release.is_in_force
    assert card.handling is (Handling.CONFIDENTIAL if release.is_in_force else Handling.UNCLASSIFIED)
