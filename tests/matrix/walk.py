"""Every verb of every room, tried by everybody on every thing."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.requests.reaction import Reaction
from commands.kit.permission import Need, Who, who_is
from commands.kit.room import Room
from storage.people import Person
from tests.matrix.cast import AT_HOME_IN, EVERYBODY, GONE
from tests.matrix.faults import Fault, faults_of
from tests.matrix.rehearsal import Outcome, Rehearsal
from tests.matrix.scene.setting import Setting
from tests.matrix.sending import Sender
from tests.matrix.things import Thing
from tests.matrix.tries.model import Tries, Try
from tests.matrix.words import in_words

# How the kinds of verbs are called in the tables.
KINDS = {"ACTIONS": "press", "FORMS": "send", "OPTIONS": "options", "SHORTCUTS": "shortcut", "COMMANDS": "type"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What came of one delivery. `where` is the verb as the tables name it, with its line."""

    where: str
    thing: Thing | None
    person: str
    words: str


@dataclass(slots=True)
class Walk:
    """All cells, by room, and what is wrong.

    `given` cells were refused at the gate for one thing, and so for all; `left_out` are those of `AT_HOME_IN`.
    """

    rehearsal: Rehearsal
    sender: Sender
    cells: dict[str, list[Cell]] = field(default_factory=dict)
    faults: list[tuple[str, Fault, str]] = field(default_factory=list)
    given: int = 0
    left_out: int = 0
    _room: str = ""
    _who: dict[str, Who] = field(default_factory=dict)

    @property
    def setting(self) -> Setting:
        """The mission."""
        return self.rehearsal.setting

    def run(self) -> None:
        """Try everything."""
        with self.setting.world.product.database.reading() as session:
            for name in EVERYBODY:
                person = session.get_one(Person, (self.setting.world.mission_id, self.setting.people[name]))
                self._who[name] = who_is(session, self.setting.world.mission_id, person)
        for room in self.setting.world.product.house.rooms:
            self._room = room.name
            self.cells[room.name] = [
                cell
                for kind, table in tries_of(room).items()
                for verb, tried in table.items()
                for one in (tried if isinstance(tried, tuple) else (tried,))
                for cell in self._try(kind, verb if kind == "COMMANDS" else f"{room.name}:{verb}", one)
            ]

    def _try(self, kind: str, verb: str, one: Try) -> Iterator[Cell]:
        things = [thing for thing in self.setting.things.of(one.about) if thing.name.endswith(one.only or "")]
        needs, text = self._needs(kind, verb), ""
        where = f"{KINDS[kind]} {verb}{f' [{one.line}]' if one.line else ''}"
        for person in EVERYBODY:
            if person == GONE or not needs.is_met_by(self._who[person]):
                outcome = self._heard(verb, one, person, next(iter(things), None))
                assert outcome.reaction == Reaction() or outcome.refusal, f"{where}: {person} came through the gate"
                self.given += max(len(things) - 1, 0)
                yield from (self._cell(where, thing, person, outcome, "") for thing in things or [None])
                continue
            at_home = self._room in AT_HOME_IN.get(person, {self._room})
            chosen = things if at_home else _one_of_each(things)
            self.left_out += len(things) - len(chosen)
            outcomes = [(thing, self._heard(verb, one, person, thing)) for thing in chosen or [None]]
            if any(thing is not None and outcome.refusal not in {"", text} for thing, outcome in outcomes):
                # Asked anew for whoever hears something else than the one before them did.
                text = self._heard(verb, one, person, None).refusal
            yield from (self._cell(where, thing, person, outcome, text) for thing, outcome in outcomes)

    def _cell(self, where: str, thing: Thing | None, person: str, outcome: Outcome, nobodys: str) -> Cell:
        found = faults_of(outcome, self.setting, person, thing, nobodys)
        self.faults += [(where, fault, concerned) for fault, concerned in found]
        return Cell(where, thing, person, in_words(outcome, self.setting, person, thing, nobodys))

    def _heard(self, verb: str, one: Try, person: str, thing: Thing | None) -> Outcome:
        return self.rehearsal.hear(self.sender.delivery(verb, one, person, thing))

    def _needs(self, kind: str, verb: str) -> Need:
        house = self.setting.world.product.house
        if kind == "COMMANDS":
            name, _, word = verb.partition(" ")
            command = house.commands[name]
            found = next((sub.verb for sub in command.subs if sub.word == word), command.start)
        elif kind == "SHORTCUTS":
            found = house.shortcuts[verb].verb
        else:
            found = house.verbs[kind.lower(), verb]
        return found.needs


def _one_of_each(things: list[Thing]) -> list[Thing]:
    """The first thing with a secret, and the first without."""
    first = {bool(thing.secret): thing for thing in reversed(things)}
    return [thing for thing in things if thing in first.values()]


def tries_of(room: Room) -> dict[str, Tries]:
    """What the room's module of tries says, by kind of verb."""
    module = importlib.import_module(f"tests.matrix.tries.{room.name}")
    return {kind: getattr(module, kind, {}) for kind in KINDS}


def declared(room: Room) -> dict[str, set[str]]:
    """Every verb that a room has, by kind."""
    commands = {command.name for command in room.commands}
    subs = {f"{command.name} {sub.word}" for command in room.commands for sub in command.subs}
    return {
        "ACTIONS": set(room.actions),
        "FORMS": {*room.forms, *room.closings},
        "OPTIONS": set(room.options),
        "SHORTCUTS": set(room.shortcuts),
        "COMMANDS": commands | subs,
    }
