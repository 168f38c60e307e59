"""Looking at channels and people in Slack, and writing down what was seen; who reads what they may not is told.

What is known grows old: somebody comes in, a channel is made public, an event that told so was lost. Before a
Confidential text leaves, its place is looked at anew unless that was done a moment ago.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from sqlalchemy.orm import Session

from bot.delivery import directory
from bot.delivery.slack import Permanent, SlackCalls, Transient
from commands.kit.channels.exposure import tell_exposure
from commands.kit.work import Work
from storage.channels import Channel, mark_unseen, members_of
from storage.database import Database
from storage.missions import get_mission
from storage.people import get_person, people_of

# One look serves every text for a channel that leaves within so short a time.
PLACE_KNOWN_FOR = timedelta(seconds=5)
PERSON_KNOWN_FOR = timedelta(days=1)
# Whoever waits longer for somebody else's look lets other texts leave meanwhile.
SECONDS_FOR_A_LOOK = 10
# Nobody who writes waits while thousands of people are noted.
NOTED_AT_ONCE = 50
# Slack's codes for somebody it does not know, or does not show us.
NOT_THERE = frozenset({"user_not_found", "user_not_visible", "users_not_found"})


@dataclass(slots=True)
class Places:
    """Looks at places and people. What is not known well enough is asked of Slack, and raises as `SlackCalls` does."""

    database: Database
    slack: SlackCalls
    bot_user_id: Callable[[], str]
    now: Callable[[], datetime]
    looking: dict[tuple[str, str], Lock] = field(default_factory=dict)

    def look(self, mission_id: str, channel_id: str) -> str:
        """Read a channel and the people in it. A channel we cannot see keeps the reason, which is returned."""
        asked_at = self.now()
        try:
            channel, members = directory.fetch_channel(self.slack, channel_id)
        except Permanent as refusal:
            code = refusal.code
            self.database.work(lambda session: mark_unseen(session, mission_id, channel_id, code))
            return code
        if directory.is_private(channel):
            # Who is in a public channel decides nothing: people are looked at only where Confidential texts may go.
            self.look_at_people(mission_id, members)
        bot = self.bot_user_id()

        def note(session: Session) -> None:
            directory.remember_channel(session, mission_id, channel, members, bot_user_id=bot, now=asked_at)
            tell_exposure(Work(session, get_mission(session, mission_id), self.now()), channel_id)

        self.database.work(note)
        return ""

    def look_unless_fresh(self, mission_id: str, channel_id: str) -> None:
        """The same, unless it was done within `PLACE_KNOWN_FOR`; several texts at the same time share one look."""
        lock = self.looking.setdefault((mission_id, channel_id), Lock())
        if not lock.acquire(timeout=SECONDS_FOR_A_LOOK):
            raise Transient("look_waits", uncertain=False)
        try:
            if not self._is_fresh(mission_id, channel_id):
                self.look(mission_id, channel_id)
        finally:
            lock.release()

    def _is_fresh(self, mission_id: str, channel_id: str) -> bool:
        """Whether the channel was read a moment ago, and everybody in it within the day."""
        with self.database.reading() as session:
            channel = session.get(Channel, (mission_id, channel_id))
            if channel is None or channel.read_at is None or self.now() - channel.read_at > PLACE_KNOWN_FOR:
                return False
            members = members_of(session, mission_id, channel_id)
        return not channel.is_private or not self._unknown(mission_id, members)

    def look_at_people(self, mission_id: str, user_ids: Iterable[str]) -> None:
        """Ask who these people are, as far as that was not done within `PERSON_KNOWN_FOR`."""
        seen: list[dict[str, Any]] = []
        gone: list[str] = []
        try:
            for user in self._unknown(mission_id, set(user_ids)):
                try:
                    seen.append(directory.fetch_person(self.slack, user))
                except Permanent as refusal:
                    if refusal.code not in NOT_THERE:
                        raise
                    gone.append(user)
        finally:
            # Slack's limit may stop us half-way: what was seen is not asked again.
            if seen or gone:
                self.database.work(lambda session: self._note_people(session, mission_id, seen, gone))

    def look_at_everybody(self, mission_id: str) -> None:
        """Read the workspace's people: its admins, and whoever the mission knows, are noted as they are now."""
        for page in directory.pages_of_people(self.slack):
            for start in range(0, len(page), NOTED_AT_ONCE):
                self._note_some(mission_id, page[start : start + NOTED_AT_ONCE])

    def _note_some(self, mission_id: str, users: list[dict[str, Any]]) -> None:
        self.database.work(lambda session: self._note_known(session, mission_id, users))

    def _note_known(self, session: Session, mission_id: str, users: list[dict[str, Any]]) -> None:
        known = people_of(session, mission_id, [str(user["id"]) for user in users])
        wanted = [user for user in users if str(user["id"]) in known or directory.is_admin(user)]
        directory.remember_people(session, mission_id, wanted, self.now())

    def _unknown(self, mission_id: str, user_ids: set[str]) -> list[str]:
        now = self.now()
        with self.database.reading() as session:
            known = people_of(session, mission_id, user_ids)
        return sorted(user for user in user_ids if user not in known or now - known[user].seen_at > PERSON_KNOWN_FOR)

    def _note_people(self, session: Session, mission_id: str, seen: list[dict[str, Any]], gone: list[str]) -> None:
        now = self.now()
        directory.remember_people(session, mission_id, seen, now)
        for user in gone:
            person = get_person(session, mission_id, user)
            if person is not None:
                person.is_gone, person.seen_at = True, now
