"""What Slack is told in return: the acknowledgement, and the calls bound to a trigger or to the reply itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import structlog

from bot.delivery.slack import Permanent, SlackCalls, SlackTrouble, Transient
from bot.requests.incoming import ACTION, COMMAND, FORM, OPTIONS, SHORTCUT, Incoming
from commands.kit.cards import Card, section, split_text
from commands.kit.forms import modal
from commands.kit.refused import Refused
from commands.kit.words import SOURCE_LANGUAGE, _
from commands.kit.work import Answer
from storage.audit import About

log = structlog.get_logger()

Payload = dict[str, Any]
NOTICE = "kit:notice"


@dataclass(slots=True)
class Reaction:
    """`ack` is the body of the acknowledgement; `calls` follow it: (method, arguments), in order.

    `failed` says that nothing was saved: an event is then answered with an error, so that Slack brings it again.
    `language` is the reader's. `afterwards` writes down what can wait until the calls are made. `read` lists what is
    Confidential in it (kind and id).
    """

    ack: Payload = field(default_factory=dict)
    calls: list[tuple[str, Payload]] = field(default_factory=list)
    refusal: Refused | None = None
    failed: bool = False
    language: str = SOURCE_LANGUAGE
    afterwards: Callable[[], object] | None = None
    read: list[About] = field(default_factory=list)


def to_reaction(incoming: Incoming, answer: Answer) -> Reaction:
    """A handler's answer in the words of the kind of delivery it answers."""
    if incoming.kind == COMMAND:
        return _to_command(incoming, answer)
    if incoming.kind == FORM:
        return Reaction(ack=_to_form(answer))
    if incoming.kind == OPTIONS:
        return Reaction(ack={"options": list(answer.options or ())})
    return Reaction(calls=_to_press(incoming, answer))


def _to_command(incoming: Incoming, answer: Answer) -> Reaction:
    ack = said(answer.say) if answer.say else {}
    calls = [("views.open", {"trigger_id": incoming.trigger, "view": answer.form})] if answer.form else []
    return Reaction(ack=ack, calls=calls)


def said(card: Card) -> Payload:
    """A card that only the person who asked sees."""
    return {"response_type": "ephemeral", **card.as_arguments()}


def _to_form(answer: Answer) -> Payload:
    if answer.update:
        return {"response_action": "update", "view": answer.update}
    if answer.form:
        return {"response_action": "push", "view": answer.form}
    return {"response_action": "clear"} if answer.close_all else {}


def _to_press(incoming: Incoming, answer: Answer) -> list[tuple[str, Payload]]:
    in_form = incoming.view is not None and incoming.view.kind == "modal"
    calls: list[tuple[str, Payload]] = []
    if answer.update and incoming.view:
        # The hash of what the person saw: an answer to an older press never replaces a newer form.
        calls.append(("views.update", {"view_id": incoming.view.id, "hash": incoming.view.hash, "view": answer.update}))
    if answer.form:
        calls.append(("views.push" if in_form else "views.open", {"trigger_id": incoming.trigger, "view": answer.form}))
    if answer.say:
        calls.append(_whisper(incoming, answer.say))
    return calls


def _whisper(incoming: Incoming, card: Card) -> tuple[str, Payload]:
    """A card for one person: beside the message they pressed, or as a small form where there is no message."""
    if incoming.response_url:
        return "respond", {"url": incoming.response_url, "payload": {**said(card), "replace_original": False}}
    view = notice(card)
    in_form = incoming.view is not None and incoming.view.kind == "modal"
    return ("views.push" if in_form else "views.open"), {"trigger_id": incoming.trigger, "view": view}


def notice(card: Card) -> Payload:
    """A form that only tells something."""
    blocks = list(card.blocks) or [section(part) for part in split_text(card.text, 3000)]
    return modal(NOTICE, _("Rapporteur"), blocks, close=_("Close"))


def refusal_ack(incoming: Incoming, no: Refused) -> Reaction:
    """A refusal, next to the field where it can be."""
    if incoming.kind == COMMAND:
        return Reaction(ack=said(Card(no.text)))
    if incoming.kind == FORM:
        return Reaction(ack=_field_errors(incoming, no))
    if incoming.kind in {ACTION, SHORTCUT}:
        return Reaction(calls=[_whisper(incoming, Card(no.text))])
    return Reaction(ack={"options": []} if incoming.kind == OPTIONS else {})


def _field_errors(incoming: Incoming, no: Refused) -> Payload:
    known = incoming.input_blocks
    if not known:
        return {"response_action": "push", "view": notice(Card(no.text))}
    # Slack ignores an error for a block the form does not have: it is shown at the first field instead.
    errors: dict[str, str] = {}
    for name, text in (no.fields or {known[0]: no.text}).items():
        place = name if name in known else known[0]
        errors[place] = f"{errors[place]} {text}" if place in errors else text
    return {"response_action": "errors", "errors": errors}


def written_down(reaction: Reaction) -> Payload:
    """The acknowledgement as the inbox keeps it. Calls are not kept: their trigger works only once."""
    return {"ack": reaction.ack}


def remembered(answer: Payload | None) -> Reaction:
    """The same acknowledgement as the first time."""
    return Reaction(ack=dict((answer or {}).get("ack") or {}))


def carry_out(slack: SlackCalls, incoming: Incoming, reaction: Reaction) -> None:
    """Make the calls bound to the reply. What was saved stays saved, so trouble is told and never raised."""
    for method, arguments in reaction.calls:
        try:
            if method == "respond":
                slack.respond(arguments["url"], arguments["payload"])
            else:
                slack.call(method, **arguments)
        except SlackTrouble as trouble:
            _tell_trouble(slack, incoming, reaction, method, trouble)
            return


def _tell_trouble(
    slack: SlackCalls, incoming: Incoming, reaction: Reaction, method: str, trouble: SlackTrouble
) -> None:
    if trouble.code in {"hash_conflict", "not_found"}:
        return  # the person has moved on: a newer form is open, or none
    log.warning("reply not delivered", method=method, code=trouble.code, detail=trouble.detail)
    text = (
        _("Slack took too long to open this. Please press again.")
        if trouble.code in {"expired_trigger_id", "exchanged_trigger_id"} or isinstance(trouble, Transient)
        else _("Slack would not show this ({code}). Please tell an admin.").format(code=trouble.code)
    )
    if incoming.kind == COMMAND and not reaction.ack:
        reaction.ack = said(Card(text))
    elif incoming.response_url and method != "respond":
        try:
            slack.respond(incoming.response_url, {**said(Card(text)), "replace_original": False})
        except (Transient, Permanent) as again:
            log.warning("trouble not told", code=again.code)
