"""People and channels as Slack describes them, kept in storage."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.delivery.slack import SlackCalls
from storage.channels import lock_channel, replace_members
from storage.people import Person
from storage.upsert import find_or_make

MEMBERS_PER_PAGE = 200
PEOPLE_PER_PAGE = 200
# The workspace of somebody of whom Slack names none.
ELSEWHERE = "elsewhere"


def fetch_person(slack: SlackCalls, user_id: str) -> dict[str, Any]:
    """Slack's own description of a person, with their locale. Raises as `SlackCalls.call` does."""
    return dict(slack.call("users.info", user=user_id, include_locale=True)["user"])


def remember_person(session: Session, mission_id: str, user: dict[str, Any], now: datetime) -> Person:
    """Write down what Slack says of a person."""
    person = find_or_make(session, Person, {"mission_id": mission_id, "user_id": str(user["id"])}, seen_at=now)
    _describe(person, user, now)
    session.flush()
    return person


def described_person(mission_id: str, user: dict[str, Any], now: datetime) -> Person:
    """A person as Slack describes them, without writing them down."""
    person = Person(mission_id=mission_id, user_id=str(user["id"]))
    _describe(person, user, now)
    return person


def _describe(person: Person, user: dict[str, Any], now: datetime) -> None:
    profile = user.get("profile") or {}
    person.name = str(
        profile.get("display_name")
        or profile.get("real_name")
        or user.get("real_name")
        or user.get("name")
        or person.user_id
    )
    person.zone = _zone(user) or person.zone or ""
    person.locale = str(user.get("locale") or person.locale or "en-US")
    person.home_team = home_team(user, person.mission_id)
    person.is_guest = bool(user.get("is_restricted") or user.get("is_ultra_restricted") or user.get("is_stranger"))
    person.is_workspace_admin = bool(user.get("is_admin") or user.get("is_owner") or user.get("is_primary_owner"))
    person.is_bot = bool(user.get("is_bot"))
    person.is_gone = bool(user.get("deleted"))
    person.seen_at = now


def home_team(user: dict[str, Any], team_id: str) -> str:
    """The workspace that a person belongs to: `team_id`, ours, for a colleague, any other for somebody from outside.

    On Enterprise Grid a colleague's own `team_id` may be another workspace, or the organisation: then the list of their
    workspaces has ours. Where a list is told and ours is not in it, or nothing is told at all, they are not one of us.
    """
    profile = user.get("profile") or {}
    told = str(user.get("team_id") or profile.get("team") or "")
    listed = [*((user.get("enterprise_user") or {}).get("teams") or []), *(user.get("teams") or [])]
    teams = [str(team) for team in listed]
    if team_id in teams or (told == team_id and not teams):
        return team_id
    return next((team for team in (told, *teams) if team and team != team_id), ELSEWHERE)


def _zone(user: dict[str, Any]) -> str:
    """The zone that Slack names; empty where it names none."""
    # `UTC` alone stands in rows of older versions for "not told": who is told to be there gets its full name.
    told = str(user.get("tz") or "")
    return "Etc/UTC" if told == "UTC" else told


def remember_people(session: Session, mission_id: str, users: list[dict[str, Any]], now: datetime) -> None:
    """Write down what Slack says of several people."""
    # In one order always: two workers that met the same people must not wait for each other.
    for user in sorted(users, key=lambda one: str(one["id"])):
        remember_person(session, mission_id, user, now)


def fetch_channel(slack: SlackCalls, channel_id: str) -> tuple[dict[str, Any], list[str]]:
    """A channel and everybody in it. Raises as `SlackCalls.call` does."""
    channel = dict(slack.call("conversations.info", channel=channel_id)["channel"])
    members: list[str] = []
    cursor = ""
    while True:
        page = slack.call("conversations.members", channel=channel_id, limit=MEMBERS_PER_PAGE, cursor=cursor or None)
        members += page.get("members") or []
        cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            return channel, members


def remember_channel(
    session: Session,
    mission_id: str,
    channel: dict[str, Any],
    members: list[str],
    *,
    bot_user_id: str,
    now: datetime,
) -> None:
    """Write down what Slack says of a channel and who is in it."""
    row = lock_channel(session, mission_id, str(channel["id"]))
    row.name = str(channel.get("name") or row.name)
    row.is_private = is_private(channel)
    row.is_shared = is_shared(channel, mission_id)
    row.is_archived = bool(channel.get("is_archived"))
    row.bot_is_member = bot_user_id in members
    row.trouble = None
    row.read_at = now
    replace_members(session, mission_id, row.channel_id, members)


# Slack says in several ways that a channel is shared, or is about to be; an invitation that waits counts.
SHARED_FLAGS = ("is_shared", "is_ext_shared", "is_org_shared", "is_pending_ext_shared")
SHARED_WITH = (
    "pending_shared",
    "pending_connected_team_ids",
    "connected_team_ids",
    "shared_team_ids",
    "internal_team_ids",
)


def is_private(channel: dict[str, Any]) -> bool:
    """Whether only its members read a channel."""
    return bool(channel.get("is_private") or channel.get("is_im") or channel.get("is_mpim"))


def is_shared(channel: dict[str, Any], team_id: str) -> bool:
    """Whether another workspace reads a channel too, or was invited to."""
    others = {team for name in SHARED_WITH for team in channel.get(name) or []} - {team_id}
    return bool(others) or any(channel.get(flag) for flag in SHARED_FLAGS)


def pages_of_people(slack: SlackCalls) -> Iterator[list[dict[str, Any]]]:
    """All people of the workspace, page by page. Raises as `SlackCalls.call` does."""
    cursor = ""
    while True:
        page = slack.call("users.list", limit=PEOPLE_PER_PAGE, cursor=cursor or None, include_locale=True)
        yield page.get("members") or []
        cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            return


def is_admin(user: dict[str, Any]) -> bool:
    """Whether Slack calls somebody an admin or an owner who is still there."""
    return bool(user.get("is_admin") or user.get("is_owner")) and not user.get("deleted")
