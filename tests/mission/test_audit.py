"""The audit record: who may look through it, what stands in it, and taking it out."""

from __future__ import annotations

import csv
import io

from bot.app import conversation_of
from bot.requests.incoming import ACTION, Incoming
from commands.kit.work import MessageRef
from storage.audit import AuditEntry, Search, find_acts, record
from storage.people import Role, set_holders
from tests.updates.rounds import a_round
from tests.updates.test_answering import submitted, writes
from tests.world import World

ADMIN, READER = "Chief of staff", "Mission reader"


def acts(world: World, verb: str) -> list[AuditEntry]:
    with world.database() as session:
        return find_acts(session, world.mission_id, Search(verbs=(verb,)), limit=100)


def test_what_somebody_was_not_allowed_is_on_record_without_their_words(world: World) -> None:
    reader = world.person(READER)
    reader.runs("/mission setup")
    reader.runs("/agency suspend WFP because of zqsecret")
    setup, suspend = reversed(acts(world, "refused"))
    assert (setup.actor, setup.subject_kind, setup.subject_id) == (world.user_id(READER), "verb", "/mission setup")
    assert suspend.subject_id == "/agency suspend"
    assert "zqsecret" not in str(suspend.details)


def test_what_is_confidential_is_on_record_once_for_each_time_it_is_opened(world: World) -> None:
    made = a_round(world, handling="confidential")
    submitted(writes(world, "WFP focal point"), "zqsecret")
    read = [one for one in acts(world, "read") if one.actor == world.user_id("WFP focal point")]
    assert {one.subject_kind for one in read} == {"return"}
    assert [one.details for one in read] == [{"by": "updates:answer"}, {"by": "updates:write"}], "typing is not reading"
    reads = len(acts(world, "read"))
    world.person("IOM focal point").runs("/update submit WFP")
    assert len(acts(world, "read")) == reads
    with world.database() as session:
        set_holders(
            session, world.mission_id, Role.COORDINATOR, [world.user_id("Cabinet secretary")], "test", world.now
        )
    press = Incoming(ACTION, "k1", world.user_id(ADMIN), "updates:each", value=str(made), message=MessageRef("C0", "1"))
    assert conversation_of(world.product, world.product.slack).hear(press).refusal is not None
    [refused] = [one for one in acts(world, "refused") if one.actor == world.user_id(ADMIN)]
    assert (refused.subject_kind, refused.subject_id, refused.details) == ("round", str(made), {"by": "updates:each"})


def test_what_is_unclassified_is_opened_without_a_word_on_record(world: World) -> None:
    a_round(world)
    world.person("WFP focal point").runs("/update submit")
    assert acts(world, "read") == []


def test_the_same_refusal_within_an_hour_is_on_record_once(world: World) -> None:
    for _time in range(3):
        world.person(READER).runs("/mission setup")
    assert len(acts(world, "refused")) == 1
    world.pass_time(minutes=61)
    world.person(READER).runs("/mission setup")
    assert len(acts(world, "refused")) == 2


def test_admins_and_the_srsg_office_look_through_it_and_nobody_else(world: World) -> None:
    world.person(READER).runs("/mission setup")
    assert "needs one of these roles" in world.person(READER).runs("/mission audit").text
    for name in (ADMIN, "SRSG"):
        world.person(name).runs("/mission audit")
        form = world.person(name).form
        assert form is not None
        assert "/mission setup" in form.text
        assert "was not allowed" in form.text
        form.choose("What", "What somebody was not allowed").choose("Who", READER).submit()
        found = world.person(name).form
        assert found is not None
        assert "2 acts on record" in found.text
        assert "mission.setup" not in found.text
        found.close()


def test_it_is_taken_out_as_files_and_that_is_on_record_too(world: World) -> None:
    a_round(world)
    world.person("SRSG").runs("/mission audit")
    form = world.person("SRSG").form
    assert form is not None
    form.press("Send as files")
    world.settle()
    messages = world.person("SRSG").messages(in_="Rapporteur")
    files = [file for one in messages for file in one.raw.get("files", [])]
    [file] = [one for one in files if one["name"].endswith(".csv")]
    content = world.workspace.wire.download(file["id"], world.user_id("SRSG")).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    with world.database() as session:
        known = find_acts(session, world.mission_id, Search(), limit=1000)
    assert known[0].verb == "audit.exported"
    words = world.product.house.act_words()
    assert [row["What (code)"] for row in rows] == [one.verb for one in known[1:]]
    assert [row["What"] for row in rows] == [words.act(one.verb) for one in known[1:]]
    assert {row["What"] for row in rows} >= {"planned a round", "opened a round"}
    assert {row["About"] for row in rows} >= {"round"}


def test_pages_hold_every_act_once(world: World) -> None:
    reader = world.user_id(READER)
    with world.database() as session:
        for number in range(45):
            about = ("verb", f"/mission setup {number}")
            record(session, world.mission_id, at=world.now, actor=reader, verb="refused", subject=about)
    world.person(ADMIN).runs("/mission audit")
    form = world.person(ADMIN).form
    assert form is not None
    form.choose("What", "What somebody was not allowed").submit()
    counts = []
    for _page in range(3):
        form = world.person(ADMIN).form
        assert form is not None
        counts.append(form.text.count("/mission setup"))
        if "Next" in form.buttons:
            form.press("Next")
    assert counts == [20, 20, 5]
