"""Adding an agency, changing it, suspending it and bringing it back."""

from __future__ import annotations

from typing import Any

from sqlalchemy.exc import IntegrityError

from commands.agencies.handlers.finding import look_of, opened, to_change, with_agency
from commands.agencies.handlers.listing import details_view
from commands.agencies.handlers.people import last_actor, put_people
from commands.agencies.rules.editing import Draft, differences, draft_of, draft_problems, put_into
from commands.agencies.rules.fields import in_order, reason_problem, sectors_in, tidy
from commands.agencies.rules.people import ALTERNATES, FOCAL_POINTS, HEAD, People, people_problems
from commands.agencies.views.forms import agency_form, conflict_warning, suspend_form
from commands.agencies.views.messages import resumed_card
from commands.kit.agency_words import WORKING_LANGUAGES
from commands.kit.contacts import everyone
from commands.kit.post import refresh_home
from commands.kit.refused import Refused, RefusedFields
from commands.kit.say import Block
from commands.kit.tables import folded
from commands.kit.words import _, current_language
from commands.kit.work import Answer, Ask
from storage.agencies import Agency, AgencyState, all_agencies, code_key
from storage.people import people_of


def open_add(ask: Ask) -> Answer:
    """The form for a new agency; a code that was typed after the command stands in it."""
    draft = Draft(code=ask.text if ask.view is None else "", kind="")
    return opened(ask, _form(ask, draft, People(), look_of(ask).as_notes()))


def open_edit(ask: Ask) -> Answer:
    """The form for an agency the mission has."""
    return with_agency(ask, "edit", _open_edit)


def _open_edit(ask: Ask, agency: Agency) -> Answer:
    return opened(ask, _form(ask, draft_of(agency), None, _notes(ask, agency)))


def _notes(ask: Ask, agency: Agency) -> dict[str, Any]:
    return {"agency": agency.id, "version": agency.version, **look_of(ask).as_notes()}


def _form(ask: Ask, draft: Draft, people: People | None, notes: dict[str, Any], warning: str = "") -> Block:
    languages = list(dict.fromkeys([*ask.mission.languages, *WORKING_LANGUAGES]))
    return agency_form(draft, people, languages, current_language(), notes, warning)


def _typed(ask: Ask) -> Draft:
    fields = ask.fields
    sectors = [*fields.choices("sectors"), *sectors_in(fields.text("other_sectors"))]
    return Draft(
        code=fields.text("code"),
        name=tidy(fields.text("name")),
        name_fr=tidy(fields.text("name_fr")),
        kind=fields.choice("kind") or "",
        sectors=tuple(in_order(sectors)),
        duty_station=tidy(fields.text("duty_station")),
        zone=fields.choice("zone") or "",
        language=fields.choice("language") or "",
    )


def _check(ask: Ask, draft: Draft, agency: Agency | None, more: dict[str, str] | None = None) -> None:
    problems = {**_taken(ask, draft, agency), **draft_problems(draft), **(more or {})}
    if problems:
        raise RefusedFields(problems)


def _taken(ask: Ask, draft: Draft, agency: Agency | None) -> dict[str, str]:
    """Code and name belong to one agency of the mission."""
    found: dict[str, str] = {}
    for other in all_agencies(ask.session, ask.mission.id):
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


def save_new(ask: Ask) -> Answer:
    """Add the agency of the form, with its people."""
    draft = _typed(ask)
    fields = ask.fields
    people = People(fields.person(HEAD), tuple(fields.people(FOCAL_POINTS)), tuple(fields.people(ALTERNATES)))
    known = people_of(ask.session, ask.mission.id, people.everyone())
    _check(ask, draft, None, people_problems(People(), people, known))
    agency = new_agency(ask, draft)
    try:
        with ask.session.begin_nested():
            ask.session.add(agency)
            ask.session.flush()
    except IntegrityError as taken:
        raise Refused(_("Somebody has just added an agency with this code."), "code") from taken
    ask.record("agency.added", ("agency", agency.id), new=draft.as_record())
    put_people(ask, agency, people)
    refresh_home(ask, people.everyone())
    ask.session.flush()
    return Answer(update=details_view(ask, agency, _("{code} is added.").format(code=agency.code)))


def new_agency(ask: Ask, draft: Draft) -> Agency:
    """An agency as the form or a list describes it, not yet in the session."""
    agency = Agency(
        mission_id=ask.mission.id,
        code_key=code_key(draft.code),
        state=AgencyState.ACTIVE,
        state_reason="",
        version=1,
        created_at=ask.now,
        updated_at=ask.now,
        people=[],
    )
    put_into(agency, draft)
    return agency


def save_edit(ask: Ask) -> Answer:
    """Save the form, unless somebody saved meanwhile: then both texts are shown, and nothing is lost."""
    agency = to_change(ask)
    saved, draft = draft_of(agency), _typed(ask)
    _check(ask, draft, agency)
    found = differences(saved, draft)
    if found and ask.notes.get("version") != agency.version:
        warning = conflict_warning(last_actor(ask, agency), found)
        return Answer(update=_form(ask, draft, None, _notes(ask, agency), warning))
    if found:
        change_agency(ask, agency, draft)
        refresh_home(ask, everyone(agency))
        ask.session.flush()
    return Answer(update=details_view(ask, agency, _("Saved.")))


def change_agency(ask: Ask, agency: Agency, draft: Draft) -> None:
    """Put a draft into an agency and record old and new values."""
    changes = {one.field: [one.old, one.new] for one in differences(draft_of(agency), draft)}
    put_into(agency, draft)
    agency.code_key = code_key(draft.code)
    agency.version += 1
    agency.updated_at = ask.now
    ask.record("agency.changed", ("agency", agency.id), changes=changes)


def open_suspend(ask: Ask) -> Answer:
    """The form that asks why."""
    return with_agency(ask, "suspend", _open_suspend)


def _open_suspend(ask: Ask, agency: Agency) -> Answer:
    if agency.state == AgencyState.SUSPENDED:
        raise Refused(_("{code} is suspended already ({reason}).").format(code=agency.code, reason=agency.state_reason))
    return opened(ask, suspend_form(agency, _notes(ask, agency)))


def save_suspension(ask: Ask) -> Answer:
    """Suspend the agency; its history stays."""
    agency = to_change(ask)
    reason = ask.fields.text("reason")
    problem = reason_problem(reason)
    if problem:
        raise Refused(problem, "reason")
    _set_state(ask, agency, AgencyState.SUSPENDED, reason)
    return Answer(update=details_view(ask, agency, _("{code} is suspended.").format(code=agency.code)))


def resume(ask: Ask) -> Answer:
    """Bring a suspended agency back."""
    return with_agency(ask, "resume", _resume)


def _resume(ask: Ask, agency: Agency) -> Answer:
    ask.session.refresh(agency, with_for_update=True)
    if agency.state == AgencyState.ACTIVE:
        raise Refused(_("{code} is not suspended.").format(code=agency.code))
    _set_state(ask, agency, AgencyState.ACTIVE, "")
    if ask.view is not None and ask.view.kind == "modal":
        return Answer(update=details_view(ask, agency, _("{code} is active again.").format(code=agency.code)))
    return Answer(say=resumed_card(agency))


def _set_state(ask: Ask, agency: Agency, state: AgencyState, reason: str) -> None:
    verb = "agency.suspended" if state is AgencyState.SUSPENDED else "agency.resumed"
    before = [agency.state, agency.state_reason]
    agency.state, agency.state_reason = state.value, reason
    agency.version += 1
    agency.updated_at = ask.now
    ask.record(verb, ("agency", agency.id), reason=reason, before=before)
    refresh_home(ask, everyone(agency))
    ask.session.flush()
