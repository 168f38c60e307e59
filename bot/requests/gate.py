"""Which verb a delivery means, and whether this person may use it now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.requests.help import help_card
from bot.requests.incoming import COMMAND, SHORTCUT, Incoming
from bot.requests.numbers import opening
from bot.rooms import House, find_sub
from commands.kit.cards import mention
from commands.kit.permission import ADMIN, Who, refusal_text
from commands.kit.refused import NotAllowed, Refused
from commands.kit.room import Command, Verb
from commands.kit.typed.messages import people_in, plain_words
from commands.kit.words import _
from commands.kit.work import Answer, Request
from storage.missions import Mission
from storage.people import people_of, workspace_admins

NAMED_AT_MOST = 5


@dataclass(frozen=True, slots=True)
class Delivery:
    """What somebody sent, with all that was brought for it before the transaction: Slack's description of a person we
    meet for the first time, the files of a form, and what the verb prepared."""

    incoming: Incoming
    request_id: str
    verb: Verb | None
    fresh: dict[str, Any] | None
    files: dict[str, tuple[tuple[str, bytes], ...]]
    prepared: object = None


def find_verb(house: House, incoming: Incoming, prefix: str) -> Verb | None:
    """The verb that handles a delivery; None where the answer is a command's help.

    Raises Refused for an id that no room knows any more.
    """
    if incoming.kind == COMMAND:
        return _verb_of_command(house, incoming, prefix)
    if incoming.kind == SHORTCUT:
        shortcut = house.shortcuts.get(incoming.verb)
        verb = shortcut.verb if shortcut else None
    else:
        verb = house.verb(incoming.kind, incoming.verb)
    if verb is None:
        raise Refused(_("This belongs to an older version of me. Open it again from the newest message or from Home."))
    return verb


def command_of(house: House, incoming: Incoming, prefix: str) -> Command:
    """The command that was typed, known without the installation's prefix."""
    name = "/" + incoming.verb.removeprefix("/").removeprefix(prefix)
    command = house.command(name)
    if command is None:
        raise Refused(_("I do not know the command {name}.").format(name=incoming.verb))
    return command


def _verb_of_command(house: House, incoming: Incoming, prefix: str) -> Verb | None:
    command = command_of(house, incoming, prefix)
    if not incoming.text.strip():
        return command.start
    sub, _rest = find_sub(command, incoming.text)
    return sub.verb if sub else opening(house, command, incoming.text)


def read_request(
    session: Session,
    mission: Mission,
    who: Who,
    incoming: Incoming,
    now: datetime,
    request_id: str,
    house: House,
) -> Request:
    """The request as a handler gets it."""
    said = incoming.message
    names = _names(session, mission.id, incoming.text, said.text if said and incoming.kind == SHORTCUT else "")
    return Request(
        session=session,
        mission=mission,
        now=now,
        request_id=request_id,
        actor=who.user_id,
        prefix=house.prefix,
        front=house.front,
        limits=house.limits,
        act_words=house.act_words,
        kept_times=house.kept_times,
        who=who,
        verb=incoming.verb,
        text=plain_words(incoming.text, names).strip(),
        mentions=tuple(people_in(incoming.text)),
        value=incoming.value,
        query=incoming.query,
        channel=incoming.channel,
        fields=incoming.fields,
        notes=incoming.notes,
        view=incoming.view,
        message=said and replace(said, text=plain_words(said.text, names)),
        event=incoming.event,
    )


def _names(session: Session, mission_id: str, *texts: str) -> dict[str, str]:
    """What the people are called whom these texts mention, by user id."""
    people = [user for text in texts for user in people_in(text)]
    known = people_of(session, mission_id, people) if people else {}
    return {user: person.name for user, person in known.items()}


def admit(house: House, request: Request, incoming: Incoming, verb: Verb | None) -> Answer:
    """Run the verb if this person may. Raises Refused with who can, when they may not."""
    if verb is None:
        return _help(house, request, incoming)
    check(house, request, incoming, verb)
    return verb.run(request)


def check(house: House, request: Request, incoming: Incoming, verb: Verb) -> None:
    """Whether this person may use the verb now; gives the request the words behind a sub-command.

    Raises Refused with who can, when they may not.
    """
    if request.mission.set_up_at is None and not verb.before_set_up:
        raise Refused(_not_set_up(request))
    if request.who.person.is_gone:
        raise NotAllowed(
            _("Slack told me that your account is deactivated. If it is in use again, please try again in a moment."),
            ("verb", asked(house, incoming, request.prefix)),
        )
    if not verb.needs.is_met_by(request.who):
        raise NotAllowed(
            refusal_text(request.session, request.mission.id, verb.needs),
            ("verb", asked(house, incoming, request.prefix)),
        )
    if incoming.kind == COMMAND and incoming.text.strip():
        sub, rest = find_sub(command_of(house, incoming, request.prefix), request.text)
        request.text = rest if sub is not None else request.text


def asked(house: House, incoming: Incoming, prefix: str) -> str:
    """What somebody asked for, as the audit record names it: `cabinet:issue`, `/agency edit`. Never what they typed."""
    if incoming.kind != COMMAND:
        return ":".join(incoming.verb.split(":")[:2])
    sub, _rest = find_sub(command_of(house, incoming, prefix), incoming.text) if incoming.text.strip() else (None, "")
    return f"{incoming.verb} {sub.word}" if sub else incoming.verb


def _help(house: House, request: Request, incoming: Incoming) -> Answer:
    word = incoming.text.split()[0]
    command = command_of(house, incoming, request.prefix)
    return Answer(say=help_card(command, request.prefix, unknown="" if word.lower() == "help" else word[:40]))


def _not_set_up(request: Request) -> str:
    setup = request.command("mission") + " setup"
    if ADMIN.is_met_by(request.who):
        return _("I am not set up in this workspace yet. You can do it now: type {command}.").format(command=setup)
    admins = [
        mention(person.user_id) for person in workspace_admins(request.session, request.mission.id)[:NAMED_AT_MOST]
    ]
    if not admins:
        text = _("I am not set up in this workspace yet. Ask a workspace admin to type {command}.")
        return text.format(command=setup)
    text = _("I am not set up in this workspace yet. A workspace admin can do it with {command}: {admins}.")
    return text.format(command=setup, admins=", ".join(admins))
