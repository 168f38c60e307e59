"""How much one person may cause others: immediate escalations, e-mails to prove an address; and the way round."""

from __future__ import annotations

from tests.escalations.acts import CHIEF, RAISER, beginning, filled, form_of, presses, raises, staff, the, told
from tests.escalations.test_second_way import server
from tests.mail_server import Post
from tests.world import World

__all__ = ["server"]


def sixth(world: World, about: str) -> str:
    form = filled(world, about, severity="Immediate", name=RAISER).submit()
    return str(form.errors) if form is not None else ""


def test_the_sixth_immediate_escalation_of_an_hour_is_refused_with_who_may_and_nothing_is_lost(world: World) -> None:
    staff(world)
    for count in range(5):
        raises(world, f"Matter {count} of {'abcdefgh'[count] * 9}", severity="Immediate")
    refused = sixth(world, "The sixth matter that cannot wait")
    assert "5 immediate escalations an hour" in refused
    assert CHIEF in refused
    form = world.person(RAISER).form
    assert form is not None
    form.choose("How urgent is it?", beginning(form, "How urgent is it?", "Urgent"))
    assert form.submit() is None, "what was typed is still there, and goes as urgent"
    world.settle()
    world.pass_time(hours=1)
    assert sixth(world, "Zebra crossing") == "", "the next hour is another one"


def test_an_urgent_one_that_is_made_immediate_counts_and_a_coordinator_is_not_counted(world: World) -> None:
    staff(world)
    numbers = [raises(world, f"Matter {count} of {'abcdefgh'[count] * 9}") for count in range(6)]
    for number in numbers:
        presses(world, told(world, RAISER, number)[-1], "This is immediate")
    assert [the(world, number).severity for number in numbers] == ["immediate"] * 5 + ["urgent"]
    for count in range(6):
        raises(world, f"Road {'qrstuv'[count] * 9} is closed", severity="Immediate", name=CHIEF)


def test_a_person_has_five_emails_a_day_sent_to_prove_addresses(world: World, server: Post) -> None:
    for count in range(6):
        form = form_of(world, RAISER, "/escalate email").fill("E-mail address", f"raiser{count}@example.org")
        left = form.submit()
        world.settle()
        world.pass_time(minutes=1)
    assert left is not None
    assert "5 e-mails a day" in str(left.errors)
    proofs = [mail for mail in server.mails if "raiser" in str(mail["To"])]
    assert len(proofs) == 5
