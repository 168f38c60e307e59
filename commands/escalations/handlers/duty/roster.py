"""The duty roster and the posts as the rules want them, read from storage: who is on duty, who answers for a post."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from commands.escalations.rules.roster import (
    Absence,
    OfficerInCharge,
    Roster,
    Turn,
    TurnKind,
    absence,
    officer_in_charge,
    on_duty,
    should_be_on_duty,
)
from commands.kit.contacts import zone_of
from commands.kit.dates import WorkCalendar, read_calendar
from commands.kit.permission import holders_of
from commands.kit.work import Work
from storage.agencies import leaves_of
from storage.duty import DutyTurn, Post, duty_settings, posts_of, turns_after, windows_after
from storage.people import Person, Role, people_of

# A gap that runs since long ago is known by its beginning: so far back the roster is read.
LOOK_BACK = timedelta(days=35)


@dataclass(frozen=True, slots=True)
class Acting:
    """Who answers for a post, and whom an officer in charge acts for."""

    person: str
    instead_of: str | None = None


def who_answers_for_post(
    work: Work, code: str, when: datetime | None = None, posts: Sequence[Post] | None = None
) -> Acting | None:
    """The officer in charge of a post at a moment, else its holder; None when neither is there or the post is empty.

    `posts` are the mission's where they have been read already.
    """
    posts = posts_of(work.session, work.mission.id) if posts is None else posts
    post = next((one for one in posts if one.code == code), None)
    if post is None:
        return None
    moment = when or work.now
    acting = officer_in_charge(read_windows(work, [post], moment - timedelta(seconds=1)), code, moment)
    asked = [*([acting.person] if acting else []), *([post.holder] if post.holder else [])]
    known = people_of(work.session, work.mission.id, asked)
    there = Roster(absences=read_absences(work, known.values()), gone=_gone(known.values()))
    person = next((one for one in asked if there.is_there(one, moment)), None)
    if person is None:
        return None
    return Acting(person, post.holder if person != post.holder else None)


def named_on_duty(work: Work) -> list[str]:
    """Whom the step “duty officer” names: whoever is on duty, after those who should have been and are not there."""
    roster = read_roster(work)
    should_be, found = should_be_on_duty(roster, work.now), on_duty(roster, work.now)
    if found is None:
        return should_be
    return [*takewhile(lambda one: one != found.person, should_be), found.person]


def named_for_post(work: Work, code: str, posts: Sequence[Post]) -> list[str]:
    """Whom a step for one of the posts names: who answers for it, else its absent holder; nobody while it has none."""
    found = who_answers_for_post(work, code, posts=posts)
    if found is not None:
        return [found.person]
    post = next((one for one in posts if one.code == code), None)
    return [post.holder] if post is not None and post.holder else []


def read_roster(work: Work) -> Roster:
    """Everything that decides who is on duty around now and later."""
    turns = tuple(as_turn(row) for row in turns_after(work.session, work.mission.id, work.now - LOOK_BACK))
    reserve = tuple(holders_of(work.session, work.mission.id, frozenset({Role.DUTY_OFFICER})))
    known = people_of(work.session, work.mission.id, {*reserve, *(turn.person for turn in turns)})
    return Roster(
        turns=turns,
        absences=read_absences(work, known.values()),
        gone=_gone(known.values()),
        reserve=reserve,
        hours=duty_hours(work),
    )


def duty_hours(work: Work) -> WorkCalendar | None:
    """When somebody has to be on duty; None around the clock."""
    settings = duty_settings(work.session, work.mission.id)
    return None if settings.around_the_clock else read_calendar(work).elsewhere(settings.zone)


def read_absences(work: Work, people: Iterable[Person]) -> tuple[Absence, ...]:
    """The leave of these people, in their own zones."""
    zones = {person.user_id: zone_of(person, work.zone) for person in people}
    leaves = leaves_of(work.session, work.mission.id, zones)
    return tuple(absence(one.user_id, one.first_day, one.last_day, zones[one.user_id]) for one in leaves)


def read_windows(work: Work, posts: Iterable[Post], after: datetime) -> list[OfficerInCharge]:
    """The officer-in-charge windows of these posts that end after a moment."""
    codes = {post.id: post.code for post in posts}
    rows = windows_after(work.session, work.mission.id, after)
    return [
        OfficerInCharge(row.id, codes[row.post_id], row.user_id, row.starts_at, row.ends_at)
        for row in rows
        if row.post_id in codes
    ]


def as_turn(row: DutyTurn) -> Turn:
    """A row of the roster as the rules want it."""
    return Turn(row.id, row.user_id, row.starts_at, row.ends_at, TurnKind(row.kind))


def _gone(people: Iterable[Person]) -> frozenset[str]:
    return frozenset(person.user_id for person in people if person.is_gone)
