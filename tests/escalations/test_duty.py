"""The duty roster over the local Slack: shifts, hand-over, stand-ins, leave, officers in charge, gaps, addresses."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from sqlalchemy import select

from bot.clock.heartbeat import heartbeat
from bot.sandbox.driver import Form, Person
from commands.escalations.handlers.duty.roster import read_roster, who_answers_for_post
from commands.escalations.rules import roster
from commands.kit.work import Work
from storage.agencies import Leave
from storage.duty import DutyTurn, OfficerWindow
from storage.mail import MailAddress
from storage.missions import get_mission
from storage.people import Role, set_holders
from tests.faults.test_untrusted import delivery, send
from tests.mail_server import a_mail_server
from tests.world import MONDAY, World

CHIEF, SECRETARY, SRSG = "Chief of staff", "Cabinet secretary", "SRSG"
TODAY = MONDAY.date()


def runs(person: Person, command: str) -> Form:
    """Run a command that opens a form."""
    reply = person.runs(command)
    assert person.form is not None, reply.text
    return person.form


def on_duty(world: World, when: datetime | None = None) -> str:
    with world.database() as session:
        work = Work(session, get_mission(session, world.mission_id), world.now)
        found = roster.on_duty(read_roster(work), when or work.now)
    return world.person(CHIEF).name_of(found.person) if found else "nobody"


def in_charge(world: World, post: str) -> str:
    with world.database() as session:
        found = who_answers_for_post(Work(session, get_mission(session, world.mission_id), world.now), post)
    return world.person(CHIEF).name_of(found.person) if found else "nobody"


def names_officers(world: World, *names: str) -> None:
    with world.database() as session:
        users = [world.user_id(name) for name in names]
        set_holders(session, world.mission_id, Role.DUTY_OFFICER, users, "U1", world.now)


def told(world: World, name: str) -> str:
    return "\n".join(one.text for one in world.person(name).messages(in_="Rapporteur"))


def pressed(form: Form, what: str) -> Form:
    shown = form.press(what)
    assert shown is not None
    return shown


def submitted(form: Form) -> Form:
    shown = form.submit()
    assert shown is not None
    return shown


def test_every_shift_can_be_taken_away_however_far_it_is(world: World) -> None:
    names_officers(world, SECRETARY, "Mission reader")
    srsg = world.person(SRSG)
    form = pressed(runs(srsg, "/escalate duty"), "Add shifts").choose("Who takes turns", SECRETARY, "Mission reader")
    form.fill("First day", TODAY).fill("Last day", TODAY + timedelta(days=20)).choose("Hand-over", "after one day")
    first = submitted(form)
    assert "Page 1 of 2" in first.text
    last = f"{TODAY + timedelta(days=20):%a} {(TODAY + timedelta(days=20)).day} Mar"
    assert last not in first.text
    second = pressed(first, "Next")
    assert last in second.text
    pressed(second, "Take away")
    with world.database() as session:
        assert len(session.scalars(select(DutyTurn)).all()) == 20


def test_a_week_of_duty(world: World) -> None:
    names_officers(world, "Mission reader")
    srsg = world.person(SRSG)
    board = runs(world.person("WFP focal point"), "/escalate duty")
    assert "On duty now:* @Mission reader. The roster names nobody" in board.text
    assert board.buttons == ["My e-mail"]
    form = pressed(runs(srsg, "/escalate duty"), "Add shifts")
    form.choose("Who takes turns", SECRETARY, "Mission reader").fill("Last day", TODAY + timedelta(days=3))
    refused = submitted(form.fill("First day", TODAY + timedelta(days=5)))
    assert "lies before the first" in refused.errors["Last day"]
    refused.fill("First day", TODAY).choose("Hand-over", "after 2 days").fill("Time of the hand-over", "09:00")
    board = submitted(refused)
    assert "On duty now:* @Cabinet secretary, until Wed 7 Mar 09:00" in board.text
    assert "Nobody is on duty in the coming week:*\n• Fri 9 Mar 09:00 to Mon 12 Mar 09:00" in board.text
    world.settle()
    assert told(world, SECRETARY).count("You are on duty for the SRSG office. @SRSG entered it.") == 1
    assert "Wed 7 Mar 09:00 to Fri 9 Mar 09:00" in told(world, "Mission reader")
    again = pressed(board, "Add shifts").choose("Who takes turns", SECRETARY).fill("Last day", TODAY)
    refused = submitted(again)
    assert "overlaps with a shift that is entered: Mon 5 Mar 09:00 to Wed 7 Mar 09:00" in refused.errors["First day"]
    refused.choose("Who takes turns", "WFP focal point").fill("First day", TODAY + timedelta(days=9))
    refused = submitted(refused.fill("Last day", TODAY + timedelta(days=10)))
    assert "WFP focal point: neither in the SRSG office nor duty officer" in refused.errors["Who takes turns"]

    world.pass_time(hours=3)
    offices = world.person(SECRETARY).messages(in_="#cabinet-office")
    assert sum("nobody in the coming week" in one.text for one in offices) == 1
    world.pass_time(days=1)
    offices = world.person(SECRETARY).messages(in_="#cabinet-office")
    assert sum("nobody in the coming week" in one.text for one in offices) == 1

    form = pressed(runs(world.person(SECRETARY), "/escalate duty"), "Hand over my shift")
    refused = submitted(form.choose("To whom", SECRETARY))
    assert "That is you" in refused.errors["To whom"]
    board = submitted(refused.choose("To whom", SRSG))
    assert "On duty now:* @SRSG, until Wed 7 Mar 09:00. They stand in for @Cabinet secretary." in board.text
    world.settle()
    assert "@Cabinet secretary hands their shift over to you" in told(world, SRSG)
    assert "Hand over my shift" not in board.buttons
    with world.database() as session:
        day = date(2035, 3, 6)
        session.add(
            Leave(mission_id=world.mission_id, user_id=srsg.id, first_day=day, last_day=day, entered_by=srsg.id)
        )
    assert on_duty(world) == SECRETARY
    form = pressed(runs(world.person(CHIEF), "/escalate duty"), "Put in a stand-in").choose("Who stands in", SRSG)
    form.fill("From, time", "00:00").fill("To, day", TODAY + timedelta(days=1)).fill("To, time", "23:00")
    refused = submitted(form)
    assert "is on leave during that time" in refused.errors["Who stands in"]
    board = submitted(refused.choose("Who stands in", CHIEF))
    assert on_duty(world) == CHIEF
    board = pressed(board, "Take away")
    assert "Taken away." in board.text


def test_there_is_one_officer_in_charge_at_a_time(world: World) -> None:
    chief = world.person(CHIEF)
    form = (
        pressed(runs(chief, "/escalate duty"), "Posts").choose("SRSG", SRSG).choose("Deputy SRSG", "WFP head of agency")
    )
    board = submitted(form.fill("Another post", "Deputy SRSG (Political)"))
    assert "• SRSG: @SRSG" in board.text
    assert "Deputy SRSG (Political): nobody named" in board.text
    assert in_charge(world, "srsg") == SRSG
    assert in_charge(world, "chief_of_staff") == "nobody"

    def asks(person: str, first: str, first_time: str, last: str, last_time: str) -> Form:
        form = pressed(runs(chief, "/escalate duty"), "Officer in charge").choose("Post", "SRSG")
        form.choose("Who is in charge", person).fill("From, day", first).fill("From, time", first_time)
        return submitted(form.fill("To, day", last).fill("To, time", last_time))

    refused = asks(SRSG, "2035-03-05", "12:00", "2035-03-07", "08:00")
    assert "holds the post" in refused.errors["Who is in charge"]
    board = asks("WFP head of agency", "2035-03-05", "12:00", "2035-03-07", "08:00")
    assert "SRSG: @WFP head of agency in charge, Mon 5 Mar 12:00 to Wed 7 Mar 08:00" in board.text
    refused = asks(SECRETARY, "2035-03-07", "07:59", "2035-03-09", "08:00")
    assert (
        "WFP head of agency is in charge of this post then (Mon 5 Mar 12:00 to Wed 7 Mar 08:00)"
        in (refused.errors["From, day"])
    )
    assert refused.value("From, time") == "07:59"
    assert world.count_rows(OfficerWindow) == 1
    asks(SECRETARY, "2035-03-07", "08:00", "2035-03-09", "08:00")
    refused = asks("Visiting guest", "2035-03-12", "08:00", "2035-03-13", "08:00")
    world.settle()
    assert in_charge(world, "srsg") == SRSG
    world.pass_time(hours=4)
    assert in_charge(world, "srsg") == "WFP head of agency"
    assert told(world, "WFP head of agency").count("You are officer in charge for the post “SRSG”") == 1
    assert "@Cabinet secretary is officer in charge for your post “SRSG”" in told(world, SRSG)
    board = pressed(runs(chief, "/escalate duty"), "Take away")
    assert in_charge(world, "srsg") == SRSG
    hours = submitted(pressed(board, "Duty hours").choose("Somebody has to be on duty", "Around the clock"))
    assert "around the clock" in hours.text


def test_only_the_office_changes_the_roster(world: World) -> None:
    reader = world.person("Mission reader")
    board = runs(reader, "/escalate duty")
    with world.database() as session:
        session.add(
            DutyTurn(
                mission_id=world.mission_id,
                user_id=reader.id,
                starts_at=world.now,
                ends_at=world.now + timedelta(hours=4),
                kind="shift",
                entered_by=reader.id,
                entered_at=world.now,
            )
        )
    board = runs(reader, "/escalate duty")
    assert board.buttons == ["Hand over my shift", "My e-mail"]
    for verb in ("duty-off", "duty-add", "duty-stand-in", "duty-oic", "oic-off", "duty-posts", "duty-hours"):
        for kind in ("actions", "forms"):
            payload = delivery(world, kind, f"escalations:{verb}", "1", {}, {})
            payload["user"]["id"] = reader.id
            send(world, urlencode({"payload": json.dumps(payload)}).encode())
    world.settle()
    assert world.count_rows(DutyTurn) == 1
    assert world.count_rows(OfficerWindow) == 0
    world.workspace.wire.post("log/clear")


def test_an_address_is_entered_by_its_owner_or_an_admin_and_proved(world: World) -> None:
    with a_mail_server() as server:
        world.delivery.mail = world.product.mail = replace(server.server)
        heartbeat(world.product, "w1")
        secretary = world.person(SECRETARY)
        refused = submitted(runs(secretary, "/escalate email").fill("E-mail address", "secretary at example.org"))
        assert "not an e-mail address" in refused.errors["E-mail address"]
        done = submitted(refused.fill("E-mail address", "secretary@example.org"))
        assert "An e-mail is on its way to secretary@example.org" in done.text
        world.settle()
        assert server.subjects == ["Rapporteur reaches you here"]
        assert "never holds the text" in server.mails[0].get_content().replace("\n", " ")
        no = secretary.runs(f"/escalate email <@{world.user_id(SRSG)}>")
        assert "Only an admin enters somebody else's address" in no.text
        form = runs(world.person(CHIEF), f"/escalate email <@{secretary.id}>")
        assert form.value("E-mail address") == "secretary@example.org"
        assert "Address of @Cabinet secretary" in form.text
        assert "no e-mail is sent to @Cabinet secretary" in submitted(form.fill("E-mail address", "")).text
    assert world.count_rows(MailAddress) == 0
