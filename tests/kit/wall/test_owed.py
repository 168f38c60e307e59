"""What is owed comes to each person in one message, at most once a working day, and ends with the head of agency."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from commands.kit.dates import WorkCalendar
from commands.kit.front.tables import Front
from commands.kit.front.things import Line
from commands.kit.owed.keeping import Asking, end_all, owe, settle, still_owed
from commands.kit.owed.message import LINES_SHOWN, Owed, owed_card
from commands.kit.owed.rules import Step, comes_next, may_become, next_step, told_at
from commands.kit.owed.telling import look, put_off, subject_of
from commands.kit.permission import Who, who_is
from commands.kit.refused import Refused
from commands.kit.words import speaking
from commands.kit.work import Request, Work
from storage.agencies import Agency, AgencyPerson, AgencyState, Leave, Sphere
from storage.compartments import Compartment, add_delegate
from storage.database import Database
from storage.missions import get_mission
from storage.obligations import SETTLED, Obligation, ObligationState, OwedMessage, obligations_about
from storage.outbox import OutboxRow
from storage.people import Person, Role
from storage.posts import Place, remember_posts
from storage.subjects import Subject
from tests.properties import examples

# A Monday, at nine in Juba.
MONDAY = datetime(2035, 3, 5, 7, tzinfo=UTC)
DAY = timedelta(days=1)
JUBA = ZoneInfo("Africa/Juba")
CALENDAR = WorkCalendar(JUBA, frozenset(range(5)), time(9), time(17))
MISSION, HUM = Compartment.MISSION, Compartment.HUM
FOCAL, ALTERNATE, HEAD = "UFOCAL", "UALT", "UHEAD"
moments = st.datetimes(datetime(2035, 3, 1), datetime(2035, 3, 31)).map(lambda one: one.replace(tzinfo=UTC))


def an_agency(number: int = 1) -> Agency:
    roles = {FOCAL: Role.FOCAL_POINT, ALTERNATE: Role.ALTERNATE, HEAD: Role.HEAD_OF_AGENCY}
    people = [
        AgencyPerson(mission_id="T1", user_id=user, role=role, rank=0, granted_by="U0", granted_at=MONDAY)
        for user, role in roles.items()
    ]
    return Agency(
        mission_id="T1",
        code=f"A{number}",
        code_key=f"a{number}",
        name=f"Agency {number}",
        sphere=Sphere.HUMANITARIAN,
        people=people,
        created_at=MONDAY,
        updated_at=MONDAY,
    )


def test_the_ladder_is_a_day_before_at_the_time_and_a_day_after_to_the_head() -> None:
    friday = MONDAY - 3 * DAY
    assert next_step(friday - 7 * DAY, MONDAY, 0, CALENDAR) == (Step.BEFORE, friday)
    assert next_step(friday, MONDAY, 0, CALENDAR) == (Step.DUE, MONDAY)
    assert next_step(friday, MONDAY, Step.DUE, CALENDAR) == (Step.HEAD, MONDAY + DAY)
    assert next_step(friday, MONDAY, Step.HEAD, CALENDAR) is None


@settings(max_examples=examples(150))
@given(asked=moments, due=moments)
def test_steps_come_in_their_order_and_end(asked: datetime, due: datetime) -> None:
    taken, times = 0, []
    while (found := next_step(asked, due, taken, CALENDAR)) is not None:
        assert found[0] > taken
        taken = found[0]
        times.append(found[1])
    assert times == sorted(times)
    assert len(times) in {2, 3}
    assert taken == Step.HEAD


def test_whoever_answers_is_told_and_at_last_the_head_who_is_there() -> None:
    agency, today = an_agency(), date(2035, 3, 5)
    days = dict.fromkeys((FOCAL, ALTERNATE, HEAD), today)
    away = [Leave(user_id=user, first_day=today, last_day=today) for user in (FOCAL, HEAD)]
    assert told_at(Step.DUE, agency, [], days) == [FOCAL]
    assert told_at(Step.DUE, agency, away, days) == [ALTERNATE]
    assert told_at(Step.HEAD, agency, [], days) == [FOCAL, HEAD]
    assert told_at(Step.HEAD, agency, away, days) == [ALTERNATE]
    assert told_at(Step.HEAD, agency, [], {}) == []


@settings(max_examples=examples(200))
@given(now=moments, posted=st.none() | moments, snoozed=st.none() | moments, planned=st.none() | moments)
def test_it_comes_once_in_a_working_day_in_hours_and_not_before_a_chosen_time(
    now: datetime, posted: datetime | None, snoozed: datetime | None, planned: datetime | None
) -> None:
    on = posted.astimezone(JUBA).date() if posted else None
    message = OwedMessage(user_id="U1", posted_on=on, snoozed_until=snoozed, post_at=planned)
    assert comes_next(message, now, CALENDAR, at_once=True) == now
    found = comes_next(message, now, CALENDAR)
    if found == planned:
        return
    assert found >= max(now, snoozed or now)
    assert found == snoozed or CALENDAR.is_working(found)
    if on == now.astimezone(JUBA).date():
        assert found.astimezone(JUBA).date() > on
    assert comes_next(message, now, CALENDAR, despite_snooze=True) <= found


@given(before=st.sampled_from(list(ObligationState)), after=st.sampled_from(list(ObligationState)))
def test_what_ended_ends_once_and_what_was_missed_may_still_be_answered(
    before: ObligationState, after: ObligationState
) -> None:
    fits = may_become(Obligation(state=before), after)
    assert fits == (
        after in SETTLED
        and (
            before is ObligationState.OWED
            or (before is ObligationState.MISSED and after in {"answered", "nil", "waived"})
        )
    )


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """Two agencies with the same three people, in a mission that works Monday to Friday in Juba."""
    with database.transaction() as session:
        mission = get_mission(session, "T1")
        mission.set_up_at, mission.zone, mission.coordinator_channel = MONDAY, "Africa/Juba", "CCOORD"
        for user in (FOCAL, ALTERNATE, HEAD):
            session.add(Person(mission_id="T1", user_id=user, name=user, home_team="T1", seen_at=MONDAY))
        session.add_all([an_agency(1), an_agency(2)])
        session.flush()
        yield session


def read_ask(_work: Work, who: Who, identity: str) -> Line | None:
    hidden = identity == "13" and who.user_id != FOCAL
    return None if hidden else Line(Subject.of("ask", identity), f"Q-{identity}", f"Road status {identity}", "sent")


def at(session: Session, now: datetime) -> Work:
    return Work(session, get_mission(session, "T1"), now, front=Front(readings={"ask": read_ask}))


def agencies(session: Session) -> list[Agency]:
    return list(session.scalars(select(Agency).order_by(Agency.id)))


def posted(session: Session, user: str) -> list[str]:
    """Every text that was put in the outbox for a person's message, in order; it is as good as sent."""
    rows = session.scalars(select(OutboxRow).where(OutboxRow.subject == f"owed:{user}").order_by(OutboxRow.id))
    return [str(row.arguments["text"]) for row in rows]


def has_left(session: Session, user: str, when: datetime, side: Compartment = MISSION) -> None:
    subject = str(subject_of(user, side))
    for row in session.scalars(select(OutboxRow).where(OutboxRow.subject == subject)):
        row.state = "sent"
    remember_posts(session, [Place("T1", subject, f"D{user}", f"{when.timestamp()}", when)])
    session.flush()


def an_ask(
    number: int = 12, *, due: datetime = MONDAY + 2 * DAY, urgent: bool = False, side: Compartment = MISSION
) -> Asking:
    return Asking(Subject.of("ask", number), due, "asks", is_urgent=urgent, compartment=side)


def deletions(session: Session) -> int:
    return len(list(session.scalars(select(OutboxRow).where(OutboxRow.method == "chat.delete"))))


def test_one_message_for_all_that_is_owed_edited_in_place(session: Session) -> None:
    work = at(session, MONDAY)
    assert owe(work, an_ask(12), agencies(session)) == 2
    assert owe(work, an_ask(12), agencies(session)) == 0
    look(work)
    [text] = posted(session, FOCAL)
    assert text.count("Q-12 · Road status 12") == 2
    assert posted(session, HEAD) == []
    has_left(session, FOCAL, MONDAY)
    owe(at(session, MONDAY + timedelta(hours=1)), an_ask(14), agencies(session)[:1])
    look(at(session, MONDAY + timedelta(hours=2)))
    assert "Q-14" in posted(session, FOCAL)[-1]
    assert deletions(session) == 0, "the same day nothing comes anew"
    has_left(session, FOCAL, MONDAY)
    look(at(session, MONDAY + DAY))
    assert deletions(session) == 1
    assert len(posted(session, FOCAL)) == 3


def test_what_is_settled_leaves_the_message_at_once_and_only_once(session: Session) -> None:
    work = at(session, MONDAY)
    owe(work, an_ask(12), agencies(session))
    look(work)
    has_left(session, FOCAL, MONDAY)
    first, second = obligations_about(session, "T1", Subject.of("ask", 12))
    work.actor = ALTERNATE
    settle(work, first.id, ObligationState.DECLINED, reason="mandate")
    assert (first.by, first.reason, first.version, first.next_at) == (ALTERNATE, "mandate", 2, None)
    assert posted(session, FOCAL)[-1].count("Q-12") == 1
    with pytest.raises(Refused, match="answered already"):
        settle(work, first.id, ObligationState.ANSWERED)
    with pytest.raises(Refused, match="nothing here"):
        settle(work, 999, ObligationState.ANSWERED)
    settle(work, second.id, ObligationState.NIL, for_agency=True)
    assert second.on_behalf_of == str(second.agency_id)
    assert "Nothing is owed" in posted(session, FOCAL)[-1]
    assert not any(still_owed(one) for one in (first, second))


def test_the_ladder_reaches_the_head_and_then_the_coordinators_once_a_week(session: Session) -> None:
    owe(at(session, MONDAY), an_ask(12, due=MONDAY + 2 * DAY), agencies(session))
    now = MONDAY
    for _hour in range(24 * 9):
        look(at(session, now))
        for user in (FOCAL, HEAD):
            has_left(session, user, now) if posted(session, user) else None
        now += timedelta(hours=1)
    came = len(posted(session, FOCAL))
    assert 3 <= came <= 5
    assert len(posted(session, HEAD)) == 1
    digests = [row.arguments["text"] for row in session.scalars(select(OutboxRow).where(OutboxRow.lane == "CCOORD"))]
    assert len(digests) == 1
    assert "A1 (Agency 1): 1 thing" in digests[0]
    assert end_all(at(session, now), Subject.of("ask", 12), ObligationState.MISSED)
    assert end_all(at(session, now), Subject.of("ask", 12), ObligationState.MISSED) == []


def test_put_off_until_tomorrow_or_a_week_but_urgent_comes_at_once(session: Session) -> None:
    owe(at(session, MONDAY), an_ask(12, due=MONDAY + 20 * DAY), agencies(session))
    person = session.get_one(Person, ("T1", FOCAL))
    for value, days in (("7:mission", 7), ("1:mission", 1), ("x", 1)):
        asks = Request(session, get_mission(session, "T1"), MONDAY, who=who_is(session, "T1", person), value=value)
        put_off(asks)
        message = session.get_one(OwedMessage, ("T1", FOCAL, "mission"))
        assert message.snoozed_until == MONDAY + days * DAY
    look(at(session, MONDAY + timedelta(hours=3)))
    assert posted(session, FOCAL) == []
    never = session.get_one(Person, ("T1", HEAD))
    with pytest.raises(Refused, match="Nothing is owed"):
        put_off(
            Request(session, get_mission(session, "T1"), MONDAY, who=who_is(session, "T1", never), value="1:mission")
        )
    owe(at(session, MONDAY + timedelta(hours=4)), an_ask(15, urgent=True), agencies(session)[:1])
    assert "Q-15" in posted(session, FOCAL)[-1]


def test_what_its_room_does_not_show_somebody_is_not_in_their_message(session: Session) -> None:
    work = at(session, MONDAY)
    owe(work, an_ask(13, due=MONDAY - DAY), agencies(session)[:1])
    look(at(session, MONDAY + DAY))
    assert posted(session, HEAD) == []
    assert "was due" in posted(session, FOCAL)[-1]


def test_what_a_side_asks_has_a_message_of_its_own_for_people_inside(session: Session) -> None:
    add_delegate(session, "T1", HUM, ALTERNATE, by="U0", now=MONDAY)
    work = at(session, MONDAY)
    owe(work, an_ask(12, side=HUM), agencies(session)[:1])
    look(work)
    rows = list(session.scalars(select(OutboxRow)))
    assert [(row.subject, row.compartment) for row in rows] == [(f"owed:{ALTERNATE}:hum", HUM)]
    assert "Q-12" in rows[0].arguments["text"]
    assert "Road status" not in str(rows[0].arguments)


def test_a_suspended_agency_owes_nothing_and_is_told_nothing(session: Session) -> None:
    first, second = agencies(session)
    first.state = AgencyState.SUSPENDED
    owe(at(session, MONDAY), an_ask(12), [first, second])
    [one] = obligations_about(session, "T1", Subject.of("ask", 12))
    assert one.agency_id == second.id
    second.state = AgencyState.SUSPENDED
    session.flush()
    look(at(session, MONDAY + 4 * DAY))
    assert posted(session, FOCAL) == []
    assert posted(session, HEAD) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_message_shows_what_fits_and_says_how_many_more(language: str) -> None:
    line = Line(Subject.of("ask", 1), "Q-1", "Road <status>", "sent")
    offers = ["answer", "nil", "decline", "acknowledge", "more-time", "hand-over", "of a later release"]
    one = Obligation(id=3, room="asks", offers=offers, due_at=MONDAY)
    with speaking(language):
        card = owed_card([Owed(one, "WFP", line)] * (LINES_SHOWN + 2), MONDAY, JUBA)
    assert len(card.blocks) <= 50
    assert "Road &lt;status&gt;" in card.text
    pressed = [part["action_id"] for block in card.blocks for part in block.get("elements", []) if "action_id" in part]
    assert pressed[:6] == [f"asks:owed-{offer}" for offer in offers[:6]]
    assert pressed[-2:] == ["mission:owed-later:day", "mission:owed-later:week"]
