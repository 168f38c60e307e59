"""How the audit record says acts: by the words of the room that writes them (`Room.acts`), never by its codes.

Gesture: put into words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from commands.kit.words import _, pgettext


@dataclass(frozen=True, slots=True)
class ActWords:
    """Words by the codes that stand on record, in the current language.

    `acts` follow the name of who did it: "suspended an agency". `things` are what it was done to, a number follows
    them: "agency".
    """

    acts: Mapping[str, str] = field(default_factory=dict)
    things: Mapping[str, str] = field(default_factory=dict)

    def act(self, code: str) -> str:
        """An act in words; the code itself where no room says it any more, for the record outlives releases."""
        return self.acts.get(code, code)

    def thing(self, code: str) -> str:
        """What an act was done to in words; the code itself where no room says it any more."""
        return self.things.get(code, code)


def together(words: Iterable[ActWords]) -> ActWords:
    """The words of all rooms as one."""
    acts: dict[str, str] = {}
    things: dict[str, str] = {}
    for one in words:
        acts |= one.acts
        things |= one.things
    return ActWords(acts, things)


def words() -> ActWords:
    """What the kit and the machine put on record themselves."""
    return ActWords(
        acts={
            "channel.exposed": _("found people in a channel who may not read its Confidential texts"),
            "compartment.named": _("named somebody to a side"),
            "compartment.taken_off": _("took somebody off a side"),
            "channel.texts_deleted": _("had our Confidential texts deleted from a channel"),
            "owed.put_off": _("put off the reminder of what is owed"),
            "release.given_out": _("released a text to others"),
            "release.withdrawn": _("withdrew a release"),
            "release.expired": _("ended a release whose time was over"),
            "handoff.given": _("handed something over to another part of the product"),
            "link.made": _("linked something with something else"),
            "read": _("opened"),
            "refused": _("was not allowed"),
        },
        things={
            "channel": pgettext("on record", "channel"),
            "compartment": pgettext("on record", "side"),
            "owed": pgettext("on record", "what is owed"),
            "release": pgettext("on record", "release"),
            "handoff": pgettext("on record", "hand-off"),
            "link": pgettext("on record", "link"),
            "person": pgettext("on record", "person"),
            "verb": pgettext("on record", "command or button"),
        },
    )
