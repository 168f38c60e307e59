"""The last gate: a text leaves only where everybody may read it who can, by the place as it is now.

Every method of the outbox says here how far its text reaches. One that is not listed may carry nothing classified.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from bot.delivery.places import Places
from bot.delivery.slack import Permanent, RateLimited, Transient
from commands.kit.handling import Handling, Verdict, may_go
from commands.kit.places import place_of
from storage.channels import Channel, lock_channel
from storage.compartments import Compartment
from storage.missions import get_mission
from storage.outbox import EMAIL, Claimed

# That Confidential texts stand in a channel is written down anew once a day, not with each of them.
STANDING_NOTED_FOR = timedelta(days=1)
UNREAD = "place_unread"


class Reach(StrEnum):
    """Who reads what a method carries."""

    # No text of a room: ids and our own marks.
    NOBODY = "nobody"
    # Whoever can read the channel, or the person, that the row names.
    PLACE = "place"
    # The person of the row alone: what they may not read is not drawn.
    PERSON = "person"
    # People whom nobody can name: a mailbox, everybody who sees a name.
    ANYBODY = "anybody"


REACH: dict[str, Reach] = {
    "chat.postMessage": Reach.PLACE,
    "show": Reach.PLACE,
    "files.upload": Reach.PLACE,
    "channel.bookmark": Reach.PLACE,
    "channel.canvas": Reach.PLACE,
    "conversations.setTopic": Reach.PLACE,
    "conversations.setPurpose": Reach.PLACE,
    "home": Reach.PERSON,
    "chat.postEphemeral": Reach.PERSON,
    "channel.create": Reach.ANYBODY,
    EMAIL: Reach.ANYBODY,
    "pins.add": Reach.NOBODY,
    "conversations.invite": Reach.NOBODY,
    "conversations.kick": Reach.NOBODY,
    "conversations.archive": Reach.NOBODY,
    "chat.delete": Reach.NOBODY,
    "files.delete": Reach.NOBODY,
    "canvases.delete": Reach.NOBODY,
    "channel.read": Reach.NOBODY,
    "person.read": Reach.NOBODY,
    "admins.read": Reach.NOBODY,
}


@dataclass(slots=True)
class Gate:
    """Judges rows before they leave."""

    places: Places

    def check(self, row: Claimed) -> None:
        """Let the row pass, or raise Permanent with the verdict, or Transient while Slack cannot be asked."""
        handling = Handling(row.handling)
        if handling is Handling.UNCLASSIFIED and row.compartment == Compartment.MISSION:
            return
        verdict = self._verdict(row, handling)
        if verdict is not Verdict.ALLOWED:
            raise Permanent("handling", verdict.value)

    def meet(self, mission_id: str, user_id: str) -> None:
        """Look at a person whom nobody has looked at for a day. Raises Transient while Slack cannot be asked."""
        try:
            self.places.look_at_people(mission_id, [user_id])
        except (RateLimited, Transient) as trouble:
            raise Transient(UNREAD, trouble.code, uncertain=False) from trouble

    def _verdict(self, row: Claimed, handling: Handling) -> Verdict:
        if handling is Handling.STRICTLY_CONFIDENTIAL:
            return Verdict.NEVER_IN_SLACK
        reach = REACH.get(row.method, Reach.ANYBODY)
        if reach is Reach.NOBODY:
            return Verdict.ALLOWED
        if reach is Reach.ANYBODY:
            return Verdict.NO_WAY
        channel = f"dm:{row.arguments['user']}" if reach is Reach.PERSON else str(row.arguments["channel"])
        self._look(row.mission_id, channel)
        with self.places.database.reading() as session:
            verdict = self._judge(session, row, channel)
            noted = channel.startswith("dm:") or self._is_noted(session, row.mission_id, channel)
        if verdict is Verdict.ALLOWED and not noted:
            return self.places.database.work(lambda session: self._note(session, row, channel))
        return verdict

    def _look(self, mission_id: str, channel: str) -> None:
        if channel.startswith("dm:"):
            self.meet(mission_id, channel.removeprefix("dm:"))
            return
        try:
            self.places.look_unless_fresh(mission_id, channel)
        except (RateLimited, Transient) as trouble:
            # Nothing was sent, and no limit of the text's own method was met: it waits, and others go on.
            raise Transient(UNREAD, trouble.code, uncertain=False) from trouble

    def _judge(self, session: Session, row: Claimed, channel: str) -> Verdict:
        place = place_of(session, get_mission(session, row.mission_id), channel)
        return may_go(Handling(row.handling), place, Compartment(row.compartment))

    def _is_noted(self, session: Session, mission_id: str, channel: str) -> bool:
        known = session.get(Channel, (mission_id, channel))
        noted_at = known.confidential_at if known else None
        return noted_at is not None and self.places.now() - noted_at < STANDING_NOTED_FOR

    def _note(self, session: Session, row: Claimed, channel: str) -> Verdict:
        """Write down that such a text stands there from now on, before it does: whoever comes in later is told of.

        Judged again while nobody else changes the channel, so that nobody slips in between.
        """
        known = lock_channel(session, row.mission_id, channel)
        verdict = self._judge(session, row, channel)
        if verdict is Verdict.ALLOWED:
            known.confidential_at = self.places.now()
        return verdict
