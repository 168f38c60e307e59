"""Looking at roles and changing them."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

from commands.kit.permission import ADMIN
from commands.kit.post import refresh_home, tell
from commands.kit.refused import Refused, RefusedFields
from commands.kit.words import _
from commands.kit.work import NOTHING_TO_SAY, Answer, Request
from commands.mission.rules.roles import Change, changes, check_holders, fingerprint, new_roles
from commands.mission.views.notes import RolesNotes
from commands.mission.views.roles import granted_card, person_card, roles_card, roles_form
from storage.agencies import agencies_by_id, agency_roles
from storage.grants import MISSION_ITSELF, waiting_grants
from storage.outbox import Call, put
from storage.people import MISSION_ROLES, Role, all_grants, granted_roles, people_of, set_holders
from storage.subjects import Key


def show_roles(request: Request) -> Answer:
    """Who holds which role; with a person after the command, what that person is."""
    if request.text:
        return _show_person(request)
    holders = all_grants(request.session, request.mission.id)
    waiting = waiting_grants(request.session, request.mission.id)
    marked = {(one.role, one.user_id) for one in waiting if one.agency_id == MISSION_ITSELF}
    return Answer(say=roles_card(holders, marked, is_admin=ADMIN.is_met_by(request.who)))


def _show_person(request: Request) -> Answer:
    if not request.mentions:
        raise Refused(
            _("Name a person with @, as in {command}.").format(command=f"{request.command('mission')} roles @…")
        )
    user = request.mentions[0]
    held = granted_roles(request.session, request.mission.id, user)
    in_agencies = agency_roles(request.session, request.mission.id, user)
    agencies = agencies_by_id(request.session, request.mission.id, in_agencies, people=False)
    listed = [(agencies[one].code, sorted(roles)) for one, roles in in_agencies.items() if one in agencies]
    codes = {MISSION_ITSELF: "", **{one: agency.code for one, agency in agencies.items()}}
    grants = waiting_grants(request.session, request.mission.id)
    waiting = {(codes[one.agency_id], one.role) for one in grants if one.user_id == user and one.agency_id in codes}
    return Answer(say=person_card(user, [role for role in MISSION_ROLES if role in held], sorted(listed), waiting))


def open_roles(request: Request) -> Answer:
    """The form with one field for each role."""
    holders = all_grants(request.session, request.mission.id)
    return Answer(form=roles_form(holders, fingerprint(holders)))


def choose_people(request: Request) -> Answer:
    """Somebody was chosen in the open form: ask Slack who they are, so that Save can tell."""
    chosen = {user for role in MISSION_ROLES for user in request.fields.people(role.value)}
    known = people_of(request.session, request.mission.id, chosen)
    for user in sorted(chosen):
        if user not in known:
            call = Call(
                key=Key.of("person", user, uuid4().hex),
                method="person.read",
                arguments={"user": user},
                lane=f"home:{user}",
                request_id=request.request_id,
            )
            put(request.session, request.mission.id, call, request.now)
    return NOTHING_TO_SAY


def save_roles(request: Request) -> Answer:
    """Check and save the form, tell new holders, draw their Home again."""
    held = all_grants(request.session, request.mission.id)
    if request.noted(RolesNotes).version != fingerprint(held):
        raise Refused(_("Somebody else changed roles while you had this open. Close it and open it again."))
    wanted = {role: request.fields.people(role.value) for role in MISSION_ROLES}
    everybody = {user for users in wanted.values() for user in users}
    errors = check_holders(wanted, people_of(request.session, request.mission.id, everybody))
    if errors:
        raise RefusedFields(errors)
    made = changes(held, wanted)
    for change in made:
        _apply(request, change, wanted)
    for user, roles in new_roles(made).items():
        _tell(request, user, roles)
    refresh_home(request, {user for change in made for user in change.added | change.removed})
    return NOTHING_TO_SAY


def _apply(request: Request, change: Change, wanted: Mapping[Role, list[str]]) -> None:
    set_holders(request.session, request.mission.id, change.role, wanted[change.role], request.who.user_id, request.now)
    request.record(
        "roles.changed",
        ("role", change.role.value),
        added=sorted(change.added),
        removed=sorted(change.removed),
    )


def _tell(request: Request, user: str, roles: list[Role]) -> None:
    """One message for all roles gained at once; none to somebody who gave a role to themselves."""
    if user == request.who.user_id:
        return
    with request.speaking_to(user):
        card = granted_card(roles, request.who.user_id, request.mission.name, request.command)
    names = ",".join(role.value for role in roles)
    tell(request, user, card, key=Key.of("role", user, names, request.request_id))
