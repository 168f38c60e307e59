"""Who may know of what in the cabinet and do what with it, for any person and any thing; and the same asked in SQL."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from commands.cabinet.rules.access import Act, Thing, is_open, may, may_be_given, member_agencies, sits
from storage.agencies import Agency
from storage.cabinet.actions import Action
from storage.cabinet.decisions import Binding, Decision
from storage.cabinet.items import Item
from storage.cabinet.meetings import Meeting
from storage.cabinet.reading import Reader, Seats, readable_actions, readable_decisions, seats_held
from storage.cabinet.series import Series, replace_members_of_series
from storage.database import Database
from storage.missions import get_mission
from tests.cabinet.test_storage import a_meeting, a_series, an_item
from tests.properties import examples

QUICK = settings(max_examples=examples(300))
PLAIN, SECRET = "unclassified", "confidential"
CLEARED, UNCLEARED = frozenset({PLAIN, SECRET}), frozenset({PLAIN})
NOW = datetime(2035, 3, 5, 9, tzinfo=UTC)
USERS = st.sampled_from(["U1", "U2", "U3", "U4"])
IDS = st.integers(1, 3)
SETS = st.frozensets(IDS, max_size=2)
LEVELS = st.sampled_from([PLAIN, SECRET])
ACTS = st.sampled_from(list(Act))


@st.composite
def some_reader(draw: st.DrawFn) -> Reader:
    coordinates, agencies = draw(st.booleans()), draw(SETS)
    return Reader(
        user_id=draw(USERS),
        levels=draw(st.sampled_from([CLEARED, UNCLEARED, frozenset()])),
        is_full=draw(st.booleans()),
        leads_all=coordinates or draw(st.booleans()),
        coordinates=coordinates,
        sits_everywhere=coordinates or draw(st.booleans()),
        agencies=agencies,
        headed=frozenset(one for one in agencies if draw(st.booleans())),
        seats=draw(st.dictionaries(IDS, st.just(frozenset()) | st.just(agencies), max_size=2)),
    )


@st.composite
def some_thing(draw: st.DrawFn) -> Thing:
    officers = {"chair": draw(USERS), "secretary": draw(USERS)}
    series = Series(id=draw(IDS), handling=draw(LEVELS), all_agencies=draw(st.booleans()), **officers)
    meeting = Meeting(handling=draw(LEVELS), chair=draw(USERS), secretary=draw(USERS))
    within = draw(st.sampled_from([(series, meeting), (series, None), (None, None)]))
    return Thing(
        *within,
        handling=draw(LEVELS),
        is_out=draw(st.booleans()),
        is_draft=draw(st.booleans()),
        people=draw(st.frozensets(USERS, max_size=1)),
        agencies=draw(SETS),
        answers=draw(st.none() | IDS),
        changed_by=draw(SETS),
        is_frame=draw(st.booleans()),
    )


@QUICK
@given(reader=some_reader(), thing=some_thing(), act=ACTS)
def test_nobody_does_anything_with_what_is_above_their_level(reader: Reader, thing: Thing, act: Act) -> None:
    if thing.handling not in reader.levels:
        assert not may(reader, thing, act)
    if thing.level not in reader.levels and may(reader, thing):
        tied = reader.user_id in thing.people or thing.agencies & reader.agencies or thing.answers in reader.headed
        assert tied, "only what is asked of somebody themselves goes by its own level"


@QUICK
@given(reader=some_reader(), thing=some_thing(), act=ACTS)
def test_whoever_may_act_may_read(reader: Reader, thing: Thing, act: Act) -> None:
    assert may(reader, thing) or not may(reader, thing, act)


@QUICK
@given(reader=some_reader(), thing=some_thing(), act=ACTS, more=some_reader())
def test_what_is_given_takes_nothing_away(reader: Reader, thing: Thing, act: Act, more: Reader) -> None:
    richer = replace(
        reader,
        levels=reader.levels | more.levels,
        is_full=reader.is_full or more.is_full,
        leads_all=reader.leads_all or more.leads_all,
        coordinates=reader.coordinates or more.coordinates,
        sits_everywhere=reader.sits_everywhere or more.sits_everywhere,
        agencies=reader.agencies | more.agencies,
        headed=reader.headed | more.headed,
        seats={
            key: reader.seats.get(key, frozenset()) | more.seats.get(key, frozenset())
            for key in {*reader.seats, *more.seats}
        },
    )
    assert may(richer, thing, act) or not may(reader, thing, act)


@QUICK
@given(reader=some_reader(), thing=some_thing())
def test_without_a_seat_and_a_tie_only_what_is_out_in_an_open_series_is_read(reader: Reader, thing: Thing) -> None:
    loose = replace(thing, people=frozenset(), agencies=frozenset(), answers=None, is_frame=False)
    if may(reader, loose) and not sits(reader, loose):
        assert loose.is_out
        assert is_open(loose)
        assert reader.is_full
        assert loose.level == PLAIN
    if may(reader, loose) and loose.is_draft:
        assert reader.user_id in loose.officers


@QUICK
@given(reader=some_reader(), thing=some_thing(), act=ACTS)
def test_an_admin_administers_what_is_confidential_and_reads_nothing_that_is_said_in_it(
    reader: Reader, thing: Thing, act: Act
) -> None:
    without = replace(reader, leads_all=False, coordinates=False)
    admin = replace(without, leads_all=True)
    if thing.level != PLAIN and may(admin, thing, act) and not may(without, thing, act):
        read = may(without, thing)
        assert thing.is_frame or read, "a series or a meeting itself, or what they read anyway"
        assert act in {Act.READ, Act.LEAD, Act.CHANGE}


@QUICK
@given(reader=some_reader(), thing=some_thing())
def test_only_somebody_of_a_member_agency_says_that_it_takes_part(reader: Reader, thing: Thing) -> None:
    if may(reader, thing, Act.ATTEND):
        assert thing.series is not None
        assert member_agencies(reader, thing.series) <= reader.agencies | set().union(*reader.seats.values())
        assert member_agencies(reader, thing.series)


@QUICK
@given(giver=some_reader(), owner=USERS, theirs=SETS, leads=st.booleans())
def test_an_action_is_given_by_who_leads_within_an_agency_or_to_oneself(
    giver: Reader, owner: str, theirs: frozenset[int], leads: bool
) -> None:
    given_to = may_be_given(giver, owner, theirs, leads=leads)
    assert given_to == (leads or giver.leads_all or owner == giver.user_id or bool(giver.agencies & theirs))


def test_a_guest_and_somebody_who_has_left_read_nothing_by_membership_of_the_workspace() -> None:
    series = Series(id=1, handling=PLAIN, all_agencies=True, chair="U1", secretary="U2")
    decided = Thing(series, handling=PLAIN, is_out=True)
    assert may(Reader("U9"), decided)
    assert not may(Reader("U9", is_full=False), decided)
    assert not may(Reader("U9", levels=frozenset(), agencies=frozenset({1})), decided)


def readers() -> list[Reader]:
    """People of every sort that the two forms of the policy tell apart."""
    people = [
        Reader("U9"),
        Reader("U9", is_full=False),
        Reader("U1"),
        Reader("U4"),
        Reader("U5"),
        Reader("U9", agencies=frozenset({1})),
        Reader("U9", agencies=frozenset({2}), headed=frozenset({2}), is_full=False),
        Reader("U9", seats={2: frozenset()}, is_full=False),
        Reader("U9", leads_all=True, coordinates=True, sits_everywhere=True, is_full=False),
        Reader("U9", leads_all=True, is_full=False),
        Reader("U9", leads_all=True, agencies=frozenset({1})),
        Reader("U9", sits_everywhere=True, is_full=False),
    ]
    return [replace(one, levels=levels) for one in people for levels in (UNCLEARED, CLEARED, frozenset[str]())]


def add_agencies(session: Session, *suspended: int) -> None:
    get_mission(session, "T1")
    states = {number: "suspended" if number in suspended else "active" for number in (1, 2, 3)}
    facts = {"mission_id": "T1", "name": "A", "created_at": NOW, "updated_at": NOW}
    session.add_all(
        Agency(id=number, code=f"A{number}", code_key=f"a{number}", state=state, **facts)
        for number, state in states.items()
    )
    session.flush()


def add_everything(session: Session) -> list[tuple[Decision | Action, Thing]]:
    """Decisions and actions of every sort that the policy tells apart, each with itself as the policy sees it."""
    things: list[tuple[Decision | Action, Thing]] = []
    numbers = itertools.count(1)
    for series_level, everybody, level in itertools.product((PLAIN, SECRET), (True, False), (PLAIN, SECRET)):
        series = a_series()
        series.handling, series.all_agencies = series_level, everybody
        session.add(series)
        session.flush()
        meeting = a_meeting(series, NOW, handling=level)
        meeting.chair = "U4"
        session.add(meeting)
        session.flush()
        item = an_item(series, meeting_id=meeting.id)
        session.add(item)
        session.flush()
        for own_level, owner, agency in itertools.product((PLAIN, SECRET), ("U5", "U6"), (1, 2)):
            facts = {"handling": own_level, "owner": owner, "owner_agency_id": agency}
            things.append(a_decision(session, series, meeting, item, next(numbers), **facts))
            for of_series, of_meeting in ((series, meeting), (series, None), (None, None)):
                things.append(an_action(session, of_series, of_meeting, **facts))
    session.flush()
    return things


def a_decision(
    session: Session, series: Series, meeting: Meeting, item: Item, number: int, **facts: Any
) -> tuple[Decision, Thing]:
    where = {"series_id": series.id, "meeting_id": meeting.id, "item_id": item.id, "year": 2035, "number": number}
    said = {"text": "", "text_key": "", "due_on": NOW.date(), "state": "stands", "decided_by": "U2", "decided_at": NOW}
    decision = Decision(mission_id="T1", **where, **said, **facts)
    session.add(decision)
    session.flush()
    bound = frozenset({1}) if number % 3 == 0 else frozenset[int]()
    session.add_all(Binding(mission_id="T1", decision_id=decision.id, agency_id=one, state="asked") for one in bound)
    people = frozenset({facts["owner"], "U2"})
    own = Thing(series, meeting, facts["handling"], True, False, people, bound, facts["owner_agency_id"])
    return decision, own


def an_action(session: Session, series: Series | None, meeting: Meeting | None, **facts: Any) -> tuple[Action, Thing]:
    where = {"series_id": series.id if series else None, "meeting_id": meeting.id if meeting else None}
    said = {"text": "", "due_on": NOW.date(), "created_by": "U2", "created_at": NOW, "updated_at": NOW}
    action = Action(mission_id="T1", **where, **said, **facts)
    session.add(action)
    people = frozenset({facts["owner"], "U2"})
    return action, Thing(series, meeting, facts["handling"], True, False, people, answers=facts["owner_agency_id"])


def test_the_filter_in_the_database_is_the_same_policy(database: Database) -> None:
    with database.transaction() as session:
        add_agencies(session)
        things = add_everything(session)
        for reader in readers():
            decisions = set(session.scalars(select(Decision.id).where(readable_decisions(reader))))
            actions = set(session.scalars(select(Action.id).where(readable_actions(reader))))
            for row, thing in things:
                found = row.id in (decisions if isinstance(row, Decision) else actions)
                assert found == may(reader, thing), (reader, thing)


def test_seats_are_read_by_agency_and_by_role_and_only_for_active_agencies(database: Database) -> None:
    with database.transaction() as session:
        add_agencies(session, 3)
        first, second = a_series(), a_series()
        session.add_all([first, second])
        session.flush()
        replace_members_of_series(session, first, [1, 3], ["observer"])
        replace_members_of_series(session, second, [2], [])
        found = seats_held(session, "T1", [1, 3], ["observer", "funding_cell"])
        assert found == Seats(frozenset({1}), {first.id: frozenset({1})})
        assert seats_held(session, "T1", [], ["observer"]).named == {first.id: frozenset()}
        assert seats_held(session, "T1", [2], []).named == {second.id: frozenset({2})}
        assert seats_held(session, "T2", [1], ["observer"]) == Seats()
