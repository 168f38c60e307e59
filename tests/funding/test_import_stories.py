"""Importing over the local Slack: preview, confirmation, correction, withdrawal, taking back, refusals."""

from __future__ import annotations

from sqlalchemy import func, select

from bot.sandbox.driver import Form, Message
from commands.funding.rules.imports.recognition import may_take_long
from storage.funding.imports import FundingPart, ImportState, count_imports
from storage.funding.model import Flow, funding_settings
from storage.funding.totals import Scope, total
from tests.agencies.test_stories import ADMIN, runs
from tests.funding.import_samples import an_import
from tests.funding.samples import FLOW_TITLES, FLOWS, as_xlsx, flow, flows_csv
from tests.kit.tables.books import book
from tests.world import World


def upload(world: World, content: bytes, called: str = "flows.csv", **fields: str) -> Form:
    """Send the form with a file; gives what is shown then."""
    form = runs(world.person(ADMIN), "/funding import").attach("File", content, called=called)
    for label, value in fields.items():
        form.fill(label.replace("_", " "), value)
    answered = form.submit()
    assert answered is not None, form.notice
    world.settle()
    return answered


def message(world: World, text: str) -> Message:
    return world.person(ADMIN).direct_message_from("Rapporteur", text)


def funding(world: World) -> int:
    with world.database() as session:
        return int(total(session, world.mission_id, Scope("SSD", 2035)).funding)


def test_a_preview_then_one_click_then_a_corrected_file(world: World) -> None:
    assert "Nothing was imported yet" in world.person(ADMIN).runs("/funding imports").text
    answered = upload(world, flows_csv(FLOWS))
    assert "I am reading *flows.csv*" in answered.text
    preview = message(world, "Nothing is imported yet")
    assert "New: *7* · changed: *0* · unchanged: *0* · refused: *0*" in preview.text
    assert "Together:* US$0 → US$1,352,345" in preview.text
    assert funding(world) == 0
    preview.press("Import")
    world.settle()
    assert funding(world) == 1_352_345


def imported(world: World, content: bytes, called: str = "flows.csv", press: str = "Import", **fields: str) -> Message:
    """Upload a file and press its button; gives the message afterwards."""
    upload(world, content, called, **fields)
    message(world, "Nothing is imported yet").press(press)
    world.settle()
    return message(world, "Imported")


def flows_now(world: World) -> dict[str, tuple[int, bool]]:
    with world.database() as session:
        rows = session.scalars(select(Flow).where(Flow.mission_id == world.mission_id, Flow.is_current))
        return {flow.fts_id: (int(flow.amount_usd), flow.is_withdrawn) for flow in rows}


def test_a_corrected_file_replaces_by_id_withdraws_what_is_gone_and_can_be_taken_back(world: World) -> None:
    imported(world, flows_csv(FLOWS))
    corrected = [flow(101, 1_100_000), *FLOWS[1:4], flow(108, 5_000)]
    upload(world, flows_csv(corrected), "corrected.csv")
    preview = message(world, "Nothing is imported yet")
    assert "New: *1* · changed: *1* · unchanged: *3* · refused: *0*" in preview.text
    assert "3 rows on record for the same country, years and kind are not in this file" in preview.text
    assert "US$1,352,345 → US$1,457,345 (+US$105,000)" in preview.text
    assert preview.buttons[:3] == ["Import and withdraw 3 rows", "Import and keep what is missing", "Discard"]
    preview.press("Import and withdraw 3 rows")
    world.settle()
    assert funding(world) == 1_445_000
    assert flows_now(world)["107"] == (12_345, True)
    history = world.person(ADMIN).runs("/funding imports")
    assert history.text.count("Imported:") == 2
    done = message(world, "Imported: corrected.csv")
    assert "3 rows that the file lacks are withdrawn" in done.text
    done.press("Take this import back")
    world.settle()
    assert funding(world) == 1_352_345
    assert flows_now(world)["107"] == (12_345, False)
    assert world.count_rows(FundingPart) == 0
    older = message(world, "Imported: flows.csv")
    older.press("Take this import back")
    world.settle()
    assert (funding(world), flows_now(world)) == (0, {})


def test_a_part_of_the_flows_withdraws_nothing_and_the_same_file_again_changes_nothing(world: World) -> None:
    imported(world, flows_csv(FLOWS))
    imported(world, flows_csv(FLOWS[:2]), press="Import and keep what is missing")
    assert funding(world) == 1_352_345
    again = imported(world, flows_csv(reversed(FLOWS)))
    assert "New: *0* · changed: *0* · unchanged: *7* · refused: *0*" in again.text
    with world.database() as session:
        assert session.scalar(select(func.count()).select_from(Flow)) == len(FLOWS)


BAD = [
    flow(1, "1,234,567"),
    flow(2, "12.345"),
    flow(3, "=SUM(A1:A9)"),
    flow(4, ""),
    flow(5, "-500"),
    flow(6, 100, originalCurrency="ZZZ", originalAmount=90),
    flow(7, 100, originalCurrency="EUR", originalAmount=100, exchangeRate=1),
    flow(8, 100, destUsageYearEnd=2034),
    flow(9, 100, destLocations="KEN"),
    flow(10, 100, status="maybe"),
    flow(11, 100),
    flow(11, 100),
    flow(12, 100),
    flow(12, 200),
    flow(13, 100, boundary="sideways"),
    flow(14, 100, decisionDate="03/04/2035", description="=cmd"),
    flow("", 100),
]


def test_bad_rows_are_named_with_row_and_column_and_nothing_else_is_lost(world: World) -> None:
    upload(world, flows_csv(BAD), Country="SSD")
    preview = message(world, "Nothing is imported yet")
    assert "New: *8* · changed: *0* · unchanged: *0* · refused: *7*" in preview.text
    assert "Not ours: 1 row of other countries, left out." in preview.text
    for words in (
        # The amount in row 2 says how this one is meant; nothing does so for the day.
        "More than two decimals; rounded to the cent. (1 time) – row 3, column amountUSD: 12.345",
        "These columns can be read in two ways,* and no cell settles it: decisionDate (“03/04/2035”).",
        "This is a formula, not a number. Save the values only. (1 time) – row 4, column amountUSD: =SUM(A1:A9)",
        "The amount is empty; unknown is not zero. (1 time) – row 5, column amountUSD",
        "The same id stands in several rows that contradict each other; none of them is taken. (2 times)",
        "Thousands separators; read as one number. (1 time) – row 2, column amountUSD: 1,234,567",
        "Negative amount: it lowers the total.",
    ):
        assert words in preview.text, words
    preview.press("Refusals and warnings as a file")
    world.settle()
    files = {name: file for one in world.person(ADMIN).messages(in_="Rapporteur") for name, file in one.files.items()}
    told = next(file for name, file in files.items() if name.startswith("issues")).decode("utf-8-sig")
    for words in (
        "not ours,10,destLocations,KEN,Another country than the mission's.",
        "refused,11,status,maybe,",
        "refused,16,boundary,sideways,",
        "refused,18,id,,The flow has no id.",
        "warning,7,originalCurrency,ZZZ,No currency of ISO 4217.",
        "warning,8,exchangeRate,1 EUR,",
        "warning,9,destUsageYearEnd,2035 > 2034,The end is before the start.",
        "warning,17,decisionDate,03/04/2035,",
        "warning,17,description,'=cmd,",
        'warning,13,id,"11: 12, 13",The same row stands several times; it is taken once.',
    ):
        assert words in told, words
    preview.press("Import")
    world.settle()
    # The flow whose usage ends before it starts names no single year.
    assert funding(world) == 1_234_567 + 12 - 500 + 4 * 100


def test_files_that_are_none_are_refused_beside_the_field_and_the_form_keeps_what_was_typed(world: World) -> None:
    internal = flows_csv([flow(1, 5, boundary="internal")])
    form = upload(world, internal, Country="Nowhere")
    assert "“Nowhere” is no country that I know" in form.errors["Country"]
    form.fill("Country", "SSD").choose("Direction of flows", "Incoming: money for the country").submit()
    assert "looks like the internal file: 1 of the first 1 rows say “internal”" in form.errors["Direction of flows"]
    for called, content, words in (
        ("flows.csv", b"PK\x03\x04rest", "called .csv but holds no text"),
        ("flows.xlsx", b"PK\x03\x04rest", "workbook is damaged"),
        ("flows.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), "old Excel file"),
        ("flows.csv", b"<html><body>Gateway timeout", "web page"),
        ("flows.csv", b"Agency,City\nWFP,Juba\n", "none of the files that FTS publishes"),
        ("flows.csv", flows_csv(FLOWS).replace(b"onBoundary", b"other"), "columns are missing: onBoundary. Without"),
        ("page.json", b'{"data": {"flows": []}}', "no flows and no grouping"),
        ("big.csv", b"x" * 60_000_001, "larger than 60 MB"),
    ):
        refused = upload(world, content, called)
        assert words in refused.errors["File"], (called, refused.errors)
    kenya = flows_csv([flow(1, 5, destLocations="KEN")])
    elsewhere = upload(world, kenya)
    assert "about KEN, and the mission's time zone is that of SSD" in elsewhere.errors["Country"]
    assert "I am reading" in upload(world, kenya, Country="Kenya").text
    message(world, "Nothing is imported yet").press("Import")
    world.settle()
    assert "about SSD; the mission's funding is about KEN" in upload(world, flows_csv(FLOWS)).errors["File"]
    with world.database() as session:
        assert funding_settings(session, world.mission_id).countries == ["KEN"]
    assert "This needs one of these roles" in world.person("Mission reader").runs("/funding import").text


def test_a_large_workbook_is_looked_at_by_the_worker_and_the_form_comes_back_filled_in(world: World) -> None:
    rows = [flow(number, 10, boundary="internal" if number else "incoming") for number in range(1_500)]
    workbook = as_xlsx(FLOW_TITLES, rows)
    assert may_take_long(workbook)
    assert "no country that I know" in upload(world, workbook, "large.xlsx", Country="Nowhere").errors["Country"]
    form = runs(world.person(ADMIN), "/funding import").attach("File", workbook, called="large.xlsx")
    form.fill("Country", "SSD").choose("Direction of flows", "Incoming: money for the country")
    answered = form.submit()
    assert answered is not None, "the form itself refused what it had no time to read"
    assert "I am reading *large.xlsx*" in answered.text
    world.settle()
    refused = message(world, "File refused: nothing was changed: large.xlsx")
    assert "This looks like the internal file: 1499 of the first 1500 rows" in refused.text
    assert world.count_rows(FundingPart) == 0
    again = refused.press("Upload another file")
    assert again is not None
    assert (again.value("Country"), again.value("Direction of flows")) == ("SSD", "incoming")
    again.choose("Direction of flows", "As the file says").attach("File", workbook, called="large.xlsx").submit()
    world.settle()
    message(world, "Nothing is imported yet").press("Import")
    world.settle()
    with world.database() as session:
        assert funding_settings(session, world.mission_id).countries == ["SSD"]
    assert world.count_rows(Flow) == len(rows)


def test_a_file_that_breaks_off_is_refused_whole_and_two_imports_do_not_mix(world: World) -> None:
    whole = flows_csv([flow(number, 10) for number in range(6_000)])
    upload(world, whole[:-40])
    assert "The file ends in the middle of row 6001" in message(world, "File refused").text
    broken = upload(world, whole[:-40] + b',"half a text', "other.csv", Country="SSD")
    assert "I am reading" in broken.text
    assert "Row 6001 is broken" in message(world, "File refused: nothing was changed: other.csv").text
    # Without a country the whole file is gone through for it at once.
    mixed = upload(world, whole.replace(b"Southland", b"S\xfcdland", 1) + b"\xff", "mixed.csv")
    assert "The file is not UTF-8 (line 6002)" in mixed.errors["File"]
    assert (world.count_rows(Flow), world.count_rows(FundingPart)) == (0, 0)
    upload(world, flows_csv(FLOWS), "one.csv")
    first = message(world, "Nothing is imported yet: a preview: one.csv")
    upload(world, flows_csv([flow(101, 7)]), "two.csv")
    second = message(world, "Nothing is imported yet: a preview: two.csv")
    first.press("Import")
    second.press("Import")
    world.settle()
    assert funding(world) == 1_352_345
    again = message(world, "Nothing is imported yet: a preview: two.csv")
    assert "The figures changed meanwhile" in again.text
    again.press("Discard")
    world.settle()
    assert "File discarded" in message(world, "two.csv").text


def test_every_import_is_found_again_by_turning_pages(world: World) -> None:
    someone = world.person(ADMIN)
    someone.runs("/funding imports")
    with world.database() as session:
        for number in range(1, 24):
            about = {"mission_id": world.mission_id, "created_by": someone.id, "file_name": f"file-{number}.csv"}
            session.add(an_import(ImportState.DONE, id=number, **about))
    first = someone.runs("/funding imports").message
    assert "Page 1 of 3" in first.text
    assert "file-23.csv" in first.text
    assert "file-13.csv" not in first.text
    assert "Previous" not in first.buttons
    first.press("Next")
    someone.sees("Page 2 of 3").press("Next")
    last = someone.sees("Page 3 of 3")
    assert "file-1.csv" in last.text
    assert "Next" not in last.buttons
    last.press("Previous")
    assert "file-13.csv" in someone.sees("Page 2 of 3").text
    with world.database() as session:
        assert [count_imports(session, world.mission_id, since=since) for since in (14, 1, 0)] == [10, 23, 23]


def test_a_sheet_of_a_workbook_is_found_named_and_asked_for_and_a_hidden_one_is_never_read_unasked(
    world: World,
) -> None:
    def sheet(rows: list[dict[str, str]]) -> list[list[str]]:
        return [FLOW_TITLES, *([row.get(title, "") for title in FLOW_TITLES] for row in rows)]

    notes, ours, old = [["Downloaded", "today"]], sheet(FLOWS), sheet([flow(1, 999_999_999)])
    upload(world, book({"Old": old, "Meta data": notes, "Results": ours}, hidden=["Old"]), "found.xlsx")
    preview = message(world, "Nothing is imported yet")
    assert "Together:* US$0 → US$1,352,345" in preview.text
    assert "Sheet read: “Results”. Not read: “Meta data”. Hidden and not read: “Old”." in preview.text
    preview.press("Discard")
    world.settle()
    for sheets, hidden, chosen in (
        ({"2034": old, "2035": ours, "Meta data": notes}, [], "2035"),
        ({"Meta data": notes, "Figures": ours}, ["Figures"], "Figures (hidden)"),
    ):
        answered = upload(world, book(sheets, hidden=hidden), "asked.xlsx", Country="SSD")
        assert "I am reading *asked.xlsx*" in answered.text
        question = message(world, "Reading a file from FTS: asked.xlsx")
        assert (
            "Only hidden sheets" if hidden else "Several sheets of this workbook have these columns"
        ) in question.text
        question.choose("funding:sheet", chosen)
        world.settle()
        preview = message(world, "Nothing is imported yet: a preview: asked.xlsx")
        assert "Together:* US$0 → US$1,352,345" in preview.text
        assert f"Sheet read: “{chosen.removesuffix(' (hidden)')}”" in preview.text
        preview.press("Discard")
        world.settle()
    refused = upload(world, book({"Meta data": notes, "Flows": [[*FLOW_TITLES[:-8], "other"], ["x"]]}), "none.xlsx")
    assert "looks like a file of flows, but these columns are missing: id" in refused.errors["File"]
    old_book = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le")
    assert "years before 2007 (.xls)" in upload(world, old_book, "flows.xls").errors["File"]
