"""What a room gives to the front door: a thing in one line, a button that leads to it, what waits, what was found.

All of it is plain and small, and names rooms by the ids of their verbs alone: whoever shows it knows no room.

Gesture: point at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from commands.kit.handling import Handling
from commands.kit.permission import MEMBER, Need
from storage.compartments import Compartment
from storage.subjects import Subject

# Where a door may stand, beside `on:<kind>`: Home, the chooser behind Report, and the start of these commands.
HOME, REPORT, LINE, PLAN, ADVISER = "home", "report", "line", "plan", "adviser"
SURFACES = frozenset({HOME, REPORT, LINE, PLAN, ADVISER})
ON = "on:"


@dataclass(frozen=True, slots=True)
class Press:
    """A button: what stands on it, in the reader's language, the verb it presses (`room:verb`) and its value.

    `confirm` is what Slack asks before (`commands.kit.cards.confirm`), where it binds others.
    """

    label: str
    action: str
    value: str = ""
    confirm: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing, as one person may read it. Only its room makes this: nobody else's code shows a title.

    `subject` is the thing by the id of its row, `number` how people name it (`E-12`; empty for what has none), `state`
    is in words, `due` the moment at which it is due. `opens` leads to it; None for what has no page of its own.
    `handling` is the level of the title, as it stands here, and `compartment` its side; what lies on a side is told in
    messages by its number alone.
    """

    subject: Subject
    number: str
    title: str
    state: str
    due: datetime | None = None
    opens: Press | None = None
    handling: str = Handling.UNCLASSIFIED
    compartment: Compartment = Compartment.MISSION


@dataclass(frozen=True, slots=True)
class Wait:
    """Something that waits for a person. `text` says what, in one line of the reader's language.

    `press` settles it, or opens where it is settled. What has no `due` stands last. `handling` is the level of the
    text, and `compartment` its side: of what lies on one the text says kind and number alone, for Home stays drawn.
    """

    due: datetime | None
    text: str
    press: Press
    subject: Subject
    handling: str = Handling.UNCLASSIFIED
    compartment: Compartment = Compartment.MISSION


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found, as the person may read it; `at` is when it last changed, and the newest stand first."""

    line: Line
    at: datetime


@dataclass(frozen=True, slots=True)
class Door:
    """A button of a room that stands where other things are.

    `surface` is one of `SURFACES`, or `on:` and a kind: then it stands in the "More" menu of every card of that kind,
    and is pressed with the thing (`kind:id`) as its value. `label` is an English source text for gettext, `action` a
    verb of any room's `actions`; whoever does not meet `needs` is not shown it. A lower `order` stands first.
    """

    surface: str
    label: str
    action: str
    needs: Need = MEMBER
    order: int = 50
