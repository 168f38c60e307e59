"""Roles that people give to themselves: the others who may are asked, and one of them agrees."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit.cards import Card, mention
from commands.kit.front.things import Wait
from commands.kit.permission import Who, holders_of, who_is
from commands.kit.post import refresh_home, show_to, tell
from commands.kit.pressed import choice_in, parts_of
from commands.kit.promises import redraw, redraw_about
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import NOTHING_TO_SAY, Answer, Request, Work
from commands.mission.rules.agreement import MAY_AGREE, may_agree, may_decline, to_ask
from commands.mission.views.agreement import (
    agreed_card,
    answered_card,
    own_card,
    passed_card,
    question_card,
    question_wait,
)
from storage import grants
from storage.agencies import Agency, agencies_by_id, get_agency
from storage.grants import Grant, own_grant, waiting_grants
from storage.people import Role, all_grants, get_person, people_of, set_holders
from storage.posts import shown_about
from storage.subjects import Key, Subject, number

MOST_NAMED = 5


def ask(work: Work, _subject: Subject) -> None:
    """Somebody has other roles: whoever may agree to one that waits is asked. It counts for who gave the role."""
    work.once(ask, lambda: _ask(work, waiting_grants(work.session, work.mission.id)))


def follow_roles(work: Work, subject: Subject) -> None:
    """Roles in the mission have changed."""
    _correct_all(work, (str(grants.MISSION_ITSELF), str(subject).removeprefix("role:")))


def follow_agency(work: Work, subject: Subject) -> None:
    """The people of an agency have changed."""
    _correct_all(work, (str(subject.number()),))


def _correct_all(work: Work, changed: tuple[str, ...]) -> None:
    """Correct what was said of the roles that have changed and of those that wait, each once."""
    # Whoever was asked may have lost the role by which they could agree.
    waiting = [_about(grant).ids for grant in waiting_grants(work.session, work.mission.id)]
    for ids in (changed, *(one for one in waiting if one[: len(changed)] != changed)):
        _correct(work, *ids)


def _ask(work: Work, waiting: Sequence[Grant]) -> None:
    """Ask everybody who may agree to a role that waits, once, and tell its holder."""
    if not waiting:
        return
    agencies = agencies_by_id(work.session, work.mission.id, {grant.agency_id for grant in waiting})
    asked = to_ask(waiting, _candidates(work, list(agencies.values())))
    for grant, who in asked:
        with work.speaking_to(who.user_id):
            card = question_card(grant, agencies.get(grant.agency_id), who, work.command)
        about = _about(grant).part(who.user_id)
        tell(work, who.user_id, card, key=Key.of(about, grant.granted_at), subject=about)
    for grant in waiting:
        _tell_holder(work, grant, agencies.get(grant.agency_id), [who.user_id for one, who in asked if one is grant])


def _candidates(work: Work, agencies: Sequence[Agency]) -> list[Who]:
    users = holders_of(work.session, work.mission.id, MAY_AGREE)
    users += [user for agency in agencies for user in agency.holders(Role.HEAD_OF_AGENCY)]
    known = people_of(work.session, work.mission.id, users)
    return [who_is(work.session, work.mission.id, known[user]) for user in dict.fromkeys(users) if user in known]


def _tell_holder(work: Work, grant: Grant, agency: Agency | None, asked: Sequence[str]) -> None:
    """Tell the holder that it waits, in one message that also says when there is somebody at last who may agree."""
    with work.speaking_to(grant.user_id):
        card = own_card(grant.role, agency, asked[:MOST_NAMED], work.command)
    show_to(work, grant.user_id, Subject.of("own-role", grant.agency_id, grant.role.value, grant.user_id), card)


def waiting(work: Work, who: Who) -> list[Wait]:
    """The roles that others gave to themselves and to which this person may agree."""
    if not (who.roles & MAY_AGREE or who.has(Role.HEAD_OF_AGENCY)):
        return []
    found = [grant for grant in waiting_grants(work.session, work.mission.id) if may_agree(who, grant)]
    agencies = (
        agencies_by_id(work.session, work.mission.id, {grant.agency_id for grant in found}, people=False)
        if found
        else {}
    )
    return [question_wait(grant, agencies.get(grant.agency_id)) for grant in found]


def agree(request: Request) -> Answer:
    """The button: somebody else agrees to a role."""
    grant = _asked_about(request)
    if grant is None or not may_agree(request.who, grant):
        raise Refused(_("You cannot agree to this role: it was taken back, or it needs another admin or coordinator."))
    agency_id, role, user = grant.agency_id, grant.role.value, grant.user_id
    if not grants.agree(request.session, request.mission.id, agency_id, role, user, request.who.user_id):
        raise Refused(_("{person} has agreed to this already.").format(person=mention(grant.agreed_by or "")))
    kind, identity = ("agency", agency_id) if agency_id else ("role", role)
    request.record("roles.agreed", (kind, identity), on_behalf_of=user, role=role)
    _correct(request, agency_id, role, user)
    refresh_home(request, [user])
    return NOTHING_TO_SAY


def disagree(request: Request) -> Answer:
    """The button: somebody who may agree to a role says no, which takes it back."""
    grant = _asked_about(request)
    if grant is None or not may_decline(request.who, grant):
        raise Refused(_("You cannot say no to this role: it was taken back, or it needs another admin."))
    if not grant.waits:
        raise Refused(
            _("{person} has agreed to this already. An admin can take the role back.").format(
                person=mention(grant.agreed_by or "")
            )
        )
    held = all_grants(request.session, request.mission.id).get(grant.role, [])
    left = [user for user in held if user != grant.user_id]
    set_holders(request.session, request.mission.id, grant.role, left, request.who.user_id, request.now)
    request.record("roles.changed", ("role", grant.role.value), added=[], removed=[grant.user_id])
    refresh_home(request, [grant.user_id])
    return NOTHING_TO_SAY


def _asked_about(request: Request) -> Grant | None:
    agency_text, role, user = parts_of(request.value, 3)
    return own_grant(request.session, request.mission.id, number(agency_text), choice_in(Role, role), user)


def _about(grant: Grant) -> Subject:
    return Subject.of("grant", grant.agency_id, grant.role.value, grant.user_id)


def _correct(work: Work, *ids: str | int) -> None:
    """Let what was asked about these roles, and what their holders were told, say what is true now."""
    redraw_about(work, "mission:agreement", Subject.of("grant", *ids))
    told = shown_about(work.session, work.mission.id, Subject.of("own-role", ids[0]))
    mine = [one for one in told if one.ids[: len(ids)] == tuple(map(str, ids))]
    redraw(work, "mission:own-role", {one: f"dm:{one.ids[-1]}" for one in mine})


def draw_question(work: Work, subject: Subject) -> Card | None:
    """A question whether somebody agrees, as it is now."""
    grant, role, agency, user = _read(work, subject)
    asked = get_person(work.session, work.mission.id, subject.ids[-1])
    with work.speaking_to(subject.ids[-1]):
        if grant is None or not grant.waits:
            return answered_card(role, agency, user, grant.agreed_by if grant is not None else None)
        who = who_is(work.session, work.mission.id, asked) if asked is not None else None
        if who is None or not may_agree(who, grant):
            return passed_card(grant, agency)
        return question_card(grant, agency, who, work.command)


def draw_own(work: Work, subject: Subject) -> Card | None:
    """What a holder was told, as it is now."""
    grant, role, agency, user = _read(work, subject)
    with work.speaking_to(user):
        if grant is None:
            return answered_card(role, agency, user, None)
        if grant.agreed_by is not None:
            return agreed_card(role, agency, grant.agreed_by)
        asked = to_ask([grant], _candidates(work, [agency] if agency else []))
        return own_card(role, agency, [who.user_id for _grant, who in asked][:MOST_NAMED], work.command)


def _read(work: Work, subject: Subject) -> tuple[Grant | None, Role, Agency | None, str]:
    agency_id, role, user = number(subject.ids[0]), Role(subject.ids[1]), subject.ids[2]
    grant = own_grant(work.session, work.mission.id, agency_id, role, user)
    return grant, role, get_agency(work.session, work.mission.id, agency_id) if agency_id else None, user
