"""Response URLs: five uses within thirty minutes, and the only way to change an ephemeral message."""

from dataclasses import dataclass

from bot.sandbox import messages
from bot.sandbox.checking import checked_message
from bot.sandbox.records import App, Channel, Json, Message, Refused
from bot.sandbox.workspace import Workspace

USES = 5
SECONDS = 30 * 60


@dataclass
class Address:
    """What a response URL leads to."""

    app_id: str
    user: str
    channel: str
    expires: float
    ts: str = ""
    thread_ts: str = ""
    uses: int = USES


class Responses:
    """The response URLs given out."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._addresses: dict[str, Address] = {}

    def address(self, app: App, user: str, channel: str, message: Message | None = None, thread_ts: str = "") -> str:
        """A fresh response URL for a gesture."""
        now = self._workspace.clock.now()
        for old in [key for key, known in self._addresses.items() if known.expires < now - SECONDS]:
            del self._addresses[old]
        key = self._workspace.new_secret()
        ts = message.ts if message else ""
        self._addresses[key] = Address(app.id, user, channel, now + SECONDS, ts, thread_ts)
        return f"{self._workspace.url}/respond/{self._workspace.team.id}/{key}"

    def app_id(self, key: str) -> str:
        """Whose URL it is, for the inspector."""
        known = self._addresses.get(key)
        return known.app_id if known else ""

    def use(self, key: str, body: object) -> None:
        """Do what an app posted to its response URL.

        Raises:
            Refused: ``used_url``, ``expired_url``, or what is wrong with the message.
        """
        address = self._addresses.get(key)
        if address is None or address.expires < self._workspace.clock.now():
            raise Refused("expired_url")
        if address.uses <= 0:
            raise Refused("used_url")
        if not isinstance(body, dict):
            raise Refused("invalid_payload")
        self.answer(address, body)
        address.uses -= 1

    def answer(self, address: Address, body: Json) -> Message | None:
        """Show an app's answer to a gesture: in the place of its message, to one person, or to the channel.

        Raises:
            Refused: what is wrong with the message.
        """
        app = self._workspace.apps[address.app_id]
        channel = self._workspace.channels[address.channel]
        origin = self._origin(address)
        if body.get("response_type") not in {None, "ephemeral", "in_channel"}:
            raise Refused("invalid_arguments", "response_type is ephemeral or in_channel")
        if body.get("delete_original"):
            self._delete(channel, origin)
            return None
        said = checked_message(body)
        if body.get("replace_original") and origin is not None:
            return self._replace(app, channel, origin, said)
        if address.thread_ts or body.get("thread_ts"):
            said["thread_ts"] = body.get("thread_ts") or address.thread_ts
        authored = {**messages.author(self._workspace, app), **said}
        if body.get("response_type") == "in_channel":
            return messages.post(self._workspace, channel, authored, app_id=app.id)
        return messages.whisper(self._workspace, channel, address.user, authored, app_id=app.id)

    def _origin(self, address: Address) -> Message | None:
        if not address.ts:
            return None
        found = self._workspace.find_message(address.channel, address.ts)
        return found or self._workspace.find_ephemeral(address.channel, address.ts)

    def _delete(self, channel: Channel, origin: Message | None) -> None:
        if origin is None:
            raise Refused("message_not_found")
        if origin.only_for:
            messages.drop_whisper(self._workspace, origin)
        else:
            messages.delete(self._workspace, channel, origin)

    def _replace(self, app: App, channel: Channel, origin: Message, said: Json) -> Message:
        if origin.only_for:
            messages.change_whisper(self._workspace, origin, {**messages.author(self._workspace, app), **said})
        else:
            changes = {"blocks": None, "attachments": None, **said}
            messages.edit(self._workspace, channel, origin, changes, app.bot_user)
        return origin
