"""Several files in one form over the local Slack: pages of one answer become one import that knows when it is whole."""

from __future__ import annotations

from tests.agencies.test_stories import ADMIN, runs
from tests.funding.imports.api import LINK, api_flow, api_pages
from tests.funding.samples import FLOWS, flow, flows_csv
from tests.funding.test_import_stories import flows_now, funding, message, upload
from tests.world import World

ANSWER = [api_flow(one, 100 * one) for one in (101, 102, 103, 108, 109)]


def test_three_pages_in_one_form_are_one_answer_and_a_part_of_them_takes_nothing_away(world: World) -> None:
    person = world.person(ADMIN)
    upload(world, flows_csv([flow(101, 10_100), flow(999, 5)]))
    message(world, "Nothing is imported yet").press("Import")
    world.settle()
    first, second, third = api_pages(ANSWER, 2)

    upload(world, first, "first.json")
    preview = message(world, "Nothing is imported yet: a preview: first.json")
    assert "This is a part: 2 of the 5 flows that FTS counts" in preview.text
    assert f"The page that follows: {LINK.format(limit=2, page=2)}" in preview.text
    assert preview.buttons[0] == "Import"
    assert not any("withdraw" in one for one in preview.buttons)
    preview.press("Import")
    world.settle()
    assert "so far*: 3 of the 5 flows that FTS counts are imported" in person.runs("/funding").text
    assert "received in all" not in person.runs("/funding").text

    form = runs(person, "/funding import")
    for called, content in (("third.json", third), ("first.json", first), ("second.json", second)):
        form.attach("File", content, called=called)
    answered = form.submit()
    assert answered is not None
    assert "I am reading *third.json, first.json, second.json*" in answered.text
    world.settle()
    preview = message(world, "Nothing is imported yet: a preview: third.json, first.json, second.json")
    assert "All pages are here: 5 of the 5 flows that FTS counts" in preview.text
    assert "New: *3* · changed: *0* · unchanged: *2* · refused: *0*" in preview.text
    preview.press("Import and withdraw 1 row")
    world.settle()
    done = message(world, "Imported: third.json, first.json, second.json")
    assert "• SSD 2035 · Needs and response plan, 2035: FTS says US$52,300; the flows add up to US$52,300." in done.text
    assert flows_now(world)["999"] == (5, True)
    assert funding(world) == 52_300
    assert "received in all" in person.runs("/funding").text


def test_files_of_several_kinds_in_one_form_have_a_preview_each_and_a_wrong_one_is_named(world: World) -> None:
    form = runs(world.person(ADMIN), "/funding import")
    form.attach("File", flows_csv(FLOWS), called="incoming.csv")
    form.attach("File", flows_csv([flow(1, 5, destLocations="KEN")]).replace(b"onBoundary", b"x"), called="odd.csv")
    form.fill("Country", "SSD").submit()
    assert form.errors["File"].startswith("odd.csv: This looks like a file of flows, but these columns are missing")
    form = runs(world.person(ADMIN), "/funding import").fill("Country", "SSD")
    form.attach("File", flows_csv(FLOWS), called="incoming.csv")
    form.attach("File", flows_csv([flow(201, 5, boundary="internal")]), called="internal.csv")
    answered = form.submit()
    assert answered is not None
    assert "I am reading *incoming.csv*, *internal.csv*" in answered.text
    world.settle()
    for called in ("incoming.csv", "internal.csv"):
        assert "New: *" in message(world, f"Nothing is imported yet: a preview: {called}").text
