"""The agenda as its channel reads it: one message, and the canvas where there is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from commands.cabinet.rules.agenda import is_plain, minutes_of
from commands.cabinet.views.words import kind_name, minutes_text
from commands.kit.cards import (
    SECTION_LIMIT,
    Block,
    Card,
    actions,
    button,
    context,
    escape,
    header,
    mention,
    section,
    shorten,
)
from commands.kit.dates import both_times, when_text
from commands.kit.handling import Handling
from commands.kit.names.levels import level_note
from commands.kit.words import _, ngettext, pgettext
from storage.agencies import Agency
from storage.cabinet.items import Item, ItemState
from storage.cabinet.meetings import Meeting, MeetingState

TITLE_SHOWN = 100
QUESTION_SHOWN = 150
# Slack refuses messages of more than 11,000 characters; the heading and the buttons need some of them.
TEXT_FOR_ITEMS = 9000
DONE = {ItemState.DISCUSSED, ItemState.DECIDED}


@dataclass(frozen=True, slots=True)
class Agenda:
    """A meeting with the items it takes up, in order, and how many proposals wait for the secretary."""

    meeting: Meeting
    items: Sequence[Item]
    agencies: Mapping[int, Agency]
    zone: ZoneInfo
    proposals: int = 0


def agenda_card(agenda: Agenda) -> Card:
    """The one message about the agenda of a meeting; what is above the meeting's level is only counted in it."""
    meeting = agenda.meeting
    title = _("Agenda: {title}").format(title=meeting.title)
    blocks = [header(title), *level_note(meeting.handling), section(_heading(agenda))]
    if meeting.state == MeetingState.CANCELLED:
        blocks.append(section(cancelled_text(meeting)))
        return Card(plain_text(title, agenda), tuple(blocks), Handling(meeting.handling))
    blocks += item_sections(agenda)
    blocks.append(context(_footing(agenda)))
    blocks.append(actions(*_buttons(meeting), block_id="agenda"))
    return Card(plain_text(title, agenda), tuple(blocks), Handling(meeting.handling))


def cancelled_text(meeting: Meeting) -> str:
    """That a meeting does not take place, and why."""
    return _("*This meeting is cancelled.* {reason}").format(reason=escape(meeting.state_reason)).strip()


def plain_text(title: str, agenda: Agenda) -> str:
    """The whole card in words, for notifications and screen readers."""
    when = when_text(agenda.meeting.starts_at, agenda.zone)
    count = ngettext("{count} item", "{count} items", len(agenda.items)).format(count=len(agenda.items))
    return f"{escape(title)}, {when}: {count}"


def _heading(agenda: Agenda) -> str:
    meeting = agenda.meeting
    lines = [both_times(meeting.starts_at, agenda.zone)]
    if meeting.place:
        lines.append(escape(meeting.place))
    officers = _("Chair: {chair} · Secretary: {secretary}")
    lines.append(officers.format(chair=mention(meeting.chair), secretary=mention(meeting.secretary)))
    return "\n".join(lines)


def item_sections(agenda: Agenda) -> list[Block]:
    """The items as few sections, in order, within what one message may hold; what does not fit is counted."""
    if not agenda.items:
        return [section(_("Nothing is on the agenda yet."))]
    texts: list[str] = []
    room = TEXT_FOR_ITEMS
    for number, item in enumerate(agenda.items, 1):
        text = item_text(number, item, agenda)
        if len(text) > room:
            left = len(agenda.items) - number + 1
            more = ngettext("{count} more item: open the agenda.", "{count} more items: open the agenda.", left)
            texts.append(more.format(count=left))
            break
        room -= len(text) + 2
        texts.append(text)
    return [section(text) for text in _packed(texts)]


def _packed(texts: Sequence[str]) -> list[str]:
    """Texts joined to as few as fit in a section each."""
    packed: list[str] = []
    for text in texts:
        if packed and len(packed[-1]) + len(text) + 2 <= SECTION_LIMIT:
            packed[-1] += f"\n\n{text}"
        else:
            packed.append(text)
    return packed


def item_text(number: int, item: Item, agenda: Agenda) -> str:
    """One item as the meeting's channel may read it."""
    if not is_plain(item, agenda.meeting.handling):
        return _("*{number}.* A Confidential item ({length}). Open the agenda to read it, if you may.").format(
            number=number, length=minutes_text(item.minutes)
        )
    return full_item_text(f"{number}.", item, agenda.agencies)


def full_item_text(number: str, item: Item, agencies: Mapping[int, Agency]) -> str:
    """One item with everything that fits in a few lines."""
    title = escape(shorten(item.title, TITLE_SHOWN))
    head = f"*{number} {title}*" if number else f"*{title}*"
    facts = [kind_name(item.kind), minutes_text(item.minutes), *owner_facts(item, agencies)]
    if item.state in DONE:
        decided = item.state == ItemState.DECIDED
        facts.insert(0, pgettext("agenda item", "decided upon") if decided else pgettext("agenda item", "discussed"))
    lines = [f"{head} · {' · '.join(facts)}"]
    if item.question:
        lines.append(escape(shorten(item.question, QUESTION_SHOWN)))
    paper = paper_text(item)
    return "\n".join([*lines, paper] if paper else lines)


def owner_facts(item: Item, agencies: Mapping[int, Agency]) -> list[str]:
    """Who brings an item."""
    agency = agencies.get(item.owner_agency_id or 0)
    named = [escape(agency.code)] if agency is not None else []
    return [*named, mention(item.owner)] if item.owner else named


def paper_text(item: Item) -> str:
    """The item's paper, as a link or by the name of its file."""
    if item.paper_link:
        return _("Paper: {link}").format(link=f"<{escape(item.paper_link)}>")
    return _("Paper: {name}").format(name=escape(shorten(item.paper_name, 80))) if item.paper_name else ""


def _footing(agenda: Agenda) -> str:
    meeting = agenda.meeting
    length = int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)
    used = minutes_of(agenda.items)
    parts = [_("{used} of {length} minutes").format(used=used, length=length)]
    if used > length:
        parts = [_("*{used} minutes wanted, {length} there*").format(used=used, length=length)]
    if meeting.papers_sent_at is None:
        due = _("papers by {when}").format(when=both_times(meeting.papers_at, agenda.zone))
        parts.append(due)
    if agenda.proposals:
        waits = ngettext("{count} proposal waits", "{count} proposals wait", agenda.proposals)
        parts.append(waits.format(count=agenda.proposals))
    return " · ".join(parts)


def _buttons(meeting: Meeting) -> list[Block]:
    identity = str(meeting.id)
    found = [button(_("Open the agenda"), "cabinet:agenda", identity, style="primary")]
    if meeting.state in {MeetingState.PLANNED, MeetingState.CONVENED}:
        found.append(button(_("Propose an item"), "cabinet:propose", identity))
        found.append(button(_("Calendar file"), "cabinet:calendar", identity))
    return found


def agenda_canvas(agenda: Agenda) -> str:
    """The agenda as the channel's canvas holds it. Only for meetings whose level is Unclassified."""
    meeting = agenda.meeting
    lines = [
        f"# {_plain(meeting.title)}",
        "",
        when_text(meeting.starts_at, agenda.zone) + (f" · {_plain(meeting.place)}" if meeting.place else ""),
        "",
        f"## {_('Agenda')}",
        "",
    ]
    for number, item in enumerate(agenda.items, 1):
        if not is_plain(item, Handling.UNCLASSIFIED):
            confidential = _("A Confidential item ({length})").format(length=minutes_text(item.minutes))
            lines.append(f"{number}. {confidential}")
            continue
        agency = agenda.agencies.get(item.owner_agency_id or 0)
        facts = [kind_name(item.kind), minutes_text(item.minutes), *([agency.code] if agency else [])]
        lines.append(f"{number}. **{_plain(item.title)}** ({', '.join(facts)})")
        if item.question:
            lines.append(f"   {_plain(item.question)}")
    if not agenda.items:
        lines.append(_("Nothing is on the agenda yet."))
    return "\n".join(lines)


def _plain(text: str) -> str:
    """A person's text on one line, without anything a canvas would read as its own signs."""
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>#!|" else letter for letter in " ".join(text.split()))
