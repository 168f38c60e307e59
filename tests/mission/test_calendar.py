"""The mission's calendar: anyone looks, admins change."""

from __future__ import annotations

from datetime import date

from bot.sandbox.driver import Form
from storage.audit import history
from storage.missions import get_mission, holidays_of
from tests.world import MONDAY, World

ADMIN = "Chief of staff"
YEAR = MONDAY.year


def open_calendar(world: World, name: str = ADMIN) -> Form:
    person = world.person(name)
    person.runs("/mission calendar")
    return person.sees_form("Calendar")


def press(form: Form, what: str) -> Form:
    opened = form.press(what)
    assert opened is not None
    return opened


def days(world: World) -> dict[date, str]:
    with world.database() as session:
        return {holiday.day: holiday.name for holiday in holidays_of(session, world.mission_id)}


def test_a_run_of_days_is_added_shown_and_removed(world: World) -> None:
    form = press(open_calendar(world), "Add days off")
    form.fill("First day", f"{YEAR}-03-20").fill("Last day", f"{YEAR}-03-21").fill("Name", "Eid al-Fitr")
    calendar = form.submit()
    assert calendar is not None
    assert calendar.title == "Calendar"
    assert "2 days off added." in calendar.text
    first, last = (f"{date(YEAR, 3, day):%A %-d %B %Y}" for day in (20, 21))
    assert f"{first} – {last}" in calendar.text
    assert days(world) == {date(YEAR, 3, 20): "Eid al-Fitr", date(YEAR, 3, 21): "Eid al-Fitr"}
    emptied = press(calendar, "Remove")
    assert "No days off are entered" in emptied.text
    assert days(world) == {}
    with world.database() as session:
        verbs = [entry.verb for entry in history(session, world.mission_id, "mission", world.mission_id)]
        assert verbs[-2:] == ["holidays.added", "holidays.removed"]
        assert get_mission(session, world.mission_id).settings_version == 3


def test_a_list_is_pasted_whole_or_not_at_all(world: World) -> None:
    form = press(open_calendar(world), "Paste a list")
    refused = form.fill("Days off", f"{YEAR}-12-25 Christmas Day\n{YEAR}-13-01 Nothing").submit()
    assert refused is not None
    assert "Line 2" in refused.errors["Days off"]
    assert days(world) == {}
    calendar = refused.fill(
        "Days off", f"{YEAR}-12-25 Christmas Day\n{YEAR}-05-01 Labour Day\n{YEAR - 1}-12-25 Past"
    ).submit()
    assert calendar is not None
    assert "Christmas Day" in calendar.text
    assert "1 day off is over." in calendar.text
    assert len(days(world)) == 3


def test_a_wrong_range_is_refused_at_its_field(world: World) -> None:
    form = press(open_calendar(world), "Add days off")
    form.fill("First day", f"{YEAR}-03-21").fill("Last day", f"{YEAR}-03-20").fill("Name", "Eid")
    refused = form.submit()
    assert refused is not None
    assert list(refused.errors) == ["Last day"]
    refused.fill("Last day", f"{YEAR}-03-21").fill("Name", "🎉")
    again = refused.submit()
    assert again is not None
    assert list(again.errors) == ["Name"]
    back = press(again, "Back to the calendar")
    assert back.title == "Calendar"


def test_a_long_calendar_is_turned_by_pages_and_readers_cannot_change_it(world: World) -> None:
    lines = "\n".join(
        f"{YEAR}-{month:02}-{day:02} “Day {month}/{day}”" for month in (4, 6, 8, 10, 12) for day in range(1, 12, 2)
    )
    press(open_calendar(world), "Paste a list").fill("Days off", lines).submit()
    form = open_calendar(world, "Mission reader")
    assert "Add days off" not in form.buttons
    assert "Page 1 of 2" in form.text
    later = press(form, "Next")
    assert "Page 2 of 2" in later.text
    assert "Day 12/11" in later.text
    assert "Day 4/1" in press(later, "Previous").text


def test_days_off_come_from_a_calendar_file(world: World) -> None:
    form = press(open_calendar(world), "Paste a list")
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n"
    party = f"BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Party\r\nDTSTART:{YEAR}1224T180000Z\r\nEND:VEVENT\r\n"
    eid = (
        f"BEGIN:VEVENT\r\nUID:2\r\nSUMMARY:Eid\r\nDTSTART;VALUE=DATE:{YEAR}0401\r\n"
        f"DTEND;VALUE=DATE:{YEAR}0404\r\nEND:VEVENT\r\n"
    )
    refused = form.attach("Or a calendar file", f"{head}{party}END:VCALENDAR\r\n", called="holidays.ics").submit()
    assert refused is not None
    assert "Event 1, Party: it has a time of day" in refused.errors["Or a calendar file"]
    again = press(press(refused, "Back to the calendar"), "Paste a list")
    calendar = again.attach("Or a calendar file", f"{head}{party}{eid}END:VCALENDAR\r\n", called="all.ics").submit()
    assert calendar is not None
    assert "3 days off added.\nNot taken: Event 1, Party: it has a time of day." in calendar.text
    assert set(days(world).values()) == {"Eid"}
    assert len(days(world)) == 3
