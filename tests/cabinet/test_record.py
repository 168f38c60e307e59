"""A meeting from its beginning to what becomes of its decisions, by people, over signed HTTP."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from pypdf import PdfReader

from commands.cabinet.handlers.agenda.left_open import left_open
from commands.kit.work import Work
from storage.audit import AuditEntry
from storage.cabinet.actions import ActionState
from storage.cabinet.attendance import Attendance, Presence
from storage.cabinet.decisions import Answered, DecisionState, Search, count_decisions
from storage.cabinet.items import Item, ItemState
from storage.cabinet.meetings import Meeting, MeetingState
from storage.cabinet.minutes import Letterhead
from storage.missions import get_mission
from tests.cabinet.meetings import SECRETARY, a_meeting, an_item, answers, outcome, rows, the_action, the_decision
from tests.cabinet.test_series import a_series
from tests.databases import sqlite_url
from tests.world import World, a_world

WFP = "WFP · World Food Programme"
TEXT = "The mission opens the northern road to humanitarian convoys."


def begin(world: World) -> None:
    secretary = world.person(SECRETARY)
    secretary.runs("/cabinet run", in_="#cabinet")
    form = secretary.form
    assert form is not None
    form.press("Begin the meeting")
    world.settle()


def fill_decision(
    form: Any, *, text: str = TEXT, owner: str = "WFP head of agency", due: date = date(2035, 3, 20)
) -> Any:
    return (
        form.fill("The cabinet decides", text)
        .choose("Accountable person", owner)
        .choose("Accountable agency", WFP)
        .fill("Due on", due)
    )


def play_meeting(world: World) -> None:
    """Attendance, a decision with its silence procedure and a reservation, an item deferred, one not reached."""
    a_meeting(world, "Road access", "Budget", "Staff security")
    begin(world)
    secretary, head = world.person(SECRETARY), world.person("WFP head of agency")
    card = head.sees("Attendance", in_="#cabinet")
    card.press("My agency is here")
    assert world.person("Mission reader").runs("/cabinet attend").text.startswith("You answer for no agency.")
    unicef = world.person("UNICEF head of agency")
    unicef.runs("/cabinet attend", in_="#cabinet")
    unicef.form.choose("Takes part as", "Absent with apology").submit()
    world.settle()
    shown = card.refresh().text
    assert "1 of 5" in shown
    assert "Absent with apology (1)*\nUNICEF" in shown
    form = outcome(world, "Road access", "Decide…")
    fill_decision(form, due=date(2035, 3, 11)).submit()
    assert form.errors == {"Due on": "This is not a working day of the mission. The next one is Monday, 12 March 2035."}
    assert fill_decision(form).submit().title == "The meeting"
    world.settle()
    assert the_decision(world).state == DecisionState.SILENCE
    assert set(answers(world).items()) == {
        ("WFP", Answered.PRESENT),
        *((code, Answered.ASKED) for code in ("IOM", "UNHCR", "UNICEF", "WHO")),
    }
    assert the_action(world).owner == world.user_id("WFP head of agency")
    secretary.sees("Decision 2035/1", in_="#cabinet")


def reserve(world: World) -> None:
    adviser = world.person("Humanitarian coordinator")
    card = adviser.sees("2035/1", in_="#cabinet")
    card.press("Enter a reservation").fill("Réserve", "Convoys are not escorted.").submit()
    world.settle()
    assert "Reservation by the humanitarian coordinator" in card.refresh().text
    assert "Convoys are not escorted." in card.refresh().text


def answer(world: World) -> None:
    """One agency agrees, one objects, one asks for more time, one is silent."""
    iom = world.person("IOM focal point").direct_message_from("Rapporteur", "does IOM object?")
    iom.press("No objection")
    world.pass_time(hours=8)
    unhcr = world.person("UNHCR focal point").direct_message_from("Rapporteur", "does UNHCR object?")
    unhcr.press("More time")
    unicef = world.person("UNICEF head of agency").direct_message_from("Rapporteur", "does UNICEF object?")
    unicef.press("Object").fill("Reason of the objection", "Schools lie on the road").submit()
    world.settle()
    assert the_decision(world).state == DecisionState.BROKEN
    assert (
        "UNICEF objects to decision 2035/1" in world.person(SECRETARY).direct_message_from("Rapporteur", "objects").text
    )
    world.pass_time(hours=50)
    assert answers(world) == {
        "WFP": Answered.PRESENT,
        "IOM": Answered.AGREED,
        "UNHCR": Answered.MORE_TIME,
        "UNICEF": Answered.OBJECTED,
        "WHO": Answered.SILENT,
    }
    late = world.person("WHO focal point").direct_message_from("Rapporteur", "does WHO object?")
    assert late.buttons == []
    world.pass_time(days=3)
    assert answers(world)["UNHCR"] == Answered.SILENT
    shown = world.person(SECRETARY).sees("Decision 2035/1", in_="#cabinet").text
    assert "UNICEF objects:* Schools lie on the road." in shown or "UNICEF objects: Schools" in shown


def comes_back(world: World) -> None:
    """The objection waits for the next meeting, and the owner's action once its chase has ended."""
    series = rows(world, Meeting)[-1].series_id

    def sources() -> list[str]:
        with world.product.database.reading() as session:
            mission = get_mission(session, world.mission_id)
            return [one.title for one in left_open(Work(session, mission, world.now), series)]

    assert sources() == ["UNICEF objects to decision 2035/1"]
    world.jump_to(world.now + timedelta(days=20))
    assert sources() == ["UNICEF objects to decision 2035/1", f"Overdue: {TEXT}"]


def end(world: World) -> None:
    reason = outcome(world, "Budget", "Defer…")
    reason.fill("Reason", "Figures are not ready").submit()
    secretary = world.person(SECRETARY)
    secretary.form.press("End the meeting")
    world.settle()
    states = {item.title: item.state for item in rows(world, Item)}
    assert states["Road access"] == ItemState.DECIDED
    assert states["Budget"] == states["Staff security"] == ItemState.DEFERRED
    assert rows(world, Meeting)[-1].state == MeetingState.HELD


def test_the_meeting_in_session_is_meant_while_minutes_of_the_last_are_open(world: World) -> None:
    a_meeting(world, "Road access")
    begin(world)
    world.person(SECRETARY).form.press("End the meeting")
    world.settle()
    world.person(SECRETARY).form.close(everything=True)
    now = a_meeting(world, "Fuel")
    with world.database() as session:
        session.get_one(Meeting, now).state = MeetingState.IN_SESSION
    unicef = world.person("UNICEF head of agency")
    unicef.runs("/cabinet attend", in_="#cabinet")
    assert unicef.form.choose("Takes part as", "Absent with apology").submit() is None
    assert [one.meeting_id for one in rows(world, Attendance)] == [now]


def test_a_meeting_on_both_databases(database_url: str) -> None:
    with a_world(database_url) as world:
        world.set_up()
        play_meeting(world)
        reserve(world)
        end(world)
        answer(world)
        comes_back(world)
        assert world.workspace.refusals == []
        assert world.undelivered() == []


def test_an_action_is_chased_done_returned_and_verified(world: World) -> None:
    a_meeting(world)
    secretary, owner = world.person(SECRETARY), world.person("WFP focal point")
    secretary.runs("/cabinet action Report on fuel", in_="#cabinet")
    form = secretary.form
    assert form.value("What is to be done") == "Report on fuel"
    form.choose("Accountable person", "WFP focal point").fill("Due on", date(2035, 3, 5)).submit()
    assert "must lie ahead" in form.errors["Due on"]
    form.fill("Due on", date(2035, 3, 8)).submit()
    world.settle()
    card = secretary.sees("Report on fuel", in_="#cabinet")
    assert "WFP" in card.text
    world.go_to(world.now + timedelta(days=1, hours=1))
    reminder = owner.direct_message_from("Rapporteur", "1 action of the cabinet needs you")
    assert "due 8 Mar 2035" in reminder.text
    reminder.press("Remind me tomorrow")
    world.go_to(world.now + timedelta(days=1, hours=1))
    world.go_to(world.now + timedelta(days=1))
    reminders = [one for one in owner.messages(in_="Rapporteur") if "A reminder" in one.text]
    assert len(reminders) == 3
    assert "due today" in reminders[-1].text
    world.go_to(world.now + timedelta(days=5))
    told = world.person("WFP head of agency").direct_message_from("Rapporteur", "of your agency is overdue")
    assert "Report on fuel" in told.text
    digest = secretary.sees("What is open from the cabinet", in_="#cabinet")
    assert "Report on fuel" in digest.text
    assert "@" not in digest.text

    done = reminders[-1].press("Done…")
    assert done.submit().errors or done.notice
    done.fill("Evidence", "Sent on 14 March").submit()
    world.settle()
    question = secretary.direct_message_from("Rapporteur", "reports it done")
    question.press("Return…").fill("Reason", "The annex is missing").submit()
    world.settle()
    assert the_action(world).state == ActionState.IN_PROGRESS
    assert "The annex is missing" in owner.direct_message_from("Rapporteur", "returned this").text
    owner.runs("/cabinet actions")
    details = owner.form.press("Open")
    details.press("Done…").fill("Evidence", "Annex sent").submit()
    world.settle()
    secretary.direct_message_from("Rapporteur", "Annex sent").press("Verified")
    world.settle()
    assert the_action(world).state == ActionState.VERIFIED
    assert "verified" in card.refresh().text
    owner.runs("/cabinet actions")
    assert "You have nothing to do for the cabinet" in owner.form.text


def test_only_those_who_may_do_it(world: World) -> None:
    a_meeting(world, "Road access", "Secret", series={"quorum_rule": "half"})
    stranger = world.person("WFP focal point")
    assert "Only the chair" in stranger.runs("/cabinet run").text
    begin(world)
    secretary = world.person(SECRETARY)
    assert outcome(world, "Road access", "Decide…").text.startswith("There is no quorum: 0 of 5")
    secretary.form.close(everything=True)
    secretary.runs("/cabinet attend", in_="#cabinet")
    secretary.form.choose(
        "Represented",
        "WFP · World Food Programme",
        "UNHCR · United Nations High Commissioner for Refugees",
        "IOM · International Organization for Migration",
    ).submit()
    world.settle()
    assert {row.presence for row in rows(world, Attendance)} == {Presence.REPRESENTED}
    form = outcome(world, "Road access", "Decide…")
    fill_decision(form).submit()
    world.settle()
    card = stranger.workspace.person("WFP head of agency").sees("2035/1", in_="#cabinet")
    card.press("Enter a reservation")
    world.person("WFP head of agency").sees("Only the humanitarian coordinator", in_="#cabinet")
    assert world.person("WHO focal point").messages(in_="Rapporteur") == []
    world.pass_time(hours=8)  # it is night in New York
    asked = world.person("WHO focal point").direct_message_from("Rapporteur", "does WHO object?")
    asked.press("No objection")
    assert answers(world)["WHO"] == Answered.AGREED
    action = the_action(world)
    assert action.carries_out


def files_for(world: World, name: str) -> dict[str, bytes]:
    """Every file that came to a person from us, by name."""
    return {
        file: content
        for message in world.person(name).messages(in_="Rapporteur")
        for file, content in message.files.items()
    }


def pdf_text(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def docx_text(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_minutes_are_drafted_circulated_issued_and_corrected(world: World) -> None:
    with world.database() as session:
        get_mission(session, world.mission_id).languages = ["fr", "en"]
    meeting = a_meeting(world, "Road access", "Budget")
    with world.database() as session:
        held = session.get_one(Meeting, meeting)
        session.add(an_item(world, held, "Abduction of staff", position=3, handling="confidential"))
    secretary = world.person(SECRETARY)
    secretary.invites("Mission reader", to="#cabinet")  # who is not cleared
    world.settle()
    begin(world)
    world.person("WFP head of agency").sees("Présence", in_="#cabinet").press("Mon organisme est là")
    for title, text in (("Road access", TEXT), ("Abduction of staff", "Талон №7 негласно. السر")):
        fill_decision(outcome(world, title, "Decide…"), text=text).submit()
    secretary.form.press("End the meeting")
    world.settle()
    assert "Талон" in world.person("SRSG").direct_message_from("Rapporteur", "Талон").text
    secretary.sees_no("Талон", in_="#cabinet")

    secretary.form.close(everything=True)
    review = secretary.direct_message_from("Rapporteur", "Minutes of Weekly cabinet").press("Open")
    words = "The cabinet considered the paper <@U1> & {{ title }} {% x %}.\nTwo options were before it. " + "é" * 2500
    review = review.press("Edit").fill("What was considered", words).submit()
    review.press("Circulate for comment")
    world.settle()
    seen = world.person("IOM focal point").sees("Procès-verbal", in_="#cabinet")
    assert "{{ title }} {% x %}" in seen.text
    assert "Abduction" not in seen.text
    comment = world.person("IOM focal point").sees("Procès-verbal", in_="#cabinet").press("Commenter…")
    comment.fill("Comment", "The road is called N1").submit()
    world.settle()
    secretary.direct_message_from("Rapporteur", "The road is called N1").press("Open the minutes").press("Issue")
    world.settle()
    form = secretary.form
    form.press("Corrigendum…").fill("Corrigendum", "For “northern” read “N1”.").submit()
    world.settle()
    assert "For “northern” read “N1”." in world.person("IOM focal point").sees("N1", in_="#cabinet").text
    assert "corrected by a corrigendum" in outcome(world, "Road access", "Decide…").text

    world.person("WFP head of agency").sees("Procès-verbal", in_="#cabinet").press("M’envoyer les fichiers")
    world.settle()
    made = files_for(world, "WFP head of agency")
    assert sorted(name.rpartition(".")[2] for name in made if name.startswith("minutes")) == ["docx", "pdf"]
    for name, content in made.items():
        text = pdf_text(content) if name.endswith("pdf") else docx_text(content)
        if name.startswith("minutes"):
            assert "Un point à huis clos" in text
            assert "N1" in text
            assert "Талон" not in text
            assert "Abduction" not in text
    annex = {name: content for name, content in files_for(world, SECRETARY).items() if name.startswith("annex")}
    assert len(annex) >= 2
    assert all("Талон" in (pdf_text(one) if name.endswith("pdf") else docx_text(one)) for name, one in annex.items())
    assert files_for(world, "IOM focal point") == {}


def test_messages_become_actions_and_decisions_and_the_log_finds_them(world: World) -> None:
    a_meeting(world, "Road access")
    begin(world)
    secretary, reader = world.person(SECRETARY), world.person("Mission reader")
    said = world.person("SRSG").says("Open the road for convoys 100%_sure", in_="#cabinet")
    there = next(one for one in secretary.messages(in_="#cabinet") if one.ts == said.ts)
    form = there.shortcut("cabinet:to-decision")
    form = form.choose("Item of the agenda", "Road access").submit()
    assert form.value("The cabinet decides") == "Open the road for convoys 100%_sure"
    fill_decision(form, text=form.value("The cabinet decides")).submit()
    world.settle()
    assert the_decision(world).source_link.startswith("https://slack.com/archives/")
    form = there.shortcut("cabinet:to-action")
    form.choose("Accountable person", "Cabinet secretary").submit()
    world.settle()
    assert the_action(world).text == "Open the road for convoys 100%_sure"
    reader.runs("/cabinet log 100%_SURE road")
    assert "1 decision" in reader.form.text
    details = reader.form.press("Details")
    assert "recorded it" in details.text
    details.close()
    form = reader.form.fill("Words", "nothing like this").submit()
    assert "No decision fits" in form.text
    form = form.fill("Words", None).choose("Agency", WFP).choose("State", "Silence procedure running").submit()
    assert "2035/1" in form.text
    form.press("Send all as files")
    with world.database() as session:
        assert [one.actor for one in session.query(AuditEntry).filter_by(verb="cabinet.exported")] == [reader.id]
    world.settle()
    made = files_for(world, "Mission reader")
    assert sorted(made) == [
        "actions-2035-03-05.csv",
        "actions-2035-03-05.xlsx",
        "decisions-2035-03-05.csv",
        "decisions-2035-03-05.xlsx",
    ]
    assert "Open the road" in made["decisions-2035-03-05.csv"].decode("utf-8-sig")
    with world.database() as session:
        found = {words: count_decisions(session, world.mission_id, Search(words=words)) for words in ("RÓAD", "r%d")}
        assert found == {"RÓAD": 1, "r%d": 0}


def test_a_letterhead_is_tried_before_it_is_used(world: World) -> None:
    chief = world.person("Chief of staff")

    def uploads(text: str, called: str) -> None:
        template, content = Document(), BytesIO()
        template.add_paragraph(text)
        template.save(content)
        chief.runs("/cabinet letterhead")
        form = chief.form.fill("Name at the head", "United Nations Mission")
        form.attach("Own template (DOCX)", content.getvalue(), called=called).submit()
        world.settle()

    uploads("OUR HEAD {{ organisation }}", "ours.docx")
    assert "OUR HEAD United Nations Mission" in docx_text(files_for(world, "Chief of staff")["letterhead.docx"])
    uploads("{{ organisation.__class__.__mro__ }} {% for %}", "broken.docx")
    assert "is not used" in chief.direct_message_from("Rapporteur", "Your template").text
    head = rows(world, Letterhead)[0]
    assert (head.template_name, head.trial) == ("ours.docx", None)
    chief.runs("/cabinet letterhead")
    form = chief.form.attach("Own template (DOCX)", b"plain text", called="a.docx")
    form.submit()
    assert form.errors == {"Own template (DOCX)": "This is no DOCX file. Save it as DOCX and try again."}


def test_silence_of_somebody_who_was_never_asked_is_no_consent(tmp_path: Path) -> None:
    with a_world(sqlite_url(tmp_path)) as world:
        world.set_up()
        a_meeting(world, "Road access")
        begin(world)
        world.workspace.fault("conversations.open", "error", error="user_disabled", count=4)
        fill_decision(outcome(world, "Road access", "Decide…")).submit()
        world.pass_time(hours=12)
        unreached = {agency for agency, answer in answers(world).items() if answer == Answered.UNREACHED}
        assert unreached
        world.pass_time(days=5)
        after = answers(world)
        assert {agency for agency, answer in after.items() if answer == Answered.UNREACHED} == unreached
        assert Answered.SILENT in after.values()


def test_a_message_becomes_an_item_of_the_next_agenda(world: World) -> None:
    a_series(world)
    said = world.person("UNHCR focal point").says("Who pays for the fuel?\nWe need an answer.", in_="#weekly-cabinet")
    head = world.person("WFP head of agency")
    there = next(one for one in head.messages(in_="#weekly-cabinet") if one.ts == said.ts)
    form = there.shortcut("cabinet:to-item")
    assert form.value("Title") == "Who pays for the fuel?"
    assert form.fill("Options", "WFP\nEvery agency its own").submit().title == "Proposed"
    item = rows(world, Item)[-1]
    assert (item.title, item.state) == ("Who pays for the fuel?", ItemState.PROPOSED)
    assert item.source_link.startswith("https://slack.com/archives/")
