"""What people do in the stories of this room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import update

from bot.sandbox.driver import Form, Message
from storage.escalations.model import Escalation, EscalationAct, acts_of, find_escalation, next_number
from storage.outbox import OutboxRow, State
from storage.people import Role, set_holders
from tests.world import World

RAISER = "WFP head of agency"
DUTY = "Cabinet secretary"
DEPUTY = "Human-rights adviser"
CHIEF = "Chief of staff"
SRSG = "SRSG"
CHAIN = (DUTY, DEPUTY, CHIEF, SRSG)
OFFICE = "#cabinet-office"


def staff(world: World) -> None:
    """The SRSG office: a duty officer, a deputy, one chief of staff, the SRSG."""
    give(world, Role.DUTY_OFFICER, [DUTY, DEPUTY])
    give(world, Role.COORDINATOR, [CHIEF])


def give(world: World, role: Role, names: Iterable[str]) -> None:
    """Make exactly these people the holders of a role, in this order."""
    users = [world.user_id(name) for name in names]
    with world.database() as session:
        for count in range(1, len(users) + 1):
            moment = world.now + timedelta(seconds=count)
            set_holders(session, world.mission_id, role, users[:count], "test", moment)


def form_of(world: World, name: str, command: str = "/escalate") -> Form:
    """The form a command opens."""
    person = world.person(name)
    person.runs(command)
    form = person.form
    assert form is not None, person.story()
    return form


def filled(world: World, summary: str, *, severity: str, name: str, agency: str = "", handling: str = "") -> Form:
    """The form of a new escalation, ready to be sent."""
    form = form_of(world, name)
    if handling:
        form.choose("Classification", handling)
    form.fill("What is it about?", summary)
    form.choose("How urgent is it?", beginning(form, "How urgent is it?", severity))
    if agency:
        form.choose("Agencies concerned", beginning(form, "Agencies concerned", agency))
    return form


def raises(
    world: World,
    summary: str,
    *,
    severity: str = "Urgent",
    name: str = RAISER,
    agency: str = "",
    handling: str = "",
    place: str = "",
) -> int:
    """Somebody raises an escalation. Returns its number."""
    with world.database() as session:
        number = next_number(session, world.mission_id)
    form = filled(world, summary, severity=severity, name=name, agency=agency, handling=handling)
    if place:
        form.fill("Place", place)
    left = form.submit()
    assert left is None, (left.errors, left.notice, left.text)
    world.settle()
    return number


def beginning(form: Form, name: str, words: str) -> str:
    """The choice that begins with these words."""
    return next(text for one in form.options(name, words) if (text := str(one["text"]["text"])).startswith(words))


def the(world: World, number: int) -> Escalation:
    """The escalation as it stands."""
    with world.product.database.reading() as session:
        found = find_escalation(session, world.mission_id, number)
        assert found is not None
        return found


def kinds(world: World, number: int) -> list[str]:
    """The kinds of acts in its history."""
    return [act.kind for act in history(world, number)]


def history(world: World, number: int) -> list[EscalationAct]:
    """Its acts, oldest first."""
    identity = the(world, number).id
    with world.database() as session:
        return acts_of(session, identity)


def office_card(world: World, number: int, name: str = CHIEF) -> Message:
    """The card in the office's channel."""
    return next(one for one in world.person(name).messages(in_=OFFICE) if one.text.startswith(f"*E-{number}*"))


def direct(world: World, name: str) -> list[Message]:
    """What Rapporteur has told a person directly, oldest first."""
    return world.person(name).messages(in_="Rapporteur")


def told(world: World, name: str, number: int, text: str = "") -> list[Message]:
    """What a person was told directly about an escalation."""
    return [one for one in direct(world, name) if f"E-{number}" in one.text and text in one.text]


def presses(world: World, message: Message, button: str) -> Form | None:
    """Somebody presses a button, and the worker does what follows."""
    form = message.refresh().press(button)
    world.settle()
    return form


def writes(world: World, form: Form | None, label: str, text: str) -> None:
    """Somebody fills in the one field of a form and sends it."""
    assert form is not None
    left = form.fill(label, text).submit()
    assert left is None or not left.errors, left.errors
    world.settle()


def next_up(world: World, number: int, zone: str = "Africa/Juba") -> tuple[str, str, list[str]]:
    """The next step: what, when in the mission's zone, and the names of whom it will reach."""
    this = the(world, number)
    assert this.next_at is not None
    names = {world.user_id(name): name for name in (*CHAIN, RAISER)}
    at = f"{this.next_at.astimezone(ZoneInfo(zone)):%a %H:%M}"
    return str(this.next_kind), at, [names.get(one, "channel") for one in this.next_for]


def forget_failures(world: World) -> None:
    """What a test made fail on purpose shall not count as undelivered."""
    with world.database() as session:
        session.execute(update(OutboxRow).where(OutboxRow.state == State.FAILED).values(state=State.CANCELLED))
