"""Own figures, pledges and discrepancies as records: each change a step and an act, and nobody writes over unseen."""

from __future__ import annotations

import copy
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from bot.app import conversation_of
from bot.requests.incoming import ACTION, Incoming
from bot.sandbox.driver import Form
from storage.audit import history
from storage.funding.discrepancies import FundingDiscrepancy
from storage.funding.lines import FundingLine
from storage.funding.steps import steps_of
from tests.funding.published import publish
from tests.funding.test_following import CHIEF, SECRETARY, fill_pledge, form_of, pressed, sent, the_pledge
from tests.updates.deliveries import bring, delivered
from tests.world import World, a_world


def stated(world: World, kind: str, identity: int) -> list[tuple[str, str, list[str], str]]:
    """The steps of a record, the oldest first."""
    with world.product.database.reading() as session:
        steps = steps_of(session, world.mission_id, kind, identity)
        return [(one.before, one.after, sorted(one.changes), one.note) for one in reversed(steps)]


def acts(world: World, kind: str, identity: int) -> list[tuple[str, dict[str, Any]]]:
    """What the audit record says of it, the oldest first."""
    with world.product.database.reading() as session:
        found = sorted(history(session, world.mission_id, kind, identity), key=lambda one: one.id)
        return [(one.verb, dict(one.details)) for one in found]


def edit(world: World, name: str = CHIEF) -> Form:
    """The form of the only pledge."""
    return pressed(pressed(form_of(world.person(name), "/funding pledge"), "Open"), "Edit")


def test_every_change_of_a_pledge_is_a_step_and_an_act(funded: World) -> None:
    sent(fill_pledge(pressed(form_of(funded.person(CHIEF), "/funding pledge"), "New pledge")))
    details = sent(edit(funded).fill("Amount", "2 000 000").fill("Source", "A letter"))
    sent(pressed(details, "Move on").choose("It is now", "pledge").fill("What happened", "Signed."))
    pledge = the_pledge(funded)
    assert pledge.version == 3
    assert stated(funded, "pledge", pledge.id) == [
        ("", "announced", [], ""),
        ("announced", "announced", ["amount", "source"], ""),
        ("announced", "pledge", [], "Signed."),
    ]
    assert acts(funded, "pledge", pledge.id) == [
        ("pledge.added", {}),
        ("pledge.changed", {"fields": ["amount", "source"]}),
        ("pledge.moved", {"before": "announced", "after": "pledge"}),
    ]
    with funded.product.database.reading() as session:
        changed = steps_of(session, funded.mission_id, "pledge", pledge.id)[1].changes
    assert changed["source"] == ["", "A letter"]
    assert changed["amount"][0] == "1250000.50"
    assert Decimal(str(changed["amount"][1])) == 2_000_000


def test_a_refused_change_leaves_no_trace(funded: World) -> None:
    sent(fill_pledge(pressed(form_of(funded.person(CHIEF), "/funding pledge"), "New pledge")))
    refused = edit(funded).fill("Donor", "Donor West").fill("Amount", "1,2,3").submit()
    assert refused is not None
    assert refused.errors.keys() == {"Amount"}
    pledge = the_pledge(funded)
    assert (pledge.donor, pledge.version) == ("Donor East", 1)
    assert len(stated(funded, "pledge", pledge.id)) == 1


def test_whoever_is_second_reads_everything_that_changed_since_they_opened_it(funded: World) -> None:
    sent(fill_pledge(pressed(form_of(funded.person(CHIEF), "/funding pledge"), "New pledge")))
    mine = edit(funded).fill("Donor", "Donor East and West")
    theirs = sent(edit(funded, SECRETARY).fill("Source", "A letter"))
    sent(pressed(theirs, "Move on").choose("It is now", "stalled").fill("What happened", "Elections."))
    again = sent(mine)
    for said in ("Somebody else has changed this meanwhile.", "edited: source", "announced → stalled", "> Elections."):
        assert said in again.text
    assert "announced\n" not in again.text.partition("Donor")[0]
    # What was meant for the version before is not moved over either.
    moving = pressed(pressed(form_of(funded.person(SECRETARY), "/funding pledge"), "Open"), "Move on")
    sent(again)
    refused = moving.choose("It is now", "paid").submit()
    assert refused is not None
    assert "Somebody moved this pledge meanwhile" in refused.errors["It is now"]


def test_a_line_is_kept_as_a_record_and_taken_off_the_books(funded: World) -> None:
    form = pressed(form_of(funded.person(CHIEF), "/funding own"), "New figure")
    for name, value in {"Title": "Market bridge", "Amount": "48500", "Source": "Committee"}.items():
        form.fill(name, value)
    details = sent(pressed(sent(form), "Edit").choose("Status", "paid"))
    pressed(details, "Take off the books")
    with funded.product.database.reading() as session:
        (line,) = session.scalars(select(FundingLine)).all()
    assert (line.version, line.removed_at is not None) == (3, True)
    assert stated(funded, "line", line.id) == [
        ("", "commitment", [], ""),
        ("commitment", "paid", ["status"], ""),
        ("paid", "paid", [], "Taken off the books."),
    ]
    assert [verb for verb, _details in acts(funded, "line", line.id)] == ["line.added", "line.changed", "line.removed"]


def test_of_many_at_the_same_moment_one_writes_and_the_others_see_it(database_url: str) -> None:
    with a_world(database_url) as world:
        world.set_up()
        with world.database() as session:
            publish(session, world.mission_id, world.now - timedelta(days=1))
        sent(fill_pledge(pressed(form_of(world.person(CHIEF), "/funding pledge"), "New pledge")))
        refused = edit(world).fill("Source", "A letter").fill("Amount", "1,2,3").submit()
        assert refused is not None
        payload = delivered(world, "view_submission")
        assert json.loads(payload["view"]["private_metadata"])["version"] == 1

        def send(number: int) -> str:
            one = copy.deepcopy(payload)
            one["view"] |= {"id": f"V{number}", "hash": str(number)}
            for name, value in (("amount", "2000000"), ("source", f"Letter {number}")):
                next(iter(one["view"]["state"]["values"][name].values()))["value"] = value
            return str(bring(world, one))

        with ThreadPoolExecutor(4) as threads:
            answers = list(threads.map(send, range(4)))
        assert sum("Somebody else has changed this meanwhile." in one for one in answers) == 3, answers
        pledge = the_pledge(world)
        assert pledge.version == 2
        assert len(stated(world, "pledge", pledge.id)) == 2
        world.settle()


def test_only_its_owner_and_who_writes_puts_a_reminder_off(funded: World) -> None:
    """Anybody can send the press, and the owner would not hear of what they owe."""
    owner = funded.user_id("WFP focal point")
    with funded.database() as session:
        row = FundingDiscrepancy(
            mission_id=funded.mission_id, about="plan:P", label="Plan", ours=Decimal(1), evidence="", contact="",
            owner=owner, next_on=funded.now.date(), created_by=owner, created_at=funded.now, updated_at=funded.now,
        )  # fmt: skip
        session.add(row)
        session.flush()
        value = f"discrepancy|{row.id}|1"
    conversation = conversation_of(funded.product, funded.product.slack)
    refused = {}
    for number, name in enumerate(("IOM focal point", "WFP focal point", CHIEF)):
        press = Incoming(ACTION, f"k{number}", funded.user_id(name), "funding:snooze", value=value)
        refused[name] = conversation.hear(press).refusal is not None
    assert refused == {"IOM focal point": True, "WFP focal point": False, CHIEF: False}
