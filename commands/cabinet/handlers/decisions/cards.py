"""Decisions read with everything around them, and shown where they may be seen."""

from __future__ import annotations

from collections.abc import Sequence

from commands.cabinet.handlers.meetings.place import channel_for
from commands.cabinet.handlers.series.seats import clearances_of
from commands.cabinet.rules.seats import who_may_come
from commands.cabinet.rules.silence import speakers
from commands.cabinet.views.decisions.cards import Entry, decision_card, held_back_card
from commands.cabinet.views.decisions.silence import silence_card
from commands.kit.contacts import everyone
from commands.kit.handling import Handling
from commands.kit.post import show, show_to
from commands.kit.work import Work
from storage.agencies import Agency, agencies_by_id
from storage.cabinet.decisions import Binding, Decision, bindings_of, reservations_of
from storage.cabinet.items import items_by_id
from storage.subjects import Subject


def entries_of(work: Work, decisions: Sequence[Decision], *, people: bool = False) -> list[Entry]:
    """Decisions with their items, meetings, bindings and reservations, in a fixed number of queries.

    With `people` the agencies come with theirs, for whoever asks them.
    """
    ids = [decision.id for decision in decisions]
    bindings, reservations = bindings_of(work.session, ids), reservations_of(work.session, ids)
    wanted = {one.agency_id for found in bindings.values() for one in found}
    wanted |= {decision.owner_agency_id for decision in decisions}
    agencies = agencies_by_id(work.session, work.mission.id, wanted, people=people)
    items = items_by_id(work.session, work.mission.id, {decision.item_id for decision in decisions})
    return [
        Entry(
            decision,
            items[decision.item_id],
            decision.meeting,
            bindings[decision.id],
            reservations[decision.id],
            agencies,
            work.zone,
        )
        for decision in decisions
    ]


def entry_of(work: Work, decision: Decision, *, people: bool = False) -> Entry:
    """One decision with everything around it."""
    return entries_of(work, [decision], people=people)[0]


def subject_of(decision: Decision) -> Subject:
    """What a decision's card is known by."""
    return Subject.of("decision", decision.id)


def show_decision(work: Work, decision: Decision) -> None:
    """Keep a decision's card current: in the meeting's channel, else with the chair and the secretary."""
    entry = entry_of(work, decision)
    channel = channel_for(work, entry.meeting, decision.handling)
    if channel is not None:
        with work.speaking_to_everyone():
            show(work, channel, subject_of(decision), decision_card(entry), at_once=True)
        return
    for user in sorted({entry.meeting.chair, entry.meeting.secretary}):
        with work.speaking_to(user):
            show_to(work, user, Subject.of(subject_of(decision), user), held_back_card(entry))


def silence_subject(binding: Binding, user: str) -> Subject:
    """What the question to one person is known by."""
    return Subject.of("silence", binding.id, user)


def speakers_of(work: Work, agency: Agency, level: str) -> list[str]:
    """Who may speak for an absent agency about something of this level: still in the workspace, and able to read it."""
    people = everyone(agency)
    clearances = clearances_of(work, people)
    able = [user for user in people if user not in clearances or not clearances[user].is_gone]
    if Handling(level) is not Handling.UNCLASSIFIED:
        able = who_may_come(people, clearances, Handling(level))
    return speakers(agency, able)


def show_silence(work: Work, entry: Entry, binding: Binding) -> None:
    """Bring what an absent agency's people were asked up to date."""
    may_answer = speakers_of(work, entry.agencies[binding.agency_id], entry.decision.handling)
    for user in binding.asked:
        with work.speaking_to(user):
            card = silence_card(entry, binding, may_answer=user in may_answer)
            show_to(work, user, silence_subject(binding, user), card)
