"""Who reads a release, and what may be released at all: pure decisions.

Gesture: say who may.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from commands.kit.compartments.rules import BARRED
from commands.kit.handling import Handling
from commands.kit.permission import Who, sees
from commands.kit.words import _
from storage.compartments import Compartment
from storage.people import Role
from storage.releases import Audience, Release

VALID_FOR = timedelta(days=14)
LONGEST_TEXT = 2000
# Some of these readers are cleared for nothing above Unclassified.
UNCLEARED = frozenset({Audience.EVERYBODY, Audience.OPERATIONS_CENTRE})
_BY_ROLE = {
    Audience.SRSG_OFFICE: frozenset({Role.SRSG_OFFICE}),
    Audience.CABINET: frozenset(
        {
            Role.SRSG_OFFICE,
            Role.COORDINATOR,
            Role.HEAD_OF_AGENCY,
            Role.HUMANITARIAN_COORDINATOR,
            Role.HUMAN_RIGHTS_ADVISER,
        }
    ),
    Audience.OPERATIONS_CENTRE: frozenset({Role.OPERATIONS}),
}

__all__ = ["VALID_FOR", "Draft", "may_read", "problems", "readers", "uniformed_among"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A release as it was typed. `text` begins empty: to write it anew for its readers is what a release is for."""

    text: str = ""
    audience: Audience | None = None
    agencies: tuple[int, ...] = ()
    person: str | None = None
    valid_until: datetime | None = None
    handling: Handling = Handling.UNCLASSIFIED


def problems(draft: Draft, now: datetime) -> dict[str, str]:
    """What is wrong with a release, by field; empty when it can be given out."""
    found: dict[str, str] = {}
    if not draft.text.strip():
        found["text"] = _("Write what they shall read.")
    elif len(draft.text) > LONGEST_TEXT:
        found["text"] = _("This has more than {limit} characters. Shorten it.").format(limit=LONGEST_TEXT)
    if draft.audience is None:
        found["audience"] = _("Choose who shall read it.")
    elif draft.handling is not Handling.UNCLASSIFIED and draft.audience in UNCLEARED:
        found["handling"] = _("Not all of these readers are cleared for that. Choose other readers, or another text.")
    if draft.audience is Audience.AGENCIES and not draft.agencies:
        found["agencies"] = _("Choose the agencies.")
    if draft.audience is Audience.PERSON and not draft.person:
        found["person"] = _("Choose the person.")
    if draft.handling is Handling.STRICTLY_CONFIDENTIAL:
        found["handling"] = _("Strictly Confidential texts never enter Slack.")
    if draft.valid_until is None or draft.valid_until <= now:
        found["valid_until"] = _("Say until when it is valid: a moment that is still to come.")
    return found


def may_read(release: Release, who: Who) -> bool:
    """Whether a person may read the text: its own side always, its readers as long as it is in force."""
    if who.person.is_gone:
        return False
    if Compartment(release.compartment) in who.inside:
        return True
    return release.is_in_force and sees(who, release.handling) and _is_meant(release, who)


def _is_meant(release: Release | Draft, who: Who) -> bool:
    """Whether a person is among those for whom a release is."""
    match release.audience:
        case Audience.EVERYBODY:
            return who.is_member
        case Audience.AGENCIES:
            return bool(who.speaks_for & set(release.agencies))
        case Audience.PERSON:
            return who.user_id == release.person
        case None:
            return False
        case by_role:
            return bool((who.all_roles - who.waiting) & _BY_ROLE[Audience(by_role)])


def readers(draft: Draft, people: Iterable[Who]) -> list[Who]:
    """Those of these people who would read it if it were given out now."""
    return [who for who in people if not who.person.is_gone and sees(who, draft.handling) and _is_meant(draft, who)]


def uniformed_among(people: Iterable[Who]) -> int:
    """How many of these people have a role in a uniformed or political part of the mission."""
    return sum(bool(who.spheres & BARRED) for who in people)
