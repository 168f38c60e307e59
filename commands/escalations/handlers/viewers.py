"""People as an escalation sees them: what decides who may know of it, read it and act on it."""

from __future__ import annotations

from commands.escalations.rules.access import OFFICE_ROLES, Viewer, is_concerned, may_know
from commands.kit.permission import Who, clearance_from, who_is
from commands.kit.work import Work
from storage.escalations.lists import Reader
from storage.escalations.model import Escalation
from storage.escalations.notices import NoticeState, notices_of
from storage.people import get_person

CONCERNED = "concerned"


def viewer_of(work: Work, who: Who, this: Escalation) -> Viewer:
    """A person as this escalation sees them."""
    told = any(
        one.place == who.user_id and one.kind != CONCERNED and one.state != NoticeState.SKIPPED
        for one in notices_of(work.session, this.id)
    )
    return Viewer(clearance_from(who), who.speaks_for, told)


def reader_of(who: Who) -> Reader:
    """A person as the lists see them. A role that waits for somebody to agree shows nothing more."""
    of_the_office = not OFFICE_ROLES.isdisjoint(who.agreed_roles) and not who.person.is_gone
    return Reader(who.user_id, who.speaks_for, everything=of_the_office)


def knows(work: Work, user_id: str, this: Escalation) -> bool:
    """Whether somebody who was told of it may still know of it."""
    viewer = _viewer(work, user_id, this)
    return viewer is None or may_know(viewer, this)


def answers(work: Work, user_id: str, this: Escalation) -> bool:
    """Whether somebody who was asked may still answer."""
    viewer = _viewer(work, user_id, this)
    return viewer is None or user_id == this.raised_by or is_concerned(viewer, this)


def _viewer(work: Work, user_id: str, this: Escalation) -> Viewer | None:
    person = get_person(work.session, work.mission.id, user_id)
    return viewer_of(work, who_is(work.session, work.mission.id, person), this) if person is not None else None
