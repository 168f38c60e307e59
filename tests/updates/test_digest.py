"""What the cabinet reads: the digest at its time, its thread, and the addenda for what came after it."""

from __future__ import annotations

from datetime import timedelta

from bot.sandbox.driver import Message
from storage.updates.rounds import PlanState, RoundPlan
from tests.updates.rounds import a_round, the_return, the_round
from tests.updates.test_answering import DONE, ask_of, submitted, writes
from tests.world import World

CHIEF = "Chief of staff"


def digest_of(world: World) -> Message:
    found = [one for one in world.person(CHIEF).messages(in_="#cabinet") if "update: digest" in one.text]
    assert len(found) == 1, [one.text for one in found]
    return found[0]


def to_the_digest(world: World, made: int) -> None:
    world.go_to(the_round(world, made).digest_at)


def test_the_digest_says_who_answered_what_and_who_did_not(world: World) -> None:
    made = a_round(world)
    writes(world, "WFP focal point").fill("People reached (Food Security)", "1200").fill(
        "People reached (Logistics)", "30"
    ).choose("Access", "restricted").fill(DONE, "Convoys reached the north.").submit()
    ask_of(world, "UNHCR focal point").press("Nothing to report")
    to_the_digest(world, made)
    text = digest_of(world).text
    assert "Weekly update: digest" in text
    assert "Updates received: *2 of 5*" in text
    assert "People reached: *1,230 people*" in text
    assert "not known: IOM, UNHCR, UNICEF, WHO" in text
    assert "*Not received:* IOM, UNICEF, WHO" in text
    assert "*Nothing to report:* UNHCR" in text
    assert "*WFP*: Convoys reached the north." in text
    assert "Food Security" in text


def test_a_round_without_returns_has_a_digest_too(world: World) -> None:
    made = a_round(world)
    to_the_digest(world, made)
    assert "*No updates received.* Nobody has answered this round." in digest_of(world).text


def test_what_is_too_long_for_one_message_goes_on_in_the_thread_and_nothing_is_cut(world: World) -> None:
    made = a_round(world)
    texts = {name: f"{name} " + "word " * 590 + "end." for name in ("WFP", "UNHCR", "WHO", "IOM")}
    for name, text in texts.items():
        world.person(f"{name} focal point").runs("/update submit")
        form = world.person(f"{name} focal point").form
        assert form is not None
        submitted(form, text)
    to_the_digest(world, made)
    first = digest_of(world)
    assert "Continued in the thread" in first.text
    whole = " ".join([first.text, *(reply.text for reply in first.thread)])
    for text in texts.values():
        assert " ".join(text.split()) in " ".join(whole.split())


def test_what_is_new_stands_out_and_numbers_show_their_change(world: World) -> None:
    plan = a_plan(world)
    first = a_round(world, plan_id=plan, slot=world.now)
    for reached, access in (("100", "open"),):
        writes(world, "IOM focal point").fill("People reached (Camp Coordination / Management)", reached).choose(
            "Access", access
        ).fill(DONE, "Same as ever.").submit()
    world.go_to(the_round(world, first).closes_at + timedelta(days=3))
    second = a_round(world, title="Next update", plan_id=plan, slot=world.now)
    world.person("IOM focal point").runs("/update submit")
    again = world.person("IOM focal point").form
    assert again is not None
    again.fill("People reached (Camp Coordination / Management)", "140").choose("Access", "open")
    submitted(again, "Same as ever.")
    world.go_to(the_round(world, second).digest_at)
    text = next(one for one in world.person(CHIEF).messages(in_="#cabinet") if "Next update: digest" in one.text).text
    assert "*IOM*, unchanged: Same as ever." in text
    assert "*IOM*: 140 people (+40)" in text
    assert "(+40 since the last round, over 1 agency)" in text


def test_late_returns_and_later_edits_make_one_addendum(world: World) -> None:
    made = a_round(world)
    submitted(writes(world, "WFP focal point"), "Before the digest.")
    to_the_digest(world, made)
    edit = ask_of(world, "WFP focal point").press("Edit")
    assert edit is not None
    submitted(edit, "Corrected after the digest.")
    submitted(writes(world, "IOM focal point"), "Late, sorry.")
    world.pass_time(minutes=16)
    addendum = next(one for one in digest_of(world).thread if "addendum 1" in one.text)
    assert "Changed since the digest" in addendum.text
    assert "Corrected after the digest." in addendum.text
    assert "Received after the digest" in addendum.text
    assert "Late, sorry." in addendum.text
    world.pass_time(hours=2)
    assert len([one for one in digest_of(world).thread if "addendum" in one.text]) == 1
    assert the_return(world, "IOM", made).digest_version == 1


def a_plan(world: World, title: str = "Weekly update", level: str = "unclassified") -> int:
    """A plan that asks by itself for nothing, for rounds to belong to."""
    at = world.now.time().replace(tzinfo=None)
    with world.database() as session:
        plan = RoundPlan(
            mission_id=world.mission_id,
            title=title,
            handling=level,
            due_time=at,
            open_time=at,
            close_time=at,
            digest_time=at,
            anchor=world.now.date(),
            digest_channel=world.channel_id("cabinet"),
            state=PlanState.PAUSED,
            created_by=world.user_id(CHIEF),
            created_at=world.now,
            updated_at=world.now,
        )
        session.add(plan)
        session.flush()
        return plan.id
