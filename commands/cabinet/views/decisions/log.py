"""The decision log: search by word, agency, state and day; and one decision with its history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commands.cabinet.views.decisions.cards import Entry, binding_lines, owner_line, reservation_blocks
from commands.cabinet.views.notes import LogNotes
from commands.cabinet.views.record_words import (
    action_state_name,
    answered_name,
    code_of,
    decision_state_name,
)
from commands.cabinet.views.words import meeting_name
from commands.kit.cards import (
    Block,
    actions,
    button,
    channel_link,
    context,
    divider,
    escape,
    mention,
    moment,
    option,
    section,
    sections,
    shorten,
)
from commands.kit.dates import day_text, when_text
from commands.kit.forms import date_input, external_select, field_block, modal, select, text_input
from commands.kit.names.agencies import agency_option
from commands.kit.names.levels import level_note
from commands.kit.pages import SEARCH_LIMIT, Page, latest_lines, left_note, turning
from commands.kit.words import _, ngettext
from storage.agencies import Agency
from storage.audit import AuditEntry
from storage.cabinet.actions import Action
from storage.cabinet.decisions import Answered, DecisionState

WORDS, AGENCY, STATE, SINCE, UNTIL = "words", "agency", "state", "since", "until"
ROWS_PER_PAGE = 20
TEXT_SHOWN = 220
HISTORY_SHOWN = 15
ACTIONS_SHOWN, UNREACHED_SHOWN = 20, 10


@dataclass(frozen=True, slots=True)
class LogSearch:
    """What the reader searched for, as the form shows it again."""

    words: str = ""
    agency: Agency | None = None
    state: str = ""
    since: date | None = None
    until: date | None = None
    page: int = 0

    @property
    def notes(self) -> LogNotes:
        """What the form carries along."""
        return LogNotes(
            self.words,
            self.agency.id if self.agency else 0,
            self.state,
            self.since.isoformat() if self.since else "",
            self.until.isoformat() if self.until else "",
            self.page,
        )


def log_form(search: LogSearch, page: Page[Entry]) -> Block:
    """The search, and 20 decisions of what it found, the newest first."""
    states = [option(decision_state_name(state), state.value) for state in DecisionState]
    initial = agency_option(search.agency) if search.agency else None
    blocks: list[Block] = [
        field_block(WORDS, _("Words"), text_input(initial=search.words or None, most=SEARCH_LIMIT), optional=True),
        field_block(AGENCY, _("Agency"), external_select("cabinet:agency", initial=initial), optional=True),
        field_block(STATE, _("State"), select(states, initial=search.state or None), optional=True),
        field_block(SINCE, _("Decided from"), date_input(initial=search.since), optional=True),
        field_block(UNTIL, _("Decided until"), date_input(initial=search.until), optional=True),
        divider(),
    ]
    found = ngettext("*{count} decision*", "*{count} decisions*", page.count).format(count=page.count)
    blocks.append(section(found if page.count else _("No decision fits. Leave fields empty to see more.")))
    blocks += [*(_row(entry) for entry in page.items), *turning(page, "cabinet:log")]
    blocks.append(actions(button(_("Send all as files"), "cabinet:export", "records")))
    return modal("cabinet:log", _("Decision log"), blocks, submit=_("Search"), close=_("Close"), notes=search.notes)


def _row(entry: Entry) -> Block:
    decision = entry.decision
    code = escape(code_of(decision.owner_agency_id, entry.agencies))
    day = day_text(decision.decided_at.astimezone(entry.zone).date())
    text = (
        f"*{decision.reference}* · {day} · {code} · {decision_state_name(decision.state)}\n"
        f"{escape(shorten(entry.item.title, 80))}: {escape(shorten(decision.text, TEXT_SHOWN))}"
    )
    return section(text, accessory=button(_("Details"), f"cabinet:decision:{decision.id}", str(decision.id)))


def decision_details(entry: Entry, tasks: Sequence[Action], history: Sequence[AuditEntry], *, leads: bool) -> Block:
    """One decision with everything that belongs to it."""
    decision = entry.decision
    title = _("Decision {reference}").format(reference=decision.reference)
    place = channel_link(entry.meeting.channel_id) if entry.meeting.channel_id else ""
    meeting = escape(meeting_name(entry.meeting, decision.handling))
    about = f"{escape(shorten(entry.item.title, 300))}\n{meeting} {place}".strip()
    blocks: list[Block] = [
        section(f"*{title}* · {decision_state_name(decision.state)}\n{about}"),
        *level_note(decision.handling),
        *sections(escape(decision.text)),
        *sections("\n".join([owner_line(entry), *binding_lines(entry)])),
        *reservation_blocks(entry.reservations),
    ]
    if decision.source_link:
        blocks.append(context(f"<{escape(decision.source_link)}|{_('The message it comes from')}>"))
    blocks += [*(_action_row(one) for one in tasks[:ACTIONS_SHOWN]), *left_note(tasks, ACTIONS_SHOWN)]
    if leads:
        unreached = [one for one in entry.bindings if one.state == "unreached"]
        blocks += [_unreached(entry, one.agency_id, one.id) for one in unreached[:UNREACHED_SHOWN]]
        blocks += left_note(unreached, UNREACHED_SHOWN)
    lines = [line for one in history if (line := _history_line(one, entry))]
    if lines:
        blocks += [divider(), *sections("\n".join(latest_lines(lines, HISTORY_SHOWN)))]
    return modal("cabinet:nothing", _("Decision"), blocks, close=_("Close"))


def _action_row(action: Action) -> Block:
    text = f"{escape(shorten(action.text, 120))}\n{mention(action.owner)} · {action_state_name(action.state)}"
    return section(text, accessory=button(_("Open"), f"cabinet:action:{action.id}", str(action.id)))


def _unreached(entry: Entry, agency_id: int, binding_id: int) -> Block:
    code = escape(code_of(agency_id, entry.agencies))
    again = button(_("Ask now"), f"cabinet:ask-again:{binding_id}", str(binding_id))
    return section(f"*{code}:* {answered_name(Answered.UNREACHED)}", accessory=again)


def _history_line(entry: AuditEntry, about: Entry) -> str:
    agency = entry.details.get("agency")
    code = escape(code_of(agency, about.agencies)) if isinstance(agency, int) else ""
    said = {
        "decision.record": _("recorded it"),
        "decision.reserve": _("entered a reservation"),
        "decision.stands": _("it stands"),
        "decision.broken": _("the silence is broken"),
        "silence.agree": _("no objection from {agency}"),
        "silence.object": _("{agency} objected"),
        "silence.more-time": _("{agency} asked for more time"),
        "silence.stands": _("{agency} was silent"),
    }.get(entry.verb)
    if said is None:
        return ""
    who = mention(entry.actor) if entry.actor.startswith(("U", "W")) else _("Rapporteur")
    return f"{moment(entry.at, when_text(entry.at, about.zone))} · {who}: {said.format(agency=code)}"
