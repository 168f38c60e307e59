"""Workspaces for the sandbox's tests."""

import copy
from collections.abc import Iterator

import pytest
from slack_sdk.web import WebClient

from bot.sandbox.api.facts import all_facts
from bot.sandbox.driver import Person, Workspace
from tests.sandbox.codes import UNLISTED, common_errors
from tests.sandbox.foreign_app import APP_TOKEN, SEED
from tests.sandbox.helpers import client
from tests.sandbox.recorder import Heard, Recorder, SocketRecorder


def refusals_are_slacks(workspace: Workspace) -> None:
    """Every code a method answered in a test stands in Slack's own table of that method."""
    for entry in (one for one in workspace.refusals if one["refused"]):
        facts = all_facts().get(entry["kind"])
        known = {*facts.errors, *common_errors(), *UNLISTED.get(entry["kind"], ())} if facts else set()
        assert facts is None or entry["refused"] in known, f"{entry['kind']} answered {entry['refused']}"


@pytest.fixture(scope="module")
def shared() -> Iterator[Workspace]:
    """One workspace for a whole file whose tests do not meet."""
    with Workspace.start(copy.deepcopy(SEED)) as workspace:
        yield workspace
        refusals_are_slacks(workspace)


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    """A fresh workspace."""
    with Workspace.start(copy.deepcopy(SEED)) as workspace:
        yield workspace
        refusals_are_slacks(workspace)


@pytest.fixture
def slack(shared: Workspace) -> WebClient:
    """Slack's client for the shared workspace."""
    return client(shared.api_url)


@pytest.fixture
def chief(shared: Workspace) -> Person:
    """An admin of the shared workspace."""
    return shared.person("chief")


@pytest.fixture
def focal(shared: Workspace) -> Person:
    """A member of the shared workspace."""
    return shared.person("focal")


@pytest.fixture
def fresh(workspace: Workspace) -> WebClient:
    """Slack's client for the fresh workspace."""
    return client(workspace.api_url)


@pytest.fixture(params=["http", "socket"])
def heard(request: pytest.FixtureRequest, workspace: Workspace) -> Iterator[Heard]:
    """The same app twice: reached over HTTP, and over Socket Mode."""
    app: Heard
    if request.param == "http":
        app = recorder = Recorder()
        workspace.reach("Foreign", recorder.url)
    else:
        workspace.wire.post("apps/change", app="Foreign", socket_mode=True)
        opened = client(workspace.api_url).apps_connections_open(app_token=APP_TOKEN)
        app = SocketRecorder(str(opened["url"]))
    yield app
    app.close()


@pytest.fixture
def app(workspace: Workspace) -> Iterator[Recorder]:
    """A recording app that the fresh workspace reaches over HTTP."""
    recorder = Recorder()
    workspace.reach("Foreign", recorder.url)
    yield recorder
    recorder.close()
