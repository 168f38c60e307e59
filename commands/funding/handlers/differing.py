"""Discrepancies: picking a figure of FTS, saying ours, and chasing headquarters until it is settled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from commands.funding.handlers.common import add_step, opened, today_of
from commands.funding.handlers.picture import read_picture
from commands.funding.handlers.reminders import forget_reminder, remind_on
from commands.funding.rules import entering as e
from commands.funding.rules.discrepancy_moves import MOVES, needs_next_date, needs_note
from commands.funding.rules.opening import mark_of
from commands.funding.rules.rights import WRITE
from commands.funding.rules.typed import read_amount
from commands.funding.views import discrepancies as views
from commands.funding.views.money import usd
from commands.funding.views.picture import row_name
from commands.funding.views.words import discrepancy_state_name
from commands.kit.people import meet
from commands.kit.refused import Refused
from commands.kit.say import Block, option, shorten
from commands.kit.words import _
from commands.kit.work import Answer, Ask, Work
from storage.funding import Flow, get_flow
from storage.funding_discrepancies import (
    DiscrepancyState,
    FundingDiscrepancy,
    discrepancies_of,
    find_flows,
    get_discrepancy,
)
from storage.funding_steps import steps_of

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


def show_discrepancies(ask: Ask) -> Answer:
    """The discrepancies; the value is the page."""
    page = ask.value.partition("|")[0]
    found = discrepancies_of(ask.session, ask.mission.id)
    number = int(page) if page.isdigit() else 0
    return opened(ask, views.discrepancies_form(found, number, today_of(ask), may_write=WRITE.is_met_by(ask.who)))


def show_discrepancy(ask: Ask) -> Answer:
    """One discrepancy with its history."""
    return opened(ask, _details(ask, _discrepancy(ask, ask.value)))


def _details(ask: Ask, one: FundingDiscrepancy) -> Block:
    steps = steps_of(ask.session, ask.mission.id, KIND, one.id)
    return views.discrepancy_details(one, steps, today_of(ask), may_write=WRITE.is_met_by(ask.who))


def _discrepancy(ask: Ask, identity: object) -> FundingDiscrepancy:
    number = str(identity)
    one = get_discrepancy(ask.session, ask.mission.id, int(number)) if number.isdigit() else None
    if one is None:
        raise Refused(_("I do not know this discrepancy. Open it again from the list."))
    return one


def open_new(ask: Ask) -> Answer:
    """The form, with the figure whose button was pressed."""
    picked = _published(ask, ask.value)
    data = {e.OWNER: ask.who.user_id, e.NEXT: today_of(ask) + FIRST_CHASE}
    theirs = picked.amount if picked else None
    return opened(ask, views.differ_form(data, picked.choice() if picked else None, theirs, {}))


def offer_figures(ask: Ask) -> Answer:
    """Figures of FTS for what is typed: plans, clusters and flows."""
    typed = ask.query.casefold()
    found = [one for one in _figures(ask) if typed in one.label.casefold()]
    number = re.search(r"\d+", ask.query)
    wanted = number.group() if number else ask.query.strip()
    found += [_of_flow(flow) for flow in find_flows(ask.session, ask.mission.id, wanted, OFFERED)]
    return Answer(options=tuple(one.choice() for one in found[:OFFERED]))


def _figures(work: Work) -> list[Published]:
    found: list[Published] = []
    for plan in read_picture(work).plans:
        name = row_name(plan.total.name)
        found.append(Published(f"plan|{plan.key}", name, plan.total.funded, plan.age.as_of))
        for row in plan.clusters:
            about = f"cluster|{mark_of(row.key)}|{plan.key}"
            found.append(Published(about, f"{row_name(row.name)}, {name}", row.funded, plan.age.as_of))
    return found


def _of_flow(flow: Flow) -> Published:
    label = _("Flow {id}: {donor} → {recipient}").format(
        id=flow.fts_id, donor=row_name(flow.src_organization), recipient=row_name(flow.dest_organization)
    )
    return Published(f"flow|{flow.id}", label, flow.amount_usd, flow.updated_on)


def _published(ask: Ask, about: str) -> Published | None:
    """The figure that a choice or a button names, as it is published now."""
    kind, _bar, rest = about.partition("|")
    if kind == "flow":
        flow = get_flow(ask.session, ask.mission.id, int(rest)) if rest.isdigit() else None
        return _of_flow(flow) if flow else None
    return next((one for one in _figures(ask) if one.about == about), None)


def take(ask: Ask) -> Answer:
    """Save a new discrepancy with FTS's figure as it stands now."""
    data = {name: ask.fields.text(name) for name in (e.OURS, e.EVIDENCE, e.CONTACT)}
    picked = _published(ask, ask.fields.choice(e.ABOUT) or "")
    mistakes = e.Mistakes()
    if picked is None:
        mistakes[e.ABOUT] = _("Choose the figure of FTS that is wrong.")
    ours = mistakes.take(lambda: read_amount(data[e.OURS], e.OURS, zero=True))
    evidence, contact = e.needed(data, e.EVIDENCE, mistakes), e.needed(data, e.CONTACT, mistakes)
    next_on = e.check_next({e.NEXT: ask.fields.day(e.NEXT)}, today_of(ask), mistakes, required=True)
    mistakes.refuse()
    assert picked is not None
    assert ours is not None
    one = _saved(ask, picked, ours, evidence, contact)
    one.next_on = next_on
    add_step(ask, KIND, one, "")
    ask.record("discrepancy.added", (KIND, one.id), about=one.about, theirs=str(one.theirs), ours=str(one.ours))
    meet(ask, [one.owner])
    remind_on(ask, KIND, one.id, next_on, one.owner)
    return Answer(update=_details(ask, one))


def _saved(ask: Ask, picked: Published, ours: Decimal, evidence: str, contact: str) -> FundingDiscrepancy:
    one = FundingDiscrepancy(
        mission_id=ask.mission.id,
        about=picked.about,
        label=picked.label,
        theirs=picked.amount,
        theirs_as_of=picked.as_of,
        ours=ours,
        evidence=evidence,
        contact=contact,
        state=DiscrepancyState.OPEN,
        owner=ask.fields.person(e.OWNER) or ask.who.user_id,
        created_by=ask.who.user_id,
        created_at=ask.now,
        updated_at=ask.now,
        version=1,
    )
    ask.session.add(one)
    ask.session.flush()
    return one


def open_move(ask: Ask) -> Answer:
    """The form that says what became of it."""
    one = _discrepancy(ask, ask.value)
    data: dict[str, Any] = {e.NEXT: today_of(ask) + FIRST_CHASE}
    return opened(ask, views.move_form(one, data))


def take_move(ask: Ask) -> Answer:
    """A discrepancy moves on; FTS's figure itself is never touched here."""
    one = _discrepancy(ask, ask.notes.get("discrepancy"))
    before, after = DiscrepancyState(one.state), DiscrepancyState(ask.fields.choice(e.STATE) or one.state)
    if one.version != ask.notes.get("version") or after not in MOVES[before]:
        text = _("Somebody moved it meanwhile: it is {state} now. Close this and open it again.")
        raise Refused(text.format(state=discrepancy_state_name(one.state)), e.STATE)
    data = {e.NOTE: ask.fields.text(e.NOTE), e.NEXT: ask.fields.day(e.NEXT)}
    mistakes = e.Mistakes()
    if needs_note(before, after) and not data[e.NOTE]:
        mistakes[e.NOTE] = _("Say in a few words what happened.")
    next_on = e.check_next(data, today_of(ask), mistakes, required=needs_next_date(after))
    mistakes.refuse()
    one.state, one.next_on, one.updated_at, one.version = after, next_on, ask.now, one.version + 1
    add_step(ask, KIND, one, before, note=str(data[e.NOTE]))
    ask.record("discrepancy.moved", (KIND, one.id), before=before.value, after=after.value)
    forget_reminder(ask, KIND, one.id)
    remind_on(ask, KIND, one.id, next_on, one.owner)
    return Answer(update=_details(ask, one))
