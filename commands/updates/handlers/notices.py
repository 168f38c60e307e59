"""The messages about a return: what each of them says now, and drawing them again when that changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from commands.kit.cards import Card
from commands.kit.contacts import everyone
from commands.kit.handling import Handling
from commands.kit.permission import who_is
from commands.kit.promises import redraw as redraw_standing
from commands.kit.work import Work
from commands.updates.handlers.access import return_of
from commands.updates.handlers.participants import owed_of, repeatable
from commands.updates.rules.access import Act
from commands.updates.rules.access import may as may_do
from commands.updates.views.calls import Owed, ask_card, chase_card, not_yours_card
from commands.updates.views.words import SNOOZED, why_reminded
from storage.people import get_person
from storage.subjects import Subject
from storage.updates.drafts import drafts_of
from storage.updates.notices import NoticeKind, ReturnNotice, notices_of
from storage.updates.returns import Return, get_return, owed_by, returns_of_rounds
from storage.updates.rounds import open_rounds


def redraw_all(work: Work, returns: Iterable[Return], *, drop_waiting: bool = False) -> None:
    """Let every message about these returns say what is true when it leaves, with a few statements for all of them.

    With `drop_waiting`, questions and reminders that have not left do not leave at all.
    """
    found = notices_of(work.session, [given.id for given in returns])
    # Questions first: what people look for is what they were asked with, not its reminders.
    every = sorted((note for notices in found.values() for note in notices), key=lambda one: one.kind != NoticeKind.ASK)
    places = {note.subject: f"dm:{note.user_id}" for note in every}
    redraw_standing(work, "updates:notice", places, drop_waiting=drop_waiting)


def redraw_reminders(work: Work, returns: Iterable[Return]) -> None:
    """The same for reminders alone."""
    found = notices_of(work.session, [given.id for given in returns])
    reminders = [note for notices in found.values() for note in notices if note.kind != NoticeKind.ASK]
    redraw_standing(work, "updates:notice", {note.subject: f"dm:{note.user_id}" for note in reminders})


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
    given = get_return(work.session, work.mission.id, subject.number())
    if given is None:
        return None
    owed, notices = repeatable(work, owed_of(work, given)), notices_of(work.session, [given.id]).get(given.id, [])
    note = next((one for one in notices if one.subject == subject), None)
    if note is None:
        return None
    with work.speaking_to(note.user_id):
        has_draft = note.user_id in _drafting(work, owed)
        return _card(work, owed, note, _handed_to(notices).get(note.id), has_draft=has_draft)


def _card(work: Work, owed: Owed, note: ReturnNotice, handed_to: str | None, *, has_draft: bool) -> Card:
    if not _may_answer(work, owed, note.user_id):
        return not_yours_card(owed)
    if note.kind == NoticeKind.ASK:
        return ask_card(owed, handed_to=handed_to, handed_by=note.handed_by, has_draft=has_draft)
    step = note.occurrence if note.kind == NoticeKind.CHASE else SNOOZED
    return chase_card(owed, why_reminded(owed.round, step, work.now), has_draft=has_draft)


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
