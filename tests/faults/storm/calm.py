"""After the storm: wait until everything that is due is done, and try what is offered then."""

from __future__ import annotations

import random
import re
import time

from bot.sandbox import elements
from bot.sandbox.driver import Message, Workspace
from tests.faults.storm.clocks import SharedClock
from tests.faults.storm.doing import Doing, LostError, NothingToDoError, RefusedError, actions_of, somebody
from tests.faults.storm.journal import Act, Outcome
from tests.faults.storm.processes import Processes

QUIET_LOOKS = 4
LOOK_SECONDS = 0.5
PATIENT_FOR = 20.0
JUMP = 65.0
# What is said when it was done just now.
DONE_NOW = re.compile(r"The digest is on its way")
OUTDATED = re.compile(r"no longer|any more|is closed|was closed|has ended|too late|is over", re.IGNORECASE)


def waits(processes: Processes, workspace: Workspace, clock: SharedClock, seconds: float) -> str:
    """Wait until nothing that is due is left. Returns what is left after so many seconds, or nothing."""
    began = time.monotonic()
    quiet, jumped, least = 0, began + PATIENT_FOR, float("inf")
    left = "nothing was seen yet"
    while quiet < QUIET_LOOKS:
        if time.monotonic() - began > seconds:
            return left
        if time.monotonic() > jumped:
            # What waits for its next try or for a dead process's lease need not keep us. While much still leaves, a
            # jump would only make more: escalations that nobody answers go on to their next step.
            waiting = depth(processes)
            if waiting >= least:
                clock.jump(JUMP)
                workspace.clock.advance(JUMP)
            least = waiting
            jumped = time.monotonic() + 5
        time.sleep(LOOK_SECONDS)
        left = due(processes, workspace)
        quiet = 0 if left else quiet + 1
    return ""


def depth(processes: Processes) -> float:
    """How many messages wait, as far as a web process answers."""
    answering = next((name for name in processes.webs() if processes.answers(name)), "")
    return value(processes.metrics(answering), "rapporteur_outbox_depth") if answering else 0.0


def due(processes: Processes, workspace: Workspace) -> str:
    """What is due and not done, in the product's own words."""
    if not workspace.wire.get("idle", timeout=1)["idle"]:
        return "requests to the product are under way"
    for name in processes.webs():
        if not processes.answers(name):
            return f"{name} does not answer"
    oldest = value(processes.metrics(processes.webs()[0]), "rapporteur_outbox_oldest_due_seconds")
    return f"a message has waited for {oldest:.0f} seconds" if oldest > 0 else ""


def value(metrics: str, name: str) -> float:
    """One figure of `/metrics`."""
    found = re.search(rf"^{name} (\S+)", metrics, re.MULTILINE)
    return float(found[1]) if found else 0.0


class Offers:
    """Presses a sample of the buttons that people see when all is calm."""

    def __init__(self, workspace: Workspace, processes: Processes, seed: int) -> None:
        self._workspace = workspace
        self._processes = processes
        self._chance = random.Random(f"{seed}:offers")
        self.told: list[str] = []

    def tries(self, number: int) -> list[str]:
        """What was found wrong."""
        findings = []
        people = [str(one["name"]) for one in self._workspace.wire.get("boot")["people"] if not one["is_bot"]]
        ids = [str(one["id"]) for one in self._workspace.wire.get("boot")["people"] if not one["is_bot"]]
        for count in range(number):
            person = somebody(self._workspace, self._chance.choice(people))
            act = Act(-count - 1, person.id, "offers", "presses")
            doing = Doing(person, self._chance, act, ids)
            doing.leave()
            findings += self._one(doing)
            self._let_it_be_drawn()
        return findings

    def _one(self, doing: Doing) -> list[str]:
        places = [one["id"] for one in doing.person.channels() if one["is_member"] and not one["is_archived"]]
        found = [(place, one) for place in places for one in doing.person.messages(in_=place) if _offers(one)]
        if not found:
            return []
        place, message = self._chance.choice(found)
        block, element = self._chance.choice(_offers(message))
        what = f"{doing.person.name} presses {element['action_id']} of {message.fallback[:80]!r} in {place}"
        try:
            doing.press_element(message, block, element)
        except (LostError, NothingToDoError):
            return [f"{what}: {doing.act.outcome}: {doing.act.said}"]
        except RefusedError:
            return []
        self.told.append(f"{what}: {doing.act.outcome}: {doing.act.said}")
        said = doing.act.said
        outdated = doing.act.outcome is Outcome.ANSWERED and OUTDATED.search(said) and not DONE_NOW.search(said)
        return [f"{what}, and is told: {said}"] if outdated else []

    def _let_it_be_drawn(self) -> None:
        ends = time.monotonic() + 15
        while time.monotonic() < ends:
            time.sleep(0.3)
            if not due(self._processes, self._workspace):
                return


def _offers(message: Message) -> list[tuple[dict[str, object], dict[str, object]]]:
    if message.is_ephemeral or message.raw.get("app_id") is None:
        return []
    wanted = set(actions_of(message))
    return [
        (block, element)
        for block, element in elements.walk(message.blocks)
        if element.get("action_id") in wanted and element["type"] == "button"
    ]
