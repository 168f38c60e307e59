"""The one message that a person has about a round: what it says now, drawing it again, and letting it ring."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from commands.kit.cards import Card
from commands.kit.contacts import everyone
from commands.kit.handling import Handling
from commands.kit.permission import who_is
from commands.kit.promises import redraw as redraw_standing
from commands.kit.promises import ring as ring_standing
from commands.kit.work import Work
from commands.updates.handlers.access import return_of
from commands.updates.handlers.participants import owed_of, repeatable
from commands.updates.rules.access import Act
from commands.updates.rules.access import may as may_do
from commands.updates.views.calls import Owed, Part, call_card
from commands.updates.views.words import level_of, why_called
from storage.agencies import agencies_by_id
from storage.people import get_person
from storage.subjects import Subject
from storage.updates.drafts import drafts_of
from storage.updates.notices import NoticeKind, ReturnNotice, call_subject, called_for, notices_of
from storage.updates.returns import Return, get_return, owed_by, returns_of_rounds
from storage.updates.rounds import Round, get_round, open_rounds

DRAWING = "updates:notice"


def redraw_all(work: Work, returns: Iterable[Return], *, drop_waiting: bool = False) -> None:
    """Let every message about these returns say what is true when it leaves, with a few statements for all of them.

    With `drop_waiting`, questions and reminders that have not left do not leave at all.
    """
    redraw_standing(work, DRAWING, _places(work, list(returns)), drop_waiting=drop_waiting)


def _places(work: Work, returns: Sequence[Return]) -> dict[Subject, str]:
    """Where messages about these returns stand, or may: a person's one message, and those of older versions."""
    rounds = {given.id: given.round_id for given in returns}
    found = notices_of(work.session, rounds)
    every = [(note, rounds[note.return_id]) for notices in found.values() for note in notices]
    calls = {call_subject(round_id, note.user_id): f"dm:{note.user_id}" for note, round_id in every}
    return calls | {note.subject: f"dm:{note.user_id}" for note, _round_id in every}


def ring(work: Work, this: Round, users: Iterable[str]) -> None:
    """Let these people's messages about the round ring; whoever has none gets it."""
    places = {call_subject(this.id, user): f"dm:{user}" for user in dict.fromkeys(users)}
    if places:
        ring_standing(work, DRAWING, places, level_of(this))


def ring_all(work: Work, this: Round, returns: Sequence[Return]) -> None:
    """Let everybody hear who was asked for one of these returns, or reminded of it."""
    found = notices_of(work.session, [given.id for given in returns])
    ring(work, this, [note.user_id for notices in found.values() for note in notices])
    redraw_all(work, returns)


def follow_agency(work: Work, subject: Subject) -> None:
    """An agency's people changed: who may not answer any more is offered nothing, who may again is."""
    found = owed_by(work.session, work.mission.id, [subject.number()])
    redraw_all(work, [given for given, _round, _agency in found])


def follow_roles(work: Work, _subject: Subject) -> None:
    """Roles of the mission changed: coordinators answer for agencies too, and roles decide who reads what."""
    running = open_rounds(work.session, work.mission.id)
    if running:
        redraw_all(work, returns_of_rounds(work.session, [this.id for this in running]))


def draw_notice(work: Work, subject: Subject) -> Card | None:
    """One of these messages as it is now."""
    if subject.kind == "return":
        given = get_return(work.session, work.mission.id, subject.number())
        returns, user = [given] if given is not None else [], subject.ids[-1]
    else:
        this, user = get_round(work.session, work.mission.id, subject.number()), subject.ids[-1]
        returns = called_for(work.session, this.id, user) if this is not None else []
    return draw_call(work, returns, user) if returns else None


def draw_call(work: Work, returns: Sequence[Return], user: str) -> Card:
    """What a person reads of these returns of one round."""
    notices = notices_of(work.session, [given.id for given in returns])
    agencies = agencies_by_id(work.session, work.mission.id, [given.agency_id for given in returns])
    found = [repeatable(work, owed_of(work, given, agency=agencies[given.agency_id])) for given in returns]
    with work.speaking_to(user):
        return call_card([_part(work, owed, user, notices[owed.given.id]) for owed in found])


def _part(work: Work, owed: Owed, user: str, notices: Sequence[ReturnNotice]) -> Part:
    own = [note for note in notices if note.user_id == user]
    asked = [note for note in own if note.kind == NoticeKind.ASK]
    last = asked[-1] if asked else None
    return Part(
        owed=owed,
        is_theirs=_may_answer(work, owed, user),
        why=why_called(owed.round, own[-1], work.now),
        reminds=own[-1].kind != NoticeKind.ASK,
        handed_by=last.handed_by if last is not None else None,
        handed_to=_handed_to(notices).get(last.id) if last is not None else None,
        has_draft=user in _drafting(work, owed),
    )


def _may_answer(work: Work, owed: Owed, user_id: str) -> bool:
    """Whether this person may still read and answer what they were asked."""
    if user_id in everyone(owed.agency) and owed.round.handling == Handling.UNCLASSIFIED:
        return True
    person = get_person(work.session, work.mission.id, user_id)
    if person is None:
        return user_id in everyone(owed.agency)
    who = who_is(work.session, work.mission.id, person)
    return may_do(who, return_of(owed.given, owed.round), Act.ANSWER)


def _drafting(work: Work, owed: Owed) -> set[str]:
    """Who left a draft unsent, once nothing can be sent any more."""
    return set() if owed.is_open else {draft.user_id for draft in drafts_of(work.session, owed.given.id)}


def _handed_to(notices: Sequence[ReturnNotice]) -> dict[int, str]:
    """Who was asked after each of these notices because the return was handed over, by notice."""
    asked = [note for note in notices if note.kind == NoticeKind.ASK]
    return {before.id: after.user_id for before, after in pairwise(asked) if after.handed_by}
