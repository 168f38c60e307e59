"""Secondary attachments: the older fields pass, bent ones are refused at their pointer."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.blockkit import check_message

from .payloads import Json, divider, mrkdwn, section

OLD: Json = {
    "fallback": "Round 12",
    "color": "good",
    "pretext": "",
    "author_name": "Cabinet",
    "author_link": "https://example.org",
    "title": "Round 12",
    "title_link": "https://example.org/12",
    "text": "Open",
    "fields": [{"title": "Owed", "value": "3", "short": True}],
    "actions": [{"type": "button", "text": "Open"}],
    "callback_id": "round",
    "attachment_type": "default",
    "mrkdwn_in": ["text", "fields"],
    "image_url": "https://example.org/map.png",
    "footer": "Mission",
    "ts": 1_790_000_000,
    "id": 1,
}


def _found(attachment: Any) -> list[tuple[str, str, str]]:
    problems = check_message({"text": "t", "attachments": [attachment]})
    return [(problem.code, problem.message, problem.pointer.removeprefix("/attachments/0")) for problem in problems]


@pytest.mark.parametrize("extra", [{}, {"ts": "1790000000.5"}, {"ts": 1.5}])
def test_an_older_attachment_passes(extra: Json) -> None:
    assert _found({**OLD, **extra}) == []


@pytest.mark.parametrize(
    ("extra", "message", "pointer"),
    [
        ({"ts": True}, "must provide a number", "/ts"),
        ({"ts": []}, "must provide a number", "/ts"),
        ({"actions": ["Open"]}, "must provide an object", "/actions/0"),
        ({"text": 7}, "must provide a string", "/text"),
        ({"image_url": "map.png"}, "must be a valid url", "/image_url"),
        ({"mrkdwn_in": ["title"]}, "must be a valid enum value", "/mrkdwn_in/0"),
        ({"fields": [{"name": "Owed"}]}, "invalid additional property: name", "/fields/0"),
        ({"button": {}}, "invalid additional property: button", ""),
    ],
)
def test_a_bent_attachment_is_refused(extra: Json, message: str, pointer: str) -> None:
    assert _found({**OLD, **extra}) == [("invalid_attachments", message, pointer)]


def test_blocks_of_an_attachment_are_judged_at_their_pointer() -> None:
    blocks = [divider(), section(text=mrkdwn(""))]
    assert _found({"blocks": blocks, "color": "#123456"}) == [
        ("invalid_attachments", "must be more than 0 characters", "/blocks/1/text/text")
    ]


def test_attachments_and_blocks_share_their_block_ids() -> None:
    named = divider(block_id="a")
    problems = check_message({"text": "t", "blocks": [named], "attachments": [{"blocks": [named]}]})
    assert [problem.pointer for problem in problems] == ["/attachments/0/blocks/0/block_id"]
