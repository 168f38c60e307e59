"""A person of the workspace, and everything they can do."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.sandbox.driver.form import Form
from bot.sandbox.driver.message import Message, Reply
from bot.sandbox.driver.surface import Surface
from bot.sandbox.driver.wire import PATIENCE, Wire

if TYPE_CHECKING:
    from bot.sandbox.driver.workspace import Workspace

Json = dict[str, Any]
_STORY = 15


class Home(Surface):
    """An app's Home as one person sees it."""

    def __init__(self, person: "Person", app: str, view: Json) -> None:
        super().__init__(person, view["blocks"], {"type": "view", "view_id": view["id"]})
        self.app = app
        self.view = view

    def press(self, what: str) -> Form | None:
        """Press a button; the form that is open then, or None."""
        self.press_in(what)
        return self.person.form

    def choose(self, name: str, wanted: str) -> Form | None:
        """Choose in a select; the form that is open then, or None."""
        self.change(name, self.choice(name, wanted))
        return self.person.form


class Person:
    """Somebody who uses Slack. Channels are given as ``#name`` or id."""

    def __init__(self, workspace: "Workspace", known: Json) -> None:
        self.workspace = workspace
        self.wire: Wire = workspace.wire
        self.id: str = known["id"]
        self.name: str = known["name"]
        self.handle: str = known["handle"]
        self.known = known
        self.notices: list[str] = []

    def _post(self, path: str, **body: Any) -> Json:
        return self.wire.post(path, **{"as": self.id}, **body)

    def _get(self, path: str, **query: Any) -> Json:
        return self.wire.get(path, **{"as": self.id}, **query)

    def gestured(self, answer: Json) -> None:
        """Remember what a gesture told this person."""
        if answer.get("notice"):
            self.notices.append(answer["notice"])

    def name_of(self, id_: str) -> str:
        """What this person reads for an id: a display name, or the name of a channel they may see."""
        channel = self.find_channel(id_) if id_.startswith(("C", "G")) else None
        return str(channel["name"]) if channel else self.wire.name(id_)

    def runs(self, command: str, *, in_: str = "") -> Reply:
        """Run a slash command; the app has acknowledged when this returns (or ``notice`` says why not)."""
        after = int(self._get("events", timeout=0)["seq"])
        answer = self._post("command", channel=in_ or self._somewhere(), text=command)
        self.gestured(answer)
        return Reply(self, after, answer)

    def says(self, text: str, *, in_: str, thread: str = "") -> Message:
        """Post a message; ``in_`` may be an app's or a person's name for a direct message."""
        answer = self._post("say", channel=self._place(in_), text=text, thread_ts=thread)
        return Message(self, answer["message"])

    def uploads(self, content: bytes | Path, *, called: str = "", in_: str, comment: str = "") -> Message:
        """Share a file in a channel."""
        if isinstance(content, Path):
            called, content = called or content.name, content.read_bytes()
        place = self._place(in_)
        self.wire.upload(called, content, **{"as": self.id, "channel": place, "comment": comment})
        return self.messages(in_=place)[-1]

    def shortcut(self, name: str, *, on: Message | None = None) -> Form | None:
        """Run a global shortcut, or a message shortcut ``on`` a message; the form that is open then."""
        place = {"channel": on.channel, "ts": on.ts} if on else {}
        self.gestured(self._post("shortcut", callback_id=name, **place))
        return self.form

    def joins(self, channel: str) -> None:
        """Join a public channel."""
        self._post("channel/join", channel=channel)

    def leaves(self, channel: str) -> None:
        """Leave a channel."""
        self._post("channel/leave", channel=channel)

    def invites(self, *people: str, to: str) -> None:
        """Bring people or bots into a channel."""
        self._post("channel/invite", channel=to, users=list(people))

    def shares(self, channel: str, team: str, how: str = "connect") -> None:
        """Let another workspace read a channel: by Slack Connect, in our organisation, or only by an invitation."""
        self._post("channel/share", channel=channel, team=team, how=how)

    def unshares(self, channel: str, team: str) -> None:
        """End it."""
        self._post("channel/unshare", channel=channel, team=team)

    def converts(self, channel: str, to: str) -> None:
        """Make a channel ``public`` or ``private``."""
        self._post("channel/convert", channel=channel, to=to)

    def renumbers(self, channel: str) -> str:
        """Give a channel another id, as sharing an old one does. Returns it."""
        return str(self._post("channel/renumber", channel=channel)["channel"]["id"])

    def reads(self, in_: str) -> None:
        """Mark a channel read."""
        self._post("read", channel=in_)

    def unread(self, in_: str) -> int:
        """How many messages of a channel this person has not read."""
        found = self.find_channel(in_)
        assert found is not None, f"{self.name} sees no channel {in_}"
        return int(found["unread"])

    def views(self) -> list[Json]:
        """The open forms, the top one last."""
        found: list[Json] = self._get("views")["views"]
        return found

    @property
    def form(self) -> Form | None:
        """The form on top, as it is now; None when none is open."""
        stack = self.views()
        return Form(self, stack[-1]) if stack else None

    def sees_form(self, title: str = "", *, timeout: float = PATIENCE) -> Form:
        """Wait for a form with this in its title or text."""
        ends = time.monotonic() + timeout
        while True:
            seq = int(self._get("events", timeout=0)["seq"])
            form = self.form
            if form is not None and (title in form.title or title in form.text):
                return form
            self._wait_or_fail(seq, ends, f"{self.name} sees no form {title!r}")

    @property
    def home(self) -> Home:
        """The Home of the workspace's app that has one, opened now."""
        return self.home_of(next(app["name"] for app in self.workspace.apps if app["home"]))

    def home_of(self, app: str, *, timeout: float = PATIENCE) -> Home:
        """Open an app's Home and wait until the app has answered."""
        self._post("home", app=app)
        self.workspace.settles()
        ends = time.monotonic() + timeout
        while True:
            seq = int(self._get("events", timeout=0)["seq"])
            view = self._get(f"home/{app}")["view"]
            if view is not None:
                return Home(self, app, view)
            self._wait_or_fail(seq, ends, f"{app} published no Home for {self.name}")

    def channels(self) -> list[Json]:
        """Every channel this person may see."""
        found: list[Json] = self._get("channels")["channels"]
        return found

    def find_channel(self, name: str) -> Json | None:
        """A channel this person may see, by name or id; or None."""
        plain = name.removeprefix("#")
        return next((one for one in self.channels() if plain in {one["name"], one["id"]}), None)

    def messages(self, *, in_: str) -> list[Message]:
        """What a channel shows this person, oldest first, ephemerals among it."""
        found = self._get(f"channels/{self._place(in_).removeprefix('#')}/messages", limit=1000)
        return [Message(self, raw) for raw in found["messages"]]

    def sees(self, text: str, *, in_: str = "", timeout: float = PATIENCE) -> Message:
        """Wait for a message with this text (in what is read or in the fallback); the newest such one."""
        ends = time.monotonic() + timeout
        while True:
            seq = int(self._get("events", timeout=0)["seq"])
            found = self._find(text, in_)
            if found is not None:
                return found
            self._wait_or_fail(seq, ends, f"{self.name} does not see {text!r}" + (f" in {in_}" if in_ else ""))

    def sees_no(self, text: str, *, in_: str = "") -> None:
        """Make sure there is no such message once the app has answered everything."""
        self.workspace.settles()
        found = self._find(text, in_)
        assert found is None, f"{self.name} sees {found!r}\n{self.story()}"

    def direct_message_from(self, app: str, containing: str = "", *, timeout: float = PATIENCE) -> Message:
        """Wait for a direct message of an app or a person; the newest one with this text."""
        return self.sees(containing, in_=self._place(app), timeout=timeout)

    def next_message(self, after: int, timeout: float) -> Message | None:
        """The first message of an app that came to this person after a number of the live news."""
        ends = time.monotonic() + timeout
        while (left := ends - time.monotonic()) > 0:
            found = self._get("events", after=after, timeout=left)
            for news in found["events"]:
                if news["type"] == "message" and news["message"].get("app_id"):
                    return Message(self, news["message"])
            after = found["seq"]
        return None

    def story(self) -> str:
        """All this person has before them, for a failure to print."""
        told = [f"What {self.name} sees:"]
        for channel in self.channels():
            if channel["is_member"]:
                shown = self.messages(in_=channel["id"])[-_STORY:]
                told += [f"-- {channel['name']} ({channel['kind']})", *(f"   {message!r}" for message in shown)]
        stack = self.views()
        told += [f"-- form: {Form(self, view).title}\n{Form(self, view).text}" for view in stack]
        told += [f"-- notice: {notice}" for notice in self.notices]
        told += [f"-- refused: {entry['kind']}: {entry['refused']}" for entry in self.workspace.refusals]
        return "\n".join(told)

    def _find(self, text: str, in_: str) -> Message | None:
        places = [self._place(in_)] if in_ else [one["id"] for one in self.channels() if one["is_member"]]
        found = [message for place in places for message in self._with_threads(place)]
        fitting = [message for message in found if text in message.text or text in message.fallback]
        return max(fitting, key=lambda message: message.ts, default=None)

    def _with_threads(self, place: str) -> list[Message]:
        top = self.messages(in_=place)
        return [*top, *(reply for message in top if message.raw.get("reply_count") for reply in message.thread)]

    def _wait_or_fail(self, seq: int, ends: float, what: str) -> None:
        left = ends - time.monotonic()
        if left <= 0:
            raise AssertionError(f"{what}\n{self.story()}")
        self._get("events", after=seq, timeout=left)

    def _somewhere(self) -> str:
        return str(next(one["id"] for one in self.channels() if one["is_member"] and not one["is_archived"]))

    def _place(self, where: str) -> str:
        found = self.find_channel(where)
        if found is not None and found["kind"] != "im":
            return str(found["id"])
        if found is not None and where == found["id"]:
            return where
        other = (
            {"app": where} if any(where in {a["name"], a["id"]} for a in self.workspace.apps) else {"users": [where]}
        )
        if where.startswith("#"):
            return where
        return str(self._post("dm", **other)["channel"]["id"])
