"""What the front door tells everybody: lines of all things, hits for all secrets, what waits, links to all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from sqlalchemy import event

from bot.delivery.home import home_view
from commands.kit.cards import Block
from commands.kit.front.links import link, linked
from commands.kit.permission import Who
from commands.kit.work import Work
from storage.links.model import LinkVerb
from storage.subjects import Subject
from tests.matrix.cast import EVERYBODY
from tests.matrix.rehearsal import ANSWER, Outcome, Rehearsal, Told
from tests.matrix.things import Thing

Look = Callable[[Rehearsal, Work, Who], object]


def at_the_front(rehearsal: Rehearsal) -> Iterator[tuple[str, str, Outcome]]:
    """Everybody at each of the four: where, who, and what they are told."""
    for where, look in (("lines", _lines), ("search", _hits), ("waits", _waits), ("links", _links)):
        for name in EVERYBODY:
            text = repr(rehearsal.look(name, partial(look, rehearsal)))
            yield where, name, Outcome(answer=text, told=[Told(frozenset({name}), ANSWER, text)])


def _things(rehearsal: Rehearsal) -> list[tuple[Thing, Subject]]:
    front = rehearsal.world.product.house.front
    return [(one, Subject.of(one.kind, one.id)) for one in rehearsal.setting.things.all if one.kind in front.readings]


def _lines(rehearsal: Rehearsal, work: Work, who: Who) -> object:
    return [work.front.line(work, who, subject) for _thing, subject in _things(rehearsal)]


def _hits(rehearsal: Rehearsal, work: Work, who: Who) -> object:
    return [work.front.find(work, who, secret, 10) for secret in rehearsal.setting.things.secrets]


def _waits(_rehearsal: Rehearsal, work: Work, who: Who) -> object:
    return work.front.waiting(work, who)


def _links(rehearsal: Rehearsal, work: Work, who: Who) -> object:
    seen = []
    for thing, subject in _things(rehearsal):
        hub = Subject.of("hub", thing.kind, thing.id)
        link(work, hub, LinkVerb.ABOUT, subject)
        seen.append(linked(work, who, hub))
    return seen


def home_of(rehearsal: Rehearsal, name: str) -> tuple[list[Block], int]:
    """Somebody's Home, and with how many statements it is drawn once it is known who they are."""
    house = rehearsal.world.product.house
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    def draw(work: Work, who: Who) -> list[Block]:
        event.listen(rehearsal.world.product.database.engine, "before_cursor_execute", note)
        blocks: list[Block] = home_view(house, work, who)["blocks"]
        event.remove(rehearsal.world.product.database.engine, "before_cursor_execute", note)
        return blocks

    return rehearsal.look(name, draw), len(asked)
