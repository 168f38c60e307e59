"""A cabinet is set up, convened and moved by the people who keep it."""

from __future__ import annotations

import copy
import json
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar
from sqlalchemy import select

from bot.sandbox.driver import Form, Person
from storage.cabinet.items import Item, ItemState
from storage.cabinet.meetings import Meeting, MeetingState
from storage.cabinet.series import all_series
from storage.form_drafts import save_form
from storage.people import get_person
from tests.databases import copy_of
from tests.updates.deliveries import bring, delivered
from tests.world import World

SECRETARY, CHAIR, FOCAL, HEAD = "Cabinet secretary", "SRSG", "WFP focal point", "WFP head of agency"


def form_of(person: Person) -> Form:
    assert person.form is not None
    return person.form


def meetings(world: World) -> list[Meeting]:
    with world.product.database.reading() as session:
        return list(session.scalars(select(Meeting).order_by(Meeting.starts_at, Meeting.id)))


def a_series(world: World, title: str = "Weekly cabinet") -> None:
    """A weekly series on Thursdays at 10:00, as the secretary sets it up, with the product's defaults."""
    secretary = world.person(SECRETARY)
    secretary.runs("/cabinet").press("New series")
    form_of(secretary).fill("Title", title).fill("Items on every agenda", "Security situation").submit()
    form_of(secretary).choose("Chair", CHAIR).submit()
    form_of(secretary).uncheck("On", "Monday").check("On", "Thursday").submit()
    form_of(secretary).submit()
    preview = form_of(secretary)
    assert "every week, Thursday 10:00" in preview.text
    assert "Nobody can represent" not in preview.text
    assert preview.submit() is not None
    world.settle()


def test_a_series_is_set_up_and_makes_its_meetings(world: World) -> None:
    a_series(world)
    assert [one.starts_at for one in meetings(world)][:2] == [
        datetime(2035, 3, 8, 8, 0, tzinfo=UTC),
        datetime(2035, 3, 15, 8, 0, tzinfo=UTC),
    ]


def test_long_lists_of_series_and_meetings_are_turned_each_by_itself(world: World) -> None:
    a_series(world)
    secretary = world.person(SECRETARY)
    with world.database() as session:
        (series,) = all_series(session, world.mission_id)
        meeting = session.scalars(select(Meeting)).first()
        session.add_all(copy_of(series, title=f"Series {number}", state="paused") for number in range(10, 26))
        hour = timedelta(hours=1)
        session.add_all(
            copy_of(meeting, title=f"Meeting {number}", slot=None, starts_at=meeting.starts_at + number * hour)
            for number in range(10, 31)
        )
    secretary.runs("/cabinet convene")
    first = form_of(secretary)
    assert (first.text.count("Page 1 of 2"), "Series 25" in first.text, "Meeting 30" in first.text) == (2, False, False)
    turned = first.press("Next")
    assert ("Series 25" in turned.text, "Meeting 30" in turned.text) == (True, False)
    turned = turned.press("Next")
    assert (turned.text.count("Page 2 of 2"), "Series 25" in turned.text, "Meeting 30" in turned.text) == (
        2,
        True,
        True,
    )


def test_guests_and_people_of_other_organisations_are_named_before_they_are_invited(world: World) -> None:
    with world.database() as session:
        for name, guest, team in (("WFP head of agency", True, ""), ("WFP alternate", False, "T0ELSEWHERE")):
            person = get_person(session, world.mission_id, world.user_id(name))
            assert person is not None
            person.is_guest, person.home_team = guest, team or person.home_team
    secretary = world.person(SECRETARY)
    secretary.runs("/cabinet").press("New series")
    form_of(secretary).fill("Title", "Weekly cabinet").submit()
    form_of(secretary).choose("Chair", CHAIR).submit()
    form_of(secretary).submit()
    form_of(secretary).submit()
    preview = form_of(secretary).text
    assert "*Guests among them:* @WFP head of agency\n" in preview
    assert "*From other organisations:* @WFP alternate" in preview


def test_a_file_that_is_not_what_its_name_says_is_no_paper(world: World) -> None:
    a_series(world)
    head = world.person(HEAD)
    head.direct_message_from("Rapporteur", "What should it decide?").press("Propose an item")
    form = form_of(head).fill("Title", "Corridor").fill("Question to decide", "Do we?").fill("Options", "Yes\nNo")
    form.choose("Person who owns it", HEAD).fill("Paper as a link", "https://un.org@evil.example/paper")
    form.attach("Paper as a file", b"<script>alert(1)</script>", called="paper.pdf").submit()
    assert form.errors.keys() == {"Paper as a file", "Paper as a link"}
    assert "is not what its name says (pdf)" in form.errors["Paper as a file"]
    assert "This is not a link" in form.errors["Paper as a link"]


def propose(person: Person, title: str, *, owner: str, paper: bool = False, level: str = "Unclassified") -> Form | None:
    """An item with a question and two options."""
    form = form_of(person).fill("Title", title).fill("Question to decide", f"Do we do it: {title}?")
    form.fill("Options", "Yes\nNo, leave things as they are").choose("Person who owns it", owner)
    form.choose("Classification", level)
    if paper:
        form.attach("Paper as a file", b"%PDF-1.4 a paper", called="paper.pdf")
    return form.submit()


def test_call_items_agenda_channel_and_papers(world: World) -> None:
    a_series(world)
    meeting = meetings(world)[0]
    assert meeting.state == MeetingState.CONVENED
    head, secretary = world.person(HEAD), world.person(SECRETARY)
    call = head.direct_message_from("Rapporteur", "What should it decide?")
    call.press("Propose an item")
    refused = propose(head, "Corridor", owner="UNHCR focal point", paper=True)
    assert refused is not None
    assert refused.errors == {
        "Person who owns it": "This person does not answer for that agency. Choose its head, alternate or focal point."
    }
    assert refused.value("Title") == "Corridor"
    refused.choose("Person who owns it", HEAD).submit()
    assert "is proposed" in form_of(head).text
    world.person("UNHCR focal point").runs("/cabinet propose")
    propose(world.person("UNHCR focal point"), "Relocation", owner="UNHCR focal point")
    world.settle()
    assert "Corridor: proposed" in call.refresh().text
    secretary.direct_message_from("Rapporteur", "2 proposals for").press("Open the agenda")
    form_of(secretary).choose("More: Corridor", "Put it on the agenda")
    form_of(secretary).choose("More: Relocation", "Put it on the agenda")
    form_of(secretary).choose("More: Relocation", "Move up")
    world.pass_time(seconds=10)
    agenda = secretary.sees("Agenda: Weekly cabinet", in_="weekly-cabinet")
    assert agenda.text.index("Security situation") < agenda.text.index("Relocation") < agenda.text.index("Corridor")
    world.go_to(datetime(2035, 3, 6, 8, 30, tzinfo=UTC))
    agenda = agenda.refresh()
    assert [dict(reply.files) for reply in agenda.thread][-1] == {"paper.pdf": b"%PDF-1.4 a paper"}
    assert "The agenda went out" in call.refresh().text
    secretary.sees("is out: 3 items", in_="weekly-cabinet")


def test_no_decision_needed_becomes_a_written_update(world: World) -> None:
    a_series(world)
    person = world.person(FOCAL)
    person.runs("/cabinet propose")
    form = form_of(person).choose("What is it for?", "No decision is needed, it is for information")
    told = form.fill("Title", "New warehouse").submit()
    assert told is not None
    assert "`/update submit`" in told.text


def test_items_are_merged_deferred_with_a_reason_and_come_back(world: World) -> None:
    a_series(world)
    secretary = world.person(SECRETARY)
    for title in ("Corridor", "Fuel", "Airlift"):
        secretary.runs("/cabinet propose")
        form_of(secretary).choose("Agency that owns it", "WFP · World Food Programme")
        propose(secretary, title, owner=FOCAL)
        secretary.runs("/cabinet agenda")
        form_of(secretary).choose(f"More: {title}", "Put it on the agenda")
        form_of(secretary).close(everything=True)
    secretary.runs("/cabinet agenda")
    form_of(secretary).choose("More: Airlift", "Merge into another")
    form_of(secretary).choose("Merge into", "Fuel").submit()
    form_of(secretary).choose("More: Corridor", "Defer")
    assert form_of(secretary).title == "Defer item"
    form_of(secretary).fill("Reason", "Survey not ready").submit()
    world.pass_time(seconds=10)
    secretary.runs("/cabinet agenda")
    assert "Survey not ready" in form_of(secretary).text
    agenda = secretary.sees("Agenda: Weekly cabinet", in_="weekly-cabinet")
    assert "Corridor" not in agenda.text
    assert "Airlift" not in agenda.text
    with world.product.database.reading() as session:
        items = list(session.scalars(select(Item).where(Item.title == "Corridor").order_by(Item.id)))
    assert [(item.state, item.deferred_from_id) for item in items] == [
        (ItemState.DEFERRED, None),
        (ItemState.SCHEDULED, items[0].id),
    ]


def test_a_meeting_moves_is_cancelled_and_its_calendar_file_follows(world: World) -> None:
    a_series(world)
    secretary, head = world.person(SECRETARY), world.person(HEAD)
    secretary.runs("/cabinet convene")
    form_of(secretary).press("Move…")
    form = form_of(secretary).fill("Day", date(2035, 3, 10))
    refused = form.submit()
    assert refused is not None
    assert "The next working day: Mon 12 Mar 2035, 10:00" in refused.errors["Day"]
    warned = refused.fill("Day", date(2035, 3, 15)).submit()
    assert warned is not None
    assert "It meets on Thursday, 15 March 2035 already." in warned.text
    warned.fill("Day", date(2035, 3, 9)).fill("Begins at", "11:30").submit()
    world.settle()
    head.direct_message_from("Rapporteur", "has moved: it now meets Fri 9 Mar 2035, 11:30").press("Calendar file")
    world.settle()
    (name, content), *_rest = [pair for one in head.messages(in_="Rapporteur") for pair in one.files.items()]
    assert name == "weekly-cabinet-2035-03-09.ics"
    event = Calendar.from_ical(content).walk("VEVENT")[0]
    assert event["DTSTART"].dt == datetime(2035, 3, 9, 9, 30, tzinfo=UTC)
    assert event["DTSTART"].params["TZID"] == "Africa/Juba"
    assert event["SEQUENCE"] == 1
    secretary.runs("/cabinet convene")
    form_of(secretary).press("Cancel…")
    form_of(secretary).fill("Reason", "The chair is away").submit()
    world.pass_time(seconds=10)
    head.direct_message_from("Rapporteur", "is cancelled by @Cabinet secretary. The chair is away")
    assert "This meeting is cancelled." in secretary.sees("Agenda: Weekly cabinet", in_="weekly-cabinet").text


def test_only_those_who_keep_a_cabinet_convene_it(world: World) -> None:
    a_series(world)
    reply = world.person(FOCAL).runs("/cabinet convene")
    assert "Only the secretary and the chair of a cabinet, and coordinators, convene it." in reply.text
    assert "You have no meeting" in world.person("Mission reader").runs("/cabinet agenda").text


# As the first release kept a series half entered: times in hours and minutes.
FIRST_RELEASE: dict[str, object] = {
    "title": "Security cabinet",
    "place": "",
    "handling": "unclassified",
    "standing": "Security situation",
    "all_agencies": True,
    "agencies": [],
    "roles": ["srsg_office"],
    "chair": None,
    "secretary": None,
    "every": 2,
    "weekdays": [3],
    "first": "2035-03-08",
    "start": "09:30",
    "minutes": 60,
    "when_free": "skip",
    "call_days": 3,
    "papers_hours": 24,
    "record_hours": 24,
    "quorum": "half",
    "quorum_number": 0,
    "silence_hours": 48,
    "silence_working": True,
    "channel_rule": "series",
    "version": 0,
}


def keeps(world: World, data: dict[str, object]) -> None:
    """As another release may have kept what the secretary began to enter."""
    with world.database() as session:
        save_form(session, world.mission_id, world.user_id(SECRETARY), "series:0", data, world.now)


def test_a_form_begun_in_the_first_release_goes_on(world: World) -> None:
    keeps(world, FIRST_RELEASE)
    secretary = world.person(SECRETARY)
    secretary.runs("/cabinet").press("New series")
    form = form_of(secretary)
    assert "It goes on where you stopped." in form.text
    assert form.value("Title") == "Security cabinet"
    form.submit()
    form_of(secretary).choose("Chair", CHAIR).choose("Secretary", SECRETARY).submit()
    assert form_of(secretary).value("Begins at") == "09:30"
    form_of(secretary).submit()
    form_of(secretary).submit()
    assert "every 2 weeks, Thursday 09:30" in form_of(secretary).text


def test_what_cannot_be_read_is_begun_anew_and_said(world: World) -> None:
    keeps(world, {**FIRST_RELEASE, "when_free": "dance"})
    secretary = world.person(SECRETARY)
    secretary.runs("/cabinet").press("New series")
    assert "What you had entered can no longer be read. Please begin again." in form_of(secretary).text
    assert form_of(secretary).value("Title") is None


def stored(world: World) -> list[tuple[str, int]]:
    """Title and version of every series."""
    with world.product.database.reading() as session:
        return [(one.title, one.version) for one in all_series(session, world.mission_id)]


def change_title(person: Person, title: str) -> None:
    """Up to the preview of a changed series."""
    person.runs("/cabinet convene")
    form_of(person).press("Edit…")
    form_of(person).fill("Title", title).submit()
    for _step in ("who", "when", "rules"):
        form_of(person).submit()
    assert "Step 5 of 5" in form_of(person).text


def test_whoever_saves_second_sees_it_and_keeps_what_they_entered(world: World) -> None:
    a_series(world)
    mine, theirs = world.person(SECRETARY), world.person("Chief of staff")
    change_title(mine, "Mine")
    change_title(theirs, "Theirs")
    form_of(theirs).submit()
    form_of(mine).submit()
    assert "Somebody else has changed this meanwhile." in form_of(mine).text
    assert "*Mine*" in form_of(mine).text
    assert stored(world) == [("Theirs", 2)]
    form_of(mine).submit()
    assert stored(world) == [("Mine", 3)]


def test_a_series_is_saved_once_from_two_windows(world: World) -> None:
    a_series(world)
    payload = copy.deepcopy(delivered(world, "view_submission"))
    payload["view"] |= {"id": "VSECOND", "hash": "second"}
    assert json.loads(payload["view"]["private_metadata"])["step"] == "preview"
    assert "This was saved already" in str(bring(world, payload))
    assert stored(world) == [("Weekly cabinet", 1)]
