"""What people type reaches the forms as they typed it, and finds what they meant, however their phone spells it."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient

from bot.sandbox.driver import Form, Message
from tests.escalations.acts import filled, staff
from tests.kit.typed.test_messages import ALERT, FORWARDED
from tests.world import BOT_TOKEN, World

COORDINATOR = "Chief of staff"
# What autocorrection, other keyboards and formatting make of an identifier.
AS_PHONES_WRITE = ("E-1", "E–1", "E‑1", "E—1", "e1", "#1", "“E-1”", "«\u00a0E-1\u00a0»", "*E-1*", "`E-1`", "E-1.")
AS_KEYBOARDS_WRITE = ("E -1", "E - 1", "Ｅ-１", "١", "\u200eE-1\u200f", "№ 1")


def form_after(world: World, name: str, command: str) -> Form:
    person = world.person(name)
    person.runs(command)
    form = person.form
    assert form is not None, person.story()
    return form


def posted(world: World, **message: Any) -> Message:
    """A message that an app wrote into #general, as a person sees it."""
    person = world.person(COORDINATOR)
    client = WebClient(BOT_TOKEN, base_url=world.product.settings.slack_api_url)
    channel = next(one["id"] for one in person.channels() if one["name"] == "general")
    ts = client.chat_postMessage(channel=channel, **message)["ts"]
    return next(one for one in person.messages(in_="#general") if one.ts == ts)


@pytest.mark.parametrize(
    "text",
    ["Ask R&D whether cost < 5 MUSD", "سؤال: <b> & \u200fآخر", "l’accès\u00a0: 5\u00a0%"],
)
def test_the_words_behind_a_command_arrive_as_typed(world: World, text: str) -> None:
    assert form_after(world, COORDINATOR, f"/cabinet action {text}").value("What is to be done") == text


def test_a_mention_in_a_text_is_the_name_of_that_person(world: World) -> None:
    form = form_after(world, COORDINATOR, f"/cabinet action Call <@{world.user_id('WFP focal point')}> today")
    assert form.value("What is to be done") == "Call @WFP focal point today"


def test_a_search_with_an_ampersand_finds_its_organisation(world: World) -> None:
    form = form_after(world, "Chief of staff", "/agency add")
    form.fill("Code", "“M&E”").fill("Name in English", "Monitoring & Evaluation").choose("Kind", "Other").submit()
    assert "“M&E” does not fit" in str(form.errors)
    form.fill("Code", "“UN–MON”").submit()
    world.settle()
    assert "UN-MON" in form_after(world, "Chief of staff", "/agency list Monitoring & Evaluation").text
    assert "UN-MON" in form_after(world, "Chief of staff", "/agency show un—mon").text


def test_identifiers_are_known_as_phones_write_them(world: World) -> None:
    staff(world)
    assert filled(world, "Convoy stopped", severity="Routine", name="WFP focal point").submit() is None
    world.settle()
    for typed in (*AS_PHONES_WRITE, *AS_KEYBOARDS_WRITE):
        assert "Convoy stopped" in form_after(world, "WFP focal point", f"/escalate show {typed}").text, typed
    assert "Convoy stopped" in form_after(world, "WFP focal point", "/escalate show\u00a0E-1").text


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (FORWARDED | {"text": "From the field"}, "From the field\n\nConvoy <3> stopped at Pibor"),
        (ALERT, "New alert\n\nFire & smoke\n*Bor* road & bridge\nTwo wounded"),
    ],
)
def test_words_in_attachments_and_blocks_reach_every_shortcut(
    world: World, message: dict[str, Any], words: str
) -> None:
    staff(world)
    # What Slack adds to a forwarded message, no app can send.
    given = [{name: one[name] for name in one if name != "message_blocks"} for one in message.get("attachments", [])]
    there = posted(world, **message | ({"attachments": given} if given else {}))
    assert there.shortcut("cabinet:to-action").value("What is to be done") == words
    assert there.shortcut("escalations:message").value("What is it about?") == words


def test_a_long_message_is_taken_over_with_what_did_not_fit(world: World) -> None:
    words = " ".join(f"word{number}" for number in range(520))
    there = posted(world, text=words)
    form = there.shortcut("cabinet:to-action")
    begun = form.value("What is to be done")
    assert len(begun) <= 1500
    assert begun.endswith(" …")
    taken = begun.removesuffix(" …").split()
    rest = form.text[form.text.index("What did not fit:") :].split()
    assert [*taken, *(word for word in rest if word.startswith("word"))] == words.split()


@pytest.mark.parametrize("command", ["/cabinet log", "/agency list"])
def test_a_search_too_long_to_carry_along_is_refused_and_not_cut(world: World, command: str) -> None:
    reply = world.person(COORDINATOR).runs(f"{command} {'word ' * 30}")
    assert "at most 100 characters" in reply.text
