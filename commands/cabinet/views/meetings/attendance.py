"""Attendance by agency: the one card in the meeting's channel, and the forms that fill it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commands.cabinet.rules.quorum import Quorum, by_presence
from commands.cabinet.views.notes import MeetingNotes
from commands.cabinet.views.record_words import presence_name, presences_name
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
    shorten,
)
from commands.kit.forms import field_block, modal, multi_external_select, person_select, radio, select, text_input
from commands.kit.handling import Handling
from commands.kit.names.agencies import agency_option
from commands.kit.words import _, ngettext, pgettext
from storage.agencies import Agency
from storage.cabinet.attendance import Attendance, Presence
from storage.cabinet.meetings import Meeting, MeetingState

AGENCY, PRESENCE, PERSON, NAME = "agency", "presence", "person", "name"
REPRESENTED, OBSERVERS, APOLOGIES = "represented", "observers", "apologies"
NAME_LIMIT = 120
# Slack takes no more choices that are made already.
CHOSEN_AT_MOST = 100
# Lists of 120 agencies with their people stay within a message.
LIST_LIMIT = 2400


@dataclass(frozen=True, slots=True)
class Roll:
    """A meeting's attendance with everything its card says."""

    meeting: Meeting
    members: Sequence[Agency]
    agencies: Mapping[int, Agency]
    attendance: Mapping[int, Attendance]
    quorum: Quorum


def quorum_text(quorum: Quorum) -> str:
    """Whether there is a quorum, in one sentence."""
    counts = ngettext(
        "*{represented} of {members}* member agency is represented.",
        "*{represented} of {members}* member agencies are represented.",
        quorum.members,
    ).format(represented=quorum.represented, members=quorum.members)
    if not quorum.needed:
        return counts
    if quorum.is_reached:
        return _("{counts} There is a quorum ({needed} needed).").format(counts=counts, needed=quorum.needed)
    return _("{counts} *No quorum:* {needed} are needed.").format(counts=counts, needed=quorum.needed)


def attendance_card(roll: Roll) -> Card:
    """Who is represented, by whom, and whether the cabinet may decide."""
    found = by_presence([agency.id for agency in roll.members], roll.attendance)
    blocks: list[Block] = [section(f"*{_('Attendance')}* · {escape(roll.meeting.title)}\n{quorum_text(roll.quorum)}")]
    for presence in Presence:
        if found[presence]:
            blocks += _list(presence, found[presence], roll)
    if roll.meeting.state in {MeetingState.IN_SESSION, MeetingState.HELD}:
        blocks.append(actions(*_buttons(roll.meeting)))
    plain = _("{title}: {represented} of {members} member agencies are represented.").format(
        title=roll.meeting.title, represented=roll.quorum.represented, members=roll.quorum.members
    )
    return Card(plain, tuple(blocks), Handling(roll.meeting.handling))


def _list(presence: Presence, ids: Sequence[int], roll: Roll) -> list[Block]:
    names = [_one(roll.agencies[one], roll.attendance.get(one)) for one in ids if one in roll.agencies]
    text = f"*{presences_name(presence)} ({len(names)})*\n{', '.join(names)}"
    if len(text) > LIST_LIMIT:
        short = ", ".join(escape(roll.agencies[one].code) for one in ids if one in roll.agencies)
        text = f"*{presences_name(presence)} ({len(names)})*\n{short}"
    return sections(text)


def _one(agency: Agency, row: Attendance | None) -> str:
    code = escape(agency.code)
    who = _who(row)
    return f"{code} ({who})" if who else code


def _who(row: Attendance | None) -> str:
    if row is None:
        return ""
    return mention(row.person) if row.person else escape(shorten(row.person_name, 60))


def _buttons(meeting: Meeting) -> list[Block]:
    value = str(meeting.id)
    correct = button(_("Correct the list"), "cabinet:attendance", value)
    if meeting.state == MeetingState.HELD:
        return [correct]
    here = button(_("My agency is here"), "cabinet:present", value, style="primary")
    change = button(_("Somebody else, or apologies"), "cabinet:attend", value)
    return [here, change, correct]


def own_form(
    meeting: Meeting, agencies: Sequence[Agency], attendance: Mapping[int, Attendance], *, chosen: int | None
) -> Block:
    """How one's own agency takes part."""
    row = attendance.get(chosen) if chosen is not None else None
    options = [agency_option(agency) for agency in agencies[:100]]
    blocks = [
        context(escape(meeting.title)),
        field_block(AGENCY, _("Agency"), select(options, initial=str(chosen) if chosen else None)),
        field_block(PRESENCE, _("Takes part as"), radio(_presences(), initial=row.presence if row else None)),
        field_block(
            PERSON,
            _("Represented by"),
            person_select(initial=row.person if row else None),
            optional=True,
            hint=_("Empty: you."),
        ),
        field_block(
            NAME,
            _("Or by somebody without Slack"),
            text_input(initial=row.person_name if row else None, most=NAME_LIMIT),
            optional=True,
        ),
    ]
    return modal(
        "cabinet:attend",
        _("Attendance"),
        blocks,
        submit=_("Save"),
        close=_("Close"),
        notes=MeetingNotes(meeting.id),
    )


def _presences() -> list[Block]:
    offered = (Presence.REPRESENTED, Presence.OBSERVER, Presence.APOLOGY)
    return [option(presence_name(one), one.value) for one in offered]


def all_form(roll: Roll) -> Block:
    """The whole list, for the secretary and the chair. Whoever is in none of the fields is absent."""
    found = by_presence([agency.id for agency in roll.members], roll.attendance)
    fields = (
        (REPRESENTED, pgettext("agencies", "Represented"), Presence.REPRESENTED),
        (OBSERVERS, pgettext("agencies", "Observers"), Presence.OBSERVER),
        (APOLOGIES, pgettext("agencies", "Absent with apology"), Presence.APOLOGY),
    )
    blocks: list[Block] = [
        section(f"*{escape(roll.meeting.title)}*\n{quorum_text(roll.quorum)}"),
        context(_("An agency that stands in none of these is absent without apology.")),
    ]
    for name, label, presence in fields:
        chosen = [agency_option(roll.agencies[one]) for one in found[presence] if one in roll.agencies]
        element = multi_external_select("cabinet:agency", initial=chosen[:CHOSEN_AT_MOST])
        blocks.append(field_block(name, label, element, optional=True))
    return modal(
        "cabinet:attendance",
        _("Attendance"),
        blocks,
        submit=_("Save"),
        close=_("Close"),
        notes=MeetingNotes(roll.meeting.id),
    )
