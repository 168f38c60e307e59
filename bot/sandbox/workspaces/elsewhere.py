"""The same app in another workspace: its deliveries come to the same address, signed with the same secret."""

from bot.sandbox.delivery.http import Answer
from bot.sandbox.records import App, Json
from bot.sandbox.sandbox import Sandbox

SOMEBODY = "U0ELSEWHERE"


async def command(sandbox: Sandbox, app: App, team: str, typed: str) -> Answer:
    """Somebody there types a slash command."""
    word, _, text = typed.partition(" ")
    payload: Json = {
        "token": app.verification_token,
        "team_id": team,
        "team_domain": "elsewhere",
        "channel_id": "C0ELSEWHERE",
        "channel_name": "general",
        "user_id": SOMEBODY,
        "user_name": "somebody",
        "command": word,
        "text": text,
        "api_app_id": app.id,
        "is_enterprise_install": "false",
        "response_url": sandbox.responses.address(app, app.bot_user, "C0ELSEWHERE"),
        "trigger_id": sandbox.views.trigger(app, app.bot_user, channel=""),
    }
    return await sandbox.courier.send(app, "command", payload, "slash_command")


async def event(sandbox: Sandbox, app: App, team: str, inner: Json) -> Answer:
    """Something happens there; ``inner`` is the event."""
    workspace = sandbox.workspace
    authorization = {"enterprise_id": None, "team_id": team, "user_id": SOMEBODY, "is_bot": True}
    payload = {
        "token": app.verification_token,
        "team_id": team,
        "api_app_id": app.id,
        "event": {"event_ts": f"{workspace.clock.now():.6f}", **inner},
        "type": "event_callback",
        "event_id": workspace.new_id("Ev"),
        "event_time": int(workspace.clock.now()),
        "authorizations": [authorization | {"is_enterprise_install": False}],
        "is_ext_shared_channel": False,
    }
    return await sandbox.courier.send(app, "event", payload, f"event_callback:{inner.get('type')}")
