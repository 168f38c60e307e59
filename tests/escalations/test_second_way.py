"""The second way to somebody: steps that go by e-mail too, and e-mails while Slack takes no message."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.clock.heartbeat import heartbeat
from storage.escalations.notices import NoticeState, Way, notices_of
from storage.mail import set_address
from tests.escalations.acts import (
    CHIEF,
    DEPUTY,
    DUTY,
    forget_failures,
    office_card,
    presses,
    raises,
    staff,
    the,
    told,
)
from tests.escalations.test_chain import step_of
from tests.escalations.test_duty import runs, submitted
from tests.mail_server import Post, a_mail_server
from tests.world import World

SECRET = "The convoy leaves at dawn by the northern road."


@pytest.fixture
def server(world: World) -> Iterator[Post]:
    with a_mail_server() as server:
        world.delivery.mail = world.product.mail = server.server
        heartbeat(world.product, "w1")
        staff(world)
        with world.database() as session:
            for name, address in {DUTY: "duty@example.org", DEPUTY: "deputy@example.org"}.items():
                set_address(session, world.mission_id, world.user_id(name), address, "U1", world.now)
        yield server


def emails(world: World, number: int) -> list[tuple[str, str, str]]:
    """Whom an escalation reached by e-mail, and what became of it."""
    names = world.person(CHIEF).name_of
    this = the(world, number)
    with world.database() as session:
        found = [one for one in notices_of(session, this.id) if one.way == Way.EMAIL]
        return [(names(one.place), NoticeState(one.state).value, one.reason) for one in found]


def goes_by_email(world: World, *steps: int) -> None:
    """Make steps of the chain go by e-mail too."""
    for number in steps:
        form = step_of(runs(world.person(CHIEF), "/escalate chain"), number, "Change")
        submitted(form.check("Second way", "Also by e-mail"))


def later(world: World, **span: float) -> None:
    """Let the worker come back after a while, without everything it would have tried in between."""
    world.jump_to(world.now + timedelta(**span))
    world.clock.run_all()
    world.settle()


def test_a_step_goes_by_e_mail_too_and_never_tells_what_it_is_about(world: World, server: Post) -> None:
    goes_by_email(world, 1, 2, 3)
    number = raises(world, SECRET, severity="Immediate")
    assert server.subjects == [f"Escalation E-{number} waits for you (immediate)"]
    [mail] = server.mails
    assert mail["To"] == "duty@example.org"
    assert SECRET not in mail.as_string()
    assert "convoy" not in mail.get_content()
    assert f"E-{number}, immediate" in mail.get_content()
    history = "\n".join(one.text for one in office_card(world, number).thread)
    assert history.count(f"Told by e-mail: duty officer (@{DUTY}).") == 1
    server.rcpt = "550 5.1.1 no such person"
    world.pass_time(minutes=6)
    assert emails(world, number)[1] == (DEPUTY, "failed", "smtp_550")
    history = "\n".join(one.text for one in office_card(world, number).thread)
    line = f"Not delivered to deputy (@{DEPUTY}): by e-mail: the mail server does not take messages for this address"
    assert history.count(line) == 1
    assert len(told(world, DEPUTY, number, "Brought to you")) == 1
    world.pass_time(minutes=5)
    assert emails(world, number)[2] == (CHIEF, "skipped", "mail_no_address")
    assert the(world, number).is_open
    forget_failures(world)


def test_an_e_mail_tells_while_slack_takes_nothing_and_only_while_it_matters(world: World, server: Post) -> None:
    number = raises(world, SECRET, severity="Immediate")
    assert server.mails == []
    world.workspace.fault("chat.postMessage", "cut_before", count=10_000)
    later(world, minutes=6)
    assert server.mails == []
    later(world, minutes=12)
    assert [(one["To"], one["Subject"]) for one in server.mails] == [
        ("deputy@example.org", f"Escalation E-{number} waits for you (immediate)")
    ]
    later(world, minutes=3)
    assert len(server.mails) == 1
    world.workspace.wire.post("faults/clear")
    later(world, minutes=10)
    assert len([one for one in told(world, DEPUTY, number) if one.text.startswith(f"*E-{number}* · ")]) == 1
    presses(world, office_card(world, number, DUTY), "Acknowledge")
    later(world, minutes=30)
    assert len(server.mails) == 1


def test_an_e_mail_that_waits_for_its_server_is_taken_back_when_somebody_acknowledged(
    world: World, server: Post
) -> None:
    goes_by_email(world, 1, 2)
    server.rcpt = "450 4.2.0 later"
    number = raises(world, SECRET, severity="Immediate")
    later(world, minutes=6)
    assert [state for _name, state, _reason in emails(world, number)] == ["pending", "pending"]
    presses(world, office_card(world, number, CHIEF), "Acknowledge")
    later(world, minutes=10)
    server.rcpt = ""
    later(world, hours=1)
    assert server.mails == []
    assert emails(world, number) == [(DUTY, "skipped", "no_longer"), (DEPUTY, "skipped", "no_longer")]
