"""How one outbox row becomes calls to Slack, or an e-mail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any

from sqlalchemy.orm import Session

from bot.delivery import directory
from bot.delivery.arrivals import find_operation, has_file, worth_keeping
from bot.delivery.channels import ChannelCalls
from bot.delivery.deleting import Deletions
from bot.delivery.email import Emails
from bot.delivery.gate import Gate
from bot.delivery.home import home_view
from bot.delivery.identity import Identity
from bot.delivery.leases import LeaseLostError
from bot.delivery.places import Places
from bot.delivery.slack import Permanent, SlackCalls, Transient
from bot.delivery.smtp import MailServer
from bot.rooms import House
from commands.kit.cards import Block
from commands.kit.handling import Handling, highest
from commands.kit.permission import who_is
from commands.kit.words import language_of, speaking
from storage import outbox, posts
from storage.compartments import Compartment, joined
from storage.database import Database
from storage.missions import get_mission
from storage.outbox import EMAIL, LEASE, Claimed, Sent
from storage.outbox.queue import EDIT
from storage.outbox.waiting import is_waiting
from storage.people import Person, dm_channel_of, get_person, note_home_opened
from storage.posts import Post
from storage.subjects import Subject

OPERATION = "rapporteur_operation"
ANSWERS_REFUSAL = "answers_refusal"
GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})


@dataclass(slots=True)
class Outgoing:
    """Sends one row. Raises what `SlackCalls` raises; a row of an unknown outcome is looked for before it is sent.

    Raises LeaseLostError when preparing took so long that somebody else has the row.
    """

    database: Database
    house: House
    slack: SlackCalls
    identity: Identity
    now: Callable[[], datetime]
    # A person's channel of direct messages never becomes another one: each is looked up once.
    dm_channels: dict[tuple[str, str], str] = field(default_factory=dict)
    mail: MailServer | None = None
    looking: dict[tuple[str, str], Lock] = field(default_factory=dict)
    places: Places = field(init=False)
    gate: Gate = field(init=False)

    def __post_init__(self) -> None:
        """One way to look at places, and the gate in front of it."""
        self.places = Places(self.database, self.slack, self.identity.bot_user_id, self.now, self.looking)
        self.gate = Gate(self.places)

    def send(self, row: Claimed) -> Sent:
        """Make the calls of a row. Returns what is worth remembering, `channel` and `ts` for a message.

        A row that asks for it gets a refusal of Slack's as its answer, under `refused`: whoever wrote it goes on.
        """
        try:
            return self._send(row)
        except Permanent as refusal:
            if not row.arguments.get(ANSWERS_REFUSAL):
                raise
            return {"refused": refusal.code}

    def _send(self, row: Claimed) -> Sent:
        channels = ChannelCalls(self.database, self.slack, self.identity.bot_user_id, self.now)
        deletions = Deletions(self.slack)
        senders = {
            "chat.postMessage": self._post,
            "show": self._show,
            "home": self._home,
            "files.upload": self._upload,
            "channel.read": self._read_channel,
            "channel.create": channels.create,
            "conversations.archive": channels.archive,
            "channel.bookmark": channels.bookmark,
            "channel.canvas": channels.canvas,
            "chat.delete": deletions.message,
            "files.delete": deletions.file,
            "canvases.delete": deletions.canvas,
            "person.read": self._read_person,
            "admins.read": self._read_admins,
            EMAIL: Emails(self.database, self.mail, self.now).send,
        }
        if row.method == EDIT:
            self._draw(row)
        self.gate.check(row)
        sender = senders.get(row.method)
        if sender is not None:
            return sender(row)
        arguments = {name: value for name, value in row.arguments.items() if name != ANSWERS_REFUSAL}
        return worth_keeping(self.slack.call(row.method, **arguments))

    def _post(self, row: Claimed) -> Sent:
        arguments = self._addressed(row)
        if row.uncertain:
            found = find_operation(self.slack, row, arguments)
            if found is not None:
                return found
        metadata = {"event_type": OPERATION, "event_payload": {"key": row.key}}
        self.gate.check(row)
        self._hold_on(row)
        answer = self.slack.call(
            "chat.postMessage", **arguments, metadata=metadata, unfurl_links=False, unfurl_media=False
        )
        if not answer.get("ts"):
            raise Transient("no_ts", uncertain=True)
        return {"channel": str(answer.get("channel") or arguments["channel"]), "ts": str(answer["ts"])}

    def _hold_on(self, row: Claimed) -> None:
        """Before something that cannot be undone: keep the lease, if what came before used up half of it."""
        now = self.now()
        if row.lease_until is None or row.lease_until - now > LEASE / 2:
            return
        self._renew(row)

    def _renew(self, row: Claimed, **values: Any) -> None:
        owner, now = row.lease_owner or "", self.now()
        if not self.database.work(lambda session: outbox.renew(session, row.id, owner, now, **values)):
            raise LeaseLostError

    def _draw(self, row: Claimed) -> None:
        """Make the message of a row that waited for its moment: what it says is what is committed now."""
        name = row.arguments.get("drawing")
        if name is None:
            return
        with self.database.reading() as session:
            mission = get_mission(session, row.mission_id)
            work = self.house.work(session, mission, self.now(), row.request_id or "")
            card = self.house.drawings[name](work, Subject.parse(row.subject or ""))
        if card is None:
            raise Permanent("no_subject")
        row.arguments = {"channel": row.arguments["channel"], **card.as_arguments()}
        row.handling = highest(Handling(row.handling), card.handling)
        row.compartment = joined(row.compartment, card.compartment)

    def _show(self, row: Claimed) -> Sent:
        subject = subject_of(row)
        if subject is None:
            raise Permanent("no_subject")
        known = self._standing(row, subject)
        if known is None:
            return self._post(row)
        arguments = {name: row.arguments[name] for name in ("text", "blocks") if name in row.arguments}
        try:
            self.slack.call("chat.update", channel=known.channel_id, ts=known.ts, **arguments)
        except Permanent as refusal:
            if refusal.code not in GONE:
                raise
            # Somebody deleted the message, or the workspace forbids late edits: the subject gets a new message.
            self.database.work(lambda session: posts.forget_post(session, row.mission_id, subject))
            return self._post(row)
        return {"channel": known.channel_id, "ts": known.ts}

    def _standing(self, row: Claimed, subject: Subject) -> Post | None:
        """The message to edit. A classified text goes where its row says, which was judged, and nowhere else."""
        with self.database.reading() as session:
            known = posts.get_post(session, row.mission_id, subject)
        if known is None or (row.handling == Handling.UNCLASSIFIED and row.compartment == Compartment.MISSION):
            return known
        return known if known.channel_id == self._channel(row.mission_id, str(row.arguments["channel"])) else None

    def _home(self, row: Claimed) -> Sent:
        user = str(row.arguments["user"])
        # What Home shows is drawn for what this person may read: it must be known who that is.
        self.gate.meet(row.mission_id, user)
        with self.database.reading() as session:
            if get_person(session, row.mission_id, user) is None:
                raise Permanent("user_not_found")
            view, is_first = self._draw_home(session, row, user)
        if is_first:
            now = self.now()
            self.database.work(lambda session: note_home_opened(session, row.mission_id, user, now))
        self.slack.call("views.publish", user_id=user, view=view)
        return {}

    def _draw_home(self, session: Session, row: Claimed, user: str) -> tuple[Block, bool]:
        """A person's Home, and whether it is their first."""
        mission = get_mission(session, row.mission_id)
        person = session.get_one(Person, (row.mission_id, user))
        work = self.house.work(session, mission, self.now(), row.request_id or "")
        with speaking(language_of(person.locale, mission.languages)):
            view = home_view(self.house, work, who_is(session, row.mission_id, person))
        return view, person.home_opened_at is None

    def _upload(self, row: Claimed) -> Sent:
        arguments = self._addressed(row)
        name = str(arguments["filename"])
        channel, thread = str(arguments["channel"]), arguments.get("thread_ts")
        begun = str((row.outcome or {}).get("file") or "")
        if row.uncertain and begun and has_file(self.slack, channel, thread, begun, row):
            return {"channel": channel, "file": begun}
        file_id = self.slack.upload(name, row.attachment or b"")
        self.gate.check(row)
        # Written down before anybody can see the file: whoever finds this row unsettled knows what to look for.
        self._renew(row, outcome={"file": file_id})
        self.slack.share_file(channel, file_id, name, str(arguments["initial_comment"]), thread_ts=thread)
        return {"channel": channel, "file": file_id}

    def _read_channel(self, row: Claimed) -> Sent:
        trouble = self.places.look(row.mission_id, str(row.arguments["channel"]))
        return {"refused": trouble} if trouble else {}

    def _read_person(self, row: Claimed) -> Sent:
        user = directory.fetch_person(self.slack, str(row.arguments["user"]))
        self.database.work(lambda session: directory.remember_people(session, row.mission_id, [user], self.now()))
        return {}

    def _read_admins(self, row: Claimed) -> Sent:
        self.places.look_at_everybody(row.mission_id)
        return {}

    def _addressed(self, row: Claimed) -> dict[str, Any]:
        """The row's arguments with the channel and the thread as Slack names them."""
        arguments = dict(row.arguments)
        for ours in (ANSWERS_REFUSAL, "about"):
            arguments.pop(ours, None)
        thread_of = arguments.pop("thread_of", None)
        arguments["channel"] = self._channel(row.mission_id, str(arguments["channel"]))
        if thread_of:
            with self.database.reading() as session:
                parent = posts.get_post(session, row.mission_id, thread_of)
                waits = parent is None and is_waiting(session, row.mission_id, thread_of, not_behind=row)
            if waits:
                raise Transient("parent_waits", uncertain=False)
            if parent is None:
                raise Permanent("no_parent", "the message it continues was not delivered")
            arguments["thread_ts"] = parent.ts
        return arguments

    def _channel(self, mission_id: str, channel: str) -> str:
        if not channel.startswith("dm:"):
            return channel
        user = channel.removeprefix("dm:")
        known = self.dm_channels.get((mission_id, user))
        if known is None:
            with self.database.reading() as session:
                known = dm_channel_of(session, mission_id, user)
            known = self.dm_channels[mission_id, user] = known or self._open_channel(mission_id, user)
        return known

    def _open_channel(self, mission_id: str, user: str) -> str:
        with self.database.reading() as session:
            person = get_person(session, mission_id, user)
        opened = str(self.slack.call("conversations.open", users=user)["channel"]["id"])
        met = [directory.fetch_person(self.slack, user)] if person is None else []

        def note(session: Session) -> None:
            directory.remember_people(session, mission_id, met, self.now())
            known = get_person(session, mission_id, user)
            if known is not None:
                known.dm_channel = opened

        self.database.work(note)
        return opened


def subject_of(row: Claimed) -> Subject | None:
    """What a message is about: a step of a longer work has its own subject, and names the message's beside it."""
    about = row.arguments.get("about") or row.subject
    return Subject.parse(str(about)) if about else None
