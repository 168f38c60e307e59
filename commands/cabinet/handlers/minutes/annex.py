"""Who gets the closed annex of minutes, one by one."""

from __future__ import annotations

from commands.cabinet.handlers.series.seats import member_agencies, seats_of
from commands.cabinet.handlers.things import series_of
from commands.kit.contacts import everyone
from commands.kit.handling import Handling, Verdict, may_go
from commands.kit.places import place_of_person
from commands.kit.work import Work
from storage.cabinet.attendance import Presence, attendance_of
from storage.cabinet.meetings import Meeting


def annex_readers(work: Work, meeting: Meeting) -> list[str]:
    """The officers and whoever represented a member agency, as far as they sit in the series and are cleared.

    To be written down as represented gives nobody a seat: a guest, an observer and a person named from outside get
    nothing.
    """
    series = series_of(work, meeting)
    members = {agency.id: agency for agency in member_agencies(work, series)}
    seated = {user for agency in members.values() for user in everyone(agency)}
    seated.update(seats_of(work, series, (meeting.chair, meeting.secretary)).people)
    users = [meeting.chair, meeting.secretary]
    for identity, row in attendance_of(work.session, meeting.id).items():
        if row.presence == Presence.REPRESENTED and identity in members:
            users += [row.person] if row.person else everyone(members[identity])[:1]
    return [user for user in dict.fromkeys(users) if user in seated and _is_cleared(work, user)]


def _is_cleared(work: Work, user: str) -> bool:
    place = place_of_person(work.session, work.mission, user)
    return may_go(Handling.CONFIDENTIAL, place) is Verdict.ALLOWED
