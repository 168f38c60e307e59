"""``views.*``: forms and Homes."""

from bot.sandbox.api.call import Call, method
from bot.sandbox.checking import checked_view
from bot.sandbox.records import Json, Refused


@method("views.open")
def views_open(call: Call) -> Json:
    """Open a form for who made the gesture."""
    body = checked_view(call.arguments["view"], "modal")
    trigger = call.sandbox.views.redeem(call.app, _trigger(call))
    view = call.sandbox.views.open(call.app, trigger, body)
    return {"view": call.sandbox.views.as_slack(view)}


@method("views.push")
def views_push(call: Call) -> Json:
    """Put a form on top of the open ones."""
    body = checked_view(call.arguments["view"], "modal")
    trigger = call.sandbox.views.redeem(call.app, _trigger(call))
    view = call.sandbox.views.push(call.app, trigger.user, body, trigger.channel)
    return {"view": call.sandbox.views.as_slack(view)}


@method("views.update")
def views_update(call: Call) -> Json:
    """Replace what an open form or a Home shows."""
    if not call.text("view_id") and not call.text("external_id"):
        raise Refused("invalid_arguments")
    view = call.sandbox.views.find(call.app, call.text("view_id"), call.text("external_id"))
    body = checked_view(call.arguments["view"], view.body["type"])
    updated = call.sandbox.views.update(call.app, view, body, call.text("hash"))
    return {"view": call.sandbox.views.as_slack(updated)}


@method("views.publish")
def views_publish(call: Call) -> Json:
    """Show a person the app's Home."""
    if not call.is_bot:
        raise Refused("not_allowed_token_type")
    if not call.app.home:
        raise Refused("not_enabled")
    if call.text("user_id") not in call.workspace.people:
        raise Refused("invalid_arguments")
    body = checked_view(call.arguments["view"], "home")
    view = call.sandbox.views.publish(call.app, call.text("user_id"), body, call.text("hash"))
    return {"view": call.sandbox.views.as_slack(view)}


def _trigger(call: Call) -> str:
    given = call.text("trigger_id") or call.text("interactivity_pointer")
    if not given:
        raise Refused(
            "invalid_arguments", response_metadata={"messages": ["[ERROR] missing required field: trigger_id"]}
        )
    return given
