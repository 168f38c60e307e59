"""Walking through the product: everything that people see is pressed, from a mission at several moments.

Nothing here knows a room. Commands, shortcuts, timers and schedules are those that the house has; buttons and forms
those that come into sight. Each walk begins from a stored state, so that what one does to the mission spoils no other.
"""

from __future__ import annotations

import itertools
import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from bot.app import conversation_of
from bot.observe import TOLD_HOLD
from bot.requests.conversation import Conversation
from bot.requests.incoming import COMMAND, OPTIONS, SHORTCUT, Incoming
from bot.requests.reaction import Reaction
from commands.kit.room import Prepared, ShortcutKind, Timer
from commands.kit.work import MessageRef, Work
from storage.connection.writers import Hold
from storage.missions import get_mission
from storage.subjects import Subject
from tests.holds.measure import Watch
from tests.holds.offers import Hand, Offer, Seen, of_view, offers
from tests.holds.sight import Sight, Written
from tests.holds.states import State, States
from tests.world import World

# How often one line of a verb is tried in each state, until it was done so often; how many gestures come before it.
TRIES, ENOUGH, DEEPEST = 5, 2, 9
# Work above this is measured again, and the least counts: a busy machine and a first time only ever add to it. Without
# a table to write, only what comes near the limit is in doubt.
DOUBTFUL_SECONDS, MEASURED_AGAIN = (0.025 if os.environ.get("HOLDS") else TOLD_HOLD / 2), 3
NOTHING = Hold(0.0, 0.0)
Name = tuple[str, str]
_numbers = itertools.count(1)


@dataclass(slots=True)
class Result:
    """What is known of a verb: how often it was done and refused, and its longest hold.

    `idle`: gestures that showed a form and changed nothing, but waited for the writers' line.
    `why` it was refused last.
    """

    done: int = 0
    refused: int = 0
    hold: Hold = NOTHING
    idle: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Something to try: what comes before it, and from which state."""

    state: State
    path: tuple[Incoming, ...]
    offer: Offer


@dataclass(slots=True)
class Walk:
    """Walks from states of a world; `results` says what came of it, `broken` what ended in a bug.

    `words` are what follows a command or sub-command that asks for more, by the whole of it (`/agency show`).
    """

    world: World
    people: list[str]
    hand: Hand
    states: States
    words: dict[str, str] = field(default_factory=dict)
    watch: Watch = field(default_factory=Watch)
    results: dict[Name, Result] = field(default_factory=dict)
    broken: list[tuple[Name, Incoming]] = field(default_factory=list)
    _tried: Counter[tuple[Name, str, str]] = field(default_factory=Counter)
    _done: Counter[tuple[Name, str]] = field(default_factory=Counter)
    _known: set[tuple[Any, ...]] = field(default_factory=set)
    _left: deque[Step] = field(default_factory=deque)
    _later: deque[Step] = field(default_factory=deque)
    _timers_run: Counter[str] = field(default_factory=Counter)
    conversation: Conversation = field(init=False)
    sight: Sight = field(init=False)

    def __post_init__(self) -> None:
        product = self.world.product
        self.watch.on(product.database)
        self.hand = replace(self.hand, options=self.choices)
        self.sight = Sight(self.world, self.people)
        self.conversation = conversation_of(product, product.slack)

    # Beginnings

    def begin(self, state: State) -> None:
        """Everything that can be done first in a state, and everything that a clock does in it."""
        self.states.restore(state)
        for seen in [*self.sight.homes(), *self.sight.messages()]:
            self._offer(state, (), seen)
        for incoming in self._openings():
            self._add(Step(state, (), Offer(incoming)))
        self._run_timers(state, ())
        for name, schedule in self.world.clock.schedules().items():
            self.states.restore(state)
            self._measure(("schedule", name), lambda run=schedule.run: self._unit(run))

    def _openings(self) -> Iterator[Incoming]:
        for user, channel in itertools.product(self.people, self.hand.channels):
            for command in self.world.product.house.commands.values():
                for sub in ("", *(sub.word for sub in command.subs)):
                    typed = f"{command.name} {sub}".strip()
                    for text in dict.fromkeys([sub, f"{sub} {self.words.get(typed, '')}".strip()]):
                        yield Incoming(
                            kind=COMMAND, key=_key(), user=user, verb=command.name, text=text, channel=channel
                        )
            for name, one in self.world.product.house.shortcuts.items():
                message = MessageRef(channel, "1.0", "A convoy is held up", user)
                on = message if one.kind is ShortcutKind.MESSAGE else None
                yield Incoming(kind=SHORTCUT, key=_key(), user=user, verb=name, message=on)

    # Walking

    def run(self) -> None:
        """Try what is left, the untried first, until nothing new comes into sight."""
        while (step := self._next()) is not None:
            self._try(step)

    def _offer(self, state: State, path: tuple[Incoming, ...], seen: Seen) -> None:
        for offer in offers(seen, self.hand):
            self._add(Step(state, path, offer))

    def _add(self, step: Step) -> None:
        one = step.offer.incoming
        line = (self.name_of(one), step.offer.line, step.state.root)
        mark = (step.state.name, line, one.user, one.value, one.text, one.channel, str(one.notes), str(one.fields))
        if mark in self._known or len(step.path) >= DEEPEST:
            return
        self._known.add(mark)
        (self._later if self._tried[line] else self._left).append(step)

    def _next(self) -> Step | None:
        while self._left or self._later:
            step = self._left.popleft() if self._left else self._later.popleft()
            line = (self.name_of(step.offer.incoming), step.offer.line)
            if self._tried[*line, step.state.root] < TRIES and self._done[line] < ENOUGH:
                return step
        return None

    def _try(self, step: Step) -> None:
        name, incoming = self.name_of(step.offer.incoming), step.offer.incoming
        self._tried[name, step.offer.line, step.state.root] += 1
        before = self._prepared(step)
        reaction, hold = self._heard(name, incoming)
        refused = reaction.refusal is not None or "errors" in reaction.ack
        self._done[name, step.offer.line] += not refused
        self._run_due()
        shown = [*_shown(incoming.user, reaction), *self.sight.messages(before)]
        path = (*step.path, incoming)
        if not refused:
            self._run_timers(step.state, path)
        for seen in shown:
            self._offer(step.state, path, seen)
        for _again in range(MEASURED_AGAIN if hold.work > DOUBTFUL_SECONDS else 0):
            self._prepared(step)
            hold = min(hold, self._hear(incoming)[1], key=lambda one: one.work)
        result = self.results[name]
        result.hold = max(result.hold, hold, key=lambda one: one.work)

    def _prepared(self, step: Step) -> Written:
        """Bring the mission to where a step begins. Returns what was written until then."""
        self.states.restore(step.state)
        for earlier in step.path:
            self._hear(earlier)
            self._run_due()
        return self.sight.written()

    def _hear(self, incoming: Incoming) -> tuple[Reaction, Hold]:
        self.watch.begin()
        reaction = self.conversation.hear(replace(incoming, key=_key() if incoming.key else ""))
        return reaction, self.watch.longest

    def _heard(self, name: Name, incoming: Incoming) -> tuple[Reaction, Hold]:
        reaction, hold = self._hear(incoming)
        result = self.results.setdefault(name, Result())
        if reaction.failed:
            self.broken.append((name, incoming))
        if reaction.refusal is not None or "errors" in reaction.ack:
            result.refused += 1
            result.why = str(reaction.refusal or reaction.ack["errors"])
        else:
            result.done += 1
        shows = any("view" in arguments for _method, arguments in reaction.calls)
        result.idle += shows and bool(self.watch.holds) and not self.watch.changed
        return reaction, hold

    def choices(self, action: str, seen: Seen, query: str) -> list[dict[str, Any]]:
        """What a select offers; asked as the product is asked."""
        asked = of_view(seen) if seen.view else {}
        incoming = Incoming(kind=OPTIONS, key="", user=seen.user, verb=action, query=query, **asked)
        name = self.name_of(incoming)
        reaction, hold = self._heard(name, incoming)
        self.results[name].hold = max(self.results[name].hold, hold, key=lambda one: one.work)
        groups = reaction.ack.get("option_groups") or []
        found = reaction.ack.get("options") or []
        return [*found, *(option for group in groups for option in group["options"])]

    @staticmethod
    def name_of(incoming: Incoming) -> Name:
        """What a delivery is called in the results: the command with its sub-command, else the room's verb."""
        if incoming.kind == COMMAND:
            return COMMAND, " ".join([incoming.verb, *incoming.text.split()[:1]])
        return incoming.kind, ":".join(incoming.verb.split(":")[:2])

    # What a clock does

    def _run_due(self) -> None:
        """What the worker does at once, for example making a file that somebody asked for."""
        while (due := self.sight.next_timer(self.world.now)) is not None:
            self._measure(("timer", due.verb), lambda: self.world.clock.run_timers(1))

    def _run_timers(self, state: State, path: tuple[Incoming, ...]) -> None:
        """Let the time come of every kind of timer that waits, a few times each."""
        for timer in self.sight.waiting_timers():
            mark = f"{timer.verb} {state.name}"
            if self._timers_run[timer.verb] >= TRIES or self._timers_run[mark] >= ENOUGH:
                continue
            self._timers_run.update([timer.verb, mark])
            before = self._prepared(Step(state, path, Offer(Incoming("", "", "", ""))))
            self.world.present.now = max(timer.due_at, state.now)
            subject, run = Subject.parse(timer.subject), self.world.product.house.timers[timer.verb]
            self._measure(("timer", timer.verb), lambda run=run, subject=subject: self._fire(run, subject))
            at = replace(state, name=f"{state.root}, {timer.verb}", now=self.world.now, content=self.states.content())
            for seen in self.sight.messages(before):
                self._offer(at, (), seen)

    def _fire(self, timer: Timer, subject: Subject) -> None:
        if isinstance(timer, Prepared):
            with self.world.product.database.reading() as session:
                made = timer.prepare(
                    Work(session, get_mission(session, self.world.mission_id), self.world.now), subject
                )
            self._unit(lambda work: timer.write(work, subject, made))
        else:
            self._unit(lambda work: timer(work, subject))

    def _unit(self, run: Callable[[Work], object]) -> None:
        mission_id, now = self.world.mission_id, self.world.now
        self.world.product.database.work(lambda session: run(Work(session, get_mission(session, mission_id), now)))

    def _measure(self, name: Name, do: Callable[[], object]) -> None:
        """Do what a clock does, and note how long it held the line; again from the same state where that is long."""
        result, before = self.results.setdefault(name, Result()), self.states.store("before")
        hold = self._watched(do)
        for _again in range(MEASURED_AGAIN if hold.work > DOUBTFUL_SECONDS else 0):
            self.states.restore(before)
            hold = min(hold, self._watched(do), key=lambda one: one.work)
        result.done += 1
        result.hold = max(result.hold, hold, key=lambda one: one.work)

    def _watched(self, do: Callable[[], object]) -> Hold:
        self.watch.begin()
        do()
        return self.watch.longest


def _key() -> str:
    return f"walk:{next(_numbers)}"


def _shown(user: str, reaction: Reaction) -> Iterable[Seen]:
    """What whoever made a gesture sees at once: forms, and cards for them alone."""
    views = [arguments["view"] for _method, arguments in reaction.calls if "view" in arguments]
    if "view" in reaction.ack:
        views.append(reaction.ack["view"])
    for view in views:
        yield Seen(user, tuple(view["blocks"]), view)
    cards = [arguments["payload"] for method, arguments in reaction.calls if method == "respond"]
    for card in [*cards, reaction.ack]:
        if card.get("blocks"):
            yield Seen(user, tuple(card["blocks"]))
