"""Who is inside, as storage knows it: by the head's word, and as long as nothing bars them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.delivery.alarms import alarm
from commands.kit.access import Kind, find
from commands.kit.cards import Card
from commands.kit.channels.exposure import exposure_card, keepers_of, tell_exposure
from commands.kit.channels.upkeep import write_canvas
from commands.kit.compartments.delegates import check_has_head, name_delegate, take_off_delegate
from commands.kit.compartments.people import heads_of, people_inside
from commands.kit.entry.drafts import load_draft, save_draft
from commands.kit.files import File, send_files
from commands.kit.handling import Handling, Verdict, may_go
from commands.kit.permission import sees, who_is
from commands.kit.places import place_of, why_not
from commands.kit.post import show, show_drawn
from commands.kit.promises import withdraw
from commands.kit.refused import NotAllowed, Refused
from commands.kit.work import Request, Work
from storage.agencies import Agency, AgencyPerson, Sphere
from storage.audit import Search, count_acts, find_acts
from storage.channel_setups import ChannelSetup
from storage.channels import channel_of_side, get_channel, give_channel_to_side, replace_members
from storage.channels.ids import renumber_channel
from storage.compartments import Compartment, Delegate, add_delegate, delegates_of, drop_delegate
from storage.database import Database
from storage.missions import get_mission
from storage.outbox import OutboxRow, State, claim
from storage.outbox.report import report_outbox
from storage.outbox.standing import standing_texts
from storage.people import Person, Role, get_person, set_holders
from storage.subjects import Key, Subject

NOW = datetime(2035, 3, 5, 9, tzinfo=UTC)
HUM, HRT, MISSION = Compartment.HUM, Compartment.HRT, Compartment.MISSION
SIDE_ROOM, OTHER_ROOM = "CHUM", "COTHER"
# HEAD coordinates humanitarians, OCHA works for an agency, FORCE wears a uniform, CHIEF administers and coordinates.
HEAD, OCHA, FORCE, CHIEF, GUEST, UNSAID = "UHEAD", "UOCHA", "UFORCE", "UCHIEF", "UGUEST", "UUNSAID"
EVERYBODY = (HEAD, OCHA, FORCE, CHIEF, GUEST, UNSAID)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A mission with the six, three agencies, and two private channels that everybody but FORCE and GUEST is not in."""
    with database.transaction() as session:
        mission = get_mission(session, "T1")
        mission.set_up_at, mission.bot_user_id = NOW, "UBOT"
        for user in (*EVERYBODY, "UBOT"):
            person = Person(mission_id="T1", user_id=user, name=user, home_team="T1", seen_at=NOW)
            person.is_guest = user == GUEST
            session.add(person)
        for role, users in (
            (Role.HUMANITARIAN_COORDINATOR, [HEAD]),
            (Role.ADMIN, [CHIEF]),
            (Role.COORDINATOR, [CHIEF]),
        ):
            set_holders(session, "T1", role, users, "U0", NOW)
        for code, sphere, user in (
            ("OCHA", Sphere.HUMANITARIAN, OCHA),
            ("FORCE", Sphere.UNIFORMED, FORCE),
            ("X", "", UNSAID),
        ):
            session.add(an_agency(code, sphere, user))
        for channel in (SIDE_ROOM, OTHER_ROOM):
            row = get_channel(session, "T1", channel)
            row.is_private, row.bot_is_member, row.read_at = True, True, NOW
            replace_members(session, "T1", channel, [HEAD, OCHA, "UBOT"])
        give_channel_to_side(session, "T1", HUM, SIDE_ROOM)
        session.flush()
        yield session


def an_agency(code: str, sphere: str, user: str) -> Agency:
    person = AgencyPerson(mission_id="T1", user_id=user, role=Role.FOCAL_POINT, granted_by="U0", granted_at=NOW)
    times = {"created_at": NOW, "updated_at": NOW}
    return Agency(mission_id="T1", code=code, code_key=code.lower(), name=code, sphere=sphere, people=[person], **times)


def by(session: Session, user: str) -> Request:
    person = get_person(session, "T1", user)
    assert person is not None
    mission = get_mission(session, "T1")
    return Request(session, mission, NOW, who=who_is(session, "T1", person), actor=user)


def goes(session: Session, channel: str, level: Handling = Handling.UNCLASSIFIED, side: Compartment = HUM) -> bool:
    return may_go(level, place_of(session, get_mission(session, "T1"), channel), side) is Verdict.ALLOWED


def test_the_head_names_and_takes_off_and_nobody_else(session: Session) -> None:
    assert not goes(session, f"dm:{OCHA}")
    assert not goes(session, SIDE_ROOM), "somebody there is not inside yet"
    name_delegate(by(session, HEAD), HUM, OCHA)
    name_delegate(by(session, HEAD), HUM, OCHA)
    assert [one.user_id for one in delegates_of(session, "T1", HUM)] == [OCHA]
    assert (heads_of(session, "T1", HUM), people_inside(session, "T1", HUM)) == ([HEAD], [HEAD, OCHA])
    assert goes(session, f"dm:{OCHA}", Handling.CONFIDENTIAL)
    assert goes(session, SIDE_ROOM)
    assert not goes(session, OTHER_ROOM), "only the side's own channel"
    for user in (OCHA, CHIEF, FORCE):
        with pytest.raises(Refused, match="Only whoever leads this side"):
            name_delegate(by(session, user), HUM, CHIEF)
        with pytest.raises(Refused, match="Only whoever leads this side"):
            take_off_delegate(by(session, user), HUM, OCHA)
    take_off_delegate(by(session, HEAD), HUM, OCHA)
    take_off_delegate(by(session, HEAD), HUM, OCHA)
    assert not goes(session, f"dm:{OCHA}")
    said = [row.arguments["text"] for row in session.scalars(select(OutboxRow).order_by(OutboxRow.id))]
    assert [("has named" in text, "off this side" in text) for text in said] == [(True, False), (False, True)]
    assert {row.compartment for row in session.scalars(select(OutboxRow))} == {HUM}


@pytest.mark.parametrize(
    ("user", "words"),
    [
        (FORCE, "uniformed or political"),
        (GUEST, "no full member"),
        (UNSAID, "Nobody has said yet"),
        ("UNOBODY", "no full"),
    ],
)
def test_who_cannot_be_named_is_refused_with_the_reason(session: Session, user: str, words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        name_delegate(by(session, HEAD), HUM, user, field="who")
    assert set(refused.value.fields) == {"who"}
    assert delegates_of(session, "T1", HUM) == []


def test_a_role_among_soldiers_ends_it_at_once_for_head_and_delegate(session: Session) -> None:
    name_delegate(by(session, HEAD), HUM, OCHA)
    for user in (HEAD, OCHA):
        session.add(an_agency(f"S{user}", Sphere.POLITICAL, user))
    session.flush()
    assert people_inside(session, "T1", HUM) == []
    assert not goes(session, SIDE_ROOM)
    with pytest.raises(Refused, match="nothing can be entered"):
        check_has_head(by(session, CHIEF), HUM)


def test_a_head_who_made_themselves_head_leads_nothing_until_somebody_agrees(session: Session) -> None:
    check_has_head(by(session, CHIEF), HUM)
    set_holders(session, "T1", Role.HUMAN_RIGHTS_ADVISER, [CHIEF], CHIEF, NOW)
    assert heads_of(session, "T1", HRT) == []
    with pytest.raises(Refused, match="human-rights adviser"):
        check_has_head(by(session, CHIEF), HRT)


def test_delegates_are_kept_once_for_each_side_and_mission(session: Session) -> None:
    assert add_delegate(session, "T1", HUM, OCHA, by=HEAD, now=NOW)
    assert not add_delegate(session, "T1", HUM, OCHA, by=HEAD, now=NOW)
    assert add_delegate(session, "T1", HRT, OCHA, by=HEAD, now=NOW)
    assert drop_delegate(session, "T1", HUM, OCHA)
    assert not drop_delegate(session, "T1", HUM, OCHA)
    assert by(session, OCHA).who.inside == {HRT}


def test_a_side_has_one_channel_and_it_follows_a_new_id(session: Session) -> None:
    give_channel_to_side(session, "T1", HUM, OTHER_ROOM)
    assert channel_of_side(session, "T1", HUM) == OTHER_ROOM
    assert get_channel(session, "T1", SIDE_ROOM).compartment == MISSION
    assert renumber_channel(session, "T1", OTHER_ROOM, "CNEW")
    assert channel_of_side(session, "T1", HUM) == "CNEW"
    assert channel_of_side(session, "T1", HRT) is None


def test_only_the_side_reads_on_record_what_happened_there(session: Session) -> None:
    name_delegate(by(session, HEAD), HUM, OCHA)
    for inside, seen in ((frozenset({HUM}), 1), (frozenset({HRT}), 0), (frozenset(), 0)):
        search = Search(inside=inside)
        assert (count_acts(session, "T1", search), len(find_acts(session, "T1", search, limit=9))) == (seen, seen)


@dataclass
class Held:
    """A thing on a side, and a form about it."""

    id: int = 7
    compartment: Compartment = HUM
    version: int = 0
    notes: dict[str, str] = field(default_factory=dict)


def of_side(side: Compartment) -> Kind[Held]:
    return Kind(
        name="held",
        load=lambda _session, _mission, number: Held(compartment=side) if number == 7 else None,
        allows=lambda _work, _who, _held, act: act == "read",
        level=lambda _work, _held: Handling.UNCLASSIFIED,
        unknown=lambda _request: "There is nothing here that you may see.",
        who_may=lambda _request, _held, _act: "Only the head.",
        side=lambda held: held.compartment,
    )


def test_what_lies_on_a_side_is_for_others_as_if_it_were_not_there(session: Session) -> None:
    answers = []
    for value in ("7", "8"):
        with pytest.raises(Refused) as no:
            find(by(session, CHIEF), of_side(HUM), value)
        answers.append((type(no.value), no.value.text))
    assert answers[0] == answers[1] == (Refused, "There is nothing here that you may see.")
    reader = by(session, HEAD)
    assert find(reader, of_side(HUM), "7").id == 7
    assert reader.shows_a_side
    assert [tuple(one) for one in reader.read] == [("held", 7, HUM)]
    with pytest.raises(NotAllowed) as more:
        find(reader, of_side(HUM), "7", "write")
    assert more.value.about.compartment == HUM


def test_a_form_of_a_side_leaves_no_draft(session: Session) -> None:
    writer = by(session, HEAD)
    save_draft(writer, "held", Held())
    assert load_draft(writer, "held", Held) is None
    save_draft(writer, "held", Held(compartment=MISSION))
    assert load_draft(writer, "held", Held) is not None


def test_every_way_of_sending_keeps_the_mark(session: Session) -> None:
    work = Work(session, get_mission(session, "T1"), NOW)
    blocks = ({"type": "section", "text": {"type": "mrkdwn", "text": "raid"}},)
    subject = Subject.of("held", 7)
    show(work, SIDE_ROOM, subject, Card("raid", blocks))
    show(work, SIDE_ROOM, subject, Card("raid", blocks, compartment=HUM))
    withdraw(work, SIDE_ROOM, subject, {}, {})
    show_drawn(work, SIDE_ROOM, Subject.of("held", 8), "room:drawing", Handling.UNCLASSIFIED, HUM)
    file = File("held.csv", b"raid", "All", compartment=HUM)
    send_files(work, HEAD, [file], key=Key.of("export", 1))
    session.flush()
    rows = list(session.scalars(select(OutboxRow)))
    assert len(rows) == 3
    assert {row.compartment for row in rows} == {HUM}
    claimed = claim(session, "worker", NOW, 9)
    assert {row.compartment for row in claimed} == {HUM}


def failed(session: Session, side: Compartment) -> Any:
    row = OutboxRow(
        mission_id="T1",
        key=f"k{side}",
        method="chat.postMessage",
        arguments={"channel": SIDE_ROOM},
        lane=SIDE_ROOM,
        handling="unclassified",
        compartment=side,
        state=State.FAILED,
        error="is_archived",
        created_at=NOW,
        not_before=NOW,
        settled_at=NOW,
    )
    session.add(row)
    session.flush()
    return row


def test_what_fails_on_a_side_is_told_to_that_side_alone(session: Session) -> None:
    work = Work(session, get_mission(session, "T1"), NOW)
    alarm(work, failed(session, HUM), "is_archived")
    alarm(work, failed(session, MISSION), "is_archived")
    told = {row.lane: row.arguments for row in session.scalars(select(OutboxRow).where(OutboxRow.lane.like("dm:%")))}
    assert set(told) == {f"dm:{HEAD}", f"dm:{CHIEF}"}
    assert "mission:retry" in str(told[f"dm:{CHIEF}"])
    assert "mission:retry" not in str(told[f"dm:{HEAD}"])
    report = report_outbox(session, "T1", NOW)
    assert (report.failed, len(report.failures)) == (1, 1)


def test_who_comes_into_a_sides_channel_is_told_to_the_side(session: Session) -> None:
    add_delegate(session, "T1", HUM, OCHA, by=HEAD, now=NOW)
    replace_members(session, "T1", SIDE_ROOM, [HEAD, OCHA, CHIEF, "UBOT"])
    get_channel(session, "T1", SIDE_ROOM).confidential_at = NOW
    work = Work(session, get_mission(session, "T1"), NOW)
    assert keepers_of(work, SIDE_ROOM) == [HEAD, OCHA]
    tell_exposure(work, SIDE_ROOM)
    told = [row for row in session.scalars(select(OutboxRow)) if "not named to this side" in str(row.arguments)]
    assert sorted(row.lane for row in told) == [f"dm:{HEAD}", f"dm:{OCHA}"]
    assert count_acts(session, "T1", Search()) == 0
    assert "Confidential texts of mine" in exposure_card(OTHER_ROOM, {}).text


def test_texts_of_a_side_are_known_as_standing_there(session: Session) -> None:
    row = failed(session, HUM)
    row.state, row.outcome = State.SENT, {"ts": "1.0"}
    other = failed(session, MISSION)
    other.state, other.outcome = State.SENT, {"ts": "2.0"}
    session.flush()
    assert [one.name for one in standing_texts(session, "T1", SIDE_ROOM)] == ["1.0"]


def truly_inside(session: Session, user: str, side: Compartment) -> bool:
    """Read from the tables one by one, and not as the product reads them."""
    person = get_person(session, "T1", user)
    if person is None or person.is_guest or person.is_gone:
        return False
    for agency in session.scalars(select(Agency)):
        if any(one.user_id == user for one in agency.people) and agency.sphere in {"uniformed", "political"}:
            return False
    named = session.get(Delegate, ("T1", side, user)) is not None
    return named or (side is HUM and user == HEAD)


@pytest.mark.parametrize("seed", range(2))
def test_whatever_changes_a_text_of_a_side_goes_to_people_inside_alone(session: Session, seed: int) -> None:
    chance, mission = Random(seed), get_mission(session, "T1")
    went = 0
    for _step in range(120):
        user, side = chance.choice(EVERYBODY), chance.choice([HUM, HRT])
        act = chance.randrange(5)
        if act == 0:
            add_delegate(session, "T1", side, user, by=HEAD, now=NOW)
        elif act == 1:
            drop_delegate(session, "T1", side, user)
        elif act == 2:
            agency = chance.choice(list(session.scalars(select(Agency).order_by(Agency.id))))
            agency.sphere = chance.choice(["", *(one.value for one in Sphere)])
        elif act == 3:
            person = get_person(session, "T1", user)
            assert person is not None
            person.is_gone = not person.is_gone
        else:
            replace_members(session, "T1", SIDE_ROOM, [*chance.sample(EVERYBODY, 2), "UBOT"])
        session.flush()
        level = chance.choice([Handling.UNCLASSIFIED, Handling.CONFIDENTIAL])
        channel = chance.choice([SIDE_ROOM, OTHER_ROOM, f"dm:{user}"])
        place = place_of(session, mission, channel)
        if may_go(level, place, side) is Verdict.ALLOWED:
            went += 1
            readers = [one.user_id for one in place.members or () if one.user_id != "UBOT"]
            assert all(truly_inside(session, one, side) for one in readers)
            assert channel != OTHER_ROOM
            assert all(sees(by(session, one).who, level, side) for one in readers)
        if channel == OTHER_ROOM:
            assert why_not(by(session, CHIEF), level, channel, side) is not None
    assert went > 3


def test_what_furnishes_a_sides_channel_is_of_that_side(session: Session) -> None:
    work = Work(session, get_mission(session, "T1"), NOW)
    for number, channel in enumerate([SIDE_ROOM, OTHER_ROOM]):
        setup = ChannelSetup(
            mission_id="T1",
            subject=f"test:{number}",
            room="test",
            name="x",
            marker=f"m{number}",
            channel_id=channel,
            canvas_id=f"F{number}",
            asked_by=HEAD,
            created_at=NOW,
        )
        session.add(setup)
        session.flush()
        write_canvas(work, setup, "raid", Handling.UNCLASSIFIED)
        write_canvas(work, setup, "raid at dawn", Handling.UNCLASSIFIED)
    rows = session.scalars(select(OutboxRow).order_by(OutboxRow.id))
    assert [row.compartment for row in rows] == [HUM, MISSION]
