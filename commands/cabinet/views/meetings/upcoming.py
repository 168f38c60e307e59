"""The next meetings, as `/cabinet` and App Home show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from commands.cabinet.views.notices import place_line
from commands.cabinet.views.words import meeting_state
from commands.kit.cards import Block, Card, actions, as_many_as_fit, button, divider, escape, header, mention, section
from commands.kit.dates import both_times
from commands.kit.handling import Handling, highest
from commands.kit.names.levels import level_note
from commands.kit.pages import left_note
from commands.kit.words import _, ngettext
from storage.cabinet.meetings import AHEAD, Meeting, MeetingState

HOME_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A meeting that is not over, with how much is on its agenda, and whether this person leads it and records what
    it decides.
    """

    meeting: Meeting
    items: int
    proposals: int
    leads: bool
    runs: bool = False


def next_card(found: Sequence[Upcoming], actions_open: int, zone: ZoneInfo, *, keeps: bool) -> Card:
    """The meetings of a person, the next one first, with what they can do now."""
    shown = as_many_as_fit([[divider(), *meeting_blocks(one, zone)] for one in found])
    text = ngettext("{count} meeting of the cabinet.", "{count} meetings of the cabinet.", len(found))
    text = text.format(count=len(found)) if found else _("You have no meeting of the cabinet ahead.")
    blocks = [section(text), *(block for group in shown for block in group), divider(), _row(actions_open, keeps=keeps)]
    levels = [Handling(one.meeting.handling) for one in found[: len(shown)]]
    return Card(text, tuple(blocks), highest(*levels) if levels else Handling.UNCLASSIFIED)


def meeting_blocks(one: Upcoming, zone: ZoneInfo) -> list[Block]:
    """One meeting with its buttons."""
    meeting = one.meeting
    lines = [f"*{escape(meeting.title)}* · {meeting_state(meeting.state)}", both_times(meeting.starts_at, zone)]
    place = place_line(meeting)
    lines += [place] if place else []
    officers = _("Chair: {chair} · Secretary: {secretary}")
    lines.append(officers.format(chair=mention(meeting.chair), secretary=mention(meeting.secretary)))
    count = ngettext("{count} item on the agenda", "{count} items on the agenda", one.items).format(count=one.items)
    waits = ngettext("{count} proposal waits", "{count} proposals wait", one.proposals).format(count=one.proposals)
    lines.append(f"{count} · *{waits}*" if one.proposals else count)
    return [section("\n".join(lines)), *level_note(meeting.handling), actions(*_buttons(one))]


def _buttons(one: Upcoming) -> list[Block]:
    meeting, identity = one.meeting, str(one.meeting.id)
    found = [button(_("Open the agenda"), "cabinet:agenda", identity)]
    if meeting.state in AHEAD:
        found.append(button(_("Propose an item"), "cabinet:propose", identity))
        found.append(button(_("Calendar file"), "cabinet:calendar", identity))
    if one.leads and meeting.state == MeetingState.PLANNED:
        found.append(button(_("Convene now"), "cabinet:convene-now", identity))
    if one.runs and meeting.state not in {MeetingState.PLANNED, MeetingState.CLOSED}:
        found.append(button(_("The meeting"), "cabinet:run", identity, style="primary"))
    return found


def _row(actions_open: int, *, keeps: bool) -> Block:
    text = _("My actions ({count})").format(count=actions_open) if actions_open else _("Actions")
    row = [button(text, "cabinet:actions", "mine:0"), button(_("Decision log"), "cabinet:log")]
    if keeps:
        row.append(button(_("Series and meetings"), "cabinet:meetings"))
    return actions(*row)


def no_series_card(*, leads: bool) -> Card:
    """No series of meetings has been set up."""
    text = (
        _("No cabinet meets yet. Set up a series of meetings, and I convene it, call for items and keep its agenda.")
        if leads
        else _("No cabinet meets yet. A coordinator of the mission can set up a series of meetings.")
    )
    row = actions(
        button(_("New series"), "cabinet:series-new", style="primary"),
        button(_("One-off meeting"), "cabinet:series-new:one-off", "one-off"),
    )
    return Card(text, (section(text), row) if leads else (section(text),))


def home_blocks(found: Sequence[Upcoming], actions_open: int, zone: ZoneInfo, *, keeps: bool) -> list[Block]:
    """The room's part of a person's Home; nothing for somebody whom no cabinet concerns."""
    if not found and not actions_open:
        return []
    blocks: list[Block] = [header(_("Cabinet"))]
    for one in found[:HOME_SHOWN]:
        blocks += meeting_blocks(one, zone)
    blocks += left_note(found, HOME_SHOWN)
    return [*blocks, _row(actions_open, keeps=keeps)]
