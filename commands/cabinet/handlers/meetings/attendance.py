"""Attendance: an agency says that it is here, sends apologies or an observer; the secretary corrects the list."""

from __future__ import annotations

from commands.cabinet.handlers.which import leads, meeting_meant, meeting_of, members_of, refuse_others, series_of
from commands.cabinet.rules.deciding import RECORDS_IN
from commands.cabinet.rules.quorum import by_presence, quorum_of
from commands.cabinet.views.meetings.attendance import (
    AGENCY,
    APOLOGIES,
    CHOSEN_AT_MOST,
    NAME,
    OBSERVERS,
    PERSON,
    PRESENCE,
    REPRESENTED,
    Roll,
    all_form,
    attendance_card,
    own_form,
)
from commands.cabinet.views.notes import MeetingNotes
from commands.kit.post import show
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import NOTHING_TO_SAY, Answer, Request, Work, opened
from storage.agencies import Agency, agencies_by_id, all_agencies, get_agency
from storage.cabinet.attendance import Presence, attendance_of, set_presence
from storage.cabinet.meetings import Meeting, MeetingState
from storage.subjects import Subject


def read_roll(work: Work, meeting: Meeting) -> Roll:
    """A meeting's attendance, in a fixed number of queries."""
    series = series_of(work, meeting)
    members = members_of(work, series)
    attendance = attendance_of(work.session, meeting.id)
    agencies = {agency.id: agency for agency in members}
    agencies |= agencies_by_id(work.session, work.mission.id, attendance.keys() - agencies.keys())
    quorum = quorum_of(series.quorum_rule, series.quorum_number, [agency.id for agency in members], attendance)
    return Roll(meeting, members, agencies, attendance, quorum)


def show_attendance(work: Work, meeting: Meeting) -> None:
    """Keep the card in the meeting's channel current, from the moment the meeting begins."""
    if meeting.channel_id is None or meeting.opened_at is None:
        return
    with work.speaking_to_everyone():
        card = attendance_card(read_roll(work, meeting))
        show(work, meeting.channel_id, Subject.of("meeting", meeting.id, "attendance"), card, at_once=True)


def attend(request: Request) -> Answer:
    """What `/cabinet attend` opens: the whole list for chair and secretary, one's own agency for everybody else."""
    meeting = meeting_of(request, request.value) if request.value else meeting_meant(request)
    if not request.value and leads(request.who.user_id, meeting):
        return opened(request, all_form(read_roll(request, meeting)))
    own = _own_agencies(request, meeting)
    return opened(request, own_form(meeting, own, attendance_of(request.session, meeting.id), chosen=own[0].id))


def _own_agencies(request: Request, meeting: Meeting) -> list[Agency]:
    """The agencies of this person; those that sit in the meeting first. Raises Refused where there is none."""
    members = {agency.id for agency in members_of(request, series_of(request, meeting))}
    mine = agencies_by_id(request.session, request.mission.id, request.who.agencies).values()
    if not mine:
        raise Refused(_("You answer for no agency. The secretary of the meeting keeps the list; an admin gives roles."))
    return sorted(mine, key=lambda agency: (agency.id not in members, agency.code_key))


def present(request: Request) -> Answer:
    """The button: my agency is here, represented by me."""
    meeting = meeting_of(request, request.value, lock=True)
    own = _own_agencies(request, meeting)
    if len(own) > 1:
        return Answer(form=own_form(meeting, own, attendance_of(request.session, meeting.id), chosen=own[0].id))
    _write(request, meeting, own[0], Presence.REPRESENTED, request.who.user_id, "")
    show_attendance(request, meeting)
    return NOTHING_TO_SAY


def take_own(request: Request) -> Answer:
    """The form of one's own agency was sent."""
    meeting = meeting_of(request, request.noted(MeetingNotes).meeting, lock=True)
    agency = get_agency(request.session, request.mission.id, int(request.fields.choice(AGENCY) or 0))
    if agency is None:
        raise Refused(_("Choose the agency."), AGENCY)
    if not (request.who.answers_for(agency.id) or leads(request.who.user_id, meeting)):
        raise Refused(_("You do not answer for {agency}.").format(agency=agency.code), AGENCY)
    presence = Presence(request.fields.choice(PRESENCE) or Presence.REPRESENTED)
    name = request.fields.text(NAME)
    person = request.fields.person(PERSON) or (None if name else request.who.user_id)
    _write(request, meeting, agency, presence, person if presence is not Presence.APOLOGY else None, name)
    show_attendance(request, meeting)
    return NOTHING_TO_SAY


def _write(
    request: Request, meeting: Meeting, agency: Agency, presence: Presence, person: str | None, name: str
) -> None:
    if presence is not Presence.APOLOGY and meeting.state not in RECORDS_IN:
        raise Refused(
            _("The meeting is not in session. Before it begins only apologies are taken; afterwards nothing."), PRESENCE
        )
    if meeting.state in {MeetingState.CLOSED, MeetingState.CANCELLED}:
        raise Refused(_("This meeting is over. What it recorded is corrected by a corrigendum."), PRESENCE)
    if meeting.state == MeetingState.HELD and not leads(request.who.user_id, meeting):
        raise Refused(_("The meeting has ended. Ask its secretary to correct the list."), PRESENCE)
    set_presence(
        request.session,
        request.mission.id,
        meeting.id,
        agency.id,
        presence,
        by=request.who.user_id,
        at=request.now,
        person=person,
        person_name=name,
    )
    request.record("attendance.set", ("meeting", meeting.id), agency=agency.code, presence=presence.value)


def open_all(request: Request) -> Answer:
    """The whole list, for the chair and the secretary."""
    meeting = meeting_of(request, request.value)
    refuse_others(request, meeting)
    return opened(request, all_form(read_roll(request, meeting)))


def take_all(request: Request) -> Answer:
    """The secretary's list was sent: it replaces the list as it was, and keeps by whom an agency is represented."""
    meeting = meeting_of(request, request.noted(MeetingNotes).meeting, lock=True)
    refuse_others(request, meeting)
    chosen = {**_beyond_the_form(read_roll(request, meeting)), **_chosen(request)}
    known = all_agencies(request.session, request.mission.id)
    before = attendance_of(request.session, meeting.id)
    for agency in known:
        presence = chosen.get(agency.id, Presence.ABSENT)
        row = before.get(agency.id)
        if row is None and presence is Presence.ABSENT:
            continue
        if row is None or row.presence != presence:
            _write(request, meeting, agency, presence, row.person if row else None, row.person_name if row else "")
    show_attendance(request, meeting)
    return NOTHING_TO_SAY


def _beyond_the_form(roll: Roll) -> dict[int, Presence]:
    """Agencies that Slack's limit kept out of the form stay as they are."""
    found = by_presence([agency.id for agency in roll.members], roll.attendance)
    return {agency: presence for presence, ids in found.items() for agency in ids[CHOSEN_AT_MOST:]}


def _chosen(request: Request) -> dict[int, Presence]:
    fields = {
        REPRESENTED: Presence.REPRESENTED,
        OBSERVERS: Presence.OBSERVER,
        APOLOGIES: Presence.APOLOGY,
    }
    chosen: dict[int, Presence] = {}
    for name, presence in fields.items():
        for value in request.fields.choices(name):
            if int(value) in chosen:
                raise Refused(_("An agency stands in two lists. Each belongs in one."), name)
            chosen[int(value)] = presence
    return chosen
