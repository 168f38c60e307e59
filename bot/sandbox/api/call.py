"""One call of a method: who calls, with which arguments; and the register of methods."""

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.api.facts import Facts
from bot.sandbox.channels import channel_mention
from bot.sandbox.checking import decoded
from bot.sandbox.records import App, Channel, Json, Person, Refused
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.workspace import Workspace

_TRUE = {"1", "true"}


@dataclass
class Call:
    """A checked call. ``user`` acts: the bot user, or the person whose user token it is."""

    sandbox: Sandbox
    facts: Facts
    app: App
    user: str
    scopes: frozenset[str]
    arguments: Json
    is_bot: bool = True
    warnings: list[str] = field(default_factory=list)

    @property
    def workspace(self) -> Workspace:
        """The workspace it is for."""
        return self.sandbox.workspace

    def text(self, name: str, default: str = "") -> str:
        """An argument as text."""
        value = self.arguments.get(name)
        return default if value is None else str(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """An argument as yes or no; forms say 1 and 0, true and false."""
        value = self.arguments.get(name)
        return default if value is None or value == "" else str(value).lower() in _TRUE

    def number(self, name: str, default: int, code: str = "invalid_arguments") -> int:
        """An argument as a whole number.

        Raises:
            Refused: ``code`` when it is none.
        """
        try:
            return int(float(self.text(name) or default))
        except ValueError as error:
            raise Refused(code) from error

    def listed(self, name: str) -> list[str]:
        """An argument that lists ids: a JSON list or separated by commas."""
        value = self.arguments.get(name)
        if isinstance(value, str) and value.lstrip().startswith("["):
            value = decoded(value, "invalid_array_arg")
        if isinstance(value, list):
            return [str(one) for one in value]
        return [one.strip() for one in str(value or "").split(",") if one.strip()]

    def json(self, name: str, code: str = "invalid_arguments") -> Any:
        """An argument that is JSON, decoded."""
        return decoded(self.arguments.get(name), code)

    def channel(self, name: str = "channel") -> Channel:
        """The channel an argument names by its id, if the caller may see it.

        Raises:
            Refused: ``channel_not_found``.
        """
        given = channel_mention(self.text(name))
        found = self.workspace.channels.get(given)
        if found is None or not self.may_see(found):
            raise Refused("channel_not_found")
        return found

    def may_see(self, channel: Channel) -> bool:
        """Whether the caller may know of a channel: public, or one it is in."""
        return channel.kind == "public" or self.user in channel.members

    def person(self, name: str = "user") -> Person:
        """The person an argument names by id.

        Raises:
            Refused: ``user_not_found``.
        """
        found = self.workspace.people.get(self.text(name))
        if found is None:
            raise Refused("user_not_found")
        return found

    def may_know(self, person: Person) -> bool:
        """Whether the caller may know of a person: a stranger is known where a channel is shared with them."""
        if not person.is_stranger or person.id == self.user:
            return True
        return any({person.id, self.user} <= set(channel.members) for channel in self.workspace.channels.values())

    def need_member(self, channel: Channel) -> None:
        """Refuse who is not in the channel.

        Raises:
            Refused: ``not_in_channel``.
        """
        if self.user not in channel.members:
            raise Refused("not_in_channel")

    def need_open(self, channel: Channel) -> None:
        """Refuse what an archived channel does not take.

        Raises:
            Refused: ``is_archived``.
        """
        if channel.is_archived:
            raise Refused("is_archived")

    def need_scope(self, *any_of: str) -> None:
        """Refuse without one of these scopes.

        Raises:
            Refused: ``missing_scope`` with what is needed and what there is.
        """
        if not self.scopes.intersection(any_of):
            raise Refused("missing_scope", needed=",".join(any_of), provided=",".join(sorted(self.scopes)))


Method = Callable[[Call], Json]
METHODS: dict[str, Method] = {}


def method(name: str) -> Callable[[Method], Method]:
    """Register a function as a Web API method."""

    def register(function: Method) -> Method:
        METHODS[name] = function
        return function

    return register


def page(call: Call, items: list[Any], default: int = 100, most: int = 1000) -> tuple[list[Any], Json]:
    """One page of a list and its ``response_metadata``; cursors are as opaque as Slack's.

    Raises:
        Refused: ``invalid_cursor`` or ``invalid_limit``.
    """
    size = call.number("limit", default, "invalid_limit")
    if size < 0 or size > most:
        raise Refused("invalid_limit")
    start = cursor_start(call.text("cursor"))
    end = start + (size or default)
    following = make_cursor(end) if end < len(items) else ""
    return items[start:end], {"next_cursor": following}


def make_cursor(at: int) -> str:
    """A cursor that leads to a place in a list."""
    return base64.b64encode(f"next:{at}".encode()).decode()


def cursor_start(cursor: str) -> int:
    """The place a cursor leads to.

    Raises:
        Refused: ``invalid_cursor``.
    """
    if not cursor:
        return 0
    try:
        place = base64.b64decode(cursor, validate=True).decode()
    except ValueError as error:
        raise Refused("invalid_cursor") from error
    number = place.removeprefix("next:")
    if number == place or not number.isdigit():
        raise Refused("invalid_cursor")
    return int(number)
