"""Pledges: the list, one with its history, the forms, and the messages about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from commands.funding.rules.own import entry as e
from commands.funding.rules.own.pledges import NEXT, is_overdue, moves_from, needs_reason
from commands.funding.views.money import money, rate_text, usd
from commands.funding.views.notes import PledgeNotes
from commands.funding.views.own.fields import (
    NONE,
    agency_field,
    day,
    handling_fields,
    money_fields,
    owner_field,
    warning,
    words,
)
from commands.funding.views.own.history import history_blocks
from commands.funding.views.own.words import pledge_state_meaning, pledge_state_name
from commands.funding.views.texts import pair, safe
from commands.kit.cards import (
    Block,
    Card,
    actions,
    button,
    context,
    escape,
    mention,
    option,
    section,
    sections,
)
from commands.kit.dates import day_text
from commands.kit.entry.choices import one_of
from commands.kit.forms import field_block, modal, radio
from commands.kit.handling import Handling
from commands.kit.pages import page_of, turning
from commands.kit.pressed import BAR, value_of
from commands.kit.times.snooze import snooze_buttons
from commands.kit.words import _, pgettext
from storage.agencies import Agency
from storage.funding.pledges import FundingPledge, PledgeState
from storage.funding.steps import FundingStep

PAGE = 10
NAME = 150


def title_of(pledge: FundingPledge) -> str:
    """A pledge in a line, safe for Slack's markup."""
    return pair(safe(pledge.donor, NAME), safe(pledge.purpose, NAME))


def amount_of(row: Any) -> str:
    """An amount in its currency, and in US dollars where that is another."""
    shown = money(row.amount, row.currency, whole=row.amount == row.amount.to_integral_value())
    return shown if row.currency == "USD" else f"{shown} ({usd(row.usd)})"


def rate_line(row: Any) -> str:
    """How an amount became US dollars; nothing where it was US dollars."""
    if row.currency == "USD":
        return ""
    text = _("Converted at {rate} {currency} for one US dollar, {day}, {source}.")
    return text.format(
        rate=rate_text(row.rate), currency=row.currency, day=day_text(row.rate_day), source=safe(row.rate_source, NAME)
    )


def standing_line(pledge: FundingPledge, today: date) -> str:
    """State, owner and next date."""
    parts = [f"*{pledge_state_name(pledge.state)}*", mention(pledge.owner)]
    if pledge.next_on is not None:
        when = _("next {day}").format(day=day_text(pledge.next_on))
        late = is_overdue(pledge.state, pledge.next_on, today)
        parts.append(_("*due* {day}").format(day=day_text(pledge.next_on)) if late else when)
    return " · ".join(parts)


def pledges_form(
    found: Sequence[FundingPledge], number: int, today: date, notes: PledgeNotes, *, may_write: bool
) -> Block:
    """The pledges, those to be looked at first on top."""
    blocks: list[Block] = []
    if may_write:
        blocks.append(actions(button(_("New pledge"), "funding:pledge-new", style="primary")))
    if not found:
        blocks.append(section(_("No pledge is followed yet. Enter what a donor has announced, and I will remind you.")))
    page = page_of(found, number, PAGE)
    for pledge in page.items:
        opener = button(_("Open"), f"funding:pledge:{pledge.id}", str(pledge.id), label=_("Open this pledge"))
        text = f"{title_of(pledge)}\n{amount_of(pledge)} · {standing_line(pledge, today)}"
        blocks.append(section(text, accessory=opener))
    blocks += turning(page, "funding:pledges", lambda number: value_of(number, "", by=BAR))
    return modal("funding:nothing", _("Pledges"), blocks, close=_("Close"), notes=notes)


def pledge_details(
    pledge: FundingPledge,
    steps: Sequence[FundingStep],
    today: date,
    notes: PledgeNotes,
    *,
    about: Sequence[str] = (),
    may_write: bool,
) -> Block:
    """One pledge with everything known, its history, and what can be done. `about` names its plan and its agency."""
    blocks: list[Block] = list(sections("\n".join(_facts(pledge, today, about))))
    if may_write:
        blocks.append(actions(*_buttons(pledge)))
    blocks += history_blocks(steps, pledge_state_name)
    return modal("funding:nothing", _("Pledge"), blocks, close=_("Close"), notes=replace(notes, pledge=pledge.id))


def _facts(pledge: FundingPledge, today: date, about: Sequence[str] = ()) -> list[str]:
    facts = [f"*{title_of(pledge)}*", amount_of(pledge), standing_line(pledge, today)]
    if pledge.handling == Handling.CONFIDENTIAL:
        facts.append(_("*Confidential*: it stays in this channel and is in no total."))
    facts.append(_("Announced {day}").format(day=day_text(pledge.announced_on)))
    facts += [safe(one, NAME) for one in about]
    if pledge.source:
        facts.append(_("Source: {source}").format(source=safe(pledge.source, NAME)))
    if pledge.flow_ref:
        facts.append(_("Flow in FTS: {flow}").format(flow=escape(pledge.flow_ref)))
    rate = rate_line(pledge)
    return [*facts, rate] if rate else facts


def _buttons(pledge: FundingPledge) -> list[Block]:
    value = str(pledge.id)
    move = button(_("Move on"), "funding:pledge-move", value, style="primary")
    return [move, button(_("Edit"), "funding:pledge-edit", value)]


def pledge_form(
    entry: e.PledgeEntry,
    agencies: Sequence[Agency],
    plans: Sequence[tuple[str, str]],
    notes: PledgeNotes,
    *,
    cleared: bool,
    said: str = "",
) -> Block:
    """The form of a new pledge, or of one that is edited. `plans` are keys with names."""
    choices = [option(pgettext("plan", "None"), NONE), *(option(name, key) for key, name in plans)]
    chosen = entry.plan or NONE
    blocks = [
        *warning(said),
        words(e.DONOR, _("Donor"), entry.donor),
        words(e.TITLE, _("What it is for"), entry.title),
        *money_fields(entry),
        day(e.ANNOUNCED, _("Announced on"), entry.announced),
        words(
            e.SOURCE,
            _("Source"),
            entry.source,
            hint=_("Where it was said: a letter, a conference, a call."),
            optional=True,
        ),
    ]
    if plans:
        blocks.append(
            field_block(e.PLAN, _("Plan"), one_of(choices, "funding:own-plan", initial=chosen), optional=True)
        )
    blocks += [*agency_field(entry, agencies), owner_field(entry.owner)]
    if not entry.version:
        blocks.append(day(e.NEXT, _("Look again on"), entry.next, hint=_("The owner is reminded on this day.")))
    blocks += handling_fields(entry, may_choose=cleared)
    title = _("Edit pledge") if entry.version else _("New pledge")
    return modal("funding:pledge", title, blocks, submit=_("Save"), close=_("Cancel"), notes=notes)


def move_form(pledge: FundingPledge, entry: e.MoveEntry, notes: PledgeNotes) -> Block:
    """Where a pledge goes next, and when somebody looks again."""
    state = PledgeState(pledge.state)
    choices = [option(pledge_state_name(one), one.value, pledge_state_meaning(one)) for one in moves_from(state)]
    initial = str(NEXT.get(state, choices[0]["value"]))
    reasoned = [pledge_state_name(one) for one in moves_from(state) if needs_reason(state, one)]
    hint = _("Needed for: {states}.").format(states=", ".join(reasoned)) if reasoned else None
    blocks = [
        section(f"*{title_of(pledge)}*\n{amount_of(pledge)} · {pledge_state_name(pledge.state)}"),
        field_block(e.STATE, _("It is now"), radio(choices, initial=initial)),
        words(e.NOTE, _("What happened"), entry.note, hint=hint, optional=True, most=1000, long=True),
        day(e.NEXT, _("Look again on"), entry.next, hint=_("Not needed once it is paid or lapsed."), optional=True),
        words(e.FLOW, _("Flow in FTS"), entry.flow, hint=_("Its number, once FTS reports it."), optional=True, most=64),
    ]
    return modal(
        "funding:pledge-move",
        _("Move a pledge on"),
        blocks,
        submit=_("Save"),
        close=_("Cancel"),
        notes=notes,
    )


def pledge_card(pledge: FundingPledge, today: date) -> Card:
    """The one message about a pledge, in its own channel or with its owner, kept current."""
    text = _("Pledge: {title}, {amount}, {state}.").format(
        title=title_of(pledge), amount=amount_of(pledge), state=pledge_state_name(pledge.state)
    )
    blocks = (*sections("\n".join(_facts(pledge, today))), actions(*_card_buttons(pledge)))
    return Card(text, blocks, Handling(pledge.handling))


def _card_buttons(pledge: FundingPledge) -> list[Block]:
    return [*_buttons(pledge), button(_("History"), f"funding:pledge:{pledge.id}", str(pledge.id))]


def reminder_card(pledge: FundingPledge, today: date) -> Card:
    """The day has come on which somebody wanted to look."""
    text = _("{owner}, today you wanted to look at this pledge: {title}, {amount}.").format(
        owner=mention(pledge.owner), title=title_of(pledge), amount=amount_of(pledge)
    )
    value = str(pledge.id)
    blocks = (
        section(text),
        context(standing_line(pledge, today)),
        actions(
            button(_("Move on"), "funding:pledge-move", value, style="primary"),
            *snooze_buttons("funding:snooze", lambda days: value_of("pledge", value, days, by=BAR)),
        ),
    )
    return Card(text, blocks, Handling(pledge.handling))
