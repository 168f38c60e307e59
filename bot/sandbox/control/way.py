"""How a control request arrives: its arguments, who does it, and the register of its paths."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request

from bot.sandbox.records import App, Channel, Json, Person, Refused
from bot.sandbox.sandbox import Sandbox


@dataclass
class Asked:
    """A control request's arguments: query, path and body together."""

    sandbox: Sandbox
    arguments: Json

    @property
    def person(self) -> Person:
        """Who does it.

        Raises:
            Refused: ``user_not_found``.
        """
        who = self.text("as")
        if not who:
            raise Refused("missing_as", "say who does it: as=<id, handle or display name>")
        return self.sandbox.workspace.person(who)

    def channel(self, name: str = "channel") -> Channel:
        """The channel, if the person may see it.

        Raises:
            Refused: ``channel_not_found``.
        """
        return self.sandbox.workspace.channel(self.text(name), self.person.id)

    def app(self, name: str = "app") -> App:
        """The app.

        Raises:
            Refused: ``app_not_found``.
        """
        return self.sandbox.workspace.app(self.text(name))

    def text(self, name: str) -> str:
        """An argument as text, empty when absent."""
        value = self.arguments.get(name)
        return "" if value is None else str(value)

    def need(self, name: str) -> str:
        """An argument that must be there.

        Raises:
            Refused: ``missing_argument``.
        """
        if self.arguments.get(name) in (None, ""):
            raise Refused("missing_argument", f"{name} is missing")
        return self.text(name)

    def number(self, name: str, default: float) -> float:
        """An argument as a number.

        Raises:
            Refused: ``invalid_argument``.
        """
        try:
            return float(self.text(name) or default)
        except ValueError as error:
            raise Refused("invalid_argument", f"{name} must be a number") from error

    def people(self, name: str = "users") -> list[str]:
        """People as ids, given by id, handle or display name.

        Raises:
            Refused: ``user_not_found``.
        """
        given = self.arguments.get(name)
        listed = given if isinstance(given, list) else [given] if given else []
        return [self.sandbox.workspace.person(str(one)).id for one in listed]


Doing = Callable[[Asked], Awaitable[Json]]
SEEN: dict[str, Doing] = {}
DONE: dict[str, Doing] = {}


def get(path: str) -> Callable[[Doing], Doing]:
    """Register what answers ``GET /sandbox/<path>``."""

    def register(function: Doing) -> Doing:
        SEEN[path] = function
        return function

    return register


def post(path: str) -> Callable[[Doing], Doing]:
    """Register what answers ``POST /sandbox/<path>``."""

    def register(function: Doing) -> Doing:
        DONE[path] = function
        return function

    return register


async def arguments_of(request: Request) -> Json:
    """Query, path and JSON body of a request.

    Raises:
        Refused: ``invalid_json``.
    """
    found: Json = {**request.query_params, **request.path_params}
    if request.method != "POST" or not (body := await request.body()):
        return found
    try:
        said = json.loads(body)
    except ValueError as error:
        raise Refused("invalid_json", "the body is no JSON") from error
    if not isinstance(said, dict):
        raise Refused("invalid_json", "the body must be a JSON object")
    return found | said
