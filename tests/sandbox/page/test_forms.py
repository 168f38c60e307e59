"""Forms on the page: every input kind, errors beside the field, forms that talk while they are filled."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.sandbox.page.bolt_app import Heard
from tests.sandbox.page.conftest import CABINET, FOCAL_POINT, Open, runs

pytestmark = pytest.mark.browser


def open_form(enter: Open, command: str = "/report form") -> tuple[Page, Locator]:
    """The page with an app's form open."""
    page = enter(FOCAL_POINT, CABINET)
    runs(page, command)
    form = page.get_by_role("dialog")
    expect(form).to_be_visible()
    return page, form


def choose(form: Locator, label: str, letters: str, option: str) -> None:
    """Pick an option by typing some of it."""
    field = form.get_by_role("combobox", name=label, exact=True)
    field.click()
    field.fill(letters)
    form.get_by_role("option", name=option).click()


def fill_required(form: Locator) -> None:
    """Whatever the form insists on, but the title."""
    form.get_by_label("Report").fill("The road is open again.\nTwo convoys left.")
    form.get_by_label("Contact e-mail").fill("focal@agency.example")
    form.get_by_label("People reached").fill("1250")
    form.get_by_label("Day").fill("2030-01-31")
    form.get_by_label("Hour").fill("09:30")
    form.get_by_label("Exact moment").fill("2030-07-01T12:00")
    choose(form, "Agency", "uni", "UNICEF")
    choose(form, "Sectors", "hea", "Health")
    choose(form, "Sectors", "wat", "Water")
    choose(form, "Place", "jub", "Juba")
    choose(form, "Focal point", "adviser", "Human rights adviser")
    choose(form, "Conversation", "cab", "cabinet")
    form.get_by_label("Urgent").check()


def fill_optional(form: Locator) -> None:
    """The rest."""
    form.get_by_label("Web page").fill("https://example.org/report")
    story = form.get_by_role("textbox", name="Story")
    story.click()
    form.get_by_role("button", name="Bold").click()
    story.press_sequentially("Bold")
    form.get_by_role("button", name="Bold").click()
    story.press_sequentially(" and plain")
    form.get_by_label("Papers").set_input_files(
        [{"name": "reach.csv", "mimeType": "text/csv", "buffer": b"place,people\nJuba,5\n"}]
    )
    expect(form.get_by_text("reach.csv")).to_be_visible()
    choose(form, "Other places", "mal", "Malakal")
    choose(form, "Other places", "jub", "Jubek")
    choose(form, "Alternates", "secretary", "Cabinet secretary")
    choose(form, "Conversations", "gen", "general")
    choose(form, "Channel", "log", "logistics")
    choose(form, "Channels", "cab", "cabinet")
    form.get_by_label("Shelter").check()


def said(values: dict[str, Any], block: str) -> Any:
    """What one input holds, in short: its value, or the values of its options."""
    held = values[block]["value"]
    if "selected_options" in held:
        return [one["value"] for one in held["selected_options"]]
    if "selected_option" in held:
        return held["selected_option"] and held["selected_option"]["value"]
    return next(value for name, value in held.items() if name != "type")


def test_every_input_kind_reaches_the_app_as_filled(enter: Open, heard: Heard) -> None:
    page, form = open_form(enter)
    form.get_by_label("Title").fill("Daily report")
    fill_required(form)
    fill_optional(form)
    form.get_by_role("button", name="Submit").click()
    expect(form).to_be_hidden()

    values = heard.wait("everything")
    assert {block: said(values, block) for block in values if block not in {"story", "papers"}} == {
        "title": "Daily report",
        "report": "The road is open again.\nTwo convoys left.",
        "mail": "focal@agency.example",
        "page": "https://example.org/report",
        "count": "1250",
        "day": "2030-01-31",
        "hour": "09:30",
        # Noon in Rome, where this person is, in July: two hours before noon of UTC.
        "moment": 1909130400,
        "agency": "unicef",
        "sectors": ["health", "water"],
        "place": "juba",
        "places": ["malakal", "jubek"],
        "person": "U00000003",
        "people": ["U00000001"],
        "room": CABINET,
        "rooms": ["C00000001"],
        "channel": "C00000005",
        "channels": [CABINET],
        "kind": "urgent",
        "needs": ["shelter"],
    }
    story = values["story"]["value"]["rich_text_value"]["elements"][0]["elements"]
    assert [(part["text"].strip(), part.get("style", {}).get("bold", False)) for part in story] == [
        ("Bold", True),
        ("and plain", False),
    ]
    assert [file["name"] for file in values["papers"]["value"]["files"]] == ["reach.csv"]
    expect(page.get_by_role("link", name="Reporter")).to_contain_text("1")


def test_errors_stand_at_their_fields_and_nothing_typed_is_lost(enter: Open, heard: Heard) -> None:
    _, form = open_form(enter)
    form.get_by_role("button", name="Submit").click()
    title = form.get_by_label("Title")
    expect(title).to_have_attribute("aria-invalid", "true")
    expect(title).to_be_focused()
    expect(form.get_by_label("Web page")).not_to_have_attribute("aria-invalid", "true")

    title.fill("Refuse me")
    fill_required(form)
    form.get_by_role("button", name="Submit").click()
    expect(title).to_have_accessible_description("This title is taken. As it will stand in the digest.")
    expect(form.get_by_role("combobox", name="Agency")).to_have_accessible_description("Choose another agency.")
    expect(title).to_have_value("Refuse me")
    expect(form.get_by_role("combobox", name="Agency")).to_have_value("UNICEF")
    expect(form.get_by_role("button", name="Remove Water")).to_be_visible()
    expect(form.get_by_label("Urgent")).to_be_checked()

    title.fill("Accepted")
    form.get_by_role("button", name="Submit").click()
    expect(form).to_be_hidden()
    assert said(heard.wait("everything"), "title") == "Accepted"


def test_limits_of_a_field_are_shown_while_typing(enter: Open) -> None:
    _, form = open_form(enter)
    form.get_by_label("Title").fill("ab")
    expect(form.get_by_text("2, at least 3")).to_be_visible()
    form.get_by_label("Title").fill("x" * 41)
    expect(form.get_by_text("41 / 40")).to_be_visible()
    choose(form, "Sectors", "", "Health")
    choose(form, "Sectors", "", "Water")
    expect(form.get_by_role("option", name="Shelter")).to_have_attribute("aria-disabled", "true")
    form.get_by_label("Papers").set_input_files([{"name": "photo.png", "mimeType": "image/png", "buffer": b"x"}])
    expect(form.get_by_text("photo.png is not one of: csv, txt.")).to_be_visible()


def test_closing_a_form_tells_the_app(enter: Open, heard: Heard) -> None:
    page, form = open_form(enter)
    page.keyboard.press("Escape")
    expect(form).to_be_hidden()
    assert heard.wait("closed")["view"]["callback_id"] == "everything"


def test_what_was_typed_in_the_last_moment_is_told_before_the_form_closes(enter: Open, heard: Heard) -> None:
    page, form = open_form(enter, "/report live")
    form.get_by_label("Word").fill("convoy")
    page.keyboard.press("Escape")
    expect(form).to_be_hidden()
    assert heard.wait("letters")["value"] == "convoy"


def test_a_form_that_talks_keeps_the_caret_and_stacks(enter: Open, heard: Heard) -> None:
    page, form = open_form(enter, "/report live")
    word = form.get_by_label("Word")
    word.press_sequentially("convoy", delay=60)
    expect(form.get_by_text("The app heard: convoy")).to_be_visible()
    expect(word).to_be_focused()
    expect(word).to_have_value("convoy")

    form.get_by_role("button", name="Open another").click()
    expect(form.get_by_role("heading", name="Second form")).to_be_visible()
    form.get_by_role("button", name="Back").click()
    expect(form.get_by_role("heading", name="Live form")).to_be_visible()
    expect(form.get_by_label("Word")).to_have_value("convoy")
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert heard.wait("live")["word"]["letters"]["value"] == "convoy"


def test_a_late_app_is_said_plainly_and_the_command_kept(enter: Open) -> None:
    page = enter(FOCAL_POINT, CABINET)
    box = page.get_by_role("textbox", name="Message #cabinet")
    box.fill("/report late")
    box.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("/report failed")
    expect(box).to_have_value("/report late")
