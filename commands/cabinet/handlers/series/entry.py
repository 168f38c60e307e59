"""Entering a series or a one-off meeting step by step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from commands.cabinet.handlers.access import SERIES, sits_now
from commands.cabinet.handlers.meetings.convocation import convene
from commands.cabinet.handlers.meetings.slots import AHEAD_OF_TIME, drop_planned, make_meetings_of, plan_meeting
from commands.cabinet.handlers.series.overview import form_of_everything
from commands.cabinet.handlers.series.seats import take_seats_in
from commands.cabinet.handlers.things import on_record
from commands.cabinet.rules import series_data as d
from commands.cabinet.rules.access import Act
from commands.cabinet.rules.calendar import occasions
from commands.cabinet.views.notes import SeriesNotes
from commands.cabinet.views.series.fields import read_step
from commands.cabinet.views.series.form import Entering, series_page
from commands.cabinet.views.series.preview import preview_blocks
from commands.kit.access import find, may
from commands.kit.cards import Block, mention
from commands.kit.dates import NoWorkingTimeError, read_calendar
from commands.kit.entry import steps
from commands.kit.entry.step_pages import Page
from commands.kit.handling import Handling, may_see
from commands.kit.people import learn_people
from commands.kit.permission import ADMIN_OR_COORDINATOR, clearance_of
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Request
from storage.agencies import all_agencies
from storage.cabinet.series import Series, SeriesState, members_of_series, replace_members_of_series
from storage.people import get_person, people_of
from storage.subjects import Subject

NEXT_MEETINGS = 3
ONE_OFF = "one-off"


@dataclass(frozen=True, slots=True)
class About:
    """What is entered: a series by its id (0 is a new one), or a one-off meeting."""

    series: int
    one_off: bool = False


def _form(about: About) -> steps.StepForm[d.SeriesEntry]:
    return steps.StepForm(
        verb="cabinet:series",
        draft=str(Subject.of("series", ONE_OFF if about.one_off else about.series)),
        kind=d.SeriesEntry,
        steps=d.SERIES_STEPS,
        begin=partial(_stored, about),
        read=read_step,
        check=partial(_check, about),
        page=partial(_page, about),
        save=partial(_save, about),
    )


def _noted(request: Request) -> steps.StepForm[d.SeriesEntry]:
    notes = request.noted(SeriesNotes)
    return _form(About(notes.series, notes.one_off))


def open_new(request: Request) -> Answer:
    """The form of a new series or one-off meeting, or the unfinished one."""
    return steps.open_steps(request, _form(About(0, request.value == ONE_OFF)))


def open_edit(request: Request, series: Series) -> Answer:
    """The form of a series, or the unfinished change of it."""
    return steps.open_steps(request, _form(About(series.id)))


def take(request: Request) -> Answer:
    """A step was sent: the next one, or the whole saved."""
    return steps.take(request, _noted(request))


def go_back(request: Request) -> Answer:
    """The step before."""
    return steps.go_back(request, _noted(request))


def _stored(about: About, request: Request) -> d.SeriesEntry:
    series = _allowed(request, about.series)
    if series is not None:
        return d.entry_of(series, *members_of_series(request.session, series.id))
    return d.fresh(request.today, request.who.user_id)


def _allowed(request: Request, series_id: int) -> Series | None:
    """The series that is changed, None for a new one. Raises Refused for whoever may not."""
    if series_id:
        return find(request, SERIES, series_id, Act.LEAD, lock=True)
    if not ADMIN_OR_COORDINATOR.is_met_by(request.who):
        raise Refused(_("Only a coordinator or an admin can set up a cabinet."))
    return None


def _check(about: About, request: Request, entry: d.SeriesEntry) -> Callable[[str], d.Mistakes]:
    officers = {d.CHAIR: entry.chair, d.SECRETARY: entry.secretary}
    troubles = {name: _officer_trouble(request, person, entry.handling) for name, person in officers.items()}
    facts = d.Facts(
        agencies=all_agencies(request.session, request.mission.id, active_only=True),
        calendar=read_calendar(request),
        now=request.now,
        officers={name: text for name, text in troubles.items() if text},
        one_off=about.one_off,
    )
    return partial(d.check_step, entry, facts)


def _officer_trouble(request: Request, user: str | None, level: Handling) -> str:
    """Why somebody cannot be chair or secretary; empty when they can."""
    person = get_person(request.session, request.mission.id, user or "")
    if user == request.mission.bot_user_id or (person is not None and person.is_bot):
        return _("An app cannot do this. Choose a person.")
    if person is not None and person.is_gone:
        return _("This person has left Slack. Choose somebody else.")
    if person is not None and not may_see(clearance_of(request.session, request.mission.id, person), level):
        return _("This person is not cleared for Confidential texts. Choose somebody who is.")
    return ""


def _page(about: About, request: Request, step: str, entry: d.SeriesEntry) -> Page:
    agencies = all_agencies(request.session, request.mission.id, active_only=True)
    preview = _preview(request, entry, one_off=about.one_off) if step == d.SERIES_STEPS[-1] else ()
    return series_page(Entering(about.series, entry, agencies, request.mission.zone, about.one_off, preview), step)


def _preview(request: Request, entry: d.SeriesEntry, *, one_off: bool) -> list[Block]:
    series = Series(is_one_off=one_off)
    d.fill(series, entry)
    seats = take_seats_in(request, series, entry.agencies, entry.roles)
    learn_people(request, seats.people)
    by_id = {agency.id: agency for agency in all_agencies(request.session, request.mission.id)}
    unrepresented = [by_id[one] for one in seats.unrepresented if one in by_id]
    known = people_of(request.session, request.mission.id, seats.people).values()
    return preview_blocks(
        series,
        _starts(request, series, entry),
        seats,
        unrepresented,
        request.zone,
        guests=[one.user_id for one in known if one.is_guest and not one.is_outsider],
        outsiders=[one.user_id for one in known if one.is_outsider],
    )


def _starts(request: Request, series: Series, entry: d.SeriesEntry) -> list[datetime]:
    calendar = read_calendar(request)
    if series.is_one_off:
        return [d.start_of(entry, calendar)]
    try:
        found = occasions(series, calendar, request.now, request.now + AHEAD_OF_TIME * 4)
    except NoWorkingTimeError:
        return []
    return [one.starts for one in found[:NEXT_MEETINGS]]


def _save(about: About, request: Request, entry: d.SeriesEntry) -> Answer:
    series = _allowed(request, about.series)
    sat = series is None or may(request, request.who, SERIES, series, Act.TAKE_PART)
    series = series or Series(
        mission_id=request.mission.id,
        is_one_off=about.one_off,
        created_by=request.who.user_id,
        created_at=request.now,
        version=0,
    )
    d.fill(series, entry)
    if about.one_off:
        series.every_weeks = 0
    series.state, series.version, series.updated_at = (
        series.state or SeriesState.ACTIVE,
        series.version + 1,
        request.now,
    )
    request.session.add(series)
    request.session.flush()
    replace_members_of_series(request.session, series, [] if entry.all_agencies else entry.agencies, entry.roles)
    if not sat and sits_now(request, series):
        raise Refused(_no_seat_of_ones_own(series))
    title = on_record(series.title, series.handling)
    request.record("series.saved", ("series", series.id), title=title, version=series.version)
    return _begin(request, series, entry)


def _no_seat_of_ones_own(series: Series) -> str:
    text = _(
        "You administer this series and have no seat in it, so you cannot give yourself one, nor lower its "
        "classification. Ask its secretary ({secretary}) or a coordinator."
    )
    return text.format(secretary=mention(series.secretary))


def _begin(request: Request, series: Series, entry: d.SeriesEntry) -> Answer:
    calendar = read_calendar(request)
    if series.is_one_off:
        meeting = plan_meeting(request, series, d.start_of(entry, calendar), calendar)
        convene(request, series, meeting)
        note = _("*{title}* is convened. I tell you in a direct message when its channel is ready.")
    else:
        drop_planned(request, series)
        make_meetings_of(request, series, calendar)
        note = _("*{title}* is saved. Its meetings are made by themselves, and each calls for items in time.")
    return Answer(update=form_of_everything(request, note.format(title=series.title)))
