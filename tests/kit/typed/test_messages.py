"""The words of messages: mentions and links as people read them, and what stands only in blocks and attachments."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.kit.typed.messages import people_in, plain_words, words_of

NAMES = {"U1": "WFP focal point"}


def rich(*elements: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}]


@pytest.mark.parametrize(
    ("coded", "plain"),
    [
        ("R&amp;D costs &lt; 5 MUSD", "R&D costs < 5 MUSD"),
        ("ask <@U1> and <@U2|ana>, not <@U3>", "ask @WFP focal point and @ana, not @U3"),
        ("in <#C1|cabinet> see <https://x.org/a?b=1&amp;c=2|the list> or <https://x.org>", None),
        ("<!channel> <!here|@here> <!subteam^S1|@log>", "@channel @here @log"),
        ("&amp;lt; is written so", "&lt; is written so"),
    ],
)
def test_codes_become_what_people_read(coded: str, plain: str | None) -> None:
    assert plain_words(coded, NAMES) == (plain or "in #cabinet see the list or https://x.org")


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_what_was_typed_comes_back_as_it_was_typed(text: str) -> None:
    sent = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert plain_words(sent, NAMES) == text


def test_everybody_mentioned_is_found_once_and_in_order() -> None:
    assert people_in("<@U2> <@U1|ana> <@U2> <#C1> <!here>") == ["U2", "U1"]


FORWARDED = {
    "text": "",
    "attachments": [
        {
            "fallback": "[26 Nov] somebody: Convoy stopped",
            "author_name": "Logistics",
            "text": "Convoy &lt;3&gt; stopped at <https://x.org|Pibor>",
            "footer": "Posted in #log",
            "message_blocks": [
                {
                    "message": {
                        "blocks": rich(
                            {"type": "text", "text": "Convoy <3> stopped at "},
                            {"type": "link", "url": "https://x.org", "text": "Pibor"},
                        )
                    }
                }
            ],
        }
    ],
}
ALERT = {
    "text": "New alert",
    "blocks": [
        {"type": "header", "text": {"type": "plain_text", "text": "Fire & smoke"}},
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": "*Bor* road &amp; bridge"},
            "fields": [{"type": "mrkdwn", "text": "Two wounded"}],
        },
        {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Acknowledge"}}]},
    ],
}


def test_a_forwarded_message_gives_its_words_once() -> None:
    assert plain_words(words_of(FORWARDED), {}) == "Convoy <3> stopped at Pibor"


def test_a_message_of_an_app_gives_text_and_blocks_and_no_buttons() -> None:
    assert plain_words(words_of(ALERT), {}) == "New alert\n\nFire & smoke\n*Bor* road & bridge\nTwo wounded"


def test_a_typed_message_is_not_said_twice() -> None:
    blocks = rich({"type": "text", "text": "ask "}, {"type": "user", "user_id": "U1"}, {"type": "emoji", "name": "ok"})
    assert words_of({"text": "ask <@U1>:ok:", "blocks": blocks}) == "ask <@U1>:ok:"
    assert words_of({"text": "ask", "blocks": blocks}) == "ask <@U1>:ok:"


def test_attachments_with_fields_or_only_a_fallback_say_what_they_have() -> None:
    fields = [{"title": "Where", "value": "Bor &amp; Pibor", "short": True}]
    message = {"text": "See", "attachments": [{"fallback": "only this"}, {"title": "Road", "fields": fields}, None]}
    assert words_of(message) == "See\n\nonly this\n\nRoad\nWhere\nBor &amp; Pibor"


SHAPES = st.recursive(
    st.none() | st.text(max_size=5) | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "text", "elements", "message", "fields", "title"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(SHAPES, SHAPES)
def test_a_message_of_any_shape_is_read_without_a_fault(blocks: object, attachments: object) -> None:
    message = {"text": "x", "blocks": blocks, "attachments": attachments if isinstance(attachments, list) else []}
    assert "x" in words_of(message).casefold()
