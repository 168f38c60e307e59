"""Messages as a person sees them, and what a command brought."""

from typing import TYPE_CHECKING, Any

from bot.sandbox.driver.render import lines, plain
from bot.sandbox.driver.surface import Surface
from bot.sandbox.driver.wire import PATIENCE

if TYPE_CHECKING:
    from bot.sandbox.driver.form import Form
    from bot.sandbox.driver.person import Person

Json = dict[str, Any]


class Message(Surface):
    """One message in front of one person; ``raw`` is Slack's object."""

    def __init__(self, person: "Person", raw: Json) -> None:
        attached = [block for one in raw.get("attachments", []) for block in one.get("blocks", [])]
        container = {"type": "message", "channel": raw["channel"], "ts": raw["ts"]}
        super().__init__(person, [*raw.get("blocks", []), *attached], container)
        self.raw = raw

    @property
    def text(self) -> str:
        """What the person reads: the blocks, or the text where there are none."""
        attached = [str(one.get("text", "")) for one in self.raw.get("attachments", [])]
        shown = list(lines(self.blocks, self.person.name_of)) if self.blocks else [self.fallback]
        files = [file["name"] for file in self.raw.get("files", []) if "name" in file]
        return "\n".join(line for line in [*shown, *attached, *files] if line)

    @property
    def fallback(self) -> str:
        """The ``text`` that notifications and screen readers get."""
        return plain(self.raw.get("text", ""), self.person.name_of)

    @property
    def author(self) -> str:
        """The display name of who wrote it."""
        return self.person.name_of(self.raw.get("user", ""))

    @property
    def ts(self) -> str:
        """Its time, which is its name in its channel."""
        return str(self.raw["ts"])

    @property
    def channel(self) -> str:
        """The id of its channel."""
        return str(self.raw["channel"])

    @property
    def is_ephemeral(self) -> bool:
        """Whether only this person sees it."""
        return bool(self.raw.get("ephemeral"))

    @property
    def reactions(self) -> dict[str, int]:
        """Emoji names with their counts."""
        return {one["name"]: one["count"] for one in self.raw.get("reactions", [])}

    @property
    def thread(self) -> list["Message"]:
        """The replies, oldest first."""
        found = self.person.wire.get(f"channels/{self.channel}/thread/{self.ts}", **{"as": self.person.id})
        return [Message(self.person, raw) for raw in found["messages"][1:]]

    @property
    def files(self) -> dict[str, bytes]:
        """The bytes of the files it carries, by name."""
        found = self.raw.get("files", [])
        return {file["name"]: self.person.wire.download(file["id"], self.person.id) for file in found}

    def press(self, what: str) -> "Form | None":
        """Press a button; the form that is open then, or None."""
        self.press_in(what)
        return self.person.form

    def choose(self, name: str, *wanted: str) -> "Form | None":
        """Choose in a select of the message; the form that is open then, or None."""
        _, element = self.field(name)
        found = [self.choice(name, one) for one in wanted]
        several = element["type"].startswith("multi_") or element["type"] == "checkboxes"
        self.change(name, found if several else found[0])
        return self.person.form

    def shortcut(self, name: str) -> "Form | None":
        """Run a message shortcut by its name or callback_id."""
        return self.person.shortcut(name, on=self)

    def reply(self, text: str) -> "Message":
        """Answer in its thread."""
        return self.person.says(text, in_=self.channel, thread=self.raw.get("thread_ts") or self.ts)

    def react(self, name: str, *, remove: bool = False) -> "Message":
        """Add or take back a reaction."""
        self.person.wire.post(
            "react", **{"as": self.person.id}, channel=self.channel, ts=self.ts, name=name, remove=remove
        )
        return self.refresh()

    def refresh(self) -> "Message":
        """The message as it is now."""
        for message in self.person.messages(in_=self.channel):
            for one in [message, *(message.thread if message.raw.get("reply_count") else [])]:
                if one.ts == self.ts:
                    return one
        raise AssertionError(f"the message is gone: {self.text}\n{self.person.story()}")

    def __repr__(self) -> str:
        mark = " (only for you)" if self.is_ephemeral else ""
        return f"{self.author}{mark}: {self.text}"


class Reply:
    """What a command brought: the answer, and what came to the person because of it."""

    def __init__(self, person: "Person", after: int, answer: Json) -> None:
        self.person = person
        self.notice: str | None = answer["notice"]
        self._after = after
        self._said = Message(person, answer["message"]) if answer["message"] else None

    @property
    def message(self) -> Message:
        """The answer; waits for one that comes after the acknowledgement."""
        if self._said is None:
            news = self.person.next_message(self._after, PATIENCE)
            assert news is not None, f"no answer came ({self.notice})\n{self.person.story()}"
            self._said = news
        return self._said

    @property
    def text(self) -> str:
        """What the person reads in the answer."""
        return self.message.text

    @property
    def blocks(self) -> list[Json]:
        """The answer's blocks."""
        return self.message.blocks

    def press(self, what: str) -> "Form | None":
        """Press a button of the answer."""
        return self.message.press(what)
