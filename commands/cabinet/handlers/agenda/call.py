"""The call for items: it goes out in time, one message to each member, kept current."""

from __future__ import annotations

from collections.abc import Iterable

from commands.cabinet.handlers.meetings.convocation import convene
from commands.cabinet.handlers.series.seats import people_to_invite, seats_of
from commands.cabinet.rules.seats import Seats
from commands.cabinet.views.agenda.call import call_card, no_seat_card, proposals_card
from commands.kit.cards import Card
from commands.kit.people import learn_people
from commands.kit.post import show_to
from commands.kit.promises import redraw, redraw_about
from commands.kit.work import Work
from storage.cabinet.items import Item, ItemKind, ItemState, items_of_meeting
from storage.cabinet.meetings import AHEAD, Meeting, MeetingState, get_meeting, lock_meeting, running_meetings
from storage.cabinet.series import Series, get_series
from storage.posts import get_post
from storage.subjects import Subject

CALL = "cabinet:call"


def call_for_items(work: Work, subject: Subject) -> None:
    """The moment has come: the meeting is convened, and every member is asked what it should decide."""
    meeting = lock_meeting(work.session, work.mission.id, subject.number())
    series = get_series(work.session, work.mission.id, meeting.series_id) if meeting is not None else None
    if meeting is None or series is None or meeting.state not in AHEAD or meeting.called_at is not None:
        return
    if meeting.state == MeetingState.PLANNED:
        convene(work, series, meeting)
    meeting.called_at = work.now
    people = people_to_invite(work, series, meeting.handling, (meeting.chair, meeting.secretary))
    learn_people(work, people)
    work.record("meeting.called", ("meeting", meeting.id), people=len(people))
    _show_calls(work, series, meeting, people)


def call_subject(meeting: Meeting, user: str) -> Subject:
    """What a member's call for items is known under."""
    return Subject.of("cabinet", "call", meeting.id, user)


def refresh_calls(work: Work, meeting: Meeting, user_ids: Iterable[str] | None = None) -> None:
    """Let the calls of these people, or of everybody who got one, say what holds; they are drawn as they leave."""
    if meeting.called_at is None:
        return
    if user_ids is None:
        redraw_about(work, CALL, Subject.of("cabinet", "call", meeting.id))
    else:
        redraw(work, CALL, {call_subject(meeting, user): f"dm:{user}" for user in user_ids})


def draw_call(work: Work, subject: Subject) -> Card | None:
    """The call for items that one person got, as it is now."""
    meeting, user = get_meeting(work.session, work.mission.id, subject.number()), subject.ids[1]
    series = get_series(work.session, work.mission.id, meeting.series_id) if meeting is not None else None
    if meeting is None or series is None:
        return None
    with work.speaking_to(user):
        if user not in people_to_invite(work, series, meeting.handling, (meeting.chair, meeting.secretary)):
            return no_seat_card()
        return call_card(
            meeting,
            own_items(seats_of(work, series), items_of_meeting(work.session, meeting.id), user),
            work.zone,
            work.now,
        )


def _show_calls(work: Work, series: Series, meeting: Meeting, users: Iterable[str]) -> None:
    """One card for each; who sits where and what is proposed is read once for all of them."""
    seats, items = seats_of(work, series), items_of_meeting(work.session, meeting.id)
    for user in users:
        with work.speaking_to(user):
            card = call_card(meeting, own_items(seats, items, user), work.zone, work.now)
        show_to(work, user, call_subject(meeting, user), card)


def end_calls(work: Work, subject: Subject) -> None:
    """A meeting's time has come: nothing is called for any more."""
    meeting = get_meeting(work.session, work.mission.id, subject.number())
    if meeting is not None:
        refresh_calls(work, meeting)


def follow_seats(work: Work, _subject: Subject) -> None:
    """Who sits where has changed: calls of those who sit in a meeting no longer call for nothing."""
    work.once(follow_seats, lambda: _refresh_all_calls(work))


def _refresh_all_calls(work: Work) -> None:
    for meeting in running_meetings(work.session, work.mission.id):
        if meeting.state in AHEAD:
            refresh_calls(work, meeting)


def own_items(seats: Seats, items: Iterable[Item], user: str) -> list[Item]:
    """What a person or their agency has proposed, out of a meeting's items."""
    agencies = {agency for agency, people in seats.agencies.items() if user in people}
    proposed = [item for item in items if item.kind != ItemKind.STANDING]
    return [item for item in proposed if item.proposed_by == user or item.owner_agency_id in agencies]


def colleagues_of(work: Work, series: Series, item: Item) -> list[str]:
    """Everybody whose call shows this item: whoever proposed it, and the representatives of its agency."""
    seats = seats_of(work, series)
    return list(dict.fromkeys([item.proposed_by, *seats.agencies.get(item.owner_agency_id or 0, [])]))


def tell_secretary(work: Work, meeting: Meeting) -> None:
    """Keep the one message current that says how many proposals the secretary has to place."""
    waiting = items_of_meeting(work.session, meeting.id, (ItemState.PROPOSED,))
    subject = Subject.of("cabinet", "proposals", meeting.id)
    if not waiting and get_post(work.session, work.mission.id, subject) is None:
        return
    with work.speaking_to(meeting.secretary):
        show_to(work, meeting.secretary, subject, proposals_card(meeting, waiting, work.zone), at_once=False)
