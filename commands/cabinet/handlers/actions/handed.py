"""An action that another room hands over: it stands on the list like any other, linked with what it arose from."""

from __future__ import annotations

from datetime import date

from commands.cabinet.handlers.actions.life import begin_action
from commands.kit.front.handoffs import receive
from commands.kit.front.links import link
from commands.kit.work import Work
from storage.agencies import agency_roles
from storage.cabinet.actions import Action
from storage.links.model import LinkVerb
from storage.subjects import Subject


def take(work: Work, number: int) -> None:
    """Write the action down for whoever handed it over, and tell its owner."""
    given = receive(work, number)
    if given is None:
        return
    owner = str(given.details["owner"])
    theirs = list(agency_roles(work.session, work.mission.id, owner))
    action = Action(
        mission_id=work.mission.id,
        text=given.text,
        owner=owner,
        owner_agency_id=theirs[0] if len(theirs) == 1 else None,
        due_on=date.fromisoformat(str(given.details["due"])),
        handling=given.handling,
        source_link="",
    )
    begin_action(work, action)
    link(work, Subject.of("action", action.id), LinkVerb.AROSE_FROM, Subject.parse(given.from_subject))
