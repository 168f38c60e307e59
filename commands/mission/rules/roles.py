"""Who may hold which role, and what a change of roles means."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from commands.kit.words import _
from storage.people import MISSION_ROLES, Person, Role

Holders = Mapping[Role, Iterable[str]]


@dataclass(frozen=True, slots=True)
class Change:
    """What one save did to one role."""

    role: Role
    added: frozenset[str]
    removed: frozenset[str]


def check_holders(wanted: Holders, people: Mapping[str, Person]) -> dict[str, str]:
    """What is wrong with the wanted holders, by role (the field's name); empty when they can be saved.

    Somebody the mission has never met may hold any role but admin: nobody knows yet whether they are a guest.
    """
    errors: dict[str, str] = {}
    for role, users in wanted.items():
        error = _admin_error(users, people) if role is Role.ADMIN else None
        error = error or _presence_error(users, people)
        if error:
            errors[role.value] = error
    return errors


def _presence_error(users: Iterable[str], people: Mapping[str, Person]) -> str | None:
    known = [people[user] for user in users if user in people]
    apps = ", ".join(person.name for person in known if person.is_bot)
    if apps:
        return _("{names}: an app cannot hold a role. Choose people.").format(names=apps)
    gone = ", ".join(person.name for person in known if person.is_gone)
    if gone:
        return _("{names}: no longer in this workspace. Take them out.").format(names=gone)
    return None


def _admin_error(users: Iterable[str], people: Mapping[str, Person]) -> str | None:
    chosen = list(users)
    if not chosen:
        return _("Somebody must be admin. Name the next admin before you take the last one out.")
    known = [people[user] for user in chosen if user in people]
    partial = ", ".join(person.name for person in known if person.is_guest or person.is_outsider)
    if partial:
        text = _("{names}: guests and people of other organisations can hold any role but this one.")
        return text.format(names=partial)
    if len(known) < len(chosen):
        return _("I am still asking Slack about somebody here. Wait a few seconds and save again.")
    return None


def changes(before: Holders, wanted: Holders) -> list[Change]:
    """What differs between two states of the roles, role by role."""
    found = []
    for role in MISSION_ROLES:
        old, new = frozenset(before.get(role, ())), frozenset(wanted.get(role, ()))
        if old != new:
            found.append(Change(role, new - old, old - new))
    return found


def new_roles(made: Iterable[Change]) -> dict[str, list[Role]]:
    """Which roles each person gained."""
    gained: dict[str, list[Role]] = {}
    for change in made:
        for user in sorted(change.added):
            gained.setdefault(user, []).append(change.role)
    return gained


def fingerprint(holders: Holders) -> str:
    """Short text that differs when anybody's role differs: tells that somebody else changed roles meanwhile."""
    state = ";".join(f"{role.value}={','.join(sorted(holders.get(role, ())))}" for role in MISSION_ROLES)
    return hashlib.sha256(state.encode()).hexdigest()[:16]
