"""The silence procedure: what an absent agency is asked, how it objects, and who is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from commands.cabinet.views.decisions.cards import (
    REASON_LIMIT,
    Entry,
    first_large,
    owner_line,
    quoted,
    reservation_blocks,
)
from commands.cabinet.views.notes import ObjectionNotes
from commands.cabinet.views.record_words import answered_name, code_of
from commands.cabinet.views.words import meeting_name
from commands.kit.cards import (
    Block,
    Card,
    actions,
    button,
    confirm,
    context,
    escape,
    mention,
    moment,
    section,
    sections,
    shorten,
)
from commands.kit.dates import both_times, when_text
from commands.kit.forms import field_block, modal, text_input
from commands.kit.handling import Handling
from commands.kit.names.levels import level_note
from commands.kit.words import _
from storage.cabinet.decisions import RUNNING, Answered, Binding

REASON = "reason"


def silence_card(entry: Entry, binding: Binding, *, may_answer: bool = True) -> Card:
    """What an absent agency is asked, and after its answer what it said. `may_answer`: the reader speaks for it."""
    decision = entry.decision
    agency = escape(code_of(binding.agency_id, entry.agencies))
    title = _("Decision {reference}: does {agency} object?").format(reference=decision.reference, agency=agency)
    intro = _("{agency} was not represented in {meeting} and is bound by this decision.").format(
        agency=agency, meeting=escape(meeting_name(entry.meeting, decision.handling))
    )
    blocks = [
        section(f"*{title}*\n{intro}"),
        section(f"*{escape(shorten(entry.item.title, 300))}*"),
        *sections(escape(decision.text)),
        section(owner_line(entry)),
        *reservation_blocks(entry.reservations),
        *level_note(decision.handling),
        *_silence_state(entry, binding, may_answer=may_answer),
    ]
    return Card(f"{title} {shorten(decision.text, 300)}", tuple(blocks), Handling(decision.handling))


def _silence_state(entry: Entry, binding: Binding, *, may_answer: bool) -> list[Block]:
    if binding.state in RUNNING and binding.due_at is not None:
        text = _("*Answer by* {when}. After that, silence counts as no objection.").format(
            when=both_times(binding.due_at, entry.zone)
        )
        if not may_answer:
            others = _("You do not speak for {agency} any more: its head or an alternate answers.")
            code = escape(code_of(binding.agency_id, entry.agencies))
            return [section(text), context(others.format(agency=code))]
        return [section(text), actions(*_silence_buttons(binding))]
    said = first_large(answered_name(binding.state))
    if binding.answered_by and binding.answered_at:
        when = moment(binding.answered_at, when_text(binding.answered_at, entry.zone))
        said = _("{answer}, said by {person} {when}").format(
            answer=said, person=mention(binding.answered_by), when=when
        )
    return [section(f"*{said}*" + (f"\n>{quoted(binding.reason)}" if binding.reason else ""))]


def _silence_buttons(binding: Binding) -> list[Block]:
    value = str(binding.id)
    agree = button(_("No objection"), "cabinet:agree", value, style="primary")
    reject = button(_("Object"), "cabinet:object", value, style="danger")
    if binding.state == Answered.MORE_TIME:
        return [agree, reject]
    question = confirm(
        _("Ask for more time?"),
        _("The time is doubled, once. The decision waits for your agency until then."),
        _("Ask for it"),
        _("Back"),
    )
    return [agree, reject, button(_("More time"), "cabinet:more-time", value, confirm=question)]


def unasked_card(entry: Entry, codes: Sequence[str], command: Callable[[str], str]) -> Card:
    """What the secretary is told when nobody of an absent agency may be asked."""
    decision = entry.decision
    title = _("Decision {reference}: nobody can be asked for {agencies}").format(
        reference=decision.reference, agencies=escape(", ".join(codes))
    )
    why = _(
        "None of their people may read this decision, or nobody has agreed to the role that they gave to themselves. "
        "Their silence counts for nothing until somebody is asked."
    )
    then = _("Name somebody who may with {focal}, then choose “Ask now” at the decision in {log}.").format(
        focal=f"`{command('agency')} focal …`", log=f"`{command('cabinet')} log`"
    )
    blocks = (section(f"*{title}*\n{why}\n{then}"), *level_note(decision.handling))
    return Card(title, blocks, Handling(decision.handling))


def object_form(entry: Entry, binding: Binding) -> Block:
    """Why an agency objects."""
    blocks = [
        section(
            f"*{_('Decision {reference}').format(reference=entry.decision.reference)}*\n"
            f"{escape(shorten(entry.decision.text, 1500))}"
        ),
        *level_note(entry.decision.handling),
        field_block(
            REASON,
            _("Reason of the objection"),
            text_input(long=True, most=REASON_LIMIT),
            hint=_("The chair and the secretary are told, and the matter comes back to the next meeting."),
        ),
    ]
    notes = ObjectionNotes(binding.id)
    return modal("cabinet:object", _("Objection"), blocks, submit=_("Object"), close=_("Close"), notes=notes)


def objection_card(entry: Entry, binding: Binding) -> Card:
    """What chair and secretary are told when the silence is broken."""
    agency = code_of(binding.agency_id, entry.agencies)
    title = _("{agency} objects to decision {reference}").format(agency=agency, reference=entry.decision.reference)
    blocks = (
        section(f"*{escape(title)}*\n{escape(shorten(entry.decision.text, 1500))}"),
        section(f">{quoted(binding.reason)}"),
        context(
            _("It does not stand for {agency}, and it goes to the next agenda by itself.").format(agency=escape(agency))
        ),
        *level_note(entry.decision.handling),
    )
    return Card(title, blocks, Handling(entry.decision.handling))
