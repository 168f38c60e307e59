"""A channel where Confidential texts stand, what happens to it and to people, and what is then true of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

from bot.sandbox.driver import Person
from storage.people import Role, set_holders
from tests.delivery.confidential import CHIEF, GUEST, OTHER_TEAM, READER, SECRETARY, losing_events
from tests.world import World

ORGANISATION, SISTER, INVITED = "E0MISSIONS", "T0SISTER01", "T0INVITED1"
COLLEAGUE, ELSEWHERE, EXTERNAL = "grid-colleague", "sister-only", "external"
PEOPLE = (READER, GUEST, "SRSG", COLLEAGUE, ELSEWHERE, EXTERNAL)
INSIDERS = ("SRSG", COLLEAGUE)
FROM_OUTSIDE = {ELSEWHERE, EXTERNAL}
# Written out again from the rule: the first two of these roles read what is Confidential, the others do not.
CLEARED = {Role.SRSG_OFFICE, Role.HUMAN_RIGHTS_ADVISER}
ROLES = (Role.SRSG_OFFICE, Role.HUMAN_RIGHTS_ADVISER, Role.OBSERVER, Role.FUNDING_CELL)
# The gate's promise in numbers, not by its own constants: a place is known for seconds, a person for a day.
PLACE_FOR, PERSON_FOR = timedelta(seconds=6), timedelta(days=1, seconds=1)
# A call that met Slack's limit is tried again after half a minute, and what it kept back after it.
FAULTS_OVER_AFTER = timedelta(seconds=31)
_numbers = count(1)


def newcomers(ours: str) -> dict[str, dict[str, Any]]:
    """Who comes from other workspaces, with what Slack says of it: one of them is a colleague."""
    return {
        COLLEAGUE: {"team": ORGANISATION, "teams": [SISTER, ours]},
        ELSEWHERE: {"teams": [SISTER]},
        EXTERNAL: {"team": OTHER_TEAM},
    }


@dataclass(slots=True)
class Place:
    """One channel of one example, what is true of it, and who was to be told of what how often."""

    world: World
    name: str
    channel: str
    people: dict[str, Person]
    roles: dict[str, Role] = field(default_factory=lambda: dict.fromkeys(INSIDERS, Role.SRSG_OFFICE))
    guests: set[str] = field(default_factory=lambda: {GUEST})
    gone: set[str] = field(default_factory=set)
    inside: set[str] = field(default_factory=lambda: set(INSIDERS))
    is_public: bool = False
    shared_with: set[str] = field(default_factory=set)
    texts: int = 0
    standing: set[str] = field(default_factory=set)
    present: set[str] = field(default_factory=set)
    begun: Counter[str] = field(default_factory=Counter)

    @property
    def chief(self) -> Person:
        return self.people[CHIEF]

    def may_read(self, name: str) -> bool:
        outside = name in FROM_OUTSIDE or name in self.guests or name in self.gone
        return name in {CHIEF, SECRETARY} or (not outside and self.roles.get(name) in CLEARED)

    def wrong(self) -> set[str]:
        """What must not be where Confidential texts stand; where everybody reads, nobody is named."""
        ways = ({"public"} if self.is_public else set()) | ({"shared"} if self.shared_with else set())
        people = {name for name in self.inside - self.gone if not self.may_read(name)}
        return ways if self.is_public else ways | people

    def is_safe(self) -> bool:
        return not self.wrong()


def a_place(world: World, people: dict[str, Person]) -> Place:
    """A private channel with the chief, the secretary, two who may read and us; everybody is as they were at first."""
    chief, name = people[CHIEF], f"place-{next(_numbers)}"
    made = chief.wire.post("channel/create", **{"as": chief.id}, name=name, private=True)["channel"]
    place = Place(world, name, str(made["id"]), people)
    for who in PEOPLE:
        change(place, who, deleted=False, is_restricted=who == GUEST)
    chief.invites("Rapporteur", SECRETARY, *(people[who].id for who in INSIDERS), to=place.channel)
    give(place)
    world.settle()
    return place


def left_behind(place: Place) -> None:
    """We leave the channel: the next example shall not look at it."""
    place.chief.wire.post("channel/kick", **{"as": place.chief.id}, channel=place.channel, users=["Rapporteur"])
    place.world.settle()


def change(place: Place, name: str, **facts: bool) -> None:
    place.chief.wire.post("people/change", person=place.people[name].id, **facts)


def give(place: Place) -> None:
    """Make the roles of the mission those of the example."""
    world, by = place.world, place.people[SECRETARY].id
    with world.database() as session:
        for role in ROLES:
            held = [place.people[name].id for name in PEOPLE if place.roles.get(name) is role]
            set_holders(session, world.mission_id, role, held, by, world.now)


def act(place: Place, what: str, who: str, role: Role, *, lost: bool) -> None:
    """Something happens in Slack or in the mission; Slack may not tell us."""
    with losing_events(place.world) if lost else nullcontext():
        ACTS[what](place, who, role)
    if lost or what in SILENT:
        # So long may it take until the gate finds out by itself.
        place.world.jump_to(place.world.now + (PERSON_FOR if what in OF_PEOPLE else PLACE_FOR))
    place.world.settle()


def joins(place: Place, who: str, _role: Role) -> None:
    if who not in place.inside | place.gone:
        place.chief.invites(place.people[who].id, to=place.channel)
        place.inside.add(who)


def leaves(place: Place, who: str, _role: Role) -> None:
    if who in place.inside:
        users = [place.people[who].id]
        place.chief.wire.post("channel/kick", **{"as": place.chief.id}, channel=place.channel, users=users)
        place.inside.discard(who)


def grant(place: Place, who: str, role: Role) -> None:
    place.roles[who] = role
    give(place)


def revoke(place: Place, who: str, _role: Role) -> None:
    place.roles.pop(who, None)
    give(place)


def guest(place: Place, who: str, _role: Role) -> None:
    place.guests.add(who)
    change(place, who, is_restricted=True)


def full(place: Place, who: str, _role: Role) -> None:
    place.guests.discard(who)
    change(place, who, is_restricted=False)


def gone(place: Place, who: str, _role: Role) -> None:
    place.gone.add(who)
    change(place, who, deleted=True)


def convert(place: Place, _who: str, _role: Role) -> None:
    place.is_public = not place.is_public
    place.chief.converts(place.channel, "public" if place.is_public else "private")


def share(place: Place, team: str, how: str) -> None:
    if team not in place.shared_with:
        place.shared_with.add(team)
        place.chief.shares(place.channel, team, how)


def unshare(place: Place, _who: str, _role: Role) -> None:
    for team in sorted(place.shared_with):
        place.chief.unshares(place.channel, team)
        place.inside -= {EXTERNAL} if team == OTHER_TEAM else set()
    place.shared_with.clear()


ACTS: dict[str, Callable[[Place, str, Role], None]] = {
    "joins": joins,
    "leaves": leaves,
    "grant": grant,
    "revoke": revoke,
    "guest": guest,
    "full": full,
    "gone": gone,
    "convert": convert,
    "connect": lambda place, _who, _role: share(place, OTHER_TEAM, "connect"),
    "organisation": lambda place, _who, _role: share(place, SISTER, "organisation"),
    "invite": lambda place, _who, _role: share(place, INVITED, "invite"),
    "unshare": unshare,
}
OF_PEOPLE = frozenset({"guest", "full", "gone"})
# Slack tells nobody of these (nor that an invitation is taken back), and roles are none of its business: the next look
# finds out.
SILENT = frozenset({"convert", "invite", "unshare", "grant", "revoke"})
