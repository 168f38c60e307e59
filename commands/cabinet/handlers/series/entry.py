"""Entering a series or a one-off meeting step by step; what was entered waits in storage until it is saved."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from commands.cabinet.handlers.meetings.convocation import convene
from commands.cabinet.handlers.meetings.slots import AHEAD_OF_TIME, drop_planned, make_meetings_of, plan_meeting
from commands.cabinet.handlers.series.overview import form_of_everything, keeps
from commands.cabinet.handlers.series.seats import take_seats_in
from commands.cabinet.rules import series_data as d
from commands.cabinet.rules.calendar import occasions
from commands.cabinet.views.series.fields import read_step
from commands.cabinet.views.series.form import Entering, series_form
from commands.cabinet.views.series.preview import preview_blocks
from commands.kit.cards import Block
from commands.kit.dates import NoWorkingTimeError, read_calendar
from commands.kit.handling import Handling, may_see
from commands.kit.introductions import meet
from commands.kit.permission import ADMIN_OR_COORDINATOR, sees, standing_of
from commands.kit.refused import Refused, RefusedFields
from commands.kit.words import _
from commands.kit.work import Answer, Request, opened
from storage.agencies import all_agencies
from storage.cabinet.series import Series, SeriesState, get_series, members_of_series, replace_members_of_series
from storage.form_drafts import drop_form, load_form, save_form
from storage.people import get_person, people_of

NEXT_MEETINGS = 3
ONE_OFF = "one-off"


def open_new(request: Request) -> Answer:
    """The form of a new series or one-off meeting, or the unfinished one."""
    if not ADMIN_OR_COORDINATOR.is_met_by(request.who):
        raise Refused(_("Only a coordinator or an admin can set up a cabinet."))
    one_off = request.value == ONE_OFF
    data = d.fresh(request.now.astimezone(request.zone).date(), request.who.user_id)
    return _open(request, 0, data, one_off=one_off)


def open_edit(request: Request, series: Series) -> Answer:
    """The form of a series, or the unfinished change of it."""
    return _open(request, series.id, d.data_of(series, *members_of_series(request.session, series.id)), one_off=False)


def _open(request: Request, series_id: int, data: dict[str, Any], *, one_off: bool) -> Answer:
    kept = load_form(request.session, request.mission.id, request.who.user_id, _name(series_id, one_off))
    note = ""
    if kept is not None and kept.get("version") == data.get("version"):
        data, note = {**data, **kept}, _("It goes on where you stopped. Nothing is saved before the last step.")
    view = _view(request, series_id, "what", data, one_off=one_off, note=note)
    return opened(request, view)


def _name(series_id: int, one_off: bool) -> str:
    return f"series:{ONE_OFF if one_off else series_id}"


def take(request: Request) -> Answer:
    """A step was sent: the next one, or the whole saved."""
    series_id, step, one_off, data = _entered(request)
    mistakes = d.check_step(step, data, _facts(request, data, one_off=one_off))
    if mistakes:
        raise RefusedFields(mistakes)
    save_form(request.session, request.mission.id, request.who.user_id, _name(series_id, one_off), data, request.now)
    if step == d.SERIES_STEPS[-1]:
        return _save(request, series_id, data, one_off=one_off)
    after = d.SERIES_STEPS[d.SERIES_STEPS.index(step) + 1]
    return Answer(update=_view(request, series_id, after, data, one_off=one_off))


def go_back(request: Request) -> Answer:
    """The step before; what was entered on this one is kept, right or wrong."""
    series_id, step, one_off, data = _entered(request)
    save_form(request.session, request.mission.id, request.who.user_id, _name(series_id, one_off), data, request.now)
    before = d.SERIES_STEPS[max(d.SERIES_STEPS.index(step) - 1, 0)]
    return Answer(update=_view(request, series_id, before, data, one_off=one_off))


def _entered(request: Request) -> tuple[int, str, bool, dict[str, Any]]:
    series_id, one_off = int(request.notes.get("series") or 0), bool(request.notes.get("one_off"))
    step = str(request.notes.get("step"))
    step = step if step in d.SERIES_STEPS else d.SERIES_STEPS[0]
    series = _allowed(request, series_id)
    kept = load_form(request.session, request.mission.id, request.who.user_id, _name(series_id, one_off))
    if kept is None:
        today = request.now.astimezone(request.zone).date()
        known = d.data_of(series, *members_of_series(request.session, series.id)) if series is not None else None
        kept = known or d.fresh(today, request.who.user_id)
    return series_id, step, one_off, read_step(step, request.fields, kept)


def _allowed(request: Request, series_id: int) -> Series | None:
    """The series that is changed, None for a new one. Raises Refused for whoever may not."""
    series = get_series(request.session, request.mission.id, series_id) if series_id else None
    if series_id and (series is None or not keeps(request, series) or not sees(request.who, series.handling)):
        raise Refused(_("I do not know this series any more. Open the list again."))
    if series is None and not ADMIN_OR_COORDINATOR.is_met_by(request.who):
        raise Refused(_("Only a coordinator or an admin can set up a cabinet."))
    return series


def _facts(request: Request, data: d.Data, *, one_off: bool) -> d.Facts:
    return d.Facts(
        agencies=all_agencies(request.session, request.mission.id, active_only=True),
        calendar=read_calendar(request),
        now=request.now,
        officers={name: text for name in (d.CHAIR, d.SECRETARY) if (text := _officer_trouble(request, data, name))},
        one_off=one_off,
    )


def _officer_trouble(request: Request, data: d.Data, name: str) -> str:
    """Why somebody cannot be chair or secretary; empty when they can."""
    user = data.get(name) or ""
    person = get_person(request.session, request.mission.id, user)
    if user == request.mission.bot_user_id or (person is not None and person.is_bot):
        return _("An app cannot do this. Choose a person.")
    if person is not None and person.is_gone:
        return _("This person has left Slack. Choose somebody else.")
    if person is not None and not may_see(
        standing_of(request.session, request.mission.id, person), Handling(data[d.HANDLING])
    ):
        return _("This person is not cleared for Confidential texts. Choose somebody who is.")
    return ""


def _view(request: Request, series_id: int, step: str, data: dict[str, Any], *, one_off: bool, note: str = "") -> Block:
    agencies = all_agencies(request.session, request.mission.id, active_only=True)
    preview = _preview(request, data, one_off=one_off) if step == d.SERIES_STEPS[-1] else ()
    return series_form(Entering(series_id, step, data, agencies, request.mission.zone, one_off, note, preview))


def _preview(request: Request, data: dict[str, Any], *, one_off: bool) -> list[Block]:
    series = Series(is_one_off=one_off)
    d.fill(series, data)
    seats = take_seats_in(request, series, data[d.AGENCIES], data[d.ROLES])
    meet(request, seats.people)
    by_id = {agency.id: agency for agency in all_agencies(request.session, request.mission.id)}
    unrepresented = [by_id[one] for one in seats.unrepresented if one in by_id]
    known = people_of(request.session, request.mission.id, seats.people).values()
    return preview_blocks(
        series,
        _starts(request, series, data),
        seats,
        unrepresented,
        request.zone,
        guests=[one.user_id for one in known if one.is_guest and not one.is_outsider],
        outsiders=[one.user_id for one in known if one.is_outsider],
    )


def _starts(request: Request, series: Series, data: d.Data) -> list[datetime]:
    calendar = read_calendar(request)
    if series.is_one_off:
        return [d.start_of(data, calendar)]
    try:
        found = occasions(series, calendar, request.now, request.now + AHEAD_OF_TIME * 4)
    except NoWorkingTimeError:
        return []
    return [one.starts for one in found[:NEXT_MEETINGS]]


def _save(request: Request, series_id: int, data: dict[str, Any], *, one_off: bool) -> Answer:
    facts = _facts(request, data, one_off=one_off)
    for step in d.SERIES_STEPS:
        if d.check_step(step, data, facts):
            # Something that was right has become wrong, for example a moment that has passed meanwhile.
            note = _("Please look at this step again.")
            return Answer(update=_view(request, series_id, step, data, one_off=one_off, note=note))
    series = _allowed(request, series_id)
    if series is not None and series.version != data.get("version"):
        return _conflict(request, series, data)
    series = series or Series(
        mission_id=request.mission.id,
        is_one_off=one_off,
        created_by=request.who.user_id,
        created_at=request.now,
        version=0,
    )
    d.fill(series, data)
    if one_off:
        series.every_weeks = 0
    series.state, series.version, series.updated_at = (
        series.state or SeriesState.ACTIVE,
        series.version + 1,
        request.now,
    )
    request.session.add(series)
    request.session.flush()
    replace_members_of_series(request.session, series, [] if data[d.ALL_AGENCIES] else data[d.AGENCIES], data[d.ROLES])
    drop_form(request.session, request.mission.id, request.who.user_id, _name(series_id, one_off))
    request.record("series.saved", ("series", series.id), title=series.title, version=series.version)
    return _begin(request, series, data, facts)


def _begin(request: Request, series: Series, data: d.Data, facts: d.Facts) -> Answer:
    if series.is_one_off:
        meeting = plan_meeting(request, series, d.start_of(data, facts.calendar), facts.calendar)
        convene(request, series, meeting)
        note = _("*{title}* is convened. I tell you in a direct message when its channel is ready.")
    else:
        drop_planned(request, series)
        make_meetings_of(request, series, facts.calendar)
        note = _("*{title}* is saved. Its meetings are made by themselves, and each calls for items in time.")
    return Answer(update=form_of_everything(request, note.format(title=series.title)))


def _conflict(request: Request, series: Series, data: dict[str, Any]) -> Answer:
    note = _(
        "Somebody else has changed this series meanwhile. What you entered is here; "
        "save it once more to replace theirs."
    )
    renewed = {**data, "version": series.version}
    save_form(request.session, request.mission.id, request.who.user_id, _name(series.id, False), renewed, request.now)
    return Answer(update=_view(request, series.id, d.SERIES_STEPS[-1], renewed, one_off=False, note=note))
