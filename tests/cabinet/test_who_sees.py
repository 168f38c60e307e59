"""What a closed meeting decides stays with those who sit in it, whoever asks, and by whichever way."""

from __future__ import annotations

import json
from datetime import date

import pytest

from storage.agencies import AgencyPerson, find_agency
from storage.audit import AuditEntry
from storage.cabinet.actions import Action
from storage.cabinet.attendance import Attendance
from storage.cabinet.decisions import Decision
from storage.cabinet.meetings import Meeting
from storage.cabinet.minutes import Minutes
from storage.cabinet.series import Series
from storage.people import Role, set_holders
from tests.cabinet.meetings import SECRETARY, a_closed_meeting, a_meeting, forged, of_these, outcome, rows, the_action
from tests.cabinet.test_record import begin, docx_text, files_for, fill_decision, pdf_text
from tests.world import World

SEATED, HEAD, STRANGER, READER, GUEST = (
    "WFP focal point",
    "WFP head of agency",
    "IOM focal point",
    "Mission reader",
    "Visiting guest",
)
TITLE, ITEM, SECRET = "Crisis group", "Abduction", "Talks go through the elder of the village."
IOM = "IOM · International Organization for Migration"
WFP = "WFP · World Food Programme"
UNKNOWN = 99_999
SECRET_LEVEL, PLAIN = "confidential", "unclassified"


def everything(world: World, name: str) -> str:
    """All that a person can read anywhere in Slack, in forms and in files."""
    person = world.person(name)
    read = [docx_text(one) if file.endswith("docx") else "" for file, one in files_for(world, name).items()]
    read += [pdf_text(one) for file, one in files_for(world, name).items() if file.endswith("pdf")]
    read += [one.decode("utf-8-sig") for file, one in files_for(world, name).items() if file.endswith("csv")]
    return person.story() + json.dumps(person.views()) + "\n".join(read)


def decide(world: World, *, owner: str = HEAD, level: str = SECRET_LEVEL) -> None:
    """A closed meeting is in session and has decided."""
    a_closed_meeting(world, ITEM, level=level)
    secretary = world.person(SECRETARY)
    secretary.runs("/cabinet run", in_="#cabinet-office")
    form = secretary.form
    assert form is not None
    form.press("Begin the meeting")
    world.settle()
    fill_decision(outcome(world, ITEM, "Decide…", in_="#cabinet-office"), text=SECRET, owner=owner).submit()
    world.settle()


def end_and_circulate(world: World, *, issue: bool = False) -> None:
    secretary = world.person(SECRETARY)
    secretary.runs("/cabinet run", in_="#cabinet-office")
    form = secretary.form
    assert form is not None
    form.press("End the meeting")
    world.settle()
    secretary.form.close(everything=True)
    secretary.direct_message_from("Rapporteur", "Minutes of").press("Open").press("Circulate for comment")
    world.settle()
    if issue:
        secretary.form.press("Issue")
        world.settle()


def test_attendance_opens_no_meeting_to_an_agency_that_does_not_sit_in_it(world: World) -> None:
    before = world.person(STRANGER).runs("/cabinet attend", in_="#general").text
    decide(world)
    meeting = rows(world, Meeting)[-1]
    assert world.person(STRANGER).runs("/cabinet attend", in_="#general").text == before
    assert world.person(STRANGER).form is None
    for verb in ("cabinet:attend", "cabinet:present", "cabinet:attendance"):
        assert forged(world, STRANGER, verb, meeting.id) == forged(world, STRANGER, verb, UNKNOWN)
    assert rows(world, Attendance) == []


def test_who_is_written_down_as_represented_without_a_seat_gets_no_annex(world: World) -> None:
    """The secretary enters an agency that is no member, and a member agency names somebody from outside."""
    of_these(world, a_meeting(world, ITEM, handling="confidential"), "WFP", "UNHCR")
    begin(world)
    secretary = world.person(SECRETARY)
    secretary.form.close(everything=True)
    secretary.runs("/cabinet attend", in_="#cabinet")
    secretary.form.choose("Represented", WFP, IOM).submit()
    world.person("UNHCR focal point").runs("/cabinet attend", in_="#cabinet")
    world.person("UNHCR focal point").form.choose("Represented by", "WHO focal point").submit()
    fill_decision(outcome(world, ITEM, "Decide…"), text=SECRET).submit()
    secretary.form.press("End the meeting")
    world.settle()
    secretary.form.close(everything=True)
    secretary.direct_message_from("Rapporteur", "Minutes of").press("Open").press("Circulate for comment")
    world.settle()
    annexes = {name: [file for file in files_for(world, name) if "annex" in file] for name in (STRANGER, SEATED)}
    assert annexes[STRANGER] == []
    assert annexes[SEATED], "WFP sits in it and is represented"
    assert [file for file in files_for(world, "WHO focal point") if "annex" in file] == []


def test_no_form_is_opened_for_a_list_that_one_cannot_change_any_more(world: World) -> None:
    a_meeting(world, ITEM)
    begin(world)
    member = world.person("UNHCR focal point")
    member.runs("/cabinet attend", in_="#cabinet")
    member.form.close()
    world.person(SECRETARY).form.press("End the meeting")
    world.settle()
    said = member.runs("/cabinet attend", in_="#cabinet").text
    assert "The meeting has ended. Ask its secretary to correct the list." in said
    assert member.form is None


def test_a_guest_with_a_role_in_a_member_agency_does_not_learn_the_title(world: World) -> None:
    guest = world.user_id(GUEST)
    world.person(SECRETARY).invites(GUEST, to="#general")
    with world.database() as session:
        wfp = find_agency(session, world.mission_id, "WFP")
        assert wfp is not None
        wfp.people.append(AgencyPerson(mission_id=world.mission_id, user_id=guest, role=Role.FOCAL_POINT, rank=9))
    decide(world)
    meeting = rows(world, Meeting)[-1]
    for words in ("", " attend", " run", " agenda", " minutes", " log", " actions all", " propose", " convene"):
        world.person(GUEST).runs(f"/cabinet{words}", in_="#general")
    for verb in ("cabinet:attend", "cabinet:present", "cabinet:agenda", "cabinet:calendar", "cabinet:run"):
        assert TITLE not in forged(world, GUEST, verb, meeting.id)
    world.settle()
    read = everything(world, GUEST)
    assert TITLE not in read
    assert SECRET not in read


@pytest.mark.parametrize(
    ("name", "level"), [(STRANGER, SECRET_LEVEL), ("UNICEF head of agency", PLAIN), (READER, PLAIN)]
)
def test_the_record_of_a_closed_meeting_is_for_its_seats(world: World, name: str, level: str) -> None:
    decide(world, level=level)
    end_and_circulate(world, issue=True)
    person = world.person(name)
    for words in (" log", f" log {ITEM}", " actions all", " actions WFP", " minutes", "", " agenda", " run", " decide"):
        person.runs(f"/cabinet{words}", in_="#general")
        shown = json.dumps(person.views())
        assert SECRET not in shown, words
        assert TITLE not in shown, words
    person.runs("/cabinet log", in_="#general")
    assert "0 decisions" in person.form.text or "No decision" in person.form.text
    person.form.press("Send all as files")
    world.settle()
    assert files_for(world, name)
    read = everything(world, name)
    assert [one for one in (SECRET, TITLE, ITEM) if one in read] == []


def test_what_is_not_there_and_what_is_not_for_one_get_the_same_answer(world: World) -> None:
    decide(world)
    end_and_circulate(world)
    meeting, decision, action, minutes = (rows(world, kind)[-1].id for kind in (Meeting, Decision, Action, Minutes))
    asked = {
        "cabinet:agenda": meeting, "cabinet:run": meeting, "cabinet:begin": meeting, "cabinet:end": meeting,
        "cabinet:calendar": meeting, "cabinet:attendance": meeting, "cabinet:propose": meeting,
        "cabinet:convene-now": meeting,
        "cabinet:decision": decision, "cabinet:action-for": decision, "cabinet:reserve": decision,
        "cabinet:action": action, "cabinet:start": action, "cabinet:finish": action, "cabinet:verify": action,
        "cabinet:hand-over": action, "cabinet:cancel": action, "cabinet:return": action,
        "cabinet:minutes": minutes, "cabinet:comment": minutes, "cabinet:corrigendum": minutes,
        "cabinet:circulate": minutes, "cabinet:issue": minutes,
    }  # fmt: skip
    for name in (STRANGER, READER, GUEST):
        for verb, identity in asked.items():
            assert forged(world, name, verb, identity) == forged(world, name, verb, UNKNOWN), (name, verb)
        assert forged(world, name, "cabinet:export", f"minutes:{minutes}") == forged(
            world, name, "cabinet:export", f"minutes:{UNKNOWN}"
        )
    assert TITLE in forged(world, SEATED, "cabinet:minutes", minutes)
    assert SECRET in forged(world, SEATED, "cabinet:decision", decision)


def test_who_was_refused_and_who_opened_it_is_on_record(world: World) -> None:
    decide(world)
    decision = rows(world, Decision)[-1].id
    forged(world, STRANGER, "cabinet:decision", decision)
    forged(world, STRANGER, "cabinet:decision", UNKNOWN)
    world.person(SEATED).runs("/cabinet log", in_="#general")
    acts = [(act.actor, act.verb, act.subject_kind, act.subject_id) for act in rows(world, AuditEntry)]
    about = ("decision", str(decision))
    assert (world.user_id(STRANGER), "refused", *about) in acts
    assert (world.user_id(SEATED), "read", *about) in acts
    assert str(UNKNOWN) not in json.dumps(acts)


def test_an_admin_is_not_cleared_by_being_admin(world: World) -> None:
    decide(world)
    with world.database() as session:
        set_holders(session, world.mission_id, Role.ADMIN, [world.user_id(READER)], "test", world.now)
    world.person(READER).runs("/cabinet convene", in_="#general")
    world.person(READER).runs("/cabinet log", in_="#general")
    assert TITLE not in everything(world, READER)
    assert SECRET not in everything(world, READER)


def test_a_reader_reads_the_minutes_of_an_open_series_once_they_are_issued_and_never_comments(world: World) -> None:
    a_meeting(world, "Road access")
    begin(world)
    fill_decision(outcome(world, "Road access", "Decide…")).submit()
    secretary = world.person(SECRETARY)
    secretary.form.press("End the meeting")
    world.settle()
    minutes = rows(world, Minutes)[-1].id
    refused = forged(world, READER, "cabinet:minutes", UNKNOWN)
    assert forged(world, "WFP focal point", "cabinet:minutes", minutes) == refused, "a draft is its officers' alone"
    secretary.form.close(everything=True)
    review = secretary.direct_message_from("Rapporteur", "Minutes of").press("Open")
    review.press("Circulate for comment")
    world.settle()
    assert "Comment…" in forged(world, "WFP focal point", "cabinet:minutes", minutes)
    for verb, value in (("minutes", minutes), ("comment", minutes), ("export", f"minutes:{minutes}")):
        assert forged(world, READER, f"cabinet:{verb}", value) == refused
    secretary.form.press("Issue")
    world.settle()
    shown = forged(world, READER, "cabinet:minutes", minutes)
    assert "Road access" in shown
    assert "Comment…" not in shown
    world.person(READER).runs("/cabinet minutes", in_="#general")
    world.person(READER).form.press("Send me the files")
    world.settle()
    assert any(name.startswith("minutes") for name in files_for(world, READER))


def test_the_owner_of_an_action_of_a_closed_meeting_carries_it_on_without_a_seat(world: World) -> None:
    decide(world, owner="UNICEF head of agency")
    owner = world.person("UNICEF head of agency")
    owner.runs("/cabinet actions", in_="#general")
    assert SECRET in owner.form.text
    owner.form.press("Open").press("Done…").fill("Evidence", "He was reached").submit()
    world.settle()
    assert the_action(world).evidence == "He was reached"
    assert SECRET in forged(world, "UNICEF head of agency", "cabinet:decision", rows(world, Decision)[-1].id)
    assert SECRET not in forged(world, "UNICEF focal point", "cabinet:action", the_action(world).id)


def weekly(world: World) -> None:
    """The next Monday comes."""
    world.pass_time(days=7)


@pytest.mark.parametrize("level", [SECRET_LEVEL, PLAIN])
def test_the_weekly_digest_of_a_closed_series_goes_to_its_secretary(world: World, level: str) -> None:
    decide(world, level=level)
    a_meeting(world, "Road access")
    secretary = world.person(SECRETARY)
    secretary.runs("/cabinet action Ask for fuel", in_="#cabinet")
    secretary.form.choose("Accountable person", HEAD).fill("Due on", date(2035, 3, 30)).submit()
    weekly(world)
    in_cabinet = secretary.sees("What is open from the cabinet", in_="#cabinet").text
    assert "Ask for fuel" in in_cabinet
    assert SECRET[:40] not in in_cabinet
    assert SECRET[:40] in secretary.direct_message_from("Rapporteur", f"What is open from {TITLE}").text
    assert SECRET[:40] not in everything(world, STRANGER)


def test_the_weekly_digest_of_a_closed_series_goes_to_its_own_channel_if_it_has_one(world: World) -> None:
    decide(world)
    with world.database() as session:
        series = session.get_one(Series, rows(world, Meeting)[-1].series_id)
        series.channel_id = world.channel_id("cabinet-office")
    weekly(world)
    secretary = world.person(SECRETARY)
    assert SECRET[:40] in secretary.sees(f"What is open from {TITLE}", in_="#cabinet-office").text
    assert "What is open from" not in "".join(one.text for one in secretary.messages(in_="Rapporteur"))


def test_a_reader_writes_into_no_meeting_and_no_minutes(world: World) -> None:
    a_meeting(world, "Road access")
    begin(world)
    reader = world.person(READER)
    reader.runs("/cabinet action Words of a reader", in_="#general")
    form = reader.form
    assert "It stands by itself" in form.text
    form.choose("Accountable person", READER).fill("Due on", date(2035, 3, 30)).submit()
    world.settle()
    action = the_action(world)
    assert (action.text, action.meeting_id, action.series_id) == ("Words of a reader", None, None)
    world.person(SECRETARY).sees_no("Words of a reader", in_="#cabinet")
    world.person(SECRETARY).runs("/cabinet run", in_="#cabinet")
    world.person(SECRETARY).form.press("End the meeting")
    world.settle()
    world.person(SECRETARY).form.close(everything=True)
    review = world.person(SECRETARY).direct_message_from("Rapporteur", "Minutes of").press("Open")
    review.press("Circulate for comment")
    weekly(world)
    world.person(SECRETARY).sees_no("Words of a reader", in_="#cabinet")


def test_who_lost_the_seat_while_the_form_was_open_is_told_that_the_action_stands_by_itself(world: World) -> None:
    meeting = a_closed_meeting(world, ITEM)
    head = world.person(HEAD)
    with world.database() as session:
        session.get_one(Meeting, meeting).state = "in_session"
    head.runs("/cabinet action Hire trucks", in_="#general")
    assert "It stands by itself" not in head.form.text
    of_these(world, meeting)
    head.form.choose("Accountable person", HEAD).fill("Due on", date(2035, 3, 30)).submit()
    world.settle()
    assert the_action(world).meeting_id is None
    assert "It stands by itself" in head.direct_message_from("Rapporteur", "It stands by itself").text


def test_to_whom_an_action_may_be_given_is_one_rule_for_making_it_and_for_handing_it_over(world: World) -> None:
    a_meeting(world, "Road access")
    begin(world)
    focal = world.person(SEATED)
    focal.runs("/cabinet action Ask for fuel", in_="#general")
    form = focal.form.choose("Accountable person", "SRSG").fill("Due on", date(2035, 3, 30))
    form.submit()
    assert "within your agency" in form.errors["Accountable person"]
    form.choose("Accountable person", SEATED).submit()
    world.settle()
    focal.runs("/cabinet actions", in_="#general")
    handing = focal.form.press("Open").press("Hand over…")
    handing.choose("New accountable person", "SRSG").fill("Reason", "It is above me").submit()
    assert "within your agency" in json.dumps(handing.errors)
    assert the_action(world).owner == world.user_id(SEATED)
    handing.choose("New accountable person", HEAD).submit()
    world.settle()
    assert the_action(world).owner == world.user_id(HEAD)
    secretary = world.person(SECRETARY)
    secretary.runs("/cabinet actions all", in_="#cabinet")
    handing = secretary.form.press("Open").press("Hand over…")
    handing.choose("New accountable person", "SRSG").fill("Reason", "The SRSG asked for it").submit()
    world.settle()
    assert the_action(world).owner == world.user_id("SRSG")
