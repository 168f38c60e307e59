"""An export of FTS's website, imported by somebody who has never seen the bot."""

from __future__ import annotations

from sqlalchemy import select

from storage.funding.model import Flow
from storage.funding.totals import Scope, total
from tests.funding.sources.website_samples import ROWS, workbook
from tests.funding.test_import_stories import message, upload
from tests.world import World


def test_an_officer_who_has_never_seen_the_bot_imports_an_export_of_the_website(world: World) -> None:
    upload(world, workbook(), "FTS_Results.xlsx")
    preview = message(world, "Nothing is imported yet")
    assert "New: *4* · changed: *0* · unchanged: *0* · refused: *0*" in preview.text
    assert "From a search on FTS's website: what it did not find stays on record." in preview.text
    assert "Destination Location: South Sudan" in preview.text
    assert "as of 4 Mar 2035" in preview.text
    preview.press("Import")
    world.settle()
    # A search that found less takes nothing away.
    upload(world, workbook(ROWS[:1]), "FTS_Results_1.xlsx")
    again = message(world, "Nothing is imported yet")
    assert again.buttons[0] == "Import"
    again.press("Import")
    world.settle()
    with world.database() as session:
        assert total(session, world.mission_id, Scope("SSD", 2035)).funding == 1_460_000
        assert len(list(session.scalars(select(Flow).where(Flow.mission_id == world.mission_id, Flow.is_current)))) == 4
