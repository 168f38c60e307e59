"""The page as a piece of work: many messages, the keyboard alone, a phone, files, and what happens when things go."""

import base64
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.sandbox.driver import Workspace
from tests.sandbox.helpers import close
from tests.sandbox.page.bolt_app import Heard, build, connect
from tests.sandbox.page.conftest import CABINET, FOCAL_POINT, SECRETARY, Open, runs

pytestmark = pytest.mark.browser

MANY = 500
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)

# Scrolls up to the first message and counts the frames meanwhile.
SCROLL = """async () => {
  const scroller = document.querySelector('.scroller');
  let frames = 0;
  for (let still = 0; still < 30; frames += 1) {
    scroller.scrollTop -= 400;
    await new Promise(requestAnimationFrame);
    still = scroller.scrollTop === 0 ? still + 1 : 0;
  }
  return frames;
}"""


def frame_work(page: Page) -> float:
    """Scroll up. Returns how many milliseconds a processor worked for one frame, busy machine or not."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def work() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return 1000 * next(float(one["value"]) for one in metrics if one["name"] == "TaskDuration")

    before = work()
    frames = int(page.evaluate(SCROLL))
    return (work() - before) / frames


def test_five_hundred_messages_scroll_without_drawing_everything_anew(enter: Open, workspace: Workspace) -> None:
    for number in range(MANY):
        text = f"Situation message number {number}: the road is open, *two* convoys left."
        workspace.wire.post("say", **{"as": SECRETARY}, channel="C00000001", text=text)
    page = enter(SECRETARY, "C00000001")
    articles = page.get_by_role("article")
    expect(articles.last).to_contain_text(f"number {MANY - 1}:")
    expect(articles.last).to_be_in_viewport()
    page.evaluate("document.querySelectorAll('article.message')[50].dataset.kept = 'yes'")
    a_frame = frame_work(page)
    expect(articles).to_have_count(MANY)
    expect(articles.first).to_contain_text("number 0:")
    # It takes 3; drawing every message anew for each frame takes 46.
    assert a_frame < 20, f"a frame took {a_frame:.0f} ms"

    workspace.person("wfp").says("And one from somebody else", in_="#general")
    expect(page.get_by_role("button", name="New messages")).to_be_visible()
    assert page.locator("article[data-kept]").count() == 1, "the list was drawn anew"
    page.get_by_role("button", name="New messages").click()
    expect(articles.last).to_be_in_viewport()


def test_everything_can_be_done_with_the_keyboard(enter: Open, heard: Heard) -> None:
    page = enter(FOCAL_POINT, "C00000001")
    expect(page.get_by_role("textbox", name="Message #general")).to_be_focused()
    page.keyboard.press("Control+k")
    page.keyboard.type("cab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Message #cabinet")).to_be_focused()
    page.keyboard.type("/rep")
    expect(page.get_by_role("option", name="/report")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.type("live")
    page.keyboard.press("Enter")
    form = page.get_by_role("dialog", name="Live form")
    expect(form.get_by_label("Word")).to_be_focused()
    page.keyboard.type("road")
    expect(form.get_by_text("The app heard: road")).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    page.keyboard.press("Escape")
    expect(form).to_be_hidden()

    page.get_by_role("textbox", name="Message #cabinet").focus()
    page.keyboard.type("Ask @cabinet sec")
    page.keyboard.press("Backspace")
    page.keyboard.press("Control+a")
    page.keyboard.type("Thread by keys")
    page.keyboard.press("Enter")
    article = page.get_by_role("article").filter(has_text="Thread by keys")
    expect(article).to_be_visible()
    page.keyboard.press("ArrowUp")
    expect(article).to_be_focused()
    page.keyboard.press("m")
    expect(page.get_by_role("menu", name="Message actions")).to_be_visible()
    page.keyboard.press("Escape")
    article.focus()
    page.keyboard.press("t")
    expect(page.get_by_role("textbox", name="Reply")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("complementary", name="Thread")).to_be_hidden()
    page.keyboard.press("F6")
    assert page.evaluate("document.activeElement !== document.body")


def test_a_phone_wide_page_has_a_drawer_and_nothing_sticks_out(enter: Open, heard: Heard) -> None:
    page = enter(FOCAL_POINT, CABINET, viewport={"width": 375, "height": 700}, has_touch=True, is_mobile=True)
    runs(page, "/report blocks")
    expect(page.get_by_role("article").filter(has_text="Daily round")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    expect(page.get_by_role("navigation", name="Workspace")).to_be_hidden()
    page.get_by_role("button", name="Open the side bar").click()
    page.get_by_role("navigation", name="Workspace").get_by_role("link", name="general").click()
    expect(page.get_by_role("navigation", name="Workspace")).to_be_hidden()
    expect(page.get_by_role("heading", name="general", exact=True)).to_be_visible()
    runs(page, "/report form", channel="general")
    form = page.get_by_role("dialog")
    box = form.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 375


def test_files_go_up_and_come_down(enter: Open, tmp_path: Path) -> None:
    page = enter(FOCAL_POINT, CABINET)
    page.get_by_label("Attach files").set_input_files(
        [
            {"name": "reach.csv", "mimeType": "text/csv", "buffer": b"place,people\nJuba,1250\n"},
            {"name": "map.png", "mimeType": "image/png", "buffer": PIXEL},
        ]
    )
    expect(page.get_by_role("button", name="Remove map.png")).to_be_visible()
    runs(page, "The figures")
    article = page.get_by_role("article").filter(has_text="The figures")
    expect(article.get_by_role("img", name="map.png")).to_be_visible()
    with page.expect_download() as download:
        article.get_by_role("link", name="Download reach.csv").click()
    saved = tmp_path / "saved.csv"
    download.value.save_as(saved)
    assert saved.read_bytes() == b"place,people\nJuba,1250\n"


def text_of(page: Page, source: str, module: str = "text", call: str = "mrkdwn") -> str:
    """The HTML the page makes of a text."""
    return str(
        page.evaluate(
            "async ([module, call, source]) => { const box = document.createElement('div');"
            " box.append((await import(`/page/${module}.js`))[call](source)); return box.innerHTML; }",
            [module, call, source],
        )
    )


def test_texts_are_drawn_and_never_become_markup(enter: Open) -> None:
    page = enter(FOCAL_POINT, CABINET)
    expect(page.get_by_role("textbox", name="Message #cabinet")).to_be_visible()
    drawn = {
        "*b* _i_ ~s~ `c`": "<strong>b</strong> <em>i</em> <s>s</s> <code>c</code>",
        "2*3*4 snake_case_name": "2*3*4 snake_case_name",
        "*_both_*": "<strong><em>both</em></strong>",
        "a &lt;b&gt; &amp;amp;": "a &lt;b&gt; &amp;amp;",
        "&gt; said\nplain": "<blockquote>said</blockquote>plain",
        "<javascript:alert(1)|press>": "<span>press</span>",
        "```x *y*```": "<pre><code>x *y*</code></pre>",
        "`*not*`": "<code>*not*</code>",
        "<img src=x onerror=alert(1)>": "<span>img src=x onerror=alert(1)</span>",
        ":no_such_emoji:": ":no_such_emoji:",
    }
    assert {source: text_of(page, source) for source in drawn} == drawn
    mention = text_of(page, "*<@U00000001>*")
    assert mention.startswith("<strong><button")
    assert "@Cabinet secretary" in mention
    assert ">at 13:00</time>" in text_of(page, "<!date^1893499200^at {time}|then>").lower()
    assert ">then</time>" in text_of(page, "<!date^1893499200^{nonsense}|then>")
    assert text_of(page, "<script>x</script> **b**", "markdown", "markdown") == (
        '<div class="markdown"><p>&lt;script&gt;x&lt;/script&gt; <strong>b</strong></p></div>'
    )


def test_the_page_says_when_the_app_or_the_sandbox_is_away(enter: Open, workspace: Workspace, heard: Heard) -> None:
    with Workspace.start(Path(__file__).with_name("seed.yaml")) as other:
        page = enter()
        page.goto(f"{other.url}/#/{FOCAL_POINT}/A00000001")
        expect(page.get_by_text("The app is not connected.")).to_be_visible()
        page.goto(f"{other.url}/#/{FOCAL_POINT}/{CABINET}")
        box = page.get_by_role("textbox", name="Message #cabinet")
        box.fill("/report form")
        expect(page.get_by_text("Reporter is not connected.")).to_be_visible()
        handler = connect(build(other.url, heard))
        expect(page.get_by_text("Reporter is not connected.")).to_have_count(0)
        close(handler)
    expect(page.get_by_role("alert").filter(has_text="The sandbox is not answering; retrying…")).to_be_visible()


def test_colours_follow_the_system_and_the_toggle(enter: Open) -> None:
    page = enter(FOCAL_POINT, CABINET, color_scheme="dark")
    background = "getComputedStyle(document.body).backgroundColor"
    expect(page.get_by_role("button", name="Light colours")).to_be_visible()
    dark = page.evaluate(background)
    page.get_by_role("button", name="Light colours").click()
    assert page.evaluate(background) == "rgb(255, 255, 255)" != dark


def test_nothing_is_asked_of_another_host(enter: Open, workspace: Workspace, heard: Heard) -> None:
    page = enter(FOCAL_POINT, CABINET)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    expect(page.get_by_role("textbox", name="Message #cabinet")).to_be_visible()
    assert asked
    assert {url for url in asked if not url.startswith((workspace.url, "data:"))} == set()
