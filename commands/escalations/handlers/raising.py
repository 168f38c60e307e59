"""Raising an escalation: the form, a look at what has been raised already, and it is under way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from enum import StrEnum
from typing import Any, TypeVar

from commands.escalations.handlers.cards import gather
from commands.escalations.handlers.chain.next_step import read_times
from commands.escalations.handlers.chain.start import begin
from commands.escalations.handlers.changing import join, settle
from commands.escalations.handlers.finding import find, readable
from commands.escalations.handlers.telling import note
from commands.escalations.handlers.viewers import viewer_of
from commands.escalations.rules.access import may_know
from commands.escalations.rules.raising import (
    AGENCIES,
    ASKS,
    CODE,
    DAY,
    HANDLING,
    HOLDER,
    HOW,
    PLACE,
    REFERENCE,
    SEVERITY,
    SUMMARY,
    TIME,
    TRIED,
    Entered,
    RaiseEntry,
    entered,
    mistakes_in,
)
from commands.escalations.rules.similar import LOOK_BACK, alike
from commands.escalations.views.answers import joined_form
from commands.escalations.views.notes import RaiseNotes
from commands.escalations.views.raise_form import alike_form, raise_form
from commands.escalations.views.words import length_text, name_of
from commands.kit.cards import Block, channel_link
from commands.kit.dates import calendar_of
from commands.kit.entry.drafts import drop_draft, load_draft, save_draft
from commands.kit.handling import Handling
from commands.kit.limits import Limited, spend
from commands.kit.pressed import parts_of
from commands.kit.refused import Refused, RefusedFields
from commands.kit.words import _
from commands.kit.work import Answer, Request
from storage.agencies import all_agencies, get_agency
from storage.escalations.model import ActKind, Asks, Escalation, Severity, escalations_since
from storage.subjects import number

K = TypeVar("K", bound=StrEnum)
FORM = "escalation"
SOURCE = ("kind", "channel", "ts", "agency")


def start(request: Request) -> Answer:
    """The empty form."""
    return _form(request, RaiseEntry())


def from_elsewhere(request: Request) -> Answer:
    """A button of another place: its value may name an agency, `agency:12`, that it is about."""
    kind, identity = parts_of(request.value, 2)
    agency = get_agency(request.session, request.mission.id, number(identity))
    if kind != "agency" or agency is None:
        return _form(request, RaiseEntry())
    source = {"kind": "agency", "agency": agency.code}
    return _form(request, RaiseEntry(agencies=(agency.id,), source=source))


def from_message(request: Request) -> Answer:
    """A message somebody wrote is what it is about; only the channel it stood in is remembered."""
    message = request.message
    if message is None:
        return _form(request, RaiseEntry())
    source = {"kind": "message", "channel": message.channel, "ts": message.ts}
    intro = _("From a message in {channel}. Look that nothing in it should stay there.")
    entry = RaiseEntry(summary=message.text, source=source)
    return _form(request, entry, intro.format(channel=channel_link(message.channel)))


def _form(request: Request, entry: RaiseEntry, intro: str = "") -> Answer:
    return Answer(form=_view(request, entry, intro))


def _view(request: Request, entry: RaiseEntry, intro: str = "") -> Block:
    agencies = all_agencies(request.session, request.mission.id, active_only=True)
    return raise_form(entry, agencies, request.mission.zone, _what_severities_mean(request), intro)


def _what_severities_mean(request: Request) -> dict[str, str]:
    """What the mission's times are, in the words of a choice."""
    found = {}
    for severity in Severity:
        length = length_text(read_times(request, severity).ack)
        immediate = severity is Severity.IMMEDIATE
        text = (
            _("acknowledged within {length}, at any hour")
            if immediate
            else _("acknowledged within {length} of duty hours")
        )
        found[severity.value] = text.format(length=length)
    return found


def _entered(request: Request) -> RaiseEntry:
    fields, source = request.fields, request.noted(RaiseNotes).source
    return RaiseEntry(
        asks=_one_of(Asks, fields.choice(ASKS)),
        severity=_one_of(Severity, fields.choice(SEVERITY)),
        handling=_one_of(Handling, fields.choice(HANDLING)),
        summary=fields.text(SUMMARY),
        tried=fields.text(TRIED),
        place=fields.text(PLACE),
        code=fields.text(CODE),
        reference=fields.text(REFERENCE),
        holder=fields.text(HOLDER),
        how=fields.text(HOW),
        agencies=tuple(filter(None, map(number, fields.choices(AGENCIES)))),
        day=fields.day(DAY),
        time=fields.time_of_day(TIME),
        source=source,
    )


def _one_of(kind: type[K], chosen: str | None) -> K | None:
    return kind(chosen) if chosen in set(kind) else None


def choose_handling(request: Request) -> Answer:
    """The classification was changed: the form shows the fields that it allows."""
    return Answer(update=_view(request, _entered(request)))


def take(request: Request) -> Answer:
    """The form was sent: show what is like it, or begin."""
    entry = _entered(request)
    new = _checked(request, entry)
    seen, hidden = _alike(request, new)
    if seen:
        save_draft(request, FORM, entry)
        return Answer(form=alike_form([gather(request, one, withheld=not readable(request, one)) for one in seen]))
    return _begin(request, new, entry.source, hidden)


def take_anyway(request: Request) -> Answer:
    """Somebody saw what is like theirs and sends it all the same."""
    entry = load_draft(request, FORM, RaiseEntry)
    if entry is None:
        raise Refused(_("This was sent already. Its card is in your messages with me."))
    new = _checked(request, entry)
    seen, hidden = _alike(request, new)
    return _begin(request, new, entry.source, [*seen, *hidden])


def _checked(request: Request, entry: RaiseEntry) -> Entered:
    mistakes = mistakes_in(entry, request.zone, _day_ends(request, entry), request.now)
    known = {agency.id for agency in all_agencies(request.session, request.mission.id, active_only=True)}
    if set(entry.agencies) - known:
        mistakes[AGENCIES] = _("One of these agencies is suspended or gone. Choose again.")
    if mistakes:
        raise RefusedFields(mistakes)
    return entered(entry, request.zone, _day_ends(request, entry))


def _day_ends(request: Request, entry: RaiseEntry) -> time:
    """When the working day ends by which it is needed."""
    return calendar_of(request.mission, ()).week_on(entry.day or request.today).end


def _alike(request: Request, new: Entered) -> tuple[list[Escalation], list[Escalation]]:
    """What resembles it: what the person may know of, and what only the office is told of."""
    if new.pointer:
        return [], []
    found = alike(
        new.draft, escalations_since(request.session, request.mission.id, request.now - LOOK_BACK), request.now
    )
    seen = [one for one in found if may_know(viewer_of(request, request.who, one), one) and readable(request, one)]
    return seen, [one for one in found if one not in seen]


def _begin(request: Request, new: Entered, source: Mapping[str, str] | None, resembles: list[Escalation]) -> Answer:
    kept: dict[str, Any] = {name: str(source[name]) for name in SOURCE if name in source} if source else {}
    if resembles:
        kept["resembles"] = [one.number for one in resembles]
    if new.severity == Severity.IMMEDIATE:
        spend(request, Limited.IMMEDIATE, field=SEVERITY)
    begin(request, new, kept)
    drop_draft(request, FORM)
    return Answer(close_all=True)


def join_instead(request: Request) -> Answer:
    """It is the same matter: the person follows the one that was raised already."""
    this, _viewer = find(request, request.value)
    if not this.is_open:
        raise Refused(_("{name} has been closed meanwhile. Send yours.").format(name=name_of(this)))
    if join(request, this, request.who.user_id):
        note(request, this, ActKind.JOINED)
        settle(request, this)
    drop_draft(request, FORM)
    return Answer(update=joined_form(gather(request, this)))
