"""One browser for all, one workspace with its app for each file, a fresh window for each test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.sandbox.driver import Workspace
from bot.sandbox.store.seed import read_seed
from tests.sandbox.helpers import close
from tests.sandbox.page import bolt_app
from tests.waiting import PATIENCE

SEED = Path(__file__).with_name("seed.yaml")
SECRETARY, FOCAL_POINT, ADVISER = "U00000001", "U00000002", "U00000003"
CABINET = "C00000002"

Open = Callable[..., Page]

expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture(scope="module")
def workspace() -> Iterator[Workspace]:
    """A workspace of its own for each file."""
    with Workspace.start(read_seed(SEED)) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def heard(workspace: Workspace) -> Iterator[bolt_app.Heard]:
    """What the connected app hears."""
    heard = bolt_app.Heard()
    handler = bolt_app.connect(bolt_app.build(workspace.url, heard))
    yield heard
    close(handler)


@pytest.fixture
def enter(browser: Browser, workspace: Workspace) -> Iterator[Open]:
    """Opens the page as a person, at a channel or app; a script error of the page fails the test."""
    contexts, broken = [], []

    def open_page(person: str = "", place: str = "", **options: object) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.goto(f"{workspace.url}/#/{person}/{place}".rstrip("/"))
        return page

    yield open_page
    for context in contexts:
        context.close()
    for person in (SECRETARY, FOCAL_POINT, ADVISER):
        for view in workspace.wire.get("views", **{"as": person})["views"][-1:]:
            workspace.wire.post("view/close", **{"as": person}, view_id=view["id"], all=True)
    assert not broken


def runs(page: Page, text: str, channel: str = "cabinet") -> None:
    """Type in the composer and press Enter."""
    box = page.get_by_role("textbox", name=f"Message #{channel}")
    box.fill(text)
    box.press("Enter")
    expect(box).to_have_value("")
