"""The workspace in memory: its records, how they are found, and who hears when something happens."""

import random
import secrets
import string
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bot.sandbox.clock import Clock
from bot.sandbox.records import (
    App,
    Canvas,
    Channel,
    Json,
    Message,
    Person,
    Refused,
    Scheduled,
    StoredFile,
    UserGroup,
)
from bot.sandbox.store.keep import Keep

AppNews = Callable[[Json, Channel | None], None]
PeopleNews = Callable[[Json, frozenset[str] | None], None]

# Real seconds in which an app has to answer, and to use a trigger.
SLACKS_PATIENCE = 3.0


@dataclass
class Team:
    """The workspace's name tag. ``enterprise`` is the organisation's id on Enterprise Grid, else empty."""

    id: str
    name: str
    domain: str
    enterprise: str = ""


@dataclass
class Workspace:
    """Everything there is. Only one thread, the server's event loop, touches it."""

    team: Team
    clock: Clock
    keep: Keep
    url: str = "http://127.0.0.1"
    patience: float = SLACKS_PATIENCE
    people: dict[str, Person] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    apps: dict[str, App] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    usergroups: dict[str, UserGroup] = field(default_factory=dict)
    canvases: dict[str, Canvas] = field(default_factory=dict)
    scheduled: dict[str, Scheduled] = field(default_factory=dict)
    messages: dict[str, list[Message]] = field(default_factory=dict)
    ephemerals: dict[str, list[Message]] = field(default_factory=dict)
    threads: dict[tuple[str, str], list[Message]] = field(default_factory=dict)
    on_app_news: list[AppNews] = field(default_factory=list)
    on_people_news: list[PeopleNews] = field(default_factory=list)
    _last_ts: int = 0
    _numbers: random.Random = field(default_factory=random.Random)

    def new_id(self, letter: str) -> str:
        """A fresh id in Slack's shape: a letter and ten capitals or digits."""
        return letter + "".join(self._numbers.choices(string.ascii_uppercase + string.digits, k=10))

    def new_secret(self, length: int = 24) -> str:
        """A fresh random text for tokens and addresses."""
        return secrets.token_urlsafe(length)

    def next_ts(self) -> str:
        """A message time from the workspace's clock, later than every one before."""
        at = max(int(self.clock.now() * 1_000_000), self._last_ts + 1)
        self._last_ts = at
        return f"{at // 1_000_000}.{at % 1_000_000:06d}"

    def saw_ts(self, ts: str) -> None:
        """Keep later times above this one (used when messages are read back)."""
        self._last_ts = max(self._last_ts, int(ts.replace(".", "")))

    def tell_apps(self, event: Json, channel: Channel | None = None) -> None:
        """Let the apps that may hear it hear of an event; ``event`` is the inner event of Slack's Events API."""
        for listener in self.on_app_news:
            listener(event, channel)

    def tell_people(self, news: Json, to: Iterable[str] | None = None) -> None:
        """Push something to the pages of these people (None: of everybody)."""
        audience = None if to is None else frozenset(to)
        for listener in self.on_people_news:
            listener(news, audience)

    def tell_channel(self, news: Json, channel: Channel) -> None:
        """Push something to the pages of all who may see the channel."""
        self.tell_people(news, self.audience(channel))

    def audience(self, channel: Channel) -> list[str] | None:
        """Who may see a channel; None is everybody."""
        return None if channel.kind == "public" else channel.members

    def may_see(self, channel: Channel, user: str) -> bool:
        """Whether a person may see a channel: members do, and full members see public ones."""
        if user in channel.members:
            return True
        person = self.people.get(user)
        return channel.kind == "public" and person is not None and not person.is_guest and not person.is_stranger

    def person(self, who: str) -> Person:
        """A person by id, handle or display name.

        Raises:
            Refused: ``user_not_found``.
        """
        if who in self.people:
            return self.people[who]
        plain = who.lstrip("@")
        for person in self.people.values():
            if plain in {person.handle, person.name}:
                return person
        raise Refused("user_not_found", f"there is no person {who!r} in this workspace")

    def channel(self, which: str, seen_by: str | None = None) -> Channel:
        """A channel by id or name, if that person may see it.

        Raises:
            Refused: ``channel_not_found``.
        """
        found = self.channels.get(which) or self.channel_named(which.removeprefix("#"))
        if found is None or (seen_by is not None and not self.may_see(found, seen_by)):
            raise Refused("channel_not_found", f"there is no channel {which!r} that this person may see")
        return found

    def channel_named(self, name: str) -> Channel | None:
        """The channel with this name, archived ones too."""
        named = (channel for channel in self.channels.values() if channel.name == name and not channel.is_direct)
        return next(named, None)

    def app(self, which: str) -> App:
        """An installed app by id or name.

        Raises:
            Refused: ``app_not_found``.
        """
        for app in self.apps.values():
            if which in {app.id, app.name, app.bot_user} and app.installed:
                return app
        raise Refused("app_not_found", f"there is no app {which!r} in this workspace")

    def app_of_bot(self, user: str) -> App | None:
        """The app whose bot user this is."""
        person = self.people.get(user)
        return self.apps.get(person.app_id) if person and person.app_id else None

    def message(self, channel: Channel, ts: str) -> Message:
        """A message of a channel, replies too, ephemerals not.

        Raises:
            Refused: ``message_not_found``.
        """
        found = self.find_message(channel.id, ts)
        if found is None:
            raise Refused("message_not_found", f"there is no message {ts} in {channel.name or channel.id}")
        return found

    def find_message(self, channel: str, ts: str) -> Message | None:
        """A message by its channel and time, or None."""
        listed = self.messages.get(channel, [])
        at = bisect_left(listed, ts, key=lambda message: message.ts)
        return listed[at] if at < len(listed) and listed[at].ts == ts else None

    def find_ephemeral(self, channel: str, ts: str) -> Message | None:
        """An ephemeral message by its channel and time, or None."""
        return next((message for message in self.ephemerals.get(channel, []) if message.ts == ts), None)

    def save(self, record: Person | Channel | App | StoredFile | UserGroup | Canvas | Scheduled) -> None:
        """Keep a record as it is now."""
        self.keep.put(type(record).__name__, record.id, record)

    def save_message(self, message: Message) -> None:
        """Keep a message as it is now."""
        self.keep.put("Message", f"{message.channel}:{message.ts}", message)
