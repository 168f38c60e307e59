"""Lists, digest, figures and export: everybody reads what they may see, and nothing else."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from io import BytesIO

from openpyxl import load_workbook

from storage.escalations.model import Escalation, State
from tests.escalations.acts import (
    CHIEF,
    DEPUTY,
    DUTY,
    OFFICE,
    RAISER,
    SRSG,
    office_card,
    presses,
    raises,
    staff,
    writes,
)
from tests.escalations.test_duty import pressed, runs
from tests.world import World

SECRET = "The liaison officer passes money to the checkpoint."
EVERYBODY = (RAISER, DUTY, DEPUTY, CHIEF, SRSG, "UNHCR focal point", "WFP focal point", "IOM focal point")


def listed(world: World, name: str, scope: str = "") -> set[int]:
    """The numbers that a person reads in a list, over all its pages."""
    form = runs(world.person(name), "/escalate list")
    if scope:
        form.choose("Which", scope)
        form = form.refresh()
    found: set[int] = set()
    while True:
        texts = [str(block["text"]["text"]) for block in form.blocks if block["type"] == "section"]
        found |= {int(text.split("*")[1].removeprefix("E-")) for text in texts if text.startswith("*E-")}
        if "Next" not in form.buttons:
            return found
        form = pressed(form, "Next")


def opens(world: World, name: str, number: int) -> bool:
    """Whether a person can open an escalation by its number."""
    person = world.person(name)
    person.runs(f"/escalate show {number}")
    form = person.form
    if form is None or form.title != f"E-{number}":
        return False
    form.close()
    return True


def test_lists_show_exactly_what_each_person_may_open(world: World) -> None:
    staff(world)
    road = raises(world, "The road to the camp is blocked.", agency="UNHCR")
    secret = raises(world, SECRET, handling="Confidential", name="UNHCR focal point")
    fuel = raises(world, "No fuel for the generators.", severity="Routine", name="IOM focal point", agency="WFP")
    presses(world, office_card(world, fuel), "Acknowledge")
    writes(world, presses(world, office_card(world, fuel), "Decide"), "The decision", "Fuel comes on Friday.")
    numbers = {road, secret, fuel}
    for name in EVERYBODY:
        may = {number for number in numbers if opens(world, name, number)}
        seen = listed(world, name) | listed(world, name, "Closed")
        assert seen == may, name
        assert listed(world, name, "Closed") == may & {fuel}
    assert listed(world, "Mission reader") == set()
    assert listed(world, "IOM focal point", "Mine: raised or joined") == {fuel}
    assert listed(world, "WFP focal point", "Concerning my agency") == {fuel}
    duty = runs(world.person(DUTY), "/escalate list")
    assert "_Confidential: its text is not shown here._" in duty.text
    assert SECRET not in duty.text
    assert SECRET in runs(world.person(SRSG), "/escalate list").text
    assert "Figures" not in runs(world.person(RAISER), "/escalate mine").buttons
    assert "needs one of these roles" in world.person(RAISER).runs("/escalate figures").text
    form = runs(world.person("UNHCR focal point"), "/escalate list")
    assert pressed(form, "Open").title == f"E-{road}"

    world.person("UNHCR focal point").runs("/escalate export")
    world.settle()
    files = {
        name: content
        for message in world.person("UNHCR focal point").messages(in_="Rapporteur")
        for name, content in message.files.items()
    }
    [csv] = [content.decode("utf-8-sig") for name, content in files.items() if name.endswith(".csv")]
    assert "The road to the camp is blocked." in csv
    assert f"(E-{secret}: not for files)" in csv
    assert SECRET not in csv
    assert f"E-{fuel}," not in csv
    [book] = [load_workbook(BytesIO(content)) for name, content in files.items() if name.endswith(".xlsx")]
    assert [row[0].value for row in book.active.rows] == ["Number", f"E-{road}", f"E-{secret}"]
    assert "nothing to export" in world.person("Mission reader").runs("/escalate export").text


def many(world: World, count: int) -> None:
    """Escalations that are closed, one a day before the other."""
    with world.database() as session:
        session.add_all(
            Escalation(
                mission_id=world.mission_id,
                number=100 + number,
                asks="information",
                summary=f"Matter {number}",
                severity="routine",
                raised_by=world.user_id(RAISER),
                raised_at=world.now - timedelta(days=number),
                state=State.DECIDED,
                touched_at=world.now,
                first_acknowledged_at=world.now - timedelta(days=number) + timedelta(minutes=number),
                closed_at=world.now - timedelta(days=number) + timedelta(hours=number),
                closed_by=world.user_id(SRSG),
                outcome="Noted.",
                ack_due_at=world.now,
                decide_due_at=world.now,
                chain={},
                updated_at=world.now,
            )
            for number in range(count)
        )


def test_pages_orders_and_figures(world: World) -> None:
    staff(world)
    many(world, 23)
    form = runs(world.person(SRSG), "/escalate list")
    assert "There is none that you may see" in form.text
    form.choose("Which", "Closed")
    form = form.refresh()
    assert "23 escalations: 1 to 10" in form.text
    assert "Matter 0\n" in form.text
    form = pressed(pressed(form, "Next"), "Next")
    assert "23 escalations: 21 to 23" in form.text
    assert form.buttons.count("Next") == 0
    form.choose("Order", "Oldest first")
    form = form.refresh()
    assert "Matter 22\n" in form.text
    assert listed(world, SRSG, "Closed") == {100 + number for number in range(23)}
    figures = pressed(runs(world.person(SRSG), "/escalate list"), "Figures")
    assert "*Escalations raised in March 2035*" in figures.text
    # Raised from the first to the fifth of March: acknowledged after none to four minutes, decided after as many hours.
    assert "*Routine*: 5 raised\nAcknowledged: 5, in the middle after 2 min, at worst after 4 min" in figures.text
    assert "Decided: 5, in the middle after 2 h, at worst after 4 h" in figures.text
    figures.choose("Month", "February 2035")
    assert "*Routine*: 18 raised" in figures.refresh().text
    no = world.person(SRSG).runs("/escalate figures 2036-01")
    assert "Name a month that has begun, for example `/escalate figures 2035-03`." in no.text
    assert "None was raised." in runs(world.person(SRSG), "/escalate figures 2034-01").text


def digests(world: World) -> list[str]:
    """The digests in the office's channel."""
    posted = [one.text for one in world.person(CHIEF).messages(in_=OFFICE)]
    return [text for text in posted if re.match(r"\*\d+ escalations? (is|are) open", text)]


def test_the_office_reads_every_working_morning_what_is_open_and_overdue(world: World) -> None:
    staff(world)
    world.jump_to(datetime(2035, 3, 8, 7, tzinfo=world.now.tzinfo))
    road = raises(world, "The road to the camp is blocked.")
    secret = raises(world, SECRET, handling="Confidential", severity="Routine", name="UNHCR focal point")
    presses(world, office_card(world, secret), "Acknowledge")
    world.go_to(datetime(2035, 3, 9, 7, tzinfo=world.now.tzinfo))
    [morning] = digests(world)
    assert morning.startswith("*2 escalations are open, 1 of them overdue.*")
    assert f"*Overdue* · *E-{road}* · Urgent · Decision · not acknowledged yet\nThe road to the camp" in morning
    assert f"*E-{secret}* · Routine · Decision · acknowledged · @{CHIEF}\n" in morning
    world.go_to(datetime(2035, 3, 12, 7, tzinfo=world.now.tzinfo))
    # Friday and Monday: nothing on the weekend, nothing twice.
    assert len(digests(world)) == 2
    for number in (road, secret):
        writes(world, presses(world, office_card(world, number), "Decide"), "The decision", "Done.")
    world.jump_to(datetime(2035, 3, 13, 7, tzinfo=world.now.tzinfo))
    world.pass_time(minutes=1)
    assert len(digests(world)) == 2
