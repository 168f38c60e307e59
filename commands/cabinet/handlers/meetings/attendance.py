"""Attendance: an agency says that it is here, sends apologies or an observer; the secretary corrects the list."""

from __future__ import annotations

from collections.abc import Iterable

from commands.cabinet.handlers.access import MEETING, reader_of
from commands.cabinet.handlers.changes import attendance_changed
from commands.cabinet.handlers.meetings.meant import known_meetings, meeting_meant
from commands.cabinet.handlers.series.seats import member_agencies
from commands.cabinet.handlers.things import series_of
from commands.cabinet.rules.access import Act
from commands.cabinet.rules.access import member_agencies as agencies_in
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
from commands.kit.access import find, may, refuse_unless
from commands.kit.cards import mention
from commands.kit.permission import waits_text
from commands.kit.post import show
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import NOTHING_TO_SAY, Answer, Request, Work, opened
from storage.agencies import Agency, agencies_by_id, all_agencies
from storage.cabinet.attendance import Presence, attendance_of, set_presence
from storage.cabinet.meetings import Meeting, MeetingState
from storage.subjects import Subject, number


def read_roll(work: Work, meeting: Meeting) -> Roll:
    """A meeting's attendance, in a fixed number of queries."""
    series = series_of(work, meeting)
    members = member_agencies(work, series, people=False)
    attendance = attendance_of(work.session, meeting.id)
    agencies = {agency.id: agency for agency in members}
    agencies |= agencies_by_id(work.session, work.mission.id, attendance.keys() - agencies.keys(), people=False)
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
    if request.value:
        meeting = find(request, MEETING, request.value)
    else:
        known = known_meetings(request)
        if known and _records(request, known[0]):
            return opened(request, all_form(read_roll(request, known[0])))
        _refuse_without_agency(request)
        meeting = meeting_meant(request, Act.ATTEND)
    own = _own_agencies(request, meeting)
    _refuse_when_over(request, meeting)
    return opened(request, own_form(meeting, own, attendance_of(request.session, meeting.id), chosen=own[0].id))


def _own_agencies(request: Request, meeting: Meeting) -> list[Agency]:
    """The agencies of this person that sit in the meeting. Raises Refused where there is none."""
    _refuse_without_agency(request)
    own = agencies_in(reader_of(request, request.who), series_of(request, meeting))
    if not own:
        _refuse_waiting(request)
    refuse_unless(request, MEETING, meeting, Act.ATTEND)
    return _named(request, own)


def _named(request: Request, ids: Iterable[int]) -> list[Agency]:
    """These agencies by code, without their people."""
    found = agencies_by_id(request.session, request.mission.id, ids, people=False)
    return sorted(found.values(), key=lambda one: one.code_key)


def _refuse_waiting(request: Request) -> None:
    """Raises Refused for somebody who gave themselves their role in an agency, and waits for another to agree."""
    for agency in _named(request, request.who.waiting_agencies):
        raise Refused(waits_text(agency.code))


def _refuse_without_agency(request: Request) -> None:
    """Raises Refused for somebody who answers for no agency and keeps no list."""
    if not request.who.agencies:
        raise Refused(_("You answer for no agency. The secretary of the meeting keeps the list; an admin gives roles."))


def _records(request: Request, meeting: Meeting) -> bool:
    return may(request, request.who, MEETING, meeting, Act.RECORD)


def present(request: Request) -> Answer:
    """The button: my agency is here, represented by me."""
    meeting = find(request, MEETING, request.value, lock=True)
    own = _own_agencies(request, meeting)
    if len(own) > 1:
        return Answer(form=own_form(meeting, own, attendance_of(request.session, meeting.id), chosen=own[0].id))
    _write(request, meeting, own[0], Presence.REPRESENTED, request.who.user_id, "")
    attendance_changed(request, meeting)
    return NOTHING_TO_SAY


def take_own(request: Request) -> Answer:
    """The form of one's own agency was sent."""
    meeting = find(request, MEETING, request.noted(MeetingNotes).meeting, lock=True)
    agency = next(iter(_named(request, [number(request.fields.choice(AGENCY) or "")])), None)
    if agency is None:
        raise Refused(_("Choose the agency."), AGENCY)
    _refuse_for_others(request, meeting, agency)
    presence = Presence(request.fields.choice(PRESENCE) or Presence.REPRESENTED)
    name = request.fields.text(NAME)
    person = request.fields.person(PERSON) or (None if name else request.who.user_id)
    _write(request, meeting, agency, presence, person if presence is not Presence.APOLOGY else None, name)
    attendance_changed(request, meeting)
    return NOTHING_TO_SAY


def _refuse_for_others(request: Request, meeting: Meeting, agency: Agency) -> None:
    """Raises Refused for anybody but the secretary's side and who answers for an agency that sits in the meeting."""
    if _records(request, meeting):
        return
    if agency.id in request.who.waiting_agencies:
        raise Refused(waits_text(agency.code), AGENCY)
    if not request.who.answers_for(agency.id):
        raise Refused(_("You do not answer for {agency}.").format(agency=agency.code), AGENCY)
    if agency.id not in agencies_in(reader_of(request, request.who), series_of(request, meeting)):
        text = _("{agency} does not sit in this meeting. Its secretary ({secretary}) enters guests and observers.")
        raise Refused(text.format(agency=agency.code, secretary=mention(meeting.secretary)), AGENCY)


def _write(
    request: Request, meeting: Meeting, agency: Agency, presence: Presence, person: str | None, name: str
) -> None:
    if presence is not Presence.APOLOGY and meeting.state not in RECORDS_IN:
        raise Refused(
            _("The meeting is not in session. Before it begins only apologies are taken; afterwards nothing."), PRESENCE
        )
    _refuse_when_over(request, meeting)
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


def _refuse_when_over(request: Request, meeting: Meeting) -> None:
    """Raises Refused where this person cannot change the list any more."""
    if meeting.state in {MeetingState.CLOSED, MeetingState.CANCELLED}:
        raise Refused(_("This meeting is over. What it recorded is corrected by a corrigendum."), PRESENCE)
    if meeting.state == MeetingState.HELD and not _records(request, meeting):
        raise Refused(_("The meeting has ended. Ask its secretary to correct the list."), PRESENCE)


def open_all(request: Request) -> Answer:
    """The whole list, for the chair and the secretary."""
    meeting = find(request, MEETING, request.value, Act.RECORD)
    return opened(request, all_form(read_roll(request, meeting)))


def take_all(request: Request) -> Answer:
    """The secretary's list was sent: it replaces the list as it was, and keeps by whom an agency is represented."""
    meeting = find(request, MEETING, request.noted(MeetingNotes).meeting, Act.RECORD, lock=True)
    chosen = {**_beyond_the_form(read_roll(request, meeting)), **_chosen(request)}
    known = all_agencies(request.session, request.mission.id, people=False)
    before = attendance_of(request.session, meeting.id)
    for agency in known:
        presence = chosen.get(agency.id, Presence.ABSENT)
        row = before.get(agency.id)
        if row is None and presence is Presence.ABSENT:
            continue
        if row is None or row.presence != presence:
            _write(request, meeting, agency, presence, row.person if row else None, row.person_name if row else "")
    attendance_changed(request, meeting)
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
