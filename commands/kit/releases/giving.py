"""Giving a release out, and ending it: everywhere it stands says so, and whatever took it in is told.

The subject of a release is `release:ID`; whoever posts it makes the message's subject a part of that
(`release:ID:CHANNEL`), and gives `GIVEN_OUT` to the audience it posts to. Whoever takes it into something of their own
says so with `use`; rooms follow `ENDED` (`Room.follows`) to tell their own people, and ask `uses_of` what is theirs.

Gesture: post.
"""

from __future__ import annotations

from datetime import datetime

from commands.kit.cards import Card, escape, moment, section
from commands.kit.compartments.rules import HEADS
from commands.kit.dates import when_text
from commands.kit.handling import Handling
from commands.kit.names.roles import role_name
from commands.kit.post import post, show, tell
from commands.kit.refused import NotAllowed, Refused, RefusedFields
from commands.kit.releases.rules import Draft, may_read, problems
from commands.kit.words import _
from commands.kit.work import Request, Work
from storage import posts
from storage.compartments import Compartment
from storage.posts import get_post
from storage.releases import Release, ReleaseState, lock_release, next_number, note_use
from storage.subjects import Key, Subject
from storage.timers import cancel_timers, set_timer

GIVEN_OUT, WITHDRAWN, EXPIRED = "release.given_out", "release.withdrawn", "release.expired"
ENDED = (WITHDRAWN, EXPIRED)

__all__ = [
    "ENDED",
    "expire",
    "give_out",
    "post_release",
    "release_card",
    "subject_of",
    "tell_release",
    "use",
    "withdraw",
]


def subject_of(release: Release) -> Subject:
    """The release, as links, timers and messages name it."""
    return Subject.of("release", release.id)


def give_out(request: Request, side: Compartment, draft: Draft, *, expires: str) -> Release:
    """Give a text out. `expires` is the timer (`room:name`) that calls `expire` at its end. Raises RefusedFields.

    Whoever is not inside the side is refused. Nothing of it can be changed afterwards.
    """
    _check_inside(request, side)
    wrong = problems(draft, request.now)
    if wrong or draft.audience is None or draft.valid_until is None:
        raise RefusedFields(wrong)
    release = Release(
        mission_id=request.mission.id,
        number=next_number(request.session, request.mission.id),
        compartment=side,
        text=draft.text,
        handling=draft.handling,
        audience=draft.audience,
        agencies=list(draft.agencies),
        person=draft.person,
        valid_until=draft.valid_until,
        state=ReleaseState.IN_FORCE,
        released_by=request.actor,
        released_at=request.now,
    )
    request.session.add(release)
    request.session.flush()
    about = subject_of(release)
    key = Key.of(about, "expires")
    set_timer(request.session, request.mission.id, key=key, verb=expires, subject=about, due_at=release.valid_until)
    request.record(GIVEN_OUT, ("release", release.id), compartment=side, audience=draft.audience.value)
    return release


def post_release(work: Work, release: Release, channel_id: str) -> None:
    """Post a release in a channel; the message says so when it ends."""
    with work.speaking_to_everyone():
        about = subject_of(release).part(channel_id)
        post(work, channel_id, release_card(work, release), key=Key.of(about), subject=about)


def tell_release(work: Work, release: Release, user_id: str) -> None:
    """The same in a person's direct messages."""
    with work.speaking_to(user_id):
        about = subject_of(release).part(user_id)
        tell(work, user_id, release_card(work, release), key=Key.of(about), subject=about)


def use(request: Request, release: Release, by: Subject) -> None:
    """Something (`by`) takes a release in, for somebody who may read it. Raises Refused once it has ended."""
    if not may_read(release, request.who):
        raise NotAllowed(_("There is nothing here that you may see."), ("release", release.id))
    if not release.is_in_force:
        raise Refused(_("This release is not in force any more, so it cannot be used."))
    note_use(request.session, release, by, request.now)


def withdraw(request: Request, release_id: int) -> Release:
    """Take a release back, by anybody of its side. Raises Refused when it has ended already, or is not theirs."""
    release = lock_release(request.session, request.mission.id, release_id)
    if release is None or Compartment(release.compartment) not in request.who.inside:
        raise Refused(_("There is nothing here that you may see."))
    if not release.is_in_force:
        raise Refused(_("This release is not in force any more."))
    cancel_timers(request.session, request.mission.id, subject_of(release))
    _end(request, release, ReleaseState.WITHDRAWN, request.now)
    request.record(WITHDRAWN, ("release", release.id), compartment=release.compartment)
    return release


def expire(work: Work, subject: Subject) -> None:
    """The end of a release has come; nothing happens when it was withdrawn before."""
    release = lock_release(work.session, work.mission.id, subject.number())
    if release is None or not release.is_in_force or release.valid_until > work.now:
        return
    _end(work, release, ReleaseState.EXPIRED, release.valid_until)
    work.record(EXPIRED, ("release", release.id), compartment=release.compartment)


def _end(work: Work, release: Release, state: ReleaseState, at: datetime) -> None:
    """In one transaction with the words that follow: whatever stands is edited by rows that a crash does not lose."""
    release.state, release.ended_by, release.ended_at = state, work.actor, at
    work.session.flush()
    for about in posts.shown_about(work.session, work.mission.id, subject_of(release)):
        known = get_post(work.session, work.mission.id, about)
        to_person = about.ids[-1].startswith(("U", "W"))
        place = f"dm:{about.ids[-1]}" if to_person else (known.channel_id if known else about.ids[-1])
        with work.speaking_to(about.ids[-1]) if to_person else work.speaking_to_everyone():
            show(work, place, about, release_card(work, release), at_once=True)


def release_card(work: Work, release: Release) -> Card:
    """A release as its readers see it: the text while it is in force, and afterwards only that it has ended."""
    side = role_name(HEADS[Compartment(release.compartment)])
    head = _("*R-{number}* · released by the office of the {side}").format(number=release.number, side=side)
    if not release.is_in_force:
        ended = {
            ReleaseState.WITHDRAWN: _("*Withdrawn* {when}. Do not use it any more."),
            ReleaseState.EXPIRED: _("*Expired* {when}. Do not use it any more."),
        }[ReleaseState(release.state)].format(when=_moment(work, release.ended_at or release.valid_until))
        return Card(f"{head}\n{ended}", (section(head), section(ended)))
    until = _("Valid until {when}.").format(when=_moment(work, release.valid_until))
    text = escape(release.text)
    plain = f"{head}\n{text}\n{until}"
    return Card(plain, (section(head), section(text), section(until)), Handling(release.handling))


def _moment(work: Work, at: datetime) -> str:
    return moment(at, when_text(at, work.zone))


def _check_inside(request: Request, side: Compartment) -> None:
    if side not in request.who.inside:
        raise Refused(_("There is nothing here that you may see."))
