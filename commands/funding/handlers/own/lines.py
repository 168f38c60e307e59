"""The mission's own figures: the list, entering, editing, taking off the books, and what the mission has set."""

from __future__ import annotations

from datetime import date
from typing import Any

from commands.funding.handlers.own.common import agencies_of, changes_of, today_of
from commands.funding.handlers.own.reminders import watch_deadlines
from commands.funding.handlers.own.secrecy import HERE, check_handling, check_owner, is_cleared, may_open, place_of_ask
from commands.funding.rules.own import entry as e
from commands.funding.rules.own.conversion import is_placeholder
from commands.funding.rules.own.deadlines import LineWarning, deadlines_of, warnings_of
from commands.funding.rules.rights import WRITE
from commands.funding.views.own import lines as views
from commands.funding.views.own.fields import read_days, read_shared, read_words
from commands.kit.cards import Block
from commands.kit.handling import Handling
from commands.kit.pages import page_number
from commands.kit.people import learn_people
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Request, Work, opened
from storage.funding.limits import funding_limits
from storage.funding.lines import FundingLine, LineKind, get_line, lines_of
from storage.funding.model import funding_settings
from storage.funding.steps import FundingStep, steps_of
from storage.subjects import number

KIND = "line"
FIELDS = (
    "kind title donor amount currency rate status as_of source starts ends facility agency_id owner".split()  # noqa: SIM905
)


def own_summary(work: Work) -> list[str]:
    """The sums of the unclassified lines by kind, in words."""
    return views.totals_lines(lines_of(work.session, work.mission.id))


def show_lines(request: Request) -> Answer:
    """The lines that may be shown here; the value is the page."""
    number = page_number(request.value.partition("|")[0])
    here = place_of_ask(request)
    found = lines_of(request.session, request.mission.id, channel_id=here)
    stale = funding_settings(request.session, request.mission.id).stale_after_days
    may_write = WRITE.is_met_by(request.who)
    view = views.lines_form(found, number, today_of(request), stale, {HERE: here or ""}, may_write=may_write)
    return opened(request, view)


def show_line(request: Request) -> Answer:
    """One line with its deadlines and history."""
    return opened(request, _details(request, _line(request, request.value)))


def _details(request: Request, line: FundingLine) -> Block:
    limits = funding_limits(request.session, request.mission.id)
    warnings = warnings_of(line, limits)
    if is_placeholder(line.currency, line.rate):
        warnings.append(LineWarning.RATE_OF_ONE)
    ahead = [one for one in deadlines_of(line, limits) if one.on >= today_of(request)]
    steps = steps_of(request.session, request.mission.id, KIND, line.id)
    notes = {HERE: place_of_ask(request) or ""}
    return views.line_details(line, steps, ahead, warnings, notes, may_write=WRITE.is_met_by(request.who))


def _line(request: Request, identity: object) -> FundingLine:
    line = get_line(request.session, request.mission.id, number(identity))
    if line is None or not may_open(request, line):
        raise Refused(_("I do not know this figure here. Open it again from the list."))
    return line


def open_new(request: Request) -> Answer:
    """The form of a new line."""
    today = today_of(request)
    fresh = {e.OWNER: request.who.user_id, e.AS_OF: today, e.RATE_DAY: today}
    return opened(request, _form(request, fresh, {HERE: place_of_ask(request) or ""}))


def open_edit(request: Request) -> Answer:
    """The form of a line that is there."""
    line = _line(request, request.value)
    is_dollars = line.currency == "USD"
    kept = {name: getattr(line, name) for name in (e.KIND, e.TITLE, e.DONOR, e.STATUS, e.AS_OF, e.SOURCE, e.STARTS)}
    data = {
        **kept,
        **{name: getattr(line, name) for name in (e.ENDS, e.FACILITY, e.OWNER, e.HANDLING, e.CURRENCY, "version")},
        e.AMOUNT: format(line.amount, "f"),
        e.RATE: "" if is_dollars else format(line.rate, "f"),
        e.RATE_DAY: line.rate_day,
        e.RATE_SOURCE: line.rate_source,
        e.AGENCY: line.agency_id,
    }
    notes = {HERE: place_of_ask(request) or "", "line": line.id, "version": line.version}
    return opened(request, _form(request, data, notes))


def _form(request: Request, data: dict[str, Any], notes: dict[str, Any]) -> Block:
    return views.line_form(data, agencies_of(request), notes, cleared=is_cleared(request))


def take(request: Request) -> Answer:
    """The form was sent: everything wrong is named at once, else the line is saved."""
    data = _entered(request)
    line = _line(request, request.notes["line"]) if request.notes.get("line") else None
    if line is not None and line.version != request.notes.get("version"):
        said = _("Somebody changed this figure meanwhile. What you typed is here; save again to replace theirs.")
        notes = {**request.notes, "version": line.version}
        return Answer(update=_form(request, {**data, "said": said, "version": line.version}, notes))
    values = _checked(request, line, data)
    row = line or FundingLine(
        mission_id=request.mission.id,
        version=0,
        created_by=request.who.user_id,
        created_at=request.now,
        updated_at=request.now,
    )
    before = {name: getattr(row, name, None) for name in FIELDS}
    values.pop("money").into(row)
    for name, value in values.items():
        setattr(row, name, value)
    _saved(request, row, before, is_new=line is None)
    return Answer(update=_details(request, row))


def _checked(request: Request, line: FundingLine | None, data: dict[str, Any]) -> dict[str, Any]:
    """The values of the line. Raises RefusedFields with everything that is wrong."""
    mistakes = e.Mistakes()
    today = today_of(request)
    money = e.read_money(data, today, mistakes)
    title, source = e.needed(data, e.TITLE, mistakes), e.needed(data, e.SOURCE, mistakes)
    e.check_span(data, mistakes)
    as_of: date = data.get(e.AS_OF) or today
    if as_of > today:
        mistakes[e.AS_OF] = _("This day has not come yet.")
    kind = LineKind(str(data.get(e.KIND) or LineKind.PROGRAMMATIC))
    if kind is LineKind.PEACEBUILDING_FUND and not data.get(e.FACILITY):
        mistakes[e.FACILITY] = _("Choose the facility of the Peacebuilding Fund.")
    owner = str(data.get(e.OWNER) or request.who.user_id)
    placed = mistakes.take(lambda: _placed(request, line, data, owner))
    mistakes.refuse()
    assert placed is not None
    return {
        "money": money,
        "kind": kind,
        "title": title,
        "source": source,
        "as_of": as_of,
        "owner": owner,
        "handling": placed[0],
        "channel_id": placed[1],
        "donor": str(data.get(e.DONOR) or ""),
        "status": str(data.get(e.STATUS)),
        "facility": str(data.get(e.FACILITY) or "") if kind is LineKind.PEACEBUILDING_FUND else "",
        "agency_id": data.get(e.AGENCY),
        "starts": data.get(e.STARTS),
        "ends": data.get(e.ENDS),
    }


def _placed(
    request: Request, line: FundingLine | None, data: dict[str, Any], owner: str
) -> tuple[Handling, str | None]:
    if line is None:
        level, channel = check_handling(request, data)
    elif line.handling == Handling.CONFIDENTIAL and data.get(e.HANDLING) == Handling.UNCLASSIFIED:
        level, channel = Handling.UNCLASSIFIED, line.channel_id
    else:
        level, channel = Handling(line.handling), line.channel_id
    check_owner(request, owner, level, channel)
    return level, channel


def _entered(request: Request) -> dict[str, Any]:
    return {
        **read_shared(request.fields),
        **read_words(request.fields, e.TITLE, e.DONOR, e.SOURCE),
        **read_days(request.fields, e.AS_OF, e.STARTS, e.ENDS),
        **{name: request.fields.choice(name) for name in (e.KIND, e.STATUS, e.FACILITY)},
    }


def _saved(request: Request, line: FundingLine, before: dict[str, Any], *, is_new: bool) -> None:
    line.updated_at, line.version = request.now, line.version + 1
    request.session.add(line)
    request.session.flush()
    changes = {} if is_new else changes_of(before, {name: getattr(line, name) for name in FIELDS})
    _step(request, line, "" if is_new else str(before["status"]), changes)
    request.record("line.added" if is_new else "line.changed", (KIND, line.id), fields=sorted(changes))
    learn_people(request, [line.owner])
    watch_deadlines(request, line)


def _step(request: Request, line: FundingLine, before: str, changes: dict[str, Any], note: str = "") -> None:
    request.session.add(
        FundingStep(
            mission_id=request.mission.id,
            kind=KIND,
            subject_id=line.id,
            at=request.now,
            by=request.who.user_id,
            before=before,
            after=line.status,
            note=note,
            changes=changes,
        )
    )
    request.session.flush()


def take_off(request: Request) -> Answer:
    """A line leaves lists and totals; its history is kept."""
    line = _line(request, request.value)
    line.removed_at, line.updated_at, line.version = request.now, request.now, line.version + 1
    _step(request, line, line.status, {}, note=_("Taken off the books."))
    request.record("line.removed", (KIND, line.id))
    watch_deadlines(request, line)
    request.session.flush()
    request.value = ""
    return show_lines(request)
