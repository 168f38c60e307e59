"""What the sandbox's tests share: refusals, waiting, and the pieces of messages and forms."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import WebClient

from bot.sandbox.driver import Workspace
from tests.waiting import wait_until

Json = dict[str, Any]


def client(api_url: str, token: str = "xoxb-foreign") -> WebClient:
    """Slack's own client, without retries."""
    return WebClient(token, base_url=api_url, retry_handlers=[])


@contextmanager
def refused(code: str) -> Iterator[Json]:
    """The call inside must be refused with this code; what Slack answered is filled in."""
    answer: Json = {}
    with pytest.raises(SlackApiError) as caught:
        yield answer
    answer.update(caught.value.response.data)
    assert answer["error"] == code, answer


def close(handler: Any) -> None:
    """Close a Socket Mode handler of Bolt.

    Slack's client waits without end for its receiving thread, which may have begun anew in the meantime; told first,
    the thread does not begin anew.
    """
    handler.client.current_session_runner.event.set()
    handler.client.current_app_monitor.event.set()
    handler.close()


def until(condition: Callable[[], Any]) -> Any:
    """Wait until a condition holds; its value."""
    return wait_until(condition, "it did not happen", pause=0.01)


def slips(workspace: Workspace) -> list[str]:
    """What Slack would have taken and dropped, or shown broken, since the last look."""
    found = [slip for entry in workspace.refusals for slip in entry["slips"]]
    workspace.wire.post("log/clear")
    return found


def section(words: str) -> Json:
    """A section block."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": words}}


def plain(words: str) -> Json:
    """A plain text object."""
    return {"type": "plain_text", "text": words}


def modal(*blocks: Json, **more: Any) -> Json:
    """A modal."""
    return {"type": "modal", "title": plain("Form"), "submit": plain("Send"), "blocks": list(blocks), **more}


def text_input(block: str = "b", action: str = "a", **more: Any) -> Json:
    """A text input in its block; ``more`` goes to the block."""
    element = {"type": "plain_text_input", "action_id": action, **more.pop("element", {})}
    return {"type": "input", "block_id": block, "label": plain(block.title()), "element": element, **more}
