"""Following pledges: the list, entering, moving on, reminding and being reminded later."""

from __future__ import annotations

from typing import Any

from commands.funding.handlers.own.common import add_step, agencies_of, changes_of, plan_choices, today_of
from commands.funding.handlers.own.reminders import forget_reminder, remind_on
from commands.funding.handlers.own.secrecy import (
    HERE,
    check_handling,
    check_owner,
    is_cleared,
    may_open,
    place_of_ask,
    pledges_here,
)
from commands.funding.rules.own import entry as e
from commands.funding.rules.own.pledges import SOON, needs_next_date, needs_reason
from commands.funding.rules.rights import WRITE
from commands.funding.views.own import pledges as views
from commands.funding.views.own.fields import NONE, read_days, read_shared, read_words
from commands.funding.views.own.words import pledge_state_name
from commands.kit.cards import Block
from commands.kit.handling import Handling
from commands.kit.pages import page_number
from commands.kit.people import learn_people
from commands.kit.post import show, show_to
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Request, Work, opened
from storage.funding.pledges import FundingPledge, PledgeState, get_pledge
from storage.funding.steps import steps_of
from storage.subjects import Subject, number

KIND = "pledge"
FIELDS = ("donor", "purpose", "amount", "currency", "rate", "plan_key", "agency_id", "source", "announced_on", "owner")


def show_pledges(request: Request) -> Answer:
    """The pledges that may be shown here; the value is the page."""
    return opened(request, _list(request, page_number(request.value.partition("|")[0])))


def _list(request: Request, number: int = 0) -> Block:
    here = place_of_ask(request)
    found = pledges_here(request, here)
    may_write = WRITE.is_met_by(request.who)
    return views.pledges_form(found, number, today_of(request), {HERE: here or ""}, may_write=may_write)


def show_pledge(request: Request) -> Answer:
    """One pledge with its history."""
    pledge = _pledge(request, request.value)
    return opened(request, _details(request, pledge))


def _details(request: Request, pledge: FundingPledge) -> Block:
    steps = steps_of(request.session, request.mission.id, KIND, pledge.id)
    about = [name for key, name in plan_choices(request) if key == pledge.plan_key]
    about += [one.code for one in agencies_of(request) if one.id == pledge.agency_id]
    notes = {HERE: place_of_ask(request) or ""}
    may_write = WRITE.is_met_by(request.who)
    return views.pledge_details(pledge, steps, today_of(request), notes, about=about, may_write=may_write)


def _pledge(request: Request, identity: object) -> FundingPledge:
    pledge = get_pledge(request.session, request.mission.id, number(identity))
    if pledge is None or not may_open(request, pledge):
        raise Refused(_("I do not know this pledge here. Open it again from the list."))
    return pledge


def open_new(request: Request) -> Answer:
    """The form of a new pledge."""
    today = today_of(request)
    fresh = {e.OWNER: request.who.user_id, e.ANNOUNCED: today, e.RATE_DAY: today, e.NEXT: today + SOON}
    return opened(request, _form(request, fresh, {HERE: place_of_ask(request) or ""}))


def open_edit(request: Request) -> Answer:
    """The form of a pledge that is there."""
    pledge = _pledge(request, request.value)
    notes = {HERE: place_of_ask(request) or "", "pledge": pledge.id, "version": pledge.version}
    return opened(request, _form(request, _data_of(pledge), notes))


def _data_of(pledge: FundingPledge) -> dict[str, Any]:
    is_dollars = pledge.currency == "USD"
    return {
        e.DONOR: pledge.donor,
        e.TITLE: pledge.purpose,
        e.AMOUNT: format(pledge.amount, "f"),
        e.CURRENCY: pledge.currency,
        e.RATE: "" if is_dollars else format(pledge.rate, "f"),
        e.RATE_DAY: pledge.rate_day,
        e.RATE_SOURCE: pledge.rate_source,
        e.ANNOUNCED: pledge.announced_on,
        e.SOURCE: pledge.source,
        e.PLAN: pledge.plan_key,
        e.AGENCY: pledge.agency_id,
        e.OWNER: pledge.owner,
        e.HANDLING: pledge.handling,
        "version": pledge.version,
    }


def _form(request: Request, data: dict[str, Any], notes: dict[str, Any]) -> Block:
    return views.pledge_form(data, agencies_of(request), plan_choices(request), notes, cleared=is_cleared(request))


def take(request: Request) -> Answer:
    """The form was sent: everything wrong is named at once, else the pledge is saved."""
    data = _entered(request)
    pledge = _pledge(request, request.notes["pledge"]) if request.notes.get("pledge") else None
    if pledge is not None and pledge.version != request.notes.get("version"):
        said = _("Somebody changed this pledge meanwhile. What you typed is here; save again to replace theirs.")
        notes = {**request.notes, "version": pledge.version}
        return Answer(update=_form(request, {**data, "said": said, "version": pledge.version}, notes))
    mistakes = e.Mistakes()
    money = e.read_money(data, today_of(request), mistakes)
    donor, purpose = e.needed(data, e.DONOR, mistakes), e.needed(data, e.TITLE, mistakes)
    next_on = None if pledge else e.check_next(data, today_of(request), mistakes, required=True)
    announced = data.get(e.ANNOUNCED) or today_of(request)
    if announced > today_of(request):
        mistakes[e.ANNOUNCED] = _("This day has not come yet.")
    owner = str(data.get(e.OWNER) or request.who.user_id)
    placed = mistakes.take(lambda: _placed(request, pledge, data, owner))
    mistakes.refuse()
    assert money is not None
    assert placed is not None
    row = pledge or _blank(request)
    before = {name: getattr(row, name, None) for name in FIELDS}
    money.into(row)
    row.donor, row.purpose, row.source, row.owner = donor, purpose, str(data.get(e.SOURCE) or ""), owner
    row.announced_on, row.plan_key, row.agency_id = announced, str(data.get(e.PLAN) or ""), data.get(e.AGENCY)
    released = row.handling == Handling.CONFIDENTIAL and placed[0] is Handling.UNCLASSIFIED
    row.handling, row.channel_id = placed[0], placed[1]
    row.next_on = row.next_on if pledge else next_on
    _saved(request, row, before, is_new=pledge is None, released=released)
    return Answer(update=_details(request, row))


def _placed(
    request: Request, pledge: FundingPledge | None, data: dict[str, Any], owner: str
) -> tuple[Handling, str | None]:
    """The level and the channel: chosen for a new pledge, kept or released for one that is there."""
    if pledge is None:
        level, channel = check_handling(request, data)
    elif pledge.handling == Handling.CONFIDENTIAL and data.get(e.HANDLING) == Handling.UNCLASSIFIED:
        level, channel = Handling.UNCLASSIFIED, pledge.channel_id
    else:
        level, channel = Handling(pledge.handling), pledge.channel_id
    check_owner(request, owner, level, channel)
    return level, channel


def _entered(request: Request) -> dict[str, Any]:
    plan = request.fields.choice(e.PLAN)
    return {
        **read_shared(request.fields),
        **read_words(request.fields, e.DONOR, e.TITLE, e.SOURCE),
        **read_days(request.fields, e.ANNOUNCED, e.NEXT),
        e.PLAN: "" if plan in {None, NONE} else plan,
    }


def _blank(request: Request) -> FundingPledge:
    return FundingPledge(
        mission_id=request.mission.id,
        state=PledgeState.ANNOUNCED,
        flow_ref="",
        version=0,
        created_by=request.who.user_id,
        created_at=request.now,
    )


def _saved(request: Request, pledge: FundingPledge, before: dict[str, Any], *, is_new: bool, released: bool) -> None:
    pledge.updated_at, pledge.version = request.now, pledge.version + 1
    request.session.add(pledge)
    request.session.flush()
    changes = {} if is_new else changes_of(before, {name: getattr(pledge, name) for name in FIELDS})
    note = _("Released: no longer Confidential.") if released else ""
    add_step(request, KIND, pledge, "" if is_new else pledge.state, note=note, changes=changes)
    request.record("pledge.added" if is_new else "pledge.changed", (KIND, pledge.id), fields=sorted(changes))
    learn_people(request, [pledge.owner])
    remind_on(request, KIND, pledge.id, pledge.next_on, pledge.owner)
    show_current(request, pledge)


def open_move(request: Request) -> Answer:
    """The form that moves a pledge on."""
    pledge = _pledge(request, request.value)
    data = {e.NEXT: max(pledge.next_on or today_of(request), today_of(request) + SOON), e.FLOW: pledge.flow_ref}
    return opened(request, views.move_form(pledge, data, {HERE: place_of_ask(request) or ""}))


def take_move(request: Request) -> Answer:
    """A pledge moves: its state, what happened, and when somebody looks again."""
    pledge = _pledge(request, request.notes.get("pledge"))
    data = {
        e.NEXT: request.fields.day(e.NEXT),
        e.NOTE: request.fields.text(e.NOTE),
        e.FLOW: request.fields.text(e.FLOW),
    }
    before, after = PledgeState(pledge.state), PledgeState(request.fields.choice(e.STATE) or pledge.state)
    if pledge.version != request.notes.get("version"):
        text = _("Somebody moved this pledge meanwhile: it is {state} now. Close this and open it again.")
        raise Refused(text.format(state=pledge_state_name(pledge.state)), e.STATE)
    mistakes = e.Mistakes()
    if needs_reason(before, after) and not data[e.NOTE]:
        mistakes[e.NOTE] = _("Say in a few words what happened.")
    next_on = e.check_next(data, today_of(request), mistakes, required=needs_next_date(after))
    mistakes.refuse()
    pledge.state, pledge.next_on, pledge.flow_ref = after, next_on, str(data[e.FLOW])
    pledge.updated_at, pledge.version = request.now, pledge.version + 1
    add_step(request, KIND, pledge, before, note=str(data[e.NOTE]))
    request.record("pledge.moved", (KIND, pledge.id), before=before.value, after=after.value)
    forget_reminder(request, KIND, pledge.id)
    remind_on(request, KIND, pledge.id, next_on, pledge.owner)
    show_current(request, pledge)
    return Answer(update=_details(request, pledge))


def show_current(work: Work, pledge: FundingPledge) -> None:
    """Keep the one message about a pledge current: a Confidential one in its channel, others with their owner."""
    today = today_of(work)
    if pledge.channel_id is not None:
        with work.speaking_to_everyone():
            card = views.pledge_card(pledge, today)
        show(work, pledge.channel_id, Subject.of("pledge", pledge.id), card)
        return
    with work.speaking_to(pledge.owner):
        card = views.pledge_card(pledge, today)
    show_to(work, pledge.owner, Subject.of("pledge", pledge.id, pledge.owner), card)
