"""POST requests that run the sandbox itself: people, apps, clock, faults, limits, reset."""

from dataclasses import fields
from datetime import UTC, datetime

from bot.sandbox import people
from bot.sandbox.clock import ClockError
from bot.sandbox.control import shown
from bot.sandbox.control.way import Asked, post
from bot.sandbox.faults import Fault
from bot.sandbox.records import App, Json, Refused
from bot.sandbox.store.seed import SeedApp, SeedError, SeedPerson, seed_part
from bot.sandbox.store.settle import add_person, install
from bot.sandbox.workspace import SLACKS_PATIENCE

_CHANGEABLE = (
    "socket_mode", "events_url", "interactivity_url", "options_url", "scopes", "events", "home", "messages",
    "read_only", "interactive", "distributed", "organisation_wide",
)  # fmt: skip


@post("people")
async def add(asked: Asked) -> Json:
    """Add a person."""
    try:
        seed = seed_part(SeedPerson, asked.arguments)
    except SeedError as error:
        raise Refused("invalid_person", str(error)) from error
    if any(person.handle == seed.handle for person in asked.sandbox.workspace.people.values()):
        raise Refused("handle_taken", f"there is a person called {seed.handle} already")
    person = add_person(asked.sandbox.workspace, seed)
    people.add(asked.sandbox.workspace, person)
    return {"person": people.as_page(asked.sandbox.workspace, person)}


@post("people/change")
async def change(asked: Asked) -> Json:
    """Change a person."""
    person = asked.sandbox.workspace.person(asked.need("person"))
    people.change(asked.sandbox.workspace, person, asked.arguments)
    return {"person": people.as_page(asked.sandbox.workspace, person)}


@post("apps")
async def add_app(asked: Asked) -> Json:
    """Install an app."""
    try:
        seed = seed_part(SeedApp, asked.arguments)
    except SeedError as error:
        raise Refused("invalid_app", str(error)) from error
    app = install(asked.sandbox.workspace, seed)
    asked.sandbox.live.push({"type": "app", "app": app.id}, None)
    tokens = {"bot_token": app.bot_token, "app_token": app.app_token, "signing_secret": app.signing_secret}
    return {"app": shown.app(asked.sandbox, app), **tokens}


@post("apps/change")
async def change_app(asked: Asked) -> Json:
    """Change how an app is reached and what it may do."""
    app = asked.app()
    if url := asked.text("request_url"):
        app.events_url = app.interactivity_url = url
        app.socket_mode = False
    for name in _CHANGEABLE:
        if name in asked.arguments:
            setattr(app, name, asked.arguments[name])
    app.reachable = app.subscribed = True
    return _saved(asked, app)


@post("apps/verify")
async def verify(asked: Asked) -> Json:
    """Ask the app's events URL to prove itself."""
    answer = await asked.sandbox.courier.challenge(asked.app())
    return {"verified": answer.acknowledged, "reason": answer.failure}


@post("apps/token")
async def token(asked: Asked) -> Json:
    """Let the bot token be good (empty), revoked or expired."""
    app = asked.app()
    app.token_state = asked.text("state")
    return _saved(asked, app)


@post("apps/uninstall")
async def uninstall(asked: Asked) -> Json:
    """Take an app out; its tokens die."""
    app = asked.app()
    app.installed = False
    workspace = asked.sandbox.workspace
    tokens = {"oauth": list(app.user_tokens.values()), "bot": [app.bot_user]}
    workspace.tell_apps({"type": "tokens_revoked", "tokens": tokens, "_only_bot": app.bot_user})
    workspace.tell_apps({"type": "app_uninstalled", "_only_bot": app.bot_user})
    people.change(workspace, workspace.people[app.bot_user], {"deleted": True})
    return _saved(asked, app)


@post("apps/disconnect")
async def disconnect(asked: Asked) -> Json:
    """Send the app's sockets away."""
    reason = asked.text("reason") or "refresh_requested"
    if reason not in {"warning", "refresh_requested", "link_disabled"}:
        raise Refused("invalid_argument", "reason: warning, refresh_requested or link_disabled")
    await asked.sandbox.sockets.disconnect(asked.app(), reason)
    return {}


def _saved(asked: Asked, app: App) -> Json:
    asked.sandbox.workspace.save(app)
    asked.sandbox.live.push({"type": "app", "app": app.id}, None)
    return {"app": shown.app(asked.sandbox, app)}


@post("clock")
async def clock(asked: Asked) -> Json:
    """Move the workspace's time."""
    clock, given = asked.sandbox.clock, asked.arguments
    try:
        if "set" in given:
            clock.set(_time(given["set"]))
        if "advance" in given:
            clock.advance(asked.number("advance", 0))
        if "scale" in given:
            clock.scale(asked.number("scale", 1))
        if "freeze" in given:
            clock.freeze(frozen=bool(given["freeze"]))
    except ClockError as error:
        raise Refused("time_in_past" if "backwards" in str(error) else "invalid_argument", str(error)) from error
    asked.sandbox.live.push({"type": "clock", "clock": clock.to_json()}, None)
    return {"clock": clock.to_json()}


def _time(given: object) -> float:
    if isinstance(given, int | float):
        return float(given)
    try:
        at = datetime.fromisoformat(str(given))
    except ValueError as error:
        raise Refused("invalid_argument", "set: seconds since 1970 or ISO 8601") from error
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


@post("faults")
async def fault(asked: Asked) -> Json:
    """Ask for a fault."""
    known = {one.name for one in fields(Fault)}
    given = {name: value for name, value in asked.arguments.items() if name in known}
    given |= {"method": asked.need("method"), "kind": asked.need("kind")}
    if "app" in given:
        given["app"] = asked.app().id
    asked.sandbox.faults.add(Fault(**given))
    return {"faults": asked.sandbox.faults.to_json()}


@post("faults/clear")
async def clear_faults(asked: Asked) -> Json:
    """Forget the faults."""
    asked.sandbox.faults.clear()
    return {"faults": []}


@post("log/clear")
async def clear_log(asked: Asked) -> Json:
    """Forget what the inspector holds."""
    asked.sandbox.log.clear()
    return {}


@post("limits")
async def limits(asked: Asked) -> Json:
    """Turn rate limits on or off."""
    asked.sandbox.limits.strict = bool(asked.arguments.get("strict"))
    return {"strict": asked.sandbox.limits.strict}


@post("patience")
async def patience(asked: Asked) -> Json:
    """Wait longer for apps than Slack does."""
    seconds = asked.number("seconds", SLACKS_PATIENCE)
    if seconds <= 0:
        raise Refused("invalid_patience", "seconds must be above zero")
    asked.sandbox.workspace.patience = seconds
    return {"patience": seconds}


@post("reset")
async def reset(asked: Asked) -> Json:
    """Back to the seed."""
    await asked.sandbox.reset()
    return {}
