"""What the room gives to the front door: an escalation in one line, what waits, what is found."""

from __future__ import annotations

from commands.escalations.handlers.access import ESCALATION, asking
from commands.escalations.handlers.viewers import reader_of
from commands.escalations.rules.access import OFFICE_ROLES, level_of, may_read
from commands.escalations.rules.front import owed_by
from commands.escalations.views.front import line_of, wait_of
from commands.kit.access import may
from commands.kit.front.numbers import number_in
from commands.kit.front.things import Hit, Line, Wait
from commands.kit.handling import Handling
from commands.kit.permission import Who, sees
from commands.kit.work import Work
from storage.escalations.lists import search_for, waiting_for
from storage.escalations.model import find_escalation, get_escalation
from storage.subjects import number


def read(work: Work, who: Who, identity: str) -> Line | None:
    """An escalation by its row or its number."""
    said = number_in(ESCALATION.name, identity)
    this = (
        find_escalation(work.session, work.mission.id, said)
        if said
        else get_escalation(work.session, work.mission.id, number(identity))
    )
    if this is None or not may(work, who, ESCALATION, this):
        return None
    return line_of(this, readable=may_read(asking(work, who, this), this))


def waits(work: Work, who: Who) -> list[Wait]:
    """The answers, acknowledgements and decisions that wait for a person."""
    by_role = not OFFICE_ROLES.isdisjoint(who.agreed_roles)
    found = []
    for this, told, concerned in waiting_for(work.session, work.mission.id, reader_of(who)):
        owed = owed_by(this, who.user_id, of_the_office=by_role or told, is_concerned=concerned)
        if owed is not None:
            found.append(wait_of(this, owed, readable=sees(who, level_of(this))))
    return found


def search(work: Work, who: Who, words: str, limit: int) -> list[Hit]:
    """The newest escalations that say these words and that the person may read."""
    levels = [level.value for level in Handling if sees(who, level)]
    found = search_for(work.session, work.mission.id, reader_of(who), words, levels, limit)
    return [Hit(line_of(this, readable=True), this.updated_at) for this in found]
