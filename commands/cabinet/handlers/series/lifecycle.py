"""What becomes of a series: paused, resumed, ended; and what its menu offers."""

from __future__ import annotations

from collections.abc import Callable

from commands.cabinet.handlers.meetings.schedule import open_convene
from commands.cabinet.handlers.meetings.slots import drop_planned, make_meetings_of
from commands.cabinet.handlers.series.entry import open_edit
from commands.cabinet.handlers.series.overview import form_of_everything, kept_series, said_of
from commands.cabinet.handlers.things import on_record
from commands.cabinet.views.meetings import overview as v
from commands.cabinet.views.notes import ConveneNotes
from commands.kit.dates import read_calendar
from commands.kit.pressed import parts_of
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Request
from storage.cabinet.series import Series, SeriesState


def act(request: Request) -> Answer:
    """A choice in a series' menu: `SERIES:VERB`."""
    identity, verb = parts_of(request.value, 2)
    series = kept_series(request, identity)
    choices: dict[str, Callable[[Request, Series], Answer]] = {
        v.EDIT: open_edit,
        v.CONVENE: open_convene,
        v.PAUSE: pause,
        v.RESUME: resume,
        v.END: lambda _ask, series: Answer(form=v.end_form(series)),
    }
    if verb not in choices:
        raise Refused(_("I do not know this choice any more. Open the list again."))
    return choices[verb](request, series)


def pause(request: Request, series: Series) -> Answer:
    """No new meetings; the convened ones go on."""
    _become(request, series, SeriesState.PAUSED)
    drop_planned(request, series)
    note = _("*{title}* is paused. Meetings that were convened already go on.")
    return Answer(update=form_of_everything(request, said_of(series, note)))


def resume(request: Request, series: Series) -> Answer:
    """New meetings from now on; what was skipped meanwhile is not made up for."""
    _become(request, series, SeriesState.ACTIVE)
    make_meetings_of(request, series, read_calendar(request))
    return Answer(update=form_of_everything(request, said_of(series, _("*{title}* goes on."))))


def end(request: Request) -> Answer:
    """The series is over; its records stay."""
    series = kept_series(request, request.noted(ConveneNotes).series)
    _become(request, series, SeriesState.ENDED)
    drop_planned(request, series)
    return Answer(update=form_of_everything(request, said_of(series, _("*{title}* has ended. Its records stay."))))


def _become(request: Request, series: Series, state: SeriesState) -> None:
    series.state, series.version, series.updated_at = state, series.version + 1, request.now
    request.session.flush()
    request.record(f"series.{state.value}", ("series", series.id), title=on_record(series.title, series.handling))
