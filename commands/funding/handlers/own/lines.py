"""The mission's own figures: the list, entering, editing, taking off the books, and what the mission has set."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from commands.funding.handlers.access import OWN_FIGURE
from commands.funding.handlers.own.common import agencies_of, newest_steps, write_step
from commands.funding.handlers.own.reminders import watch_deadlines
from commands.funding.handlers.own.secrecy import is_cleared, place_of_ask, placed
from commands.funding.rules.own import entry as e
from commands.funding.rules.own.conversion import US_DOLLAR, is_placeholder
from commands.funding.rules.own.deadlines import LineWarning, deadlines_of, warnings_of
from commands.funding.rules.rights import WRITE
from commands.funding.views.notes import LineNotes
from commands.funding.views.own import lines as views
from commands.funding.views.own.fields import read_shared
from commands.funding.views.own.words import line_status_name
from commands.kit.access import find
from commands.kit.cards import Block
from commands.kit.entry import records
from commands.kit.handling import Handling
from commands.kit.pages import page_number
from commands.kit.people import learn_people
from commands.kit.pressed import BAR, parts_of
from commands.kit.words import _
from commands.kit.work import Answer, Request, Work, opened
from storage.funding.limits import funding_limits
from storage.funding.lines import Facility, FundingLine, LineKind, LineStatus, lines_of
from storage.funding.model import funding_settings
from storage.funding.steps import steps_of

KIND = "line"


def own_summary(work: Work) -> list[str]:
    """The sums of the unclassified lines by kind, in words."""
    return views.totals_lines(lines_of(work.session, work.mission.id))


def show_lines(request: Request) -> Answer:
    """The lines that may be shown here; the value is the page."""
    number = page_number(parts_of(request.value, 2, BAR)[0])
    here = place_of_ask(request)
    found = lines_of(request.session, request.mission.id, channel_id=here)
    stale = funding_settings(request.session, request.mission.id).stale_after_days
    may_write = WRITE.is_met_by(request.who)
    view = views.lines_form(found, number, request.today, stale, LineNotes(here or ""), may_write=may_write)
    return opened(request, view)


def show_line(request: Request) -> Answer:
    """One line with its deadlines and history."""
    return opened(request, _details(request, _line(request, request.value)))


def _details(request: Request, line: FundingLine) -> Block:
    limits = funding_limits(request.session, request.mission.id)
    warnings = warnings_of(line, limits)
    if is_placeholder(line.currency, line.rate):
        warnings.append(LineWarning.RATE_OF_ONE)
    ahead = [one for one in deadlines_of(line, limits) if one.on >= request.today]
    steps = steps_of(request.session, request.mission.id, KIND, line.id)
    notes = LineNotes(place_of_ask(request) or "")
    return views.line_details(line, steps, ahead, warnings, notes, may_write=WRITE.is_met_by(request.who))


def _line(request: Request, identity: object) -> FundingLine:
    return find(request, OWN_FIGURE, identity)


def _follow(request: Request, line: FundingLine) -> None:
    learn_people(request, [line.owner])
    watch_deadlines(request, line)


LINE = records.RecordKind(
    name=KIND,
    fields=(
        *("kind", "title", "donor", "amount", "currency", "rate", "status", "as_of", "source"),
        *("starts", "ends", "facility", "agency_id", "owner"),
    ),
    state="status",
    find=_line,
    write=partial(write_step, KIND),
    told=partial(newest_steps, KIND, line_status_name),
    follow=_follow,
)


def open_new(request: Request) -> Answer:
    """The form of a new line."""
    today = request.today
    fresh = e.LineEntry(owner=request.who.user_id, as_of=today, rate_day=today)
    return opened(request, _form(request, fresh, LineNotes(place_of_ask(request) or "")))


def open_edit(request: Request) -> Answer:
    """The form of a line that is there."""
    line = _line(request, request.value)
    entry = e.LineEntry(
        kind=LineKind(line.kind),
        title=line.title,
        donor=line.donor,
        amount=format(line.amount, "f"),
        currency=line.currency,
        rate="" if line.currency == US_DOLLAR else format(line.rate, "f"),
        rate_day=line.rate_day,
        rate_source=line.rate_source,
        status=LineStatus(line.status),
        as_of=line.as_of,
        source=line.source,
        starts=line.starts,
        ends=line.ends,
        facility=Facility(line.facility) if line.facility else None,
        agency=line.agency_id,
        owner=line.owner,
        handling=Handling(line.handling),
        version=line.version,
    )
    return opened(request, _form(request, entry, LineNotes(place_of_ask(request) or "", line.id, line.version)))


def _form(request: Request, entry: e.LineEntry, notes: LineNotes, said: str = "") -> Block:
    return views.line_form(entry, agencies_of(request), notes, cleared=is_cleared(request), said=said)


def take(request: Request) -> Answer:
    """The form was sent: everything wrong is named at once, else the line is saved."""
    line = records.noted(request, LINE)
    entry = _entered(request, line.version if line else 0)
    said = records.changed_meanwhile(request, LINE, line)
    if said and line is not None:
        return Answer(update=_form(request, entry, replace(request.noted(LineNotes), version=line.version), said))
    row = line or FundingLine(
        mission_id=request.mission.id, version=0, created_by=request.who.user_id, created_at=request.now
    )
    with records.changing(request, LINE, row):
        _fill(request, row, line, entry)
    return Answer(update=_details(request, row))


def _entered(request: Request, version: int) -> e.LineEntry:
    fields = request.fields
    facility = fields.choice(e.FACILITY)
    return replace(
        read_shared(e.LineEntry(version=version), fields),
        kind=LineKind(fields.choice(e.KIND) or LineKind.PROGRAMMATIC),
        status=LineStatus(fields.choice(e.STATUS) or LineStatus.COMMITMENT),
        facility=Facility(facility) if facility else None,
        as_of=fields.day(e.AS_OF),
        starts=fields.day(e.STARTS),
        ends=fields.day(e.ENDS),
    )


def _fill(request: Request, row: FundingLine, line: FundingLine | None, entry: e.LineEntry) -> None:
    """Put what was entered into the row. Raises RefusedFields with everything that is wrong, before it does."""
    mistakes, today = e.Mistakes(), request.today
    money = e.read_money(entry, today, mistakes)
    e.check_filled({e.TITLE: entry.title, e.SOURCE: entry.source}, mistakes)
    e.check_span(entry.starts, entry.ends, mistakes)
    as_of, owner = entry.as_of or today, entry.owner or request.who.user_id
    if as_of > today:
        mistakes[e.AS_OF] = _("This day has not come yet.")
    is_of_the_fund = entry.kind is LineKind.PEACEBUILDING_FUND
    if is_of_the_fund and entry.facility is None:
        mistakes[e.FACILITY] = _("Choose the facility of the Peacebuilding Fund.")
    place = mistakes.take(lambda: placed(request, line, entry, owner))
    mistakes.refuse()
    assert money is not None
    assert place is not None
    money.into(row)
    row.handling, row.channel_id = place
    row.kind, row.title, row.donor, row.source = entry.kind, entry.title, entry.donor, entry.source
    row.status, row.as_of, row.starts, row.ends = entry.status, as_of, entry.starts, entry.ends
    row.facility = entry.facility if is_of_the_fund and entry.facility else ""
    row.agency_id, row.owner = entry.agency, owner


def take_off(request: Request) -> Answer:
    """A line leaves lists and totals; its history is kept."""
    line = records.held(request, LINE, request.value)
    with records.changing(request, LINE, line, "removed", note=_("Taken off the books.")):
        line.removed_at = request.now
    request.value = ""
    return show_lines(request)
