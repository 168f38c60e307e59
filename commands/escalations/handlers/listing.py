"""Lists of escalations, the office's daily digest, monthly figures, and export; always only what the reader may see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from commands.escalations.handlers.cards import is_withheld, office_channel
from commands.escalations.handlers.viewers import reader_of, viewer_of
from commands.escalations.rules.access import OFFICE_ROLES, may_know, may_read
from commands.escalations.rules.exporting import TITLES, row_of
from commands.escalations.rules.figures import figures_of, month_before, month_of, read_month, span_of
from commands.escalations.views.figures import figures_form
from commands.escalations.views.listing import PAGE, Entry, ListState, digest_card, export_card, list_form
from commands.kit.dates import read_calendar
from commands.kit.files import File, send_files
from commands.kit.pages import Page, page_at, page_number
from commands.kit.permission import one_of
from commands.kit.places import not_usable
from commands.kit.post import post
from commands.kit.refused import Refused
from commands.kit.tables import Table, files_of
from commands.kit.words import _
from commands.kit.work import Answer, Request, Work, opened
from storage.agencies import all_agencies
from storage.escalations.chains import get_settings
from storage.escalations.lists import Order, Scope, count_for, known_to, list_for, raised_between
from storage.escalations.model import open_escalations
from storage.people import people_of
from storage.subjects import Key

OFFICE = one_of(*sorted(OFFICE_ROLES))
MONTHS_OFFERED = 12
# A digest that missed the morning is of no use any more: the list is one command away.
MORNING_LASTS = timedelta(hours=2)


def show_list(request: Request) -> Answer:
    """What is open, of what the reader may see; from a form, where they left it."""
    return _list(request, _look(request))


def show_mine(request: Request) -> Answer:
    """What the reader raised or joined, open or closed."""
    return _list(request, ListState(Scope.MINE, Order.NEWEST))


def choose_scope(request: Request) -> Answer:
    """Another list, from its beginning; what is closed comes newest first."""
    scope = Scope(request.value) if request.value in set(Scope) else Scope.OPEN
    order = Order.NEWEST if scope in (Scope.CLOSED, Scope.MINE) else Order.OLDEST
    return _list(request, ListState(scope, order))


def choose_order(request: Request) -> Answer:
    """The same list in another order."""
    order = Order(request.value) if request.value in set(Order) else Order.OLDEST
    return _list(request, replace(_look(request), order=order, page=0))


def turn_page(request: Request) -> Answer:
    """Another page of the list."""
    return _list(request, replace(_look(request), page=page_number(request.value)))


def _look(request: Request) -> ListState:
    return request.noted(ListState)


def _list(request: Request, state: ListState) -> Answer:
    reader = reader_of(request.who)
    count = count_for(request.session, request.mission.id, reader, state.scope)
    page: Page[Entry] = page_at(count, state.page, PAGE)
    state = replace(state, page=page.number)
    found = list_for(
        request.session, request.mission.id, reader, state.scope, state.order, limit=page.size, offset=page.before
    )
    viewers = [(viewer_of(request, request.who, this), this) for this in found]
    # The rule of the pages decides about the lists too; the query only saves reading the rest.
    entries = [Entry(this, may_read(viewer, this)) for viewer, this in viewers if may_know(viewer, this)]
    form = list_form(
        page.holding(entries), state, now=request.now, zone=request.zone, is_office=OFFICE.is_met_by(request.who)
    )
    return opened(request, form)


def show_figures(request: Request) -> Answer:
    """The figures of a month, this one when none is named."""
    this_month = month_of(request.now, request.zone)
    text = request.value or request.text
    month = read_month(text) if text else this_month
    if month is None or month > this_month:
        example = f"`{request.command('escalate')} figures {this_month:%Y-%m}`"
        raise Refused(_("Name a month that has begun, for example {example}.").format(example=example))
    found = raised_between(request.session, request.mission.id, *span_of(month, request.zone))
    months = _months(this_month)
    if month not in months:
        months.append(month)
    return opened(request, figures_form(figures_of(found), month, months))


def _months(newest: date) -> list[date]:
    months = [newest]
    while len(months) < MONTHS_OFFERED:
        months.append(month_before(months[-1]))
    return months


@dataclass(frozen=True, slots=True)
class Export:
    """The files that are sent, and how many escalations they hold."""

    files: tuple[File, ...]
    count: int


def prepare_export(request: Request) -> Export:
    """Make files of what the reader may see. What is Confidential is there without its texts.

    Raises Refused when there is nothing.
    """
    found = known_to(request.session, request.mission.id, reader_of(request.who))
    found = [this for this in found if may_know(viewer_of(request, request.who, this), this)]
    if not found:
        raise Refused(_("There is no escalation that you may see, so there is nothing to export."))
    codes = {agency.id: agency.code for agency in all_agencies(request.session, request.mission.id)}
    users = {user for this in found for user in (this.raised_by, this.closed_by) if user}
    names = {user: person.name for user, person in people_of(request.session, request.mission.id, users).items()}
    rows = [row_of(this, codes, names) for this in found]
    comment = _("Escalations of {mission}, {day}.").format(mission=request.mission.name, day=request.today.isoformat())
    files = files_of([Table("escalations", "Escalations", TITLES, rows)], request.today, comment)
    return Export(files, len(found))


def export(request: Request) -> Answer:
    """Send the files to whoever asks."""
    made = request.ready(Export)
    send_files(request, request.who.user_id, made.files, key=Key.of("export", request.who.user_id, request.now))
    request.record("escalations.exported", ("mission", request.mission.id), count=made.count)
    return Answer(say=export_card(made.count))


def send_digest(work: Work) -> None:
    """Tell the office, on working mornings, what is open and overdue; silence when nothing came before the morning."""
    calendar = read_calendar(work)
    opens = calendar.hours_of(work.now.astimezone(calendar.zone).date())[0]
    if not calendar.is_working(work.now) or work.now - opens >= MORNING_LASTS:
        return
    channel = _digest_channel(work)
    running = [one for one in open_escalations(work.session, work.mission.id) if one.raised_at < opens]
    if not running or channel is None or not_usable(work, channel) is not None:
        return
    entries = [Entry(this, not is_withheld(work, this, channel)) for this in running]
    with work.speaking_to_everyone():
        card = digest_card(entries, work.now, work.zone)
    post(work, channel, card, key=Key.of("escalations", "digest", opens.date()))


def _digest_channel(work: Work) -> str | None:
    settings = get_settings(work.session, work.mission.id)
    return (settings.digest_channel if settings else None) or office_channel(work)
