"""What somebody sends to try a verb, and how a form is filled that they may never have seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.requests.incoming import ACTION, COMMAND, FORM, OPTIONS, SHORTCUT, Incoming
from bot.requests.reaction import Reaction
from commands.kit.forms import Fields
from commands.kit.work import MessageRef, ViewRef
from tests.holds.mission import part, rooms_help
from tests.holds.offers import Hand, Seen, of_view, submission
from tests.matrix.cast import (
    ADMIN,
    COORDINATOR,
    DUTY,
    HC,
    IOM_HEAD,
    SECRETARY,
    SRSG,
    UNICEF_HEAD,
    WFP_FOCAL,
    WFP_HEAD,
)
from tests.matrix.rehearsal import Rehearsal
from tests.matrix.things import Thing
from tests.matrix.tries.model import Try
from tests.promises.stage import form

MESSAGE = "A convoy is held up at the river"
# In this order they are asked to open a form, until one of them may.
OPENERS = (SECRETARY, COORDINATOR, ADMIN, WFP_HEAD, WFP_FOCAL, SRSG, UNICEF_HEAD, IOM_HEAD, HC, DUTY)


@dataclass(frozen=True, slots=True)
class Opened:
    """A form as it was opened once."""

    fields: Fields
    notes: Mapping[str, Any]
    blocks: tuple[str, ...]


@dataclass(slots=True)
class Sender:
    """Makes the deliveries of tries. `unopened` are the forms that nobody could open to fill them."""

    rehearsal: Rehearsal
    unopened: list[str] = field(default_factory=list)
    _forms: dict[tuple[str, str], Opened | None] = field(default_factory=dict)
    _hand: Hand = field(init=False)
    _files: dict[str, tuple[str, bytes]] = field(init=False)

    def __post_init__(self) -> None:
        setting, help_of_rooms = self.rehearsal.setting, rooms_help(self.rehearsal.world)
        people = (setting.people[WFP_FOCAL], setting.people[COORDINATOR])
        channels = (setting.channels["closed"], setting.channels["weekly"])
        texts = part(help_of_rooms, "TEXTS")
        self._files = part(help_of_rooms, "FILES")
        self._hand = Hand(setting.now, people, channels, texts, self._file, self._options)

    def delivery(self, verb: str, one: Try, person: str, thing: Thing | None) -> Incoming:
        """What a person sends. `verb` is the whole id, or a command with its sub-command."""
        filled = one.filled(self._words(thing))
        user = self.rehearsal.setting.people[person]
        channel = self.rehearsal.setting.channels.get(one.place, "D0")
        shared: dict[str, Any] = {"kind": one.kind, "key": "", "user": user, "verb": verb, "channel": channel}
        if one.kind == COMMAND:
            command, _, sub = verb.partition(" ")
            return Incoming(**shared | {"verb": command, "text": f"{sub} {filled.text}".strip()})
        if one.kind == ACTION:
            message = MessageRef(channel, "1.0", MESSAGE)
            about = _in_form(filled.notes, form(**filled.fields)) if filled.notes else {"message": message}
            return Incoming(**shared, value=filled.value, response_url="https://hooks.slack.com/x", **about)
        if one.kind == SHORTCUT:
            return Incoming(**shared, message=MessageRef(channel, "1.0", MESSAGE, user))
        if one.kind == OPTIONS:
            return Incoming(**shared, query=filled.query, **_in_form(filled.notes, Fields()))
        assert one.kind == FORM
        opened = self._opened(verb, one)
        typed = form(**filled.fields)
        fields = typed if opened is None else Fields({**opened.fields.values, **typed.values})
        notes = {**(opened.notes if opened else {}), **filled.notes}
        return Incoming(**shared, **_in_form(notes, fields, opened.blocks if opened else ()))

    def _words(self, thing: Thing | None) -> dict[str, object]:
        setting = self.rehearsal.setting
        words: dict[str, object] = {"year": setting.now.year, "today": setting.now.date().isoformat()}
        words |= {"somebody": setting.people[IOM_HEAD], "focal": setting.people[WFP_FOCAL]}
        words |= {"head": setting.people[WFP_HEAD], "wfp": setting.things.of("agency")[0].id, **setting.channels}
        return words | ({"id": thing.id, **thing.more} if thing is not None else {})

    def _opened(self, verb: str, one: Try) -> Opened | None:
        if one.opened_by is None:
            return None
        name = (verb, one.line)
        if name not in self._forms:
            self._forms[name] = self._open(verb, one)
            if self._forms[name] is None:
                self.unopened.append(f"{verb} {one.line}".strip())
        return self._forms[name]

    def _open(self, verb: str, one: Try) -> Opened | None:
        """The form as the first person gets it who may open it for one of the things."""
        assert one.opened_by is not None
        kind, opener, value = one.opened_by
        opening = Try(kind, one.about, value, place=one.place)
        things: list[Thing | None] = list(self.rehearsal.setting.things.of(one.about)) or [None]
        for thing in things:
            for person in OPENERS:
                reaction = self.rehearsal.hear(self.delivery(opener, opening, person, thing)).reaction
                for view in views_of(reaction):
                    if view.get("callback_id") == verb:
                        return self._filled(Seen(self.rehearsal.setting.people[person], tuple(view["blocks"]), view))
        return None

    def _filled(self, seen: Seen) -> Opened:
        _offer_first(seen.view["blocks"], "WFP")
        sent = submission(seen, self._hand, fill_all=True, turn=0)
        return Opened(sent.fields, sent.notes, sent.input_blocks)

    def _options(self, action: str, seen: Seen, query: str) -> list[dict[str, Any]]:
        asked = Incoming(kind=OPTIONS, key="", user=seen.user, verb=action, query=query, **of_view(seen))
        found = list(self.rehearsal.hear(asked).reaction.ack.get("options") or [])
        return sorted(found, key=lambda one: not str(one["text"]["text"]).startswith("WFP"))

    def _file(self, verb: str) -> dict[str, Any] | None:
        if verb not in self._files:
            return None
        name, content = self._files[verb]
        chief = self.rehearsal.world.person("Chief of staff")
        file: dict[str, Any] = chief.wire.upload(name, content, **{"as": chief.id})["file"]
        return file


def _in_form(notes: Mapping[str, Any], fields: Fields, blocks: tuple[str, ...] = ()) -> dict[str, Any]:
    view = ViewRef("V1", "h1", "modal")
    return {"view": view, "notes": dict(notes), "fields": fields, "input_blocks": blocks}


def views_of(reaction: Reaction) -> list[dict[str, Any]]:
    """The forms that an answer opens."""
    found = [arguments["view"] for _method, arguments in reaction.calls if "view" in arguments]
    return [*found, *([reaction.ack["view"]] if "view" in reaction.ack else [])]


def _offer_first(part: Any, word: str) -> None:
    """Put the choice that begins with a word first in every menu."""
    if isinstance(part, list):
        for one in part:
            _offer_first(one, word)
    elif isinstance(part, dict):
        if isinstance(part.get("options"), list):
            part["options"].sort(key=lambda one: not str(one["text"]["text"]).startswith(word))
        for one in part.values():
            _offer_first(one, word)
