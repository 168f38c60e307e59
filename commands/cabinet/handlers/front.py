"""What the room gives to the front door: its things in one line, what waits, what is found."""

from __future__ import annotations

from commands.cabinet.handlers.access import ACTION, DECISION, ITEM, MEETING, MINUTES, reader_of
from commands.cabinet.handlers.things import decision_said
from commands.cabinet.rules.access import Act
from commands.cabinet.views.front import (
    action_line,
    action_wait,
    decision_line,
    item_line,
    meeting_line,
    minutes_wait,
    proposals_wait,
    silence_wait,
)
from commands.kit.access import may
from commands.kit.front.things import Hit, Line, Wait
from commands.kit.permission import Who
from commands.kit.work import Work
from storage.cabinet.actions import actions_to_settle, get_action, search_actions
from storage.cabinet.decisions import Search, find_decisions, get_decision, running_for
from storage.cabinet.items import get_item, proposed_to, search_items
from storage.cabinet.meetings import get_meeting
from storage.cabinet.minutes import MinutesState, minutes_in
from storage.cabinet.reading import readable_actions, readable_decisions
from storage.subjects import number

# Of items the policy alone says who reads them, so as many are looked at as a search may pass over.
ITEMS_LOOKED_AT = 60


def read_decision(work: Work, who: Who, identity: str) -> Line | None:
    """A decision, by its row or as people say it: `2026/3`."""
    found = decision_said(work, identity) or get_decision(work.session, work.mission.id, number(identity))
    return decision_line(found) if found is not None and may(work, who, DECISION, found) else None


def read_action(work: Work, who: Who, identity: str) -> Line | None:
    """An action."""
    found = get_action(work.session, work.mission.id, number(identity))
    return action_line(found, work.zone) if found is not None and may(work, who, ACTION, found) else None


def read_item(work: Work, who: Who, identity: str) -> Line | None:
    """An item of an agenda."""
    found = get_item(work.session, work.mission.id, number(identity))
    return item_line(found) if found is not None and may(work, who, ITEM, found) else None


def read_meeting(work: Work, who: Who, identity: str) -> Line | None:
    """A meeting."""
    found = get_meeting(work.session, work.mission.id, number(identity))
    return meeting_line(found) if found is not None and may(work, who, MEETING, found) else None


def actions_waiting(work: Work, who: Who) -> list[Wait]:
    """What a person has to do, and what they have to verify."""
    reader = reader_of(work, who)
    within = readable_actions(reader)
    found = actions_to_settle(work.session, work.mission.id, who.user_id, within, coordinates=reader.coordinates)
    return [action_wait(action, work.zone) for action in found]


def decisions_waiting(work: Work, who: Who) -> list[Wait]:
    """Decisions that wait for the word of a person's agency."""
    reader = reader_of(work, who)
    if not reader.agencies:
        return []
    found = running_for(work.session, work.mission.id, reader.agencies)
    return [silence_wait(binding, decision) for binding, decision in found if decision.handling in reader.levels]


def proposals_waiting(work: Work, who: Who) -> list[Wait]:
    """Items proposed to a secretary."""
    found = proposed_to(work.session, work.mission.id, who.user_id)
    return [proposals_wait(meeting, count) for meeting, count in found if may(work, who, MEETING, meeting, Act.LEAD)]


def minutes_waiting(work: Work, who: Who) -> list[Wait]:
    """Minutes that a person has to circulate, or may comment on until a time that is not over."""
    found = minutes_in(work.session, work.mission.id, (MinutesState.DRAFT, MinutesState.CIRCULATED))
    return [
        minutes_wait(minutes)
        for minutes in found
        if (minutes.comments_by is None or minutes.comments_by > work.now)
        and may(work, who, MINUTES, minutes, Act.RECORD if minutes.state == MinutesState.DRAFT else Act.TAKE_PART)
    ]


def search_decisions(work: Work, who: Who, words: str, limit: int) -> list[Hit]:
    """The newest decisions that say these words."""
    wanted = Search(words=words, within=readable_decisions(reader_of(work, who)))
    found = find_decisions(work.session, work.mission.id, wanted, limit=limit)
    return [Hit(decision_line(one), one.decided_at) for one in found]


def search_tasks(work: Work, who: Who, words: str, limit: int) -> list[Hit]:
    """The newest actions that say these words."""
    within = readable_actions(reader_of(work, who))
    found = search_actions(work.session, work.mission.id, words, within, limit)
    return [Hit(action_line(one, work.zone), one.updated_at) for one in found]


def search_agenda(work: Work, who: Who, words: str, limit: int) -> list[Hit]:
    """The newest items whose title says these words."""
    found = search_items(work.session, work.mission.id, words, ITEMS_LOOKED_AT)
    mine = [one for one in found if may(work, who, ITEM, one)]
    return [Hit(item_line(one), one.updated_at) for one in mine[:limit]]
