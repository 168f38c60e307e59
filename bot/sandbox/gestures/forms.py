"""Forms: submitted, closed; and the app's Home opened."""

from typing import Any

from bot.sandbox import channels, elements
from bot.sandbox.checking import checked_view
from bot.sandbox.gestures import answers
from bot.sandbox.gestures.base import Outcome, app_of_view, ask, failed, head, own_files
from bot.sandbox.records import App, Json, Person, Refused
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.views import View


async def submit(sandbox: Sandbox, person: Person, view_id: str, typed: Json) -> Outcome:
    """Submit a form; what Slack's client would not let through never reaches the app."""
    view = sandbox.views.seen(person.id, view_id)
    if view.body.get("submit_disabled"):
        raise Refused("submit_disabled", "this form cannot be submitted yet")
    if not view.body.get("submit") and not any(block["type"] == "input" for block in view.blocks):
        raise Refused("no_submit", "this form has nothing to submit")
    sandbox.views.type_in(view, typed, own_files(sandbox, person))
    mistakes = _mistakes(view)
    if mistakes:
        _tell_errors(sandbox, view, mistakes)
        return Outcome(acknowledged=False, errors=mistakes)
    app = app_of_view(sandbox, view)
    payload = _payload(sandbox, app, person, view)
    answer = await ask(sandbox, app, payload)
    if not answer.acknowledged:
        return failed(sandbox, app, person, answer, _title(view))
    return _answered(sandbox, app, view, answer.body)


def _payload(sandbox: Sandbox, app: App, person: Person, view: View) -> Json:
    trigger = sandbox.views.trigger(app, person.id, view.id, view.channel)
    payload = head(sandbox, app, person, "view_submission", trigger=trigger)
    payload["view"] = sandbox.views.as_slack(view)
    payload["response_urls"] = _response_urls(sandbox, app, person, view)
    return payload


def _response_urls(sandbox: Sandbox, app: App, person: Person, view: View) -> list[Json]:
    found = []
    for block, element in elements.walk(view.blocks):
        if not element.get("response_url_enabled"):
            continue
        entry = view.values[block["block_id"]][element["action_id"]]
        channel = entry.get("selected_conversation") or entry.get("selected_channel")
        if channel:
            url = sandbox.responses.address(app, person.id, channel)
            place = {"block_id": block["block_id"], "action_id": element["action_id"]}
            found.append({**place, "channel_id": channel, "response_url": url})
    return found


def _mistakes(view: View) -> dict[str, str]:
    found = {}
    for block, element in elements.walk(view.blocks):
        if block["type"] != "input":
            continue
        entry = view.values[block["block_id"]][element["action_id"]]
        mistake = elements.mistake(block, element, entry)
        if mistake:
            found[block["block_id"]] = mistake
    return found


def _answered(sandbox: Sandbox, app: App, view: View, body: Any) -> Outcome:
    if not isinstance(body, dict) or "response_action" not in body:
        if body not in (None, "", {}):
            return _unusable(sandbox, app, view, body, "the answer is no response_action")
        if view in sandbox.views.stack(view.user)[-1:]:
            sandbox.views.close_top(view.user)
        return Outcome()
    action = body["response_action"]
    try:
        if action == "errors":
            return _errors(sandbox, view, body.get("errors"))
        _respond(sandbox, app, view, action, body.get("view"))
    except Refused as refusal:
        return _unusable(sandbox, app, view, body, refusal.message, refusal.code)
    return Outcome()


def _respond(sandbox: Sandbox, app: App, view: View, action: Any, body: Any) -> None:
    if action == "clear":
        sandbox.views.close_all(view.user)
    elif action == "update":
        sandbox.views.update(app, view, checked_view(body, "modal"))
    elif action == "push":
        sandbox.views.push(app, view.user, checked_view(body, "modal"))
    else:
        raise Refused("invalid_arguments", f"response_action {action!r} does not exist")
    answers.note_broken(sandbox, app, "view_submission", {"view": body})


def _errors(sandbox: Sandbox, view: View, errors: Any) -> Outcome:
    inputs = {block.get("block_id") for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors:
        raise Refused("invalid_arguments", "errors must name a block_id and what is wrong with it")
    strange = [block_id for block_id in errors if block_id not in inputs]
    if strange:
        raise Refused("invalid_arguments", f"errors names no input block of this form: {', '.join(strange)}")
    if not all(isinstance(text, str) and text.strip() for text in errors.values()):
        raise Refused("invalid_arguments", "every error must say in words what is wrong")
    _tell_errors(sandbox, view, errors)
    return Outcome(errors=errors)


def _tell_errors(sandbox: Sandbox, view: View, errors: dict[str, str]) -> None:
    sandbox.live.push({"type": "view_errors", "view_id": view.id, "errors": errors}, frozenset([view.user]))


def _unusable(sandbox: Sandbox, app: App, view: View, body: Any, why: str, code: str = "invalid_response") -> Outcome:
    answers.refused(sandbox, app, "view_submission", body, Refused(code, why))
    notice = f"{_title(view)} failed: the app's answer cannot be used ({why})"
    sandbox.live.notice(view.user, notice, app.id)
    return Outcome(notice=notice)


def _title(view: View) -> str:
    title = view.body.get("title") or {}
    return str(title.get("text") or "The form")


async def close(sandbox: Sandbox, person: Person, view_id: str, *, everything: bool) -> Outcome:
    """Close a form; the app hears of it only when it asked to, and never what was typed."""
    view = sandbox.views.seen(person.id, view_id)
    stack = sandbox.views.stack(person.id)
    if stack[-1] is not view and not everything:
        raise Refused("view_not_on_top", "another form lies on top of this one")
    app = app_of_view(sandbox, view)
    everything = everything or bool(view.body.get("clear_on_close"))
    gone = stack if everything else [view]
    payloads = [_closed(sandbox, person, one, cleared=everything) for one in gone if one.body.get("notify_on_close")]
    if everything:
        sandbox.views.close_all(person.id)
    else:
        sandbox.views.close_top(person.id)
    for payload in payloads:
        answer = await ask(sandbox, app, payload)
        if not answer.acknowledged:
            return Outcome(acknowledged=False)
    return Outcome()


def _closed(sandbox: Sandbox, person: Person, view: View, *, cleared: bool) -> Json:
    app = app_of_view(sandbox, view)
    payload = head(sandbox, app, person, "view_closed")
    payload["view"] = {**sandbox.views.as_slack(view), "state": {"values": {}}}
    return payload | {"is_cleared": cleared}


def open_home(sandbox: Sandbox, person: Person, app: App, tab: str = "home") -> Json:
    """Open the app's place; the app hears ``app_home_opened`` each time."""
    channel, _ = channels.direct(sandbox.workspace, app.bot_user, [person.id])
    view = sandbox.views.home(app.id, person.id)
    event: Json = {"type": "app_home_opened", "user": person.id, "channel": channel.id, "tab": tab}
    event |= {"event_ts": f"{sandbox.clock.now():.6f}", "_only_bot": app.bot_user}
    if view is not None and tab == "home":
        event["view"] = sandbox.views.as_slack(view)
    sandbox.workspace.tell_apps(event)
    return {"view": sandbox.views.as_slack(view) if view else None, "channel": channel.id}
