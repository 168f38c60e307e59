"""The mission of the storm: the demo's, with as many people again, and how its processes find each other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.rooms import find_rooms
from bot.tools.demo.preparation import workspace_seed
from bot.tools.manifest import manifest

BOT_TOKEN, APP_TOKEN = "xoxb-storm", "xapp-storm"
SIGNING_SECRET = "signed in the storm"
READS_FRENCH = "UNICEF focal point"
MORE_PEOPLE = (
    "WHO alternate",
    "WHO head of agency",
    "IOM alternate",
    "IOM head of agency",
    "UNHCR alternate",
    "UNHCR head of agency",
    "UNICEF alternate",
    "Duty officer",
    "Funding officer",
    "Planning officer",
    "Political adviser",
    "Security adviser",
    "Logistics officer",
    "Press officer",
    "Second reader",
)
# They hold no role and are given none, so nothing Confidential may reach them.
UNCLEARED = (
    "Mission reader",
    "Second reader",
    "Visiting guest",
    "Political adviser",
    "Security adviser",
    "Logistics officer",
    "Press officer",
    "Planning officer",
)
# Channels to which much is sent, and in which one of them sits: what is Confidential stays out of these.
READ_ALONG = {"srsg-office": "Security adviser", "cabinet": "Planning officer"}


def seed(*, request_url: str, socket_mode: bool) -> dict[str, Any]:
    """The workspace with our app as its manifest describes it."""
    house = find_rooms()
    document = workspace_seed(house)
    for one in document["people"]:
        # What people are told is read by the journal, so all but one read English.
        one["locale"] = "fr-FR" if one["name"] == READS_FRENCH else "en-GB"
    document["people"] += [_person(name) for name in MORE_PEOPLE]
    channels = {one["name"]: one["members"] for one in document["channels"]}
    for channel, name in READ_ALONG.items():
        channels[channel].append(_handle(name))
    app = {
        "name": "Rapporteur",
        "bot_token": BOT_TOKEN,
        "signing_secret": SIGNING_SECRET,
        "manifest": manifest(house, socket_mode=socket_mode, url=request_url),
        **({"app_token": APP_TOKEN} if socket_mode else {}),
    }
    return {**document, "apps": [app]}


def _person(name: str) -> dict[str, Any]:
    handle = _handle(name)
    return {
        "handle": handle,
        "name": name,
        "email": f"{handle}@mission.example",
        "tz": "Africa/Juba",
        "locale": "en-GB",
    }


def _handle(name: str) -> str:
    return name.lower().replace(" ", ".")


def write_seed(folder: Path, *, request_url: str, socket_mode: bool) -> Path:
    """The seed as a file for `python -m bot sandbox`."""
    path = folder / "seed.json"
    path.write_text(json.dumps(seed(request_url=request_url, socket_mode=socket_mode)), encoding="utf-8")
    return path


def environment(*, slack: str, database: str, mail_port: int, socket_mode: bool) -> dict[str, str]:
    """What the product's processes read; the port comes with each."""
    return {
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_APP_TOKEN": APP_TOKEN if socket_mode else "",
        "SLACK_API_URL": f"{slack}/api/",
        "DATABASE_URL": database,
        "HOST": "127.0.0.1",
        "LOG_LEVEL": "INFO",
        "LOG_FORMAT": "json",
        "COMMAND_PREFIX": "",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(mail_port),
        "SMTP_FROM": "Rapporteur <rapporteur@mission.example>",
        "SMTP_SECURITY": "none",
    }
