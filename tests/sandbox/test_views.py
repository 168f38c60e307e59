"""Forms and Homes: triggers, hashes, the stack, state, required inputs, answers to a submission."""

import time
from typing import Any

import pytest

from bot.sandbox.driver import Form, Person, Workspace
from tests.sandbox.helpers import Json, client, modal, plain, refused, section, text_input, until
from tests.sandbox.recorder import Recorder

HOME = {"type": "home", "blocks": [section("Home")]}


@pytest.fixture
def focal(workspace: Workspace) -> Person:
    return workspace.person("focal")


def trigger(focal: Person, app: Recorder) -> str:
    """A fresh trigger from a slash command."""
    focal.runs("/echo x", in_="#general")
    return str(app.heard[-1]["payload"]["trigger_id"])


def opened(workspace: Workspace, focal: Person, app: Recorder, view: Json) -> Form:
    client(workspace.api_url).views_open(trigger_id=trigger(focal, app), view=view)
    return focal.sees_form()


def test_a_trigger_works_once(workspace: Workspace, focal: Person, app: Recorder) -> None:
    slack, fresh = client(workspace.api_url), trigger(focal, app)
    assert slack.views_open(trigger_id=fresh, view=modal(text_input()))["view"]["id"]
    with refused("exchanged_trigger_id"):
        slack.views_open(trigger_id=fresh, view=modal(text_input()))
    with refused("invalid_trigger_id"):
        slack.views_open(trigger_id="1.2.3", view=modal(text_input()))


def test_a_trigger_expires_after_three_seconds(workspace: Workspace, focal: Person, app: Recorder) -> None:
    fresh = trigger(focal, app)
    time.sleep(3.05)
    with refused("expired_trigger_id"):
        client(workspace.api_url).views_open(trigger_id=fresh, view=modal(text_input()))


def test_a_refused_view_does_not_use_the_trigger_up(workspace: Workspace, focal: Person, app: Recorder) -> None:
    slack, fresh = client(workspace.api_url), trigger(focal, app)
    no_submit = modal(text_input())
    del no_submit["submit"]
    for bad in (no_submit, modal(text_input(), title=plain("x" * 25)), {"type": "modal", "blocks": []}):
        with refused("invalid_arguments") as answer:
            slack.views_open(trigger_id=fresh, view=bad)
        assert "json-pointer:/" in answer["response_metadata"]["messages"][0]
    assert slack.views_open(trigger_id=fresh, view=modal(text_input()))["ok"]


def test_a_view_over_250_kilobytes_is_too_large(workspace: Workspace, focal: Person, app: Recorder) -> None:
    blocks = [section("x" * 2900) for _ in range(90)]
    with refused("view_too_large"):
        client(workspace.api_url).views_open(trigger_id=trigger(focal, app), view=modal(*blocks))


def test_the_stack_holds_three(workspace: Workspace, focal: Person, app: Recorder) -> None:
    slack = client(workspace.api_url)
    with refused("not_found"):
        slack.views_push(trigger_id=trigger(focal, app), view=modal(text_input()))
    form = opened(workspace, focal, app, modal(text_input(), {"type": "actions", "elements": [_button("Deeper")]}))
    for depth in (2, 3):
        form.press("Deeper")
        view = modal({"type": "actions", "elements": [_button("Deeper")]}, title=plain(f"Depth {depth}"))
        slack.views_push(trigger_id=app.heard[-1]["payload"]["trigger_id"], view=view)
        form = focal.sees_form(f"Depth {depth}")
    form.press("Deeper")
    with refused("push_limit_reached"):
        slack.views_push(trigger_id=app.heard[-1]["payload"]["trigger_id"], view=modal(text_input()))
    below = form.close()
    assert below is not None
    assert below.title == "Depth 2"


def _button(words: str) -> Json:
    return {"type": "button", "action_id": "deeper", "text": plain(words)}


def test_updates_know_the_hash_and_keep_what_was_typed(workspace: Workspace, focal: Person, app: Recorder) -> None:
    slack = client(workspace.api_url)
    form = opened(
        workspace, focal, app, modal(text_input("a"), text_input("b"), {"type": "actions", "elements": [_button("Go")]})
    )
    form.fill("A", "typed").fill("B", "lost").press("Go")
    first = app.heard[-1]["payload"]["view"]
    slack.views_update(view_id=first["id"], hash=first["hash"], view=modal(text_input("a"), text_input("c")))
    with refused("hash_conflict"):
        slack.views_update(view_id=first["id"], hash=first["hash"], view=modal(text_input("a")))
    with refused("not_found"):
        slack.views_update(view_id="V0", view=modal(text_input("a")))
    state = form.refresh().view["state"]["values"]
    assert state["a"]["a"]["value"] == "typed"
    assert state["c"]["a"]["value"] is None
    assert "b" not in state


def test_external_ids_are_unique_and_find_the_view(workspace: Workspace, focal: Person, app: Recorder) -> None:
    slack = client(workspace.api_url)
    opened(workspace, focal, app, modal(text_input(), external_id="mine"))
    with refused("duplicate_external_id"):
        slack.views_open(trigger_id=trigger(focal, app), view=modal(text_input(), external_id="mine"))
    assert slack.views_update(external_id="mine", view=modal(text_input(), external_id="mine"))["ok"]


def test_state_has_every_input_with_nulls_and_initial_values(
    workspace: Workspace, focal: Person, app: Recorder
) -> None:
    options = [{"text": plain("One"), "value": "1"}, {"text": plain("Two"), "value": "2"}]
    kinds: list[Json] = [
        {"type": "plain_text_input"},
        {"type": "number_input", "is_decimal_allowed": True},
        {"type": "email_text_input"},
        {"type": "url_text_input"},
        {"type": "datepicker"},
        {"type": "timepicker", "initial_time": "09:30"},
        {"type": "datetimepicker"},
        {"type": "static_select", "options": options, "initial_option": options[0]},
        {"type": "multi_static_select", "options": options},
        {"type": "radio_buttons", "options": options},
        {"type": "checkboxes", "options": options, "initial_options": [options[1]]},
        {"type": "users_select"},
        {"type": "multi_users_select"},
        {"type": "channels_select"},
        {"type": "conversations_select", "default_to_current_conversation": True},
        {"type": "multi_conversations_select"},
        {"type": "rich_text_input"},
        {"type": "file_input"},
    ]
    blocks = [
        {
            "type": "input",
            "optional": True,
            "block_id": kind["type"],
            "label": plain("L"),
            "element": {**kind, "action_id": "v"},
        }
        for kind in kinds
    ]
    form = opened(workspace, focal, app, modal(*blocks))
    assert form.submit() is None
    held = {block: entry["v"] for block, entry in app.payloads("view_submission")[0]["view"]["state"]["values"].items()}
    general = focal.find_channel("general")
    assert general is not None
    assert len(held) == len(kinds)
    assert held["plain_text_input"] == {"type": "plain_text_input", "value": None}
    assert held["datepicker"]["selected_date"] is None
    assert held["timepicker"]["selected_time"] == "09:30"
    assert held["static_select"]["selected_option"]["value"] == "1"
    assert held["multi_static_select"]["selected_options"] == []
    assert held["radio_buttons"]["selected_option"] is None
    assert [one["value"] for one in held["checkboxes"]["selected_options"]] == ["2"]
    assert held["multi_users_select"]["selected_users"] == []
    assert held["conversations_select"]["selected_conversation"] == general["id"]
    assert held["rich_text_input"]["rich_text_value"] is None
    assert held["file_input"]["files"] == []


@pytest.mark.parametrize(
    ("element", "bad", "good"),
    [
        ({"type": "plain_text_input", "min_length": 3}, "ab", "abc"),
        ({"type": "plain_text_input", "max_length": 3}, "abcd", "abc"),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "1"),
        ({"type": "number_input", "is_decimal_allowed": True, "max_value": "10"}, "10.5", "9.5"),
        ({"type": "email_text_input"}, "nobody", "focal@example.org"),
        ({"type": "url_text_input"}, "example", "https://example.org"),
        ({"type": "datepicker"}, "tomorrow", "2026-01-31"),
    ],
)
def test_the_client_refuses_wrong_input_before_the_app_is_asked(
    workspace: Workspace, focal: Person, app: Recorder, element: Json, bad: str, good: str
) -> None:
    form = opened(workspace, focal, app, modal(text_input("field", element=element)))
    form.submit()
    assert form.errors == {"Field": "Please complete this required field."}
    form.fill("Field", bad).submit()
    assert "Field" in form.errors
    assert app.payloads("view_submission") == []
    assert form.fill("Field", good).submit() is None


def test_answers_to_a_submission(workspace: Workspace, focal: Person, app: Recorder) -> None:
    form = opened(workspace, focal, app, modal(text_input("what")))
    form.fill("What", "x")
    app.answer = lambda _: (200, {"response_action": "errors", "errors": {"what": "Not that"}})
    form.submit()
    assert form.errors == {"What": "Not that"}
    app.answer = lambda _: (200, {"response_action": "push", "view": modal(text_input("more"), title=plain("Second"))})
    second = form.submit()
    assert second is not None
    assert second.title == "Second"
    app.answer = lambda _: (200, {"response_action": "update", "view": modal(section("Done"), title=plain("Third"))})
    third = second.fill("More", "y").submit()
    assert third is not None
    assert (third.title, len(focal.views())) == ("Third", 2)
    app.answer = lambda _: (200, {"response_action": "clear"})
    assert third.submit() is None


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "x"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "dance"},
        {"response_action": "update", "view": {"type": "modal"}},
        "thanks",
    ],
)
def test_unusable_answers_are_said_and_logged(workspace: Workspace, focal: Person, app: Recorder, answer: Any) -> None:
    form = opened(workspace, focal, app, modal(text_input("what")))
    app.answer = lambda _: (200, answer)
    assert form.fill("What", "kept").submit() is form
    assert "cannot be used" in str(form.notice)
    assert form.refresh().value("What") == "kept"
    assert workspace.refusals[-1]["kind"] == "view_submission answer"


def test_closing_is_told_only_when_asked_and_without_state(workspace: Workspace, focal: Person, app: Recorder) -> None:
    opened(workspace, focal, app, modal(text_input("what"))).close()
    opened(workspace, focal, app, modal(text_input("what"), notify_on_close=True)).fill("What", "draft").close()
    (told,) = app.payloads("view_closed")
    assert told["view"]["state"] == {"values": {}}
    assert told["is_cleared"] is False


def test_typing_speaks_to_the_app_only_where_it_was_asked_to(
    workspace: Workspace, focal: Person, app: Recorder
) -> None:
    silent = text_input("silent")
    on_enter = text_input("enter", dispatch_action=True)
    config = {"dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]}}
    on_character = text_input("character", dispatch_action=True, element=config)
    form = opened(workspace, focal, app, modal(silent, on_enter, on_character))
    form.fill("Silent", "1").fill("Enter", "2")
    assert app.payloads("block_actions") == []
    form.fill("Character", "3")
    form.fill("Enter", "4", enter=True)
    first, second = app.payloads("block_actions")
    assert first["actions"][0]["value"] == "3"
    state = second["view"]["state"]["values"]
    assert [state[name]["a"]["value"] for name in ("silent", "enter", "character")] == ["1", "4", "3"]


def test_home_is_published_hashed_and_told(workspace: Workspace, focal: Person, app: Recorder) -> None:
    slack = client(workspace.api_url)
    first = slack.views_publish(user_id=focal.id, view=HOME)["view"]
    slack.views_publish(user_id=focal.id, view=HOME, hash=first["hash"])
    with refused("hash_conflict"):
        slack.views_publish(user_id=focal.id, view=HOME, hash=first["hash"])
    assert focal.home.text == "Home"
    event = until(lambda: app.events("app_home_opened"))[0]
    assert event["tab"] == "home"
    assert event["view"]["id"] == first["id"]
    with refused("invalid_arguments"):
        slack.views_publish(user_id=focal.id, view=modal(text_input()))


def test_a_home_that_is_off_refuses(workspace: Workspace, focal: Person) -> None:
    workspace.wire.post("apps/change", app="Foreign", home=False)
    with refused("not_enabled"):
        client(workspace.api_url).views_publish(user_id=focal.id, view=HOME)
