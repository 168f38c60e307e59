"""The title of a Confidential meeting stands in no message, file or record of a lower level."""

from __future__ import annotations

import json

from sqlalchemy import select

from bot.sandbox.driver import Form
from commands.cabinet.handlers.meetings.channels import CONTENTS
from commands.kit.channels import write_canvas
from commands.kit.channels.furnishing import furnish
from commands.kit.work import Work
from storage.agencies import AgencyPerson, find_agency
from storage.audit import AuditEntry
from storage.cabinet.decisions import Decision
from storage.cabinet.items import Item
from storage.cabinet.meetings import Meeting
from storage.cabinet.series import Series
from storage.channel_setups import ChannelSetup
from storage.missions import get_mission
from storage.outbox import OutboxRow
from storage.people import Role
from tests.cabinet.gestures import a_channel_is_lost
from tests.cabinet.meetings import SECRETARY, a_closed_meeting, forged, outcome, rows
from tests.cabinet.test_record import files_for, fill_decision
from tests.cabinet.test_series import a_series
from tests.world import World

TITLE, SECRET = "Talks in the valley", "confidential"
HEAD = "WFP head of agency"


def form_of(world: World) -> Form:
    form = world.person(SECRETARY).form
    assert form is not None
    return form


def a_confidential_series(world: World) -> None:
    """Set up by the secretary in the form; its channel is made, and its members are called."""
    world.person(SECRETARY).runs("/cabinet").press("New series")
    form_of(world).fill("Title", TITLE).choose("Classification", "Confidential").submit()
    form_of(world).choose("Chair", "SRSG").submit()
    form_of(world).submit()
    form_of(world).submit()
    form_of(world).submit()
    world.settle()


def below(world: World, *words: str) -> list[str]:
    """Keys of messages below Confidential that hold one of these words, and verbs of the audit record that do."""
    with world.product.database.reading() as session:
        sent = session.scalars(select(OutboxRow).where(OutboxRow.handling != SECRET)).all()
        acts = session.scalars(select(AuditEntry)).all()
        found = [row.key for row in sent if any(one in json.dumps(row.arguments) for one in words)]
        return found + [act.verb for act in acts if any(one in json.dumps(act.details) for one in words)]


def test_whatever_is_told_of_a_confidential_series_is_confidential(world: World) -> None:
    a_confidential_series(world)
    world.person(HEAD).direct_message_from("Rapporteur", "What should it decide?").press("Propose an item")
    form = world.person(HEAD).form
    assert form is not None
    form.fill("Title", "Passage").fill("Question to decide", "Do we?").fill("Options", "Yes\nNo")
    form.choose("Person who owns it", HEAD).choose("Classification", "Confidential").submit()
    world.settle()
    secretary = world.person(SECRETARY)
    secretary.direct_message_from("Rapporteur", "1 proposal for")
    with world.database() as session:
        unhcr = find_agency(session, world.mission_id, "UNHCR")
        assert unhcr is not None
        head = world.user_id("Mission reader")
        unhcr.people.append(AgencyPerson(mission_id=world.mission_id, user_id=head, role=Role.HEAD_OF_AGENCY))
    world.pass_time(hours=1)
    secretary.direct_message_from("Rapporteur", "The members of")
    a_channel_is_lost(world)
    world.settle()
    secretary.direct_message_from("Rapporteur", "could not be finished")
    assert below(world, TITLE) == []


def test_an_unclassified_decision_of_a_confidential_meeting_does_not_carry_its_title_along(world: World) -> None:
    """Its owner is cleared for nothing, has no seat, and reads what is asked of them."""
    meeting = a_closed_meeting(world, "Fuel", level=SECRET)
    with world.database() as session:
        session.get_one(Meeting, meeting).title = TITLE
        session.execute(Item.__table__.update().values(handling="unclassified"))
    secretary = world.person(SECRETARY)
    secretary.runs("/cabinet run", in_="#cabinet-office")
    form_of(world).press("Begin the meeting")
    world.settle()
    form = fill_decision(outcome(world, "Fuel", "Decide…", in_="#cabinet-office"), owner="Mission reader")
    form.choose("Binds", "IOM · International Organization for Migration").submit()
    world.settle()
    secretary.form.press("End the meeting")
    world.settle()
    world.pass_time(hours=8)
    asked = world.person("IOM focal point").direct_message_from("Rapporteur", "does IOM object?")
    assert "was not represented in a Confidential meeting" in asked.text
    reader = world.person("Mission reader")
    details = forged(world, "Mission reader", "cabinet:decision", rows(world, Decision)[-1].id)
    assert "a Confidential meeting" in details
    reader.runs("/cabinet log", in_="#general")
    reader.form.press("Send all as files")
    world.settle()
    files = files_for(world, "Mission reader")
    assert "Fuel" in files["decisions-2035-03-05.csv"].decode("utf-8-sig")
    read = reader.story() + details + "".join(one.decode("utf-8-sig") for name, one in files.items() if "csv" in name)
    assert TITLE not in read
    assert below(world, TITLE) == []


def channel_names(world: World) -> list[str]:
    with world.product.database.reading() as session:
        return [setup.channel_name for setup in session.scalars(select(ChannelSetup).order_by(ChannelSetup.id))]


def test_the_channel_of_a_confidential_series_has_a_name_that_says_nothing(world: World) -> None:
    a_confidential_series(world)
    [name] = channel_names(world)
    series = rows(world, Series)[-1].id
    assert name == f"cabinet-{series}"


def test_a_channel_keeps_its_name_when_its_series_becomes_confidential_but_the_next_one_says_nothing(
    world: World,
) -> None:
    a_series(world)
    [name] = channel_names(world)
    assert name == "weekly-cabinet"
    with world.database() as session:
        for kept in (*session.scalars(select(Series)), *session.scalars(select(Meeting))):
            kept.handling = SECRET
    a_channel_is_lost(world)
    world.settle()
    secretary = world.person(SECRETARY)
    secretary.direct_message_from("Rapporteur", "could not be finished").press("Make a new channel")
    world.pass_time(minutes=1)
    assert channel_names(world) == [f"cabinet-{rows(world, Series)[-1].id}"]
    assert "weekly-cabinet" in [one["name"] for one in secretary.channels()]


def test_what_furnishes_a_channel_carries_the_level_of_what_it_says(world: World) -> None:
    """A series that becomes Confidential: its title and agenda do not reach who came in and may not read them."""
    a_series(world)
    world.person(SECRETARY).invites("Mission reader", to="#weekly-cabinet")
    with world.database() as session:
        before = {row.id for row in session.scalars(select(OutboxRow))}
        [series] = session.scalars(select(Series))
        [setup] = session.scalars(select(ChannelSetup))
        work = Work(session, get_mission(session, world.mission_id), world.now)
        series.handling = SECRET
        furnish(work, CONTENTS, setup)
        write_canvas(work, setup, "# Roads", CONTENTS.level(work, setup, "canvas"))
    world.settle()
    with world.product.database.reading() as session:
        rows_since = [row for row in session.scalars(select(OutboxRow)) if row.id not in before]
    judged = {row.method: (row.handling, (row.outcome or {}).get("refused")) for row in rows_since}
    assert judged["conversations.setTopic"] == (SECRET, "handling")
    assert judged["channel.canvas"] == (SECRET, "handling")
    assert judged["channel.bookmark"] == ("unclassified", None)
    assert judged["conversations.setPurpose"] == ("unclassified", None)
