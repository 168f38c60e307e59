"""Fills an empty database with the demo's mission: every room prepares the part of it that it declares."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy.orm import Session

from bot.app import build
from bot.delivery import directory
from bot.delivery.slack import SlackCalls
from bot.rooms import House
from bot.settings import Settings
from commands.kit.demo import Demo, DemoWorkspace
from commands.kit.work import Work
from storage.missions import get_mission

SEED = Path(__file__).with_name("seed.yaml")


def parts_of(house: House) -> list[Demo]:
    """What the rooms show in the demo, in their order."""
    declared = [(room.demo.order, room.name, room.demo) for room in house.rooms if room.demo is not None]
    return [demo for _order, _name, demo in sorted(declared, key=lambda one: one[:2])]


def workspace_seed(house: House) -> dict[str, Any]:
    """The demo's workspace before its first message, with the people and channels that rooms add; without our app."""
    seed: dict[str, Any] = yaml.safe_load(SEED.read_text(encoding="utf-8"))
    for demo in parts_of(house):
        if demo.seed is not None:
            _add(seed, yaml.safe_load(demo.seed.read_text(encoding="utf-8")))
    return seed


def _add(seed: dict[str, Any], more: dict[str, Any]) -> None:
    seed["people"] += more.get("people", [])
    channels = {channel["name"]: channel for channel in seed["channels"]}
    for channel in more.get("channels", []):
        if channel["name"] in channels:
            channels[channel["name"]]["members"] += channel["members"]
        else:
            seed["channels"].append(channel)


def look_around(slack: SlackCalls) -> DemoWorkspace:
    """Read the workspace. Raises as `SlackCalls.call` does."""
    us = slack.call("auth.test")
    users = slack.call("users.list", limit=200)["members"]
    channels = slack.call("conversations.list", types="public_channel,private_channel", limit=200)["channels"]
    bot_user_id = str(us["user_id"])

    def remember_person(work: Work, user_id: str) -> None:
        directory.remember_person(work.session, work.mission.id, directory.fetch_person(slack, user_id), work.now)

    def remember_channel(work: Work, channel_id: str) -> None:
        channel, members = directory.fetch_channel(slack, channel_id)
        directory.remember_channel(
            work.session, work.mission.id, channel, members, bot_user_id=bot_user_id, now=work.now
        )

    return DemoWorkspace(
        team_id=str(us["team_id"]),
        bot_user_id=bot_user_id,
        people={str(user["profile"].get("display_name") or user["real_name"]): str(user["id"]) for user in users},
        channels={str(channel["name"]): str(channel["id"]) for channel in channels},
        remember_person=remember_person,
        remember_channel=remember_channel,
    )


def prepare_rooms(session: Session, house: House, place: DemoWorkspace, now: datetime) -> None:
    """Let the rooms of a house write their parts into an empty database."""
    mission = get_mission(session, place.team_id)
    for demo in parts_of(house):
        demo.prepare(Work(session, mission, now), place)


def prepare(settings: Settings) -> None:
    """Fill the database once; a demo that is started again goes on where it stopped."""
    product = build(settings)
    place, now = look_around(product.slack), product.now()
    with product.database.transaction() as session:
        if get_mission(session, place.team_id).set_up_at is None:
            prepare_rooms(session, product.house, place, now)
    product.database.dispose()
