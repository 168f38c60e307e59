"""An admin saves another time zone: what was planned in local time keeps it, and those concerned hear of it once."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.sandbox.driver import Form
from commands.kit.dates import local_moment
from storage.cabinet.meetings import Meeting, MeetingState
from storage.duty import DutyTurn, OfficerWindow
from storage.escalations.model import Escalation
from storage.people import Role, set_holders
from storage.timers import Timer, TimerState
from storage.updates.rounds import Round, RoundState
from tests.cabinet.test_series import CHAIR, SECRETARY, a_series, form_of, meetings
from tests.escalations.acts import RAISER, filled
from tests.updates.rounds import a_round, the_round
from tests.world import MONDAY, World

CHIEF = "Chief of staff"
JUBA, KATHMANDU, DILI = "Africa/Juba", "Asia/Kathmandu", "Asia/Dili"


def change_zone(world: World, zone: str) -> Form:
    """What the admin reads who has saved another zone."""
    admin = world.person(CHIEF)
    admin.runs("/mission setup")
    done = form_of(admin).choose("Time zone", zone).submit()
    assert done is not None
    assert done.title == "Saved"
    done.close(everything=True)
    world.settle()
    return done


def local(world: World, moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%a %d %H:%M}"


def told(world: World, name: str, text: str) -> list[str]:
    return [one.text for one in world.person(name).messages(in_="Rapporteur") if text in one.text]


def waiting(world: World, verb: str) -> list[datetime]:
    query = select(Timer.due_at).where(Timer.verb == verb, Timer.state == TimerState.WAITING).order_by(Timer.due_at)
    with world.product.database.reading() as session:
        return list(session.scalars(query))


def convened(world: World) -> None:
    """The second meeting of the series is convened; items were called for the first already."""
    secretary = world.person(SECRETARY)
    secretary.runs("/cabinet convene")
    form_of(secretary).press("Convene now")
    form_of(secretary).close(everything=True)
    world.settle()


def test_planned_meetings_keep_ten_o_clock_and_so_do_later_ones(world: World) -> None:
    a_series(world)
    before = meetings(world)
    done = change_zone(world, KATHMANDU)
    assert "3 meetings: Weekly cabinet Thu 8 Mar 10:00, Weekly cabinet Thu 15 Mar 10:00" in done.text
    after = meetings(world)
    assert [local(world, one.starts_at, KATHMANDU) for one in after] == ["Thu 08 10:00", "Thu 15 10:00", "Thu 22 10:00"]
    assert [one.ends_at - one.starts_at for one in after] == [one.ends_at - one.starts_at for one in before]
    assert [local(world, one.papers_at, KATHMANDU) for one in after] == [
        local(world, one.papers_at, JUBA) for one in before
    ]
    assert waiting(world, "cabinet:starts") == [one.starts_at for one in after]
    world.pass_time(days=11)
    assert [local(world, one.starts_at, KATHMANDU) for one in meetings(world)] == [
        "Thu 08 10:00",
        "Thu 15 10:00",
        "Thu 22 10:00",
        "Thu 29 10:00",
    ]


@pytest.mark.usefixtures("database_url")
def test_a_meeting_that_was_called_or_convened_is_moved_and_everybody_invited_hears_once(world: World) -> None:
    a_series(world)
    convened(world)
    change_zone(world, KATHMANDU)
    for name in ("WFP head of agency", SECRETARY):
        called, convened_now = told(world, name, "keeps its local time")
        assert "*Weekly cabinet*" in called
        assert "Thu 8 Mar 10:00 Asia/Kathmandu" in called
        assert "Thu 15 Mar 10:00 Asia/Kathmandu" in convened_now


def test_saving_the_former_zone_again_restores_every_moment(world: World) -> None:
    a_series(world)
    convened(world)
    made = a_round(world)
    planned = [(one.slot, one.starts_at, one.call_at, one.papers_at, one.record_at) for one in meetings(world)]
    this = the_round(world, made)
    moments = (this.due_at, this.closes_at, this.digest_at)
    change_zone(world, KATHMANDU)
    assert the_round(world, made).due_at != moments[0]
    change_zone(world, JUBA)
    again = the_round(world, made)
    assert [(one.slot, one.starts_at, one.call_at, one.papers_at, one.record_at) for one in meetings(world)] == planned
    assert (again.due_at, again.closes_at, again.digest_at) == moments


def test_a_meeting_whose_time_has_passed_by_the_new_clock_stays_and_its_officers_are_asked(world: World) -> None:
    a_series(world)
    convened(world)
    world.go_to(datetime(2035, 3, 8, 7, 0, tzinfo=UTC))  # an hour before it begins
    starts = meetings(world)[0].starts_at
    done = change_zone(world, DILI)
    assert "Weekly cabinet Thu 8 Mar" not in done.text
    assert meetings(world)[0].starts_at == starts
    (text,) = told(world, SECRETARY, "stays where it was")
    assert "Thu 8 Mar 10:00 has passed" in text
    assert told(world, "WFP head of agency", "stays where it was") == []
    assert local(world, meetings(world)[1].starts_at, DILI) == "Thu 15 10:00"
    change_zone(world, JUBA)
    assert meetings(world)[0].starts_at == starts


def test_a_meeting_that_was_held_today_is_not_planned_a_second_time(world: World) -> None:
    a_series(world)
    world.go_to(datetime(2035, 3, 8, 8, 30, tzinfo=UTC))
    with world.database() as session:
        first = session.scalars(select(Meeting).order_by(Meeting.starts_at)).first()
        assert first is not None
        first.state = MeetingState.HELD
    change_zone(world, "America/Port-au-Prince")  # where 10:00 of this day is still to come
    world.pass_time(hours=3)
    days = [one.local_times["slot"][:10] for one in meetings(world)]
    assert len(days) == len(set(days))
    assert meetings(world)[0].starts_at == datetime(2035, 3, 8, 8, 0, tzinfo=UTC)


@pytest.mark.usefixtures("database_url")
def test_an_open_round_keeps_its_deadline_and_each_who_owes_hears_once(world: World) -> None:
    made = a_round(world)
    before = the_round(world, made)
    done = change_zone(world, KATHMANDU)
    world.pass_time(minutes=1)  # a board gathers the changes of a few seconds
    assert "1 round: Weekly update, due Wed 7 Mar 16:00" in done.text
    this = the_round(world, made)
    for name in ("due_at", "closes_at", "digest_at"):
        assert local(world, getattr(this, name), KATHMANDU) == local(world, getattr(before, name), JUBA)
    assert this.opens_at == before.opens_at
    assert waiting(world, "updates:due") == [this.due_at]
    assert waiting(world, "updates:close") == [this.closes_at]
    (text,) = told(world, "WFP focal point", "keeps its local time")
    assert "Wed 7 Mar 16:00 Asia/Kathmandu" in text
    offices = [one.text for one in world.person(SECRETARY).messages(in_="#cabinet-office")]
    assert sum("keeps its local time" in one for one in offices) == 1
    assert [one for one in offices if "16:00 Africa/Juba" in one] == []


@pytest.mark.usefixtures("database_url")
def test_a_round_that_has_not_opened_keeps_all_its_moments(world: World) -> None:
    opens = local_moment(date(2035, 3, 6), time(9), ZoneInfo(JUBA))
    made = a_round(world, opens_at=opens)
    change_zone(world, KATHMANDU)
    this = the_round(world, made)
    assert local(world, this.opens_at, KATHMANDU) == "Tue 06 09:00"
    assert waiting(world, "updates:open") == [this.opens_at]
    world.pass_time(days=1)
    assert the_round(world, made).state == RoundState.OPEN


def test_a_round_that_is_over_stays_as_it_was(world: World) -> None:
    made = a_round(world)
    world.go_to(the_round(world, made).closes_at + timedelta(hours=1))
    before = the_round(world, made)
    change_zone(world, KATHMANDU)
    after = the_round(world, made)
    assert (after.due_at, after.closes_at) == (before.due_at, before.closes_at)
    assert told(world, "WFP focal point", "keeps its local time") == []


@pytest.mark.usefixtures("database_url")
def test_duty_keeps_its_hours_and_the_roster_has_no_hole(world: World) -> None:
    srsg = world.person(CHAIR)
    with world.database() as session:
        users = [world.user_id("Mission reader")]
        set_holders(session, world.mission_id, Role.DUTY_OFFICER, users, "U1", world.now)
    srsg.runs("/escalate duty")
    form = form_of(srsg).press("Add shifts")
    assert form is not None
    form.choose("Who takes turns", SECRETARY, "Mission reader").choose("Hand-over", "after one day")
    form.fill("First day", MONDAY.date()).fill("Last day", MONDAY.date() + timedelta(days=3))
    form.fill("Time of the hand-over", "09:00").submit()
    world.settle()
    done = change_zone(world, "Africa/Lagos")
    assert "4 spans on the duty roster" in done.text
    with world.product.database.reading() as session:
        turns = list(session.scalars(select(DutyTurn).order_by(DutyTurn.starts_at)))
    assert turns[0].starts_at == MONDAY  # it had begun
    assert [local(world, one.ends_at, "Africa/Lagos")[-5:] for one in turns] == ["09:00"] * 4
    assert [one.starts_at for one in turns[1:]] == [one.ends_at for one in turns[:-1]]
    (text,) = told(world, "Mission reader", "keeps its local time")
    assert "Tue 6 Mar 09:00 to Wed 7 Mar 09:00" in text
    with world.product.database.reading() as session:
        assert session.scalars(select(OfficerWindow)).all() == []


@pytest.mark.usefixtures("database_url")
def test_a_day_by_which_an_escalation_is_needed_keeps_its_time_and_running_hours_do_not_move(world: World) -> None:
    form = filled(world, "The road is closed.", severity="Routine", name=RAISER)
    form.fill("Needed by the day", MONDAY.date() + timedelta(days=3)).fill("At", "12:00").submit()
    world.settle()
    with world.product.database.reading() as session:
        before = session.scalars(select(Escalation)).one()
    change_zone(world, KATHMANDU)
    with world.product.database.reading() as session:
        after = session.scalars(select(Escalation)).one()
    assert before.needed_by is not None
    assert after.needed_by is not None
    assert local(world, after.needed_by, KATHMANDU) == local(world, before.needed_by, JUBA) == "Thu 08 12:00"
    assert (after.ack_due_at, after.decide_due_at) == (before.ack_due_at, before.decide_due_at)
    assert after.next_at is not None


def test_saving_the_form_with_the_same_zone_moves_nothing_and_tells_nobody(world: World) -> None:
    a_series(world)
    before = [(one.starts_at, one.version) for one in meetings(world)]
    admin = world.person(CHIEF)
    admin.runs("/mission setup")
    done = form_of(admin).fill("Name of the mission", "Another name").submit()
    assert done is not None
    assert "local time" not in done.text
    world.settle()
    assert [(one.starts_at, one.version) for one in meetings(world)] == before


@pytest.mark.usefixtures("database_url")
def test_rounds_of_a_plan_are_made_once_whatever_the_clock_does(world: World) -> None:
    made = a_round(world, slot=world.now + timedelta(days=2, hours=7))
    change_zone(world, "Pacific/Kiritimati")
    change_zone(world, "Pacific/Pago_Pago")
    change_zone(world, JUBA)
    with world.product.database.reading() as session:
        (this,) = session.scalars(select(Round)).all()
    assert this.id == made
    assert this.slot == world.now + timedelta(days=2, hours=7)
