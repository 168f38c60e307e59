"""The app manifest that a workspace admin pastes into Slack, made from the rooms."""

from __future__ import annotations

from typing import Any

import yaml

from bot.rooms import House

NAME = "Rapporteur"
DESCRIPTION = "Keeps the cabinet of an integrated mission working"
LONG_DESCRIPTION = (
    "Rapporteur convenes the mission's cabinet, asks every agency for its update and chases the ones that owe it, "
    "keeps the funding picture true to the dollar, and carries what cannot wait to the office of the SRSG. "
    "Begin with /mission setup, then /agency import and /update round."
)
PLACEHOLDER_URL = "https://rapporteur.example.org/slack/events"


def manifest(house: House, *, prefix: str = "", socket_mode: bool = True, url: str = PLACEHOLDER_URL) -> dict[str, Any]:
    """The manifest as a document. In HTTP mode `url` is where Slack reaches us."""
    return {
        "display_information": {
            "name": NAME,
            "description": DESCRIPTION,
            "long_description": LONG_DESCRIPTION,
            "background_color": "#1f3a5f",
        },
        "features": _features(house, prefix, {} if socket_mode else {"url": url}),
        "oauth_config": {"scopes": {"bot": house.scopes}},
        "settings": _settings(house, socket_mode, url),
    }


def _features(house: House, prefix: str, reach: dict[str, str]) -> dict[str, Any]:
    commands = [
        {
            "command": f"/{prefix}{command.name.removeprefix('/')}",
            "description": command.summary,
            "usage_hint": command.usage_hint,
            "should_escape": True,
            **reach,
        }
        for room in house.rooms
        for command in room.commands
    ]
    shortcuts = [
        {"name": one.name, "type": str(one.kind), "callback_id": identity, "description": one.description}
        for identity, one in house.shortcuts.items()
    ]
    home = {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False}
    return {
        "app_home": home,
        "bot_user": {"display_name": NAME, "always_online": True},
        "slash_commands": commands,
        **({"shortcuts": shortcuts} if shortcuts else {}),
    }


def _settings(house: House, socket_mode: bool, url: str) -> dict[str, Any]:
    reach = {} if socket_mode else {"request_url": url}
    options = {} if socket_mode else {"message_menu_options_url": url}
    return {
        "event_subscriptions": {**reach, "bot_events": house.event_types},
        "interactivity": {"is_enabled": True, **reach, **options},
        "org_deploy_enabled": False,
        "socket_mode_enabled": socket_mode,
        "token_rotation_enabled": False,
    }


def manifest_text(house: House) -> str:
    """The file `manifest.yaml`."""
    head = "# Made from the rooms by `python -m bot manifest --write`; do not edit by hand.\n"
    return head + yaml.safe_dump(manifest(house), sort_keys=False, allow_unicode=True, width=110)
