"""A number that people say opens its thing after any command: `/cabinet E-12`, `/escalate 12`, `/update 2026/3`."""

from __future__ import annotations

from bot.rooms import House
from commands.kit.front.numbers import read_number
from commands.kit.refused import Refused
from commands.kit.room import Command, Verb
from commands.kit.words import _
from commands.kit.work import Answer, Request
from storage.subjects import Subject


def opening(house: House, command: Command, text: str) -> Verb | None:
    """What opens the thing whose number a text is, and nothing else; None for words."""
    subject = read_number(text, command.counts)
    if subject is None:
        return None
    return Verb(lambda request: open_thing(house, request, subject), reads_only=True)


def open_thing(house: House, request: Request, subject: Subject) -> Answer:
    """The thing, as its room opens it for this person.

    Raises Refused, in the same words, when there is none and when it is not for them.
    """
    line = request.front.line(request, request.who, subject)
    verb = house.verb("actions", line.opens.action) if line is not None and line.opens is not None else None
    if verb is None or line is None or line.opens is None or not verb.needs.is_met_by(request.who):
        raise Refused(_("There is nothing here that you may see."))
    request.verb, request.value = line.opens.action, line.opens.value
    return verb.run(request)
