"""Who sits in a series: nobody by a role that waits; and what leaves Slack says nothing of a Confidential one."""

from __future__ import annotations

from icalendar import Calendar

from commands.cabinet.handlers.series.seats import people_to_invite, seats_of, take_seats_in
from commands.kit.work import Work
from storage.agencies import AgencyPerson
from storage.cabinet.series import Series
from storage.grants import agree
from storage.missions import get_mission
from storage.people import Role, set_holders
from tests.cabinet.access.test_speakers import ADMIN, made_alternate
from tests.cabinet.meetings import SECRETARY, a_closed_meeting, a_meeting, forged, of_these, rows
from tests.world import World


def invited(world: World) -> set[str]:
    """Everybody who would be asked into the channel of the newest series, and whom its form counts."""
    with world.database() as session:
        work = Work(session, get_mission(session, world.mission_id), world.now)
        series = session.get_one(Series, rows(world, Series)[-1].id)
        people = set(people_to_invite(work, series, series.handling))
        assert people == set(seats_of(work, series).people) == set(take_seats_in(work, series, [], []).people)
        return people


def test_nobody_is_invited_by_an_agencys_role_that_waits(world: World) -> None:
    made_alternate(world, "IOM", ADMIN, by=ADMIN)
    a_meeting(world, "Road access")
    assert world.user_id(ADMIN) not in invited(world)
    with world.database() as session:
        [role] = session.query(AgencyPerson).filter_by(user_id=world.user_id(ADMIN)).all()
        role.agreed_by = world.user_id(SECRETARY)
    assert world.user_id(ADMIN) in invited(world)


def test_nobody_is_invited_by_a_mission_role_that_waits(world: World) -> None:
    admin = world.user_id(ADMIN)
    with world.database() as session:
        set_holders(session, world.mission_id, Role.HUMANITARIAN_COORDINATOR, [admin], admin, world.now)
    a_meeting(world, "Road access")
    assert admin not in invited(world)
    with world.database() as session:
        agree(session, world.mission_id, 0, Role.HUMANITARIAN_COORDINATOR, admin, world.user_id(SECRETARY))
    assert admin in invited(world)


def test_a_calendar_file_says_the_title_of_an_unclassified_meeting_alone(world: World) -> None:
    plain, closed = a_meeting(world, "Road access"), a_closed_meeting(world, "Abduction")
    of_these(world, closed, "WFP")
    for meeting, file, title in (
        (plain, "weekly-cabinet-5-march-", "Weekly cabinet, 5 March"),
        (closed, "cabinet-2-", "Confidential meeting"),
    ):
        assert "can do this" not in forged(world, SECRETARY, "cabinet:calendar", meeting)
        world.settle()
        sent = [pair for one in world.person(SECRETARY).messages(in_="Rapporteur") for pair in one.files.items()]
        [(name, content)] = [pair for pair in sent if pair[0].startswith(file)]
        assert name.endswith(f"{world.now:%Y-%m-%d}.ics")
        assert Calendar.from_ical(content).walk("VEVENT")[0]["SUMMARY"] == title
        assert b"Crisis" not in content
