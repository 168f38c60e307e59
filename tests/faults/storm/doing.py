"""One act of one person, gesture by gesture, and what they were told."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from typing import Any

from bot.sandbox import elements
from bot.sandbox.driver import Form, Message, Person, RefusedError, Workspace
from bot.sandbox.driver.surface import Surface
from tests.faults.storm.filling import CONFIDENTIAL, TOKEN, UNCLASSIFIED, Filling, Hints, fill
from tests.faults.storm.journal import Act, Outcome

Json = dict[str, Any]
APP = "Rapporteur"
# The product's own words for what it could not do, in both languages of the mission.
NOT_SAVED = re.compile(r"Could not save, nothing was changed|rien n.a été (modifié|changé)")
BROKEN = re.compile(r"Something went wrong on my side|a mistake of mine")
TOLD_ONLY = "kit:notice"
MOST_FORMS = 8
MOST_MISTAKES = 2
OFTEN = 0.7


class NothingToDoError(Exception):
    """What the person wanted to do is not before them."""


class LostError(Exception):
    """No answer came in time."""


class Someone(Person):
    """A person who remembers what each gesture was answered."""

    def __init__(self, workspace: Workspace, known: Json) -> None:
        super().__init__(workspace, known)
        self.answer: Json = {}

    def gestured(self, answer: Json) -> None:
        """Keep the whole answer."""
        self.answer = answer


class Doing:
    """What a gesture has at hand. Each method does one thing that a person does, and settles the outcome so far."""

    def __init__(self, person: Someone, chance: random.Random, act: Act, people: list[str]) -> None:
        self.person = person
        self.chance = chance
        self.act = act
        self._people = people
        self._sent: list[str] = []
        # What stands in each form that was sent, by the form's callback id.
        self._typed: dict[str, list[str]] = {}
        self._secret: dict[str, bool] = {}
        self._seen = int(person.wire.get("events", **{"as": person.id}, timeout=0)["seq"])

    def run(self, command: str, *, in_: str = "") -> Message | None:
        """Type a command; the answer that only this person sees, if there is one."""
        self.person.runs(command, in_=in_)
        said = self.person.answer.get("message")
        self._told()
        return Message(self.person, said) if said else None

    def messages(self, *, in_: str = APP, button: str = "") -> list[Message]:
        """The newest messages of a place, newest first; with `button`, those that offer this action."""
        found = self.person.messages(in_=in_)[::-1][:40]
        return [one for one in found if not button or button in actions_of(one)]

    def one_with(self, button: str, *places: str) -> Message:
        """A message that offers an action, in one of the places.

        Raises NothingToDoError.
        """
        for place in places or (APP,):
            found = self.messages(in_=place, button=button)
            if found:
                return self.chance.choice(found[:4])
        raise NothingToDoError

    def press(self, surface: Surface, action: str) -> None:
        """Press the button with this action id; one of them, where there are several."""
        offers = [pair for pair in elements.walk(surface.blocks) if pair[1].get("action_id") == action]
        if not offers:
            raise NothingToDoError
        block, element = self.chance.choice(offers)
        self.press_element(surface, block, element)

    def press_element(self, surface: Surface, block: Json, element: Json) -> None:
        """Press this button, or choose a line of this menu."""
        more = {}
        if element["type"] in {"overflow", "static_select"}:
            more = {"value": self.chance.choice(elements.offered(element))["value"]}
        answer = self.person.wire.post(
            "action",
            **{"as": self.person.id},
            container=surface.container,
            block_id=block.get("block_id", ""),
            action_id=element["action_id"],
            values=surface.typed,
            **more,
        )
        self.person.gestured(answer)
        self._told()

    def shortcut(self, name: str) -> None:
        """Run a global shortcut."""
        self.person.shortcut(name)
        self._told()

    def home(self) -> Surface:
        """Open Home.

        Raises NothingToDoError when it was never drawn.
        """
        wire, app = self.person.wire, self.person.workspace.apps[0]["id"]
        found = wire.post("home", **{"as": self.person.id}, app=app)["view"]
        if found is None:
            raise NothingToDoError
        self.act.outcome = Outcome.ANSWERED
        return Surface(self.person, found["blocks"], {"type": "view", "view_id": found["id"]})

    def complete(self, hints: Hints | None = None, *, thanks: str = "", then: bool = True) -> None:
        """Fill the form that is open and send it, and those that follow it, until the product is content.

        `thanks` is the title of a form that says it is done. Without `then` only the first form is sent.
        """
        form = self.person.form
        if form is None or form.view["callback_id"].partition(":")[0] != self.act.room:
            # The form of an earlier press may open late, over the one that was asked for now.
            raise NothingToDoError
        mistakes = 0
        for _form in range(MOST_FORMS):
            form = self._send(form, hints or {})
            mistakes += bool(form and form.errors)
            if mistakes > MOST_MISTAKES:
                return
            if form is None or form.title == thanks:
                self.act.outcome = Outcome.DONE
                return
            if form.view["callback_id"] == TOLD_ONLY or not form.view.get("submit"):
                self.act.outcome = Outcome.ANSWERED
                self.act.said = form.text[:300]
                return
            if not then:
                return
        self.act.outcome = Outcome.REFUSED

    def _send(self, form: Form, hints: Hints) -> Form | None:
        filling = Filling(self.chance, self.person.workspace.clock.now, self._people)
        try:
            fill(form, filling, hints)
        finally:
            # A form that comes back, as after two versions met, is filled anew: what stood in it is not sent any more.
            self._typed[form.view["callback_id"]] = filling.tokens
            self._secret[form.view["callback_id"]] = filling.level == CONFIDENTIAL
            self.act.tokens = [token for typed in self._typed.values() for token in typed]
            self.act.secret = any(self._secret.values())
        self._sent = filling.tokens
        form.refresh()
        if filling.level == UNCLASSIFIED:
            self.act.reused += set(TOKEN.findall(json.dumps(form.view["state"]))) - set(self.act.tokens)
        left = form.submit()
        self._told()
        self._sent = []
        if form.errors:
            # What was typed was refused; typed anew it has other tokens.
            self.act.outcome, self.act.said = Outcome.REFUSED, str(form.errors)[:300]
            self._typed, self._secret, self.act.tokens, self.act.secret = {}, {}, [], False
        return left

    def _told(self) -> None:
        """Read what came back from the gesture just made."""
        answer = self.person.answer
        said = [str(answer.get("notice") or ""), *map(str, (answer.get("errors") or {}).values())]
        said += [Message(self.person, raw).text for raw in self._whispers()]
        if answer.get("message"):
            said.append(Message(self.person, answer["message"]).text)
        said += [Form(self.person, one).text for one in answer.get("views", []) if one["callback_id"] == TOLD_ONLY]
        text = "\n".join(one for one in said if one)
        self.act.said = text[:300]
        if BROKEN.search(text):
            self.act.outcome = Outcome.BROKEN
            raise LostError
        if not answer.get("acknowledged", True) and not answer.get("errors"):
            self.act.outcome = Outcome.UNKNOWN
            raise LostError
        if NOT_SAVED.search(text):
            self.act.outcome = Outcome.REFUSED
            # What the same act sent before was taken.
            self.act.tokens = list(self._sent)
            raise LostError
        self.act.outcome = Outcome.ANSWERED

    def _whispers(self) -> Iterator[Json]:
        found = self.person.wire.get("events", **{"as": self.person.id}, after=self._seen, timeout=0)
        self._seen = found["seq"]
        for news in found["events"]:
            if news["type"] == "message" and news["message"].get("ephemeral"):
                yield news["message"]

    def wander(self, surface: Surface | None, steps: int) -> None:
        """Press whatever is there, a few times, and complete what opens."""
        for _step in range(steps):
            form = self.person.form
            here: Surface | None = form or surface
            if here is None:
                return
            if form is not None and form.view.get("submit") and self.chance.random() < OFTEN:
                self.complete(then=False)
                continue
            offers = [pair for pair in elements.walk(here.blocks) if pair[1]["type"] in {"button", "overflow"}]
            offers = [pair for pair in offers if not pair[1].get("url")]
            if not offers:
                return
            self.press_element(here, *self.chance.choice(offers))

    def leave(self) -> None:
        """Close every form, as somebody does who turns to something else."""
        stack = self.person.views()
        if stack:
            self.person.wire.post("view/close", **{"as": self.person.id}, view_id=stack[-1]["id"], all=True)


def actions_of(surface: Surface) -> list[str]:
    """The ids of what can be pressed here."""
    pressed = (element for _block, element in elements.walk(surface.blocks) if not elements.holds(element))
    return [str(element.get("action_id")) for element in pressed if not element.get("url")]


def somebody(workspace: Workspace, name: str) -> Someone:
    """A person by name."""
    known = workspace.person(name)
    return Someone(workspace, known.known)


__all__ = ["Doing", "LostError", "NothingToDoError", "RefusedError", "Someone", "actions_of", "somebody"]
