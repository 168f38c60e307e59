"""The people of an agency and their leave."""

from __future__ import annotations

from dataclasses import dataclass

from commands.agencies.handlers.finding import list_state_of, to_change, with_agency
from commands.agencies.handlers.leave import leave_check, presence, save_leave, tell_stand_ins
from commands.agencies.handlers.listing import details_view
from commands.agencies.rules.leave import FIRST, LAST, PERSON, EnteredLeave, leave_problems
from commands.agencies.rules.people import (
    ALTERNATES,
    FIELDS,
    FOCAL_POINTS,
    HEAD,
    People,
    Rights,
    appointments,
    people_of_agency,
    people_problems,
    rights_of,
)
from commands.agencies.rules.planning import Difference
from commands.agencies.rules.search import AgencyNotes
from commands.agencies.views.forms import conflict_warning, people_form
from commands.agencies.views.messages import appointed_card, dismissed_card
from commands.agencies.views.parts import mentions
from commands.kit.cards import Block, Card
from commands.kit.contacts import everyone
from commands.kit.people import learn_people
from commands.kit.post import refresh_home, tell
from commands.kit.promises import redraw
from commands.kit.refused import Refused, RefusedFields
from commands.kit.words import _
from commands.kit.work import Answer, Request, Work, opened
from storage import audit
from storage.agencies import Agency, Leave, get_agency, set_holders_of_agency
from storage.people import Role, people_of
from storage.posts import shown_about
from storage.subjects import Key, Subject, number

MOST_LEAVES = 100  # as many choices as a select of Slack holds


def open_people(request: Request) -> Answer:
    """The form for an agency's people and leave, as far as this person may change them."""
    return with_agency(request, "focal", _open)


def _open(request: Request, agency: Agency) -> Answer:
    rights = _rights(request, agency)
    entered = EnteredLeave(person=request.who.user_id if agency.has_person(request.who.user_id) else None)
    return opened(request, _form(request, agency, people_of_agency(agency), rights, entered))


def _rights(request: Request, agency: Agency) -> Rights:
    rights = rights_of(request.who, agency)
    if rights.any:
        return rights
    heads = mentions(agency.holders(Role.HEAD_OF_AGENCY))
    raise Refused(
        _("The people of {code} are changed by an admin, a coordinator or its head of agency ({heads}).").format(
            code=agency.code, heads=heads or _("none is named")
        )
    )


def _form(
    request: Request, agency: Agency, people: People, rights: Rights, entered: EnteredLeave, warning: str = ""
) -> Block:
    leaves = _leaves(request, agency, rights)
    names = people_of(request.session, request.mission.id, {leave.user_id for leave in leaves})
    listed = [(leave, names[leave.user_id].name if leave.user_id in names else leave.user_id) for leave in leaves]
    notes = AgencyNotes(agency.id, agency.version, tuple(leave.id for leave in leaves), list_state_of(request))
    return people_form(agency, people, listed, rights, entered, notes, warning)


def _leaves(request: Request, agency: Agency, rights: Rights) -> list[Leave]:
    """The leave that is not over and that this person may take away."""
    users = everyone(agency) if rights.any_leave else [request.who.user_id]
    return presence(request, users).ahead()[:MOST_LEAVES]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the form asks for."""

    people: People
    leave: EnteredLeave
    removed: list[Leave]


def save_people(request: Request) -> Answer:
    """Check and save people and leave; tell those who were named, draw Home of all of them again."""
    agency = to_change(request)
    rights = _rights(request, agency)
    before = people_of_agency(agency)
    wanted = _read(request, agency, before, rights)
    if request.noted(AgencyNotes).version != agency.version and wanted.people != before:
        warning = conflict_warning(last_actor(request, agency), _clashes(before, wanted.people))
        return Answer(update=_form(request, agency, wanted.people, rights, wanted.leave, warning))
    _check(request, before, wanted, _leaves(request, agency, rights))
    entered = save_leave(request, agency, wanted.removed, wanted.leave)
    put_people(request, agency, wanted.people)
    refresh_home(request, before.everyone() | wanted.people.everyone())
    request.session.flush()
    if entered is not None:
        tell_stand_ins(request, entered)
    return Answer(update=details_view(request, agency, _("Saved.")))


def _read(request: Request, agency: Agency, before: People, rights: Rights) -> _Wanted:
    fields = request.fields
    people = People(
        head=fields.person(HEAD) if rights.head else before.head,
        focal_points=tuple(fields.people(FOCAL_POINTS)) if rights.people else before.focal_points,
        alternates=tuple(fields.people(ALTERNATES)) if rights.people else before.alternates,
    )
    person = fields.person(PERSON) if rights.any_leave else request.who.user_id
    leave = EnteredLeave(person, fields.day(FIRST), fields.day(LAST))
    shown = set(request.noted(AgencyNotes).leaves or ()) if fields.has("leaves") else set()
    gone = shown - {number(one) for one in fields.choices("leaves")}
    return _Wanted(people, leave, [one for one in _leaves(request, agency, rights) if one.id in gone])


def _check(request: Request, before: People, wanted: _Wanted, leaves: list[Leave]) -> None:
    users = wanted.people.everyone() | before.everyone()
    known = people_of(request.session, request.mission.id, users)
    problems = people_problems(before, wanted.people, known)
    kept = [leave for leave in leaves if leave not in wanted.removed]
    problems |= leave_problems(wanted.leave, leave_check(request, wanted.leave.person, users, kept))
    if problems:
        raise RefusedFields(problems)


def put_people(work: Work, agency: Agency, people: People) -> None:
    """Make these the agency's people, record what changed, and tell whoever was named, once."""
    before = people_of_agency(agency)
    if people == before:
        return
    for role, users in people.holders().items():
        set_holders_of_agency(agency, role, users, work.actor, work.now)
    agency.version += 1
    agency.updated_at = work.now
    old, new = before.holders(), people.holders()
    changes = {name: [old[role], new[role]] for name, role in FIELDS.items() if old[role] != new[role]}
    work.record("agency.people", ("agency", agency.id), changes=changes)
    work.session.flush()
    learn_people(work, people.everyone())
    _correct_appointments(work, agency, before, people)
    for user, roles in appointments(before, people).items():
        with work.speaking_to(user):
            card = appointed_card(agency, roles, work.command)
        about = Subject.of("appointed", agency.id, agency.version, user)
        tell(work, user, card, key=Key.of("appointed", agency.id, user, agency.version), subject=about)


def _correct_appointments(work: Work, agency: Agency, before: People, after: People) -> None:
    """What people were told of their roles says what they are now, where that has changed."""
    changed = {user for role, users in before.holders().items() for user in set(users) ^ set(after.holders()[role])}
    found = shown_about(work.session, work.mission.id, Subject.of("appointed", agency.id))
    redraw(work, "agencies:appointed", {one: f"dm:{one.ids[-1]}" for one in found if one.ids[-1] in changed})


def draw_appointment(work: Work, subject: Subject) -> Card | None:
    """What somebody was told of their roles in an agency, as it is now."""
    agency, user = get_agency(work.session, work.mission.id, subject.number()), subject.ids[-1]
    if agency is None:
        return None
    roles = [role for role in FIELDS.values() if user in agency.holders(role)]
    with work.speaking_to(user):
        return appointed_card(agency, roles, work.command) if roles else dismissed_card(agency)


def _clashes(saved: People, typed: People) -> list[Difference]:
    old, new = saved.holders(), typed.holders()
    return [
        Difference(name, tuple(old[role]), tuple(new[role])) for name, role in FIELDS.items() if old[role] != new[role]
    ]


def last_actor(request: Request, agency: Agency) -> str:
    """Who changed this agency last; empty where nobody knows."""
    history = audit.history(request.session, request.mission.id, "agency", agency.id)
    return history[-1].actor if history else ""
