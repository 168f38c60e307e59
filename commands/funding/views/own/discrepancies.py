"""Discrepancies: the list, one with its history, the forms, and the messages about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from commands.funding.rules.own import entry as e
from commands.funding.rules.own.discrepancies import MOVES, is_overdue, needs_note
from commands.funding.views.money import as_of_text, signed, usd
from commands.funding.views.notes import DiscrepancyNotes
from commands.funding.views.own.fields import day, owner_field, words
from commands.funding.views.own.history import history_blocks
from commands.funding.views.own.words import discrepancy_state_name
from commands.funding.views.texts import safe
from commands.kit.cards import Block, Card, actions, button, context, mention, option, section, sections
from commands.kit.dates import day_text
from commands.kit.forms import external_select, field_block, modal, radio
from commands.kit.pages import page_of, turning
from commands.kit.pressed import BAR, value_of
from commands.kit.times.snooze import snooze_buttons
from commands.kit.words import _
from storage.funding.discrepancies import DiscrepancyState, FundingDiscrepancy
from storage.funding.steps import FundingStep

PAGE = 10
NAME, EVIDENCE = 200, 1500


def figures_line(one: FundingDiscrepancy) -> str:
    """Both figures and their difference."""
    if one.theirs is None:
        return _("FTS has none, ours {ours}").format(ours=usd(one.ours))
    line = _("FTS {theirs}, ours {ours}: {difference}")
    return line.format(theirs=usd(one.theirs), ours=usd(one.ours), difference=signed(one.ours - one.theirs))


def standing_line(one: FundingDiscrepancy, today: date) -> str:
    """State, owner and when somebody asks again."""
    parts = [f"*{discrepancy_state_name(one.state)}*", mention(one.owner)]
    if one.next_on is not None:
        late = is_overdue(one.state, one.next_on, today)
        when = _("*ask again* {day}") if late else _("ask again {day}")
        parts.append(when.format(day=day_text(one.next_on)))
    return " · ".join(parts)


def discrepancies_form(found: Sequence[FundingDiscrepancy], number: int, today: date, *, may_write: bool) -> Block:
    """The discrepancies, those to be chased first on top."""
    blocks: list[Block] = []
    if may_write:
        blocks.append(actions(button(_("Report a discrepancy"), "funding:differ", "", style="primary")))
    if not found:
        text = _(
            "No discrepancy is open. Where our figure differs from that of FTS, report it: it is never edited here."
        )
        blocks.append(section(text))
    page = page_of(found, number, PAGE)
    for one in page.items:
        opener = button(_("Open"), f"funding:difference:{one.id}", str(one.id), label=_("Open this discrepancy"))
        text = f"*{safe(one.label, NAME)}*\n{figures_line(one)}\n{standing_line(one, today)}"
        blocks.append(section(text, accessory=opener))
    blocks += turning(page, "funding:differences", lambda number: value_of(number, "", by=BAR))
    return modal("funding:nothing", _("Discrepancies"), blocks, close=_("Close"))


def discrepancy_details(
    one: FundingDiscrepancy, steps: Sequence[FundingStep], today: date, *, may_write: bool
) -> Block:
    """One discrepancy with its evidence, its history, a text for headquarters, and what can be done."""
    blocks: list[Block] = list(sections("\n".join(_facts(one, today))))
    if may_write:
        blocks.append(actions(button(_("Move on"), "funding:difference-move", str(one.id), style="primary")))
    if may_write and one.state == DiscrepancyState.OPEN:
        blocks.append(section(_("*To send to headquarters*\n{text}").format(text=letter(one))))
    blocks += history_blocks(steps, discrepancy_state_name)
    return modal("funding:nothing", _("Discrepancy"), blocks, close=_("Close"), notes=DiscrepancyNotes(one.id))


def _facts(one: FundingDiscrepancy, today: date) -> list[str]:
    return [
        f"*{safe(one.label, NAME)}*",
        f"{figures_line(one)} ({as_of_text(one.theirs_as_of)})",
        standing_line(one, today),
        _("*Evidence:* {text}").format(text=safe(one.evidence, EVIDENCE)),
        _("*Headquarters contact:* {contact}").format(contact=safe(one.contact, NAME)),
    ]


def letter(one: FundingDiscrepancy) -> str:
    """What can be copied into a message to the agency's headquarters."""
    lines = _(
        "FTS shows {theirs} for {label} ({as_of}). Our figure is {ours}. Evidence: {evidence}. "
        "Please have it checked and, if you agree, reported to FTS."
    ).format(
        theirs=usd(one.theirs) if one.theirs is not None else _("nothing"),
        label=safe(one.label, NAME),
        as_of=as_of_text(one.theirs_as_of),
        ours=usd(one.ours),
        evidence=safe(one.evidence, 500).rstrip("."),
    )
    return "> " + lines.replace("\n", "\n> ")


def differ_form(entry: e.DifferenceEntry, picked: Block | None, theirs: Decimal | None) -> Block:
    """The form of a new discrepancy: a figure of FTS that is picked, ours, the evidence, whom to ask."""
    figure = external_select("funding:figure", initial=picked, placeholder=_("Type a plan, a cluster or a flow"))
    blocks = [field_block(e.ABOUT, _("Figure of FTS"), figure)]
    if picked is not None and theirs is not None:
        blocks.append(context(_("FTS says {amount}.").format(amount=usd(theirs))))
    blocks += [
        words(
            e.OURS,
            _("Our figure, in US dollars"),
            entry.ours,
            hint=_("As you write it: 1,250,000 or 1.25 million."),
            most=40,
        ),
        words(
            e.EVIDENCE,
            _("Evidence"),
            entry.evidence,
            most=1000,
            long=True,
            hint=_("Agreement, letter or receipt: its reference."),
        ),
        words(
            e.CONTACT,
            _("Headquarters contact"),
            entry.contact,
            hint=_("A role, not a name: for example “donor reporting, WFP headquarters”."),
        ),
        owner_field(entry.owner),
        day(e.NEXT, _("Ask again on"), entry.next),
    ]
    title = _("Report a discrepancy")
    return modal("funding:differ", title, blocks, submit=_("Save"), close=_("Cancel"))


def move_form(one: FundingDiscrepancy, entry: e.MoveEntry, notes: DiscrepancyNotes) -> Block:
    """What became of a discrepancy."""
    state = DiscrepancyState(one.state)
    choices = [option(discrepancy_state_name(after), after.value) for after in MOVES[state]]
    reasoned = [discrepancy_state_name(after) for after in MOVES[state] if needs_note(state, after)]
    blocks = [
        section(f"*{safe(one.label, NAME)}*\n{figures_line(one)}"),
        field_block(e.STATE, _("It is now"), radio(choices, initial=choices[0]["value"])),
        words(
            e.NOTE,
            _("What happened"),
            entry.note,
            hint=_("Needed for: {states}.").format(states=", ".join(reasoned)),
            optional=True,
            most=1000,
            long=True,
        ),
        day(e.NEXT, _("Ask again on"), entry.next, hint=_("Not needed once it is settled."), optional=True),
    ]
    return modal(
        "funding:difference-move",
        _("Discrepancy"),
        blocks,
        submit=_("Save"),
        close=_("Cancel"),
        notes=notes,
    )


def reminder_card(one: FundingDiscrepancy, today: date) -> Card:
    """The day has come on which somebody wanted to ask again."""
    text = _("Today you wanted to ask again about this discrepancy: {label}. {figures}.").format(
        label=safe(one.label, NAME), figures=figures_line(one)
    )
    value = str(one.id)
    blocks = (
        section(text),
        context(standing_line(one, today), _("Contact: {contact}").format(contact=safe(one.contact, NAME))),
        actions(
            button(_("Move on"), "funding:difference-move", value, style="primary"),
            *snooze_buttons("funding:snooze", lambda days: value_of("discrepancy", value, days, by=BAR)),
        ),
    )
    return Card(text, blocks)
