"""The bot answers people: what they write to it, or where they mention it, is a number to open or words to find.

Nothing leaves the product for it: a number is read, words are looked for in every room as far as whoever asks may read,
and without any words there is what waits for them. In a channel the answer is theirs alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from commands.kit.cards import Block, Card, context, section
from commands.kit.front.numbers import read_number
from commands.kit.front.shown import WAITS_SHOWN, line_blocks, line_text, wait_blocks
from commands.kit.front.things import Line
from commands.kit.handling import Handling, highest
from commands.kit.post import tell
from commands.kit.typed.messages import plain_words
from commands.kit.words import _, ngettext
from commands.kit.work import Request
from storage.compartments import Compartment
from storage.letters import folded
from storage.outbox import Call, put
from storage.subjects import Key

MESSAGE, MENTION = "message", "app_mention"
HITS_SHOWN = 10
WORDS_AT_MOST = 8
LONGEST_WORD = 60
_APOSTROPHE = re.compile("['’]")
_PERSON = re.compile(r"<@[UW][A-Z0-9]+(?:\|[^>]*)?>")
# Words that ask and look for nothing, in the languages of the product, as they are compared (`storage.letters`).
_ASKED_WITH = """
a about all am an and any are can d do does due find for from give have hello hi how i in is it late me mine my need
next of on open or our overdue owe owed please search see show tell that the there this to today wait waiting waits
want was we what whats when where which who with you your
ai affiche attend attendent au aujourd aujourdhui aux avec bonjour ce cela cest cherche comment d dans de des donne du
elle en est et faire fais hui il ils j je l la le les m ma mes moi mon montre nos notre ou pour qu quand que quel
quelle quelles quels qui quoi retard s sont sur svp t te tous tout trouve un une veux vos votre vous y
"""
_ASKING = frozenset(_ASKED_WITH.split())


def is_asked(event: Mapping[str, Any], kind: str) -> bool:
    """Whether somebody says something to us: not an app, and nothing that Slack itself tells of a message."""
    direct = kind == MESSAGE and event.get("channel_type") == "im"
    said = event.get("subtype") in {None, "file_share"} and not event.get("bot_id") and bool(event.get("user"))
    return said and (direct or kind == MENTION)


def answer_event(request: Request, kind: str) -> None:
    """Answer what somebody wrote: in the direct messages, or beside their mention so that they alone see it."""
    event = request.event
    card = answer_to(request, said_in(str(event.get("text") or "")))
    key = Key.of("answer", request.channel, str(event.get("ts") or ""))
    if kind == MESSAGE:
        tell(request, request.who.user_id, card, key=key)
        return
    arguments: dict[str, Any] = {"channel": request.channel, "user": request.who.user_id, **card.as_arguments()}
    if event.get("thread_ts"):
        arguments["thread_ts"] = str(event["thread_ts"])
    call = Call(
        key=key,
        method="chat.postEphemeral",
        arguments=arguments,
        lane=request.channel,
        handling=card.handling,
        caused_by=request.actor,
        request_id=request.request_id,
    )
    put(request.session, request.mission.id, call, request.now)


def said_in(text: str) -> str:
    """What a message says, without the people it mentions."""
    return plain_words(_PERSON.sub(" ", text), {}).strip()


def looked_for(said: str) -> str:
    """The words that are looked for, without those that only ask; a few at most."""
    words = [word for word in said.split() if not set(folded(_APOSTROPHE.sub(" ", word)).split()) <= _ASKING]
    return " ".join(word[:LONGEST_WORD] for word in words[:WORDS_AT_MOST])


def answer_to(request: Request, said: str) -> Card:
    """What is found, as this person may read it; what waits for them, where they look for nothing."""
    if not request.who.is_member:
        return _plain(_("You are a guest here. Ask an admin of the mission to give you a role."))
    if request.mission.set_up_at is None:
        return _plain(_("I am not set up in this workspace yet."))
    subject = read_number(said)
    if subject is not None:
        line = request.front.line(request, request.who, subject)
        return _found(request, [line], "") if line is not None else _plain(_("There is nothing here that you may see."))
    words = looked_for(said)
    if not folded(words):
        return _waiting(request)
    hits = request.front.find(request, request.who, words, HITS_SHOWN)
    if not hits:
        # What they wrote is not repeated: the message is kept for a while, and it may be anything.
        return _waiting(request, _("I find nothing that says this and that you may read."))
    intro = ngettext("This is what I find:", "The newest that I find:", len(hits))
    return _found(request, [hit.line for hit in hits], intro)


def _plain(text: str) -> Card:
    return Card(text, (section(text),))


def _found(request: Request, lines: Sequence[Line], intro: str) -> Card:
    for line in lines:
        request.note_read(line.subject.kind, ":".join(line.subject.ids), line.handling, line.compartment)
    lines = [told_in_message(line) for line in lines]
    blocks = [*([section(intro)] if intro else []), *line_blocks(lines, request.zone)]
    return _card(intro or line_text(lines[0]), blocks, [line.handling for line in lines])


def told_in_message(line: Line) -> Line:
    """A line as a message may say it: of what lies on a side no word, for its reader may be outside tomorrow."""
    if line.compartment is Compartment.MISSION:
        return line
    return replace(line, title=_("Open it to read it."), handling=Handling.UNCLASSIFIED)


def _waiting(request: Request, intro: str = "") -> Card:
    waits = request.front.waiting(request, request.who)
    if not waits:
        nothing = _("Nothing waits for you here.")
        return _plain(f"{intro}\n{nothing}" if intro else nothing)
    for wait in waits[:WAITS_SHOWN]:
        request.note_read(wait.subject.kind, ":".join(wait.subject.ids), wait.handling, wait.compartment)
    blocks = [*([section(intro)] if intro else []), *wait_blocks(waits, request.now, request.zone)]
    blocks.append(context(_("Write me a number or a few words, and I look for them.")))
    return _card(intro or _("Waits for you"), blocks, [wait.handling for wait in waits[:WAITS_SHOWN]])


def _card(text: str, blocks: Sequence[Block], levels: Sequence[str]) -> Card:
    return Card(text, tuple(blocks), highest(Handling.UNCLASSIFIED, *map(Handling, levels)))
