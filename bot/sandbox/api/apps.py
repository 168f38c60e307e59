"""What concerns the app itself: its token, its sockets, its team, and the check of its blocks."""

from typing import Any

from bot.sandbox.api.call import Call, method
from bot.sandbox.blockkit import Problem, check_blocks, check_message, check_view
from bot.sandbox.checking import decoded
from bot.sandbox.records import Json, Refused
from bot.sandbox.workspaces.belonging import installation

_VALIDATE_LIMIT = 100_000


@method("api.test")
def api_test(call: Call) -> Json:
    """Answer what came."""
    if call.text("error"):
        raise Refused(call.text("error"), args=call.arguments)
    return {"args": call.arguments}


@method("auth.test")
def auth_test(call: Call) -> Json:
    """Say whose token it is."""
    workspace = call.workspace
    told: Json = {
        "url": f"https://{workspace.team.domain}.slack.com/",
        "team": None if call.app.organisation_wide else workspace.team.name,
        "user": workspace.people[call.user].handle,
        "user_id": call.user,
        **installation(workspace.team, call.app),
    }
    return {**told, "bot_id": call.app.bot_id} if call.is_bot else told


@method("auth.revoke")
def auth_revoke(call: Call) -> Json:
    """Give the token up."""
    if call.flag("test"):
        return {"revoked": False}
    call.app.token_state = "token_revoked"  # noqa: S105 - a state
    call.workspace.save(call.app)
    revoked = {"oauth": [], "bot": [call.app.bot_user]}
    call.workspace.tell_apps({"type": "tokens_revoked", "tokens": revoked, "_only_bot": call.app.bot_user})
    return {"revoked": True}


@method("apps.connections.open")
def connections_open(call: Call) -> Json:
    """Give out the address of a socket."""
    if not call.app.socket_mode:
        raise Refused("socket_mode_not_enabled")
    return {"url": call.sandbox.sockets.ticket(call.app)}


@method("team.info")
def team_info(call: Call) -> Json:
    """The workspace's name tag."""
    team = call.workspace.team
    wanted = call.text("team") or team.id
    if wanted != team.id:
        raise Refused("team_not_found")
    icon = {"image_default": True}
    told = {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": "", "icon": icon}
    return {"team": told | {"url": f"https://{team.domain}.slack.com/"}}


@method("bots.info")
def bots_info(call: Call) -> Json:
    """An app's bot."""
    wanted = call.text("bot") or call.app.bot_id
    app = next((app for app in call.workspace.apps.values() if app.bot_id == wanted), None)
    if app is None:
        raise Refused("bot_not_found")
    told = {"id": app.bot_id, "deleted": not app.installed, "name": app.name, "app_id": app.id}
    return {"bot": told | {"user_id": app.bot_user, "updated": 0, "icons": {}}}


@method("emoji.list")
def emoji_list(_call: Call) -> Json:
    """The workspace's own emoji: none."""
    return {"emoji": {}, "cache_ts": "0"}


@method("blocks.validate")
def blocks_validate(call: Call) -> Json:
    """Check blocks, a message or a view, without a token."""
    given = [name for name in ("blocks", "message", "view") if call.arguments.get(name) not in (None, "")]
    if len(given) != 1 or len(str(call.arguments[given[0]])) > _VALIDATE_LIMIT:
        raise Refused("invalid_arguments")
    code = f"invalid_{given[0]}"
    value = decoded(call.arguments[given[0]], code)
    problems = _problems(given[0], value)
    if problems:
        raise Refused(code, errors=[_shown(problem) for problem in problems])
    return {}


def _problems(what: str, value: Any) -> list[Problem]:
    if what == "blocks":
        return check_blocks(value, "message", root="")
    if not isinstance(value, dict):
        return [Problem(f"invalid_{what}", "must provide an object")]
    return check_message(value) if what == "message" else check_view(value)


def _shown(problem: Problem) -> Json:
    kind = "missing_field" if "missing" in problem.message else "failed_constraint"
    return {"code": kind, "message": problem.message, "pointer": problem.pointer}
