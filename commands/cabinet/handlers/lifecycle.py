"""What becomes of a series: paused, resumed, ended; and what its menu offers."""

from __future__ import annotations

from collections.abc import Callable

from commands.cabinet.handlers.keeping import form_of_everything, kept_series, said_of
from commands.cabinet.handlers.making import drop_planned, make_meetings_of
from commands.cabinet.handlers.scheduling import open_convene
from commands.cabinet.handlers.series import open_edit
from commands.cabinet.views import meetings as v
from commands.kit.dates import read_calendar
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Ask
from storage.cabinet import Series, SeriesState


def act(ask: Ask) -> Answer:
    """A choice in a series' menu: `SERIES:VERB`."""
    identity, _colon, verb = ask.value.partition(":")
    series = kept_series(ask, identity)
    choices: dict[str, Callable[[Ask, Series], Answer]] = {
        v.EDIT: open_edit,
        v.CONVENE: open_convene,
        v.PAUSE: pause,
        v.RESUME: resume,
        v.END: lambda _ask, series: Answer(form=v.end_form(series)),
    }
    if verb not in choices:
        raise Refused(_("I do not know this choice any more. Open the list again."))
    return choices[verb](ask, series)


def pause(ask: Ask, series: Series) -> Answer:
    """No new meetings; the convened ones go on."""
    _become(ask, series, SeriesState.PAUSED)
    drop_planned(ask, series)
    note = _("*{title}* is paused. Meetings that were convened already go on.")
    return Answer(update=form_of_everything(ask, said_of(series, note)))


def resume(ask: Ask, series: Series) -> Answer:
    """New meetings from now on; what was skipped meanwhile is not made up for."""
    _become(ask, series, SeriesState.ACTIVE)
    make_meetings_of(ask, series, read_calendar(ask))
    return Answer(update=form_of_everything(ask, said_of(series, _("*{title}* goes on."))))


def end(ask: Ask) -> Answer:
    """The series is over; its records stay."""
    series = kept_series(ask, str(ask.notes.get("series") or ""))
    _become(ask, series, SeriesState.ENDED)
    drop_planned(ask, series)
    return Answer(update=form_of_everything(ask, said_of(series, _("*{title}* has ended. Its records stay."))))


def _become(ask: Ask, series: Series, state: SeriesState) -> None:
    series.state, series.version, series.updated_at = state, series.version + 1, ask.now
    ask.session.flush()
    ask.record(f"series.{state.value}", ("series", series.id), title=series.title)
