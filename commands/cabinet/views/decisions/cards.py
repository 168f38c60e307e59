"""Decisions: the form that records one, its card in the channel, what an absent agency is asked, and its details."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from commands.cabinet.views.notes import DecisionNotes, ReservationNotes
from commands.cabinet.views.record_words import (
    answered_name,
    code_of,
    codes,
    decision_state_name,
    reserving_role,
)
from commands.kit.cards import Block, Card, actions, button, context, escape, mention, section, sections, shorten
from commands.kit.dates import both_times, day_text
from commands.kit.forms import (
    date_input,
    external_select,
    field_block,
    modal,
    multi_external_select,
    person_select,
    text_input,
)
from commands.kit.handling import Handling
from commands.kit.names.agencies import agency_option
from commands.kit.names.levels import level_note
from commands.kit.words import _
from storage.agencies import Agency
from storage.cabinet.decisions import RUNNING, Answered, Binding, Decision, Reservation
from storage.cabinet.items import Item
from storage.cabinet.meetings import Meeting

TEXT, OWNER, OWNER_AGENCY, DUE, BOUND, RESERVATION = (
    "text",
    "owner",
    "owner_agency",
    "due",
    "bound",
    "reservation",
)
TEXT_LIMIT = 2500
REASON_LIMIT = 1500
CODES_SHOWN = 700
OBJECTIONS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision with everything its card says."""

    decision: Decision
    item: Item
    meeting: Meeting
    bindings: Sequence[Binding]
    reservations: Sequence[Reservation]
    agencies: Mapping[int, Agency]
    zone: ZoneInfo


def decision_form(
    item: Item, due: date, *, text: str = "", link: str = "", came_from: str = "run", owner_agency: Agency | None = None
) -> Block:
    """Record a decision on an item."""
    about = f"*{escape(shorten(item.title, 300))}*"
    if item.question:
        about += f"\n{escape(shorten(item.question, 1500))}"
    if item.options:
        about += "\n" + "\n".join(f"• {escape(shorten(one, 200))}" for one in item.options)
    blocks = [
        section(about),
        *level_note(item.handling),
        *decision_fields(due, text=text, owner=item.owner, owner_agency=owner_agency),
    ]
    notes = DecisionNotes(item.id, came_from, link)
    return modal("cabinet:decision", _("Decision"), blocks, submit=_("Record"), close=_("Close"), notes=notes)


def decision_fields(due: date, *, text: str, owner: str | None, owner_agency: Agency | None) -> list[Block]:
    """What a decision must have."""
    initial = agency_option(owner_agency) if owner_agency else None
    return [
        field_block(
            TEXT,
            _("The cabinet decides"),
            text_input(initial=text or None, long=True, most=TEXT_LIMIT),
            hint=_("What is decided, not who said what."),
        ),
        field_block(OWNER, _("Accountable person"), person_select(initial=owner), hint=_("Exactly one.")),
        field_block(OWNER_AGENCY, _("Accountable agency"), external_select("cabinet:agency", initial=initial)),
        field_block(DUE, _("Due on"), date_input(initial=due), hint=_("A working day of the mission.")),
        field_block(
            BOUND,
            _("Binds"),
            multi_external_select("cabinet:agency", placeholder=_("All member agencies")),
            optional=True,
            hint=_("Empty: every member agency. Those that are absent get a silence procedure first."),
        ),
    ]


def decision_card(entry: Entry) -> Card:
    """The one message about a decision, edited in place as agencies answer."""
    decision = entry.decision
    title = _("Decision {reference}").format(reference=decision.reference)
    blocks = [
        section(f"*{title}* · {decision_state_name(decision.state)}\n{escape(shorten(entry.item.title, 300))}"),
        *sections(escape(decision.text)),
        *sections("\n".join([owner_line(entry), *binding_lines(entry)])),
        *reservation_blocks(entry.reservations),
        *level_note(decision.handling),
        actions(*_card_buttons(decision)),
    ]
    plain = f"{title}: {shorten(decision.text, 300)}"
    return Card(plain, tuple(blocks), Handling(decision.handling))


def owner_line(entry: Entry) -> str:
    """Who is accountable, and by when."""
    decision = entry.decision
    return _("*Accountable:* {person} ({agency}) · *due* {day}").format(
        person=mention(decision.owner),
        agency=escape(code_of(decision.owner_agency_id, entry.agencies)),
        day=day_text(decision.due_on),
    )


def binding_lines(entry: Entry) -> list[str]:
    """Whom it binds, and where silence procedures stand."""
    by_state: dict[str, list[Binding]] = {}
    for one in entry.bindings:
        by_state.setdefault(one.state, []).append(one)
    ids = [one.agency_id for one in entry.bindings]
    lines = [_("*Binds:* {codes}").format(codes=shorten(codes(ids, entry.agencies), CODES_SHOWN))]
    running = [one for one in entry.bindings if one.state in RUNNING]
    if running:
        last = max(one.due_at for one in running if one.due_at is not None)
        lines.append(
            _("*Silence procedure:* {codes}, until {when}. Silence means no objection.").format(
                codes=shorten(codes([one.agency_id for one in running], entry.agencies), CODES_SHOWN),
                when=both_times(last, entry.zone),
            )
        )
    for state in (Answered.AGREED, Answered.SILENT, Answered.UNREACHED):
        if by_state.get(state):
            found = codes([one.agency_id for one in by_state[state]], entry.agencies)
            lines.append(f"*{first_large(answered_name(state))}:* {shorten(found, CODES_SHOWN)}")
    objections = by_state.get(Answered.OBJECTED, [])
    lines += [_objection(one, entry) for one in objections[:OBJECTIONS_SHOWN]]
    rest = [one.agency_id for one in objections[OBJECTIONS_SHOWN:]]
    if rest:
        found = shorten(codes(rest, entry.agencies), CODES_SHOWN)
        lines.append(_("*Also objecting:* {codes}").format(codes=found))
    return lines


def _objection(binding: Binding, entry: Entry) -> str:
    return _("*{agency} objects:* {reason} It does not stand for {agency} and comes back to the cabinet.").format(
        agency=escape(code_of(binding.agency_id, entry.agencies)), reason=_sentence(binding.reason)
    )


def _sentence(text: str) -> str:
    shown = escape(shorten(text, 200))
    return shown if shown.endswith((".", "!", "?", "…")) else f"{shown}."


def first_large(text: str) -> str:
    """A text with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


def reservation_blocks(reservations: Sequence[Reservation]) -> list[Block]:
    """Reservations, as they stand with the decision for ever."""
    return [
        section(f"*{reserving_role(one.role)}* ({mention(one.entered_by)})\n>{quoted(one.text)}")
        for one in reservations
    ]


def quoted(text: str) -> str:
    """A text of a person, as a quotation."""
    return escape(shorten(text, 1500)).replace("\n", "\n>")


def _card_buttons(decision: Decision) -> list[Block]:
    value = str(decision.id)
    return [
        button(_("Details"), "cabinet:decision", value, label=_("Show the decision with its history")),
        button(_("Add an action"), "cabinet:action-for", value),
        button(_("Enter a reservation"), "cabinet:reserve", value),
    ]


def reservation_form(entry: Entry) -> Block:
    """What the humanitarian coordinator or the human-rights adviser puts to a decision."""
    blocks = [
        section(
            f"*{_('Decision {reference}').format(reference=entry.decision.reference)}*\n"
            f"{escape(shorten(entry.decision.text, 1500))}"
        ),
        *level_note(entry.decision.handling),
        field_block(
            RESERVATION,
            _("Reservation"),
            text_input(long=True, most=REASON_LIMIT),
            hint=_("It stands with the decision for ever: nobody can change or remove it, you neither."),
        ),
    ]
    notes = ReservationNotes(entry.decision.id)
    return modal("cabinet:reserve", _("Reservation"), blocks, submit=_("Enter it"), close=_("Close"), notes=notes)


def held_back_card(entry: Entry) -> Card:
    """What chair and secretary are told where a decision's card may not go to the meeting's channel."""
    card = decision_card(entry)
    note = context(_("This stands here only: not everybody in the meeting's channel may see it."))
    return Card(card.text, (note, *card.blocks), card.handling)
