"""The README's walk-through, word for word, in a browser, on the demo as `make demo` starts it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.processes.parent import WITH_PARENT
from bot.sandbox.driver import Workspace
from tests.waiting import PATIENCE, wait_until

ROOT = Path(__file__).parent.parent
TYPED = "Convoys reached the north."
PICTURES = os.environ.get("PICTURES")

pytestmark = pytest.mark.browser

expect.set_options(timeout=PATIENCE * 1000)


def free_ports() -> int:
    """A port with a free one after it."""
    for port in range(20000 + os.getpid() % 20000, 60000, 7):
        with socket.socket() as one, socket.socket() as other:
            try:
                one.bind(("127.0.0.1", port))
                other.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port
    raise AssertionError("no free ports")


def log_of(data: Path) -> str:
    """What the demo has said."""
    return (data / "log").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo, started as `make demo` starts it; its address."""
    port = free_ports()
    data = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-m", "bot", WITH_PARENT, "demo", "--port", str(port), "--data", str(data)]
    pipe = subprocess.PIPE
    with (
        (data / "log").open("w") as log,
        subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=log, stderr=log) as process,
    ):
        url = f"http://127.0.0.1:{port}"
        try:
            wait_until(lambda: process.poll() is not None or "is running" in log_of(data), "the demo is running")
            assert process.poll() is None, log_of(data)
            Workspace.connect(url).waits(PATIENCE)
            yield url
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)


@pytest.fixture(scope="module")
def page(demo: str, browser: Browser) -> Iterator[Page]:
    """The page as somebody opens it for the first time."""
    context = browser.new_context(viewport={"width": 1120, "height": 800})
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    page.goto(demo)
    yield page
    context.close()


def choose(page: Page, name: str) -> None:
    """Become somebody else, as the menu at the top left lets everybody do."""
    page.get_by_role("button", name=re.compile("Choose who you are")).click()
    page.get_by_role("dialog", name="Choose who you are").get_by_role("option", name=re.compile(f"^{name}")).click()
    expect(page.get_by_role("button", name=f"You are {name}. Choose who you are")).to_be_visible()


def open_channel(page: Page, name: str) -> None:
    row = re.compile(f"^{name}( private channel)?( unread|, .*)?$")
    page.get_by_role("navigation", name="Workspace").get_by_role("link", name=row).click()
    expect(page.get_by_role("heading", name=re.compile(f"^{name}( private channel)?$"))).to_be_visible()


def open_messages(page: Page) -> None:
    page.get_by_role("navigation", name="Workspace").get_by_role("link", name=re.compile("^Rapporteur")).click()
    page.get_by_role("tab", name="Messages").click()


def article(page: Page, text: str) -> Locator:
    return page.get_by_role("article").filter(has_text=text).last


def types(page: Page, text: str) -> None:
    box = page.get_by_role("textbox", name=re.compile("^Message"))
    box.fill(text)
    box.press("Enter")


def picture(page: Page, name: str) -> None:
    """Renew a picture of the README when asked for: PICTURES=yes pytest tests/test_walkthrough.py."""
    if PICTURES:
        page.wait_for_timeout(400)
        page.screenshot(path=ROOT / "docs" / "pictures" / f"{name}.png")


def step_1(page: Page) -> None:
    page.get_by_role("link", name=re.compile("^Chief of staff")).click()
    open_channel(page, "cabinet-office")
    board = article(page, "Weekly cabinet update")
    expect(board).to_contain_text("Updates received: 0 of 5")


def step_2(page: Page) -> None:
    choose(page, "WFP focal point")
    open_messages(page)
    expect(article(page, "Weekly cabinet update")).to_contain_text("World Food Programme")


def step_3(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Write")).click()
    form = page.get_by_role("dialog")
    form.get_by_label("What has changed since last week?").fill(TYPED)
    picture(page, "form")
    form.get_by_role("button", name="Close", exact=True).last.click()
    expect(article(page, "Weekly cabinet update")).to_contain_text("A draft is kept")


def step_4(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Write")).click()
    form = page.get_by_role("dialog")
    expect(form.get_by_label("What has changed since last week?")).to_have_value(TYPED)
    form.get_by_label("restricted").check()
    form.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    asked = article(page, "Weekly cabinet update")
    expect(asked).to_contain_text("Submitted by")
    expect(asked.get_by_role("button", name=re.compile("^Edit"))).to_be_visible()


def step_5(page: Page) -> None:
    choose(page, "UNHCR focal point")
    open_messages(page)
    page.get_by_role("button", name="Nothing to report").click()
    expect(page.get_by_role("button", name=re.compile("^Undo"))).to_be_visible(timeout=15_000)


def step_6(page: Page) -> None:
    choose(page, "UNICEF focal point")
    open_messages(page)
    asked = article(page, "Weekly cabinet update")
    expect(asked).to_contain_text("Rédiger")
    expect(asked).to_contain_text("Rien à signaler")


def step_7(page: Page) -> None:
    choose(page, "Cabinet secretary")
    open_channel(page, "cabinet-office")
    board = article(page, "Weekly cabinet update")
    expect(board).to_contain_text("Updates received: 2 of 5")
    board.get_by_role("button", name="Waive").click()
    form = page.get_by_role("dialog")
    form.get_by_label("Agency", exact=True).click()
    page.get_by_role("option", name=re.compile("^IOM")).click()
    form.get_by_label("Reason").fill("Office evacuated")
    form.get_by_role("button", name="Save").click()
    expect(board).to_contain_text("IOM (Office evacuated)")
    picture(page, "board")


def step_8(page: Page) -> None:
    types(page, "/update status")
    expect(article(page, "1 round is running.")).to_contain_text("UNICEF, WHO")


def step_9(page: Page) -> None:
    board = page.get_by_role("article").filter(has=page.get_by_role("button", name="Close and send digest")).last
    board.get_by_role("button", name="Close and send digest").click()
    page.get_by_role("button", name="Close and send", exact=True).click()
    # The answer to /update status, above it, names rounds that closed last.
    ended = article(page, "by @Cabinet secretary")
    expect(ended).to_contain_text("Closed", timeout=15_000)
    expect(ended.get_by_role("button", name=re.compile("^Undo"))).to_be_visible()


def step_10(page: Page) -> None:
    open_channel(page, "cabinet")
    digest = article(page, "Weekly cabinet update: digest")
    expect(digest).to_contain_text(TYPED)
    expect(digest).to_contain_text("Not received: UNICEF, WHO")
    picture(page, "digest")


def step_11(page: Page) -> None:
    choose(page, "Mission reader")
    open_channel(page, "general")
    types(page, "/update digest")
    form = page.get_by_role("dialog")
    form.get_by_role("button", name="Read").first.click()
    expect(page.get_by_role("dialog", name="Digest")).to_contain_text(TYPED)


STEPS: dict[str, Callable[[Page], None]] = {
    "The page asks who you are: choose **Chief of staff** and open **cabinet-office**. One message shows the round "
    "*Weekly cabinet update*, and that 0 of 5 updates were received.": step_1,
    "Choose **WFP focal point** at the top left, open **Rapporteur** and there **Messages**: you are asked for the "
    "update of WFP.": step_2,
    "Press **Write update**, type `Convoys reached the north.` under *What has changed since last week?*, and "
    "**Close** the form. The message says that a draft is kept.": step_3,
    "Press **Write update** again: your text is still there. Choose *restricted* under *Access* and **Submit**. The "
    "message says who submitted it, and offers **Edit**.": step_4,
    "Choose **UNHCR focal point**, open **Messages** of **Rapporteur** and press **Nothing to report**. The message "
    "offers **Undo**.": step_5,
    "Choose **UNICEF focal point**, who reads French, and open **Messages** of **Rapporteur**: the buttons are "
    "*Rédiger* and *Rien à signaler*.": step_6,
    "Choose **Cabinet secretary** and open **cabinet-office**: the same message counts 2 of 5 now. Press **Waive**, "
    "choose *IOM*, type the reason `Office evacuated` and **Save**. The message shows IOM as waived, with the "
    "reason.": step_7,
    "Type `/update status` in the message box: UNICEF and WHO are awaited.": step_8,
    "Press **Close and send digest** under the round and confirm with **Close and send**. The message says that the "
    "round is closed, and offers **Undo** for ten minutes.": step_9,
    "Open **cabinet**: the digest holds what WFP wrote, and names UNICEF and WHO as not received.": step_10,
    "Choose **Mission reader**, who is not in the cabinet, and type `/update digest`: **Read** shows the same "
    "digest.": step_11,
}


def steps_of_the_readme() -> list[str]:
    """The numbered list of the README, each item on one line."""
    text = (ROOT / "README.md").read_text(encoding="utf-8").split("## Try it")[1].split("\n## ")[0]
    items = re.findall(r"^\d+\. (.+?)(?=^\d+\. |^\S|\n\n)", text, flags=re.MULTILINE | re.DOTALL)
    return [" ".join(item.split()) for item in items]


def test_the_walk_through_works_word_for_word(page: Page) -> None:
    assert steps_of_the_readme() == list(STEPS)
    for number, (text, step) in enumerate(STEPS.items(), 1):
        try:
            step(page)
        except Exception as failure:
            page.screenshot(path=os.environ.get("FAILURE_PICTURE") or None)
            raise AssertionError(f"step {number}: {text}\n{page.inner_text('body')}") from failure
