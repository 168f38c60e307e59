"""Who sees what: switching person, whispers, direct messages, threads, unread marks, reactions."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.driver import Workspace
from tests.sandbox.page.bolt_app import Heard
from tests.sandbox.page.conftest import ADVISER, CABINET, FOCAL_POINT, SECRETARY, Open, runs

pytestmark = pytest.mark.browser


def side(page: Page, name: str) -> Locator:
    """A row of the side bar, whatever its unread mark."""
    row = re.compile(rf"^{name}( private channel)?( \d+ mentions?| unread)?$")
    return page.get_by_role("navigation", name="Workspace").get_by_role("link", name=row)


def become(page: Page, name: str) -> None:
    """Switch to another person."""
    page.get_by_role("button", name="Choose who you are").click()
    page.get_by_role("option", name=name).click()
    expect(page.get_by_role("button", name=f"You are {name}")).to_be_visible()


def test_the_first_page_asks_who_one_is(enter: Open) -> None:
    page = enter()
    expect(page.get_by_role("heading", name="Integrated Mission")).to_be_visible()
    page.get_by_role("link", name="NGO partner guest").click()
    expect(page.get_by_role("button", name="You are NGO partner")).to_be_visible()


def test_switching_person_hides_what_that_person_may_not_see(enter: Open, workspace: Workspace, heard: Heard) -> None:
    secretary = workspace.person("secretary")
    secretary.says("Names of protected persons", in_="#protected-cases")
    secretary.says("Between the two of us", in_="@adviser")
    page = enter(SECRETARY, CABINET)
    runs(page, "/report hush")
    expect(page.get_by_text("A whisper for one reader")).to_be_visible()
    expect(page.get_by_text("Only you can see this")).to_be_visible()
    side(page, "protected-cases").click()
    expect(page.get_by_text("Names of protected persons")).to_be_visible()

    become(page, "WFP focal point")
    expect(side(page, "protected-cases")).to_have_count(0)
    expect(side(page, "Human rights adviser")).to_have_count(0)
    expect(page.get_by_text("Names of protected persons")).to_have_count(0)
    side(page, "cabinet").click()
    expect(page.get_by_role("feed", name="Messages in cabinet")).to_have_attribute("aria-busy", "false")
    expect(page.get_by_text("A whisper for one reader")).to_have_count(0)
    page.goto(f"{workspace.url}/#/{FOCAL_POINT}/C00000003")
    expect(page.get_by_text("Names of protected persons")).to_have_count(0)

    become(page, "Human rights adviser")
    side(page, "Cabinet secretary").click()
    expect(page.get_by_text("Between the two of us")).to_be_visible()


def test_unread_marks_come_live_and_go_when_read(enter: Open, workspace: Workspace) -> None:
    page = enter(ADVISER, "C00000001")
    expect(side(page, "cabinet")).to_be_visible()
    workspace.person("wfp").says("Does @adviser agree?", in_="#cabinet")
    expect(side(page, "cabinet")).to_contain_text("1 mention")
    side(page, "cabinet").click()
    expect(page.get_by_role("separator").filter(has_text="New")).to_be_visible()
    expect(side(page, "cabinet")).not_to_contain_text("mention")
    assert workspace.person("adviser").unread("#cabinet") == 0


def test_a_thread_is_opened_answered_and_counted(enter: Open, workspace: Workspace) -> None:
    message = workspace.person("secretary").says("Who chairs tomorrow?", in_="#cabinet")
    page = enter(FOCAL_POINT, CABINET)
    article = page.get_by_role("article").filter(has_text="Who chairs tomorrow?")
    article.hover()
    article.get_by_role("button", name="Reply in thread").click()
    thread = page.get_by_role("complementary", name="Thread")
    thread.get_by_role("textbox", name="Reply").fill("The head of office")
    thread.get_by_role("button", name="Send").click()
    expect(thread.get_by_role("article").filter(has_text="The head of office")).to_be_visible()
    expect(article.get_by_role("link", name="1 reply")).to_be_visible()
    message.reply("Thank you")
    expect(thread.get_by_text("Thank you")).to_be_visible()
    expect(article.get_by_role("link", name="2 replies")).to_be_visible()
    page.keyboard.press("Escape")
    expect(thread).to_be_hidden()


def test_reactions_edits_and_deletions(enter: Open, workspace: Workspace) -> None:
    page = enter(FOCAL_POINT, CABINET)
    runs(page, "Draft sent with :tada: and *care*")
    article = page.get_by_role("article").filter(has_text="Draft sent")
    expect(article.get_by_role("img", name="tada emoji")).to_be_visible()
    article.hover()
    article.get_by_role("button", name="Add reaction").click()
    page.get_by_role("textbox", name="Find emoji").or_(page.get_by_role("searchbox", name="Find emoji")).fill("eyes")
    page.get_by_role("button", name="eyes", exact=True).click()
    reaction = article.get_by_role("button", name="eyes emoji 1")
    expect(reaction).to_have_attribute("aria-pressed", "true")
    reaction.click()
    expect(reaction).to_have_count(0)

    article.hover()
    article.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Edit message").click()
    page.get_by_label("Edit message").fill("Final text")
    page.get_by_label("Edit message").press("Enter")
    final = page.get_by_role("article").filter(has_text="Final text")
    expect(final).to_contain_text("(edited)")
    final.hover()
    final.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Delete message").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Final text")).to_have_count(0)


def test_blocks_work_in_messages(enter: Open, heard: Heard, workspace: Workspace) -> None:
    page = enter(FOCAL_POINT, CABINET)
    runs(page, "/report blocks")
    message = page.get_by_role("article").filter(has_text="Daily round").last
    expect(message.get_by_role("button", name="For one person")).to_be_visible()
    message.get_by_role("button", name="Nothing to report").click()
    page.get_by_role("alertdialog", name="Sure?").get_by_role("button", name="Yes, nil").click()
    assert heard.wait("nil")["block_id"] == "round"
    message.get_by_role("combobox", name="Pick a sector").fill("shel")
    page.keyboard.press("Enter")
    assert heard.wait("pick")["selected_option"]["value"] == "shelter"
    message.get_by_role("button", name="More options").click()
    page.get_by_role("menuitem", name="Hand over").click()
    assert heard.wait("more")["selected_option"]["value"] == "hand-over"
    page.get_by_role("button", name="Folded").click()
    expect(page.get_by_text("Inside the fold")).to_be_visible()

    other = enter(ADVISER, CABINET)
    expect(other.get_by_role("button", name="Nothing to report").last).to_be_visible()
    expect(other.get_by_role("button", name="For one person")).to_have_count(0)


def test_tables_sort_and_turn_pages_and_charts_have_figures(enter: Open, heard: Heard) -> None:
    page = enter(FOCAL_POINT, CABINET)
    runs(page, "/report figures")
    table = page.get_by_role("table", name="Funding by agency")
    expect(table.get_by_role("row")).to_have_count(6)
    page.get_by_role("button", name="Next page").click()
    expect(page.get_by_text("6–7 of 7")).to_be_visible()
    table.get_by_role("button", name="Received (USD)").click()
    expect(table.get_by_role("columnheader", name="Received (USD)")).to_have_attribute("aria-sort", "ascending")
    expect(table.get_by_role("rowheader")).to_have_text(["UNDP", "FAO", "UNHCR", "WHO", "IOM"])
    for kind in ("bar", "pie", "area"):
        expect(page.get_by_role("img", name=f"Funding, {kind}: {kind} chart")).to_be_visible()
    bars = page.get_by_role("figure").filter(has=page.get_by_role("img", name="Funding, bar: bar chart"))
    bars.get_by_text("Show figures").click()
    expect(bars.get_by_role("row", name=re.compile("^Mar"))).to_have_text(re.compile("150.*110"))


def test_shortcuts_are_offered_where_they_belong(enter: Open, heard: Heard) -> None:
    page = enter(FOCAL_POINT, CABINET)
    runs(page, "We open the office in Wau")
    article = page.get_by_role("article").filter(has_text="We open the office")
    article.hover()
    article.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Record as decision").click()
    assert heard.wait("decide")["text"] == "We open the office in Wau"
    page.get_by_role("button", name="Shortcuts and commands").click()
    page.get_by_role("menuitem", name="Brief the cabinet").click()
    expect(page.get_by_role("dialog", name="Second form")).to_be_visible()


def test_the_app_home_follows_what_the_app_publishes(enter: Open, heard: Heard) -> None:
    page = enter(FOCAL_POINT, CABINET)
    side(page, "Reporter").click()
    expect(page.get_by_role("tab", name="Home")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_text("You have pressed 0 times")).to_be_visible()
    page.get_by_role("button", name="Press me").click()
    expect(page.get_by_text("You have pressed 1 times")).to_be_visible()
    become(page, "Cabinet secretary")
    expect(page.get_by_text("You have pressed 0 times")).to_be_visible()
    page.get_by_role("tab", name="Messages").click()
    expect(page.get_by_role("textbox", name="Message Reporter")).to_be_visible()


def test_the_inspector_shows_requests_answers_and_refusals(enter: Open, workspace: Workspace, heard: Heard) -> None:
    page = enter(FOCAL_POINT, CABINET)
    page.get_by_role("button", name="Inspector").click()
    runs(page, "/report hush")
    requests = page.get_by_role("listbox", name="Requests")
    requests.get_by_role("option", name=re.compile("chat.postEphemeral")).last.click()
    detail = page.get_by_role("region", name="Request and answer")
    expect(detail).to_contain_text('"A whisper for one reader"')
    with pytest.raises(SlackApiError):
        WebClient(token="xoxb-page", base_url=workspace.api_url).chat_postMessage(channel="C09999999", text="Lost")
    page.get_by_role("button", name="Refused").click()
    expect(requests.get_by_role("option").last).to_contain_text("channel_not_found")
    WebClient(token="xoxb-page", base_url=workspace.api_url).chat_postMessage(channel=CABINET, text="For <@U404>")
    expect(requests.get_by_role("option").last).to_contain_text("slip")
    requests.get_by_role("option").last.click()
    expect(detail).to_contain_text("<@U404> names nobody here")
