"""What a workspace is made of. Records hold JSON values only, so each can be kept as one document."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

Json = dict[str, Any]
ChannelKind = Literal["public", "private", "im", "mpim"]


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """The workspace does not do it; ``code`` is Slack's error code, ``extra`` more members of the answer."""

    def __init__(self, code: str, message: str = "", **extra: Any) -> None:
        super().__init__(message or code)
        self.code = code
        self.message = message or code.replace("_", " ")
        self.extra = extra


@dataclass
class Person:
    """A member of the workspace: a human, a bot user, or a stranger who is of other workspaces only.

    ``team_id`` is where they came from, empty where Slack does not say; ``teams`` lists their workspaces on Grid.
    """

    id: str
    handle: str
    name: str
    team_id: str
    real_name: str = ""
    title: str = ""
    email: str = ""
    tz: str = "UTC"
    locale: str = "en-US"
    is_admin: bool = False
    is_owner: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    deleted: bool = False
    app_id: str = ""
    bot_id: str = ""
    presence: str = "active"
    updated: int = 0
    teams: list[str] = field(default_factory=list)

    @property
    def is_guest(self) -> bool:
        """Whether the person is a single- or multi-channel guest."""
        return self.is_restricted or self.is_ultra_restricted

    def tz_offset(self, now: float) -> int:
        """Seconds east of Greenwich at that moment."""
        offset = datetime.fromtimestamp(now, ZoneInfo(self.tz)).utcoffset()
        return int(offset.total_seconds()) if offset else 0


@dataclass
class Channel:
    """A channel, private channel, direct message or group direct message, with what each member has read.

    Ids of other workspaces that read it: ``org_teams`` of our organisation, ``connected`` of another one; ``invited``
    ones do not yet.
    """

    id: str
    name: str
    kind: ChannelKind
    creator: str
    created: int
    members: list[str] = field(default_factory=list)
    is_archived: bool = False
    is_general: bool = False
    topic: Json = field(default_factory=lambda: {"value": "", "creator": "", "last_set": 0})
    purpose: Json = field(default_factory=lambda: {"value": "", "creator": "", "last_set": 0})
    previous_names: list[str] = field(default_factory=list)
    last_read: dict[str, str] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)
    mentions: dict[str, int] = field(default_factory=dict)
    pins: list[Json] = field(default_factory=list)
    bookmarks: list[Json] = field(default_factory=list)
    canvas: str = ""
    org_teams: list[str] = field(default_factory=list)
    connected: list[str] = field(default_factory=list)
    invited: list[str] = field(default_factory=list)

    @property
    def is_direct(self) -> bool:
        """Whether it is a direct message, with one person or a group."""
        return self.kind in {"im", "mpim"}


@dataclass
class Message:
    """One message: ``body`` is what Slack's history shows; an ephemeral one is ``only_for`` a single person."""

    channel: str
    ts: str
    body: Json
    only_for: str = ""
    app_id: str = ""

    @property
    def thread_ts(self) -> str:
        """The parent's ts when this is a reply, else empty."""
        parent = self.body.get("thread_ts", "")
        return "" if parent == self.ts else str(parent)

    @property
    def in_channel(self) -> bool:
        """Whether the channel itself shows it: not a reply, or a reply that was broadcast."""
        return not self.thread_ts or self.body.get("subtype") == "thread_broadcast"

    def shown(self) -> Json:
        """The message as the control interface gives it."""
        more: Json = {"ephemeral": True} if self.only_for else {}
        return {**self.body, "channel": self.channel, **more}


@dataclass
class App:
    """An installed app: how it is reached, what it may do, what it hears.

    ``read_only``: people cannot write to it. ``interactive``: buttons, forms and shortcuts reach it. ``distributed``:
    sold outside the Marketplace, which limits how it may read history.
    """

    id: str
    name: str
    bot_user: str
    bot_id: str
    bot_token: str
    signing_secret: str
    app_token: str = ""
    description: str = ""
    socket_mode: bool = False
    events_url: str = ""
    interactivity_url: str = ""
    options_url: str = ""
    commands: list[Json] = field(default_factory=list)
    shortcuts: list[Json] = field(default_factory=list)
    scopes: list[str] = field(default_factory=list)
    user_tokens: dict[str, str] = field(default_factory=dict)
    user_scopes: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    home: bool = True
    messages: bool = True
    read_only: bool = False
    interactive: bool = True
    distributed: bool = False
    organisation_wide: bool = False
    verification_token: str = ""
    token_state: str = ""
    installed: bool = True
    reachable: bool = True
    subscribed: bool = True

    @property
    def mode(self) -> str:
        """How the app is reached: ``socket``, ``http`` or ``none``."""
        if self.socket_mode:
            return "socket"
        return "http" if self.events_url or self.interactivity_url or self.commands_have_urls else "none"

    @property
    def commands_have_urls(self) -> bool:
        """Whether at least one slash command has an URL of its own."""
        return any(command.get("url") for command in self.commands)


@dataclass
class StoredFile:
    """A file; its bytes are kept beside it. ``state`` is ``waiting`` (for its bytes), ``uploaded`` or ``complete``."""

    id: str
    name: str
    title: str
    mimetype: str
    size: int
    user: str
    created: int
    state: str = "waiting"
    app_id: str = ""
    alt_text: str = ""
    shares: Json = field(default_factory=dict)
    deleted: bool = False


@dataclass
class UserGroup:
    """A group of people who can be mentioned together."""

    id: str
    handle: str
    name: str
    description: str = ""
    users: list[str] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)
    enabled: bool = True
    created_by: str = ""
    created: int = 0


@dataclass
class Canvas:
    """A canvas: a document of sections, either a channel's or on its own."""

    id: str
    title: str
    owner: str
    created: int
    sections: list[Json] = field(default_factory=list)
    channel: str = ""
    access: Json = field(default_factory=dict)


@dataclass
class Scheduled:
    """A message that waits for its time."""

    id: str
    channel: str
    app_id: str
    post_at: int
    created: int
    arguments: Json


Record = Person | Channel | Message | App | StoredFile | UserGroup | Canvas | Scheduled


def document(record: Record) -> Json:
    """A record as one JSON document."""
    return asdict(record)
