"""Who reads what an agency wrote: before the digest those concerned alone, whatever they ask for or send."""

from __future__ import annotations

import io
from datetime import timedelta

from openpyxl import load_workbook

from bot.app import conversation_of
from bot.requests.incoming import ACTION, Incoming
from commands.kit.work import MessageRef, ViewRef
from tests.updates.rounds import a_round, the_return, the_round
from tests.updates.test_answering import submitted, writes
from tests.updates.test_confidential import forget_failures, forget_role
from tests.updates.test_digest import a_plan
from tests.world import World

CHIEF, READER, WFP = "Chief of staff", "Mission reader", "WFP focal point"
FIRST, SECOND = "The bridge is closed.", "The bridge is open again."


def exported(world: World, name: str) -> list[str]:
    """The answers that somebody gets as a file, without empty ones."""
    person = world.person(name)
    before = len(person.messages(in_="Rapporteur"))
    person.runs("/update export")
    world.settle()
    files = {file: data for one in person.messages(in_="Rapporteur")[before:] for file, data in one.files.items()}
    [content] = files.values()
    titles, *rows = load_workbook(io.BytesIO(content))["Returns"].iter_rows(values_only=True)
    answers = [row[titles.index("Answer")] for row in rows]
    return [str(one) for one in answers if one]


def edits(world: World, text: str) -> None:
    world.settle()
    form = world.person(WFP).direct_message_from("Rapporteur", "Weekly update").press("Edit")
    assert form is not None
    submitted(form, text)


def test_a_reader_exports_what_a_digest_showed_and_nothing_before(world: World) -> None:
    made = a_round(world)
    submitted(writes(world, WFP), FIRST)
    edits(world, SECOND)
    assert exported(world, READER) == []
    assert exported(world, "IOM focal point") == []
    assert exported(world, WFP) == [FIRST, SECOND]
    assert exported(world, CHIEF) == [FIRST, SECOND]
    assert exported(world, "SRSG") == []
    world.go_to(the_round(world, made).digest_at)
    assert exported(world, READER) == exported(world, "SRSG") == [SECOND]
    assert exported(world, CHIEF) == [FIRST, SECOND]


def hears(world: World, name: str, verb: str, value: str) -> str:
    """What somebody is refused with who sends a press that nobody offered them; empty when it was done."""
    conversation = conversation_of(world.product, world.product.slack)
    where = {"view": ViewRef("V1", "h", "modal")} if verb.startswith("updates:plan") else {}
    press = Incoming(
        ACTION, f"forged:{verb}:{value}:{name}", world.user_id(name), verb, value=value, message=MessageRef("C0", "1"),
        **where,
    )  # fmt: skip
    reaction = conversation.hear(press)
    return reaction.refusal.text if reaction.refusal is not None else ""


def test_a_forged_press_on_a_confidential_round_says_what_an_unknown_one_says_and_changes_nothing(world: World) -> None:
    made = a_round(world, handling="confidential")
    given = the_return(world, "WFP", made)
    world.settle()
    forget_role(world)
    for verb, value in {
        "updates:finish": made,
        "updates:proxy": made,
        "updates:waive": made,
        "updates:each": made,
        "updates:write": given.id,
        "updates:nil": given.id,
    }.items():
        refused = hears(world, CHIEF, verb, str(value))
        assert refused, verb
        assert refused == hears(world, CHIEF, verb, "999999"), verb
    assert the_round(world, made).closed_at is None
    assert hears(world, "Cabinet secretary", "updates:finish", str(made)) == ""
    world.settle()
    forget_failures(world)


def test_an_admin_who_is_not_cleared_sees_no_confidential_plan(world: World) -> None:
    a_plan(world, "Weekly picture")
    identity = a_plan(world, "zqsecret talks", "confidential")
    forget_role(world)
    world.person(CHIEF).runs("/update schedule")
    form = world.person(CHIEF).form
    assert form is not None
    assert "Weekly picture" in form.text
    assert "zqsecret" not in form.text
    for verb in ("updates:plan-edit", "updates:plan-pause", "updates:plan-resume"):
        refused = hears(world, CHIEF, verb, str(identity))
        assert refused == hears(world, CHIEF, verb, "999999") != ""
    world.person("Cabinet secretary").runs("/update schedule")
    seen = world.person("Cabinet secretary").form
    assert seen is not None
    assert "zqsecret" in seen.text


def test_a_late_edit_is_read_by_others_once_an_addendum_has_shown_it(world: World) -> None:
    made = a_round(world)
    submitted(writes(world, WFP), FIRST)
    world.go_to(the_round(world, made).digest_at)
    world.pass_time(minutes=1)
    edits(world, SECOND)
    assert exported(world, READER) == [FIRST]
    world.go_to(world.now + timedelta(days=3))
    assert exported(world, READER) == [SECOND]
