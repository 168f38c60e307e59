"""What was put into the file field of a form, brought from Slack before the transaction begins."""

from __future__ import annotations

from bot.delivery.slack import Permanent, SlackCalls, Transient
from bot.requests.incoming import FORM, Incoming
from commands.kit.forms import FileOffer
from commands.kit.refused import Refused
from commands.kit.room import Verb
from commands.kit.words import _

NamedFile = tuple[str, bytes]


def fetch_files(slack: SlackCalls, verb: Verb, incoming: Incoming) -> dict[str, tuple[NamedFile, ...]]:
    """The names and contents of a form's files, by field; together they keep to the verb's limit.

    Raises Refused next to the field where they are too large or Slack does not give them.
    """
    if verb.fetches is None or incoming.kind != FORM:
        return {}
    offers = incoming.fields.files(verb.fetches)
    left = verb.fetch_limit
    if sum(offer.size for offer in offers) > left:
        raise _too_large(verb)
    found: list[NamedFile] = []
    for offer in offers:
        content = _content(slack, verb.fetches, offer, left)
        left -= len(content)
        if left < 0:
            raise _too_large(verb)
        found.append((offer.name, content))
    return {verb.fetches: tuple(found)} if found else {}


def _too_large(verb: Verb) -> Refused:
    text = _("This file is larger than {limit} MB. Split it, or remove what is not needed.")
    return Refused(text.format(limit=verb.fetch_limit // 1_000_000), verb.fetches)


def _content(slack: SlackCalls, field: str, offer: FileOffer, most: int) -> bytes:
    try:
        return slack.download(offer.url, most)
    except Transient as trouble:
        raise Refused(_("Slack is slow in handing me the file. Please press the button again."), field) from trouble
    except Permanent as trouble:
        raise Refused(_("Slack would not hand me the file. Please attach it again."), field) from trouble
