"""Following pledges: the list, entering, moving on, reminding and being reminded later."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from commands.funding.handlers.access import OWN_PLEDGE
from commands.funding.handlers.own.common import agencies_of, newest_steps, plan_choices, write_step
from commands.funding.handlers.own.reminders import remind_on
from commands.funding.handlers.own.secrecy import (
    is_cleared,
    is_released,
    place_of_ask,
    placed,
    pledges_here,
)
from commands.funding.rules.own import entry as e
from commands.funding.rules.own.conversion import US_DOLLAR
from commands.funding.rules.own.pledges import SOON, needs_next_date, needs_reason
from commands.funding.rules.rights import WRITE
from commands.funding.views.notes import PledgeNotes
from commands.funding.views.own import pledges as views
from commands.funding.views.own.fields import NONE, read_shared
from commands.funding.views.own.settled import elsewhere_card
from commands.funding.views.own.words import pledge_state_name
from commands.kit.access import find
from commands.kit.cards import Block
from commands.kit.entry import records
from commands.kit.handling import Handling
from commands.kit.pages import page_number
from commands.kit.people import learn_people
from commands.kit.post import show, show_to
from commands.kit.pressed import BAR, parts_of
from commands.kit.promises import correct
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Request, Work, opened
from storage.funding.pledges import FundingPledge, PledgeState
from storage.funding.steps import steps_of
from storage.posts import shown_about
from storage.subjects import Subject

KIND = "pledge"


def show_pledges(request: Request) -> Answer:
    """The pledges that may be shown here; the value is the page."""
    return opened(request, _list(request, page_number(parts_of(request.value, 2, BAR)[0])))


def _list(request: Request, number: int = 0) -> Block:
    here = place_of_ask(request)
    found = pledges_here(request, here)
    may_write = WRITE.is_met_by(request.who)
    return views.pledges_form(found, number, request.today, PledgeNotes(here or ""), may_write=may_write)


def show_pledge(request: Request) -> Answer:
    """One pledge with its history."""
    pledge = _pledge(request, request.value)
    return opened(request, _details(request, pledge))


def _details(request: Request, pledge: FundingPledge) -> Block:
    steps = steps_of(request.session, request.mission.id, KIND, pledge.id)
    about = [name for key, name in plan_choices(request) if key == pledge.plan_key]
    about += [one.code for one in agencies_of(request) if one.id == pledge.agency_id]
    notes = PledgeNotes(place_of_ask(request) or "")
    may_write = WRITE.is_met_by(request.who)
    return views.pledge_details(pledge, steps, request.today, notes, about=about, may_write=may_write)


def _pledge(request: Request, identity: object) -> FundingPledge:
    return find(request, OWN_PLEDGE, identity)


def _follow(request: Request, pledge: FundingPledge) -> None:
    learn_people(request, [pledge.owner])
    remind_on(request, KIND, pledge.id, pledge.next_on, pledge.owner)
    show_current(request, pledge)


PLEDGE = records.RecordKind(
    name=KIND,
    fields=(
        *("donor", "purpose", "amount", "currency", "rate", "plan_key", "agency_id"),
        *("source", "announced_on", "owner"),
    ),
    state="state",
    find=_pledge,
    write=partial(write_step, KIND),
    told=partial(newest_steps, KIND, pledge_state_name),
    follow=_follow,
)


def open_new(request: Request) -> Answer:
    """The form of a new pledge."""
    today = request.today
    fresh = e.PledgeEntry(owner=request.who.user_id, announced=today, rate_day=today, next=today + SOON)
    return opened(request, _form(request, fresh, PledgeNotes(place_of_ask(request) or "")))


def open_edit(request: Request) -> Answer:
    """The form of a pledge that is there."""
    pledge = _pledge(request, request.value)
    notes = PledgeNotes(place_of_ask(request) or "", pledge.id, pledge.version)
    return opened(request, _form(request, _entry_of(pledge), notes))


def _entry_of(pledge: FundingPledge) -> e.PledgeEntry:
    return e.PledgeEntry(
        donor=pledge.donor,
        title=pledge.purpose,
        amount=format(pledge.amount, "f"),
        currency=pledge.currency,
        rate="" if pledge.currency == US_DOLLAR else format(pledge.rate, "f"),
        rate_day=pledge.rate_day,
        rate_source=pledge.rate_source,
        announced=pledge.announced_on,
        source=pledge.source,
        plan=pledge.plan_key,
        agency=pledge.agency_id,
        owner=pledge.owner,
        handling=Handling(pledge.handling),
        version=pledge.version,
    )


def _form(request: Request, entry: e.PledgeEntry, notes: PledgeNotes, said: str = "") -> Block:
    plans = plan_choices(request)
    return views.pledge_form(entry, agencies_of(request), plans, notes, cleared=is_cleared(request), said=said)


def take(request: Request) -> Answer:
    """The form was sent: everything wrong is named at once, else the pledge is saved."""
    pledge = records.noted(request, PLEDGE)
    entry = _entered(request, pledge.version if pledge else 0)
    said = records.changed_meanwhile(request, PLEDGE, pledge)
    if said and pledge is not None:
        return Answer(update=_form(request, entry, replace(request.noted(PledgeNotes), version=pledge.version), said))
    row = pledge or _blank(request)
    note = _("Released: no longer Confidential.") if is_released(pledge, entry) else ""
    with records.changing(request, PLEDGE, row, note=note):
        _fill(request, row, pledge, entry)
    return Answer(update=_details(request, row))


def _entered(request: Request, version: int) -> e.PledgeEntry:
    fields = request.fields
    plan = fields.choice(e.PLAN)
    return replace(
        read_shared(e.PledgeEntry(version=version), fields),
        announced=fields.day(e.ANNOUNCED),
        next=fields.day(e.NEXT),
        plan="" if plan in {None, NONE} else str(plan),
    )


def _fill(request: Request, row: FundingPledge, pledge: FundingPledge | None, entry: e.PledgeEntry) -> None:
    """Put what was entered into the row. Raises RefusedFields with everything that is wrong, before it does."""
    mistakes, today = e.Mistakes(), request.today
    money = e.read_money(entry, today, mistakes)
    e.check_filled({e.DONOR: entry.donor, e.TITLE: entry.title}, mistakes)
    next_on = row.next_on if pledge else e.check_next(entry.next, today, mistakes, required=True)
    announced, owner = entry.announced or today, entry.owner or request.who.user_id
    if announced > today:
        mistakes[e.ANNOUNCED] = _("This day has not come yet.")
    place = mistakes.take(lambda: placed(request, pledge, entry, owner))
    mistakes.refuse()
    assert money is not None
    assert place is not None
    money.into(row)
    row.handling, row.channel_id = place
    row.donor, row.purpose, row.source, row.owner = entry.donor, entry.title, entry.source, owner
    row.announced_on, row.plan_key, row.agency_id = announced, entry.plan, entry.agency
    row.next_on = next_on


def _blank(request: Request) -> FundingPledge:
    return FundingPledge(
        mission_id=request.mission.id,
        state=PledgeState.ANNOUNCED,
        flow_ref="",
        version=0,
        created_by=request.who.user_id,
        created_at=request.now,
    )


def open_move(request: Request) -> Answer:
    """The form that moves a pledge on."""
    pledge = _pledge(request, request.value)
    soon = request.today + SOON
    entry = e.MoveEntry(next=max(pledge.next_on or soon, soon), flow=pledge.flow_ref)
    notes = PledgeNotes(place_of_ask(request) or "", pledge.id, pledge.version)
    return opened(request, views.move_form(pledge, entry, notes))


def take_move(request: Request) -> Answer:
    """A pledge moves: its state, what happened, and when somebody looks again."""
    pledge = records.held(request, PLEDGE, request.noted(PledgeNotes).pledge)
    before, after = PledgeState(pledge.state), PledgeState(request.fields.choice(e.STATE) or pledge.state)
    if pledge.version != request.noted(PledgeNotes).version:
        text = _("Somebody moved this pledge meanwhile: it is {state} now. Close this and open it again.")
        raise Refused(text.format(state=pledge_state_name(pledge.state)), e.STATE)
    mistakes, note = e.Mistakes(), request.fields.text(e.NOTE)
    if needs_reason(before, after) and not note:
        mistakes[e.NOTE] = _("Say in a few words what happened.")
    day, required = request.fields.day(e.NEXT), needs_next_date(after)
    next_on = e.check_next(day, request.today, mistakes, required=required)
    mistakes.refuse()
    with records.changing(request, PLEDGE, pledge, "moved", note=note):
        pledge.state, pledge.next_on, pledge.flow_ref = after, next_on, request.fields.text(e.FLOW)
    return Answer(update=_details(request, pledge))


def show_current(work: Work, pledge: FundingPledge) -> None:
    """Keep the one message about a pledge current: a Confidential one in its channel, others with their owner."""
    today = work.today
    here = Subject.of("pledge", pledge.id) if pledge.channel_id else Subject.of("pledge", pledge.id, pledge.owner)
    for one in shown_about(work.session, work.mission.id, Subject.of("pledge", pledge.id)):
        if one != here:
            with work.speaking_to(one.ids[-1]):
                correct(work, f"dm:{one.ids[-1]}", one, elsewhere_card(pledge.owner))
    if pledge.channel_id is not None:
        with work.speaking_to_everyone():
            card = views.pledge_card(pledge, today)
        show(work, pledge.channel_id, Subject.of("pledge", pledge.id), card)
        return
    with work.speaking_to(pledge.owner):
        card = views.pledge_card(pledge, today)
    show_to(work, pledge.owner, Subject.of("pledge", pledge.id, pledge.owner), card)
