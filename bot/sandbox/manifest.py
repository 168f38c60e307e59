"""A Slack app manifest (version 1 or 2) read into what the workspace needs to know of an app."""

from typing import Any

Json = dict[str, Any]


def read_manifest(manifest: Json) -> Json:
    """The members of a seed's app that a manifest decides; what it does not say is left out."""
    display = manifest.get("display_information", {})
    settings = manifest.get("settings", {})
    scopes = manifest.get("oauth_config", {}).get("scopes", {})
    found: Json = {
        "name": display.get("name"),
        "description": display.get("description"),
        "scopes": scopes.get("bot"),
        "user_scopes": scopes.get("user"),
        "socket_mode": settings.get("socket_mode_enabled"),
        **_features(manifest.get("features", {})),
        **_urls(settings),
    }
    return {name: value for name, value in found.items() if value is not None}


def _features(features: Json) -> Json:
    home = features.get("app_home", {})
    return {
        "display_name": features.get("bot_user", {}).get("display_name"),
        "home": home.get("home_tab_enabled", False),
        "messages": home.get("messages_tab_enabled", True),
        "read_only": home.get("messages_tab_read_only_enabled", False),
        "commands": [_command(command) for command in features.get("slash_commands", [])],
        "shortcuts": features.get("shortcuts"),
    }


def _command(command: Json) -> Json:
    known = ("command", "description", "usage_hint", "url", "should_escape")
    return {name: command[name] for name in known if name in command}


def _urls(settings: Json) -> Json:
    events = settings.get("event_subscriptions", {})
    interactivity = settings.get("interactivity", {})
    return {
        "interactive": interactivity.get("is_enabled", False),
        "events": events.get("bot_events"),
        "events_url": events.get("request_url"),
        "interactivity_url": interactivity.get("request_url"),
        "options_url": interactivity.get("message_menu_options_url"),
    }
