"""Texts Slack takes although a reader will see them broken, and messages a screen reader cannot say."""

import pytest
from slack_sdk.web import WebClient

from bot.sandbox.driver import Person, Workspace
from tests.sandbox.helpers import Json, plain, section, slips


@pytest.fixture
def focal(workspace: Workspace) -> Person:
    return workspace.person("focal")


def test_a_message_without_text_is_warned_of(workspace: Workspace, fresh: WebClient, focal: Person) -> None:
    bare: Json = {"channel": "#general", "blocks": [section("x")]}
    for method, more in (("chat.postMessage", {}), ("chat.postEphemeral", {"user": focal.id})):
        assert fresh.api_call(method, json={**bare, **more})["warning"] == "missing_text_in_message"
        assert slips(workspace) == ["a message without text: notifications and screen readers have nothing to say"]
        assert "warning" not in fresh.api_call(method, json={**bare, **more, "text": "x"}).data
    assert slips(workspace) == []


GOOD = [
    "<!date^1392734382^Posted {date_num} {time_secs}|Posted 2014-02-18 6:39:42 AM PST>",
    "<!date^1392734382^{date_long}^https://example.org/|February 18th>",
    "<!here> <!channel> <https://example.org|<3>",
    "a < b > c & <3",
]
BROKEN = [
    ("<!date^1392734382^{date}>", "is no date"),
    ("<!date^soon^{date}|soon>", "is no date"),
    ("<!date^1392734382^{datum}|then>", "no date token {datum}"),
    ("<!date^1392734382^then|then>", "has no date token"),
    ("<!all>", "is nothing Slack knows"),
    ("<@focal>", "names nobody"),
    ("<@U404>", "names nobody"),
    ("<#C404>", "names no channel"),
    ("<!subteam^S404>", "names no user group"),
]


def test_texts_that_reach_the_reader_whole(workspace: Workspace, fresh: WebClient, focal: Person) -> None:
    general = focal.find_channel("general")
    assert general is not None
    for words in [*GOOD, f"<@{focal.id}> in <#{general['id']}|general>"]:
        fresh.chat_postMessage(channel="#general", text=words, blocks=[section(words)])
    assert slips(workspace) == []


@pytest.mark.parametrize(("words", "told"), BROKEN)
def test_texts_that_reach_the_reader_broken(shared: Workspace, slack: WebClient, words: str, told: str) -> None:
    shared.wire.post("log/clear")
    slack.chat_postMessage(channel="#general", text="fine", blocks=[section(f"see {words}")])
    (slip,) = slips(shared)
    assert told in slip


def test_plain_text_shows_control_sequences_as_written(workspace: Workspace, fresh: WebClient, focal: Person) -> None:
    header = {"type": "header", "text": plain(f"For <@{focal.id}>")}
    fresh.chat_postMessage(channel="#general", text="x", blocks=[header])
    assert slips(workspace) == [f"plain text shows <@{focal.id}> as it is written"]


@pytest.mark.parametrize(("host", "found"), [("127.0.0.1:8065", 1), ("localhost", 1), ("un.example.org", 0)])
def test_pictures_on_this_machine_cannot_be_fetched(shared: Workspace, slack: WebClient, host: str, found: int) -> None:
    shared.wire.post("log/clear")
    picture = {"type": "image", "image_url": f"https://{host}/map.png", "alt_text": "Map"}
    slack.chat_postMessage(channel="#general", text="Map", blocks=[picture])
    assert len(slips(shared)) == found
