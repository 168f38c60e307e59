"""Showing the duty roster, and telling the coordinator where it has nobody."""

from __future__ import annotations

from datetime import datetime

from commands.escalations.handlers.duty.roster import duty_hours, read_roster, read_windows
from commands.escalations.rules.roster import Gap, Roster, Turn, gaps, news, on_duty
from commands.escalations.views.duty.overview import WEEK, Board, duty_form, gaps_card
from commands.kit.cards import Block
from commands.kit.dates import read_calendar
from commands.kit.pages import page_number
from commands.kit.permission import holders_of, one_of
from commands.kit.places import not_usable
from commands.kit.post import post, tell
from commands.kit.work import Answer, Request, Work, opened
from storage.duty import change_duty_settings, duty_settings, ensure_posts, posts_of, roster_is_kept
from storage.people import Role
from storage.subjects import Key

EDITORS = one_of(Role.ADMIN, Role.SRSG_OFFICE)


def show_roster(request: Request) -> Answer:
    """Who is on duty now, and everything that follows; the value is the page of the shifts."""
    return opened(request, roster_view(request, page=page_number(request.value)))


def roster_view(request: Request, note: str = "", *, page: int = 0) -> Block:
    """The roster as it is now, as this person may see and change it."""
    roster = read_roster(request)
    posts = posts_of(request.session, request.mission.id) or ensure_posts(request.session, request.mission.id)
    board = Board(
        now=request.now,
        zone=request.zone,
        hours=duty_hours(request),
        on_duty=on_duty(roster, request.now),
        turns=ahead(roster, request.now),
        gaps=gaps(roster, request.now, request.now + WEEK),
        posts=posts,
        windows=read_windows(request, posts, request.now),
        is_kept=roster_is_kept(request.session, request.mission.id),
        may_edit=EDITORS.is_met_by(request.who),
        mine=own_shifts(roster, request.who.user_id, request.now),
        note=note,
        page=page,
    )
    return duty_form(board)


def ahead(roster: Roster, now: datetime) -> list[Turn]:
    """The spans that are not over."""
    return [turn for turn in roster.turns if turn.ends_at > now]


def own_shifts(roster: Roster, user_id: str, now: datetime) -> list[Turn]:
    """The spans that a person can still hand over: those in which the roster would name them."""
    named = (turn for turn in ahead(roster, now) if turn.person == user_id)
    return [turn for turn in named if _holds(roster, turn, max(turn.starts_at, now))]


def _holds(roster: Roster, turn: Turn, when: datetime) -> bool:
    found = on_duty(Roster(turns=roster.turns), when)
    return found is not None and found.person == turn.person


def look_for_gaps(work: Work) -> None:
    """Tell the coordinator of gaps in the coming week, each once, in working hours."""
    if not roster_is_kept(work.session, work.mission.id) or not read_calendar(work).is_working(work.now):
        return
    found = gaps(read_roster(work), work.now, work.now + WEEK)
    told = duty_settings(work.session, work.mission.id).told_gaps
    fresh = news(found, [(_moment(one["starts_at"]), _moment(one["ends_at"])) for one in told])
    now_known = [{"starts_at": gap.starts_at.isoformat(), "ends_at": gap.ends_at.isoformat()} for gap in found]
    if now_known != told:
        change_duty_settings(work.session, work.mission.id, told_gaps=now_known)
    if fresh:
        _tell_gaps(work, fresh)


def _tell_gaps(work: Work, fresh: list[Gap]) -> None:
    key = Key.of("duty-gaps", work.now)
    channel = work.mission.coordinator_channel
    if channel and not_usable(work, channel) is None:
        with work.speaking_to_everyone():
            post(work, channel, gaps_card(fresh, work.zone, work.now), key=key)
        return
    for user in holders_of(work.session, work.mission.id, frozenset({Role.COORDINATOR, Role.ADMIN})):
        with work.speaking_to(user):
            tell(work, user, gaps_card(fresh, work.zone, work.now), key=Key.of(key, user))


def _moment(text: object) -> datetime:
    return datetime.fromisoformat(str(text))
