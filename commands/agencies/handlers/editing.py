"""Adding an agency, changing it, suspending it and bringing it back."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from commands.agencies.handlers.finding import list_state_of, to_change, with_agency
from commands.agencies.handlers.listing import details_view
from commands.agencies.handlers.people import last_actor, put_people
from commands.agencies.rules.editing import Draft, differences, draft_of, draft_problems, put_into
from commands.agencies.rules.fields import in_order, reason_problem, sectors_in, tidy
from commands.agencies.rules.people import ALTERNATES, FOCAL_POINTS, HEAD, People, people_problems
from commands.agencies.rules.search import AgencyNotes
from commands.agencies.views.forms import agency_form, conflict_warning, suspend_form
from commands.agencies.views.messages import resumed_card
from commands.kit.cards import Block
from commands.kit.contacts import everyone
from commands.kit.names.agencies import WORKING_LANGUAGES
from commands.kit.post import refresh_home
from commands.kit.refused import Refused, RefusedFields
from commands.kit.words import _, current_language
from commands.kit.work import Answer, Request, opened
from storage.agencies import Agency, AgencyState, all_agencies, code_key
from storage.letters import folded, identifier
from storage.people import people_of


def open_add(request: Request) -> Answer:
    """The form for a new agency; a code that was typed after the command stands in it."""
    draft = Draft(code=request.text if request.view is None else "", kind="")
    return opened(request, _form(request, draft, People(), AgencyNotes(look=list_state_of(request))))


def open_edit(request: Request) -> Answer:
    """The form for an agency the mission has."""
    return with_agency(request, "edit", _open_edit)


def _open_edit(request: Request, agency: Agency) -> Answer:
    return opened(request, _form(request, draft_of(agency), None, _notes(request, agency)))


def _notes(request: Request, agency: Agency) -> AgencyNotes:
    return AgencyNotes(agency.id, agency.version, look=list_state_of(request))


def _form(request: Request, draft: Draft, people: People | None, notes: AgencyNotes, warning: str = "") -> Block:
    languages = list(dict.fromkeys([*request.mission.languages, *WORKING_LANGUAGES]))
    return agency_form(draft, people, languages, current_language(), notes, warning)


def _typed(request: Request) -> Draft:
    fields = request.fields
    sectors = [*fields.choices("sectors"), *sectors_in(fields.text("other_sectors"))]
    return Draft(
        code=identifier(fields.text("code")),
        name=tidy(fields.text("name")),
        name_fr=tidy(fields.text("name_fr")),
        kind=fields.choice("kind") or "",
        sectors=tuple(in_order(sectors)),
        duty_station=tidy(fields.text("duty_station")),
        zone=fields.choice("zone") or "",
        language=fields.choice("language") or "",
        sphere=fields.choice("sphere") or "",
    )


def _check(request: Request, draft: Draft, agency: Agency | None, more: dict[str, str] | None = None) -> None:
    problems = {**_taken(request, draft, agency), **draft_problems(draft), **(more or {})}
    if problems:
        raise RefusedFields(problems)


def _taken(request: Request, draft: Draft, agency: Agency | None) -> dict[str, str]:
    """Code and name belong to one agency of the mission."""
    found: dict[str, str] = {}
    for other in all_agencies(request.session, request.mission.id):
        if agency is not None and other.id == agency.id:
            continue
        if other.code_key == code_key(draft.code):
            found["code"] = _("The code {code} belongs to {name}. Choose another one.").format(
                code=other.code, name=other.name
            )
        if folded(draft.name) in {folded(other.name), folded(other.name_fr)} - {""}:
            found["name"] = _("{code} has this name. Edit that agency, or write a name that tells them apart.").format(
                code=other.code
            )
    return found


def save_new(request: Request) -> Answer:
    """Add the agency of the form, with its people."""
    draft = _typed(request)
    fields = request.fields
    people = People(fields.person(HEAD), tuple(fields.people(FOCAL_POINTS)), tuple(fields.people(ALTERNATES)))
    known = people_of(request.session, request.mission.id, people.everyone())
    _check(request, draft, None, people_problems(People(), people, known))
    agency = new_agency(request, draft)
    try:
        with request.session.begin_nested():
            request.session.add(agency)
            request.session.flush()
    except IntegrityError as taken:
        raise Refused(_("Somebody has just added an agency with this code."), "code") from taken
    request.record("agency.added", ("agency", agency.id), new=draft.as_record())
    put_people(request, agency, people)
    refresh_home(request, people.everyone())
    request.session.flush()
    return Answer(update=details_view(request, agency, _("{code} is added.").format(code=agency.code)))


def new_agency(request: Request, draft: Draft) -> Agency:
    """An agency as the form or a list describes it, not yet in the session."""
    agency = Agency(
        mission_id=request.mission.id,
        code_key=code_key(draft.code),
        state=AgencyState.ACTIVE,
        state_reason="",
        version=1,
        created_at=request.now,
        updated_at=request.now,
        people=[],
    )
    put_into(agency, draft)
    return agency


def save_edit(request: Request) -> Answer:
    """Save the form, unless somebody saved meanwhile: then both texts are shown, and nothing is lost."""
    agency = to_change(request)
    saved, draft = draft_of(agency), _typed(request)
    _check(request, draft, agency)
    found = differences(saved, draft)
    if found and request.noted(AgencyNotes).version != agency.version:
        warning = conflict_warning(last_actor(request, agency), found)
        return Answer(update=_form(request, draft, None, _notes(request, agency), warning))
    if found:
        change_agency(request, agency, draft)
        refresh_home(request, everyone(agency))
        request.session.flush()
    return Answer(update=details_view(request, agency, _("Saved.")))


def change_agency(request: Request, agency: Agency, draft: Draft) -> None:
    """Put a draft into an agency and record old and new values."""
    changes = {one.field: [one.old, one.new] for one in differences(draft_of(agency), draft)}
    put_into(agency, draft)
    agency.code_key = code_key(draft.code)
    agency.version += 1
    agency.updated_at = request.now
    request.record("agency.changed", ("agency", agency.id), changes=changes)


def open_suspend(request: Request) -> Answer:
    """The form that asks why."""
    return with_agency(request, "suspend", _open_suspend)


def _open_suspend(request: Request, agency: Agency) -> Answer:
    _refuse_suspended(agency)
    return opened(request, suspend_form(agency, _notes(request, agency)))


def _refuse_suspended(agency: Agency) -> None:
    if agency.state == AgencyState.SUSPENDED:
        raise Refused(_("{code} is suspended already ({reason}).").format(code=agency.code, reason=agency.state_reason))


def save_suspension(request: Request) -> Answer:
    """Suspend the agency; its history stays."""
    agency = to_change(request)
    _refuse_suspended(agency)
    reason = request.fields.text("reason")
    problem = reason_problem(reason)
    if problem:
        raise Refused(problem, "reason")
    _set_state(request, agency, AgencyState.SUSPENDED, reason)
    return Answer(update=details_view(request, agency, _("{code} is suspended.").format(code=agency.code)))


def resume(request: Request) -> Answer:
    """Bring a suspended agency back."""
    return with_agency(request, "resume", _resume)


def _resume(request: Request, agency: Agency) -> Answer:
    request.session.refresh(agency, with_for_update=True)
    if agency.state == AgencyState.ACTIVE:
        raise Refused(_("{code} is not suspended.").format(code=agency.code))
    _set_state(request, agency, AgencyState.ACTIVE, "")
    if request.in_form:
        return Answer(update=details_view(request, agency, _("{code} is active again.").format(code=agency.code)))
    return Answer(say=resumed_card(agency))


def _set_state(request: Request, agency: Agency, state: AgencyState, reason: str) -> None:
    verb = "agency.suspended" if state is AgencyState.SUSPENDED else "agency.resumed"
    before = [agency.state, agency.state_reason]
    agency.state, agency.state_reason = state.value, reason
    agency.version += 1
    agency.updated_at = request.now
    request.record(verb, ("agency", agency.id), reason=reason, before=before)
    refresh_home(request, everyone(agency))
    request.session.flush()
