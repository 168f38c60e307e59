"""The people: each does one thing after another, chosen from the seed, until the storm is over."""

from __future__ import annotations

import random
import threading
from itertools import count

from bot.sandbox.driver import RefusedError, Workspace
from tests.faults.storm.doing import Doing, LostError, NothingToDoError, Someone, somebody
from tests.faults.storm.journal import Act, Journal, Outcome
from tests.faults.storm.mission import UNCLEARED
from tests.faults.storm.rooms import EVERYBODY, Gesture, all_gestures

AT_ONCE = 6
LONGEST_PAUSE = 0.3


class Crowd:
    """Everybody of the workspace, in a few threads: nobody does two things at once."""

    def __init__(self, url: str, journal: Journal, seed: int, *, only: set[str] | None = None) -> None:
        self._url = url
        self._journal = journal
        self._seed = seed
        self._stop = threading.Event()
        self._numbers = count(1)
        self.failures: list[str] = []
        found = Workspace.connect(url).wire.get("boot")["people"]
        people = [one for one in found if not one["is_bot"] and not one["is_restricted"]]
        self._names = [str(one["name"]) for one in people]
        # Whom people choose in forms: somebody who is chosen may come to hold a role.
        self._chosen = [str(one["id"]) for one in people if one["name"] not in UNCLEARED]
        gestures = [one for one in all_gestures() if only is None or one.room in only]
        self._wishes = {
            name: [one for one in gestures if name in one.who or one.who == (EVERYBODY,)] for name in self._names
        }
        busy = [name for name in self._names if self._wishes[name]]
        groups = [busy[number::AT_ONCE] for number in range(min(AT_ONCE, len(busy)))]
        self._threads = [threading.Thread(target=self._live, args=one, daemon=True) for one in enumerate(groups)]

    def start(self) -> None:
        """Let them begin."""
        for one in self._threads:
            one.start()

    def stop(self) -> None:
        """Let everybody finish what they are at."""
        self._stop.set()
        for one in self._threads:
            one.join(90)
            if one.is_alive():
                self.failures.append("somebody never came to an end")

    def _live(self, number: int, mine: list[str]) -> None:
        workspace = Workspace.connect(self._url)  # a connection of its own
        people = {name: somebody(workspace, name) for name in mine}
        turns = {name: random.Random(f"{self._seed}:{name}") for name in mine}
        order = random.Random(f"{self._seed}:hand {number}")
        while not self._stop.is_set():
            name = order.choice(mine)
            wishes = self._wishes[name]
            wish = turns[name].choices(wishes, [one.weight for one in wishes])[0]
            self._act(people[name], wish, random.Random(turns[name].random()))
            self._stop.wait(order.uniform(0, LONGEST_PAUSE))

    def _act(self, person: Someone, wish: Gesture, chance: random.Random) -> None:
        about = {"record": wish.record, "wild": wish.wild, "lasting": wish.lasting and not wish.wild, "once": wish.once}
        act = Act(next(self._numbers), person.id, wish.room, wish.name, **about)
        try:
            self._try(person, wish, chance, act)
        except Exception as error:
            # The sandbox itself never breaks, nor does a gesture: what was under way is not known, and others go on.
            act.outcome, act.said = Outcome.UNKNOWN, repr(error)
            self.failures.append(f"act {act.number}, {wish.room}.{wish.name}: {error!r}")
        if act.said != NOTHING:
            self._journal.write(act)

    def _try(self, person: Someone, wish: Gesture, chance: random.Random, act: Act) -> None:
        doing = Doing(person, chance, act, self._chosen)
        try:
            doing.leave()
            wish.do(doing)
        except NothingToDoError:
            act.said = NOTHING
        except LostError:
            return
        except (RefusedError, AssertionError) as error:
            # What the person was about to press has gone, or the form holds no such field: nothing was sent.
            act.outcome = Outcome.REFUSED
            act.said = f"before it was sent: {str(error).splitlines()[0][:200]}"


NOTHING = "nothing to do"
