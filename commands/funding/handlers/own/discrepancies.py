"""Discrepancies: picking a figure of FTS, saying ours, and chasing headquarters until it is settled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from commands.funding.handlers.own.common import newest_steps, write_step
from commands.funding.handlers.own.reminders import remind_on
from commands.funding.handlers.picture import read_picture
from commands.funding.rules.opening import mark_of
from commands.funding.rules.own import entry as e
from commands.funding.rules.own.discrepancies import MOVES, needs_next_date, needs_note
from commands.funding.rules.rights import WRITE
from commands.funding.rules.typed import read_amount
from commands.funding.views.money import usd
from commands.funding.views.notes import DiscrepancyNotes
from commands.funding.views.own import discrepancies as views
from commands.funding.views.own.words import discrepancy_state_name
from commands.funding.views.picture import row_name
from commands.kit.cards import Block, option, shorten
from commands.kit.entry import records
from commands.kit.pages import page_number
from commands.kit.people import learn_people
from commands.kit.pressed import BAR, parts_of, value_of
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Request, Work, opened
from storage.funding.discrepancies import (
    DiscrepancyState,
    FundingDiscrepancy,
    discrepancies_of,
    find_flows,
    get_discrepancy,
)
from storage.funding.model import Flow, get_flow
from storage.funding.steps import steps_of
from storage.letters import fits
from storage.subjects import number

KIND = "discrepancy"
OFFERED = 100
FIRST_CHASE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Published:
    """A figure of FTS that can be contradicted."""

    about: str
    label: str
    amount: Decimal | None
    as_of: date | None

    def choice(self) -> Block:
        """The figure as a choice of the form."""
        return option(shorten(self.label, 75), self.about, shorten(usd(self.amount), 75))


def show_discrepancies(request: Request) -> Answer:
    """The discrepancies; the value is the page."""
    number = page_number(parts_of(request.value, 2, BAR)[0])
    found = discrepancies_of(request.session, request.mission.id)
    return opened(
        request, views.discrepancies_form(found, number, request.today, may_write=WRITE.is_met_by(request.who))
    )


def show_discrepancy(request: Request) -> Answer:
    """One discrepancy with its history."""
    return opened(request, _details(request, _discrepancy(request, request.value)))


def _details(request: Request, one: FundingDiscrepancy) -> Block:
    steps = steps_of(request.session, request.mission.id, KIND, one.id)
    return views.discrepancy_details(one, steps, request.today, may_write=WRITE.is_met_by(request.who))


def _discrepancy(request: Request, identity: object) -> FundingDiscrepancy:
    one = get_discrepancy(request.session, request.mission.id, number(identity))
    if one is None:
        raise Refused(_("I do not know this discrepancy. Open it again from the list."))
    return one


def _follow(request: Request, one: FundingDiscrepancy) -> None:
    learn_people(request, [one.owner])
    remind_on(request, KIND, one.id, one.next_on, one.owner)


DISCREPANCY = records.RecordKind(
    name=KIND,
    fields=(),
    state="state",
    find=_discrepancy,
    write=partial(write_step, KIND),
    told=partial(newest_steps, KIND, discrepancy_state_name),
    follow=_follow,
)


def open_new(request: Request) -> Answer:
    """The form, with the figure whose button was pressed."""
    picked = _published(request, request.value)
    entry = e.DifferenceEntry(owner=request.who.user_id, next=request.today + FIRST_CHASE)
    theirs = picked.amount if picked else None
    return opened(request, views.differ_form(entry, picked.choice() if picked else None, theirs))


def offer_figures(request: Request) -> Answer:
    """Figures of FTS for what is typed: plans, clusters and flows."""
    found = [one for one in _figures(request) if fits(request.query, one.label)]
    number = re.search(r"\d+", request.query)
    wanted = number.group() if number else request.query.strip()
    found += [_of_flow(flow) for flow in find_flows(request.session, request.mission.id, wanted, OFFERED)]
    return Answer(options=tuple(one.choice() for one in found[:OFFERED]))


def _figures(work: Work) -> list[Published]:
    found: list[Published] = []
    for plan in read_picture(work).plans:
        name = row_name(plan.total.name)
        found.append(Published(value_of("plan", plan.key, by=BAR), name, plan.total.funded, plan.age.as_of))
        for row in plan.clusters:
            about = value_of("cluster", mark_of(row.key), plan.key, by=BAR)
            found.append(Published(about, f"{row_name(row.name)}, {name}", row.funded, plan.age.as_of))
    return found


def _of_flow(flow: Flow) -> Published:
    label = _("Flow {id}: {donor} → {recipient}").format(
        id=flow.fts_id, donor=row_name(flow.src_organization), recipient=row_name(flow.dest_organization)
    )
    return Published(value_of("flow", flow.id, by=BAR), label, flow.amount_usd, flow.updated_on)


def _published(request: Request, about: str) -> Published | None:
    """The figure that a choice or a button names, as it is published now."""
    kind, rest = parts_of(about, 2, BAR)
    if kind == "flow":
        flow = get_flow(request.session, request.mission.id, number(rest))
        return _of_flow(flow) if flow else None
    return next((one for one in _figures(request) if one.about == about), None)


def take(request: Request) -> Answer:
    """Save a new discrepancy with FTS's figure as it stands now."""
    fields = request.fields
    picked = _published(request, fields.choice(e.ABOUT) or "")
    mistakes = e.Mistakes()
    if picked is None:
        mistakes[e.ABOUT] = _("Choose the figure of FTS that is wrong.")
    ours = mistakes.take(lambda: read_amount(fields.text(e.OURS), e.OURS, zero=True))
    e.check_filled({name: fields.text(name) for name in (e.EVIDENCE, e.CONTACT)}, mistakes)
    next_on = e.check_next(fields.day(e.NEXT), request.today, mistakes, required=True)
    mistakes.refuse()
    assert picked is not None
    assert ours is not None
    one = _new(request, picked, ours, next_on)
    with records.changing(request, DISCREPANCY, one, about=one.about, theirs=str(one.theirs), ours=str(one.ours)):
        pass  # it is new as a whole
    return Answer(update=_details(request, one))


def _new(request: Request, picked: Published, ours: Decimal, next_on: date | None) -> FundingDiscrepancy:
    return FundingDiscrepancy(
        mission_id=request.mission.id,
        about=picked.about,
        label=picked.label,
        theirs=picked.amount,
        theirs_as_of=picked.as_of,
        ours=ours,
        evidence=request.fields.text(e.EVIDENCE),
        contact=request.fields.text(e.CONTACT),
        state=DiscrepancyState.OPEN,
        next_on=next_on,
        owner=request.fields.person(e.OWNER) or request.who.user_id,
        created_by=request.who.user_id,
        created_at=request.now,
        version=0,
    )


def open_move(request: Request) -> Answer:
    """The form that says what became of it."""
    one = _discrepancy(request, request.value)
    entry = e.MoveEntry(next=request.today + FIRST_CHASE)
    return opened(request, views.move_form(one, entry, DiscrepancyNotes(one.id, one.version)))


def take_move(request: Request) -> Answer:
    """A discrepancy moves on; FTS's figure itself is never touched here."""
    one = records.held(request, DISCREPANCY, request.noted(DiscrepancyNotes).discrepancy)
    before, after = DiscrepancyState(one.state), DiscrepancyState(request.fields.choice(e.STATE) or one.state)
    if one.version != request.noted(DiscrepancyNotes).version or after not in MOVES[before]:
        text = _("Somebody moved it meanwhile: it is {state} now. Close this and open it again.")
        raise Refused(text.format(state=discrepancy_state_name(one.state)), e.STATE)
    mistakes, note = e.Mistakes(), request.fields.text(e.NOTE)
    if needs_note(before, after) and not note:
        mistakes[e.NOTE] = _("Say in a few words what happened.")
    day, required = request.fields.day(e.NEXT), needs_next_date(after)
    next_on = e.check_next(day, request.today, mistakes, required=required)
    mistakes.refuse()
    with records.changing(request, DISCREPANCY, one, "moved", note=note):
        one.state, one.next_on = after, next_on
    return Answer(update=_details(request, one))
